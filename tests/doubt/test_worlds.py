"""What findings leave possible: one change of one cell that explains all findings on it together."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.corpus_planted_records import planted
from tests.check.cases import CO_TO, CO_TO_COMMUNES, observed, read
from tests.doubt.cases import disputed, district, doubts_of, findings, possible, series_of, waived
from thidua_cli.doubt.domain import Domain
from thidua_cli.doubt.worlds import LookedAt, unit_doubts
from thidua_cli.pipeline import read as read_files

FIRST, SECOND, THIRD = CO_TO_COMMUNES
TYPED_TOO_FEW = ((1000, 26, 40), (900, 90, 45), (800, 80, 40))
"""262 poor households of the first commune typed as 26, the district's own row right."""
RATES = {FIRST: "26.20", SECOND: "10.00", THIRD: "10.00"}


def test_a_sum_that_fails_leaves_its_total_or_exactly_one_part_off_by_the_difference() -> None:
    reading = district((2700, 432, 125), TYPED_TOO_FEW)
    assert possible(doubts_of(reading, CO_TO), 2023, "poor_households") == {432, 196}
    assert possible(doubts_of(reading, FIRST), 2023, "poor_households") == {26, 262}
    assert possible(doubts_of(reading, SECOND), 2023, "poor_households") == {90, 326}


def test_a_printed_rate_that_fits_clears_a_part_and_one_that_does_not_tells_the_value() -> None:
    reading = district((2700, 432, 125), TYPED_TOO_FEW, RATES)
    assert possible(doubts_of(reading, FIRST), 2023, "poor_households") == {26, 262}
    assert doubts_of(reading, SECOND) is None
    assert doubts_of(reading, THIRD) is None


def test_a_part_that_cannot_be_so_many_is_cleared() -> None:
    reading = district((2700, 1400, 125), ((1000, 300, 40), (900, 90, 45), (800, 80, 40)))
    # 930 more: of 900 households, 90 poor and 45 near-poor among them, none of the communes can have so many
    assert [doubts_of(reading, code) for code in CO_TO_COMMUNES] == [None, None, None]
    assert possible(doubts_of(reading, CO_TO), 2023, "poor_households") == {1400, 470}


def test_an_opening_that_fits_clears_the_closing_count_of_the_year_before() -> None:
    columns = ("households", "poor_households", "near_poor_households", "poor_opening")
    before = [observed(code, 2022, (900, 90, 45), parent=CO_TO) for code in CO_TO_COMMUNES]
    own = observed(CO_TO, 2022, (2700, 300, 135))
    opened = [observed(SECOND, 2023, (900, 80, 40, 90), parent=CO_TO, names=columns)]
    reading = read(own, *before, *opened)
    assert doubts_of(reading, SECOND) is None
    assert possible(doubts_of(reading, FIRST), 2022, "poor_households") == {90, 120}


def test_two_faults_in_one_sum_leave_each_part_what_its_own_printed_rate_allows() -> None:
    communes = ((1000, 26, 40), (900, 9, 45), (800, 80, 40))
    rates = {FIRST: "26.20", SECOND: "10.00", THIRD: "10.00", CO_TO: "16.00"}
    reading = district((2700, 432, 125), communes, rates)
    assert {26, 262} <= possible(doubts_of(reading, FIRST), 2023, "poor_households")
    assert {9, 90} <= possible(doubts_of(reading, SECOND), 2023, "poor_households")


def test_a_subtotal_that_fails_leaves_the_total_that_adds_it_up_in_doubt(tmp_path: Path) -> None:
    # the rural subtotal forgets a commune, and the formula of the district carries that up: 1,614 for 2,249
    (mistake,) = (mistake for mistake in planted() if mistake.mistake == "a total that forgets a commune")
    mistake.write(tmp_path)
    reading = read_files([str(tmp_path)])
    assert [finding.kind.code for finding in findings(reading)] == ["S002"]
    assert possible(doubts_of(reading, "505"), 2023, "poor_households") == {1614, 2249}


def test_more_poor_than_households_leaves_no_value_to_use() -> None:
    reading = read(observed(FIRST, 2023, (300, 280, 40)))
    doubts = doubts_of(reading, FIRST)
    assert doubts is not None
    assert {doubt.values for doubt in doubts.doubts} == {None}
    assert all(doubt.is_void for doubt in doubts.doubts)
    assert all(world.changes for world in doubts.worlds)  # the printed figures are no possible world


def test_a_jump_disputes_both_ends_and_puts_nothing_in_their_place() -> None:
    reading = read(observed(FIRST, 2022, (1000, 100, 50)), observed(FIRST, 2023, (1000, 900, 50)))
    assert [finding.kind.code for finding in findings(reading)] == ["T003"]
    doubts = doubts_of(reading, FIRST)
    assert doubts is not None
    assert [doubt.values for doubt in doubts.doubts] == [None, None]
    assert possible(doubts, 2023, "poor_households") == {900, (0, 950)}


def test_a_unit_that_stands_twice_with_different_figures_has_either() -> None:
    reading = read(observed(FIRST, 2023, (1000, 100, 50)), observed(FIRST, 2023, (1000, 120, 50)))
    assert possible(doubts_of(reading, FIRST), 2023, "poor_households") == {100, 120}


def test_doubt_goes_up_with_a_sum() -> None:
    communes = ((1000, 100, 50), (900, 90, 45), (300, 280, 40))
    reading = district(None, communes)
    doubts = doubts_of(reading, CO_TO)
    assert doubts is not None
    assert {doubt.unit_code for doubt in doubts.doubts} == {THIRD}
    printed = series_of(reading)[CO_TO].years[2023].counts["poor_households"]
    assert printed == 470
    assert (190, 450) in possible(doubts, 2023, "poor_households")


def test_a_doubt_about_another_count_or_year_is_no_business_of_an_answer() -> None:
    reading = district((2700, 432, 125), TYPED_TOO_FEW)
    unit = series_of(reading)[FIRST]
    figures = disputed(reading)
    assert unit_doubts(unit, figures, LookedAt(frozenset({2022}), frozenset({"poor_households"}))) is None
    assert unit_doubts(unit, figures, LookedAt(frozenset({2023}), frozenset({"near_poor_households"}))) is None


def test_a_waiver_lets_the_printed_value_stand() -> None:
    reading = district((2700, 432, 125), TYPED_TOO_FEW)
    doubts = doubts_of(reading, FIRST, waived(findings(reading), "S001"))
    assert possible(doubts, 2023, "poor_households") == {26}
    assert doubts is not None
    assert doubts.doubts[0].waived is not None


@pytest.mark.parametrize("code", ["L001", "U007"])
def test_a_waiver_makes_no_void_figure_usable_and_picks_none_of_two(code: str) -> None:
    rows = {
        "L001": [observed(FIRST, 2023, (300, 280, 40))],
        "U007": [observed(FIRST, 2023, (1000, 100, 50)), observed(FIRST, 2023, (1000, 120, 50))],
    }
    reading = read(*rows[code])
    every = findings(reading)
    assert code in {finding.kind.code for finding in every}
    printed, accepted = (
        possible(doubts_of(reading, FIRST, told), 2023, "poor_households") for told in (every, waived(every, code))
    )
    assert printed == accepted


def test_values_are_listed_with_the_printed_one_and_many_are_told_by_their_ends() -> None:
    doubts = doubts_of(district((2700, 432, 125), TYPED_TOO_FEW), FIRST)
    assert doubts is not None
    (doubt,) = doubts.doubts
    assert (doubt.printed, doubt.values, doubt.ends) == (26, (26, 262), None)
    assert Domain(0, 10).without(10) == Domain(0, 9)


def test_so_many_combinations_are_held_in_one_world_that_contains_them_all() -> None:
    years = range(2012, 2022)
    rows = [
        observed(code, year, counts, parent=CO_TO)
        for year in years
        for code, counts in zip(CO_TO_COMMUNES, TYPED_TOO_FEW, strict=True)
    ]
    rows += [observed(CO_TO, year, (2700, 432, 125)) for year in years]
    doubts = doubts_of(read(*rows), FIRST)
    assert doubts is not None
    assert len(doubts.worlds) == 1
    assert possible(doubts, 2015, "poor_households") == {(26, 262)}
