"""Writing one table to a worksheet: formats, headings, widths, printing. The only module that touches XlsxWriter."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Final

from thidua_cli.language import round_half_up
from thidua_cli.present.toolkit.table import Column, Kind, Table, Value

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CREATED: Final = datetime(2022, 1, 1)
"""Fixed, so that the same values give the same bytes."""
_FONT: Final = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_LINE_HEIGHT: Final = 15.5
_CHARACTERS_PER_WIDTH: Final = 1.1
_HEAD_FILL: Final = "#D9E2F0"
_BORDER: Final = {"border": 1, "border_color": "#B5B5B5"}
_NUMBER_FORMATS: Final = {Kind.COUNT: "#,##0", Kind.DECIMAL: "0.00", Kind.YEAR: "0", Kind.TEXT: ""}
FILLS: Final = {"good": "#D8EFD9", "bad": "#F6D5D3", "open": "#FCEFC7", "none": "#E7E7E7"}
"""Cell colours by meaning."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: lines above the table, the table, lines below."""

    name: str
    title: str
    above: Sequence[str]
    table: Table
    below: Sequence[str] = ()
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(Row, column) of the table → key of `FILLS`."""
    formulas: Mapping[tuple[int, int], Callable[[Callable[[int], str]], str]] = field(default_factory=dict)
    """(Row, column) of the table → formula, given the name of a cell of the same row by its column."""


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook with the sheets in order; the same sheets give the same bytes."""
    import xlsxwriter

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": CREATED})
    formats = _Formats(book)
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return stream.getvalue()


class _Formats:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self._cells: dict[tuple[Kind, str | None], Format] = {}

    def get(self, **properties: object) -> Format:
        merged = {**_FONT, **properties}
        key = tuple(sorted(merged.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(merged)
        return self._made[key]

    def cell(self, kind: Kind, fill: str | None) -> Format:
        made = self._cells.get((kind, fill))
        if made is None:
            made = self._cells[kind, fill] = self._make_cell(kind, fill)
        return made

    def _make_cell(self, kind: Kind, fill: str | None) -> Format:
        properties: dict[str, object] = {**_BORDER, "valign": "top"}
        if kind is Kind.TEXT:
            properties |= {"text_wrap": True, "align": "left", "indent": 1}
        if _NUMBER_FORMATS[kind]:
            properties["num_format"] = _NUMBER_FORMATS[kind]
        if fill:
            properties |= {"bg_color": FILLS[fill], "bold": True}
        return self.get(**properties)


def _write(worksheet: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    columns = sheet.table.columns
    last_column = max(len(columns) - 1, 0)
    worksheet.write_string(0, 0, sheet.title, formats.get(bold=True, font_size=14))
    for row, text in enumerate(sheet.above, start=1):
        worksheet.write_string(row, 0, text, formats.get())
    head = len(sheet.above) + 2
    grouped = any(column.group for column in columns)
    _headings(worksheet, columns, head, formats, grouped=grouped)
    first = head + (2 if grouped else 1)
    for index, row_values in enumerate(sheet.table.rows):
        _row(worksheet, first + index, index, row_values, sheet, formats)
    last = first + len(sheet.table.rows) - 1
    if sheet.table.rows:
        worksheet.autofilter(first - 1, 0, last, last_column)
    _lines_below(worksheet, sheet, max(last, first - 1) + 2, formats)
    for index, column in enumerate(columns):
        worksheet.set_column(index, index, column.width)
    worksheet.freeze_panes(first, _frozen_columns(columns))
    _printing(worksheet, head, first - 1)


def _headings(worksheet: Worksheet, columns: Sequence[Column], head: int, formats: _Formats, *, grouped: bool) -> None:
    style = formats.get(bold=True, align="center", text_wrap=True, bg_color=_HEAD_FILL, **_BORDER)
    for index, column in enumerate(columns):
        if grouped and not column.group:
            worksheet.merge_range(head, index, head + 1, index, column.header, style)
        else:
            worksheet.write_string(head + 1 if grouped else head, index, column.header, style)
    worksheet.set_row(head + 1 if grouped else head, _LINE_HEIGHT * lines_needed((c.header, c.width) for c in columns))
    runs = _group_runs(columns)
    if runs:
        spans = ((group, sum(c.width for c in columns[first : last + 1])) for first, last, group in runs)
        worksheet.set_row(head, _LINE_HEIGHT * lines_needed(spans))
    for first, last, group in runs:
        if first == last:
            worksheet.write_string(head, first, group, style)
        else:
            worksheet.merge_range(head, first, head, last, group, style)


def _group_runs(columns: Sequence[Column]) -> list[tuple[int, int, str]]:
    runs: list[tuple[int, int, str]] = []
    for index, column in enumerate(columns):
        if not column.group:
            continue
        if runs and runs[-1][1] == index - 1 and runs[-1][2] == column.group:
            runs[-1] = (runs[-1][0], index, column.group)
        else:
            runs.append((index, index, column.group))
    return runs


def _row(worksheet: Worksheet, at: int, index: int, values: Sequence[Value], sheet: Sheet, formats: _Formats) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    texts = zip(values, sheet.table.columns, strict=True)
    lines = lines_needed((value, column.width) for value, column in texts if isinstance(value, str))
    if lines > 1:
        worksheet.set_row(at, _LINE_HEIGHT * lines)
    for position, (value, column) in enumerate(zip(values, sheet.table.columns, strict=True)):
        style = formats.cell(column.kind, sheet.fills.get((index, position)))
        formula = sheet.formulas.get((index, position))
        if isinstance(value, str):
            worksheet.write_string(at, position, value, style)
        elif value is None:
            worksheet.write_blank(at, position, None, style)
        elif formula is not None:
            written = formula(lambda other: xl_rowcol_to_cell(at, other))
            worksheet.write_formula(at, position, written, style, float(value))
        else:
            worksheet.write_number(at, position, _number(value), style)


def lines_needed(cells: Iterable[tuple[str, float]]) -> int:
    """Estimate how many lines the longest of (text, width) takes: not every program grows a row to its text."""
    return max((_lines(text, max(int(width * _CHARACTERS_PER_WIDTH), 4)) for text, width in cells), default=1)


def _lines(text: str, characters: int) -> int:
    return 1 if len(text) <= characters else len(textwrap.wrap(text, characters))


def _number(value: int | Fraction) -> int | float:
    return float(round_half_up(value)) if isinstance(value, Fraction) else value


def _lines_below(worksheet: Worksheet, sheet: Sheet, at: int, formats: _Formats) -> None:
    """Write the notes over the whole width of the table, each in one merged and wrapped cell."""
    last_column = len(sheet.table.columns) - 1
    width = sum(column.width for column in sheet.table.columns)
    style = formats.get(text_wrap=True, valign="top", italic=True)
    for offset, text in enumerate(sheet.below):
        if last_column > 0:
            worksheet.merge_range(at + offset, 0, at + offset, last_column, text, style)
        else:
            worksheet.write_string(at + offset, 0, text, style)
        worksheet.set_row(at + offset, _LINE_HEIGHT * lines_needed([(text, width)]))


def _frozen_columns(columns: Sequence[Column]) -> int:
    """Keep code and name in sight while a wide table is scrolled."""
    return 2 if sum(column.width for column in columns) > 120 and len(columns) > 8 else 0


def _printing(worksheet: Worksheet, first_heading: int, last_heading: int) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(9)  # A4
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.repeat_rows(first_heading, last_heading)
    worksheet.set_footer("&L&A&R&P/&N")
