"""Columns and cells of a form: which column holds which count, and the numbers in its rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.model import COUNTS, RATE_COLUMN, Origin
from thidua_cli.normalise.cells.headings import claimed_twice, close_to, missing_headings, unknown_heading
from thidua_cli.normalise.cells.rates_alone import MEASURE_OF, told_once
from thidua_cli.normalise.sheet.cells import Cells, SheetContext, printed
from thidua_cli.normalise.sheet.headings import IGNORED, Column, Layout
from thidua_cli.normalise.sheet.numbers import read_count
from thidua_cli.normalise.sheet.title import is_plausible_year

_ONE_ONLY: Final = frozenset({*COUNTS, "unit_name", "unit_code", "year"})
"""Meanings that only one column may have; of the others (rates, numbering) the first is looked at."""


def form_columns(
    sheet: SheetContext, layout: Layout, required: Sequence[str]
) -> tuple[dict[str, Column], list[Finding]]:
    """Return meaning → column, and the headings that are unknown, double or missing (H001–H003)."""
    grid, top = sheet.grid, layout.header_top
    by_meaning: dict[str, list[Column]] = {}
    findings: list[Finding] = []
    for column in layout.columns:
        if column.meaning is None:
            suggestion = close_to(sheet.headings.nearest(column.path[-1]))
            findings.append(unknown_heading(grid.origin(top, column.index), column.heading, suggestion))
        elif not column.meaning.startswith(IGNORED):
            by_meaning.setdefault(column.meaning, []).append(column)
    double = sorted(meaning for meaning in _ONE_ONLY.intersection(by_meaning) if len(by_meaning[meaning]) > 1)
    for meaning in double:
        columns = by_meaning[meaning]
        findings += claimed_twice(meaning, [claimed.letters for claimed in columns], grid.origin(top, columns[0].index))
    header = Origin(grid.file, grid.sheet, top + 1, last_row=layout.header_bottom + 1)
    rates = {RATE_COLUMN[measure] for heading, measure in MEASURE_OF.items() if heading in by_meaning}
    findings += told_once(missing_headings(required, by_meaning, header), lambda _: rates)
    return {meaning: columns[0] for meaning, columns in by_meaning.items() if meaning not in double}, findings


def label_text(cells: Cells, row: int, column: Column | None) -> str:
    """Return the text of a label cell; a "1.1" that Excel took for the first of January is "1.1" again."""
    if column is None:
        return ""
    value = cells.value(row, column.index)
    if isinstance(value, (date, datetime)):
        return f"{value.day}.{value.month}"
    return printed(value)


def row_year(cells: Cells, row: int, column: Column | None) -> int | None:
    """Return the year of a row's own column, which may be merged over many rows; 0 where it holds none."""
    if column is None:
        return None
    area = cells.area_of(row, column.index)
    value = read_count(cells.value(area.top, area.left)).value or 0
    return value if is_plausible_year(value) else 0
