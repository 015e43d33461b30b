"""The sheet of rates and falls of every year, as formulas over the sheet of counts."""

from __future__ import annotations

from thidua_cli.language import Language, Text
from thidua_cli.measure.rates import RateRow, RateTable, RateYear
from thidua_cli.present.doubts.words import DOUBT_TONE, doubts_of_year
from thidua_cli.present.export.cells import CellsByRow
from thidua_cli.present.export.charts import rates_of_the_whole
from thidua_cli.present.export.counts import COUNTS, CountPlaces, unit_columns
from thidua_cli.present.export.formulas import fall_of_count_in_percent, fall_of_rate, known, rate
from thidua_cli.present.paper.council import for_council
from thidua_cli.present.rates.notes import rate_notes, unit_mark
from thidua_cli.present.rates.view import FALL_PERCENT, FALL_POINTS, RATE, total_label
from thidua_cli.present.toolkit.document import ColumnType, Section, Table, TableColumn, Value
from thidua_cli.results import Pack

_FIRST = 3


def rates_and_falls_section(pack: Pack, places: CountPlaces, language: Language) -> Section:
    """Return the sheet; a rate that a source prints without counts stands as printed."""
    measured, *notes = [for_council(note, language) for note in rate_notes(pack.rates, language)]
    return Section(
        sheet=Text("Tỷ lệ và mức giảm", "Rates and falls").pick(language),
        title=Text("TỶ LỆ VÀ MỨC GIẢM QUA CÁC NĂM", "RATES AND FALLS BY YEAR").pick(language),
        points=[measured],
        table=_table(pack, places, language),
        charts=rates_of_the_whole(pack, language),
        notes=[note for note in notes if note],
    )


def _table(pack: Pack, places: CountPlaces, language: Language) -> Table:
    table = pack.rates.table
    cells = CellsByRow(_columns(table, language))
    formulas = _RateFormulas(table, places)
    for number, row in enumerate(table.rows, start=1):
        cells.begin()
        cells.add(number)
        cells.add(row.unit_code)
        cells.add(row.unit_name + unit_mark(row))
        _add_years(cells, row, formulas)
    numbers = {(unit.unit_code, unit.line_beside): number for number, unit in enumerate(pack.eligible.series)}
    rows = [numbers[row.unit_code, row.line_beside] for row in table.rows]
    return cells.table("rates")._replace(rows_in={COUNTS: rows})


def _columns(table: RateTable, language: Language) -> list[TableColumn]:
    columns = list(unit_columns(language))
    for index, year in enumerate(table.years):
        heads = (RATE, FALL_POINTS, FALL_PERCENT) if index else (RATE,)
        columns += [TableColumn(head.pick(language), ColumnType.DECIMAL, str(year), 9) for head in heads]
    since = Text("Từ đầu kỳ", "From baseline").pick(language)
    return [
        *columns,
        TableColumn(FALL_POINTS.pick(language), ColumnType.DECIMAL, total_label(table, language), 10),
        TableColumn(FALL_PERCENT.pick(language), ColumnType.DECIMAL, since, 10),
    ]


class _RateFormulas:
    """The formulas of the sheet, each made once."""

    def __init__(self, table: RateTable, places: CountPlaces) -> None:
        measure, years = table.measure, table.years
        self.places = places
        self.measure = measure
        self.rate = [known(rate(places, measure, year)) for year in years]
        self.points = [""] + [known(fall_of_rate(places, measure, year - 1, year)) for year in years[1:]]
        self.percent = [""] + [known(fall_of_count_in_percent(places, measure, year - 1, year)) for year in years[1:]]
        self.whole = known(fall_of_rate(places, measure, years[0], years[-1])) if len(years) > 1 else ""
        # Rates as printed stand in their own cells: a fall from one of them is their difference.
        columns = [_FIRST, *(_FIRST + 1 + 3 * index for index in range(len(years) - 1))]
        self.of_printed = [""] + [
            known(f"{{{columns[index - 1]}}}-{{{columns[index]}}}") for index in range(1, len(years))
        ]
        self.whole_of_printed = known(f"{{{columns[0]}}}-{{{columns[-1]}}}") if years else ""

    def since(self, baseline: int, last: int) -> str:
        """Return the fall of the count from the baseline."""
        return known(fall_of_count_in_percent(self.places, self.measure, baseline, last))


def _add_years(cells: CellsByRow, row: RateRow, formulas: _RateFormulas) -> None:
    for index, year in enumerate(row.years):
        tone = DOUBT_TONE if doubts_of_year(row.doubts, year.year) else ""
        cells.add(year.rate_percent, None if year.rate_printed else formulas.rate[index], tone)
        if index:
            counted = _is_counted(row.years[index - 1], year)
            points = formulas.points if counted else formulas.of_printed
            cells.add(year.fall_points, points[index])
            cells.add(_of_nothing(row.years[index - 1], year), formulas.percent[index])
    counted = bool(row.years) and _is_counted(row.years[0], row.years[-1])
    cells.add(row.fall_points_total, formulas.whole if counted else formulas.whole_of_printed)
    last = row.years[-1].year if row.years else 0
    cells.add(row.fall_percent_total, None if row.baseline_year is None else formulas.since(row.baseline_year, last))


def _of_nothing(before: RateYear, year: RateYear) -> Value:
    """Return the fall in percent: of nothing it is nothing, but a formula, for the count before may be changed."""
    is_of_nothing = year.fall_percent is None and before.count == 0 and year.fall_points is not None
    return "" if is_of_nothing else year.fall_percent


def _is_counted(*years: RateYear) -> bool:
    return not any(year.rate_printed for year in years)
