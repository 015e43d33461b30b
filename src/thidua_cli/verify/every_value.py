"""The answer of a clause that all values of its open figures give, or undetermined.

Taken from the end of the window: which least value must have stood at each year-end, for all later falls to be enough?
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from thidua_cli.verify.answers import MET, NOT_MET, UNDETERMINED
from thidua_cli.verify.open_figures import Choices
from thidua_cli.verify.said import Clause


def answer_of_all(clause: Clause, figures: Sequence[Choices | None], years: int) -> str:
    """Return the answer over all values; `years` is the length of the window."""
    if clause.test.endswith("_at_year_end"):
        (left,) = figures
        return UNDETERMINED if left is None else _left(clause, left)
    known = [figure for figure in figures if figure is not None]
    if clause.test.endswith("_average"):
        if len(known) < len(figures):
            return UNDETERMINED
        return _mean_percent(clause, known) if clause.unit == "percent" else _mean(clause, known, years)
    stretches = _stretches(figures)
    answers = [_falls(clause, stretch) for stretch in stretches]
    if NOT_MET in answers:
        return NOT_MET
    return UNDETERMINED if UNDETERMINED in answers or len(known) < len(figures) else MET


def _stretches(figures: Sequence[Choices | None]) -> list[list[Choices]]:
    stretches: list[list[Choices]] = [[]]
    for figure in figures:
        if figure is None:
            stretches.append([])
        else:
            stretches[-1].append(figure)
    return [stretch for stretch in stretches if len(stretch) > 1]


def _asked(clause: Clause) -> tuple[Fraction, bool]:
    """Return the fall that is asked for, and whether more than it; before rounding, where falls are rounded."""
    threshold, more = Fraction(Decimal(clause.threshold)), clause.comparison == ">"
    if clause.rounded_to is None or clause.test.startswith("rate"):
        return threshold, more
    scale = 10**clause.rounded_to
    enough = floor(threshold * scale) + 1 if more else ceil(threshold * scale)
    # What lies half a step below is rounded up to enough; below zero it is rounded away from it.
    return (enough - Fraction(1, 2)) / scale, enough <= 0


def _state(possible: bool, certain: bool) -> str:
    return (MET if certain else UNDETERMINED) if possible else NOT_MET


def _falls(clause: Clause, figures: Sequence[Choices]) -> str:
    asked, more = _asked(clause)
    relative = clause.unit == "percent"
    certain = all(_always_enough(before, after, asked, more, relative) for before, after in pairwise(figures))
    return _state(_some_way(figures, asked, more, relative), certain)


def _some_way(figures: Sequence[Choices], asked: Fraction, more: bool, relative: bool) -> bool:
    """Walk back from the least end to the least value before it from which the fall is enough."""
    if relative and (asked > 100 or (asked == 100 and more)):
        return False
    value, taken = figures[-1].low, figures[-1].low_is_taken
    for before in reversed(figures[:-1]):
        if not relative:
            step = before.least(value + asked, more or not taken)
        elif asked == 100:
            step = before.least(Fraction(0), True) if value == 0 and taken else None
        else:
            step = before.least(value * 100 / (100 - asked), more or not taken or value == 0)
        if step is None:
            return False
        value, taken = step
    return True


def _always_enough(before: Choices, after: Choices, asked: Fraction, more: bool, relative: bool) -> bool:
    """Say whether even the smallest fall is enough: from the least start to the greatest end."""
    if after.high is None or (relative and before.low == 0 and before.low_is_taken):
        return False
    allowed = before.low * (1 - asked / 100) if relative else before.low - asked
    if after.high != allowed:
        return after.high < allowed
    return not more or not (before.low_is_taken or (relative and asked == 100))


def _mean(clause: Clause, figures: Sequence[Choices], years: int) -> str:
    asked, more = _asked(clause)
    first, last = figures[0], figures[-1]
    possible = first.high is None
    if first.high is not None:
        best = (first.high - last.low) / years
        possible = best > asked or (best == asked and last.low_is_taken and not more)
    if last.high is None:
        return _state(possible, certain=False)
    worst = (first.low - last.high) / years
    return _state(possible, worst > asked or (worst == asked and not (more and first.low_is_taken)))


def _mean_percent(clause: Clause, figures: Sequence[Choices]) -> str:
    """Return the answer about the mean of v₁/v₀, v₂/v₁ …: what was left of each year before must be little enough."""
    if any(figure.high == 0 for figure in figures[:-1]):
        return NOT_MET
    asked, more = _asked(clause)
    allowed = (len(figures) - 1) * (1 - asked / 100)
    most = _most_left(figures)
    certain = most is not None and (most < allowed or (most == allowed and not more))
    return _state(_can_be_little(figures, allowed, more), certain)


def _can_be_little(figures: Sequence[Choices], allowed: Fraction, more: bool) -> bool:
    shares = [Fraction(0) if before.high is None else after.low / before.high for before, after in pairwise(figures)]
    if sum(shares) > allowed or (more and sum(shares) == allowed):
        return False
    for first in range(len(figures)):
        for last in range(first + 2, len(figures)):
            start = figures[first].high
            if start is None:
                continue
            # Of several factors with one product the sum is least where they are equal.
            number, product = last - first, figures[last].low / start
            room = allowed - sum(shares[:first]) - sum(shares[last:])
            least, most = product * number**number, room**number
            if least > most or (more and least == most):
                return False
    return True


def _most_left(figures: Sequence[Choices]) -> Fraction | None:
    """Return the greatest sum of shares left, with every figure at one of its ends; None where it has no end."""
    totals: dict[Fraction, Fraction] = {figures[0].low: Fraction(0)}
    for before, after in pairwise(figures):
        if after.high is None or (before.low == 0 and (before.low_is_taken or after.high > 0)):
            return None
        totals = {
            end: max(total + (end / start if start else 0) for start, total in totals.items())
            for end in {after.low, after.high}
        }
    return max(totals.values())


def _left(clause: Clause, left: Choices) -> str:
    threshold = Fraction(Decimal(clause.threshold))
    if clause.comparison == "=":
        least = left.least(threshold, False)
        return _state(least == (threshold, True), left.low == left.high)
    strict = clause.comparison == "<"
    possible = left.low < threshold or (left.low == threshold and left.low_is_taken and not strict)
    certain = left.high is not None and (left.high < threshold or (left.high == threshold and not strict))
    return _state(possible, certain)
