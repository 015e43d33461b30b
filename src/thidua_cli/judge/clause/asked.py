"""What a clause asks at each year-end, as a rate: what a chart draws beside the rates that were counted."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from thidua_cli.judge.clause.clause import window_of
from thidua_cli.judge.clause.figures import Figure, figures_at
from thidua_cli.judge.clause.threshold import exact
from thidua_cli.judge.clause.values import is_relative
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import EACH_YEAR, MEANS, TEST_FORM, Clause


def asked_rates(clause: Clause, series: Series, as_of: int) -> Mapping[int, Fraction]:
    """Return year-end → the rate, in percent, at which the clause would lie exactly at its threshold there.

    Every year-end is held against what was counted before it: the year before for a fall in each year, the first of the
    window for a mean and for a fall since a baseline. What is no exact rate is left out: a rounded or missing figure, a
    rate below nothing, and a mean of falls in percent, which hangs on all years between.
    """
    if clause.rounded_to is not None or (clause.test in MEANS and is_relative(clause)):
        return {}
    years = window_of(clause, as_of)
    shown = range(years[0], as_of + 1) if TEST_FORM[clause.test].windows else sorted(series.years)
    figures = {each.year: each for each in figures_at(series, shown, clause) if isinstance(each, Figure)}
    asked = ((year, _asked_at(clause, year, years[0], figures, series)) for year in shown if year <= as_of)
    return {year: rate for year, rate in asked if rate is not None and rate >= 0}


def _asked_at(clause: Clause, year: int, first: int, figures: Mapping[int, Figure], series: Series) -> Fraction | None:
    left = _left(clause, year, first, figures)
    if left is None or TEST_FORM[clause.test].of_rates:
        return left
    known = series.years.get(year)
    households = known.denominator(clause.measure) if known is not None and year in figures else None
    return 100 * left / households if households else None


def _left(clause: Clause, year: int, first: int, figures: Mapping[int, Figure]) -> Fraction | None:
    """Return what may be left at a year-end, as the clause counts it: a rate, or households."""
    threshold = exact(clause.threshold)
    if not TEST_FORM[clause.test].windows:
        return threshold
    start = figures.get(year - 1 if clause.test in EACH_YEAR else first)
    value = None if start is None or year == first else start.value.exact
    if value is None:
        return None
    if is_relative(clause):
        return value * (100 - threshold) / 100
    return value - threshold * (year - first if clause.test in MEANS else 1)
