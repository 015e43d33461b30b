"""Rates and falls for people and machines."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.lexicon import LEVEL_WORDS
from thidua_cli.measure.rates import RateRow, RateTable, RateYear
from thidua_cli.model import Level
from thidua_cli.present.rates.boundary_records import boundaries_record, codes, ground_record
from thidua_cli.present.rates.notes import rate_notes, unit_mark
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.document import (
    ColumnType,
    Document,
    Formula,
    Line,
    Section,
    Styled,
    Table,
    TableColumn,
    Value,
    cell_text,
    text_line,
)
from thidua_cli.present.toolkit.figures import count_text, decimal_text, exact_text, rounded_number
from thidua_cli.present.toolkit.view import FieldValue, Records, View
from thidua_cli.results import RatesResult

CSV_FIELDS: Final = (
    "unit_code",
    "unit_name",
    "level",
    "parent_code",
    "year",
    "households",
    "count",
    "rate_percent",
    "fall_points",
    "fall_percent",
    "basis",
    "status",
    "poverty_line",
    "fall_points_total",
    "fall_percent_total",
    "baseline_year",
    "merged",
    "divided",
)

_FIRST_FIGURE_COLUMN: Final = 3
HOUSEHOLDS: Final = Text("Tổng số hộ", "Households")
COUNT: Final = Text("Số hộ", "Count")
RATE: Final = Text("Tỷ lệ %", "Rate %")
FALL_POINTS: Final = Text("Giảm (điểm %)", "Fall (points)")
FALL_PERCENT: Final = Text("Giảm số hộ %", "Fall of count %")


def rates_view(result: RatesResult) -> View:
    """Return the rates of every unit."""
    return View(
        page=lambda language: Document([rates_section(result, language)]),
        screen=partial(_screen, result),
        record=lambda _: rates_document(result),
        rows=lambda _: _rows(result.table),
    )


def rates_section(result: RatesResult, language: Language) -> Section:
    """Return the rates with their notes; each rate is a formula over the counts beside it, or as printed."""
    measured, *notes = rate_notes(result, language)
    return Section(
        sheet=Text("Tỷ lệ", "Rates").pick(language),
        title=Text("SỐ HỘ, TỶ LỆ VÀ MỨC GIẢM QUA CÁC NĂM", "COUNTS, RATES AND FALLS BY YEAR").pick(language),
        points=[measured],
        table=replace(rates_table(result.table, language), formulas=_formulas(result.table), heads_alone=True),
        notes=notes,
    )


def _formulas(table: RateTable) -> dict[tuple[int, int], Formula]:
    return {
        (row, column): _rate_formula(column)
        for row, rates in enumerate(table.rows)
        for column, year in zip(_rate_columns(len(table.years)), rates.years, strict=True)
        if not year.rate_printed
    }


def _rate_columns(years: int) -> list[int]:
    """Return the positions of the rates: three columns in the first year, then four with the fall."""
    return [_FIRST_FIGURE_COLUMN + 2 + (4 * index - 1 if index else 0) for index in range(years)]


def _rate_formula(column: int) -> Formula:
    return lambda cell: f"=100*{cell(column - 1)}/{cell(column - 2)}"


def rates_document(result: RatesResult) -> dict[str, object]:
    """Return the document "thidua.rates/1"."""
    table = result.table
    return {
        "schema": "thidua.rates/1",
        "measure": table.measure.value,
        "boundaries": boundaries_record(result.boundaries),
        "rows": [
            {
                "unit_code": row.unit_code,
                "unit_name": row.unit_name,
                "level": row.level.value,
                "parent_code": row.parent_code,
                "years": [_year_record(one) for one in row.years],
                "fall_points_total": rounded_number(row.fall_points_total),
                "fall_percent_total": rounded_number(row.fall_percent_total),
                "baseline_year": row.baseline_year,
                "ended_on": row.ended_on.isoformat() if row.ended_on else None,
            }
            for row in table.rows
        ],
    }


def _year_record(one: RateYear) -> dict[str, object]:
    figures = one.figures
    return {
        "year": one.year,
        "households": one.households,
        "count": one.count,
        "rate_percent": rounded_number(one.rate_percent),
        "fall_points": rounded_number(one.fall_points),
        "fall_percent": rounded_number(one.fall_percent),
        "fall_points_exact": exact_text(one.fall_points),
        "basis": figures.basis.value if figures else None,
        "status": figures.status.value if figures else None,
        "poverty_line": figures.poverty_line if figures else None,
        "assumed_complete": bool(figures and figures.assumed_complete),
        "conflicting": bool(figures and figures.conflicting),
        "missing_children": list(figures.missing_children) if figures else [],
        **ground_record(figures),
        **({"rate_printed": True} if one.rate_printed else {}),
    }


def _rows(table: RateTable) -> Records:
    any_printed = any(year.rate_printed for row in table.rows for year in row.years)
    fields = (*CSV_FIELDS, "rate_printed") if any_printed else CSV_FIELDS
    return Records(fields, [_csv_row(row, year)[: len(fields)] for row in table.rows for year in row.years])


def _csv_row(row: RateRow, year: RateYear) -> list[FieldValue]:
    figures = year.figures
    return [
        row.unit_code,
        row.unit_name,
        row.level.value,
        row.parent_code,
        year.year,
        year.households,
        year.count,
        rounded_number(year.rate_percent),
        rounded_number(year.fall_points),
        rounded_number(year.fall_percent),
        figures.basis.value if figures else None,
        figures.status.value if figures else None,
        figures.poverty_line if figures else None,
        rounded_number(row.fall_points_total),
        rounded_number(row.fall_percent_total),
        row.baseline_year,
        codes(figures.merged) if figures else None,
        codes(part.unit for part in figures.divided) if figures else None,
        "true" if year.rate_printed else "false",
    ]


def rates_table(table: RateTable, language: Language) -> Table:
    """Return one row per unit: per shown year-end households, count, rate and fall; then the totals."""
    columns = [
        TableColumn(Text("Mã", "Code").pick(language), width=8),
        TableColumn(Text("Đơn vị", "Unit").pick(language), width=28),
        TableColumn(Text("Cấp", "Level").pick(language), width=9),
        *_figure_columns(table, language),
    ]
    rows: list[list[Value]] = [
        [
            row.unit_code,
            row.unit_name + unit_mark(row),
            LEVEL_WORDS[row.level].short.pick(language),
            *_figures(row),
        ]
        for row in table.rows
    ]
    return Table(columns, rows)


def _figure_columns(table: RateTable, language: Language) -> list[TableColumn]:
    columns: list[TableColumn] = []
    for index, year in enumerate(table.years):
        columns += [
            TableColumn(HOUSEHOLDS.pick(language), ColumnType.COUNT, str(year), 11),
            TableColumn(COUNT.pick(language), ColumnType.COUNT, str(year), 9),
            TableColumn(RATE.pick(language), ColumnType.DECIMAL, str(year), 8),
        ]
        if index:
            columns.append(TableColumn(FALL_POINTS.pick(language), ColumnType.DECIMAL, str(year), 8))
    total = total_label(table, language)
    since = Text("Từ đầu kỳ", "From baseline").pick(language)
    return [
        *columns,
        TableColumn(FALL_POINTS.pick(language), ColumnType.DECIMAL, total, 9),
        TableColumn(FALL_PERCENT.pick(language), ColumnType.DECIMAL, since, 10),
    ]


def total_label(table: RateTable, language: Language) -> str:
    """Name the whole window: "Giai đoạn 2021–2024"."""
    if len(table.years) < 2:
        return Text("Giai đoạn", "Window").pick(language)
    return f"{table.years[0]}–{table.years[-1]}"


def _figures(row: RateRow) -> list[Value]:
    values: list[Value] = []
    for index, one in enumerate(row.years):
        values += [one.households, one.count, one.rate_percent]
        if index:
            values.append(one.fall_points)
    return [*values, row.fall_points_total, row.fall_percent_total]


def _screen(result: RatesResult, language: Language, width: int) -> list[Line]:
    table = result.table
    if not table.rows:
        return [text_line(Text("Không có số liệu để tính tỷ lệ.", "No figures to take rates of.").pick(language))]
    body = _wide(table, language)
    if max(terminal.length(one) for one in body) > width:
        body = [one for row in table.rows for one in _stacked(row, table, language, width)][:-1]
    notes = [one for note in rate_notes(result, language) for one in terminal.wrapped(note, width, hanging="  ")]
    return [*body, text_line(), *notes]


def _wide(table: RateTable, language: Language) -> list[Line]:
    """Return one line per unit under two lines of headings."""
    columns = _figure_columns(table, language)
    depth = depths(table)
    unit = Text("Đơn vị", "Unit").pick(language)
    short = {
        HOUSEHOLDS: Text("Tổng hộ", "Total"),
        FALL_POINTS: Text("Giảm", "Fall"),
        FALL_PERCENT: Text("Giảm %", "Fall %"),
    }
    names = {long.pick(language): text.pick(language) for long, text in short.items()}
    rows: list[list[Styled]] = [
        [Styled(unit, "bold"), *(Styled(names.get(column.header, column.header), "bold") for column in columns)]
    ]
    for row in table.rows:
        name = "  " * depth[row.unit_code] + row.unit_name + unit_mark(row)
        cells = zip(_figures(row), columns, strict=True)
        rows.append([Styled(name), *(_cell(value, column, language) for value, column in cells)])
    lines = terminal.aligned(rows, right=range(1, len(columns) + 1))
    return [terminal.group_heading(lines[0], [column.group for column in columns]), *lines]


def _cell(value: Value, column: TableColumn, language: Language) -> Styled:
    """A rise where a fall is wanted is what the eye must find."""
    rise = column.type is ColumnType.DECIMAL and not isinstance(value, str) and value is not None and value < 0
    return Styled(cell_text(value, column.type, language), "red" if rise else "")


def depths(table: RateTable) -> dict[str, int]:
    """Return how many shown units stand above each unit."""
    shown: dict[str, int] = {}
    country = any(row.level is Level.COUNTRY for row in table.rows)
    for row in table.rows:
        top = 1 if country and row.level is Level.PROVINCE else 0
        shown[row.unit_code] = shown[row.parent_code] + 1 if row.parent_code in shown else top
    return shown


def _stacked(row: RateRow, table: RateTable, language: Language, width: int) -> list[Line]:
    """Return one unit with its years under each other, for terminals too narrow for one line per unit."""
    headers = (
        Text("Năm", "Year"),
        Text("Tổng hộ", "Total"),
        COUNT,
        RATE,
        FALL_POINTS,
        Text("Giảm hộ %", "Count fall %"),
    )
    rows = [[Styled(("" if index else "  ") + text.pick(language)) for index, text in enumerate(headers)]]
    for one in row.years:
        falls = [(value, TableColumn("", ColumnType.DECIMAL)) for value in (one.fall_points, one.fall_percent)]
        rows.append(
            [
                Styled(f"  {one.year}"),
                Styled(count_text(one.households, language)),
                Styled(count_text(one.count, language)),
                Styled(decimal_text(one.rate_percent, language)),
                *(_cell(value, column, language) for value, column in falls),
            ]
        )
    totals = Text("  {window}: giảm {points} điểm %; {since}", "  {window}: fall of {points} points; {since}").fill(
        window=total_label(table, language),
        points=decimal_text(row.fall_points_total, language),
        since=_since(row, language),
    )
    name = terminal.wrapped(row.unit_name + unit_mark(row), width, style="bold")
    lines = terminal.aligned(rows, right=range(1, 6))
    return [*name, *lines, *terminal.wrapped(totals.pick(language), width, hanging="    "), text_line()]


def _since(row: RateRow, language: Language) -> str:
    if row.baseline_year is None:
        return Text("không có mốc đầu kỳ", "no baseline").pick(language)
    return (
        Text("số hộ giảm {percent}% so với cuối {year}", "count down {percent}% since the end of {year}")
        .fill(percent=decimal_text(row.fall_percent_total, language), year=str(row.baseline_year))
        .pick(language)
    )
