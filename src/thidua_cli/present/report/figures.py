"""Counts, rates and falls of one unit, year by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.lexicon import LEVEL_WORDS, MEASURE_WORDS, RATE_FORMULAS, column_heading
from thidua_cli.measure.rates import RateRow, RateTable
from thidua_cli.model import Measure
from thidua_cli.present.doubts.words import DOUBT_MARK, DOUBT_TONE, doubts_of_year
from thidua_cli.present.paper.council import for_council
from thidua_cli.present.rates.boundary_notes import division_notes, ground_notes, shown_rates
from thidua_cli.present.rates.notes import basis_notes, care_notes
from thidua_cli.present.rates.view import FALL_PERCENT, FALL_POINTS, HOUSEHOLDS, RATE
from thidua_cli.present.report.chart import rate_chart
from thidua_cli.present.toolkit.document import ColumnType, Section, Table, TableColumn, Value, text_line
from thidua_cli.present.toolkit.figures import decimal_text
from thidua_cli.results import RatesResult, UnitReport


def figures_section(report: UnitReport, language: Language) -> Section:
    """Return the year-ends from the baseline on, a chart of their rates, and what is to be taken with care."""
    (row,) = report.rates.rows
    result = RatesResult(report.rates, boundaries=report.boundaries)
    shown = shown_rates(report.rates)
    care = [*care_notes(result, language), *division_notes(shown, language)]
    ground = ground_notes(report.boundaries, shown, language)
    lines = [_whose(report, row, language), " ".join(_basis(report.rates, ground[:1], language))]
    lines += _falls(report.rates, row, language)
    chart = rate_chart(report, row, language)
    return Section(
        _HEADING.pick(language),
        text=[text_line(line) for line in lines],
        table=_table(report.rates.measure, row, language),
        charts=[] if chart is None else [chart],
        notes=[for_council(note, language) for note in (*ground[1:], *care)],
    )


_HEADING: Final = Text("Số hộ, tỷ lệ và mức giảm", "Households, rates and falls")
_WHOSE: Final = Text("Đơn vị: {unit}, mã {code}, cấp {level}{above}.", "Unit: {unit}, code {code}, {level}{above}.")
_ABOVE: Final = Text(", thuộc {name}", ", in {name}")
_RATE: Final = Text("{rate}.", "{rate}.")


def _whose(report: UnitReport, row: RateRow, language: Language) -> str:
    above = _ABOVE.fill(name=report.parent_name) if report.parent_name else ""
    text = _WHOSE.fill(unit=row.unit_name, code=row.unit_code, level=LEVEL_WORDS[row.level].short, above=above)
    return text.pick(language)


def _basis(table: RateTable, ground: Sequence[str], language: Language) -> list[str]:
    """Return the measure, its line, its baseline and its boundaries; what a negative fall is where there is one."""
    _, _, *lines = basis_notes(table)
    rate = _RATE.fill(rate=RATE_FORMULAS[table.measure].capitalised())
    falls = [fall for row in table.rows for year in row.years for fall in (year.fall_points, year.fall_percent)]
    rises = [_RISES] if any(fall is not None and fall < 0 for fall in falls) else []
    texts = [text.pick(language) for text in (rate, *lines)]
    return [*texts, *(for_council(note, language) for note in ground), *(text.pick(language) for text in rises)]


_RISES: Final = Text("Mức giảm là số âm nghĩa là tăng.", "A negative fall is a rise.")


def _falls(table: RateTable, row: RateRow, language: Language) -> list[str]:
    """Say how far rate and count fell over the whole window, as far as that is known."""
    points, percent = row.fall_points_total, row.fall_percent_total
    parts = []
    if points is not None:
        parts.append((table.years[0], _POINTS, points))
    if percent is not None:
        parts.append((row.baseline_year or table.years[0], _PERCENT, percent))
    by_start: dict[int, list[Text]] = {}
    for start, text, value in parts:
        moved = (_FELL if value >= 0 else _ROSE).fill(amount=decimal_text(abs(value), language))
        by_start.setdefault(start, []).append(text.fill(moved=moved, counted=MEASURE_WORDS[table.measure].long))
    last = str(table.years[-1]) if table.years else ""
    return [
        _SINCE.fill(start=str(start), last=last, moved=Text.joined(", ", texts)).pick(language)
        for start, texts in by_start.items()
    ]


_SINCE: Final = Text(
    "Từ cuối năm {start} đến cuối năm {last}: {moved}.", "From the end of {start} to the end of {last}: {moved}."
)
_FELL: Final = Text("giảm {amount}", "fell by {amount}")
_ROSE: Final = Text("tăng {amount}", "rose by {amount}")
_POINTS: Final = Text("tỷ lệ {moved} điểm %", "the rate {moved} points")
_PERCENT: Final = Text("{counted} {moved}%", "{counted} {moved}%")


@lru_cache(maxsize=16)
def _columns(measure: Measure, language: Language) -> Sequence[TableColumn]:
    parts = measure.parts if len(measure.parts) > 1 else ()
    counts = [HOUSEHOLDS.pick(language), *(column_heading(part).pick(language) for part in parts)]
    total = _SUM if parts else column_heading(measure.parts[0])
    return [
        TableColumn(_YEAR.pick(language), ColumnType.YEAR, width=8),
        *(TableColumn(name, ColumnType.COUNT, width=10) for name in (*counts, total.pick(language))),
        *(TableColumn(text.pick(language), ColumnType.DECIMAL, width=10) for text in (RATE, FALL_POINTS, FALL_PERCENT)),
    ]


_YEAR: Final = Text("Năm", "Year")
_SUM: Final = Text("Cộng", "Together")


def _table(measure: Measure, row: RateRow, language: Language) -> Table:
    parts = measure.parts if len(measure.parts) > 1 else ()
    doubted = {year.year for year in row.years if doubts_of_year(row.doubts, year.year)}
    rows: list[list[Value]] = [
        [
            f"{year.year}{DOUBT_MARK}" if year.year in doubted else year.year,
            year.households,
            *(year.figures.counts.get(part) if year.figures else None for part in parts),
            year.count,
            year.rate_percent,
            year.fall_points,
            year.fall_percent,
        ]
        for year in row.years
    ]
    return Table(_columns(measure, language), rows, _in_doubt(row, measure, parts) if row.doubts else {})


def _in_doubt(row: RateRow, measure: Measure, parts: Sequence[str]) -> Mapping[tuple[int, int], str]:
    """Return what marks the disputed figures: households, counts, their sum, and the rate taken from them."""
    rate = 2 + len(parts) + 1 if parts else 3
    places = {measure.whole: {1, rate}}
    for column, part in enumerate(parts or measure.parts, start=2):
        places[part] = {column, rate - 1, rate}
    return {
        (number, place): DOUBT_TONE
        for number, year in enumerate(row.years)
        for doubt in doubts_of_year(row.doubts, year.year)
        for place in places.get(doubt.column, ())
    }
