"""The stream of a workbook inside an old compound file (MS-CFB), to look at what calamine hides of an .xls."""

from __future__ import annotations

import struct
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

_HEADER: Final = struct.Struct("<30xHH14xI4xIIIII")
_HEADER_BYTES: Final = 512
_ENTRY: Final = 128
_NO_SECTOR: Final = 0xFFFFFFFA
"""Numbers from here on are no sectors: free, end of a chain, or of the tables themselves."""
_STREAM: Final = 2
_NAMES: Final = ("Workbook", "Book")


def workbook_stream(content: bytes) -> bytes:
    """Return the records of an .xls; empty where the file holds none or is damaged, which calamine then says."""
    return stream_of(content, _NAMES)


def stream_of(content: bytes, names: Collection[str]) -> bytes:
    """Return the first stream of one of these names; empty where there is none or the file is damaged."""
    sectors = _sectors(content, names)
    return b"".join(content[place : place + sectors.size] for place in sectors.places)[: sectors.length]


def with_bytes(content: bytes, changes: Mapping[int, bytes]) -> bytes:
    """Return an .xls with other bytes in the stream of its workbook, by their place in the stream."""
    sectors = _sectors(content, _NAMES)
    changed = bytearray(content)
    for start, values in changes.items():
        for place, value in enumerate(values, start):
            # a record may break off at the end of a sector and go on anywhere; a file that was cut short ends before it
            sector = place // sectors.size
            there = sectors.places[sector] + place % sectors.size if sector < len(sectors.places) else len(changed)
            if there < len(changed):
                changed[there] = value
    return bytes(changed)


class _Sectors(NamedTuple):
    """Where a stream lies in its file: pieces of one size, the last of which may be filled in part."""

    size: int
    places: list[int]
    length: int


_NOWHERE: Final = _Sectors(1, [], 0)


def _sectors(content: bytes, names: Collection[str]) -> _Sectors:
    if len(content) < _HEADER_BYTES:
        return _NOWHERE
    shift, small_shift, directory, cutoff, small_table, _, more, more_count = _HEADER.unpack_from(content)
    if not (7 <= shift <= 16 and 4 <= small_shift <= shift):
        return _NOWHERE
    size = 1 << shift
    # the header takes the place of the first sector
    table = _allocation_table(content, size, more, more_count)
    entries = _chain(content, size, directory, table)
    stream = _entry(entries, names)
    if stream is None:
        return _NOWHERE
    start, length = stream
    if length >= cutoff:
        return _Sectors(size, [size + number * size for number in _numbers_of(start, table)], length)
    # A shorter stream lies in small sectors, which are cut out of the stream of the root.
    small_size, small = 1 << small_shift, _numbers(_chain(content, size, small_table, table))
    root = _numbers_of(int.from_bytes(entries[116:120], "little"), table)
    places = [number * small_size for number in _numbers_of(start, small)]
    within = [size + root[place // size] * size + place % size for place in places if place // size < len(root)]
    return _Sectors(small_size, within, length)


def _entry(entries: bytes, names: Collection[str]) -> tuple[int, int] | None:
    """Return the first sector and the length of a stream, from the entries of the directory."""
    for offset in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length = int.from_bytes(entries[offset + 64 : offset + 66], "little")
        name = entries[offset : offset + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        # The directory names folders as well: only a stream can hold a workbook.
        if name in names and entries[offset + 66] == _STREAM:
            start, size = struct.unpack_from("<II", entries, offset + 116)
            return start, size
    return None


def _allocation_table(content: bytes, size: int, more: int, more_count: int) -> list[int]:
    """Return sector → the next one of its chain, from the sectors that the header and its continuations list."""
    listed = _numbers(content[76:_HEADER_BYTES])
    # A damaged count must not keep us here: there are no more tables than sectors.
    for _ in range(min(more_count, len(content) // size)):
        *numbers, more = _numbers(_sector(content, size, size, more)) or [_NO_SECTOR]
        listed += numbers
        if more >= _NO_SECTOR:
            break
    real = dict.fromkeys(number for number in listed if number < len(content) // size)
    return [following for number in real for following in _numbers(_sector(content, size, size, number))]


def _chain(content: bytes, size: int, start: int, table: list[int]) -> bytes:
    """Return the sectors of a chain one after the other."""
    return b"".join(_sector(content, size, size, number) for number in _numbers_of(start, table))


def _numbers_of(start: int, table: list[int]) -> list[int]:
    """Return the numbers of the sectors of a chain; one that runs in a circle ends."""
    numbers: list[int] = []
    sector = start
    while sector < len(table) and len(numbers) < len(table):
        numbers.append(sector)
        sector = table[sector]
    return numbers


def _sector(content: bytes, size: int, offset: int, number: int) -> bytes:
    start = offset + number * size
    return content[start : start + size]


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))
