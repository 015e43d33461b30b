"""What stands under verdicts: which clauses, how they are read, and what "Đạt" does and does not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thidua_cli.judge.verdict import AttestState, ClauseAnswer, ReadingVerdict, State, Verdict
from thidua_cli.judge.words.amounts import needed
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import LEVEL_WORDS, MEASURE_WORDS
from thidua_cli.model import Basis, Level
from thidua_cli.present.attest.view import heading_text
from thidua_cli.present.doubts.answers import counted_answers
from thidua_cli.present.rates.boundary_notes import ground_notes, shown_series
from thidua_cli.present.verdicts.class_lists import class_lists_note
from thidua_cli.results import EligibleResult
from thidua_cli.rulebook.schema import Clause, Rulebook, Test, ThresholdUnit

QUANTITATIVE_ONLY = Text(
    "“Đạt” ở đây mới là đạt điều kiện định lượng.", "“Met” means that the quantitative clause is met."
)
"""What "Đạt" does not say: the criteria without a number."""


def eligible_notes(result: EligibleResult, language: Language) -> list[str]:
    """Return the notes, one sentence or two each; only those that apply."""
    return [
        totals_note(result, language),
        rules_note(result.rulebook, result.as_of, language),
        *clause_notes(result, language),
        *list_notes(result, language),
        *other_reading_notes((reading for verdict in result.verdicts for reading in verdict.other_readings), language),
        *ground_notes(result.boundaries, shown_series(result.series, result.as_of), language),
        *(note.pick(language) for note in caveats(result, language)),
    ]


def totals_note(result: EligibleResult, language: Language) -> str:
    """Count the answers: "Đạt 3, trong đó 1 dù có lỗi; Không đạt 2"; units that a person refused are none of them."""
    answers = [(heading_text(verdict), verdict.state, verdict.doubts) for verdict in result.verdicts]
    return f"{'; '.join(counted_answers(answers, language))}."


def rules_note(rulebook: Rulebook, as_of: int, language: Language) -> str:
    """Name the rule file, its version and the last year-end judged, and say where that is after its summing-up."""
    text = Text(
        "Quy định: {title}, {citation}; bản {version}. Xét đến cuối năm {year}.",
        "Rules: {title}, {citation}; version {version}. Judged to the end of {year}.",
    )
    filled = text.fill(title=rulebook.title, citation=rulebook.citation, version=rulebook.version, year=str(as_of))
    closing = rulebook.closed_at(as_of)
    return Text.each_once(" ", [filled, *([closing.sentence] if closing else [])]).pick(language)


def used_clauses(result: EligibleResult) -> list[Clause]:
    """Return the clauses that some unit was held against, in the order of the rule file."""
    used = {answer.clause.id for verdict in result.verdicts for answer in verdict.clauses}
    return [clause for clause in result.rulebook.clauses if clause.id in used]


def clause_notes(result: EligibleResult, language: Language) -> list[str]:
    """Print the clauses some unit was held against: id, title and citation, then each reading once."""
    text = Text("[{id}] {title}. Căn cứ: {citation}.", "[{id}] {title}. Source: {citation}.")
    clauses = used_clauses(result)
    titles = [
        text.fill(id=clause.id, title=clause.title, citation=clause.citation).pick(language) for clause in clauses
    ]
    return [*titles, *reading_notes(((clause.id, clause.reading) for clause in clauses), language)]


def list_notes(result: EligibleResult, language: Language) -> list[str]:
    """Say by which lists and files units have the classes that the rule file asks about."""
    asked = {token for clause in result.rulebook.clauses for token in clause.subject.classes}
    sources = (source for verdict in result.verdicts for source in verdict.class_sources)
    return class_lists_note(sources, asked, language)


def reading_notes(clauses: Iterable[tuple[str, Text]], language: Language) -> list[str]:
    """Say once how clauses (id, reading) are read, and which of them are read so."""
    ids_of: dict[Text, list[str]] = {}
    for clause_id, reading in clauses:
        ids_of.setdefault(reading, []).append(clause_id)
    text = Text("Cách hiểu [{ids}]: {reading}", "Reading [{ids}]: {reading}")
    return [
        text.fill(ids=", ".join(dict.fromkeys(ids)), reading=sentence(reading)).pick(language)
        for reading, ids in ids_of.items()
    ]


def other_reading_notes(readings: Iterable[ReadingVerdict], language: Language) -> list[str]:
    """Say once what each reading is that some answer depends on, and how to judge by it."""
    texts = dict.fromkeys((verdict.id, verdict.text) for verdict in readings)
    text = Text("Cách hiểu khác “{id}” (--reading {id}): {reading}", "Other reading “{id}” (--reading {id}): {reading}")
    return [text.fill(id=name, reading=sentence(reading)).pick(language) for name, reading in texts]


def sentence(text: Text) -> Text:
    """Return the text with a full stop where it has none."""
    return Text(*(part if part.endswith((".", "!", "?")) else f"{part}." for part in text))


def clause_text(clause: Clause, language: Language) -> str:
    """Say what a clause asks for, in words: "giảm tỷ lệ từ 4 điểm % trở lên mỗi năm, 3 năm liền"."""
    text = _CLAUSE_TEXT[clause.test]
    since = clause.baseline_year is not None
    window = _SINCE.fill(year=str(clause.baseline_year)) if since else _IN_YEARS.fill(years=clause.years or 1)
    bound = needed(clause)
    if clause.unit is ThresholdUnit.PERCENT and clause.test in _RELATIVE_TO_A_YEAR:
        bound = Text("{bound} so với năm trước", "{bound} of the year before").fill(bound=bound)
    return text.fill(
        measure=MEASURE_WORDS[clause.measure].short,
        bound=bound,
        years=clause.years or 1,
        baseline=str(clause.baseline_year),
        window=window,
    ).pick(language)


_RELATIVE_TO_A_YEAR = (
    Test.RATE_FALL_EACH_YEAR,
    Test.RATE_FALL_AVERAGE,
    Test.COUNT_FALL_EACH_YEAR,
    Test.COUNT_FALL_AVERAGE,
)
_SINCE = Text("từ cuối năm {year}", "since the end of {year}")
_IN_YEARS = Text("trong {years} năm", "over {years} years")
_CLAUSE_TEXT = {
    Test.RATE_FALL_EACH_YEAR: Text(
        "tỷ lệ {measure} giảm {bound} mỗi năm trong {years} năm liên tục",
        "rate of {measure} falls by {bound} in each of {years} consecutive years",
    ),
    Test.RATE_FALL_AVERAGE: Text(
        "tỷ lệ {measure} giảm bình quân {bound} mỗi năm {window}",
        "rate of {measure} falls by {bound} a year on average {window}",
    ),
    Test.COUNT_FALL_EACH_YEAR: Text(
        "số {measure} giảm {bound} mỗi năm trong {years} năm liên tục",
        "number of {measure} falls by {bound} in each of {years} consecutive years",
    ),
    Test.COUNT_FALL_AVERAGE: Text(
        "số {measure} giảm bình quân {bound} mỗi năm {window}",
        "number of {measure} falls by {bound} a year on average {window}",
    ),
    Test.COUNT_FALL_SINCE_BASELINE: Text(
        "số {measure} giảm {bound} so với cuối năm {baseline}",
        "number of {measure} falls by {bound} since the end of {baseline}",
    ),
    Test.COUNT_AT_YEAR_END: Text("số {measure} cuối năm: {bound}", "number of {measure} at the year-end: {bound}"),
    Test.RATE_AT_YEAR_END: Text("tỷ lệ {measure} cuối năm: {bound}", "rate of {measure} at the year-end: {bound}"),
}


def answer_note(answer: ClauseAnswer, language: Language) -> str:
    """Return reason and note of an answer in one text; empty for neither."""
    return " ".join(text.pick(language) for text in (answer.full_reason, answer.note) if text is not None)


def caveats(result: EligibleResult, language: Language) -> Iterator[Text]:
    """Yield what "Đạt" does not say, and sums of which nobody can tell whether they are whole."""
    attest = open_items(result)
    if attest:
        listed = ", ".join(
            Text("{level}: {number}", "{level}: {number}")
            .fill(level=LEVEL_WORDS[level].short, number=number)
            .pick(language)
            for level, number in attest.items()
        )
        yield Text(
            "“Đạt” ở đây mới là đạt điều kiện định lượng; số tiêu chí khác còn phải xác nhận ở mỗi đơn vị – {listed}.",
            "“Met” means that the quantitative clause is met; further criteria still to attest per unit – {listed}.",
        ).fill(listed=listed)
    elif any(verdict.state is State.MET and not verdict.attest for verdict in result.verdicts):
        yield QUANTITATIVE_ONLY
    assumed = _summed_without_a_list(result)
    if assumed:
        yield Text(
            "Số liệu cộng từ các đơn vị có trong tệp, không có danh mục để kiểm tra đã đủ hay chưa: {names}.",
            "Figures summed from the units in the files, with no list to show that none is missing: {names}.",
        ).fill(names=Text.and_more(assumed))


def open_items(result: EligibleResult) -> dict[Level, str]:
    """Return, per level, how many criteria are still open for a unit ("3", or "2–3" where units differ)."""
    numbers: dict[Level, set[int]] = {}
    for verdict in result.verdicts:
        if verdict.attest:
            numbers.setdefault(verdict.level, set()).add(open_count(verdict))
    return {
        level: "–".join(str(number) for number in sorted({min(open_numbers), max(open_numbers)}))
        for level, open_numbers in numbers.items()
        if max(open_numbers)
    }


def open_count(verdict: Verdict) -> int:
    """Count the criteria of a unit that nobody has attested or refused."""
    return sum(state is AttestState.OPEN for _, state in verdict.attest)


def _summed_without_a_list(result: EligibleResult) -> list[str]:
    judged = {verdict.unit_code for verdict in result.verdicts}
    return [
        series.unit_name
        for series in result.series
        if series.unit_code in judged
        and any(year.assumed_complete and year.basis is Basis.ROLLED_UP for year in series.years.values())
    ]
