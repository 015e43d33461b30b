"""Rates and falls as formulas over the sheet of counts, each written so that its result is exact to the last digits.

A fall of a rate is one quotient of two whole numbers and never the difference of two quotients: what is left of
14,0625 − 14,0624 would hold eleven digits less.

A program that calculates takes an empty cell for 0, and a count that was taken out would make a fall of 100 %: every
formula asks first whether all its counts are there (`known`).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Measure
from thidua_cli.present.export.counts import CountPlaces
from thidua_cli.present.toolkit.document import Formula
from thidua_cli.present.verdicts.figures import FigureKey
from thidua_cli.rulebook.schema import MEANS, TEST_FORM, ThresholdUnit

_CELL: Final = late_pattern(r"\{[^}]*\}")


def known(expression: str) -> Formula:
    """Return the formula of a figure: nothing where a count is missing, or where it is taken of nothing."""
    cells = list(dict.fromkeys(_CELL.findall(expression)))
    shown = f'IFERROR({expression},"")' if "/" in expression else expression
    return f'=IF(COUNT({",".join(cells)})={len(cells)},{shown},"")'


def rate(columns: CountPlaces, measure: Measure, year: int) -> str:
    """Return the rate of a year-end in percent."""
    return f"100*{columns.count(year, measure)}/{columns.whole(year, measure)}"


def fall_of_rate(columns: CountPlaces, measure: Measure, before: int, after: int) -> str:
    """Return how many points the rate fell between two year-ends."""
    first, households = columns.count(before, measure), columns.whole(before, measure)
    last, left = columns.count(after, measure), columns.whole(after, measure)
    return f"100*({first}*{left}-{last}*{households})/({households}*{left})"


def fall_of_rate_in_percent(columns: CountPlaces, measure: Measure, before: int, after: int) -> str:
    """Return the same in percent of the rate before."""
    first, households = columns.count(before, measure), columns.whole(before, measure)
    last, left = columns.count(after, measure), columns.whole(after, measure)
    return f"100*({first}*{left}-{last}*{households})/({first}*{left})"


def fall_of_count(columns: CountPlaces, measure: Measure, before: int, after: int) -> str:
    """Return how many households fewer there are."""
    return f"({columns.count(before, measure)}-{columns.count(after, measure)})"


def fall_of_count_in_percent(columns: CountPlaces, measure: Measure, before: int, after: int) -> str:
    """Return the same in percent of the count before."""
    return f"100*{fall_of_count(columns, measure, before, after)}/{columns.count(before, measure)}"


def figure_formula(key: FigureKey, columns: CountPlaces, rounded_to: int | None = None) -> Formula:
    """Return the formula of a figure that is held against thresholds, rounded where the clause rounds first."""
    return known(figure_expression(key, columns, rounded_to))


def figure_expression(key: FigureKey, columns: CountPlaces, rounded_to: int | None = None) -> str:
    """Return the same as a part of another formula, which asks for its counts itself."""
    return _figure(key, columns) if rounded_to is None else _rounded(key, columns, rounded_to)


def _figure(key: FigureKey, columns: CountPlaces) -> str:
    measure, before, after = key.measure, key.baseline_year, key.year
    of_rates, relative = TEST_FORM[key.test].of_rates, key.unit is ThresholdUnit.PERCENT
    if not TEST_FORM[key.test].windows:
        return rate(columns, measure, after) if of_rates else columns.count(after, measure)
    fall = _FALL[of_rates, relative]
    if key.test not in MEANS:
        return fall(columns, measure, before, after)
    if not relative:
        return f"{fall(columns, measure, before, after)}/{after - before}"
    steps = pairwise(range(before, after + 1))
    return f"({'+'.join(fall(columns, measure, *step) for step in steps)})/{after - before}"


_FALL = {
    (True, False): fall_of_rate,
    (True, True): fall_of_rate_in_percent,
    (False, False): fall_of_count,
    (False, True): fall_of_count_in_percent,
}


def _rounded(key: FigureKey, columns: CountPlaces, places: int) -> str:
    """Return a figure of a clause that rounds: rates before they are taken from each other, other falls themselves."""
    if not TEST_FORM[key.test].of_rates:
        return f"ROUND({_figure(key, columns)},{places})"
    years = range(key.baseline_year, key.year + 1)
    if key.test in MEANS and key.unit is not ThresholdUnit.PERCENT:
        years = range(key.baseline_year, key.year + 1, max(key.year - key.baseline_year, 1))
    rates = [f"ROUND({rate(columns, key.measure, year)},{places})" for year in years]
    if not TEST_FORM[key.test].windows:
        return rates[-1]
    # A difference of two rounded numbers is one of so many decimals, which the outer rounding makes whole again.
    falls = [f"ROUND({before}-{after},{places})" for before, after in pairwise(rates)]
    if key.unit is ThresholdUnit.PERCENT:
        falls = [f"100*{fall}/{before}" for fall, before in zip(falls, rates, strict=False)]
    number = key.year - key.baseline_year if key.test in MEANS else 1
    return f"({'+'.join(falls)})/{number}"
