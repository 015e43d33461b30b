"""Which relations each cell stands in: the same the checks hold, here asked for one cell at a time.

Built only where a finding disputes a figure: sound files pay nothing for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from thidua_cli.check.context import CheckContext
from thidua_cli.check.last_year import OPENINGS
from thidua_cli.check.logic import PARTS
from thidua_cli.check.movement import CROSSINGS
from thidua_cli.check.sums import by_line, missing_children, rows_by_parent
from thidua_cli.doubt.printed_totals import OutsideCells, PrintedTotals
from thidua_cli.doubt.relations import AtMost, Cell, Claim, FigureRelation, PrintedRateFits, SignedSum
from thidua_cli.model import COUNTS, Measure, Origin
from thidua_cli.normalise.forms.register import movement_forms
from thidua_cli.normalise.forms.report_parts import are_parts
from thidua_cli.normalise.sheet.numbers import rate_agrees
from thidua_cli.normalise.table_reading import PrintedSum, RateBesideCounts

if TYPE_CHECKING:
    from thidua_cli.doubt.row_places import RowPlaces

_POOR = ("poor_households", "near_poor_households")


class Network:
    """The relations of everything that was read."""

    def __init__(self, context: CheckContext) -> None:
        self.context = context
        self._read = context.reading.observations
        self._outside = OutsideCells()
        self.totals = PrintedTotals(context.reading, self._outside)
        self._by_cell: dict[Cell, list[FigureRelation]] = {}
        self._sums_of_families: dict[tuple[str, int, str, str], SignedSum | None] = {}
        """(parent, year-end, poverty line, count) → the sum; None where none is to be taken."""
        self._strays: dict[tuple[str, str, int | None], list[int]] = {}
        """File, sheet and year → what `strays` told of them."""
        self._families: dict[tuple[str, int], dict[str, list[int]]] = {}
        """(parent, year-end) → poverty line → the children's rows, as they were asked for."""

    def value(self, cell: Cell) -> int | None:
        """Return what is printed in a cell."""
        return self.totals.value(cell)

    def of(self, cell: Cell) -> Sequence[FigureRelation]:
        """Return the relations a cell stands in."""
        relations = self._by_cell.get(cell)
        if relations is None:
            every = self._relations(cell)
            relations = self._by_cell[cell] = [relation for relation in every if cell in relation.cells]
        return relations

    def holder(self, row: int, column: str) -> int:
        """Return the row as read that the count of a joined row is of."""
        return self.context.observations.borrowed.get((row, column), row)

    def origin(self, cell: Cell) -> Origin:
        """Return where a cell stands."""
        return self.totals.origin(cell)

    def cells(self, row: int, *columns: str) -> tuple[Cell, ...]:
        """Return the cells that counts of a joined row were read from."""
        return tuple(cell for column in columns for cell in self.totals.lines(self.holder(row, column), column))

    def cells_as_read(self, row: int, *columns: str) -> tuple[Cell, ...]:
        """Return the cells of counts of a row as read."""
        return tuple(cell for column in columns for cell in self.totals.lines(row, column))

    def rows_of(self, code: str, year: int) -> Sequence[int]:
        """Return the rows of a unit and year-end as read, but for preliminary ones that final ones replace."""
        return self.context.rows_of(code, year)

    def row_before(self, row: int) -> int | None:
        """Return the row of the year-end before, on the same area and poverty line."""
        return self.context.row_before(row)

    def main_row(self, row: int) -> int:
        """Return the row that speaks for the unit and year-end of a row as read."""
        read = self._read
        standing = self.context.row_of(read.unit_code[row], read.year[row], read.poverty_line[row])
        return row if standing is None else standing

    # ------------------------------------------------------------ relations of one cell

    def _relations(self, cell: Cell) -> Iterator[FigureRelation]:
        if cell.row < 0:
            yield from self.totals.of_place(cell)
            return
        row, main, column = cell.row, self.main_row(cell.row), cell.column
        yield from self.totals.of_row(row, column)
        yield from self._forms_agree(row, column)
        yield from self._own_movement(main, column)
        if self.holder(main, column) != row:
            return  # the figure of the unit is that of another form; what else holds of it is asked there
        yield from self._children_sums(main, column)
        yield from self._rates(main, column)
        yield from self._within_row(main, column)
        yield from self._printed_sums(main, column)
        yield from self._openings(main, column)

    def _place(self, row: int, column: str) -> Origin:
        return self.context.observations.origin(row, column)

    # ------------------------------------------------------------ sums

    def _children_sums(self, row: int, column: str) -> Iterator[FigureRelation]:
        table = self.context.observations
        for parent in (table.unit_code[row], table.parent_code[row]):
            family = (parent, table.year[row], table.poverty_line[row], column)
            if family not in self._sums_of_families:  # asked for by each of its members
                self._sums_of_families[family] = self._sum_of_family(*family)
            relation = self._sums_of_families[family]
            if relation is not None:
                yield relation

    def _sum_of_family(self, parent: str, year: int, line: str, column: str) -> SignedSum | None:
        own, rows = self._parent_and_children(parent, year, line)
        if own is None or not rows or self._is_of_printed_total(own, rows):
            return None
        if missing_children(self.context, parent, year, rows):
            return None
        children = (cell for child in rows for cell in self.cells(child, column))
        signed = {**dict.fromkeys(self.cells(own, column), 1), **dict.fromkeys(children, -1)}
        return SignedSum(Claim("S001", self._place(own, column), column), signed)

    def _parent_and_children(self, parent: str, year: int, line: str) -> tuple[int | None, Sequence[int]]:
        """Return the rows of one sum: on a poverty line, or of children that stand on several."""
        if mixed := self._siblings(parent, year, ""):
            return self.context.row_of(parent, year), mixed
        return self.context.row_of(parent, year, line), self._siblings(parent, year, line)

    def _siblings(self, parent: str, year: int, line: str) -> Sequence[int]:
        if self.context.arrays is None:
            return rows_by_parent(self.context).get((parent, year, line), ())
        if (parent, year) not in self._families:
            rows = self.context.families.rows_of(parent, year)
            families = by_line(self.context.observations, [(parent, year, rows)] if rows else [])
            self._families[parent, year] = {of_line: rows for (_, _, of_line), rows in families}
        return self._families[parent, year].get(line, ())

    def _is_of_printed_total(self, own: int, rows: Sequence[int]) -> bool:
        table = self.context.observations
        return own in self._own_totals and all(table.table[row] == table.table[own] for row in rows)

    @cached_property
    def _own_totals(self) -> set[int | None]:
        return {read.own_total for read in self.context.reading.tables}

    # ------------------------------------------------------------ one row

    def _within_row(self, row: int, column: str) -> Iterator[FigureRelation]:
        if column in (*_POOR, "households"):
            claim = Claim("L001", self._place(row, "poor_households"), "poor_households")
            yield AtMost(claim, self.cells(row, *_POOR), self.cells(row, "households"))
        for part, whole in PARTS:
            if column in (part, whole):
                claim = Claim("L002", self._place(row, part), part)
                yield AtMost(claim, self.cells(row, part), self.cells(row, whole))
        for poor, near_poor in CROSSINGS:
            if column in (poor, near_poor):
                signed = {**dict.fromkeys(self.cells(row, poor), 1), **dict.fromkeys(self.cells(row, near_poor), -1)}
                yield SignedSum(Claim("L005", self._place(row, poor), poor), signed, follows=False)

    def _own_movement(self, main: int, column: str) -> Iterator[FigureRelation]:
        """Yield the balance of the movement, with the closing count of its own table."""
        for form in movement_forms():
            if column not in (*form.counts, form.closing):
                continue
            own = self.context.observations.borrowed.get((main, form.opening), main)
            if self._read.value(own, form.opening) is None:
                continue
            closing = Cell(own, form.closing)
            if self._read.value(own, form.closing) is None:
                closing = Cell(self.holder(main, form.closing), form.closing)
            columns = form.columns
            signed = {closing: -1}
            for number in columns[-1].balance:
                name = columns[abs(number) - 1].count
                signed[Cell(own, name)] = 1 if number > 0 else -1
            claim = Claim("L003", self._read.origin(own, form.closing), form.closing)
            yield SignedSum(claim, signed, follows=False, blank_is_none=True)

    # ------------------------------------------------------------ beside the counts

    @cached_property
    def _rates_by_unit(self) -> dict[tuple[str, int], list[RateBesideCounts]]:
        rates: dict[tuple[str, int], list[RateBesideCounts]] = {}
        for printed in self.context.reading.rates:
            rates.setdefault((printed.unit_code, printed.year), []).append(printed)
        return rates

    @cached_property
    def _columns_of_fractions(self) -> set[tuple[str, str, int]]:
        """(file, sheet, column) of rates most of which agree as fractions: 0,0663 for 6,63%."""
        votes: dict[tuple[str, str, int], int] = {}
        for printed in self.context.reading.rates:
            if printed.rate.value == 0 or printed.rate.percent_sign:
                continue
            as_percent = printed.rate._replace(percent_sign=True)
            agrees = rate_agrees(as_percent, printed.part, printed.whole, 2)
            origin = printed.origin
            place = (origin.file, origin.sheet, origin.column)
            votes[place] = votes.get(place, 0) + (-1 if agrees else 1)
        return {place for place, vote in votes.items() if vote > 0}

    def _rates(self, row: int, column: str) -> Iterator[FigureRelation]:
        table = self.context.observations
        for printed in self._rates_by_unit.get((table.unit_code[row], table.year[row]), ()):
            measure = printed.measure
            if column not in (*measure.parts, measure.whole):
                continue
            parts = tuple(cell for name in measure.parts for cell in self._cells_beside(printed.origin, row, name))
            wholes = self._cells_beside(printed.origin, row, measure.whole)
            if len(wholes) > 1:
                continue  # a rate of some of the lines of a unit, nobody knows of which
            place = self._outside.cell(printed.origin, f"rate:{measure}", None)
            origin = printed.origin
            yield PrintedRateFits(
                Claim("V006", origin, f"rate:{measure}"),
                parts,
                wholes[0],
                printed.rate,
                2 if measure is Measure.MULTIDIMENSIONAL else 1,
                place,
                as_fraction=(origin.file, origin.sheet, origin.column) in self._columns_of_fractions,
            )

    def _cells_beside(self, origin: Origin, row: int, column: str) -> tuple[Cell, ...]:
        """Return the cells of a count in the row that a rate or a sum is printed in: of several forms its own."""
        table = self._read
        for candidate in self.rows_of(table.unit_code[row], table.year[row]):
            place = table.tables[table.table[candidate]]
            if (place.file, place.sheet) == (origin.file, origin.sheet) and table.value(candidate, column) is not None:
                lines = self.cells_as_read(candidate, column)
                of_line = tuple(cell for cell in lines if cell.line in (0, origin.row))
                return of_line or lines
        return self.cells(row, column)

    @cached_property
    def _sums_by_unit(self) -> dict[tuple[str, int], list[PrintedSum]]:
        sums: dict[tuple[str, int], list[PrintedSum]] = {}
        for printed in self.context.reading.sums:
            sums.setdefault((printed.unit_code, printed.year), []).append(printed)
        return sums

    def _printed_sums(self, row: int, column: str) -> Iterator[FigureRelation]:
        table = self.context.observations
        if column not in _POOR:
            return
        for printed in self._sums_by_unit.get((table.unit_code[row], table.year[row]), ()):
            place = self._outside.cell(printed.origin, "sum:multidimensional", printed.value)
            parts = (cell for name in _POOR for cell in self._cells_beside(printed.origin, row, name))
            signed = {place: 1, **dict.fromkeys(parts, -1)}
            yield SignedSum(Claim("L004", printed.origin, "sum:multidimensional"), signed)

    # ------------------------------------------------------------ other forms, other years

    def _forms_agree(self, row: int, column: str) -> Iterator[FigureRelation]:
        for other in self.rows_of(self._read.unit_code[row], self._read.year[row]):
            # the same row twice confirms nothing: only another form of the report was typed on its own
            if other == row or self._read.value(other, column) is None or not are_parts(self._read, row, other):
                continue
            first, second = self.cells_as_read(row, column), self.cells_as_read(other, column)
            holder = self.holder(self.main_row(row), column)
            claim = Claim("L006", self._read.origin(holder, column), column)
            yield SignedSum(claim, {**dict.fromkeys(first, 1), **dict.fromkeys(second, -1)}, follows=False)

    def _openings(self, row: int, column: str) -> Iterator[FigureRelation]:
        for opening, closing in OPENINGS:
            before, after = self.context.row_before(row), self.context.row_after(row)
            if column == opening and before is not None:
                yield self._opening(before, row, opening, closing)
            if column == closing and after is not None:
                yield self._opening(row, after, opening, closing)

    def _opening(self, before: int, after: int, opening: str, closing: str) -> FigureRelation:
        closed = dict.fromkeys(self.cells(before, closing), -1)
        signed = {**dict.fromkeys(self.cells(after, opening), 1), **closed}
        return SignedSum(Claim("T001", self._place(after, opening), opening), signed, follows=False)

    # ------------------------------------------------------------ rows of a place

    def rows_at(self, origin: Origin) -> list[int]:
        """Return the rows that a finding's place stands in: of its sheet, of its sheet row where it names one."""
        if self.context.arrays is None:
            return self._rows_by_place.get((origin.file, origin.sheet, origin.row), [])
        return self._row_places.rows_at(origin.file, origin.sheet, origin.row)

    @cached_property
    def _row_places(self) -> RowPlaces:
        from thidua_cli.doubt.row_places import RowPlaces

        return RowPlaces(self._read)

    def columns_beside(self, cell: Cell) -> set[str]:
        """Return the counts that the row of a cell holds, itself among them."""
        if cell.row >= 0:
            return {column for column in COUNTS if self._read.value(cell.row, column) is not None}
        return self._outside.columns_beside(cell)

    def rows_of_one_line(self, origin: Origin, year: int | None) -> list[int]:
        """Return the rows of a sheet whose units stand in one line, where units of their level stand in several."""
        if not self._read.summed_rows:
            return []
        rows = [row for row in self.rows_at(origin._replace(row=0)) if year in (None, self._read.year[row])]
        several = {self._read.level[row] for row in rows if row in self._read.summed_rows}
        return [row for row in rows if row not in self._read.summed_rows and self._read.level[row] in several]

    def strays(self, origin: Origin, year: int | None) -> list[int]:
        """Return the rows of a sheet and year that stand alone under a unit of which nothing else is there.

        Where a unit is missing (U008), such a row may be its own under another's code.
        """
        place = (origin.file, origin.sheet, year)
        if place not in self._strays:
            self._strays[place] = self._alone_in(origin._replace(row=0, column=0), year)
        return self._strays[place]

    def _alone_in(self, sheet: Origin, year: int | None) -> list[int]:
        rows = [row for row in self.rows_at(sheet) if self._read.year[row] == year]
        above = Counter(self._read.parent_code[row] for row in rows)
        there = {self._read.unit_code[row] for row in rows}
        return [
            row
            for row in rows
            if (parent := self._read.parent_code[row]) and above[parent] == 1 and parent not in there and len(rows) > 2
        ]

    @cached_property
    def _rows_by_place(self) -> dict[tuple[str, str, int], list[int]]:
        rows: dict[tuple[str, str, int], list[int]] = {}
        table = self._read
        for row, index in enumerate(table.table):
            place = table.tables[index]
            for number in (0, *table.summed_rows.get(row, (table.row_number[row],))):
                rows.setdefault((place.file, place.sheet, number), []).append(row)
        return rows

    def counts_of(self, row: int) -> list[Cell]:
        """Return the cells of all counts of a row."""
        return [
            cell
            for column in COUNTS
            if self._read.value(row, column) is not None
            for cell in self.cells_as_read(row, column)
        ]


def network_of(context: CheckContext) -> Network:
    """Return the network over what the checks looked at, made once for all who ask for it."""
    if not isinstance(context.network, Network):
        context.network = Network(context)
    return context.network
