"""Answers on disputed figures, for people: one that stands in spite of them never looks like a clean one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import Final

from thidua_cli.doubt.doubts import Doubt, Effect
from thidua_cli.judge.verdict import State
from thidua_cli.judge.words.doubt import codes_of
from thidua_cli.language import NO_TEXT, Language, Text, format_count
from thidua_cli.lexicon import ANSWER_WORDS

DOUBT_STYLE: Final = "bold magenta"


class Reliance(Enum):
    """How an answer stands to the doubts on its figures."""

    CLEAN = auto()
    """Nobody doubts them."""
    DESPITE = auto()
    """It is certain, whatever the disputed figures are."""
    ACCEPTED = auto()
    """It is certain as far as the figures are as printed, for which somebody answers."""
    OPEN = auto()
    """It is undetermined because of them."""

    @property
    def is_doubted(self) -> bool:
        """Whether a certain answer must not look like a clean one."""
        return self in (Reliance.DESPITE, Reliance.ACCEPTED)


def reliance_of(state: State, doubts: Sequence[Doubt]) -> Reliance:
    """Return how an answer stands to its doubts; one that is open for another reason, as if there were none."""
    if state is State.UNDETERMINED:
        open_by = any(doubt.effect is Effect.UNDETERMINED for doubt in doubts)
        return Reliance.OPEN if open_by else Reliance.CLEAN
    if not doubts or state is State.NO_CRITERION:
        return Reliance.CLEAN
    return Reliance.ACCEPTED if all(doubt.is_accepted for doubt in doubts) else Reliance.DESPITE


def doubted_answer(answer: Text, state: State, doubts: Sequence[Doubt]) -> Text:
    """Return an answer with the cells in spite of which it stands: "Đạt, dù ô E13 có lỗi S002"."""
    reliance = reliance_of(state, doubts)
    if not reliance.is_doubted:
        return answer
    told = [doubt for doubt in doubts if doubt.is_accepted is (reliance is Reliance.ACCEPTED)]
    cells = Text.and_more(_cells(told), _CELLS_NAMED, more=_AND_CELLS)
    return _LONG[reliance].fill(answer=answer, cells=cells, codes=codes_of(told))


def briefly_doubted(answer: Text, state: State, doubts: Sequence[Doubt]) -> Text:
    """Return the same where room is short and the reason stands below: "Đạt, dù có lỗi"."""
    reliance = reliance_of(state, doubts)
    return _BRIEF[reliance].fill(answer=answer) if reliance.is_doubted else answer


def _cells(doubts: Iterable[Doubt]) -> list[str]:
    return list(dict.fromkeys(doubt.figure.cell for doubt in doubts))


_CELLS_NAMED: Final = 2
_AND_CELLS: Final = Text(" và {count} ô khác", " and {count} more cells")
_LONG: Final = {
    Reliance.DESPITE: Text("{answer}, dù ô {cells} có lỗi {codes}", "{answer}, although {codes} is found at {cells}"),
    Reliance.ACCEPTED: Text(
        "{answer}, theo ô {cells} đã được chấp nhận ({codes})", "{answer}, with {cells} accepted as printed ({codes})"
    ),
}
_BRIEF: Final = {
    Reliance.DESPITE: Text("{answer}, dù có lỗi", "{answer}, in spite of errors"),
    Reliance.ACCEPTED: Text("{answer}, số được chấp nhận", "{answer}, as accepted"),
}


def counted_answers(answers: Sequence[tuple[Text, State, Sequence[Doubt]]], language: Language) -> list[str]:
    """Count the answers by their headings and, of each, those on disputed figures: "Đạt 6, trong đó 1 dù có lỗi"."""
    counted = []
    for heading in dict.fromkeys([*ANSWER_WORDS.values(), *(heading for heading, _, _ in answers)]):
        reliances = [reliance_of(state, doubts) for text, state, doubts in answers if text == heading]
        if not reliances:
            continue
        parts = [
            text.fill(count=reliances.count(reliance)) for reliance, text in _AMONG.items() if reliance in reliances
        ]
        among = _AMONG_THEM.fill(parts=Text.joined(", ", parts)) if parts else NO_TEXT
        number = format_count(len(reliances), language)
        counted.append(f"{heading.pick(language)} {number}{among.pick(language)}")
    return counted


_AMONG_THEM: Final = Text(", trong đó {parts}", ", of these {parts}")
_AMONG: Final = {
    Reliance.DESPITE: Text("{count} dù có lỗi", "{count} in spite of errors"),
    Reliance.ACCEPTED: Text("{count} theo số được chấp nhận", "{count} with figures accepted as printed"),
    Reliance.OPEN: Text("{count} vì số liệu có lỗi", "{count} because of errors in the figures"),
}
