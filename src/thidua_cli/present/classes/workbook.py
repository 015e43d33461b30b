"""A workbook of classes to fill in: one row per unit, a list to choose from, what is known already; and its CSV."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from thidua_cli.judge.classes.class_sheets import ClassSheets, GroupSheet, SheetLine, choices
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import CLASS_WORDS
from thidua_cli.normalise.class_lists.words import none_of
from thidua_cli.present.classes.guide import guide_lines, sheet_title
from thidua_cli.present.classes.words import written_words
from thidua_cli.present.toolkit.document import Records, View
from thidua_cli.present.toolkit.workbook_file import (
    FILLS,
    LINE_HEIGHT,
    NamedFormats,
    lay_out_page,
    lines_needed,
    new_workbook,
    sheet_name,
)
from thidua_cli.rulebook.classes import AREAS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_COLUMNS: Final = (
    (Text("Mã đơn vị", "Unit code"), 10, "code"),
    (Text("Đơn vị", "Unit"), 26, "label"),
    (Text("Trực thuộc", "Parent"), 20, "label"),
    (Text("Phân loại", "Class"), 30, "open"),
    (Text("Từ ngày", "From"), 12, "open date"),
    (Text("Đến ngày", "To"), 12, "open date"),
    (Text("Căn cứ", "Source"), 40, "open"),
    (Text("Danh mục có sẵn", "Bundled list"), 24, "note"),
)
_CLASS, _LAST = 3, 7
_HEAD: Final = 3
"""Row of the headings, from 0."""
_SPARE: Final = 10
"""Empty rows below: a unit whose class has changed has one row for each."""
_GUIDE_WIDTH: Final = 110

_FONT: Final = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter", "text_wrap": True}
_LABEL: Final = {**_FONT, "border": 1, "border_color": "#B5B5B5", "bg_color": "#F2F2F2"}
_OPEN: Final = {**_FONT, "border": 1, "border_color": "#B5B5B5", "locked": False}
_STYLES: Final[dict[str, dict[str, object]]] = {
    "title": {**_FONT, "text_wrap": False, "bold": True, "font_size": 14},
    "line": {**_FONT, "text_wrap": False, "italic": True},
    "guide": _FONT,
    "heading": {**_LABEL, "bold": True, "align": "center", "bg_color": "#D9E2F0"},
    # as text, or Excel drops the zeros of a code and takes "12/2024" for a date
    "code": {**_LABEL, "num_format": "@", "align": "center"},
    "label": {**_LABEL, "num_format": "@", "indent": 1},
    "note": {**_LABEL, "num_format": "@", "font_size": 9, "font_color": "#7F7F7F"},
    "open": {**_OPEN, "num_format": "@"},
    "open code": {**_OPEN, "num_format": "@", "align": "center"},
    "open date": {**_OPEN, "align": "center", "num_format": "dd/mm/yyyy"},
}


def build_class_workbook(plan: ClassSheets, language: Language = Language.VI) -> bytes:
    """Return the workbook: a guide, then one sheet per group of classes. The same plan gives the same bytes."""
    stream = BytesIO()
    with new_workbook(stream, f"{plan.unit.name}, {plan.day.isoformat()}") as book:
        writer = _ClassWriter(book, plan, language)
        writer.guide()
        for sheet in plan.sheets:
            writer.group(sheet)
    return stream.getvalue()


class _ClassWriter:
    """Writes the sheets one after the other. Rows and columns count from 0."""

    def __init__(self, book: Workbook, plan: ClassSheets, language: Language) -> None:
        self._book = book
        self._plan = plan
        self._language = language
        self._style = NamedFormats(book, _STYLES)
        self._names: list[str] = []

    def _add(self, name: str) -> Worksheet:
        self._names.append(sheet_name(name, self._names))
        return self._book.add_worksheet(self._names[-1])

    def guide(self) -> None:
        """Write the sheet that says how to fill in, and what is missing: it is no part of the lists."""
        sheet = self._add(_GUIDE.pick(self._language))
        sheet.set_column(0, 0, _GUIDE_WIDTH)
        sheet.write_string(0, 0, _TITLE.fill(unit=self._plan.unit.name).pick(self._language), self._style("title"))
        for row, text in enumerate(guide_lines(self._plan, self._language), start=2):
            sheet.write_string(row, 0, text, self._style("guide"))
            sheet.set_row(row, LINE_HEIGHT * lines_needed([(text, _GUIDE_WIDTH)]) + 3)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        lay_out_page(sheet)

    def group(self, group: GroupSheet) -> None:
        """Write the units of one group of classes."""
        sheet = self._add(sheet_title(group.group).pick(self._language))
        sheet.write_string(0, 0, self._heading(group), self._style("title"))
        sheet.write_string(1, 0, self._about(group), self._style("line"))
        sheet.write_string(2, 0, _HOW.pick(self._language), self._style("line"))
        for column, (heading, width, _) in enumerate(_COLUMNS):
            sheet.write_string(_HEAD, column, heading.pick(self._language), self._style("heading"))
            sheet.set_column(column, column, width)
        sheet.set_row(_HEAD, 1.5 * LINE_HEIGHT)
        for row, line in enumerate(group.lines, start=_HEAD + 1):
            self._line(sheet, row, line)
        last = _HEAD + len(group.lines) + _SPARE
        for row in range(last - _SPARE + 1, last + 1):
            self._spare(sheet, row)
        self._finish(sheet, group, last)

    def _heading(self, group: GroupSheet) -> str:
        name = sheet_title(group.group)
        upper = Text(name.vi.upper(), name.en.upper())
        return _HEADING.fill(name=upper, unit=self._plan.unit.name.upper()).pick(self._language)

    def _about(self, group: GroupSheet) -> str:
        day = f"{self._plan.day:%d/%m/%Y}"
        if group.of is None:
            return _NO_LIST.fill(day=day).pick(self._language)
        start, end = f"{group.of.start:%d/%m/%Y}", f"{group.of.end:%d/%m/%Y}"
        return _OF_LIST.fill(document=group.of.document, start=start, end=end, day=day).pick(self._language)

    def _line(self, sheet: Worksheet, row: int, line: SheetLine) -> None:
        texts = _texts(line, self._language)
        for column, (_, _, style) in enumerate(_COLUMNS):
            if style == "open date":
                continue
            write = texts[column]
            if write:
                sheet.write_string(row, column, write, self._style(style))
            else:
                sheet.write_blank(row, column, None, self._style(style))
        for column, day in ((4, line.start), (5, line.end)):
            if day is None:
                sheet.write_blank(row, column, None, self._style("open date"))
            else:
                sheet.write_datetime(row, column, day, self._style("open date"))
        widths = [width for _, width, _ in _COLUMNS]
        height = lines_needed([(texts[column], widths[column]) for column in (1, _CLASS, 6, _LAST)])
        sheet.set_row(row, LINE_HEIGHT * height + 3)

    def _spare(self, sheet: Worksheet, row: int) -> None:
        for column, (_, _, style) in enumerate(_COLUMNS):
            opened = {"code": "open code", "label": "open", "note": "open"}.get(style, style)
            sheet.write_blank(row, column, None, self._style(opened))

    def _finish(self, sheet: Worksheet, group: GroupSheet, last: int) -> None:
        first = _HEAD + 1
        words = [text.pick(self._language) for _, text in choices(group.group)]
        rule = {
            "validate": "list",
            "source": words,
            "error_title": _COLUMNS[_CLASS][0].pick(self._language),
            "error_message": _CHOOSE.pick(self._language),
        }
        sheet.data_validation(first, _CLASS, last, _CLASS, rule)
        for column in (4, 5):
            sheet.data_validation(first, column, last, column, self._dates())
        empty = self._book.add_format({"bg_color": FILLS["open"]})
        formula = f'=AND($A{first + 1}<>"",$D{first + 1}="")'
        sheet.conditional_format(first, _CLASS, last, _CLASS, {"type": "formula", "criteria": formula, "format": empty})
        sheet.freeze_panes(first, 2)
        sheet.autofilter(_HEAD, 0, last, _LAST)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
        sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:A{last + 1}"})
        sheet.repeat_rows(_HEAD)
        sheet.print_area(0, 0, _HEAD + len(group.lines), _LAST)
        lay_out_page(sheet)
        sheet.set_footer("&L&10&A&R&10&P/&N")

    def _dates(self) -> dict[str, object]:
        from datetime import date

        return {
            "validate": "date",
            "criteria": "between",
            "minimum": date(2000, 1, 1),
            "maximum": date(2099, 12, 31),
            "error_title": _DATE.pick(self._language),
            "error_message": _DATE_ERROR.pick(self._language),
        }


def class_rows_view(plan: ClassSheets) -> View:
    """Return the same as rows, for CSV: one per unit and group, the class empty where it is to be filled in."""
    return View(rows=lambda language: Records(_heads(language), list(_csv_rows(plan, language))))


def _heads(language: Language) -> list[str]:
    return [*(heading.pick(language) for heading, _, _ in _COLUMNS), _NOTE.pick(language)]


def _csv_rows(plan: ClassSheets, language: Language) -> Sequence[Sequence[str]]:
    rows = []
    for sheet in plan.sheets:
        for line in sheet.lines:
            texts = _texts(line, language)
            days = ["" if day is None else f"{day:%d/%m/%Y}" for day in (line.start, line.end)]
            rows.append([*texts[:4], *days, texts[6], texts[7], sheet_title(sheet.group).pick(language)])
    return rows


def _texts(line: SheetLine, language: Language) -> list[str]:
    return [
        line.unit.code,
        line.unit.name,
        line.parent,
        _class_words(line.written).pick(language) if line.written else "",
        "",
        "",
        line.source,
        line.list_id or _parts(line, language),
    ]


def _class_words(written: str) -> Text:
    token = written.removeprefix("not_")
    if token == written:
        return CLASS_WORDS[token].short
    return none_of(AREAS if token in AREAS else (token,))


def _parts(line: SheetLine, language: Language) -> str:
    """Return of what a unit was made, with the classes of each part: what an officer decides by."""
    named = []
    for part in line.parts:
        words = ", ".join(written_words(each).pick(language) for each in part.classes if not each.startswith("not_"))
        named.append(f"{part.unit_name}: {words}" if words else part.unit_name)
    return _MADE_OF.fill(parts="; ".join(named)).pick(language) if named else ""


_GUIDE: Final = Text("Hướng dẫn", "Guide")
_TITLE: Final = Text("PHÂN LOẠI ĐƠN VỊ: {unit}", "CLASSES OF UNITS: {unit}")
_HEADING: Final = Text("{name} – {unit}", "{name} – {unit}")
_OF_LIST: Final = Text(
    "Đơn vị ngày {day}. Danh mục theo {document}, có giá trị từ {start} đến {end}; ô vàng là chưa biết.",
    "Units of {day}. List of {document}, from {start} to {end}; yellow cells are not known.",
)
_NO_LIST: Final = Text(
    "Đơn vị ngày {day}. Chưa có danh mục nào kèm theo chương trình cho ngày này; ô vàng là chưa biết.",
    "Units of {day}. No list comes with the program for this day; yellow cells are not known.",
)
_HOW: Final = Text(
    "Chọn phân loại, sửa ngày, ghi căn cứ ở ô trắng và ô vàng. Để trống là chưa biết, không phải là “không thuộc”.",
    "Choose the class, mend the days and write the source. An empty class says that it is not known, not “outside”.",
)
_CHOOSE: Final = Text(
    "Chọn một loại trong danh sách; chưa biết thì để trống.", "Choose one of the list; leave it empty while not known."
)
_DATE: Final = Text("Ngày", "Date")
_DATE_ERROR: Final = Text("Ghi ngày/tháng/năm, ví dụ 29/01/2026.", "A date, such as 29/01/2026.")
_NOTE: Final = Text("Danh mục", "List")
_MADE_OF: Final = Text("Lập từ: {parts}", "Made of: {parts}")
