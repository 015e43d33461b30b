"""District and commune in columns of their own: the district narrows where the commune is looked for."""

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from .cases import Cell, codes, counts, only, read, read_table, table

PROVINCE = ("UBND TỈNH QUẢNG NAM", "Năm rà soát: 2023")
HEADER = ("TT", "Huyện", "Xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
TA_LU: list[Cell] = ["1", "Đông Giang", "Tà Lu", 500, 120, 40]
SONG_KON: list[Cell] = ["2", None, "Sông Kôn", 800, 200, 80]
LANG: list[Cell] = ["3", "Tây Giang", "Lăng", 400, 100, 30]
FOUND = {("Xã Tà Lu", 2023): (500, 120, 40), ("Xã Sông Kôn", 2023): (800, 200, 80), ("Xã Lăng", 2023): (400, 100, 30)}


def test_a_district_written_once_above_its_communes_holds_for_all_of_them(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(TA_LU, SONG_KON, LANG, title=PROVINCE, header=HEADER))
    assert counts(reading) == FOUND
    assert codes(reading) == []
    assert reading.observations.parent_code == ["505", "505", "504"]


def test_a_district_merged_over_its_communes_holds_for_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    with Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Biểu")
        for row, cells in enumerate(table(TA_LU, SONG_KON, LANG, title=PROVINCE, header=HEADER)):
            sheet.write_row(row, 0, cells)
        sheet.merge_range(3, 1, 4, 1, "Đông Giang")
    assert counts(read(path)) == FOUND


def test_a_row_with_the_district_alone_holds_its_own_figures(tmp_path: Path) -> None:
    own: list[Cell] = ["I", "Huyện Đông Giang", None, 1300, 320, 120]
    total: list[Cell] = [None, "Tổng cộng", None, 1700, 420, 150]
    below: list[list[Cell]] = [["1", None, "Tà Lu", 500, 120, 40], SONG_KON]
    rows = table(own, *below, LANG, total, title=PROVINCE, header=HEADER)
    reading = read_table(tmp_path, rows)
    whole = {("Huyện Đông Giang", 2023): (1300, 320, 120), ("Tỉnh Quảng Nam", 2023): (1700, 420, 150)}
    assert counts(reading) == FOUND | whole
    assert codes(reading) == []


def test_a_name_of_two_districts_is_the_one_under_its_district(tmp_path: Path) -> None:
    title = ("UBND TỈNH NGHỆ AN", "Năm rà soát: 2023")
    header = ("TT", "Huyện/thị xã", "Xã/phường/thị trấn", *HEADER[3:])
    twins: list[list[Cell]] = [["1", "Yên Thành", "Tân Thành", 1, 1, 0], ["2", "Tân Kỳ", "Tân Thành", 9, 1, 0]]
    rows = table(*twins, title=title, header=header)
    reading = read_table(tmp_path, rows)
    assert reading.observations.unit_name == ["Xã Tân Thành"]
    assert [(one.kind.code, one.unit_name) for one in reading.findings] == [("U002", "Tân Thành")]
    assert "Huyện Tân Kỳ" in only(reading, "U002").message()


def test_an_unknown_district_is_told_once_and_its_communes_are_not_looked_for_elsewhere(tmp_path: Path) -> None:
    rows = table(["1", "Đông Giangg", "Tà Lu", 5, 1, 0], SONG_KON, LANG, title=PROVINCE, header=HEADER)
    reading = read_table(tmp_path, rows)
    assert only(reading, "U002").origin.cell == "B4"
    assert reading.observations.unit_name == ["Xã Lăng"]


@pytest.mark.parametrize("name", ["Đông Giang", "Huyện Đông Giang"])
def test_a_table_of_one_district_may_repeat_its_name(name: str, tmp_path: Path) -> None:
    rows = table(["1", name, "Tà Lu", 500, 120, 40], header=HEADER)
    reading = read_table(tmp_path, rows)
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}
    assert codes(reading) == []


def test_another_district_than_that_of_the_title_is_not_read(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Tây Giang", "Lăng", 5, 1, 0], header=HEADER))
    assert codes(reading) == ["U002"]
    assert len(reading.observations) == 0


def test_province_district_and_commune_stand_side_by_side(tmp_path: Path) -> None:
    header = ("TT", "Tỉnh", *HEADER[1:])
    rows = table(
        ["1", "Quảng Nam", "Đông Giang", "Tà Lu", 500, 120, 40],
        ["2", None, "Tây Giang", "Lăng", 400, 100, 30],
        ["3", "Đà Nẵng", "Hòa Vang", "Hòa Bắc", 1000, 10, 5],
        title=["Năm rà soát: 2023"],
        header=header,
    )
    reading = read_table(tmp_path, rows, unit="VN")
    assert reading.observations.unit_name == ["Xã Tà Lu", "Xã Lăng", "Xã Hòa Bắc"]
    assert codes(reading) == []


def test_years_beside_each_other_go_with_upper_names(tmp_path: Path) -> None:
    header = (*HEADER[:3], "Tổng số hộ 2022", "Hộ nghèo 2022", "Hộ cận nghèo 2022")
    rows = table(TA_LU, SONG_KON, title=PROVINCE[:1], header=header)
    assert set(counts(read_table(tmp_path, rows))) == {("Xã Tà Lu", 2022), ("Xã Sông Kôn", 2022)}


def test_the_layout_names_the_upper_column(tmp_path: Path) -> None:
    layout = read_table(tmp_path, table(TA_LU, title=PROVINCE, header=HEADER)).layouts[0]
    assert [(one.letters, one.meaning, one.used) for one in layout.columns][1:3] == [
        ("B", "upper_unit:district", True),
        ("C", "unit_name", True),
    ]
