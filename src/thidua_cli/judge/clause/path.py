"""What every path has: the values held against its threshold, its answer, and its dependence on the last count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from thidua_cli.judge.clause.figures import Figure, Missing
from thidua_cli.judge.clause.span import Span
from thidua_cli.judge.verdict import PathValue, PathVerdict, Position, State
from thidua_cli.rulebook.schema import Comparison, Rule


class Held(NamedTuple):
    """A value and what the threshold says of it."""

    value: PathValue
    state: State


@dataclass(frozen=True, slots=True)
class Step:
    """The path's answer as a function of the last year-end's count, all else held: it changes at one place at most."""

    limit: int | None
    """Largest count, in households, with which the last fall passes; None where that count decides nothing."""
    within: State
    """The answer at `limit` and below."""
    beyond: State
    """The answer above `limit`."""

    def at(self, count: int) -> State:
        """Return the answer at another count."""
        return self.beyond if self.limit is not None and count > self.limit else self.within

    @classmethod
    def constant(cls, state: State) -> Step:
        """Return the step that is none."""
        return cls(None, state, state)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of one rule, without words."""

    rule: Rule
    state: State
    falls: tuple[Held, ...]
    """What was held against the threshold: one value, or one per year of the window."""
    years: tuple[int, ...]
    """Year-ends of the window, oldest first; only the judged one where there is no window."""
    used: tuple[int, ...] = ()
    """Those of `years` of which figures were looked at."""
    figures: tuple[Figure | Missing, ...] = ()
    """The figures of `used`."""
    step: Step | None = None
    """Dependence on the last count; None where that is not known: figures are a range, or are rounded first."""


@dataclass(frozen=True, slots=True)
class EvaluatedPath:
    """The answer of one rule with its dependence on the last count."""

    verdict: PathVerdict
    step: Step | None
    """As in `Outcome`."""


def value_at(year: int, span: Span | None) -> PathValue:
    """Return what is held against the threshold at one year-end: exact, a range, or missing."""
    if span is None:
        return PathValue(year, None)
    exact = span.exact
    return PathValue(year, exact) if exact is not None else PathValue(year, None, span.low, span.high)


def position_of(rule: Rule, values: Sequence[PathValue]) -> Position | None:
    """Return where the values lie in the rule's range; None without a range, or where that cannot be known.

    One value below makes the whole below; above is only what is above throughout.
    """
    if rule.upper is None:
        return None
    places = {_place(rule, value) for value in values}
    if Position.BELOW in places:
        return Position.BELOW
    if None in places:
        return None
    return Position.WITHIN if Position.WITHIN in places else Position.ABOVE


def _place(rule: Rule, value: PathValue) -> Position | None:
    ends = (value.value, value.value) if value.value is not None else (value.low, value.high)
    places = {_place_of(rule, end) for end in ends}
    return places.pop() if len(places) == 1 else None


def _place_of(rule: Rule, value: Fraction | None) -> Position | None:
    if value is None or rule.upper is None:
        return None
    if value < Fraction(rule.threshold):
        return Position.BELOW
    return Position.ABOVE if value > Fraction(rule.upper) else Position.WITHIN


def largest_passing(rule: Rule, bound: Fraction) -> int:
    """Return the largest whole count c with c ≤ bound, or c < bound where the threshold itself does not pass."""
    strict = rule.comparison in (Comparison.MORE_THAN, Comparison.LESS_THAN)
    return ceil(bound) - 1 if strict else floor(bound)
