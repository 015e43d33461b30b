"""What the words of a heading make of its figures: brackets, groups above, other times, plans, lines of a place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from thidua_cli.model import Status
from thidua_cli.normalise.sheet.heading_table import bundled_headings
from thidua_cli.normalise.sheet.heading_words import heading_key

from .cases import Cell, codes, counts, only, read_table, table

TA_LU: list[Cell] = ["1", "Xã Tà Lu", 500, 120, 40]


def header(words: str) -> tuple[str, ...]:
    return ("TT", "Xã", "Tổng số hộ", f"Hộ nghèo {words}", "Hộ cận nghèo")


HARMLESS = (
    "(hộ)", "( Hộ )", "[hộ]", "(số hộ)", "(ĐVT: hộ)", "(đơn vị: hộ)", "- hộ", "(sơ bộ)", "(chính thức)",
    "(sơ bộ/chính thức)",
    "(tại thời điểm rà soát)", "(cuối năm)", "(đến cuối kỳ)", "(theo Quyết định số 12/QĐ-UBND ngày 05/01/2024)",
    "(theo Thông tư 07/2021/TT-BLĐTBXH)", "(theo chuẩn nghèo giai đoạn 2022-2025)", "(đa chiều)", "(1)",
    "(*)", "(a)", "(4=2+3)",
)  # fmt: skip


@pytest.mark.parametrize("words", HARMLESS)
def test_words_that_are_known_to_be_harmless_leave_a_count_what_it_is(words: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(TA_LU, header=header(words)))
    assert codes(reading) == []
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}


OTHER_MEANING = (
    "(theo kế hoạch)", "- kế hoạch", "/kế hoạch", ": kế hoạch giao", "(chỉ tiêu giao)", "(ước)", "(dự kiến)", "đầu năm",
    "(tại thời điểm đầu năm)", "(thực hiện 6 tháng)", "quý II", "(theo Quyết định giao kế hoạch)", "(theo DTTS)",
    "(+/-)", "(-)", "(–)",
    "(chủ hộ là nữ)", "được vay vốn", "(chuẩn thu nhập)", "theo chuẩn Thành phố", "theo tiêu chí thu nhập",
    "(theo chuẩn nghèo của tỉnh)", "(‰)", "±", "(↑↓)", "(phát sinh)", "(thoát nghèo)",
)  # fmt: skip


@pytest.mark.parametrize("words", OTHER_MEANING)
def test_any_other_words_make_a_column_that_is_not_used_and_told(words: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(TA_LU, header=header(words)))
    assert only(reading, "H002").value == f"Hộ nghèo {words}"
    assert only(reading, "H001").column == "poor_households"
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, None, 40)}


@pytest.mark.parametrize("words", ["(người)", "(khẩu)", "/người", ", khẩu", "- nhân khẩu", "(ĐVT: người)", "[khẩu]"])
def test_persons_are_no_households(words: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(TA_LU, header=header(words)))
    finding = only(reading, "H013")
    assert (finding.origin.row, finding.origin.column, finding.column) == (3, 4, "poor_households")
    assert "người" in finding.message()
    assert codes(reading) == ["H013"]
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, None, 40)}


def test_persons_beside_their_households_are_passed_over_without_a_word(tmp_path: Path) -> None:
    head = ("TT", "Xã", "Tổng số hộ", "Hộ nghèo (hộ)", "Hộ nghèo (khẩu)", "Hộ cận nghèo", "Nhân khẩu (người)")
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 120, 480, 40, 2000], header=head))
    assert codes(reading) == []
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}


@pytest.mark.parametrize("words", ["(%)", "%", "(ĐVT: %)", "- %"])
def test_the_poor_in_percent_are_the_rate_of_the_poor(words: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, "24,00", 40], header=header(words)))
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, None, 40)}
    assert reading.observations.rates["poor_rate_percent"] == {0: "24.00"}


@pytest.mark.parametrize("words", ["(%)", "(người)", "(triệu đồng)"])
def test_all_households_in_another_unit_are_refused(words: str, tmp_path: Path) -> None:
    head = ("TT", "Xã", f"Tổng số hộ {words}", "Hộ nghèo", "Hộ cận nghèo")
    reading = read_table(tmp_path, table(TA_LU, header=head))
    assert only(reading, "H013").column == "households"
    assert counts(reading) == {("Xã Tà Lu", 2023): (None, 120, 40)}


@pytest.mark.parametrize("below", ["(người)", "(khẩu)", "Kế hoạch", "(ước)", "Đầu năm", "người"])
def test_words_in_a_line_of_their_own_below_a_heading_count_too(below: str, tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [header(""), ("", "", "(hộ)", below, "(hộ)"), TA_LU]
    reading = read_table(tmp_path, [["UBND HUYỆN ĐÔNG GIANG"], ["Năm rà soát: 2023"], *rows])
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, None, 40)}
    assert {"H002", "H013"} & set(codes(reading))


@pytest.mark.parametrize("row", [("", "", "(hộ)", "(hộ)", "(hộ)"), ("", "Đơn vị tính", "hộ", "hộ", "hộ")])
def test_a_row_of_units_below_the_headings_is_neither_data_nor_title(row: tuple[str, ...], tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [header(""), row, TA_LU]
    reading = read_table(tmp_path, [["UBND HUYỆN ĐÔNG GIANG"], ["Năm rà soát: 2023"], *rows])
    assert codes(reading) == []
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}


def test_a_row_of_units_stands_below_a_table_without_numbers_too(tmp_path: Path) -> None:
    head = ("Xã", "Tổng số hộ", "Hộ nghèo", "Tỷ lệ", "Hộ cận nghèo")
    rows: list[Sequence[Cell]] = [head, ("", "(hộ)", "(hộ)", "(%)", "(hộ)"), ("Xã Tà Lu", 500, 120, 24.0, 40)]
    reading = read_table(tmp_path, [["UBND HUYỆN ĐÔNG GIANG"], ["Năm rà soát: 2023"], *rows])
    assert codes(reading) == []
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}


GROUPS = (
    "Kế hoạch", "Kế hoạch năm 2023", "Ước thực hiện năm 2023", "Năm trước", "Đầu năm",
    "Thời điểm đầu năm", "Số liệu kế hoạch", "Kết quả thoát nghèo", "Kết quả 6 tháng đầu năm", "Khu vực thành thị",
    "Hộ do phụ nữ làm chủ hộ", "Theo chuẩn nghèo thành phố", "Tăng trong năm", "Mục tiêu", "Quý II",
)  # fmt: skip


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_that_is_not_known_keeps_what_stands_below_it(group: str) -> None:
    meaning = bundled_headings().meaning
    assert meaning((group, "Hộ nghèo")) is None
    assert meaning((group, "Hộ nghèo", "Số hộ")) is None
    assert meaning(("Kết quả rà soát", group, "Hộ nghèo", "Tỷ lệ")) is None


@pytest.mark.parametrize("group", ["Khẩu", "Nhân khẩu", "Số khẩu", "Số người", "Tổng số khẩu nghèo"])
@pytest.mark.parametrize("leaf", ["Hộ nghèo", "Nghèo", "Khẩu nghèo", "Tổng số"])
def test_below_persons_everything_counts_persons(group: str, leaf: str) -> None:
    meaning = bundled_headings().meaning
    assert meaning((group, leaf)) == "ignored:persons"
    assert meaning(("Kết quả rà soát", group, "Hộ nghèo", "Tổng số")) is None


@pytest.mark.parametrize(
    "group",
    ["Kết quả rà soát (sơ bộ/chính thức)", "Tổng số", "Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2023", "Trong đó"],
)
def test_a_group_that_names_no_part_leaves_what_stands_below_it(group: str) -> None:
    meaning = bundled_headings().meaning
    assert meaning((group, "Hộ nghèo", "Số hộ")) == "poor_households"
    assert meaning((group, "NGHÈO", "Hộ nghèo", "Tỷ lệ (%)")) == "rate:poor"


def test_households_of_merit_that_are_near_poor_are_not_all_near_poor_households() -> None:
    meaning = bundled_headings().meaning
    assert meaning(("Hộ có người có công", "Hộ nghèo", "Số hộ")) == "merit_poor_households"
    assert meaning(("Hộ có người có công", "Hộ cận nghèo", "Số hộ")) in (None, "ignored:merit")


@pytest.mark.parametrize("mark", [" - ", "_", " > ", "/", ".", ": ", " › "])
def test_a_stacked_heading_joined_into_one_cell_is_read_as_its_path(mark: str) -> None:
    meaning = bundled_headings().meaning
    assert meaning((f"Hộ nghèo{mark}Số hộ",)) == "poor_households"
    assert meaning((f"Hộ cận nghèo{mark}Tỷ lệ (%)",)) == "rate:near_poor"
    assert meaning((f"Hộ nghèo{mark}DTTS",)) == "minority_poor_households"
    assert meaning((f"Kế hoạch{mark}Hộ nghèo",)) is None
    assert meaning((f"Hộ nghèo{mark}kế hoạch",)) is None
    assert meaning((f"Hộ nghèo{mark}Hộ cận nghèo",)) is None


@pytest.mark.parametrize("heading", ["Hộ nghèo/Tổng số hộ", "Hộ nghèo/ tổng số hộ dân cư", "Hộ nghèo/Hộ dân cư"])
def test_a_division_is_no_path(heading: str) -> None:
    assert bundled_headings().meaning((heading,)) is None


def test_minority_in_brackets_stays_what_it_is() -> None:
    meaning = bundled_headings().meaning
    assert meaning(("Hộ nghèo (DTTS)",)) == "minority_poor_households"
    assert meaning(("Số hộ (nghèo)",)) == "poor_households"


@pytest.mark.parametrize(
    ("heading", "year"),
    [("Hộ nghèo (31/12/2023)", 2023), ("Hộ nghèo (cuối năm 2023)", 2023), ("Hộ nghèo tại thời điểm 31/12/2023", 2023)],
)
def test_a_year_in_brackets_is_the_year_of_its_column(heading: str, year: int, tmp_path: Path) -> None:
    head = ("TT", "Xã", "Tổng số hộ (31/12/2023)", heading, "Hộ cận nghèo năm 2023")
    reading = read_table(tmp_path, [["UBND HUYỆN ĐÔNG GIANG"], head, TA_LU])
    assert counts(reading) == {("Xã Tà Lu", year): (500, 120, 40)}


@pytest.mark.parametrize("heading", ["Hộ nghèo (sơ bộ)", "Hộ nghèo - sơ bộ", "Hộ nghèo (số liệu sơ bộ)"])
def test_preliminary_in_a_heading_is_the_status_of_the_table(heading: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(TA_LU, header=("TT", "Xã", "Tổng số hộ", heading, "Hộ cận nghèo")))
    assert codes(reading) == []
    assert reading.observations.observation(0).status is Status.PRELIMINARY
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}


def test_a_heading_is_never_proposed_for_itself(tmp_path: Path) -> None:
    head = ("TT", "Xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Số hộ nghèo đầu năm")
    reading = read_table(tmp_path, table([*TA_LU, 99], header=head))
    finding = only(reading, "H002")
    assert "gần giống “Số hộ nghèo đầu năm”" not in finding.message()
    nearest = bundled_headings().nearest("Tái nghèo")
    assert nearest is None or heading_key(nearest) != heading_key("Tái nghèo")


def test_a_name_that_is_not_there_is_told_with_what_stands_in_its_row(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(TA_LU, ["2", None, 300, 20, 10], header=header("")))
    message = only(reading, "U002").message()
    assert "2; 300; 20; 10" in message
    assert "“”" not in message


def test_entries_of_the_table_are_keyed_as_headings_are() -> None:
    names = {name for entry in bundled_headings().entries for name in entry.printed}
    assert len(names) > 150
    keys = {key for entry in bundled_headings().entries for key in entry.leaf}
    assert {heading_key(name) for name in names} <= keys
