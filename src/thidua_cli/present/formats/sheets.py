"""Workbooks: a section is a sheet with its lines, its table and its notes, made to be printed and scrolled.

A document of one sheet has its sections below each other, as on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final, assert_never

from thidua_cli.language import Language
from thidua_cli.present.paper import measures
from thidua_cli.present.sheets.charts import draw_chart
from thidua_cli.present.sheets.formulas import FormulaTexts, Places
from thidua_cli.present.sheets.frame import draw_frame_foot, draw_frame_head
from thidua_cli.present.sheets.grid import SheetGrid, grid_of
from thidua_cli.present.sheets.limits import breaks_a_limit
from thidua_cli.present.sheets.marks import colour_by_word, legend
from thidua_cli.present.sheets.page import SheetPage, column_widths, pages_across
from thidua_cli.present.sheets.pen import DEFAULT_HEIGHT, SheetPen, Span
from thidua_cli.present.sheets.styles import SheetStyles
from thidua_cli.present.sheets.table import PlacedTable, column_parts, draw_table, tone_of
from thidua_cli.present.toolkit.document import (
    Block,
    Chart,
    Document,
    Fields,
    PageHeading,
    Paragraph,
    Points,
    Section,
    Table,
    TableColumn,
    Value,
    View,
    plain,
)
from thidua_cli.present.toolkit.workbook_file import new_workbook, sheet_name

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from thidua_cli.present.toolkit.visible_sheet import VisibleSheet

_TITLE_POINTS: Final = 14.0
_LINE_POINTS: Final = 11.0
_NOTE_POINTS: Final = 10.0
_WIDE: Final = 8
"""A table of more columns keeps the first two in sight while it is scrolled."""


def draw(view: View, language: Language, width: int, color: bool) -> bytes:
    """Return the document as a workbook; the same values give the same bytes."""
    del width, color
    return workbook_bytes(view.document(language), language)


def workbook_bytes(document: Document, language: Language = Language.VI) -> bytes:
    """Return a document as a workbook: a sheet per section, or one sheet where the document says so."""
    stream = BytesIO()
    with new_workbook(stream) as book:
        drawing = _Drawing(book, document, language)
        if document.sheet:
            drawing.one_sheet(document.sheet)
        else:
            for number, section in enumerate(document.sheets()):
                drawing.section(section, is_first=number == 0)
        drawing.formulas()
    return stream.getvalue()


class _Drawing:
    """A workbook that is being drawn: its sheets from top to bottom, and then what refers from one to another."""

    def __init__(self, book: Workbook, document: Document, language: Language) -> None:
        self._book = book
        self._document = document
        self._language = language
        self._styles = SheetStyles(book, language)
        self._tables: list[PlacedTable] = []

    def _pen(self, name: str, widths: Sequence[float], page: SheetPage) -> SheetPen:
        def new_sheet() -> VisibleSheet:
            sheet: VisibleSheet = self._book.add_worksheet(sheet_name(name, self._book.sheetnames))
            return sheet

        return SheetPen(new_sheet, widths, page, self._styles)

    def section(self, section: Section, *, is_first: bool) -> None:
        """Draw one section on a sheet of its own."""
        frame = self._document.frame
        page = SheetPage(is_landscape=not is_first or frame is None or frame.is_landscape, is_paper=frame is not None)
        for number, table in enumerate(column_parts(_table_of(section))):
            (widths, (spans,)) = (
                grid_of([table], page) if is_first and frame and len(table.columns) < 3 else _own(table, page)
            )
            pen = self._pen(section.sheet or section.heading, widths, page)
            self._head(pen, section, is_framed=is_first and number == 0)
            sheet, begun = pen.sheet, pen.pages
            placed = self._table(pen, table, spans, repeats=True)
            # A page with notes alone would have headings of nothing.
            repeats = pen.sheet is not sheet or pen.pages > begun
            pen.repeated = pen.repeated if repeats else 0.0
            self._for_screens(placed, pen, repeats=repeats, is_framed=is_first and frame is not None)
            self._below(pen, section, placed, is_framed=is_first and number == 0)
            pen.finish()

    def _head(self, pen: SheetPen, section: Section, *, is_framed: bool) -> None:
        frame = self._document.frame
        if frame is not None and is_framed:
            draw_frame_head(pen, frame, self._language)
        else:
            pen.line(section.title or self._document.title, _TITLE_POINTS, bold=True, align="left")
        for text in _above(section):
            pen.line(text, _LINE_POINTS)
        pen.next_row()

    def _below(self, pen: SheetPen, section: Section, placed: PlacedTable, *, is_framed: bool) -> None:
        told = legend(placed.table, self._language)
        notes = [*([told] if told else []), *section.notes]
        if notes:
            pen.next_row()
        for text in notes:
            pen.line(text, _NOTE_POINTS, italic=True)
        for chart in section.charts:
            draw_chart(pen, self._book, chart, placed)
        if self._document.frame is not None and is_framed:
            draw_frame_foot(pen, self._document.frame, self._language)

    def _table(self, pen: SheetPen, table: Table, spans: Sequence[Span], *, repeats: bool = False) -> PlacedTable:
        placed = draw_table(pen, table, spans, repeats=repeats)
        self._tables.append(placed)
        return placed

    def _for_screens(self, placed: PlacedTable, pen: SheetPen, *, repeats: bool, is_framed: bool) -> None:
        """Keep headings in sight, on a screen and on every printed page, and let rows be filtered."""
        last = len(pen.widths) - 1
        for part in placed.parts:
            if part.heading and repeats:
                part.sheet.repeat_rows(part.heading.start, part.heading.stop - 1)
            if pages_across(pen.widths, pen.page) > 1:
                part.sheet.repeat_columns(0, min(1, last))
            if not is_framed:
                kept = 2 if len(pen.widths) > _WIDE else 0
                part.sheet.freeze_panes(part.heading.stop, kept)
            # A filter over headings alone hides nothing and still draws its arrows over their words.
            if part.rows and part.heading and all(first == end for first, end in placed.spans):
                part.sheet.autofilter(part.heading.stop - 1, 0, part.first_row + len(part.rows) - 1, last)

    def one_sheet(self, name: str) -> None:
        """Draw all sections below each other."""
        frame = self._document.frame
        page = SheetPage(is_landscape=frame is not None and frame.is_landscape, is_paper=True)
        blocks = [_as_table(block) for block in self._document.illustrated_blocks()]
        tables = [block for block in blocks if isinstance(block, Table)]
        grid = grid_of(tables, page)
        pen = self._pen(name, grid.widths, page)
        if frame is not None:
            draw_frame_head(pen, frame, self._language)
        self._blocks(pen, blocks, grid)
        if frame is not None:
            draw_frame_foot(pen, frame, self._language)
        pen.finish()

    def _blocks(self, pen: SheetPen, blocks: Iterable[Block | Chart], grid: SheetGrid) -> None:
        spans, placed = iter(grid.spans), None
        for block in blocks:
            match block:
                case PageHeading():
                    pen.keep_together(_ROOM_BELOW_HEADING)
                    pen.skip(_GAP)
                    pen.line(block.text, measures.HEADING_POINTS, bold=True)
                case Paragraph():
                    pen.line(plain(block.line), measures.TEXT_POINTS)
                case Points():
                    for item in block.items:
                        pen.line(item, _LINE_POINTS)
                case Table():
                    pen.keep_together(_ROOM_BELOW_HEADING)
                    pen.skip(_GAP)
                    placed = self._table(pen, block, next(spans))
                    self._legend(pen, block)
                case Chart():
                    draw_chart(pen, self._book, block, placed)
                case Fields():
                    raise TypeError(block)
                case _:
                    assert_never(block)

    def _legend(self, pen: SheetPen, table: Table) -> None:
        told = legend(table, self._language)
        if told:
            pen.line(told, _LINE_POINTS, italic=True)

    def formulas(self) -> None:
        """Write the formulas: where all tables stand is known now."""
        places = Places([place for placed in self._tables for place in placed.on_sheets()])
        for placed in self._tables:
            if placed.table.formulas:
                self._formulas(placed, FormulaTexts(placed.table, places, [first for first, _ in placed.spans]))
                colour_by_word(placed, self._styles)

    def _formulas(self, placed: PlacedTable, texts: FormulaTexts) -> None:
        table = placed.table
        for position, of_column in table.formulas.items():
            column, type_ = placed.spans[position][0], table.columns[position].type
            for part in placed.parts:
                for index in part.rows:
                    formula, value = of_column[index], table.rows[index][position]
                    if formula is not None and value is not None:
                        row = part.first_row + index - part.rows.start
                        style = self._styles.cell(type_, tone_of(table, index, position))
                        _put_formula(part.sheet, (row, column), texts.text(formula, index, row), value, style)


def _put_formula(sheet: VisibleSheet, place: tuple[int, int], formula: str, value: Value, style: Format) -> None:
    """Write a formula with its value: what does not calculate (a preview, a telephone) would show 0 for it."""
    if not breaks_a_limit(formula):
        stored = value if isinstance(value, (str, int)) else float(value or 0)
        sheet.put_formula(*place, formula, style, stored)
    elif isinstance(value, str):
        sheet.write_string(*place, value, style)
    elif value is not None:
        sheet.write_number(*place, float(value), style)


_GAP: Final = 4.0
_ROOM_BELOW_HEADING: Final = 4 * DEFAULT_HEIGHT
"""Kept free below a heading, so that it does not stand alone at the foot of a page."""


def _own(table: Table, page: SheetPage) -> SheetGrid:
    """Return the columns of a table that has its sheet for itself."""
    return SheetGrid(column_widths(table, page), [[(column, column) for column in range(len(table.columns))]])


def _as_table(block: Block | Chart) -> Block | Chart:
    """Return names with values as a table without headings is drawn."""
    return _fields_table(block.rows) if isinstance(block, Fields) else block


def _fields_table(rows: Sequence[tuple[str, str]]) -> Table:
    return Table([TableColumn("", width=30), TableColumn("", width=80)], rows)


def _table_of(section: Section) -> Table:
    """Return the table of a section; a sheet has one, be it empty."""
    if section.table is not None:
        return section.table
    return _fields_table(section.fields) if section.fields else Table([TableColumn("", width=110)], [])


def _above(section: Section) -> list[str]:
    """Return what stands above the table: all that is short, so that it is seen first."""
    lines = [*map(plain, section.text), *section.points, *([section.summary] if section.summary else [])]
    if section.table is not None:
        lines += [f"{name}: {value}" for name, value in section.fields]
    return lines
