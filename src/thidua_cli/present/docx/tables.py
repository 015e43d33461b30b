"""Tables of a Word document: thin borders, headings repeated on every page, rows never split, figures flush right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from thidua_cli.language import Language
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.docx.columns import ColumnLayout, column_layout
from thidua_cli.present.docx.styles import CELL_MARGIN
from thidua_cli.present.docx.words import paragraph, run
from thidua_cli.present.toolkit.column_groups import column_groups
from thidua_cli.present.toolkit.document import ColumnType, Table, TableColumn

_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS: Final = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
_HEAD_ROW: Final = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_ROW: Final = "<w:trPr><w:cantSplit/></w:trPr>"
_SHADES: Final = {"doubt": '<w:shd w:val="clear" w:color="auto" w:fill="E7E7E7"/>'}
"""What a tone looks like on paper that is copied in black and white: doubt is grey, all others bold alone."""
_KEEP: Final = "<w:keepNext/>"


class Anchors(NamedTuple):
    """Names of bookmarks by the anchor of a section, for links within the document."""

    names: Mapping[str, str]

    def link(self, text: str, shown: str) -> str:
        """Return a run that leads to the section of that name, or the run alone where there is none."""
        name = self.names.get(text.lower())
        return shown if name is None else f'<w:hyperlink w:anchor="{name}">{shown}</w:hyperlink>'


def table_xml(table: Table, language: Language, room: int, anchors: Anchors, *, keeps_last: bool = False) -> str:
    """Return a table as wide as the text, `room` twips.

    Args:
        table: The table.
        language: Language of numbers.
        room: Width of the text, in twips.
        anchors: Where links lead to.
        keeps_last: Whether the last row stays on the page of what follows.
    """
    types = [column.type for column in table.columns]
    texts = table.texts(language)
    layout = column_layout(table.columns, texts, room)
    last = len(texts) - 1
    rows = [
        _row(row, types, layout, _tones(table, number), anchors, _KEEP if keeps_last and number == last else "")
        for number, row in enumerate(texts)
    ]
    return f"{_opening(layout.widths)}{_heads(table.columns, layout)}{''.join(rows)}</w:tbl>"


def _opening(widths: Sequence[int], borders: str = _BORDERS) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{CELL_MARGIN}" w:type="dxa"/>'
        f'<w:right w:w="{CELL_MARGIN}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _tones(table: Table, number: int) -> dict[int, str]:
    if not table.tones:
        return {}
    return {place: tone for place in range(len(table.columns)) if (tone := table.tones.get((number, place)))}


def _row(
    texts: Sequence[str],
    types: Sequence[ColumnType],
    layout: ColumnLayout,
    tones: Mapping[int, str],
    anchors: Anchors,
    keep: str,
) -> str:
    cells = []
    for place, (text, type_, width) in enumerate(zip(texts, types, layout.widths, strict=True)):
        tone = tones.get(place, "")
        shown = run(text, "<w:b/>" if tone else "")
        if type_ is ColumnType.LINK:
            shown = anchors.link(text, shown)
        style = "Cell" if type_.is_text else "Figure"
        words = paragraph(shown, f"{style}{layout.points:g}", keep)
        cells.append(_cell(words, width, _SHADES.get(tone, "")))
    return f"<w:tr>{_ROW}{''.join(cells)}</w:tr>"


def _cell(content: str, width: int, properties: str = "") -> str:
    """Return a cell; `properties` stand in the order of the schema: span, merge, borders, shade, place."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


_CENTRED: Final = '<w:vAlign w:val="center"/>'


def _heads(columns: Sequence[TableColumn], layout: ColumnLayout) -> str:
    """Return the headings, in two rows where some columns stand under a common one."""
    groups = column_groups(columns)
    if not any(column.header or column.group for column in columns):
        return ""
    if not groups:
        heads = [_head(column.header, width, layout) for column, width in zip(columns, layout.widths, strict=True)]
        return f"<w:tr>{_HEAD_ROW}{''.join(heads)}</w:tr>"
    above, place = [], 0
    for group in groups:
        above += _merged_heads(columns, layout, place, group.first)
        span = group.last - group.first + 1
        width = sum(layout.widths[group.first : group.last + 1])
        above.append(_head(group.heading, width, layout, f'<w:gridSpan w:val="{span}"/>'))
        place = group.last + 1
    above += _merged_heads(columns, layout, place, len(columns))
    below = [
        _head(column.header, width, layout) if column.group else _head("", width, layout, "<w:vMerge/>")
        for column, width in zip(columns, layout.widths, strict=True)
    ]
    return "".join(f"<w:tr>{_HEAD_ROW}{''.join(cells)}</w:tr>" for cells in (above, below))


def _merged_heads(columns: Sequence[TableColumn], layout: ColumnLayout, first: int, after: int) -> list[str]:
    """Return headings of columns without a common one, which reach over both rows."""
    merged = '<w:vMerge w:val="restart"/>'
    return [_head(columns[place].header, layout.widths[place], layout, merged) for place in range(first, after)]


def _head(text: str, width: int, layout: ColumnLayout, properties: str = "") -> str:
    words = paragraph(run(text) if text else "", f"Head{layout.points:g}")
    return _cell(words, width, f"{properties}{_CENTRED}")


def plain_table(cells: Sequence[tuple[str, int]]) -> str:
    """Return one row without borders, never split over two pages: (paragraphs, width in twips) per cell."""
    row = "".join(_cell(content, width) for content, width in cells)
    return f"{_opening([width for _, width in cells], _NO_BORDERS)}<w:tr>{_ROW}{row}</w:tr></w:tbl>"


_NO_BORDERS: Final = "".join(f'<w:{side} w:val="nil"/>' for side in _SIDES)
