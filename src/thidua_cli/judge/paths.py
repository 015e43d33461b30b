"""One rule for one unit: the values held against the threshold, the answer, and what it would be at another count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import assert_never

from thidua_cli.judge import reasons
from thidua_cli.judge.figures import Missing, Rate, count_at, preliminary_years, rate_at
from thidua_cli.judge.logic import all_of
from thidua_cli.judge.rounding import rounding_note
from thidua_cli.judge.verdict import PathValue, PathVerdict, State
from thidua_cli.language import Text
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import Comparison, Rule, Test


@dataclass(frozen=True, slots=True)
class Step:
    """The path's answer as a function of the last year-end's count, all else held: it changes at one place at most."""

    limit: int | None
    """Largest count, in households, with which the last fall passes; None where that count decides nothing."""
    within: State
    """The answer at `limit` and below."""
    beyond: State
    """The answer above `limit`."""

    def at(self, count: int) -> State:
        """Return the answer at another count."""
        return self.beyond if self.limit is not None and count > self.limit else self.within

    @classmethod
    def constant(cls, state: State) -> Step:
        """Return the step that is none."""
        return cls(None, state, state)


@dataclass(frozen=True, slots=True)
class EvaluatedPath:
    """The answer of one rule with its dependence on the last count."""

    verdict: PathVerdict
    step: Step


def evaluate(rule: Rule, series: Series, as_of: int) -> EvaluatedPath:
    """Return the answer of `rule` for the unit at the year-end `as_of`, as if the rule applied."""
    match rule.test:
        case Test.RATE_FALL_EACH_YEAR:
            path = _rate_fall_each_year(rule, series, as_of)
        case Test.COUNT_FALL_SINCE_BASELINE:
            path = _count_fall_since_baseline(rule, series, as_of)
        case (
            Test.RATE_FALL_AVERAGE
            | Test.COUNT_FALL_EACH_YEAR
            | Test.COUNT_FALL_AVERAGE
            | Test.COUNT_AT_YEAR_END
            | Test.RATE_AT_YEAR_END
        ):
            raise NotImplementedError(rule.test)
        case _:
            assert_never(rule.test)
    note = _joined(path.verdict.note, reasons.preliminary(preliminary_years(series, _years_used(rule, as_of))))
    return replace(path, verdict=replace(path.verdict, note=note))


def _rate_fall_each_year(rule: Rule, series: Series, as_of: int) -> EvaluatedPath:
    years = _years_used(rule, as_of)
    rates = [rate_at(series, year, rule) for year in years]
    falls = [_fall(*pair) for pair in pairwise(rates)]
    states = [_passes(rule, fall) for fall in falls]
    state = all_of(states)
    values = tuple(PathValue(year, fall) for year, fall in zip(years[1:], falls, strict=True))
    missing = [rate.reason for rate in rates if isinstance(rate, Missing)]
    verdict = PathVerdict(
        rule=rule,
        state=state,
        values=values,
        missing=tuple(missing),
        baseline_year=years[0],
        reason=reasons.rate_path(rule, state, values, missing),
        note=rounding_note(rule, state, [None if isinstance(rate, Missing) else rate.percent for rate in rates]),
    )
    before, last = rates[-2], rates[-1]
    if isinstance(before, Missing) or isinstance(last, Missing):
        return EvaluatedPath(verdict, Step.constant(state))
    limit = _largest_passing(rule, (before.percent - _threshold(rule)) * last.households / 100)
    return EvaluatedPath(verdict, Step(limit, within=all_of(states[:-1]), beyond=State.NOT_MET))


def _count_fall_since_baseline(rule: Rule, series: Series, as_of: int) -> EvaluatedPath:
    baseline_year = _years_used(rule, as_of)[0]
    base, last = count_at(series, baseline_year, rule), count_at(series, as_of, rule)
    missing = [count.reason for count in (base, last) if isinstance(count, Missing)]
    if as_of <= baseline_year:
        missing = [reasons.not_after_baseline(baseline_year, as_of)]
    fall, state, step = None, State.UNDETERMINED, Step.constant(State.UNDETERMINED)
    if base == 0 and as_of > baseline_year:
        # From nothing there is no fall: 0 → 0 fell by no percent of anything, 0 → n rose. The clause asks for a fall.
        state, step = State.NOT_MET, Step.constant(State.NOT_MET)
    elif not isinstance(base, Missing) and not isinstance(last, Missing) and as_of > baseline_year:
        fall = Fraction(100 * (base - last), base)
        state = _passes(rule, fall)
        limit = _largest_passing(rule, base * (100 - _threshold(rule)) / 100)
        step = Step(limit, within=State.MET, beyond=State.NOT_MET)
    verdict = PathVerdict(
        rule=rule,
        state=state,
        values=(PathValue(as_of, fall),),
        missing=tuple(missing),
        baseline_year=baseline_year,
        reason=reasons.count_path(rule, state, fall, baseline_year, missing),
        note=rounding_note(rule, state, [fall]),
    )
    return EvaluatedPath(verdict, step)


def _years_used(rule: Rule, as_of: int) -> tuple[int, ...]:
    """Return the year-ends the rule looks at, the first being its baseline."""
    if rule.test is Test.RATE_FALL_EACH_YEAR:
        return tuple(range(as_of - _given(rule.years), as_of + 1))
    return (_given(rule.baseline_year), as_of)


def _given(value: int | None) -> int:
    if value is None:
        raise ValueError("the rule lacks its window; load_rulebook refuses such a rule")
    return value


def _threshold(rule: Rule) -> Fraction:
    return Fraction(rule.threshold)


def _fall(before: Rate | Missing, after: Rate | Missing) -> Fraction | None:
    """Return the fall in percentage points, exact; None where a rate is missing."""
    if isinstance(before, Missing) or isinstance(after, Missing):
        return None
    return before.percent - after.percent


def _passes(rule: Rule, value: Fraction | None) -> State:
    if value is None:
        return State.UNDETERMINED
    return State.MET if rule.comparison.holds((value - _threshold(rule)).numerator) else State.NOT_MET


def _largest_passing(rule: Rule, bound: Fraction) -> int:
    """Return the largest whole count c with c ≤ bound, or c < bound where the rule asks for more than its threshold."""
    return floor(bound) if rule.comparison is Comparison.AT_LEAST else ceil(bound) - 1


def _joined(*texts: Text | None) -> Text | None:
    known = [text for text in texts if text is not None]
    return reasons.sentences(known) if known else None
