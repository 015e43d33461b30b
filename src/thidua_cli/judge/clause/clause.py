"""One clause for one unit: its window, the figures there, what they are compared with, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from thidua_cli.judge.clause.domain import domain_of
from thidua_cli.judge.clause.figures import Figure, Missing, figures_at
from thidua_cli.judge.clause.gaps import state_over
from thidua_cli.judge.clause.threshold import compared, exact, limit_of, passes, position_of
from thidua_cli.judge.clause.values import values_of
from thidua_cli.judge.logic import all_of
from thidua_cli.judge.verdict import ClauseAnswer, ClauseValue, RoundedAnswer, State
from thidua_cli.language import round_half_up
from thidua_cli.late_dataclass import replace
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import EACH_YEAR, MEANS, TEST_FORM, Clause, Test, ThresholdUnit

_FARTHEST: Final = Fraction(1, 10)
"""Two rates rounded to one decimal move their difference by no more than that, and rounding a fall by half of it."""


def judge_clause(clause: Clause, series: Series, as_of: int) -> ClauseAnswer:
    """Return the answer of `clause` for the unit at the year-end `as_of`, as if it applied, without words."""
    years = window_of(clause, as_of)
    figures, values = _reached(clause, series, years)
    states = [value.state for value in values]
    state, others = all_of(states), all_of(states[:-1])
    if figures and State.UNDETERMINED in (state, others):
        over_gaps = _over_gaps(clause, series, years, figures)
        state, others = (_certain(state, over_gaps[0]), _certain(others, over_gaps[1]))
    # Asked of every answer, not only of those that fail: a table may also show as reached what was just missed.
    rounded = _rounded_answer(clause, values, state, series, as_of)
    known = [series.years[figure.year] for figure in figures if figure.year in series.years]
    return ClauseAnswer(
        clause,
        state,
        values,
        years,
        figures,
        limit_of(clause, years, figures, others, state),
        position_of(clause, values),
        rounded,
        divided=any(year_figures.divided for year_figures in known),
    )


def state_of(clause: Clause, series: Series, as_of: int) -> State:
    """Return the state alone: enough for another reading of a clause."""
    years = window_of(clause, as_of)
    figures, values = _reached(clause, series, years)
    state = all_of([value.state for value in values])
    return state if state is not State.UNDETERMINED or not figures else _over_gaps(clause, series, years, figures)[0]


def _certain(state: State, over_gaps: State) -> State:
    """Return what the values say by themselves, where they leave it open what all values of the open figures say."""
    return over_gaps if state is State.UNDETERMINED else state


def _over_gaps(
    clause: Clause, series: Series, years: tuple[int, ...], figures: Sequence[Figure | Missing]
) -> tuple[State, State]:
    """Return the answer over all that open figures may be, and that of the window without its last value."""
    domains = [domain_of(clause, figure, series.years.get(figure.year)) for figure in figures]
    of_falls = clause.test in EACH_YEAR
    others = state_over(clause, domains[:-1], len(domains) - 2) if of_falls else State.MET
    return state_over(clause, domains, years[-1] - years[0]), others


def _reached(
    clause: Clause, series: Series, years: tuple[int, ...]
) -> tuple[tuple[Figure | Missing, ...], tuple[ClauseValue, ...]]:
    """Return the figures of a window and what they come to; no figures where it ends before it begins."""
    if len(years) < 2 and TEST_FORM[clause.test].windows:
        return (), (ClauseValue(years[-1], None),)
    figures = figures_at(series, years_looked_at(clause, years), clause)
    return figures, compared(clause, values_of(clause, years, figures))


def figures_of(clause: Clause, series: Series, as_of: int) -> tuple[Figure | Missing, ...]:
    """Return the figures a clause looks at; none where the judged year-end is not after its baseline."""
    return _reached(clause, series, window_of(clause, as_of))[0]


def window_of(clause: Clause, as_of: int) -> tuple[int, ...]:
    """Return the year-ends of the clause, oldest first; only `as_of` where it is not after the clause's baseline."""
    if not TEST_FORM[clause.test].windows:
        return (as_of,)
    if clause.years is not None:
        return tuple(range(as_of - clause.years, as_of + 1))
    if clause.baseline_year is None:
        raise ValueError("the clause lacks its window; load_rulebook refuses such a one")
    if as_of <= clause.baseline_year:
        return (as_of,)
    if clause.test is Test.COUNT_FALL_SINCE_BASELINE:
        return (clause.baseline_year, as_of)
    return tuple(range(clause.baseline_year, as_of + 1))


def years_looked_at(clause: Clause, years: tuple[int, ...]) -> tuple[int, ...]:
    """Return the year-ends of which figures are needed: a mean in points or households needs no year between."""
    is_mean = clause.test in MEANS
    return (years[0], years[-1]) if is_mean and clause.unit is not ThresholdUnit.PERCENT else years


def _rounded_answer(
    clause: Clause, values: Sequence[ClauseValue], state: State, series: Series, as_of: int
) -> RoundedAnswer | None:
    """Return what a table of rounded figures would answer instead, or None where it answers the same.

    Officers check verdicts against printed tables, which hold rates with two decimals, sometimes one: that other
    answer is said beside the verdict, and never used for it.
    """
    known = [value.value for value in values if value.value is not None]
    if len(known) < len(values) or clause.unit is ThresholdUnit.HOUSEHOLDS or clause.rounded_to is not None:
        return None
    if _is_far(clause, known):
        return None
    for places in (2, 1):
        # One officer rounds what the falls are taken from, another the falls.
        of_rates = state_of(replace(clause, rounded_to=places), series, as_of)
        of_falls = all(passes(clause, round_half_up(value, places)) for value in known)
        for rounded_state in (State.MET if of_falls else State.NOT_MET, of_rates):
            if rounded_state is not state:
                return RoundedAnswer(places, rounded_state)
    return None


def _is_far(clause: Clause, values: Sequence[Fraction]) -> bool:
    """Say whether no rounding could carry a value over the threshold; of falls in percent of a rate it always might."""
    if TEST_FORM[clause.test].of_rates and clause.unit is ThresholdUnit.PERCENT:
        return False
    threshold = exact(clause.threshold)
    return all(abs(value - threshold) > _FARTHEST for value in values)
