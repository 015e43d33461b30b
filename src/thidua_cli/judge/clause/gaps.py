"""The answer of a clause over everything that its missing or ranged figures may be.

Each fall by itself says too little: 40, ?, 33 could hold either of two falls of 4 points, and not both. So a window is
taken as a chain of year-ends, each with all its possible values (`domain`), and two questions are asked of it: is there
a choice of values with which the clause is met, and is there one with which it is not?
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from math import ceil, floor
from typing import TypeAlias

from thidua_cli.judge.clause.domain import Ceiling, FigureDomain
from thidua_cli.judge.clause.threshold import exact, passes
from thidua_cli.judge.clause.values import is_relative
from thidua_cli.judge.logic import all_of
from thidua_cli.judge.verdict import State
from thidua_cli.language import round_half_up
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.schema import TEST_FORM, Clause, Comparison, Test

Domains: TypeAlias = Sequence[FigureDomain | None]
"""One per year-end that is looked at; None of a figure that has no value."""


def state_over(clause: Clause, domains: Domains, years: int) -> State:
    """Return the answer that all possible values give, else undetermined.

    `years` is the length of the window in years, which a mean is divided by.
    """
    match clause.test:
        case Test.RATE_FALL_EACH_YEAR | Test.COUNT_FALL_EACH_YEAR | Test.COUNT_FALL_SINCE_BASELINE:
            return all_of([_of_chain(clause, run) for run in _runs(domains)])
        case Test.RATE_FALL_AVERAGE | Test.COUNT_FALL_AVERAGE:
            known = [domain for domain in domains if domain is not None]
            if len(known) < len(domains):
                return State.UNDETERMINED
            return (_of_mean_in_percent if is_relative(clause) else _of_mean)(clause, known, years)
        case Test.COUNT_AT_YEAR_END | Test.RATE_AT_YEAR_END:
            (left,) = domains
            return State.UNDETERMINED if left is None else _of_remainder(clause, left)


def _answer(may_be_met: bool, may_fail: bool) -> State:
    if not may_be_met:
        return State.NOT_MET
    return State.UNDETERMINED if may_fail else State.MET


class _Need(NamedTuple):
    """What a fall must come to before it is rounded."""

    least: Fraction
    more_than: bool
    """Just as much does not do."""

    def met_by(self, fall: Fraction) -> bool:
        return fall > self.least or (fall == self.least and not self.more_than)

    def least_left(self, start: Fraction, relative: bool) -> Fraction:
        """Return the most that may be left of `start`."""
        return start * (100 - self.least) / 100 if relative else start - self.least


def _need(clause: Clause) -> _Need:
    """Return what a fall must come to; of falls that are rounded first, from where on they are rounded to enough."""
    threshold, more_than = exact(clause.threshold), clause.comparison is Comparison.MORE_THAN
    if clause.rounded_to is None or TEST_FORM[clause.test].of_rates:
        return _Need(threshold, more_than)
    step = Fraction(1, 10**clause.rounded_to)
    enough = (floor(threshold / step) + 1 if more_than else ceil(threshold / step)) * step
    middle = enough - step / 2
    return _Need(middle, round_half_up(middle, clause.rounded_to) < enough)


# ------------------------------------------------------------ a fall in each year


def _runs(domains: Domains) -> list[list[FigureDomain]]:
    """Return the stretches of the window in which every figure has a value; an empty one between two of them.

    A figure without a value leaves the falls beside it open, whatever else there is.
    """
    runs: list[list[FigureDomain]] = [[]]
    for domain in domains:
        if domain is None:
            runs += [[], []]
        else:
            runs[-1].append(domain)
    return runs


def _of_chain(clause: Clause, run: Sequence[FigureDomain]) -> State:
    if not run:
        return State.UNDETERMINED
    need, relative = _need(clause), is_relative(clause)
    may_fail = any(_may_fail(need, relative, *pair) for pair in pairwise(run))
    return _answer(_may_be_met(need, relative, run), may_fail)


def _may_be_met(need: _Need, relative: bool, run: Sequence[FigureDomain]) -> bool:
    """Walk from the greatest start to the greatest value that each fall still allows.

    The more is left, the easier the next fall: if this walk does not come to the end, none does.
    """
    ceiling = _greatest(run[0])
    if relative and need.least > 100 and len(run) > 1:
        return False
    for domain in run[1:]:
        if ceiling is None:
            if not relative or need.least < 100:
                ceiling = _greatest(domain)
                continue
            ceiling = Ceiling(Fraction(0))  # a fall of all there is: only nothing may be left
        elif relative and ceiling.value == 0:
            return False
        left = need.least_left(ceiling.value, relative)
        approached = not ceiling.is_reached and not (relative and need.least == 100)
        ceiling = domain.greatest(left, need.more_than or approached)
        if ceiling is None:
            return False
    return True


def _greatest(domain: FigureDomain) -> Ceiling | None:
    """Return the greatest value; None where there is no end of them."""
    return None if domain.high is None else Ceiling(domain.high)


def _may_fail(need: _Need, relative: bool, before: FigureDomain, after: FigureDomain) -> bool:
    """Say whether one fall may be too small: from the least start to the greatest end, or from nothing at all."""
    if relative and before.low == 0 and before.low_is_reached:
        return True
    if after.high is None:
        return True
    left = need.least_left(before.low, relative)
    if after.high == left:
        # Just above a least start that is none itself there is more to be left.
        return need.more_than and (before.low_is_reached or (relative and need.least == 100))
    return after.high > left


# ------------------------------------------------------------ means


def _of_mean(clause: Clause, domains: Sequence[FigureDomain], years: int) -> State:
    """Return the answer about a mean in points or households: the first and the last figure suffice."""
    need, first, last = _need(clause), domains[0], domains[-1]
    may_be_met = first.high is None or _above(need, (first.high - last.low) / years, last.low_is_reached)
    if last.high is None:
        return _answer(may_be_met, may_fail=True)
    least = (first.low - last.high) / years
    may_fail = not need.met_by(least) if first.low_is_reached else least < need.least
    return _answer(may_be_met, may_fail)


def _above(need: _Need, most: Fraction, is_reached: bool) -> bool:
    return need.met_by(most) if is_reached else most > need.least


def _of_mean_in_percent(clause: Clause, domains: Sequence[FigureDomain], years: int) -> State:
    """Return the answer about the mean of yearly falls, each of what was there before.

    The mean is met where what was left of each year before (the sum of v₁/v₀, v₂/v₁ …) comes to little enough.
    """
    if any(domain.high == 0 for domain in domains[:-1]):
        return State.NOT_MET
    need = _need(clause)
    most_left = need.least_left(Fraction(years), relative=True)
    may_be_met = _may_come_down_to(domains, most_left, need.more_than)
    greatest = _greatest_sum_left(domains)
    may_fail = greatest is None or greatest > most_left or (need.more_than and greatest == most_left)
    return _answer(may_be_met, may_fail)


def _may_come_down_to(domains: Sequence[FigureDomain], most: Fraction, strict: bool) -> bool:
    """Say whether the shares left may sum up to `most` or less; False only where no values allow it.

    Two bounds hold the sum from below: each share from the greatest start to the least end, and over any stretch of m
    years m times the m-th root of what is left of its start, for no sum of factors is less than that of equal ones.
    """
    least = [Fraction(0) if start.high is None else end.low / start.high for start, end in pairwise(domains)]
    total = sum(least, Fraction(0))
    if total > most or (strict and total == most):
        return False
    for first, last in combinations(range(len(domains)), 2):
        length, start, end = last - first, domains[first].high, domains[last].low
        rest = most - (total - sum(least[first:last], Fraction(0)))
        if length > 1 and start is not None:
            together, allowed = length**length * end / start, rest**length
            if together > allowed or (strict and together == allowed):
                return False
    return True


def _greatest_sum_left(domains: Sequence[FigureDomain]) -> Fraction | None:
    """Return the greatest sum of the shares left, of what is left of each year-end; None where it has no bound.

    A sum of v₁/v₀, v₂/v₁ … is greatest with every value at one of its two ends.
    """
    if any(domain.high is None for domain in domains[1:]):
        return None
    if any(domain.low == 0 and domain.low_is_reached for domain in domains[:-1]):
        return None
    sums = {domains[0].low: Fraction(0)}
    for domain in domains[1:]:
        ends = [domain.low] if domain.high is None else [domain.low, domain.high]
        if 0 in sums and ends[-1] > 0:
            return None
        sums = {end: max(total + (end / start if start else 0) for start, total in sums.items()) for end in ends}
    return max(sums.values())


# ------------------------------------------------------------ what is left


def _of_remainder(clause: Clause, left: FigureDomain) -> State:
    """Return the answer about what is left at a year-end: at most, below, or just so many."""
    threshold = exact(clause.threshold)
    best = left.greatest(threshold, clause.comparison is Comparison.LESS_THAN)
    if clause.comparison is Comparison.EQUAL:
        is_met = best is not None and best.value == threshold and best.is_reached
        return _answer(is_met, may_fail=left.exact is None)
    return _answer(best is not None, left.high is None or not passes(clause, left.high))
