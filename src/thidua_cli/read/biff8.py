"""What calamine hides in an .xls (BIFF8, MS-XLS), found in one pass over the records of the workbook.

Error cells, hidden rows and columns, and formulas that a writing library left uncalculated.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from thidua_cli.read.compound_file import workbook_stream
from thidua_cli.read.grid import FaultyCell, IndexRange, SheetFacts
from thidua_cli.read.sheet_xml import joined_ranges

UNCHECKED: Final = ("F004", "F010")
"""A formula always has a stored value here, be it the 0 of a program that calculates nothing, and where it leads to is
not told by its cell."""
_FORMULA: Final = 0x0006
_ROW: Final = 0x0208
_COLUMNS: Final = 0x007D
_BOOL_OR_ERROR: Final = 0x0205
_SHEET: Final = 0x0085
_BEGIN: Final = 0x0809
_END: Final = 0x000A
ERRORS: Final = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!"} | {
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Code of an error, in old workbooks and in .xlsb → as Excel shows it."""
_NEVER_CALCULATED: Final = bytes(8) + b"\x03\x00"
"""The value 0 and both flags that ask for calculation: what xlwt writes, which calculates nothing."""


def sheets_facts(content: bytes) -> dict[str, SheetFacts]:
    """Return what calamine does not say of each sheet, by its name; nothing where the file is damaged."""
    stream = workbook_stream(content)
    names = dict(_sheets(stream))
    return {name: _facts(stream, start) for start, name in names.items()}


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from one substream's beginning to its end; substreams inside it (charts) are passed over."""
    depth = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[int, str]]:
    """Yield where each sheet begins, and its name."""
    for kind, body in _records(stream, 0):
        if kind == _SHEET and len(body) >= 8:
            # Letters take two bytes each only where one of the name needs them: "Đông Giang" does, "Sheet1" does not.
            start, count, is_wide = struct.unpack_from("<I", body)[0], body[6], body[7] & 1
            encoding = "utf-16-le" if is_wide else "latin-1"
            yield start, body[8 : 8 + count * (1 + is_wide)].decode(encoding, "replace")


def _facts(stream: bytes, start: int) -> SheetFacts:
    faults: dict[tuple[int, int], FaultyCell] = {}
    rows: list[IndexRange] = []
    columns: list[IndexRange] = []
    for kind, body in _records(stream, start):
        if kind in (_FORMULA, _BOOL_OR_ERROR) and (fault := _fault(kind, body)) is not None:
            faults[fault.row, fault.column] = fault
        # 0x20 is fDyZero: a filter sets it as well as a hand that hides the row.
        elif kind == _ROW and len(body) >= 14 and body[12] & 0x20:
            row = int.from_bytes(body[:2], "little")
            rows.append(IndexRange(row, row))
        elif kind == _COLUMNS and len(body) >= 10 and body[8] & 0x01:
            columns.append(IndexRange(*struct.unpack_from("<HH", body)))
    return SheetFacts(faults, (), joined_ranges(sorted(rows)), joined_ranges(sorted(columns)), unchecked=UNCHECKED)


def _fault(kind: int, body: bytes) -> FaultyCell | None:
    if kind == _BOOL_OR_ERROR:
        if len(body) < 8 or not body[7]:
            return None
        row, column = struct.unpack_from("<HH", body)
        return FaultyCell(row, column, ERRORS.get(body[6], "#N/A"))
    if len(body) < 16:
        return None
    row, column = struct.unpack_from("<HH", body)
    # A result that is no number ends in 0xFFFF; the 2 says that it is an error.
    if body[12:14] == b"\xff\xff" and body[6] == 2:
        return FaultyCell(row, column, ERRORS.get(body[8], "#N/A"))
    return FaultyCell(row, column, "") if body[6:16] == _NEVER_CALCULATED else None
