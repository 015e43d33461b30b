"""Large sheets that come column by column (columns.py), by blocks of so many rows as whoever reads them takes at once.

Loads numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thidua_cli.observations import MISSING, Coded
from thidua_cli.read.columns import DifferentTexts, MixedCells, RepeatedTexts, WholeNumbers, column_batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from thidua_cli.read.columns import Column, ColumnBatch
    from thidua_cli.read.grid import Cell, Grid, Row


class _DifferentCells(dict["Cell", int]):
    """The different cells of one column, numbered as they come."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []

    def __missing__(self, cell: Cell) -> int:
        number = self[cell] = len(self.cells)
        self.cells.append(cell)
        return number

    def codes(self, column: Column) -> NDArray[np.int32] | None:
        """Return the number of each cell; None of a column with fractions."""
        if isinstance(column, RepeatedTexts):
            return self._of(column.texts)[np.frombuffer(column.packed, np.uint16)]
        if isinstance(column, DifferentTexts):
            return self._of(column.texts())
        if isinstance(column, MixedCells):
            # a fraction is no code and no year: its row is looked at alone
            has_fractions = any(isinstance(cell, float) and not cell.is_integer() for cell in column.mixed)
            return None if has_fractions else self._of(column.mixed)
        if not isinstance(column, WholeNumbers):
            return None
        numbers = np.frombuffer(column.packed, column.code)
        different, places = np.unique(numbers, return_inverse=True)
        codes = self._of(different.astype(np.float64).tolist())[places]
        codes[np.frombuffer(column.packed_blanks, np.uint32)] = self._of([""])[0]
        return codes

    def _of(self, cells: Sequence[Cell] | Sequence[str]) -> NDArray[np.int32]:
        return np.array(list(map(self.__getitem__, cells)), np.int32)


class SheetBlock:
    """Rows of a sheet, of one batch of columns or of several below each other."""

    def __init__(self, parts: list[ColumnBatch], different: dict[int, _DifferentCells]) -> None:
        self._parts = parts
        self._different = different
        """Place of a column → its cells, shared by all blocks of a table."""

    def __len__(self) -> int:
        return sum(part.height for part in self._parts)

    def rows(self, step: int = 1) -> list[Row]:
        """Return every `step`-th row as its cells."""
        rows: list[Row] = []
        above = 0
        for part in self._parts:
            first = -above % step
            if first < part.height:
                rows += (part.part(first, part.height) if first else part).rows(step)
            above += part.height
        return rows

    def coded(self, place: int) -> Coded | None:
        """Return a column by its cells, which are numbered alike in all blocks; None where they have no few kinds."""
        different = self._different.setdefault(place, _DifferentCells())
        codes = [different.codes(part.columns[place]) for part in self._parts]
        known = [of_part for of_part in codes if of_part is not None]
        return Coded(np.concatenate(known), different.cells) if len(known) == len(codes) else None

    def counts(self, place: int) -> NDArray[np.int64] | None:
        """Return a column of whole numbers that are not negative, `MISSING` where a cell is empty; None of others."""
        counts = [_counts(part.columns[place]) for part in self._parts]
        known = [of_part for of_part in counts if of_part is not None]
        return np.concatenate(known) if len(known) == len(counts) else None


def _counts(column: Column) -> NDArray[np.int64] | None:
    if isinstance(column, RepeatedTexts) and not any(column.texts):
        return np.full(len(column.numbers), MISSING, np.int64)
    if not isinstance(column, WholeNumbers):
        return None
    counts = np.frombuffer(column.packed, column.code).astype(np.int64)
    if int(counts.min()) < 0:
        return None
    counts[np.frombuffer(column.packed_blanks, np.uint32)] = MISSING
    return counts


def sheet_blocks(grid: Grid, first: int, count: int) -> Iterator[SheetBlock]:
    """Yield the rows of a sheet that comes by columns, from row `first` (0-based) on, `count` at a time."""
    different: dict[int, _DifferentCells] = {}
    parts: list[ColumnBatch] = []
    room = count
    for batch in column_batches(grid, first) or ():
        start = 0
        while start < batch.height:
            end = min(start + room, batch.height)
            parts.append(batch if end - start == batch.height else batch.part(start, end))
            room -= end - start
            start = end
            if not room:
                yield SheetBlock(parts, different)
                parts, room = [], count
    if parts:
        yield SheetBlock(parts, different)
