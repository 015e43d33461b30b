"""What the rows of a plain sheet look like: which cells stand in a row, and how their values are written.

Programs write the rows of a table all alike. Once some rows were looked at cell by cell, one regular expression takes
all that follow; it takes nothing that calamine would read otherwise. What it does not fit is looked at cell by cell,
and what is not plain then is left to calamine, with the whole sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import islice
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import column_letters
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.grid import column_index

ROW: Final = b"<row "
ROW_END: Final = b"</row>"
MOST_COLUMNS: Final = 256
"""Columns of a plain sheet."""


class NotPlainError(ValueError):
    """A sheet holds something that is left to calamine."""


class Writing(Enum):
    """How a value is written: what stands before it, its own pattern, and what follows."""

    NUMBER = (rb'(?: t="n")?+><v>', rb"[-+0-9.eE]++", rb"</v></c>")
    SHARED = (rb' t="s"><v>', rb"[0-9]++", rb"</v></c>")
    INLINE = (rb' t="inlineStr"><is><t>', rb"[^<]++", rb"</t></is></c>")
    KEPT = (rb' t="inlineStr"><is><t xml:space="preserve">', rb"[^<]++", rb"</t></is></c>")
    """With blanks at its ends, which are left where they are."""
    FORMULA_TEXT = (rb' t="str"><v>', rb"[^<]++", rb"</v></c>")
    """As results of formulas are; some programs write every text so. Blanks at its ends count."""


class WrittenCell(NamedTuple):
    """A cell of a row: 0-based column, and the value as it is written."""

    column: int
    writing: Writing
    value: bytes
    is_styled: bool


class WrittenRow(NamedTuple):
    """A row that was looked at cell by cell: its number, from 1, and its cells with a value."""

    number: int
    cells: tuple[WrittenCell, ...]


_ATTRIBUTES: Final = (
    rb'(?: (?:spans|s|ht|customHeight|customFormat|x14ac:dyDescent|outlineLevel|thickBot|thickTop|collapsed)="[^"<>&]*"'
    rb'| hidden="(?:0|false)")*+'
)
"""Of a row, in which nothing that is asked of a sheet is said: neither that it is hidden, nor its number again."""
_ROW: Final = late_pattern(rb'<row r="([1-9][0-9]{0,6})"' + _ATTRIBUTES + rb"(/?)>")
_CELL: Final = late_pattern(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,5})")?+(?:/>|></c>|'
    + b"|".join(before + b"(" + value + b")" + after for before, value, after in (each.value for each in Writing))
    + rb"|(?: t=\"n\")?/>)"
)
_ROWS: Final = late_pattern(rb"<row [^<>]*(?<=/)>|<row [^<>]*(?<!/)>.*?</row>", re.DOTALL)
_WRITINGS: Final = tuple(Writing)
_BEFORE_VALUES: Final = 4
"""Groups of `_CELL` before those of values, counted from 1."""


def rows_in(xml: bytes, end: int, most: int | None = None) -> list[bytes]:
    """Return a stretch of rows, up to a place in the XML, row by row, at most so many.

    Raises:
        NotPlainError: There is something between the rows.
    """
    rows = [match[0] for match in islice(_ROWS.finditer(xml, 0, end), most)]
    if not xml.startswith(b"".join(rows)) or (most is None and end != sum(map(len, rows))):
        raise NotPlainError
    return rows


def looked_at(row: bytes, styles: PlainStyles) -> WrittenRow:
    """Return a row cell by cell.

    Raises:
        NotPlainError: There is something in it that is not plain.
    """
    match = _ROW.match(row)
    if match is None:
        raise NotPlainError
    if match[2]:
        return WrittenRow(int(match[1]), ())
    return WrittenRow(int(match[1]), tuple(_cells(row, match.end(), match[1], styles)))


def _cells(row: bytes, place: int, number: bytes, styles: PlainStyles) -> Iterator[WrittenCell]:
    column = -1
    while not row.startswith(ROW_END, place):
        match = _CELL.match(row, place)
        if match is None or match[2] != number or not styles.takes(match[3]):
            raise NotPlainError
        before, column, place = column, column_index(match[1].decode()), match.end()
        if not before < column < MOST_COLUMNS:
            raise NotPlainError
        if match.lastindex is not None and match.lastindex >= _BEFORE_VALUES:
            writing, value = _WRITINGS[match.lastindex - _BEFORE_VALUES], match[match.lastindex]
            yield WrittenCell(column, writing, value, match[3] is not None)
    if place + len(ROW_END) != len(row):
        raise NotPlainError


class PlainStyles(NamedTuple):
    """The numbers of the styles that show a number as a number, and no date."""

    plain: frozenset[bytes]
    others: frozenset[bytes]

    def takes(self, style: bytes | None) -> bool:
        """Say whether a cell of this style is a plain one; a style that is not there is none."""
        return style is None or style in self.plain or (not self.others and style.isdigit())

    def pattern(self) -> bytes:
        """Return what fits their numbers."""
        if not self.others:
            return b"[0-9]{1,5}+"
        return b"(?:" + b"|".join(sorted(self.plain)) + b")" if self.plain else b"(?!)"


class Outline:
    """What rows of a sheet were seen to hold, and the pattern of all that hold no more than that."""

    def __init__(self, styles: PlainStyles) -> None:
        self._styles = styles
        self.writings: list[set[Writing]] = []
        """For each column, how its values are written."""
        self._styled: list[set[bool]] = []
        """For each column, whether its values have a style."""
        self.groups: list[tuple[Writing, ...]] = []
        """For each column, what its groups of the pattern hold, after the first group, the number of the row."""
        self.pattern: re.Pattern[bytes] = re.compile(b"(?!)")

    def learn(self, rows: Iterable[WrittenRow]) -> bool:
        """Take in how the cells of rows are written; say whether there was anything new in them."""
        known = self._known()
        for row in rows:
            for cell in row.cells:
                while len(self.writings) <= cell.column:
                    self.writings.append(set())
                    self._styled.append(set())
                self.writings[cell.column].add(cell.writing)
                self._styled[cell.column].add(cell.is_styled)
        if known == self._known():
            return False
        self.groups = [tuple(each for each in Writing if each in column) for column in self.writings]
        self.pattern = re.compile(self._source())
        return True

    def _known(self) -> tuple[int, int]:
        return len(self.writings), sum(map(len, self.writings)) + sum(map(len, self._styled))

    def _source(self) -> bytes:
        cells = (self._cell(column, writings) for column, writings in enumerate(self.groups))
        head = rb'<row r="([1-9][0-9]{0,6}+)"' + _ATTRIBUTES + b">"
        return head + b"".join(cells) + rb"</row>(?=<row |\Z)"

    def _cell(self, column: int, writings: Sequence[Writing]) -> bytes:
        """Return the pattern of a cell that may be missing or empty."""
        values = (before + b"(" + value + b")" + after for before, value, after in (each.value for each in writings))
        style = rb' s="' + self._styles.pattern() + rb'"'
        any_style = b"(?:" + style + b")?+"
        styled = {frozenset({False}): b"", frozenset({True}): style}.get(frozenset(self._styled[column]), any_style)
        filled = styled + b"(?:" + b"|".join(values) + b")|" if writings else b""
        place = column_letters(column).encode()
        return rb'(?:<c r="' + place + rb'\1"(?:' + filled + any_style + rb'(?:(?: t="n")?+/>|></c>)))?+'
