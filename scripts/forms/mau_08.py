"""Mẫu 08 as a workbook: the yearly results of the review of poor and near-poor households.

The form is the one of Phụ lục VII of Thông tư 07/2021/TT-BLĐTBXH, amended by Thông tư 02/2022/TT-BLĐTBXH; headings are
printed as the form prints them, the missing space of "hộ dân cư(tại" included. Equal input gives equal bytes.

    from forms.mau_08 import write
    from forms.model import FormOptions, FormRow

    layout = write(path, [FormRow("Xã Tà Lu", 500, 2100, 120, 510, 40, 170)], FormOptions(year=2023))
    layout.cell("poor", 0)  # "E11", the cell of the first unit's poor households
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from forms.model import COUNTS, Area, Arrangement, Cell, FormOptions, FormRow, Formula, Rates, Sums

TITLE: Final = "TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"
MOTTO: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
SECTIONS: Final = (("I", "Khu vực thành thị", Area.URBAN), ("II", "Khu vực nông thôn", Area.RURAL))
FIRST_DATA_ROW: Final = 9
NO_BREAK_SPACE: Final = "\u00a0"

COLUMN_OF: Final = dict(zip(COUNTS, "CDEGIK", strict=True))
RATE_COLUMNS: Final = {"F": ("E", "C"), "H": ("G", "D"), "J": ("I", "C"), "L": ("K", "D")}
"""Column of a rate → columns of its numerator and denominator."""

HEADINGS: Final = (
    ("A4:A7", "TT"),
    ("B4:B7", "Khu vực/Địa bàn"),
    ("C4:D6", "Tổng số hộ dân cư(tại thời điểm rà soát)"),
    ("E5:H5", "NGHÈO"),
    ("I5:L5", "CẬN NGHÈO"),
    ("E6:F6", "Hộ nghèo"),
    ("G6:H6", "Khẩu nghèo"),
    ("I6:J6", "Hộ cận nghèo"),
    ("K6:L6", "Khẩu cận nghèo"),
)
LEAVES: Final = (
    *("Số hộ", "Nhân khẩu"),
    *("Số hộ", "Tỷ lệ", "Số khẩu", "Tỷ lệ"),
    *("Số hộ", "Tỷ lệ", "Số khẩu", "Tỷ lệ"),
)
_THOUSANDS: Final = re.compile(r"\d{1,3}(\.\d{3})+")
NUMBERING_FORMULAS: Final = {4: "4=3/1*100", 6: "6=5/2*100", 8: "8=7/1*100", 10: "10=9/2*100"}


@dataclass(slots=True)
class Layout:
    """Where things came to stand on the written sheet (rows counted from 1, as Excel does)."""

    unit_rows: list[int] = field(default_factory=list)
    """Index of the given `FormRow` → its sheet row."""
    section_rows: dict[Area, int] = field(default_factory=dict)
    total_row: int | None = None

    def cell(self, count: str, index: int) -> str:
        """Return the cell of a count (a name of `COUNTS`) of the unit at `index`."""
        return f"{COLUMN_OF[count]}{self.unit_rows[index]}"


def write(path: Path, rows: Sequence[FormRow], options: FormOptions | None = None) -> Layout:
    """Write a workbook of one sheet and return where its rows stand."""
    with new_workbook(path) as workbook:
        return add_sheet(workbook, rows, options or FormOptions())


def new_workbook(path: Path) -> Workbook:
    """Open a workbook for `add_sheet`; the fixed date keeps its bytes the same from run to run."""
    workbook = Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    workbook.set_properties({"created": datetime(2025, 1, 1), "author": "thidua"})
    return workbook


def add_sheet(workbook: Workbook, rows: Sequence[FormRow], options: FormOptions) -> Layout:
    """Add one form to an open workbook and return where its rows stand."""
    sheet = workbook.add_worksheet(options.sheet_name)
    writer = _SheetWriter(sheet, options, _styles(workbook))
    writer.write_title_block()
    writer.write_headings()
    writer.write_units(rows)
    if options.check_columns:
        writer.write_check_columns()
    if options.signature:
        writer.write_signature()
    return writer.layout


def _styles(workbook: Workbook) -> dict[str, Format]:
    common = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
    edged = {**common, "border": 1}
    styles = {
        "title": {**common, "bold": True, "align": "center", "text_wrap": True},
        "note": {**common, "italic": True, "align": "center", "font_color": "#C00000"},
        "heading": {**edged, "bold": True, "align": "center", "text_wrap": True},
        "text": edged,
        "count": {**edged, "num_format": "#,##0"},
        "rate": {**edged, "num_format": "0.0%"},
        "number": {**edged, "num_format": "0.00"},
    }
    formats = {name: workbook.add_format(style) for name, style in styles.items()}
    bold = {f"{name} bold": workbook.add_format({**styles[name], "bold": True}) for name in ("text", "count", "rate")}
    return {**formats, **bold, "number bold": workbook.add_format({**styles["number"], "bold": True})}


class _SheetWriter:
    """Fills one sheet from top to bottom; `row` is the next row to write."""

    def __init__(self, sheet: Worksheet, options: FormOptions, styles: dict[str, Format]) -> None:
        self.sheet = sheet
        self.options = options
        self.styles = styles
        self.layout = Layout()
        self.row = FIRST_DATA_ROW
        self.sums: dict[int, list[int]] = {}
        """Sheet row → its counts as whole numbers, for the sums above and below it."""

    def write_title_block(self) -> None:
        self.sheet.set_column("A:A", 6)
        self.sheet.set_column("B:B", 26)
        self.sheet.set_column("C:L", 10)
        self.sheet.set_row(0, 32)
        self.sheet.merge_range("A1:D1", self.options.agency, self.styles["title"])
        self.sheet.merge_range("E1:L1", MOTTO, self.styles["title"])
        self.sheet.merge_range("A2:L2", TITLE, self.styles["title"])
        year = f"Năm rà soát: {self.options.year}" if self.options.year_in_title else "Năm rà soát: ……"
        if self.options.preliminary:
            year += " (kết quả sơ bộ)"
        self.sheet.merge_range("A3:F3" if self.options.note else "A3:L3", year, self.styles["title"])
        if self.options.note:
            self.sheet.merge_range("G3:L3", self.options.note, self.styles["note"])

    def write_headings(self) -> None:
        heading = self.styles["heading"]
        result = "Kết quả rà soát (sơ bộ)" if self.options.preliminary else "Kết quả rà soát (sơ bộ/chính thức)"
        for place, text in (*HEADINGS, ("E4:L4", result)):
            self.sheet.merge_range(place, text, heading)
        for column, text in enumerate(LEAVES, start=2):
            self.sheet.write_string(6, column, text, heading)
        if self.options.extra_heading:
            self.sheet.merge_range("M4:M7", self.options.extra_heading, heading)
        self.sheet.write_string("A8", "A", heading)
        self.sheet.write_string("B8", "B", heading)
        for number in range(1, 11):
            if self.options.numbering_as_formula and number in NUMBERING_FORMULAS:
                self.sheet.write_string(7, number + 1, NUMBERING_FORMULAS[number], heading)
            else:
                self.sheet.write_number(7, number + 1, number, heading)
        self.sheet.freeze_panes(8, 2)

    def write_units(self, rows: Sequence[FormRow]) -> None:
        self.layout.unit_rows = [0] * len(rows)
        if self.options.arrangement is Arrangement.AREA:
            parts = self._write_sections(rows)
            number, name = "III", "Tổng cộng (I + II)"
        else:
            parts = self._write_numbered(rows)
            number, name = "", "Tổng cộng"
        if self.options.total_row:
            self.layout.total_row = self.row
            number += NO_BREAK_SPACE if number and self.options.stray_spaces else ""
            self._write_row(number, name, _replaced(self._sums(parts), self.options.printed_total), bold=True)

    def _write_sections(self, rows: Sequence[FormRow]) -> list[int]:
        section_rows = []
        for number, name, area in SECTIONS:
            members = [index for index, row in enumerate(rows) if row.area is area]
            heading_row = self.row
            self.layout.section_rows[area] = heading_row
            self.row += 1
            for ordinal, index in enumerate(members, start=1):
                self.layout.unit_rows[index] = self.row
                self._write_unit(ordinal, rows[index])
            below = [self.layout.unit_rows[index] for index in members]
            sums = _replaced(self._sums(below), self.options.printed_sections.get(area, {}))
            self._at(heading_row, number, name, sums)
            section_rows.append(heading_row)
        return section_rows

    def _write_numbered(self, rows: Sequence[FormRow]) -> list[int]:
        ordinals: list[int] = []
        parents = []
        for index, row in enumerate(rows):
            ordinals = [*ordinals[: row.depth], *[0] * (row.depth - len(ordinals))]
            ordinals[row.depth - 1] += 1
            self.layout.unit_rows[index] = self.row
            if index + 1 < len(rows) and rows[index + 1].depth > row.depth:
                parents.append(index)
            self._write_unit(".".join(map(str, ordinals)), row, bold=index in parents)
        for index in reversed(parents):
            self._write_parent(rows, index)
        return [at for at, row in zip(self.layout.unit_rows, rows, strict=True) if row.depth == 1]

    def _write_parent(self, rows: Sequence[FormRow], index: int) -> None:
        parent = rows[index]
        if any(cell is not None for cell in parent.counts()):
            return
        children = []
        for below in range(index + 1, len(rows)):
            if rows[below].depth <= parent.depth:
                break
            if rows[below].depth == parent.depth + 1:
                children.append(self.layout.unit_rows[below])
        self._at(self.layout.unit_rows[index], None, None, self._sums(children))

    def _write_unit(self, number: int | str, row: FormRow, *, bold: bool = False) -> None:
        name = row.name if self.options.type_words else row.bare_name()
        if self.options.stray_spaces:
            name = f"{name.replace(' ', '  ', 1)}{NO_BREAK_SPACE} "
        counts = [_dotted(cell) if self.options.counts_as_text else cell for cell in row.counts()]
        self._write_row(number, name, counts, bold=bold, poor_rate=row.poor_rate)

    def _write_row(
        self, number: int | str, name: str, counts: Sequence[Cell], *, bold: bool = False, poor_rate: Cell = None
    ) -> None:
        self._at(self.row, number, name, counts, bold=bold, poor_rate=poor_rate)
        self.row += 1

    def _at(
        self,
        row: int,
        number: int | str | None,
        name: str | None,
        counts: Sequence[Cell],
        *,
        bold: bool = True,
        poor_rate: Cell = None,
    ) -> None:
        weight = " bold" if bold else ""
        if number is not None:
            self._put(f"A{row}", number or None, self.styles[f"text{weight}"])
        if name is not None:
            self._put(f"B{row}", name, self.styles[f"text{weight}"])
        for count, cell in zip(COUNTS, counts, strict=True):
            self._put(f"{COLUMN_OF[count]}{row}", cell, self.styles[f"count{weight}"])
        self.sums[row] = [_whole(cell) for cell in counts]
        style = self.styles[f"number{weight}" if self.options.rates is Rates.PERCENT else f"rate{weight}"]
        for column, (numerator, denominator) in RATE_COLUMNS.items():
            rate = self._rate(row, numerator, denominator)
            self._put(f"{column}{row}", poor_rate if column == "F" and poor_rate is not None else rate, style)

    def _sums(self, rows: Sequence[int]) -> list[Cell]:
        sums: list[Cell] = []
        for position, letter in enumerate(COLUMN_OF.values()):
            total = sum(self.sums[row][position] for row in rows)
            if self.options.sums is Sums.NUMBER or not rows:
                sums.append(total)
                continue
            stored = None if self.options.sums is Sums.UNCALCULATED else total
            sums.append(_Sum(f"={_addition(letter, rows)}", stored, total))
        return sums

    def _rate(self, row: int, numerator: str, denominator: str) -> Cell:
        counts = dict(zip(COLUMN_OF.values(), self.sums[row], strict=True))
        part, whole = counts[numerator], counts[denominator]
        rate = Fraction(part, whole) if whole else None
        match self.options.rates:
            case Rates.NONE:
                return None
            case Rates.FORMULA:
                return Formula(f"={numerator}{row}/{denominator}{row}*100%", "#DIV/0!" if rate is None else float(rate))
            case Rates.PERCENT:
                return None if rate is None else float(round(rate * 100, 2))
            case Rates.TEXT:
                return "NaN%" if rate is None else f"{float(rate * 100):.2f}%"

    def _put(self, place: str, cell: Cell, style: Format) -> None:
        match cell:
            case None:
                self.sheet.write_blank(place, None, style)
            case Formula():
                # XlsxWriter stores 0 unless it is told otherwise; an empty text leaves the value empty.
                self.sheet.write_formula(place, cell.text, style, "" if cell.value is None else cell.value)
            case str():
                self.sheet.write_string(place, cell, style)
            case _:
                self.sheet.write_number(place, cell, style)

    def write_check_columns(self) -> None:
        self.sheet.write_string("N7", "cột kiểm tra số bằng 0 thì khớp", self.styles["title"])
        for row in range(FIRST_DATA_ROW, self.row):
            self.sheet.write_formula(f"N{row}", f"=E{row}+I{row}-E{row}-I{row}", self.styles["text"], 0)
        self.sheet.write_formula(f"O{FIRST_DATA_ROW}", "=#REF!-C9", self.styles["text"], "#REF!")
        if self.options.external_link:
            self.sheet.write_formula(f"O{FIRST_DATA_ROW + 1}", "='[1]mẫu 08'!A11", self.styles["text"], "")

    def write_signature(self) -> None:
        row = self.row + 1
        title = self.styles["title"]
        self.sheet.merge_range(f"H{row}:L{row}", self.options.place_and_date, self.styles["note"])
        self.sheet.merge_range(f"A{row + 1}:D{row + 1}", "Người lập biểu", title)
        self.sheet.merge_range(f"H{row + 1}:L{row + 1}", "CHỦ TỊCH UBND", title)


@dataclass(frozen=True, slots=True)
class _Sum(Formula):
    """A formula whose sum is known here even where it is not stored."""

    total: int = 0


def _replaced(sums: list[Cell], printed: Mapping[str, Cell]) -> list[Cell]:
    return [printed.get(count, cell) for count, cell in zip(COUNTS, sums, strict=True)]


def _addition(letter: str, rows: Sequence[int]) -> str:
    together = rows[-1] - rows[0] + 1 == len(rows) > 1
    return f"SUM({letter}{rows[0]}:{letter}{rows[-1]})" if together else "+".join(f"{letter}{row}" for row in rows)


def _whole(cell: Cell) -> int:
    match cell:
        case _Sum():
            return cell.total
        case Formula():
            return int(cell.value) if isinstance(cell.value, int | float) else 0
        case str():
            digits = cell.replace(".", "") if _THOUSANDS.fullmatch(cell) else cell.partition(".")[0]
            return int(digits) if digits.isdigit() else 0
        case None:
            return 0
        case _:
            return int(cell)


def _dotted(cell: Cell) -> Cell:
    return f"{cell:,}".replace(",", ".") if isinstance(cell, int) else cell
