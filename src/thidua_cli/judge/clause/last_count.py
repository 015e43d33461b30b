"""How the answer of a clause hangs on the last year-end's count, all else held: the margin rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from thidua_cli.judge.clause.figures import Figure, Missing
from thidua_cli.judge.clause.threshold import exact, limit_at
from thidua_cli.judge.clause.values import Figures, is_relative, yearly_falls
from thidua_cli.judge.logic import all_of
from thidua_cli.judge.verdict import ClauseValue, CountLimit, State
from thidua_cli.rulebook.schema import TEST_FORM, Comparison, Rule, Test


def limit_of(
    clause: Rule, years: Sequence[int], figures: Figures, values: Sequence[ClauseValue], state: State
) -> CountLimit | None:
    """Return where the last count changes the answer `state`; None where figures are a range, or rounded first."""
    match clause.test:
        case Test.RATE_FALL_EACH_YEAR | Test.COUNT_FALL_EACH_YEAR:
            others = all_of(value.state for value in values[:-1])
            return limit_of_fall(clause, figures, exact(clause.threshold), others, state)
        case Test.RATE_FALL_AVERAGE | Test.COUNT_FALL_AVERAGE:
            need = _need_of_the_last_year(clause, years, figures)
            if need is not None:
                return limit_of_fall(clause, figures, need, State.MET, state)
            return None if any(_is_range(figure) for figure in figures) else CountLimit.constant(state)
        case Test.COUNT_FALL_SINCE_BASELINE:
            return limit_of_fall(clause, figures, exact(clause.threshold), State.MET, state)
        case Test.COUNT_AT_YEAR_END | Test.RATE_AT_YEAR_END:
            return limit_of_remainder(clause, figures[-1], state)
        case _:
            assert_never(clause.test)


def limit_of_fall(clause: Rule, figures: Figures, need: Fraction, others: State, state: State) -> CountLimit | None:
    """Return the limit of the last of `figures` for a fall of `need`, in the clause's unit of measure.

    `others` is the answer of the rest of the window, which stands where the last fall passes.
    """
    before, last = figures[-2], figures[-1]
    if isinstance(before, Missing) or isinstance(last, Missing):
        return CountLimit.constant(state)
    start = before.value.exact
    if start is None or last.value.exact is None or clause.rounded_to is not None:
        return None
    if is_relative(clause) and start == 0:
        return CountLimit.constant(State.NOT_MET)
    return _at(clause, start * (100 - need) / 100 if is_relative(clause) else start - need, last, others)


def limit_of_remainder(clause: Rule, figure: Figure | Missing, state: State) -> CountLimit | None:
    """Return the limit of what may be left at a year-end."""
    if isinstance(figure, Missing):
        return CountLimit.constant(state)
    if figure.value.exact is None or clause.rounded_to is not None:
        return None
    if clause.comparison is Comparison.EQUAL and clause.threshold > 0:
        return None  # fewer households may be too few: there is no one place where the answer changes
    return _at(clause, exact(clause.threshold), figure, State.MET)


def _at(clause: Rule, bound: Fraction, last: Figure, within: State) -> CountLimit | None:
    """Return the limit at a count, or at a rate of the households there were."""
    if not TEST_FORM[clause.test].of_rates:
        return limit_at(clause, bound, within)
    return None if last.households is None else limit_at(clause, bound * last.households / 100, within)


def _need_of_the_last_year(clause: Rule, years: Sequence[int], figures: Figures) -> Fraction | None:
    """Return what the last step of the window must bring for the mean to pass; None where the rest is not exact."""
    total = exact(clause.threshold) * (years[-1] - years[0])
    if not is_relative(clause):
        return total
    earlier = yearly_falls(replace(clause, rounded_to=None), years, figures)[:-1]
    done = [value.value for value in earlier if value.value is not None]
    return total - sum(done, Fraction(0)) if len(done) == len(earlier) else None


def _is_range(figure: Figure | Missing) -> bool:
    return not isinstance(figure, Missing) and figure.value.exact is None
