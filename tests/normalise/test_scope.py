"""Whose table it is: named in the title in many ways, or asked for; never the first of several."""

from datetime import date
from pathlib import Path

import pytest

from thidua_cli.normalise.sheet.title import scope_of
from thidua_cli.units.tables import bundled

from .cases import Cell, codes, counts, only, read, read_table, table, write_sheet, write_sheets

END_2023 = date(2023, 12, 31)
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
ROWS: list[list[Cell]] = [["1", "Tà Lu", 500, 120, 40], ["2", "Sông Kôn", 800, 200, 80], ["3", "A Rooi", 300, 90, 20]]
COMMON = ("Xã Tân Thành", "Xã Tân Lập", "Xã Hòa Bình")
"""Names of many provinces."""


def scopes(*lines: str) -> list[str]:
    return [unit.name for unit in scope_of(lines, END_2023, bundled())]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("UBND HUYỆN ĐÔNG GIANG", MOTTO), "Huyện Đông Giang"),
        (("ỦY BAN NHÂN DÂN", "HUYỆN ĐÔNG GIANG"), "Huyện Đông Giang"),
        ((f"UBND HUYỆN ĐÔNG GIANG          {MOTTO}\nĐộc lập - Tự do - Hạnh phúc",), "Huyện Đông Giang"),
        (("UBND huyện Đông Giang, tỉnh Quảng Nam",), "Huyện Đông Giang"),
        (("UBND TỈNH QUẢNG NAM",), "Tỉnh Quảng Nam"),
        (("UBND TP. TAM KỲ",), "Thành phố Tam Kỳ"),
        (("UBND TP.TAM KỲ",), "Thành phố Tam Kỳ"),
        (("UBND TX. ĐIỆN BÀN",), "Thị xã Điện Bàn"),
        (("UBND THÀNH PHỐ HÀ NỘI",), "Thành phố Hà Nội"),
        (("UBND HUYỆN ÐÔNG GIANG",), "Huyện Đông Giang"),
        (("Sở Lao động - Thương binh và Xã hội", "TỈNH QUẢNG NAM"), "Tỉnh Quảng Nam"),
        (("TỈNH LONG AN", "HUYỆN CHÂU THÀNH"), "Huyện Châu Thành"),
        (("UBND XÃ TÀ LU", "HUYỆN ĐÔNG GIANG"), "Xã Tà Lu"),
        (("UBND XÃ TÀ LU",), "Xã Tà Lu"),
        (("UBND XÃ AN LỤC LONG, HUYỆN CHÂU THÀNH",), "Xã An Lục Long"),
    ],
)
def test_a_title_names_the_unit_its_table_is_of(lines: tuple[str, ...], name: str) -> None:
    assert scopes(*lines) == [name]


@pytest.mark.parametrize("lines", [(MOTTO,), (MOTTO, "Độc lập - Tự do - Hạnh phúc"), ("UBND HUYỆN ……",), ()])
def test_the_motto_and_unfilled_lines_name_nobody(lines: tuple[str, ...]) -> None:
    assert scopes(*lines) == []


def test_a_district_name_of_several_provinces_is_reported_with_them(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*ROWS, title=["UBND HUYỆN CHÂU THÀNH", "Năm rà soát: 2023"]))
    message = only(reading, "U003").message()
    assert message.count("Huyện Châu Thành, Tỉnh") == 8
    assert "đơn vị khác" in message
    assert codes(reading) == ["U003"]


def test_a_commune_name_of_several_districts_is_reported(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["1", "Thôn 1", 100, 5, 6]]
    reading = read_table(tmp_path, table(*rows, title=["UBND XÃ HÒA BÌNH", "Năm rà soát: 2023"]))
    assert codes(reading) == ["U003"]


def test_without_scope_the_one_unit_that_fits_every_name_is_taken_and_said(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*ROWS, title=["Năm rà soát: 2023"]))
    assert "Huyện Đông Giang: cả 3 tên trong biểu chỉ có ở đó" in only(reading, "H010").message()
    assert [name for name, _ in counts(reading)] == ["Xã Tà Lu", "Xã Sông Kôn", "Xã A Rooi"]
    assert reading.layouts[0].scope_from == "rows"


def test_two_names_are_too_few_to_tell_a_district(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*ROWS[:2], title=["Năm rà soát: 2023"]))
    assert codes(reading) == ["H006"]
    assert "Huyện Đông Giang: --within 505" in only(reading, "H006").message()


def test_names_that_fit_two_provinces_tell_neither(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[str(number), name, 100, 5, 6] for number, name in enumerate(COMMON, 1)]
    reading = read_table(tmp_path, table(*rows, title=["Năm rà soát: 2023"]))
    assert codes(reading) == ["H006"]
    assert only(reading, "H006").message().count("--within") > 1


def test_a_total_is_that_of_a_unit_told_by_its_rows_only_where_none_is_missing(tmp_path: Path) -> None:
    names = [unit.name for unit in bundled().children("505", END_2023)]
    rows: list[list[Cell]] = [[str(number), name, 100, 5, 6] for number, name in enumerate(names, 1)]
    whole: list[list[Cell]] = [*rows, ["", "Tổng cộng", 1100, 55, 66]]
    reading = read_table(tmp_path, table(*whole, title=["Năm rà soát: 2023"]))
    assert counts(reading)["Huyện Đông Giang", 2023] == (1100, 55, 66)
    part: list[list[Cell]] = [*rows[:-1], ["", "Tổng cộng", 1000, 50, 60]]
    reading = read_table(tmp_path, table(*part, title=["Năm rà soát: 2023"]))
    assert ("Huyện Đông Giang", 2023) not in counts(reading)
    assert len(reading.observations) == 10


@pytest.mark.parametrize(
    "title", ["TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO CẢ NƯỚC", "Tổng hợp kết quả rà soát toàn quốc"], ids=["upper", "lower"]
)
def test_a_table_of_the_whole_country_is_read_as_one(tmp_path: Path, title: str) -> None:
    rows: list[list[Cell]] = [["1", "Tỉnh Hà Giang", 900, 120, 40], ["2", "Quảng Nam", 800, 100, 30]]
    reading = read_table(tmp_path, table(*rows, title=[title, "Năm rà soát: 2023"]))
    assert codes(reading) == []
    assert reading.observations.unit_code == ["02", "49"]
    assert reading.tables[0].scope is not None
    assert reading.tables[0].scope.code == "VN"


def test_a_table_of_communes_that_only_mentions_the_country_is_not_its(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*ROWS, title=["Chương trình giảm nghèo toàn quốc", "Năm rà soát: 2023"]))
    assert codes(reading) == ["H010"]
    assert reading.tables[0].scope is not None
    assert reading.tables[0].scope.code == "505"


def test_a_table_of_which_exactly_half_the_rows_are_provinces_is_not_the_countrys(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["1", "Tỉnh Hà Giang", 900, 120, 40], ["2", "Khu công nghệ cao", 80, 10, 3]]
    title = ["TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO CẢ NƯỚC", "Năm rà soát: 2023"]
    assert codes(read_table(tmp_path, table(*rows, title=title))) == ["H006"]
    rows += [["3", "Tỉnh Cao Bằng", 700, 90, 20]]
    reading = read_table(tmp_path, table(*rows, title=title))
    assert reading.tables[0].scope is not None
    assert reading.tables[0].scope.code == "VN"


def test_a_unit_named_beside_the_country_is_the_one_of_the_table(tmp_path: Path) -> None:
    title = ["UBND HUYỆN ĐÔNG GIANG", "Biểu tổng hợp chung của cả nước", "Năm rà soát: 2023"]
    reading = read_table(tmp_path, table(*ROWS, title=title))
    assert codes(reading) == []
    assert reading.tables[0].scope is not None
    assert reading.tables[0].scope.code == "505"


def test_without_scope_nothing_is_taken_where_a_name_fits_nobody_and_what_the_others_fit_is_offered(
    tmp_path: Path,
) -> None:
    rows: list[list[Cell]] = [*ROWS, ["4", "Xã Không Có", 1, 1, 0]]
    reading = read_table(tmp_path, table(*rows, title=["Năm rà soát: 2023"]))
    assert codes(reading) == ["H006"]
    assert "3/4 tên trong biểu khớp với Huyện Đông Giang: thêm --unit 505" in only(reading, "H006").message()
    assert len(reading.observations) == 0


def test_a_unit_of_the_command_that_is_gone_by_then_is_said(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*ROWS, title=["Năm rà soát: 2025"]), unit="505")
    assert "Huyện Đông Giang (505) không tồn tại vào ngày 31/12/2025" in only(reading, "U006").message()


def test_the_name_of_sheet_or_file_serves_where_the_title_is_silent(tmp_path: Path) -> None:
    rows = table(*ROWS, title=["Năm rà soát: 2023"])
    by_sheet = read(write_sheets(tmp_path / "bieu.xlsx", {"Huyện Đông Giang": rows}))
    by_file = read(write_sheet(tmp_path / "Mau08_huyện Đông Giang_2023.xlsx", rows))
    assert len(by_sheet.observations) == len(by_file.observations) == 3


def test_a_cell_beside_the_words_don_vi_may_name_the_scope(tmp_path: Path) -> None:
    rows = [["Đơn vị:", "Huyện Đông Giang"], *table(*ROWS, title=["Năm rà soát: 2023"])]
    assert codes(read_table(tmp_path, rows)) == []


def test_a_table_with_a_column_of_years_says_once_that_its_rows_tell_its_unit(tmp_path: Path) -> None:
    header = ("TT", "Năm", "Tên đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo")
    rows: list[list[Cell]] = [[row[0], year, *row[1:]] for year in (2022, 2023) for row in ROWS]
    reading = read_table(tmp_path, table(*rows, title=["Biểu tổng hợp"], header=header))
    assert codes(reading) == ["H010"]
    assert len(reading.observations) == 6


def test_bare_names_below_a_district_that_several_provinces_have_tell_the_province(tmp_path: Path) -> None:
    communes = bundled().children("831", END_2023)[:4]
    rows: list[list[Cell]] = [["I", "Huyện Châu Thành", 400, 20, 24]]
    rows += [[str(number), unit.name, 100, 5, 6] for number, unit in enumerate(communes, 1)]
    bare: list[list[Cell]] = [[row[0], str(row[1]).removeprefix("Xã "), *row[2:]] for row in rows]
    for table_rows in (rows, bare):
        reading = read_table(tmp_path, table(*table_rows, title=["Năm rà soát: 2023"]))
        assert codes(reading) == ["H010"]
        assert set(reading.observations.unit_code) == {"831", *(unit.code for unit in communes)}
