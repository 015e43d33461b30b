"""Rows of a form: which are units, which are sections and totals, where the table ends, and their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text, format_count
from thidua_cli.model import COUNTS, Origin
from thidua_cli.normalise.cell_faults import fault_finding
from thidua_cli.normalise.faults import H001, H002, H003, V001, V002, V003, V004
from thidua_cli.normalise.headings import IGNORED, SUM, Headings, column_text, fold
from thidua_cli.normalise.layout import Cells, Column, Layout
from thidua_cli.normalise.numbers import (
    Trouble,
    has_whole_decimals,
    is_ambiguous_beside_decimals,
    read_count,
)
from thidua_cli.normalise.reading import NO_TEXT
from thidua_cli.read.grid import Cell, Grid, cell_name

REQUIRED: Final = ("households", "poor_households", "near_poor_households")
_ROMAN: Final = re.compile(r"[IVXivx]+\.?\Z")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*\.?\Z")
_TOTAL: Final = (
    "tong cong",
    "tong so",
    "tong",
    "cong",
    "toan huyen",
    "toan tinh",
    "toan xa",
    "toan thi xa",
    "toan thanh pho",
)
_SIGNATURE: Final = (
    "nguoi lap", "tm uy ban", "tm ubnd", "chu tich", "kt chu tich", "pho chu tich", "thu truong", "noi nhan", "ghi chu",
    "luu y", "xac nhan", "can bo",
)  # fmt: skip
_PLACE_AND_DATE: Final = re.compile(r"\bngay\b.*\bthang\b.*\bnam\b")


class Role(Enum):
    """What a row is."""

    UNIT = auto()
    SECTION = auto()
    TOTAL = auto()


class Area(Enum):
    """The section of a form by area."""

    URBAN = "urban"
    RURAL = "rural"


@dataclass(frozen=True, slots=True)
class FormRow:
    """One used row of a form."""

    role: Role
    row: int
    """0-based row in the sheet."""
    number: str
    """Text of the column TT."""
    name: str
    code: str
    counts: Mapping[str, int]
    """Known counts by canonical name."""
    hidden_or_wrong: frozenset[str]
    """Counts whose cell is reported already, so that nobody calls it merely empty."""
    area: Area | None = None

    @property
    def depth(self) -> int | None:
        """1 for "1", 2 for "1.1"; None where the column TT does not number the row."""
        if not _NUMBER.match(self.number):
            return None
        return len([part for part in re.split("[.,]", self.number) if part])


@dataclass(slots=True)
class FormTable:
    """A form as read: rows and what was wrong in their cells."""

    rows: list[FormRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)
    """Cells (0-based) that figures are taken from."""
    columns: dict[str, Column] = field(default_factory=dict)
    """Meaning → the column used for it."""
    end: int = 0
    """0-based row after the table."""


def read_rows(grid: Grid, cells: Cells, layout: Layout, headings: Headings) -> FormTable:
    """Return the used rows of the table below `layout`, with findings for headings and cells that cannot be used."""
    table = FormTable()
    table.columns = _columns(grid, layout, headings, table.findings)
    counts = {meaning: column for meaning, column in table.columns.items() if meaning in COUNTS}
    area: Area | None = None
    seen_total = False
    row = layout.header_bottom + 1
    while row < len(cells.rows):
        number, name, code = (
            _text(cells, row, table.columns.get(key)) for key in ("row_number", "unit_name", "unit_code")
        )
        has_counts = any(
            cells.value(row, column.index) is not None or (row, column.index) in grid.faults
            for column in counts.values()
        )
        label = name or number
        if _ends_table(cells, row, label, has_counts, seen_total):
            break
        role = _role(number, name)
        area = _area(label) or (None if role is Role.SECTION else area) if role is Role.SECTION else area
        if (label and (has_counts or role is Role.UNIT)) or has_counts:
            form_row = _read_row(grid, cells, row, role, (number, name, code), counts, table)
            table.rows.append(replace(form_row, area=None if role is Role.TOTAL else area))
        elif role is Role.SECTION and label:
            table.rows.append(FormRow(role, row, number, name, code, {}, frozenset(), area))
        seen_total = seen_total or role is Role.TOTAL
        row += 1
    table.end = row
    for meaning, column in counts.items():
        _judge_texts(grid, cells, table, meaning, column)
    return table


def _text(cells: Cells, row: int, column: Column | None) -> str:
    return "" if column is None else cells.text(row, column.index)


def _ends_table(cells: Cells, row: int, label: str, has_counts: bool, seen_total: bool) -> bool:
    """The signature block, a note, or (below the total) any row without figures ends the table."""
    if has_counts:
        return False
    texts = [fold(text) for text in cells.texts(row)]
    if any(text.startswith(_SIGNATURE) or _PLACE_AND_DATE.search(text) for text in texts):
        return True
    return seen_total and bool(label) and not _area(label)


def _role(number: str, name: str) -> Role:
    label = fold(name or number)
    if label.startswith(_TOTAL) and not label.startswith("tong cong ty"):
        return Role.TOTAL
    if _area(name or number) and not _NUMBER.match(number):
        return Role.SECTION
    return Role.UNIT


def _area(label: str) -> Area | None:
    text = fold(label)
    if text.startswith(("khu vuc thanh thi", "thanh thi", "khu vuc do thi")):
        return Area.URBAN
    if text.startswith(("khu vuc nong thon", "nong thon")):
        return Area.RURAL
    return None


def is_roman(number: str) -> bool:
    """Say whether the column TT holds a roman numeral: a group, such as a district above its communes."""
    return bool(_ROMAN.match(number))


# Headings ---------------------------------------------------------------------------------------------------------


def _columns(grid: Grid, layout: Layout, headings: Headings, findings: list[Finding]) -> dict[str, Column]:
    by_meaning: dict[str, list[Column]] = {}
    for column in layout.columns:
        if column.meaning is None:
            findings.append(_unknown_heading(grid, layout, column, headings))
        elif not column.meaning.startswith(IGNORED):
            by_meaning.setdefault(column.meaning, []).append(column)
    for meaning, found in by_meaning.items():
        if len(found) > 1 and (meaning in COUNTS or meaning == "unit_name"):
            origin = Origin(grid.file, grid.sheet, cell_name(layout.header_top, found[0].index))
            letters = ", ".join(column.letters for column in found)
            details = {"columns": letters, "column_text": column_text(meaning)}
            findings.append(Finding(H003, origin, column=meaning, value=letters, details=details))
    for meaning in REQUIRED:
        if meaning not in by_meaning:
            origin = Origin(grid.file, grid.sheet, f"{layout.header_top + 1}:{layout.header_bottom + 1}")
            details = {"column_text": column_text(meaning)}
            findings.append(Finding(H001, origin, column=meaning, details=details))
    return {meaning: found[0] for meaning, found in by_meaning.items() if len(found) == 1 or meaning not in COUNTS}


def _unknown_heading(grid: Grid, layout: Layout, column: Column, headings: Headings) -> Finding:
    origin = Origin(grid.file, grid.sheet, cell_name(layout.header_top, column.index))
    near = headings.nearest(column.path[-1])
    suggestion = Text(f" (gần giống “{near}”)", f" (close to “{near}”)") if near else NO_TEXT
    details = {"heading": column.heading, "suggestion": suggestion}
    return Finding(H002, origin, column=column.heading, value=column.heading, details=details)


# Cells ------------------------------------------------------------------------------------------------------------


def _read_row(
    grid: Grid,
    cells: Cells,
    row: int,
    role: Role,
    texts: tuple[str, str, str],
    columns: Mapping[str, Column],
    table: FormTable,
) -> FormRow:
    counts: dict[str, int] = {}
    troubled: set[str] = set()
    number, name, code = texts
    for meaning, column in columns.items():
        table.used.add((row, column.index))
        cell = cells.value(row, column.index)
        finding = _cell_finding(grid, row, column, meaning, cell, name)
        count = read_count(cell)
        if finding is not None:
            table.findings.append(finding)
            troubled.add(meaning)
        elif count.value is not None:
            counts[meaning] = count.value
    return FormRow(role, row, number, name, code, counts, frozenset(troubled))


def _cell_finding(grid: Grid, row: int, column: Column, meaning: str, cell: Cell, name: str) -> Finding | None:
    origin = Origin(grid.file, grid.sheet, cell_name(row, column.index))
    fault = grid.faults.get((row, column.index))
    if fault is not None:
        return fault_finding(fault, origin, unit_name=name, column=meaning)
    trouble = read_count(cell).trouble
    if trouble is None:
        return None
    kind = V002 if trouble is Trouble.NEGATIVE else V001
    details = {"column_text": column_text(meaning), "hint": _hint(cell)}
    return Finding(kind, origin, unit_name=name, column=meaning, value=_shown(cell), details=details)


def _shown(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _hint(cell: Cell) -> Text:
    """Excel with English settings turns "1.234" into the number 1.234: the thousand is then worth asking for."""
    if isinstance(cell, float) and 0 < cell < 100 and (cell * 1000).is_integer():
        whole = format_count(int(cell * 1000))
        return Text(f"; có phải là {whole} (dấu chấm bị hiểu là dấu thập phân)?", f"; is it {whole}, its dot misread?")
    return NO_TEXT


def _judge_texts(grid: Grid, cells: Cells, table: FormTable, meaning: str, column: Column) -> None:
    """Report once per column that numbers stand as text (V003); withhold those with an ambiguous separator (V004)."""
    found = [(row, cells.value(row.row, column.index)) for row in table.rows if meaning in row.counts]
    as_text = [(row, value) for row, value in found if isinstance(value, str)]
    if not as_text or grid.is_text:
        return
    text = column_text(meaning)

    def origin(row: FormRow) -> Origin:
        return Origin(grid.file, grid.sheet, cell_name(row.row, column.index))

    first, value = as_text[0]
    details: dict[str, object] = {"count": len(as_text), "column_text": text}
    table.findings.append(Finding(V003, origin(first), column=meaning, value=value, details=details))
    decimal = next((value for _, value in as_text if has_whole_decimals(value)), None)
    for row, value in as_text if decimal is not None else ():
        if is_ambiguous_beside_decimals(value):
            details = {"other": decimal, "column_text": text}
            table.findings.append(Finding(V004, origin(row), column=meaning, value=value, details=details))
            table.rows[table.rows.index(row)] = _without(row, meaning)


def _without(row: FormRow, meaning: str) -> FormRow:
    counts = {name: value for name, value in row.counts.items() if name != meaning}
    return replace(row, counts=counts, hidden_or_wrong=row.hidden_or_wrong | {meaning})


def sum_columns(table: FormTable) -> dict[str, Column]:
    """Return the columns that print a sum of other columns."""
    return {meaning: column for meaning, column in table.columns.items() if meaning.startswith(SUM)}
