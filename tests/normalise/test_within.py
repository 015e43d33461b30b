"""`--within`: names are looked up in a province or district, which is not the unit that the tables are of."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua_cli.errors import UsageError

from .cases import Cell, codes, counts, only, read, read_table, table, write_sheet

YEAR = "Năm rà soát: 2023"
VILLAGES: list[list[Cell]] = [["1", "Thôn 1", 100, 5, 6], ["2", "Thôn 2", 50, 5, 6], ["", "Tổng cộng", 150, 10, 12]]
HOA_BINH = "04825"
"""Xã Hòa Bình, Thành phố Hòa Bình: 17 other communes bear its name, and none of Tỉnh Hoà Bình."""


def test_a_commune_of_many_provinces_is_told_with_the_line_to_type(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*VILLAGES, title=["UBND XÃ HÒA BÌNH", YEAR]))
    assert codes(reading) == ["U003"]
    message = only(reading, "U003").message()
    assert "--within 17 (Tỉnh Hoà Bình)" in message
    assert "--within 187 (Huyện Chi Lăng)" in message  # Tỉnh Lạng Sơn has several
    assert "--within 20 " not in message


@pytest.mark.parametrize("within", ["17", "148"], ids=["province", "district"])
def test_the_line_reads_the_commune_with_its_total(within: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*VILLAGES, title=["UBND XÃ HÒA BÌNH", YEAR]), within=within)
    assert codes(reading) == []
    assert reading.observations.unit_code == [f"{HOA_BINH}-thon-1", f"{HOA_BINH}-thon-2", HOA_BINH]


@pytest.mark.parametrize("file", ["Xã Hòa Bình.xlsx", "Xã Hòa Bình/bieu.xlsx"])
def test_the_names_of_files_and_folders_are_looked_up_there_too(file: str, tmp_path: Path) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    reading = read(write_sheet(path, table(*VILLAGES, title=[YEAR])), within="17")
    assert codes(reading) == []
    assert reading.observations.unit_code[-1] == HOA_BINH


def test_a_table_that_names_nothing_is_of_the_place_in_part_and_its_total_nobodys(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["1", "Xã Hòa Bình", 100, 5, 6], ["", "Tổng cộng", 100, 5, 6]]
    reading = read_table(tmp_path, table(*rows, title=[YEAR]), within="17")
    assert codes(reading) == []
    assert counts(reading) == {("Xã Hòa Bình", 2023): (100, 5, 6)}
    assert reading.tables[0].scope is None


def test_a_row_that_two_districts_fit_is_that_of_the_place(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["1", "Xã Tân Thành", 100, 5, 6]]
    title = ["UBND TỈNH LẠNG SƠN", YEAR]
    message = only(read_table(tmp_path, table(*rows, title=title)), "U003").message()
    assert "--within 185 (Huyện Bắc Sơn)" in message
    reading = read_table(tmp_path, table(*rows, title=title), within="185")
    assert codes(reading) == []
    assert reading.observations.parent_code == ["185"]


def test_names_of_a_canonical_table_are_looked_up_there(tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    counted = "year,households,poor_households,near_poor_households"
    path.write_text(f"unit_name,{counted}\nXã Hòa Bình,2023,100,10,5\n", encoding="utf-8")
    assert codes(read(path)) == ["U002"]
    for within in ("17", "148"):
        reading = read(path, within=within)
        assert codes(reading) == []
        assert reading.observations.unit_code == [HOA_BINH]


def test_a_title_outside_of_the_place_wins_with_an_error(tmp_path: Path) -> None:
    title = ["UBND HUYỆN ĐÔNG GIANG", YEAR]
    rows: list[list[Cell]] = [["1", "Tà Lu", 500, 120, 40]]
    reading = read_table(tmp_path, table(*rows, title=title), within="40")
    assert codes(reading) == ["H007"]
    assert "--within 40 là Tỉnh Nghệ An: đọc theo tiêu đề" in only(reading, "H007").message()
    assert [name for name, _ in counts(reading)] == ["Xã Tà Lu"]


def test_a_title_of_which_no_unit_lies_in_the_place_is_not_read(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*VILLAGES, title=["UBND XÃ HÒA BÌNH", YEAR]), within="49")
    assert codes(reading) == ["H007"]
    assert len(reading.observations) == 0


def test_the_name_of_a_file_outside_of_the_place_warns(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["1", "Xã Châu Bình", 500, 120, 40]]
    path = write_sheet(tmp_path / "Huyện Đông Giang.xlsx", table(*rows, title=[YEAR]))
    reading = read(path, within="40")
    assert codes(reading) == ["H008"]
    assert [name for name, _ in counts(reading)] == ["Xã Châu Bình"]


def test_rows_of_another_place_are_told_once(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["1", "Tà Lu", 5, 1, 0], ["2", "Sông Kôn", 8, 2, 0], ["3", "A Rooi", 3, 1, 0]]
    reading = read_table(tmp_path, table(*rows, title=[YEAR]), within="40")
    assert codes(reading) == ["H009"]
    assert "Huyện Đông Giang: --within 505" in only(reading, "H009").message()


@pytest.mark.parametrize("code", ["20494", "99", "VN"])
def test_only_a_province_or_a_district_is_taken(code: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--within"):
        read_table(tmp_path, table(*VILLAGES, title=[YEAR]), within=code)


@pytest.mark.parametrize("within", ["48", "49", "505"], ids=["itself", "gone-province", "gone-district"])
def test_a_place_that_is_gone_by_the_year_end_is_the_province_it_became(within: str, tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["1", "Thôn 1", 100, 5, 6]]
    title = ["UBND XÃ BÌNH MINH", "Năm rà soát: 2025"]
    assert codes(read_table(tmp_path, table(*rows, title=["UBND XÃ THĂNG BÌNH", title[1]]), within=within)) == []
    reading = read_table(tmp_path, table(*rows, title=title), within=within)
    assert codes(reading) == ["H007"]  # there is none in Đà Nẵng
    assert "Thành phố Đà Nẵng" in only(reading, "H007").message()


def test_a_place_that_does_not_stand_yet_is_said(tmp_path: Path) -> None:
    chu = "224"  # Thị xã Chũ, since 01/01/2025
    said = "Mã 224 (--within) không tồn tại vào cuối năm 2023"
    title = ["UBND XÃ HÒA BÌNH", YEAR]
    assert said in only(read_table(tmp_path, table(*VILLAGES, title=title), within=chu), "U003").message()
    rows: list[list[Cell]] = [["1", "Xã Hòa Bình", 100, 5, 6]]
    assert said in only(read_table(tmp_path, table(*rows, title=[YEAR]), within=chu), "H006").message()


COUNTED = "year,households,poor_households,near_poor_households"


def written(folder: Path, *names: str, year: int = 2023) -> Path:
    path = folder / "bang.csv"
    path.write_text("\n".join([f"unit_name,{COUNTED}", *(f"{name},{year},100,10,5" for name in names)]), "utf-8")
    return path


def test_a_canonical_table_of_names_that_fit_one_district_is_its(tmp_path: Path) -> None:
    reading = read(written(tmp_path, "Xã Tà Lu", "Sông Kôn", "Xã A Rooi"))
    assert codes(reading) == ["H010"]
    assert "cả 3 tên trong biểu chỉ có ở đó" in only(reading, "H010").message()
    assert reading.observations.unit_code == ["20470", "20473", "20488"]


@pytest.mark.parametrize(
    "names", [("Xã Tà Lu", "Xã Sông Kôn"), ("Xã Tà Lu", "Xã Sông Kôn", "Xã A Rooi", "Xã Không Có")], ids=["two", "none"]
)
def test_names_of_a_canonical_table_that_are_too_few_or_of_nowhere_tell_nothing(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    assert set(codes(read(written(tmp_path, *names)))) == {"U002"}


def test_a_canonical_table_of_districts_of_one_province_is_read_as_before(tmp_path: Path) -> None:
    reading = read(written(tmp_path, "Huyện Đông Giang", "Huyện Tây Giang", "Huyện Nam Giang"))
    assert codes(reading) == []


def test_a_canonical_table_of_another_place_than_the_one_given_is_told_once(tmp_path: Path) -> None:
    path = written(tmp_path, "Xã Tà Lu", "Sông Kôn", "Xã A Rooi")
    for reading, option in ((read(path, unit="504"), "--unit 505"), (read(path, within="40"), "--within 505")):
        assert codes(reading) == ["H009"]
        assert f"Huyện Đông Giang: {option}" in only(reading, "H009").message()
        assert len(reading.observations) == 0
    assert codes(read(path, unit="505")) == []


@pytest.mark.parametrize("name", ["yen-trung", "Yên Trung 2025", "mau-08_yen-trung"])
def test_the_bare_name_of_a_file_is_that_of_a_commune_of_the_place(name: str, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / f"{name}.xlsx", table(*VILLAGES, title=["Năm rà soát: 2025"]))
    assert codes(read(path)) == ["H006"]
    reading = read(path, within="40")
    assert codes(reading) == []
    assert reading.observations.unit_code[-1] == "18007"
