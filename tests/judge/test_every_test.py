"""Laws that hold for every kind of test a rule file knows, with every unit of measure and comparison it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.judge.cases import told
from tests.judge.test_ranges import assert_inside, counts, divided, shared_years
from thidua_cli.judge.clause.clause import judge_clause
from thidua_cli.judge.verdict import Position, State
from thidua_cli.language import Text, round_half_up
from thidua_cli.model import Citation, Level, Measure, Series, YearFigures
from thidua_cli.rulebook.schema import TEST_FORM, Clause, Comparison, Subject, ThresholdUnit, Window
from thidua_cli.rulebook.schema import Test as Kind

YEARS = (2021, 2022, 2023, 2024)
RANK = {State.NOT_MET: 0, State.UNDETERMINED: 1, State.MET: 2}
NOTHING = Text("", "")


def clause(
    test: Kind,
    unit: ThresholdUnit,
    threshold: str,
    comparison: Comparison,
    window: Window | None = None,
    upper: str | None = None,
) -> Clause:
    return Clause(
        id="tried",
        title=NOTHING,
        subject=Subject(Level.VILLAGE),
        test=test,
        measure=Measure.MULTIDIMENSIONAL,
        comparison=comparison,
        threshold=Decimal(threshold),
        unit=unit,
        reading=NOTHING,
        citation=Citation("1/QĐ", "điều 1", date(2022, 1, 1)),
        verified=date(2022, 1, 1),
        years=3 if window is Window.YEARS else None,
        baseline_year=2021 if window is Window.BASELINE_YEAR else None,
        upper=None if upper is None else Decimal(upper),
    )


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    """Any clause the loader would take, its threshold near what the drawn figures reach."""
    test = draw(st.sampled_from(list(Kind)))
    form = TEST_FORM[test]
    unit = draw(st.sampled_from(form.units))
    comparison = draw(st.sampled_from(form.comparisons))
    window = draw(st.sampled_from(form.windows)) if form.windows else None
    number = draw(st.integers(0, 80) if test is Kind.COUNT_AT_YEAR_END else st.integers(1, 60))
    return clause(test, unit, str(number), comparison, window)


@st.composite
def exact_years(draw: st.DrawFn) -> dict[int, YearFigures]:
    base, years = draw(st.integers(0, 120)), {}
    for year in YEARS:
        base = max(0, base - draw(st.integers(-3, 30)))
        years[year] = YearFigures(year, counts(draw(st.sampled_from([200, 200, 240])), base))
    return years


def village(years: dict[int, YearFigures]) -> Series:
    return Series("20443-1", "Thôn 1", Level.VILLAGE, "20443", years)


def with_last(years: dict[int, YearFigures], count: int) -> dict[int, YearFigures]:
    return {**years, 2024: YearFigures(2024, counts(years[2024].counts["households"], count))}


def last_count(years: dict[int, YearFigures]) -> int:
    return years[2024].counts["poor_households"]


@given(clauses(), exact_years())
def test_exact_figures_always_give_a_certain_answer(one: Clause, years: dict[int, YearFigures]) -> None:
    assert judge_clause(one, village(years), 2024).state in (State.MET, State.NOT_MET)


@given(clauses(), exact_years())
def test_fewer_poor_households_never_turn_met_into_not_met(one: Clause, years: dict[int, YearFigures]) -> None:
    if one.comparison is Comparison.EQUAL and one.threshold > 0:
        return  # "exactly 12 left" is no clause of any plan; the loader takes it all the same
    before = judge_clause(one, village(years), 2024).state
    for fewer in range(last_count(years)):
        assert RANK[judge_clause(one, village(with_last(years, fewer)), 2024).state] >= RANK[before]


@given(clauses(), exact_years(), st.integers(0, 200))
def test_the_limit_says_what_any_other_last_count_would_give(
    one: Clause, years: dict[int, YearFigures], other: int
) -> None:
    limit = judge_clause(one, village(years), 2024).limit
    if limit is None:
        assert one.comparison is Comparison.EQUAL
        return
    assert limit.at(other) is judge_clause(one, village(with_last(years, other)), 2024).state


@given(clauses(), shared_years())
def test_a_certain_answer_is_that_of_every_share(
    one: Clause, both: tuple[dict[int, YearFigures], dict[int, YearFigures]]
) -> None:
    known, real = (judge_clause(one, village(years), 2024) for years in both)

    assert known.state in (real.state, State.UNDETERMINED)
    for held, value in zip(known.values, real.values, strict=True):
        assert_inside(held, value.value)


@given(clauses(), exact_years(), st.sampled_from(YEARS))
def test_a_missing_year_never_turns_one_certain_answer_into_the_other(
    one: Clause, years: dict[int, YearFigures], absent: int
) -> None:
    whole = judge_clause(one, village(years), 2024).state
    without = {year: figures for year, figures in years.items() if year != absent}

    assert judge_clause(one, village(without), 2024).state in (whole, State.UNDETERMINED)


@given(clauses(), exact_years())
def test_an_answer_says_why_in_both_languages(one: Clause, years: dict[int, YearFigures]) -> None:
    reason = told(one, village(years)).reason

    assert reason is not None
    for text in reason:
        assert text.endswith(".")
        assert "{" not in text


@given(exact_years(), st.integers(1, 30), st.integers(1, 10))
def test_where_a_value_lies_in_a_range_agrees_with_the_answer(
    years: dict[int, YearFigures], lower: int, more: int
) -> None:
    one = clause(
        Kind.COUNT_FALL_SINCE_BASELINE,
        ThresholdUnit.PERCENT,
        str(lower),
        Comparison.AT_LEAST,
        Window.BASELINE_YEAR,
        str(lower + more),
    )
    of = judge_clause(one, village(years), 2024)
    (value,) = of.values
    if value.value is None:
        assert of.position is None
        return
    expected = (
        Position.BELOW if value.value < lower else Position.ABOVE if value.value > lower + more else Position.WITHIN
    )
    assert of.position is expected
    assert (of.state is State.MET) == (of.position is not Position.BELOW)


# --- each test against plain arithmetic


def totals(years: dict[int, YearFigures]) -> list[Fraction]:
    return [Fraction(years[year].counts["poor_households"]) for year in YEARS]


def rates(years: dict[int, YearFigures]) -> list[Fraction]:
    return [100 * count / years[year].counts["households"] for year, count in zip(YEARS, totals(years), strict=True)]


def relative(values: list[Fraction]) -> list[Fraction]:
    return [100 * (before - after) / before for before, after in pairwise(values)]


@given(exact_years(), st.integers(1, 40))
def test_every_test_agrees_with_plain_arithmetic(years: dict[int, YearFigures], threshold: int) -> None:
    if 0 in totals(years)[:-1]:
        return
    falls = [before - after for before, after in pairwise(rates(years))]
    fewer = [before - after for before, after in pairwise(totals(years))]
    first, *_, last = totals(years)
    points, percent, households = ThresholdUnit.POINTS, ThresholdUnit.PERCENT, ThresholdUnit.HOUSEHOLDS
    expected = [
        (Kind.RATE_FALL_EACH_YEAR, points, Window.YEARS, min(falls)),
        (Kind.RATE_FALL_EACH_YEAR, percent, Window.YEARS, min(relative(rates(years)))),
        (Kind.RATE_FALL_AVERAGE, points, Window.BASELINE_YEAR, sum(falls, Fraction(0)) / 3),
        (Kind.RATE_FALL_AVERAGE, percent, Window.YEARS, sum(relative(rates(years)), Fraction(0)) / 3),
        (Kind.COUNT_FALL_EACH_YEAR, percent, Window.YEARS, min(relative(totals(years)))),
        (Kind.COUNT_FALL_EACH_YEAR, households, Window.BASELINE_YEAR, min(fewer)),
        (Kind.COUNT_FALL_AVERAGE, percent, Window.YEARS, sum(relative(totals(years)), Fraction(0)) / 3),
        (Kind.COUNT_FALL_AVERAGE, households, Window.YEARS, sum(fewer, Fraction(0)) / 3),
        (Kind.COUNT_FALL_SINCE_BASELINE, percent, Window.BASELINE_YEAR, 100 * (first - last) / first),
        (Kind.COUNT_FALL_SINCE_BASELINE, households, Window.BASELINE_YEAR, sum(fewer, Fraction(0))),
    ]
    for test, unit, window, value in expected:
        of = judge_clause(clause(test, unit, str(threshold), Comparison.AT_LEAST, window), village(years), 2024)
        assert (of.state is State.MET) == (value >= threshold), test
        assert min(one.value for one in of.values if one.value is not None) == value, test


@given(exact_years(), st.integers(0, 40))
def test_what_is_left_agrees_with_plain_arithmetic(years: dict[int, YearFigures], threshold: int) -> None:
    def met(test: Kind, unit: ThresholdUnit, comparison: Comparison) -> bool:
        one = clause(test, unit, str(threshold), comparison)
        return judge_clause(one, village(years), 2024).state is State.MET

    count, rate = totals(years)[-1], rates(years)[-1]
    assert met(Kind.COUNT_AT_YEAR_END, ThresholdUnit.HOUSEHOLDS, Comparison.EQUAL) == (count == threshold)
    assert met(Kind.COUNT_AT_YEAR_END, ThresholdUnit.HOUSEHOLDS, Comparison.AT_MOST) == (count <= threshold)
    assert met(Kind.RATE_AT_YEAR_END, ThresholdUnit.PERCENT, Comparison.LESS_THAN) == (rate < threshold)


@given(exact_years(), st.integers(1, 40), st.sampled_from([1, 2]))
def test_a_clause_on_rounded_figures_rounds_before_it_compares(
    years: dict[int, YearFigures], threshold: int, places: int
) -> None:
    points = clause(Kind.RATE_FALL_EACH_YEAR, ThresholdUnit.POINTS, str(threshold), Comparison.AT_LEAST, Window.YEARS)
    of = judge_clause(replace(points, rounded_to=places), village(years), 2024)
    rounded = [round_half_up(rate, places) for rate in rates(years)]

    assert [one.value for one in of.values] == [before - after for before, after in pairwise(rounded)]
    assert of.limit is None


def test_a_count_that_must_be_nothing_is_undetermined_while_a_divided_unit_may_leave_some() -> None:
    none_left = clause(Kind.COUNT_AT_YEAR_END, ThresholdUnit.HOUSEHOLDS, "0", Comparison.EQUAL)
    placed, part = counts(100, 0), counts(20, 3)
    may_be = judge_clause(none_left, village({2024: divided(2024, placed, part)}), 2024)
    cannot_be = told(none_left, village({2024: divided(2024, counts(100, 2), part)}))

    assert (may_be.state, cannot_be.state) == (State.UNDETERMINED, State.NOT_MET)
    assert cannot_be.reason is not None
    assert "từ 2 đến 5 hộ" in cannot_be.reason.vi


def test_figures_on_two_poverty_lines_are_never_put_into_one_window() -> None:
    several = replace(
        clause(Kind.COUNT_FALL_SINCE_BASELINE, ThresholdUnit.PERCENT, "10", Comparison.AT_LEAST, Window.BASELINE_YEAR),
        other_lines=("ha-noi-2022-2025",),
    )
    city = {year: replace(YearFigures(year, counts(100, 50)), poverty_line="ha-noi-2022-2025") for year in (2021, 2024)}
    mixed = {**city, 2021: YearFigures(2021, counts(100, 80))}

    assert judge_clause(several, village(city), 2024).state is State.NOT_MET
    of = told(several, village(mixed))
    assert of.state is State.UNDETERMINED
    assert of.reason is not None
    assert "theo chuẩn nghèo 2022-2025, không phải ha-noi-2022-2025" in of.reason.vi
