"""Figures of one unit and year-end on several poverty lines: which of them an answer takes, and all of them one by one.

The general reviews of the ends of 2021 and 2026 have two results each, the year's on the line that ends and the start
of the next one; a city may count by its own line as well. Both are right, and no fall is taken from one to the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from thidua_cli.late_dataclass import replace
from thidua_cli.model import Series
from thidua_cli.observations import Observations
from thidua_cli.rulebook.lines import stand_side_by_side
from thidua_cli.rulebook.schema import Clause


def lines_side_by_side(observations: Observations) -> tuple[str, ...]:
    """Return all poverty lines of the rows, sorted, where some unit has figures of one year-end on two; else none."""
    lines = tuple(sorted(set(observations.poverty_line)))
    return lines if len(lines) > 1 and _units_on_two(observations) else ()


def rows_on_other_lines(
    observations: Observations, wanted: Sequence[str], last_year: int | None = None
) -> frozenset[int]:
    """Return the rows that an answer on some lines does not take: of a year-end on two lines all but one line's.

    Of a unit that has such a year-end it is the first of the wanted lines that its newest rows up to `last_year` stand
    on: the fall of 2027 takes the end of 2026 on the new line. Where these stand on none, it is the first that any of
    its rows stands on; where there is none, none is chosen.
    """
    if len(set(observations.poverty_line)) < 2:
        return frozenset()
    units = _units_on_two(observations)
    own: dict[str, dict[int, set[str]]] = {code: {} for code, _ in units}
    for code, year, line in zip(observations.unit_code, observations.year, observations.poverty_line, strict=True):
        if code in own:
            own[code].setdefault(year, set()).add(line)
    taken = {code: _line_taken(lines, wanted, last_year) for code, lines in own.items()}
    keys = zip(observations.unit_code, observations.year, observations.poverty_line, strict=True)
    return frozenset(
        row for row, (code, year, line) in enumerate(keys) if (code, year) in units and taken[code] not in ("", line)
    )


def _line_taken(lines: Mapping[int, set[str]], wanted: Sequence[str], last_year: int | None) -> str:
    """Return the line an answer takes of one unit, by the lines of its year-ends; empty where none is wanted."""
    newest = max((year for year in lines if last_year is None or year <= last_year), default=None)
    on_newest = set[str]() if newest is None else lines[newest]
    every = set[str]().union(*lines.values())
    return next((line for known in (on_newest, every) for line in wanted if line in known), "")


def rows_but_on(observations: Observations, line: str) -> frozenset[int]:
    """Return the rows that stand on any other line."""
    return frozenset(row for row, other in enumerate(observations.poverty_line) if other != line)


def _units_on_two(observations: Observations) -> frozenset[tuple[str, int]]:
    """Return the units and year-ends with figures on two lines that may stand side by side."""
    first: dict[tuple[str, int], str] = {}
    on_two: set[tuple[str, int]] = set()
    for code, year, line in zip(observations.unit_code, observations.year, observations.poverty_line, strict=True):
        known = first.setdefault((code, year), line)
        if known != line and code and stand_side_by_side(known, line, year):
            on_two.add((code, year))
    return frozenset(on_two)


def lines_of_clauses(clauses: Iterable[Clause]) -> tuple[str, ...]:
    """Return the poverty lines that clauses take, each once, in their order."""
    return tuple(dict.fromkeys(line for clause in clauses for line in (clause.poverty_line, *clause.other_lines)))


def in_one_order(of_lines: Mapping[str, Sequence[Series]]) -> list[Series]:
    """Return the series of every line, each with its line: parents before children, the lines of a unit together."""
    from thidua_cli.measure.series import in_hierarchy_order

    by_unit: dict[str, list[Series]] = {}
    for line, series in of_lines.items():
        for unit in series:
            by_unit.setdefault(unit.unit_code, []).append(replace(unit, line_beside=line))
    order = in_hierarchy_order({code: units[-1] for code, units in by_unit.items()})
    return [unit for last in order for unit in by_unit[last.unit_code]]
