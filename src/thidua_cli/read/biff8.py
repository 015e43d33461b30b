"""What calamine hides in an .xls (BIFF8, MS-XLS), found in one pass over the records of the workbook.

Error cells, hidden rows and columns, and formulas that a writing library left uncalculated.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from thidua_cli.read.biff8_marks import marked_cells, marks_of_records, worded_cells
from thidua_cli.read.compound_file import workbook_stream
from thidua_cli.read.formula_tokens import excel_formula
from thidua_cli.read.grid import FaultyCell, IndexRange, SheetFacts, StoredZero
from thidua_cli.read.marked_text import MarkedText, TextMarks
from thidua_cli.read.sheet_xml import joined_ranges

UNCHECKED: Final = ("F010",)
"""Where a formula leads to is not told by its cell."""
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
_ZERO: Final = bytes(8)
_ASKS: Final = 0x03
"""Either flag that asks for calculation: xlwt sets both, Java and Perl libraries one; none of them calculates."""
_RESULT_ERROR, _RESULT_EMPTY = 2, 3
_TOKENS: Final = 22
"""Where the tokens of a formula begin, behind their length."""


def sheets_facts(content: bytes) -> dict[str, SheetFacts]:
    """Return what calamine does not say of each sheet, by its name; nothing where the file is damaged."""
    stream = workbook_stream(content)
    names = dict(_sheets(stream))
    marks = marks_of_records(list(_records(stream, 0)))
    return {name: _facts(stream, start, marks) for start, name in names.items()}


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


def _facts(stream: bytes, start: int, marks: TextMarks | None) -> SheetFacts:
    marked: dict[tuple[int, int], MarkedText] = {}
    worded: dict[tuple[int, int], str] = {}
    faults: dict[tuple[int, int], FaultyCell] = {}
    zeros: dict[tuple[int, int], StoredZero] = {}
    calculated: set[int] = set()
    rows: list[IndexRange] = []
    columns: list[IndexRange] = []
    for kind, body in _records(stream, start):
        if marks is not None:
            marked |= marked_cells(kind, body, marks)
            worded |= worded_cells(kind, body, marks.worded_styles)
        if kind in (_FORMULA, _BOOL_OR_ERROR):
            fault = _fault(kind, body)
            if fault is not None:
                faults[fault.row, fault.column] = fault
            elif kind == _FORMULA and len(body) >= _TOKENS:
                _take_result(body, zeros, calculated)
        # 0x20 is fDyZero: a filter sets it as well as a hand that hides the row.
        elif kind == _ROW and len(body) >= 14 and body[12] & 0x20:
            row = int.from_bytes(body[:2], "little")
            rows.append(IndexRange(row, row))
        elif kind == _COLUMNS and len(body) >= 10 and body[8] & 0x01:
            columns.append(IndexRange(*struct.unpack_from("<HH", body)))
    return SheetFacts(
        faults,
        hidden_rows=joined_ranges(sorted(rows)),
        hidden_columns=joined_ranges(sorted(columns)),
        unchecked=UNCHECKED,
        marked=marked,
        worded=worded,
        zeros=zeros,
        calculated=frozenset(calculated),
    )


def _take_result(body: bytes, zeros: dict[tuple[int, int], StoredZero], calculated: set[int]) -> None:
    """Tell a stored 0, which may be no result at all, from a result."""
    row, column = struct.unpack_from("<HH", body)
    if body[6:14] == _ZERO:
        zeros[row, column] = StoredZero(_formula(body), asks=bool(body[14] & _ASKS))
    else:
        calculated.add(column)


def _fault(kind: int, body: bytes) -> FaultyCell | None:
    if kind == _BOOL_OR_ERROR:
        if len(body) < 8 or not body[7]:
            return None
        row, column = struct.unpack_from("<HH", body)
        return FaultyCell(row, column, ERRORS.get(body[6], "#N/A"))
    if len(body) < 16:
        return None
    row, column = struct.unpack_from("<HH", body)
    # A result that is no number ends in 0xFFFF; the byte at its beginning says what it is.
    if body[12:14] != b"\xff\xff":
        return None
    if body[6] == _RESULT_ERROR:
        return FaultyCell(row, column, ERRORS.get(body[8], "#N/A"))
    # What is understood here gives numbers alone: xlwt stores an empty text for what it does not calculate.
    return FaultyCell(row, column, "") if body[6] == _RESULT_EMPTY and _formula(body) else None


def _formula(body: bytes) -> str:
    length = int.from_bytes(body[_TOKENS - 2 : _TOKENS], "little")
    return excel_formula(body[_TOKENS : _TOKENS + length])
