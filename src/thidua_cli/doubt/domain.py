"""What one cell may hold instead of what is printed."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor
from typing import Final

from thidua_cli.named_tuple import NamedTuple


class Domain(NamedTuple):
    """All whole numbers from `low` to `high`, both included, in households; `high` is None where nothing bounds it."""

    low: int
    high: int | None

    @property
    def is_empty(self) -> bool:
        """Say whether no number is left."""
        return self.high is not None and self.high < self.low

    @property
    def only(self) -> int | None:
        """The value, where there is only one."""
        return self.low if self.low == self.high else None

    def has(self, value: int) -> bool:
        """Say whether a number is one of them."""
        return self.low <= value and (self.high is None or value <= self.high)

    def meet(self, other: Domain) -> Domain:
        """Return the numbers in both.

        >>> Domain(0, 10).meet(Domain(4, None))
        Domain(low=4, high=10)
        """
        highs = [high for high in (self.high, other.high) if high is not None]
        return Domain(max(self.low, other.low), min(highs, default=None))

    def join(self, other: Domain) -> Domain:
        """Return the numbers from the least of both to the greatest of both."""
        highs = (self.high, other.high)
        return Domain(min(self.low, other.low), None if None in highs else max(high or 0 for high in highs))

    def without(self, printed: int | None) -> Domain:
        """Return the domain without the printed value where that is one of its ends; inside, it does no harm."""
        if printed is None:
            return self
        if self.low == printed:
            return Domain(printed + 1, self.high)
        return Domain(self.low, printed - 1) if self.high == printed else self


ANY: Final = Domain(0, None)
NONE: Final = Domain(1, 0)


def exactly(value: int) -> Domain:
    """Return the domain of one value; none where it is negative, as no count is."""
    return Domain(value, value) if value >= 0 else NONE


def between(low: Fraction, high: Fraction | None) -> Domain:
    """Return the whole numbers between two fractions."""
    return Domain(max(0, ceil(low)), None if high is None else floor(high))


def met(domains: Iterable[Domain]) -> Domain:
    """Return the numbers in all domains."""
    total = ANY
    for domain in domains:
        total = total.meet(domain)
    return total
