"""Rows of a text file with more or fewer cells than the header above them: their figures may be off (F012)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.model import Origin
from thidua_cli.read.grid import Cell

F012: Final = Kind(
    code="F012",
    name="figures-left-out",
    severity=Severity.WARNING,
    standing=Standing.VOID,
    title=Text("Có số liệu không được đọc", "Figures are left out"),
    message=Text("{what} không được dùng: {reason}", "{what} not used: {reason}"),
    what=Text(
        "Trong tệp còn những dòng có tên đơn vị và số hộ mà không thuộc biểu nào được đọc: trang tính thứ hai, biểu "
        "thứ hai ở dưới, phần nối tiếp không có dòng tiêu đề, dòng nằm dưới phần ký. Hoặc một dòng của tệp CSV có "
        "nhiều hay ít ô hơn dòng tiêu đề, nên số của dòng đó có thể nằm lệch cột.",
        "The file holds rows with names of units and counts that belong to no table that is read: a second sheet, a "
        "second table below, a part that goes on without its header, rows below the signatures. Or a row of a CSV "
        "file has more or fewer cells than its header, so that its figures may stand in the wrong columns.",
    ),
    why=Text(
        "Số liệu bị bỏ sót thì đơn vị thiếu trong kết quả; số nằm lệch cột thì kết quả sai mà không ai biết.",
        "A unit whose figures are passed over is missing from the results; figures one column off make them wrong.",
    ),
    example=Text(
        "Trang “Tiếp” có 20 dòng xã với số hộ, nhưng không có dòng tiêu đề; hoặc dòng CSV “1,Xã Ba,1,596,140,95”: dấu "
        "phẩy hàng nghìn cắt 1,596 thành hai ô.",
        "The sheet “Tiếp” has 20 rows of communes and counts but no header; or the CSV row “1,Xã Ba,1,596,140,95”: "
        "the comma of thousands cuts 1,596 into two cells.",
    ),
    mend=Text(
        "Ghi dòng tiêu đề như Mẫu 08 phía trên các dòng đó, hoặc chuyển các dòng vào trong biểu; nếu không phải số "
        "liệu rà soát thì để ở tệp khác. Với CSV: đặt số có dấu phẩy trong ngoặc kép, hoặc ngăn cột bằng chấm phẩy.",
        "Write a header as in Mẫu 08 above the rows, or move them into the table; keep what is no result of the review "
        "in another file. In a CSV put numbers with commas between quotation marks, or separate by semicolons.",
    ),
)
KINDS: Final = (F012,)

_ROW: Final = Text(
    "Dòng {row} có {cells} ô, tiêu đề có {header} ô{others}: số liệu của dòng",
    "Row {row} has {cells} cells, its header {header}{others}: its figures are",
)
_OTHERS: Final = Text(" (và {more} dòng khác như vậy)", " (and {more} more rows like it)")
_MAY_BE_OFF: Final = Text(
    "có thể nằm lệch cột, do dấu phẩy trong số hoặc trong tên cắt một ô thành hai, hoặc do thiếu ô",
    "they may stand in the wrong columns: a comma in a number or a name cuts a cell in two, or a cell is missing",
)


def is_uneven(row: Sequence[Cell], width: int, figures: Iterable[int]) -> bool:
    """Say whether figures of a row may be off: it goes on behind the header's last cell, or ends before and lacks one.

    `figures` are the places of the counts that are used; a row that ends behind the last of them lost only notes.
    """
    if len(row) > width:
        return any(map(_is_filled, row[width:]))
    return len(row) < width and not all(place < len(row) and _is_filled(row[place]) for place in figures)


def _is_filled(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def uneven_row(place: Origin, cells: int, width: int, *, unit_name: str | None = None, more: int = 0) -> Finding:
    """Return the finding for a row whose figures are not used, and `more` like it; `place` is the row."""
    others = _OTHERS.fill(more=more) if more else NO_TEXT
    what = _ROW.fill(row=str(place.row), cells=cells, header=width, others=others)
    details = {"what": what, "reason": _MAY_BE_OFF}
    return Finding(F012, place, unit_name=unit_name, details=details, severity_here=Severity.ERROR)
