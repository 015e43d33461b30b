"""One rule for one unit: which family of tests answers it, over which year-ends."""

from __future__ import annotations

from typing import assert_never

from thidua_cli.judge.count_falls import count_fall_since_baseline
from thidua_cli.judge.path import EvaluatedPath, with_notes
from thidua_cli.judge.rate_falls import rate_fall_each_year
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import Rule, Test


def evaluate(rule: Rule, series: Series, as_of: int) -> EvaluatedPath:
    """Return the answer of `rule` for the unit at the year-end `as_of`, as if the rule applied."""
    years = years_used(rule, as_of)
    match rule.test:
        case Test.RATE_FALL_EACH_YEAR:
            path = rate_fall_each_year(rule, series, years)
        case Test.COUNT_FALL_SINCE_BASELINE:
            path = count_fall_since_baseline(rule, series, years)
        case _:
            assert_never(rule.test)
    return with_notes(path, series, years)


def years_used(rule: Rule, as_of: int) -> tuple[int, ...]:
    """Return the year-ends the rule looks at, the first being its baseline."""
    if rule.test is Test.RATE_FALL_EACH_YEAR:
        return tuple(range(as_of - _given(rule.years), as_of + 1))
    return (_given(rule.baseline_year), as_of)


def _given(value: int | None) -> int:
    if value is None:
        raise ValueError("the rule lacks its window; load_rulebook refuses such a rule")
    return value
