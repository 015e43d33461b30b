"""A unit that is gone is named (U006, U003), and is never the unit of the year whose name has other accents."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.normalise.options import ReadingOptions

from .cases import Cell, codes, only, read_table, table, write_sheet

PHU_CU = ("Thị trấn Trần Cao", "Xã Minh Tân", "Xã Quang Hưng", "Xã Tiền Tiến", "Xã Tam Đa")


def rows(*names: str) -> list[list[Cell]]:
    return [[str(at), name, 1000 + at, 100, 50] for at, name in enumerate(names, start=1)]


def title(place: str, year: int) -> tuple[str, str]:
    return f"UBND {place}", f"TỔNG HỢP KẾT QUẢ RÀ SOÁT NĂM {year}"


def test_a_commune_that_was_merged_away_is_told_and_not_read_as_its_neighbour(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*rows(*PHU_CU), title=title("HUYỆN PHÙ CỪ", 2024)))
    finding = only(reading, "U006")
    assert finding.unit_code == "12418"
    assert finding.expected == "Xã Tiên Tiến (12424)"
    assert "12424" not in reading.observations.unit_code


def test_on_the_list_of_its_own_year_it_is_read(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*rows(*PHU_CU), title=title("HUYỆN PHÙ CỪ", 2023)))
    assert codes(reading) == []
    assert reading.observations.value(reading.observations.unit_code.index("12418"), "households") == 1004


def test_no_fall_is_made_of_two_communes_of_one_sound(tmp_path: Path) -> None:
    for year in (2023, 2024):
        path = tmp_path / f"{year}.xlsx"
        write_sheet(path, table(*rows(*PHU_CU, "Xã Minh Tiến"), title=title("HUYỆN PHÙ CỪ", year)))
    table_of_rates = pipeline.read([str(tmp_path)], ReadingOptions())
    years = [
        year
        for code, year in zip(table_of_rates.observations.unit_code, table_of_rates.observations.year, strict=True)
        if code in ("12424", "12418")
    ]
    assert sorted(years) == [2023, 2023]


@pytest.mark.parametrize(
    ("place", "year", "name", "code"),
    [
        ("TỈNH THANH HÓA", 2025, "Xã Hòa Lộc", "16075"),  # and Xã Hoa Lộc
        ("TỈNH THANH HÓA", 2025, "Hoằng Thành", "15961"),  # without its type word
        ("TỈNH LÀO CAI", 2025, "PHƯỜNG SA PẢ", "03002"),
        ("TỈNH SƠN LA", 2025, "Xã Chiềng Hắc", "04012"),
        ("TỈNH LÂM ĐỒNG", 2026, "Xã Tân Thanh", "24907"),
        ("TỈNH THÁI NGUYÊN", 2025, "P. Quán Triều", "05431"),
    ],
)
def test_a_commune_of_before_the_reform_is_told(tmp_path: Path, place: str, year: int, name: str, code: str) -> None:
    reading = read_table(tmp_path, table(*rows(name), title=title(place, year)))
    assert only(reading, "U006").unit_code == code
    assert len(reading.observations) == 0


def test_of_two_gone_communes_of_the_name_both_are_offered(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*rows("Xã Tân Thành"), title=title("TỈNH TUYÊN QUANG", 2025)))
    message = only(reading, "U003").message()
    assert "01162" in message
    assert "02401" in message
    assert len(reading.observations) == 0


def test_a_canonical_table_of_names_is_held_to_the_same(tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    path.write_text(
        "unit_name,parent_code,year,level,households,poor_households,near_poor_households\n"
        "Xã Hòa Lộc,38,2025,commune,1000,100,50\n"
        "Xã Hoa Lộc,38,2025,commune,2000,90,40\n",
        encoding="utf-8",
    )
    reading = pipeline.read([str(path)], ReadingOptions())
    assert reading.observations.unit_code == ["16075", "16072"]  # the first is told by the checks: U006


def test_a_name_of_the_year_that_lacks_an_accent_is_still_read(tmp_path: Path) -> None:
    names = ("Xã Hoằng Giang", "Xã Thieu Hóa", "xa ngoc lac")
    reading = read_table(tmp_path, table(*rows(*names), title=title("TỈNH THANH HÓA", 2025)))
    assert codes(reading) == []
    assert list(reading.observations.unit_code) == ["15880", "15772", "15061"]
