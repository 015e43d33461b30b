"""What every new workbook has in common, whether it shows results or is a form to be filled in."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.present.toolkit.foreign_text import visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CREATED: Final = datetime(2022, 1, 1)
"""Fixed, so that the same values give the same bytes: XlsxWriter writes the time of day otherwise."""
LINE_HEIGHT: Final = 15.5
"""Of one line of text, in points."""
_CHARACTERS_PER_WIDTH: Final = 1.1
FILLS: Final = {"good": "#D8EFD9", "bad": "#F6D5D3", "open": "#FCEFC7", "none": "#E7E7E7", "doubt": "#DDD3F0"}
"""Cell colours by meaning."""
_FORBIDDEN: Final = late_pattern(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31
"""Excel says that a workbook is damaged, and drops the name, where one is longer."""
_AS_TYPED: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""XlsxWriter turns "=1+1" into a formula and an address into a link unless it is told not to."""

_NORMAL: Final = {"font_name": "Times New Roman", "font_size": 11, "font_scheme": "none"}
"""Widths are counted in digits of this font; of Calibri, where it is missing, LibreOffice makes a third more."""


@contextmanager
def new_workbook(
    stream: BytesIO, title: str = "", *, row_by_row: bool = False, exact: bool = False
) -> Iterator[Workbook]:
    """Give a workbook that is written to `stream` once its sheets are made.

    Args:
        stream: Where to.
        title: Shown among the properties of the file.
        row_by_row: Whether only one row is kept in memory, for hundreds of thousands; rows are then written in order.
        exact: Whether texts are written as they are, for a table that the program reads back; else they are `visible`.
    """
    import xlsxwriter

    from thidua_cli.present.toolkit.visible_sheet import VisibleSheet

    # A copy, for XlsxWriter writes into it; and of no scheme, for Excel would take the font of the theme then.
    normal = {"default_format_properties": dict(_NORMAL)}
    options = {"in_memory": not row_by_row, "constant_memory": row_by_row, **_AS_TYPED, **normal}
    book = xlsxwriter.Workbook(stream, options)
    if not exact:
        book.worksheet_class = VisibleSheet
    book.set_properties({"created": CREATED, **({"title": visible(title)} if title else {})})
    yield book
    book.close()


class NamedFormats:
    """The cell formats of one workbook by their names, each made once, and only where it is used."""

    def __init__(self, book: Workbook, styles: Mapping[str, Mapping[str, object]]) -> None:
        self._book = book
        self._styles = styles
        self._made: dict[tuple[str, bool], Format] = {}

    def __call__(self, name: str, *, bold: bool = False) -> Format:
        """Return the format of a name."""
        if (name, bold) not in self._made:
            more = {"bold": True} if bold else {}
            self._made[name, bold] = self._book.add_format({**self._styles[name], **more})
        return self._made[name, bold]


def lay_out_page(sheet: Worksheet) -> None:
    """Have a sheet printed across A4, one page wide."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    # One page wide, as many long as it takes: 1 for both would shrink a province to dust.
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name that Excel allows and no other sheet has: it opens no workbook with another kind of name."""
    clean = _FORBIDDEN.sub("-", visible(wanted)).strip("'")[:_LONGEST_NAME].rstrip("'") or "Sheet1"
    # To Excel "Mẫu 08" and "MẪU 08" are one sheet; it opens no workbook that has both.
    lower = {name.lower() for name in taken}
    number, name = 1, clean
    while name.lower() in lower:
        number += 1
        name = f"{clean[: _LONGEST_NAME - 6]} ({number})"
    return name


def lines_needed(cells: Iterable[tuple[str, float]]) -> int:
    """Estimate how many lines the longest of (text, width) takes: not every program grows a row to its text."""
    return max((_lines(text, max(int(width * _CHARACTERS_PER_WIDTH), 4)) for text, width in cells), default=1)


def _lines(text: str, characters: int) -> int:
    return 1 if len(text) <= characters else len(textwrap.wrap(text, characters))
