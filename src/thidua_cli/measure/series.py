"""Observations → one series of figures per unit.

Per unit and year-end one set of figures is chosen (`resolve`), parents without figures of their own are summed from
their children (`rollup`), and the result is handed on as plain values.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.measure.printed import known_rates
from thidua_cli.measure.resolve import StandingFigures, resolve
from thidua_cli.measure.rollup import roll_up
from thidua_cli.model import COUNTRY_CODE, COUNTS, Basis, Level, Series, Status, YearFigures
from thidua_cli.normalise.forms.report_parts import replaced_rows
from thidua_cli.observations import Observations

if TYPE_CHECKING:
    from thidua_cli.units.tables import UnitTables


def measure(
    observations: Observations, tables: UnitTables | None, aside: Collection[int] = frozenset()
) -> list[Series]:
    """Return one series per unit, parents before their children, by code.

    Rows without a unit code are left out: no unit can answer for them, and the check has named them.
    A unit's own row wins over the sum of its children; see `rollup.roll_up` for when a sum is taken.

    Args:
        observations: What was read, duplicates included.
        tables: The units and their dates; without them no roll-up can be shown to be complete
            (`YearFigures.assumed_complete`).
        aside: Rows that are not taken: on another poverty line than the answer (`lines`).
    """
    counts = [name for name in COUNTS if name in observations.counts]
    units = resolve(observations, counts, tables, {*replaced_rows(observations), *aside})
    roll_up(units, tables, frozenset().union(*observations.rates.values()))
    series = {code: _series(code, years) for code, years in units.items() if years}
    return in_hierarchy_order(_with_rates(series, observations) if observations.rates else series)


def listed(series: Sequence[Series], tables: UnitTables) -> list[Series]:
    """Return the series without those of a code that is in no list (U001): nobody knows whose figures they are."""
    codes = {_listed_code(unit) for unit in series}
    known = {code for code in codes if code == COUNTRY_CODE or tables.periods(code)}
    return [unit for unit in series if _listed_code(unit) in known]


def newest_year(series: Sequence[Series]) -> int:
    """Return the newest year-end of the figures.

    Raises:
        UsageError: There are no figures at all.
    """
    years = [year for unit in series for year in unit.years]
    if not years:
        raise UsageError(
            Text(
                "không có số liệu nào dùng được; xem “thidua check”", "there are no usable figures; see “thidua check”"
            )
        )
    return max(years)


def _listed_code(series: Series) -> str:
    """Return the code a unit is known by in the official lists: its own, for a village that of its commune."""
    return series.parent_code if series.level is Level.VILLAGE and series.parent_code else series.unit_code


def _with_rates(series: Mapping[str, Series], observations: Observations) -> dict[str, Series]:
    """Add the printed rates of the rows that stand."""
    return {
        code: replace(unit, years={year: _rated(figures, observations) for year, figures in unit.years.items()})
        for code, unit in series.items()
    }


def _rated(figures: YearFigures, observations: Observations) -> YearFigures:
    """Add printed rates to figures as reported; those that contradict each other leave nothing to use, as with counts.

    A sum of units has no rate but that of its counts.
    """
    if figures.basis is not Basis.REPORTED or figures.conflicting:
        return figures
    known = known_rates(observations, figures.rows)
    if not known.rates and not known.conflicting:
        return figures
    needed = {
        measure
        for measure in (*known.rates, *known.conflicting)
        if figures.numerator(measure) is None or figures.denominator(measure) is None
    }
    if needed & known.conflicting:
        return replace(figures, counts={}, conflicting=True)
    is_early = any(known.status[measure] is Status.PRELIMINARY for measure in needed)
    status = Status.PRELIMINARY if is_early else figures.status
    return replace(figures, printed_rates=known.rates, status=status)


def _series(code: str, years: dict[int, StandingFigures]) -> Series:
    """Turn what stands of one unit into values; the newest year names the unit and its parent."""
    name, level, above, _ = years[next(reversed(years))]
    parent = "" if above == COUNTRY_CODE else above
    return Series(code, name, level, parent, {year: standing.figures for year, standing in years.items()})


def in_hierarchy_order(series: Mapping[str, Series]) -> list[Series]:
    """Sort by the chain of codes from the top, so that children follow their parent."""
    paths: dict[str, tuple[str, ...]] = {"": ()}
    for unit in series.values():
        code, above = unit.unit_code, unit.parent_code
        if above not in paths:
            paths[above] = _code_path(series[above], series) if above in series else (above,)
        # A file may claim two units to be each other's parent.
        is_chain = above != COUNTRY_CODE and code != COUNTRY_CODE and code not in paths[above]
        paths[code] = (*paths[above], code) if is_chain else _code_path(unit, series)
    return sorted(series.values(), key=lambda unit: paths[unit.unit_code])


def _code_path(unit: Series, series: Mapping[str, Series]) -> tuple[str, ...]:
    if unit.unit_code == COUNTRY_CODE:
        return ()
    path = [unit.unit_code]
    above = unit.parent_code
    while above and above not in path:
        path.append(above)
        above = series[above].parent_code if above in series else ""
    return tuple(reversed(path))
