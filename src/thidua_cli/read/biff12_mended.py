"""An .xlsb with every cell record in full: calamine passes over the short ones that the npm package xlsx writes.

A short record (types 12 to 18) is the full one (1 to 7) without its column: it stands in the next column of its row.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Final

from thidua_cli.read.archive import CountedArchive
from thidua_cli.read.biff12 import binary_sheet_parts, records
from thidua_cli.read.limits import MENDED_BYTES

_ROW: Final = 0
_FULL: Final = range(1, 12)
_SHORT: Final = range(12, 19)
_SHORTER: Final = 11
"""How much a short record's type is above that of the full one."""
_LOOKED_AT: Final = 5_000
"""Records of a sheet among which a writer of short ones has written one."""
_COLUMNS: Final = 16_384


def with_full_cells(content: bytes) -> bytes | None:
    """Return an .xlsb with full records alone; None where it has no others, or is too large to try.

    Raises:
        BadZipFile, zlib.error: The archive is damaged.
    """
    with CountedArchive(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MENDED_BYTES:
            return None
        sheets = {part: archive.read(part) for part in binary_sheet_parts(archive).values()}
        written = {part: _full_sheet(sheet) for part, sheet in sheets.items() if _has_short(sheet)}
        if not written:
            return None
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as full:
            for entry in archive.infolist():
                full.writestr(entry.filename, written.get(entry.filename) or archive.read(entry))
        return target.getvalue()


def _has_short(sheet: bytes) -> bool:
    return any(kind in _SHORT for kind, _ in islice(records(sheet), _LOOKED_AT))


def _full_sheet(sheet: bytes) -> bytes:
    return b"".join(_stored(kind, body) for kind, body in _full_records(sheet))


def _full_records(sheet: bytes) -> Iterator[tuple[int, bytes]]:
    column = -1
    for kind, body in records(sheet):
        if kind == _ROW:
            column = -1
        elif kind in _FULL:
            column = int.from_bytes(body[:4], "little")
        elif kind in _SHORT:
            column += 1
            if column < _COLUMNS:  # beyond them there is no cell
                yield kind - _SHORTER, column.to_bytes(4, "little") + body
            continue
        yield kind, body


def _stored(kind: int, body: bytes) -> bytes:
    """Return a record as it is stored: seven bits a byte for its type and for its length."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = len(body), b""
    while length > 0x7F:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return head + size + bytes([length]) + body
