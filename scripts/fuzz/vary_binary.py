"""Binary workbooks: records of .xls and .xlsb, and the sectors of the compound file that holds an .xls."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Final

import xlwt

from fuzz.edges import SOME, TIMES, edge, field, with_field
from thidua_cli.read.compound_file import workbook_stream

_KINDS_8: Final = (
    *(0x0006, 0x0017, 0x0018, 0x002F, 0x003C, 0x0042, 0x007D, 0x0085, 0x00BD, 0x00BE, 0x00E0, 0x00E5, 0x00FC, 0x00FD),
    *(0x0200, 0x0203, 0x0204, 0x0205, 0x0207, 0x0208, 0x027E, 0x041E, 0x0809),
)
"""Records of cells, sheets, formats and texts, by MS-XLS 2.3."""
_KINDS_12: Final = (0, 1, 2, 3, 5, 6, 7, 8, 19, 39, 60, 129, 131, 145, 146, 148, 153, 156, 159, 176, 177, 362)
"""By MS-XLSB 2.3."""
_WIDTHS_8: Final = {
    0x0085: (4, 1, 1, 1, 1, 4),
    0x00BE: (2, 2, 2, 2, 2),
    0x00E5: (2, 2, 2, 2, 2),
    0x00FC: (4, 4, 2, 1, 1),
    0x00FD: (2, 2, 2, 4),
    0x0200: (4, 4, 2, 2, 2),
    0x0203: (2, 2, 2, 8),
    0x0208: (2, 2, 2, 2, 4, 4),
}
"""Sheet, cells, merged ranges, texts, extent and row: the widths of their fields, by MS-XLS 2.4."""
_WIDTHS_12: Final = {0: (4, 4, 2, 2, 1, 4), 5: (4, 4, 8), 7: (4, 4, 4), 148: (4,) * 4, 159: (4, 4), 176: (4,) * 4}
"""Row, cells, extent, texts and merged range, by MS-XLSB 2.4."""
_BEGIN, _SHEET = 0x0809, 0x0085
_HEADER_FIELDS: Final = (24, 26, 30, 32, 40, 44, 48, 56, 60, 64, 68, 72)
_ENTRY_FIELDS: Final = (64, 66, 68, 72, 76, 116, 120, 124)
"""Of the header and of one entry of the directory, by MS-CFB 2.2 and 2.6.1."""
_ALLOCATION: Final = 76
_ENTRY: Final = 128
_SIZES: Final = (0, 2, 8, 14, 30, 200)

Record = tuple[int, bytes, int]
"""Kind, body, and the length that is written before it."""


def records_varied_8(random: Random, workbook: bytes) -> bytes:
    """Return an .xls with some records of its stream changed; sheets mostly are where the workbook says they are."""
    records = _varied(random, list(_records_8(workbook_stream(workbook))), _KINDS_8, _WIDTHS_8)
    pieces = [struct.pack("<HH", kind % 65_536, length % 65_536) + body for kind, body, length in records]
    if random.random() < 0.8:
        _point_to_sheets(records, pieces)
    target = io.BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(target, b"".join(pieces))
    return target.getvalue()


def _point_to_sheets(records: Sequence[Record], pieces: list[bytes]) -> None:
    """Let each sheet's record in the workbook name the place of its first record."""
    starts = [0, *accumulate(map(len, pieces))]
    sheets = [starts[number] for number, (kind, _, _) in enumerate(records) if kind == _BEGIN][1:]
    named = [number for number, (kind, body, _) in enumerate(records) if kind == _SHEET and len(body) >= 4]
    for number, place in zip(named, sheets, strict=False):
        pieces[number] = pieces[number][:4] + struct.pack("<I", place) + pieces[number][8:]


def records_varied_12(random: Random, part: bytes) -> bytes:
    """Return a part of an .xlsb with some of its records changed."""
    records = _varied(random, list(_records_12(part)), _KINDS_12, _WIDTHS_12)
    return b"".join(_variable(kind, 2) + _variable(length, 4) + body for kind, body, length in records)


def sectors_varied(random: Random, workbook: bytes) -> bytes:
    """Return a compound file with other numbers in its header, allocations and directory, or cut short."""
    size = 1 << struct.unpack_from("<H", workbook, 30)[0]
    tables = [sector for sector in struct.unpack_from("<109I", workbook, _ALLOCATION) if sector < len(workbook) // size]
    directory = size * (1 + struct.unpack_from("<I", workbook, 48)[0])
    for _ in range(random.choice(SOME)):
        place, width = random.choice(
            (
                (offset := random.choice(_HEADER_FIELDS), 2 if offset < 40 else 4),
                (_ALLOCATION + 4 * random.randrange(109), 4),
                (size * (1 + random.choice(tables)) + 4 * random.randrange(size // 4), 4),
                (size * (1 + random.choice(tables)) + 4 * random.randrange(min(size // 4, len(workbook) // size)), 4),
                (directory + _ENTRY * random.randrange(4) + random.choice(_ENTRY_FIELDS), 4),
            )
        )
        near = random.randrange(len(workbook) // size + 2).to_bytes(4, "little")[:width]
        number = near if random.random() < 0.5 else field(random, width)
        workbook = workbook[:place] + number + workbook[place + width :]
    return workbook[: random.randrange(len(workbook))] if random.random() < 0.15 else workbook


def _varied(
    random: Random, records: list[Record], kinds: Sequence[int], widths: Mapping[int, Sequence[int]]
) -> list[Record]:
    for _ in range(random.choice(SOME)):
        if not records:
            break
        telling = [number for number, (kind, _, _) in enumerate(records) if kind in kinds]
        place = random.choice(telling or range(len(records)))
        kind, body, length = records[place]
        way = random.randrange(10)
        if way < 3 and body:
            width = random.choice((1, 2, 2, 4))
            body = with_field(random, body, random.randrange(len(body)) // 2 * 2, width)[: len(body)]
            records[place] = (kind, body, length)
        elif way == 3:
            records[place] = (kind, body, random.choice((0, 1, len(body) + 1, edge(random))))
        elif way == 4:
            records[place : place + 1] = [records[place]] * random.choice(TIMES)
        elif way == 5:
            made = random.randbytes(random.choice(_SIZES))
            records.insert(place, (random.choice(kinds), made, len(made)))
        elif way < 8:
            records[place:place] = [_of_odd_numbers(random, widths)] * random.choice((1, 1, *TIMES))
        elif way == 8:
            other = random.randrange(len(records))
            records[place], records[other] = records[other], records[place]
        else:
            del records[place]
    return records


def _of_odd_numbers(random: Random, widths: Mapping[int, Sequence[int]]) -> Record:
    """Return a record whose fields are as wide as its kind has them, and hold numbers at edges or of a small table."""
    kind = random.choice(list(widths))
    body = b"".join(
        random.randrange(8).to_bytes(width, "little") if random.random() < 0.4 else field(random, width)
        for width in widths[kind]
    )
    return kind, body, len(body)


def _records_8(stream: bytes) -> Iterator[Record]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length], length
        place += 4 + length


def _records_12(part: bytes) -> Iterator[Record]:
    place = 0
    while place < len(part):
        kind, place = _number(part, place, 2)
        length, place = _number(part, place, 4)
        yield kind, part[place : place + length], length
        place += length


def _number(part: bytes, place: int, most: int) -> tuple[int, int]:
    """Return a number of up to so many bytes, seven bits in each, and the place behind it."""
    value = 0
    for shift in range(most):
        byte = part[place] if place < len(part) else 0
        value, place = value | (byte & 0x7F) << 7 * shift, place + 1
        if byte < 0x80:
            break
    return value, place


def _variable(value: int, most: int) -> bytes:
    written = bytearray()
    for _ in range(most - 1):
        if value < 0x80:
            break
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(written) + bytes([value & 0x7F])
