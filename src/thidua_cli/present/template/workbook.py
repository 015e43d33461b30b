"""An official form as a workbook to be filled in: labels and formulas locked, white cells open, counts validated."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Final

from thidua_cli.language import Language, Text
from thidua_cli.normalise.forms.register import ColumnUnit, FormColumn, ReportForm
from thidua_cli.present.template.formulas import NOTHING, FormulaCells, balance_formula, rate_formula, sum_formula
from thidua_cli.present.template.lines import Line, LineKind, TemplatePlan
from thidua_cli.present.toolkit.workbook_file import NamedFormats, lay_out_page, new_workbook

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MOTTO: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
_PLACE_AND_DATE: Final = "……………, ngày …… tháng …… năm ………"
_PREPARED_BY: Final = "Người lập biểu"
_SIGNED_BY: Final = "CHỦ TỊCH UBND"
_NOTE: Final = Text(
    "Chỉ nhập vào các ô màu trắng. Ô màu xám là nhãn hoặc công thức, đã khóa (không có mật khẩu).",
    "Fill in the white cells only. Grey cells are labels or formulas and are locked (without a password).",
)
_WRONG_TITLE: Final = Text("Số liệu không hợp lệ", "Not a valid figure")
_WRONG_COUNT: Final = Text(
    "Cột {number} ({heading}): chỉ nhập số nguyên từ 0 trở lên; không nhập chữ, số âm, số lẻ hay dấu chấm hàng nghìn."
    " Không có {counted} nào thì ghi 0; chưa có số liệu thì để trống.",
    "Column {number} ({heading}): a whole number from 0 up; no words, negative numbers, decimals or separators."
    " Write 0 where there are none; leave the cell empty where there is no figure yet.",
)
_COUNTED: Final = {ColumnUnit.HOUSEHOLDS: "hộ", ColumnUnit.PERSONS: "nhân khẩu", ColumnUnit.ROWS: "hộ hoặc nhân khẩu"}
_HEADER_HEIGHTS: Final = {3: (24, 60, 72), 4: (20, 20, 20, 20)}
"""Points per header row, by how many there are."""
_LABEL_WIDTHS: Final = (6, 27, 11)
_COLUMN_WIDTH: Final = {3: 13, 4: 10.5}
_NOTE_WIDTH: Final = 32
_ROWS_TO_SIGN: Final = 8
"""Sheet rows below the table that are printed: a blank one, place and date, who signs, and room for stamp and name."""
_LONGEST_MESSAGE: Final = 255
"""Where a message is longer, XlsxWriter leaves out the whole validation: any figure could be typed in then."""

_FONT: Final = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_GREY: Final = {**_FONT, "border": 1, "bg_color": "#EDEDED"}
_WHITE: Final = {**_FONT, "border": 1, "locked": False}
_CENTRE: Final = {**_FONT, "align": "center", "text_wrap": True}
_STYLES: Final[dict[str, dict[str, object]]] = {
    "title": {**_CENTRE, "bold": True},
    "heading": {**_GREY, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#D9E2F0"},
    "number": {**_GREY, "align": "center"},
    "name": {**_GREY, "text_wrap": True, "indent": 1},
    "count": {**_GREY, "num_format": "#,##0", "align": "right"},
    "rate": {**_GREY, "num_format": "0.00%", "align": "right"},
    "open number": {**_WHITE, "align": "center", "num_format": "@"},
    "open name": {**_WHITE, "text_wrap": True, "num_format": "@", "indent": 1},
    "open count": {**_WHITE, "num_format": "#,##0", "align": "right"},
    "note": {**_CENTRE, "italic": True, "font_size": 10, "font_color": "#7F7F7F"},
    "open note": {**_CENTRE, "italic": True, "locked": False},
    "open title": {**_CENTRE, "bold": True, "locked": False},
}


def build_template(plan: TemplatePlan, form: ReportForm, language: Language = Language.VI) -> bytes:
    """Return the form as a workbook of one sheet; the same plan gives the same bytes.

    The form itself is Vietnamese; `language` is that of the note and of the messages on wrong figures. Formulas hold
    their results, which for an empty form are dashes: what was not filled in reads as missing and never as zero.
    """
    stream = BytesIO()
    with new_workbook(stream, f"{form.printed_title}, {plan.unit.name}, {plan.year}") as book:
        sheet = book.add_worksheet(form.short_title.vi)
        _FormWriter(sheet, plan, form, language, book).write()
    return stream.getvalue()


def agency_lines(plan: TemplatePlan) -> tuple[str, ...]:
    """Return the agency as the title block names it: the one above, then its own; enough to know the unit by.

    >>> from datetime import date
    >>> from thidua_cli.model import Level, Unit
    >>> day = date(2021, 7, 1)
    >>> district = Unit("505", "Huyện Đông Giang", "huyện", Level.DISTRICT, "49", day, None)
    >>> province = Unit("49", "Tỉnh Quảng Nam", "tỉnh", Level.PROVINCE, "", day, None)
    >>> agency_lines(TemplatePlan(district, (province,), 2024, ()))
    ('UBND TỈNH QUẢNG NAM', 'UBND HUYỆN ĐÔNG GIANG')
    """
    own = f"UBND {plan.unit.name.upper()}"
    above = ", ".join(unit.name.upper() for unit in plan.above)
    return (f"UBND {above}", own) if above else (own,)


class _FormWriter:
    """Writes one form from top to bottom. Rows and columns count from 0."""

    def __init__(
        self, sheet: Worksheet, plan: TemplatePlan, form: ReportForm, language: Language, book: Workbook
    ) -> None:
        self._sheet = sheet
        self._plan = plan
        self._form = form
        self._language = language
        self._style = NamedFormats(book, _STYLES)
        self._labels = len(form.labels)
        self._last = self._labels + len(form.columns) - 1
        self._header = form.header_row - 1
        self._first = self._header + form.header_rows + 1
        self._cells = FormulaCells(self._first, form.rows_per_unit, self._labels)

    def write(self) -> None:
        self._title_block()
        self._note_beside()
        self._heading()
        for index, line in enumerate(self._plan.lines):
            self._line(index, line)
        for column in self._form.columns:
            if column.is_filled_in:
                self._validate(column)
        self._signatures(self._cells.row(len(self._plan.lines)) + 1)
        self._view_and_print()

    # Above the table -----------------------------------------------------------------------------------------------

    def _title_block(self) -> None:
        sheet, title = self._sheet, self._style("title")
        middle = self._last // 2 - 2
        sheet.merge_range(0, 0, 0, middle, "\n".join(agency_lines(self._plan)), title)
        sheet.merge_range(0, middle + 1, 0, self._last, _MOTTO, title)
        sheet.merge_range(1, 0, 1, self._last, self._form.printed_title, title)
        sheet.merge_range(2, 0, 2, self._last, f"Năm rà soát: {self._plan.year}", title)
        for row, height in enumerate((34, 24, 24)):
            sheet.set_row(row, height)

    def _note_beside(self) -> None:
        """Write how to fill the form in beside it, where paper does not show it: the form is signed."""
        beside = self._last + 1
        self._sheet.merge_range(0, beside, 2, beside, _NOTE.pick(self._language), self._style("note"))
        self._sheet.set_column(beside, beside, _NOTE_WIDTH)

    def _heading(self) -> None:
        style = self._style("heading")
        for row, height in enumerate(_HEADER_HEIGHTS[self._form.header_rows], start=self._header):
            self._sheet.set_row(row, height)
        for top, left, bottom, right, text in self._form.heading_cells():
            self._merge(self._header + top, left, self._header + bottom, right, text, style)
        numbering = self._first - 1
        for place, letter in enumerate("ABC"[: self._labels]):
            self._sheet.write_string(numbering, place, letter, style)
        for column in self._form.columns:
            self._sheet.write_number(numbering, self._labels + column.number - 1, column.number, style)

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str, style: Format) -> None:
        if (top, left) != (bottom, right):
            self._sheet.merge_range(top, left, bottom, right, text, style)
        elif text:
            self._sheet.write_string(top, left, text, style)
        else:
            self._sheet.write_blank(top, left, None, style)

    # The table -----------------------------------------------------------------------------------------------------

    def _line(self, index: int, line: Line) -> None:
        top = self._cells.row(index)
        bottom = top + self._form.rows_per_unit - 1
        is_sum, opened = line.kind is LineKind.SUM, "open " if line.kind is LineKind.VILLAGE else ""
        self._merge(top, 0, bottom, 0, line.number, self._style(f"{opened}number", bold=is_sum))
        self._merge(top, 1, bottom, 1, line.name, self._style(f"{opened}name", bold=is_sum))
        for row, part in enumerate(self._form.breakdown, start=top):
            self._sheet.write_string(row, 2, part, self._style("name", bold=is_sum))
        for row in range(top, bottom + 1):
            for column in self._form.columns:
                self._figure(row, row - top, column, line)

    def _figure(self, row: int, offset: int, column: FormColumn, line: Line) -> None:
        place = self._labels + column.number - 1
        is_sum = line.kind is LineKind.SUM
        if column.rate_of:
            formula = rate_formula(self._cells, row, *column.rate_of)
            self._sheet.write_formula(row, place, formula, self._style("rate", bold=is_sum), NOTHING)
        elif is_sum and not line.parts:
            self._sheet.write_blank(row, place, None, self._style("count", bold=True))
        elif is_sum:
            formula = sum_formula(self._cells, row, column.number, line.parts, offset)
            self._sheet.write_formula(row, place, formula, self._style("count", bold=True), NOTHING)
        elif column.balance:
            formula = balance_formula(self._cells, row, column.balance)
            self._sheet.write_formula(row, place, formula, self._style("count"), NOTHING)
        else:
            self._sheet.write_blank(row, place, None, self._style("open count"))

    def _validate(self, column: FormColumn) -> None:
        """Let the open cells of a column take whole numbers from 0 up, and say what is wrong with others."""
        place = self._labels + column.number - 1
        runs = [(first, place, last, place) for first, last in self._open_runs()]
        if not runs:
            return
        heading = " › ".join(" ".join(part.split()) for part in column.heading[-2:])
        message = _WRONG_COUNT.fill(number=column.number, heading=heading, counted=_COUNTED[column.unit])
        text = message.pick(self._language)
        if len(text) > _LONGEST_MESSAGE:
            short = _WRONG_COUNT.fill(number=column.number, heading=_shortened(heading), counted=_COUNTED[column.unit])
            text = short.pick(self._language)
        rule = {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "error_title": _WRONG_TITLE.pick(self._language),
            "error_message": text,
            "other_cells": runs[1:],
        }
        self._sheet.data_validation(*runs[0], rule)

    def _open_runs(self) -> Iterator[tuple[int, int]]:
        """Yield first and last sheet row of every stretch of lines that are filled in."""
        start: int | None = None
        for index, line in enumerate((*self._plan.lines, None)):
            is_open = line is not None and line.kind is not LineKind.SUM
            if is_open and start is None:
                start = index
            elif not is_open and start is not None:
                yield self._cells.row(start), self._cells.row(index) - 1
                start = None

    # Below the table, the screen, the page ---------------------------------------------------------------------------

    def _signatures(self, row: int) -> None:
        right = self._last - 4
        sheet, title = self._sheet, self._style("open title")
        sheet.merge_range(row, right, row, self._last, _PLACE_AND_DATE, self._style("open note"))
        sheet.merge_range(row + 1, 0, row + 1, self._labels, _PREPARED_BY, title)
        sheet.merge_range(row + 1, right, row + 1, self._last, _SIGNED_BY, title)

    def _view_and_print(self) -> None:
        sheet = self._sheet
        for column, width in enumerate(_LABEL_WIDTHS[: self._labels]):
            sheet.set_column(column, column, width)
        sheet.set_column(self._labels, self._last, _COLUMN_WIDTH[self._form.header_rows])
        sheet.freeze_panes(self._first, self._labels)
        # Both allowed: nobody could widen a column of a protected sheet to read it otherwise. No password: the lock is
        # there against slips, and an officer who must change a label can.
        # A commune may get a new village: a line put in between is summed.
        adds_lines = any(line.kind is LineKind.VILLAGE for line in self._plan.lines)
        sheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": adds_lines})
        # The numbers of lines are texts ("1.10" is not 1,1); Excel would mark each with a green corner.
        sheet.ignore_errors({"number_stored_as_text": f"A{self._first + 1}:A1048576"})
        lay_out_page(sheet)
        sheet.print_area(0, 0, self._cells.row(len(self._plan.lines)) + _ROWS_TO_SIGN, self._last)
        sheet.repeat_rows(self._header, self._first - 1)
        sheet.set_footer(f"&L&10{self._form.printed_name}, {self._form.legal_base}&R&10&P/&N")


def _shortened(heading: str, characters: int = 60) -> str:
    return heading if len(heading) <= characters else f"{heading[:characters].rsplit(' ', 1)[0]} …"
