"""A part of a workbook in pieces, faster than `zipfile` gives it: the checksum is left to the reading proper."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

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
