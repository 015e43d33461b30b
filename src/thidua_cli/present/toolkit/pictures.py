"""Pictures made of letters: the course of a figure and the share of a whole, for terminals that can draw them.

They show again what stands beside them in figures: whoever cannot see them, or has a terminal without room, misses
nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Final, TextIO

from thidua_cli.language import Text
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.document import Line, Styled

BAR_WIDTH: Final = 10
_HEIGHTS: Final = "▁▂▃▄▅▆▇█"
_PARTS: Final = " ▏▎▍▌▋▊▉"
"""Of the last letter of a bar, none to seven eighths."""
_FULL: Final = "█"
_REST: Final = "░"
_STEPS: Final = 8
_GAP: Final = " "
_GAP_WIDTH: Final = 2
_DRAWING_CONSOLES: Final = ("WT_SESSION", "TERM_PROGRAM", "ConEmuANSI")
"""Set by the consoles of Windows whose fonts hold all eight heights; the old one shows boxes for six of them."""
_WITHOUT_HEIGHTS: Final = frozenset({"dumb", "linux"})
"""The console of Linux without a desktop has fonts of 256 letters: half a block, but no eighths."""


class PictureColumn(NamedTuple):
    """What stands to the right of figures, where there is room: a picture per line."""

    cells: Sequence[Styled]
    """One per line; empty ones for lines without."""
    note: Text
    """What is to be seen."""
    heading: str = ""
    """What stands above them, on a line of its own where there is one."""

    @property
    def lines(self) -> Sequence[Styled]:
        """The heading and the pictures; none where there is no picture at all."""
        if not any(cell.text for cell in self.cells):
            return ()
        return [Styled(self.heading, "bold"), *self.cells] if self.heading else self.cells

    def of_line(self, number: int) -> PictureColumn:
        """Return the picture of one line, which stands by itself."""
        return PictureColumn([self.cells[number]], self.note)


def shows_pictures(stream: TextIO, environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Say whether what is written to `stream` is drawn: where colours are, and every height of a block has a letter.

    NO_COLOR and --no-color ask for plain text: a screen reader spells every block out.
    """
    if not terminal.shows_color(stream, environment) or environment.get("TERM") in _WITHOUT_HEIGHTS:
        return False
    if platform == "win32":
        return any(environment.get(name) for name in _DRAWING_CONSOLES)
    from locale import getencoding  # late: no other command asks

    return getencoding().lower().replace("-", "") == "utf8"


def sparkline(values: Sequence[Fraction | None]) -> str:
    """Return one letter per value, as high as its share of the greatest, 0 being the ground; a blank where it is None.

    Not from the least value on: 41 after 42 would look like all after nothing.

    >>> sparkline([Fraction(45), Fraction(30), None, Fraction(15), Fraction(0)])
    '█▅ ▃▁'
    """
    greatest = max((value for value in values if value is not None), default=Fraction(0))
    return "".join(_GAP if value is None else _height(value, greatest) for value in values)


def _height(value: Fraction, greatest: Fraction) -> str:
    steps = floor(value * _STEPS / greatest + Fraction(1, 2)) if greatest > 0 else 0
    return _HEIGHTS[max(steps, 1) - 1]


def bar(share: Fraction, *, whole: bool, width: int = BAR_WIDTH) -> str:
    """Return a bar of `width` letters, of which a share is filled; one that is not `whole` never looks full.

    >>> bar(Fraction(1, 2), whole=False), bar(Fraction(1), whole=False), bar(Fraction(1), whole=True)
    ('█████░░░░░', '█████████▉', '██████████')
    """
    most = width * _STEPS - (0 if whole else 1)
    full, part = divmod(max(0, min(floor(share * width * _STEPS), most)), _STEPS)
    filled = _FULL * full + (_PARTS[part] if part else "")
    return filled + _REST * (width - len(filled))


def beside(lines: Sequence[Line], columns: Sequence[PictureColumn], width: int) -> tuple[list[Line], list[Text]]:
    """Set pictures to the right of lines, as many columns as there is room for; return the lines, and what to say.

    The first column is the one that counts: where it has no room, a later one may still have.
    """
    drawn, notes = list(lines), list[Text]()
    for column in columns:
        edge = max(map(terminal.length, drawn), default=0) + _GAP_WIDTH
        room = max((len(cell.text) for cell in column.lines), default=width)
        if edge + room <= width:
            drawn = [_joined(line, cell, edge) for line, cell in zip(drawn, column.lines, strict=True)]
            notes.append(column.note)
    return drawn, notes


def _joined(line: Line, cell: Styled, edge: int) -> Line:
    return [*line, Styled(" " * (edge - terminal.length(line))), cell] if cell.text else line
