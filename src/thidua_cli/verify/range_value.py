"""A value that is known exactly or between two ends."""

from __future__ import annotations

from fractions import Fraction

from thidua_cli.named_tuple import NamedTuple


class Range(NamedTuple):
    """From `low` to `high`; `low` is None where there is no least value."""

    low: Fraction | None
    high: Fraction

    @property
    def exact(self) -> Fraction | None:
        """The value, where there is only one."""
        return self.low if self.low == self.high else None


def exact_text(value: Fraction) -> str:
    """Write a number as "a/b"."""
    return f"{value.numerator}/{value.denominator}"
