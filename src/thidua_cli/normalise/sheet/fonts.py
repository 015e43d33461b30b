"""Sheets typed for TCVN3 (ABC, .VnTime) and VNI fonts → Unicode, with note F006: for sure or not at all.

A sheet is converted only as a whole (see `read.legacy_fonts`). Single odd words in a Unicode sheet are left alone.

Not converted: capitals of TCVN3 that come from the font (.VnTimeH shows "hé nghÌo" as "HỘ NGHÈO") are small letters in
the file, and stay so; names and headings are matched without regard to case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.read.grid import Cell, Grid, Row
from thidua_cli.read.legacy_fonts import Encoding, candidates
from thidua_cli.read.vietnamese import COMMON_WORDS

F006: Final = Kind(
    code="F006",
    name="legacy-font-converted",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,
    quotes=("before", "after", "value"),
    names=("encoding",),
    title=Text("Đã chuyển phông chữ cũ sang Unicode", "Legacy font converted"),
    message=Text(
        "{count} ô gõ bằng bảng mã {encoding} đã được chuyển sang Unicode, từ ô {cell}; ví dụ “{before}” → “{after}”",
        "{count} cells typed in {encoding} were converted to Unicode, from {cell} on; such as “{before}” → “{after}”",
    ),
    what=Text(
        "Chữ trong trang tính gõ bằng phông TCVN3 (.VnTime) hoặc VNI (VNI-Times), không phải Unicode.",
        "The text of the sheet was typed for TCVN3 (.VnTime) or VNI (VNI-Times) fonts and is not Unicode.",
    ),
    why=Text(
        "Tiêu đề và tên đơn vị được đọc theo chữ đã chuyển. Chỉ chuyển khi cả trang tính cùng một bảng mã và đọc ra "
        "tiếng Việt; tệp gốc không bị thay đổi. Chữ hoa của phông .VnTimeH đọc thành chữ thường.",
        "Headings and unit names are read as converted. A sheet is converted only where all of it is of one encoding "
        "and becomes Vietnamese; the file itself stays as it is. Capitals of .VnTimeH fonts are read as small letters.",
    ),
    example=Text("Ô C5 lưu là “Hé nghÌo”, đọc là “Hộ nghèo”.", "C5 holds “Hé nghÌo”, which reads “Hộ nghèo”."),
    mend=Text(
        "Không bắt buộc. Muốn hết ghi chú, chuyển tệp sang Unicode bằng Unikey (Ctrl+Shift+F6) rồi lưu.",
        "Nothing must be done. To be rid of the note, convert the file to Unicode with Unikey (Ctrl+Shift+F6).",
    ),
)

_HEAD_ROWS: Final = 200


def readable(grid: Grid) -> tuple[Grid, list[Finding]]:
    """Return a sheet with its text in Unicode, and F006 where it had to be converted; else the sheet as it is."""
    encodings = candidates(_texts([set[Cell]().union(*islice(grid.open_rows(), _HEAD_ROWS))]))
    if encodings:
        encodings = candidates(_texts(grid.open_rows()), encodings)  # the rest of the sheet must agree
    if len(encodings) != 1:
        return grid, []
    convert = lru_cache(maxsize=4096)(encodings[0].convert)

    def open_rows() -> Iterator[Row]:
        for row in grid.open_rows():
            yield [convert(cell) if isinstance(cell, str) else cell for cell in row]

    return replace(grid, open_rows=open_rows, open_columns=None, open_blocks=None), [_note(grid, encodings[0])]


def _texts(rows: Iterable[Iterable[Cell]]) -> set[str]:
    return {cell for row in rows for cell in row if isinstance(cell, str)}


def _note(grid: Grid, encoding: Encoding) -> Finding:
    """Return F006. It shows words of the forms alone: the sheet may list people, and is then refused."""
    count, first, shown = 0, grid.origin(), ("", "")
    for number, row in enumerate(grid.open_rows()):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and encoding.convert(cell) != cell:
                count += 1
                first = first if first.row else grid.origin(number, place + grid.first_column)
                shown = shown if all(shown) else _form_words(cell, encoding)
    before, after = shown
    details = {"count": count, "encoding": encoding.name, "cell": first.cell, "before": before, "after": after}
    return Finding(F006, first, value=before, details=details)


def _form_words(cell: str, encoding: Encoding) -> tuple[str, str]:
    """Return those words of a cell that are words of the forms once they are converted, before and after."""
    pairs = [(word, encoding.convert(word)) for word in cell.split()]
    known = [(old, new) for old, new in pairs if old != new and new.lower() in COMMON_WORDS]
    return " ".join(old for old, _ in known), " ".join(new for _, new in known)
