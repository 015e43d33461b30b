"""The attestation file to be filled in: labels and ids locked, white cells open, answers and dates validated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Final

from thidua_cli.attest.columns import ANSWERS, HEADINGS, SUBJECT_NAME, Field, answer_list
from thidua_cli.attest.plan import AttestPlan, SubjectSheet, UnitSheet
from thidua_cli.attest.read_back import rules_token
from thidua_cli.judge.verdict import AttestState
from thidua_cli.language import Language, Text
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.attest.guide import guide_lines, subject_sheet_name, unit_sheet_name
from thidua_cli.present.toolkit.foreign_text import visible
from thidua_cli.present.toolkit.workbook_file import (
    FILLS,
    LINE_HEIGHT,
    NamedFormats,
    lay_out_page,
    lines_needed,
    new_workbook,
)
from thidua_cli.rulebook.schema import AttestItem

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_UNIT_COLUMNS: Final = (
    (Field.UNIT_CODE, 10),
    (Field.NAME, 23),
    (Field.CRITERION, 46),
    (Field.CITATION, 21),
    (Field.STATE, 11),
    (Field.WHO, 18),
    (Field.POSITION, 15),
    (Field.DATE, 12),
    (Field.EVIDENCE, 16),
    (Field.NOTE, 14),
    (Field.CRITERION_ID, 14),
    (Field.RULES, 10),
    (Field.AS_OF, 8),
)
_SUBJECT_COLUMNS: Final = ((Field.ENTRY, 6), *_UNIT_COLUMNS[1:])
_HIDDEN: Final = frozenset({Field.RULES, Field.AS_OF})
_HEAD: Final = 3
"""Row of the headings, from 0."""
_LAST_DAY: Final = date(2099, 12, 31)
_GUIDE_WIDTH: Final = 110
_LONGEST_MESSAGE: Final = 255
"""Of a validation, in Excel."""

_FONT: Final = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter", "text_wrap": True}
_LABEL: Final = {**_FONT, "border": 1, "border_color": "#B5B5B5", "bg_color": "#F2F2F2"}
_OPEN: Final = {**_FONT, "border": 1, "border_color": "#B5B5B5", "locked": False}
_STYLES: Final[dict[str, dict[str, object]]] = {
    "title": {**_FONT, "text_wrap": False, "bold": True, "font_size": 14},
    "line": {**_FONT, "text_wrap": False, "italic": True},
    "guide": _FONT,
    "heading": {**_LABEL, "bold": True, "align": "center", "bg_color": "#D9E2F0"},
    "label": {**_LABEL, "num_format": "@", "indent": 1},
    "centre": {**_LABEL, "num_format": "@", "align": "center"},
    "id": {**_LABEL, "num_format": "@", "font_size": 9, "font_color": "#7F7F7F"},
    # As text, or Excel takes the number of a document for a date: "12/2024" would become December 2024.
    "open": {**_OPEN, "num_format": "@"},
    "open centre": {**_OPEN, "align": "center"},
    "open date": {**_OPEN, "align": "center", "num_format": "dd/mm/yyyy"},
    **{f"fill {name}": {"bg_color": color} for name, color in FILLS.items()},
}
_STYLE_OF: Final = {
    Field.ENTRY: "centre",
    Field.UNIT_CODE: "centre",
    Field.STATE: "open centre",
    Field.DATE: "open date",
    Field.CRITERION_ID: "id",
    Field.RULES: "id",
    Field.AS_OF: "id",
    **dict.fromkeys((Field.WHO, Field.POSITION, Field.EVIDENCE, Field.NOTE), "open"),
}


class _Block(NamedTuple):
    """The rows of one unit or one subject: one per criterion."""

    key: str
    """Unit code, or number of the entry."""
    name: str
    items: Sequence[AttestItem]


def build_attestation(plan: AttestPlan, language: Language = Language.VI) -> bytes:
    """Return the file: a guide, a sheet per level, a sheet per other subject. The same plan gives the same bytes."""
    stream = BytesIO()
    with new_workbook(stream, f"{plan.rulebook.id}, {plan.as_of}") as book:
        writer = _AttestWriter(book, plan, language)
        writer.guide()
        for unit_sheet in plan.unit_sheets:
            writer.units(unit_sheet)
        for subject_sheet in plan.subject_sheets:
            writer.subjects(subject_sheet)
    return stream.getvalue()


class _AttestWriter:
    """Writes the sheets one after the other. Rows and columns count from 0."""

    def __init__(self, book: Workbook, plan: AttestPlan, language: Language) -> None:
        self._book = book
        self._plan = plan
        self._language = language
        self._style = NamedFormats(book, _STYLES)

    def guide(self) -> None:
        """Write the sheet that says what to do."""
        sheet = self._book.add_worksheet(_GUIDE_NAME.pick(self._language))
        sheet.set_column(0, 0, _GUIDE_WIDTH)
        sheet.write_string(0, 0, _TITLE.pick(self._language), self._style("title"))
        for row, text in enumerate(guide_lines(self._plan, self._language), start=2):
            sheet.write_string(row, 0, text, self._style("guide"))
            sheet.set_row(row, LINE_HEIGHT * lines_needed([(text, _GUIDE_WIDTH)]) + 3)
        sheet.freeze_panes(1, 0)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        self._page(sheet)

    def units(self, plan: UnitSheet) -> None:
        """Write the units of one level."""
        name = unit_sheet_name(plan.level)
        blocks = [_Block(unit.code, unit.name, unit.items) for unit in plan.units]
        sheet = self._sheet(name, _UNIT_COLUMNS, {})
        self._rows(sheet, _UNIT_COLUMNS, blocks, name_is_open=False)
        self._finish(sheet, _UNIT_COLUMNS, sum(len(unit.items) for unit in plan.units), frozen=2)

    def subjects(self, plan: SubjectSheet) -> None:
        """Write room for subjects that no table counts: each name is written once, beside its criteria."""
        blocks = [_Block(str(number), "", plan.items) for number in range(1, plan.entries + 1)]
        sheet = self._sheet(
            subject_sheet_name(plan.subject), _SUBJECT_COLUMNS, {Field.NAME: SUBJECT_NAME[plan.subject]}
        )
        self._rows(sheet, _SUBJECT_COLUMNS, blocks, name_is_open=True)
        self._finish(sheet, _SUBJECT_COLUMNS, len(plan.items) * plan.entries, frozen=2)

    def _sheet(self, name: Text, columns: Sequence[tuple[Field, int]], headings: dict[Field, Text]) -> Worksheet:
        sheet = self._book.add_worksheet(name.pick(self._language))
        title = _TITLE_OF.fill(name=Text(name.vi.upper(), name.en.upper()))
        sheet.write_string(0, 0, title.pick(self._language), self._style("title"))
        book = self._plan.rulebook
        about = _ABOUT.fill(title=book.title, citation=book.citation, version=book.version, year=str(self._plan.as_of))
        sheet.write_string(1, 0, about.pick(self._language), self._style("line"))
        sheet.write_string(2, 0, _HOW.pick(self._language), self._style("line"))
        for column, (field, width) in enumerate(columns):
            heading = headings.get(field, HEADINGS[field]).pick(self._language)
            sheet.write_string(_HEAD, column, heading, self._style("heading"))
            sheet.set_column(column, column, width, None, {"hidden": True} if field in _HIDDEN else {})
        sheet.set_row(_HEAD, 2 * LINE_HEIGHT)
        return sheet

    def _rows(
        self, sheet: Worksheet, columns: Sequence[tuple[Field, int]], blocks: Sequence[_Block], *, name_is_open: bool
    ) -> None:
        name_column = [field for field, _ in columns].index(Field.NAME)
        width = dict(columns)
        row = _HEAD + 1
        for block in blocks:
            first = row
            for item in block.items:
                self._row(sheet, row, columns, block, item)
                texts = [(item.text.pick(self._language), width[Field.CRITERION])]
                texts += [(str(item.citation), width[Field.CITATION]), (block.name, width[Field.NAME])]
                sheet.set_row(row, LINE_HEIGHT * lines_needed(texts) + 3)
                row += 1
            # XlsxWriter refuses to merge one cell: a subject with a single criterion would have no cell for its name.
            if name_is_open and len(block.items) > 1:
                sheet.merge_range(first, name_column, row - 1, name_column, "", self._style("open"))
            elif name_is_open:
                sheet.write_blank(first, name_column, None, self._style("open"))

    def _row(
        self, sheet: Worksheet, row: int, columns: Sequence[tuple[Field, int]], block: _Block, item: AttestItem
    ) -> None:
        texts = {
            Field.ENTRY: block.key,
            Field.UNIT_CODE: block.key,
            Field.NAME: block.name,
            Field.CRITERION: item.text.pick(self._language),
            Field.CITATION: str(item.citation),
            Field.CRITERION_ID: item.id,
            Field.RULES: rules_token(self._plan.rulebook),
            Field.AS_OF: str(self._plan.as_of),
        }
        for column, (field, _) in enumerate(columns):
            style = self._style(_STYLE_OF.get(field, "label"))
            if text := texts.get(field, ""):
                sheet.write_string(row, column, text, style)
            elif field is not Field.NAME:
                sheet.write_blank(row, column, None, style)

    def _finish(self, sheet: Worksheet, columns: Sequence[tuple[Field, int]], rows: int, *, frozen: int) -> None:
        first, last = _HEAD + 1, _HEAD + max(rows, 1)
        places = {field: column for column, (field, _) in enumerate(columns)}
        self._validate(sheet, places, first, last)
        self._colour(sheet, places, first, last)
        sheet.freeze_panes(first, frozen)
        if Field.UNIT_CODE in places:
            sheet.autofilter(_HEAD, 0, last, len(columns) - 1)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:{chr(ord('A') + len(columns) - 1)}{last + 1}"})
        sheet.repeat_rows(_HEAD)
        sheet.print_area(0, 0, last, places[Field.NOTE])  # ids are for the program
        self._page(sheet)

    def _validate(self, sheet: Worksheet, places: dict[Field, int], first: int, last: int) -> None:
        state, day = places[Field.STATE], places[Field.DATE]
        answers = {
            "validate": "list",
            "source": answer_list(self._language),
            "error_title": HEADINGS[Field.STATE].pick(self._language),
            "error_message": _ANSWER_ERROR.pick(self._language),
        }
        sheet.data_validation(first, state, last, state, answers)
        signed = self._plan.rulebook.citation.date
        message = _DATE_ERROR.fill(signed=f"{signed:%d/%m/%Y}", document=self._plan.rulebook.citation.document)
        dates = {
            "validate": "date",
            "criteria": "between",
            "minimum": signed,
            "maximum": _LAST_DAY,
            "error_title": HEADINGS[Field.DATE].pick(self._language),
            # Where a message is longer, XlsxWriter leaves out the whole validation.
            "error_message": visible(message.pick(self._language))[:_LONGEST_MESSAGE],
        }
        sheet.data_validation(first, day, last, day, dates)

    def _colour(self, sheet: Worksheet, places: dict[Field, int], first: int, last: int) -> None:
        """Show answers by colour, and what an answer still lacks."""
        state = places[Field.STATE]
        for answer, fill in ((AttestState.ATTESTED, "good"), (AttestState.REFUSED, "bad")):
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{ANSWERS[answer].pick(self._language)}"',
                "format": self._style(f"fill {fill}"),
            }
            sheet.conditional_format(first, state, last, state, rule)
        letter = chr(ord("A") + state)
        for field in (Field.WHO, Field.DATE):
            column = places[field]
            formula = f'=AND(${letter}{first + 1}<>"",{chr(ord("A") + column)}{first + 1}="")'
            missing = {"type": "formula", "criteria": formula, "format": self._style("fill open")}
            sheet.conditional_format(first, column, last, column, missing)

    def _page(self, sheet: Worksheet) -> None:
        lay_out_page(sheet)
        sheet.set_footer("&L&10&A&R&10&P/&N")


_GUIDE_NAME: Final = Text("Hướng dẫn", "Guide")
_TITLE: Final = Text("PHIẾU XÁC NHẬN CÁC TIÊU CHÍ KHÔNG CÓ SỐ LIỆU", "ATTESTATION OF CRITERIA WITHOUT A NUMBER")
_TITLE_OF: Final = Text("XÁC NHẬN TIÊU CHÍ KHÔNG CÓ SỐ LIỆU: {name}", "CRITERIA WITHOUT A NUMBER: {name}")
_ABOUT: Final = Text(
    "{title}, {citation}; bản {version}. Năm xét {year}.", "{title}, {citation}; version {version}. As of {year}."
)
_HOW: Final = Text(
    "Chỉ nhập vào ô trắng. Đã chọn Đạt hoặc Không đạt thì phải ghi người và ngày xác nhận; chưa xác nhận thì để trống.",
    "Fill in the white cells only. An answer needs a name and a date; leave the row empty while it is open.",
)
_ANSWER_ERROR: Final = Text(
    "Chọn Đạt hoặc Không đạt; chưa xác nhận thì để trống.", "Choose Met or Not met; leave the cell empty while open."
)
_DATE_ERROR: Final = Text(
    "Ghi ngày/tháng/năm, không trước ngày ký {document} ({signed}).",
    "A date, not before {document} was signed ({signed}).",
)
