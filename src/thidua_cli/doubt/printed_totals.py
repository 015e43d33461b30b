"""Printed totals as relations: a total, its parts, and the places of both that no row of the observations holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from thidua_cli.doubt.relations import Cell, Claim, FigureRelation, SignedSum
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import Origin
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.table_reading import RowCounts, Total

OutsidePlace: TypeAlias = tuple[int, int, str] | Origin
"""(table, sheet row, column) of a line, or where a rate or a sum is printed."""


@dataclass(slots=True)
class OutsideCells:
    """Printed figures that no row of the observations holds: totals of a section, sums and rates beside counts."""

    values: list[int | None] = field(default_factory=list)
    cells: dict[OutsidePlace, Cell] = field(default_factory=dict)
    places: list[OutsidePlace] = field(default_factory=list)

    def columns_beside(self, cell: Cell) -> set[str]:
        """Return the columns of the line that a cell stands in: places are (table, sheet row, column)."""
        line = next(place[:2] for place, known in self.cells.items() if known == cell and isinstance(place, tuple))
        return {known.column for place, known in self.cells.items() if isinstance(place, tuple) and place[:2] == line}

    def cell(self, place: OutsidePlace, column: str, value: int | None) -> Cell:
        """Return the cell of a place, the same for one place."""
        if place not in self.cells:
            self.values.append(value)
            self.places.append(place)
            self.cells[place] = Cell(-len(self.values), column)
        return self.cells[place]


class PrintedTotals:
    """All printed totals of what was read."""

    def __init__(self, reading: FilesRead, outside: OutsideCells) -> None:
        self._reading = reading
        self._read = reading.observations
        self._outside = outside

    @cached_property
    def _rows_of_sheet(self) -> dict[tuple[int, int], int]:
        """(table, sheet row) → row of the observations."""
        table = self._read
        rows = {(table.table[row], number): row for row, number in enumerate(table.row_number)}
        for row, numbers in table.summed_rows.items():
            rows |= {(table.table[row], number): row for number in numbers}
        return rows

    @cached_property
    def _own_totals(self) -> dict[tuple[int, int], int]:
        table = self._read
        rows = [read.own_total for read in self._reading.tables if read.own_total is not None]
        return {(table.table[row], table.row_number[row]): row for row in rows}

    def _cell_of_line(self, total: Total, line: RowCounts, column: str) -> Cell:
        place = (total.table, line.sheet_row)
        row = self._own_totals.get(place, self._rows_of_sheet.get(place))
        if row is not None:
            lines = self.lines(row, column)
            return lines[0] if len(lines) == 1 else Cell(row, column, line.sheet_row)
        return self._outside.cell((*place, column), column, line.counts.get(column))

    def value(self, cell: Cell) -> int | None:
        """Return what is printed in a cell, of the observations or outside them."""
        if cell.row < 0:
            return self._outside.values[-cell.row - 1]
        if cell.line:
            return self._counts_of_line[self._read.table[cell.row], cell.line][cell.column]
        return self._read.value(cell.row, cell.column)

    def origin(self, cell: Cell) -> Origin:
        """Return where a cell stands."""
        if cell.row < 0:
            place = self._outside.places[-cell.row - 1]
            if isinstance(place, Origin):
                return place
            table, sheet_row, column = place
            return self._read.tables[table].cell(column, sheet_row)
        if cell.line:
            return self._read.tables[self._read.table[cell.row]].cell(cell.column, cell.line)
        return self._read.origin(cell.row, cell.column)

    @cached_property
    def _counts_of_line(self) -> dict[tuple[int, int], Mapping[str, int]]:
        """(table, sheet row) → the counts of a line of units that stand in several."""
        return {(total.table, line.sheet_row): line.counts for total in self._reading.totals for line in total.parts}

    def counts_at(self, origin: Origin) -> Mapping[str, int]:
        """Return the counts of the line at a place, whether a unit is known for it or not."""
        for index, table in enumerate(self._read.tables):
            if (table.file, table.sheet) == (origin.file, origin.sheet):
                counts = self._counts_of_line.get((index, origin.row))
                if counts is not None:
                    return counts
        return {}

    def lines_of(self, rows: Sequence[int]) -> list[Mapping[str, int]]:
        """Return the counts of every line that rows are made of; nothing where those of one are not known."""
        read = self._read
        places = [
            (read.table[row], number) for row in rows for number in read.summed_rows.get(row, (read.row_number[row],))
        ]
        lines = [self._counts_of_line.get(place) for place in places]
        known = [counts for counts in lines if counts is not None]
        return known if len(known) == len(lines) else []

    def lines(self, row: int, column: str) -> tuple[Cell, ...]:
        """Return the cells that a count of a row is the sum of: most often one."""
        numbers = self._read.summed_rows.get(row)
        if not numbers:
            return (Cell(row, column),)
        table = self._read.table[row]
        parts = [self._counts_of_line.get((table, number), {}).get(column) for number in numbers]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) or sum(known) != self._read.value(row, column):
            return (Cell(row, column),)
        return tuple(Cell(row, column, number) for number in numbers)

    def as_sum(self, total: Total, column: str) -> SignedSum | None:
        """Return what a printed total says of a count; None where a part lacks it."""
        if column not in total.row.counts or not total.parts or any(column not in part.counts for part in total.parts):
            return None
        own = self._cell_of_line(total, total.row, column)
        parts: dict[Cell, int] = {}
        for part in total.parts:
            cell = self._cell_of_line(total, part, column)
            parts[cell] = parts.get(cell, 0) + part.counts[column]
        if own in parts:
            return None
        code = "S003" if total.of_sections and len(total.parts) == 2 else "S002"
        origin = self._read.tables[total.table].cell(column, total.row.sheet_row)
        # a district whose urban and rural rows stand in different sections has less in one of them than in all
        beside = sum((self.value(cell) or 0) - inside for cell, inside in parts.items())
        return SignedSum(Claim(code, origin, column), {own: 1, **dict.fromkeys(parts, -1)}, constant=beside)

    @cached_property
    def _totals_by_row(self) -> dict[tuple[int, int], list[Total]]:
        lines: dict[tuple[int, int], list[Total]] = {}
        for total in self._reading.totals:
            for line in (total.row, *total.parts):
                lines.setdefault((total.table, line.sheet_row), []).append(total)
        return lines

    @cached_property
    def _totals_of_place(self) -> dict[Cell, list[FigureRelation]]:
        """Cells outside the observations → the sums they stand in."""
        relations: dict[Cell, list[FigureRelation]] = {}
        for total in self._reading.totals:
            for column in total.row.counts:
                signed_sum = self.as_sum(total, column)
                for cell in signed_sum.cells if signed_sum is not None else ():
                    if cell.row < 0 and signed_sum is not None:
                        relations.setdefault(cell, []).append(signed_sum)
        return relations

    def of_place(self, cell: Cell) -> Sequence[FigureRelation]:
        """Return the sums that a cell outside the observations stands in."""
        return self._totals_of_place.get(cell, ())

    def of_row(self, row: int, column: str) -> Iterator[FigureRelation]:
        """Yield the sums that a row of the observations stands in."""
        numbers = self._read.summed_rows.get(row, (self._read.row_number[row],))
        for number in numbers:
            for total in self._totals_by_row.get((self._read.table[row], number), ()):
                signed_sum = self.as_sum(total, column)
                if signed_sum is not None:
                    yield signed_sum
