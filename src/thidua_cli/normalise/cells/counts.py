"""Cells that should hold a count: what is wrong with one, and with a column of numbers that stand as text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text, format_count
from thidua_cli.lexicon import column_text
from thidua_cli.normalise.cells.judged import JudgedCell
from thidua_cli.normalise.cells.rates_alone import told_once
from thidua_cli.normalise.sheet.cell_faults import fault_finding
from thidua_cli.normalise.sheet.numbers import Count, Trouble, has_whole_decimals, is_ambiguous_beside_decimals, shown
from thidua_cli.read.grid import Cell

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
        "Ô ghi số hộ nhưng chứa chữ, số lẻ, ngày tháng hoặc ký hiệu khác.",
        "A cell for a count of households holds words, a fraction, a date or other signs.",
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
        details["hint"] = _not_whole_hint(cell.value)
        return Finding(kind, cell.origin, code, name, year, column, shown(cell.value), details=details)
    if count.value is None and is_required:
        return Finding(V005, cell.origin, code, name, year, column, details=details)
    return None


def _not_whole_hint(cell: Cell) -> Text:
    """Excel with English settings turns "1.234" into the number 1.234: the thousand is then worth asking for."""
    if isinstance(cell, float) and 0 < cell < 1000 and abs(cell * 1000 - round(cell * 1000)) < 1e-6:
        vi, en = format_count(round(cell * 1000)), f"{round(cell * 1000):,}"
        return Text(f"; có phải là {vi} (dấu chấm bị hiểu là dấu thập phân)?", f"; is it {en}, its dot misread?")
    return NO_TEXT


def missing_told_once(findings: Iterable[Finding], rates_of: Mapping[int, Collection[str]]) -> list[Finding]:
    """Return findings with the missing counts (V005) of a row that prints rates as one warning of the row.

    `rates_of` are the printed rates by sheet row. Counts that no rate stands in for stay errors of their own.
    """
    return told_once(findings, lambda finding: rates_of.get(finding.origin.row, ()) if finding.kind is V005 else ())


V003: Final = Kind(
    code="V003",
    name="number-stored-as-text",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,
    title=Text("Số được lưu dạng chữ", "Number stored as text"),
    message=Text(
        "Cột “{column_text}” có {count} ô lưu số dạng chữ (ô đầu tiên: “{value}”); đã đọc thành số",
        "Column “{column_text}” holds numbers as text (cells: {count}, the first: “{value}”); read as numbers",
    ),
    what=Text(
        "Số hộ được gõ hoặc xuất ra dưới dạng chữ, có thể kèm dấu chấm hàng nghìn hay dấu cách.",
        "Counts were typed or exported as text, perhaps with thousands separators or spaces.",
    ),
    why=Text(
        "Chương trình đọc được, nhưng hàm SUM của Excel bỏ qua các ô này nên tổng trong tệp có thể thiếu.",
        "The program reads them, but SUM in Excel skips such cells, so that totals in the file may fall short.",
    ),
    example=Text(
        "Ô ghi chữ “20.817” thay vì số 20817.",
        "A cell holds the text “20.817” in place of the number 20817.",
    ),
    mend=Text(
        "Không bắt buộc sửa. Trong Excel: chọn các ô, bấm dấu cảnh báo bên cạnh, chọn “Chuyển đổi thành số”.",
        "Nothing has to be done. In Excel: select the cells, click the warning sign, choose “Convert to Number”.",
    ),
)

V004: Final = Kind(
    code="V004",
    name="ambiguous-separator",
    severity=Severity.ERROR,
    standing=Standing.DISPUTED,
    title=Text("Dấu chấm, phẩy không rõ nghĩa", "Ambiguous separator"),
    message=Text(
        "“{value}” có thể là hàng nghìn hoặc số thập phân, vì cùng cột có “{other}” ghi phần thập phân",
        "“{value}” may have thousands or decimals, because “{other}” in the same column has decimals",
    ),
    what=Text(
        "Một số trong cột có dấu trước đúng ba chữ số, trong khi số khác của cột dùng dấu để ghi phần thập phân.",
        "A number has its mark before exactly three digits while another in the column uses a mark for decimals.",
    ),
    why=Text(
        "Hiểu nhầm thì số hộ sai một nghìn lần; ô này không được dùng cho đến khi rõ.",
        "Read the wrong way, the count is wrong by a factor of a thousand; it is not used until it is clear.",
    ),
    example=Text(
        "Cùng một cột có “20.000” và “412204.00”: “20.000” là hai mươi nghìn hay hai mươi?",
        "One column holds “20.000” and “412204.00”: is “20.000” twenty thousand or twenty?",
    ),
    mend=Text(
        "Định dạng cả cột là số (Number), không có phần thập phân, rồi gõ lại các ô dạng chữ.",
        "Format the whole column as Number without decimals and type the text cells anew.",
    ),
)


class TextNumbers:
    """Numbers of one column that stand as text. Half a million may: what the findings need is kept of them, no more."""

    def __init__(self) -> None:
        self._count = 0
        self._first: tuple[int, str] | None = None
        """(row as the reader counts them, text) of the first of them."""
        self._first_sure: tuple[int, str] | None = None
        """The first that is not ambiguous."""
        self._decimal: str | None = None
        """The first number written with decimals ("412204.00")."""
        self._ambiguous: list[tuple[int, str]] = []
        """Those that are thousands or decimals ("20.000")."""

    def note(self, row: int, text: str) -> None:
        """Remember a number that was read from a text."""
        self._count += 1
        self._first = self._first or (row, text)
        if text.isdigit():
            self._first_sure = self._first_sure or (row, text)
        elif is_ambiguous_beside_decimals(text):
            self._ambiguous.append((row, text))
        else:
            self._first_sure = self._first_sure or (row, text)
            if self._decimal is None and has_whole_decimals(text):
                self._decimal = text

    @property
    def withheld(self) -> list[int]:
        """Rows whose number is not used, because another in the column uses the same mark for decimals."""
        return [row for row, _ in self._ambiguous] if self._decimal is not None else []

    def findings(self, cell_of: Callable[[int, str], JudgedCell], *, is_text_file: bool) -> Iterator[Finding]:
        """Yield that numbers stand as text, once (V003), and each number that is withheld (V004).

        `cell_of` gives the cell of a row and text. In a text file every number is text: that is nothing to report.
        """
        withheld = self._ambiguous if self._decimal is not None else []
        first = self._first_sure if withheld else self._first
        if first is not None and not is_text_file:
            cell = cell_of(*first)
            details: dict[str, object] = {
                "count": self._count - len(withheld),
                "column_text": column_text(cell.column),
            }
            yield Finding(V003, cell.origin, column=cell.column, value=first[1], details=details)
        for row, text in withheld:
            cell = cell_of(row, text)
            details = {"other": self._decimal, "column_text": column_text(cell.column)}
            who = (cell.unit_code, cell.unit_name, cell.year)
            yield Finding(V004, cell.origin, *who, cell.column, text, details=details)
