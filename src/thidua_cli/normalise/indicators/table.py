"""A table of indicators → one observation per year, each count with its own cell as origin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import repeat

from thidua_cli.findings import Finding
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.model import COUNTS, RATE_COLUMN, REQUIRED_COUNTS, Measure, Origin, Unit, column_letters
from thidua_cli.normalise.cells.counts import V005, count_finding
from thidua_cli.normalise.cells.headings import claimed_twice, close_to, missing_headings, unknown_heading
from thidua_cli.normalise.cells.judged import JudgedCell
from thidua_cli.normalise.cells.misnamed_rates import rates_by_their_figures
from thidua_cli.normalise.cells.percents import percent_finding, percent_of, scale_of
from thidua_cli.normalise.cells.rates_alone import MEASURE_OF, softened
from thidua_cli.normalise.cells.taken import TakenNumbers
from thidua_cli.normalise.cells.unread_rates import RateCell, RateCells
from thidua_cli.normalise.forms.own_scope import own_scope
from thidua_cli.normalise.forms.register import INDICATORS
from thidua_cli.normalise.forms.scope import FormScope
from thidua_cli.normalise.forms.table import Form, FormTable
from thidua_cli.normalise.indicators.rows import Indicator, IndicatorTable
from thidua_cli.normalise.record.layout_record import ColumnRecord, FoundIn, LayoutRecord, LeftOut, RowsLeftOut
from thidua_cli.normalise.sheet.cells import SheetContext
from thidua_cli.normalise.sheet.headings import IGNORED, SUM, Layout
from thidua_cli.normalise.sheet.numbers import Taken, read_count
from thidua_cli.normalise.sheet.poverty_line import LineTaken, line_of_table
from thidua_cli.normalise.sheet.table_units import refused_rows, units_for
from thidua_cli.normalise.sheet.title import status_of
from thidua_cli.normalise.sheet.uneven_rows import is_uneven, uneven_row
from thidua_cli.normalise.table_reading import BlockReading, PrintedSum, RateBesideCounts, SheetPart, TableReading
from thidua_cli.observations import Observation, Observations, TableOrigin
from thidua_cli.read.grid import Cell, cell_name


def read_indicators(sheet: SheetContext, table: IndicatorTable) -> BlockReading:
    """Return a table of indicators, year by year."""
    table, refused = _by_unit(sheet, table)
    reader = _IndicatorReader(sheet, table, uneven=frozenset(_uneven_rows(sheet, table)))
    headings = [*refused, *reader.heading_findings()]
    tables = [TableReading([*headings, *reader.taken_findings()])]
    told: list[Finding] = []
    for year, column in table.years.items():
        layout = Layout(table.title, table.header_top, table.header_bottom, (), year=year)
        form = Form(sheet, layout, FormTable(), INDICATORS, year=year)
        scope = own_scope(form)
        line = reader.line_of(year)
        of_table = [*scope.findings, *([] if line.finding is None else [line.finding])]
        # every year of the table lacks the same unit, or the same line: that is said once, not once per column
        told += [new for new in of_table if not any(_is_alike(new, earlier) for earlier in told)]
        of_year = reader.table_of(form, scope, line, column)
        tables.append(replace(of_year, is_blank=of_year.is_blank and not headings))
    return BlockReading((SheetPart((*tables, TableReading(told))),), reader.used, table.end)


def _uneven_rows(sheet: SheetContext, table: IndicatorTable) -> Iterator[int]:
    width, first = _width(sheet, table), sheet.cells.first_column
    for indicator in table.indicators if sheet.grid.is_text else ():
        cells = sheet.cells.rows[indicator.row]
        if (len(cells) > width or any(map(sheet.cells.text, repeat(indicator.row), table.years.values()))) and (
            is_uneven(cells, width, [column - first for column in table.years.values()])
        ):
            yield indicator.row


def _width(sheet: SheetContext, table: IndicatorTable) -> int:
    return max(map(len, sheet.cells.rows[table.header_top : table.header_bottom + 1]))


def _by_unit(sheet: SheetContext, table: IndicatorTable) -> tuple[IndicatorTable, list[Finding]]:
    """Return a table without the counts that are in another unit than households, and H013 of them."""
    stated = units_for(sheet, table.header_bottom)
    if stated is None or stated.is_plain:
        return table, []
    counts = [row for row in table.indicators if not row.has_unit and (row.meaning in COUNTS or _is_sum(row.meaning))]
    if not counts:
        return table, []
    indicators = tuple(
        replace(row, meaning=f"{IGNORED}unit_of_measure", refused=row.meaning) if row in counts else row
        for row in table.indicators
    )
    return replace(table, indicators=indicators), [refused_rows(sheet.grid, stated, [row.row for row in counts])]


def _is_sum(meaning: str | None) -> bool:
    return meaning is not None and meaning.startswith(SUM)


def _is_alike(finding: Finding, earlier: Finding) -> bool:
    return finding.kind is earlier.kind and finding.value == earlier.value


@dataclass(slots=True)
class _IndicatorReader:
    sheet: SheetContext
    table: IndicatorTable
    used: set[tuple[int, int]] = field(default_factory=set)
    withheld: set[tuple[int, int]] = field(default_factory=set)
    """Cells with an ambiguous separator, reported already."""
    uneven: frozenset[int] = frozenset()
    """0-based rows of a text table whose cells may be those of other columns: they are not used."""

    def rows(self) -> dict[str, Indicator]:
        """Return meaning → its row; of a meaning that two rows claim, none."""
        meanings = {indicator.meaning for indicator in self.table.indicators if indicator.meaning is not None}
        return {
            meaning: rows[0]
            for meaning in sorted(meanings)
            if not meaning.startswith(IGNORED) and len(rows := self.table.of(meaning)) == 1
            if rows[0].row not in self.uneven
        }

    def heading_findings(self) -> Iterator[Finding]:
        """Yield the rows and columns that are not known, double or missing."""
        table, grid = self.table, self.sheet.grid
        for indicator in table.indicators:
            if indicator.meaning is None and self._has_figures(indicator.row):
                yield self._unknown(indicator.row, table.label_column, indicator.label)
        for row in sorted(self.uneven):
            yield uneven_row(grid.origin(row), len(self.sheet.cells.rows[row]), _width(self.sheet, table))
        for column in table.other_columns:
            yield self._unknown(table.header_top, column, self.sheet.cells.text(table.header_top, column))
        for meaning in sorted(COUNTS):
            rows = table.of(meaning)
            if rows:
                cells = [cell_name(indicator.row, table.label_column) for indicator in rows]
                yield from claimed_twice(meaning, cells, grid.origin(rows[0].row, table.label_column))
        for columns in table.doubled.values():
            yield from claimed_twice(
                "year", list(map(column_letters, columns)), grid.origin(table.header_top, columns[0])
            )
        known = {name for indicator in table.indicators for name in (indicator.meaning, indicator.refused)}
        labels = grid.origin(table.header_bottom + 1, table.label_column)._replace(last_row=table.end)
        rates = {RATE_COLUMN[measure] for heading, measure in MEASURE_OF.items() if heading in known}
        yield from (softened(finding, rates) for finding in missing_headings(REQUIRED_COUNTS, known, labels))

    def _unknown(self, row: int, column: int, heading: str) -> Finding:
        suggestion = close_to(self.sheet.headings.nearest(heading))
        return unknown_heading(self.sheet.grid.origin(row, column), heading, suggestion)

    def _has_figures(self, row: int) -> bool:
        return any(self.sheet.cells.value(row, column) is not None for column in self.table.years.values())

    def taken_findings(self) -> Iterator[Finding]:
        """Yield numbers that stand as text, uneven or as dates once per indicator; withhold ambiguous ones (V004)."""
        for meaning, indicator in self.rows().items():
            numbers = TakenNumbers()
            for column in self.table.years.values() if meaning in COUNTS else ():
                value = self.sheet.cells.value(indicator.row, column)
                count = read_count(value)
                is_sound = (indicator.row, column) not in self.sheet.grid.faults
                if is_sound and count.value is not None and count.taken is not Taken.AS_IT_STANDS:
                    numbers.note(column, value, count)
            self.withheld |= {(indicator.row, column) for column in numbers.withheld}
            yield from numbers.findings(self._cell_of(indicator.row, meaning), is_text_file=self.sheet.grid.is_text)

    def _cell_of(self, row: int, meaning: str) -> Callable[[int, Cell], JudgedCell]:
        return lambda column, cell: JudgedCell(cell, self.sheet.grid.origin(row, column), meaning)

    def line_of(self, year: int) -> LineTaken:
        """Return the poverty line of one year."""
        known = (indicator.label for indicator in self.table.indicators if indicator.meaning is not None)
        words = (*self.table.title, *known)
        grid = self.sheet.grid
        return line_of_table(words, year, self.sheet.options.poverty_line, Origin(grid.file, grid.sheet))

    def table_of(self, form: Form, scope: FormScope, line: LineTaken, column: int) -> TableReading:
        """Return the observation of one year."""
        record = replace(self.record(form, scope, column), stated_line=line.id if line.is_stated else None)
        unit = scope.unit
        if unit is None:
            return TableReading(record=record, evidence=scope.evidence)
        rows, findings = self.rows(), list[Finding]()
        counts: dict[str, int] = {}
        for meaning, indicator in rows.items():
            value = (
                self._count(indicator.row, column, meaning, unit, form.year, findings) if meaning in COUNTS else None
            )
            if value is not None:
                counts[meaning] = value
        rates = self._rates_alone(rows, column, counts, unit, form.year, findings)
        names = {meaning: RATE_COLUMN[MEASURE_OF[meaning]] if meaning in MEASURE_OF else meaning for meaning in rows}
        origin = TableOrigin(
            self.sheet.grid.file,
            self.sheet.grid.sheet,
            INDICATORS,
            dict.fromkeys(names.values(), column + 1),
            {names[meaning]: indicator.row + 1 for meaning, indicator in rows.items()},
        )
        observations = Observations()
        observations.add_table(origin)
        printed = RateCells()
        beside = list(self._printed_rates(rows, column, counts, unit, form.year, printed))
        findings += printed.findings()
        labels = [indicator.label for indicator in self.table.indicators]
        status = status_of(self.table.title, labels, self.sheet.grid.sheet, self.sheet.grid.file)
        taken = sorted(rows.items(), key=lambda indicator: indicator[0] not in COUNTS)
        first = next((indicator.row for meaning, indicator in taken if meaning in names), self.table.header_bottom)
        observation = Observation(
            unit.code,
            form.year,
            unit.name,
            unit.level,
            unit.parent_code,
            line.id,
            status,
            counts,
            rates,
            line_is_assumed=line.is_assumed,
        )
        observations.append(0, (first + 1,), observation)
        table = TableReading(
            [softened(finding, rates) if finding.kind is V005 else finding for finding in findings],
            INDICATORS,
            form.year,
            unit,
            rows=observations,
            rates=beside,
            sums=list(self._printed_sums(rows, column, counts, unit, form.year)),
            record=record,
            is_blank=not (counts or rates) and all(finding.kind is V005 for finding in findings),
            evidence=scope.evidence,
        )
        return rates_by_their_figures(table)

    def _count(self, row: int, column: int, meaning: str, unit: Unit, year: int, findings: list[Finding]) -> int | None:
        self.used.add((row, column))
        if (row, column) in self.withheld:
            return None
        cell = self._judged(row, column, meaning, unit, year)
        count = read_count(cell.value)
        findings += filter(None, [count_finding(cell, count, is_required=meaning in REQUIRED_COUNTS)])
        return count.value if cell.fault is None else None

    def _judged(self, row: int, column: int, meaning: str, unit: Unit, year: int) -> JudgedCell:
        grid = self.sheet.grid
        value, fault = self.sheet.cells.value(row, column), grid.faults.get((row, column))
        return JudgedCell(value, grid.origin(row, column), meaning, fault, unit.code, unit.name, year)

    def _rates_alone(
        self,
        rows: Mapping[str, Indicator],
        column: int,
        counts: Mapping[str, int],
        unit: Unit,
        year: int,
        findings: list[Finding],
    ) -> dict[str, str]:
        """Return the rates of a year that are printed without their counts, as `Observation.rates`."""
        of_rates = {MEASURE_OF[meaning]: indicator.row for meaning, indicator in rows.items() if meaning in MEASURE_OF}
        years = self.table.years.values()
        scale = scale_of(self.sheet.cells.value(row, year_column) for row in of_rates.values() for year_column in years)
        alone: dict[str, str] = {}
        for measure, row in of_rates.items():
            if all(name in counts for name in (measure.whole, *measure.parts)):
                continue
            name = RATE_COLUMN[measure]
            printed = percent_of(self.sheet.cells.value(row, column), scale)
            self.used.add((row, column))
            if printed is None:
                findings.append(percent_finding(self._judged(row, column, name, unit, year), scale))
            elif printed:
                alone[name] = printed
        return alone

    def _printed_rates(
        self,
        rows: Mapping[str, Indicator],
        column: int,
        counts: Mapping[str, int],
        unit: Unit,
        year: int,
        printed: RateCells,
    ) -> Iterator[RateBesideCounts]:
        """Yield the rates printed in the column beside their counts, for the checks to compare; note all of them."""
        for meaning, indicator in rows.items():
            measure = MEASURE_OF.get(meaning)
            if measure is None or not {measure.whole, *measure.parts} <= counts.keys():
                continue
            cell, part = self.sheet.cells.value(indicator.row, column), sum(counts[name] for name in measure.parts)
            origin = self.sheet.grid.origin(indicator.row, column)
            rate = printed.read(RateCell(cell, measure, origin, unit.code, unit.name, year, counts[measure.whole]))
            if rate is not None:
                yield RateBesideCounts(
                    *(unit.code, unit.name, year, measure, rate, str(cell), part, counts[measure.whole], origin),
                    poor=counts.get("poor_households"),
                )

    def _printed_sums(
        self, rows: Mapping[str, Indicator], column: int, counts: Mapping[str, int], unit: Unit, year: int
    ) -> Iterator[PrintedSum]:
        """Yield the sums of other indicators printed in the column, for the checks to compare."""
        parts = Measure.MULTIDIMENSIONAL.parts
        for meaning, indicator in rows.items() if counts.keys() >= set(parts) else ():
            value = read_count(self.sheet.cells.value(indicator.row, column)).value if meaning.startswith(SUM) else None
            if value is not None:
                expected, origin = sum(counts[name] for name in parts), self.sheet.grid.origin(indicator.row, column)
                yield PrintedSum(unit.code, unit.name, year, value, expected, origin)

    def record(self, form: Form, scope: FormScope, column: int) -> LayoutRecord:
        """Return what was recognised for one year: its cells in the place of columns."""
        rows, letters = self.rows(), column_letters(column)
        columns = tuple(
            ColumnRecord(
                f"{letters}{indicator.row + 1}",
                (indicator.label,),
                indicator.meaning,
                used=indicator.meaning in rows or (indicator.meaning or "").startswith(IGNORED),
                suggestion=self.sheet.headings.nearest(indicator.label) if indicator.meaning is None else None,
            )
            for indicator in self.table.indicators
        )
        taken = sorted(indicator.row + 1 for indicator in rows.values()) if scope.unit is not None else []
        return LayoutRecord(
            self.sheet.grid.file,
            self.sheet.grid.sheet,
            INDICATORS,
            title=self.table.title,
            year=form.year,
            year_from=FoundIn.HEADING,
            scope=scope.unit,
            scope_from=scope.found_in,
            header_top=self.table.header_top + 1,
            header_bottom=self.table.header_bottom + 1,
            columns=columns,
            taken=tuple((row, row) for row in taken),
            left_out=tuple(self._left_out(taken)),
            unchecked=self.sheet.grid.facts.unchecked,
        )

    def _left_out(self, taken: Sequence[int]) -> Iterator[RowsLeftOut]:
        for indicator in self.table.indicators:
            if indicator.row + 1 not in taken:
                yield RowsLeftOut(indicator.row + 1, indicator.row + 1, LeftOut.WORDS)
