"""Thresholds, falls and what is left, in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from thidua_cli.judge.clause.threshold import exact
from thidua_cli.judge.verdict import ClauseValue
from thidua_cli.language import Language, Text, format_count, format_decimal
from thidua_cli.lexicon import UNIT_AFTER_NUMBER
from thidua_cli.rulebook.schema import Comparison, Rule, ThresholdUnit

_MOST_PLACES: Final = 6


def needed(clause: Rule) -> Text:
    """Write the threshold as the clause does: "từ 4 … trở lên" is at least, "trên 50" is more than."""
    unit, number = UNIT_AFTER_NUMBER[clause.unit], _as_written(clause, clause.threshold)
    if clause.upper is not None:
        text = Text("từ {number} đến {upper}{unit}", "{number} to {upper}{unit}")
        return text.fill(number=number, upper=_as_written(clause, clause.upper), unit=unit)
    if clause.comparison is Comparison.EQUAL and clause.threshold == 0:
        return Text("không còn hộ nào", "none left")
    return _BOUND[clause.comparison].fill(number=number, unit=unit)


_BOUND: Final = {
    Comparison.AT_LEAST: Text("từ {number}{unit} trở lên", "at least {number}{unit}"),
    Comparison.MORE_THAN: Text("trên {number}{unit}", "more than {number}{unit}"),
    Comparison.EQUAL: Text("đúng {number}{unit}", "exactly {number}{unit}"),
    Comparison.AT_MOST: Text("không quá {number}{unit}", "at most {number}{unit}"),
    Comparison.LESS_THAN: Text("dưới {number}{unit}", "less than {number}{unit}"),
}


def _as_written(clause: Rule, number: Decimal) -> Text:
    """Write a threshold with the decimals it has in the rule file; households with thousands separators."""
    if clause.unit is ThresholdUnit.HOUSEHOLDS:
        return Text(format_count(int(number), Language.VI), format_count(int(number), Language.EN))
    return Text(str(number).replace(".", ","), str(number))


def enough(clause: Rule, value: ClauseValue) -> Text:
    """Write a fall that is enough; of a range its least."""
    words = _FELL if value.value is not None else _FELL_AT_LEAST
    fall = value.value if value.value is not None else value.low
    return words.fill(amount=amount(clause, _known(fall)), unit=UNIT_AFTER_NUMBER[clause.unit])


def too_little(clause: Rule, value: ClauseValue) -> Text:
    """Write a change that is not enough, as a fall, as a rise or as none; of a range the best it may have been."""
    exact = value.value is not None
    fall = _known(value.value if exact else value.high)
    if fall == 0:
        return Text("không đổi", "did not change") if exact else Text("không giảm", "did not fall")
    exact_words, range_words = (_FELL_ONLY, _FELL_AT_MOST) if fall > 0 else (_ROSE, _ROSE_AT_LEAST)
    words = exact_words if exact else range_words
    return words.fill(amount=amount(clause, abs(fall)), unit=UNIT_AFTER_NUMBER[clause.unit])


_FELL: Final = Text("giảm {amount}{unit}", "fell {amount}{unit}")
_FELL_AT_LEAST: Final = Text("giảm ít nhất {amount}{unit}", "fell at least {amount}{unit}")
_FELL_ONLY: Final = Text("chỉ giảm {amount}{unit}", "fell only {amount}{unit}")
_FELL_AT_MOST: Final = Text("giảm nhiều nhất {amount}{unit}", "fell at most {amount}{unit}")
_ROSE: Final = Text("tăng {amount}{unit}", "rose {amount}{unit}")
_ROSE_AT_LEAST: Final = Text("tăng ít nhất {amount}{unit}", "rose at least {amount}{unit}")


def left_over(clause: Rule, value: ClauseValue) -> Text:
    """Write what is left at a year-end; of a range both ends."""
    unit = UNIT_AFTER_NUMBER[clause.unit]
    if value.value is not None:
        return Text("{amount}{unit}", "{amount}{unit}").fill(amount=amount(clause, value.value), unit=unit)
    text = Text("từ {low} đến {high}{unit}", "{low} to {high}{unit}")
    return text.fill(low=amount(clause, _known(value.low)), high=amount(clause, _known(value.high)), unit=unit)


def amount(clause: Rule, value: Fraction) -> Text:
    """Write whole households, or two decimals, or as many as show on which side of the threshold a value lies."""
    if clause.unit is ThresholdUnit.HOUSEHOLDS and value.denominator == 1:
        return Text(format_count(int(value), Language.VI), format_count(int(value), Language.EN))
    places = 2
    while places < _MOST_PLACES and _hides_the_threshold(clause, value, places):
        places += 1
    return Text(format_decimal(value, Language.VI, places), format_decimal(value, Language.EN, places))


def _hides_the_threshold(clause: Rule, value: Fraction, places: int) -> bool:
    threshold = exact(clause.threshold)
    if value == threshold or abs(value - threshold) > 1:
        return False
    return format_decimal(value, places=places) == format_decimal(threshold, places=places)


def _known(value: Fraction | None) -> Fraction:
    if value is None:
        raise ValueError("only a known change decides")
    return value
