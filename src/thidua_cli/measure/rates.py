"""Rates and their falls, exact: numerators and denominators kept, nothing rounded, poverty lines never mixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from thidua_cli.doubt.doubts import Doubt
from thidua_cli.doubt.of_files import DisputedFigures
from thidua_cli.doubt.worlds import LookedAt, unit_doubts
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import Level, Measure, Series, YearFigures
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.tables import UnitTables, boundary_day

if TYPE_CHECKING:
    from thidua_cli.late_dataclass import dataclass as cheap_value
else:
    from thidua_cli.model import cheap_value

BASELINE_YEAR: Final = 2021
"""The year-end "đầu kỳ" speaks of: the general review at the end of 2021."""


class Quotient(NamedTuple):
    """An exact number as it is counted, not reduced: a table of all communes is rounded without one fraction made."""

    numerator: int
    denominator: int
    """Above 0."""

    @property
    def exact(self) -> Fraction:
        """The number."""
        return Fraction(self.numerator, self.denominator)


@cheap_value(frozen=True, slots=True)
class RateYear:
    """The rate of one unit at one shown year-end; all figures are None where the year is missing."""

    year: int
    households: int | None = None
    """The denominator of the rate, in households."""
    count: int | None = None
    """The numerator, in households."""
    rate: Quotient | None = None
    """In percent; exact, unless `rate_printed`; None without households as well (0/0)."""
    fall: Quotient | None = None
    """Fall of the rate from the year before, in percentage points; negative is a rise."""
    fall_of_count: Quotient | None = None
    """Fall of the count from the year before, in percent of that year's count; None where that was 0."""
    figures: YearFigures | None = None
    """What the year rests on; None where the unit has no figures of it."""
    rate_printed: bool = False
    """The rate is as a source prints it, rounded; so is a fall taken from it."""

    @property
    def rate_percent(self) -> Fraction | None:
        """`rate` as a fraction."""
        return None if self.rate is None else self.rate.exact

    @property
    def fall_points(self) -> Fraction | None:
        """`fall` as a fraction."""
        return None if self.fall is None else self.fall.exact

    @property
    def fall_percent(self) -> Fraction | None:
        """`fall_of_count` as a fraction."""
        return None if self.fall_of_count is None else self.fall_of_count.exact


@cheap_value(frozen=True, slots=True)
class RateRow:
    """One unit's rates through the shown years, or those on one poverty line where it has figures on several."""

    unit_code: str
    unit_name: str
    level: Level
    parent_code: str
    years: tuple[RateYear, ...]
    """One entry per shown year-end, oldest first, missing years included."""
    fall_total: Quotient | None
    """Fall of the rate over the whole window, from the first shown year-end to the last, in percentage points."""
    fall_of_count_total: Quotient | None
    """Fall of the count from `baseline_year` to the last shown year-end, in percent."""
    baseline_year: int | None
    """End of 2021 where the unit has figures of it on the last year's poverty line, else the first such year shown."""
    ended_on: date | None = None
    """As in `Series`."""
    doubts: tuple[Doubt, ...] = ()
    """What is disputed of the figures shown."""
    line_beside: str = ""
    """As in `Series`: another row of the unit holds its figures on another poverty line."""

    @property
    def fall_points_total(self) -> Fraction | None:
        """`fall_total` as a fraction."""
        return None if self.fall_total is None else self.fall_total.exact

    @property
    def fall_percent_total(self) -> Fraction | None:
        """`fall_of_count_total` as a fraction."""
        return None if self.fall_of_count_total is None else self.fall_of_count_total.exact

    @property
    def poverty_line(self) -> str | None:
        """The line of all figures of the row; None where they stand on several, or there are none."""
        lines = {rate.figures.poverty_line for rate in self.years if rate.figures is not None}
        return self.line_beside or (lines.pop() if len(lines) == 1 else None) or None


@dataclass(frozen=True, slots=True)
class RateTable:
    """Rates of several units over the same year-ends."""

    measure: Measure
    years: tuple[int, ...]
    """The shown year-ends, oldest first."""
    rows: tuple[RateRow, ...]


def rate_table(
    series: Sequence[Series],
    measure: Measure,
    last_year: int | None = None,
    years: int = 4,
    disputed: DisputedFigures | None = None,
) -> RateTable:
    """Return the rates of every unit over at most `years` year-ends, and from the baseline on where that lies before.

    Falls are taken between neighbouring year-ends on one poverty line, on unrounded values.

    Args:
        series: Units with their figures; the order is kept.
        measure: What is counted.
        last_year: The last year-end shown; the newest in the data by default.
        years: How many year-ends at most; the window begins no earlier than the data, and with the end of 2021 where
            some unit has it on the line of its newest figures: a fall from a figure not shown cannot be checked.
        disputed: What findings leave possible of the figures; without it every figure stands as printed.
    """
    known = {year for unit in series for year in unit.years}
    last = last_year if last_year is not None else max(known, default=None)
    if last is None:
        return RateTable(measure, (), ())
    in_window = [year for year in known if last - years < year <= last]
    if any(_counts_from_baseline(unit, last) for unit in series):
        in_window.append(BASELINE_YEAR)
    shown = tuple(range(min(in_window, default=last), last + 1))
    series = [unit for unit in series if not unit.line_beside or not unit.years.keys().isdisjoint(shown)]
    rows = [_row(unit, measure, shown, years) for unit in series]
    if disputed is not None and disputed.by_row:
        rows = [_doubted(row, unit, measure, disputed) for row, unit in zip(rows, series, strict=True)]
    return RateTable(measure, shown, tuple(rows))


def _doubted(row: RateRow, series: Series, measure: Measure, disputed: DisputedFigures) -> RateRow:
    """Return a row with the doubts on the figures it shows."""
    if not any(
        figures.given or not disputed.by_row.keys().isdisjoint(figures.rows) for figures in series.years.values()
    ):
        return row
    years = {rate.year for rate in row.years} | ({row.baseline_year} if row.baseline_year is not None else set())
    asked = LookedAt(frozenset(years), frozenset((*measure.parts, measure.whole)))
    doubts = unit_doubts(series, disputed, asked)
    return row if doubts is None else replace(row, doubts=doubts.doubts)


def names_of_missing(series: Sequence[Series], tables: UnitTables) -> dict[str, str]:
    """Return the names of children that incomplete sums lack, by code, as they stood at the year-end of the sum."""
    names: dict[str, str] = {}
    for unit in series:
        for figures in unit.years.values():
            for code in figures.missing_children:
                child = tables.get(code, boundary_day(figures.year))
                names[code] = child.name if child else code
    return names


class _KnownYear(NamedTuple):
    """One year-end of a unit, counted."""

    figures: YearFigures
    number: int | None
    """The numerator."""
    households: int | None
    rate: Quotient | None
    is_printed: bool


def _row(series: Series, measure: Measure, shown: tuple[int, ...], window: int) -> RateRow:
    years = {year: _counted(figures, measure) for year, figures in series.years.items()}
    last = years.get(shown[-1])
    first = years.get(shown[0]) if len(shown) >= window else None
    baseline = None if last is None else _baseline(years, last, shown)
    return RateRow(
        series.unit_code,
        series.unit_name,
        series.level,
        series.parent_code,
        tuple([_rate_year(year, years.get(year), years.get(year - 1)) for year in shown]),
        _fall(first, last) if window > 1 else None,
        _fall_of_count(baseline, last),
        None if baseline is None else baseline.figures.year,
        series.ended_on,
        line_beside=series.line_beside,
    )


def _counted(figures: YearFigures, measure: Measure) -> _KnownYear:
    count, households = figures.numerator(measure), figures.denominator(measure)
    if count is not None and households is not None:
        return _KnownYear(
            figures, count, households, Quotient(100 * count, households) if households else None, is_printed=False
        )
    printed = figures.printed_rate(measure)
    rate = None if printed is None else Quotient(printed.middle.numerator, printed.middle.denominator)
    return _KnownYear(figures, count, households, rate, printed is not None)


def _counts_from_baseline(series: Series, last: int) -> bool:
    """Say whether the end of 2021 and the newest year-end up to `last` stand on one poverty line."""
    baseline = series.years.get(BASELINE_YEAR)
    newest = max([year for year in series.years if year <= last], default=BASELINE_YEAR)
    return (
        baseline is not None and newest > BASELINE_YEAR and baseline.poverty_line == series.years[newest].poverty_line
    )


def _baseline(years: Mapping[int, _KnownYear], last: _KnownYear, shown: tuple[int, ...]) -> _KnownYear | None:
    for year in (BASELINE_YEAR, *shown[:-1]):
        known = years.get(year)
        usable = known is not None and known.number is not None
        if usable and known is not None and year < last.figures.year and known.figures.is_comparable_with(last.figures):
            return known
    return None


def _rate_year(year: int, known: _KnownYear | None, before: _KnownYear | None) -> RateYear:
    if known is None:
        return RateYear(year)
    return RateYear(
        year,
        known.households,
        known.number,
        known.rate,
        _fall(before, known),
        _fall_of_count(before, known),
        known.figures,
        known.is_printed,
    )


def _fall(before: _KnownYear | None, after: _KnownYear | None) -> Quotient | None:
    if before is None or after is None or before.rate is None or after.rate is None:
        return None
    if not before.figures.is_comparable_with(after.figures):
        return None
    (old, of_old), (new, of_new) = before.rate, after.rate
    return Quotient(old * of_new - new * of_old, of_old * of_new)


def _fall_of_count(before: _KnownYear | None, after: _KnownYear | None) -> Quotient | None:
    if before is None or after is None or not before.number or after.number is None:
        return None
    if not before.figures.is_comparable_with(after.figures):
        return None
    return Quotient(100 * (before.number - after.number), before.number)


def rate_percent(figures: YearFigures, measure: Measure) -> Fraction | None:
    """Return the rate in percent, exact, or as printed where its counts are missing; None without either.

    >>> rate_percent(YearFigures(2022, {"households": 1000, "poor_households": 120}), Measure.POOR)
    Fraction(12, 1)
    """
    rate = _counted(figures, measure).rate
    return None if rate is None else rate.exact
