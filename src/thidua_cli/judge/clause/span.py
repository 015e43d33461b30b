"""Values that are known exactly or only as a range, and what a threshold says of them.

A unit that divided its households leaves its successors figures between two extremes. Falls and comparisons run over
the extremes, so that an answer is certain only where every possible share of the divided unit leads to it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from thidua_cli.judge.verdict import State
from thidua_cli.language import round_half_up
from thidua_cli.rulebook.schema import Comparison, Rule


class Span(NamedTuple):
    """All that a value may be: from `low` to `high`, both included; one value where they are equal."""

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, value: Fraction | int) -> Span:
        """Return the span of one known value."""
        exact = Fraction(value)
        return cls(exact, exact)

    @property
    def exact(self) -> Fraction | None:
        """The value, where there is only one."""
        return self.low if self.low is self.high or self.low == self.high else None

    def minus(self, other: Span) -> Span:
        """Return all differences of a value of this span and one of the other.

        >>> Span(Fraction(10), Fraction(12)).minus(Span(Fraction(4), Fraction(5)))
        Span(low=Fraction(5, 1), high=Fraction(8, 1))
        """
        low = self.low - other.high
        exact = self.low is self.high and other.low is other.high
        return Span(low, low if exact else self.high - other.low)

    def over(self, number: int) -> Span:
        """Return the span divided by a positive number."""
        low = self.low / number
        return Span(low, low if self.low is self.high else self.high / number)

    def rounded(self, places: int) -> Span:
        """Return the span of all values rounded half up; rounding keeps the order, so the ends suffice."""
        low = round_half_up(self.low, places)
        return Span(low, low if self.low is self.high else round_half_up(self.high, places))


@lru_cache(maxsize=256)
def exact(number: Decimal) -> Fraction:
    """Return a threshold as a fraction: a rule asks for its own with every unit."""
    return Fraction(number)


def held_against(rule: Rule, span: Span | None) -> State:
    """Return met if every value passes the rule's threshold, not met if none does, else undetermined.

    What passes lies on one side of the threshold, so the two ends speak for all values between them; what is asked to
    be equal lies between them or not.
    """
    if span is None:
        return State.UNDETERMINED
    if rule.comparison is Comparison.EQUAL and span.exact is None:
        possible = span.low <= exact(rule.threshold) <= span.high
        return State.UNDETERMINED if possible else State.NOT_MET
    low = passes(rule, span.low)
    if span.low is not span.high and passes(rule, span.high) != low:
        return State.UNDETERMINED
    return State.MET if low else State.NOT_MET


def passes(rule: Rule, value: Fraction) -> bool:
    """Say whether one exact value passes the rule's threshold."""
    threshold = exact(rule.threshold)
    return rule.comparison.holds(value.numerator * threshold.denominator - threshold.numerator * value.denominator)
