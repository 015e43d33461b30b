"""One rule for one unit: which family of tests answers it, over which year-ends, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from thidua_cli.judge.clause.fall_rules import fall_each_year, fall_on_average, fall_since_baseline
from thidua_cli.judge.clause.figures import Missing, known_by_rate_only, preliminary_years
from thidua_cli.judge.clause.level_rules import left_at_year_end
from thidua_cli.judge.clause.path import EvaluatedPath, Outcome, position_of
from thidua_cli.judge.clause.rounding import rounding_note
from thidua_cli.judge.verdict import PathVerdict, State
from thidua_cli.judge.words import division, reasons
from thidua_cli.language import Text
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import TEST_FORM, Rule, Test


def evaluate(rule: Rule, series: Series, as_of: int) -> EvaluatedPath:
    """Return the answer of `rule` for the unit at the year-end `as_of`, as if the rule applied."""
    years = years_used(rule, as_of)
    outcome = answer(rule, series, years)
    values = tuple(one.value for one in outcome.falls)
    missing = _missing(outcome, series)
    certain = outcome.state is not State.UNDETERMINED
    verdict = PathVerdict(
        rule=rule,
        state=outcome.state,
        values=values,
        baseline_year=years[0] if outcome.used else rule.baseline_year or as_of,
        reason=reasons.reason_of(outcome) if certain else reasons.missing_figures(missing),
        note=_note(outcome, series),
        missing=missing,
        position=position_of(rule, values),
        divided=division.is_divided(series, outcome.used),
        despite_division=division.same_however_divided(series, outcome.used) if certain else None,
    )
    return EvaluatedPath(verdict, outcome.step)


def state_of(rule: Rule, series: Series, as_of: int) -> State:
    """Return the state alone, without words: enough for another reading of a clause."""
    return answer(rule, series, years_used(rule, as_of)).state


def answer(rule: Rule, series: Series, years: tuple[int, ...]) -> Outcome:
    """Return what comes out over the year-ends of the window."""
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


def _missing(outcome: Outcome, series: Series) -> tuple[Text, ...]:
    """Return what is missing; of an undetermined path also what of divided units would settle it."""
    if not outcome.used:
        as_of = outcome.years[-1]
        return (reasons.not_after_baseline(outcome.rule.baseline_year or as_of, as_of),)
    missing = tuple(figure.reason for figure in outcome.figures if isinstance(figure, Missing))
    if outcome.state is not State.UNDETERMINED:
        return missing
    return (*missing, *_rounded_rates(outcome, series), *division.to_supply(series, outcome.used))


def _rounded_rates(outcome: Outcome, series: Series) -> tuple[Text, ...]:
    """Say of which year-ends only a printed rate is known, where that leaves a path open."""
    years = _years_by_rate_only(outcome, series)
    if not years:
        return ()
    text = Text(
        "cuối năm {years} chỉ có tỷ lệ đã làm tròn, chưa đủ để kết luận; bổ sung số hộ",
        "only rounded rates are known for the end of {years}, which leave it open; add the counts",
    )
    return (text.fill(years=", ".join(map(str, years))),)


def _years_by_rate_only(outcome: Outcome, series: Series) -> tuple[int, ...]:
    if not TEST_FORM[outcome.rule.test].of_rates:
        return ()
    return known_by_rate_only(series, outcome.used, outcome.rule.measure)


def _note(outcome: Outcome, series: Series) -> Text | None:
    """Return what is to be said of the figures of the window: rounded, preliminary, presumed whole."""
    years: Sequence[int] = outcome.used
    notes = (
        rounding_note(outcome, lambda other: answer(other, series, outcome.years).state),
        reasons.preliminary(preliminary_years(series, tuple(years))),
        division.presumed_mergers(series, years),
        reasons.printed_rates(_years_by_rate_only(outcome, series)),
    )
    known = [text for text in notes if text is not None]
    return reasons.sentences(known) if known else None
