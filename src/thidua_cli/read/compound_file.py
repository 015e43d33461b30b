"""The stream of a workbook inside an old compound file (MS-CFB), to look at what calamine hides of an .xls."""

from __future__ import annotations

import struct
from collections.abc import Collection, Mapping
from typing import Final

from thidua_cli.named_tuple import NamedTuple

HEADER: Final = struct.Struct("<30xHH14xI4xIIIII")
HEADER_BYTES: Final = 512
ENTRY: Final = 128
NO_SECTOR: Final = 0xFFFFFFFA
"""Numbers from here on are no sectors: free, end of a chain, or of the tables themselves."""
STREAM: Final = 2
_NAMES: Final = ("Workbook", "Book", "WORKBOOK", "BOOK")
"""The first that is there holds the workbook: some programs write a second one for Excel 5."""


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
    if len(content) < HEADER_BYTES:
        return _NOWHERE
    shift, small_shift, directory, cutoff, small_table, _, more, more_count = HEADER.unpack_from(content)
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
    small_size, small = 1 << small_shift, numbers(_chain(content, size, small_table, table))
    root = _numbers_of(int.from_bytes(entries[116:120], "little"), table)
    places = [number * small_size for number in _numbers_of(start, small)]
    within = [size + root[place // size] * size + place % size for place in places if place // size < len(root)]
    return _Sectors(small_size, within, length)


def _entry(entries: bytes, names: Collection[str]) -> tuple[int, int] | None:
    """Return the first sector and the length of a stream, from the entries of the directory."""
    places = range(0, len(entries) - ENTRY + 1, ENTRY)
    for wanted in names:
        for place in places:
            # The directory names folders as well: only a stream can hold a workbook.
            if entries[place + 66] == STREAM and entry_name(entries, place) == wanted:
                start, size = struct.unpack_from("<II", entries, place + 116)
                return start, size
    return None


def entry_name(entries: bytes, place: int) -> str:
    """Return the name of an entry of the directory."""
    return entries[place : place + 64].decode("utf-16-le", "replace").partition("\0")[0]


def _allocation_table(content: bytes, size: int, more: int, more_count: int) -> list[int]:
    """Return sector → the next one of its chain, from the sectors that the header and its continuations list."""
    listed = numbers(content[76:HEADER_BYTES])
    # A damaged count must not keep us here: there are no more tables than sectors.
    for _ in range(min(more_count, len(content) // size)):
        *further, more = numbers(sector_at(content, size, more)) or [NO_SECTOR]
        listed += further
        if more >= NO_SECTOR:
            break
    real = dict.fromkeys(number for number in listed if number < len(content) // size)
    return [following for number in real for following in numbers(sector_at(content, size, number))]


def _chain(content: bytes, size: int, start: int, table: list[int]) -> bytes:
    """Return the sectors of a chain one after the other."""
    return b"".join(sector_at(content, size, number) for number in _numbers_of(start, table))


def _numbers_of(start: int, table: list[int]) -> list[int]:
    """Return the numbers of the sectors of a chain; one that runs in a circle ends."""
    chain: list[int] = []
    sector = start
    while sector < len(table) and len(chain) < len(table):
        chain.append(sector)
        sector = table[sector]
    return chain


def sector_at(content: bytes, size: int, number: int) -> bytes:
    """Return a sector; the header takes the place of the first one."""
    start = size + number * size
    return content[start : start + size]


def numbers(content: bytes) -> list[int]:
    """Return the 32-bit numbers of a sector."""
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))
