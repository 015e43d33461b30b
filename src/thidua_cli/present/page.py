"""A page of headings, paragraphs, fields and tables, as plain text or as Markdown. Knows no data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never

from thidua_cli.present.text import escaped

_WIDTH: Final = 100
"""Plain text wraps here; tables wrap their widest column."""


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


def page_text(page: Sequence[Block]) -> str:
    """Return the page for a terminal or a text file, blocks set apart by a blank line."""
    return "\n\n".join(_text(block) for block in page)


def page_markdown(page: Sequence[Block]) -> str:
    """Return the page as Markdown."""
    return "\n\n".join(_markdown(block) for block in page)


def _text(block: Block) -> str:
    match block:
        case Heading(level, text):
            line = {1: "=", 2: "-"}.get(level)
            return f"{text}\n{line * min(len(text), _WIDTH)}" if line else text
        case Paragraph(text):
            return _wrapped(text)
        case Fields(rows):
            return _plain_table([(f"  {name}", value) for name, value in rows])
        case Grid(heads, rows):
            return _grid_text(heads, rows)
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


def _wrapped(text: str) -> str:
    from textwrap import fill

    return fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _plain_table(rows: Sequence[tuple[str, str]]) -> str:
    """Write fields with hanging values: names flush left, values wrapped beside them."""
    from textwrap import wrap

    margin = max((len(name) for name, _ in rows), default=0) + 2
    lines = []
    for name, value in rows:
        parts = wrap(value, max(_WIDTH - margin, 20), break_long_words=False, break_on_hyphens=False) or [""]
        lines += [f"{label:<{margin}}{part}" for label, part in zip([name, *[""] * len(parts)], parts, strict=False)]
    return "\n".join(lines)


def _grid_text(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from tabulate import tabulate

    widths = [max(len(cell) for cell in column) for column in zip(heads, *rows, strict=True)]
    widest = widths.index(max(widths))
    room = _WIDTH - sum(widths) + widths[widest] - 2 * (len(widths) - 1)
    limits = [max(room, 20) if at == widest else None for at in range(len(widths))]
    return tabulate(rows, heads, tablefmt="simple", disable_numparse=True, maxcolwidths=limits)


def _grid_markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from tabulate import tabulate

    cells = [[escaped(cell) for cell in row] for row in rows]
    return tabulate(cells, [escaped(head) for head in heads], tablefmt="pipe", disable_numparse=True)
