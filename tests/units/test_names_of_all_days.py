"""An exact name of one day never means another unit on another day: all names, all lists, both ways of looking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from thidua_cli.model import Level, Unit
from thidua_cli.units.changes import bundled_changes
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.lookup import bare_name, find
from thidua_cli.units.names import accent_key, split_type, tone_key
from thidua_cli.units.tables import REFORM_DAY, boundary_day, bundled

TABLES = bundled()
YEARS = (2021, 2022, 2023, 2024, 2025, 2026)


@cache
def province_today(code: str) -> str:
    """Return the province that holds the area of a commune since the reform."""
    after = TABLES.periods(code)[-1]
    if after.valid_from >= REFORM_DAY:
        return after.parent_code
    changes = bundled_changes().leaving(code, after.valid_from, REFORM_DAY)
    return next(province_today(change.to_code) for change in changes if change.to_code)


def places(unit: Unit, on: date) -> Iterator[str]:
    """Yield the districts and provinces in whose table of a day the commune may be named."""
    if on >= REFORM_DAY:
        yield province_today(unit.code)
        return
    before = next((row for row in TABLES.periods(unit.code) if row.valid_from < REFORM_DAY), None)
    district = TABLES.get(before.parent_code, on) if before is not None else None
    if district is not None:
        yield district.code
        yield district.parent_code


@cache
def standing_keys(place: str, on: date) -> dict[str, set[str]]:
    """Return accent key → tone keys of the names, in full and bare, of the communes of a place."""
    keys: dict[str, set[str]] = {}
    units = TABLES.communes(on, place) if len(place) == 2 else TABLES.children(place, on)
    for unit in units:
        for name in (unit.name, bare_name(unit)):
            keys.setdefault(accent_key(name), set()).add(tone_key(name))
    return keys


def near_misses() -> list[tuple[int, str, str, Unit]]:
    """Return year, place, name and unit where a name of another day fits a unit of the year without accents alone."""
    seen: dict[tuple[int, str, str], Unit] = {}
    looked_up = 0
    for unit in TABLES.rows():
        for year in YEARS if unit.level is Level.COMMUNE else ():
            on = boundary_day(year)
            if unit.stands_on(on):
                continue
            for place in places(unit, on):
                for name in (unit.name, bare_name(unit)):
                    looked_up += 1
                    like = standing_keys(place, on).get(accent_key(name), set())
                    if like and tone_key(name) not in like:
                        seen[year, place, name] = unit
    assert looked_up > 90_000
    return [(*key, unit) for key, unit in seen.items()]


NEAR_MISSES = near_misses()


def test_no_exact_name_of_an_earlier_list_means_its_neighbour_on_a_later_one() -> None:
    finder = UnitFinder(TABLES)
    earlier = [miss for miss in NEAR_MISSES if miss[3].valid_from <= boundary_day(miss[0])]
    assert len(earlier) > 250
    for year, place, name, unit in earlier:
        ways = [finder.within(name, place, year)]
        if len(place) == 2 and boundary_day(year) < REFORM_DAY:
            ways.append(finder.commune_of_province(name, place, year))
        for match in ways:
            assert match.unit is None or match.unit.code == unit.code, (year, place, name, match.unit)


def test_a_name_that_comes_with_the_reform_means_on_an_earlier_list_only_a_part_of_the_unit_that_bears_it() -> None:
    finder = UnitFinder(TABLES)
    later = [miss for miss in NEAR_MISSES if miss[3].valid_from > boundary_day(miss[0]) and miss[2] == miss[3].name]
    assert len(later) > 50
    for year, place, name, unit in later:
        match = finder.within(name, place, year)
        if match.unit is not None and match.unit.code != unit.code:
            entering = bundled_changes().entering(unit.code, boundary_day(year), unit.valid_from)
            assert match.unit.code in {change.from_code for change in entering}, (year, place, name)
            assert unit.valid_from >= REFORM_DAY


def test_on_a_day_an_exact_name_of_other_days_is_found_and_its_neighbour_is_not() -> None:
    of_provinces = [miss for miss in NEAR_MISSES if len(miss[1]) == 2 and miss[2] == miss[3].name]
    assert len(of_provinces) > 150
    for year, place, name, _ in of_provinces:
        hits = find(name, boundary_day(year), Level.COMMUNE, place)
        others = [row for row in TABLES.rows_within(place) if tone_key(row.name) == tone_key(name)]
        for hit in hits:
            is_own = any(row.code == hit.unit.code for row in others)
            assert is_own or not others, (year, name, hit.unit)


@pytest.mark.parametrize(
    ("name", "place", "year", "gone"),
    [
        ("Xã Tiền Tiến", "333", 2024, {"12418"}),
        ("XÃ TIỀN TIẾN", "333", 2024, {"12418"}),
        ("Tiền Tiến", "333", 2024, {"12418"}),
        ("Xã Tiền Tien", "333", 2024, {"12418"}),  # typed with some of its accents, and none that it does not have
        ("x.Tiền Tiến", "333", 2024, {"12418"}),
        ("Xã Hoà Lộc", "38", 2025, {"16075"}),
        ("Phường Sa Pả", "15", 2025, {"03002"}),
        ("Xã Tân Thành", "08", 2025, {"01162", "02401"}),
        ("Xã Đắk Pék", "51", 2025, {"23353"}),
        ("Xa Ia Bang", "52", 2025, {"23710", "23924"}),  # typed without accents it may be Xã Ia Băng too
    ],
)
def test_the_unit_of_another_day_is_named(name: str, place: str, year: int, gone: set[str]) -> None:
    match = UnitFinder(TABLES).within(name, place, year)
    assert match.unit is None
    assert match.how == ("another day" if len(gone) == 1 else "ambiguous")
    assert {unit.code for unit in match.candidates} == gone


@pytest.mark.parametrize(
    ("name", "place", "year", "code"),
    [
        ("Xã Tiên Tiến", "333", 2024, "12424"),
        ("xa tien tien", "333", 2024, "12424"),  # whoever types no accents means the list of the year
        ("Xã Tien Tiến", "333", 2024, "12424"),
        ("Xã Đăk Pék", "610", 2023, "23353"),  # the later unit of this name was made of it: another spelling
        ("Xã Đắk Long", "51", 2025, "23368"),  # its own code's earlier spelling
        ("Mù Cang Chải", "15", 2023, "137"),  # not its township of exactly this name
        ("Xã Pú Nhi", "11", 2025, "03370"),
    ],
)
def test_a_name_of_the_year_in_another_spelling_stays_what_it_means(
    name: str, place: str, year: int, code: str
) -> None:
    match = UnitFinder(TABLES).within(name, place, year)
    assert match.unit is not None
    assert match.unit.code == code


def test_no_other_spelling_of_a_unit_that_is_gone_names_the_larger_unit_that_keeps_its_code() -> None:
    made_by_the_reform = [
        (before, after)
        for before, after in pairwise(row for row in TABLES.rows() if row.level is Level.COMMUNE)
        if before.code == after.code and TABLES.begins(after) == "reform" and TABLES.other_spelling(before)
    ]
    assert len(made_by_the_reform) > 20
    for before, after in made_by_the_reform:
        spelling = TABLES.other_spelling(before) or ""
        match = UnitFinder(TABLES).within(spelling, after.parent_code, 2025)
        assert match.unit != after or accent_key(bare_name(after)) == accent_key(split_type(spelling)[1])


def test_a_town_is_not_the_commune_that_took_it_in_and_kept_its_code() -> None:
    for name in ("Thị trấn P Rao", "P Rao", "Thị trấn Prao"):
        match = UnitFinder(TABLES).within(name, "48", 2025)
        assert (match.unit, match.how) == (None, "unknown")


def test_another_spelling_still_names_a_unit_that_the_reform_left_as_it_was() -> None:
    match = UnitFinder(TABLES).within("Xã Đắc Lua", "75", 2025)
    assert match.unit is not None
    assert match.unit.code == "26119"


def test_a_commune_of_a_province_is_no_district_whose_name_has_other_accents() -> None:
    match = UnitFinder(TABLES).within("Sơn Hạ", "51", 2023)
    assert (match.unit, match.how) == (None, "ambiguous")
    assert {unit.code for unit in match.candidates} == {"529", "21292"}
