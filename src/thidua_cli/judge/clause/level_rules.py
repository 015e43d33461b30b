"""Rules on what is left at a year-end: no poor household, or at most so many, or at most such a rate."""

from __future__ import annotations

from fractions import Fraction

from thidua_cli.judge.clause.figures import Figure, Missing, figures_at
from thidua_cli.judge.clause.path import Held, Outcome, Step, largest_passing, value_at
from thidua_cli.judge.clause.span import held_against
from thidua_cli.judge.verdict import State
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import TEST_FORM, Comparison, Rule


def left_at_year_end(rule: Rule, series: Series, years: tuple[int, ...]) -> Outcome:
    """Hold the count or the rate of the year-end itself against the threshold."""
    (figure,) = figures_at(series, years, rule)
    span = None if isinstance(figure, Missing) else figure.value
    one = Held(value_at(years[0], span), held_against(rule, span))
    return Outcome(rule, one.state, (one,), years, years, (figure,), _step(rule, figure, one.state))


def _step(rule: Rule, figure: Figure | Missing, state: State) -> Step | None:
    if isinstance(figure, Missing):
        return Step.constant(state)
    if figure.value.exact is None or rule.rounded_to is not None:
        return None
    if rule.comparison is Comparison.EQUAL and rule.threshold > 0:
        return None  # fewer households may be too few: there is no one place where the answer changes
    bound = Fraction(rule.threshold)
    if TEST_FORM[rule.test].of_rates:
        if figure.households is None:
            return None
        bound = bound * figure.households / 100
    return Step(largest_passing(rule, bound), within=State.MET, beyond=State.NOT_MET)
