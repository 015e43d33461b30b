"""Communes of the years with districts that stand directly below their province."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from thidua_cli.normalise.files_read import FilesRead

from .cases import Cell, codes, counts, only, read_table, table


def communes(folder: Path, *names: str, province: str = "TỈNH QUẢNG NAM", year: int = 2023) -> FilesRead:
    rows: list[list[Cell]] = [[str(at), name, 500 + at, 50, 20] for at, name in enumerate(names, start=1)]
    return read_table(folder, table(*rows, title=[f"UBND {province}", f"Năm rà soát: {year}"]))


def units(reading: FilesRead) -> Sequence[str]:
    return reading.observations.unit_code


def test_a_name_that_one_commune_of_the_province_bears_is_taken(tmp_path: Path) -> None:
    reading = communes(tmp_path, "Xã Tà Lu", "Xã Trà Don", "Phường An Mỹ")
    assert codes(reading) == []
    assert units(reading) == ["20470", "20956", "20341"]
    assert reading.observations.parent_code == ["505", "516", "502"]


def test_bare_names_are_taken_where_the_table_names_no_district(tmp_path: Path) -> None:
    assert units(communes(tmp_path, "Tà Lu", "Trà Don")) == ["20470", "20956"]


def test_a_name_of_several_districts_is_reported_with_them(tmp_path: Path) -> None:
    reading = communes(tmp_path, "Xã An Thạnh", "Xã Tân Phú Tây", province="TỈNH BẾN TRE")
    finding = only(reading, "U003")
    assert finding.value == "Xã An Thạnh"
    assert finding.message().count("Xã An Thạnh, Huyện") == 2
    assert len(units(reading)) == 1


def test_a_name_that_no_commune_bears_stays_unknown(tmp_path: Path) -> None:
    reading = communes(tmp_path, "Xã Tà Lu", "Xã Không Có")
    assert codes(reading) == ["U002"]
    assert units(reading) == ["20470"]


def test_a_bare_name_beside_districts_is_no_commune(tmp_path: Path) -> None:
    reading = communes(tmp_path, "Huyện Nam Giang", "Huyện Tây Giang", "Tà Lu")
    assert codes(reading) == ["U002"]


def test_a_table_that_follows_the_list_since_the_reform_keeps_to_it(tmp_path: Path) -> None:
    reading = communes(tmp_path, "Xã Sông Kôn", "Xã Đông Giang", "Xã Bến Hiên", year=2024)
    assert codes(reading) == ["U006"]
    assert units(reading) == []


def test_years_side_by_side_place_the_communes_of_every_year(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["UBND TỈNH QUẢNG NAM"],
        ["Kết quả rà soát hộ nghèo, hộ cận nghèo các năm"],
        ["TT", "Đơn vị", "Tổng số hộ", None, "Số hộ nghèo", None, "Số hộ cận nghèo", None],
        [None, None, 2023, 2024, 2023, 2024, 2023, 2024],
        ["1", "Xã Tà Lu", 500, 510, 50, 40, 20, 15],
        ["2", "Xã A Rooi", 300, 310, 30, 20, 10, 5],
    ]
    reading = read_table(tmp_path, rows)
    assert codes(reading) == []
    assert counts(reading) == {
        ("Xã Tà Lu", 2023): (500, 50, 20),
        ("Xã Tà Lu", 2024): (510, 40, 15),
        ("Xã A Rooi", 2023): (300, 30, 10),
        ("Xã A Rooi", 2024): (310, 20, 5),
    }
    assert set(units(reading)) == {"20470", "20488"}
