"""Words for a council: what stands on paper says no option of a program and no name of a rule file's parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.judge.verdict import ReadingVerdict, State, Verdict
from thidua_cli.judge.words.clause import preliminary_note
from thidua_cli.judge.words.verdict import label as class_alternatives
from thidua_cli.language import NO_TEXT, Language, Text
from thidua_cli.lexicon import ANSWER_WORDS
from thidua_cli.present.attest.view import completeness_text, statement_text
from thidua_cli.present.doubts.words import doubts_in_words
from thidua_cli.present.export.notes_below import CellWords
from thidua_cli.present.paper.council import for_council
from thidua_cli.present.rates.boundary_notes import ground_notes, shown_series
from thidua_cli.present.toolkit.figures import class_list
from thidua_cli.present.verdicts.notes import caveats, rules_note, sentence, totals_note
from thidua_cli.results import EligibleResult
from thidua_cli.rulebook.schema import Clause

STATE_TONE_OF_MARK: Final = {
    State.MET: "good",
    State.NOT_MET: "bad",
    State.UNDETERMINED: "open",
    State.NO_CRITERION: "none",
}


def mark_tones(language: Language) -> dict[str, str]:
    """Return the colours of the answers that formulas give, by the word each begins with."""
    return {ANSWER_WORDS[state].pick(language): tone for state, tone in STATE_TONE_OF_MARK.items()}


def clause_name(number: int, clause: Clause, language: Language) -> str:
    """Return what a clause is called on paper: "Điều kiện 1. Huyện nghèo: tỷ lệ … (666/QĐ-TTg, tiêu chí (3))"."""
    text = Text("Điều kiện {number}. {title} ({citation})", "Clause {number}. {title} ({citation})")
    return text.fill(number=number, title=clause.title, citation=place_in_document(clause)).pick(language)


def place_in_document(clause: Clause) -> str:
    """Return the citation of a clause where its document is named elsewhere with its day."""
    return f"{clause.citation.document}, {clause.citation.clause}"


def remarks(verdict: Verdict, language: Language) -> list[CellWords]:
    """Return why a unit's answer is so, which other reading would change it, who attested, and what is disputed.

    Only the reason has short words: readings and doubts of a unit stay with it.
    """
    reason = reason_words(verdict, language)
    texts = [
        *(_other_reading(reading) for reading in verdict.other_readings),
        *(answer.note for answer in verdict.clauses),
        preliminary_note(verdict.clauses),
        completeness_sentence(verdict),
    ]
    words = [text.pick(language) for text in texts if text is not None]
    words += _attested(verdict, language)
    words += doubts_in_words(verdict.doubts, language)
    others = (CellWords(for_council(word, language)) for word in dict.fromkeys(words) if word != reason.text)
    return [each for each in (reason, *others) if each.text]


def reason_words(verdict: Verdict, language: Language) -> CellWords:
    """Return the reason of a verdict, and what it says in short where that does not depend on the figures."""
    if verdict.reason is None:
        return CellWords("")
    return CellWords(for_council(verdict.reason.pick(language), language), _short_reason(verdict).pick(language))


def _short_reason(verdict: Verdict) -> Text:
    lacks_figures = any(answer.missing for answer in verdict.clauses)
    if verdict.state is State.NO_CRITERION:
        return _NO_NUMBER
    if verdict.state is not State.UNDETERMINED or not verdict.unknown_classes or lacks_figures:
        return NO_TEXT
    return _UNKNOWN_CLASSES.fill(classes=class_alternatives(verdict.unknown_classes))


_NO_NUMBER: Final = Text("Không có tiêu chí về số hộ", "No number is set")
_UNKNOWN_CLASSES: Final = Text("Chưa biết có thuộc {classes}", "Not known whether {classes}")


def class_words(tokens: Sequence[str], language: Language) -> CellWords:
    """Return the classes of a unit, and in short that it is on none of the lists."""
    outside = bool(tokens) and all(token.startswith("not_") for token in tokens)
    return CellWords(class_list(tokens, language), _ON_NO_LIST.pick(language) if outside else "")


_ON_NO_LIST: Final = Text("không thuộc", "not in")


def completeness_sentence(verdict: Verdict) -> Text | None:
    """Return how far the criteria without a number are settled."""
    text = completeness_text(verdict)
    return None if text is None else text.sentence()


def _attested(verdict: Verdict, language: Language) -> list[str]:
    by = list(dict.fromkeys(statement_text(statement, language) for statement in verdict.statements.values()))
    if not by:
        return []
    return [Text("Xác nhận: {by}.", "Attested by: {by}.").fill(by="; ".join(by)).pick(language)]


def _other_reading(reading: ReadingVerdict) -> Text:
    """Return which other reading gives which answer, in its own words."""
    text = Text("Nếu hiểu khác thì {state}: {reading}", "By another reading {state}: {reading}")
    return text.fill(state=ANSWER_WORDS[reading.state], reading=sentence(reading.text))


def council_notes(result: EligibleResult, clauses: Sequence[Clause], language: Language) -> list[str]:
    """Return what stands under the table: clauses with their sources, boundaries, caveats.

    How the clauses are read and by which lists units are classed stands on the sheet of the rules: a signature should
    stand on one page with the table.
    """
    ground = ground_notes(result.boundaries, shown_series(result.series, result.as_of), language)
    notes = [
        *(f"{clause_name(number, clause, language)}." for number, clause in enumerate(clauses, start=1)),
        *ground,
        *(note.pick(language) for note in caveats(result, language)),
    ]
    return [note for note in (for_council(note, language) for note in notes) if note]


def heading_notes(result: EligibleResult, language: Language) -> tuple[str, str]:
    """Return the sentence that counts the answers, and the rules."""
    return totals_note(result, language), rules_note(result.rulebook, result.as_of, language)
