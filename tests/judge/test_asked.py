"""The rate that a clause asks is the one at which its answer changes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, event, given

from tests.judge.cases import DECISION, series
from tests.judge.test_every_test import clause, clauses, exact_years, village
from thidua_cli.judge.clause.asked import asked_rates
from thidua_cli.judge.clause.clause import judge_clause
from thidua_cli.judge.verdict import State
from thidua_cli.model import Level, Measure, YearFigures
from thidua_cli.rulebook.schema import Clause, Comparison, ThresholdUnit, Window
from thidua_cli.rulebook.schema import Test as Kind

COUNTS = {2021: 200, 2022: 150, 2023: 120, 2024: 90}
WITH_EQUALITY = (Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.EQUAL)


@given(clauses(), exact_years())
def test_a_rate_below_what_is_asked_passes_and_one_above_does_not(tried: Clause, years: dict[int, YearFigures]) -> None:
    assume(tried.comparison is not Comparison.EQUAL or tried.threshold == 0)
    unit = village(years)
    asked = asked_rates(tried, unit, 2024).get(2024)
    assume(asked is not None)
    assert asked is not None
    figures = years[2024]
    rate = Fraction(
        100 * (figures.numerator(Measure.MULTIDIMENSIONAL) or 0), figures.denominator(Measure.MULTIDIMENSIONAL) or 1
    )
    value = judge_clause(tried, unit, 2024).values[-1]
    assume(value.is_known)
    event(tried.test.value)
    expected = rate < asked or (rate == asked and tried.comparison in WITH_EQUALITY)
    assert (value.state is State.MET) is expected


@pytest.mark.parametrize(
    ("test", "unit", "threshold", "window", "asked"),
    [
        (Kind.RATE_FALL_EACH_YEAR, ThresholdUnit.POINTS, "4", Window.YEARS, {2022: 16, 2023: 11, 2024: 8}),
        (Kind.RATE_FALL_AVERAGE, ThresholdUnit.POINTS, "4", Window.YEARS, {2022: 16, 2023: 12, 2024: 8}),
        (Kind.RATE_FALL_AVERAGE, ThresholdUnit.PERCENT, "4", Window.YEARS, {}),
        (
            Kind.COUNT_FALL_SINCE_BASELINE,
            ThresholdUnit.PERCENT,
            "50",
            Window.BASELINE_YEAR,
            dict.fromkeys(range(2022, 2025), 10),
        ),
        (Kind.RATE_AT_YEAR_END, ThresholdUnit.PERCENT, "5", None, dict.fromkeys(range(2021, 2025), 5)),
        (Kind.COUNT_AT_YEAR_END, ThresholdUnit.HOUSEHOLDS, "30", None, dict.fromkeys(range(2021, 2025), 3)),
    ],
)
def test_every_year_end_is_asked_by_what_lies_before_it(
    test: Kind, unit: ThresholdUnit, threshold: str, window: Window | None, asked: dict[int, int]
) -> None:
    comparison = Comparison.AT_MOST if window is None else Comparison.AT_LEAST
    tried = clause(test, unit, threshold, comparison, window)
    assert asked_rates(tried, series(Level.VILLAGE, COUNTS), 2024) == asked


def test_what_was_rounded_or_is_missing_asks_no_exact_rate() -> None:
    tried = clause(Kind.RATE_FALL_EACH_YEAR, ThresholdUnit.POINTS, "4", Comparison.AT_LEAST, Window.YEARS)
    without = {year: count for year, count in COUNTS.items() if year != 2022}
    assert asked_rates(tried, series(Level.VILLAGE, without), 2024) == {2022: 16, 2024: 8}


def test_a_rate_below_nothing_is_asked_of_nobody() -> None:
    tried = clause(Kind.RATE_FALL_EACH_YEAR, ThresholdUnit.POINTS, "18", Comparison.AT_LEAST, Window.YEARS)
    assert asked_rates(tried, series(Level.VILLAGE, COUNTS), 2024) == {2022: 2}


def test_every_clause_of_the_decision_asks_something_of_its_unit() -> None:
    asked = [asked_rates(each, series(each.subject.level, COUNTS), 2024) for each in DECISION.clauses]
    assert len(asked) > 5
    assert all(asked)
