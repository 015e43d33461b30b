"""A table of indicators → one observation per year, each count with its own cell as origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from thidua_cli.findings import Finding
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.lexicon import column_text
from thidua_cli.model import COUNTS, RATE_COLUMN, REQUIRED_COUNTS, Measure, Unit, column_letters
from thidua_cli.normalise.forms.own_scope import own_scope
from thidua_cli.normalise.forms.register import INDICATORS
from thidua_cli.normalise.forms.row_cells import not_whole_hint
from thidua_cli.normalise.forms.scope import FormScope
from thidua_cli.normalise.forms.table import Form, FormTable
from thidua_cli.normalise.indicators.rows import Indicator, IndicatorTable
from thidua_cli.normalise.record.layout_record import ColumnRecord, FoundIn, LayoutRecord, LeftOut, RowsLeftOut
from thidua_cli.normalise.sheet.cell_faults import fault_finding
from thidua_cli.normalise.sheet.context import SheetContext
from thidua_cli.normalise.sheet.faults import V001, V002, V003, V004, V005, V008
from thidua_cli.normalise.sheet.heading_faults import H001, H002, H003
from thidua_cli.normalise.sheet.headings import IGNORED, SUM
from thidua_cli.normalise.sheet.layout import Layout
from thidua_cli.normalise.sheet.numbers import (
    Trouble,
    has_whole_decimals,
    is_ambiguous_beside_decimals,
    read_count,
    read_rate,
    shown,
)
from thidua_cli.normalise.sheet.printed_rates import (
    MEASURE_OF,
    Scale,
    is_bare_number,
    rate_hint,
    read_percent,
    scale_of,
    softened,
)
from thidua_cli.normalise.sheet.title import poverty_line_of, status_of
from thidua_cli.normalise.table_reading import BlockReading, PrintedRate, PrintedSum, SheetPart, TableReading
from thidua_cli.observations import Observation, Observations, TableOrigin
from thidua_cli.read.grid import cell_name


def read_indicators(sheet: SheetContext, table: IndicatorTable) -> BlockReading:
    """Return a table of indicators, year by year."""
    reader = _Reader(sheet, table)
    tables = [TableReading([*reader.heading_findings(), *reader.text_findings()])]
    unknown: list[Finding] = []
    for year, column in table.years.items():
        layout = Layout(table.title, table.header_top, table.header_bottom, (), year=year)
        form = Form(sheet, layout, FormTable(), INDICATORS, year=year)
        scope = own_scope(form)
        unknown += [new for new in scope.findings if not any(new.kind is told.kind for told in unknown)]
        tables.append(reader.table_of(form, scope, column))
    return BlockReading((SheetPart((*tables, TableReading(unknown))),), reader.used, table.end)


@dataclass(slots=True)
class _Reader:
    sheet: SheetContext
    table: IndicatorTable
    used: set[tuple[int, int]] = field(default_factory=set)
    withheld: set[tuple[int, int]] = field(default_factory=set)
    """Cells with an ambiguous separator, reported already."""

    def rows(self) -> dict[str, Indicator]:
        """Return meaning → its row; of a meaning that two rows claim, none."""
        meanings = {one.meaning for one in self.table.indicators if one.meaning is not None}
        return {
            meaning: rows[0]
            for meaning in sorted(meanings)
            if not meaning.startswith(IGNORED) and len(rows := self.table.of(meaning)) == 1
        }

    def heading_findings(self) -> Iterator[Finding]:
        """Yield the rows and columns that are not known, double or missing."""
        table = self.table
        for one in table.indicators:
            if one.meaning is None and self._has_figures(one.row):
                yield self._unknown(one.row, table.label_column, one.label)
        for column in table.other_columns:
            yield self._unknown(table.header_top, column, self.sheet.cells.text(table.header_top, column))
        for meaning in sorted({one.meaning for one in table.indicators if one.meaning in COUNTS} - {None}):
            if meaning is not None and len(rows := table.of(meaning)) > 1:
                cells = ", ".join(cell_name(one.row, table.label_column) for one in rows)
                yield self._double(rows[0].row, table.label_column, meaning, cells)
        for columns in table.doubled.values():
            yield self._double(table.header_top, columns[0], "year", ", ".join(map(column_letters, columns)))
        known = {one.meaning for one in table.indicators}
        for meaning in REQUIRED_COUNTS:
            if meaning not in known:
                details = {"column_text": column_text(meaning)}
                first = self.sheet.grid.origin(table.header_bottom + 1, table.label_column)
                labels = first._replace(last_row=table.end)
                rates = {RATE_COLUMN[measure] for heading, measure in MEASURE_OF.items() if heading in known}
                yield softened(Finding(H001, labels, column=meaning, details=details), rates)

    def _unknown(self, row: int, column: int, heading: str) -> Finding:
        near = self.sheet.headings.nearest(heading)
        suggestion = Text(f" (gần giống “{near}”)", f" (close to “{near}”)") if near else NO_TEXT
        details = {"heading": heading, "suggestion": suggestion}
        return Finding(H002, self.sheet.grid.origin(row, column), column=heading, value=heading, details=details)

    def _double(self, row: int, column: int, meaning: str, places: str) -> Finding:
        details = {"columns": places, "column_text": column_text(meaning)}
        return Finding(H003, self.sheet.grid.origin(row, column), column=meaning, value=places, details=details)

    def _has_figures(self, row: int) -> bool:
        return any(self.sheet.cells.value(row, column) is not None for column in self.table.years.values())

    def text_findings(self) -> Iterator[Finding]:
        """Yield numbers that stand as text once per indicator (V003); withhold ambiguous ones (V004)."""
        for meaning, one in self.rows().items():
            values = {column: self.sheet.cells.value(one.row, column) for column in self.table.years.values()}
            texts = {
                column: value
                for column, value in values.items()
                if isinstance(value, str) and meaning in COUNTS and read_count(value).value is not None
            }
            if not texts:
                continue
            details: dict[str, object] = {"count": len(texts), "column_text": column_text(meaning)}
            first, text = next(iter(texts.items()))
            if not self.sheet.grid.is_text:
                origin = self.sheet.grid.origin(one.row, first)
                yield Finding(V003, origin, column=meaning, value=text, details=details)
            decimal = next((value for value in texts.values() if has_whole_decimals(value)), None)
            for column, value in texts.items() if decimal is not None else ():
                if is_ambiguous_beside_decimals(value):
                    self.withheld.add((one.row, column))
                    details = {"other": decimal, "column_text": column_text(meaning)}
                    origin = self.sheet.grid.origin(one.row, column)
                    yield Finding(V004, origin, column=meaning, value=value, details=details)

    def table_of(self, form: Form, scope: FormScope, column: int) -> TableReading:
        """Return the observation of one year."""
        record = self.record(form, scope, column)
        unit = scope.unit
        if unit is None:
            return TableReading(record=record)
        rows, findings = self.rows(), list[Finding]()
        counts: dict[str, int] = {}
        for meaning, one in rows.items():
            value = self._count(one.row, column, meaning, unit, form.year, findings) if meaning in COUNTS else None
            if value is not None:
                counts[meaning] = value
        rates = self._rates_alone(rows, column, counts, unit, form.year, findings)
        names = {meaning: RATE_COLUMN[MEASURE_OF[meaning]] if meaning in MEASURE_OF else meaning for meaning in rows}
        origin = TableOrigin(
            self.sheet.grid.file,
            self.sheet.grid.sheet,
            INDICATORS,
            dict.fromkeys(names.values(), column + 1),
            {names[meaning]: one.row + 1 for meaning, one in rows.items()},
        )
        observations = Observations()
        observations.add_table(origin)
        labels = [one.label for one in self.table.indicators]
        line = poverty_line_of((*self.table.title, *labels), form.year)
        status = status_of(self.table.title, labels, self.sheet.grid.sheet, self.sheet.grid.file)
        taken = sorted(rows.items(), key=lambda one: one[0] not in COUNTS)
        first = next((one.row for meaning, one in taken if meaning in names), self.table.header_bottom)
        observation = Observation(
            unit.code, form.year, unit.name, unit.level, unit.parent_code, line, status, counts, rates
        )
        observations.append(0, (first + 1,), observation)
        return TableReading(
            [softened(finding, rates) if finding.kind is V005 else finding for finding in findings],
            INDICATORS,
            form.year,
            unit,
            rows=observations,
            rates=list(self._printed_rates(rows, column, counts, unit, form.year)),
            sums=list(self._printed_sums(rows, column, counts, unit, form.year)),
            record=record,
        )

    def _count(self, row: int, column: int, meaning: str, unit: Unit, year: int, findings: list[Finding]) -> int | None:
        self.used.add((row, column))
        if (row, column) in self.withheld:
            return None
        cell, origin = self.sheet.cells.value(row, column), self.sheet.grid.origin(row, column)
        fault = self.sheet.grid.faults.get((row, column))
        if fault is not None:
            named = fault_finding(fault, origin, unit_code=unit.code, unit_name=unit.name, year=year, column=meaning)
            findings.append(named)
            return None
        count = read_count(cell)
        details: dict[str, object] = {"column_text": column_text(meaning), "hint": NO_TEXT}
        if count.trouble is not None:
            kind = V002 if count.trouble is Trouble.NEGATIVE else V001
            details["hint"] = not_whole_hint(cell)
            findings.append(Finding(kind, origin, unit.code, unit.name, year, meaning, shown(cell), details=details))
        elif count.value is None and meaning in REQUIRED_COUNTS:
            findings.append(Finding(V005, origin, unit.code, unit.name, year, meaning, details=details))
        return count.value

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
        of_rates = {MEASURE_OF[meaning]: one.row for meaning, one in rows.items() if meaning in MEASURE_OF}
        years = self.table.years.values()
        scale = scale_of(self.sheet.cells.value(row, at) for row in of_rates.values() for at in years)
        found: dict[str, str] = {}
        for measure, row in of_rates.items():
            if all(name in counts for name in (measure.whole, *measure.parts)):
                continue
            cell, name = self.sheet.cells.value(row, column), RATE_COLUMN[measure]
            printed = read_percent(cell, scale)
            self.used.add((row, column))
            if printed is None or (printed and scale is Scale.UNKNOWN and is_bare_number(cell)):
                details = {"column_text": column_text(name), "hint": rate_hint(cell, scale)}
                origin = self.sheet.grid.origin(row, column)
                findings.append(Finding(V008, origin, unit.code, unit.name, year, name, shown(cell), details=details))
            elif printed:
                found[name] = printed
        return found

    def _printed_rates(
        self, rows: Mapping[str, Indicator], column: int, counts: Mapping[str, int], unit: Unit, year: int
    ) -> Iterator[PrintedRate]:
        """Yield the rates printed in the column beside their counts, for the checks to compare."""
        for meaning, one in rows.items():
            measure = MEASURE_OF.get(meaning)
            if measure is None or not {measure.whole, *measure.parts} <= counts.keys():
                continue
            cell, part = self.sheet.cells.value(one.row, column), sum(counts[name] for name in measure.parts)
            rate, origin = read_rate(cell), self.sheet.grid.origin(one.row, column)
            if rate is not None:
                yield PrintedRate(
                    unit.code, unit.name, year, measure, rate, str(cell), part, counts[measure.whole], origin
                )

    def _printed_sums(
        self, rows: Mapping[str, Indicator], column: int, counts: Mapping[str, int], unit: Unit, year: int
    ) -> Iterator[PrintedSum]:
        """Yield the sums of other indicators printed in the column, for the checks to compare."""
        parts = Measure.MULTIDIMENSIONAL.parts
        for meaning, one in rows.items() if counts.keys() >= set(parts) else ():
            value = read_count(self.sheet.cells.value(one.row, column)).value if meaning.startswith(SUM) else None
            if value is not None:
                expected, origin = sum(counts[name] for name in parts), self.sheet.grid.origin(one.row, column)
                yield PrintedSum(unit.code, unit.name, year, value, expected, origin)

    def record(self, form: Form, scope: FormScope, column: int) -> LayoutRecord:
        """Return what was recognised for one year: its cells in the place of columns."""
        rows, letters = self.rows(), column_letters(column)
        columns = tuple(
            ColumnRecord(
                f"{letters}{one.row + 1}",
                (one.label,),
                one.meaning,
                used=one.meaning in rows or (one.meaning or "").startswith(IGNORED),
                suggestion=self.sheet.headings.nearest(one.label) if one.meaning is None else None,
            )
            for one in self.table.indicators
        )
        taken = sorted(one.row + 1 for one in rows.values()) if scope.unit is not None else []
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
        for one in self.table.indicators:
            if one.row + 1 not in taken:
                yield RowsLeftOut(one.row + 1, one.row + 1, LeftOut.WORDS)
