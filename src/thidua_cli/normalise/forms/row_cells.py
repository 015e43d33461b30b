"""Columns and cells of a form: which column holds which count, and the numbers in its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from thidua_cli.findings import Finding
from thidua_cli.language import NO_TEXT, Text, format_count
from thidua_cli.lexicon import column_text
from thidua_cli.model import COUNTS, RATE_COLUMN, REQUIRED_COUNTS, Origin
from thidua_cli.normalise.forms.table import Area, FormRow, FormTable, Role
from thidua_cli.normalise.sheet.cell_faults import fault_finding
from thidua_cli.normalise.sheet.cells import Cells, printed
from thidua_cli.normalise.sheet.faults import V001, V002, V003, V004
from thidua_cli.normalise.sheet.heading_faults import H001, H002, H003
from thidua_cli.normalise.sheet.headings import IGNORED, Headings
from thidua_cli.normalise.sheet.layout import Column, Layout
from thidua_cli.normalise.sheet.numbers import (
    Trouble,
    has_whole_decimals,
    is_ambiguous_beside_decimals,
    read_count,
    shown,
)
from thidua_cli.normalise.sheet.printed_rates import MEASURE_OF, columns_told_once
from thidua_cli.normalise.sheet.title import is_plausible_year
from thidua_cli.read.grid import Cell, Grid

_ONE_ONLY = frozenset({*COUNTS, "unit_name", "unit_code", "year"})
"""Meanings that only one column may have; of the others (rates, numbering) the first is looked at."""


def form_columns(
    grid: Grid,
    layout: Layout,
    headings: Headings,
    findings: list[Finding],
    required: Sequence[str] = REQUIRED_COUNTS,
) -> dict[str, Column]:
    """Return meaning → column; headings that are unknown, double or missing become findings."""
    by_meaning: dict[str, list[Column]] = {}
    for column in layout.columns:
        if column.meaning is None:
            findings.append(_unknown_heading(grid, layout, column, headings))
        elif not column.meaning.startswith(IGNORED):
            by_meaning.setdefault(column.meaning, []).append(column)
    double = {meaning for meaning, found in by_meaning.items() if len(found) > 1 and meaning in _ONE_ONLY}
    for meaning in sorted(double):
        found = by_meaning[meaning]
        origin = grid.origin(layout.header_top, found[0].index)
        letters = ", ".join(column.letters for column in found)
        details = {"columns": letters, "column_text": column_text(meaning)}
        findings.append(Finding(H003, origin, column=meaning, value=letters, details=details))
    absent: list[Finding] = []
    for meaning in required:
        if meaning not in by_meaning:
            origin = Origin(grid.file, grid.sheet, layout.header_top + 1, last_row=layout.header_bottom + 1)
            details = {"column_text": column_text(meaning)}
            absent.append(Finding(H001, origin, column=meaning, details=details))
    rates = {RATE_COLUMN[measure] for heading, measure in MEASURE_OF.items() if heading in by_meaning}
    findings += columns_told_once(absent, rates)
    return {meaning: found[0] for meaning, found in by_meaning.items() if meaning not in double}


def _unknown_heading(grid: Grid, layout: Layout, column: Column, headings: Headings) -> Finding:
    origin = grid.origin(layout.header_top, column.index)
    near = headings.nearest(column.path[-1])
    suggestion = Text(f" (gần giống “{near}”)", f" (close to “{near}”)") if near else NO_TEXT
    details = {"heading": column.heading, "suggestion": suggestion}
    return Finding(H002, origin, column=column.heading, value=column.heading, details=details)


def label_text(cells: Cells, row: int, column: Column | None) -> str:
    """Return the text of a label cell; a "1.1" that Excel took for the first of January is "1.1" again."""
    if column is None:
        return ""
    value = cells.value(row, column.index)
    if isinstance(value, (date, datetime)):
        return f"{value.day}.{value.month}"
    return printed(value)


def read_row(
    grid: Grid,
    cells: Cells,
    row: int,
    role: Role,
    texts: tuple[str, str, str],
    columns: Mapping[str, Column],
    table: FormTable,
    area: Area | None = None,
) -> FormRow:
    """Return one row with its counts; cells that hold none though they are not empty become findings."""
    counts: dict[str, int] = {}
    troubled: set[str] = set()
    number, name, code = texts
    for meaning, column in columns.items():
        table.used.add((row, column.index))
        cell = cells.value(row, column.index)
        count = read_count(cell)
        if count.trouble is not None or (row, column.index) in grid.facts.faults:
            table.findings.append(_cell_finding(grid, row, column, meaning, cell, name))
            troubled.add(meaning)
        elif count.value is not None:
            counts[meaning] = count.value
            if count.was_text:
                table.as_text.add(meaning)
    year = _row_year(cells, row, table.columns.get("year"))
    return FormRow(role, row, number, name, code, counts, frozenset(troubled), area, year)


def _row_year(cells: Cells, row: int, column: Column | None) -> int | None:
    """Return the year of a row's own column, which may be merged over many rows; 0 where it holds none."""
    if column is None:
        return None
    area = cells.area_of(row, column.index)
    value = read_count(cells.value(area.top, area.left)).value or 0
    return value if is_plausible_year(value) else 0


def _cell_finding(grid: Grid, row: int, column: Column, meaning: str, cell: Cell, name: str) -> Finding:
    """Return what is wrong with a cell that the file hides or that holds no count."""
    origin = grid.origin(row, column.index)
    fault = grid.faults.get((row, column.index))
    if fault is not None:
        return fault_finding(fault, origin, unit_name=name, column=meaning)
    kind = V002 if read_count(cell).trouble is Trouble.NEGATIVE else V001
    details = {"column_text": column_text(meaning), "hint": not_whole_hint(cell)}
    return Finding(kind, origin, unit_name=name, column=meaning, value=shown(cell), details=details)


def not_whole_hint(cell: Cell) -> Text:
    """Excel with English settings turns "1.234" into the number 1.234: the thousand is then worth asking for."""
    if isinstance(cell, float) and 0 < cell < 1000 and abs(cell * 1000 - round(cell * 1000)) < 1e-6:
        vi, en = format_count(round(cell * 1000)), f"{round(cell * 1000):,}"
        return Text(f"; có phải là {vi} (dấu chấm bị hiểu là dấu thập phân)?", f"; is it {en}, its dot misread?")
    return NO_TEXT


def judge_texts(grid: Grid, cells: Cells, table: FormTable, meaning: str, column: Column) -> None:
    """Report once per column that numbers stand as text (V003); withhold those with an ambiguous separator (V004)."""
    if meaning not in table.as_text:
        return
    found = [(at, cells.value(row.row, column.index)) for at, row in enumerate(table.rows) if meaning in row.counts]
    as_text = [(at, value) for at, value in found if isinstance(value, str)]
    text = column_text(meaning)

    def origin(at: int) -> Origin:
        return grid.origin(table.rows[at].row, column.index)

    decimal = next((value for _, value in as_text if has_whole_decimals(value)), None)
    ambiguous = [one for one in as_text if decimal is not None and is_ambiguous_beside_decimals(one[1])]
    used = [one for one in as_text if one not in ambiguous]
    if used and not grid.is_text:
        first, value = used[0]
        details: dict[str, object] = {"count": len(used), "column_text": text}
        table.findings.append(Finding(V003, origin(first), column=meaning, value=value, details=details))
    for at, value in ambiguous:
        name, details = table.rows[at].name, {"other": decimal, "column_text": text}
        finding = Finding(V004, origin(at), unit_name=name, column=meaning, value=value, details=details)
        table.findings.append(finding)
        table.rows[at] = _without(table.rows[at], meaning)


def _without(row: FormRow, meaning: str) -> FormRow:
    counts = {name: value for name, value in row.counts.items() if name != meaning}
    return replace(row, counts=counts, hidden_or_wrong=row.hidden_or_wrong | {meaning})
