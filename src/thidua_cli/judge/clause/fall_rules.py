"""Rules on falls: in each year of a window, on average over it, or since its baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from thidua_cli.judge.clause.falls import (
    Bounds,
    LastFall,
    fall,
    held_fall,
    is_relative,
    last_step,
    percent_bounds,
    read_fall,
    starts_from_nothing,
    yearly_falls,
)
from thidua_cli.judge.clause.figures import Figure, Missing, figures_at
from thidua_cli.judge.clause.path import Held, Outcome, Step, value_at
from thidua_cli.judge.clause.span import exact, held_against
from thidua_cli.judge.logic import all_of
from thidua_cli.judge.verdict import PathValue, State
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import Rule


def fall_each_year(rule: Rule, series: Series, years: tuple[int, ...]) -> Outcome:
    """Hold the fall of every year of the window against the threshold: all must pass."""
    if len(years) < 2:
        return _without_a_window(rule, years)
    figures = figures_at(series, years, rule)
    falls = yearly_falls(rule, years, figures)
    states = [one.state for one in falls]
    state = all_of(states)
    end = LastFall(figures[-2], figures[-1], exact(rule.threshold))
    step = last_step(rule, end, all_of(states[:-1]), state)
    return Outcome(rule, state, tuple(falls), years, years, tuple(figures), step)


def fall_on_average(rule: Rule, series: Series, years: tuple[int, ...]) -> Outcome:
    """Hold the mean yearly fall over the window against the threshold.

    In points or households the mean needs the first and the last figure only; in percent it is the mean of the yearly
    falls, each of what was there a year before.
    """
    if len(years) < 2:
        return _without_a_window(rule, years)
    used = years if is_relative(rule) else (years[0], years[-1])
    figures = figures_at(series, used, rule)
    mean = _mean_in_percent(rule, years, figures) if is_relative(rule) else _mean(rule, years, figures)
    need = _need_of_the_last_year(rule, years, figures)
    if need is not None:
        step = last_step(rule, LastFall(figures[-2], figures[-1], need), State.MET, mean.state)
    else:
        step = None if _some_range(figures) else Step.constant(mean.state)
    return Outcome(rule, mean.state, (mean,), years, used, tuple(figures), step)


def fall_since_baseline(rule: Rule, series: Series, years: tuple[int, ...]) -> Outcome:
    """Hold the fall from the baseline, the first of `years`, to the last of them against the threshold."""
    if len(years) < 2:
        return _without_a_window(rule, years)
    figures = figures_at(series, years, rule)
    one = fall(rule, years[-1], *figures)
    step = last_step(rule, LastFall(figures[0], figures[-1], exact(rule.threshold)), State.MET, one.state)
    return Outcome(rule, one.state, (one,), years, years, tuple(figures), step)


def _mean(rule: Rule, years: Sequence[int], figures: Sequence[Figure | Missing]) -> Held:
    first, last = figures[0], figures[-1]
    if isinstance(first, Missing) or isinstance(last, Missing):
        return Held(PathValue(years[-1], None), State.UNDETERMINED)
    span = read_fall(rule, first.value.minus(last.value).over(years[-1] - years[0]))
    return Held(value_at(years[-1], span), held_against(rule, span))


def _mean_in_percent(rule: Rule, years: Sequence[int], figures: Sequence[Figure | Missing]) -> Held:
    if any(starts_from_nothing(figure) for figure in figures[:-1]):
        return Held(PathValue(years[-1], None), State.NOT_MET)
    known = [figure.value for figure in figures if not isinstance(figure, Missing)]
    if len(known) < len(figures):
        return Held(PathValue(years[-1], None), State.UNDETERMINED)
    bounds = [percent_bounds(*pair) for pair in pairwise(known)]
    worst = [one.worst for one in bounds if one.worst is not None]
    number = len(bounds)
    least = sum(worst, Fraction(0)) / number if len(worst) == number else None
    return held_fall(rule, years[-1], Bounds(least, sum((one.best for one in bounds), Fraction(0)) / number))


def _need_of_the_last_year(rule: Rule, years: Sequence[int], figures: Sequence[Figure | Missing]) -> Fraction | None:
    """Return what the last step of the window must bring for the mean to pass; None where the rest is not exact."""
    total = exact(rule.threshold) * (years[-1] - years[0])
    if not is_relative(rule):
        return total
    earlier = yearly_falls(replace(rule, rounded_to=None), years, figures)[:-1]
    done = [one.value.value for one in earlier if one.value.value is not None]
    return total - sum(done, Fraction(0)) if len(done) == len(earlier) else None


def _some_range(figures: Sequence[Figure | Missing]) -> bool:
    return any(not isinstance(figure, Missing) and figure.value.exact is None for figure in figures)


def _without_a_window(rule: Rule, years: tuple[int, ...]) -> Outcome:
    nothing = Held(PathValue(years[-1], None), State.UNDETERMINED)
    return Outcome(rule, State.UNDETERMINED, (nothing,), years, step=Step.constant(State.UNDETERMINED))
