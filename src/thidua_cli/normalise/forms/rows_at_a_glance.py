"""Rows of units that hold plain numbers alone: nearly every row of nearly every form, read without asking what is odd.

A screen before `rows.py`, which reads every row with anything else in it, and would read these the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from thidua_cli.model import COUNTS
from thidua_cli.normalise.forms.households_and_persons import Breakdown
from thidua_cli.normalise.forms.table import Area, FormRow, FormTable, Role
from thidua_cli.normalise.sheet.cells import Cells, printed
from thidua_cli.normalise.sheet.headings import Column
from thidua_cli.normalise.sheet.numbers import LARGEST_COUNT
from thidua_cli.read.grid import Grid

_NOTHING_ODD: Final = frozenset[str]()


class RowsAtAGlance:
    """Reads the rows of one table that hold a name and whole numbers in all columns of counts."""

    def __init__(self, grid: Grid, cells: Cells, table: FormTable, breakdown: Breakdown) -> None:
        self._rows, first = cells.rows, cells.first_column
        counts = {meaning: column for meaning, column in table.columns.items() if meaning in COUNTS}
        self._counts = [(meaning, column.index - first) for meaning, column in counts.items()]
        labels = [_place(table.columns, meaning, first) for meaning in ("row_number", "unit_name", "unit_code")]
        self._number, self._name, self._code = labels
        self._width = max([*labels, *(place for _, place in self._counts)]) + 1
        self._odd_rows = {row for row, _ in grid.faults}.union(breakdown.label_rows)
        # a table of text has no numbers, and one with names of upper units has them in other cells
        self._may_read = (
            type(cells) is Cells
            and not grid.is_text
            and bool(self._counts)
            and self._name >= 0
            and all(column.index >= first for column in table.columns.values())
            and "year" not in table.columns
            and all(column.factor == 1 for column in counts.values())
        )

    def read(self, row: int, area: Area | None, is_unit: Callable[[str], bool]) -> FormRow | None:
        """Return the row of a unit; None where it is to be read with more care.

        `is_unit` says of a name that it is no word for a total, a section, or figures of another kind.
        """
        cells = self._rows[row]
        if not self._may_read or len(cells) < self._width or row in self._odd_rows:
            return None
        name, number, code = cells[self._name], self._text(row, self._number), self._text(row, self._code)
        if not isinstance(name, str) or number is None or code is None:
            return None
        counts: dict[str, int] = {}
        for meaning, place in self._counts:
            cell = cells[place]
            if type(cell) is not float or not 0 <= cell <= LARGEST_COUNT or not cell.is_integer():
                return None
            counts[meaning] = int(cell)
        name = printed(name)
        if not name or not is_unit(name):
            return None
        return FormRow(Role.UNIT, row, number, name, code, counts, _NOTHING_ODD, area)

    def _text(self, row: int, place: int) -> str | None:
        """Return the text of a label; None where it is none, such as a day."""
        cell = self._rows[row][place] if place >= 0 else None
        return printed(cell) if cell is None or isinstance(cell, (str, float)) else None


def _place(columns: Mapping[str, Column], meaning: str, first: int) -> int:
    return columns[meaning].index - first if meaning in columns else -1
