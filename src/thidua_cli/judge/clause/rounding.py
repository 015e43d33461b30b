"""Where a table of rounded figures would give the other answer: said beside the verdict, never used for it.

Officers check verdicts against printed tables, which hold rates with two decimals, sometimes one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from thidua_cli.judge.clause.path import Outcome
from thidua_cli.judge.clause.span import exact, passes
from thidua_cli.judge.logic import all_of
from thidua_cli.judge.verdict import STATE_TEXT, State
from thidua_cli.language import Text, round_half_up
from thidua_cli.rulebook.schema import TEST_FORM, Rule, ThresholdUnit

_PLACES: Final = {2: Text("2 chữ số thập phân", "two decimals"), 1: Text("1 chữ số thập phân", "one decimal")}
_FARTHEST: Final = Fraction(1, 10)
"""Two rates rounded to one decimal move their difference by no more than that, and rounding a fall by half of it."""


def rounding_note(outcome: Outcome, answer: Callable[[Rule], State]) -> Text | None:
    """Return what rounding would change, or None where it changes nothing.

    `answer` gives the state under a changed rule: here one that rounds its figures first.
    """
    rule = outcome.rule
    values = [one.value.value for one in outcome.falls if one.value.value is not None]
    if len(values) < len(outcome.falls) or rule.unit is ThresholdUnit.HOUSEHOLDS or rule.rounded_to is not None:
        return None
    if _is_far(rule, values):
        return None
    for places, written in _PLACES.items():
        for other in _answers_of_a_rounded_table(rule, values, answer, places):
            if other is not outcome.state:
                return _OTHER_ANSWER.fill(places=written, other=STATE_TEXT[other], state=STATE_TEXT[outcome.state])
    return None


def _is_far(rule: Rule, values: Sequence[Fraction]) -> bool:
    """Say whether no rounding could carry a value over the threshold; of falls in percent of a rate it always might."""
    if TEST_FORM[rule.test].of_rates and rule.unit is ThresholdUnit.PERCENT:
        return False
    threshold = exact(rule.threshold)
    return all(abs(value - threshold) > _FARTHEST for value in values)


def _answers_of_a_rounded_table(
    rule: Rule, values: Sequence[Fraction], answer: Callable[[Rule], State], places: int
) -> Iterator[State]:
    """Yield the answers of someone who rounds the falls, and of someone who rounds what they are taken from."""
    rounded = (round_half_up(value, places) for value in values)
    yield all_of(State.MET if passes(rule, value) else State.NOT_MET for value in rounded)
    yield answer(replace(rule, rounded_to=places))


_OTHER_ANSWER: Final = Text(
    "Bảng làm tròn {places} sẽ cho kết quả khác ({other}); kết quả {state} tính trên số chưa làm tròn.",
    "A table rounded to {places} would say otherwise ({other}); {state} rests on unrounded values.",
)
