"""An .xls (BIFF8) that calamine reads otherwise than every spreadsheet program, with two of its numbers set right.

The code page of a workbook has no say over its texts, which are UTF-16; older Java and Perl libraries leave 1252 there,
and calamine decodes by it. Number formats from 14 on are Excel's own dates unless the workbook defines its own under
such a number, as Gnumeric does from 50 on; calamine goes by the number, and 429 households are a day in 1901.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.biff8_marks import NUMBER_FORMAT, STYLE, format_code
from thidua_cli.read.compound_file import with_bytes, workbook_stream

_BEGIN: Final = 0x0809
_END: Final = 0x000A
_FILE_PASS: Final = 0x002F
_CODE_PAGE: Final = 0x0042
_BIFF8: Final = b"\x00\x06"
_UTF_16: Final = (1200).to_bytes(2, "little")
_FIRST_OWN: Final = 164
"""Number from which on calamine goes by what a format says."""
_NO_LETTERS_OF_DATES: Final = late_pattern(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_DATE: Final = late_pattern("[dmyhs]", re.IGNORECASE)


def with_sound_numbers(content: bytes) -> bytes | None:
    """Return an .xls as calamine reads it right; None where it does anyway."""
    stream = workbook_stream(content)
    changes = dict(_changes(stream))
    return with_bytes(content, changes) if changes else None


def _changes(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield what is to be changed, by its place in the stream."""
    records = list(_records(stream))
    if not records or stream[4:6] != _BIFF8:
        return
    if any(kind == _FILE_PASS for kind, _, _ in records):
        return  # what follows is encrypted
    numbers: set[int] = set()
    for kind, place, body in records:
        if kind == _CODE_PAGE and len(body) >= 2 and body[:2] != _UTF_16:
            yield place, _UTF_16
        elif kind == NUMBER_FORMAT and (number := int.from_bytes(body[:2], "little")) < _FIRST_OWN:
            numbers |= set() if _is_of_dates(format_code(body)) else {number}
    for kind, place, body in records:
        if kind == STYLE and int.from_bytes(body[2:4], "little") in numbers and len(body) >= 4:
            yield place + 2, bytes(2)  # of no format: the number as it is


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield the records of the workbook's globals, each with the place of its body."""
    offset = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        if (offset == 0) is not (kind == _BEGIN) or kind == _END:
            return
        body = stream[offset + 4 : offset + 4 + length]
        if len(body) < length:
            return
        yield kind, offset + 4, body
        offset += 4 + length


def _is_of_dates(code: str) -> bool:
    return _DATE.search(_NO_LETTERS_OF_DATES.sub("", code)) is not None
