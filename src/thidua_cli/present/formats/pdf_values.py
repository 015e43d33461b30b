"""A document as the values that the template of PDF files is filled with: texts that are visible, and measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final, TypeAlias, assert_never

from thidua_cli.language import Language
from thidua_cli.late_pattern import late_pattern
from thidua_cli.present.paper import frame as paper_frame
from thidua_cli.present.paper import measures
from thidua_cli.present.paper.frame import Frame, PaperLine
from thidua_cli.present.toolkit.chart_svg import chart_svg
from thidua_cli.present.toolkit.column_widths import ColumnNeed, comfortable, needs, widths
from thidua_cli.present.toolkit.document import (
    Block,
    Chart,
    ColumnType,
    Document,
    Fields,
    PageHeading,
    Paragraph,
    Points,
    Table,
    TableColumn,
)
from thidua_cli.present.toolkit.foreign_text import visible
from thidua_cli.present.toolkit.heading_levels import stepped_levels
from thidua_cli.present.toolkit.text_width import text_width
from thidua_cli.present.toolkit.workbook_file import CREATED

Values: TypeAlias = dict[str, Any]

_UNDATED: Final = CREATED.date()
"""What a file is dated by whose paper is not: never the clock, so that the same input gives the same bytes."""
_SMALLEST: Final = 8.0
"""Points of a table that would not fit otherwise."""
_TALL: Final = 800
"""Letters of a cell from which on a row may be broken by the end of a page: it may be higher than one."""
_BREAK: Final = "\u200b"
_COLUMN: Final = 0.4
"""Share of the text from which on a word beside others in the frame may be broken; dots to write on stay below it."""
_AFTER_A_SIGN: Final = late_pattern(r"(?<=[-/\\_.])(?=.)")
_NOT_DRAWN: Final = late_pattern(
    "[^\u0020-\u007e\u00a0-\u052f\u1e00-\u1eff\u200b\u2010-\u2027\u2030-\u203e\u20a0-\u20bf\u2190-\u22ff\u2500-\u257f○✓✗⟨⟩◌]"
    "|[\u0514-\u0519\u051e-\u0527\u052a-\u052f]"
)
"""What the letters that ship have no shape for; they would be empty boxes."""
_PICTURES: Final = range(0x2400, 0x2421)


def paper_values(document: Document, language: Language) -> Values:
    """Return everything that stands on the pages of a document."""
    frame, blocks = document.frame, list(document.illustrated_blocks())
    tables = {index: _TextTable(block, language) for index, block in enumerate(blocks) if isinstance(block, Table)}
    lies = _lies(frame, tables.values())
    day = (frame and frame.office.date) or _UNDATED
    return {
        "title": shown(document.name(language)),
        "author": shown(frame.office.agency) if frame else "",
        "day": [day.year, day.month, day.day],
        "lang": language.value,
        "lies": lies,
        "measures": _MEASURES,
        "frame": _frame_values(frame, _room(lies), language) if frame else None,
        "blocks": list(_block_values(blocks, tables, _room(lies), 2 if frame else 1, language)),
    }


_MEASURES: Final[Values] = {
    "page": measures.PAGE,
    **measures.MARGINS._asdict(),
    "page_number_points": measures.PAGE_NUMBER_POINTS,
    "text_points": measures.TEXT_POINTS,
    "text_indent": measures.TEXT_INDENT,
    "paragraph_space_points": measures.PARAGRAPH_SPACE_POINTS,
    "line_spacing": measures.LINE_SPACING,
    "heading_points": measures.HEADING_POINTS,
    "name_points": measures.NAME_POINTS,
    "table_points": measures.TABLE_POINTS,
}


def shown(text: str) -> str:
    """Return a text as one line in which every character is seen, those without a shape by their number."""
    return _NOT_DRAWN.sub(_numbered, visible(text))


def _numbered(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"⟨U+{code - _PICTURES.start if code in _PICTURES else code:04X}⟩"


def _room(lies: bool) -> float:
    """Return the width of the text, in points."""
    return measures.text_width(is_landscape=lies) * measures.POINTS_PER_MILLIMETRE


def _lies(frame: Frame | None, tables: Iterable[_TextTable]) -> bool:
    """Say whether the sheet lies: as the paper asks, or where none is made and a table is too wide for it upright."""
    if frame is not None:
        return frame.is_landscape
    points = measures.TABLE_POINTS
    return any(comfortable(table.needs(points), points) > _room(False) for table in tables)


def _frame_values(frame: Frame, room: float, language: Language) -> Values:
    column = room * _COLUMN
    return {
        "agency": _lines(paper_frame.agency_lines(frame), column),
        "country": _lines(paper_frame.country_lines(language), room),
        "number": _line(paper_frame.number_line(frame, language), column),
        "place": _line(paper_frame.date_line(frame, language), room),
        "name": _lines(paper_frame.name_lines(frame), room),
        "recipients": _lines(paper_frame.recipients_lines(frame, language), column),
        "preparer": _lines(paper_frame.preparer_lines(frame, language), column),
        "signer": _lines(paper_frame.signer_lines(frame, language), column),
    }


def _lines(lines: Iterable[PaperLine], room: float) -> list[Values]:
    return [_line(line, room) for line in lines]


def _line(line: PaperLine, room: float) -> Values:
    return line._replace(text=_soft(shown(line.text), room, line.points, bold=line.bold))._asdict()


def _block_values(
    blocks: Sequence[Block | Chart], tables: dict[int, _TextTable], room: float, top: int, language: Language
) -> Iterator[Values]:
    anchors = {block.anchor for block in blocks if isinstance(block, PageHeading)} - {""}
    levels = stepped_levels(blocks, top)
    for index, block in enumerate(blocks):
        is_last = index == len(blocks) - 1
        match block:
            case PageHeading(_, text, anchor):
                words = _soft(shown(text), room, measures.NAME_POINTS, bold=True)
                yield {"kind": "heading", "level": next(levels), "text": words, "anchor": anchor}
            case Paragraph(line):
                pieces = [[_soft(shown(piece.text), room, measures.TEXT_POINTS), piece.style] for piece in line]
                yield {"kind": "paragraph", "pieces": pieces, "sticky": is_last}
            case Points(items):
                texts = [_soft(shown(item), room, measures.TEXT_POINTS) for item in items]
                yield {"kind": "points", "items": texts, "sticky": is_last}
            case Fields(rows):
                yield {
                    "kind": "fields",
                    "rows": [[shown(name), _soft(shown(value), room / 2, 13)] for name, value in rows],
                }
            case Table():
                yield tables[index].values(room, anchors)
            case Chart():
                yield from _chart_values(block, room, language)
            case _:
                assert_never(block)


def _chart_values(chart: Chart, room: float, language: Language) -> Iterator[Values]:
    drawing = chart_svg(chart, language)
    if drawing:
        told = shown(f"{chart.title}. {chart.description}" if chart.description else chart.title)
        svg = _NOT_DRAWN.sub(_numbered, drawing)
        title = _soft(shown(chart.title), room, measures.TABLE_POINTS)
        yield {"kind": "chart", "svg": svg, "title": title, "alt": told}


def _soft(text: str, room: float, points: float, *, bold: bool = False) -> str:
    """Return a text in which words that are wider than the room may be broken."""
    if len(text) * points <= room:  # no letter is wider than it is high
        return text
    return " ".join(_broken(word, room, points, bold) if len(word) > 1 else word for word in text.split(" "))


def _broken(word: str, room: float, points: float, bold: bool) -> str:
    """Return a word that may be broken: behind a sign within it, and anywhere in a part that is still too wide."""
    if text_width(word, points, bold=bold) <= room:
        return word
    parts = _AFTER_A_SIGN.split(word)
    return _BREAK.join(part if text_width(part, points, bold=bold) <= room else _BREAK.join(part) for part in parts)


class _TextTable:
    """A table as texts."""

    def __init__(self, table: Table, language: Language) -> None:
        self._table, self._columns = table, table.columns
        self._heads = [shown(column.header) for column in table.columns]
        self._rows = [list(map(shown, row)) for row in table.texts(language)]

    def needs(self, points: float) -> list[ColumnNeed]:
        """Return what the columns need, where letters are so large."""
        return needs(self._heads, self._rows, points, _inset(points))

    def values(self, room: float, anchors: set[str]) -> Values:
        """Return the table, in letters that fit, and columns that fill the room."""
        points = self._points(room)
        columns = widths(self.needs(points), room)
        header = list(_header(self._columns, self._heads))
        return {
            "kind": "table",
            "points": points,
            "inset": _inset(points),
            "heads": 2 if any(column.group for column in self._columns) else 1,
            "header": header,
            "columns": [
                {"width": width, "right": not column.type.is_text, "link": column.type is ColumnType.LINK}
                for width, column in zip(columns, self._columns, strict=True)
            ],
            "rows": [self._row(row, columns, points, anchors) for row in self._rows],
        }

    def _points(self, room: float) -> float:
        points = measures.TABLE_POINTS
        while points > _SMALLEST and sum(need.least for need in self.needs(points)) > room:
            points -= 1
        return points

    def _row(self, row: Sequence[str], columns: Sequence[float], points: float, anchors: set[str]) -> Values:
        cells = [
            self._linked(text, _soft(text, width - 2 * _inset(points), points), column, anchors)
            for text, width, column in zip(row, columns, self._columns, strict=True)
        ]
        return {"cells": cells, "breaks": max(map(len, row), default=0) > _TALL}

    @staticmethod
    def _linked(text: str, soft: str, column: TableColumn, anchors: set[str]) -> str | list[str]:
        if column.type is not ColumnType.LINK:
            return soft
        return [soft, text.lower() if text.lower() in anchors else ""]


def _inset(points: float) -> float:
    """Return the blank beside the text of a cell: less where letters had to be made small."""
    return 3.0 if points >= 10 else 2.0


def _header(columns: Sequence[TableColumn], heads: Sequence[str]) -> Iterator[Values]:
    """Yield the cells of the headings, row by row: a group over its columns, a column without one over both rows."""
    has_groups = any(column.group for column in columns)
    below: list[Values] = []
    for group, members in groupby(zip(columns, heads, strict=True), key=lambda pair: pair[0].group):
        names = [head for _, head in members]
        if group:
            yield {"text": shown(group), "across": len(names), "down": 1}
            below += [{"text": name, "across": 1, "down": 1} for name in names]
        else:
            yield from ({"text": name, "across": 1, "down": 2 if has_groups else 1} for name in names)
    yield from below
