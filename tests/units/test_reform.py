"""What the shipped changes say of the reform of 1 July 2025, held against the resolutions' own pairs."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from thidua_cli.model import Level
from thidua_cli.units.changes import Change, Changes, Households, bundled_changes
from thidua_cli.units.names import split_type
from thidua_cli.units.tables import REFORM_DAY, UnitTables, bundled

from .stated_pairs import StatedPair, exact_parts, exact_sums, stated_pairs

EVE = REFORM_DAY - timedelta(days=1)
END_2022 = date(2022, 12, 31)
ISLANDS = {"318": "11948", "471": "19742", "498": "20333", "536": "21548", "755": "26732"}
WHOLE = {Households.ALL, Households.ALL_PRESUMED}
SAME_AREA = {"unchanged", "renamed", "retyped"}
NOT_READ = {("29806", "29771"), ("31863", "31864"), ("31864", "31864")}

REFORM = [change for change in bundled_changes() if change.day == REFORM_DAY]
COMMUNES = [change for change in REFORM if len(change.to_code) == 5]


@pytest.fixture(scope="module")
def tables() -> UnitTables:
    return bundled()


@pytest.fixture(scope="module")
def changes() -> Changes:
    return bundled_changes()


def by_old() -> dict[str, list[StatedPair]]:
    grouped: dict[str, list[StatedPair]] = {}
    for pair in stated_pairs():
        grouped.setdefault(pair.old_code, []).append(pair)
    return grouped


def into(changes: Changes, code: str) -> tuple[Change, ...]:
    return changes.entering(code, EVE, REFORM_DAY)


def is_exact(parts: tuple[Change, ...]) -> bool:
    return not any(part.households in {Households.PART, Households.UNKNOWN} for part in parts)


def test_every_stated_pair_is_one_change_with_its_clause() -> None:
    stated = {(pair.old_code, pair.new_code): pair for pair in stated_pairs()}
    shipped = {(change.from_code, change.to_code): change for change in COMMUNES}
    assert len(stated) == len(COMMUNES) == 10_571
    assert shipped.keys() == stated.keys()
    for codes, pair in stated.items():
        evidence = shipped[codes].evidence
        if codes in NOT_READ:
            assert shipped[codes].households is Households.ALL_PRESUMED
            assert evidence.endswith("; the wording was not read")
        else:
            assert shipped[codes].households == pair.households
            ending = f"; khoản {pair.clause}" if pair.clause else "; not rearranged"
            assert evidence.endswith("/NQ-UBTVQH15" + ending)


def test_the_three_that_nobody_read_are_marked_and_have_one_successor() -> None:
    not_read = [pair for pair in stated_pairs() if pair.wording == "not read"]
    assert {(pair.old_code, pair.new_code) for pair in not_read} == NOT_READ
    assert all(len(by_old()[pair.old_code]) == 1 for pair in not_read)


def test_what_is_said_of_households_follows_from_the_wording() -> None:
    decided = {
        "whole": "all",
        "unchanged": "all",
        "not read": "all",
        "part of the area, all people": "all",
        "part": "part",
        "part of the people": "part",
        "part of the area only": "none",
        "area only": "none",
    }
    for pairs in by_old().values():
        others = {pair.households for pair in pairs if pair.wording != "the rest"}
        rest = "part" if "part" in others else "none" if "all" in others else "all"
        for pair in pairs:
            if pair.wording == "the rest":
                assert pair.households == rest or len(pairs) == 1, pairs
            else:
                assert pair.households == decided[pair.wording], pair


def test_households_go_whole_to_one_successor_or_in_parts_to_several() -> None:
    for old, pairs in by_old().items():
        kinds = Counter(pair.households for pair in pairs)
        assert (kinds["all"], kinds["part"]) == (1, 0) or (kinds["all"] == 0 and kinds["part"] > 1), old


def test_the_kinds_say_what_is_true_of_the_units(tables: UnitTables) -> None:
    parts, successors = Counter(c.to_code for c in COMMUNES), Counter(c.from_code for c in COMMUNES)
    for change in COMMUNES:
        alone = parts[change.to_code] == 1 and successors[change.from_code] == 1
        assert (change.kind in SAME_AREA) is alone, change
        assert (change.kind == "merged") is (change.households in WHOLE and not alone), change
        assert (change.kind == "divided") is (change.households is Households.PART), change
        assert (change.kind == "part_transferred") is (change.households is Households.NONE), change
    assert Counter(change.kind for change in COMMUNES) == {
        "merged": 9_522,
        "divided": 826,
        "part_transferred": 86,
        "unchanged": 127,
        "renamed": 2,
        "retyped": 8,
    }


def test_441_communes_have_several_successors_of_which_60_keep_their_households_together() -> None:
    several = {old: pairs for old, pairs in by_old().items() if len(pairs) > 1}
    assert len(several) == 441
    kept = [pairs for pairs in several.values() if any(pair.households == "all" for pair in pairs)]
    how = Counter(next(pair.wording for pair in pairs if pair.households == "all") for pairs in kept)
    assert how == {"the rest": 39, "part of the area, all people": 21}
    dividing = {change.from_code for change in COMMUNES if change.kind == "divided"}
    assert len(dividing) == 381
    assert dividing == {old for old, pairs in several.items() if pairs not in kept}


def test_2935_new_communes_are_an_exact_sum_and_386_are_touched_by_a_division(
    tables: UnitTables, changes: Changes
) -> None:
    exact = [unit.code for unit in tables.communes(REFORM_DAY) if is_exact(into(changes, unit.code))]
    assert len(exact) == 2_935
    assert len(tables.communes(REFORM_DAY)) - len(exact) == 386
    assert set(exact) == exact_parts().keys()


@pytest.mark.parametrize("seed", range(5))
def test_sums_of_random_counts_are_those_taken_straight_from_the_stated_pairs(
    seed: int, tables: UnitTables, changes: Changes
) -> None:
    chance = random.Random(seed)
    counts = {unit.code: chance.randrange(10_000) for unit in tables.communes(EVE)}
    assert len(counts) == 10_035
    counts |= {island: chance.randrange(10_000) for island in ISLANDS}
    shipped = {}
    for unit in tables.communes(REFORM_DAY):
        parts = into(changes, unit.code)
        if is_exact(parts):
            shipped[unit.code] = sum(counts[part.from_code] for part in parts if part.households in WHOLE)
    assert shipped == exact_sums(counts)
    placed = {part.from_code for part in COMMUNES if part.households in WHOLE}
    divided = {part.from_code for part in COMMUNES if part.households is Households.PART}
    assert not placed & divided
    assert sum(counts.values()) == sum(counts[code] for code in placed) + sum(counts[code] for code in divided)


def test_3184_new_communes_keep_a_code_for_another_area_and_1355_of_them_the_bare_name_too(
    tables: UnitTables, changes: Changes
) -> None:
    other_area, bare_name = [], []
    for unit in tables.communes(REFORM_DAY):
        before = tables.get(unit.code, EVE)
        kinds = {part.kind for part in into(changes, unit.code)}
        if before is not None and not kinds <= SAME_AREA:
            other_area.append(unit.code)
            assert tables.area_since(unit.code, REFORM_DAY) == REFORM_DAY
            assert any(part.from_code == unit.code for part in into(changes, unit.code)), unit
            if split_type(before.name)[1] == split_type(unit.name)[1]:
                bare_name.append(unit.code)
    assert len(other_area) == 3_184
    assert len(bare_name) == 1_355


def test_the_areas_that_stayed_are_known_as_the_same_area(tables: UnitTables) -> None:
    kept = [change for change in COMMUNES if change.kind in SAME_AREA and change.from_code not in ISLANDS]
    assert len(kept) == 132
    renamed = {(change.from_name, change.to_name) for change in kept if change.kind == "renamed"}
    assert renamed == {("Xã Krông Na", "Xã Buôn Đôn"), ("Xã Bà Gia", "Xã Đạ Huoai 3")}
    for change in kept:
        assert change.from_code == change.to_code
        assert tables.area_since(change.to_code, REFORM_DAY) == tables.area_since(change.from_code, EVE)
    retyped = {change.from_code: change.to_name for change in COMMUNES if change.kind == "retyped"}
    assert {code: retyped.pop(code) for code in ("14845", "20695", "31105")} == {
        "14845": "Xã Mường Lát",
        "20695": "Xã Thạnh Mỹ",
        "31105": "Đặc khu Thổ Châu",
    }
    assert retyped.keys() == ISLANDS.keys()


def test_297_new_communes_draw_on_more_than_one_district_275_of_them_with_people(
    tables: UnitTables, changes: Changes
) -> None:
    # By the package's converter they are 317: it joins homonyms of other districts (test_build.py).
    def districts(parts: list[Change]) -> set[str]:
        units = [tables.get(part.from_code, EVE) for part in parts]
        return {unit.code if unit.level is Level.DISTRICT else unit.parent_code for unit in units if unit}

    parts = [list(into(changes, unit.code)) for unit in tables.communes(REFORM_DAY)]
    assert sum(len(districts(own)) > 1 for own in parts) == 297
    peopled = [[part for part in own if part.households is not Households.NONE] for own in parts]
    assert sum(len(districts(own)) > 1 for own in peopled) == 275


def test_the_34_provinces_are_sums_of_whole_old_provinces(tables: UnitTables, changes: Changes) -> None:
    provinces = [change for change in REFORM if len(change.from_code) == 2]
    assert len(provinces) == 63
    assert {change.to_code for change in provinces} == {unit.code for unit in tables.provinces(REFORM_DAY)}
    assert {change.households for change in provinces} == {Households.ALL}
    assert Counter(change.kind for change in provinces) == {"merged": 52, "unchanged": 11}
    becomes = {change.from_code: change.to_code for change in provinces}
    for change in COMMUNES:
        assert becomes[tables.province_of(change.from_code, EVE) or ""] == tables.province_of(
            change.to_code, REFORM_DAY
        )


def test_every_district_ends_with_its_tier_but_for_five_islands_that_became_special_zones(tables: UnitTables) -> None:
    of_districts = [change for change in REFORM if len(change.from_code) == 3]
    assert {change.from_code for change in of_districts} == {unit.code for unit in tables.districts(EVE)}
    ended = [change for change in of_districts if change.kind == "tier_dropped"]
    assert len(ended) == 691
    assert {(change.to_code, change.households, change.evidence) for change in ended} == {
        ("", Households.SAME, "203/2025/QH15")
    }
    islands = {change.from_code: change.to_code for change in of_districts if change.kind != "tier_dropped"}
    assert islands == ISLANDS


def test_each_of_the_10599_units_of_2022_survives_or_has_successors_or_is_listed_as_unresolved(
    tables: UnitTables, changes: Changes
) -> None:
    units = tables.communes(END_2022)
    assert len(units) == 10_599
    unresolved = [unit.name for unit in units if not places(unit.code, END_2022, tables, changes)]
    listed = [change.from_name for change in changes if change.kind == "unresolved"]
    assert unresolved == listed == []


def places(code: str, on: date, tables: UnitTables, changes: Changes) -> set[str]:
    """Return the communes of today that the people of a commune may live in."""
    leaving = changes.leaving(code, on, REFORM_DAY)
    peopled = [change for change in leaving if change.households not in {Households.NONE, Households.SAME}]
    first = min((change.day for change in peopled), default=None)
    if first is None:
        return set()
    reached = {change.to_code for change in peopled if change.day == first}
    if first < REFORM_DAY and tables.get(code, first) is not None:
        reached.add(code)
    if first == REFORM_DAY:
        return {unit for unit in reached if tables.get(unit, REFORM_DAY)}
    return {place for unit in reached for place in places(unit, first, tables, changes)}


def test_names_are_those_of_the_eve_and_of_the_day(tables: UnitTables) -> None:
    for change in REFORM:
        before = tables.get(change.from_code, EVE)
        after = tables.get(change.to_code, REFORM_DAY) if change.to_code else None
        assert before is not None
        assert (before.name, after.name if after else "") == (change.from_name, change.to_name)


def test_phuong_sai_gon_takes_ben_nghe_whole_and_parts_of_two_others(changes: Changes) -> None:
    assert [(part.from_name, part.kind, part.households.value) for part in into(changes, "26740")] == [
        ("Phường Đa Kao", "divided", "part"),
        ("Phường Bến Nghé", "merged", "all"),
        ("Phường Nguyễn Thái Bình", "divided", "part"),
    ]
    assert into(changes, "26740")[1].evidence == "1685/NQ-UBTVQH15; khoản 1"


def test_a_part_of_the_area_with_all_people_moves_every_household(changes: Changes) -> None:
    found = {
        change.to_name: (change.kind, change.households.value) for change in changes.leaving("00427", EVE, REFORM_DAY)
    }
    assert found == {"Xã Sóc Sơn": ("merged", "all"), "Xã Nội Bài": ("part_transferred", "none")}
