"""Grids of an attestation file → its rows as texts, each cell with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice

from thidua_cli.attest.columns import Field, field_of
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Origin
from thidua_cli.read.grid import Cell, Grid

_HEADER_WITHIN = 40
"""The header stands in one of the first rows."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row below the header of an attestation sheet."""

    file: str
    sheet: str
    number: int
    """Row in the sheet, from 0."""
    columns: Mapping[Field, int]
    cells: Mapping[Field, Cell]

    def text(self, field: Field) -> str:
        """Return a cell as composed text without surrounding blanks; whole numbers without decimals."""
        cell = self.cells.get(field)
        if cell is None:
            return ""
        # Workbooks hold every number as one with decimals: a code or a year typed as a number is 49.0.
        written = cell if isinstance(cell, str) else str(cell).removesuffix(".0")
        return " ".join(unicodedata.normalize("NFC", written).split())

    def is_filled(self, field: Field) -> bool:
        """Say whether a cell holds anything."""
        return self.text(field) != ""

    def origin(self, field: Field) -> Origin:
        """Return the place of a cell; of a column that is not there, the first cell of the row."""
        return Origin(self.file, self.sheet, self.number + 1, self.columns.get(field, 0) + 1)

    def day(self) -> date | None:
        """Return the date of attestation; None where the cell holds none, or one that no calendar has."""
        cell = self.cells.get(Field.DATE)
        if isinstance(cell, datetime):  # before date: every datetime is a date as well
            return cell.date()
        if isinstance(cell, date):
            return cell
        return written_day(self.text(Field.DATE))


def written_day(text: str) -> date | None:
    """Return a date as officers write it, or None.

    >>> written_day("05/01/2025"), written_day("2025-01-05"), written_day("31/02/2025")
    (datetime.date(2025, 1, 5), datetime.date(2025, 1, 5), None)
    """
    # The last one is what a date cell becomes when a spreadsheet is saved as CSV by a program.
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue  # not written in this way; the caller says so where it is written in none
    return None


def sheet_rows(grid: Grid) -> Iterator[SheetRow] | None:
    """Return the rows below the header that hold anything; None for a sheet that is no attestation sheet."""
    rows = enumerate(grid.open_rows())
    for number, cells in islice(rows, _HEADER_WITHIN):
        columns = _columns(cells, grid.first_column)
        if Field.STATE in columns and Field.CRITERION_ID in columns:
            return _rows_below(grid, number, columns)
    return None


def _rows_below(grid: Grid, header: int, columns: Mapping[Field, int]) -> Iterator[SheetRow]:
    for number, cells in islice(enumerate(grid.open_rows()), header + 1, None):
        values = {
            field: cells[place]
            for field, column in columns.items()
            if 0 <= (place := column - grid.first_column) < len(cells)
        }
        row = SheetRow(grid.file, grid.sheet, number, columns, values)
        if any(row.is_filled(field) for field in columns):
            yield row


def _columns(cells: list[Cell], first_column: int) -> dict[Field, int]:
    columns: dict[Field, int] = {}
    for column, cell in enumerate(cells, start=first_column):
        field = field_of(cell) if isinstance(cell, str) else None
        if field is not None:
            columns.setdefault(field, column)  # the first of a doubled heading: a remark may repeat a word
    return columns
