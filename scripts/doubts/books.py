"""Files cell by cell: loaded once from a written form, changed in one place, written again in a few milliseconds."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook
from xlsxwriter import Workbook

Cell = str | int | float | None


class Block(NamedTuple):
    """A merged range; rows and columns count from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def moved(self, rows: int) -> Block:
        """Return the block so many rows further down."""
        return self._replace(top=self.top + rows, bottom=self.bottom + rows)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; rows and columns are named from 1, as on the screen."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Block, ...] = ()

    def value(self, row: int, column: int) -> Cell:
        """Return a cell; outside of the sheet there is nothing."""
        cells = self.rows[row - 1] if 1 <= row <= len(self.rows) else ()
        return cells[column - 1] if 1 <= column <= len(cells) else None

    def with_cell(self, row: int, column: int, value: Cell) -> Sheet:
        """Return the sheet with another value in one cell."""
        cells = list(self.rows[row - 1])
        cells[column - 1] = value
        return replace(self, rows=(*self.rows[: row - 1], tuple(cells), *self.rows[row:]))

    def without_rows(self, first: int, last: int) -> Sheet:
        """Return the sheet without some rows; what stood below moves up."""
        count = last - first + 1
        left = (block for block in self.merged if not first <= block.top <= last)
        merged = tuple(block.moved(-count) if block.top > last else block for block in left)
        return replace(self, rows=(*self.rows[: first - 1], *self.rows[last:]), merged=merged)

    def with_rows_twice(self, first: int, last: int) -> Sheet:
        """Return the sheet with some rows repeated right below themselves."""
        count, rows = last - first + 1, self.rows
        above = [block for block in self.merged if block.top <= last]
        below = [block.moved(count) for block in self.merged if block.top >= first]
        return replace(self, rows=(*rows[:last], *rows[first - 1 :]), merged=tuple(above + below))


@dataclass(frozen=True, slots=True)
class Book:
    """One file: a workbook, or a text table of one sheet where the name ends in .csv."""

    name: str
    """Path below the folder it is written to."""
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """Return a sheet by its name; a text table has one, whatever it is called."""
        return next((sheet for sheet in self.sheets if sheet.name == name), self.sheets[0])

    def with_sheet(self, changed: Sheet) -> Book:
        """Return the file with another sheet of the same name."""
        return replace(self, sheets=tuple(changed if sheet.name == changed.name else sheet for sheet in self.sheets))

    def write(self, folder: Path) -> Path:
        """Write the file, over one that stands there."""
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".csv":
            path.write_text(_as_text(self.sheets[0].rows), encoding="utf-8")
        else:
            self._write_workbook(path)
        return path

    def _write_workbook(self, path: Path) -> None:
        options = {"strings_to_formulas": False, "strings_to_numbers": False, "in_memory": True}
        with Workbook(str(path), options) as workbook:
            for sheet in self.sheets:
                written = workbook.add_worksheet(sheet.name)
                for top, left, bottom, right in sheet.merged:
                    written.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
                for row, column, value in _cells(sheet):
                    written.write(row, column, value)


def loaded(path: Path, name: str) -> Book:
    """Return a workbook as its values stand, formulas by their stored values, to be written under `name`."""
    workbook = load_workbook(path, data_only=True)
    sheets = []
    for sheet in workbook.worksheets:
        merged = (
            Block(area.min_row, area.min_col, area.max_row, area.max_col)
            for area in sheet.merged_cells.ranges
            if area.size["rows"] * area.size["columns"] > 1
        )
        rows = tuple(tuple(map(_plain, row)) for row in sheet.iter_rows(values_only=True))
        sheets.append(Sheet(sheet.title, rows, tuple(sorted(merged))))
    return Book(name, tuple(sheets))


def text_table(name: str, rows: Sequence[Sequence[Cell]]) -> Book:
    """Return a CSV file of these rows."""
    return Book(name, (Sheet("", tuple(tuple(row) for row in rows)),))


def _plain(value: object) -> Cell:
    return value if isinstance(value, str | int | float) else None


def _cells(sheet: Sheet) -> Iterator[tuple[int, int, Cell]]:
    """Yield 0-based row, column and value of what is not blank."""
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            if value is not None:
                yield row, column, value


def _as_text(rows: Sequence[Sequence[Cell]]) -> str:
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows(["" if value is None else value for value in row] for row in rows)
    return stream.getvalue()
