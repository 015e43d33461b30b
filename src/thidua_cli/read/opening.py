"""A file that was looked at from outside and is now parsed: here, or behind the wall (wall.py)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_cli.errors import InputError
from thidua_cli.findings import Finding
from thidua_cli.language import Language, Text
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.grid import Grid
from thidua_cli.read.limits import WALLED_BYTES
from thidua_cli.read.risk import TooRiskyError
from thidua_cli.read.workbook import open_workbook

if TYPE_CHECKING:
    from thidua_cli.read.markup import Markup


class CutShortError(InputError):
    """The rows of a sheet came to an end before the sheet did: the process that parses the file died."""

    def __init__(self, finding: Finding) -> None:
        """Hold what is said of the file (F001)."""
        super().__init__(Text(*(f"{finding.origin}: {finding.message(language)}" for language in Language)))
        self.finding = finding


class Opening(NamedTuple):
    """A file that may be parsed."""

    content: Path | bytes
    whole: Path | bytes
    """What a small file holds; else the same as `content`."""
    name: str
    size: int
    markup: Markup | None
    is_workbook: bool


def parsed(opening: Opening) -> Iterator[Grid | Finding]:
    """Yield the sheets of a file, parsed in this process.

    Raises:
        TooRiskyError: It has to be tried another way, behind the wall.
    """
    if opening.is_workbook:
        yield from open_workbook(opening.content, opening.whole, opening.name)
    elif opening.markup is not None:
        from thidua_cli.read.markup import open_markup  # late, as texts: most files are workbooks

        yield from open_markup(opening.whole, opening.markup, opening.name)
    else:
        from thidua_cli.read.text_file import open_text

        yield from open_text(opening.content, opening.name)


def opened(opening: Opening, *, walled: bool) -> Iterator[Grid | Finding]:
    """Yield the sheets of a file, parsed behind the wall where `walled`, or where there is reason to."""
    given = 0
    if not (walled or (opening.is_workbook and opening.size > WALLED_BYTES and has_interpreter())):
        try:
            for sheet in parsed(opening):
                given += 1
                yield sheet
        except TooRiskyError:
            walled = True
        if not walled:
            return
    from thidua_cli.read.wall import read_behind_the_wall  # late: most files are read here

    yield from read_behind_the_wall(opening, given)


def has_interpreter() -> bool:
    """Say whether another interpreter can be started: not by a frozen program, or from inside some other program.

    There a large workbook is parsed in this process, as every sound one is; what is risky is refused.
    """
    return bool(sys.executable) and not hasattr(sys, "frozen")
