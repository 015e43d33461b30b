"""Lines for a terminal: wrapped to its width, aligned in columns, and what the terminal can show."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, TextIO

from thidua_cli.model import Level
from thidua_cli.present.toolkit.cell_width import cell_width, wrapped_text
from thidua_cli.present.toolkit.document import Line, Styled, plain, text_line

PAGE_WIDTH: Final = 100
"""Plain text wraps here where no terminal says otherwise; tables wrap their widest columns."""
NARROWEST: Final = 40
"""Below this width nothing more is squeezed."""


def shows_color(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Say whether to colour what is written to `stream`: only on a terminal, never against NO_COLOR."""
    # NO_COLOR counts where it is not empty, whatever it says (no-color.org).
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    return stream.isatty()


def width_of(stream: TextIO, piped: int = 160) -> int:
    """Return the columns of the terminal behind `stream`; `piped` where there is none."""
    # Where there is no terminal the system says 80 columns, which would fold every table that goes into a file.
    return max(NARROWEST, shutil.get_terminal_size().columns) if stream.isatty() else piped


def wrapped(text: str, width: int, indent: str = "", hanging: str | None = None, style: str = "") -> list[Line]:
    """Break `text` into lines of at most `width` columns."""
    below = indent if hanging is None else hanging
    return [
        text_line(part, style)
        for part in wrapped_text(text, max(width, NARROWEST // 2), indent, below, breaks_words=True)
    ]


def wrapped_notes(notes: Iterable[str], width: int) -> list[Line]:
    """Break what stands under an answer into lines, each note hanging."""
    return [line for note in notes for line in wrapped(note, width, hanging="  ")]


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text up to `width` columns, flush right or left."""
    filling = " " * (width - cell_width(text))
    return filling + text if right else text + filling


def aligned(rows: Sequence[Sequence[Styled]], right: Collection[int] = (), gap: int = 2) -> list[Line]:
    """Pad cells so that columns line up; columns in `right` are flush right. All rows have the same length."""
    taken = [[cell_width(cell.text) for cell in row] for row in rows]
    widths = [max(column) for column in zip(*taken, strict=True)]
    # Units by the ten thousand share their paddings: a table has as many as its widest column.
    blanks = [Styled(" " * width) for width in range(max(widths, default=0) + gap + 1)]
    lines: list[Line] = []
    for row, own in zip(rows, taken, strict=True):
        pieces: list[Styled] = []
        for index, cell in enumerate(row):
            padding, between = widths[index] - own[index], gap if index else 0
            if index in right:
                pieces += (blanks[between + padding], cell, blanks[0])
            else:
                pieces += (blanks[between], cell, blanks[0 if index == len(row) - 1 else padding])
        lines.append(pieces)
    return lines


def depths(units: Iterable[tuple[str, str, Level]]) -> dict[str, int]:
    """Return, by code, how many shown units stand above each of (code, code of the parent, level), top first."""
    shown = list(units)
    has_country = any(level is Level.COUNTRY for _, _, level in shown)
    depth: dict[str, int] = {}
    for code, parent, level in shown:
        # A province has no parent code, and yet it stands below a row of the whole country.
        depth[code] = depth[parent] + 1 if parent in depth else int(has_country and level is Level.PROVINCE)
    return depth


def room_for_groups(headers: Sequence[str], groups: Sequence[str], gap: int = 2) -> list[str]:
    """Return the headers, the first of each group padded so that the group's name fits above its columns."""
    padded = list(headers)
    for index, group in enumerate(groups):
        if not group or groups.index(group) != index:
            continue
        number = groups.count(group)
        taken = sum(len(header) for header in headers[index : index + number]) + gap * (number - 1)
        padded[index] = headers[index].rjust(len(headers[index]) + max(0, len(group) - taken))
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
    return text_line(text, style)


def _start(header: Line, index: int) -> int:
    """Return where a column begins; `aligned` makes three pieces of every cell."""
    return length(header[: index * 3])


def length(words: Line) -> int:
    """Return the columns a line takes."""
    return cell_width(plain(words))
