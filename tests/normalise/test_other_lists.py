"""Forms that name units of another list than that of their year-end, and which list a form follows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forms.model import Area, Arrangement, FormOptions, FormRow
from tests.normalise.cases import Cell, codes, only, read_form, read_table, table
from thidua_cli.normalise.record.layout_record import LeftOut
from thidua_cli.normalise.record.unit_lists import UnitList, unit_lists
from thidua_cli.units.tables import REFORM_DAY, bundled

DONG_THAP = "82"
"""Code of the province since the reform; before it, that of Tiền Giang."""


def row(name: str, households: int = 1000) -> FormRow:
    area = Area.URBAN if name.startswith(("Phường", "Thị trấn")) else Area.RURAL
    return FormRow(name, households, 4 * households, 100, 400, 50, 200, area=area)


def communes(count: int = 4) -> list[FormRow]:
    units = bundled().communes(REFORM_DAY, DONG_THAP)
    return [row(unit.name, 1000 + at) for at, unit in enumerate(units[:count])]


def options(
    year: int, agency: str = "UBND TỈNH ĐỒNG THÁP", arrangement: Arrangement = Arrangement.NUMBERING
) -> FormOptions:
    return FormOptions(year=year, agency=agency, arrangement=arrangement)


@pytest.mark.parametrize("arrangement", Arrangement)
def test_a_form_of_a_province_of_two_tiers_holds_its_communes(tmp_path: Path, arrangement: Arrangement) -> None:
    reading = read_form(tmp_path, communes(102), options(2025, arrangement=arrangement))
    assert codes(reading) == []
    assert len(reading.observations) == 103
    assert set(reading.observations.parent_code) == {DONG_THAP, ""}


def test_a_form_on_the_later_list_is_told_once(tmp_path: Path) -> None:
    reading = read_form(tmp_path, communes(), options(2024))
    finding = only(reading, "U006")
    others = "3 đơn vị khác của biểu (Phường Mỹ Tho ở B10, Phường Thới Sơn ở B11, Phường Mỹ Phong ở B12)"
    assert f"Phường Đạo Thạnh (28249) và {others} không tồn tại vào ngày 31/12/2024" in finding.message()
    assert codes(reading) == ["U006"]
    (layout,) = reading.layouts
    assert [rows.reason for rows in layout.left_out].count(LeftOut.UNIT_OF_ANOTHER_DAY) == 4


def test_a_form_that_mixes_two_lists_is_told_once(tmp_path: Path) -> None:
    former = [row("Xã Đạo Thạnh"), row("Xã Trung An")]
    reading = read_form(tmp_path, [*communes(), *former], options(2025))
    assert codes(reading) == ["U009"]
    assert only(reading, "U009").value == "Xã Đạo Thạnh (28282), Xã Trung An (28285)"


def test_one_former_unit_on_a_form_is_told_with_its_successor(tmp_path: Path) -> None:
    reading = read_form(tmp_path, [*communes(), row("Xã Đạo Thạnh")], options(2025))
    assert only(reading, "U006").message().endswith("nay thuộc Phường Đạo Thạnh (28249)")


def test_a_name_of_no_list_stays_unknown(tmp_path: Path) -> None:
    assert codes(read_form(tmp_path, [*communes(), row("Xã Không Đâu")], options(2025))) == ["U002"]


def test_the_agency_may_be_gone(tmp_path: Path) -> None:
    for agency, unit in (
        ("UBND HUYỆN ĐÔNG GIANG", "Huyện Đông Giang (505)"),
        ("UBND TỈNH TIỀN GIANG", "Tỉnh Tiền Giang (82)"),
        ("UBND XÃ TRÀ DON\nHUYỆN NAM TRÀ MY, TỈNH QUẢNG NAM", "Xã Trà Don (20956)"),
        ("UBND XÃ TẢN HỒNG\nHUYỆN BA VÌ, THÀNH PHỐ HÀ NỘI", "Xã Tản Hồng (09631)"),
    ):
        reading = read_form(tmp_path, [row("Thôn 1"), row("Thôn 2")], options(2025, agency))
        assert only(reading, "U006").message().startswith(f"{unit} không tồn tại vào ngày 31/12/2025"), agency


def test_the_agency_may_not_be_there_yet(tmp_path: Path) -> None:
    reading = read_form(tmp_path, [row("Khu phố 1")], options(2024, "UBND THÀNH PHỐ HỒ CHÍ MINH\nUBND PHƯỜNG SÀI GÒN"))
    assert "lập từ Phường Bến Nghé (26740)" in only(reading, "U006").message()


def test_a_city_in_the_line_of_place_and_date_does_not_make_a_province_a_city(tmp_path: Path) -> None:
    # Thành phố Cao Lãnh was a district until June 2025.
    reading = read_form(tmp_path, communes(), options(2025, "UBND TỈNH ĐỒNG THÁP\nThành phố Cao Lãnh, ngày 5/12/2025"))
    assert "U006" not in codes(reading)
    assert len(reading.observations) == 5


def test_years_beside_each_other_follow_one_list_and_only_the_other_year_is_told(tmp_path: Path) -> None:
    years = ["Năm 2024", "Năm 2024", "Năm 2024", "Năm 2025", "Năm 2025", "Năm 2025"]
    counts = ["Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"] * 2
    header = ["TT", "Tên đơn vị", *(f"{count} {year.lower()}" for count, year in zip(counts, years, strict=True))]
    rows: list[list[Cell]] = [[at, one.name, 1000, 90, 40, 1000, 80, 30] for at, one in enumerate(communes(), start=1)]
    reading = read_table(tmp_path, table(*rows, title=["UBND TỈNH ĐỒNG THÁP"], header=header))
    assert codes(reading) == ["U006"]
    assert set(reading.observations.year) == {2025}
    assert [(one.year, one.first_day, one.agreeing, one.units) for one in unit_lists(reading, bundled())] == [
        (2025, REFORM_DAY, 4, 4),
        (2024, REFORM_DAY, 4, 4),
    ]


def test_the_list_of_a_form_is_the_span_on_which_its_units_stood(tmp_path: Path) -> None:
    rows = [row("Thị trấn P Rao"), row("Xã Tà Lu"), row("Xã Sông Kôn")]
    reading = read_form(tmp_path, rows, FormOptions(year=2023))
    path = str(tmp_path / "bieu.xlsx")
    assert unit_lists(reading, bundled()) == [UnitList(path, "Mẫu 08", 2023, date(2021, 7, 1), date(2025, 6, 30), 4, 4)]


def test_a_table_may_hold_the_former_units_of_one_year_and_those_of_the_next(tmp_path: Path) -> None:
    header = ["TT", "Tên đơn vị", "Tổng số hộ năm 2024", "Số hộ nghèo năm 2024", "Số hộ cận nghèo năm 2024"]
    header += ["Tổng số hộ năm 2025", "Số hộ nghèo năm 2025", "Số hộ cận nghèo năm 2025"]
    rows: list[list[Cell]] = [
        [1, "Huyện Cao Lãnh", 9000, 500, 400, None, None, None],
        [2, "Huyện Tháp Mười", 8000, 500, 400, None, None, None],
        [3, "Phường Mỹ Tho", None, None, None, 7000, 90, 60],
    ]
    reading = read_table(tmp_path, table(*rows, title=["UBND TỈNH ĐỒNG THÁP"], header=header))
    assert "U006" not in codes(reading)
    found = zip(reading.observations.unit_name, reading.observations.year, strict=True)
    assert sorted(found) == [("Huyện Cao Lãnh", 2024), ("Huyện Tháp Mười", 2024), ("Phường Mỹ Tho", 2025)]


def test_a_column_of_gone_districts_is_told_and_their_communes_are_read(tmp_path: Path) -> None:
    header = ["TT", "Huyện", "Xã", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"]
    rows: list[list[Cell]] = [
        [1, "Huyện Ba Vì", "Xã Quảng Oai", 3000, 50, 20],
        [2, "Huyện Ba Vì", "Xã Cổ Đô", 3001, 50, 20],
    ]
    title = ["UBND THÀNH PHỐ HÀ NỘI", "Năm rà soát: 2025"]
    reading = read_table(tmp_path, table(*rows, title=title, header=header))
    assert only(reading, "U006").value == "Huyện Ba Vì"
    assert reading.observations.unit_code == ["09619", "09634"]


def test_gone_districts_over_their_communes_are_no_parts_of_the_total(tmp_path: Path) -> None:
    below = [FormRow(name, 1000, 4000, 100, 400, 50, 200, depth=2) for name in ("Xã Quảng Oai", "Xã Cổ Đô")]
    reading = read_form(tmp_path, [FormRow("Huyện Ba Vì"), *below], options(2025, "UBND THÀNH PHỐ HÀ NỘI"))
    (total,) = reading.totals
    assert [part.label for part in total.parts] == ["Xã Quảng Oai", "Xã Cổ Đô"]


def test_a_code_beside_the_name_of_another_day_is_told_with_the_successor(tmp_path: Path) -> None:
    header = ["TT", "Mã đơn vị", "Tên đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"]
    rows: list[list[Cell]] = [
        [1, "26758", "Phường Cầu Ông Lãnh", 3000, 50, 20],
        [2, "26746", "Phường Nguyễn Thái Bình", 3001, 50, 20],
    ]
    title = ["UBND THÀNH PHỐ HỒ CHÍ MINH", "Năm rà soát: 2025"]
    reading = read_table(tmp_path, table(*rows, title=title, header=header))
    finding = only(reading, "U006")
    assert finding.expected == "Phường Sài Gòn (26740); Phường Bến Thành (26743)"
