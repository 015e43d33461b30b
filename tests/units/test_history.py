"""The way of a unit through time: worked cases against the resolutions, and laws over all changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from thidua_cli.model import Level, Unit
from thidua_cli.units.changes import Change, Changes, Households
from thidua_cli.units.history import KEPT_CODE, Historian, Step
from thidua_cli.units.tables import REFORM_DAY, bundled

EVE = REFORM_DAY - timedelta(days=1)
YEAR_END_2022 = date(2022, 12, 31)


@pytest.fixture(scope="module")
def historian() -> Historian:
    return Historian()


def unit(code: str, on: date) -> Unit:
    found = bundled().get(code, on)
    assert found is not None
    return found


def steps(found: tuple[Step, ...]) -> list[tuple[str, str]]:
    return [(step.area.last.name if step.area else step.change.to_name, step.change.households.value) for step in found]


def test_sai_gon_takes_ben_nghe_whole_and_parts_of_two_wards(historian: Historian) -> None:
    history = historian.history(unit("26740", REFORM_DAY))
    assert steps(history.before) == [
        ("Phường Bến Nghé", "all"),
        ("Phường Đa Kao", "part"),
        ("Phường Nguyễn Thái Bình", "part"),
    ]
    assert [[other.name for other in step.others] for step in history.before] == [
        [],
        ["Phường Tân Định"],
        ["Phường Bến Thành"],
    ]
    assert history.after == ()


def test_the_code_of_sai_gon_was_ben_nghe_before(historian: Historian) -> None:
    history = historian.history(unit("26740", EVE))
    assert (history.area.first.name, history.before, steps(history.after)) == (
        "Phường Bến Nghé",
        (),
        [("Phường Sài Gòn", "all")],
    )


def test_a_commune_merged_in_2024_and_again_in_2025_is_followed_through_both(historian: Historian) -> None:
    (first,) = historian.history(unit("02593", YEAR_END_2022)).after
    assert (first.change.day, first.change.to_code) == (date(2024, 9, 1), "02608")
    (second,) = first.beyond
    assert (second.change.day, second.change.to_name) == (REFORM_DAY, "Xã Hồng Sơn")
    assert second.beyond == ()


def test_a_code_that_goes_on_over_a_larger_area_is_a_predecessor_of_itself(historian: Historian) -> None:
    before = historian.history(unit("18919", date(2024, 12, 31))).before
    assert sorted((step.change.from_name, step.change.kind) for step in before) == [
        ("Xã Hóa Phúc", "merged"),
        ("Xã Hóa Thanh", "merged"),
        ("Xã Hóa Tiến", KEPT_CODE),
    ]


def test_an_island_district_goes_on_as_a_special_zone(historian: Historian) -> None:
    (step,) = historian.history(unit("318", EVE)).after
    assert step.area is not None
    assert (step.area.first.name, step.change.households) == ("Đặc khu Bạch Long Vĩ", Households.ALL)
    assert historian.forebears(unit("11948", REFORM_DAY), EVE)[0].unit.level is Level.DISTRICT


def test_a_district_ends_with_its_tier_and_its_area_is_that_of_its_communes(historian: Historian) -> None:
    history = historian.history(unit("505", EVE))
    assert history.after == ()
    assert [heir.unit.name for heir in history.heirs] == [
        "Xã Đông Giang",
        "Xã Sông Kôn",
        "Xã Sông Vàng",
        "Xã Bến Hiên",
    ]
    assert history.tier_end is not None
    assert history.tier_end.evidence == "203/2025/QH15"


def test_a_district_merged_into_another_before_has_the_communes_that_its_own_went_to(historian: Historian) -> None:
    cat_tien = unit("683", date(2024, 11, 30))
    assert [heir.unit.name for heir in historian.heirs(cat_tien, date(2024, 12, 31))] == ["Huyện Đạ Huoai"]
    of_2025 = historian.heirs(cat_tien, date(2025, 12, 31))
    assert [heir.unit.name for heir in of_2025] == ["Xã Cát Tiên", "Xã Cát Tiên 3", "Xã Cát Tiên 2"]
    assert {heir.households for heir in of_2025} == {Households.PART}
    assert historian.heirs(cat_tien) == of_2025


def test_every_district_that_is_gone_has_heirs_today(historian: Historian) -> None:
    gone = [row for row in historian.tables.rows() if row.level is Level.DISTRICT]
    assert len(gone) > 690
    assert [row.name for row in gone if not historian.heirs(row)] == []


def test_communes_that_the_reform_left_as_they_were_are_heirs_of_their_district(historian: Historian) -> None:
    muong_lat = unit("384", EVE)
    assert len(historian.heirs(muong_lat)) == len(historian.tables.children("384", EVE)) == 8
    assert {heir.evidence for heir in historian.heirs(muong_lat)} == {
        "1686/NQ-UBTVQH15; khoản 126",
        "1686/NQ-UBTVQH15; not rearranged",
    }


def test_a_province_made_of_three_names_them(historian: Historian) -> None:
    history = historian.history(unit("25", REFORM_DAY))
    assert steps(history.before) == [("Tỉnh Hoà Bình", "all"), ("Tỉnh Phú Thọ", "all"), ("Tỉnh Vĩnh Phúc", "all")]


def test_a_new_name_and_another_district_are_no_other_area(historian: Historian) -> None:
    # Huyện Quế Võ became a town on 10 April 2023.
    history = historian.history(unit("259", YEAR_END_2022))
    assert [period.name for period in history.area.periods] == ["Huyện Quế Võ", "Thị xã Quế Võ"]
    assert [(one.kind, one.day) for one in history.own] == [("retyped", date(2023, 4, 10))]


def test_a_unit_that_stands_as_it_is_has_no_heirs(historian: Historian) -> None:
    assert historian.heirs(unit("26740", REFORM_DAY)) == ()
    assert historian.heirs(unit("26740", EVE), EVE) == ()


def test_households_of_two_steps_are_those_of_the_weaker_one() -> None:
    changes = Changes(
        [
            Change(date(2024, 9, 1), "merged", "02593", "A", "02608", "B", Households.PART, "one"),
            Change(REFORM_DAY, "merged", "02608", "B", "02608", "C", Households.ALL, "two"),
        ]
    )
    (heir,) = Historian(bundled(), changes).heirs(unit("02593", YEAR_END_2022))
    assert (heir.unit.code, heir.households, heir.day, heir.evidence) == ("02608", Households.PART, REFORM_DAY, "two")


def test_area_without_people_leads_nowhere() -> None:
    changes = Changes([Change(REFORM_DAY, "divided", "26737", "A", "26740", "B", Households.NONE, "")])
    historian = Historian(bundled(), changes)
    assert historian.heirs(unit("26737", EVE)) == ()
    (step,) = historian.history(unit("26737", EVE)).after
    assert step.beyond == ()


def test_a_commune_that_the_reform_left_as_it_was_is_one_area_through_it(historian: Historian) -> None:
    history = historian.history(unit("18919", REFORM_DAY))
    assert [period.parent_code for period in history.area.periods] == ["452", "44"]
    assert [one.kind for one in history.own] == ["renamed", "unchanged"]


def test_every_change_of_people_lies_between_two_areas_or_is_of_one_unit(historian: Historian) -> None:
    for change in historian.changes:
        if change.households in (Households.SAME, Households.NONE) or not change.to_code:
            continue
        if change.kind in ("unchanged", "retyped", "renamed") and change.from_code == change.to_code:
            assert historian.area(unit(change.to_code, change.day)).first.valid_from < change.day
            continue
        left = historian.area(unit(change.from_code, change.day - timedelta(days=1)))
        right = historian.area(unit(change.to_code, change.day))
        assert left.last.valid_to == change.day - timedelta(days=1), change
        assert right.first.valid_from == change.day, change


def test_heirs_and_forebears_are_each_others_mirror(historian: Historian) -> None:
    tables = historian.tables
    forwards = {
        (commune.code, heir.unit.code, heir.households)
        for commune in tables.communes(YEAR_END_2022)
        for heir in historian.successors(commune, REFORM_DAY)
    }
    backwards = {
        (forebear.unit.code, commune.code, forebear.households)
        for commune in tables.communes(REFORM_DAY)
        for forebear in historian.forebears(commune, YEAR_END_2022)
        if forebear.unit.level is Level.COMMUNE
    }
    assert forwards == backwards
    followed = {code for code, _, _ in forwards}
    for commune in tables.communes(YEAR_END_2022):
        assert (commune.code in followed) is not historian.area(commune).last.stands_on(REFORM_DAY), commune
