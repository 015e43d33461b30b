"""The page of a sheet, and how wide its columns are: A4, never so small that it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.paper import measures
from thidua_cli.present.paper.measures import Margins
from thidua_cli.present.toolkit.document import ColumnType, Table, TableColumn, Value
from thidua_cli.present.toolkit.text_width import lines_of, text_width

_MILLIMETRES_PER_INCH: Final = 25.4
_POINTS_PER_PIXEL: Final = 0.75
SMALLEST_SCALE: Final = 0.62
"""Letters of 11 points are then printed with 6.8: what is smaller is not read."""
PADDING: Final = 7.0
"""Between the borders of a cell and its text, on both sides together, in points."""
INDENT: Final = 7.0
"""Of texts in a table, so that they do not touch the number before them."""
SLACK: Final = 0.96
"""Share of a cell's width that texts are counted on: programs break lines a little sooner or later than each other."""
_SCREEN_MARGINS: Final = Margins(top=13, bottom=15, left=10, right=10)
"""Of sheets that are no paper: they are read on a screen, and printed for one's own desk."""
_ALMOST: Final = 0.97
"""No second page for the sake of a few points."""
_SURE: Final = 0.945
"""Share of the page that columns fill: LibreOffice makes them wider than Excel by a twentieth."""
_LOOKED_AT: Final = 500
"""Rows whose words are looked at; what is longer further down breaks."""
_HEADING_LINES: Final = 4
"""A heading is as low as this where its column need not be wider than for a long word."""
_LONGEST_WORD: Final = 60.0
"""A column need not be wider for one word, in points."""


class SheetPage(NamedTuple):
    """A4, upright or across, with its margins."""

    is_landscape: bool = True
    is_paper: bool = False
    """Whether the margins are those of the decree."""

    @property
    def margins(self) -> Margins:
        """Margins in millimetres."""
        return measures.MARGINS if self.is_paper else _SCREEN_MARGINS

    @property
    def inches(self) -> dict[str, float]:
        """Margins as a workbook has them."""
        return {side: round(size / _MILLIMETRES_PER_INCH, 4) for side, size in self.margins._asdict().items()}

    @property
    def width(self) -> float:
        """Room between left and right, in points; on paper what columns may fill of it."""
        across, _ = self._size
        room = (across - self.margins.left - self.margins.right) * measures.POINTS_PER_MILLIMETRE
        return room * _SURE if self.is_paper else room

    @property
    def height(self) -> float:
        """Room between above and below, in points."""
        _, upright = self._size
        return (upright - self.margins.top - self.margins.bottom) * measures.POINTS_PER_MILLIMETRE

    @property
    def _size(self) -> tuple[float, float]:
        short, long = measures.PAGE
        return (long, short) if self.is_landscape else (short, long)


def pixels(points: float) -> int:
    """Return a width as a workbook has it."""
    return round(points / _POINTS_PER_PIXEL)


def column_widths(table: Table, page: SheetPage, most: float = 0.0) -> list[float]:
    """Return the widths of the columns in points: as the table wants them, within what is readable on one page.

    A paper fills its page, so that what stands around the table stands at the margins; `most` asks for less than what
    is readable.
    """
    least = [
        _least(column, table.columns, [row[place] for row in table.rows]) for place, column in enumerate(table.columns)
    ]
    wanted = [max(_in_points(column.width), low) for column, low in zip(table.columns, least, strict=True)]
    most = most or page.width / SMALLEST_SCALE
    if sum(wanted) > most:
        return _shrunk(table.columns, wanted, least, most)
    return filled(table.columns, wanted, page.width) if page.is_paper else wanted


def _in_points(characters: float) -> float:
    return (characters * 7 + 5) * _POINTS_PER_PIXEL


def _least(column: TableColumn, columns: Sequence[TableColumn], values: Sequence[Value]) -> float:
    """Return what a column needs: its numbers whole, for they would show as ####, and the words of its heading."""
    words = _heading_width(column, columns)
    texts = [_widest_number(values, column.type)]
    # In a column of numbers too: what is known as a range, or as a bound, is said in words.
    words = max([words, *(_longest_word(value) for value in values[:_LOOKED_AT] if isinstance(value, str))])
    number = max(text_width(text, measures.TABLE_POINTS, bold=True) for text in texts)
    holds_text = column.type.is_text or any(isinstance(value, str) for value in values)
    return max(number, min(words, _LONGEST_WORD)) + PADDING + (INDENT if holds_text else 0)


def _heading_width(column: TableColumn, columns: Sequence[TableColumn]) -> float:
    """Return what the longest word of a heading needs, and a long heading to stay low: it stands on every page."""
    if not column.group:
        return _low_width(column.header, _HEADING_LINES)
    if sum(each.group == column.group for each in columns) > 1:
        return _low_width(column.header, _HEADING_LINES - 1)
    # A heading above one column alone has only that for itself.
    return max(_low_width(text, _HEADING_LINES // 2) for text in (column.header, column.group))


def _low_width(text: str, most: int) -> float:
    """Return the width in which a heading takes so many lines at most, or what a long word needs."""
    points = measures.TABLE_POINTS
    width = max((text_width(word, points, bold=True) for word in text.split()), default=0.0)
    while width < _LONGEST_WORD and lines_of(text, points, width * SLACK, bold=True) > most:
        width += 1
    return width


def _longest_word(text: str) -> float:
    return max((text_width(word, measures.TABLE_POINTS) for word in text.split()), default=0.0)


def _widest_number(values: Sequence[Value], type_: ColumnType) -> str:
    numbers = [value for value in values if value is not None and not isinstance(value, str)]
    if not numbers:
        return ""
    whole = max(abs(int(max(numbers))), abs(int(min(numbers))))
    text = str(whole) if type_ is ColumnType.YEAR else f"{whole:,}"
    sign = "-" if min(numbers) < 0 else ""
    return f"{sign}{text}{'.00' if type_ is ColumnType.DECIMAL or isinstance(numbers[0], Fraction) else ''}"


def _shrunk(
    columns: Sequence[TableColumn], wanted: Sequence[float], least: Sequence[float], most: float
) -> list[float]:
    """Take from the numbers first what they do not need, then from the texts, which grow higher by it."""
    widths = list(wanted)
    for of_texts in (False, True):
        spare = [
            width - low if column.type.is_text is of_texts else 0.0
            for column, width, low in zip(columns, widths, least, strict=True)
        ]
        share = min(max(sum(widths) - most, 0.0) / sum(spare), 1.0) if sum(spare) else 0.0
        widths = [width - share * more for width, more in zip(widths, spare, strict=True)]
    return widths


def filled(columns: Sequence[TableColumn], wanted: Sequence[float], width: float) -> list[float]:
    """Give what is left of the page to the columns of text, or to all where there are none."""
    if sum(wanted) > width:
        return list(wanted)
    takes = [column.type.is_text and column.width > 8 for column in columns]
    wide = sum(want for want, take in zip(wanted, takes, strict=True) if take)
    if not wide:
        return [want * width / sum(wanted) for want in wanted]
    factor = 1 + (width - sum(wanted)) / wide
    return [want * factor if take else want for want, take in zip(wanted, takes, strict=True)]


def scale_on(page: SheetPage, widths: Sequence[float]) -> float:
    """Return how much smaller a paper is printed than it is written, so that its columns fit on the page.

    >>> scale_on(SheetPage(is_paper=True), [100.0] * 10)
    0.67
    """
    total = sum(widths)
    return 1.0 if total <= page.width else max(int(100 * page.width / total) / 100, 0.1)


def pages_across(widths: Sequence[float], page: SheetPage) -> int:
    """Return over how many pages side by side a sheet is printed, so that it can be read.

    >>> pages_across([100.0] * 30, SheetPage())
    3
    """
    return max(1, -int(-sum(widths) * SMALLEST_SCALE * _ALMOST // page.width))
