"""The arithmetic of one path with its numbers put in, as a person would check it with a calculator."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from thidua_cli.judge.amounts import UNIT_TEXT
from thidua_cli.judge.verdict import PathValue, PathVerdict
from thidua_cli.language import Language, Text, format_count, format_decimal
from thidua_cli.model import Series
from thidua_cli.present.figures import threshold_text
from thidua_cli.rulebook.schema import Comparison, Rule, Test

_PLACES: Final = 4
_SIGN: Final = {
    Comparison.AT_LEAST: ("≥", "<"),
    Comparison.MORE_THAN: (">", "≤"),
    Comparison.EQUAL: ("=", "≠"),
    Comparison.AT_MOST: ("≤", ">"),
    Comparison.LESS_THAN: ("<", "≥"),
}
"""How a value that passes stands to the threshold, and one that does not."""


def path_formulas(path: PathVerdict, series: Series, language: Language) -> list[tuple[int, str]]:
    """Return year and line per value held against the threshold: the numbers, the value, how it stands to it."""
    return [(value.year, _line(path, value, series, language)) for value in path.values]


def _line(path: PathVerdict, value: PathValue, series: Series, language: Language) -> str:
    rule = path.rule
    if value.value is None:
        return _UNKNOWN.pick(language)
    passes = rule.comparison.holds((value.value - Fraction(rule.threshold)).numerator)
    sign = _SIGN[rule.comparison][0 if passes else 1]
    unit = UNIT_TEXT[rule.unit].pick(language)
    places = places_of(value.value)
    shown = format_decimal(value.value, language, places)
    outcome = f"{shown}{unit} {sign} {threshold_text(rule.threshold, language)}{unit}"
    worked = _worked(rule, path.baseline_year, value.year, series, language)
    equals = "=" if (value.value * 10**places).denominator == 1 else "≈"
    return f"{worked} {equals} {outcome}" if worked else outcome


def _worked(rule: Rule, baseline: int, year: int, series: Series, language: Language) -> str:
    """Return the numbers that a value is taken from; empty where the series does not hold them."""
    start = year - 1 if rule.test is Test.RATE_FALL_EACH_YEAR else baseline
    if rule.test is Test.RATE_FALL_EACH_YEAR:
        before, after = (_rate(rule, one, series, language) for one in (start, year))
        return f"{before} − {after}" if before and after else ""
    before, after = (_count(rule, one, series, language) for one in (start, year))
    return f"({before} − {after}) / {before} × 100" if before and after else ""


def _rate(rule: Rule, year: int, series: Series, language: Language) -> str:
    figures = series.years.get(year)
    count = figures.numerator(rule.measure) if figures else None
    whole = figures.denominator(rule.measure) if figures else None
    if count is None or not whole:
        return ""
    percent = Fraction(100 * count, whole)
    shown = format_decimal(percent, language, places_of(percent))
    return f"{format_count(count, language)}/{format_count(whole, language)} ({shown}%)"


def _count(rule: Rule, year: int, series: Series, language: Language) -> str:
    figures = series.years.get(year)
    count = figures.numerator(rule.measure) if figures else None
    return "" if count is None else format_count(count, language)


def places_of(value: Fraction) -> int:
    """Return how many decimals a value is shown with: those it has, from two to four."""
    return next((places for places in (2, 3) if (value * 10**places).denominator == 1), _PLACES)


_UNKNOWN: Final = Text("không tính được vì thiếu số liệu", "not known, figures are missing")
