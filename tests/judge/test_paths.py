"""Each clause below, at and above its threshold; each figure missing; figures that may not be used."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.judge.cases import DECISION, figures, members, path, series, told, verdict
from thidua_cli.judge.verdict import ClauseAnswer, ClauseValue, State
from thidua_cli.judge.words.clause import preliminary_note
from thidua_cli.language import Language
from thidua_cli.model import Basis, Level, Series, Status, YearFigures
from thidua_cli.present.verdicts.view import remarks

RATE_CLAUSES = [
    # clause, level, class of the unit, households per year that are just the threshold (of 1,000)
    ("province-rate", Level.PROVINCE, (), 20),
    ("poor-district-rate", Level.DISTRICT, ("poor_district",), 60),
    ("district-rate", Level.DISTRICT, ("not_poor_district",), 40),
    ("coastal-commune-rate", Level.COMMUNE, ("coastal_commune", "not_area_1", "not_area_2", "not_area_3"), 15),
]
COUNT_CLAUSES = [
    ("province-count", Level.PROVINCE, ()),
    ("district-count", Level.DISTRICT, ("not_poor_district",)),
    ("coastal-commune-count", Level.COMMUNE, ("coastal_commune", "not_area_1", "not_area_2", "not_area_3")),
    ("area-commune-count", Level.COMMUNE, ("not_coastal_commune", "area_1")),
    ("area-commune-count", Level.COMMUNE, ("not_coastal_commune", "area_2")),
    ("area-commune-count", Level.COMMUNE, ("not_coastal_commune", "area_3")),
    ("village-count", Level.VILLAGE, ()),
]


def falling(yearly: int, last: int, start: int = 900) -> dict[int, int]:
    """Year-ends 2021 to 2024 that fall by `yearly` households twice and by `last` in 2024."""
    return {2021: start, 2022: start - yearly, 2023: start - 2 * yearly, 2024: start - 2 * yearly - last}


# --- thresholds


@pytest.mark.parametrize(("more", "expected"), [(-1, State.NOT_MET), (0, State.MET), (1, State.MET)])
@pytest.mark.parametrize(("clause_id", "level", "classes", "yearly"), RATE_CLAUSES)
def test_a_yearly_fall_is_met_at_the_threshold_and_not_one_household_below_it(
    clause_id: str, level: Level, classes: tuple[str, ...], yearly: int, more: int, expected: State
) -> None:
    of = verdict(series(level, falling(yearly, yearly + more)), members(*classes))

    assert path(of, clause_id).state is expected
    assert path(of, clause_id).values[-1].value == Fraction(yearly + more, 10)


@pytest.mark.parametrize(("year", "expected"), [(2022, State.NOT_MET), (2023, State.NOT_MET), (2024, State.NOT_MET)])
@pytest.mark.parametrize(("clause_id", "level", "classes", "yearly"), RATE_CLAUSES)
def test_one_year_below_the_threshold_is_enough_wherever_it_stands(
    clause_id: str, level: Level, classes: tuple[str, ...], yearly: int, year: int, expected: State
) -> None:
    counts = {one: count + (one >= year) for one, count in falling(yearly, yearly).items()}

    assert path(verdict(series(level, counts), members(*classes)), clause_id).state is expected


@pytest.mark.parametrize(
    ("base", "last", "expected"),
    [(100, 50, State.NOT_MET), (101, 50, State.MET), (100, 49, State.MET), (99, 50, State.NOT_MET)],
)
@pytest.mark.parametrize(("clause_id", "level", "classes"), COUNT_CLAUSES)
def test_half_is_not_more_than_half(
    clause_id: str, level: Level, classes: tuple[str, ...], base: int, last: int, expected: State
) -> None:
    of = verdict(series(level, {2021: base, 2024: last}), members(*classes))

    assert path(of, clause_id).state is expected
    assert path(of, clause_id).values[0].value == Fraction(100 * (base - last), base)
    assert path(of, clause_id).baseline_year == 2021


def test_four_points_in_each_of_three_years_are_met_exactly() -> None:
    of = verdict(series(Level.DISTRICT, {2021: 320, 2022: 280, 2023: 240, 2024: 200}), members("not_poor_district"))

    assert of.state is State.MET
    assert path(of, "district-rate").values == tuple(
        ClauseValue(year, Fraction(4), state=State.MET) for year in (2022, 2023, 2024)
    )
    assert path(of, "district-rate").baseline_year == 2021


def test_a_sum_of_falls_that_is_large_enough_does_not_mend_a_rise_inside_the_window() -> None:
    # Đông Giang: 3,394 poor and near-poor households at the end of 2022, 3,675 a year later.
    of = verdict(
        series(Level.DISTRICT, {2021: 4500, 2022: 3394, 2023: 3675, 2024: 2500}, 8000), members("not_poor_district")
    )

    assert of.state is State.NOT_MET
    assert of.reason is not None
    assert "năm 2023 tăng 3,51 điểm %" in of.reason.vi
    assert "rose 3.51 points in 2023" in of.reason.en


def test_a_poor_district_has_no_path_through_its_count() -> None:
    # 5.5 points a year and two thirds of the households: neither is six points.
    falls = {2021: 250, 2022: 195, 2023: 140, 2024: 85}
    of = verdict(series(Level.DISTRICT, falls), members("poor_district"))

    assert of.state is State.NOT_MET
    assert [one.clause.id for one in of.clauses] == ["poor-district-rate"]
    assert verdict(series(Level.DISTRICT, falls), members("not_poor_district")).state is State.MET


# --- Quảng Nam: 41,329 of 436,310 households at the end of 2021, 37,819 of 439,300, 33,071 of 442,673


def quang_nam() -> Series:
    printed = {2021: (436310, 33127, 8202), 2022: (439300, 29146, 8673), 2023: (442673, 24669, 8402)}
    names = ("households", "poor_households", "near_poor_households")
    years = {year: YearFigures(year, dict(zip(names, row, strict=True))) for year, row in printed.items()}
    return Series("49", "Tỉnh Quảng Nam", Level.PROVINCE, "", years)


def test_quang_nam_at_the_end_of_2023_falls_short_on_both_paths() -> None:
    of = verdict(quang_nam(), as_of=2023)

    assert of.state is State.NOT_MET
    assert [one.state for one in of.clauses] == [State.NOT_MET, State.NOT_MET]
    assert of.reason is not None
    for part in ("2022 chỉ giảm 0,86 điểm %", "2023 chỉ giảm 1,14 điểm %", "chỉ giảm 19,98%", "cuối năm 2021"):
        assert part in of.reason.vi


def test_quang_nam_needs_no_year_on_the_old_poverty_line_to_fall_short() -> None:
    years = {**quang_nam().years, 2020: figures(2020, 41000, 430000, poverty_line="2016-2020")}
    of = verdict(replace(quang_nam(), years=years), as_of=2023)

    rate = path(of, "province-rate")
    assert rate.state is State.NOT_MET
    assert rate.values[0].value is None
    assert "2016-2020" in rate.missing[0].vi


# --- missing figures


@pytest.mark.parametrize("absent", [2021, 2022, 2023, 2024])
@pytest.mark.parametrize(("clause_id", "level", "classes", "yearly"), RATE_CLAUSES)
def test_a_year_that_is_missing_leaves_a_yearly_fall_undetermined_and_is_named(
    clause_id: str, level: Level, classes: tuple[str, ...], yearly: int, absent: int
) -> None:
    counts = falling(yearly, yearly)
    del counts[absent]
    one = path(verdict(series(level, counts), members(*classes)), clause_id)

    assert one.state is State.UNDETERMINED
    assert one.reason == (f"Thiếu số liệu cuối năm {absent}.", f"No figures for the end of {absent}.")


@pytest.mark.parametrize("absent", [2021, 2022])
def test_a_known_year_that_fails_settles_it_whatever_the_missing_year_was(absent: int) -> None:
    counts = falling(60, 59)
    del counts[absent]

    assert verdict(series(Level.DISTRICT, counts), members("poor_district")).state is State.NOT_MET


@pytest.mark.parametrize("absent", [2021, 2024])
@pytest.mark.parametrize(("clause_id", "level", "classes"), COUNT_CLAUSES)
def test_a_missing_baseline_or_last_year_leaves_the_fall_of_the_count_undetermined(
    clause_id: str, level: Level, classes: tuple[str, ...], absent: int
) -> None:
    counts = {2021: 300, 2022: 200, 2023: 100, 2024: 10}
    del counts[absent]
    one = path(verdict(series(level, counts), members(*classes)), clause_id)

    assert one.state is State.UNDETERMINED
    assert one.reason is not None
    assert one.reason.vi == f"Thiếu số liệu cuối năm {absent}."


def test_one_path_that_is_met_makes_up_for_one_that_is_undetermined() -> None:
    of = verdict(series(Level.DISTRICT, {2021: 300, 2024: 100}), members("not_poor_district"))

    assert path(of, "district-rate").state is State.UNDETERMINED
    assert of.state is State.MET


def test_one_path_that_fails_does_not_settle_one_that_is_undetermined() -> None:
    of = verdict(series(Level.DISTRICT, {2021: 400, 2024: 250}), members("not_poor_district"))

    assert path(of, "district-count").state is State.NOT_MET
    assert of.state is State.UNDETERMINED
    assert of.reason is not None
    assert of.reason.vi == "Thiếu số liệu cuối năm 2022; thiếu số liệu cuối năm 2023."


UNUSABLE = [
    (YearFigures(2021, {}, conflicting=True), "hai số liệu khác nhau"),
    (YearFigures(2021, {}, Basis.ROLLED_UP, missing_children=("20443", "20446")), "20443, 20446"),
    (figures(2021, 500, poverty_line="2016-2020"), "2016-2020"),
    (figures(2021, 500, poverty_line=""), "không rõ"),
    (YearFigures(2021, {"households": 1000, "poor_households": 500}), "số hộ cận nghèo"),
    (YearFigures(2021, {"households": 1000, "near_poor_households": 500}), "số hộ nghèo"),
]


@pytest.mark.parametrize(("unusable", "named"), UNUSABLE)
def test_figures_that_may_not_be_used_are_missing_with_their_reason(unusable: YearFigures, named: str) -> None:
    whole = series(Level.PROVINCE, {2021: 700, 2022: 600, 2023: 500, 2024: 300})
    of = verdict(replace(whole, years={**whole.years, 2021: unusable}))

    assert verdict(whole).state is State.MET
    assert of.state is State.UNDETERMINED
    for one in of.clauses:
        assert one.reason is not None
        assert named in one.reason.vi
        assert "2021" in one.reason.vi


def test_a_long_list_of_missing_children_is_cut_short_and_counted() -> None:
    children = tuple(f"{code:05}" for code in range(1, 21))
    incomplete = YearFigures(2021, {}, Basis.ROLLED_UP, missing_children=children)
    of = verdict(replace(series(Level.VILLAGE, {2024: 1}), years={2021: incomplete, 2024: figures(2024, 1)}))

    assert of.reason is not None
    assert "00005" in of.reason.vi
    assert "00006" not in of.reason.vi
    assert "15 đơn vị khác" in of.reason.vi


@pytest.mark.parametrize(
    ("households", "named"), [(0, "cuối năm 2023 tổng số hộ bằng 0"), (None, "cuối năm 2023 thiếu tổng số hộ")]
)
def test_without_households_there_is_no_rate(households: int | None, named: str) -> None:
    whole = series(Level.DISTRICT, {2021: 320, 2022: 260, 2023: 200, 2024: 140})
    count = 0 if households == 0 else 200
    of = verdict(
        replace(whole, years={**whole.years, 2023: figures(2023, count, households)}), members("poor_district")
    )

    assert verdict(whole, members("poor_district")).state is State.MET
    assert of.state is State.UNDETERMINED
    assert of.reason is not None
    assert named in of.reason.vi[:1].lower() + of.reason.vi[1:]


@pytest.mark.parametrize("last", [0, 5])
def test_from_a_baseline_of_zero_there_is_no_fall_to_meet_the_clause(last: int) -> None:
    of = verdict(series(Level.VILLAGE, {2021: 0, 2024: last}))

    assert of.state is State.NOT_MET
    assert of.clauses[0].values[0].value is None
    assert of.margin_households is None
    assert of.reason is not None
    assert "cuối năm 2021 bằng 0" in of.reason.vi


def test_the_baseline_year_itself_has_no_fall_behind_it() -> None:
    clause = next(clause for clause in DECISION.clauses if clause.id == "village-count")
    of = told(clause, series(Level.VILLAGE, {2021: 100}), 2021)

    assert of.state is State.UNDETERMINED
    assert of.reason is not None
    assert "đầu kỳ" in of.reason.vi


def test_a_year_end_before_the_decision_is_not_judged_by_it() -> None:
    of = verdict(series(Level.VILLAGE, {2021: 100}), as_of=2021)

    assert (of.state, of.clauses) == (State.NO_CRITERION, ())
    assert of.reason is not None
    assert "áp dụng từ 02/06/2022" in of.reason.vi


# --- notes


def test_a_preliminary_figure_is_used_and_said_to_be_preliminary() -> None:
    years = {2021: figures(2021, 100), 2024: figures(2024, 40, status=Status.PRELIMINARY)}
    of = verdict(replace(series(Level.VILLAGE, {}), years=years))

    assert of.state is State.MET
    assert of.clauses[0].preliminary == (2024,)
    assert preliminary_note(of.clauses) == (
        "Số liệu cuối năm 2024 là số sơ bộ.",
        "The figures for the end of 2024 are preliminary.",
    )


def test_two_clauses_that_share_a_preliminary_year_end_say_so_once() -> None:
    years = {year: figures(year, count) for year, count in ((2021, 100), (2022, 90), (2023, 80))}
    years[2024] = figures(2024, 40, status=Status.PRELIMINARY)
    of = verdict(replace(series(Level.PROVINCE, {}), years=years))
    shown = remarks(of, Language.VI)

    assert [answer.preliminary for answer in of.clauses] == [(2024,), (2024,)]
    assert shown.count("sơ bộ") == 1


def note_of(one: ClauseAnswer) -> str:
    return "" if one.note is None else one.note.en


def test_a_fall_that_only_rounding_brings_to_the_threshold_is_not_met_and_says_so() -> None:
    # 3.999 points in 2024: a table with two decimals shows 4.00.
    counts = {2021: 90000, 2022: 80000, 2023: 70000, 2024: 66001}
    of = verdict(series(Level.DISTRICT, counts, 100_000), members("not_poor_district"))

    rate = path(of, "district-rate")
    assert rate.state is State.NOT_MET
    assert "rounded to two decimals" in note_of(rate)
    assert rate.reason is not None
    assert "3,999 điểm %" in rate.reason.vi


def test_a_table_with_one_decimal_is_warned_of_where_two_decimals_agree() -> None:
    counts = {2021: 90000, 2022: 80000, 2023: 70000, 2024: 66040}
    of = verdict(series(Level.DISTRICT, counts, 100_000), members("not_poor_district"))

    assert "rounded to one decimal" in note_of(path(of, "district-rate"))


def test_two_rates_that_are_rounded_may_move_their_difference_by_nearly_a_tenth() -> None:
    # 10.05% and 6.13%: a fall of 3.92 points, of 10.1 − 6.1 = 4.0 in a table with one decimal.
    counts = {2021: 90000, 2022: 80000, 2023: 10050, 2024: 6130}
    of = verdict(series(Level.DISTRICT, counts, 100_000), members("not_poor_district"))

    rate = path(of, "district-rate")
    assert rate.state is State.NOT_MET
    assert "rounded to one decimal" in note_of(rate)


def test_a_count_that_falls_by_hardly_more_than_half_is_met_and_says_that_a_table_hides_it() -> None:
    of = verdict(series(Level.VILLAGE, {2021: 100_001, 2024: 50_000}, 200_000))

    assert of.state is State.MET
    assert "rounded to two decimals" in note_of(of.clauses[0])


def test_where_rounding_changes_nothing_nothing_is_said() -> None:
    of = verdict(series(Level.DISTRICT, {2021: 320, 2022: 280, 2023: 240, 2024: 200}), members("not_poor_district"))

    assert [one.note for one in of.clauses] == [None, None]


def test_outside_its_days_a_decision_says_from_when_to_when_it_holds() -> None:
    of = verdict(series(Level.PROVINCE, {2023: 10, 2024: 8, 2025: 6, 2026: 4}), as_of=2026)

    assert of.state is State.NO_CRITERION
    assert of.reason is not None
    assert "áp dụng từ 02/06/2022 đến 31/12/2025; cuối năm 2026" in of.reason.vi
