"""Rules on the fall of a rate, in percentage points."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from thidua_cli.judge import reasons
from thidua_cli.judge.figures import Missing, Rate, rate_at
from thidua_cli.judge.logic import all_of
from thidua_cli.judge.path import EvaluatedPath, Step, largest_passing, missing_of, undetermined_for, value_at
from thidua_cli.judge.rounding import rounding_note
from thidua_cli.judge.span import Span, held_against
from thidua_cli.judge.verdict import PathVerdict, State
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import Rule


def rate_fall_each_year(rule: Rule, series: Series, years: tuple[int, ...]) -> EvaluatedPath:
    """Hold the fall of every year of the window against the threshold: all must pass."""
    rates = [rate_at(series, year, rule) for year in years]
    falls = [_fall(*pair) for pair in pairwise(rates)]
    states = [held_against(rule, fall) for fall in falls]
    state = all_of(states)
    values = tuple(value_at(year, fall) for year, fall in zip(years[1:], falls, strict=True))
    missing = undetermined_for(series, years, missing_of(rates), state)
    verdict = PathVerdict(
        rule=rule,
        state=state,
        values=values,
        missing=missing,
        baseline_year=years[0],
        reason=reasons.rate_path(rule, state, values, missing),
        note=rounding_note(rule, state, [_exact(rate) for rate in rates]),
    )
    before, last = _exact(rates[-2]), rates[-1]
    if before is None or isinstance(last, Missing) or last.households is None:
        return EvaluatedPath(verdict, Step.constant(state))
    limit = largest_passing(rule, (before - Fraction(rule.threshold)) * last.households / 100)
    return EvaluatedPath(verdict, Step(limit, within=all_of(states[:-1]), beyond=State.NOT_MET))


def _fall(before: Rate | Missing, after: Rate | Missing) -> Span | None:
    """Return the fall in percentage points; None where a rate is missing."""
    if isinstance(before, Missing) or isinstance(after, Missing):
        return None
    return before.percent.minus(after.percent)


def _exact(rate: Rate | Missing) -> Fraction | None:
    return None if isinstance(rate, Missing) else rate.percent.exact
