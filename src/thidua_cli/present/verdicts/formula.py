"""The arithmetic of one clause with its numbers put in, as a person would check it with a calculator."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from thidua_cli.judge.clause.clause import window_of
from thidua_cli.judge.verdict import ClauseAnswer, ClauseValue
from thidua_cli.language import Language, Text, format_count, format_decimal
from thidua_cli.lexicon import UNIT_AFTER_NUMBER
from thidua_cli.model import Series
from thidua_cli.present.toolkit.figures import threshold_text
from thidua_cli.rulebook.schema import TEST_FORM, Clause, Comparison, Test, ThresholdUnit

_PLACES: Final = 4
_SIGN: Final = {
    Comparison.AT_LEAST: ("≥", "<"),
    Comparison.MORE_THAN: (">", "≤"),
    Comparison.EQUAL: ("=", "≠"),
    Comparison.AT_MOST: ("≤", ">"),
    Comparison.LESS_THAN: ("<", "≥"),
}
"""How a value that passes stands to the threshold, and one that does not."""


def clause_formulas(answer: ClauseAnswer, series: Series, language: Language) -> list[tuple[int, str]]:
    """Return year and line per value held against the threshold: the numbers, the value, how it stands to it."""
    return [(value.year, _line(answer, value, series, language)) for value in answer.values]


def _line(answer: ClauseAnswer, value: ClauseValue, series: Series, language: Language) -> str:
    clause = answer.clause
    unit = UNIT_AFTER_NUMBER[clause.unit].pick(language)
    threshold = f"{threshold_text(clause.threshold, language)}{unit}"
    if value.value is None:
        if value.high is None:
            return _UNKNOWN.pick(language)
        low = "" if value.low is None else format_decimal(value.low, language)
        between = f"{low}…{format_decimal(value.high, language)}{unit}"
        return _RANGE.fill(between=between, threshold=threshold).pick(language)
    passes = clause.comparison.holds((value.value - Fraction(clause.threshold)).numerator)
    sign = _SIGN[clause.comparison][0 if passes else 1]
    places = 0 if _is_count(clause, value.value) else places_of(value.value)
    shown = format_count(int(value.value), language) if not places else format_decimal(value.value, language, places)
    outcome = f"{shown}{unit} {sign} {threshold}"
    worked = _worked(clause, value.year, answer.values[-1].year, series, language)
    equals = "=" if (value.value * 10**places).denominator == 1 and clause.rounded_to is None else "≈"
    return f"{worked} {equals} {outcome}" if worked else outcome


def _is_count(clause: Clause, value: Fraction) -> bool:
    return clause.unit is ThresholdUnit.HOUSEHOLDS and value.denominator == 1


def _worked(clause: Clause, year: int, as_of: int, series: Series, language: Language) -> str:
    """Return the numbers that a value is taken from; empty where the series does not hold them."""
    years = window_of(clause, as_of)
    relative = clause.unit is ThresholdUnit.PERCENT
    match clause.test:
        case Test.COUNT_AT_YEAR_END:
            return ""
        case Test.RATE_AT_YEAR_END:
            return _number(clause, year, series, language)
        case Test.RATE_FALL_EACH_YEAR | Test.COUNT_FALL_EACH_YEAR:
            return _fall(clause, (year - 1, year), series, language)
        case Test.COUNT_FALL_SINCE_BASELINE:
            return _fall(clause, (years[0], year), series, language)
        case Test.RATE_FALL_AVERAGE | Test.COUNT_FALL_AVERAGE:
            steps = list(pairwise(years)) if relative else [(years[0], years[-1])]
            falls = [_fall(clause, step, series, language) for step in steps]
            number = format_count(years[-1] - years[0], language)
            return f"[{' + '.join(falls)}] / {number}" if all(falls) else ""


def _fall(clause: Clause, step: Sequence[int], series: Series, language: Language) -> str:
    before, after = (_number(clause, year, series, language) for year in step)
    if not before or not after:
        return ""
    return f"({before} − {after}) / {before} × 100" if clause.unit is ThresholdUnit.PERCENT else f"{before} − {after}"


def _number(clause: Clause, year: int, series: Series, language: Language) -> str:
    """Return the count of a year-end, or the rate with what it is taken from."""
    figures = series.years.get(year)
    printed = figures.printed_rate(clause.measure) if figures else None
    if printed is not None and TEST_FORM[clause.test].of_rates:
        return f"≈ {format_decimal(printed.middle, language, places_of(printed.middle))}%"
    count = figures.numerator(clause.measure) if figures else None
    if count is None or figures is None:
        return ""
    if not TEST_FORM[clause.test].of_rates:
        return format_count(count, language)
    whole = figures.denominator(clause.measure)
    if not whole:
        return ""
    percent = Fraction(100 * count, whole)
    shown = format_decimal(percent, language, places_of(percent))
    return f"{format_count(count, language)}/{format_count(whole, language)} ({shown}%)"


def places_of(value: Fraction) -> int:
    """Return how many decimals a value is shown with: those it has, from two to four."""
    return next((places for places in (2, 3) if (value * 10**places).denominator == 1), _PLACES)


_UNKNOWN: Final = Text("không tính được vì thiếu số liệu", "not known, figures are missing")
_RANGE: Final = Text("trong khoảng {between}; yêu cầu {threshold}", "between {between}; asked for {threshold}")
