"""That a verdict depends on how a clause is read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from thidua_cli.judge.verdict import ReadingVerdict, State
from thidua_cli.language import Text
from thidua_cli.lexicon import ANSWER_WORDS


def depends_note(readings: Sequence[ReadingVerdict]) -> Text | None:
    """Say that the answer depends on how the clause is read, and on what; None where it does not.

    >>> depends_note([ReadingVerdict("average", Text("…", "…"), State.MET)]).vi
    'Phụ thuộc cách hiểu: theo “average” thì Đạt.'
    """
    return _depends_on(tuple(readings)) if readings else None


@lru_cache(maxsize=256)
def _depends_on(readings: tuple[ReadingVerdict, ...]) -> Text:
    by_state: dict[State, list[str]] = {}
    for reading in readings:
        by_state.setdefault(reading.state, []).append(f"“{reading.id}”")
    cases = [
        Text("theo {names} thì {state}", "{state} by {names}").fill(names=", ".join(names), state=ANSWER_WORDS[state])
        for state, names in by_state.items()
    ]
    text = Text("Phụ thuộc cách hiểu: {cases}.", "Depends on the reading: {cases}.")
    return text.fill(cases=Text.each_once("; ", cases))
