"""Workbooks: a section is a sheet with its lines, its table and its notes, made to be printed and scrolled."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from thidua_cli.language import Language
from thidua_cli.present.formats.sheet_formulas import FormulaTexts, Places, TableOnSheet
from thidua_cli.present.toolkit.column_groups import column_groups
from thidua_cli.present.toolkit.document import ColumnType, Document, Section, Table, TableColumn, Value, View, plain
from thidua_cli.present.toolkit.workbook_file import (
    FILLS,
    LINE_HEIGHT,
    lay_out_page,
    lines_needed,
    new_workbook,
    sheet_name,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_FONT: Final = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_HEAD_FILL: Final = "#D9E2F0"
_BORDER: Final = {"border": 1, "border_color": "#B5B5B5"}
_NUMBER_FORMATS: Final = {ColumnType.COUNT: "#,##0", ColumnType.DECIMAL: "0.00", ColumnType.YEAR: "0"}


def draw(view: View, language: Language, width: int, color: bool) -> bytes:
    """Return the document as a workbook, one sheet per section; the same values give the same bytes."""
    del width, color
    return workbook_bytes(view.document(language))


def workbook_bytes(document: Document) -> bytes:
    """Return a document as a workbook."""
    stream = BytesIO()
    with new_workbook(stream) as book:
        formats = _Formats(book)
        # All are laid out before any is written: a formula may refer to a sheet that comes later.
        layouts = [_layout(section, document.title) for section in document.sheets()]
        for section in document.sheets():
            book.add_worksheet(sheet_name(section.sheet or section.heading, book.sheetnames))
        places = Places([_place(sheet.name, layout) for sheet, layout in zip(book.worksheets(), layouts, strict=True)])
        for sheet, layout in zip(book.worksheets(), layouts, strict=True):
            _write(sheet, layout, formats, FormulaTexts(layout.table, places))
    return stream.getvalue()


def _place(name: str, layout: _SheetLayout) -> TableOnSheet:
    return TableOnSheet(layout.table.key, name, layout.first_row, range(len(layout.table.rows)))


class _SheetLayout(NamedTuple):
    """What stands on one worksheet: lines above the table, the table, lines below."""

    title: str
    above: Sequence[str]
    table: Table
    below: Sequence[str]

    @property
    def head_row(self) -> int:
        """First row of the headings, counted from 0."""
        return len(self.above) + 2

    @property
    def is_grouped(self) -> bool:
        """Whether headings stand above several columns."""
        return any(column.group for column in self.table.columns)

    @property
    def first_row(self) -> int:
        """First row of the table, counted from 0."""
        return self.head_row + (2 if self.is_grouped else 1)


def _layout(section: Section, title: str) -> _SheetLayout:
    """Lay a section out for a sheet: what is short above the table, so that it is seen first; a table there must be."""
    above = [*map(plain, section.text), *section.points, *([section.summary] if section.summary else [])]
    table = section.table
    if table is None and section.fields:
        table = Table([TableColumn("", width=30), TableColumn("", width=80)], section.fields)
    elif section.fields:
        above += [f"{name}: {value}" for name, value in section.fields]
    return _SheetLayout(section.title or title, above, table or Table([TableColumn("", width=110)], []), section.notes)


class _Formats:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self._cells: dict[tuple[ColumnType, str | None], Format] = {}

    def get(self, **properties: object) -> Format:
        merged = {**_FONT, **properties}
        key = tuple(sorted(merged.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(merged)
        return self._made[key]

    def cell(self, type_: ColumnType, tone: str | None) -> Format:
        made = self._cells.get((type_, tone))
        if made is None:
            made = self._cells[type_, tone] = self._make_cell(type_, tone)
        return made

    def _make_cell(self, type_: ColumnType, tone: str | None) -> Format:
        properties: dict[str, object] = {**_BORDER, "valign": "top"}
        if type_.is_text:
            properties |= {"text_wrap": True, "align": "left", "indent": 1}
        if type_ in _NUMBER_FORMATS:
            properties["num_format"] = _NUMBER_FORMATS[type_]
        if tone:
            properties |= {"bg_color": FILLS[tone], "bold": True}
        return self.get(**properties)


def _write(worksheet: Worksheet, sheet: _SheetLayout, formats: _Formats, formulas: FormulaTexts) -> None:
    columns = sheet.table.columns
    last_column = max(len(columns) - 1, 0)
    worksheet.write_string(0, 0, sheet.title, formats.get(bold=True, font_size=14))
    for row, text in enumerate(sheet.above, start=1):
        worksheet.write_string(row, 0, text, formats.get())
    head, first = sheet.head_row, sheet.first_row
    _headings(worksheet, columns, head, formats, grouped=sheet.is_grouped)
    for index, row_values in enumerate(sheet.table.rows):
        _row(worksheet, first + index, index, row_values, sheet, formats, formulas)
    last = first + len(sheet.table.rows) - 1
    # A filter over headings alone hides nothing and still draws its arrows over their words.
    if sheet.table.rows:
        worksheet.autofilter(first - 1, 0, last, last_column)
    _lines_below(worksheet, sheet, max(last, first - 1) + 2, formats)
    for index, column in enumerate(columns):
        worksheet.set_column(index, index, column.width)
    worksheet.freeze_panes(first, _frozen_columns(columns))
    _printing(worksheet, head, first - 1)


def _headings(
    worksheet: Worksheet, columns: Sequence[TableColumn], head: int, formats: _Formats, *, grouped: bool
) -> None:
    style = formats.get(bold=True, align="center", text_wrap=True, bg_color=_HEAD_FILL, **_BORDER)
    for index, column in enumerate(columns):
        if grouped and not column.group:
            worksheet.merge_range(head, index, head + 1, index, column.header, style)
        else:
            worksheet.write_string(head + 1 if grouped else head, index, column.header, style)
    worksheet.set_row(head + 1 if grouped else head, LINE_HEIGHT * lines_needed((c.header, c.width) for c in columns))
    runs = column_groups(columns)
    if runs:
        spans = ((group, sum(c.width for c in columns[first : last + 1])) for first, last, group in runs)
        worksheet.set_row(head, LINE_HEIGHT * lines_needed(spans))
    for first, last, group in runs:
        # XlsxWriter writes nothing for a merge of one cell: it warns, and the heading would be gone.
        if first == last:
            worksheet.write_string(head, first, group, style)
        else:
            worksheet.merge_range(head, first, head, last, group, style)


def _row(
    worksheet: Worksheet,
    row: int,
    index: int,
    values: Sequence[Value],
    sheet: _SheetLayout,
    formats: _Formats,
    formulas: FormulaTexts,
) -> None:
    texts = zip(values, sheet.table.columns, strict=True)
    lines = lines_needed((value, column.width) for value, column in texts if isinstance(value, str))
    if lines > 1:
        worksheet.set_row(row, LINE_HEIGHT * lines)
    for position, (value, column) in enumerate(zip(values, sheet.table.columns, strict=True)):
        style = formats.cell(column.type, sheet.table.tones.get((index, position)))
        written = None if value is None else formulas.at(index, position, row)
        # By type and never by `write`, which looks at every text again to guess a number, a link or a formula in it.
        if value is None:
            # Without a format the blank would not be written at all, and the grid of borders would have a hole.
            worksheet.write_blank(row, position, None, style)
        elif written is not None:
            # With its value: what does not calculate (a preview, a telephone, pandas) would show 0 for it.
            worksheet.write_formula(row, position, written, style, value if isinstance(value, str) else float(value))
        elif isinstance(value, str):
            worksheet.write_string(row, position, value, style)
        else:
            worksheet.write_number(row, position, _number(value), style)


def _number(value: int | Fraction) -> int | float:
    return float(value) if isinstance(value, Fraction) else value


def _lines_below(worksheet: Worksheet, sheet: _SheetLayout, first: int, formats: _Formats) -> None:
    """Write the notes over the whole width of the table, each in one merged and wrapped cell."""
    last_column = len(sheet.table.columns) - 1
    width = sum(column.width for column in sheet.table.columns)
    style = formats.get(text_wrap=True, valign="top", italic=True)
    for offset, text in enumerate(sheet.below):
        if last_column > 0:
            worksheet.merge_range(first + offset, 0, first + offset, last_column, text, style)
        else:
            worksheet.write_string(first + offset, 0, text, style)
        # Excel grows a row to its wrapped text, but not to that of a merged cell.
        worksheet.set_row(first + offset, LINE_HEIGHT * lines_needed([(text, width)]))


def _frozen_columns(columns: Sequence[TableColumn]) -> int:
    """Keep code and name in sight while a wide table is scrolled."""
    return 2 if sum(column.width for column in columns) > 120 and len(columns) > 8 else 0


def _printing(worksheet: Worksheet, first_heading: int, last_heading: int) -> None:
    lay_out_page(worksheet)
    worksheet.repeat_rows(first_heading, last_heading)
    worksheet.set_footer("&L&A&R&P/&N")
