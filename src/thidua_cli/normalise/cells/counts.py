"""Cells that should hold a count: what is wrong with one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.lexicon import column_text
from thidua_cli.normalise.cells.judged import JudgedCell
from thidua_cli.normalise.cells.no_count import why_no_count
from thidua_cli.normalise.cells.rates_alone import told_once
from thidua_cli.normalise.sheet.cell_faults import fault_finding
from thidua_cli.normalise.sheet.numbers import Count, Trouble, shown_number

V001: Final = Kind(
    code="V001",
    name="not-a-whole-number",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Không phải số nguyên", "Not a whole number"),
    message=Text(
        "“{value}” ở cột “{column_text}” không phải là số nguyên{hint}",
        "“{value}” in column “{column_text}” is not a whole number{hint}",
    ),
    what=Text(
        "Ô ghi số hộ nhưng chứa chữ, số lẻ, ngày tháng, ký hiệu khác, hoặc các chữ số cách nhau không thành nhóm ba "
        "chữ số (“63 1”, hai dòng trong một ô): chữ số như vậy không bao giờ được ghép thành một số.",
        "A cell for a count holds words, a fraction, a date, other signs, or digits apart that are no groups of three "
        "(“63 1”, two lines in a cell): such digits are never joined to one number.",
    ),
    why=Text(
        "Số hộ luôn là số nguyên; ô này không được dùng và được coi là thiếu, không phải bằng 0.",
        "Households are counted in whole numbers; the cell is not used and counts as missing, not as 0.",
    ),
    example=Text(
        "Ô ghi “12,5”, “15 hộ” hoặc “chưa có” ở cột số hộ nghèo.",
        "A cell of the column of poor households says “12,5”, “15 hộ” or “chưa có”.",
    ),
    mend=Text(
        "Chỉ gõ số vào ô, phần ghi chú để ở cột khác; nếu chưa có số liệu thì để trống.",
        "Type the number alone and keep remarks in another column; leave the cell empty if there is no figure yet.",
    ),
)

V002: Final = Kind(
    code="V002",
    name="negative-count",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Số hộ âm", "Negative count"),
    message=Text(
        "Số âm {value} ở cột “{column_text}”",
        "Negative number {value} in column “{column_text}”",
    ),
    what=Text("Ô ghi số hộ có giá trị nhỏ hơn 0.", "A cell for a count of households holds less than 0."),
    why=Text(
        "Số hộ không thể âm; ô này không được dùng và được coi là thiếu.",
        "There cannot be fewer than no households; the cell is not used and counts as missing.",
    ),
    example=Text(
        "Cột “Số hộ nghèo” ghi -12: đó là số hộ giảm trong năm, không phải số hộ cuối năm.",
        "The column of poor households says -12: that is the change in the year, not the count at its end.",
    ),
    mend=Text(
        "Ghi số hộ tại thời điểm rà soát; nếu ô là công thức thì xem lại các ô mà công thức lấy số.",
        "Give the count at the time of the review; if the cell is a formula, look at the cells it uses.",
    ),
)

V005: Final = Kind(
    code="V005",
    name="required-count-missing",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Thiếu số liệu bắt buộc", "Required count missing"),
    message=Text(
        "{unit}: ô “{column_text}” để trống{instead}",
        "{unit}: “{column_text}” is empty{instead}",
    ),
    what=Text(
        "Dòng có tên đơn vị nhưng ô của một số liệu bắt buộc để trống hoặc chỉ có dấu gạch.",
        "The row names a unit, but the cell of a required count is empty or holds a dash only.",
    ),
    why=Text(
        "Ô trống là chưa có số liệu, không phải bằng 0; kết quả xét của đơn vị có thể là “Chưa xác định”.",
        "An empty cell means no figure, not 0; the verdict on the unit may stay “undetermined”.",
    ),
    example=Text(
        "Một phường không còn hộ nghèo nhưng ô “Số hộ nghèo” để trống thay vì ghi 0.",
        "A ward has no poor household left, and the cell was left empty in place of 0.",
    ),
    mend=Text(
        "Điền số đã được phê duyệt; nếu không có hộ nào thì ghi 0.",
        "Fill in the approved figure; if there is no such household, write 0.",
    ),
)


def count_finding(cell: JudgedCell, count: Count, *, is_required: bool = False) -> Finding | None:
    """Return what is wrong with a cell for a count, read as `count`; None of a sound cell, and of an empty one.

    The file hides it (F004, F005), it holds no count (V001, V002), or it is empty though required (V005).
    """
    code, name, year, column = cell.unit_code, cell.unit_name, cell.year, cell.column
    details: dict[str, object] = {"column_text": column_text(column)}
    if cell.fault is not None:
        return fault_finding(cell.fault, cell.origin, unit_code=code, unit_name=name, year=year, column=column)
    if count.trouble is not None:
        kind = V002 if count.trouble is Trouble.NEGATIVE else V001
        details["hint"] = why_no_count(cell.value)
        return Finding(kind, cell.origin, code, name, year, column, shown_number(cell.value), details=details)
    if count.value is None and is_required:
        return Finding(V005, cell.origin, code, name, year, column, details=details)
    return None


def missing_told_once(findings: Iterable[Finding], rates_of: Mapping[int, Collection[str]]) -> list[Finding]:
    """Return findings with the missing counts (V005) of a row that prints rates as one warning of the row.

    `rates_of` are the printed rates by sheet row. Counts that no rate stands in for stay errors of their own.
    """
    return told_once(findings, lambda finding: rates_of.get(finding.origin.row, ()) if finding.kind is V005 else ())
