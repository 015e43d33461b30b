"""Names and types that no package has: of 2022 before the older list, and of 2026."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.normalise.cases import Cell, codes, only, read_table, table
from thidua_cli.cli.units import app
from thidua_cli.units.changes import bundled_changes
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.lookup import names_through_time
from thidua_cli.units.reach import beyond_the_lists
from thidua_cli.units.tables import COMPLETE_FROM, COMPLETE_UNTIL, bundled
from unit_tables.rows import Row
from unit_tables.stated_changes import StatedChange, with_stated_changes

SOURCES = Path(__file__).resolve().parent.parent.parent / "scripts" / "sources"
STATED = list(csv.DictReader((SOURCES / "dated_changes.csv").read_text("utf-8").splitlines()))
TABLES = bundled()
ONE_DAY = timedelta(days=1)


def test_the_changes_are_those_of_2022_and_2026_by_their_resolutions() -> None:
    assert Counter(row["resolution"] for row in STATED) == {
        "469/NQ-UBTVQH15": 10,
        "510/NQ-UBTVQH15": 2,
        "569/NQ-UBTVQH15": 1,
        "570/NQ-UBTVQH15": 6,
        "30/2026/QH16": 1,
        "237/NQ-UBTVQH16": 10,
        "36/2026/QH16": 1,
        "39/2026/QH16": 1,
        "388/NQ-UBTVQH16": 12,
    }
    assert all(row["found_in"] for row in STATED)


@pytest.mark.parametrize("row", STATED, ids=lambda row: row["code"])
def test_a_unit_has_its_name_and_type_of_the_day_and_keeps_its_area(row: dict[str, str]) -> None:
    day = date.fromisoformat(row["effective"])
    before, after = TABLES.get(row["code"], day - ONE_DAY), TABLES.get(row["code"], day)
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == (row["name_before"], row["name_after"])
    assert (before.valid_to, after.valid_from, TABLES.begins(after)) == (day - ONE_DAY, day, "retyped")
    assert TABLES.area_since(row["code"], day) == TABLES.area_since(row["code"], day - ONE_DAY)
    (event,) = (change for change in bundled_changes().leaving(row["code"], day - ONE_DAY, day))
    assert (event.kind, event.to_name, event.evidence) == ("retyped", row["name_after"], row["resolution"])


def test_the_numbers_of_communes_by_type_are_those_of_the_days() -> None:
    def types(day: date) -> Counter[str]:
        return Counter(unit.type for unit in TABLES.communes(day))

    assert types(date(2022, 12, 31)) == {"xã": 8248, "phường": 1737, "thị trấn": 614}
    # 14 wards less than after the three resolutions of 2022, and the townships Phương Sơn, Bắc Lý and Bình Phú
    assert types(date(2021, 12, 31)) == {"xã": 8264, "phường": 1723, "thị trấn": 612}
    assert types(date(2026, 4, 29)) == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert types(date(2026, 4, 30)) == {"xã": 2611, "phường": 697, "đặc khu": 13}
    assert types(date(2026, 9, 20)) == {"xã": 2599, "phường": 709, "đặc khu": 13}
    assert Counter(unit.type for unit in TABLES.provinces(date(2026, 9, 20))) == {"tỉnh": 25, "thành phố": 9}


@pytest.mark.parametrize(
    ("name", "parent", "year", "code"),
    [
        ("Xã Hồng Tiến", "172", 2021, "05869"),
        ("Xã Hồng Tiến", "172", 2022, "05869"),
        ("Phường Hồng Tiến", "172", 2021, "05869"),
        ("Thị trấn Chơn Thành", "697", 2021, "25432"),
        ("Thị trấn Chơn Thành", "697", 2023, "25432"),
        ("Xã Trảng Bom", "75", 2026, "26248"),
        ("Phường Trảng Bom", "75", 2025, "26248"),
        ("Xã Bố Hạ", "24", 2026, "07294"),
    ],
)
def test_either_name_of_the_same_area_is_the_unit(name: str, parent: str, year: int, code: str) -> None:
    match = UnitFinder(TABLES).within(name, parent, year)
    assert match.unit is not None
    assert match.unit.code == code


@pytest.mark.parametrize(
    ("place", "year", "names", "parent"),
    [
        ("TỈNH ĐỒNG NAI", 2026, ("Xã Lộc Ninh", "Phường Tân Khai"), "75"),
        ("THÀNH PHỐ ĐỒNG NAI", 2026, ("Phường Lộc Ninh", "Xã Tân Khai"), "75"),
        ("TỈNH ĐỒNG NAI", 2025, ("Xã Lộc Ninh", "Xã Tân Khai"), "75"),
        ("THÀNH PHỐ BẮC NINH", 2026, ("Phường Kép", "Phường Tiên Du"), "24"),
        ("TỈNH QUẢNG NINH", 2026, ("Xã Ba Chẽ", "Phường Mạo Khê"), "22"),
        ("THỊ XÃ PHỔ YÊN", 2022, ("Xã Hồng Tiến", "Phường Đắc Sơn"), "172"),
        ("HUYỆN CHƠN THÀNH", 2023, ("Phường Hưng Long", "Xã Nha Bích"), "697"),
        ("HUYỆN QUẾ VÕ", 2023, ("Phường Phố Mới", "Phường Việt Hùng"), "259"),
    ],
)
def test_a_title_may_have_either_name(
    tmp_path: Path, place: str, year: int, names: tuple[str, ...], parent: str
) -> None:
    rows: list[list[Cell]] = [[str(at), name, 1000 + at, 100, 50] for at, name in enumerate(names, start=1)]
    reading = read_table(tmp_path, table(*rows, title=(f"UBND {place}", f"Năm rà soát: {year}")))
    assert codes(reading) == []
    assert set(reading.observations.parent_code) == {parent}


def test_a_name_that_a_district_has_on_the_day_is_not_the_later_name_of_its_province(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["1", "Phường Thuận Hòa", 1000, 100, 50]]
    reading = read_table(tmp_path, table(*rows, title=("UBND THÀNH PHỐ HUẾ", "Năm rà soát: 2023")))
    assert codes(reading) == []
    assert reading.observations.parent_code == ["474"]


def test_a_unit_without_another_name_has_one_only() -> None:
    unit = TABLES.get("20470", date(2023, 12, 31))
    assert unit is not None
    assert names_through_time(unit, TABLES) == ("Xã Tà Lu",)


def test_rows_are_divided_where_a_change_falls_and_refuse_one_that_fits_no_name() -> None:
    row = Row("99001", "Phường An", "phường", "991", date(2021, 7, 1), date(2025, 6, 30), "", "")
    change = StatedChange(date(2022, 4, 10), "99001", "Xã An", "Phường An", "469/NQ")
    assert [str(part) for part in with_stated_changes([row], [change])] == [
        "99001,Xã An,xã,991,2021-07-01,2022-04-09,,",
        "99001,Phường An,phường,991,2022-04-10,2025-06-30,retyped,469/NQ",
    ]
    with pytest.raises(ValueError, match="neither Xã Bình nor Phường Bình"):
        list(with_stated_changes([row], [change._replace(before="Xã Bình", after="Phường Bình")]))


def test_days_beyond_the_lists_say_how_far_they_reach() -> None:
    assert beyond_the_lists(COMPLETE_FROM).vi == beyond_the_lists(COMPLETE_UNTIL).vi == ""
    later, earlier = beyond_the_lists(COMPLETE_UNTIL + ONE_DAY), beyond_the_lists(COMPLETE_FROM - ONE_DAY)
    assert "từ 01/11/2021 đến 25/09/2026" in later.vi
    assert "from 2021-11-01 to 2026-09-25" in earlier.en
    assert later != earlier


@pytest.mark.parametrize(("year", "is_told"), [(2024, False), (2025, False), (2026, True), (2019, True)])
def test_a_table_of_an_unknown_place_says_so_beyond_the_lists(tmp_path: Path, year: int, *, is_told: bool) -> None:
    rows: list[list[Cell]] = [["1", "Xã Tân Thành", 1000, 100, 50]]
    finding = only(read_table(tmp_path, table(*rows, title=(f"Năm rà soát: {year}",))), "H006")
    assert ("đầy đủ từ 01/11/2021 đến 25/09/2026" in finding.message()) is is_told


def test_an_unknown_name_says_so_beyond_the_lists(tmp_path: Path) -> None:
    for year, is_told in ((2025, False), (2026, True)):
        rows: list[list[Cell]] = [["1", "Xã Không Có", 1000, 100, 50]]
        reading = read_table(tmp_path, table(*rows, title=("UBND TỈNH LÂM ĐỒNG", f"Năm rà soát: {year}")))
        assert ("25/09/2026" in only(reading, "U002").message()) is is_told


def test_units_say_how_far_they_reach() -> None:
    runner = CliRunner()
    assert "từ 01/11/2021 đến 25/09/2026" in " ".join(runner.invoke(app, ["--help"]).stdout.split())
    told = {
        day: "25/09/2026" in runner.invoke(app, ["find", "Lộc Ninh", "--on", day]).stderr
        for day in ("31/12/2025", "25/09/2026", "31/12/2026")
    }
    assert told == {"31/12/2025": False, "25/09/2026": False, "31/12/2026": True}
