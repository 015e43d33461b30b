"""The one place where a value meets the threshold of a clause: what it answers, and which last count still passes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from thidua_cli.judge.verdict import ClauseValue, CountLimit, Position, State
from thidua_cli.rulebook.schema import ClassExit, Comparison, Rule


@lru_cache(maxsize=256)
def exact(number: Decimal) -> Fraction:
    """Return a threshold as a fraction: a clause asks for its own with every unit."""
    return Fraction(number)


def passes(clause: Rule | ClassExit, value: Fraction) -> bool:
    """Say whether one exact value passes: multiplied across, since floats misjudge half of all exact falls."""
    threshold = exact(clause.threshold)
    return clause.comparison.holds(value.numerator * threshold.denominator - threshold.numerator * value.denominator)


def compare(clause: Rule | ClassExit, low: Fraction | None, high: Fraction | None) -> State:
    """Return met if every value from `low` to `high` passes, not met if none does, else undetermined.

    What passes lies on one side of the threshold, so the two ends speak for all values between them; what is asked to
    be equal lies between them or not. `low` is None of a fall that may start from nothing, `high` as well of one that
    does for certain: from nothing there is no fall, so no clause that asks for one is met by it.
    """
    if high is None:
        return State.NOT_MET
    best = passes(clause, high)
    if low is None:
        return State.UNDETERMINED if best else State.NOT_MET
    if low is high or low == high:
        return State.MET if best else State.NOT_MET
    if clause.comparison is Comparison.EQUAL:
        return State.UNDETERMINED if low <= exact(clause.threshold) <= high else State.NOT_MET
    if passes(clause, low) != best:
        return State.UNDETERMINED
    return State.MET if best else State.NOT_MET


def limit_at(clause: Rule, bound: Fraction, within: State = State.MET) -> CountLimit:
    """Return the step of a clause that is passed up to `bound` households: whole ones, fewer where it says "more than".

    `within` is the answer of the rest of the window, which stands where the last count passes.
    """
    strict = clause.comparison in (Comparison.MORE_THAN, Comparison.LESS_THAN)
    return CountLimit(ceil(bound) - 1 if strict else floor(bound), within, State.NOT_MET)


def position_of(clause: Rule, values: Sequence[ClauseValue]) -> Position | None:
    """Return where the values lie in the clause's range ("1-1,5%"); None without one, or where that cannot be known.

    One value below makes the whole below; above is only what is above throughout.
    """
    if clause.upper is None:
        return None
    positions = {_position(clause, clause.upper, value) for value in values}
    if Position.BELOW in positions:
        return Position.BELOW
    if None in positions:
        return None
    return Position.WITHIN if Position.WITHIN in positions else Position.ABOVE


def _position(clause: Rule, upper: Decimal, value: ClauseValue) -> Position | None:
    ends = (value.value, value.value) if value.value is not None else (value.low, value.high)
    positions = {
        None
        if end is None
        else Position.BELOW
        if end < exact(clause.threshold)
        else Position.ABOVE
        if end > exact(upper)
        else Position.WITHIN
        for end in ends
    }
    return positions.pop() if len(positions) == 1 else None
