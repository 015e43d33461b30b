"""Markdown: pages that are read as they are, or shown by a repository or a converter."""

from __future__ import annotations

from typing import assert_never

from thidua_cli.language import Language
from thidua_cli.present.toolkit.document import (
    Block,
    ColumnType,
    Document,
    Fields,
    Line,
    PageHeading,
    Paragraph,
    Points,
    Table,
    Value,
    View,
    cell_text,
)

_MARKS = {"bold": "**", "code": "`"}


def draw(view: View, language: Language, width: int, color: bool) -> str:
    """Return the document as a page of Markdown."""
    del width, color
    return page(view.document(language), language)


def page(document: Document, language: Language) -> str:
    """Return a document as Markdown, blocks set apart by a blank line."""
    return "\n\n".join(_block(block, language) for block in document.blocks()) + "\n"


def _block(block: Block, language: Language) -> str:
    match block:
        case PageHeading(level, text, anchor):
            target = f'<a id="{anchor}"></a>' if anchor else ""
            return f"{'#' * level} {target}{text}"
        case Paragraph(line):
            return _styled(line)
        case Points(items):
            # A line break inside an item would end the list.
            return "\n".join(f"- {' '.join(item.split())}" for item in items)
        case Fields(rows):
            return "\n".join(f"- **{name}**: {value}" for name, value in rows)
        case Table():
            return _table(block, language)
        case _:
            assert_never(block)


def _styled(line: Line) -> str:
    return "".join(f"{(mark := _MARKS.get(piece.style, ''))}{piece.text}{mark}" for piece in line)


def _table(table: Table, language: Language) -> str:
    """Return a pipe table; numbers flush right, cells as people read them."""
    from tabulate import tabulate

    rows = [
        [_cell(value, column.type, language) for value, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    # Without disable_numparse the code "00004" becomes 4 and "1e5" becomes 100000.
    return tabulate(
        rows,
        headers=[_escaped(column.full_header) for column in table.columns],
        tablefmt="pipe",
        disable_numparse=True,
        colalign=["left" if column.type.is_text else "right" for column in table.columns] if rows else None,
    )


def _cell(value: Value, type_: ColumnType, language: Language) -> str:
    text = _escaped(cell_text(value, type_, language))
    return f"[{text}](#{text.lower()})" if type_ is ColumnType.LINK else text


def _escaped(text: str) -> str:
    """Keep a text inside its cell: a pipe or a line break in a name would end it."""
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())
