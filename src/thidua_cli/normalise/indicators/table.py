"""A table of indicators → one observation per year, each count with its own cell as origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import COUNTS, RATE_COLUMN, REQUIRED_COUNTS, Measure, Unit, column_letters
from thidua_cli.normalise.copies import Mark, drop_copy
from thidua_cli.normalise.files_read import NO_TEXT, FilesRead, PrintedRate, PrintedSum, ReadingOptions, TableRead
from thidua_cli.normalise.forms.own_scope import own_scope
from thidua_cli.normalise.forms.register import INDICATORS
from thidua_cli.normalise.forms.row_cells import not_whole_hint
from thidua_cli.normalise.forms.table import Form, FormTable
from thidua_cli.normalise.indicators.rows import Indicator, IndicatorTable
from thidua_cli.normalise.record.layout_record import ColumnRecord, FoundIn, LayoutRecord, LeftOut, RowsLeftOut
from thidua_cli.normalise.sheet.cell_faults import fault_finding
from thidua_cli.normalise.sheet.cells import Cells
from thidua_cli.normalise.sheet.faults import V001, V002, V003, V004, V005, V008
from thidua_cli.normalise.sheet.heading_faults import H001, H002, H003
from thidua_cli.normalise.sheet.headings import IGNORED, SUM, Headings, column_text
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
from thidua_cli.normalise.unit_names import UnitFinder
from thidua_cli.observations import Observation, TableOrigin
from thidua_cli.read.grid import Grid, cell_name


def read_indicators(
    grid: Grid,
    cells: Cells,
    table: IndicatorTable,
    headings: Headings,
    reading: FilesRead,
    options: ReadingOptions,
    finder: UnitFinder,
) -> set[tuple[int, int]]:
    """Add a table of indicators to `reading`; return the cells that figures are taken from."""
    reader = _Reader(grid, cells, table, headings, reading)
    reader.report_headings()
    reader.judge_texts()
    found: list[Finding] = []
    for year, column in table.years.items():
        layout = Layout(table.title, table.header_top, table.header_bottom, (), year=year)
        trial = FilesRead()
        form = Form(grid, cells, layout, FormTable(), trial, options, finder, name=INDICATORS, year=year)
        form.scope = own_scope(form)
        found += [one for one in trial.findings if not any(one.kind is other.kind for other in found)]
        mark = Mark.of(reading)
        read = reader.take(form, form.scope, column) if form.scope is not None else None
        reading.layouts.append(reader.record(form, column, read))
        if read is not None:
            drop_copy(reading, mark)
    reading.findings.extend(found)
    return reader.used


@dataclass(slots=True)
class _Reader:
    grid: Grid
    cells: Cells
    table: IndicatorTable
    headings: Headings
    reading: FilesRead
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

    def report_headings(self) -> None:
        """Report rows and columns that are not known, double or missing."""
        for one in self.table.indicators:
            if one.meaning is None and self._has_figures(one.row):
                self._unknown(one.row, self.table.label_column, one.label)
        for column in self.table.other_columns:
            text = self.cells.text(self.table.header_top, column)
            self._unknown(self.table.header_top, column, text)
        for meaning in sorted({one.meaning for one in self.table.indicators if one.meaning in COUNTS} - {None}):
            if meaning is not None and len(rows := self.table.of(meaning)) > 1:
                cells = ", ".join(cell_name(one.row, self.table.label_column) for one in rows)
                self._double(rows[0].row, self.table.label_column, meaning, cells)
        for columns in self.table.doubled.values():
            self._double(self.table.header_top, columns[0], "year", ", ".join(map(column_letters, columns)))
        known = {one.meaning for one in self.table.indicators}
        for meaning in REQUIRED_COUNTS:
            if meaning not in known:
                details = {"column_text": column_text(meaning)}
                first = self.grid.origin(self.table.header_bottom + 1, self.table.label_column)
                labels = first._replace(last_row=self.table.end)
                rates = {RATE_COLUMN[measure] for heading, measure in MEASURE_OF.items() if heading in known}
                self._tell(softened(Finding(H001, labels, column=meaning, details=details), rates))

    def _unknown(self, row: int, column: int, heading: str) -> None:
        near = self.headings.nearest(heading)
        suggestion = Text(f" (gần giống “{near}”)", f" (close to “{near}”)") if near else NO_TEXT
        details = {"heading": heading, "suggestion": suggestion}
        self._tell(Finding(H002, self.grid.origin(row, column), column=heading, value=heading, details=details))

    def _double(self, row: int, column: int, meaning: str, places: str) -> None:
        details = {"columns": places, "column_text": column_text(meaning)}
        origin = self.grid.origin(row, column)
        self._tell(Finding(H003, origin, column=meaning, value=places, details=details))

    def _tell(self, finding: Finding) -> None:
        self.reading.findings.append(finding)

    def _has_figures(self, row: int) -> bool:
        return any(self.cells.value(row, column) is not None for column in self.table.years.values())

    def judge_texts(self) -> None:
        """Report numbers that stand as text once per indicator (V003); withhold ambiguous ones (V004)."""
        for meaning, one in self.rows().items():
            values = {column: self.cells.value(one.row, column) for column in self.table.years.values()}
            texts = {
                column: value
                for column, value in values.items()
                if isinstance(value, str) and meaning in COUNTS and read_count(value).value is not None
            }
            if not texts:
                continue
            details: dict[str, object] = {"count": len(texts), "column_text": column_text(meaning)}
            first, text = next(iter(texts.items()))
            if not self.grid.is_text:
                origin = self.grid.origin(one.row, first)
                self._tell(Finding(V003, origin, column=meaning, value=text, details=details))
            decimal = next((value for value in texts.values() if has_whole_decimals(value)), None)
            for column, value in texts.items() if decimal is not None else ():
                if is_ambiguous_beside_decimals(value):
                    self.withheld.add((one.row, column))
                    details = {"other": decimal, "column_text": column_text(meaning)}
                    origin = self.grid.origin(one.row, column)
                    self._tell(Finding(V004, origin, column=meaning, value=value, details=details))

    def take(self, form: Form, unit: Unit, column: int) -> TableRead:
        """Add the observation of one year."""
        rows, told_before = self.rows(), len(self.reading.findings)
        counts = {
            meaning: value
            for meaning, one in rows.items()
            if meaning in COUNTS and (value := self._count(one.row, column, meaning, unit, form.year)) is not None
        }
        rates = self._rates_alone(rows, column, counts, unit, form.year)
        told = self.reading.findings[told_before:]
        self.reading.findings[told_before:] = [softened(one, rates) if one.kind is V005 else one for one in told]
        names = {meaning: RATE_COLUMN[MEASURE_OF[meaning]] if meaning in MEASURE_OF else meaning for meaning in rows}
        origin = TableOrigin(
            self.grid.file,
            self.grid.sheet,
            INDICATORS,
            dict.fromkeys(names.values(), column + 1),
            {names[meaning]: one.row + 1 for meaning, one in rows.items()},
        )
        observations = self.reading.observations
        table, before = observations.add_table(origin), len(observations)
        labels = [one.label for one in self.table.indicators]
        line = poverty_line_of((*self.table.title, *labels), form.year)
        status = status_of(self.table.title, labels, self.grid.sheet, self.grid.file)
        taken = sorted(rows.items(), key=lambda one: one[0] not in COUNTS)
        first = next((one.row for meaning, one in taken if meaning in names), self.table.header_bottom)
        observation = Observation(
            unit.code, form.year, unit.name, unit.level, unit.parent_code, line, status, counts, rates
        )
        observations.append(table, (first + 1,), observation)
        self._keep_printed(rows, column, counts, unit, form.year)
        read = TableRead(table, INDICATORS, form.year, unit, before, 1)
        self.reading.tables.append(read)
        return read

    def _count(self, row: int, column: int, meaning: str, unit: Unit, year: int) -> int | None:
        self.used.add((row, column))
        if (row, column) in self.withheld:
            return None
        cell, origin = self.cells.value(row, column), self.grid.origin(row, column)
        fault = self.grid.faults.get((row, column))
        if fault is not None:
            named = fault_finding(fault, origin, unit_code=unit.code, unit_name=unit.name, year=year, column=meaning)
            self._tell(named)
            return None
        count = read_count(cell)
        details: dict[str, object] = {"column_text": column_text(meaning), "hint": NO_TEXT}
        if count.trouble is not None:
            kind = V002 if count.trouble is Trouble.NEGATIVE else V001
            details["hint"] = not_whole_hint(cell)
            self._tell(Finding(kind, origin, unit.code, unit.name, year, meaning, shown(cell), details=details))
        elif count.value is None and meaning in REQUIRED_COUNTS:
            self._tell(Finding(V005, origin, unit.code, unit.name, year, meaning, details=details))
        return count.value

    def _rates_alone(
        self, rows: Mapping[str, Indicator], column: int, counts: Mapping[str, int], unit: Unit, year: int
    ) -> dict[str, str]:
        """Return the rates of a year that are printed without their counts, as `Observation.rates`."""
        of_rates = {MEASURE_OF[meaning]: one.row for meaning, one in rows.items() if meaning in MEASURE_OF}
        years = self.table.years.values()
        scale = scale_of(self.cells.value(row, at) for row in of_rates.values() for at in years)
        found: dict[str, str] = {}
        for measure, row in of_rates.items():
            if all(name in counts for name in (measure.whole, *measure.parts)):
                continue
            cell, name = self.cells.value(row, column), RATE_COLUMN[measure]
            printed = read_percent(cell, scale)
            self.used.add((row, column))
            if printed is None or (printed and scale is Scale.UNKNOWN and is_bare_number(cell)):
                details = {"column_text": column_text(name), "hint": rate_hint(cell, scale)}
                origin = self.grid.origin(row, column)
                self._tell(Finding(V008, origin, unit.code, unit.name, year, name, shown(cell), details=details))
            elif printed:
                found[name] = printed
        return found

    def _keep_printed(
        self, rows: Mapping[str, Indicator], column: int, counts: Mapping[str, int], unit: Unit, year: int
    ) -> None:
        """Keep the rates and sums printed in the column, for the checks to compare with its counts."""
        for meaning, one in rows.items():
            measure = MEASURE_OF.get(meaning, Measure.MULTIDIMENSIONAL)
            if meaning not in MEASURE_OF and not meaning.startswith(SUM):
                continue
            parts = [counts[part] for part in measure.parts if part in counts]
            if len(parts) < len(measure.parts):
                continue
            cell, origin = self.cells.value(one.row, column), self.grid.origin(one.row, column)
            whole, rate = counts.get(measure.whole), read_rate(cell)
            if meaning.startswith(SUM):
                value = read_count(cell).value
                if value is not None:
                    self.reading.sums.append(PrintedSum(unit.code, unit.name, year, value, sum(parts), origin))
            elif whole is not None and rate is not None:
                printed = PrintedRate(unit.code, unit.name, year, measure, rate, str(cell), sum(parts), whole, origin)
                self.reading.rates.append(printed)

    def record(self, form: Form, column: int, read: TableRead | None) -> LayoutRecord:
        """Return what was recognised for one year: its cells in the place of columns."""
        rows, letters = self.rows(), column_letters(column)
        columns = tuple(
            ColumnRecord(
                f"{letters}{one.row + 1}",
                (one.label,),
                one.meaning,
                used=one.meaning in rows or (one.meaning or "").startswith(IGNORED),
                suggestion=self.headings.nearest(one.label) if one.meaning is None else None,
            )
            for one in self.table.indicators
        )
        taken = sorted(one.row + 1 for one in rows.values()) if read is not None else []
        return LayoutRecord(
            self.grid.file,
            self.grid.sheet,
            INDICATORS,
            table=None if read is None else read.table,
            title=self.table.title,
            year=form.year,
            year_from=FoundIn.HEADING,
            scope=form.scope,
            scope_from=form.scope_from,
            header_top=self.table.header_top + 1,
            header_bottom=self.table.header_bottom + 1,
            columns=columns,
            taken=tuple((row, row) for row in taken),
            left_out=tuple(self._left_out(taken)),
            unchecked=self.grid.facts.unchecked,
        )

    def _left_out(self, taken: Sequence[int]) -> Iterator[RowsLeftOut]:
        for one in self.table.indicators:
            if one.row + 1 not in taken:
                yield RowsLeftOut(one.row + 1, one.row + 1, LeftOut.WORDS)
