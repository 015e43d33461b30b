"""Mẫu 08 (Thông tư 07/2021/TT-BLĐTBXH, Phụ lục VII) → observations, in both of its arrangements.

By area: sections I and II, their units, a total; on a province's form one district stands in both sections and its
figure is the sum of its rows. By numbering: "1" a unit in bold above its parts "1.1", "1.2", holding their sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.model import RATE_COLUMN, Measure, Unit
from thidua_cli.normalise.copies import Mark, drop_copy
from thidua_cli.normalise.files_read import OutsideUnit, PrintedRate, PrintedSum, TableRead
from thidua_cli.normalise.forms.own_scope import own_scope
from thidua_cli.normalise.forms.scope import rows_by_year
from thidua_cli.normalise.forms.table import Form, FormRow, FormTable, Placed
from thidua_cli.normalise.forms.totals import grand_total, keep_totals
from thidua_cli.normalise.forms.units import groups
from thidua_cli.normalise.forms.upper_units import place_units
from thidua_cli.normalise.list_faults import outsider_findings
from thidua_cli.normalise.record.keep_layout import form_record
from thidua_cli.normalise.sheet.faults import V005
from thidua_cli.normalise.sheet.headings import Headings, column_text
from thidua_cli.normalise.sheet.numbers import read_count, read_rate
from thidua_cli.normalise.sheet.printed_rates import MEASURE_OF, cells_told_once
from thidua_cli.normalise.sheet.title import poverty_line_of, status_of
from thidua_cli.observations import Observation, TableOrigin
from thidua_cli.units.history import Historian

_RATE_COLUMNS: Final = {meaning: RATE_COLUMN[measure] for meaning, measure in MEASURE_OF.items()}


def take_form(form: Form, headings: Headings) -> FormTable:
    """Add the rows of a form to its reading, year by year; return them as read."""
    reading, table = form.reading, form.table
    mark = Mark.of(reading)
    by_year = rows_by_year(form)
    for finding in table.findings:
        reading.findings.append(_with_year(finding, by_year))
    if not by_year:
        reading.layouts.append(form_record(form, form.name, headings, None, ()))
    for year, rows in by_year.items():
        before = len(reading.findings)
        of_year = replace(form, year=year, rows=rows, placed=[], outsiders=[])
        of_year.scope = own_scope(of_year)
        if of_year.scope is not None:
            read = _take(of_year, of_year.scope)
            found = reading.findings[before:]
            record = form_record(of_year, form.name, headings, read, found)
            drop_copy(reading, mark)
            if len(reading.tables) == mark.tables:
                record = form_record(of_year, form.name, headings, None, found, is_copy=True)
            reading.layouts.append(record)
        else:
            reading.layouts.append(form_record(of_year, form.name, headings, None, ()))
        mark = Mark.of(reading)
    return table


def _with_year(finding: Finding, by_year: dict[int, list[FormRow]]) -> Finding:
    """Findings of cells are made before the year is known."""
    if len(by_year) != 1 or finding.unit_name is None:
        return finding
    return replace(finding, year=next(iter(by_year)))


def _take(form: Form, own: Unit) -> TableRead:
    place_units(form, own)
    _report_outsiders(form, own)
    title, headings = form.layout.title, form.heading_words
    form.poverty_line = poverty_line_of((*title, *headings), form.year)
    form.status = status_of(title, headings, form.grid.sheet, form.grid.file)
    columns = {_RATE_COLUMNS.get(key, key): column.index + 1 for key, column in form.table.columns.items()}
    table = form.reading.observations.add_table(TableOrigin(form.grid.file, form.grid.sheet, form.name, columns))
    before = len(form.reading.observations)
    parents = {one.unit.parent_code for one in form.placed}
    for rows in groups(form.placed):
        if rows[0].unit.code in parents and not any(one.row.has_figures for one in rows):
            continue  # "I | Huyện Đông Giang" without figures: a heading over its communes
        _add(form, table, rows)
    total = grand_total(form, own)
    own_total = None if total is None else _append(form, table, (total.row + 1,), own, total.counts, total.rates)
    keep_totals(form, table)
    rows_added = len(form.reading.observations) - before
    read = TableRead(table, form.name, form.year, own, before, rows_added, own_total)
    form.reading.tables.append(read)
    return read


def _report_outsiders(form: Form, own: Unit) -> None:
    """Report the rows that name units of another list: once where they share the cause (U006, U009)."""
    if form.outsiders:

        def members() -> set[tuple[str, str]]:
            return {(one.unit.code, one.unit.name) for one in form.placed if one.unit.code != own.code}

        historian = Historian(form.finder.tables)
        place = (form.grid.file, form.grid.sheet, form.year)
        form.reading.outside += [OutsideUnit(*place, one.unit.code, one.unit.name) for one in form.outsiders]
        form.reading.findings += outsider_findings(form.outsiders, members, form.year, historian)


def _add(form: Form, table: int, group: list[Placed]) -> None:
    unit = group[0].unit
    rates = group[0].row.rates if len(group) == 1 else {}  # rates of an urban and a rural part cannot be added up
    for one in group:
        _report_missing(form, one, rates)
        _keep_printed(form, one.row, unit)
    counts = dict(sorted(group[0].row.counts.items()))
    for one in group[1:]:
        counts = {name: count + one.row.counts[name] for name, count in counts.items() if name in one.row.counts}
    _append(form, table, tuple(one.row.row + 1 for one in group), unit, counts, rates)


def _append(
    form: Form,
    table: int,
    numbers: tuple[int, ...],
    unit: Unit,
    counts: Mapping[str, int],
    rates: Mapping[str, str],
) -> int:
    line, status = form.poverty_line, form.status
    observation = Observation(
        unit.code, form.year, unit.name, unit.level, unit.parent_code, line, status, dict(counts), rates
    )
    return form.reading.observations.append(table, numbers, observation)


def _report_missing(form: Form, one: Placed, rates: Mapping[str, str]) -> None:
    found: list[Finding] = []
    for name in form.required:
        if name in form.table.columns and name not in one.row.counts and name not in one.row.hidden_or_wrong:
            origin, details = form.origin(one.row.row, name), {"column_text": column_text(name)}
            finding = Finding(V005, origin, one.unit.code, one.unit.name, form.year, name, details=details)
            found.append(finding)
    form.reading.findings += cells_told_once(found, {one.row.row + 1: rates.keys()}) if found else ()


def _keep_printed(form: Form, row: FormRow, unit: Unit) -> None:
    """Keep the rates and sums printed in the row, for the checks to compare with its counts."""
    for meaning, measure in MEASURE_OF.items():
        column = form.table.columns.get(meaning)
        if column is None:
            continue
        part, whole = _sum_of(row, measure), row.counts.get(measure.whole)
        if whole is None or part is None:
            continue
        cell = form.cells.value(row.row, column.index)
        rate = read_rate(cell)
        if rate is not None:
            origin = form.origin(row.row, meaning)
            printed = PrintedRate(unit.code, unit.name, form.year, measure, rate, str(cell), part, whole, origin)
            form.reading.rates.append(printed)
    for meaning, column in form.table.sum_columns().items():
        printed_sum = read_count(form.cells.value(row.row, column.index)).value
        expected = _sum_of(row, Measure.MULTIDIMENSIONAL)
        if printed_sum is not None and expected is not None:
            origin = form.origin(row.row, meaning)
            form.reading.sums.append(PrintedSum(unit.code, unit.name, form.year, printed_sum, expected, origin))


def _sum_of(row: FormRow, measure: Measure) -> int | None:
    """Return the count of a measure by the row's own counts, None where a part is missing."""
    total = 0
    for part in measure.parts:
        count = row.counts.get(part)
        if count is None:
            return None
        total += count
    return total
