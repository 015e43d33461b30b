"""The ZIP archive of a workbook: no part is decompressed beyond what it claims, and one that holds more is damaged.

A small archive is held in memory whole: each of its parts is decompressed once, however often it is read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import Final, TypeVar, cast

from thidua_cli.read.limits import MB

HELD_BYTES: Final = MB
"""A workbook up to this size is read from the disk once, as a whole."""
_KEPT_BYTES: Final = 4 * MB
"""All parts together that are kept once they are decompressed."""
LOCAL_HEADER_BYTES: Final = 30
"""Bytes of a local file header before the name (APPNOTE 4.3.7)."""
_ALIKE_BYTES: Final = 1 << 15
"""Of a part that may be the same in many files."""
_ALIKE_KEPT: Final = 64
_ONE_FILE_ALONE: Final = ("xl/worksheets/", "xl/sharedStrings", "docProps/")
"""Parts that hardly two files have in common."""
_CHUNK: Final = 1 << 22
_COMPRESSED: Final = 1 << 18
ORDINARY_FLAGS: Final = 0x80E
"""How hard it was compressed, sizes behind the data, names in UTF-8: nothing that changes how a part is read."""


_Look = TypeVar("_Look", bound=Callable[..., object])


def kept_of_alike(look: _Look) -> _Look:
    """Keep what is found in small parts: styles and lists of sheets are the same in all files of one program."""
    kept = lru_cache(maxsize=_ALIKE_KEPT)(look)

    def looked(*parts: bytes) -> object:
        return kept(*parts) if max(map(len, parts)) <= _ALIKE_BYTES else look(*parts)

    return cast("_Look", wraps(look)(looked))


def decompressed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the content of a part in pieces of some megabytes, never empty, and never more than it claims.

    Raises:
        BadZipFile, EOFError, zlib.error: The archive is damaged, or the part holds more than it claims.
    """
    if entry.compress_type != zipfile.ZIP_DEFLATED or archive.fp is None:
        with archive.open(entry) as stream:
            yield from iter(lambda: stream.read(_CHUNK), b"")
        return
    source = archive.fp
    source.seek(entry.header_offset)
    header = source.read(LOCAL_HEADER_BYTES)
    place = source.tell() + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    inflate, left, claimed = zlib.decompressobj(-zlib.MAX_WBITS), entry.compress_size, entry.file_size
    while left > 0 and not inflate.eof:
        source.seek(place)  # another part may be read between two pieces
        compressed = source.read(min(left, _COMPRESSED))
        if not compressed:
            raise EOFError
        left, place = left - len(compressed), place + len(compressed)
        while compressed and not inflate.eof:
            piece = inflate.decompress(compressed, _CHUNK)
            claimed -= len(piece)
            if claimed < 0:
                raise _damaged(entry)
            if piece:
                yield piece
            compressed = inflate.unconsumed_tail


class CountedArchive(zipfile.ZipFile):
    """As `zipfile.ZipFile`, which decompresses a whole part before it looks at what the part claims."""

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """Return the content of a part.

        Raises:
            BadZipFile, EOFError, zlib.error: The archive is damaged; as `zipfile` finds it.
        """
        entry = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            return super().read(entry, pwd)
        self.open(name, pwd=pwd).close()  # knows what is wrong with the part's own header
        part = b"".join(decompressed(self, entry))
        if zlib.crc32(part) != entry.CRC:
            raise _damaged(entry)
        return part


def _damaged(entry: zipfile.ZipInfo) -> zipfile.BadZipFile:
    """Return the error of a part that is not what it claims, in the words of `zipfile`."""
    return zipfile.BadZipFile(f"Bad CRC-32 for file {entry.filename!r}")


class HeldArchive(CountedArchive):
    """An archive in memory; faster for small parts, which `zipfile` takes longer to set up than to decompress."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))
        self.content: Final = content
        self._kept: dict[zipfile.ZipInfo, bytes] = {}
        self._kept_bytes = 0
        places = sorted(entry.header_offset for entry in self.filelist)
        # Entries of a crafted archive may share bytes, so that it unpacks to many times what it holds.
        self._ends = dict(zip(places, [*places[1:], len(content)], strict=True))

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """Return the content of a part.

        Raises:
            BadZipFile, EOFError, zlib.error: The archive is damaged; as `zipfile` finds it.
        """
        entry = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        part = self._kept.get(entry)
        if part is None:
            part = self._inflated(entry)
            if part is None:
                return super().read(name, pwd)  # knows what to say of it
            if self._kept_bytes + len(part) <= _KEPT_BYTES:
                self._kept[entry] = part
                self._kept_bytes += len(part)
        return part

    def _inflated(self, entry: zipfile.ZipInfo) -> bytes | None:
        """Return a part that is sound and stored in the ordinary way; None where anything is odd about it."""
        compressed = self._compressed(entry)
        if compressed is None or entry.compress_type != zipfile.ZIP_DEFLATED:
            return None
        is_small = max(entry.file_size, len(compressed)) <= _ALIKE_BYTES  # both are kept
        if not is_small or entry.orig_filename.startswith(_ONE_FILE_ALONE):
            part, is_larger = _unpacked(compressed, entry.file_size, entry.CRC)
        else:
            part, is_larger = _unpacked_before(compressed, entry.file_size, entry.CRC)
        if is_larger:
            raise _damaged(entry)
        return part

    def _compressed(self, entry: zipfile.ZipInfo) -> bytes | None:
        """Return the bytes of a part as they are stored, where its own header agrees with the table of contents."""
        start, name = entry.header_offset, entry.orig_filename
        header = self.content[start : start + LOCAL_HEADER_BYTES]
        is_ordinary = header.startswith(b"PK\x03\x04") and not entry.flag_bits & ~ORDINARY_FLAGS
        if len(header) < LOCAL_HEADER_BYTES or not is_ordinary or not name.isascii():
            return None
        named = start + LOCAL_HEADER_BYTES + int.from_bytes(header[26:28], "little")
        first = named + int.from_bytes(header[28:30], "little")
        last = first + entry.compress_size
        if self.content[start + LOCAL_HEADER_BYTES : named] != name.encode("ascii") or last > self._ends.get(start, 0):
            return None  # another name, or parts that lie over each other
        return self.content[first:last]


def _unpacked(compressed: bytes, size: int, crc: int) -> tuple[bytes | None, bool]:
    """Return a part that is what it claims, or None; and whether it holds more than it claims."""
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        # One byte beyond the claim tells a part that lies about its size; the rest of it is never unpacked.
        part = inflate.decompress(compressed, size + 1)
    except zlib.error:
        return None, False
    is_whole = inflate.eof and len(part) == size and zlib.crc32(part) == crc
    return part if is_whole else None, len(part) > size


_unpacked_before: Final = lru_cache(maxsize=_ALIKE_KEPT)(_unpacked)
