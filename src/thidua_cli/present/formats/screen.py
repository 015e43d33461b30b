"""Plain text, for a terminal or a file: what a view lays out itself, or its page in lines of a given width.

The layout is the same with and without colour; rich is imported only to colour it, because that costs every plain
`check` of a script more than the check itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, assert_never

from thidua_cli.language import Language
from thidua_cli.present.toolkit.cell_width import cell_width, wrapped_text
from thidua_cli.present.toolkit.document import (
    Block,
    Document,
    Fields,
    Line,
    PageHeading,
    Paragraph,
    Points,
    Table,
    View,
    cell_text,
    plain,
    text_line,
)
from thidua_cli.present.toolkit.foreign_text import UNUSUAL, visible
from thidua_cli.present.toolkit.terminal import padded

_NARROWEST_COLUMN: Final = 8
_HEAD_PADDING: Final = 2
"""A column is so much wider than its heading."""
_SHORT_HEAD: Final = 13
_LONGEST_WORD: Final = 30
"""A word up to this cell_width, such as an id, is never broken; an address is."""


def draw(view: View, language: Language, width: int, color: bool) -> str:
    """Return the lines of the view's screen, or else of its page."""
    lines = view.screen(language, width) if view.screen else page_lines(view.document(language), language, width)
    # Every piece passes the gate, whoever laid the line out; as a piece, because so it was measured.
    return _colored(lines) if color else "".join(_plain(line) for line in lines)


def _plain(line: Line) -> str:
    text = "".join([piece.text for piece in line])
    if UNUSUAL.search(text):
        text = "".join([visible(piece.text) for piece in line])
    return text.rstrip() + "\n"


def _colored(lines: Iterable[Line]) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.text import Text as RichText

    stream = StringIO()
    # A fixed width and soft_wrap: the lines are laid out already, and rich would break them at a width of its own. The
    # sixteen standard colours are those that a terminal lets its user choose. With legacy_windows rich would colour by
    # calls of the system, past the stream.
    console = Console(
        file=stream, force_terminal=True, color_system="standard", no_color=False, legacy_windows=False, width=10_000
    )
    for line in lines:
        text = RichText(end="\n")
        for piece in line:
            text.append(visible(piece.text), piece.style or None)
        text.rstrip()
        # rich colours numbers and paths by itself where it may.
        console.print(text, soft_wrap=True, highlight=False)
    return stream.getvalue()


def page_lines(document: Document, language: Language, width: int) -> Iterator[Line]:
    """Yield the lines of a page of `width` columns, blocks set apart by a blank line."""
    for number, block in enumerate(document.blocks()):
        if number:
            yield text_line()
        yield from map(text_line, _block(block, language, width))


def _block(block: Block, language: Language, width: int) -> list[str]:
    match block:
        case PageHeading(level, text, _):
            return _heading(level, text, width)
        case Paragraph(words):
            return wrapped_text(plain(words), width)
        case Points(items):
            return [text for item in items for text in wrapped_text(item, width, "- ", "  ")]
        case Fields(rows):
            return _fields([(f"  {name}", value) for name, value in rows], width)
        case Table():
            return _table(block, language, width)
        case _:
            assert_never(block)


def _heading(level: int, text: str, width: int) -> list[str]:
    lines = wrapped_text(text, width)
    rule = {1: "=", 2: "-"}.get(level)
    return [*lines, rule * max(map(cell_width, lines))] if rule else lines


def _fields(rows: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Write fields with hanging values: names flush left, values wrapped beside them."""
    margin = max((cell_width(name) for name, _ in rows), default=0) + 2
    lines = []
    for name, value in rows:
        parts = wrapped_text(value, max(width - margin, 20))
        lines += [padded(label, margin) + part for label, part in zip([name, *[""] * len(parts)], parts, strict=False)]
    return lines


def _table(table: Table, language: Language, width: int) -> list[str]:
    """Return a table between blanks: headings, a rule, rows; cells are wrapped so that it fits."""
    heads = [column.full_header for column in table.columns]
    rows = [
        [
            visible(cell_text(value, column.type, language)).strip()
            for value, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    wide_heads = [head + " " * _HEAD_PADDING for head in heads]
    columns: list[tuple[str, ...]] = list(zip(wide_heads, *rows, strict=True))
    limits = _column_limits(columns, width) if table.wraps else [max(map(cell_width, column)) for column in columns]
    head_cells = [_cell(head, limit - _HEAD_PADDING) for head, limit in zip(heads, limits, strict=True)]
    cells = [[_cell(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in rows]
    widths = [
        max(_width(head) + _HEAD_PADDING, *map(_width, column))
        for head, *column in zip(head_cells, [[""]] * len(heads), *cells, strict=True)
    ]
    flush_right = [not column.type.is_text for column in table.columns]
    rule = "  ".join("-" * width for width in widths)
    body = [text for row in cells for text in _row(row, widths, flush_right)]
    return [*_row(head_cells, widths, flush_right), rule, *body]


def _row(cells: Sequence[Sequence[str]], widths: Sequence[int], flush_right: Sequence[bool]) -> Iterator[str]:
    """Yield the lines of one row, as many as its highest cell has."""
    for number in range(max(map(len, cells))):
        pieces = [
            padded(cell[number] if number < len(cell) else "", width, right=right)
            for cell, width, right in zip(cells, widths, flush_right, strict=True)
        ]
        yield "  ".join(pieces)


def _width(cell: Sequence[str]) -> int:
    return max(map(cell_width, cell))


def _column_limits(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the columns' widths once the table fits, or no column can give more.

    The column gives way whose cells stay lowest for it: a long text keeps its room beside a short one.
    """
    # Measured once: the columns give way a step at a time, and a text of a rule file may be as long as it likes.
    widest = [max(map(cell_width, column)) for column in columns]
    limits = list(widest)
    least = [_least_width(column) for column in columns]
    room = width - 2 * (len(limits) - 1)
    while sum(limits) > room:
        giving = [index for index, limit in enumerate(limits) if limit > least[index]]
        if not giving:
            break
        limits[min(giving, key=lambda index: (_height(widest[index], limits[index] - 1), -limits[index]))] -= 1
    return limits


def _height(widest: int, limit: int) -> int:
    """Return about how many lines the highest cell of a column takes."""
    return -(-widest // limit)


def _least_width(column: Sequence[str]) -> int:
    """Return how narrow a column may become: short headings stay on one line, words whole."""
    word = max((cell_width(word) for cell in column for word in cell.split()), default=0)
    head = cell_width(column[0]) if cell_width(column[0]) <= _SHORT_HEAD else 0
    return max(_NARROWEST_COLUMN, head, min(_LONGEST_WORD, word))


def _cell(text: str, limit: int) -> list[str]:
    """Wrap a cell; an address without any blank is broken, or it would push every other column off the screen."""
    return [text] if cell_width(text) <= limit else wrapped_text(text, limit, breaks_words=True)
