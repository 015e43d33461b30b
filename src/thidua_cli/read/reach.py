"""How far the cells of a sheet reach, found before calamine sets up the whole rectangle between them in memory.

A file of a few kilobytes may hold one cell in A1 and one in XFD1048576: 17 thousand million cells. What a sheet claims
in `<dimension>` is of no account: real files claim 1,048,576 rows and hold twenty.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, NamedTuple

from thidua_cli.language import Text, format_count
from thidua_cli.read.background import Background
from thidua_cli.read.grid import cell_name, column_index
from thidua_cli.read.limits import ALL_SPARSE_CELLS, CELLS, MERGED_RANGES, SPARSE_CELLS
from thidua_cli.read.sheet_xml import stretches

_CHUNK: Final = 1 << 22
_COMPRESSED: Final = 1 << 18
_HEADER: Final = 30
"""Bytes of a local file header before the name (APPNOTE 4.3.7)."""


def decompressed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the content of a part in pieces of some megabytes, never empty.

    Raises:
        BadZipFile, zlib.error: The archive is damaged.
    """
    if entry.compress_type != zipfile.ZIP_DEFLATED or archive.fp is None:
        with archive.open(entry) as stream:
            yield from iter(lambda: stream.read(_CHUNK), b"")
        return
    source = archive.fp
    source.seek(entry.header_offset)
    header = source.read(_HEADER)
    source.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    inflate, left = zlib.decompressobj(-zlib.MAX_WBITS), entry.compress_size
    while left > 0 and not inflate.eof:
        compressed = source.read(min(left, _COMPRESSED))
        if not compressed:
            raise zipfile.BadZipFile(entry.filename)
        left -= len(compressed)
        while compressed and not inflate.eof:
            piece = inflate.decompress(compressed, _CHUNK)
            if piece:
                yield piece
            compressed = inflate.unconsumed_tail


_ODD: Final = tuple(
    map(re.compile, (rb'<c(?! r="[A-Z][0-9]{1,5}"|[a-z])', rb'<row(?! r="|[A-Z])', rb":(?:c|row)[\s/>]"))
)
"""Three searches for words are faster than one for any of them."""
_ODD_COLUMN: Final = re.compile(rb'<c(?! r="[A-Z][0-9]|[a-z])')
"""A cell beyond column Z (or row 99,999), or one that does not say where it is: only then is it worth counting."""
_PREFIXED: Final = re.compile(rb":c[\s/>]")
_TAG: Final = re.compile(rb"<(?:\w+:)?(row|c|v|is|f)(?:[\s/]([^>]*))?>")
_ROW: Final = re.compile(rb'\br="([0-9]{1,999})"')
_CELL: Final = re.compile(rb'\br="([A-Za-z]{1,999})([0-9]{1,999})"')
"""Small letters name columns too, as calamine takes them."""
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell[\s/]")
_OPEN_TAG: Final = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?:[\s/]([^>]*))?>")
_ROWS_REPEATED: Final = re.compile(rb'table:number-rows-repeated="([0-9]{1,999})"')
_COLUMNS_REPEATED: Final = re.compile(rb'table:number-columns-repeated="([0-9]{1,999})"')

_ROW_HEADER: Final = 0
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
    merged = sum(1 for _ in _MERGED.finditer(xml)) if xml.count(b"mergeCell") > MERGED_RANGES else 0
    if merged > MERGED_RANGES:
        return Text(
            f"có {format_count(merged)} vùng ô gộp, quá giới hạn {format_count(MERGED_RANGES)}",
            f"it has {merged:,} merged ranges, more than {MERGED_RANGES:,}",
        )
    return too_far(_xml_reach([xml]), len(xml)) if any(odd.search(xml) for odd in _ODD) else None


def large_xml_reaches_too_far(archive: zipfile.ZipFile, part: str) -> Text | None:
    """Say the same of a sheet too large to be held in memory: within column Z no number of rows is too many."""
    entry = archive.getinfo(part)
    if not _has_odd_column(decompressed(archive, entry)):
        return None
    with archive.open(part) as stream:
        return too_far(_xml_reach(stretches(stream)), entry.file_size)


def _has_odd_column(xml: Iterator[bytes]) -> bool:
    """Look through one piece while the next one is decompressed, which lets go of the interpreter."""
    rest = b""
    following = Background(partial(next, xml, b""))
    while piece := following.result():
        following = Background(partial(next, xml, b""))
        piece = rest + piece
        # The last tag may be torn: it is looked at again with the next piece.
        cut = max(piece.rfind(b"<c"), 0)
        if _ODD_COLUMN.search(piece, 0, cut) or (b":" in piece and _PREFIXED.search(piece)):
            following.result()
            return True
        rest = piece[cut:]
    return _ODD_COLUMN.search(rest) is not None


def content_reaches_too_far(xml: bytes) -> Text | None:
    """Say why the content.xml of an .ods is not parsed: rows and cells may be repeated there by a number."""
    reach, row, column, repeated = Reach(), 0, 0, 1
    for tag, attributes in _OPEN_TAG.findall(xml):
        if tag == b"table":
            row, column, repeated = 0, 0, 0
        elif tag == b"table-row":
            row, column, repeated = row + repeated, 0, _number(_ROWS_REPEATED, attributes)
        else:
            column += _number(_COLUMNS_REPEATED, attributes)
            # LibreOffice fills every sheet to its end with one repeated empty row: only a value makes rows count.
            if b"office:value" in attributes or b"office:string-value" in attributes:
                reach = reach.with_cell(row + repeated - 1, column - 1)
    return too_far(reach, len(xml))


def too_far(reach: Reach, size: int) -> Text | None:
    """Say that a rectangle of cells is too large as such, or for the size of the XML that it stands in."""
    if reach.cells <= min(CELLS, SPARSE_CELLS + size):
        return None
    last = cell_name(reach.row, reach.column)
    return Text(
        f"số liệu trải tới ô {last} ({format_count(reach.cells)} ô) mà hầu hết là ô trống; hãy mở bằng Excel, "
        "xóa các dòng và cột thừa ở ngoài biểu rồi lưu lại",
        f"values reach to cell {last} ({reach.cells:,} cells), nearly all of them empty; open it in Excel, delete the "
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


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return int(match.group(1)) if match else 1


def _xml_reach(xml: Iterable[bytes]) -> Reach:
    """Follow rows and cells as calamine does: what does not say where it is stands after what came before."""
    reach, row, column = Reach(), -1, -1
    for tag, attributes in _tags(xml):
        if tag == b"row":
            match = _ROW.search(attributes)
            row, column = int(match.group(1)) - 1 if match else row + 1, -1
        elif tag == b"c":
            place = _CELL.search(attributes)
            # A cell need not say where it is; calamine counts on from the one before, and so must this.
            column = column_index(place.group(1).decode().upper()) if place else column + 1
            row = int(place.group(2)) - 1 if place else row
        else:
            reach = reach.with_cell(row, column)
    return reach


def _tags(xml: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for stretch in xml:
        for match in _TAG.finditer(stretch):
            yield match.group(1), match.group(2) or b""


def binary_reaches_too_far(content: bytes) -> Text | None:
    """Say why a sheet of an .xlsb is not parsed."""
    from thidua_cli.read.biff12 import records  # late: few workbooks are .xlsb

    reach, row = Reach(), -1
    for kind, body in records(content):
        if kind == _ROW_HEADER:
            row = int.from_bytes(body[:4], "little")
        elif kind in _CELL_RECORDS:
            reach = reach.with_cell(row, int.from_bytes(body[:4], "little"))
    return too_far(reach, len(content))
