"""How a value held against a threshold is written: exact, a range, or missing."""

from __future__ import annotations

from fractions import Fraction

from thidua_cli.judge.verdict import ClauseValue
from thidua_cli.language import Language, format_count
from thidua_cli.lexicon import UNIT_AFTER_NUMBER
from thidua_cli.present.toolkit.figures import MISSING_MARK, decimal_text, exact_text, rounded_number
from thidua_cli.rulebook.schema import ThresholdUnit


def value_text(value: ClauseValue | None, language: Language) -> str:
    """Write a value for people: "4,06", a range "3,50…4,20", or the mark of what is missing.

    >>> value_text(ClauseValue(2024, None, Fraction(-1, 2), Fraction(4)), Language.VI)
    '-0,50…4,00'
    """
    if value is None or (value.value is None and value.high is None):
        return MISSING_MARK
    if value.value is not None:
        return decimal_text(value.value, language)
    low = "" if value.low is None else decimal_text(value.low, language)
    return f"{low}…{decimal_text(value.high, language)}"


def measured_text(value: ClauseValue | None, unit: ThresholdUnit, language: Language) -> str:
    """Write a value with its unit of measure; households as whole numbers, but for a mean, which may be none.

    >>> measured_text(ClauseValue(2024, Fraction(-3)), ThresholdUnit.HOUSEHOLDS, Language.VI)
    '-3 hộ'
    """
    if value is None or not value.is_known:
        return MISSING_MARK
    low, high = ("" if end is None else _number(end, unit, language) for end in value.ends)
    number = f"{low}…{high}" if value.value is None else high
    return f"{number}{UNIT_AFTER_NUMBER[unit].pick(language)}"


def _number(value: Fraction, unit: ThresholdUnit, language: Language) -> str:
    is_count = unit is ThresholdUnit.HOUSEHOLDS and value.denominator == 1
    return format_count(int(value), language) if is_count else decimal_text(value, language)


def cell_of(value: ClauseValue | None, language: Language) -> Fraction | str | None:
    """Return a value for a cell: a number where it is exact, the text of a range otherwise."""
    if value is None or value.value is not None or value.high is None:
        return None if value is None else value.value
    return value_text(value, language)


def value_record(value: ClauseValue) -> dict[str, object]:
    """Return a value for machines; `exact` is null for a range, whose ends are `value_low` and `value_high`."""
    return {
        "year": value.year,
        "value": rounded_number(value.value),
        "exact": exact_text(value.value),
        "value_low": rounded_number(value.low),
        "value_high": rounded_number(value.high),
    }
