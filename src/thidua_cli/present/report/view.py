"""One unit's report: figures, falls, each criterion with its answer, what is still to attest, findings, source cells.

Everything in it comes from that unit: no clock, no totals of the run, so that one unit at a time and all units in one
run give the same bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from thidua_cli.check.of_unit import Concern
from thidua_cli.doubt.doubts import Doubt
from thidua_cli.findings import Finding
from thidua_cli.judge.verdict import ClauseAnswer, State, Verdict
from thidua_cli.judge.words.clause import preliminary_note
from thidua_cli.judge.words.readings import depends_note
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import ANSWER_WORDS, LEVEL_WORDS, column_heading
from thidua_cli.measure.rates import RateRow
from thidua_cli.model import YearFigures
from thidua_cli.present.attest.view import completeness_text, statement_cells, statement_columns, verdict_text
from thidua_cli.present.doubts.answers import doubted_answer, reliance_of
from thidua_cli.present.doubts.words import DOUBT_HEADING, DOUBT_TONE, doubts_of_year, figures_in_doubt
from thidua_cli.present.findings.records import sorted_findings
from thidua_cli.present.findings.view import findings_table, severities_text
from thidua_cli.present.rates.notes import rate_notes
from thidua_cli.present.rates.view import COUNT, FALL_PERCENT, FALL_POINTS, HOUSEHOLDS, RATE
from thidua_cli.present.toolkit.cell_ranges import source_ranges
from thidua_cli.present.toolkit.document import ColumnType, Document, Section, Table, TableColumn, Value, View
from thidua_cli.present.toolkit.figures import MISSING_MARK, class_list, decimal_text, margin_text, printed_percent
from thidua_cli.present.verdicts.class_lists import classes_with_lists
from thidua_cli.present.verdicts.figures import doubts_of, figure_header, keyed
from thidua_cli.present.verdicts.notes import (
    QUANTITATIVE_ONLY,
    answer_note,
    clause_text,
    other_reading_notes,
    rules_note,
)
from thidua_cli.present.verdicts.trace_record import traced_rates
from thidua_cli.present.verdicts.values import value_text
from thidua_cli.results import RatesResult, UnitReport


def report_view(report: UnitReport) -> View:
    """Return one unit's report."""

    def page(language: Language) -> Document:
        title = Text("Báo cáo: {unit} ({code})", "Report: {unit} ({code})").fill(
            unit=report.series.unit_name, code=report.series.unit_code
        )
        return Document(_sections(report, language), title.pick(language))

    return View(page)


def file_name(unit_code: str, unit_name: str, suffix: str) -> str:
    """Return a file name safe on every system.

    >>> file_name("20956", "Xã Trà Đôn", ".md")
    '20956-xa-tra-don.md'
    """
    # Đ has no decomposition in Unicode.
    plain = unicodedata.normalize("NFD", unit_name.replace("Đ", "D").replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    parts = [re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-") for part in (unit_code, letters)]
    return f"{'-'.join(part for part in parts if part)}.{suffix.lstrip('.')}"


def _sections(report: UnitReport, language: Language) -> list[Section]:
    """Return the sections in order; a section without content is left out, findings apart."""
    sections = [_figures(report, language)]
    if report.verdict is not None:
        sections.append(_criteria(report, report.verdict, language))
        if report.verdict.attest:
            sections.append(_attest(report.verdict, language))
    return [*sections, _findings(report, language), _sources(report, language)]


def _figures(report: UnitReport, language: Language) -> Section:
    (row,) = report.rates.rows
    measure = report.rates.measure
    parts = measure.parts if len(measure.parts) > 1 else ()
    columns = [
        TableColumn(Text("Năm", "Year").pick(language), ColumnType.YEAR, width=16),
        TableColumn(HOUSEHOLDS.pick(language), ColumnType.COUNT, width=16),
        *(TableColumn(column_heading(part).pick(language), ColumnType.COUNT, width=16) for part in parts),
        TableColumn(COUNT.pick(language), ColumnType.COUNT, width=16),
        *(TableColumn(text.pick(language), ColumnType.DECIMAL, width=16) for text in (RATE, FALL_POINTS, FALL_PERCENT)),
        *([TableColumn(DOUBT_HEADING.pick(language), width=40)] if row.doubts else []),
    ]
    table = Table(
        columns,
        [
            [
                year.year,
                year.households,
                *(year.figures.counts.get(part) if year.figures else None for part in parts),
                year.count,
                year.rate_percent,
                year.fall_points,
                year.fall_percent,
                *([figures_in_doubt(doubts_of_year(row.doubts, year.year)).pick(language)] if row.doubts else []),
            ]
            for year in row.years
        ],
        _in_doubt(row, measure.whole, parts or measure.parts, 3 + len(parts)),
    )
    heading = Text("Số liệu", "Figures").pick(language)
    return Section(heading, points=_figure_lines(report, row, language), table=table)


def _in_doubt(row: RateRow, whole: str, parts: Sequence[str], rate: int) -> dict[tuple[int, int], str]:
    """Return what marks the disputed figures: households, counts, their sum, and the rate in column `rate`."""
    places = {whole: {1, rate}}
    for column, part in enumerate(parts, start=2):
        places[part] = {column, rate - 1, rate}
    return {
        (number, place): DOUBT_TONE
        for number, year in enumerate(row.years)
        for doubt in doubts_of_year(row.doubts, year.year)
        for place in places.get(doubt.column, ())
    }


def _figure_lines(report: UnitReport, row: RateRow, language: Language) -> list[str]:
    """Return level, notes and the falls over the whole window, as far as they are known."""
    lines = [Text("Cấp: {level}.", "Level: {level}.").fill(level=LEVEL_WORDS[row.level].short)]
    totals = []
    if row.fall_points_total is not None:
        text = Text(
            "Cả giai đoạn {first}–{last}: tỷ lệ giảm {points} điểm %.",
            "Whole window {first}–{last}: rate down {points} points.",
        )
        first, last = report.rates.years[0], report.rates.years[-1]
        points = decimal_text(row.fall_points_total, language)
        totals.append(text.fill(first=str(first), last=str(last), points=points))
    if row.fall_percent_total is not None:
        text = Text("So với đầu kỳ: số hộ giảm {percent}%.", "Since the baseline: count down {percent}%.")
        totals.append(text.fill(percent=decimal_text(row.fall_percent_total, language)))
    notes = rate_notes(RatesResult(report.rates, boundaries=report.boundaries), language)
    return [*(line.pick(language) for line in lines), *notes, *(line.pick(language) for line in totals)]


def _criteria(report: UnitReport, verdict: Verdict, language: Language) -> Section:
    headers = (
        (Text("Điều kiện", "Clause"), 40),
        (Text("Kết quả", "Verdict"), 14),
        (Text("Mức giảm", "Falls"), 30),
        (Text("Lý do, lưu ý", "Reason, notes"), 36),
        (Text("Cách hiểu", "Reading"), 44),
        (Text("Căn cứ", "Source"), 30),
    )
    columns = [TableColumn(text.pick(language), width=width) for text, width in headers]
    return Section(
        Text("Điều kiện định lượng", "Quantitative clauses").pick(language),
        points=_answer_lines(report, verdict, language),
        table=_answers(columns, verdict, language) if verdict.clauses else None,
    )


def _answer_lines(report: UnitReport, verdict: Verdict, language: Language) -> list[str]:
    """Return the answer with its margin, the classes and the rules it follows."""
    margin = margin_text(verdict.margin_households, language, verdict.margin_is_bound)
    classes = classes_with_lists(verdict.classes, verdict.class_sources, language)
    texts = [
        Text("Kết quả: {state}.", "Verdict: {state}.").fill(state=_state(verdict)),
        Text("Số hộ còn cách: {margin}.", "Margin: {margin}.").fill(margin=margin),
        Text("Phân loại: {names}.", "Classes: {names}.").fill(names=classes),
    ]
    if verdict.unknown_classes:
        text = Text("Chưa biết có thuộc: {names}.", "Not known whether in: {names}.")
        texts.append(text.fill(names=class_list(verdict.unknown_classes, language)))
    if verdict.reason is not None:
        texts.append(verdict.reason)
    if verdict.state is State.MET and verdict.completeness is None:
        texts.append(QUANTITATIVE_ONLY)
    shown = {year.year for row in report.rates.rows for year in row.years}
    texts += filter(None, [depends_note(verdict.other_readings), _preliminary_elsewhere(verdict, shown)])
    lines = [text.pick(language) for text in texts]
    lines += other_reading_notes(verdict.other_readings, language)
    return lines if report.rulebook is None else [*lines, rules_note(report.rulebook, report.as_of, language)]


def _state(verdict: Verdict) -> Text:
    """Return the answer, that it stands in spite of doubts, and what is still to attest."""
    return doubted_answer(completeness_text(verdict) or verdict_text(verdict), verdict.state, verdict.doubts)


def _preliminary_elsewhere(verdict: Verdict, shown: Collection[int]) -> Text | None:
    """Say which preliminary year-ends a verdict rests on, but for those that stand under the figures already."""
    elsewhere = [
        replace(answer, preliminary=tuple(year for year in answer.preliminary if year not in shown))
        for answer in verdict.clauses
    ]
    return preliminary_note(elsewhere)


def _answers(columns: Sequence[TableColumn], verdict: Verdict, language: Language) -> Table:
    """Return one row per clause; an answer that stands in spite of a doubt is marked."""
    doubts = [doubts_of(answer, verdict.doubts) for answer in verdict.clauses]
    answers = list(zip(verdict.clauses, doubts, strict=True))
    doubted = [reliance_of(answer.state, of_answer).is_doubted for answer, of_answer in answers]
    tones = {(number, 1): DOUBT_TONE for number, is_doubted in enumerate(doubted) if is_doubted}
    return Table(columns, [_answer_row(answer, of_answer, language) for answer, of_answer in answers], tones)


def _answer_row(answer: ClauseAnswer, doubts: Sequence[Doubt], language: Language) -> list[str]:
    falls = "; ".join(f"{figure_header(key, language)}: {value_text(value, language)}" for key, value in keyed(answer))
    state = doubted_answer(ANSWER_WORDS[answer.state], answer.state, doubts).pick(language)
    if answer.applies is None:
        state += Text(" (chưa biết có áp dụng)", " (may not apply)").pick(language)
    asked = clause_text(answer.clause, language)
    return [
        f"{asked[:1].upper()}{asked[1:]}",
        state,
        falls or MISSING_MARK,
        answer_note(answer, language) or MISSING_MARK,
        answer.clause.reading.pick(language),
        str(answer.clause.citation),
    ]


def _attest(verdict: Verdict, language: Language) -> Section:
    return Section(
        Text("Tiêu chí cần xác nhận", "Criteria to attest").pick(language),
        points=[
            Text(
                "Các tiêu chí không có số liệu, do người có thẩm quyền xác nhận.",
                "Criteria without a number, for a person to attest.",
            ).pick(language)
        ],
        table=Table(
            [TableColumn(Text("Tiêu chí", "Criterion").pick(language), width=60), *statement_columns(language)],
            [
                [item.text.pick(language), *statement_cells(item, state, verdict.statements.get(item.id), language)]
                for item, state in verdict.attest
            ],
        ),
    )


def _findings(report: UnitReport, language: Language) -> Section:
    title = Text("Phát hiện khi kiểm tra", "Findings").pick(language)
    if not report.findings:
        return Section(title, points=[_NO_FINDINGS.pick(language)])
    concerns: dict[Concern, list[Finding]] = {}
    for concern, finding in report.findings:
        concerns.setdefault(concern, []).append(finding)
    ordered = [(concern, finding) for concern in Concern for finding in sorted_findings(concerns.get(concern, ()))]
    table = findings_table([finding for _, finding in ordered], language)
    column = TableColumn(Text("Liên quan", "On").pick(language), width=22)
    rows = [[_CONCERN[concern].pick(language), *row] for (concern, _), row in zip(ordered, table.rows, strict=True)]
    points = [_counted(concern, concerns.get(concern, ()), language) for concern in Concern]
    shown = Table([column, *table.columns], rows)
    return Section(title, points=[point for point in points if point], table=shown)


_NO_FINDINGS: Final = Text("Không phát hiện sai sót.", "No findings.")
_CONCERN: Final = {
    Concern.UNIT: Text("đơn vị này", "this unit"),
    Concern.SUM: Text("tổng có đơn vị này", "a sum it stands in"),
    Concern.BELOW: Text("đơn vị bên dưới", "a unit below"),
}
_COUNTED: Final = {
    Concern.UNIT: Text("Số liệu của đơn vị này: {found}.", "Figures of this unit: {found}."),
    Concern.SUM: Text("Các tổng có số liệu của đơn vị này: {found}.", "Sums that its figures stand in: {found}."),
    Concern.BELOW: Text("Các đơn vị bên dưới: {found}.", "Units below it: {found}."),
}


def _counted(concern: Concern, findings: Sequence[Finding], language: Language) -> str:
    """Say how much is found on one of the three; of the unit itself also that nothing is."""
    if findings:
        return _COUNTED[concern].fill(found=severities_text(findings, language)).pick(language)
    nothing = Text("không phát hiện sai sót", "no findings")
    return _COUNTED[concern].fill(found=nothing).pick(language) if concern is Concern.UNIT else ""


def _sources(report: UnitReport, language: Language) -> Section:
    (row,) = report.rates.rows
    measure = report.rates.measure
    headers = (
        (Text("Năm", "Year"), ColumnType.YEAR, 8),
        (Text("Chỉ tiêu", "Figure"), ColumnType.TEXT, 30),
        (Text("Số hộ", "Households"), ColumnType.COUNT, 12),
        (Text("Ô nguồn", "Source cells"), ColumnType.TEXT, 90),
    )
    years = [year.figures for year in row.years if year.figures is not None]
    counts = [(figures, name) for figures in years for name in (measure.whole, *measure.parts)]
    rows: list[list[Value]] = [
        [
            figures.year,
            column_heading(name).pick(language),
            figures.counts.get(name),
            "; ".join(_places(report, figures, name)) or MISSING_MARK,
        ]
        for figures, name in counts
    ]
    disputed = {(doubt.year, doubt.column) for doubt in row.doubts}
    tones = {
        (number, 2): DOUBT_TONE for number, (figures, name) in enumerate(counts) if (figures.year, name) in disputed
    }
    rows += [
        [
            figures.year,
            f"{column_heading(rate.name).pick(language)}: {printed_percent(rate.printed, language)}",
            None,
            "; ".join(map(str, rate.origins)),
        ]
        for figures in years
        for rate in traced_rates(measure, figures, report.observations)
    ]
    return Section(
        Text("Nguồn số liệu", "Source cells").pick(language),
        table=Table(
            [TableColumn(text.pick(language), kind, width=width) for text, kind, width in headers], rows, tones
        ),
    )


def _places(report: UnitReport, figures: YearFigures, name: str) -> list[str]:
    """Return the cells a count was read from, and the user's source for parts of divided units."""
    given = [f"{part.unit.unit_name}: {part.source}" for part in figures.given if name in part.counts]
    return [*source_ranges(report.observations, figures.rows, (name,)), *given]
