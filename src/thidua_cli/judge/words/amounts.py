"""Thresholds, falls and what is left, in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from thidua_cli.judge.verdict import ClauseValue, State
from thidua_cli.language import NO_TEXT, Language, Text, format_count, format_quotient, frame, units_of_quotient
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


def reached(clause: Clause, value: ClauseValue, language: Language) -> str:
    """Write what a value comes to: what is left, or a fall that is enough or is not; nothing where it is not known."""
    wording, ends = (_left if not TEST_FORM[clause.test].windows else _fallen)(value)
    amounts = [amount(clause, end, language) for end in ends] or [""]
    pieces = _reached_frame(wording, clause.unit, language)
    if len(pieces) == _AROUND_BOTH:
        return f"{pieces[0]}{amounts[0]}{pieces[1]}{amounts[-1]}{pieces[2]}"
    return amounts[0].join(pieces)


@lru_cache(maxsize=256)
def _reached_frame(wording: Text, unit: ThresholdUnit, language: Language) -> tuple[str, ...]:
    return frame(wording.pick(language), language, ["low", "high"], unit=UNIT_AFTER_NUMBER[unit])


_AROUND_BOTH: Final = 3
"""Pieces of a wording that gives both ends of a range."""


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


def amount(clause: Clause, value: Fraction, language: Language) -> str:
    """Write whole households, or two decimals, or as many as show on which side of the threshold a value lies."""
    numerator, denominator = value.as_integer_ratio()
    if clause.unit is not ThresholdUnit.HOUSEHOLDS or denominator != 1:
        return format_quotient(numerator, denominator, language, _places(clause, numerator, denominator))
    return format_count(numerator, language)


def amount_of(clause: Clause, value: Fraction) -> Text:
    """Write an amount as `amount` in both languages."""
    return Text(amount(clause, value, Language.VI), amount(clause, value, Language.EN))


def _places(clause: Clause, numerator: int, denominator: int) -> int:
    """Return how many decimals a value needs: 3,999 would be written 4,00, which is the threshold it falls short of."""
    places, threshold = 2, clause.threshold.as_integer_ratio()
    over = denominator * threshold[1]
    beside = abs(numerator * threshold[1] - threshold[0] * denominator)
    if beside == 0 or beside > over:
        return places
    while places < _MOST_PLACES and _written_alike((numerator, denominator), threshold, places):
        places += 1
    return places


def _written_alike(value: tuple[int, int], threshold: tuple[int, int], places: int) -> bool:
    return units_of_quotient(*value, places) == units_of_quotient(*threshold, places)
