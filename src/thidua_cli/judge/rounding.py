"""Where a table of rounded figures would give the other answer: said beside the verdict, never used for it.

Officers check verdicts against printed tables, which hold rates with two decimals, sometimes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from thidua_cli.judge.logic import all_of
from thidua_cli.judge.verdict import STATE_TEXT, State
from thidua_cli.language import Text, round_half_up
from thidua_cli.rulebook.schema import Rule, Test

_PLACES: Final = {2: Text("2 chữ số thập phân", "two decimals"), 1: Text("1 chữ số thập phân", "one decimal")}


def rounding_note(rule: Rule, state: State, figures: Sequence[Fraction | None]) -> Text | None:
    """Return what rounding would change, or None where it changes nothing.

    `figures` are the rates of the window's year-ends in percent, or the one fall of a count in percent.
    """
    known = [figure for figure in figures if figure is not None]
    if state is State.UNDETERMINED or len(known) < len(figures):
        return None
    for places, written in _PLACES.items():
        for other in _readings_of_a_rounded_table(rule, known, places):
            if other is not state:
                return _OTHER_ANSWER.fill(places=written, other=STATE_TEXT[other], state=STATE_TEXT[state])
    return None


def _readings_of_a_rounded_table(rule: Rule, figures: Sequence[Fraction], places: int) -> list[State]:
    """Return the answers of someone who rounds first, and of someone who rounds the fall."""
    rounded = [round_half_up(figure, places) for figure in figures]
    if rule.test is Test.COUNT_FALL_SINCE_BASELINE:
        return [_answer(rule, rounded)]
    exact_falls = [before - after for before, after in pairwise(figures)]
    return [
        _answer(rule, [before - after for before, after in pairwise(rounded)]),
        _answer(rule, [round_half_up(fall, places) for fall in exact_falls]),
    ]


def _answer(rule: Rule, falls: Sequence[Fraction]) -> State:
    threshold = Fraction(rule.threshold)
    passed = (rule.comparison.holds((fall - threshold).numerator) for fall in falls)
    return all_of(State.MET if each else State.NOT_MET for each in passed)


_OTHER_ANSWER: Final = Text(
    "Bảng làm tròn {places} sẽ cho kết quả khác ({other}); kết quả {state} tính trên số chưa làm tròn.",
    "A table rounded to {places} would say otherwise ({other}); {state} rests on unrounded values.",
)
