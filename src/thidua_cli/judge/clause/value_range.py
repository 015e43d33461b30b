"""Values that are known exactly or only between two ends.

A unit that divided its households leaves its successors figures between two extremes, and a source that prints a
rounded rate leaves it between two. Falls and comparisons run over the extremes, so that a verdict is certain only where
every possible value leads to it.
"""

from __future__ import annotations

from fractions import Fraction

from thidua_cli.language import round_half_up
from thidua_cli.named_tuple import NamedTuple


class ValueRange(NamedTuple):
    """All that a value may be: from `low` to `high`, both included; one value where they are equal.

    An exact value has one object at both ends, which spares most units the second half of the arithmetic.
    """

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, value: Fraction | int) -> ValueRange:
        """Return the range of one known value."""
        exact = Fraction(value)
        return cls(exact, exact)

    @property
    def exact(self) -> Fraction | None:
        """The value, where there is only one."""
        return self.low if self.low is self.high or self.low == self.high else None

    def minus(self, taken: ValueRange) -> ValueRange:
        """Return all differences of a value of this range and one of the other.

        >>> ValueRange(Fraction(10), Fraction(12)).minus(ValueRange(Fraction(4), Fraction(5)))
        ValueRange(low=Fraction(5, 1), high=Fraction(8, 1))
        """
        low = self.low - taken.high
        exact = self.low is self.high and taken.low is taken.high
        return ValueRange(low, low if exact else self.high - taken.low)

    def over(self, number: int) -> ValueRange:
        """Return the range divided by a positive number."""
        low = self.low / number
        return ValueRange(low, low if self.low is self.high else self.high / number)

    def rounded(self, places: int | None) -> ValueRange:
        """Return all values rounded half up; rounding keeps the order, so the ends suffice. None rounds nothing."""
        if places is None:
            return self
        low = round_half_up(self.low, places)
        return ValueRange(low, low if self.low is self.high else round_half_up(self.high, places))
