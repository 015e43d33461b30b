"""What a clause compares with its threshold: falls in points, in households or in percent, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias, assert_never

from thidua_cli.judge.clause.figures import Figure, Missing
from thidua_cli.judge.clause.value_range import ValueRange
from thidua_cli.judge.verdict import ClauseValue, State
from thidua_cli.rulebook.schema import TEST_FORM, Clause, Test, ThresholdUnit

Figures: TypeAlias = Sequence[Figure | Missing]


def values_of(clause: Clause, years: Sequence[int], figures: Figures) -> tuple[ClauseValue, ...]:
    """Return what the figures of the window come to: a fall in each year gives one value per year, other tests one.

    What the threshold says of them is open yet (`threshold.compared`), except of a fall from nothing: 0 → 0 fell by no
    percent of anything, 0 → n rose, so no clause that asks for a fall is met by it.
    """
    match clause.test:
        case Test.RATE_FALL_EACH_YEAR | Test.COUNT_FALL_EACH_YEAR:
            return tuple(yearly_falls(clause, years, figures))
        case Test.RATE_FALL_AVERAGE | Test.COUNT_FALL_AVERAGE:
            return ((_mean_in_percent if is_relative(clause) else _mean)(clause, years, figures),)
        case Test.COUNT_FALL_SINCE_BASELINE:
            return (_fall(clause, years[-1], *figures),)
        case Test.COUNT_AT_YEAR_END | Test.RATE_AT_YEAR_END:
            (figure,) = figures
            return (_value(years[0], None if isinstance(figure, Missing) else figure.value),)
        case _:
            assert_never(clause.test)


def is_relative(clause: Clause) -> bool:
    """Say whether falls are taken in percent of what was there before."""
    return clause.unit is ThresholdUnit.PERCENT


def starts_from_nothing(figure: Figure | Missing) -> bool:
    """Say whether there was nothing, for every possible share of a divided unit."""
    return not isinstance(figure, Missing) and figure.value.high == 0


def yearly_falls(clause: Clause, years: Sequence[int], figures: Figures) -> list[ClauseValue]:
    """Return the fall of every year of the window."""
    return [_fall(clause, year, *pair) for year, pair in zip(years[1:], pairwise(figures), strict=True)]


def _fall(clause: Clause, year: int, before: Figure | Missing, after: Figure | Missing) -> ClauseValue:
    """Return the fall that ends at `year`."""
    relative = is_relative(clause)
    if relative and starts_from_nothing(before):
        return ClauseValue(year, None, state=State.NOT_MET)
    if isinstance(before, Missing) or isinstance(after, Missing):
        return ClauseValue(year, None)
    if relative:
        return _relative_value(clause, year, *_percent_range(before.value, after.value))
    return _value(year, _rounded(clause, before.value.minus(after.value)))


def _mean(clause: Clause, years: Sequence[int], figures: Figures) -> ClauseValue:
    """Return the mean yearly fall in points or households: the first and the last figure suffice."""
    first, last = figures[0], figures[-1]
    if isinstance(first, Missing) or isinstance(last, Missing):
        return ClauseValue(years[-1], None)
    return _value(years[-1], _rounded(clause, first.value.minus(last.value).over(years[-1] - years[0])))


def _mean_in_percent(clause: Clause, years: Sequence[int], figures: Figures) -> ClauseValue:
    """Return the mean of the yearly falls, each of what was there a year before."""
    # One year of nothing inside the window is enough: the mean of the falls has a member that does not exist.
    if any(starts_from_nothing(figure) for figure in figures[:-1]):
        return ClauseValue(years[-1], None, state=State.NOT_MET)
    known = [figure.value for figure in figures if not isinstance(figure, Missing)]
    if len(known) < len(figures):
        return ClauseValue(years[-1], None)
    falls = [_percent_range(*pair) for pair in pairwise(known)]
    worst = [low for low, _ in falls if low is not None]
    least = sum(worst, Fraction(0)) / len(falls) if len(worst) == len(falls) else None
    return _relative_value(clause, years[-1], least, sum((high for _, high in falls), Fraction(0)) / len(falls))


def _percent_range(before: ValueRange, after: ValueRange) -> tuple[Fraction | None, Fraction]:
    """Return the least and the greatest fall in percent of `before`; no least one where that may be nothing."""
    high = _percent(before.high, after.low)
    if before.low is before.high and after.low is after.high:
        return high, high
    return _percent(before.low, after.high) if before.low else None, high


def _percent(before: Fraction, after: Fraction) -> Fraction:
    """Return 100 · (before − after) / before, brought to lowest terms once."""
    start = before.numerator * after.denominator
    return Fraction(100 * (start - after.numerator * before.denominator), start)


def _relative_value(clause: Clause, year: int, low: Fraction | None, high: Fraction) -> ClauseValue:
    if low is not None:
        return _value(year, _rounded(clause, ValueRange(low, high)))
    high = _rounded(clause, ValueRange.of(high)).high
    return ClauseValue(year, None, None, high)


def _rounded(clause: Clause, fall: ValueRange) -> ValueRange:
    """Return a fall as the clause reads it: of counts it may be rounded first; rates were rounded themselves."""
    return fall if TEST_FORM[clause.test].of_rates else fall.rounded(clause.rounded_to)


def _value(year: int, reached: ValueRange | None) -> ClauseValue:
    """Return the value of one year-end: exact, a range, or missing."""
    if reached is None:
        return ClauseValue(year, None)
    exact = reached.exact
    return ClauseValue(year, exact) if exact is not None else ClauseValue(year, None, *reached)
