"""The fall from one figure to another: in points, in households, or in percent of what it was."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from thidua_cli.judge.clause.figures import Figure, Missing
from thidua_cli.judge.clause.path import Held, Step, largest_passing, value_at
from thidua_cli.judge.clause.span import Span, held_against, passes
from thidua_cli.judge.verdict import PathValue, State
from thidua_cli.rulebook.schema import TEST_FORM, Rule, ThresholdUnit


class Bounds(NamedTuple):
    """What a fall in percent may be."""

    worst: Fraction | None
    """None where the fall may start from nothing: from nothing there is no fall."""
    best: Fraction


def is_relative(rule: Rule) -> bool:
    """Say whether falls are taken in percent of what was there before."""
    return rule.unit is ThresholdUnit.PERCENT


def fall(rule: Rule, year: int, before: Figure | Missing, after: Figure | Missing) -> Held:
    """Return the fall that ends at `year`, held against the threshold.

    From nothing there is no fall: 0 → 0 fell by no percent of anything, 0 → n rose. A clause that asks for a fall in
    percent is not met by either.
    """
    if is_relative(rule) and starts_from_nothing(before):
        return Held(PathValue(year, None), State.NOT_MET)
    if isinstance(before, Missing) or isinstance(after, Missing):
        return Held(PathValue(year, None), State.UNDETERMINED)
    if is_relative(rule):
        return held_fall(rule, year, percent_bounds(before.value, after.value))
    span = read_fall(rule, before.value.minus(after.value))
    return Held(value_at(year, span), held_against(rule, span))


def yearly_falls(rule: Rule, years: Sequence[int], figures: Sequence[Figure | Missing]) -> list[Held]:
    """Return the fall of every year of the window."""
    return [fall(rule, year, *pair) for year, pair in zip(years[1:], pairwise(figures), strict=True)]


def starts_from_nothing(figure: Figure | Missing) -> bool:
    """Say whether there was nothing, for every possible share of a divided unit."""
    return not isinstance(figure, Missing) and figure.value.high == 0


def percent_bounds(before: Span, after: Span) -> Bounds:
    """Return the least and the greatest fall in percent of `before`, which may be more than nothing.

    >>> percent_bounds(Span.of(80), Span.of(60))
    Bounds(worst=Fraction(25, 1), best=Fraction(25, 1))
    """
    best = _percent(before.high, after.low)
    if before.low is before.high and after.low is after.high:
        return Bounds(best, best)
    return Bounds(_percent(before.low, after.high) if before.low else None, best)


def _percent(before: Fraction, after: Fraction) -> Fraction:
    """Return 100 · (before − after) / before, brought to lowest terms once."""
    start = before.numerator * after.denominator
    return Fraction(100 * (start - after.numerator * before.denominator), start)


def held_fall(rule: Rule, year: int, bounds: Bounds) -> Held:
    """Hold a fall in percent against the threshold."""
    if bounds.worst is not None:
        span = read_fall(rule, Span(bounds.worst, bounds.best))
        return Held(value_at(year, span), held_against(rule, span))
    best = read_fall(rule, Span.of(bounds.best)).high
    return Held(PathValue(year, None, None, best), State.UNDETERMINED if passes(rule, best) else State.NOT_MET)


def read_fall(rule: Rule, span: Span) -> Span:
    """Return a fall as the rule reads it: of counts it may be rounded first; rates were rounded themselves."""
    if rule.rounded_to is None or TEST_FORM[rule.test].of_rates:
        return span
    return span.rounded(rule.rounded_to)


class LastFall(NamedTuple):
    """The fall at the end of a window: what the last count decides."""

    before: Figure | Missing
    last: Figure | Missing
    need: Fraction
    """What the fall must be, in the rule's unit of measure."""


def last_step(rule: Rule, end: LastFall, others: State, state: State) -> Step | None:
    """Return the answer as a function of the last count; None where figures are a range or rounded.

    `others` is the answer of the rest of the window, which stands where the last fall passes; `state` is that of all.
    """
    if isinstance(end.before, Missing) or isinstance(end.last, Missing):
        return Step.constant(state)
    start = end.before.value.exact
    if start is None or end.last.value.exact is None or rule.rounded_to is not None:
        return None
    if is_relative(rule) and start == 0:
        return Step.constant(State.NOT_MET)
    bound = start * (100 - end.need) / 100 if is_relative(rule) else start - end.need
    if TEST_FORM[rule.test].of_rates:
        if end.last.households is None:
            return None
        bound = bound * end.last.households / 100
    return Step(largest_passing(rule, bound), within=others, beyond=State.NOT_MET)
