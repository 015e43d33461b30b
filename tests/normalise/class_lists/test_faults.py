"""What is wrong in a list is told, all of it, each with its cell; nobody is judged on a part of a list."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.normalise.class_lists.officers_lists import OfficersList, Sheet, write
from thidua_cli.errors import InputError
from thidua_cli.findings import Severity
from thidua_cli.inputs import load_class_book, load_inputs
from thidua_cli.normalise.class_lists.days import NoDayError, day_of
from thidua_cli.normalise.class_lists.reading import read_class_list, read_classes
from thidua_cli.normalise.class_lists.words import classes_named, marked, stated_class
from thidua_cli.pipeline import check_classes
from thidua_cli.rulebook.class_file import read_class_rows
from thidua_cli.rulebook.classes import CLASS_TOKENS


def found(tmp_path: Path, rows: Sheet, within: str | None = None) -> list[tuple[str, str, str]]:
    """Return code, cell and sentence of what is wrong with a list."""
    path = write(tmp_path / "lop.xlsx", OfficersList("faulty", rows, []))
    read = read_class_list(path, within)
    return [(finding.kind.code, finding.origin.cell, finding.message()) for finding in read.findings]


def only(tmp_path: Path, rows: Sheet, within: str | None = None) -> tuple[str, str, str]:
    (finding,) = found(tmp_path, rows, within)
    return finding


def test_a_word_that_is_no_class_is_told_once_with_how_often_it_stands(tmp_path: Path) -> None:
    code, cell, text = only(tmp_path, [["Mã xã", "Phân loại"], ["20440", "loại III"], ["20437", "loại III"]])
    assert (code, cell) == ("C001", "B2")
    assert "(2 ô)" in text
    assert "xã khu vực III" in text


@pytest.mark.parametrize(
    "word", ["III", "xã đặc biệt khó khăn", "xã khu vực I và II", "huyện thoát nghèo", "thành thị"]
)
def test_a_class_that_may_be_two_things_is_not_guessed(word: str, tmp_path: Path) -> None:
    assert only(tmp_path, [["Mã xã", "Phân loại"], ["20440", word]])[:2] == ("C001", "B2")


def test_a_dropped_zero_is_told_with_the_unit_that_is_meant(tmp_path: Path) -> None:
    code, cell, text = only(tmp_path, [["Mã xã", "Tên xã", "Khu vực"], [3158, "Xã Sín Thầu", "III"]])
    assert (code, cell) == ("C002", "A2")
    assert "03158" in text


def test_a_code_that_nobody_has_is_told(tmp_path: Path) -> None:
    assert only(tmp_path, [["Mã xã", "Khu vực"], ["99999", "III"]])[:2] == ("C002", "A2")


def test_a_code_and_a_name_of_two_units_are_told(tmp_path: Path) -> None:
    code, cell, text = only(tmp_path, [["Mã xã", "Tên xã", "Khu vực"], ["20440", "Xã Lăng", "III"]])
    assert (code, cell) == ("C002", "A2")
    assert "Xã Ga Ri" in text


def test_a_name_of_several_units_is_asked_and_not_chosen(tmp_path: Path) -> None:
    rows: Sheet = [["Tên xã", "Khu vực", "Từ ngày"], ["Xã Tân Thành", "III", "04/06/2021"]]
    code, cell, text = only(tmp_path, rows)
    assert (code, cell) == ("C002", "A2")
    assert "--within" in text
    assert found(tmp_path, rows, "074") == []


def test_a_name_of_one_unit_before_the_reform_and_another_since_is_asked_for_its_day(tmp_path: Path) -> None:
    code, cell, text = only(tmp_path, [["Tên xã", "Tỉnh", "Khu vực"], ["Xã Sín Thầu", "Điện Biên", "III"]])
    assert (code, cell) == ("C002", "A2")
    assert "Từ ngày" in text


def test_a_misspelt_name_is_told_with_those_like_it(tmp_path: Path) -> None:
    _, cell, text = only(tmp_path, [["Tên xã", "Huyện", "Khu vực"], ["Xã Ga Rii", "Tây Giang", "III"]])
    assert cell == "A2"
    assert "Xã Ga Ri (20440)" in text


def test_a_commune_is_no_poor_district(tmp_path: Path) -> None:
    assert only(tmp_path, [["Tên đơn vị", "Huyện", "Phân loại"], ["Xã Ga Ri", "Tây Giang", "huyện nghèo"]])[0] == "C002"


def test_counts_of_communes_by_district_are_no_list_of_communes(tmp_path: Path) -> None:
    rows: Sheet = [["TT", "Huyện", "Tỉnh", "Xã khu vực I", "Xã khu vực II"], [1, "Tây Giang", "Quảng Nam", 3, 1]]
    assert {code for code, _, _ in found(tmp_path, rows)} <= {"C001", "C002"} != set()
    assert read_class_list(tmp_path / "lop.xlsx").rows == []


def test_two_rows_that_contradict_are_told_with_both_cells(tmp_path: Path) -> None:
    rows: Sheet = [["Mã xã", "Khu vực", "Từ ngày"], ["20440", "III", 2021], ["20440", "II", 2024]]
    code, cell, text = only(tmp_path, rows)
    assert (code, cell) == ("C003", "B3")
    assert "B2" in text
    ended: Sheet = [
        ["Mã xã", "Khu vực", "Từ ngày", "Đến ngày"],
        ["20440", "III", 2021, 2023],
        ["20440", "II", 2024, ""],
    ]
    assert found(tmp_path, ended) == []


@pytest.mark.parametrize("day", ["31/02/2024", "hôm qua", "13.13.2024", "1/29/2026"])
def test_a_day_that_is_none_is_told(day: str, tmp_path: Path) -> None:
    rows: Sheet = [["Mã xã", "Khu vực", "Từ ngày"], ["20440", "III", day]]
    assert only(tmp_path, rows)[:2] == ("C004", "C2")


def test_a_last_day_before_the_first_is_told(tmp_path: Path) -> None:
    rows: Sheet = [["Mã xã", "Khu vực", "Từ ngày", "Đến ngày"], ["20440", "III", "04/06/2021", "03/06/2021"]]
    assert only(tmp_path, rows)[:2] == ("C004", "D2")


def test_a_row_without_a_day_of_a_unit_made_anew_since_is_a_warning(tmp_path: Path) -> None:
    path = write(tmp_path / "lop.xlsx", OfficersList("", [["Mã xã", "Khu vực"], ["20443", "III"]], []))
    (finding,) = read_class_list(path).findings
    assert (finding.kind.code, finding.severity) == ("C004", Severity.WARNING)


def test_a_class_without_a_unit_is_told(tmp_path: Path) -> None:
    rows: Sheet = [["Tên xã", "Huyện", "Khu vực"], ["Xã Ga Ri", "Tây Giang", "III"], [None, "Tây Giang", "II"]]
    assert only(tmp_path, rows)[:2] == ("C002", "A3")


def test_rows_without_a_class_are_one_note(tmp_path: Path) -> None:
    rows: Sheet = [
        ["Mã xã", "Tên xã", "Khu vực"],
        ["20440", "Xã Ga Ri", "III"],
        ["20437", "Xã Ch'ơm", ""],
        ["20443", "Xã A Xan"],
    ]
    code, cell, text = only(tmp_path, rows)
    assert (code, cell) == ("C005", "B3")
    assert "Xã A Xan" in text


def test_what_the_bundled_lists_say_otherwise_is_a_note_of_check_alone(tmp_path: Path) -> None:
    rows: Sheet = [["Mã xã", "Khu vực", "Từ ngày"], ["20440", "II", "04/06/2021"]]
    assert found(tmp_path, rows) == []
    (finding,) = check_classes(tmp_path / "lop.xlsx").findings
    assert (finding.kind.code, finding.severity, finding.origin.cell) == ("C006", Severity.NOTE, "B2")


def test_a_file_without_a_list_says_so(tmp_path: Path) -> None:
    assert only(tmp_path, [["Kế hoạch"], ["Việc", "Người"], ["Họp", "An"]])[0] == "F003"


def test_all_that_is_wrong_is_refused_at_once_and_nothing_is_judged_on_a_part(tmp_path: Path) -> None:
    rows: Sheet = [
        ["Mã xã", "Khu vực", "Từ ngày"],
        ["429", "III", ""],
        ["20440", "IV", ""],
        ["20437", "I", "32/01/2024"],
    ]
    path = write(tmp_path / "lop.xlsx", OfficersList("", rows, []))
    with pytest.raises(InputError) as refusal:
        load_class_book([path])
    assert all(cell in refusal.value.text.vi for cell in ("Sheet1 › A2", "Sheet1 › B3", "Sheet1 › C4"))
    assert "3 chỗ phải sửa" in refusal.value.text.vi


def test_a_plain_csv_gives_the_same_rows_on_both_ways(tmp_path: Path) -> None:
    path = tmp_path / "lop.csv"
    path.write_text(
        "unit_code,class,from,to,source\n504,poor_district,15/03/2022,,QĐ\n20440,not_area_3,2021-06-04,2025-12-31\n",
        "utf-8",
    )
    plain, sheet = read_class_rows(path, CLASS_TOKENS), read_class_list(path).rows
    assert [(row.unit_code, row.written, row.valid_from, row.valid_to, row.source, row.line) for row in plain] == [
        (row.unit_code, row.written, row.valid_from, row.valid_to, row.source, row.line) for row in sheet
    ]
    assert read_classes([path]) == (plain, [])


def test_a_plain_csv_with_two_mistakes_tells_both(tmp_path: Path) -> None:
    path = tmp_path / "lop.csv"
    path.write_text("unit_code,class\n504,huyen\n29,poor_district\n", "utf-8")
    with pytest.raises(InputError) as refusal:
        read_classes([path])
    assert "B2" in refusal.value.text.vi
    assert "A3" in refusal.value.text.vi


def test_a_class_file_in_a_workbook_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lop.csv"
    with path.open("wb") as stream:
        stream.truncate((16 << 20) + 1)
    with pytest.raises(InputError, match="16 MB"):
        read_classes([path])


@pytest.mark.parametrize(
    ("text", "tokens", "inside"),
    [
        ("Xã KV III", ("area_3",), True),
        ("phường khu vực 1", ("area_1",), True),
        ("xã bãi ngang ven biển và hải đảo", ("coastal_commune",), True),
        ("không phải huyện nghèo", ("poor_district",), False),
        ("không thuộc vùng đồng bào dân tộc thiểu số và miền núi", ("area_1", "area_2", "area_3"), False),
        ("không thuộc xã ĐBKK vùng bãi ngang, ven biển và hải đảo", ("coastal_commune",), False),
        ("not_mountain", ("mountain",), False),
    ],
)
def test_words_of_classes_are_understood(text: str, tokens: tuple[str, ...], inside: bool) -> None:
    stated = stated_class(text)
    assert stated is not None
    assert (stated.tokens, stated.inside) == (tokens, inside)


@pytest.mark.parametrize(
    "title",
    [
        "DANH SÁCH XÃ KHU VỰC I, II, III",
        "Danh sách huyện thoát nghèo",
        "74 huyện nghèo và 54 xã đặc biệt khó khăn vùng bãi ngang",
        "Danh sách xã đề nghị công nhận khu vực III",
        "Tổng hợp hộ nghèo xã khu vực III",
    ],
)
def test_a_title_of_several_classes_or_of_none_that_holds_gives_no_class(title: str) -> None:
    assert len(classes_named(title)) != 1


def test_marks_say_yes_or_no_and_nothing_else() -> None:
    assert [marked(text) for text in ("x", "✓", "1", "Có", "không", "0", "12", "nghèo")] == [
        *(True, True, True, True, False, False, None, None)
    ]


def test_a_day_without_its_format_is_read_as_excel_counts_days() -> None:
    assert str(day_of(46051)) == "2026-01-29"
    with pytest.raises(NoDayError):
        day_of(12)


def test_a_hidden_sheet_is_told_and_not_taken(tmp_path: Path) -> None:
    path = write(tmp_path / "lop.xlsx", OfficersList("", [["Mã xã", "Khu vực"], ["20440", "III"]], []))
    book = load_workbook(path)
    old = book.create_sheet("2016-2020")
    for row in (["Mã xã", "Khu vực"], ["20440", "II"]):
        old.append(row)
    old.sheet_state = "hidden"
    book.save(path)
    read = read_class_list(path)
    assert [row.written for row in read.rows] == ["area_3"]
    assert [finding.kind.code for finding in read.findings] == ["F007"]


def test_a_day_that_is_an_error_of_excel_is_told(tmp_path: Path) -> None:
    rows: Sheet = [["Mã xã", "Khu vực", "Từ ngày"], ["20440", "III", "#REF!"]]
    path = write(tmp_path / "lop.xlsx", OfficersList("", rows, []))
    book = load_workbook(path)
    book.worksheets[0]["C2"].data_type = "e"
    book.save(path)
    (finding,) = read_class_list(path).findings
    assert (finding.kind.code, finding.origin.cell) == ("C004", "C2")


def test_counts_of_villages_by_area_are_no_class_of_the_commune(tmp_path: Path) -> None:
    heads = [["Mã xã", "Tên xã", "Số thôn thuộc", ""], ["", "", "Khu vực II", "Khu vực III"]]
    rows: Sheet = [*heads, ["20440", "Xã Ga Ri", 0, 1]]
    assert found(tmp_path, rows)[0][0] == "F003"


@pytest.mark.parametrize("sheet", ["2026-2030", "KV III GĐ 2026-2030"])
def test_the_years_on_the_tab_of_a_sheet_are_those_of_its_list(sheet: str, tmp_path: Path) -> None:
    rows: Sheet = [["Tên xã", "Tỉnh", "Khu vực"], ["Xã Sín Thầu", "Điện Biên", "III"]]
    read = read_class_list(write(tmp_path / "lop.xlsx", OfficersList("", rows, [], sheet=sheet)))
    assert [(row.unit_code, row.valid_from and row.valid_from.year) for row in read.rows] == [("03158", 2026)]


def test_communes_that_met_a_standard_have_left_their_area(tmp_path: Path) -> None:
    assert classes_named("Danh sách xã khu vực III đạt chuẩn nông thôn mới") == ()


def test_a_misspelt_name_behind_an_empty_row_is_told(tmp_path: Path) -> None:
    head: Sheet = [
        ["DANH SÁCH XÃ KHU VỰC III TỈNH QUẢNG NAM"],
        ["STT", "Tên xã", "Huyện"],
        [1, "Xã Ga Ri", "Tây Giang"],
        [],
    ]
    rows: Sheet = [*head, [2, "Ga Rii", "Tây Giang"], [None, "Xã Lăngg", "Tây Giang"], [None, "Người lập", ""]]
    assert [(code, cell) for code, cell, _ in found(tmp_path, rows)] == [("C002", "B5"), ("C002", "B6")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("unit_code,class\n03160,area_3\n", True),
        ("unit_code,class,from,to\n03160,area_3,,2025-12-31\n", True),
        ("unit_code,class,from,to\n03160,area_3,,2025-06-30\n", False),  # of the unit before, by its last day
        ("unit_code,class,from\n03160,area_3,2026-01-29\n", False),
        ("unit_code,class\n505,poor_district\n", False),  # no code of today
    ],
)
def test_answers_are_told_of_undated_rows_of_a_code_that_two_units_bore(tmp_path: Path, text: str, told: bool) -> None:
    path = tmp_path / "lop.csv"
    path.write_text(text, "utf-8")
    rows, warnings = read_classes([path])
    assert len(rows) == 1
    assert [finding.kind.code for finding in warnings] == ["C004"] * told
    inputs = load_inputs("qd-666-ttg", [path])
    assert inputs.class_warnings == warnings
