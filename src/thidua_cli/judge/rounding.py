"""Where a table of rounded figures would give the other answer: said beside the verdict, never used for it.

Officers check verdicts against printed tables, which hold rates with two decimals, sometimes one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from thidua_cli.judge.logic import all_of
from thidua_cli.judge.span import passes
from thidua_cli.judge.verdict import STATE_TEXT, PathVerdict, State
from thidua_cli.language import Text, round_half_up
from thidua_cli.rulebook.schema import Rule, ThresholdUnit

_PLACES: Final = {2: Text("2 chữ số thập phân", "two decimals"), 1: Text("1 chữ số thập phân", "one decimal")}


def rounding_note(path: PathVerdict, answer: Callable[[Rule], State]) -> Text | None:
    """Return what rounding would change, or None where it changes nothing.

    `answer` gives the state under a changed rule: here one that rounds its figures first.
    """
    known = all(value.value is not None for value in path.values)
    if not known or path.rule.unit is ThresholdUnit.HOUSEHOLDS or path.rule.rounded_to is not None:
        return None
    for places, written in _PLACES.items():
        for other in _answers_of_a_rounded_table(path, answer, places):
            if other is not path.state:
                return _OTHER_ANSWER.fill(places=written, other=STATE_TEXT[other], state=STATE_TEXT[path.state])
    return None


def _answers_of_a_rounded_table(path: PathVerdict, answer: Callable[[Rule], State], places: int) -> Iterator[State]:
    """Yield the answers of someone who rounds the falls, and of someone who rounds what they are taken from."""
    values = [round_half_up(value.value, places) for value in path.values if value.value is not None]
    yield all_of(State.MET if passes(path.rule, value) else State.NOT_MET for value in values)
    yield answer(replace(path.rule, rounded_to=places))


_OTHER_ANSWER: Final = Text(
    "Bảng làm tròn {places} sẽ cho kết quả khác ({other}); kết quả {state} tính trên số chưa làm tròn.",
    "A table rounded to {places} would say otherwise ({other}); {state} rests on unrounded values.",
)
