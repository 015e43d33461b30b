"""Targets: which year-ends are answered, the path still needed, units taken together, shares of a class, readings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judge.case_files import class_book
from tests.judge.test_every_test import clause, village
from tests.judge.test_ranges import counts, divided
from thidua_cli.errors import UsageError
from thidua_cli.judge.classes.class_exits import Tally, still_to_leave
from thidua_cli.judge.clause.clause import judge_clause
from thidua_cli.judge.clause.pace import pace_to
from thidua_cli.judge.readings import read_as
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.targets import judge_targets, years_judged
from thidua_cli.judge.verdict import State
from thidua_cli.judge.words import targets as words
from thidua_cli.judge.words.readings import depends_note
from thidua_cli.language import Text
from thidua_cli.model import Level, Series, YearFigures
from thidua_cli.rulebook.classes import ClassBook
from thidua_cli.rulebook.load import load_rulebook
from thidua_cli.rulebook.schema import (
    Alternative,
    Clause,
    ClauseKind,
    Comparison,
    Period,
    Rulebook,
    ThresholdUnit,
    Window,
)
from thidua_cli.rulebook.schema import Test as Kind
from thidua_cli.units.place import Place

HALVED = replace(
    clause(Kind.COUNT_FALL_SINCE_BASELINE, ThresholdUnit.PERCENT, "50", Comparison.AT_LEAST, Window.BASELINE_YEAR),
    kind=ClauseKind.TARGET,
    year_ends=(2023, 2025),
)
EACH_YEAR = replace(
    clause(Kind.COUNT_FALL_EACH_YEAR, ThresholdUnit.PERCENT, "25", Comparison.AT_LEAST, Window.YEARS),
    years=1,
    kind=ClauseKind.TARGET,
    year_ends=(2023, 2024, 2025),
)
NONE_LEFT = replace(
    clause(Kind.COUNT_AT_YEAR_END, ThresholdUnit.HOUSEHOLDS, "0", Comparison.EQUAL),
    kind=ClauseKind.TARGET,
    year_ends=(2025,),
)


def book(*targets: Clause) -> Rulebook:
    return replace(load_rulebook("nghe-an-834"), targets=targets, class_exits=())


def setting(as_of: int = 2024, classes: ClassBook | None = None) -> Setting:
    return Setting(as_of, classes or ClassBook({}, {}, {}), lambda code, listed: "")


def poor(**by_year: int) -> Series:
    """Poor households of 1,000 by year-end: poor(y2021=100)."""
    numbers = {int(key[1:]): count for key, count in by_year.items()}
    return village({year: YearFigures(year, counts(1000, count)) for year, count in numbers.items()})


# --- which year-ends


@pytest.mark.parametrize(
    ("one", "as_of", "years"),
    [
        (HALVED, 2022, [2023]),
        (HALVED, 2023, [2023, 2025]),
        (HALVED, 2024, [2023, 2025]),
        (HALVED, 2025, [2025]),
        (EACH_YEAR, 2022, [2023]),
        (EACH_YEAR, 2024, [2024]),
        (replace(HALVED, period=Period(date(2022, 1, 1), date(2024, 12, 30))), 2024, [2023]),
        (replace(HALVED, period=Period(date(2022, 1, 1), date(2025, 12, 31))), 2024, [2023, 2025]),
    ],
)
def test_the_last_year_end_due_is_answered_and_the_next_with_a_way_to_it(
    one: Clause, as_of: int, years: list[int]
) -> None:
    assert years_judged(one, as_of) == years


def test_a_target_is_judged_at_its_own_year_end_with_the_figures_of_that_year() -> None:
    rows = judge_targets([poor(y2021=100, y2023=50, y2024=90)], book(HALVED), setting())

    assert [(row.year, row.is_due, row.state) for row in rows] == [
        (2023, True, State.MET),
        (2025, False, State.UNDETERMINED),
    ]
    assert rows[0].attainment_percent == 100
    assert rows[1].pace is not None
    assert (rows[1].pace.to_leave, rows[1].pace.on_track) == (40, False)


def test_where_nothing_was_and_nothing_is_a_target_has_no_object() -> None:
    rows = judge_targets(
        [poor(y2021=0, y2023=0, y2024=0)], book(replace(HALVED, year_ends=(2023,)), EACH_YEAR), setting()
    )

    assert [row.state for row in rows] == [State.NO_CRITERION, State.NO_CRITERION]
    assert rows[0].reason.vi == "Không còn hộ nào để giảm."


def test_of_a_window_of_several_years_the_least_fall_is_shown_and_attained() -> None:
    three = replace(EACH_YEAR, years=3, year_ends=(2024,))
    (row,) = judge_targets([poor(y2021=100, y2022=50, y2023=40, y2024=20)], book(three), setting())

    assert row.value is not None
    assert (row.value.year, row.value.value, row.attainment_percent) == (2023, Fraction(20), Fraction(80))
    (open_,) = judge_targets([poor(y2022=50, y2023=30, y2024=20)], book(three), setting())
    assert open_.value is not None
    assert (open_.value.value, open_.attainment_percent) == (None, None)


def test_from_nothing_to_something_a_target_is_missed() -> None:
    (row,) = judge_targets([poor(y2021=0, y2023=3)], book(replace(HALVED, year_ends=(2023,))), setting(2023))

    assert row.state is State.NOT_MET


# --- the path still needed

ANCHORED = st.sampled_from(
    [
        HALVED,
        NONE_LEFT,
        replace(NONE_LEFT, threshold=Decimal(7), comparison=Comparison.AT_MOST),
        clause(Kind.RATE_AT_YEAR_END, ThresholdUnit.PERCENT, "2", Comparison.LESS_THAN),
        clause(Kind.RATE_FALL_AVERAGE, ThresholdUnit.POINTS, "1.5", Comparison.AT_LEAST, Window.BASELINE_YEAR),
        clause(Kind.COUNT_FALL_AVERAGE, ThresholdUnit.HOUSEHOLDS, "9", Comparison.MORE_THAN, Window.BASELINE_YEAR),
        replace(EACH_YEAR, year_ends=(2025,)),
    ]
)


@given(ANCHORED, st.lists(st.integers(0, 120), min_size=4, max_size=4))
def test_the_path_needed_is_neither_too_long_nor_too_short(one: Clause, numbers: list[int]) -> None:
    series = poor(**dict(zip(("y2021", "y2022", "y2023", "y2024"), numbers, strict=True)))
    pace = pace_to(one, series, 2024, 2025)
    if pace is None:
        return

    def met(count: int) -> bool:
        years = {**series.years, 2025: YearFigures(2025, counts(1000, count))}
        return judge_clause(one, village(years), 2025).state is State.MET

    if pace.to_leave is None:
        assert not met(0)
        assert pace.on_track is False
        return
    now = numbers[-1]
    assert met(now - pace.to_leave) or starts_from_nothing(one, numbers)
    assert pace.to_leave == 0 or not met(now - pace.to_leave + 1)
    assert pace.on_track is (pace.to_leave == 0 or (pace.so_far is not None and pace.so_far >= pace.to_leave))


def test_where_no_count_would_do_no_number_of_households_to_leave_is_told() -> None:
    fall_of_12_points = replace(
        EACH_YEAR, threshold=Decimal(12), unit=ThresholdUnit.POINTS, test=Kind.RATE_FALL_EACH_YEAR
    )
    (row,) = judge_targets([poor(y2023=120, y2024=100)], book(replace(fall_of_12_points, year_ends=(2025,))), setting())

    assert row.pace is not None
    assert (row.pace.to_leave, row.pace.a_year, row.pace.on_track) == (None, None, False)
    assert row.reason.vi == ("Không thể đạt được nữa: dù đến cuối năm 2025 không còn hộ nào cũng không đạt mức này.")


def test_where_none_may_be_left_the_number_to_leave_is_all_there_are() -> None:
    fall_of_10_points = replace(
        EACH_YEAR, threshold=Decimal(10), unit=ThresholdUnit.POINTS, test=Kind.RATE_FALL_EACH_YEAR
    )
    (row,) = judge_targets([poor(y2023=120, y2024=100)], book(replace(fall_of_10_points, year_ends=(2025,))), setting())

    assert row.pace is not None
    assert (row.pace.to_leave, row.pace.a_year, row.pace.most_left) == (100, 100, 0)


def starts_from_nothing(one: Clause, numbers: list[int]) -> bool:
    return one.unit is ThresholdUnit.PERCENT and 0 in (numbers[0], numbers[-1])


def test_a_mean_in_percent_is_met_by_following_the_path() -> None:
    mean = clause(Kind.COUNT_FALL_AVERAGE, ThresholdUnit.PERCENT, "20", Comparison.AT_LEAST, Window.BASELINE_YEAR)
    series = poor(y2021=1000, y2022=900, y2023=810)  # 10% twice: of 4 × 20% there remain 60% in two years
    pace = pace_to(mean, series, 2023, 2025)

    assert pace is not None
    assert pace.most_left == 396  # 810 × 0.7 × 0.7 = 396.9
    assert (pace.to_leave, pace.a_year, pace.so_far, pace.on_track) == (414, 207, Fraction(95), False)


@pytest.mark.parametrize(("before", "on_track"), [(68, True), (67, False)])
def test_a_pace_that_reaches_the_target_exactly_is_on_track(before: int, on_track: bool) -> None:
    at_most_50 = replace(NONE_LEFT, threshold=Decimal(50), comparison=Comparison.AT_MOST)
    pace = pace_to(at_most_50, poor(y2023=before, y2024=59), 2024, 2025)

    assert pace is not None
    assert (pace.to_leave, pace.so_far, pace.on_track) == (9, Fraction(before - 59), on_track)


def test_households_a_year_are_rounded_up_so_that_they_suffice() -> None:
    pace = pace_to(HALVED, poor(y2021=100, y2023=91), 2023, 2025)

    assert pace is not None
    assert (pace.to_leave, pace.a_year) == (41, 21)
    assert "mỗi năm 21 hộ" in words.pace(pace).vi


def test_the_path_is_not_told_where_figures_are_a_range_or_missing() -> None:
    part = divided(2021, counts(1000, 80), counts(50, 20))
    ranged = village({2021: part, 2024: YearFigures(2024, counts(1000, 60))})

    assert pace_to(HALVED, ranged, 2024, 2025) is None
    assert pace_to(HALVED, poor(y2024=60), 2024, 2025) is None
    (row,) = judge_targets([poor(y2024=60)], book(replace(HALVED, year_ends=(2025,))), setting())
    assert row.reason.vi == "Thiếu số liệu cuối năm 2021."
    assert words.full_reason(row).vi == "Chưa đến hạn (cuối năm 2025). Thiếu số liệu cuối năm 2021."


def test_a_rate_that_no_count_could_reach_any_more_is_behind() -> None:
    steep = clause(Kind.RATE_FALL_AVERAGE, ThresholdUnit.POINTS, "5", Comparison.AT_LEAST, Window.BASELINE_YEAR)
    pace = pace_to(steep, poor(y2021=100, y2024=80), 2024, 2025)

    assert pace is not None
    assert (pace.most_left, pace.on_track) == (-100, False)
    assert "dù đến cuối năm 2025 không còn hộ nào" in words.pace(pace).vi


# --- units taken together

MOUNTAIN = next(one for one in load_rulebook("nghe-an-834").targets if one.id == "mountain-rate")


def district(code: str, **by_year: int) -> Series:
    return replace(poor(**by_year), unit_code=code, unit_name=f"Huyện {code}", level=Level.DISTRICT)


def nghe_an(classes: ClassBook, listed: tuple[str, ...] = ("415", "416")) -> Setting:
    return Setting(
        2025,
        classes,
        lambda code, listed: "40",
        place_of=lambda one: Place("huyện", frozenset({one.unit_code, "40"})),
        units_within=lambda place, level, on: listed,
    )


def both(one: str, other: str) -> ClassBook:
    user = {**class_book("415", [one]).user, **class_book("416", [other]).user}
    return ClassBook(user, {}, {})


def test_units_taken_together_are_summed_before_the_rate_is_taken() -> None:
    units = [district("415", y2021=400, y2025=200), district("416", y2021=100, y2025=140)]
    (row,) = judge_targets(units, book(MOUNTAIN), nghe_an(both("mountain", "mountain")))

    assert row.value is not None
    assert (row.unit_code, row.value.value, row.state) == ("40", Fraction(2), State.MET)


@pytest.mark.parametrize(("ends", "state"), [((190, 200), State.MET), ((195, 205), State.UNDETERMINED)])
def test_of_units_taken_together_the_ends_of_a_count_are_summed_too(ends: tuple[int, int], state: State) -> None:
    known = district("415", y2021=400, y2025=200)
    figures = replace(
        known.years[2025],
        counts={name: count for name, count in known.years[2025].counts.items() if name != "poor_households"},
        bounds={"poor_households": ends},
    )
    units = [replace(known, years={**known.years, 2025: figures}), district("416", y2021=100, y2025=140)]
    (row,) = judge_targets(units, book(MOUNTAIN), nghe_an(both("mountain", "mountain")))

    assert row.state is state


def test_a_unit_outside_the_class_is_not_summed() -> None:
    units = [district("415", y2021=400, y2025=200), district("416", y2021=100, y2025=140)]
    (row,) = judge_targets(units, book(MOUNTAIN), nghe_an(both("mountain", "not_mountain")))

    assert row.value is not None
    assert row.value.value == 5


def test_a_unit_of_unknown_class_leaves_the_sum_open_and_is_named() -> None:
    units = [district("415", y2021=400, y2025=200), district("416", y2021=100, y2025=140)]
    (row,) = judge_targets(units, book(MOUNTAIN), nghe_an(class_book("415", ["mountain"])))

    assert row.state is State.UNDETERMINED
    assert "Huyện 416" in row.reason.vi
    assert "--classes" in row.reason.vi


def test_a_unit_that_the_figures_lack_leaves_the_sum_open() -> None:
    units = [district("415", y2021=400, y2025=200)]
    (row,) = judge_targets(units, book(MOUNTAIN), nghe_an(both("mountain", "mountain")))

    assert row.state is State.UNDETERMINED
    assert "416" in row.reason.vi


# --- shares of a class


@given(st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_the_share_that_left_lies_in_its_bounds_whatever_the_unknown_units_did(numbers: list[int]) -> None:
    tally = Tally(*numbers)
    span = tally.share_percent()
    listed_or_not = ((1, 1), (1, 0), (0, 0))  # (was listed, has left)
    choices: list[tuple[tuple[int, int], ...]] = [((1, 1), (1, 0))] * tally.perhaps_left
    choices += [listed_or_not] * tally.perhaps_listed
    choices += [((1, 0), (0, 0))] * tally.perhaps_listed_stayed
    choices += [((1, 1), (0, 0))] * tally.perhaps_listed_left
    for chosen in product(*choices[:7]):
        rest = choices[7:]
        answers = [*chosen, *(one[-1] for one in rest)]
        whole = tally.stayed + tally.left + sum(listed for listed, _ in answers)
        left = tally.left + sum(gone for _, gone in answers)
        if whole:
            assert span is not None
            assert span.low <= Fraction(100 * left, whole) <= span.high


@pytest.mark.parametrize(
    ("comparison", "listed", "left", "more"),
    [
        (Comparison.MORE_THAN, 10, 2, 2),
        (Comparison.MORE_THAN, 11, 3, 1),
        (Comparison.AT_LEAST, 10, 2, 1),
        (Comparison.AT_LEAST, 10, 5, 0),
    ],
)
def test_the_units_still_needed_are_just_those_that_would_meet_the_target(
    comparison: Comparison, listed: int, left: int, more: int
) -> None:
    # 30% of 10 is reached by 3 units; "more than" 30% only by 4.
    (exit_,) = (one for one in load_rulebook("qd-666-ttg").class_exits if one.id == "national-poor-districts")
    exit_ = replace(exit_, comparison=comparison)

    assert still_to_leave(exit_, Tally(stayed=listed - left, left=left)) == more


def test_without_any_unit_on_the_list_there_is_no_share() -> None:
    assert Tally().share_percent() is None


# --- readings

AVERAGE = Alternative(
    "average",
    Text("Bình quân.", "On average."),
    Text("", ""),
    ("test",),
    replace(EACH_YEAR, test=Kind.COUNT_FALL_AVERAGE, years=None, baseline_year=2021),
)


def test_a_row_says_which_reading_would_change_its_answer() -> None:
    read = replace(EACH_YEAR, alternatives=(AVERAGE,), year_ends=(2024,))
    (row,) = judge_targets([poor(y2021=100, y2022=50, y2023=40, y2024=40)], book(read), setting())

    assert row.state is State.NOT_MET
    assert [(one.id, one.state) for one in row.other_readings] == [
        ("average", State.NOT_MET)
    ] or row.other_readings == ()
    (better,) = judge_targets([poor(y2021=100, y2022=40, y2023=20, y2024=20)], book(read), setting())
    assert [(one.id, one.state) for one in better.other_readings] == [("average", State.MET)]
    note = depends_note(better.other_readings)
    assert note is not None
    assert note.vi == "Phụ thuộc cách hiểu: theo “average” thì Đạt."


def test_a_chosen_reading_judges_and_its_answer_no_longer_depends_on_it() -> None:
    plan = book(replace(EACH_YEAR, alternatives=(AVERAGE,), year_ends=(2024,)))
    chosen = read_as(plan, ["average"])
    target = replace(chosen.targets[0], year_ends=(2024,))
    (row,) = judge_targets([poor(y2021=100, y2022=40, y2023=20, y2024=20)], book(target), setting())

    assert (row.state, row.other_readings) == (State.MET, ())


def test_a_reading_that_no_clause_knows_is_refused() -> None:
    with pytest.raises(UsageError) as refused:
        read_as(book(replace(EACH_YEAR, alternatives=(AVERAGE,))), ["rounded"])
    assert "average" in refused.value.text.vi


# --- classes of single units


def test_a_unit_that_may_not_be_one_of_the_subjects_is_undetermined_and_says_what_would_follow() -> None:
    only_mountain = replace(HALVED, subject=replace(HALVED.subject, any_of=("mountain",)), year_ends=(2023,))
    (row,) = judge_targets([poor(y2021=100, y2023=40)], book(only_mountain), setting())
    inside = setting(classes=class_book("20443-1", ["mountain"]))
    outside = setting(classes=class_book("20443-1", ["not_mountain"]))

    assert row.state is State.UNDETERMINED
    assert "nếu thuộc diện của chỉ tiêu: Đạt" in row.reason.vi
    assert [one.state for one in judge_targets([poor(y2021=100, y2023=40)], book(only_mountain), inside)] == [State.MET]
    assert judge_targets([poor(y2021=100, y2023=40)], book(only_mountain), outside) == []


def test_figures_of_a_divided_unit_give_a_range_of_what_was_reached() -> None:
    ranged = village(
        {
            2021: divided(2021, counts(1000, 80), counts(50, 20)),
            2023: YearFigures(2023, counts(1000, 45)),
        }
    )
    (row,) = judge_targets([ranged], book(replace(HALVED, year_ends=(2023,))), setting(2023))

    assert row.state is State.UNDETERMINED
    assert row.value is not None
    assert (row.value.low, row.value.high) == (Fraction(175, 4), Fraction(55))
    assert (row.attainment_percent, row.margin_households) == (None, None)
    assert "--shares" in row.reason.vi
