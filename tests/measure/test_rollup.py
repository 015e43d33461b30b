from __future__ import annotations

from datetime import date

import pytest

from tests.measure.cases import TWO_DISTRICTS, SmallTables, observed
from thidua_cli.measure.series import measure
from thidua_cli.model import Basis, Level, Series, Status
from thidua_cli.observations import Observation, Observations

TABLES = SmallTables(TWO_DISTRICTS)


def measured(*rows: Observation, tables: SmallTables | None = TABLES) -> dict[str, Series]:
    return {one.unit_code: one for one in measure(Observations.of(rows), tables)}


def test_a_district_without_a_row_is_the_sum_of_its_communes() -> None:
    figures = measured(observed("20001", counts=(100, 10, 5)), observed("20002", counts=(50, 7, 1)))["501"].years[2022]
    assert figures.counts == {"households": 150, "poor_households": 17, "near_poor_households": 6}
    assert (figures.basis, figures.rows, figures.assumed_complete) == (Basis.ROLLED_UP, (0, 1), False)


def test_a_reported_row_stands_over_the_sum_of_the_children() -> None:
    figures = measured(observed("20001"), observed("20002"), observed("501", counts=(999, 9, 9)))["501"].years[2022]
    assert (figures.basis, figures.counts["households"]) == (Basis.REPORTED, 999)


def test_a_sum_that_lacks_a_child_has_no_counts_and_names_the_child() -> None:
    tables = SmallTables(TWO_DISTRICTS | {"20009": "501"})
    figures = measured(observed("20001"), observed("20002"), tables=tables)["501"].years[2022]
    assert (figures.counts, figures.missing_children) == ({}, ("20009",))


def test_one_child_of_several_does_not_bring_its_parent_into_the_table() -> None:
    assert set(measured(observed("20001"))) == {"20001"}


def test_an_only_child_that_is_there_makes_its_parent_complete() -> None:
    figures = measured(observed("20001"), tables=SmallTables({"501": "49", "20001": "501"}))["501"].years[2022]
    assert figures.counts["households"] == 100


def test_a_year_with_one_child_is_listed_as_incomplete_where_another_year_has_more() -> None:
    years = measured(observed("20001", 2021), observed("20002", 2021), observed("20001", 2022))["501"].years
    assert years[2021].counts["households"] == 200
    assert (years[2022].counts, years[2022].missing_children) == ({}, ("20002",))


def test_sums_climb_from_communes_to_the_province() -> None:
    series = measured(*(observed(code) for code in ("20001", "20002", "20003", "20004")))
    assert series["49"].years[2022].counts["households"] == 400
    assert series["49"].years[2022].rows == (0, 1, 2, 3)
    assert (series["501"].parent_code, series["49"].level) == ("49", Level.PROVINCE)


def test_an_incomplete_district_does_not_call_for_a_sum_of_the_province() -> None:
    tables = SmallTables(TWO_DISTRICTS | {"20009": "501", "20010": "502"})
    series = measured(*(observed(code) for code in ("20001", "20002", "20003", "20004")), tables=tables)
    assert series["501"].years[2022].missing_children == ("20009",)
    assert "49" not in series


def test_the_country_is_summed_only_from_every_province() -> None:
    assert measured(observed("49"), observed("50"))["VN"].years[2022].counts["households"] == 200
    three = SmallTables(TWO_DISTRICTS | {"51": ""})
    assert "VN" not in measured(observed("49"), observed("50"), tables=three)


def test_a_unit_that_no_longer_stands_is_neither_counted_nor_missed() -> None:
    tables = SmallTables(TWO_DISTRICTS | {"20009": "501"}, {"20009": date(2022, 6, 30)})
    rows = [observed(code, year) for year in (2021, 2022) for code in ("20001", "20002", "20009")]
    years = measured(*(row for row in rows if row.parent_code == ""), tables=tables)["501"].years
    assert years[2021].counts["households"] == 300
    assert years[2022].counts["households"] == 200


def test_a_count_is_summed_only_where_every_child_holds_it() -> None:
    counts = measured(observed("20001", counts=(100, 10, None)), observed("20002"))["501"].years[2022].counts
    assert counts == {"households": 200, "poor_households": 20}


def test_a_child_in_conflict_is_missing_from_the_sum() -> None:
    rows = observed("20001"), observed("20002"), observed("20002", counts=(1, 1, 0)), observed("20001", 2021)
    figures = measured(*rows, observed("20002", 2021))["501"].years[2022]
    assert (figures.counts, figures.missing_children) == ({}, ("20002",))


def test_children_on_two_poverty_lines_make_the_sum_conflicting() -> None:
    figures = measured(observed("20001"), observed("20002", line="ha-noi-2022-2025"))["501"].years[2022]
    assert figures.conflicting
    assert figures.counts == {}


def test_one_preliminary_child_makes_the_sum_preliminary() -> None:
    figures = measured(observed("20001"), observed("20002", status=Status.PRELIMINARY))["501"].years[2022]
    assert figures.status is Status.PRELIMINARY


def test_the_unit_tables_decide_the_parent_where_they_know_the_unit() -> None:
    series = measured(observed("20001", parent="502"), observed("20002"))
    assert series["20001"].parent_code == "501"
    assert (series["501"].unit_name, series["501"].parent_code) == ("Đơn vị 501", "49")
    assert series["501"].years[2022].counts["households"] == 200


def villages(commune: str, number: int) -> list[Observation]:
    return [observed(f"{commune}-{i}", parent=commune, level=Level.VILLAGE) for i in range(number)]


def test_a_commune_summed_from_villages_says_that_nothing_shows_it_complete() -> None:
    figures = measured(*villages("20001", 3))["20001"].years[2022]
    assert figures.counts["households"] == 300
    assert figures.assumed_complete


def test_the_mark_of_an_unproven_sum_passes_upward() -> None:
    series = measured(*villages("20001", 2), observed("20002"))
    assert series["501"].years[2022].counts["households"] == 300
    assert series["501"].years[2022].assumed_complete


@pytest.mark.parametrize("number", [1, 2])
def test_without_unit_tables_two_children_are_summed_as_unproven_and_one_is_not(number: int) -> None:
    rows = [observed(code, parent="501") for code in ("20001", "20002")[:number]]
    series = measured(*rows, tables=None)
    assert ("501" in series) is (number == 2)
    assert number == 1 or series["501"].years[2022].assumed_complete


@pytest.mark.parametrize(("number", "is_meant"), [(1, False), (2, False), (3, True), (5, True)])
def test_half_of_the_communes_right_below_a_province_show_that_it_is_meant(number: int, is_meant: bool) -> None:
    communes = [f"2000{digit}" for digit in range(1, 7)]
    tables = SmallTables({"49": "", **dict.fromkeys(communes, "49")})
    series = measured(*map(observed, communes[:number]), tables=tables)
    assert ("49" in series) is is_meant
    assert not is_meant or series["49"].years[2022].missing_children == tuple(communes[number:])


def test_communes_stand_right_below_the_province_where_there_is_no_district() -> None:
    tables = SmallTables({"49": "", "20001": "49", "20002": "49"})
    figures = measured(observed("20001"), observed("20002"), tables=tables)["49"].years[2022]
    assert figures.counts["households"] == 200
