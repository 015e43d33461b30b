"""The way still to go to a later deadline, and whether the pace so far suffices."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import assert_never

from thidua_cli.judge.clause.figures import figures_at, known_count
from thidua_cli.judge.clause.threshold import exact, limit_at, limit_of_fall, limit_of_remainder
from thidua_cli.judge.clause.values import is_relative, yearly_falls
from thidua_cli.judge.target_verdict import Pace
from thidua_cli.judge.verdict import State
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import Clause, Test


def pace_to(clause: Clause, series: Series, as_of: int, deadline: int) -> Pace | None:
    """Return how many households must still leave to meet a target at `deadline`; None where that is not known.

    All households are taken to stay as many as they are at `as_of`.
    """
    most_left = _most_left(clause, series, as_of, deadline)
    count = known_count(series, as_of, clause)
    if most_left is None or count is None:
        return None
    years = deadline - as_of
    # more than there are cannot leave: a number that says so would be planned with
    to_leave = None if most_left < 0 else max(0, count - most_left)
    since = _start(clause, series, as_of)
    before = None if since is None else known_count(series, since, clause)
    so_far = None if before is None or since is None else Fraction(before - count, as_of - since)
    return Pace(
        deadline=deadline,
        most_left=most_left,
        to_leave=to_leave,
        a_year=None if to_leave is None else ceil(Fraction(to_leave, years)),
        so_far=so_far,
        since=since,
        on_track=_on_track(to_leave, years, so_far),
    )


def _on_track(to_leave: int | None, years: int, so_far: Fraction | None) -> bool | None:
    if to_leave is None:
        return False
    if to_leave == 0:
        return True
    return None if so_far is None else so_far * years >= to_leave


def _most_left(clause: Clause, series: Series, as_of: int, deadline: int) -> int | None:
    """Return the largest count that meets the target at the deadline, None where it cannot be known."""
    match clause.test:
        case Test.COUNT_AT_YEAR_END | Test.RATE_AT_YEAR_END:
            (left,) = figures_at(series, (as_of,), clause)
            remainder = limit_of_remainder(clause, left, State.UNDETERMINED)
            return None if remainder is None else remainder.limit
        case Test.COUNT_FALL_SINCE_BASELINE:
            return _after(clause, series, clause.baseline_year or as_of, as_of, exact(clause.threshold))
        case Test.RATE_FALL_EACH_YEAR | Test.COUNT_FALL_EACH_YEAR:
            # Only the next fall can be told: each later one starts from a count that is not known yet.
            return _after(clause, series, as_of, as_of, exact(clause.threshold)) if deadline == as_of + 1 else None
        case Test.RATE_FALL_AVERAGE | Test.COUNT_FALL_AVERAGE:
            start = clause.baseline_year if clause.baseline_year is not None else deadline - (clause.years or 1)
            if is_relative(clause):
                return _after_relative_mean(clause, series, start, as_of, deadline)
            return _after(clause, series, start, as_of, exact(clause.threshold) * (deadline - start))
        case _:
            assert_never(clause.test)


def _after(clause: Clause, series: Series, start: int, as_of: int, need: Fraction) -> int | None:
    if start > as_of:
        return None
    fall = limit_of_fall(clause, figures_at(series, (start, as_of), clause), need, State.MET, State.UNDETERMINED)
    return None if fall is None else fall.limit


def _after_relative_mean(clause: Clause, series: Series, start: int, as_of: int, deadline: int) -> int | None:
    """Return what is left if every year to come falls by what the mean still lacks, or may rise by what it has over."""
    if start > as_of or clause.rounded_to is not None:
        return None
    years = tuple(range(start, as_of + 1))
    figures = figures_at(series, years, clause)
    falls = [fall.value for fall in yearly_falls(clause, years, figures)]
    done = [fall for fall in falls if fall is not None]
    count = known_count(series, as_of, clause)
    if count is None or len(done) < len(falls):
        return None
    still = (exact(clause.threshold) * (deadline - start) - sum(done, Fraction(0))) / (deadline - as_of)
    left = count * (max(Fraction(0), 100 - still) / 100) ** (deadline - as_of)
    return limit_at(clause, left).limit


def _start(clause: Clause, series: Series, as_of: int) -> int | None:
    """Return the year-end the pace so far counts from: the baseline, or else the first one known of this window."""
    if clause.baseline_year is not None:
        return clause.baseline_year if clause.baseline_year < as_of else None
    known = (year for year in sorted(series.years) if year < as_of and known_count(series, year, clause) is not None)
    return next(known, None)
