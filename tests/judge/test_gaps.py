"""A gap leaves an answer open only while some value in it could change the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.judge.cases import CODES, PROVINCE, members, path, series, told, verdict
from tests.judge.test_every_test import clause
from thidua_cli.judge.possible import MOST_WORLDS, same_in_all, worlds_of
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.targets import judge_targets
from thidua_cli.judge.verdict import State
from thidua_cli.judge.verdicts import judge
from thidua_cli.language import Text
from thidua_cli.model import Level, Measure, Series, YearFigures
from thidua_cli.rulebook.schema import Clause, ClauseKind, Comparison, Rulebook, ThresholdUnit, Window
from thidua_cli.rulebook.schema import Test as Kind


def each_year(threshold: str, unit: ThresholdUnit = ThresholdUnit.POINTS, comparison: str = ">=") -> Clause:
    test = Kind.RATE_FALL_EACH_YEAR if unit is ThresholdUnit.POINTS else Kind.COUNT_FALL_EACH_YEAR
    return clause(test, unit, threshold, Comparison(comparison), Window.BASELINE_YEAR)


Counts = Mapping[str, int]


def known(count: int, households: int | None = 100) -> Counts:
    counts = {"poor_households": count, "near_poor_households": 0}
    return counts if households is None else {**counts, "households": households}


def unit(*years: Counts | YearFigures | None) -> Series:
    """Year-ends from 2021 on; None is a year without figures."""
    figures = {
        2021 + number: of_year if isinstance(of_year, YearFigures) else YearFigures(2021 + number, of_year)
        for number, of_year in enumerate(years)
        if of_year is not None
    }
    return Series(CODES[Level.VILLAGE], "Thôn 1", Level.VILLAGE, "20443", figures)


def between(year: int, low: int, high: int, households: int = 100) -> YearFigures:
    """Poor households known only to lie between two numbers."""
    counts = {"near_poor_households": 0, "households": households}
    return YearFigures(year, counts, bounds={"poor_households": (low, high)})


def test_of_counts_that_contradict_each_other_nothing_is_concluded() -> None:
    counts = {"poor_households": 1, "near_poor_households": 0, "minority_households": 50}
    last = YearFigures(2022, counts, bounds={"households": (3, 30)})

    one_year = replace(each_year("20"), years=1, baseline_year=None)
    assert told(one_year, unit(known(40), last), 2022).state is State.UNDETERMINED


@pytest.mark.parametrize(
    ("years", "state"),
    [
        ([known(40), None, known(33), known(28)], State.NOT_MET),
        ([known(40), None, known(32), known(28)], State.UNDETERMINED),
        ([known(40), known(36), None, None], State.UNDETERMINED),
        ([known(11), None, None, known(0)], State.NOT_MET),
        ([known(12), None, None, known(0)], State.UNDETERMINED),
        ([None, known(3), None, known(0)], State.NOT_MET),
        ([None, None, None, None], State.UNDETERMINED),
        ([known(40), known(22, None), known(18), known(14)], State.UNDETERMINED),
        ([known(40), known(22, None), known(33), known(14)], State.NOT_MET),
        ([known(40), known(0, None), known(0), known(0)], State.NOT_MET),
    ],
)
def test_two_falls_of_four_points_need_eight_points_whatever_stood_between(
    years: list[Counts | None], state: State
) -> None:
    assert told(each_year("4"), unit(*years)).state is state


def test_a_fall_of_more_than_four_points_needs_more_than_eight_in_two_years() -> None:
    exactly = unit(known(12), None, None, known(0))

    assert told(each_year("4", comparison=">"), exactly).state is State.NOT_MET
    assert told(each_year("3.99", comparison=">"), exactly).state is State.UNDETERMINED


@pytest.mark.parametrize(("households", "state"), [(7, State.NOT_MET), (100, State.UNDETERMINED)])
def test_a_known_number_of_households_can_only_have_rates_of_whole_households(households: int, state: State) -> None:
    # 93 → 86 → 79 are two falls of 7 points; 6 of 7 households are 85.7%, which is one fall of less.
    missing = {"near_poor_households": 0, "households": households}
    years = unit(known(93), missing, known(79), known(70))

    assert told(each_year("7"), years).state is state


@pytest.mark.parametrize(("last", "state"), [(82, State.NOT_MET), (81, State.UNDETERMINED), (80, State.UNDETERMINED)])
def test_two_falls_of_ten_percent_leave_no_more_than_81_of_100(last: int, state: State) -> None:
    years = unit(known(100), None, known(last), known(40))

    assert told(each_year("10", ThresholdUnit.PERCENT), years).state is state


@pytest.mark.parametrize(
    ("years", "state"),
    [
        ([known(40), None, None, known(20)], State.UNDETERMINED),
        ([known(40), None, None, known(21)], State.NOT_MET),
        ([known(40), known(30), None, known(20)], State.UNDETERMINED),
        ([known(40), known(30), None, known(21)], State.NOT_MET),
        ([known(40), known(0), None, known(20)], State.NOT_MET),
    ],
)
def test_a_mean_of_relative_falls_is_greatest_where_all_are_equal(years: list[Counts | None], state: State) -> None:
    mean = clause(Kind.RATE_FALL_AVERAGE, ThresholdUnit.PERCENT, "20", Comparison.AT_LEAST, Window.BASELINE_YEAR)

    assert told(mean, unit(*years)).state is state


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        (known(300, 1000), {"households": 100, "near_poor_households": 0}, State.MET),
        (known(180, 1000), {"households": 100, "near_poor_households": 0}, State.UNDETERMINED),
        (known(70), between(2024, 20, 30), State.MET),
        (known(70), between(2024, 20, 40), State.UNDETERMINED),
        (known(70), between(2024, 36, 60), State.NOT_MET),
        ({"households": 40, "near_poor_households": 0}, known(30), State.NOT_MET),
    ],
)
def test_a_count_is_never_more_than_the_households(first: Counts, last: Counts | YearFigures, state: State) -> None:
    half = clause(
        Kind.COUNT_FALL_SINCE_BASELINE, ThresholdUnit.PERCENT, "50", Comparison.MORE_THAN, Window.BASELINE_YEAR
    )

    assert told(half, unit(first, None, None, last)).state is state


def test_figures_on_another_line_or_in_dispute_may_have_been_anything() -> None:
    other_line = replace(YearFigures(2022, known(39)), poverty_line="2016-2020")
    dispute = YearFigures(2022, {}, conflicting=True)
    for open_ in (other_line, dispute, YearFigures(2022, {}, missing_children=("20443",))):
        assert told(each_year("4"), unit(known(40), open_, known(33), known(28))).state is State.NOT_MET
        assert told(each_year("4"), unit(known(40), open_, known(32), known(28))).state is State.UNDETERMINED


def test_of_no_households_there_is_no_rate_and_no_other_either() -> None:
    nobody = {"households": 0, "poor_households": 0, "near_poor_households": 0}

    assert told(each_year("4"), unit(known(40), nobody, known(33), known(28))).state is State.UNDETERMINED
    assert told(each_year("4"), unit(known(40), nobody, known(33), known(30))).state is State.NOT_MET


def test_poor_households_leave_no_more_than_the_others_to_be_near_poor() -> None:
    near_poor = replace(each_year("4"), measure=Measure.NEAR_POOR)
    before = {"households": 100, "near_poor_households": 40}
    open_ = {"households": 100, "poor_households": 65}

    assert told(near_poor, unit(before, open_, before, known(0))).state is State.NOT_MET
    assert told(near_poor, unit(before, {"households": 100}, before, known(0))).state is State.NOT_MET
    falls = {**before, "near_poor_households": 31}
    assert told(near_poor, unit(before, open_, falls, known(0))).state is State.UNDETERMINED


# ------------------------------------------------------------ in words


def test_a_certain_answer_beside_a_gap_says_what_is_missing_and_that_it_changes_nothing() -> None:
    of = told(each_year("4"), unit(known(40), None, known(33), known(28)))

    assert of.full_reason is not None
    assert of.full_reason.vi == (
        "Tỷ lệ nghèo đa chiều cuối năm 2021 là 40,00%, cuối năm 2023 là 33,00%, cuối năm 2024 là 28,00%: dù cuối năm "
        "2022 là bao nhiêu cũng không đạt yêu cầu từ 4 điểm % trở lên mỗi năm. Dù thiếu số liệu cuối năm 2022, kết quả "
        "vẫn như nhau."
    )


def test_a_fall_that_fails_by_itself_is_still_the_reason() -> None:
    of = told(each_year("4"), unit(known(40), None, known(33), known(30)))

    assert of.full_reason is not None
    assert "chỉ giảm 3,00 điểm %" in of.full_reason.vi
    assert "Dù thiếu số liệu cuối năm 2022, kết quả vẫn như nhau." in of.full_reason.vi


def test_ends_of_a_count_are_named_where_they_leave_an_answer_open_and_where_they_do_not() -> None:
    open_ = told(each_year("4"), unit(known(40), between(2022, 30, 38), known(26), known(20)))
    certain = told(each_year("4"), unit(known(40), between(2022, 30, 36), known(26), known(20)))

    assert (open_.state, certain.state) == (State.UNDETERMINED, State.MET)
    assert open_.reason is not None
    assert open_.reason.vi == "Cuối năm 2022 chỉ biết số hộ nghèo từ 30 đến 38."
    assert certain.full_reason is not None
    assert "Dù cuối năm 2022 chỉ biết số hộ nghèo từ 30 đến 36, kết quả vẫn như nhau." in certain.full_reason.vi


# ------------------------------------------------------------ the margin


@pytest.mark.parametrize(
    ("counts", "margin"),
    [
        # Whatever stood at the end of 2022, two falls of 40 were not had: only the other path is left.
        ({2021: 400, 2023: 330, 2024: 300}, -101),
        # With 280 at the end of 2024 the rate may be met, so 91 may be more than is needed.
        ({2021: 400, 2023: 320, 2024: 290}, None),
        ({2021: 400, 2023: 320, 2024: 190}, 9),
    ],
)
def test_no_margin_beside_a_gap_is_larger_than_the_true_one(counts: dict[int, int], margin: int | None) -> None:
    of = verdict(series(Level.DISTRICT, counts), members("not_poor_district"))

    assert path(of, "district-rate").state is not State.MET
    assert of.margin_households == margin


# ------------------------------------------------------------ several clauses together

LATE_FALL = replace(
    clause(Kind.COUNT_FALL_EACH_YEAR, ThresholdUnit.HOUSEHOLDS, "12", Comparison.AT_LEAST, Window.YEARS),
    id="late-fall",
    years=1,
)
MEAN = replace(
    clause(Kind.COUNT_FALL_AVERAGE, ThresholdUnit.PERCENT, "28", Comparison.AT_LEAST, Window.YEARS), id="mean", years=2
)


def judged(figures: Series, *clauses: Clause) -> tuple[State, str, int | None]:
    rulebook = Rulebook("drawn", Text("", ""), "1", clauses[0].citation, clauses, ())
    (of,) = judge([figures], rulebook, Setting(2024, members(), lambda code, listed: PROVINCE))
    assert of.reason is not None
    return of.state, of.reason.vi, of.margin_households


def test_two_paths_may_meet_together_what_neither_meets_for_every_value() -> None:
    # Up to 33 the mean of 40 → ? → 20 is enough, from 32 on the last fall is.
    years = unit(None, known(40), between(2023, 25, 40), known(20))

    assert judged(years, LATE_FALL)[0] is judged(years, MEAN)[0] is State.UNDETERMINED
    assert judged(years, LATE_FALL, MEAN) == (
        State.MET,
        "Dù cuối năm 2023 chỉ biết số hộ nghèo từ 25 đến 40, mọi giá trị có thể có đều dẫn đến một kết quả: Đạt.",
        None,
    )
    wider = unit(None, known(40), between(2023, 23, 40), known(20))
    assert judged(wider, LATE_FALL, MEAN)[0] is State.UNDETERMINED


def test_more_choices_than_are_tried_stay_open() -> None:
    wide = {"near_poor_households": 0, "households": 3 * MOST_WORLDS}
    years = unit(None, known(40), wide, known(20))

    assert list(worlds_of(years, [MEAN], 2024)) == []
    assert len(list(worlds_of(years, [MEAN], 2024, most=4 * MOST_WORLDS))) > 3 * MOST_WORLDS


def test_worlds_that_differ_are_told_after_a_few() -> None:
    years = unit(None, known(40), between(2023, 0, 9_000, 10_000), known(20))
    tried = []

    def state_in(world: Series) -> State:
        tried.append(world)
        return State.MET if world.years[2023].counts["poor_households"] > 4_000 else State.NOT_MET

    assert same_in_all(worlds_of(years, [MEAN], 2024), state_in) is State.UNDETERMINED
    assert len(tried) == 2


def test_of_no_world_nothing_is_certain() -> None:
    assert same_in_all([], lambda world: State.MET) is State.UNDETERMINED


# ------------------------------------------------------------ targets


@pytest.mark.parametrize(
    ("years", "state"),
    [
        ([known(0), known(0), known(0), known(0)], State.NO_CRITERION),
        ([known(0), None, known(0), known(0)], State.UNDETERMINED),
        ([known(0), known(0), known(0), None], State.UNDETERMINED),
        ([known(0), None, known(5), known(0)], State.NOT_MET),
    ],
)
def test_a_target_has_no_object_only_where_there_was_nothing_all_the_time(
    years: list[Counts | None], state: State
) -> None:
    target = replace(each_year("10", ThresholdUnit.PERCENT), kind=ClauseKind.TARGET, year_ends=(2024,))
    rulebook = Rulebook("drawn", Text("", ""), "1", target.citation, (), (), targets=(target,))
    (row,) = judge_targets([unit(*years)], rulebook, Setting(2024, members(), lambda code, listed: PROVINCE))

    assert row.state is state
