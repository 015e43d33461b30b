"""The verdict in a sentence, then each criterion: what is asked, the figures put in, the answer, its ground."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.doubt.doubts import Doubt
from thidua_cli.judge.margin import margin_of_clause
from thidua_cli.judge.verdict import ClauseAnswer, ReadingVerdict, State, Verdict
from thidua_cli.judge.words.clause import preliminary_note
from thidua_cli.language import Language, Text, capitalised
from thidua_cli.late_dataclass import replace
from thidua_cli.lexicon import ANSWER_WORDS
from thidua_cli.present.attest.view import completeness_text, verdict_text
from thidua_cli.present.doubts.answers import doubted_answer, reliance_of
from thidua_cli.present.doubts.words import DOUBT_TONE
from thidua_cli.present.paper.council import for_council
from thidua_cli.present.toolkit.document import Section, Table, TableColumn, text_line
from thidua_cli.present.toolkit.figures import class_list, margin_text
from thidua_cli.present.verdicts.class_lists import classes_with_lists
from thidua_cli.present.verdicts.figures import doubts_of
from thidua_cli.present.verdicts.formula import clause_formulas
from thidua_cli.present.verdicts.notes import QUANTITATIVE_ONLY, answer_note, clause_text, rules_note, sentence
from thidua_cli.results import UnitReport


def criteria_section(report: UnitReport, verdict: Verdict, language: Language) -> Section:
    """Return the answer with its margin and ground, then a block of rows per criterion."""
    lines = [_classes(verdict, language)]
    if report.rulebook is not None:
        lines.append(rules_note(report.rulebook, report.as_of, language))
    shown = {year.year for row in report.rates.rows for year in row.years}
    return Section(
        _HEADING.pick(language),
        text=[text_line(_answer(verdict, language), "bold"), *map(text_line, lines)],
        points=[for_council(text.pick(language), language) for text in grounds(verdict, shown)],
        table=_criteria(report, verdict, language) if verdict.clauses else None,
    )


_HEADING: Final = Text("Kết quả xét tiêu chí", "Verdict")
_ANSWER: Final = Text("Kết quả của {unit}: {state}.", "Verdict of {unit}: {state}.")
_WITH_MARGIN: Final = Text("Kết quả của {unit}: {state}; {margin}.", "Verdict of {unit}: {state}; {margin}.")
_CLASSES: Final = Text("Phân loại: {names}.", "Classes: {names}.")
_UNKNOWN_CLASSES: Final = Text(
    "Phân loại: {names}; chưa biết có thuộc: {unknown}.", "Classes: {names}; not known whether in: {unknown}."
)
_OTHER_READING: Final = Text(
    "Phụ thuộc cách hiểu: {state} nếu hiểu là: {reading}", "Depends on the reading: {state} if it is read so: {reading}"
)


def _answer(verdict: Verdict, language: Language) -> str:
    """Return the answer in one sentence: that it stands in spite of doubts, what is still to attest, its margin."""
    state = stated_answer(verdict)
    text = _ANSWER if verdict.margin_households is None else _WITH_MARGIN
    return text.fill(unit=verdict.unit_name, state=state, margin=_margin(verdict, language)).pick(language)


def stated_answer(verdict: Verdict) -> Text:
    """Return the answer in words: that it stands in spite of doubts, and what is still to attest."""
    return doubted_answer(completeness_text(verdict) or verdict_text(verdict), verdict.state, verdict.doubts)


def _margin(verdict: Verdict, language: Language) -> str:
    return margin_text(verdict.margin_households, language, verdict.margin_is_bound)


def _classes(verdict: Verdict, language: Language) -> str:
    names = classes_with_lists(verdict.classes, verdict.class_sources, language)
    text = _UNKNOWN_CLASSES if verdict.unknown_classes else _CLASSES
    unknown = class_list(verdict.unknown_classes, language) if verdict.unknown_classes else ""
    return text.fill(names=names, unknown=unknown).pick(language)


def grounds(verdict: Verdict, shown: Collection[int]) -> Iterator[Text]:
    """Yield why the answer is what it is, and on what it hangs."""
    if verdict.reason is not None:
        yield verdict.reason
    if verdict.state is State.MET and verdict.completeness is None:
        yield QUANTITATIVE_ONLY
    yield from map(_by_other_reading, verdict.other_readings)
    note = _preliminary_elsewhere(verdict, shown)
    if note is not None:
        yield note


def _by_other_reading(other: ReadingVerdict) -> Text:
    return _OTHER_READING.fill(state=ANSWER_WORDS[other.state], reading=sentence(other.text))


def _preliminary_elsewhere(verdict: Verdict, shown: Collection[int]) -> Text | None:
    """Say which preliminary year-ends a verdict rests on, but for those that stand under the figures already."""
    if not any(answer.preliminary for answer in verdict.clauses):
        return None
    elsewhere = [
        replace(answer, preliminary=tuple(year for year in answer.preliminary if year not in shown))
        for answer in verdict.clauses
    ]
    return preliminary_note(elsewhere)


# ------------------------------------------------------------ the criteria


def _criteria(report: UnitReport, verdict: Verdict, language: Language) -> Table:
    """Return rows of a name and what it says, criterion after criterion; an answer on a disputed figure is marked."""
    rows: list[list[str]] = []
    tones: dict[tuple[int, int], str] = {}
    number = len(verdict.clauses)
    for place, answer in enumerate(verdict.clauses, start=1):
        doubts = doubts_of(answer, verdict.doubts)
        name = _CRITERION if number == 1 else _NUMBERED.fill(number=place)
        block = list(_block(report, verdict, answer, doubts, language))
        if reliance_of(answer.state, doubts).is_doubted:
            answered = next(index for index, (text, _) in enumerate(block) if text is _RESULT)
            tones[len(rows) + 1 + answered, 1] = DOUBT_TONE
        asked = clause_text(answer.clause, language)
        rows.append([name.pick(language), capitalised(asked)])
        rows += [[text.pick(language), content] for text, content in block]
    return Table(_columns(language), rows, tones)


@lru_cache(maxsize=2)
def _columns(language: Language) -> Sequence[TableColumn]:
    heads = ((Text("Nội dung", "Item"), 14), (Text("Kết quả xét", "What it comes to"), 82))
    return [TableColumn(text.pick(language), width=width) for text, width in heads]


_CRITERION: Final = Text("Tiêu chí", "Criterion")
_NUMBERED: Final = Text("Tiêu chí {number}", "Criterion {number}")
_FORMULA: Final = Text("Phép tính", "Formula")
_FORMULA_OF: Final = Text("Phép tính {year}", "Formula {year}")
_RESULT: Final = Text("Kết quả", "Answer")
_NOTE: Final = Text("Lưu ý", "Note")
_READING: Final = Text("Cách hiểu", "Reading")
_SOURCE: Final = Text("Căn cứ", "Source")
_MAY_NOT_APPLY: Final = Text(" (chưa biết có áp dụng)", " (may not apply)")


def _block(
    report: UnitReport, verdict: Verdict, answer: ClauseAnswer, doubts: Sequence[Doubt], language: Language
) -> Iterator[tuple[Text, str]]:
    formulas = clause_formulas(answer, report.series, language)
    for year, line in formulas:
        yield (_FORMULA if len(formulas) == 1 else _FORMULA_OF.fill(year=str(year))), line
    yield _RESULT, _result(report, verdict, answer, doubts, language)
    note = _note(verdict, answer, language)
    if note:
        yield _NOTE, note
    yield _READING, sentence(answer.clause.reading.capitalised()).pick(language)
    yield _SOURCE, str(answer.clause.citation)


def _result(
    report: UnitReport, verdict: Verdict, answer: ClauseAnswer, doubts: Sequence[Doubt], language: Language
) -> str:
    """Return the answer of one criterion, and its own margin where several make the verdict."""
    state = doubted_answer(ANSWER_WORDS[answer.state], answer.state, doubts).pick(language)
    may_apply = "" if answer.applies is not None else _MAY_NOT_APPLY.pick(language)
    margin = verdict.margin_households
    if len(verdict.clauses) > 1:
        # Of disputed or missing figures the verdict has a bound; one criterion's own is not known.
        exact = not verdict.doubts and not answer.has_gaps
        margin = margin_of_clause(answer, report.series, report.as_of) if exact else None
    elif answer.state is not verdict.state:
        margin = None
    told = "" if margin is None else f"; {margin_text(margin, language, verdict.margin_is_bound)}"
    return f"{state}{may_apply}{told}"


def _note(verdict: Verdict, answer: ClauseAnswer, language: Language) -> str:
    """Return what is to be known of an answer, but for the reason where it is that of the verdict."""
    note = answer_note(answer, language)
    reason = "" if verdict.reason is None else verdict.reason.pick(language)
    own = "" if answer.reason is None else answer.reason.pick(language)
    if own and own in reason:
        note = note.replace(own, "", 1)
    return for_council(note, language)
