"""What a clause asks of the figures of each year-end, for the chart of a unit: rates, or counts of households."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from thidua_cli.judge.clause.clause import window_of
from thidua_cli.judge.verdict import ClauseAnswer
from thidua_cli.model import Measure, Series
from thidua_cli.rulebook.schema import TEST_FORM, Clause, Test, ThresholdUnit

_EACH_YEAR = (Test.RATE_FALL_EACH_YEAR, Test.COUNT_FALL_EACH_YEAR)
_AVERAGE = (Test.RATE_FALL_AVERAGE, Test.COUNT_FALL_AVERAGE)
_LEFT = (Test.COUNT_AT_YEAR_END, Test.RATE_AT_YEAR_END)


def asked_figures(answer: ClauseAnswer, series: Series) -> list[tuple[int, Fraction]]:
    """Return down to which figure the clause asks for a fall, at each year-end where the figures before it say so.

    Rates are in percent, counts in households. What is asked since a baseline begins with the figure of that year-end.
    A mean of yearly falls in percent asks for no one figure and is left out.
    """
    return list(_asked(answer.clause, answer.years[-1], series))


def counted_figures(clause: Clause, series: Series) -> list[tuple[int, Fraction]]:
    """Return the figures of every year-end that the clause looks at: rates in percent, or counts in households."""
    known = ((year, _figure(clause, series, year)) for year in sorted(series.years))
    return [(year, figure) for year, figure in known if figure is not None]


def _asked(clause: Clause, as_of: int, series: Series) -> Iterator[tuple[int, Fraction]]:
    threshold, years = Fraction(clause.threshold), window_of(clause, as_of)
    if clause.test in _LEFT:
        yield as_of, threshold
        return
    if clause.test in _AVERAGE and clause.unit is ThresholdUnit.PERCENT:
        return
    start = years[0]
    if clause.test not in _EACH_YEAR and (before := _figure(clause, series, start)) is not None:
        yield start, before
    for steps, year in enumerate(years[1:], start=1):
        if clause.test in _EACH_YEAR:
            start, steps = year - 1, 1
        elif year != years[-1] and clause.test not in _AVERAGE:
            continue
        before = _figure(clause, series, start)
        if before is not None:
            share = before * threshold / 100 if clause.unit is ThresholdUnit.PERCENT else threshold * steps
            yield year, before - share


def _figure(clause: Clause, series: Series, year: int) -> Fraction | None:
    figures = series.years.get(year)
    if figures is None:
        return None
    if not TEST_FORM[clause.test].of_rates:
        count = figures.numerator(clause.measure)
        return None if count is None else Fraction(count)
    return _rate(clause.measure, series, year)


def _rate(measure: Measure, series: Series, year: int) -> Fraction | None:
    figures = series.years[year]
    count, whole = figures.numerator(measure), figures.denominator(measure)
    if count is not None and whole:
        return Fraction(100 * count, whole)
    printed = figures.printed_rate(measure)
    return None if printed is None else printed.middle
