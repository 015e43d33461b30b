"""A plain .xlsx as an .xlsb (MS-XLSB, BIFF12), record by record: no program at hand here can save one.

Values, merged ranges, hidden rows and columns and the results of formulas are kept; formats and formulas are not.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import openpyxl
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_ERRORS: Final = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17} | {
    "#NAME?": 0x1D,
    "#NUM!": 0x24,
    "#N/A": 0x2A,
}
_ROW, _BLANK, _ERROR, _BOOL, _REAL, _SHARED_TEXT = 0, 1, 3, 4, 5, 7
_TEXT_ITEM, _COLUMN, _MERGED = 19, 60, 176
_BEGIN_SHEET, _END_SHEET, _BEGIN_BOOK, _END_BOOK = 129, 130, 131, 132
_BEGIN_SHEETS, _END_SHEETS, _BEGIN_ROWS, _END_ROWS = 143, 144, 145, 146
_DIMENSION, _BOOK, _SHEET, _BEGIN_TEXTS, _END_TEXTS = 148, 153, 156, 159, 160
_BEGIN_MERGED, _END_MERGED, _BEGIN_COLUMNS, _END_COLUMNS = 177, 178, 390, 391


def as_xlsb(workbook: Path) -> bytes:
    """Return the workbook as an .xlsb, with the values that are stored in it."""
    book = openpyxl.load_workbook(workbook, data_only=True)
    texts: dict[str, int] = {}
    sheets = [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]
    parts = {f"xl/worksheets/sheet{at}.bin": _sheet(sheet, texts) for at, sheet in enumerate(sheets, start=1)}
    parts["xl/workbook.bin"] = _workbook([sheet.title for sheet in sheets])
    parts["xl/sharedStrings.bin"] = _shared(texts)
    parts["xl/_rels/workbook.bin.rels"] = _relations(
        [*(("worksheet", f"worksheets/sheet{at}.bin") for at in range(1, len(sheets) + 1)), _TEXTS]
    )
    parts["_rels/.rels"] = _relations([("officeDocument", "xl/workbook.bin")])
    parts["[Content_Types].xml"] = _content_types(len(sheets))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(parts.items()):
            archive.writestr(name, content)
    return stream.getvalue()


_TEXTS: Final = ("sharedStrings", "sharedStrings.bin")


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = len(body), b""
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + body


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _sheet(sheet: Worksheet, texts: dict[str, int]) -> bytes:
    size = struct.pack("<IIII", 0, sheet.max_row - 1, 0, sheet.max_column - 1)
    pieces = [_record(_BEGIN_SHEET), _record(_DIMENSION, size), *_columns(sheet), _record(_BEGIN_ROWS)]
    for row in sheet.iter_rows():
        number = row[0].row or 0
        hidden = 0x10 if sheet.row_dimensions[number].hidden else 0
        pieces.append(_record(_ROW, struct.pack("<IIHBBBI", number - 1, 0, 300, 0, hidden, 0, 0)))
        pieces += [_cell(at, cell.value, texts) for at, cell in enumerate(row) if cell.value is not None]
    pieces.append(_record(_END_ROWS))
    areas = [struct.pack("<IIII", a.min_row - 1, a.max_row - 1, a.min_col - 1, a.max_col - 1) for a in _merged(sheet)]
    if areas:
        pieces.append(_record(_BEGIN_MERGED, struct.pack("<I", len(areas))))
        pieces += [_record(_MERGED, area) for area in areas]
        pieces.append(_record(_END_MERGED))
    return b"".join([*pieces, _record(_END_SHEET)])


def _merged(sheet: Worksheet) -> list[CellRange]:
    return sorted(sheet.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col))


def _columns(sheet: Worksheet) -> Iterable[bytes]:
    hidden = [one for one in sheet.column_dimensions.values() if one.hidden]
    if not hidden:
        return []
    spans = [struct.pack("<IIIIH", (one.min or 1) - 1, (one.max or 1) - 1, 2048, 0, 1) for one in hidden]
    return [_record(_BEGIN_COLUMNS), *(_record(_COLUMN, span) for span in spans), _record(_END_COLUMNS)]


def _cell(column: int, value: object, texts: dict[str, int]) -> bytes:
    head = struct.pack("<II", column, 0)
    if isinstance(value, bool):
        return _record(_BOOL, head + bytes([value]))
    if isinstance(value, (int, float)):
        return _record(_REAL, head + struct.pack("<d", value))
    text = str(value)
    if text in _ERRORS:
        return _record(_ERROR, head + bytes([_ERRORS[text]]))
    return _record(_SHARED_TEXT, head + struct.pack("<I", texts.setdefault(text, len(texts))))


def _shared(texts: dict[str, int]) -> bytes:
    items = [_record(_TEXT_ITEM, b"\0" + _text(text)) for text in texts]
    head = struct.pack("<II", len(texts), len(texts))
    return b"".join([_record(_BEGIN_TEXTS, head), *items, _record(_END_TEXTS)])


def _workbook(names: Iterable[str]) -> bytes:
    sheets = [
        _record(_SHEET, struct.pack("<II", 0, at) + _text(f"rId{at}") + _text(name))
        for at, name in enumerate(names, start=1)
    ]
    head = [_record(_BEGIN_BOOK), _record(_BOOK, struct.pack("<II", 0, 0) + _text("")), _record(_BEGIN_SHEETS)]
    return b"".join([*head, *sheets, _record(_END_SHEETS), _record(_END_BOOK)])


def _relations(targets: Iterable[tuple[str, str]]) -> bytes:
    found = "".join(
        f'<Relationship Id="rId{at}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'.encode()


def _content_types(sheets: int) -> bytes:
    excel = "application/vnd.ms-excel"
    parts = [("/xl/workbook.bin", "sheet.binary.macroEnabled.main"), ("/xl/sharedStrings.bin", "sharedStrings")]
    parts += [(f"/xl/worksheets/sheet{at}.bin", "worksheet") for at in range(1, sheets + 1)]
    overrides = "".join(f'<Override PartName="{part}" ContentType="{excel}.{kind}"/>' for part, kind in parts)
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types = f'<Types xmlns="{_PACKAGE}/content-types">{default}{overrides}</Types>'
    return f'<?xml version="1.0"?>{types}'.encode()
