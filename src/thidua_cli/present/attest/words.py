"""How far the criteria without a number are settled, in words: the same on every page, sheet and screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from thidua_cli.judge.verdict import AttestState, Completeness, State, Statement, Verdict
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import ANSWER_WORDS
from thidua_cli.rulebook.schema import AttestItem

ATTEST_TEXT: Final[Mapping[AttestState, Text]] = {
    AttestState.OPEN: Text("chưa xác nhận", "open"),
    AttestState.ATTESTED: Text("đã xác nhận đạt", "attested"),
    AttestState.REFUSED: Text("xác nhận không đạt", "refused"),
}
_COUNTS_ONLY: Final = Text("Đạt phần định lượng", "Met by the counts")
_COMPLETE: Final = Text("Đạt đủ tiêu chí", "Met, complete")
_OPEN: Final = Text("còn {count} tiêu chí chưa xác nhận", "{count} criteria still to attest")
_REFUSED: Final = Text("{count} tiêu chí được xác nhận là không đạt", "{count} criteria attested as not met")
_ALL: Final = Text(
    "cả {count} tiêu chí không có số liệu đã được xác nhận", "all {count} criteria without a number are attested"
)


def verdict_text(verdict: Verdict) -> Text:
    """Return the answer in words: a unit whose other criteria are not all attested meets the counts alone."""
    if verdict.state is not State.MET or verdict.completeness is None:
        return ANSWER_WORDS[verdict.state]
    return _COMPLETE if verdict.completeness is Completeness.COMPLETE else _COUNTS_ONLY


def completeness_text(verdict: Verdict) -> Text | None:
    """Return the answer with what is said of the criteria without a number; None where nothing is to be said of them.

    A refused criterion is always named; open ones only of a unit that meets the counts.
    """
    met = verdict.state is State.MET
    if verdict.completeness is None or (verdict.completeness is Completeness.QUANTITATIVE_ONLY and not met):
        return None
    joined = Text("{verdict}; {tally}", "{verdict}; {tally}")
    return joined.fill(verdict=verdict_text(verdict), tally=tally_text(verdict.attest))


def tally_text(attest: Sequence[tuple[AttestItem, AttestState]]) -> Text:
    """Return how many criteria are refused and open, or that all are attested."""
    states = [state for _, state in attest]
    counted = ((_REFUSED, states.count(AttestState.REFUSED)), (_OPEN, states.count(AttestState.OPEN)))
    parts = [text.fill(count=count) for text, count in counted if count]
    if not parts:
        return _ALL.fill(count=len(states))
    return Text.joined("; ", parts)


def statement_text(statement: Statement, language: Language) -> str:
    """Return who said it, when and on what ground: "Trần Văn Bình, Chủ tịch UBND, 05/01/2025 (12/BC-UBND)"."""
    day = f"{statement.on:%d/%m/%Y}" if language is Language.VI else statement.on.isoformat()
    signed = ", ".join(part for part in (statement.who, statement.position, day) if part)
    return f"{signed} ({statement.evidence})" if statement.evidence else signed
