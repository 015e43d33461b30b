"""Figures known as a range only: a certain answer is right for every share of the divided unit, or it is not given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judge.cases import members, path, series, verdict
from thidua_cli.judge.verdict import ClauseValue, State
from thidua_cli.model import Basis, DividedPart, Level, Part, Series, YearFigures
from thidua_cli.rulebook.classes import ClassBook

Both: TypeAlias = tuple[dict[int, YearFigures], dict[int, YearFigures]]
NAMES = ("households", "poor_households", "near_poor_households")
OLD, NEW, OTHER = Part("10001", "Xã Cũ"), Part("20443", "Xã Mới"), Part("20444", "Xã Khác")


def counts(households: int, poor: int, near_poor: int = 0) -> dict[str, int]:
    return dict(zip(NAMES, (households, poor, near_poor), strict=True))


def divided(year: int, placed: dict[str, int], *parts: dict[str, int]) -> YearFigures:
    """Figures of a unit that got `placed` for certain and anything between none and all of each of `parts`."""
    return YearFigures(
        year,
        {},
        Basis.REBASED,
        merged=(Part("10000", "Xã Gốc"),) if placed else (),
        divided=tuple(DividedPart(OLD, part, (NEW, OTHER), date(2024, 11, 1), "NQ 1") for part in parts),
        placed=placed,
    )


def exact(year: int, *numbers: int) -> YearFigures:
    return YearFigures(year, counts(*numbers))


def village(*years: YearFigures) -> Series:
    return replace(series(Level.VILLAGE, {}), unit_code="20443", years={one.year: one for one in years})


def district(*years: YearFigures) -> Series:
    return replace(series(Level.DISTRICT, {}), years={one.year: one for one in years})


# --- counts


@pytest.mark.parametrize(
    ("last", "expected"),
    [(49, State.MET), (50, State.UNDETERMINED), (74, State.UNDETERMINED), (75, State.NOT_MET)],
)
def test_a_count_is_judged_at_both_ends_of_its_baseline(last: int, expected: State) -> None:
    # Between 100 and 150 poor households at the end of 2021.
    of = verdict(village(divided(2021, counts(300, 100), counts(200, 50)), exact(2024, 400, last)))

    assert of.state is expected
    low, high = Fraction(100 * (100 - last), 100), Fraction(100 * (150 - last), 150)
    assert of.clauses[0].values == (ClauseValue(2024, None, low, high, expected),)
    assert of.margin_households is None


def test_an_undetermined_count_names_the_divided_unit_its_successors_the_day_and_the_line_to_supply() -> None:
    of = verdict(village(divided(2021, counts(300, 100), counts(200, 50)), exact(2024, 400, 60)))

    assert of.reason is not None
    for part in (
        "Xã Cũ chia hộ cho Xã Mới, Xã Khác ngày 01/11/2024",
        "cuối năm 2021",
        "--shares",
        "10001,20443,2021,số hộ,hộ nghèo,hộ cận nghèo,nguồn",
    ):
        assert part in of.reason.vi
    assert "10001,20443,2021,households,poor,near_poor,source" in of.reason.en


def test_several_divided_units_are_told_in_one_clause() -> None:
    first = divided(2021, counts(300, 100), counts(200, 50))
    second = replace(first.divided[0], unit=Part("10002", "Xã Thứ Hai"))
    of = verdict(village(replace(first, divided=(*first.divided, second)), exact(2024, 400, 70)))

    assert of.reason is not None
    assert of.reason.vi.count("--shares") == 1
    for line in ("10001,20443,2021", "10002,20443,2021"):
        assert line in of.reason.vi


@pytest.mark.parametrize(("last", "fell"), [(40, "giảm ít nhất 60,00%"), (90, "giảm nhiều nhất 40,00%")])
def test_a_certain_answer_says_that_no_share_would_change_it(last: int, fell: str) -> None:
    of = verdict(village(divided(2021, counts(300, 100), counts(200, 50)), exact(2024, 400, last)))

    assert of.reason is not None
    assert fell in of.reason.vi
    assert "Dù chia hộ của Xã Cũ (cho Xã Mới, Xã Khác) thế nào, kết quả vẫn như nhau." in of.reason.vi
    assert "--shares" not in of.reason.vi


def test_a_baseline_that_may_be_nothing_has_no_least_fall() -> None:
    of = verdict(village(divided(2021, {}, counts(200, 50)), exact(2024, 400, 10)))

    assert of.state is State.UNDETERMINED
    assert of.clauses[0].values == (ClauseValue(2024, None, None, Fraction(80), State.UNDETERMINED),)


def test_a_baseline_that_is_nothing_for_every_share_has_no_fall() -> None:
    of = verdict(village(divided(2021, counts(300, 0), counts(200, 0)), exact(2024, 400, 10)))

    assert of.state is State.NOT_MET
    assert of.clauses[0].reason is not None
    assert "bằng 0" in of.clauses[0].reason.vi


def test_a_count_that_a_divided_unit_lacks_is_missing_and_not_nothing() -> None:
    of = verdict(village(divided(2021, counts(300, 100), {"households": 200}), exact(2024, 400, 10)))

    assert of.state is State.UNDETERMINED
    assert of.reason is not None
    assert "cuối năm 2021 thiếu số hộ nghèo" in of.reason.vi[:1].lower() + of.reason.vi[1:]


# --- rates


def test_a_rate_lies_between_none_of_the_poor_and_none_of_the_others() -> None:
    # 100 of 300 households; of the divided unit 50 poor and 150 others: 100/450 … 150/350.
    of = verdict(
        district(divided(2023, counts(300, 100), counts(200, 50)), exact(2024, 1000, 100)), members("poor_district")
    )

    fall = path(of, "poor-district-rate").values[-1]
    assert (fall.value, fall.low, fall.high) == (
        None,
        Fraction(10000, 450) - 10,
        Fraction(15000, 350) - 10,
    )


def test_a_rate_of_a_unit_that_may_have_poor_households_alone_is_the_whole() -> None:
    # Nothing is certain, and all ten households that may have come are poor: 100%, whatever share of them came.
    of = verdict(district(divided(2023, {}, counts(10, 10)), exact(2024, 100, 0)), members("poor_district"))

    fall = path(of, "poor-district-rate").values[-1]
    assert (fall.value, fall.low, fall.high) == (Fraction(100), None, None)


def test_a_divided_unit_with_more_poor_than_households_narrows_no_rate() -> None:
    # 5 of 50 households, and 30 poor among 10: no share of that is possible, so the widest bounds stand: 5/60 … 35/50.
    of = verdict(district(divided(2023, counts(50, 5), counts(10, 30)), exact(2024, 100, 0)), members("poor_district"))

    fall = path(of, "poor-district-rate").values[-1]
    assert (fall.low, fall.high) == (Fraction(500, 60), Fraction(3500, 50))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ((100, 40), State.MET),
        ((100, 25), State.NOT_MET),
    ],
)
def test_a_yearly_fall_is_certain_where_both_ends_pass_or_fail(before: tuple[int, int], expected: State) -> None:
    households, poor = before
    window = [exact(2021, 100, 80), exact(2022, 100, 70)]
    last = exact(2024, 100, 22)
    of = verdict(
        district(*window, divided(2023, counts(households, poor), counts(2, 1)), last), members("poor_district")
    )

    assert of.state is expected


def test_one_year_that_fails_for_every_share_settles_a_window_with_a_year_missing() -> None:
    of = verdict(
        district(divided(2023, counts(1000, 100), counts(20, 10)), exact(2024, 1000, 150)), members("poor_district")
    )

    assert of.state is State.NOT_MET
    assert of.reason is not None
    assert "năm 2024 tăng ít nhất" in of.reason.vi


def test_more_poor_than_households_in_a_divided_unit_never_narrow_the_rate() -> None:
    # An error of the figures: 50 poor of 20 households. All 150 poor of 100, or the 100 for certain of 120.
    of = verdict(
        district(divided(2023, counts(100, 100), counts(20, 50)), exact(2024, 1000, 100)), members("poor_district")
    )

    fall = path(of, "poor-district-rate").values[-1]
    assert (fall.low, fall.high) == (Fraction(10000, 120) - 10, Fraction(15000, 100) - 10)


# --- notes


def test_a_merger_of_which_the_wording_was_not_read_is_said_to_be_presumed() -> None:
    one, two = Part("1", "Xã Một"), Part("2", "Xã Hai")
    presumed = replace(exact(2021, 400, 100), basis=Basis.REBASED, merged=(one, two), presumed=(two,))
    of = verdict(village(presumed, exact(2024, 400, 40)))

    assert of.state is State.MET
    assert of.clauses[0].note is not None
    assert "Coi như Xã Hai nhập trọn vào Đơn vị" in of.clauses[0].note.vi


# --- laws

YEARS = (2021, 2022, 2023, 2024)


@st.composite
def shared_years(draw: st.DrawFn) -> Both:
    """Year-ends near the thresholds, some of them with divided units; and the same with one share realised."""
    ranges: dict[int, YearFigures] = {}
    realised: dict[int, YearFigures] = {}
    base = draw(st.integers(40, 120))
    for year in YEARS:
        base = max(0, base - draw(st.integers(-3, 12)))
        placed = counts(200, base, draw(st.integers(0, 3)))
        parts, total = [], dict(placed)
        for _ in range(draw(st.integers(0, 2))):
            poor, near, others = (draw(st.integers(0, 12)) for _ in range(3))
            parts.append(counts(poor + near + others, poor, near))
            shares = [draw(st.integers(0, most)) for most in (poor, near, others)]
            for name, more in zip(NAMES, (sum(shares), shares[0], shares[1]), strict=True):
                total[name] += more
        ranges[year] = divided(year, placed, *parts) if parts else YearFigures(year, placed)
        realised[year] = YearFigures(year, total)
    return ranges, realised


BOOKS = [members(), members("poor_district"), members("not_poor_district")]


@given(shared_years(), st.sampled_from(list(Level)), st.sampled_from(BOOKS))
def test_a_certain_verdict_is_that_of_every_share(both: Both, level: Level, book: ClassBook) -> None:
    ranges, realised = both
    known = verdict(replace(series(level, {}), years=ranges), book)
    real = verdict(replace(series(level, {}), years=realised), book)

    assert known.state in (real.state, State.UNDETERMINED)
    for one, other in zip(known.clauses, real.clauses, strict=True):
        assert one.state in (other.state, State.UNDETERMINED)
        for held, value in zip(one.values, other.values, strict=True):
            assert_inside(held, value.value)


def assert_inside(held: ClauseValue, value: Fraction | None) -> None:
    if value is None or held.value is not None:
        assert held.value == value
        return
    assert held.high is not None
    assert value <= held.high
    assert held.low is None or held.low <= value


@given(shared_years(), st.sampled_from(list(Level)), st.sampled_from(BOOKS))
def test_a_divided_unit_without_households_changes_nothing(both: Both, level: Level, book: ClassBook) -> None:
    _, realised = both
    empty = {year: divided(year, dict(one.counts), counts(0, 0)) for year, one in realised.items()}
    known = verdict(replace(series(level, {}), years=empty), book)
    real = verdict(replace(series(level, {}), years=realised), book)

    assert known.state is real.state
    assert [one.values for one in known.clauses] == [one.values for one in real.clauses]
