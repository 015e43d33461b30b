"""Markdown: pages that are read as they are, or shown by a repository or a converter."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from thidua_cli.language import Language
from thidua_cli.present.formats.markdown_frame import foot, head
from thidua_cli.present.toolkit import markdown_text
from thidua_cli.present.toolkit.document import (
    Block,
    ColumnType,
    Document,
    Fields,
    Line,
    PageHeading,
    Paragraph,
    Points,
    Styled,
    Table,
    Value,
    View,
    cell_text,
)


def draw(view: View, language: Language, width: int, color: bool) -> str:
    """Return the document as a page of Markdown."""
    del width, color
    return page(view.document(language), language)


def page(document: Document, language: Language) -> str:
    """Return a document as Markdown, blocks set apart by a blank line."""
    blocks = [_block(block, language) for block in document.blocks()]
    if document.frame is not None:
        blocks = [*head(document.frame, language), *blocks, *foot(document.frame, language)]
    return "\n\n".join(blocks) + "\n"


def _block(block: Block, language: Language) -> str:
    match block:
        case PageHeading(level, text, anchor):
            target = f'<a id="{anchor}"></a>' if anchor else ""
            return f"{'#' * level} {target}{markdown_text.heading(text)}"
        case Paragraph(line):
            return _styled(line)
        case Points(items):
            return "\n".join(f"- {markdown_text.line(' '.join(item.split()))}" for item in items)
        case Fields(rows):
            return "\n".join(f"- {markdown_text.bold(name)}: {markdown_text.inline(value)}" for name, value in rows)
        case Table():
            return _table(block, language)
        case _:
            assert_never(block)


def _styled(line: Line) -> str:
    return "".join(
        _piece(piece, markdown_text.inline if number else markdown_text.line) for number, piece in enumerate(line)
    )


def _piece(piece: Styled, escape: Callable[[str], str]) -> str:
    match piece.style:
        case "bold":
            return markdown_text.bold(piece.text)
        case "code":
            return markdown_text.code(piece.text)
        case _:
            return escape(piece.text)


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
        headers=[markdown_text.cell(column.full_header) for column in table.columns],
        tablefmt="pipe",
        disable_numparse=True,
        colalign=["left" if column.type.is_text else "right" for column in table.columns] if rows else None,
    )


def _cell(value: Value, type_: ColumnType, language: Language) -> str:
    text = cell_text(value, type_, language)
    return markdown_text.link(text, text.lower()) if type_ is ColumnType.LINK else markdown_text.cell(text)
