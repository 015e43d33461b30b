"""What was published of units: a page, lines below a table of rates, rows, and the document "thidua.published/1"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from thidua_cli.language import NO_TEXT, Language, Text, format_count, format_decimal
from thidua_cli.lexicon import COUNT_WORDS, MEASURE_WORDS, RATE_FORMULAS
from thidua_cli.measure.published import PublishedYear
from thidua_cli.model import RATE_COLUMN, Measure, PrintedRate
from thidua_cli.present.toolkit.document import (
    ColumnType,
    Document,
    FieldValue,
    Records,
    Section,
    Table,
    TableColumn,
    Value,
    View,
    text_table,
)
from thidua_cli.present.toolkit.figures import MISSING_MARK, exact_text, printed_percent, rounded_number
from thidua_cli.results import PublishedResult
from thidua_cli.rulebook.published import BOTH, COUNT_FIELDS, RATE_FIELDS, Publication

SCHEMA: Final = "thidua.published/1"
_MEASURES: Final = (Measure.POOR, Measure.NEAR_POOR, Measure.MULTIDIMENSIONAL)
_HEAD_FIELDS: Final = ("unit_code", "unit_name", "level", "year", "poverty_line", "status")
_FALL_FIELDS: Final = ("fall_households", "fall_points_low", "fall_points_high")
PUBLISHED_FIELDS: Final = (
    *(*_HEAD_FIELDS, *COUNT_FIELDS, *RATE_FIELDS, *_FALL_FIELDS),
    *("document", "day", "address", "note"),
)
BESIDE_FIELDS: Final = ("published_count", "published_rate_percent", "published_address")
"""Columns of a table of rates; where there are several publications, each has its part between " | "."""
_BETWEEN: Final = " | "


def published_view(result: PublishedResult) -> View:
    """Return one row per publication: unit, year, figures as printed, falls, source, day."""
    return View(
        page=lambda language: Document(published_sections(result.rows, result.measure, language)),
        record=partial(_document, result),
        rows=lambda language: Records(
            PUBLISHED_FIELDS, [list(_flat_record(row, language).values()) for row in result.rows]
        ),
    )


def published_sections(rows: Sequence[PublishedYear], measure: Measure, language: Language) -> list[Section]:
    """Return the figures, and below them where each row was read."""
    if not rows:
        return [
            Section(
                sheet=PUBLISHED.pick(language), title=_TITLE.pick(language), summary=NOTHING_PUBLISHED.pick(language)
            )
        ]
    sources = [
        [str(number), row.publication.address, row.publication.note.pick(language) or MISSING_MARK]
        for number, row in enumerate(rows, start=1)
    ]
    notes = [_AS_PRINTED, _FALLS.fill(rate=RATE_FORMULAS[measure]), *_STATUS_NOTES]
    return [
        Section(
            sheet=PUBLISHED.pick(language),
            title=_TITLE.pick(language),
            table=Table(_columns(language), [_row(number, row, language) for number, row in enumerate(rows, start=1)]),
            notes=[note.pick(language) for note in notes],
        ),
        Section(
            _READ_WHERE.pick(language),
            table=text_table([head.pick(language) for head in (_NUMBER, _ADDRESS, _NOTE)], sources),
        ),
    ]


def _columns(language: Language) -> list[TableColumn]:
    columns = [TableColumn(head.pick(language)) for head in (_NUMBER, _CODE, _UNIT)]
    columns.append(TableColumn(_YEAR.pick(language), ColumnType.YEAR))
    columns += [TableColumn(head.pick(language)) for head in (_LINE, _STATUS)]
    columns.append(TableColumn(COUNT_WORDS["households"].short.capitalised().pick(language), ColumnType.COUNT))
    for measure in _MEASURES:
        group = MEASURE_WORDS[measure].short.capitalised().pick(language)
        columns += [TableColumn(_HOUSEHOLDS.pick(language), ColumnType.COUNT, group), TableColumn("%", group=group)]
    fall = _FALL.pick(language)
    columns += [TableColumn(_HOUSEHOLDS.pick(language), ColumnType.COUNT, fall)]
    columns += [TableColumn(_POINTS.pick(language), group=fall)]
    return [*columns, *(TableColumn(head.pick(language)) for head in (_SOURCE, _DAY))]


def _row(number: int, row: PublishedYear, language: Language) -> list[Value]:
    published = row.publication
    values: list[Value] = [str(number), published.unit_code, published.unit_name, published.year]
    values += [published.poverty_line, STATUS_WORDS[published.status].pick(language)]
    values.append(published.counts.get("households"))
    for measure in _MEASURES:
        values += [published.counts.get(_count_field(measure)), _printed(published.rate(measure), language)]
    values += [row.fall_households, _range_text(row.fall_points, language)]
    day = f"{published.day:%d/%m/%Y}" if published.day else MISSING_MARK
    return [*values, _source(published), day]


def _count_field(measure: Measure) -> str:
    return BOTH if measure is Measure.MULTIDIMENSIONAL else measure.parts[0]


def _printed(rate: str | None, language: Language) -> str:
    return MISSING_MARK if rate is None else printed_percent(rate, language).removesuffix("%")


def _range_text(points: PrintedRate | None, language: Language) -> str:
    """Write a fall: one number, or from what to what it lies; a rise is negative."""
    if points is None:
        return MISSING_MARK
    low, high = (format_decimal(end, language) for end in points)
    if points.low == points.high:
        return low
    return Text("từ {low} đến {high}", "{low} to {high}").fill(low=low, high=high).pick(language)


def _source(published: Publication) -> str:
    """Name the decision, or else the page's site."""
    return published.document or published.address.split("/")[2]


def published_lines(rows: Sequence[PublishedYear], language: Language) -> Iterator[str]:
    """Yield one sentence per publication, for the screen below a table of rates."""
    for row in rows:
        published = row.publication
        figures = Text.joined("; ", _figures(published, language))
        written = [published.document, f"{published.day:%d/%m/%Y}" if published.day else "", published.address]
        text = Text(
            "{unit}, cuối năm {year}, đã công bố ({status}): {figures}. Nguồn: {source}{note}",
            "{unit}, end of {year}, published ({status}): {figures}. Source: {source}{note}",
        )
        note = NO_TEXT if not published.note.vi else Text.joined("", [Text(". ", ". "), published.note])
        yield text.fill(
            unit=published.unit_name,
            year=str(published.year),
            status=STATUS_WORDS[published.status],
            figures=figures,
            source=", ".join(filter(None, written)),
            note=note,
        ).pick(language)


def _figures(published: Publication, language: Language) -> Iterator[Text]:
    households = published.counts.get("households")
    if households is not None:
        yield Text("{name} {count}", "{count} {name}").fill(name=COUNT_WORDS["households"].long, count=households)
    for measure in _MEASURES:
        count, rate = published.counts.get(_count_field(measure)), published.rate(measure)
        counted = "" if count is None else format_count(count, language)
        share = "" if rate is None else printed_percent(rate, language)
        if counted or share:
            shown = f"{counted} ({share})" if counted and share else counted or share
            yield Text.joined(" ", [MEASURE_WORDS[measure].short, Text(shown, shown)])


def _document(result: PublishedResult, language: Language) -> dict[str, object]:
    rows = published_records(result.rows, language)
    return {"schema": SCHEMA, "measure": result.measure.value, "rows": rows}


def published_records(rows: Sequence[PublishedYear], language: Language) -> list[dict[str, object]]:
    """Return the rows as in "thidua.published/1"."""
    return [_record(row, language) for row in rows]


def _record(row: PublishedYear, language: Language) -> dict[str, object]:
    record: dict[str, object] = dict(_flat_record(row, language))
    for end in ("low", "high"):
        value = None if row.fall_points is None else getattr(row.fall_points, end)
        record[f"fall_points_{end}_exact"] = exact_text(value)
    return record


def _flat_record(row: PublishedYear, language: Language) -> dict[str, FieldValue]:
    published, points = row.publication, row.fall_points
    return {
        "unit_code": published.unit_code,
        "unit_name": published.unit_name,
        "level": published.level.value,
        "year": published.year,
        "poverty_line": published.poverty_line,
        "status": published.status,
        **{name: published.counts.get(name) for name in COUNT_FIELDS},
        **{name: published.rates.get(name) for name in RATE_FIELDS},
        "fall_households": row.fall_households,
        "fall_points_low": None if points is None else rounded_number(points.low),
        "fall_points_high": None if points is None else rounded_number(points.high),
        "document": published.document or None,
        "day": None if published.day is None else published.day.isoformat(),
        "address": published.address,
        "note": published.note.pick(language) or None,
    }


def published_beside(
    rows: Sequence[PublishedYear], unit_code: str, year: int, poverty_line: str | None, measure: Measure
) -> list[FieldValue]:
    """Return `BESIDE_FIELDS` of one unit and year-end; only what is on the line of its own figures."""
    of_year = [row.publication for row in rows]
    key = (unit_code, year, poverty_line)
    of_year = [each for each in of_year if (each.unit_code, each.year, each.poverty_line) == key]
    if not of_year:
        return [None] * len(BESIDE_FIELDS)
    counts = [each.count(measure) for each in of_year]
    return [
        _BETWEEN.join("" if count is None else str(count) for count in counts),
        _BETWEEN.join(each.rate(measure) or "" for each in of_year) if measure in RATE_COLUMN else None,
        _BETWEEN.join(each.address for each in of_year),
    ]


STATUS_WORDS: Final = {
    "final": Text("chính thức", "final"),
    "preliminary": Text("sơ bộ", "preliminary"),
    "reported": Text("báo chí nêu", "reported"),
}
PUBLISHED: Final = Text("Đã công bố", "Published")
_TITLE: Final = Text("KẾT QUẢ ĐÃ CÔNG BỐ CỦA CẢ NƯỚC VÀ CÁC TỈNH", "PUBLISHED RESULTS OF THE COUNTRY AND OF PROVINCES")
NOTHING_PUBLISHED: Final = Text("Chưa có số đã công bố nào như vậy.", "Nothing of that kind was found published.")
_NUMBER: Final = Text("Số", "No.")
_CODE: Final = Text("Mã", "Code")
_UNIT: Final = Text("Đơn vị", "Unit")
_YEAR: Final = Text("Năm", "Year")
_LINE: Final = Text("Chuẩn nghèo", "Poverty line")
_STATUS: Final = Text("Tình trạng", "Status")
_HOUSEHOLDS: Final = Text("Số hộ", "Households")
_FALL: Final = Text("Giảm so với năm trước", "Fall since the year before")
_POINTS: Final = Text("Điểm %", "Points")
_SOURCE: Final = Text("Nguồn", "Source")
_DAY: Final = Text("Ngày", "Day")
_ADDRESS: Final = Text("Địa chỉ", "Address")
_NOTE: Final = Text("Ghi chú", "Note")
_READ_WHERE: Final = Text("Đọc ở đâu", "Read where")
_AS_PRINTED: Final = Text(
    "Số và tỷ lệ đúng như nguồn in; dấu – là nguồn không in. Các nguồn in khác nhau đứng cạnh nhau.",
    "Counts and rates are as printed; a dash means not printed. Sources that disagree stand side by side.",
)
_FALLS: Final = Text(
    "Mức giảm: {rate}. Chỉ tính giữa hai năm liền nhau cùng chuẩn nghèo, cùng địa giới, không có số sơ bộ, các nguồn"
    " thống nhất; từ tỷ lệ đã làm tròn thì chỉ biết mức giảm nằm trong khoảng nào.",
    "Falls: {rate}. Only between neighbouring year-ends on one poverty line and one area, not preliminary, on which the"
    " sources agree; from rounded rates only a range is known.",
)
_STATUS_NOTES: Final = (
    Text(
        "Chính thức: theo quyết định. Sơ bộ: nguồn ghi là sơ bộ, hoặc nêu trước khi có kết quả. Báo chí nêu: nguồn"
        " không nói đã phê duyệt hay chưa.",
        "Final: by a decision. Preliminary: the source says so, or is older than the result. Reported: the source does"
        " not say whether it was approved.",
    ),
)
