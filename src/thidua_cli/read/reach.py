"""How far the cells of a sheet reach, found before calamine sets up the whole rectangle between them in memory.

A file of a few kilobytes may hold one cell in A1 and one in XFD1048576: 17 thousand million cells. What a sheet claims
in `<dimension>` is of no account: real files claim 1,048,576 rows and hold twenty.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from thidua_cli.language import Text, format_count
from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.archive import decompressed
from thidua_cli.read.background import Background
from thidua_cli.read.grid import cell_name, column_index
from thidua_cli.read.limits import (
    ALL_SPARSE_CELLS,
    BYTES_PER_CELL,
    CELLS,
    MERGED_RANGES,
    SPARSE_CELLS,
    rounded_count,
    too_many_merged,
)
from thidua_cli.read.sheet_xml import stretches

_ODD: Final = tuple(
    map(re.compile, (rb'<c(?! r="[A-Z][0-9]{1,5}"|[a-z])', rb'<row(?! r="|[A-Z])', rb":(?:c|row)[\s/>]"))
)
"""Three searches for words are faster than one for any of them."""
_ODD_COLUMN: Final = late_pattern(rb'<c(?! r="[A-Z][0-9]|[a-z])')
"""A cell beyond column Z (or row 99,999), or one that does not say where it is: only then is it worth counting."""
_PREFIXED: Final = late_pattern(rb":c[\s/>]")
QUOTED: Final = rb"""((?:[^<>"']|"[^"]*"|'[^']*')*)"""
"""Attributes, in which a sign of the end may stand between marks."""
_TAG: Final = late_pattern(rb"<(/?)(?:[^\s<>/:]*:)?(row|c|v|is|f)(?=[\s/>])" + QUOTED + rb">")
_ROW: Final = late_pattern(rb"""(?:\A|\s)r\s*=\s*["']([0-9]{1,999})["']""")
_CELL: Final = late_pattern(rb"""(?:\A|\s)r\s*=\s*["']([A-Za-z]{1,999})([0-9]{1,999})["']""")
"""Small letters name columns too, as calamine takes them."""
_NO_TAGS: Final = late_pattern(rb"<!--|<!\[CDATA\[|<\?")
_ENDS: Final = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_MERGED_WORD: Final = b"mergeCell"
_MERGED: Final = late_pattern(rb"[<:]mergeCell[\s/>]")
_ROW_HEADER: Final = 0
_MERGED_RECORD: Final = 176
_CELL_RECORDS: Final = range(2, 12)
"""BrtCellRk to BrtFmlaError: cells with a value."""


class Reach(NamedTuple):
    """The last row and column with a value, 0-based."""

    row: int = -1
    column: int = -1

    def with_cell(self, row: int, column: int) -> Reach:
        """Return the reach that takes in one more cell."""
        return Reach(max(self.row, row), max(self.column, column))

    @property
    def cells(self) -> int:
        """Cells of the rectangle from A1."""
        return (self.row + 1) * (self.column + 1)


def xml_reaches_too_far(xml: bytes) -> Text | None:
    """Say why the sheet, whose whole XML this is, is not parsed; None where it may be."""
    merged = sum(1 for _ in _MERGED.finditer(xml)) if xml.count(_MERGED_WORD) > MERGED_RANGES else 0
    reason = too_many_merged(merged)
    if reason is not None:
        return reason
    return too_far(_xml_reach([xml]), len(xml), BYTES_PER_CELL) if any(odd.search(xml) for odd in _ODD) else None


def large_xml_reaches_too_far(archive: zipfile.ZipFile, part: str) -> Text | None:
    """Say the same of a sheet too large to be held in memory: within column Z no number of rows is too many."""
    entry = archive.getinfo(part)
    look = _LargeLook()
    look.through(decompressed(archive, entry))
    reason = too_many_merged(look.merged)
    if reason is not None or not look.is_odd:
        return reason
    with archive.open(part) as stream:
        return too_far(_xml_reach(stretches(stream)), entry.file_size, BYTES_PER_CELL)


class _LargeLook:
    """What is found in the XML of a large sheet, which is looked through to its end."""

    def __init__(self) -> None:
        self.is_odd = False
        """A cell stands beyond column Z, or does not say where it is."""
        self.merged = 0

    def through(self, xml: Iterator[bytes]) -> None:
        """Look through one piece while the next one is decompressed, which lets go of the interpreter."""
        rest = b""
        following = Background(partial(next, xml, b""))
        while piece := following.result():
            following = Background(partial(next, xml, b""))
            if _MERGED_WORD in piece:
                self.merged += len(_MERGED.findall(piece))
            piece = rest + piece
            # The last tag may be torn: it is looked at again with the next piece.
            cut = max(piece.rfind(b"<c"), 0)
            self.is_odd = self.is_odd or _is_odd(piece, cut)
            rest = piece[cut:]
        self.is_odd = self.is_odd or _ODD_COLUMN.search(rest) is not None


def _is_odd(piece: bytes, end: int) -> bool:
    return _ODD_COLUMN.search(piece, 0, end) is not None or (b":" in piece and _PREFIXED.search(piece) is not None)


def too_far(reach: Reach, size: int, bytes_per_cell: int = 1) -> Text | None:
    """Say that a rectangle of cells is too large as such, or for the size of what it stands in."""
    if reach.cells <= min(CELLS, SPARSE_CELLS + size // bytes_per_cell):
        return None
    last, cells = cell_name(reach.row, reach.column), rounded_count(reach.cells)
    return Text(
        f"số liệu trải tới ô {last} ({cells.vi} ô) mà hầu hết là ô trống; hãy mở bằng Excel, "
        "xóa các dòng và cột thừa ở ngoài biểu rồi lưu lại",
        f"values reach to cell {last} ({cells.en} cells), nearly all of them empty; open it in Excel, delete the "
        "rows and columns beyond the table, and save it",
    )


def all_too_far(cells: int, size: int) -> Text | None:
    """Say the same of all sheets together, where a library holds them all at once."""
    if cells <= min(CELLS, ALL_SPARSE_CELLS + size):
        return None
    return Text(
        f"số liệu của các trang tính trải ra {format_count(cells)} ô mà hầu hết là ô trống; hãy mở bằng Excel, xóa các "
        "dòng và cột thừa ở ngoài biểu rồi lưu lại",
        f"the values of its sheets are spread over {cells:,} cells, nearly all of them empty; open it in Excel, delete "
        "the rows and columns beyond the tables, and save it",
    )


def _xml_reach(xml: Iterable[bytes]) -> Reach:
    """Follow rows and cells as calamine does: what does not say where it is stands after what came before."""
    reach, row, column = Reach(), 0, 0
    place = row, column
    for closes, tag, attributes in _tags(xml):
        if tag == b"row":
            match = None if closes else _last(_ROW, attributes)
            row = int(match.group(1)) - 1 if match else row
            if closes or attributes.endswith(b"/"):
                row, column = row + 1, 0
        elif closes:
            continue
        elif tag == b"c":
            # A cell need not say where it is; calamine counts on from the one before, and so must this.
            match = _last(_CELL, attributes)
            column = column_index(match.group(1).decode().upper()) if match else column
            place = (int(match.group(2)) - 1 if match else row), column
            column += 1
        else:
            reach = reach.with_cell(*place)
    return reach


def _last(pattern: re.Pattern[bytes], attributes: bytes) -> re.Match[bytes] | None:
    """Return the last match: of two attributes of one name the later one counts."""
    return next(reversed(list(pattern.finditer(attributes))), None)


def without_comments(xml: bytes) -> bytes:
    """Return XML without comments and what else may hold tags that are none; what is never closed ends it."""
    kept: list[bytes] = []
    place = 0
    while match := _NO_TAGS.search(xml, place):
        kept.append(xml[place : match.start()])
        end = xml.find(_ENDS[match.group()], match.end())
        if end < 0:
            return b"".join(kept)
        place = end + len(_ENDS[match.group()])
    return b"".join([*kept, xml[place:]])


def _tags(xml: Iterable[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    for stretch in xml:
        for match in _TAG.finditer(without_comments(stretch)):
            yield match.group(1), match.group(2), match.group(3)


def binary_reaches_too_far(content: bytes) -> Text | None:
    """Say why a sheet of an .xlsb is not parsed.

    Raises:
        ValueError: The sheet ends inside a record.
    """
    from thidua_cli.read.biff12 import records  # late: few workbooks are .xlsb

    reach, row, merged, head = Reach(), 0, 0, bytes(4)
    for kind, body in records(content, is_whole=True):
        # Where a record is too short for its number, calamine goes on with that of the record before.
        head = body[:4] + head[len(body) :]
        if kind == _ROW_HEADER:
            row = int.from_bytes(head, "little")
        elif kind in _CELL_RECORDS:
            column = int.from_bytes(head, "little")
            reach = reach.with_cell(row, column) if row > reach.row or column > reach.column else reach
        elif kind == _MERGED_RECORD:
            merged += 1
    return too_many_merged(merged) or too_far(reach, len(content))
