"""Cells that were taken as counts, and what had to be done to take them: told once per column, not cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.lexicon import column_text
from thidua_cli.model import Origin
from thidua_cli.normalise.cells.judged import JudgedCell
from thidua_cli.normalise.sheet.numbers import (
    Count,
    Taken,
    has_whole_decimals,
    is_ambiguous_beside_decimals,
    read_count,
    shown_number,
    trimmed,
)
from thidua_cli.read.grid import Cell

V003: Final = Kind(
    code="V003",
    name="number-stored-as-text",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,
    title=Text("Số được lưu dạng chữ", "Number stored as text"),
    message=Text(
        "Cột “{column_text}” có {count} ô lưu số dạng chữ (ô đầu tiên: “{value}” đọc là {read}{spaced}){broken}",
        "Column “{column_text}” holds numbers as text (cells: {count}, the first: “{value}” read as {read}{spaced})"
        "{broken}",
    ),
    what=Text(
        "Số hộ được gõ hoặc xuất ra dưới dạng chữ, có thể chia nhóm đúng ba chữ số bằng một dấu: chấm, phẩy hoặc cách.",
        "Counts were typed or exported as text, perhaps in groups of three digits by one mark: dot, comma, space.",
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
        "Phải sửa nếu tổng trong biểu thiếu đúng bằng các ô này; nếu không thì không bắt buộc. Trong Excel: chọn các "
        "ô, bấm dấu cảnh báo bên cạnh, chọn “Chuyển đổi thành số”.",
        "It must be mended where totals of the table fall short by just these cells; else nothing has to be done. In "
        "Excel: select the cells, click the warning sign, choose “Convert to Number”.",
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


V009: Final = Kind(
    code="V009",
    name="rounded-by-machine",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,
    title=Text("Số nguyên bị máy tính làm lẻ", "Whole number left uneven by a formula"),
    message=Text(
        "Cột “{column_text}” có {count} ô lẻ do máy tính làm tròn (ô đầu tiên: “{value}” đọc là {read})",
        "Column “{column_text}” has numbers that a machine left uneven (cells: {count}, the first: “{value}” read as "
        "{read})",
    ),
    what=Text(
        "Ô ghi số hộ lệch khỏi số nguyên không quá một phần tỷ, như 62,99999999999999: Excel vẫn hiện là 63.",
        "A count differs from a whole number by a billionth at most, like 62.99999999999999: Excel shows 63 there.",
    ),
    why=Text(
        "Máy tính tính số lẻ gần đúng; đã đọc thành số nguyên gần nhất. Số lẻ thật như 236,5 thì không (V001).",
        "Machines calculate fractions approximately; the nearest whole number was read. 236.5 is never rounded (V001).",
    ),
    example=Text(
        "Ô D12 là =90*0,7 và lưu 62,99999999999999; số được dùng là 63.",
        "D12 is =90*0.7 and holds 62.99999999999999; 63 is used.",
    ),
    mend=Text(
        "Không bắt buộc sửa; có thể bọc công thức bằng ROUND(…;0) hoặc gõ số đã duyệt.",
        "Nothing has to be done; ROUND(…,0) around the formula, or the approved number typed in, takes it away.",
    ),
)

V010: Final = Kind(
    code="V010",
    name="count-formatted-as-date",
    severity=Severity.WARNING,
    standing=Standing.NOTHING,
    title=Text("Số hộ định dạng thành ngày, giờ", "Count formatted as a date"),
    message=Text(
        "Cột “{column_text}” có {count} ô định dạng ngày, giờ (ô đầu tiên hiện “{value}”, số bên dưới là {read}); đã "
        "dùng số bên dưới",
        "Column “{column_text}” has cells formatted as dates or times (cells: {count}, the first shows “{value}”, over "
        "the number {read}); the numbers were used",
    ),
    what=Text(
        "Ô ghi số hộ mang định dạng ngày hoặc giờ nên số 63 hiện thành 03/03/1900. Ô chỉ được đọc thành số khi số bên "
        "dưới chắc chắn: ngày từ 01/03/1900 đến 31/12/1903, hoặc số giờ tròn ngày. Ngày khác là lỗi V001.",
        "A cell for a count has the format of a date or time, and 63 shows as 03/03/1900. It is read as a number where "
        "that is certain: days from 1 March 1900 to 31 December 1903, hours that are whole days. Others are V001.",
    ),
    why=Text(
        "Người xem biểu thấy ngày, không thấy số hộ. Gõ “12/5” Excel cũng đổi thành ngày, nhưng của năm nay: "
        "ngày gần đây không được đọc thành số.",
        "Who looks at the table sees a date. Typing “12/5” makes a date too, but one of this year: recent days are not "
        "read as numbers.",
    ),
    example=Text(
        "Cột “Số hộ nghèo” định dạng dd/mm/yyyy: ô D5 hiện 03/03/1900, số được dùng là 63.",
        "The column of poor households is formatted dd/mm/yyyy: D5 shows 03/03/1900, and 63 is used.",
    ),
    mend=Text(
        "Chọn cột, đặt định dạng Number không có phần thập phân, rồi đối chiếu từng số với bản đã duyệt.",
        "Select the column, format it as Number without decimals, and compare each number with the approved ones.",
    ),
)

TEXT_CELLS: Final = "text_cells"
"""What a V003 carries beside the words of its message: the cells that hold a number as text."""
_MOST_PLACES: Final = 2000
_SPACED_NAMED: Final = 5
"""Numbers with spaces inside that the note on a column names: two numbers in a cell may look like one."""


class _TextNumbers:
    """Numbers of one column that stand as text. Half a million may: what the findings need is kept of them, no more."""

    def __init__(self) -> None:
        self._count = 0
        self._rows: list[int] = []
        """Rows of the first `_MOST_PLACES` of them."""
        self._first: tuple[int, str] | None = None
        """(row as the reader counts them, text) of the first of them."""
        self._first_sure: tuple[int, str] | None = None
        """The first that is not ambiguous."""
        self._decimal: str | None = None
        """The first number written with decimals ("412204.00")."""
        self._ambiguous: list[tuple[int, str]] = []
        """Those that are thousands or decimals ("20.000")."""
        self._spaced: list[tuple[int, str]] = []
        """The first that group their digits by spaces ("20 817")."""
        self._more_spaced = 0

    def note(self, row: int, text: str) -> None:
        """Remember a number that was read from a text."""
        self._count += 1
        if self._count <= _MOST_PLACES:
            self._rows.append(row)
        self._first = self._first or (row, text)
        if text.isdigit():
            self._first_sure = self._first_sure or (row, text)
        elif is_ambiguous_beside_decimals(text):
            self._ambiguous.append((row, text))
        else:
            self._first_sure = self._first_sure or (row, text)
            if self._decimal is None and has_whole_decimals(text):
                self._decimal = text
            if " " in trimmed(text):
                self._note_spaced(row, text)

    def _note_spaced(self, row: int, text: str) -> None:
        if len(self._spaced) < _SPACED_NAMED:
            self._spaced.append((row, text))
        else:
            self._more_spaced += 1

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
                "read": read_count(first[1]).value,
                "spaced": self._spaced_text(cell_of, first),
                "broken": NO_TEXT,
                TEXT_CELLS: self._places(cell_of),
            }
            yield Finding(V003, cell.origin, column=cell.column, value=first[1], details=details)
        for row, text in withheld:
            cell = cell_of(row, text)
            details = {"other": self._decimal, "column_text": column_text(cell.column)}
            who = (cell.unit_code, cell.unit_name, cell.year)
            yield Finding(V004, cell.origin, *who, cell.column, text, details=details)

    def _places(self, cell_of: Callable[[int, str], JudgedCell]) -> tuple[Origin, ...]:
        """Return the cells; none where they are too many for a table that has totals."""
        return tuple(cell_of(row, "").origin for row in self._rows) if self._count <= _MOST_PLACES else ()

    def _spaced_text(self, cell_of: Callable[[int, str], JudgedCell], first: tuple[int, str]) -> Text:
        """Name the numbers that were joined over spaces, but for the first of all, which is named already."""
        others = [place for place in self._spaced if place != first]
        named = Text.joined(
            ", ",
            [
                _JOINED.fill(cell=cell_of(*place).origin.cell, text=trimmed(place[1]), read=read_count(place[1]).value)
                for place in others
            ],
        )
        more = f" (+{self._more_spaced})" if self._more_spaced else ""
        return Text(f"; {named.vi}{more}", f"; {named.en}{more}") if others else NO_TEXT


_JOINED: Final = Text("{cell} “{text}” → {read}", "{cell} “{text}” → {read}")


@dataclass(slots=True)
class _Changed:
    """Cells of one column that the same was done to."""

    row: int
    cell: Cell
    read: int
    """Of the first of them."""
    count: int = 0


_KIND_OF: Final = {Taken.ROUNDED: V009, Taken.FROM_DATE: V010}


class TakenNumbers:
    """Counts of one column that did not stand as plain numbers in their cells."""

    def __init__(self) -> None:
        self._texts = _TextNumbers()
        self._changed: dict[Taken, _Changed] = {}

    def note(self, row: int, cell: Cell, count: Count) -> None:
        """Remember what was done to take a cell as a count; `row` is as the reader counts them."""
        if count.taken is Taken.FROM_TEXT:
            self._texts.note(row, str(cell))
        elif count.value is not None:
            self._changed.setdefault(count.taken, _Changed(row, cell, count.value)).count += 1

    @property
    def withheld(self) -> list[int]:
        """Rows whose number is not used, because another in the column uses the same mark for decimals."""
        return self._texts.withheld

    def findings(self, cell_of: Callable[[int, Cell], JudgedCell], *, is_text_file: bool) -> Iterator[Finding]:
        """Yield what was done, once for the column (V003, V009, V010), and each number that is withheld (V004).

        `cell_of` gives the cell of a row and its value. In a text file every number is text: that is nothing to report.
        """
        yield from self._texts.findings(cell_of, is_text_file=is_text_file)
        for taken, changed in self._changed.items():
            cell = cell_of(changed.row, changed.cell)
            details: dict[str, object] = {
                "count": changed.count,
                "column_text": column_text(cell.column),
                "read": changed.read,
            }
            yield Finding(
                _KIND_OF[taken], cell.origin, column=cell.column, value=shown_number(changed.cell), details=details
            )
