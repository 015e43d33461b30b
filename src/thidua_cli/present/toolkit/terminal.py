"""Text for a terminal: aligned, wrapped to its width, coloured where the terminal shows colour.

The layout is the same with and without colour; rich is imported only to colour it, because that costs every plain
`check` of a script more than the check itself.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TextIO

NARROWEST: Final = 40
"""Below this width nothing more is squeezed."""


class Span(NamedTuple):
    """A piece of a line in one style; the style is a rich one and plain text ignores it."""

    text: str
    style: str = ""


Line = Sequence[Span]


def line(text: str = "", style: str = "") -> Line:
    """Return a line of one span."""
    return (Span(text, style),)


def shows_color(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Say whether to colour what is written to `stream`: only on a terminal, never against NO_COLOR."""
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    return stream.isatty()


def width_of(stream: TextIO, piped: int = 160) -> int:
    """Return the columns of the terminal behind `stream`; `piped` where there is none."""
    return max(NARROWEST, shutil.get_terminal_size().columns) if stream.isatty() else piped


def wrapped(text: str, width: int, indent: str = "", hanging: str | None = None, style: str = "") -> list[Line]:
    """Break `text` into lines of at most `width` columns."""
    lines = textwrap.wrap(
        text,
        max(width, NARROWEST // 2),
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_on_hyphens=False,
    )
    return [line(one, style) for one in lines] or [line()]


def aligned(rows: Sequence[Sequence[Span]], right: Collection[int] = (), gap: int = 2) -> list[Line]:
    """Pad cells so that columns line up; columns in `right` are flush right. All rows have the same length."""
    widths = [max(len(cell.text) for cell in column) for column in zip(*rows, strict=True)]
    lines: list[Line] = []
    for row in rows:
        spans: list[Span] = []
        for index, (cell, width) in enumerate(zip(row, widths, strict=True)):
            padding = " " * (width - len(cell.text))
            last = index == len(row) - 1
            before, after = (padding, "") if index in right else ("", "" if last else padding)
            spans += [Span((" " * gap if index else "") + before), cell, Span(after)]
        lines.append(spans)
    return lines


def room_for_groups(headers: Sequence[str], groups: Sequence[str], gap: int = 2) -> list[str]:
    """Return the headers, the first of each group padded so that the group's name fits above its columns."""
    padded = list(headers)
    for index, group in enumerate(groups):
        if not group or groups.index(group) != index:
            continue
        number = groups.count(group)
        held = sum(len(header) for header in headers[index : index + number]) + gap * (number - 1)
        padded[index] = headers[index].rjust(len(headers[index]) + max(0, len(group) - held))
    return padded


def group_heading(header: Line, groups: Sequence[str], style: str = "bold") -> Line:
    """Return the line above an aligned `header`: each group's name over the first of its columns after the first one.

    A name over a single column is flush right with it, where there is room.
    """
    text = ""
    for index, group in enumerate(groups, start=1):
        if not group or groups.index(group) != index - 1:
            continue
        if groups.count(group) == 1:
            start = max(_start(header, index + 1) - len(group), len(text) + 2)
            text = text.ljust(start) + group
        else:
            text = text.ljust(_start(header, index)) + f"  {group}"
    return line(text, style)


def _start(header: Line, index: int) -> int:
    """Return where a column begins; `aligned` makes three spans of every cell."""
    return length(header[: index * 3])


def length(one: Line) -> int:
    """Return the columns a line takes."""
    return sum(len(span.text) for span in one)


def rendered(lines: Iterable[Line], *, color: bool) -> str:
    """Return the lines as text ending in a line break, with ANSI colours if asked."""
    if not color:
        return "".join("".join(span.text for span in one).rstrip() + "\n" for one in lines)
    from io import StringIO

    from rich.console import Console
    from rich.text import Text as RichText

    stream = StringIO()
    console = Console(
        file=stream, force_terminal=True, color_system="standard", no_color=False, legacy_windows=False, width=10_000
    )
    for one in lines:
        text = RichText(end="\n")
        for span in one:
            text.append(span.text, span.style or None)
        text.rstrip()
        console.print(text, soft_wrap=True, highlight=False)
    return stream.getvalue()
