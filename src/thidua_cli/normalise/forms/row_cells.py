"""Columns and cells of a form: which column holds which count, the numbers in its rows, and rates without counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.model import COUNTS, RATE_COLUMN, REQUIRED_COUNTS, Measure, Origin
from thidua_cli.normalise.cells.headings import claimed_twice, close_to, missing_headings, unknown_heading
from thidua_cli.normalise.cells.judged import JudgedCell
from thidua_cli.normalise.cells.percents import (
    Scale,
    is_bare_number,
    percent_finding,
    percent_of,
    read_percent,
    scale_of,
)
from thidua_cli.normalise.cells.rates_alone import MEASURE_OF, told_once
from thidua_cli.normalise.forms.table import FormRow, FormTable
from thidua_cli.normalise.sheet.cells import Cells, SheetContext, printed
from thidua_cli.normalise.sheet.headings import IGNORED, Column, Layout, kept_of_header
from thidua_cli.normalise.sheet.numbers import read_whole
from thidua_cli.normalise.sheet.scaled_counts import read_scaled
from thidua_cli.normalise.sheet.title import is_plausible_year
from thidua_cli.read.grid import Fault, Grid

_ROWS_LOOKED_AT: Final = 30


def rate_columns(columns: Mapping[str, Column]) -> dict[Measure, Column]:
    """Return the columns of printed rates by measure."""
    return {measure: columns[meaning] for meaning, measure in MEASURE_OF.items() if meaning in columns}


def stands_on_rates(cells: Cells, columns: Mapping[str, Column], first: int) -> bool:
    """Say whether a table has columns of rates, and its required counts have no column or no figure below row `first`.

    The rates are then what tells its rows from words.
    """
    if not rate_columns(columns):
        return False
    places = [columns[name] for name in REQUIRED_COUNTS if name in columns]
    last = min(first + _ROWS_LOOKED_AT, len(cells.rows))
    return not any(
        read_scaled(cells.value(row, column.index), column.factor).value is not None
        for row in range(first, last)
        for column in places
    )


def take_rates(grid: Grid, cells: Cells, table: FormTable) -> None:
    """Give the rows of a form the rates they print where the counts of those rates are missing; report odd cells.

    A zero beside count columns that were left empty is a formula over nothing, not a rate.
    """
    columns = rate_columns(table.columns)
    if not columns:
        return
    needed = {name for measure in columns for name in (measure.whole, *measure.parts)}
    any_counts = any(row.counts for row in table.rows)
    wanted = {
        index: lacking
        for index, row in enumerate(table.rows)
        if not row.counts.keys() >= needed
        and not (any_counts and row.is_bare)
        and row.row not in table.uneven
        and (lacking := [measure_of for measure_of in columns if _lacks(row, measure_of)])
    }
    if not wanted:
        return
    scale = _scale(cells, table, columns)
    told: set[Measure] = set()
    for index, measures in wanted.items():
        row = table.rows[index]
        rates: dict[str, str] = {}
        for measure in measures:
            place = (row.row, columns[measure].index)
            cell = cells.value(*place)
            table.used.add(place)
            fault = grid.facts.faults.get(place)
            is_hidden = fault is not None and fault.fault is not Fault.WORDED
            printed = None if is_hidden else percent_of(cell, scale)
            # beside columns of counts the empty count is reported (V005); without them the rate is all there is
            has_columns = all(name in table.columns for name in (measure.whole, *measure.parts))
            if printed is None:
                if not has_columns and measure not in told:
                    told.add(measure)
                    judged = JudgedCell(cell, grid.origin(*place), RATE_COLUMN[measure], unit_name=row.name)
                    table.findings.append(percent_finding(judged, scale))
            elif printed and not (has_columns and not any(map(Fraction, printed.split("+")))):
                rates[RATE_COLUMN[measure]] = printed
        if rates:
            table.rows[index] = row._replace(rates=rates)


def _lacks(row: FormRow, measure: Measure) -> bool:
    names = (measure.whole, *measure.parts)
    return any(name not in row.counts for name in names) and not row.hidden_or_wrong.intersection(names)


def _scale(cells: Cells, table: FormTable, columns: Mapping[Measure, Column]) -> Scale:
    """Return what the bare numbers are: by their size, or by rows that hold the counts as well."""
    places = [(row, measure, column.index) for row in table.rows for measure, column in columns.items()]
    scale = scale_of(cells.value(row.row, index) for row, _, index in places)
    if scale is not Scale.UNKNOWN:
        return scale
    votes = set(_votes(cells, places))
    return votes.pop() if len(votes) == 1 else Scale.UNKNOWN


def _votes(cells: Cells, places: Sequence[tuple[FormRow, Measure, int]]) -> Iterator[Scale]:
    for row, measure, column in places:
        parts, whole = [row.counts.get(part, 0) for part in measure.parts], row.counts.get(measure.whole)
        cell = cells.value(row.row, column)
        printed = read_percent(cell) if is_bare_number(cell) else None
        if whole and printed and not _lacks(row, measure) and (exact := Fraction(sum(parts), whole)):
            rate = Fraction(printed)
            yield Scale.FRACTION if abs(rate - exact) < abs(rate - 100 * exact) else Scale.PERCENT


_ONE_ONLY: Final = frozenset({*COUNTS, "unit_name", "unit_code", "year"})
"""Meanings that only one column may have; of the others (rates, numbering) the first is looked at."""


def form_columns(
    sheet: SheetContext, layout: Layout, required: Sequence[str]
) -> tuple[dict[str, Column], list[Finding]]:
    """Return meaning → column, and the headings that are unknown, double or missing (H001–H003)."""
    if _are_all_known(layout.columns, tuple(required)):
        return dict(_column_of(layout.columns)), []  # nearly every form
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
    refused = {column.refused for column in layout.columns}  # told already: they are not in households (H013)
    header = Origin(grid.file, grid.sheet, top + 1, last_row=layout.header_bottom + 1)
    rates = {RATE_COLUMN[measure] for heading, measure in MEASURE_OF.items() if heading in by_meaning}
    findings += told_once(missing_headings(required, {*by_meaning, *refused}, header), lambda _: rates)
    return {meaning: columns[0] for meaning, columns in by_meaning.items() if meaning not in double}, findings


@kept_of_header
def _are_all_known(columns: tuple[Column, ...], required: tuple[str, ...]) -> bool:
    """Say whether a header has nothing to speak of: each heading is known, none is double, none is missing."""
    meanings = [column.meaning for column in columns]
    is_one_each = all(meanings.count(meaning) < 2 for meaning in _ONE_ONLY)
    return None not in meanings and is_one_each and set(required) <= set(meanings)


@kept_of_header
def _column_of(columns: tuple[Column, ...]) -> dict[str, Column]:
    """Return the first column of each meaning."""
    first: dict[str, Column] = {}
    for column in columns:
        if column.meaning is not None and not column.meaning.startswith(IGNORED):
            first.setdefault(column.meaning, column)
    return first


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
    value = read_whole(cells.value(area.top, area.left)) or 0
    return value if is_plausible_year(value) else 0
