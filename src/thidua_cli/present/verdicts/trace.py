"""One unit's way from the clause over the formula to the numbers and their cells, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from thidua_cli.doubt.doubts import Doubt
from thidua_cli.judge.verdict import AttestState, ClauseAnswer, Verdict
from thidua_cli.judge.words.clause import preliminary_note
from thidua_cli.judge.words.readings import depends_note
from thidua_cli.language import Language, Text, capitalised, format_decimal
from thidua_cli.lexicon import ANSWER_WORDS, column_heading
from thidua_cli.model import Basis, Series
from thidua_cli.present.attest.view import ATTEST_TEXT, statement_text, verdict_text
from thidua_cli.present.doubts.answers import doubted_answer
from thidua_cli.present.doubts.records import doubt_records, doubts_field
from thidua_cli.present.doubts.words import doubt_sentence, doubts_of_year
from thidua_cli.present.rates.boundary_records import boundaries_record
from thidua_cli.present.rules.records import closing_record
from thidua_cli.present.toolkit.cell_ranges import cell_record
from thidua_cli.present.toolkit.document import Document, FieldValue, Records, Section, View, text_line, text_table
from thidua_cli.present.toolkit.figures import (
    MISSING_MARK,
    class_list,
    count_text,
    exact_text,
    margin_text,
    printed_percent,
)
from thidua_cli.present.verdicts.class_lists import classes_with_lists
from thidua_cli.present.verdicts.figures import doubts_of
from thidua_cli.present.verdicts.formula import clause_formulas, places_of
from thidua_cli.present.verdicts.limits_record import limits_record
from thidua_cli.present.verdicts.notes import answer_note, clause_text, other_reading_notes, rules_note
from thidua_cli.present.verdicts.records import eligible_row
from thidua_cli.present.verdicts.trace_record import (
    Addend,
    TracedCount,
    TracedYear,
    clause_record,
    file_records,
    traced_years,
)
from thidua_cli.results import EligibleResult, SourceFile, SourceRole

SCHEMA: Final = "thidua.trace/3"


def trace_view(result: EligibleResult) -> View:
    """Return the trace of a result's only unit; as rows, one per cell that a number was read from."""
    (verdict,), (series,) = result.verdicts, result.series
    years = traced_years(verdict, series, result)
    return View(
        page=lambda language: _page(result, verdict, series, years, language),
        record=lambda language: trace_document(result, language),
        rows=lambda _: Records(_CSV_HEAD, _rows(years, verdict)),
    )


def trace_document(result: EligibleResult, language: Language) -> dict[str, object]:
    """Return the document "thidua.trace/3" of a result's only unit; sentences in `language`, tokens in English."""
    (verdict,), (series,) = result.verdicts, result.series
    years = traced_years(verdict, series, result)
    row = eligible_row(verdict, series, result, language)
    row["paths"] = [
        {**record, "formulas": [{"year": year, "text": text} for year, text in formulas]}
        for record, formulas in zip(
            _records(row["paths"]),
            (clause_formulas(answer, series, language) for answer in verdict.clauses),
            strict=True,
        )
    ]
    row["figures"] = [
        {
            **record,
            "rate_exact": exact_text(_rate(year)),
            "parts": _parts(year),
            "doubts": doubt_records(_doubts_of(year, verdict)),
        }
        for record, year in zip(_records(row["figures"]), years, strict=True)
    ]
    book = result.rulebook
    return {
        "schema": SCHEMA,
        "rules": book.id,
        "rules_version": book.version,
        "rules_citation": str(book.citation),
        "as_of": result.as_of,
        "closed": closing_record(book.closed_at(result.as_of), language),
        "boundaries": boundaries_record(result.boundaries),
        "limits": limits_record(result.limits, language),
        "files": file_records(result.sources),
        "clauses": [clause_record(answer.clause) for answer in verdict.clauses],
        "row": row,
    }


def _doubts_of(year: TracedYear, verdict: Verdict) -> list[Doubt]:
    """Return the doubts on the counts of a traced year-end."""
    names = {count.name for count in year.counts}
    return [doubt for doubt in doubts_of_year(verdict.doubts, year.year) if doubt.column in names]


def _records(value: object) -> list[dict[str, object]]:
    return [record for record in value if isinstance(record, dict)] if isinstance(value, list) else []


def _parts(year: TracedYear) -> list[dict[str, object]]:
    return [
        {"name": count.name, "value": count.value, "addends": [_addend(addend) for addend in count.addends]}
        for count in year.counts
    ]


def _addend(addend: Addend) -> dict[str, object]:
    cells = [cell_record(cell) for cell in addend.origins]
    return {"unit_code": addend.unit_code, "unit_name": addend.unit_name, "value": addend.value, "cells": cells}


_CSV_HEAD: Final = (
    "measure",
    "year",
    "count",
    "value",
    "unit_code",
    "unit_name",
    "part",
    "file",
    "sheet",
    "cell",
    "doubts",
)


def _rows(years: list[TracedYear], verdict: Verdict) -> Iterator[list[FieldValue]]:
    for year in years:
        doubts = _doubts_of(year, verdict)
        for count in year.counts:
            for addend in count.addends:
                for cell in addend.origins:
                    own = (addend.unit_code, addend.unit_name, addend.value)
                    where = (cell.file, cell.sheet, cell.cell)
                    in_doubt = doubts_field(
                        doubt for doubt in doubts if (doubt.column, doubt.figure) == (count.name, cell)
                    )
                    yield [year.measure.value, year.year, count.name, count.value, *own, *where, in_doubt]
        for rate in year.rates:
            for cell in rate.origins:
                where = (cell.file, cell.sheet, cell.cell)
                yield [year.measure.value, year.year, rate.name, rate.printed, "", "", None, *where, ""]


def _page(
    result: EligibleResult, verdict: Verdict, series: Series, years: list[TracedYear], language: Language
) -> Document:
    answer = doubted_answer(verdict_text(verdict), verdict.state, verdict.doubts)
    rules = text_line(rules_note(result.rulebook, result.as_of, language))
    fields = [(name.pick(language), value) for name, value in _answer(verdict, language)]
    sections = [Section(text=[rules], fields=fields)]
    sections += [
        _clause(number, answer, verdict, series, language) for number, answer in enumerate(verdict.clauses, start=1)
    ]
    if others := other_reading_notes(verdict.other_readings, language):
        sections.append(Section(text=list(map(text_line, others))))
    if years:
        sections.append(Section(_NUMBERS.pick(language)))
        sections += [_year(year, verdict, language) for year in years]
    if verdict.attest:
        sections.append(Section(_ATTESTED.pick(language), fields=_attested(verdict, language)))
    if result.sources:
        files = [(source.file, f"SHA-256 {source.sha256}") for source in _used(result, years)]
        sections.append(Section(_FILES.pick(language), fields=files))
    return Document(sections, f"{verdict.unit_name} ({verdict.unit_code}): {answer.pick(language)}")


def _used(result: EligibleResult, years: list[TracedYear]) -> list[SourceFile]:
    """Return the files the unit's own numbers come from, and those of classes, rules and attestations."""
    named = {
        origin.file for year in years for count in year.counts for addend in count.addends for origin in addend.origins
    } | {origin.file for year in years for rate in year.rates for origin in rate.origins}
    return [source for source in result.sources if source.file in named or source.role is not SourceRole.OBSERVATIONS]


def _answer(verdict: Verdict, language: Language) -> list[tuple[Text, str]]:
    rows = [(_CLASSES, classes_with_lists(verdict.classes, verdict.class_sources, language))]
    if verdict.unknown_classes:
        rows.append((_UNKNOWN, class_list(verdict.unknown_classes, language)))
    if verdict.reason is not None:
        rows.append((_REASON, verdict.reason.pick(language)))
    notes = (depends_note(verdict.other_readings), preliminary_note(verdict.clauses))
    rows += [(_NOTE, text.pick(language)) for text in notes if text is not None]
    return [*rows, (_MARGIN, margin_text(verdict.margin_households, language, verdict.margin_is_bound))]


def _clause(number: int, answer: ClauseAnswer, verdict: Verdict, series: Series, language: Language) -> Section:
    state = doubted_answer(ANSWER_WORDS[answer.state], answer.state, doubts_of(answer, verdict.doubts)).pick(language)
    if answer.applies is None:
        state += _MAY_NOT_APPLY.pick(language)
    asked = clause_text(answer.clause, language)
    rows = [
        (_CLAUSE, str(answer.clause.citation)),
        (_ASKS, capitalised(asked)),
        (_READING, answer.clause.reading.pick(language)),
        *((_FORMULA.fill(year=str(year)), line) for year, line in clause_formulas(answer, series, language)),
        (_ANSWER, state),
    ]
    if note := answer_note(answer, language):
        rows.append((_WHY, note))
    heading = _HEADING.fill(number=str(number), title=answer.clause.title, id=answer.clause.id).pick(language)
    return Section(heading, fields=[(name.pick(language), value) for name, value in rows])


def _year(year: TracedYear, verdict: Verdict, language: Language) -> Section:
    figures = year.figures
    rate = _rate(year)
    shown = MISSING_MARK if rate is None else f"{format_decimal(rate, language, places_of(rate))}%"
    if (printed := figures.printed_rate(year.measure)) is not None:
        shown = f"≈ {format_decimal(printed.middle, language, places_of(printed.middle))}%"
    text = _YEAR.fill(year=str(year.year), rate=shown, line=figures.poverty_line or "–", basis=_BASIS[figures.basis])
    rows = [row for count in year.counts for row in _count_rows(count, language)]
    rows += [
        (
            column_heading(printed_rate.name).pick(language),
            printed_percent(printed_rate.printed, language),
            "; ".join(map(str, printed_rate.origins)),
        )
        for printed_rate in year.rates
    ]
    heads = [head.pick(language) for head in (_FIGURE, _HOUSEHOLDS, _CELLS)]
    doubts = [doubt_sentence(doubt).pick(language) for doubt in _doubts_of(year, verdict)]
    return Section(text=[text_line(text.pick(language))], table=text_table(heads, rows), notes=doubts)


def _count_rows(count: TracedCount, language: Language) -> list[tuple[str, str, str]]:
    """Return the count with its cell, or the sum with its parts under it."""
    name = column_heading(count.name).pick(language)
    if len(count.addends) == 1:
        return [(name, count_text(count.value, language), _cells(count.addends[0]))]
    if not count.addends:
        return [(name, count_text(count.value, language), MISSING_MARK)]
    sum_of = _SUM.fill(count=len(count.addends)).pick(language)
    rows = [(name, count_text(count.value, language), sum_of)]
    return rows + [
        (f"+ {addend.unit_name}", count_text(addend.value, language), _cells(addend)) for addend in count.addends
    ]


def _cells(addend: Addend) -> str:
    return "; ".join(str(origin) for origin in addend.origins)


def _attested(verdict: Verdict, language: Language) -> list[tuple[str, str]]:
    rows = []
    for item, state in verdict.attest:
        statement = verdict.statements.get(item.id)
        text = ATTEST_TEXT[AttestState(state)].pick(language)
        if statement is not None:
            text = f"{text}: {statement_text(statement, language)}. {statement.origin}"
        rows.append((f"[{item.id}]", f"{item.text.pick(language)} {capitalised(text)}."))
    return rows


def _rate(year: TracedYear) -> Fraction | None:
    count, whole = year.figures.numerator(year.measure), year.figures.denominator(year.measure)
    return Fraction(100 * count, whole) if count is not None and whole else None


_CLASSES: Final = Text("Phân loại", "Classes")
_UNKNOWN: Final = Text("Chưa biết có thuộc", "Not known whether in")
_REASON: Final = Text("Lý do", "Reason")
_MARGIN: Final = Text("Số hộ còn cách", "Margin")
_NOTE: Final = Text("Lưu ý", "Note")
_HEADING: Final = Text("Điều kiện {number}: {title} [{id}]", "Clause {number}: {title} [{id}]")
_CLAUSE: Final = Text("Căn cứ", "Source")
_ASKS: Final = Text("Yêu cầu", "Asks for")
_READING: Final = Text("Cách hiểu", "Reading")
_FORMULA: Final = Text("Phép tính {year}", "Formula {year}")
_ANSWER: Final = Text("Kết quả", "Answer")
_WHY: Final = Text("Lý do, lưu ý", "Reason, notes")
_MAY_NOT_APPLY: Final = Text(" (chưa biết có áp dụng)", " (may not apply)")
_NUMBERS: Final = Text("Số liệu và ô nguồn", "Numbers and their cells")
_YEAR: Final = Text(
    "Cuối năm {year}: tỷ lệ {rate}; chuẩn nghèo {line}; số liệu {basis}.",
    "End of {year}: rate {rate}; poverty line {line}; figures {basis}.",
)
_BASIS: Final = {
    Basis.REPORTED: Text("theo biểu", "as reported"),
    Basis.ROLLED_UP: Text("cộng từ các đơn vị trực thuộc", "summed from the units below"),
    Basis.REBASED: Text("gộp về địa giới đang xét", "brought to the boundaries that are judged"),
}
_FIGURE: Final = Text("Chỉ tiêu", "Figure")
_HOUSEHOLDS: Final = Text("Số hộ", "Households")
_CELLS: Final = Text("Tệp › trang tính › ô", "File › sheet › cell")
_SUM: Final = Text("tổng của {count} đơn vị:", "sum of {count} units:")
_ATTESTED: Final = Text("Tiêu chí phải xác nhận", "Criteria to attest")
_FILES: Final = Text("Tệp đã dùng", "Files")
