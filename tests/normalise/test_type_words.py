"""A misspelt word for the type of unit is read with a note (U010) where the name behind it is one unit alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.units.lookup import bare_name
from thidua_cli.units.tables import bundled
from thidua_cli.units.type_words import misspelt, misspelt_head

from .cases import Cell, codes, only, read_table, table

CU_JUT = "UBND HUYỆN CƯ JÚT"


def rows(*names: str) -> list[list[Cell]]:
    return [[str(at), name, 1000 + at, 100, 50] for at, name in enumerate(names, start=1)]


@pytest.mark.parametrize(
    ("place", "year", "name", "code", "head"),
    [
        (CU_JUT, 2023, "Thị trân Ea TLing", "24640", "Thị trân"),
        (CU_JUT, 2023, "Thị trấnEa T'Ling", "24640", "Thị trấn"),
        (CU_JUT, 2023, "Thịtrấn Ea T'Ling", "24640", "Thịtrấn"),
        (CU_JUT, 2023, "Xạ Trúc Sơn", "24661", "Xạ"),
        (CU_JUT, 2023, "Xa Trúc Sơn", "24661", "Xa"),
        (CU_JUT, 2023, "XÁ TRÚC SƠN", "24661", "XÁ"),
        (CU_JUT, 2023, "XãTrúc Sơn", "24661", "Xã"),
        ("UBND TỈNH ĐẮK NÔNG", 2023, "Huyên Cư Jút", "662", "Huyên"),
        ("UBND TỈNH ĐẮK NÔNG", 2023, "Huyệnn Cư Jút", "662", "Huyệnn"),
        ("UBND QUẬN 1", 2023, "Phương Bến Nghé", "26740", "Phương"),
        ("UBND QUẬN 1", 2023, "Phuong Đa Kao", "26737", "Phuong"),
        ("UBND QUẬN 4", 2023, "F.13", "27259", "F"),
        ("UBND QUẬN 4", 2023, "F13", "27259", "F"),
        ("UBND THÀNH PHỐ HỒ CHÍ MINH", 2023, "Quân 3", "770", "Quân"),
        ("UBND TỈNH AN GIANG", 2025, "Đặc khú Phú Quốc", "31078", "Đặc khú"),
    ],
)
def test_the_unit_is_read_and_the_slip_is_told(
    tmp_path: Path, place: str, year: int, name: str, code: str, head: str
) -> None:
    reading = read_table(tmp_path, table(*rows(name), title=(place, f"Năm rà soát: {year}")))
    finding = only(reading, "U010")
    assert codes(reading) == ["U010"]
    assert list(reading.observations.unit_code) == [code]
    assert (finding.unit_code, finding.value, finding.details["head"]) == (code, name, head)
    assert f"“{name}” được đọc là {finding.unit_name}" in finding.message()


@pytest.mark.parametrize(
    "name",
    [
        "Thị trấn Ea T'Ling",
        "Thị  trấn  Ea T'Ling",
        "TT Ea T'Ling",
        "TT. Ea TLing",
        "THỊ TRẤN EA T'LING",
        "Thi tran Ea T'Ling",  # nothing has accents
        "Ea T'Ling",
        "xa truc son",
        "Xã: Trúc Sơn",
        "X.Trúc Sơn",
        "xã  Trúc Sơn",
    ],
)
def test_a_right_word_an_abbreviation_or_none_is_read_without_a_word(tmp_path: Path, name: str) -> None:
    reading = read_table(tmp_path, table(*rows(name), title=(CU_JUT, "Năm rà soát: 2023")))
    assert codes(reading) == []
    assert len(reading.observations) == 1


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("Xạ Trúc Sơm", ""),
        ("Xạ Trúc Son", ""),  # the name itself is not right
        ("Sã Trúc Sơn", "Xã Trúc Sơn"),  # no accent alone: “Sã” may be any word
        ("Ea Trúc Sơn", "Xã Trúc Sơn"),
        ("Thị trân Trúc Sơn", "Xã Trúc Sơn"),  # another type: another unit, or another word
        ("Phương Ea T'Ling", ""),
        ("Xạ Không Có", ""),
    ],
)
def test_whatever_else_is_wrong_stays_unknown_and_is_offered(tmp_path: Path, name: str, offered: str) -> None:
    reading = read_table(tmp_path, table(*rows(name), title=(CU_JUT, "Năm rà soát: 2023")))
    assert offered in only(reading, "U002").message()
    assert len(reading.observations) == 0


def test_of_two_units_that_fit_none_is_taken(tmp_path: Path) -> None:
    rows_of_two = rows("Xạ An Thạnh")  # two districts of the province have one
    reading = read_table(tmp_path, table(*rows_of_two, title=("UBND TỈNH BẾN TRE", "Năm rà soát: 2023")))
    assert len(reading.observations) == 0
    assert codes(reading) in (["U002"], ["U003"])


def test_a_gone_unit_is_not_read_as_one_of_the_year(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*rows("Xạ Tiền Tiến"), title=("UBND HUYỆN PHÙ CỪ", "Năm rà soát: 2024")))
    assert len(reading.observations) == 0


def test_names_that_begin_like_a_type_word_are_names(tmp_path: Path) -> None:
    title = ("UBND THỊ XÃ QUẾ VÕ", "Năm rà soát: 2023")
    reading = read_table(tmp_path, table(*rows("Phương Liễu", "Phường Phương Liễu"), title=title))
    assert "U010" not in codes(reading)
    assert set(reading.observations.unit_code) == {"09265"}


def test_columns_of_districts_and_canonical_tables_are_held_to_the_same(tmp_path: Path) -> None:
    header = ("TT", "Huyện", "Xã", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo")
    row: list[Cell] = ["1", "Huyên Cư Jút", "Xã Trúc Sơn", 1000, 100, 50]
    title = ("UBND TỈNH ĐẮK NÔNG", "Năm rà soát: 2023")
    reading = read_table(tmp_path, table(row, title=title, header=header))
    assert only(reading, "U010").unit_code == "662"
    assert list(reading.observations.unit_code) == ["24661"]
    path = tmp_path / "bang.csv"
    head = "unit_name,parent_code,year,level,households,poor_households,near_poor_households"
    path.write_text(f"{head}\nXạ Trúc Sơn,662,2023,commune,1000,100,50\n", encoding="utf-8")
    canonical = pipeline.read([str(path)], ReadingOptions())
    assert only(canonical, "U010").unit_code == "24661"


def test_a_bare_name_without_accents_is_that_unit_in_a_table_that_has_accents(tmp_path: Path) -> None:
    title = ("UBND THỊ XÃ SA PA", "Năm rà soát: 2023")
    reading = read_table(tmp_path, table(*rows("Sa Pa", "Sa Pả", "Hàm Rồng"), title=title))
    assert codes(reading) == []
    assert reading.observations.unit_name == ["Phường Sa Pa", "Phường Sa Pả", "Phường Hàm Rồng"]
    plain = read_table(tmp_path, table(*rows("Sa Pa", "Ham Rong"), title=title))
    assert only(plain, "U003").value == "Sa Pa"


def test_a_word_is_not_read_as_a_type_word_that_differs_in_more_than_a_letter() -> None:
    assert misspelt("Phước Tân") == ()
    assert misspelt("Tân Thành") == ()
    assert [reading.rest for reading in misspelt("Phượng Mao")] == ["Mao"]


def test_no_name_of_any_list_is_told_as_misspelt() -> None:
    units = bundled().rows()
    assert len(units) > 14_000
    for unit in units:
        for name in (unit.name, unit.name.upper(), bare_name(unit)):
            assert misspelt_head(name, unit) is None, name
