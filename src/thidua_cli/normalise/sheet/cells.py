"""The cells of a sheet as people see them, and the sheet with all that its tables are read with."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cached_property
from typing import TYPE_CHECKING, Final

from thidua_cli.late_dataclass import dataclass
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.sheet.heading_table import Headings, bundled_headings
from thidua_cli.read.grid import Cell, Grid, MergedRange, Row
from thidua_cli.units.finder import UnitFinder

if TYPE_CHECKING:
    from thidua_cli.normalise.sheet.table_units import StatedUnits

_TEXTS_KEPT: Final = 1_000
"""Rows whose texts are kept: a row is looked at several times, but soon."""


class Cells:
    """Random access to the rows of a sheet, by 0-based row and sheet column, with merged ranges filled."""

    def __init__(self, rows: Sequence[Row], first_column: int, merged: Sequence[MergedRange]) -> None:
        self.rows = rows
        self.first_column = first_column
        self.merged = merged
        self.width = first_column + max(map(len, rows), default=0)
        """Number of sheet columns up to the last one with cells."""
        self._texts: dict[int, tuple[str, ...]] = {}
        self.figure_rows: dict[tuple[int, ...], list[int]] = {}
        """Columns → the rows with a count in any of them, as far as asked."""
        self._areas: dict[int, list[MergedRange]] = {}
        for area in merged:
            for row in range(area.top, min(area.bottom + 1, len(rows))):
                self._areas.setdefault(row, []).append(area)

    def value(self, row: int, column: int) -> Cell:
        """Return a cell's value; None beyond the cells that are stored."""
        place = column - self.first_column
        if row < 0 or place < 0:
            return None
        try:
            value = self.rows[row][place]
        except IndexError:
            return None
        return None if value == "" else value

    def text(self, row: int, column: int) -> str:
        """Return a cell's text with single spaces; numbers as they print."""
        return printed(self.value(row, column))

    def values(self, row: int) -> Sequence[Cell]:
        """Return the values of a row from `first_column` on; empty ones as "" or None."""
        return self.rows[row] if 0 <= row < len(self.rows) else ()

    def filled(self, row: int) -> int:
        """Return how many cells of a row hold anything: asked before any text is made of them."""
        return filled_cells(self.values(row))

    def is_blank(self, row: int, besides: Set[int] = frozenset()) -> bool:
        """Say whether a row holds nothing and lies under no merged range, and is none of `besides`.

        A single cell far below a table brings a million such rows with it.
        """
        return row not in self._areas and row not in besides and not self.filled(row)

    def texts(self, row: int) -> tuple[str, ...]:
        """Return the non-empty texts of a row, from left to right."""
        texts = self._texts.get(row)
        if texts is None:
            if len(self._texts) > _TEXTS_KEPT:
                self._texts.clear()
            values = self.values(row)
            texts = self._texts[row] = tuple(
                [text for value in values if value not in ("", None) and (text := printed(value))]
            )
        return texts

    def first_text(self, row: int) -> str:
        """Return the first of `texts`; empty where there is none."""
        texts = self._texts.get(row)
        if texts is not None:
            return texts[0] if texts else ""
        for value in self.values(row):
            if value not in ("", None) and (text := printed(value)):
                return text
        return ""

    @cached_property
    def last_row(self) -> int:
        """The last row with any text; -1 where there is none."""
        return next((row for row in reversed(range(len(self.rows))) if self.first_text(row)), -1)

    def area_of(self, row: int, column: int) -> MergedRange:
        """Return the merged range that holds a cell, or the cell itself as a range."""
        for area in self._areas.get(row, ()):
            if area.left <= column <= area.right:
                return area
        return MergedRange(row, column, row, column)

    def areas(self, top: int, bottom: int) -> tuple[MergedRange, ...]:
        """Return the merged ranges in some rows, their rows counted from `top`."""
        return tuple(
            MergedRange(area.top - top, area.left, area.bottom - top, area.right)
            for row in range(top, bottom + 1)
            for area in self._areas.get(row, ())
        )

    def covered(self, row: int) -> int:
        """Return how many columns of a row hold anything or lie under a merged range, some of them counted twice."""
        return self.filled(row) + sum(area.right - area.left for area in self._areas.get(row, ()))

    def has_groups(self, top: int, bottom: int) -> bool:
        """Say whether headings between two rows are merged over several columns."""
        return any(area.right > area.left for row in range(top, bottom + 1) for area in self._areas.get(row, ()))


NO_CELLS: Final = Cells((), 0, ())


def filled_cells(row: Sequence[Cell]) -> int:
    """Return how many cells of a row hold anything."""
    return len(row) - row.count("") - row.count(None)


def printed(value: Cell) -> str:
    """Return a value with single spaces; numbers as they print."""
    if isinstance(value, str):
        return " ".join(value.split()) if value else ""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


@dataclass(frozen=True, slots=True)
class SheetContext:
    """One sheet, what the user says of it, and where headings and unit names are looked up."""

    grid: Grid
    options: ReadingOptions
    finder: UnitFinder
    cells: Cells = NO_CELLS
    """Empty for a canonical table, whose rows are read in batches."""
    units: StatedUnits | None = None
    """The unit of measure that a line of the sheet states; it holds for the tables below it until the next one."""
    title: tuple[str, ...] = ()
    """Title of the first table of the sheet: a second one below it is of the same agency unless it says otherwise."""

    @property
    def headings(self) -> Headings:
        """The table of headings that ships with the product."""
        return bundled_headings()
