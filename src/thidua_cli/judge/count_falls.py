"""Rules on the fall of a count, in percent of what it was."""

from __future__ import annotations

from fractions import Fraction

from thidua_cli.judge import reasons
from thidua_cli.judge.figures import Missing, count_at
from thidua_cli.judge.path import EvaluatedPath, Step, largest_passing, missing_of, undetermined_for, value_at
from thidua_cli.judge.rounding import rounding_note
from thidua_cli.judge.span import Span, passes
from thidua_cli.judge.verdict import PathValue, PathVerdict, State
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import Rule


def count_fall_since_baseline(rule: Rule, series: Series, years: tuple[int, ...]) -> EvaluatedPath:
    """Hold the fall from the baseline, the first of `years`, to the last of them against the threshold."""
    baseline_year, as_of = years[0], years[-1]
    if as_of <= baseline_year:
        return _without_a_window(rule, baseline_year, as_of)
    base, last = count_at(series, baseline_year, rule), count_at(series, as_of, rule)
    state = fall_state(rule, base, last)
    value = fall_value(as_of, base, last)
    missing = undetermined_for(series, years, missing_of([base, last]), state)
    verdict = PathVerdict(
        rule=rule,
        state=state,
        values=(value,),
        missing=missing,
        baseline_year=baseline_year,
        reason=reasons.count_path(rule, state, value, baseline_year, missing),
        note=rounding_note(rule, state, [value.value]),
    )
    return EvaluatedPath(verdict, fall_step(rule, base, last, state))


def fall_state(rule: Rule, base: Span | Missing, last: Span | Missing) -> State:
    """Hold the fall of a count against the threshold, in percent of the base.

    From nothing there is no fall: 0 → 0 fell by no percent of anything, 0 → n rose. The clause asks for a fall.
    """
    if isinstance(base, Missing):
        return State.UNDETERMINED
    if base.high == 0:
        return State.NOT_MET
    if isinstance(last, Missing):
        return State.UNDETERMINED
    worst = base.low > 0 and passes(rule, percent_fallen(base.low, last.high))
    best = passes(rule, percent_fallen(base.high, last.low))
    if worst == best:
        return State.MET if best else State.NOT_MET
    return State.UNDETERMINED


def fall_value(year: int, base: Span | Missing, last: Span | Missing) -> PathValue:
    """Return the fall in percent of the base; without a least value where the base may be nothing."""
    if isinstance(base, Missing) or isinstance(last, Missing) or base.high == 0:
        return PathValue(year, None)
    high = percent_fallen(base.high, last.low)
    if base.low == 0:
        return PathValue(year, None, None, high)
    return value_at(year, Span(percent_fallen(base.low, last.high), high))


def percent_fallen(base: Fraction, last: Fraction) -> Fraction:
    """Return the fall from `base` to `last`, in percent of `base`.

    >>> percent_fallen(Fraction(80), Fraction(60))
    Fraction(25, 1)
    """
    return 100 * (base - last) / base


def fall_step(rule: Rule, base: Span | Missing, last: Span | Missing, state: State) -> Step:
    """Return what the answer would be at other counts of the last year-end; none where a figure is a range."""
    if isinstance(base, Missing) or isinstance(last, Missing) or base.exact is None or last.exact is None:
        return Step.constant(state)
    if base.exact == 0:
        return Step.constant(State.NOT_MET)
    limit = largest_passing(rule, base.exact * (100 - Fraction(rule.threshold)) / 100)
    return Step(limit, within=State.MET, beyond=State.NOT_MET)


def _without_a_window(rule: Rule, baseline_year: int, as_of: int) -> EvaluatedPath:
    missing = (reasons.not_after_baseline(baseline_year, as_of),)
    verdict = PathVerdict(
        rule=rule,
        state=State.UNDETERMINED,
        values=(PathValue(as_of, None),),
        missing=missing,
        baseline_year=baseline_year,
        reason=reasons.missing_figures(missing),
    )
    return EvaluatedPath(verdict, Step.constant(State.UNDETERMINED))
