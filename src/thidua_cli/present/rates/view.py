"""Rates and falls for people and machines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.lexicon import LEVEL_WORDS
from thidua_cli.measure.rates import RateRow, RateTable
from thidua_cli.present.doubts.answers import DOUBT_STYLE
from thidua_cli.present.doubts.words import DOUBT_HEADING, DOUBT_TONE, doubts_of_year, figures_in_doubt
from thidua_cli.present.rates.notes import rate_notes, unit_mark
from thidua_cli.present.rates.pictures import unit_pictures, year_pictures
from thidua_cli.present.rates.published import NOTHING_PUBLISHED, PUBLISHED, published_lines, published_sections
from thidua_cli.present.rates.records import rate_rows, rates_document
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
    View,
    cell_text,
    text_line,
)
from thidua_cli.present.toolkit.figures import count_text, decimal_text
from thidua_cli.present.toolkit.pictures import PictureColumn, beside
from thidua_cli.results import RatesResult

_FIRST_FIGURE_COLUMN: Final = 3
HOUSEHOLDS: Final = Text("Tổng số hộ", "Households")
COUNT: Final = Text("Số hộ", "Count")
RATE: Final = Text("Tỷ lệ %", "Rate %")
FALL_POINTS: Final = Text("Giảm (điểm %)", "Fall (points)")
FALL_PERCENT: Final = Text("Giảm số hộ %", "Fall of count %")


def rates_view(result: RatesResult) -> View:
    """Return the rates of every unit."""
    return View(
        page=lambda language: Document([rates_section(result, language), *_published(result, language)]),
        screen=partial(_screen, result),
        pictured=partial(_screen, result, pictures=True),
        record=lambda language: rates_document(result, language),
        rows=lambda _: rate_rows(result.table, result.published),
    )


def _published(result: RatesResult, language: Language) -> list[Section]:
    if result.published is None:
        return []
    figures, *sources = published_sections(result.published, result.table.measure, language)
    return [figures._replace(heading=PUBLISHED.pick(language)), *sources]


def rates_section(result: RatesResult, language: Language) -> Section:
    """Return the rates with their notes; each rate is a formula over the counts beside it, or as printed."""
    measured, *notes = rate_notes(result, language)
    return Section(
        sheet=Text("Tỷ lệ", "Rates").pick(language),
        title=Text("SỐ HỘ, TỶ LỆ VÀ MỨC GIẢM QUA CÁC NĂM", "COUNTS, RATES AND FALLS BY YEAR").pick(language),
        points=[measured],
        table=rates_table(result.table, language)._replace(
            formulas=_formulas(result.table), tones=_tones(result.table), heads_alone=True
        ),
        notes=notes,
    )


def _formulas(table: RateTable) -> dict[int, list[Formula | None]]:
    return {
        column: [None if row.years[index].rate_printed else _rate_formula(column) for row in table.rows]
        for index, column in enumerate(_rate_columns(len(table.years)))
    }


def _tones(table: RateTable) -> dict[tuple[int, int], str]:
    """Return what marks the disputed figures, and the rates that are taken from them."""
    return {
        (number, _FIRST_FIGURE_COLUMN + place): DOUBT_TONE
        for number, row in enumerate(table.rows)
        if row.doubts
        for place in _in_doubt(row, table)
    }


def _in_doubt(row: RateRow, table: RateTable) -> set[int]:
    """Return the positions, among the figures of a row, of those that are disputed."""
    places: set[int] = set()
    for place, year in zip(_rate_columns(len(row.years)), row.years, strict=True):
        rate = place - _FIRST_FIGURE_COLUMN
        columns = {doubt.column for doubt in doubts_of_year(row.doubts, year.year)}
        places |= {rate - 2, rate} if table.measure.whole in columns else set()
        places |= {rate - 1, rate} if columns.intersection(table.measure.parts) else set()
    return places


def _rate_columns(years: int) -> list[int]:
    """Return the positions of the rates: three columns in the first year, then four with the fall."""
    return [_FIRST_FIGURE_COLUMN + 2 + (4 * index - 1 if index else 0) for index in range(years)]


def _rate_formula(column: int) -> Formula:
    return f"=100*{{{column - 1}}}/{{{column - 2}}}"


def rates_table(table: RateTable, language: Language) -> Table:
    """Return one row per unit: per shown year-end households, count, rate and fall; the totals; what is in doubt."""
    in_doubt = any(row.doubts for row in table.rows)
    columns = [
        TableColumn(Text("Mã", "Code").pick(language), width=8),
        TableColumn(Text("Đơn vị", "Unit").pick(language), width=28),
        TableColumn(Text("Cấp", "Level").pick(language), width=9),
        *_figure_columns(table, language),
        *([TableColumn(DOUBT_HEADING.pick(language), width=34)] if in_doubt else []),
    ]
    rows: list[list[Value]] = [
        [
            row.unit_code,
            row.unit_name + unit_mark(row),
            LEVEL_WORDS[row.level].short.pick(language),
            *_figures(row),
            *([figures_in_doubt(row.doubts).pick(language)] if in_doubt else []),
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
    for index, year in enumerate(row.years):
        values += [year.households, year.count, year.rate_percent]
        if index:
            values.append(year.fall_points)
    return [*values, row.fall_points_total, row.fall_percent_total]


def _screen(result: RatesResult, language: Language, width: int, *, pictures: bool = False) -> list[Line]:
    table = result.table
    if not table.rows:
        return [text_line(Text("Không có số liệu để tính tỷ lệ.", "No figures to take rates of.").pick(language))]
    notes = rate_notes(result, language)
    body = _wide(table, language)
    pictures_beside = unit_pictures(table, language) if pictures else []
    # Whether units stand in one line is for their figures to decide: pictures take what room is left.
    if max(terminal.length(line) for line in body) > width:
        body, seen = _stacked(table, language, width, pictures_beside)
    else:
        lines, seen = beside(body[1:], pictures_beside, width)
        body = [body[0], *lines]
    notes += [note.pick(language) for note in seen]
    if result.published is not None:
        notes += list(published_lines(result.published, language)) or [NOTHING_PUBLISHED.pick(language)]
    return [*body, text_line(), *terminal.wrapped_notes(notes, width)]


def _wide(table: RateTable, language: Language) -> list[Line]:
    """Return one line per unit under two lines of headings."""
    columns = _figure_columns(table, language)
    depth = terminal.depths((row.unit_code, row.parent_code, row.level) for row in table.rows)
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
        cells = [_cell(value, column, language) for value, column in zip(_figures(row), columns, strict=True)]
        for place in _in_doubt(row, table) if row.doubts else ():
            cells[place] = cells[place]._replace(style=DOUBT_STYLE)
        rows.append([Styled(name), *cells])
    lines = terminal.aligned(rows, right=range(1, len(columns) + 1))
    return [terminal.group_heading(lines[0], [column.group for column in columns]), *lines]


def _cell(value: Value, column: TableColumn, language: Language) -> Styled:
    """A rise where a fall is wanted is what the eye must find."""
    # Only of falls and rates: a count is never negative, and a year is no amount.
    rise = column.type is ColumnType.DECIMAL and not isinstance(value, str) and value is not None and value < 0
    return Styled(cell_text(value, column.type, language), "red" if rise else "")


def _stacked(
    table: RateTable, language: Language, width: int, pictures: Sequence[PictureColumn]
) -> tuple[list[Line], list[Text]]:
    """Return all units below each other, and what is to be seen in their pictures."""
    body, seen = list[Line](), list[Text]()
    for number, row in enumerate(table.rows):
        name, *marks = terminal.wrapped(row.unit_name + unit_mark(row), width, style="bold")
        # The course alone: the bars of the years say the rest.
        head, of_name = beside([name], [column.of_line(number) for column in pictures[:1]], width)
        years, of_years = beside(_years(row, language), year_pictures(row, table.measure) if pictures else [], width)
        body += [*head, *marks, *years, *_whole_window(row, table, language, width), text_line()]
        seen += [*of_name, *of_years]
    return body[:-1], list(dict.fromkeys(seen))


def _years(row: RateRow, language: Language) -> list[Line]:
    """Return one unit's years under each other, for terminals too narrow for one line per unit."""
    headers = (
        Text("Năm", "Year"),
        Text("Tổng hộ", "Total"),
        COUNT,
        RATE,
        FALL_POINTS,
        Text("Giảm hộ %", "Count fall %"),
    )
    rows = [[Styled(("" if index else "  ") + text.pick(language)) for index, text in enumerate(headers)]]
    for year in row.years:
        falls = [(value, TableColumn("", ColumnType.DECIMAL)) for value in (year.fall_points, year.fall_percent)]
        rows.append(
            [
                Styled(f"  {year.year}"),
                Styled(count_text(year.households, language)),
                Styled(count_text(year.count, language)),
                Styled(decimal_text(year.rate_percent, language)),
                *(_cell(value, column, language) for value, column in falls),
            ]
        )
    return terminal.aligned(rows, right=range(1, 6))


def _whole_window(row: RateRow, table: RateTable, language: Language, width: int) -> list[Line]:
    totals = _open_window(row) or Text("giảm {points} điểm %; {since}", "fall of {points} points; {since}").fill(
        points=decimal_text(row.fall_points_total, language), since=_since(row, language)
    )
    return terminal.wrapped(f"  {total_label(table, language)}: {totals.pick(language)}", width, hanging="    ")


def _open_window(row: RateRow) -> Text | None:
    """Say which end of the window has no figures, if one is why no fall is taken over it."""
    missing = [str(year.year) for year in (row.years[0], row.years[-1]) if year.figures is None]
    if not missing:
        return None
    return Text(
        "không tính mức giảm cả kỳ vì không có số liệu cuối năm {years}",
        "no fall over the whole window: no figures for the end of {years}",
    ).fill(years=", ".join(missing))


def _since(row: RateRow, language: Language) -> str:
    if row.baseline_year is None:
        return Text("không có mốc đầu kỳ", "no baseline").pick(language)
    return (
        Text("số hộ giảm {percent}% so với cuối {year}", "count down {percent}% since the end of {year}")
        .fill(percent=decimal_text(row.fall_percent_total, language), year=str(row.baseline_year))
        .pick(language)
    )
