"""Rates and falls for people and machines."""

from __future__ import annotations

from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.measure.rates import RateRow, RateTable, RateYear
from thidua_cli.model import Level
from thidua_cli.present.rates.boundary_records import boundaries_record, codes, ground_record
from thidua_cli.present.rates.notes import rate_notes, unit_mark
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.figures import count_text, decimal_text, exact_text, rounded_number
from thidua_cli.present.toolkit.labels import LEVEL_TEXT
from thidua_cli.present.toolkit.records import csv_text, json_text
from thidua_cli.present.toolkit.table import Column, Kind, Table, Value, cell_text
from thidua_cli.present.toolkit.terminal import Line, Span
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

HOUSEHOLDS: Final = Text("Tổng số hộ", "Households")
COUNT: Final = Text("Số hộ", "Count")
RATE: Final = Text("Tỷ lệ %", "Rate %")
FALL_POINTS: Final = Text("Giảm (điểm %)", "Fall (points)")
FALL_PERCENT: Final = Text("Giảm số hộ %", "Fall of count %")


def render_rates(
    result: RatesResult,
    format: str,  # noqa: A002  # the option's own name
    language: Language,
    *,
    width: int = 80,
    color: bool = False,
) -> str:
    """Return the rates as "table", "markdown", "csv" or "json"; JSON and CSV keep English tokens."""
    match format:
        case "json":
            return json_text(rates_document(result))
        case "csv":
            any_printed = any(one.rate_printed for row in result.table.rows for one in row.years)
            fields = (*CSV_FIELDS, "rate_printed") if any_printed else CSV_FIELDS
            return csv_text(fields, [row[: len(fields)] for row in _csv_rows(result.table)])
        case "markdown":
            from thidua_cli.present.toolkit.text import markdown_list, markdown_table

            notes = markdown_list(rate_notes(result, language))
            return f"{markdown_table(rates_view(result.table, language), language)}\n{notes}"
        case _:
            return terminal.rendered(_screen(result, language, width), color=color)


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


def _csv_rows(table: RateTable) -> list[list[str | int | float | None]]:
    return [
        [
            row.unit_code,
            row.unit_name,
            row.level.value,
            row.parent_code,
            one.year,
            one.households,
            one.count,
            rounded_number(one.rate_percent),
            rounded_number(one.fall_points),
            rounded_number(one.fall_percent),
            one.figures.basis.value if one.figures else None,
            one.figures.status.value if one.figures else None,
            one.figures.poverty_line if one.figures else None,
            rounded_number(row.fall_points_total),
            rounded_number(row.fall_percent_total),
            row.baseline_year,
            codes(one.figures.merged) if one.figures else None,
            codes(part.unit for part in one.figures.divided) if one.figures else None,
            "true" if one.rate_printed else "false",
        ]
        for row in table.rows
        for one in row.years
    ]


def rates_view(table: RateTable, language: Language) -> Table:
    """Return one row per unit: per shown year-end households, count, rate and fall; then the totals."""
    columns = [
        Column(Text("Mã", "Code").pick(language), width=8),
        Column(Text("Đơn vị", "Unit").pick(language), width=28),
        Column(Text("Cấp", "Level").pick(language), width=9),
        *_figure_columns(table, language),
    ]
    rows: list[list[Value]] = [
        [
            row.unit_code,
            row.unit_name + unit_mark(row),
            LEVEL_TEXT[row.level].pick(language),
            *_figures(row),
        ]
        for row in table.rows
    ]
    return Table(columns, rows)


def _figure_columns(table: RateTable, language: Language) -> list[Column]:
    columns: list[Column] = []
    for index, year in enumerate(table.years):
        columns += [
            Column(HOUSEHOLDS.pick(language), Kind.COUNT, str(year), 11),
            Column(COUNT.pick(language), Kind.COUNT, str(year), 9),
            Column(RATE.pick(language), Kind.DECIMAL, str(year), 8),
        ]
        if index:
            columns.append(Column(FALL_POINTS.pick(language), Kind.DECIMAL, str(year), 8))
    total = total_label(table, language)
    since = Text("Từ đầu kỳ", "From baseline").pick(language)
    return [
        *columns,
        Column(FALL_POINTS.pick(language), Kind.DECIMAL, total, 9),
        Column(FALL_PERCENT.pick(language), Kind.DECIMAL, since, 10),
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
        return [terminal.line(Text("Không có số liệu để tính tỷ lệ.", "No figures to take rates of.").pick(language))]
    body = _wide(table, language)
    if max(terminal.length(one) for one in body) > width:
        body = [one for row in table.rows for one in _stacked(row, table, language, width)][:-1]
    notes = [one for note in rate_notes(result, language) for one in terminal.wrapped(note, width, hanging="  ")]
    return [*body, terminal.line(), *notes]


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
    rows: list[list[Span]] = [
        [Span(unit, "bold"), *(Span(names.get(column.header, column.header), "bold") for column in columns)]
    ]
    for row in table.rows:
        name = "  " * depth[row.unit_code] + row.unit_name + unit_mark(row)
        cells = zip(_figures(row), columns, strict=True)
        rows.append([Span(name), *(_cell(value, column, language) for value, column in cells)])
    lines = terminal.aligned(rows, right=range(1, len(columns) + 1))
    return [terminal.group_heading(lines[0], [column.group for column in columns]), *lines]


def _cell(value: Value, column: Column, language: Language) -> Span:
    """A rise where a fall is wanted is what the eye must find."""
    rise = column.kind is Kind.DECIMAL and not isinstance(value, str) and value is not None and value < 0
    return Span(cell_text(value, column.kind, language), "red" if rise else "")


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
    rows = [[Span(("" if index else "  ") + text.pick(language)) for index, text in enumerate(headers)]]
    for one in row.years:
        falls = [(value, Column("", Kind.DECIMAL)) for value in (one.fall_points, one.fall_percent)]
        rows.append(
            [
                Span(f"  {one.year}"),
                Span(count_text(one.households, language)),
                Span(count_text(one.count, language)),
                Span(decimal_text(one.rate_percent, language)),
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
    return [*name, *lines, *terminal.wrapped(totals.pick(language), width, hanging="    "), terminal.line()]


def _since(row: RateRow, language: Language) -> str:
    if row.baseline_year is None:
        return Text("không có mốc đầu kỳ", "no baseline").pick(language)
    return (
        Text("số hộ giảm {percent}% so với cuối {year}", "count down {percent}% since the end of {year}")
        .fill(percent=decimal_text(row.fall_percent_total, language), year=str(row.baseline_year))
        .pick(language)
    )
