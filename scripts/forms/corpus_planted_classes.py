"""Lists of classes with exactly one known mistake each, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook

from forms.corpus_planted import Place, Planted

FILE: Final = "phan-loai.xlsx"
SHEET: Final = "Danh sách"
HEADER: Final = ("STT", "Mã xã", "Tên xã", "Huyện", "Khu vực", "Từ ngày", "Đến ngày")
_ROWS: Final = (
    ("1", "20443", "Xã A Xan", "Tây Giang", "III", "04/06/2021", ""),
    ("2", "20440", "Xã Ga Ri", "Tây Giang", "III", "04/06/2021", ""),
    ("3", "20956", "Xã Trà Don", "Nam Trà My", "III", "04/06/2021", ""),
)
_FIRST: Final = 5
"""Row of the first unit, as Excel counts."""


def write_list(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER, title: str = "") -> None:
    """Write a list as an office does: a title, an empty row, the header, one unit per row."""
    with Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_string(0, 0, "UBND TỈNH QUẢNG NAM")
        sheet.write_string(1, 0, title or "DANH SÁCH XÃ KHU VỰC I, II, III")
        for row, texts in enumerate((header, *rows), start=_FIRST - 2):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text)


def _changed(code: str, mistake: str, place: int, text: str, cell: str) -> Planted:
    """Change one cell of the first unit."""

    def write(folder: Path) -> Place:
        first = list(_ROWS[0])
        first[place] = text
        write_list(folder / FILE, [first, *_ROWS[1:]])
        return Place(FILE, SHEET, cell)

    return Planted(code, mistake, write, is_class_list=True)


def _with_row(row: Sequence[str], cell: str, folder: Path) -> Place:
    write_list(folder / FILE, [*_ROWS, row])
    return Place(FILE, SHEET, cell)


def _added(code: str, mistake: str, row: Sequence[str], cell: str) -> Planted:
    return Planted(code, mistake, partial(_with_row, row, cell), is_class_list=True)


IN_CLASSES: Final = (
    _changed("C001", "word that is no class", 4, "vùng cao", f"E{_FIRST}"),
    _changed("C002", "code and name of two units", 2, "Xã Lăng", f"B{_FIRST}"),
    _changed("C002", "code without its zeros", 1, "429", f"B{_FIRST}"),
    _added("C003", "two areas at once", ("4", "20956", "Xã Trà Don", "Nam Trà My", "II", "01/01/2022", ""), "E8"),
    _changed("C004", "day that no calendar has", 5, "31/02/2021", f"F{_FIRST}"),
    _changed("C004", "last day before the first", 6, "01/01/2020", f"G{_FIRST}"),
    _added("C005", "row without a class", ("4", "20950", "Xã Trà Linh", "Nam Trà My", "", "", ""), "C8"),
    _changed("C006", "other area than in the bundled list", 4, "II", f"E{_FIRST}"),
)
