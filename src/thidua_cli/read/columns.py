"""Rows of a large sheet column by column: numbers and texts packed, so that a table of any length passes in pieces.

A column is packed where all its cells are alike; what is mixed is a list of cells. Each form gives the same cells as
`Grid.open_rows` does (`cells`), and what is quicker to ask for: `numbers` through the buffer protocol (an array of
numpy over it copies nothing), or every different text once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import chain
from math import isnan
from typing import Final, Literal

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.grid import Cell, Grid, Row

BATCH_ROWS: Final = 8192
"""Rows of one batch, about; never more than `MOST_ROWS`."""
MOST_ROWS: Final = 1 << 16
"""Rows of one batch, so that two bytes number its texts."""


class WholeNumbers(NamedTuple):
    """Cells that hold whole numbers, or nothing. As cells they are floats, as every number of a workbook is."""

    packed: bytes
    """One number for each row, of type `code`; 0 in a blank cell."""
    code: Literal["i", "q"]
    """"i" (32 bits) or "q" (64 bits, below 2**53), as `struct` names them."""
    packed_blanks: bytes = b""
    """The rows within the batch whose cell is blank, in order: "I" as `struct` names it."""

    @property
    def numbers(self) -> memoryview[int]:
        """The numbers; `numpy.frombuffer(column.packed, column.code)` is the same as an array."""
        return memoryview(self.packed).cast(self.code)

    @property
    def blanks(self) -> memoryview[int]:
        """The rows within the batch whose cell is blank."""
        return memoryview(self.packed_blanks).cast("I")

    def cells(self, step: int = 1) -> list[Cell]:
        """Return every `step`-th cell, from the first one, as it is in rows."""
        cells: list[Cell] = list(map(float, self.numbers[::step]))
        for blank in self.blanks:
            if not blank % step:
                cells[blank // step] = ""
        return cells

    def part(self, first: int, last: int) -> WholeNumbers:
        """Return the rows from `first` up to `last`."""
        size = self.numbers.itemsize
        blanks = array("I", [blank - first for blank in self.blanks if first <= blank < last])
        return WholeNumbers(self.packed[first * size : last * size], self.code, blanks.tobytes())


class Decimals(NamedTuple):
    """Cells that hold numbers, some of them with decimals, or nothing."""

    packed: bytes
    """One double for each row; NaN in a blank cell."""

    @property
    def numbers(self) -> memoryview[float]:
        """The numbers; `numpy.frombuffer(column.packed, "d")` is the same as an array."""
        return memoryview(self.packed).cast("d")

    def cells(self, step: int = 1) -> list[Cell]:
        """Return every `step`-th cell, from the first one, as it is in rows."""
        return ["" if isnan(number) else number for number in self.numbers[::step]]

    def part(self, first: int, last: int) -> Decimals:
        """Return the rows from `first` up to `last`."""
        return Decimals(self.packed[first * 8 : last * 8])


class RepeatedTexts(NamedTuple):
    """Cells that hold texts of which some repeat; "" in a blank cell."""

    texts: tuple[str, ...]
    """Every different text once."""
    packed: bytes
    """Which of `texts` stands in each row: two bytes each, "H" as `struct` names it."""

    @property
    def numbers(self) -> memoryview[int]:
        """The places in `texts`; `numpy.frombuffer(column.packed, "H")` is the same as an array."""
        return memoryview(self.packed).cast("H")

    def cells(self, step: int = 1) -> list[Cell]:
        """Return every `step`-th cell, from the first one, as it is in rows."""
        return list(map(self.texts.__getitem__, self.numbers[::step]))

    def part(self, first: int, last: int) -> RepeatedTexts:
        """Return the rows from `first` up to `last`."""
        return RepeatedTexts(self.texts, self.packed[first * 2 : last * 2])


class DifferentTexts(NamedTuple):
    """Cells that hold texts, most of them different; "" in a blank cell."""

    joined: str
    """The texts, with U+0000 between them, which no text of a workbook can hold."""

    def texts(self) -> list[str]:
        """Return the texts, row by row."""
        return self.joined.split("\0")

    def cells(self, step: int = 1) -> list[Cell]:
        """Return every `step`-th cell, from the first one, as it is in rows."""
        return [*self.texts()[::step]]

    def part(self, first: int, last: int) -> DifferentTexts:
        """Return the rows from `first` up to `last`."""
        return DifferentTexts("\0".join(self.texts()[first:last]))


class MixedCells(NamedTuple):
    """Cells of more than one sort."""

    mixed: list[Cell]

    def cells(self, step: int = 1) -> list[Cell]:
        """Return every `step`-th cell, from the first one, as it is in rows."""
        return self.mixed[::step]

    def part(self, first: int, last: int) -> MixedCells:
        """Return the rows from `first` up to `last`."""
        return MixedCells(self.mixed[first:last])


Column = WholeNumbers | Decimals | RepeatedTexts | DifferentTexts | MixedCells


def _height(column: Column) -> int:
    if isinstance(column, DifferentTexts):
        return column.joined.count("\0") + 1
    return len(column.mixed if isinstance(column, MixedCells) else column.numbers)


def _is_sound(column: Column, height: int) -> bool:
    """Say whether a column has so many rows, and names no text or row that is not there."""
    if _height(column) != height:
        return False
    if isinstance(column, RepeatedTexts):
        return max(column.numbers) < len(column.texts) and all(isinstance(text, str) for text in column.texts)
    return not isinstance(column, WholeNumbers) or max(column.blanks, default=0) < height


class ColumnBatch(NamedTuple):
    """Rows that follow each other, as columns from `Grid.first_column` on."""

    height: int
    """How many rows these are: at least 1."""
    columns: tuple[Column, ...]

    def is_sound(self, width: int) -> bool:
        """Say whether all columns have the batch's height, and there are so many of them.

        Raises:
            Exception: Any, of what is no batch at all.
        """
        is_fitting = 0 < self.height <= MOST_ROWS and len(self.columns) == width
        return is_fitting and all(_is_sound(column, self.height) for column in self.columns)

    def rows(self, step: int = 1) -> Iterator[Row]:
        """Yield every `step`-th row, from the first one."""
        return map(list, zip(*(column.cells(step) for column in self.columns), strict=True))

    def part(self, first: int, last: int) -> ColumnBatch:
        """Return the rows from `first` up to `last`."""
        return ColumnBatch(last - first, tuple(column.part(first, last) for column in self.columns))


def column_batches(grid: Grid, first_row: int = 0) -> Iterator[ColumnBatch] | None:
    """Return the rows of a sheet from `first_row` (0-based) on as columns; None where its format gives rows alone."""
    return None if grid.open_columns is None else _from_row(grid.open_columns(), first_row)


def _from_row(batches: Iterator[ColumnBatch], first_row: int) -> Iterator[ColumnBatch]:
    for batch in batches:
        if batch.height > first_row:
            yield batch.part(first_row, batch.height) if first_row else batch
        first_row = max(first_row - batch.height, 0)


def rows_of(batches: Iterator[ColumnBatch], first_row: int = 0) -> Iterator[Row]:
    """Return the rows of a sheet from `first_row` on, made of its columns."""
    return chain.from_iterable(batch.rows() for batch in _from_row(batches, first_row))


def blank_column(height: int) -> Column:
    """Return a column of so many blank cells."""
    return RepeatedTexts(("",), bytes(2 * height))


def is_blank(column: Column) -> bool:
    """Say whether a column is one of blank cells alone, as `blank_column` makes it."""
    return isinstance(column, RepeatedTexts) and column.texts == ("",)
