"""What the shipped tables must say, and what must hold for any of their rows."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

import thidua_cli
from thidua_cli.model import Level, Unit
from thidua_cli.units.tables import REFORM_DAY, TABLES_START, UnitTables, bundled

FOLDER = Path(thidua_cli.__file__).parent / "data" / "units"
END_2022 = date(2022, 12, 31)
EVE_OF_REFORM = REFORM_DAY - timedelta(days=1)


@pytest.fixture(scope="module")
def tables() -> UnitTables:
    return bundled()


def by_type(units: tuple[Unit, ...]) -> dict[str, int]:
    return dict(Counter(unit.type for unit in units))


def test_the_list_of_2022_has_its_official_figures(tables: UnitTables) -> None:
    assert len(tables.provinces(END_2022)) == 63
    assert len(tables.districts(END_2022)) == 705
    communes = tables.communes(END_2022)
    assert len(communes) == 10_599
    assert by_type(communes) == {"xã": 8_248, "phường": 1_737, "thị trấn": 614}


def test_of_villages_that_are_asked_for_nothing_is_kept() -> None:
    own = UnitTables()
    (unit,) = own.periods("20470")[-1:]
    kept = len(own._periods)
    assert kept > 0
    assert own.get(unit.code, unit.valid_from) == unit
    for number in range(1, 100):
        assert own.periods(f"20470-{number:03}") == ()
        assert own.get(f"20470-{number:03}", unit.valid_from) is None
    assert len(own._periods) == kept


def test_the_list_on_the_eve_of_the_reform_has_its_official_figures(tables: UnitTables) -> None:
    assert len(tables.provinces(EVE_OF_REFORM)) == 63
    assert by_type(tables.districts(EVE_OF_REFORM)) == {"huyện": 508, "thành phố": 87, "thị xã": 52, "quận": 49}
    communes = tables.communes(EVE_OF_REFORM)
    assert len(communes) == 10_035
    # The statistics office counts 7,692 xã in June 2025 as well (2,634 after the reform, "5,058 fewer").
    assert by_type(communes) == {"xã": 7_692, "phường": 1_726, "thị trấn": 617}


def test_the_source_types_three_communes_against_their_names(tables: UnitTables) -> None:
    types = Counter(by_type(tables.communes(EVE_OF_REFORM)))
    contradicted = [line.split(",") for line in (FOLDER / "source_types.csv").read_text("utf-8").splitlines()[1:]]
    on_the_eve = [(code, source_type) for code, day, _, source_type in contradicted if day == "2025-06-30"]
    assert {code for code, _ in on_the_eve} == {"15061", "27046", "27076"}
    for code, source_type in on_the_eve:
        unit = tables.get(code, EVE_OF_REFORM)
        assert unit is not None
        types[unit.type] -= 1
        types[source_type] += 1
    assert types == {"xã": 7_695, "phường": 1_724, "thị trấn": 616}


def test_the_two_tier_list_has_its_official_figures(tables: UnitTables) -> None:
    assert len(tables.provinces(REFORM_DAY)) == 34
    assert tables.districts(REFORM_DAY) == ()
    communes = tables.communes(REFORM_DAY)
    assert len(communes) == 3_321
    assert by_type(communes) == {"xã": 2_621, "phường": 687, "đặc khu": 13}


@pytest.mark.parametrize(
    ("day", "listed", "difference"),
    [
        ("2023-04-10", 10_598, 0),
        ("2024-05-01", 10_595, 0),
        ("2024-09-01", 10_542, 0),
        ("2024-11-01", 10_472, 0),
        ("2025-01-01", 10_057, -12),
        ("2025-02-01", 10_047, -12),
    ],
)
def test_the_number_of_communes_follows_the_official_list_but_for_known_delays(
    tables: UnitTables, day: str, listed: int, difference: int
) -> None:
    assert len(tables.communes(date.fromisoformat(day))) == listed + difference


def test_on_1_december_2024_the_tables_are_ahead_of_the_list_by_what_was_in_force_and_listed_a_month_later(
    tables: UnitTables,
) -> None:
    listed_later = ("15", "19", "27", "30", "33", "40", "44", "83", "96")
    before = {unit.code for province in listed_later for unit in tables.communes(date(2024, 11, 30), province)}
    ahead = before - {unit.code for unit in tables.communes(date(2024, 12, 1))}
    assert len(ahead) == 129
    assert len(tables.communes(date(2024, 12, 1))) == 10_451 - 129


def test_between_the_lists_567_codes_go_three_come_and_148_change_district(tables: UnitTables) -> None:
    before = {unit.code: unit for unit in tables.communes(END_2022)}
    after = {unit.code: unit for unit in tables.communes(EVE_OF_REFORM)}
    assert len(before.keys() - after.keys()) == 567
    assert sorted(after.keys() - before.keys()) == ["03980", "03983", "03984"]
    moved = [code for code in before.keys() & after.keys() if before[code].parent_code != after[code].parent_code]
    assert len(moved) == 148


def test_on_10_april_2023_one_code_goes_and_46_others_change(tables: UnitTables) -> None:
    before = {unit.code: unit for unit in tables.communes(date(2023, 4, 9))}
    after = {unit.code: unit for unit in tables.communes(date(2023, 4, 10))}
    assert before.keys() - after.keys() == {"05764"}
    changed = {code for code in after if before[code].name != after[code].name}
    assert len(changed - {"05851"}) == 46, "05851 takes the name of 05764: Thị trấn Quân Chu"


def test_no_two_rows_of_a_code_overlap(tables: UnitTables) -> None:
    for code in {row.code for row in tables.rows()}:
        periods = tables.periods(code)
        for earlier, later in pairwise(periods):
            assert earlier.valid_to is not None
            assert earlier.valid_to < later.valid_from, code


def test_the_parent_of_every_row_stands_on_every_day_of_the_row(tables: UnitTables) -> None:
    for row in tables.rows():
        if row.level is Level.PROVINCE:
            assert row.parent_code == ""
            continue
        day: date | None = row.valid_from
        while day is not None and (row.valid_to is None or day <= row.valid_to):
            parent = tables.get(row.parent_code, day)
            assert parent is not None, (row, day)
            day = parent.valid_to + timedelta(days=1) if parent.valid_to else None
        assert row.valid_to is not None or day is None


def test_every_row_is_written_as_it_should_be(tables: UnitTables) -> None:
    for row in tables.rows():
        assert row.name == f"{row.type.capitalize()} {row.name[len(row.type) + 1 :]}"
        assert row.name == " ".join(row.name.split())
        assert row.valid_from >= TABLES_START
        assert row.level is not Level.DISTRICT or row.valid_to is not None
        assert row.valid_to is None or row.valid_from <= row.valid_to


def test_files_are_sorted_by_code_and_first_day() -> None:
    files = [FOLDER / "provinces.csv", FOLDER / "districts.csv", *sorted((FOLDER / "communes").glob("*.csv"))]
    assert len(files) == 65
    for file in files:
        keys = [(line.split(",")[0], line.split(",")[4]) for line in file.read_text("utf-8").splitlines()[1:]]
        assert keys == sorted(set(keys)), file.name


def test_year_end_2021_is_covered(tables: UnitTables) -> None:
    assert date(2021, 12, 31) >= TABLES_START
    assert len(tables.communes(date(2021, 12, 31))) == 10_599


def test_every_code_is_found_without_knowing_its_province(tables: UnitTables) -> None:
    fresh = UnitTables()
    for unit in tables.communes(END_2022)[::97] + tables.communes(REFORM_DAY)[::97]:
        assert fresh.get(unit.code, unit.valid_from) == unit
    assert fresh.periods("99999") == ()
    assert fresh.periods("516")[0].name == "Huyện Nam Trà My"
    assert fresh.periods("") == ()


def test_one_code_is_two_units_before_and_after_the_reform(tables: UnitTables) -> None:
    names = [(unit.name, unit.parent_code) for unit in tables.periods("26740")]
    assert names == [("Phường Bến Nghé", "760"), ("Phường Sài Gòn", "79")]


def test_children_are_those_of_the_day(tables: UnitTables) -> None:
    assert len(tables.children("516", END_2022)) == 10
    assert tables.children("516", REFORM_DAY) == ()
    assert {unit.level for unit in tables.children("49", END_2022)} == {Level.DISTRICT}
    assert {unit.level for unit in tables.children("48", REFORM_DAY)} == {Level.COMMUNE}
    assert len(tables.children("VN", END_2022)) == 63


def test_ancestors_lead_up_to_the_province(tables: UnitTables) -> None:
    commune = tables.get("20956", END_2022)
    assert commune is not None
    assert [unit.code for unit in tables.ancestors(commune, END_2022)] == ["516", "49"]
    assert tables.province_of("20956", END_2022) == "49"
    assert tables.province_of("26740", REFORM_DAY) == "79"
    assert tables.province_of("20956", REFORM_DAY) is None


def test_a_commune_that_moved_to_another_district_has_a_row_for_each(tables: UnitTables) -> None:
    assert [(unit.parent_code, tables.begins(unit)) for unit in tables.periods("16381")[:2]] == [
        ("405", ""),
        ("380", "moved"),
    ]


def test_year_end_2024_still_has_what_was_reorganised_on_new_years_day(tables: UnitTables) -> None:
    assert tables.get("14788", date(2024, 12, 31)) is not None
    assert tables.get("14788", date(2025, 1, 1)) is None


@pytest.mark.parametrize(("code", "periods"), [("01", 1), ("08", 2), ("46", 2), ("10", 1), ("15", 2)])
def test_provinces_that_grow_begin_a_new_row_with_the_reform(tables: UnitTables, code: str, periods: int) -> None:
    assert len(tables.periods(code)) == periods


def test_a_check_of_one_district_reads_one_file_of_communes() -> None:
    fresh = UnitTables()
    fresh.children("516", END_2022)
    assert list(fresh._communes) == ["49"]


def test_no_sum_waits_for_islands_where_nobody_lives() -> None:
    tables, day = bundled(), date(2024, 12, 31)
    listed = {unit.code for unit in tables.children("48", day)}
    reporting = {unit.code for unit in tables.reporting_children("48", day)}

    assert listed - reporting == {"498"}


def test_an_area_begins_with_a_merger_and_not_with_a_new_name_or_type() -> None:
    tables = bundled()

    assert tables.area_since("682", date(2024, 12, 31)) == date(2024, 12, 1)
    assert tables.area_since("26740", date(2025, 12, 31)) == date(2025, 7, 1)
    assert tables.area_since("26740", date(2024, 12, 31)) == TABLES_START
    assert tables.area_since("99999", date(2024, 12, 31)) is None
