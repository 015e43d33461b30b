"""A page of headings, paragraphs, fields and tables, as plain text or as Markdown. Knows no data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never

from thidua_cli.present.toolkit.text import escaped

PAGE_WIDTH: Final = 100
"""Plain text wraps here where no terminal says otherwise; tables wrap their widest columns."""
_NARROWEST_COLUMN: Final = 8
_HEAD_PADDING: Final = 2
"""tabulate makes a column so much wider than its heading."""
_SHORT_HEAD: Final = 13
_LONGEST_WORD: Final = 30
"""A word up to this length, such as an id, is never broken; an address is."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1, 2 or 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Names with their values, one per line."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


Block: TypeAlias = Heading | Paragraph | Fields | Grid
Page: TypeAlias = list[Block]


def page_text(page: Sequence[Block], width: int = PAGE_WIDTH) -> str:
    """Return the page for a terminal or a text file of `width` columns, blocks set apart by a blank line."""
    return "\n\n".join(_text(block, width) for block in page)


def page_markdown(page: Sequence[Block]) -> str:
    """Return the page as Markdown."""
    return "\n\n".join(_markdown(block) for block in page)


def _text(block: Block, width: int) -> str:
    match block:
        case Heading(level, text):
            line = {1: "=", 2: "-"}.get(level)
            lines = _wrapped(text, width)
            return f"{lines}\n{line * max(map(len, lines.splitlines()))}" if line else lines
        case Paragraph(text):
            return _wrapped(text, width)
        case Fields(rows):
            return _plain_table([(f"  {name}", value) for name, value in rows], width)
        case Grid(heads, rows):
            return _grid_text(heads, rows, width)
        case _:
            assert_never(block)


def _markdown(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {text}"
        case Paragraph(text):
            return text
        case Fields(rows):
            return "\n".join(f"- **{name}**: {value}" for name, value in rows)
        case Grid(heads, rows):
            return _grid_markdown(heads, rows)
        case _:
            assert_never(block)


def _wrapped(text: str, width: int) -> str:
    from textwrap import fill

    return fill(text, width, break_long_words=False, break_on_hyphens=False)


def _plain_table(rows: Sequence[tuple[str, str]], width: int) -> str:
    """Write fields with hanging values: names flush left, values wrapped beside them."""
    from textwrap import wrap

    margin = max((len(name) for name, _ in rows), default=0) + 2
    lines = []
    for name, value in rows:
        parts = wrap(value, max(width - margin, 20), break_long_words=False, break_on_hyphens=False) or [""]
        lines += [f"{label:<{margin}}{part}" for label, part in zip([name, *[""] * len(parts)], parts, strict=False)]
    return "\n".join(lines)


def _grid_text(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    from tabulate import tabulate

    padded = [head + " " * _HEAD_PADDING for head in heads]
    limits = _column_limits(list(zip(padded, *rows, strict=True)), width)
    cells = [[_cell(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in rows]
    named = [_cell(head, limit - _HEAD_PADDING) for head, limit in zip(heads, limits, strict=True)]
    return tabulate(cells, named, tablefmt="simple", disable_numparse=True)


def _column_limits(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the columns' widths once the table fits, or no column can give more.

    The column gives way whose cells stay lowest for it: a long text keeps its room beside a short one.
    """
    limits = [max(map(len, column)) for column in columns]
    least = [_least_width(column) for column in columns]
    room = width - 2 * (len(limits) - 1)
    while sum(limits) > room:
        giving = [at for at, limit in enumerate(limits) if limit > least[at]]
        if not giving:
            break
        limits[min(giving, key=lambda at: (_height(columns[at], limits[at] - 1), -limits[at]))] -= 1
    return limits


def _height(column: Sequence[str], limit: int) -> int:
    """Return about how many lines the highest cell takes."""
    return max(-(-len(cell) // limit) for cell in column)


def _least_width(column: Sequence[str]) -> int:
    """Return how narrow a column may become: short headings stay on one line, words whole."""
    word = max((len(word) for cell in column for word in cell.split()), default=0)
    head = len(column[0]) if len(column[0]) <= _SHORT_HEAD else 0
    return max(_NARROWEST_COLUMN, head, min(_LONGEST_WORD, word))


def _cell(text: str, limit: int) -> str:
    """Wrap a cell; an address without any blank is broken, or it would push every other column off the screen."""
    from textwrap import fill

    return text if len(text) <= limit else fill(text, limit, break_on_hyphens=False)


def _grid_markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from tabulate import tabulate

    cells = [[escaped(cell) for cell in row] for row in rows]
    return tabulate(cells, [escaped(head) for head in heads], tablefmt="pipe", disable_numparse=True)
