"""Figures that no table holds are told with their place; what only looks like figures is no news to anybody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from thidua_cli.findings import Severity
from thidua_cli.normalise.files_read import FilesRead

from .cases import DISTRICT, HEADER, Cell, codes, counts, only, read, table, write_sheets

Rows = Sequence[Sequence[Cell]]
OWN: Rows = table(["1", "Xã Tà Lu", 429, 63, 33], ["2", "Xã Ba", 1596, 140, 95])
READ = {("Xã Tà Lu", 2023): (429, 63, 33), ("Xã Ba", 2023): (1596, 140, 95)}
OTHERS: Rows = [[3, "Xã Tư", 512, 83, 37], [4, "Xã A Ting", 735, 236, 66]]
SIGNATURES: Rows = [[None, "Người lập biểu", None, "CHỦ TỊCH"], [], [None, "Nguyễn Văn A"]]


def second_sheet(folder: Path, rows: Rows, name: str = "Tiếp") -> FilesRead:
    return read(write_sheets(folder / "bieu.xlsx", {"Biểu": OWN, name: rows}))


def below(folder: Path, rows: Rows) -> FilesRead:
    return read(write_sheets(folder / "bieu.xlsx", {"Biểu": [*OWN, *rows]}))


def place(reading: FilesRead) -> tuple[str, str]:
    finding = only(reading, "F012")
    return finding.origin.sheet, finding.origin.cell


@pytest.mark.parametrize(
    "header",
    [
        ("TT", "Nơi ở", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"),
        ("TT", "Tên các xã trong vùng", "Số hộ", "Số hộ nghèo", "Số hộ cận nghèo"),
        ("Số", "Vùng sản xuất", "Hộ", "Nghèo", "Cận nghèo"),
        ("", "Danh mục", "HN", "HCN", "Tổng hộ"),
    ],
)
def test_a_second_sheet_whose_header_is_not_known_is_told_with_its_rows(header: Sequence[str], tmp_path: Path) -> None:
    reading = second_sheet(tmp_path, [[DISTRICT], ["Năm rà soát: 2022"], header, *OTHERS])
    assert counts(reading) == READ
    assert place(reading) == ("Tiếp", "B4:E5")
    assert f"“{header[1]}”" in only(reading, "F012").message()
    assert "2 dòng số liệu" in only(reading, "F012").message()


@pytest.mark.parametrize("between", [[], SIGNATURES, [[], ["BIỂU TỔNG HỢP NĂM 2022"], []]])
def test_a_second_table_below_whose_header_is_not_known_is_told(between: Rows, tmp_path: Path) -> None:
    header = ["TT", "Nơi ở", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"]
    reading = below(tmp_path, [*between, header, *OTHERS])
    first = len(OWN) + len(between) + 2
    assert counts(reading) == READ
    assert place(reading) == ("Biểu", f"B{first}:E{first + 1}")


@pytest.mark.parametrize("names", [("Xã Tư", "Xã A Ting"), ("Tư", "A Ting"), ("XÃ TƯ", "XÃ A TING")])
def test_a_sheet_that_goes_on_without_a_header_is_told(names: Sequence[str], tmp_path: Path) -> None:
    rows: Rows = [[number, name, *figures] for name, (number, _, *figures) in zip(names, OTHERS, strict=True)]
    reading = second_sheet(tmp_path, rows)
    assert counts(reading) == READ
    assert place(reading) == ("Tiếp", "B1:E2")
    assert "không có dòng tiêu đề" in only(reading, "F012").message()


def test_villages_that_go_on_in_the_columns_of_the_table_are_told_whatever_they_are_called(tmp_path: Path) -> None:
    rows: Rows = [
        [number, name, 50 + number, 7, 3] for number, name in enumerate(("Pà Nai", "A Réh", "Tà Xí"), start=3)
    ]
    assert place(second_sheet(tmp_path, rows)) == ("Tiếp", "B1:E3")


@pytest.mark.parametrize("count", [1, 2])
def test_rows_below_the_signatures_are_told(count: int, tmp_path: Path) -> None:
    reading = below(tmp_path, [*SIGNATURES, [], *OTHERS[:count]])
    first = len(OWN) + len(SIGNATURES) + 2
    assert counts(reading) == READ
    assert place(reading) == ("Biểu", f"B{first}:E{first + count - 1}")
    assert "Nguyễn" not in only(reading, "F012").message()


@pytest.mark.parametrize("heading", ["Hộ nghèo", "Số hộ nghèo cuối năm", "HN"])
def test_one_count_beside_names_of_units_is_told_where_its_heading_says_households(
    heading: str, tmp_path: Path
) -> None:
    reading = second_sheet(tmp_path, [["Nơi ở", heading], ["Xã Tư", 83], ["Xã A Ting", 236]])
    assert place(reading) == ("Tiếp", "A2:B3")


def test_names_may_stand_in_the_last_column(tmp_path: Path) -> None:
    header = ["Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Nơi ở"]
    assert place(second_sheet(tmp_path, [header, *([*row[2:], row[1]] for row in OTHERS)])) == ("Tiếp", "A2:D3")


def test_a_table_below_another_form_is_told(tmp_path: Path) -> None:
    causes: Rows = [
        ["TT", "Xã", "Tổng số hộ nghèo", "Nguyên nhân: thiếu đất", "Thiếu vốn"],
        [1, "Xã Ba", 140, 3, 4],
        [],
        [],
    ]
    header = ["TT", "Nơi ở", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"]
    reading = read(write_sheets(tmp_path / "a.xlsx", {"Biểu": OWN, "Khác": [*causes, header, *OTHERS]}))
    assert codes(reading) == ["F003", "F012"]
    assert place(reading) == ("Khác", "B6:E7")


def test_two_tables_side_by_side_are_told_by_their_headings_alone(tmp_path: Path) -> None:
    rows = [[*left, None, *right] for left, right in zip([HEADER, *OWN[3:]], [HEADER, *OTHERS], strict=True)]
    assert set(codes(read(write_sheets(tmp_path / "a.xlsx", {"Biểu": [*OWN[:2], *rows]})))) == {"H003"}


def test_a_table_far_below_is_read(tmp_path: Path) -> None:
    second = table([1, "Xã Tư", 512, 83, 37], title=[DISTRICT, "Năm rà soát: 2022"])
    reading = below(tmp_path, [*([[]] * 400), *second])
    assert counts(reading) == READ | {("Xã Tư", 2022): (512, 83, 37)}
    assert codes(reading) == []


def test_a_table_of_indicators_below_one_of_units_is_told(tmp_path: Path) -> None:
    rows = [
        *SIGNATURES,
        [None, "Chỉ tiêu", 2022, 2023],
        [None, "Tổng số hộ", 9000, 9100],
        [None, "Số hộ nghèo", 800, 700],
    ]
    assert place(below(tmp_path, rows)) == ("Biểu", "B10:D11")


def test_what_stands_in_one_gap_is_told_once(tmp_path: Path) -> None:
    header = ["TT", "Nơi ở", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"]
    rows = [[], header, OTHERS[0], [], [], [], [], header, OTHERS[1]]
    assert place(below(tmp_path, rows)) == ("Biểu", "B8:E14")


CODES: Rows = [["Mã", "Tên", "Mã huyện", "Mã tỉnh"], ["20470", "Xã Tà Lu", 505, 49], ["20485", "Xã Ba", 505, 49]]
CODES_ALONE: Rows = [["Xã Tà Lu", 20470, 505], ["Xã Ba", 20485, 505]]
MONEY: Rows = [["TT", "Đơn vị", "Kinh phí giao", "Đã giải ngân"], [1, "Xã Ba", 500, 300], [2, "Xã Tư", 400, 390]]
PHONES: Rows = [["TT", "Xã", "Điện thoại", "Điện thoại 2"], [1, "Xã Ba", 912345678, 987654321], [2, "Xã Tư", 912, 987]]
YEARS: Rows = [["Đơn vị", "Năm công nhận", "Năm đạt chuẩn"], ["Xã Ba", 2019, 2021], ["Xã Tư", 2020, 2022]]
COVER: Rows = [[DISTRICT], ["BÁO CÁO"], ["Số: 12/BC-UBND", None, "ngày 20 tháng 12 năm 2023"], ["Kính gửi", 1, 2]]
NOTES: Rows = [["Ghi chú: năm 2023 có 2 xã tách hộ, tăng", 12, 15], ["Chênh lệch", 0, 3]]
RECKONING: Rows = [["Kiểm tra tổng", 2025, 203, 128], ["Lệch", 0, 0, 0]]
PERSONS: Rows = [
    ["TT", "Tên", "Hộ nghèo", "Hộ cận nghèo", "Số khẩu"],
    [1, "Lê Thị Hoa", 1, 0, 4],
    [2, "Hồ Văn Bình", 0, 1, 5],
    [3, "Võ Thị Sáu", 1, 0, 2],
]
SCORES: Rows = [["TT", "Xã", "Số tiêu chí đạt"], [1, "Xã Ba", 19], [2, "Xã Tư", 17]]
SUMMARY: Rows = [["Tổng số hộ", 2025], ["Số hộ nghèo", 203]]
RATES: Rows = [["TT", "Đơn vị", "Tỷ lệ nghèo", "Tỷ lệ cận nghèo"], [1, "Xã Tư", 14.69, 7.69], [2, "Xã Ba", 8.77, 5.95]]
CHART: Rows = [["Đơn vị", "Hộ nghèo", "Hộ cận nghèo"], ["Tà Lu", 63, 33], ["Ba", 140, 95]]


@pytest.mark.parametrize(
    "rows",
    [
        CODES,
        CODES_ALONE,
        MONEY,
        PHONES,
        YEARS,
        COVER,
        NOTES,
        RECKONING,
        SCORES,
        SUMMARY,
        RATES[1:],
        CHART[1:],
        [["Nháp", None, 7]],
    ],
)
@pytest.mark.parametrize("is_second_sheet", [True, False])
def test_what_is_no_count_of_households_is_no_news(rows: Rows, is_second_sheet: bool, tmp_path: Path) -> None:
    reading = second_sheet(tmp_path, rows, "Danh mục") if is_second_sheet else below(tmp_path, [*SIGNATURES, [], *rows])
    assert codes(reading) == []
    assert counts(reading) == READ


def test_a_file_of_rows_without_a_header_says_where_they_are(tmp_path: Path) -> None:
    reading = read(write_sheets(tmp_path / "bieu.xlsx", {"Bìa": COVER, "Số liệu": OTHERS}))
    finding = only(reading, "F003")
    assert (finding.origin.sheet, finding.origin.cell, reading.refused) == ("Số liệu", "B1:E2", 1)
    assert "không có dòng tiêu đề" in finding.message()


def test_a_hidden_sheet_is_told_as_hidden_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    with Workbook(str(path)) as workbook:
        for name, rows in (("Biểu", OWN), ("Nguồn", OTHERS)):
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        workbook.worksheets()[1].hide()
    assert codes(read(path)) == ["F007"]


def test_figures_behind_a_chart_are_told_where_one_of_them_is_in_no_table(tmp_path: Path) -> None:
    rows: Rows = [["Đơn vị", "Nghèo năm nay", "Cận nghèo năm nay"], ["Tà Lu", 63, 33], ["Ba", 140, 96]]
    assert place(second_sheet(tmp_path, rows)) == ("Tiếp", "A2:C3")


# Rows of text files ------------------------------------------------------------------------------------------------


def text(folder: Path, *lines: str, name: str = "bieu.csv") -> FilesRead:
    path = folder / name
    path.write_text("\n".join(lines), "utf-8")
    return read(path)


HEAD = (DISTRICT, "Năm rà soát: 2023", ",".join(map(str, HEADER)))


@pytest.mark.parametrize(
    "line",
    [
        "2,Xã Ba,1,596,140,95",  # a comma of thousands
        "2,Xã Ba, huyện Đông Giang,1596,140,95",  # a comma in the name
        "2,Xã Ba,1596,95",  # one cell is missing, and nobody knows which
        "2,Xã Ba,1596,140,95,12",  # a column without a heading
        "Xã Ba,1596,140,95",
    ],
)
def test_a_row_of_another_length_than_its_header_gives_no_figure(line: str, tmp_path: Path) -> None:
    reading = text(tmp_path, *HEAD, "1,Xã Tà Lu,429,63,33", line)
    finding = only(reading, "F012")
    assert (finding.origin.cell, finding.severity) == ("5:5", Severity.ERROR)
    with_figures = {row: figures for row, figures in counts(reading).items() if figures != (None, None, None)}
    assert with_figures == {("Xã Tà Lu", 2023): (429, 63, 33)}


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("", "2,Xã Ba,1596,140,95,"),  # what a separator at the end of every line leaves
        (",Ghi chú", "2,Xã Ba,1596,140,95"),  # a note that was not written
        (",Ghi chú,Lý do", "2,Xã Ba,1596,140,95,tăng"),
    ],
)
def test_a_row_that_is_shorter_or_longer_by_nothing_is_read(header: str, line: str, tmp_path: Path) -> None:
    reading = text(tmp_path, *HEAD[:2], HEAD[2] + header, "1,Xã Tà Lu,429,63,33", line)
    assert "F012" not in codes(reading)
    assert counts(reading) == READ


def test_a_section_and_a_signature_may_end_where_they_like(tmp_path: Path) -> None:
    lines = ("I,Khu vực nông thôn", "1,Xã Tà Lu,429,63,33", "2,Xã Ba,1596,140,95", ",Người lập biểu")
    reading = text(tmp_path, *HEAD, *lines)
    assert codes(reading) == []
    assert counts(reading) == READ


@pytest.mark.parametrize("line", ["20485,2023,1,596,140,95", "20485,2023,1596,95", "20485,2023,1596,140,95,4"])
def test_a_canonical_row_of_another_length_is_not_read_and_its_unit_not_called_missing(
    line: str, tmp_path: Path
) -> None:
    head = "unit_code,year,households,poor_households,near_poor_households"
    reading = text(tmp_path, head, "20470,2023,429,63,33", line, line)
    assert reading.observations.unit_code == ["20470"]
    assert only(reading, "F012").origin.cell == "3:3"
    assert "1 dòng khác" in only(reading, "F012").message()


@pytest.mark.parametrize("line", ["Tổng số hộ,1,500,1,596", "Tổng số hộ,1596", "Tổng số hộ,1500,1596,7"])
def test_an_indicator_of_another_length_than_the_years_is_not_read(line: str, tmp_path: Path) -> None:
    lines = (DISTRICT, "Chỉ tiêu,2022,2023", line, "Số hộ nghèo,300,140", "Số hộ cận nghèo,100,95")
    reading = text(tmp_path, *lines)
    assert counts(reading) == {
        ("Huyện Đông Giang", 2022): (None, 300, 100),
        ("Huyện Đông Giang", 2023): (None, 140, 95),
    }
    assert only(reading, "F012").origin.cell == "3:3"
