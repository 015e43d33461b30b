"""What the checks look at, arranged once for all of them, with the rows that are parts of one report.

Such rows are of one unit and year-end: the results of one form, the movements of others. What is a part of what is told
by `normalise.forms.report_parts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.model import COUNTS, Level, Origin, Status
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.forms.register import ReportPart
from thidua_cli.normalise.forms.report_parts import are_parts, parts_of, replaced_rows
from thidua_cli.observations import MISSING, Observations
from thidua_cli.rulebook.lines import stand_side_by_side
from thidua_cli.units.tables import UnitTables, boundary_day

if TYPE_CHECKING:
    from thidua_cli.check.areas import Formed
    from thidua_cli.check.families import Families
    from thidua_cli.check.unit_arrays import UnitArrays
    from thidua_cli.units.lineage import Lineage


@dataclass(slots=True)
class Joined:
    """What came of rows that speak of one unit and year-end."""

    observations: Observations
    """The same rows; a row that stands for several holds the counts of all, and they hold none."""
    standing: dict[int, int] = field(default_factory=dict)
    """Row that stood for its unit and year-end → the row that does now."""
    twice: list[tuple[int, int]] = field(default_factory=list)
    """(row, earlier row) that are no parts of one report."""
    differing: list[tuple[int, int, str]] = field(default_factory=list)
    """(row, other row, count) where two parts of one status hold different values; `row` keeps its own."""
    mixed: list[tuple[int, int]] = field(default_factory=list)
    """(row, other row) that are parts of one report, the one preliminary and the other final."""


def join_forms(observations: Observations, twice: Sequence[tuple[int, int]]) -> Joined:
    """Join what are parts of one report; `twice` are pairs (row, row that stands for its unit and year-end)."""
    # a copy: the rows as read stay what findings point to, and what is exported
    view = replace(observations, counts={name: column[:] for name, column in observations.counts.items()}, borrowed={})
    joined = Joined(view)
    groups: dict[int, list[int]] = {}
    for row, standing in twice:
        groups.setdefault(standing, [standing]).append(row)
    for standing, rows in groups.items():
        _join(joined, observations, standing, rows)
    return joined


def _join(joined: Joined, observations: Observations, standing: int, rows: list[int]) -> None:
    # the results lead: a movement has no number of households, without which no rate can be taken
    main, *others = sorted(rows, key=lambda row: (ReportPart.RESULTS not in parts_of(observations, row), row))
    members = [main]
    for row in others:
        alike = [member for member in members if not are_parts(observations, member, row)]
        if alike:
            joined.twice.append((max(row, alike[0]), min(row, alike[0])))
        else:
            members.append(row)
            _merge(joined, main, row)
    if main != standing:
        joined.standing[standing] = main


def _merge(joined: Joined, main: int, row: int) -> None:
    """Let `main` hold the counts of `row` too; of a preliminary and a final count the final one stands."""
    view = joined.observations
    if view.status[main] is not view.status[row]:
        preliminary, final = (main, row) if view.status[main] is Status.PRELIMINARY else (row, main)
        joined.mixed.append((preliminary, final))
    for name in COUNTS:
        column = view.counts.get(name)
        if column is None or column[row] == MISSING:
            continue
        holder = view.borrowed.get((main, name), main)
        if column[main] == MISSING or _is_replaced(view, holder, row):
            column[main] = column[row]
            view.borrowed[main, name] = row
        elif column[main] != column[row] and view.status[holder] is view.status[row]:
            joined.differing.append((holder, row, name))
        column[row] = MISSING


def _is_replaced(view: Observations, holder: int, row: int) -> bool:
    return view.status[holder] is Status.PRELIMINARY and view.status[row] is Status.FINAL


def without_echoes(observations: Observations, rows: Iterable[int]) -> list[int]:
    """Return the rows of units of which no child is among the rows too: a wrong commune makes its district wrong."""
    listed = list(rows)
    parents = {(observations.parent_code[row], observations.year[row]) for row in listed}
    return [row for row in listed if (observations.unit_code[row], observations.year[row]) not in parents]


SCREENED_FROM: Final = 20_000
"""Rows from which columns are looked at first, and of the rows only those that may have a finding: numpy takes its time
to load, and below that many rows the checks are through sooner."""


class CheckContext:
    """The reading and the unit tables, with rows grouped by unit."""

    def __init__(self, reading: FilesRead, tables: UnitTables) -> None:
        self.reading = reading
        self.tables = tables
        self.read = reading.observations
        """The rows as read."""
        self._rows_read = len(self.read)
        self.observations = self.read
        """The rows; where several forms report one unit and year-end, one row holds the counts of all."""
        self.twice: list[tuple[int, int]] = []
        """(row, earlier row) of one unit, year-end and poverty line, both standing, that are no parts of one report."""
        self.differing: list[tuple[int, int, str]] = []
        """(row, other row, count) where two forms of one unit and year-end hold different values."""
        self.mixed: list[tuple[int, int]] = []
        """(preliminary row, final row) of one unit and year-end: different parts of the report, which were joined."""
        self.superseded = sorted(self._replaced().items())
        """(preliminary row, final row) of the same unit, year-end and part of the report."""
        self.arrays: UnitArrays | None = None
        """The series of a long table; the checks ask it which rows they have to look at."""
        self.formed: list[Formed] | None = None
        """What `areas.formed_units` told: several checks ask for it."""
        self.siblings: dict[tuple[str, int, str], list[int]] | None = None
        """What `sums.rows_by_parent` told, likewise."""
        self.network: object = None
        """What `doubt.network` made of it, for those who ask again."""
        self._lineage: Lineage | None = None
        self._series = self._in_order()

    def is_of(self, reading: FilesRead, tables: UnitTables) -> bool:
        """Say whether it was made of just these rows."""
        same = self.reading is reading and self.tables is tables and self.read is reading.observations
        return same and len(self.read) == self._rows_read

    @property
    def series(self) -> Mapping[str, list[int]]:
        """Unit code → one row per year-end and poverty line, in order of years.

        Never a preliminary row that a final one replaces.
        """
        return self._series if self.arrays is None else self.arrays.series

    @cached_property
    def years(self) -> list[int]:
        """The year-ends of all rows, ascending."""
        return sorted(set(self.observations.year))

    @cached_property
    def scopes(self) -> frozenset[str]:
        """The units that forms say they are of."""
        return frozenset(read.scope.code for read in self.reading.tables if read.scope is not None)

    @cached_property
    def stretches(self) -> list[list[int]]:
        """The series cut where the area of the unit changes: from that day on its code is another's, or nobody's."""
        return list(self._stretches() if self.arrays is None else self.arrays.stretches())

    @cached_property
    def neighbours(self) -> list[tuple[int, int]]:
        """(row, row of the next year-end) of every unit, on one area and one poverty line: what may be compared."""
        if self.arrays is None:
            return list(self._neighbours())
        return list(zip(*(rows.tolist() for rows in self.arrays.neighbours), strict=True))

    @property
    def lineage(self) -> Lineage:
        """Who went where, from the tables of changes; opened by the few units whose area changed."""
        if self._lineage is None:
            from thidua_cli.units.changes import bundled_changes
            from thidua_cli.units.lineage import Lineage

            self._lineage = Lineage(self.tables, bundled_changes())
        return self._lineage

    def finding_place(self, row: int, column: str = "unit_name") -> tuple[Origin, str, str, int]:
        """Return origin, unit code, unit name and year of a row, for a finding."""
        table = self.observations
        name = table.unit_name[row] or table.unit_code[row]
        return table.origin(row, column), table.unit_code[row], name, table.year[row]

    def row_of(self, code: str, year: int, line: str = "") -> int | None:
        """Return the row that speaks for a unit at a year-end, on a poverty line if it is named, or None."""
        years, lines = self.observations.year, self.observations.poverty_line
        of_year = (row for row in self.series.get(code, ()) if years[row] == year)
        return next((row for row in of_year if not line or lines[row] == line), None)

    def row_before(self, row: int) -> int | None:
        """Return the row of the year-end before, on the same area and poverty line."""
        return self._rows_before.get(row) if self.arrays is None else self.arrays.row_before(row)

    def row_after(self, row: int) -> int | None:
        """Return the row of the year-end after, likewise."""
        return self._rows_after.get(row) if self.arrays is None else self.arrays.row_after(row)

    @cached_property
    def _rows_before(self) -> dict[int, int]:
        return {after: before for before, after in self.neighbours}

    @cached_property
    def _rows_after(self) -> dict[int, int]:
        return dict(self.neighbours)

    def rows_of_table(self, table: int, year: int) -> Sequence[int]:
        """Return the rows of a table, by its index, and year."""
        return self._rows_of_tables.get((table, year), ())

    @cached_property
    def _rows_of_tables(self) -> dict[tuple[int, int], list[int]]:
        rows: dict[tuple[int, int], list[int]] = {}
        for row, key in enumerate(zip(self.observations.table, self.observations.year, strict=True)):
            rows.setdefault(key, []).append(row)
        return rows

    @cached_property
    def families(self) -> Families:
        """Parents and their children in a long table."""
        from thidua_cli.check.families import Families

        assert self.arrays is not None
        return Families(self.observations, self.arrays, self.scopes)

    def rows_of(self, code: str, year: int) -> Sequence[int]:
        """Return the rows of a unit and year-end as read, but for preliminary ones that final ones replace."""
        if self.arrays is None:
            return self._rows_of_units.get((code, year), ())
        return self.arrays.rows_of(code, year)

    @cached_property
    def _rows_of_units(self) -> dict[tuple[str, int], list[int]]:
        rows: dict[tuple[str, int], list[int]] = {}
        read, replaced = self.read, {early for early, _ in self.superseded}
        for row, key in enumerate(zip(read.unit_code, read.year, strict=True)):
            if row not in replaced:
                rows.setdefault(key, []).append(row)
        return rows

    @property
    def _is_long(self) -> bool:
        return len(self.observations) >= SCREENED_FROM

    def _replaced(self) -> dict[int, int]:
        if not self._is_long:
            return replaced_rows(self.observations)
        from thidua_cli.check.unit_arrays import rows_beside_preliminary

        return replaced_rows(self.observations, rows_beside_preliminary(self.observations))

    def _in_order(self) -> dict[str, list[int]]:
        """Return the series; of a long table those alone that have several rows at a year-end."""
        replaced = {early for early, _ in self.superseded}
        if not self._is_long:
            standing = (row for row in range(len(self.observations)) if row not in replaced)
            return self._joined(standing if replaced else range(len(self.observations)))
        from thidua_cli.check.unit_arrays import UnitArrays, UnitOrder

        order = UnitOrder(self.observations, replaced)
        series = self._joined(order.odd_rows)
        self.arrays = UnitArrays(self.observations, self.tables, order, series)
        return series

    def _joined(self, standing: Iterable[int]) -> dict[str, list[int]]:
        series = self._series_of(standing)
        if self.twice:
            self._join(series)
        return series

    def _series_of(self, standing: Iterable[int]) -> dict[str, list[int]]:
        years, codes = self.observations.year, self.observations.unit_code
        series: dict[str, list[int]] = {}
        for row in standing:
            code = codes[row]
            rows = series.get(code)
            if rows is None:
                series[code] = [row]
                continue
            year = years[row]
            if years[rows[-1]] < year:  # the usual order of a file: nothing to look for
                rows.append(row)
                continue
            place = next((index for index, seen in enumerate(rows) if years[seen] >= year), len(rows))
            # two lines of one year-end stand side by side: the general reviews of the ends of 2021 and 2026
            while place < len(rows) and years[rows[place]] == year and self._are_beside(rows[place], row):
                place += 1
            if place == len(rows) or years[rows[place]] != year:
                rows.insert(place, row)
            else:
                self.twice.append((row, rows[place]))
        return series

    def _are_beside(self, row: int, other: int) -> bool:
        lines = self.observations.poverty_line
        return lines[row] != lines[other] and stand_side_by_side(lines[row], lines[other], self.observations.year[row])

    def _join(self, series: Mapping[str, list[int]]) -> None:
        """Let one row speak for all forms of a unit and year-end."""
        joined = join_forms(self.observations, self.twice)
        self.observations, self.twice, self.differing = joined.observations, joined.twice, joined.differing
        self.mixed = joined.mixed
        for standing, main in joined.standing.items():
            rows = series[self.observations.unit_code[standing]]
            rows[:] = [main if row == standing else row for row in rows]

    def _stretches(self) -> Iterator[list[int]]:
        years, of_commune = self.observations.year, dict[str, tuple[date, ...]]()
        if not years:
            return
        first, last = boundary_day(min(years)), boundary_day(max(years))
        for code, rows in self._series.items():
            if len(rows) == 1:
                yield rows
                continue
            owner = self._owner(code, rows[0])
            days = of_commune.get(owner)
            if days is None:
                ends = self.tables.area_ends(owner)
                days = of_commune[owner] = tuple([day for day in ends if first < day <= last])
            yield from _cut(rows, years, days) if days else (rows,)

    def _owner(self, code: str, row: int) -> str:
        """Return the unit whose area a row stands for: a village that its commune's code tells lies where that is."""
        parent = self.observations.parent_code[row]
        is_told_by_it = self.observations.level[row] is Level.VILLAGE and code.startswith(f"{parent}-")
        return parent if is_told_by_it else code

    def _neighbours(self) -> Iterator[tuple[int, int]]:
        years, lines = self.observations.year, self.observations.poverty_line
        for rows in self.stretches:
            if len(rows) == 1:
                continue
            last: dict[str, int] = {}
            for row in rows:
                before = last.get(lines[row])
                if before is not None and years[row] == years[before] + 1:
                    yield before, row
                last[lines[row]] = row


def _cut(rows: Sequence[int], years: Sequence[int], days: Sequence[date]) -> Iterator[list[int]]:
    """Cut the rows of a unit at the days on which its area changed."""
    stretch = [rows[0]]
    for row in rows[1:]:
        before, on = boundary_day(years[stretch[-1]]), boundary_day(years[row])
        if any(before < day <= on for day in days):
            yield stretch
            stretch = []
        stretch.append(row)
    yield stretch


def context_of(reading: FilesRead, tables: UnitTables) -> CheckContext:
    """Return the context of a reading: of a long table the same one again, as long as nothing was added to it."""
    if len(reading.observations) < SCREENED_FROM:
        return CheckContext(reading, tables)
    known = reading.arranged
    if isinstance(known, CheckContext) and known.is_of(reading, tables):
        return known
    context = CheckContext(reading, tables)
    reading.arranged = context
    return context
