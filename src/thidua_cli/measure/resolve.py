"""Several rows of one unit and year-end → one set of figures, or a conflict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from thidua_cli.model import COUNTRY_CODE, REQUIRED_COUNTS, Basis, Level, Status, YearFigures, year_end
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.observations import MISSING, Observations

if TYPE_CHECKING:
    from thidua_cli.model import Unit
    from thidua_cli.units.tables import UnitTables

Counts = dict[str, int]
_Rows = tuple[int, ...]
_REPORTED: Final = Basis.REPORTED


class StandingFigures(NamedTuple):
    """What stands of one unit at one year-end."""

    unit_name: str
    level: Level
    above: str
    """The unit above at that year-end: by the unit tables where they know the unit, else as its rows say.

    The country is above a province, and nothing above the country; a village is where its rows say."""
    figures: YearFigures


Units = dict[str, dict[int, StandingFigures]]
"""Code → year-end, oldest first → what stands."""


def resolve(
    observations: Observations, counts: Sequence[str], tables: UnitTables | None, aside: Collection[int] = frozenset()
) -> Units:
    """Return what stands of every unit and year-end that has rows; rows without a code are left out.

    Of several rows, first those on the poverty line of the unit's newest year are kept (the end of 2021 is published
    on two lines, and only one can be compared). Rows of one status that agree on every count both hold are one, and
    together hold all of them (the total of one form, the movements of another); rows that differ are `conflicting`,
    and no count is taken from either. Of a preliminary and a final row (a Mẫu 08 and a Mẫu 09) the final counts come
    first; the year is final only where none of the required counts is taken from the preliminary one.

    Args:
        observations: What was read.
        counts: Names of the counts to take, each with a column.
        tables: The units and their dates.
        aside: Rows that are not taken.
    """
    rows_of_units = _rows_of_units(observations, aside)
    table = _ObservedRows(observations, counts)
    return {code: table.unit(rows_of_year, UnitPeriods(code, tables)) for code, rows_of_year in rows_of_units.items()}


def _rows_of_units(observations: Observations, aside: Collection[int]) -> dict[str, dict[int, _Rows]]:
    """Return code → year → its rows, in the order of reading."""
    units: dict[str, dict[int, _Rows]] = {}
    for row, (code, year) in enumerate(zip(observations.unit_code, observations.year, strict=True)):
        if row in aside or not code:
            continue
        years = units.get(code)
        if years is None:
            units[code] = {year: (row,)}
        else:
            years[year] = (*years[year], row) if year in years else (row,)
    return units


class UnitPeriods:
    """One unit through its year-ends: which of the official units it is, and since when it has its area."""

    __slots__ = ("_code", "_tables", "area_since", "unit", "until")

    def __init__(self, code: str, tables: UnitTables | None) -> None:
        self._code = code
        self._tables = tables
        self.until = date.max if tables is None else date.min
        """The last day for which `unit` and `area_since` are known."""
        self.unit: Unit | None = None
        """The unit of the tables; None where they know none."""
        self.area_since: date | None = None

    def move_to(self, day: date) -> None:
        """Go on to a later year-end, where it is after `until`: mostly the same unit stands still."""
        if self._tables is None:
            return
        self.unit = self._tables.get(self._code, day)
        if self.unit is None:
            self.area_since = None
        else:
            self.area_since = self._tables.area_since(self._code, day)
            self.until = self.unit.valid_to or date.max

    def above(self, level: Level, stated: str) -> str:
        """Return the unit above, as `StandingFigures.above`."""
        if level is Level.PROVINCE:
            return COUNTRY_CODE
        if self.unit is None or level is Level.VILLAGE or level is Level.COUNTRY:
            return stated
        return self.unit.parent_code


class _ObservedRows:
    """The rows of the observations, by number."""

    def __init__(self, observations: Observations, counts: Sequence[str]) -> None:
        self._names = observations.unit_name
        self._levels = observations.level
        self._parents = observations.parent_code
        self._lines = observations.poverty_line
        self._statuses = observations.status
        self._assumed = observations.line_is_assumed
        self._counts = _counts_of_rows(observations, counts)
        self._names_of_counts = counts
        self._ends = {year: year_end(year) for year in set(observations.year)}

    def unit(self, rows_of_year: Mapping[int, _Rows], periods: UnitPeriods) -> dict[int, StandingFigures]:
        """Return what stands of one unit at every year-end."""
        years = {}
        # Nearly all year-ends have one row: what is called for each of them is felt.
        for year in sorted(rows_of_year):
            if self._ends[year] > periods.until:
                periods.move_to(self._ends[year])
            rows = rows_of_year[year]
            if len(rows) > 1:
                rows = self._standing(rows, rows_of_year)
            if len(rows) > 1:
                years[year] = self._merged(year, rows, periods)
                continue
            row = rows[0]
            figures = YearFigures(
                year,
                self._counts[row],
                _REPORTED,
                self._statuses[row],
                self._lines[row],
                rows,
                area_since=periods.area_since,
                line_is_assumed=self._assumed[row] != 0,
            )
            level = self._levels[row]
            years[year] = StandingFigures(self._names[row], level, periods.above(level, self._parents[row]), figures)
        return years

    def _standing(self, rows: _Rows, rows_of_year: Mapping[int, _Rows]) -> _Rows:
        """Leave out rows on another poverty line than the unit's newest year, where any is on that."""
        newest = {self._lines[row] for row in rows_of_year[max(rows_of_year)]}
        return tuple(row for row in rows if newest == {self._lines[row]}) or rows

    def _merged(self, year: int, rows: _Rows, periods: UnitPeriods) -> StandingFigures:
        """Make one of several rows; texts must not hang on the order of files: each is the greatest, and "" gives way.

        Rows on two lines, and rows of one status that differ in a count, leave none.
        """
        lines = {self._lines[row] for row in rows}
        final = self._together(row for row in rows if self._statuses[row] is Status.FINAL)
        early = self._together(row for row in rows if self._statuses[row] is not Status.FINAL)
        conflicting = len(lines) > 1 or final is None or early is None
        known = {} if conflicting else {**(early or {}), **(final or {})}
        figures = YearFigures(
            year,
            {name: known[name] for name in self._names_of_counts if name in known},
            _REPORTED,
            self._status(rows),
            max(lines),
            rows,
            conflicting=conflicting,
            area_since=periods.area_since,
            line_is_assumed=all(self._assumed[row] for row in rows),
        )
        level, stated = max(self._levels[row] for row in rows), max(self._parents[row] for row in rows)
        return StandingFigures(max(self._names[row] for row in rows), level, periods.above(level, stated), figures)

    def _together(self, rows: Iterable[int]) -> Counts | None:
        """Return all counts of rows of one status; None where two of them differ in one."""
        together: Counts = {}
        for row in rows:
            for name, value in self._counts[row].items():
                if together.setdefault(name, value) != value:
                    return None
        return together

    def _status(self, rows: _Rows) -> Status:
        """Return whether figures are final: all are, or a final row holds every required count that any row holds."""
        final = [row for row in rows if self._statuses[row] is Status.FINAL]
        if len(final) == len(rows):
            return Status.FINAL
        if not final or not self._names_of_counts:
            return Status.PRELIMINARY
        needed = {name for name in REQUIRED_COUNTS if any(name in self._counts[row] for row in rows)}
        rests = needed <= {name for row in final for name in self._counts[row]}
        return Status.FINAL if rests else Status.PRELIMINARY


def _counts_of_rows(observations: Observations, names: Sequence[str]) -> list[Counts]:
    """Return the known counts of every row, in the order of `names`."""
    if not names:
        return [{} for _ in range(len(observations))]
    rows = zip(*(observations.counts[name] for name in names), strict=True)
    return [
        dict(zip(names, values, strict=True))
        if MISSING not in values
        else {name: value for name, value in zip(names, values, strict=True) if value != MISSING}
        for values in rows
    ]
