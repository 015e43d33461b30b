"""What calamine hides in an .xlsb (MS-XLSB), found in one pass over the records of a sheet.

Error cells, hidden rows and columns, merged ranges.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from typing import Final

from thidua_cli.read.biff8 import ERRORS
from thidua_cli.read.formula_tokens import excel_formula
from thidua_cli.read.grid import FaultyCell, IndexRange, MergedRange, SheetFacts, StoredZero
from thidua_cli.read.limits import MERGED_RANGES
from thidua_cli.read.sheet_xml import WORKBOOK_BIN, joined_ranges, relation_targets

UNCHECKED: Final = ("F010", "F013")
"""Where a formula leads to is not told by its cell; the looks of text are not followed."""
_RELATIONS: Final = "xl/_rels/workbook.bin.rels"
_ROW: Final = 0
_ERROR_CELLS: Final = (3, 11)
"""BrtCellError and BrtFmlaError."""
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL = 8, 9, 10
_RESULT_AT: Final = 8
"""Where the result of a formula begins, behind its column and its style."""
_COLUMN: Final = 60
_SHEET: Final = 156
_CALCULATION: Final = 157
_MERGED: Final = 176


def records(content: bytes, *, is_whole: bool = False) -> Iterator[tuple[int, bytes]]:
    """Yield type and content of every record (MS-XLSB 2.1.4).

    Raises:
        ValueError: The content ends inside a record, where that `is_whole` is to be so.
    """
    offset = 0
    while offset < len(content):
        kind, offset = _variable(content, offset, 2)
        length, offset = _variable(content, offset, 4)
        if is_whole and offset + length > len(content):
            raise ValueError("a record is longer than its part")
        yield kind, content[offset : offset + length]
        offset += length


def _variable(content: bytes, offset: int, width: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, and where the next one begins."""
    number = 0
    for place in range(width):
        # A file that was cut short ends inside a record: what is missing counts as 0.
        byte = content[offset + place] if offset + place < len(content) else 0
        number |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            return number, offset + place + 1
    return number, offset + width


def binary_sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return sheet name → path of its part; empty where the workbook is no .xlsb or is built differently."""
    names = set(archive.namelist())
    if not {WORKBOOK_BIN, _RELATIONS} <= names:
        return {}
    targets = relation_targets(archive.read(_RELATIONS))
    parts: dict[str, str] = {}
    for kind, body in records(archive.read(WORKBOOK_BIN)):
        if kind == _SHEET and len(body) >= 12:
            relation, name_offset = _text(body, 8)
            name, _ = _text(body, name_offset)
            part = targets.get(relation, "")
            if part in names:
                parts[name] = part
    return parts


def _text(body: bytes, offset: int) -> tuple[str, int]:
    """Return a text of 16-bit letters behind its length, and where the next field begins."""
    count = int.from_bytes(body[offset : offset + 4], "little")
    end = offset + 4 + 2 * count
    return body[offset + 4 : end].decode("utf-16-le", "replace"), end


def asks_for_calculation(workbook: bytes) -> bool:
    """Say whether the records of a workbook ask for its formulas to be calculated when it is opened."""
    flags = [body[24] for kind, body in records(workbook) if kind == _CALCULATION and len(body) > 24]
    return any(flag & 0x01 for flag in flags)


def scan(content: bytes, *, asks: bool = False) -> SheetFacts:
    """Return what calamine does not say of one sheet.

    `asks` says that the workbook asks for its formulas to be calculated when it is opened.
    """
    faults: dict[tuple[int, int], FaultyCell] = {}
    zeros: dict[tuple[int, int], StoredZero] = {}
    calculated: set[int] = set()
    rows: list[IndexRange] = []
    columns: list[IndexRange] = []
    merged: list[MergedRange] = []
    row = 0
    for kind, body in records(content):
        if kind == _ROW and len(body) >= 12:
            row = int.from_bytes(body[:4], "little")
            # fDyZero: a filter sets it as well as a hand that hides the row.
            if body[11] & 0x10:
                rows.append(IndexRange(row, row))
        elif kind in _ERROR_CELLS and len(body) >= 9:
            column = int.from_bytes(body[:4], "little")
            faults[row, column] = FaultyCell(row, column, ERRORS.get(body[8], "#N/A"))
        elif kind in (_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL) and len(body) >= _RESULT_AT:
            column = int.from_bytes(body[:4], "little")
            if kind == _FORMULA_NUMBER and body[_RESULT_AT : _RESULT_AT + 8] == bytes(8):
                zeros[row, column] = StoredZero(_formula(body), asks=asks)
            else:
                calculated.add(column)
        elif kind == _COLUMN and len(body) >= 18 and body[16] & 0x01:
            columns.append(IndexRange(*struct.unpack_from("<II", body)))
        elif kind == _MERGED and len(body) >= 16 and len(merged) < MERGED_RANGES:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            merged.append(MergedRange(top, left, bottom, right))
    ranges = joined_ranges(rows), joined_ranges(columns)
    results = frozenset(calculated)
    return SheetFacts(faults, (), *ranges, tuple(merged), UNCHECKED, zeros=zeros, calculated=results)


def _formula(body: bytes) -> str:
    """Return the formula of a record of type 9: its tokens stand behind result, flags and their own length."""
    start = _RESULT_AT + 8 + 2 + 4
    length = int.from_bytes(body[start - 4 : start], "little")
    return excel_formula(body[start : start + length], row_format="I")
