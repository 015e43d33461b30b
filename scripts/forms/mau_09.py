"""Mẫu 09 and 10 as a workbook: how poor and near-poor households moved within the year, two rows per unit.

Headings, header rows and numbering are those of the register of forms (`thidua_cli.normalise.forms.register`).
Equal input gives equal bytes.

    from forms.mau_09 import MovementOptions, MovementRow, write

    write(path, [MovementRow("Xã Tà Lu", (150, 30, 10, 0, 5, 2, 3, 0, 120))], MovementOptions(year=2023))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from forms.mau_08 import MOTTO, SECTIONS, new_workbook
from forms.model import Area, Arrangement, Cell, Formula
from thidua_cli.normalise.forms.register import template_forms

COLUMNS: Final = "DEFGHIJKL"
"""Columns 1 to 9."""
BALANCE: Final = (1, -1, -1, -1, 1, 1, 1, 1)


class Labels(StrEnum):
    """How number and name stand beside the two rows of a unit."""

    MERGED = "merged"
    ONCE = "once"
    """In the first of the two rows; the cell below is empty."""
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class MovementRow:
    """One unit: the nine counts of households, and as many of persons (four times the households if not given)."""

    name: str
    counts: Sequence[Cell] = ()
    """Columns 1 to 9; without the ninth it is computed. Nothing at all: a parent that holds the sum of its parts."""
    persons: Sequence[Cell] = ()
    area: Area = Area.RURAL
    depth: int = 1


@dataclass(frozen=True, slots=True)
class MovementOptions:
    """How the sheet looks. The defaults give Mẫu 09 of a district as printed."""

    form: str = "09"
    """Number of the form, as `thidua template --form`."""
    year: int = 2023
    agency: str = "UBND HUYỆN ĐÔNG GIANG"
    sheet_name: str = ""
    """"Mẫu 09" or "Mẫu 10" if it is not given."""
    arrangement: Arrangement = Arrangement.AREA
    labels: Labels = Labels.MERGED
    period: str = "năm"
    """"kỳ" prints "đầu kỳ" and "cuối kỳ"."""
    breakdown_heading: str = "Phân tổ"
    persons_first: bool = False
    numbering_row: bool = True
    closing_as_formula: bool = False
    printed_total: dict[int, Cell] = field(default_factory=dict)
    """Replaces sums of the last row of households, by the numbers of the columns."""
    headings: dict[int, str] = field(default_factory=dict)
    """Replaces the last part of a heading, by the number of the column."""
    signature: bool = True


def write(path: Path, rows: Sequence[MovementRow], options: MovementOptions | None = None) -> dict[str, int]:
    """Write a workbook of one sheet; return name → sheet row of households (from 1), sections and total included."""
    with new_workbook(path) as workbook:
        return add_sheet(workbook, rows, options or MovementOptions())


def add_sheet(workbook: Workbook, rows: Sequence[MovementRow], options: MovementOptions) -> dict[str, int]:
    """Add one form to an open workbook; return name → sheet row of households."""
    sheet = workbook.add_worksheet(options.sheet_name or f"Mẫu {options.form}")
    style = workbook.add_format({"font_name": "Times New Roman", "font_size": 11, "border": 1, "text_wrap": True})
    writer = _SheetWriter(sheet, style, options)
    writer.write_head()
    writer.write_units(rows)
    return writer.rows


class _SheetWriter:
    def __init__(self, sheet: Worksheet, style: Format, options: MovementOptions) -> None:
        self.sheet = sheet
        self.style = style
        self.options = options
        self.form = template_forms()[options.form]
        self.row = self.form.header_row + self.form.header_rows + options.numbering_row
        """The next sheet row, from 1."""
        self.rows: dict[str, int] = {}
        self.sums: dict[str, tuple[list[int], list[int]]] = {}

    def write_head(self) -> None:
        sheet, options = self.sheet, self.options
        sheet.merge_range("A1:D1", options.agency, self.style)
        sheet.merge_range("E1:L1", MOTTO, self.style)
        sheet.merge_range("A2:L2", self.form.printed_title, self.style)
        sheet.merge_range("A3:L3", f"Năm rà soát: {options.year}", self.style)
        top = self.form.header_row - 1
        for cell in self.form.heading_cells():
            text = cell.text.replace("đầu năm", f"đầu {options.period}").replace("cuối năm", f"cuối {options.period}")
            text = options.breakdown_heading if text == "Phân tổ" else text
            if cell.bottom == self.form.header_rows - 1:
                text = options.headings.get(cell.left - 2, text)
            self._merge(top + cell.top, cell.left, top + cell.bottom, cell.right, text)
        if options.numbering_row:
            for at, text in enumerate((*"ABC", *map(str, range(1, 9)), "9=1-2-3-4+5+6+7+8")):
                sheet.write_string(top + self.form.header_rows, at, text, self.style)

    def write_units(self, rows: Sequence[MovementRow]) -> None:
        tops = self._sections(rows) if self.options.arrangement is Arrangement.AREA else self._numbered(rows)
        number = "III" if self.options.arrangement is Arrangement.AREA else ""
        total = self._sum(tops)
        printed = [self.options.printed_total.get(at, value) for at, value in enumerate(total[0], start=1)]
        self._unit(number, "Tổng cộng (I + II)" if number else "Tổng cộng", printed, total[1])
        if self.options.signature:
            self.sheet.write_string(self.row, 0, "Người lập biểu", self.style)
            self.sheet.write_string(self.row, 8, "CHỦ TỊCH UBND", self.style)

    def _sections(self, rows: Sequence[MovementRow]) -> list[str]:
        names = []
        for number, name, area in SECTIONS:
            members = [row for row in rows if row.area is area]
            for row in members:
                self._keep(row)
            self._unit(number, name, *self._sum([row.name for row in members]))
            for ordinal, row in enumerate(members, start=1):
                self._unit(str(ordinal), row.name, *_both(row))
            names.append(name)
        return names

    def _numbered(self, rows: Sequence[MovementRow]) -> list[str]:
        tops: list[str] = []
        part = 0
        for at, row in enumerate(rows):
            if row.depth > 1:
                part += 1
                self._unit(f"{len(tops)}.{part}", row.name, *_both(row))
                continue
            part = 0
            below = next((end for end in range(at + 1, len(rows)) if rows[end].depth == 1), len(rows))
            for one in rows[at + 1 : below] if not row.counts else (row,):
                self._keep(one)
            tops.append(row.name)
            children = [one.name for one in rows[at + 1 : below]]
            self._unit(str(len(tops)), row.name, *(_both(row) if row.counts else self._sum(children)))
        return tops

    def _keep(self, row: MovementRow) -> None:
        households, persons = _both(row)
        self.sums[row.name] = ([_whole(cell) for cell in households], [_whole(cell) for cell in persons])

    def _sum(self, names: Sequence[str]) -> tuple[list[int], list[int]]:
        parts = [self.sums[name] for name in names]
        return (
            [sum(part[0][at] for part in parts) for at in range(9)],
            [sum(part[1][at] for part in parts) for at in range(9)],
        )

    def _unit(self, number: str, name: str, households: Sequence[Cell], persons: Sequence[Cell]) -> None:
        self.sums.setdefault(name, ([_whole(cell) for cell in households], [_whole(cell) for cell in persons]))
        kinds = [("Hộ", households), ("Nhân khẩu", persons)]
        if self.options.persons_first:
            kinds.reverse()
        top = self.row - 1
        for at, text in enumerate((number, name)):
            if self.options.labels is Labels.MERGED:
                self.sheet.merge_range(top, at, top + 1, at, text, self.style)
            else:
                self.sheet.write(top, at, text or None, self.style)
                self.sheet.write(top + 1, at, text if self.options.labels is Labels.TWICE else None, self.style)
        for row, (kind, cells) in enumerate(kinds, start=top):
            self.sheet.write_string(row, 2, kind, self.style)
            for letter, cell in zip(COLUMNS, cells, strict=True):
                self._put(f"{letter}{row + 1}", cell)
            if kind == "Hộ":
                self.rows[name] = row + 1
                if self.options.closing_as_formula:
                    at = row + 1
                    # officers' own formula, which forgets columns 4 and 8
                    text = f"=D{at}-E{at}-F{at}+H{at}+I{at}+J{at}"
                    self._put(f"L{at}", Formula(text, _whole(cells[8])))
        self.row += 2

    def _put(self, place: str, cell: Cell) -> None:
        match cell:
            case None:
                self.sheet.write_blank(place, None, self.style)
            case Formula():
                self.sheet.write_formula(place, cell.text, self.style, "" if cell.value is None else cell.value)
            case str():
                self.sheet.write_string(place, cell, self.style)
            case _:
                self.sheet.write_number(place, cell, self.style)

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str) -> None:
        if (top, left) == (bottom, right):
            self.sheet.write_string(top, left, text, self.style)
        else:
            self.sheet.merge_range(top, left, bottom, right, text, self.style)


def _both(row: MovementRow) -> tuple[list[Cell], list[Cell]]:
    households = list(row.counts)
    if len(households) == len(BALANCE):
        households.append(sum(_whole(cell) * sign for cell, sign in zip(households, BALANCE, strict=True)))
    return households, list(row.persons) or [4 * cell if isinstance(cell, int) else cell for cell in households]


def _whole(cell: Cell) -> int:
    if isinstance(cell, Formula):
        return _whole(cell.value)
    return int(cell) if isinstance(cell, int | float) else 0
