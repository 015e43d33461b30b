from __future__ import annotations

from tests.measure.cases import TWO_DISTRICTS, SmallTables, observed
from thidua_cli.measure.series import measure
from thidua_cli.model import Level, Series, Status
from thidua_cli.observations import Observation, Observations


def measured(*rows: Observation) -> dict[str, Series]:
    return {one.unit_code: one for one in measure(Observations.of(rows), None)}


def test_a_row_becomes_the_figures_of_its_year_and_a_missing_count_stays_missing() -> None:
    figures = measured(observed("501", 2022, (100, None, 0)))["501"].years[2022]
    assert figures.counts == {"households": 100, "near_poor_households": 0}
    assert figures.rows == (0,)


def test_final_figures_stand_over_preliminary_ones_in_any_order() -> None:
    final, preliminary = (
        observed("501", counts=(100, 10, 5)),
        observed("501", counts=(90, 9, 4), status=Status.PRELIMINARY),
    )
    for rows in ((final, preliminary), (preliminary, final)):
        figures = measured(*rows)["501"].years[2022]
        assert (figures.status, figures.counts["households"], figures.conflicting) == (Status.FINAL, 100, False)
        assert figures.rows == (rows.index(final),)


def test_preliminary_figures_stand_where_there_are_no_final_ones() -> None:
    assert measured(observed("501", status=Status.PRELIMINARY))["501"].years[2022].status is Status.PRELIMINARY


def test_equal_rows_are_one_and_keep_both_origins() -> None:
    figures = measured(observed("501"), observed("501"))["501"].years[2022]
    assert figures.counts["households"] == 100
    assert figures.rows == (0, 1)


def test_rows_of_equal_standing_that_differ_in_one_count_give_no_counts_at_all() -> None:
    figures = measured(observed("501", counts=(100, 10, 5)), observed("501", counts=(100, 11, 5)))["501"].years[2022]
    assert figures.conflicting
    assert figures.counts == {}


def test_rows_that_hold_different_counts_complete_each_other() -> None:
    form_09 = observed("501", counts=(10, 2), names=("poor_households", "poor_new"))
    figures = measured(observed("501"), form_09)["501"].years[2022]
    assert not figures.conflicting
    assert figures.counts == {"households": 100, "poor_households": 10, "near_poor_households": 5, "poor_new": 2}


def test_of_two_poverty_lines_in_one_year_the_line_of_the_newest_year_stands() -> None:
    old, new = observed("501", 2021, (100, 3, 2), line="2016-2020"), observed("501", 2021, (100, 10, 5))
    figures = measured(old, new, observed("501", 2022))["501"].years[2021]
    assert (figures.poverty_line, figures.counts["poor_households"]) == ("2022-2025", 10)


def test_two_poverty_lines_in_the_newest_year_are_a_conflict() -> None:
    rows = observed("501", 2022, line="2016-2020"), observed("501", 2022)
    assert measured(*rows)["501"].years[2022].conflicting


def test_a_row_without_a_unit_code_is_left_out() -> None:
    assert set(measured(observed("501"), observed("", level=Level.COMMUNE))) == {"501"}


def test_nothing_read_gives_no_series() -> None:
    assert measure(Observations(), None) == []


def test_parents_stand_before_their_children_in_order_of_codes() -> None:
    tables = SmallTables(TWO_DISTRICTS)
    rows = [observed(code) for code in ("20003", "20001", "502", "20002", "501", "49", "20004")]
    codes = [one.unit_code for one in measure(Observations.of(rows), tables)]
    assert codes == ["49", "501", "20001", "20002", "502", "20003", "20004"]


def test_units_that_claim_to_be_each_others_parent_do_not_hang_the_ordering() -> None:
    rows = observed("501", parent="502"), observed("502", parent="501")
    assert {one.unit_code for one in measure(Observations.of(rows), None)} == {"501", "502"}
