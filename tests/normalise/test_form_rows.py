"""Rows of a form: units, sections, totals, and where the table ends."""

from pathlib import Path

import pytest

from .cases import HEADER, Cell, codes, counts, only, read_table, table


@pytest.mark.parametrize(
    "numbering",
    [
        ["A", "B", 1, 2, 3],
        ["A", "B", "1", "2", "3=2/1*100"],
        ["(1)", "(2)", "(3)", "(4)", "(5)=(4)/(3)"],
        [1, 2, 3, 4, 5],
        ["", "", "1", "2", "3"],
    ],
)
def test_the_numbering_row_is_no_data(numbering: list[str | int], tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(numbering, ["1", "Xã Tà Lu", 500, 120, 40]))
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("name", "unit", "agency"),
    [
        ("Cộng Hòa", "Phường Cộng Hoà", "UBND THÀNH PHỐ CHÍ LINH, TỈNH HẢI DƯƠNG"),
        ("Tổng Cọt", "Xã Tổng Cọt", "UBND HUYỆN HÀ QUẢNG"),
        ("Thanh Thịnh", "Xã Thanh Thịnh", "UBND HUYỆN CHỢ MỚI, TỈNH BẮC KẠN"),
        ("Phường 1", "Phường 01", "UBND QUẬN 3, THÀNH PHỐ HỒ CHÍ MINH"),
        ("Cống Vị", "Phường Cống Vị", "UBND QUẬN BA ĐÌNH"),
        ("Công Bằng", "Xã Công Bằng", "UBND HUYỆN PÁC NẶM"),
    ],
)
def test_a_commune_whose_name_looks_like_a_total_or_section_is_a_commune(
    name: str, unit: str, agency: str, tmp_path: Path
) -> None:
    reading = read_table(tmp_path, table(["1", name, 500, 120, 40], title=[agency, "Năm rà soát: 2023"]))
    assert counts(reading) == {(unit, 2023): (500, 120, 40)}


def test_subtotals_of_sections_never_stand_for_the_district(tmp_path: Path) -> None:
    rows = table(
        ["I", "Khu vực thành thị"],
        ["1", "P Rao", 1200, 90, 60],
        ["", "Cộng I", 1200, 90, 60],
        ["II", "Khu vực nông thôn"],
        ["1", "Tà Lu", 500, 120, 40],
        ["", "Cộng khu vực nông thôn", 500, 120, 40],
    )
    reading = read_table(tmp_path, rows)
    assert [name for name, _ in counts(reading)] == ["Thị trấn P Rao", "Xã Tà Lu"]
    assert codes(reading) == []
    assert [[part.label for part in total.parts] for total in reading.totals] == [["P Rao"], ["Tà Lu"]]


def test_blank_rows_between_units_are_passed_over(tmp_path: Path) -> None:
    rows = table(["1", "Xã Tà Lu", 500, 120, 40], [], [], ["2", "Xã Sông Kôn", 800, 200, 80])
    assert len(counts(read_table(tmp_path, rows))) == 2


def test_a_unit_without_any_figure_is_kept_and_each_missing_count_is_named(tmp_path: Path) -> None:
    rows = table(["1", "Xã Tà Lu"], ["2", "Xã Sông Kôn", 800, 200, 80], ["3", "Xã Ba"])
    reading = read_table(tmp_path, rows)
    assert counts(reading)["Xã Tà Lu", 2023] == (None, None, None)
    assert counts(reading)["Xã Ba", 2023] == (None, None, None)
    assert codes(reading) == ["V005"] * 6


def test_a_remark_in_a_row_without_figures_does_not_end_the_table(tmp_path: Path) -> None:
    header = [*HEADER, "Ghi chú"]
    rows = table(
        ["1", "Xã Tà Lu", None, None, None, "Ghi chú: chưa nộp"], ["2", "Xã Sông Kôn", 800, 200, 80], header=header
    )
    assert counts(read_table(tmp_path, rows))["Xã Sông Kôn", 2023] == (800, 200, 80)


@pytest.mark.parametrize(
    "signature",
    [
        ["", "", "", "Đông Giang, ngày 15 tháng 12 năm 2023"],
        ["Người lập biểu", "", "", "CHỦ TỊCH UBND"],
        ["", "", "TM. ỦY BAN NHÂN DÂN"],
        ["Ghi chú: số liệu tính đến 14/12"],
    ],
)
def test_the_signature_block_ends_the_table(signature: list[str], tmp_path: Path) -> None:
    rows = table(["1", "Xã Tà Lu", 500, 120, 40], signature, ["", "Nguyễn Văn A"], ["", "Trần Thị B", 5, 6, 7])
    reading = read_table(tmp_path, rows)
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}
    assert codes(reading) == []


def test_a_row_of_figures_without_label_below_the_total_is_outside_the_table(tmp_path: Path) -> None:
    rows = table(["1", "Xã Tà Lu", 500, 120, 40], ["", "Tổng cộng", 500, 120, 40], ["", "", 0, 0, 0])
    assert codes(read_table(tmp_path, rows)) == []


def test_the_own_row_of_a_district_on_top_takes_no_commune_below_it(tmp_path: Path) -> None:
    rows = table(
        ["A", "Huyện Đông Giang", 1700, 210, 100],
        ["1", "P Rao", 1200, 90, 60],
        ["2", "Tà Lu", 500, 120, 40],
        ["", "Tổng cộng", 1700, 210, 100],
    )
    assert list(counts(read_table(tmp_path, rows))) == [
        ("Huyện Đông Giang", 2023),
        ("Thị trấn P Rao", 2023),
        ("Xã Tà Lu", 2023),
    ]


def test_a_header_repeated_on_every_printed_page_does_not_end_the_table(tmp_path: Path) -> None:
    numbering: list[Cell] = ["A", "B", 1, 2, 3]
    rows = table(numbering, ["1", "Tà Lu", 500, 120, 40], HEADER, numbering, ["2", "Ba", 700, 60, 50])
    reading = read_table(tmp_path, rows)
    assert list(counts(reading)) == [("Xã Tà Lu", 2023), ("Xã Ba", 2023)]
    assert codes(reading) == []


def test_a_row_that_breaks_the_one_above_it_down_is_no_unit(tmp_path: Path) -> None:
    rows = table(["1", "Tà Lu", 500, 120, 40], ["", "Trong đó: hộ DTTS", 480, 118, 39])
    assert codes(read_table(tmp_path, rows)) == []


def test_the_bare_name_of_the_district_above_its_numbered_communes_is_the_districts_own_row(tmp_path: Path) -> None:
    rows = table(["1", "Đông Giang", 1300, 320, 120], ["1.1", "Tà Lu", 500, 120, 40], ["1.2", "Sông Kôn", 800, 200, 80])
    reading = read_table(tmp_path, rows)
    assert list(counts(reading)) == [("Huyện Đông Giang", 2023), ("Xã Tà Lu", 2023), ("Xã Sông Kôn", 2023)]
    assert codes(reading) == []


TRAM_TAU = ["UBND HUYỆN TRẠM TẤU, TỈNH YÊN BÁI", "Năm rà soát: 2023"]


def test_a_bare_name_that_a_commune_bears_too_is_the_district_only_where_that_commune_has_a_row(tmp_path: Path) -> None:
    own: list[Cell] = ["1", "Trạm Tấu", 900, 220, 70]
    other: list[Cell] = ["1.1", "Xã Bản Mù", 500, 120, 40]
    communes: list[list[Cell]] = [["1.2", "Thị trấn Trạm Tấu", 200, 50, 10], ["1.3", "Xã Trạm Tấu", 200, 50, 20]]
    reading = read_table(tmp_path, table(own, other, *communes, title=TRAM_TAU))
    assert next(iter(counts(reading))) == ("Huyện Trạm Tấu", 2023)
    assert codes(reading) == []
    finding = only(read_table(tmp_path, table(own, other, communes[0], title=TRAM_TAU)), "U003")
    assert finding.origin.cell == "B4"
    assert "Huyện Trạm Tấu (139); Thị trấn Trạm Tấu (04585); Xã Trạm Tấu (04600)" in finding.message()


def test_a_bare_name_in_a_list_of_communes_is_the_commune(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["1", "Phong Điền", 500, 120, 40], ["2", "Điền Hương", 500, 120, 40]]
    title = ["UBND HUYỆN PHONG ĐIỀN, TỈNH THỪA THIÊN HUẾ", "Năm rà soát: 2023"]
    reading = read_table(tmp_path, table(*rows, title=title))
    assert list(counts(reading)) == [("Thị trấn Phong Điền", 2023), ("Xã Điền Hương", 2023)]


def test_the_sums_of_printed_pages_are_no_units_and_no_totals(tmp_path: Path) -> None:
    rows = table(
        ["1", "Tà Lu", 500, 120, 40],
        ["", "Cộng chuyển trang sau", 500, 120, 40],
        [],
        HEADER,
        ["", "Cộng trang trước chuyển sang", 500, 120, 40],
        ["2", "Sông Kôn", 800, 200, 80],
        ["", "Tổng cộng", 1300, 320, 120],
    )
    reading = read_table(tmp_path, rows)
    assert codes(reading) == []
    assert list(counts(reading)) == [("Xã Tà Lu", 2023), ("Xã Sông Kôn", 2023), ("Huyện Đông Giang", 2023)]
    assert [len(total.parts) for total in reading.totals] == [2]
