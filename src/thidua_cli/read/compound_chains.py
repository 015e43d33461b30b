"""Whether a compound file (MS-CFB) can hold what it says of itself, found before a library follows it.

Looked at is what is ever followed: the tables of sectors, the directory, and the streams of the workbook. Streams that
nobody reads may be damaged.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Final

from thidua_cli.language import Text
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.compound_file import ENTRY, HEADER, HEADER_BYTES, NO_SECTOR, STREAM, entry_name, numbers, sector_at

STREAMS: Final = ("Workbook", "Book", "WORKBOOK", "BOOK", "EncryptionInfo", "EncryptedPackage")
"""What is ever read of a compound file."""
_WORKBOOKS: Final = STREAMS[:4]
_SHIFTS: Final = ((9, 6), (12, 6))
"""Sizes of sectors and of small ones, as powers of 2."""
_SMALL_STREAM: Final = 4096
"""A shorter stream lies in small sectors."""
_SMALL_SECTOR: Final = 64
_END: Final = 0xFFFFFFFE
_NO_TABLE: Final = 0xFFFFFFFC
_HARMLESS_TABLES: Final = 1 << 20
"""What a header may claim of tables though the file holds fewer: 4 MB of memory at most."""
_SMALL_TABLES: Final = 4_096
"""Tables of small sectors, which then are 32 MB in pieces of 64 bytes; a workbook has one or two."""
_LENGTHS: Final = {9: "<I", 12: "<Q"}
_CIRCLE: Final = Text(
    "sổ tính bị hỏng hoặc bị cắt cụt (bảng vị trí các phần chạy vòng hoặc chỉ ra ngoài tệp); hãy mở bằng Excel rồi lưu "
    "lại dạng .xlsx, hoặc xin lại tệp",
    "the workbook is damaged or cut short (its table of sectors runs in a circle or leads out of the file); open it in "
    "Excel and save it as .xlsx, or ask for the file again",
)
_CLAIM: Final = Text(
    "sổ tính bị hỏng hoặc bị cắt cụt (phần đầu tệp khai nhiều hơn những gì tệp chứa); hãy mở bằng Excel rồi lưu lại "
    "dạng .xlsx, hoặc xin lại tệp",
    "the workbook is damaged or cut short (its header claims more than the file holds); open it in Excel and save it "
    "as .xlsx, or ask for the file again",
)


class _File(NamedTuple):
    """A compound file as its readers see it."""

    content: bytes
    shift: int
    table: list[int]
    """Sector → the next one of its chain."""
    is_plain: bool
    """Every part of the table is in the file, and listed once."""

    @property
    def sectors(self) -> int:
        """How many sectors the file has room for."""
        return len(self.content) >> self.shift

    def chain(self, start: int, length: int | None = None) -> list[int] | None:
        """Return the sectors of a chain up to its end, or until they hold `length` bytes; None of one that never ends.

        One that leads out of the file, or goes on beyond the table, has no end either.
        """
        enough = self.sectors + 2 if length is None else -(-length // (1 << self.shift))
        return chain_of(start, self.table, enough, self.sectors)

    def joined(self, sectors: list[int]) -> bytes:
        """Return the content of a chain."""
        size = 1 << self.shift
        return b"".join(sector_at(self.content, size, number) for number in sectors)


def compound_fault(content: bytes) -> Text | None:
    """Say what is wrong with a compound file; None where nothing is, or where every reader says so at once."""
    if len(content) < HEADER_BYTES:
        return None
    shift, small_shift, directory, _, small_table, small_tables, more, _ = HEADER.unpack_from(content)
    if (shift, small_shift) not in _SHIFTS:
        return None
    sectors = len(content) >> shift
    (tables,) = struct.unpack_from("<I", content, 44)
    if tables > max(sectors, _HARMLESS_TABLES) or small_tables > min(sectors, _SMALL_TABLES):
        return _CLAIM
    file = _file(content, shift, more)
    entries = file.chain(directory) if file is not None else None
    if file is None or entries is None:
        return _CIRCLE
    return None if _streams_are_sound(file, file.joined(entries), small_table, small_tables) else _CIRCLE


def is_ordinary(content: bytes) -> bool:
    """Say whether every reader takes the same stream for the workbook."""
    if len(content) < HEADER_BYTES:
        return False
    shift, _, directory, small_stream, *_, more, _ = HEADER.unpack_from(content)
    file = _file(content, shift, more) if shift in _LENGTHS else None
    # A table that is listed twice, or not in the file, is passed over by one reader and counted by another.
    if file is None or small_stream != _SMALL_STREAM or not file.is_plain:
        return False
    entries = file.joined(file.chain(directory) or [])
    kinds = [entries[place + 66] for place, name in _named(entries) if name in _WORKBOOKS]
    return kinds == [STREAM]


def _file(content: bytes, shift: int, more: int) -> _File | None:
    """Return a file with the table of its sectors; None where that has no end, or more parts than the file."""
    size = 1 << shift
    listed = _listed(content, size, more)
    if listed is None or len(listed) > len(content) // size + 1:
        return None
    table = [following for number in listed for following in numbers(sector_at(content, size, number))]
    is_plain = len(set(listed)) == len(listed) and max(listed, default=0) < len(content) // size
    return _File(content, shift, table, is_plain)


def _listed(content: bytes, size: int, more: int) -> list[int] | None:
    """Return the sectors of the table, from the header and the sectors that continue its list; None of a circle."""
    listed = numbers(content[76:HEADER_BYTES])
    for _ in range(len(content) // size + 1):
        if more >= NO_SECTOR:
            return [number for number in listed if number < _NO_TABLE]
        *further, more = numbers(sector_at(content, size, more)) or [more]
        if not further:
            return None
        listed += further
    return None


def _streams_are_sound(file: _File, entries: bytes, small_table: int, small_tables: int) -> bool:
    small: list[int] = []
    if small_tables and len(entries) >= ENTRY:
        start, length = _extent(file, entries, 0)
        chain = file.chain(small_table, small_tables << file.shift)
        if chain is None or file.chain(start, length) is None:
            return False
        small = numbers(file.joined(chain))
    for place, name in _named(entries):
        if name not in STREAMS:
            continue
        start, length = _extent(file, entries, place)
        if length >= _SMALL_STREAM:
            chain = file.chain(start, length)
        else:
            most = (file.sectors << file.shift) // _SMALL_SECTOR
            chain = chain_of(start, small, -(-length // _SMALL_SECTOR), most)
        if chain is None:
            return False
    return True


def _named(entries: bytes) -> Iterator[tuple[int, str]]:
    """Yield the place and the name of every entry of a directory."""
    for place in range(0, len(entries) - ENTRY + 1, ENTRY):
        yield place, entry_name(entries, place)


def _extent(file: _File, entries: bytes, place: int) -> tuple[int, int]:
    """Return the first sector of a stream, and the length that is claimed for it."""
    (start,) = struct.unpack_from("<I", entries, place + 116)
    (length,) = struct.unpack_from(_LENGTHS[file.shift], entries, place + 120)
    return start, length


def chain_of(start: int, table: Sequence[int], enough: int, last: int) -> list[int] | None:
    """Follow a chain to its end, or for as many sectors as are enough; None where it has no end up to sector `last`.

    `enough` may be more than there are sectors: then a chain of so many runs in a circle.
    """
    chain: list[int] = []
    sector = start
    while sector != _END and len(chain) < max(enough, 1):
        if sector > last or len(chain) > last:
            return None
        chain.append(sector)
        if len(chain) < enough:
            if sector >= len(table):
                return None
            sector = table[sector]
    return chain
