"""Titles name units by the spellings that `units find` knows; what is not known is quoted, and the unit offered."""

from datetime import date
from pathlib import Path

import pytest

from thidua_cli.language import Language
from thidua_cli.normalise.sheet.title import scope_of
from thidua_cli.normalise.sheet.title_spellings import spelt_units, unplaced_words
from thidua_cli.units.tables import bundled

from .cases import Cell, codes, only, read, read_table, table, write_sheet

END_OF_2023 = date(2023, 12, 31)


def named(*lines: str, on: date = END_OF_2023) -> list[str]:
    """Names of the units that a title means, by whatever spelling."""
    tables = bundled()
    return [unit.name for unit in scope_of(lines, on, tables) or spelt_units(lines, on, tables)]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("UBND TP.HCM", "Thành phố Hồ Chí Minh"),
        ("UBND TPHCM", "Thành phố Hồ Chí Minh"),
        ("UBND TP. HCM", "Thành phố Hồ Chí Minh"),
        ("UBND Thành phố HCM", "Thành phố Hồ Chí Minh"),
        ("UBND TỈNH BRVT", "Tỉnh Bà Rịa - Vũng Tàu"),
        ("UBND TỈNH BR-VT", "Tỉnh Bà Rịa - Vũng Tàu"),
        ("UBND TỈNH BÀ RỊA-VŨNG TÀU", "Tỉnh Bà Rịa - Vũng Tàu"),
        ("UBND TỈNH TT-HUẾ", "Tỉnh Thừa Thiên Huế"),
        ("UBND TỈNH THỪA THIÊN - HUẾ", "Tỉnh Thừa Thiên Huế"),
        ("UBND TP. BMT", "Thành phố Buôn Ma Thuột"),
        ("UBND TỈNH ĐĂK LĂK", "Tỉnh Đắk Lắk"),
        ("UBND TỈNH ĐẮC LẮC", "Tỉnh Đắk Lắk"),
        ("UBND TỈNH BẮC CẠN", "Tỉnh Bắc Kạn"),
        ("UBND TỈNH ĐĂK NÔNG", "Tỉnh Đắk Nông"),
        ("UBND HUYỆN KÌ SƠN", "Huyện Kỳ Sơn"),
        ("UBND HUYỆN QUÌ CHÂU", "Huyện Quỳ Châu"),
        ("UBND HUYEN DONG GIANG", "Huyện Đông Giang"),
        ("UBND TINH QUANG NGAI", "Tỉnh Quảng Ngãi"),
        ("UBND TỈNH QUẢNG NGẢI", "Tỉnh Quảng Ngãi"),
        ("UBND XA TA LU", "Xã Tà Lu"),
    ],
)
def test_a_title_names_its_unit_in_another_spelling(line: str, unit: str) -> None:
    assert named(line) == [unit]


@pytest.mark.parametrize(
    "line",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "CONG HOA XA HOI CHU NGHIA VIET NAM",
        "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
        "Tình hình quản lý hộ nghèo của các xã, phường",
        "UBND HUYỆN ……",
        "UBND HUYỆN ĐÔNG GIANH",
        "phương án 1",
    ],
)
def test_words_that_only_look_like_a_unit_name_none(line: str) -> None:
    assert named(line) == []


def test_an_exact_name_comes_before_every_spelling() -> None:
    assert named("UBND HUYỆN KỲ SƠN") == ["Huyện Kỳ Sơn"]
    # Thành phố Châu Đốc and Huyện Châu Đức: letters alike, accents and types not
    assert named("UBND HUYỆN CHÂU ĐỨC") == ["Huyện Châu Đức"]


def test_a_spelling_of_several_units_means_none_alone() -> None:
    assert len(named("UBND HUYEN CHAU THANH")) > 1
    assert named("UBND HUYEN CHAU THANH", "TINH TAY NINH") == ["Huyện Châu Thành"]


@pytest.mark.parametrize(
    ("agency", "units"),
    [
        ("UBND TP.HCM", ("Quận 1", "Quận 3")),
        ("UBND TỈNH ĐĂK LĂK", ("Cư Kuin", "Lắk")),
        ("UBND HUYỆN KÌ SƠN", ("Tà Cạ",)),
    ],
)
def test_a_table_of_such_a_title_is_read(agency: str, units: tuple[str, ...], tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[str(number), name, 4290, 63, 33] for number, name in enumerate(units, 1)]
    reading = read_table(tmp_path, table(*rows, title=[agency, "Năm rà soát: 2023"]))
    assert "H006" not in codes(reading)
    assert len(reading.observations) == len(units)


def test_the_name_of_a_file_may_be_without_accents(tmp_path: Path) -> None:
    rows = table(["1", "Tà Cạ", 4290, 63, 33], title=["Năm rà soát: 2023"])
    reading = read(write_sheet(tmp_path / "huyen-ky-son.xlsx", rows))
    assert reading.observations.unit_name == ["Xã Tà Cạ"]


def test_words_that_name_no_unit_are_quoted_and_the_nearest_is_offered(tmp_path: Path) -> None:
    rows = table(["1", "Xã Ba", 500, 120, 40], title=["UBND HUYỆN ĐÔNG GIANH", "Năm rà soát: 2023"])
    finding = only(read_table(tmp_path, rows), "H006")
    assert finding.value == "HUYỆN ĐÔNG GIANH"
    assert "“HUYỆN ĐÔNG GIANH”" in finding.message(Language.EN)
    assert "Huyện Đông Giang (--unit 505)" in finding.message(Language.VI)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ỦY BAN NHÂN DÂN HUYỆN TÂN XUYÊN - PHÒNG LĐTBXH", "HUYỆN TÂN XUYÊN"),
        ("Huyện Tân Xuyên năm 2024", "Huyện Tân Xuyên"),
        ("UBND HUYỆN ……", ""),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ""),
        ("TỔNG HỢP HỘ NGHÈO NĂM 2024", ""),
    ],
)
def test_the_words_that_seem_to_name_the_place_are_found(line: str, words: str) -> None:
    assert unplaced_words([line]) == words
