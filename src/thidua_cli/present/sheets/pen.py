"""Writes one sheet from top to bottom: texts over several columns, their rows as high as the texts ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from thidua_cli.present.paper import measures
from thidua_cli.present.sheets import limits
from thidua_cli.present.sheets.limits import pieces
from thidua_cli.present.sheets.page import (
    INDENT,
    PADDING,
    SLACK,
    SMALLEST_SCALE,
    SheetPage,
    pages_across,
    pixels,
    scale_on,
)
from thidua_cli.present.toolkit.text_width import lines_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from thidua_cli.present.sheets.styles import SheetStyles
    from thidua_cli.present.toolkit.visible_sheet import VisibleSheet

Span: TypeAlias = tuple[int, int]
"""First and last column that a text stands over."""
DEFAULT_HEIGHT: Final = 15.0
"""Of a row that nothing is said of, in points."""
_LINE: Final = 1.15
"""Height of a line of Times New Roman, as a multiple of the size of its letters."""
_BETWEEN: Final = 0.75
"""What a pixel adds to every line."""
_ABOVE_AND_BELOW: Final = 2.0
_SURE: Final = 0.97
"""Share of a page's height that is counted on."""


def row_height(lines: int, points: float) -> float:
    """Return the height of so many lines, in points."""
    return round(lines * (points * _LINE + _BETWEEN) + _ABOVE_AND_BELOW, 1)


class SheetPen:
    """Where the next row of a sheet is written, and how far down the printed page it stands."""

    def __init__(
        self,
        new_sheet: Callable[[], VisibleSheet],
        widths: Sequence[float],
        page: SheetPage,
        styles: SheetStyles,
    ) -> None:
        self._new_sheet = new_sheet
        self.widths = list(widths)
        self.page = page
        self.styles = styles
        self.row = 0
        self.scale = scale_on(page, widths) if page.is_paper else 1.0
        """How much smaller the sheet is printed than it is written."""
        self.turn()

    def turn(self) -> None:
        """Begin a new sheet of the same columns."""
        if self.row:
            self.finish()
        self.sheet = self._new_sheet()
        self.row = 0
        self._used = 0.0
        self.pages = 1
        """How many printed pages are begun, as far as that can be known here."""
        self.repeated = 0.0
        """Height of the headings that stand above every further page."""
        self._breaks: list[int] = []
        for column, width in enumerate(self.widths):
            self.sheet.set_column_pixels(column, column, pixels(width))
        self._print()

    def _print(self) -> None:
        sheet, page = self.sheet, self.page
        sheet.set_landscape() if page.is_landscape else sheet.set_portrait()
        sheet.set_paper(9)  # A4
        sheet.set_margins(**page.inches)
        if page.is_paper and self.scale >= SMALLEST_SCALE * 0.95:
            # Excel follows no page break where it fits pages; and a signature must not stand apart from its paper.
            sheet.set_print_scale(round(100 * self.scale))
        else:
            # One page wide, as many long as it takes: 1 for both would shrink a province to dust.
            sheet.fit_to_pages(pages_across(self.widths, page), 0)
        if page.is_paper:
            sheet.center_horizontally()
            sheet.number_pages(measures.FONT, measures.PAGE_NUMBER_POINTS, page.inches["top"] / 2)
        else:
            sheet.set_footer("&L&A&R&P/&N")

    @property
    def everywhere(self) -> Span:
        """All columns."""
        return 0, len(self.widths) - 1

    def room(self, span: Span) -> float:
        """Return the width for text over some columns, in points."""
        return (sum(self.widths[span[0] : span[1] + 1]) - PADDING) * SLACK

    def written(self, points: float) -> float:
        """Return the size that is printed as so many points."""
        return round(2 * points / self.scale) / 2

    def room_in_table(self, span: Span) -> float:
        """Return the width for text of a cell of a table, in points."""
        return max((sum(self.widths[span[0] : span[1] + 1]) - PADDING - INDENT) * SLACK, 1.0)

    def put(self, span: Span, text: str, style: Format) -> None:
        """Write a text into the current row."""
        if span[0] != span[1]:
            self.sheet.join(self.row, *span)
        self.sheet.write_string(self.row, span[0], text, style)

    def line(self, text: str, points: float, *, bold: bool = False, italic: bool = False, align: str = "left") -> None:
        """Write a text over all columns, in as many rows as it takes, and go below it.

        `points` are those of the printed page.
        """
        points = self.written(points)
        style = self.styles.line(points, bold=bold, italic=italic, align=align)
        room = self.room(self.everywhere)
        for piece in pieces(text, points, room, most_lines(points)):
            self.put(self.everywhere, piece, style)
            self.next_row(row_height(lines_of(piece, points, room, bold=bold), points))

    def next_row(self, height: float = DEFAULT_HEIGHT) -> None:
        """Give the current row its height and go to the next."""
        if height != DEFAULT_HEIGHT:
            self.sheet.set_row(self.row, min(height, limits.ROW_HEIGHT))
        self.row += 1
        self._used += height
        if self._used > self._page_height:
            # A row that does not fit goes to the next page whole.
            self._used, self.pages = height + self.repeated, self.pages + 1

    def finish(self) -> None:
        """Say what of the sheet is printed: else the cells behind a picture could make a page of their own."""
        if self.row:
            self.sheet.print_area(0, 0, self.row - 1, len(self.widths) - 1)

    def skip(self, points: float) -> None:
        """Leave room below what was written."""
        self.next_row(points)

    def keep_together(self, height: float, rows_before: int = 0) -> None:
        """Go to the next printed page where so much does not fit on this, with some rows that stand before."""
        if self._used + height > self._page_height > height + self.repeated:
            self._breaks.append(self.row - rows_before)
            self.sheet.set_h_pagebreaks(self._breaks)
            self._used, self.pages = rows_before * DEFAULT_HEIGHT + self.repeated, self.pages + 1

    @property
    def used(self) -> float:
        """How much of the printed page is taken, in points."""
        return self._used

    @property
    def left(self) -> float:
        """How much of the printed page is free, in points."""
        return self._page_height - self._used

    @property
    def _page_height(self) -> float:
        return self.page.height / self.scale * _SURE


def most_lines(points: float) -> int:
    """Return how many lines of text the highest row holds."""
    return max(1, int((limits.ROW_HEIGHT - _ABOVE_AND_BELOW) / (points * _LINE + _BETWEEN)))
