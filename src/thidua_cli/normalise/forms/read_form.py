"""A form of the circulars, or one like it → observations, whatever its number: one unit per row, in two arrangements.

By area: sections I and II, their units, a total; on a province's form one district stands in both sections and its
figure is the sum of its rows. By numbering: "1" a unit in bold above its parts "1.1", "1.2", holding their sum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.late_dataclass import replace
from thidua_cli.model import RATE_COLUMN, Level, Measure, Origin, Unit
from thidua_cli.normalise.cells.counts import count_finding, missing_told_once
from thidua_cli.normalise.cells.judged import JudgedCell
from thidua_cli.normalise.cells.misnamed_rates import rates_by_their_figures
from thidua_cli.normalise.cells.rates_alone import MEASURE_OF
from thidua_cli.normalise.cells.unread_rates import RateCell, RateCells
from thidua_cli.normalise.forms.form_record import form_record, rows_of_copy
from thidua_cli.normalise.forms.households_and_persons import WHOLE, Breakdown
from thidua_cli.normalise.forms.own_scope import own_scope
from thidua_cli.normalise.forms.register import ReportForm
from thidua_cli.normalise.forms.row_years import rows_by_year
from thidua_cli.normalise.forms.rows import read_rows
from thidua_cli.normalise.forms.scope import FormScope, ScopeExtent
from thidua_cli.normalise.forms.table import Form, FormRow, Placed
from thidua_cli.normalise.forms.totals import grand_total, printed_totals
from thidua_cli.normalise.forms.units import PlacedRows, groups
from thidua_cli.normalise.forms.upper_units import place_units
from thidua_cli.normalise.list_faults import outsider_findings
from thidua_cli.normalise.sheet.cells import SheetContext
from thidua_cli.normalise.sheet.headings import Layout
from thidua_cli.normalise.sheet.numbers import EMPTY
from thidua_cli.normalise.sheet.poverty_line import line_of_table
from thidua_cli.normalise.sheet.scaled_counts import read_scaled
from thidua_cli.normalise.sheet.title import status_of
from thidua_cli.normalise.table_reading import (
    BlockReading,
    OutsideUnit,
    PrintedSum,
    RateBesideCounts,
    SheetPart,
    TableReading,
)
from thidua_cli.observations import Observations, SharedFields, TableOrigin
from thidua_cli.units.history import Historian
from thidua_cli.units.tables import boundary_day

_RATE_COLUMNS: Final = {meaning: RATE_COLUMN[measure] for meaning, measure in MEASURE_OF.items()}


def read_form(
    sheet: SheetContext,
    layout: Layout,
    kind: ReportForm,
    breakdown: Breakdown = WHOLE,
) -> BlockReading:
    """Return the table below a header, year by year; what cannot be used becomes a finding.

    Of a `breakdown` the rows of households are read.
    """
    required = kind.required_of({column.meaning for column in layout.columns})
    table = read_rows(sheet, layout, required, breakdown)
    form = Form(sheet, layout, table, kind.id, required)
    by_year = rows_by_year(form)
    of_cells = [_with_year(finding, by_year.years) for finding in table.findings]
    before = TableReading([*by_year.findings, *of_cells], unplaced=by_year.unplaced)
    used = set(table.used)
    tables: list[TableReading] = []
    for year, rows in by_year.years.items():
        of_year = replace(form, year=year, rows=rows)
        scope = own_scope(of_year)
        told = [finding for table in tables for finding in table.findings]
        scope = scope._replace(findings=[finding for finding in scope.findings if finding not in told])
        placed = PlacedRows() if scope.unit is None else place_units(of_year, scope.unit)
        used |= placed.used
        tables.append(_table(of_year, scope, placed, before if not tables else TableReading()))
    part = SheetPart(tuple(tables or [_table(form, FormScope(), PlacedRows(), before)]))
    return BlockReading((part,), used, table.end)


def _with_year(finding: Finding, years: Collection[int]) -> Finding:
    """Findings of cells are made before the year is known."""
    if len(years) != 1 or finding.unit_name is None:
        return finding
    return replace(finding, year=next(iter(years)))


def _table(form: Form, scope: FormScope, rows: PlacedRows, before: TableReading) -> TableReading:
    """Return the table of one year-end, behind what was found `before` its rows were looked at."""
    own = scope.unit
    if own is None:
        findings, record = [*before.findings, *scope.findings], form_record(form, scope, None)
        return TableReading(
            findings, unplaced=before.unplaced, record=record, is_blank=form.table.is_blank, evidence=scope.evidence
        )
    is_whole = scope.extent is ScopeExtent.WHOLE or _is_complete(form, own, rows)
    of_form = _FormYear(form, own, rows, is_whole=is_whole)
    of_form.take()
    place = (form.sheet.grid.file, form.sheet.grid.sheet, form.year)
    findings = [*scope.findings, *rows.findings, *_outsider_findings(form, own, rows), *of_form.findings]
    of_line = [] if of_form.line.finding is None else [of_form.line.finding]
    record = form_record(form, scope, of_form.observations, findings, rows.outsiders)
    table = TableReading(
        [*before.findings, *of_line, *findings],
        form.name,
        form.year,
        None if scope.extent is ScopeExtent.PART and not is_whole else own,
        form.layout.year,
        of_form.observations,
        of_form.own_total,
        of_form.rates,
        of_form.sums,
        printed_totals(form, own, rows),
        [OutsideUnit(*place, outsider.unit.code, outsider.unit.name) for outsider in rows.outsiders],
        [*before.unplaced, *rows.unplaced],
        replace(record, stated_line=of_form.line.id if of_form.line.is_stated else None),
        rows_of_copy(form),
        form.table.is_blank,
        evidence=scope.evidence,
        names_villages=any(row.unit.level is Level.VILLAGE for row in rows.placed),
    )
    return rates_by_their_figures(table)


def _is_complete(form: Form, own: Unit, rows: PlacedRows) -> bool:
    """Say whether every unit of `own` has a row: only then is a total known to be that of `own`."""
    children = form.sheet.finder.tables.reporting_children(own.code, boundary_day(form.year))
    return {unit.code for unit in children} <= {row.unit.code for row in rows.placed}


def _outsider_findings(form: Form, own: Unit, rows: PlacedRows) -> Iterable[Finding]:
    """Return the findings of rows that name units of another list: one where they share the cause (U006, U009)."""

    def members() -> set[tuple[str, str]]:
        return {(row.unit.code, row.unit.name) for row in rows.placed if row.unit.code != own.code}

    if not rows.outsiders:
        return ()
    return outsider_findings(rows.outsiders, members, form.year, Historian(form.sheet.finder.tables))


class _FormYear:
    """Turns the placed rows of one form and year-end into observations."""

    def __init__(self, form: Form, own: Unit, rows: PlacedRows, *, is_whole: bool) -> None:
        self._form = form
        self._own = own
        self._is_whole = is_whole
        self._placed = rows.placed
        title, headings, grid = form.layout.title, form.heading_words, form.sheet.grid
        place = Origin(grid.file, grid.sheet)
        self.line = line_of_table(
            (*title, *form.known_heading_words), form.year, form.sheet.options.poverty_line, place
        )
        """The poverty line of the table."""
        status = status_of(title, headings, grid.sheet, grid.file)
        self._shared = SharedFields(form.year, self.line.id, status, self.line.is_assumed)
        columns = {_RATE_COLUMNS.get(key, key): column.index + 1 for key, column in form.table.columns.items()}
        self.observations = Observations()
        self.observations.add_table(TableOrigin(grid.file, grid.sheet, form.name, columns))
        self.own_total: int | None = None
        self.rates: list[RateBesideCounts] = []
        self._printed = RateCells()
        self.sums: list[PrintedSum] = []
        self._missing: list[Finding] = []
        """V005."""
        self._required = {name for name in form.required if name in form.table.columns}
        self._has_sums = bool(form.table.sum_columns())
        # without columns of counts the rate is all there is, and what is wrong with it is an error of its own (V008)
        self._rate_columns = [
            (meaning, measure, form.table.columns[meaning].index)
            for meaning, measure in MEASURE_OF.items()
            if form.table.columns.keys() >= {meaning, measure.whole, *measure.parts}
        ]

    def take(self) -> None:
        """Add the rows of every unit, and the total row as that of the form's own unit."""
        parents = {row.unit.parent_code for row in self._placed}
        for rows in groups(self._placed):
            if rows[0].unit.code in parents and not any(row.row.has_figures for row in rows):
                continue  # "I | Huyện Đông Giang" without figures: a heading over its communes
            self._add(rows)
        total = grand_total(self._form, self._own, self._placed) if self._is_whole else None
        if total is not None:
            self.own_total = self._append((total.row + 1,), self._own, total.counts, total.rates)

    @property
    def findings(self) -> list[Finding]:
        """What its cells do not say: V005, V011."""
        return [*self._missing, *self._printed.findings()]

    def _add(self, group: list[Placed]) -> None:
        unit = group[0].unit
        rates = group[0].row.rates if len(group) == 1 else {}  # rates of an urban and a rural part cannot be added up
        for placed in group:
            if not placed.row.counts.keys() >= self._required:
                self._missing += _missing(self._form, placed, rates)
            if placed.row.row not in self._form.table.uneven:
                self.rates += self._printed_rates(placed.row, unit)
            if self._has_sums:
                self.sums += _printed_sums(self._form, placed.row, unit)
        counts = dict(sorted(group[0].row.counts.items()))
        for placed in group[1:]:
            more = placed.row.counts
            counts = {name: count + more[name] for name, count in counts.items() if name in more}
        self._append(tuple(placed.row.row + 1 for placed in group), unit, counts, rates)

    def _printed_rates(self, row: FormRow, unit: Unit) -> list[RateBesideCounts]:
        """Return the rates printed in the row beside their counts, for the checks to compare; note all of them."""
        rates: list[RateBesideCounts] = []
        form = self._form
        for meaning, measure, column in self._rate_columns:
            cell = form.sheet.cells.value(row.row, column)
            if cell is None:
                continue
            part, whole, origin = _sum_of(row, measure), row.counts.get(measure.whole), form.origin(row.row, meaning)
            rate = self._printed.read(RateCell(cell, measure, origin, unit.code, unit.name, form.year, whole))
            if whole is not None and part is not None and rate is not None:
                poor, printed = row.counts.get("poor_households"), str(cell)
                rates.append(
                    RateBesideCounts(unit.code, unit.name, form.year, measure, rate, printed, part, whole, origin, poor)
                )
        return rates

    def _append(self, numbers: tuple[int, ...], unit: Unit, counts: Mapping[str, int], rates: Mapping[str, str]) -> int:
        return self.observations.append_unit(numbers, unit, self._shared, counts, rates)


def _missing(form: Form, placed: Placed, rates: Mapping[str, str]) -> list[Finding]:
    """Return V005 for the required counts whose cell is empty, those that printed rates stand in for as one."""
    findings: list[Finding] = []
    row, unit = placed.row, placed.unit
    for name in form.required:
        if name in form.table.columns and name not in row.counts and name not in row.hidden_or_wrong:
            place = form.origin(row.row, name)
            cell = JudgedCell(None, place, name, None, unit.code, unit.name, form.year)
            findings += filter(None, [count_finding(cell, EMPTY, is_required=True)])
    return missing_told_once(findings, {row.row + 1: rates.keys()}) if findings else findings


def _printed_sums(form: Form, row: FormRow, unit: Unit) -> Iterator[PrintedSum]:
    """Yield the sums of other columns printed in the row, for the checks to compare."""
    for meaning, column in form.table.sum_columns().items():
        printed_sum = read_scaled(form.sheet.cells.value(row.row, column.index), column.factor).value
        expected = _sum_of(row, Measure.MULTIDIMENSIONAL)
        if printed_sum is not None and expected is not None:
            yield PrintedSum(unit.code, unit.name, form.year, printed_sum, expected, form.origin(row.row, meaning))


def _sum_of(row: FormRow, measure: Measure) -> int | None:
    """Return the count of a measure by the row's own counts, None where a part is missing."""
    total = 0
    for part in measure.parts:
        count = row.counts.get(part)
        if count is None:
            return None
        total += count
    return total
