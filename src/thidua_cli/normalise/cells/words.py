"""Cells that should hold one of a few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.model import Origin

V007: Final = Kind(
    code="V007",
    name="unknown-word",
    severity=Severity.ERROR,
    standing=Standing.NOTHING,
    names=("allowed",),
    title=Text("Giá trị không có trong danh sách", "Unknown word"),
    message=Text(
        "“{value}” ở cột {column} không thuộc các giá trị được dùng: {allowed}",
        "“{value}” in column {column} is not one of {allowed}",
    ),
    what=Text(
        "Một cột chỉ nhận một số từ nhất định: level, status của bảng chuẩn; “Phân tổ” (Hộ, Nhân khẩu) của Mẫu 09, 10.",
        "A column takes certain words only: level and status of a canonical table, “Phân tổ” of Mẫu 09 and 10.",
    ),
    why=Text(
        "Không hiểu giá trị thì không biết cấp của đơn vị, số liệu là sơ bộ hay chính thức, là số hộ hay số khẩu.",
        "Without it the tier, or whether figures are preliminary or final, of households or persons, is not known.",
    ),
    example=Text(
        "Cột status ghi “đã duyệt” thay vì final.",
        "The column status says “đã duyệt” (approved) in place of final.",
    ),
    mend=Text(
        "Thay bằng một trong các giá trị được nêu trong thông báo.",
        "Replace it by one of the words that the message lists.",
    ),
)


def word_finding(origin: Origin, column: str, value: str, allowed: Iterable[str]) -> Finding:
    """Return V007 for a cell that holds none of the words allowed."""
    return Finding(V007, origin, column=column, value=value, details={"allowed": ", ".join(allowed)})
