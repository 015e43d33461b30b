"""Where each table of a workbook stands, and the formulas that refer to cells of it, written out row by row."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence, Sized
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import column_letters
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.toolkit.document import Formula, Table

_REFERENCE: Final = late_pattern(r"\{(?:(\w+)!)?(\d+)\}")
_RUN: Final = late_pattern(r"\{(\w+)!(\d+)@(\d+):(\d+)\}")
"""Rows of a table that follow each other."""


class TableOnSheet(NamedTuple):
    """Where a table stands, or a part of one that is too long for one sheet."""

    key: str
    sheet: str
    first_row: int
    """Row of the sheet, counted from 0, that holds the first of `rows`."""
    rows: range
    """The rows of the table that stand here."""
    columns: Sequence[int] = ()
    """Column of the sheet for each column of the table; without them the same."""

    def letters(self, column: int) -> str:
        """Return the letters of a column of the table on the sheet."""
        return column_letters(self.columns[column] if self.columns else column)

    def cells(self, column: int, rows: range) -> str:
        """Return the cells of a column in those of some rows of the table that stand here; empty for none."""
        first, last = max(rows.start, self.rows.start), min(rows.stop, self.rows.stop) - 1
        if first > last:
            return ""
        letters, offset = self.letters(column), self.first_row + 1 - self.rows.start
        begin, end = f"${letters}{first + offset}", f"${letters}{last + offset}"
        return begin if first == last else f"{begin}:{end}"


class Places:
    """The places of all tables with a key; parts of one table in the order of their rows."""

    def __init__(self, places: Iterable[TableOnSheet]) -> None:
        self._by_key: dict[str, list[TableOnSheet]] = {}
        for place in places:
            self._by_key.setdefault(place.key, []).append(place)

    def parts(self, key: str) -> Sequence[TableOnSheet]:
        """Return where the rows of a table stand."""
        return self._by_key[key]


class FormulaTexts:
    """The formulas of one table: each text is taken apart once, and then filled with the numbers of rows.

    A mark of one character stands for a number: putting a number in its place costs far less than putting each formula
    together, and a province has hundreds of thousands.
    """

    def __init__(self, table: Table, places: Places, columns: Sequence[int] = ()) -> None:
        self._columns = columns
        self._key = table.key
        self._formulas = table.formulas
        self._rows_in = table.rows_in
        self._places = places
        self._templates: dict[Formula, tuple[str, Sequence[_FilledIn]]] = {}

    def at(self, index: int, column: int, row: int) -> str | None:
        """Return the formula of a row of the table that stands in `row` of its sheet (from 0); None for none."""
        of_column = self._formulas.get(column)
        formula = None if of_column is None else of_column[index]
        return None if formula is None else self.text(formula, index, row)

    def text(self, formula: Formula, index: int, row: int) -> str:
        """Return a formula as it stands in a row."""
        made = self._templates.get(formula)
        if made is None:
            made = self._templates[formula] = self._template(formula)
        text, filled_in = made
        for mark, elsewhere in filled_in:
            text = text.replace(mark, str(row + 1) if elsewhere is None else elsewhere.written(index))
        return text

    def _template(self, formula: Formula) -> tuple[str, Sequence[_FilledIn]]:
        marks: dict[object, _FilledIn] = {}

        def place(match: re.Match[str]) -> str:
            key, column = match[1], int(match[2])
            if not key:
                own = column_letters(self._columns[column] if self._columns else column)
                return own + marks.setdefault(None, _FilledIn(_mark(marks), None)).mark
            parts, rows = self._places.parts(key), self._rows_in.get(key)
            if len(parts) > 1:
                other = _CellElsewhere(column, parts, rows)
                return marks.setdefault((key, column), _FilledIn(_mark(marks), other)).mark
            (part,) = parts
            row = _RowElsewhere(part.first_row + 1 - part.rows.start, rows)
            mark = marks.setdefault(key, _FilledIn(_mark(marks), row)).mark
            return f"{quoted(part.sheet)}!${part.letters(column)}{mark}"

        return _REFERENCE.sub(place, _RUN.sub(self._run, formula)), list(marks.values())

    def _run(self, match: re.Match[str]) -> str:
        """Return the cells of rows that follow each other: one range on each sheet that holds some of them."""
        key, column, first, last = match[1], *map(int, match.group(2, 3, 4))
        parts = self._places.parts(key)
        is_here = key == self._key and len(parts) == 1
        ranges = ((part, part.cells(column, range(first, last + 1))) for part in parts)
        return ",".join(cells if is_here else f"{quoted(part.sheet)}!{cells}" for part, cells in ranges if cells)


def _mark(marks: Sized) -> str:
    """Return a character of the private area: no formula holds one."""
    return chr(0xE000 + len(marks))


class _RowElsewhere(NamedTuple):
    """The row of another table that speaks of the same, where that table stands on one sheet."""

    offset: int
    rows: Sequence[int] | None

    def written(self, index: int) -> str:
        return str((index if self.rows is None else self.rows[index]) + self.offset)


class _CellElsewhere:
    """A cell of another table in the row that speaks of the same, where that table stands on several sheets."""

    def __init__(self, column: int, parts: Sequence[TableOnSheet], rows: Sequence[int] | None) -> None:
        self._rows = rows
        self._starts = [part.rows.start for part in parts]
        self._begins = [
            (f"{quoted(part.sheet)}!${part.letters(column)}", part.first_row + 1 - part.rows.start) for part in parts
        ]

    def written(self, index: int) -> str:
        row = index if self._rows is None else self._rows[index]
        begin, offset = self._begins[bisect_right(self._starts, row) - 1]
        return f"{begin}{row + offset}"


class _FilledIn(NamedTuple):
    """A mark in a formula, and what takes its place; None for the number of the row itself."""

    mark: str
    elsewhere: _RowElsewhere | _CellElsewhere | None


def quoted(sheet: str) -> str:
    """Return the name of a sheet as formulas write it."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"
