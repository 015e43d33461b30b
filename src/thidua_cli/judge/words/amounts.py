"""Thresholds, falls and what is left, in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from thidua_cli.judge.clause.threshold import exact
from thidua_cli.judge.verdict import ClauseValue, State
from thidua_cli.language import NO_TEXT, Language, Text, format_count, format_decimal
from thidua_cli.lexicon import UNIT_AFTER_NUMBER
from thidua_cli.rulebook.schema import TEST_FORM, Clause, Comparison, ThresholdUnit

_MOST_PLACES: Final = 6


def needed(clause: Clause) -> Text:
    """Write the threshold as the clause does: "từ 4 … trở lên" is at least, "trên 50" is more than."""
    if clause.comparison is Comparison.EQUAL and clause.threshold == 0:
        return Text("không còn hộ nào", "none left")
    upper = None if clause.upper is None else str(clause.upper)
    return _bounded(clause.comparison, str(clause.threshold), upper, clause.unit)


@lru_cache(maxsize=256)
def _bounded(comparison: Comparison, threshold: str, upper: str | None, unit: ThresholdUnit) -> Text:
    """Write the numbers as they stand in the rule file: as decimals, 4 and 4.0 would be one."""
    text = _BOUND[comparison] if upper is None else _BETWEEN
    low, high = [_as_written(unit, number) for number in (threshold, upper or threshold)]
    return text.fill(number=low, upper=high, unit=UNIT_AFTER_NUMBER[unit])


_BETWEEN: Final = Text("từ {number} đến {upper}{unit}", "{number} to {upper}{unit}")
_BOUND: Final = {
    Comparison.AT_LEAST: Text("từ {number}{unit} trở lên", "at least {number}{unit}"),
    Comparison.MORE_THAN: Text("trên {number}{unit}", "more than {number}{unit}"),
    Comparison.EQUAL: Text("đúng {number}{unit}", "exactly {number}{unit}"),
    Comparison.AT_MOST: Text("không quá {number}{unit}", "at most {number}{unit}"),
    Comparison.LESS_THAN: Text("dưới {number}{unit}", "less than {number}{unit}"),
}


def _as_written(unit: ThresholdUnit, number: str) -> Text:
    """Write a threshold with the decimals it has in the rule file; households with thousands separators."""
    if unit is ThresholdUnit.HOUSEHOLDS:
        whole = int(Decimal(number))
        return Text(format_count(whole, Language.VI), format_count(whole, Language.EN))
    return Text(number.replace(".", ","), number)


def reached(clause: Clause, value: ClauseValue) -> Text:
    """Write what a value comes to: what is left, or a fall that is enough or is not; nothing where it is not known."""
    wording, ends = (_left if not TEST_FORM[clause.test].windows else _fallen)(value)
    amounts = [amount(clause, end) for end in ends]
    return wording.fill(
        low=amounts[0] if amounts else NO_TEXT,
        high=amounts[-1] if amounts else NO_TEXT,
        unit=UNIT_AFTER_NUMBER[clause.unit],
    )


def _left(value: ClauseValue) -> tuple[Text, list[Fraction]]:
    """Return how what is left is written; of a range both ends."""
    if value.value is not None:
        return Text("{low}{unit}", "{low}{unit}"), [value.value]
    return Text("từ {low} đến {high}{unit}", "{low} to {high}{unit}"), [end for end in value.ends if end is not None]


def _fallen(value: ClauseValue) -> tuple[Text, list[Fraction]]:
    """Return how a fall is written; of a range its least where that is enough, else the best it may have been."""
    low, high = value.ends
    exact = value.value is not None
    if value.state is State.MET and low is not None:
        return _FELL if exact else _FELL_AT_LEAST, [low]
    if high is None:
        return NO_TEXT, []
    if high == 0:
        return Text("không đổi", "did not change") if exact else Text("không giảm", "did not fall"), []
    exact_words, range_words = (_FELL_ONLY, _FELL_AT_MOST) if high > 0 else (_ROSE, _ROSE_AT_LEAST)
    return exact_words if exact else range_words, [high if high > 0 else -high]


_FELL: Final = Text("giảm {low}{unit}", "fell {low}{unit}")
_FELL_AT_LEAST: Final = Text("giảm ít nhất {low}{unit}", "fell at least {low}{unit}")
_FELL_ONLY: Final = Text("chỉ giảm {low}{unit}", "fell only {low}{unit}")
_FELL_AT_MOST: Final = Text("giảm nhiều nhất {low}{unit}", "fell at most {low}{unit}")
_ROSE: Final = Text("tăng {low}{unit}", "rose {low}{unit}")
_ROSE_AT_LEAST: Final = Text("tăng ít nhất {low}{unit}", "rose at least {low}{unit}")


def amount(clause: Clause, value: Fraction) -> Text:
    """Write whole households, or two decimals, or as many as show on which side of the threshold a value lies."""
    if clause.unit is not ThresholdUnit.HOUSEHOLDS or value.denominator != 1:
        places = _places(clause, value)
        return Text(format_decimal(value, Language.VI, places), format_decimal(value, Language.EN, places))
    return Text(format_count(int(value), Language.VI), format_count(int(value), Language.EN))


def _places(clause: Clause, value: Fraction) -> int:
    """Return how many decimals a value needs: 3,999 would be written 4,00, which is the threshold it falls short of."""
    places, threshold = 2, exact(clause.threshold)
    over = value.denominator * threshold.denominator
    beside = abs(value.numerator * threshold.denominator - threshold.numerator * value.denominator)
    if beside == 0 or beside > over:
        return places
    while places < _MOST_PLACES and format_decimal(value, places=places) == format_decimal(threshold, places=places):
        places += 1
    return places
