"""One rule for one unit: which family of tests answers it, over which year-ends."""

from __future__ import annotations

from typing import assert_never

from thidua_cli.judge.fall_rules import fall_each_year, fall_on_average, fall_since_baseline
from thidua_cli.judge.level_rules import left_at_year_end
from thidua_cli.judge.path import EvaluatedPath, with_notes
from thidua_cli.judge.rounding import rounding_note
from thidua_cli.judge.verdict import State
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import Rule, Test


def evaluate(rule: Rule, series: Series, as_of: int) -> EvaluatedPath:
    """Return the answer of `rule` for the unit at the year-end `as_of`, as if the rule applied."""
    years = years_used(rule, as_of)
    path = answer(rule, series, years)
    note = rounding_note(path.verdict, lambda other: answer(other, series, years).verdict.state)
    return with_notes(path, note, series, years)


def answer_of(rule: Rule, series: Series, as_of: int) -> State:
    """Return the state alone, without notes: enough for another reading of a clause."""
    return answer(rule, series, years_used(rule, as_of)).verdict.state


def answer(rule: Rule, series: Series, years: tuple[int, ...]) -> EvaluatedPath:
    """Return the bare answer over the year-ends of the window."""
    match rule.test:
        case Test.RATE_FALL_EACH_YEAR | Test.COUNT_FALL_EACH_YEAR:
            return fall_each_year(rule, series, years)
        case Test.RATE_FALL_AVERAGE | Test.COUNT_FALL_AVERAGE:
            return fall_on_average(rule, series, years)
        case Test.COUNT_FALL_SINCE_BASELINE:
            return fall_since_baseline(rule, series, years)
        case Test.COUNT_AT_YEAR_END | Test.RATE_AT_YEAR_END:
            return left_at_year_end(rule, series, years)
        case _:
            assert_never(rule.test)


def years_used(rule: Rule, as_of: int) -> tuple[int, ...]:
    """Return the year-ends the rule looks at, oldest first; only `as_of` where it is not after the rule's baseline."""
    if rule.test in (Test.COUNT_AT_YEAR_END, Test.RATE_AT_YEAR_END):
        return (as_of,)
    if rule.years is not None:
        return tuple(range(as_of - rule.years, as_of + 1))
    if rule.baseline_year is None:
        raise ValueError("the rule lacks its window; load_rulebook refuses such a rule")
    if as_of <= rule.baseline_year:
        return (as_of,)
    if rule.test is Test.COUNT_FALL_SINCE_BASELINE:
        return (rule.baseline_year, as_of)
    return tuple(range(rule.baseline_year, as_of + 1))
