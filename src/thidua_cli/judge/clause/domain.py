"""All that a figure may be where it is missing or not known exactly, as far as what stands beside it tells.

Poor and near-poor households of a known number of households are whole numbers, none to all of them, so their rate is
one of as many steps; of an unknown number of households the rate is one of count / h. Where no more is said than a sum
of ranges allows, the domain holds more than can be: an answer may stay open by it, and never be certain and wrong.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Final, TypeAlias

from thidua_cli.judge.clause.figures import Figure, Missing, Why
from thidua_cli.language import round_half_up
from thidua_cli.model import Measure, YearFigures
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.schema import TEST_FORM, Clause


class Ceiling(NamedTuple):
    """The greatest of some values, or what they come as near to as one likes."""

    value: Fraction
    is_reached: bool = True


Greatest: TypeAlias = Callable[[Fraction, bool], Ceiling | None]
"""(bound, strict) → the greatest value up to the bound, below it where strict; None where there is none."""


class FigureDomain(NamedTuple):
    """All that one figure of a window may be: households, or percent of them."""

    low: Fraction
    high: Fraction | None
    """None where there is no greatest value."""
    greatest: Greatest
    low_is_reached: bool = True
    """Whether `low` is a value itself: a rate of unknown households comes as near to 0 as one likes."""

    @property
    def exact(self) -> Fraction | None:
        """The value, where there is only one."""
        return self.low if self.low == self.high else None


_MOST_VALUES: Final = 10_000
"""So many rates are listed of a count and households that both lie between two ends; of more only the ends are kept."""


def domain_of(clause: Clause, figure: Figure | Missing, figures: YearFigures | None) -> FigureDomain | None:
    """Return what a figure of a window may be; None where it has no value at all: of no households there is no rate.

    `figures` are those of the year-end, whether they can be used or not.
    """
    of_rates = TEST_FORM[clause.test].of_rates
    domain = _domain(clause, figure, figures)
    return domain if domain is None or not of_rates or clause.rounded_to is None else rounded(domain, clause.rounded_to)


def _domain(clause: Clause, figure: Figure | Missing, figures: YearFigures | None) -> FigureDomain | None:
    of_rates = TEST_FORM[clause.test].of_rates
    anything = between(Fraction(0), Fraction(100)) if of_rates else whole_numbers(0, None)
    if isinstance(figure, Missing):
        if figure.why is Why.NO_HOUSEHOLDS:
            return None
        if figure.why is not Why.COUNT_LACKING or figures is None or figures.divided:
            return anything
    elif figures is None or figures.divided or not figures.bounds or figure.value.exact is not None:
        return between(*figure.value)
    count, households = open_counts(figures, clause.measure)
    if households.high == 0 and of_rates:
        return None
    if any(bounds.high is not None and bounds.high < bounds.low for bounds in (count, households)):
        return anything  # the counts contradict each other: nothing is to be concluded from them
    return _rates(count, households) if of_rates else whole_numbers(*count)


# ------------------------------------------------------------ counts


class CountBounds(NamedTuple):
    """What a count may be, in households."""

    low: int
    high: int | None
    """None where no bound is known."""


_BESIDE: Final = {
    Measure.POOR: "near_poor_households",
    Measure.NEAR_POOR: "poor_households",
    Measure.MINORITY_POOR: "minority_near_poor_households",
}
"""Measure → the count that shares the households with it."""

_WITHIN: Final = {Measure.MINORITY_POOR: "poor_households", Measure.MERIT_POOR: "poor_households"}
"""Measure → a count, besides the households, of which its own is a part."""


def open_counts(figures: YearFigures, measure: Measure) -> tuple[CountBounds, CountBounds]:
    """Return what the count of a measure may be, and the households it is taken of, by all that is known beside them.

    No count is below 0; poor and near-poor together are no more than the households.
    """
    parts = [count_bounds(figures, name) for name in measure.parts]
    low = sum(part.low for part in parts)
    highs = [part.high for part in parts if part.high is not None]
    whole, beside = count_bounds(figures, measure.whole), _beside(figures, measure)
    fewest = 0 if whole.high == 0 else max(whole.low, low + beside, 1)
    households = CountBounds(fewest, _most_households(whole, figures, measure))
    limits = [sum(highs)] if len(highs) == len(parts) else []
    limits += [] if households.high is None else [households.high - beside]
    within = count_bounds(figures, _WITHIN[measure]).high if measure in _WITHIN else None
    limits += [] if within is None else [within]
    return CountBounds(low, min(limits, default=None)), households


def count_bounds(figures: YearFigures, name: str) -> CountBounds:
    """Return what one count may be, no less than any count that is a part of it."""
    count = figures.counts.get(name)
    if count is not None:
        return CountBounds(count, count)
    low, high = figures.bounds.get(name, (0, None))
    contained = [count_bounds(figures, part).low for part in _CONTAINS.get(name, ())]
    return CountBounds(max(low, *contained) if contained else low, high)


_CONTAINS: Final = {
    "households": ("minority_households",),
    "poor_households": ("minority_poor_households", "merit_poor_households"),
    "near_poor_households": ("minority_near_poor_households",),
}
"""Count → counts each of which is a part of it."""


def _beside(figures: YearFigures, measure: Measure) -> int:
    return count_bounds(figures, _BESIDE[measure]).low if measure in _BESIDE else 0


def _most_households(whole: CountBounds, figures: YearFigures, measure: Measure) -> int | None:
    """Return the most households: those of a minority are no more than all."""
    if measure.whole == "households" or whole.high is not None:
        return whole.high
    return count_bounds(figures, "households").high


COUNTS_BESIDE: Final = tuple(
    dict.fromkeys([*_CONTAINS, *(part for parts in _CONTAINS.values() for part in parts), *_BESIDE.values()])
)
"""The counts that may tell something of another one."""


# ------------------------------------------------------------ rates


def _rates(count: CountBounds, households: CountBounds) -> FigureDomain:
    """Return all rates of a count and households that are independent but for count ≤ households."""
    if households.high is None:
        if count.low == count.high:
            return _of_any_households(count.low, households.low)
        most = Fraction(100) if count.high is None else min(Fraction(100), Fraction(100 * count.high, households.low))
        return between(Fraction(0), most)
    high = households.high if count.high is None else min(count.high, households.high)
    if households.low == households.high:
        return whole_numbers(count.low, high, Fraction(100, households.low))
    if (high - count.low + 1) * (households.high - households.low + 1) <= _MOST_VALUES:
        return _listed(count.low, high, households.low, households.high)
    most = Fraction(100 * high, max(households.low, high))
    return between(Fraction(100 * count.low, households.high), most)


def _listed(low: int, high: int, fewest: int, most: int) -> FigureDomain:
    rates = {
        Fraction(100 * count, households)
        for households in range(fewest, most + 1)
        for count in range(low, min(high, households) + 1)
    }
    return _values(sorted(rates))


# ------------------------------------------------------------ kinds of domains


def between(low: Fraction, high: Fraction) -> FigureDomain:
    """Return every value from `low` to `high`."""

    def greatest(bound: Fraction, strict: bool) -> Ceiling | None:
        if bound > high:
            return Ceiling(high)
        outside = bound < low or (strict and bound == low)
        return None if outside else Ceiling(bound, is_reached=not strict)

    return FigureDomain(low, high, greatest)


def whole_numbers(first: int, last: int | None, step: Fraction = Fraction(1)) -> FigureDomain:
    """Return the multiples of `step` from the first to the last."""

    def greatest(bound: Fraction, strict: bool) -> Ceiling | None:
        number = ceil(bound / step) - 1 if strict else floor(bound / step)
        if last is not None:
            number = min(number, last)
        return None if number < first else Ceiling(number * step)

    return FigureDomain(first * step, None if last is None else last * step, greatest)


def _of_any_households(count: int, fewest: int) -> FigureDomain:
    """Return every rate of a known count, of so many households or any number more."""
    if count == 0:
        return between(Fraction(0), Fraction(0))
    high = Fraction(100 * count, fewest)

    def greatest(bound: Fraction, strict: bool) -> Ceiling | None:
        if bound <= 0:
            return None
        households = 100 * count / bound
        enough = floor(households) + 1 if strict else ceil(households)
        return Ceiling(Fraction(100 * count, max(enough, fewest)))

    return FigureDomain(Fraction(0), high, greatest, low_is_reached=False)


def _values(values: Sequence[Fraction]) -> FigureDomain:
    def greatest(bound: Fraction, strict: bool) -> Ceiling | None:
        number = (bisect_left if strict else bisect_right)(values, bound)
        return Ceiling(values[number - 1]) if number else None

    return FigureDomain(values[0], values[-1], greatest)


def rounded(domain: FigureDomain, places: int) -> FigureDomain:
    """Return a domain of rates with every value rounded half up."""
    step = Fraction(1, 10**places)

    def greatest(bound: Fraction, strict: bool) -> Ceiling | None:
        number = ceil(bound / step) - 1 if strict else floor(bound / step)
        # What lies below the middle between two steps is rounded down; rates are never negative.
        ceiling = domain.greatest((number + Fraction(1, 2)) * step, True) if number >= 0 else None
        if ceiling is None:
            return None
        if ceiling.is_reached:
            return Ceiling(round_half_up(ceiling.value, places))
        return Ceiling(ceil(ceiling.value / step - Fraction(1, 2)) * step)

    high = None if domain.high is None else round_half_up(domain.high, places)
    return FigureDomain(round_half_up(domain.low, places), high, greatest)
