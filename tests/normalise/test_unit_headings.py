"""The column of units by its heading, and what is said where none is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua_cli.model import Level
from thidua_cli.normalise.sheet.headings import tier_of
from thidua_cli.normalise.sheet.unit_headings import heads_units

from .cases import codes, counts, only, read_table, table

NAMES = {
    Level.PROVINCE: ("Tỉnh", "Tỉnh, thành phố", "Tên tỉnh/TP", "Đơn vị tỉnh", "Các tỉnh, thành phố"),
    Level.DISTRICT: (
        "Huyện, TP",
        "Các huyện, thành phố",
        "Huyện/TX/TP",
        "Huyện, thị, thành phố",
        "Thành phố thuộc tỉnh",
    ),
    Level.COMMUNE: (
        *("Xã, phường, đặc khu", "Các xã, phường", "Phường", "Tên phường", "Đơn vị (xã)", "Xã, TT", "Xã - Thị trấn"),
        *(
            "Tên các xã",
            "UBND xã, thị trấn",
            "Đơn vị cấp xã",
            "Danh sách xã, phường",
            "Xã và phường",
            "XÃ/PHƯỜNG/ĐẶC KHU",
        ),
    ),
    Level.VILLAGE: (
        *("Bản", "Buôn", "Làng", "Tổ", "Khóm/ấp", "Thôn, xóm", "Khu dân cư", "Thôn, bản, tổ dân phố", "Tên khu phố"),
        *("Sóc", "Tổ dân cư", "Khối phố", "Tiểu khu", "Bản, tiểu khu", "Ấp, phum, sóc"),
    ),
}


@pytest.mark.parametrize(("level", "heading"), [(level, name) for level, names in NAMES.items() for name in names])
def test_types_of_units_one_behind_the_other_head_a_column_of_units(level: Level, heading: str, tmp_path: Path) -> None:
    assert tier_of(heading) is level
    head = ("TT", heading, "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 120, 40], header=head))
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}
    assert codes(reading) == []


@pytest.mark.parametrize("heading", ["Địa phương", "Tên địa phương", "Đơn vị hành chính", "Khu vực/Đơn vị"])
def test_words_for_any_unit_are_of_no_tier(heading: str) -> None:
    assert tier_of(heading) is None
    assert heads_units("dia phuong")


@pytest.mark.parametrize("heading", ["Tên chủ hộ", "Số xã", "Xã nghèo", "Thôn đặc biệt khó khăn", "Mã xã", "TT", "Thị"])
def test_other_words_head_no_units(heading: str) -> None:
    from thidua_cli.normalise.sheet.heading_words import heading_key

    assert not heads_units(heading_key(heading))


def test_of_two_columns_of_units_the_lower_tier_names_the_row(tmp_path: Path) -> None:
    head = ("TT", "Huyện, TP", "Các xã, phường", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
    reading = read_table(tmp_path, table(["1", "Huyện Đông Giang", "Xã Tà Lu", 500, 120, 40], header=head))
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}


@pytest.mark.parametrize("heading", ["Nơi thường trú", "Cụm", "Đơn vị công tác"])
def test_a_header_without_known_units_is_told_with_the_heading_it_stumbled_over(heading: str, tmp_path: Path) -> None:
    head = ("TT", heading, "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 120, 40], header=head))
    finding = only(reading, "F003")
    assert (finding.origin.row, finding.origin.column) == (3, 2)
    assert f"“{heading}” (B3)" in finding.message()


def test_a_header_whose_column_of_units_bears_no_heading_says_so(tmp_path: Path) -> None:
    head = ("TT", None, "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 120, 40], header=head))
    assert "không có cột tên đơn vị" in only(reading, "F003").message()


def test_a_file_without_any_header_is_told_as_before(tmp_path: Path) -> None:
    reading = read_table(tmp_path, [["Kính gửi: Phòng Y tế"], ["Báo cáo năm 2023"]])
    finding = only(reading, "F003")
    assert (finding.origin.sheet, finding.origin.row) == ("", 0)


@pytest.mark.parametrize("area", ["Khu vực", "KHU VỰC", "Khu  vực"])
def test_a_column_of_areas_beside_the_names_heads_no_units(area: str, tmp_path: Path) -> None:
    header = ("TT", "Tên đơn vị", area, "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", "III", 500, 120, 40], header=header))
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}
    assert codes(reading) == []


def test_areas_alone_head_the_names(tmp_path: Path) -> None:
    header = ("TT", "Khu vực", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 120, 40], header=header))
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}
