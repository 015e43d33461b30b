"""Titles that speak of another time than a year-end: told, and never read as the year-end without a word."""

from pathlib import Path

import pytest

from thidua_cli.model import Origin
from thidua_cli.normalise.sheet.other_time import other_time
from thidua_cli.normalise.sheet.title import years_in_title

from .cases import DISTRICT, Cell, codes, counts, only, read, read_table, table, write_sheet, write_sheets

ROW: list[Cell] = ["1", "Xã Tà Lu", 500, 120, 40]
FIGURES = (500, 120, 40)
POOR = "TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"{POOR} 6 THÁNG ĐẦU NĂM 2024", "6 THÁNG ĐẦU NĂM 2024"),
        (f"{POOR} 6 THÁNG CUỐI NĂM 2024", "6 THÁNG CUỐI NĂM 2024"),
        (f"{POOR} 9 tháng năm 2024", "9 tháng năm 2024"),
        (f"{POOR} NĂM 2024 (chín tháng)", "chín tháng"),
        (f"{POOR} QUÝ I NĂM 2024", "QUÝ I NĂM 2024"),
        (f"{POOR} - Quý 3/2024", "Quý 3/2024"),
        (f"{POOR} QUÍ II-2024", "QUÍ II-2024"),
        (f"{POOR} GIỮA NĂM 2024", "GIỮA NĂM 2024"),
        ("Đánh giá giữa kỳ, giai đoạn 2021-2025", "giữa kỳ"),
        ("BÁO CÁO SƠ KẾT CÔNG TÁC GIẢM NGHÈO NĂM 2024", "SƠ KẾT"),
        ("Nửa đầu năm 2024", "Nửa đầu năm 2024"),
        ("Có đến 30/6/2024", "đến 30/6/2024"),
        ("(Tính đến ngày 15 tháng 10 năm 2024)", "đến ngày 15 tháng 10 năm 2024"),
        ("Thời điểm 0 giờ ngày 01/7/2025", "Thời điểm 0 giờ ngày 01/7/2025"),
        ("Từ ngày 01/01/2024 đến ngày 30/9/2024", "đến ngày 30/9/2024"),
        (f"{POOR} THÁNG 6/2024", "THÁNG 6/2024"),
        ("Tháng 10 năm 2024", "Tháng 10 năm 2024"),
        ("T6.2024", "T6.2024"),
        ("6T2024", "6T2024"),
        ("30.6.2024", "30.6.2024"),
    ],
)
def test_a_time_within_a_year_is_noticed_and_its_words_are_quoted(line: str, words: str) -> None:
    time = other_time(line)
    assert time is not None
    assert (time.words, time.year_end) == (words, None)


@pytest.mark.parametrize(
    ("line", "year_end"),
    [
        (f"{POOR} ĐẦU NĂM 2024", 2023),
        ("Số liệu đến ngày 01/01/2025", 2024),
        ("Tại thời điểm 01 tháng 01 năm 2025", 2024),
        (f"{POOR} QUÝ IV NĂM 2024", 2024),
        ("Quý 4-2024", 2024),
    ],
)
def test_a_time_whose_figures_are_those_of_a_year_end_names_it(line: str, year_end: int) -> None:
    time = other_time(line)
    assert time is not None
    assert time.year_end == year_end
    assert years_in_title([line]) == [year_end]


@pytest.mark.parametrize(
    "line",
    [
        "Kèm theo Báo cáo số 12/BC-UBND ngày 05 tháng 01 năm 2025",
        "(Kèm theo Quyết định số 16/QĐ-UBND, ngày 5/6/2024 của UBND huyện)",
        "Kết quả rà soát hộ nghèo theo TT 02/2022/TT-BLĐTBXH ngày 29/6/2022",
        "Hộ nghèo theo NĐ 07 ngày 27/01/2021",
        "Đông Giang, ngày 20 tháng 12 năm 2024",
        "Đông Giang, ngày 20 tháng 6 năm 2024",
        "Đông Giang, ngày … tháng … năm 2024",
        "Đông Giang, tháng 6 năm 2024",
        "ngày 5 tháng … năm 2024",
        "giai đoạn 2022-2025",
        "Có đến 31/12/2024",
        "Số liệu cuối năm 2024, so với đầu năm",
        "Tăng, giảm so với 6 tháng đầu năm 2024",
        "DIỄN BIẾN HỘ NGHÈO ĐẦU NĂM, CUỐI NĂM 2024",
        "12 tháng năm 2024",
        f"{POOR} THÁNG 12 NĂM 2024",
        "Từ tháng 01 đến tháng 12 năm 2024",
        "Từ ngày 15/12/2023 đến ngày 14/12/2024",
        "TỔNG SỐ KẾT QUẢ RÀ SOÁT NĂM 2024",
        "Sơ kết 3 năm thực hiện chương trình",
        "Quy định tại Nghị định 07/2021/NĐ-CP ngày 27 tháng 01 năm 2021",
        "Quy trình rà soát",
        "Quỹ I",
        "đầu giai đoạn 2021-2025",
        "T12.2024",
        "T1",
        "Kỳ báo cáo: 6 tháng, năm",
        "Ngày gửi báo cáo: 20/12 hằng năm",
    ],
)
def test_dates_of_papers_and_the_end_of_the_year_are_no_other_time(line: str) -> None:
    assert other_time(line) is None


def test_a_township_is_no_circular() -> None:
    time = other_time("HỘ NGHÈO TT PRAO ĐẾN NGÀY 30/6/2024")
    assert time is not None
    assert time.words == "ĐẾN NGÀY 30/6/2024"


@pytest.mark.parametrize("when", ["6 THÁNG ĐẦU NĂM 2024", "QUÝ I NĂM 2024", "GIỮA NĂM 2024", "ĐẾN 30/6/2024"])
def test_a_table_of_another_time_is_not_read_and_the_cell_is_named(when: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(ROW, title=[DISTRICT, f"{POOR} {when}"]))
    finding = only(reading, "H014")
    assert len(reading.observations) == 0
    assert (finding.value, finding.origin.cell) == (when, "A2")
    assert f"“{when}”" in finding.message()


@pytest.mark.parametrize("sheet", ["6 tháng 2024", "Quý II", "T6.2024", "30-6-2024"])
def test_the_name_of_a_sheet_counts_as_its_title_does(sheet: str, tmp_path: Path) -> None:
    rows = table(ROW, title=[DISTRICT, f"{POOR} NĂM 2024"])
    reading = read(write_sheets(tmp_path / "bieu.xlsx", {sheet: rows}))
    assert codes(reading) == ["H014"]
    assert len(reading.observations) == 0


def test_the_beginning_of_a_year_is_the_end_of_the_year_before_and_says_so(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(ROW, title=[DISTRICT, f"{POOR} ĐẦU NĂM 2024"]))
    finding = only(reading, "H005")
    assert counts(reading) == {("Xã Tà Lu", 2023): FIGURES}
    assert (finding.value, finding.year, finding.origin.cell) == ("ĐẦU NĂM 2024", 2023, "A2")
    assert finding.message() == "Tiêu đề ghi “ĐẦU NĂM 2024”, được hiểu là cuối năm 2023; lấy năm 2023"


def test_the_beginning_of_a_year_in_a_line_of_its_own_is_not_guessed(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(ROW, title=[DISTRICT, f"{POOR} ĐẦU NĂM", "Năm 2024"]))
    assert codes(reading) == ["H014"]


def test_the_last_quarter_is_the_year_end_for_a_count_and_says_so(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(ROW, title=[DISTRICT, f"{POOR} QUÝ IV NĂM 2024"]))
    assert codes(reading) == ["H005"]
    assert counts(reading) == {("Xã Tà Lu", 2024): FIGURES}


def test_the_movement_of_the_last_quarter_is_not_that_of_the_year(tmp_path: Path) -> None:
    header = ("TT", "Địa bàn", "Phân tổ", "Tổng số hộ nghèo đầu kỳ", "Tái nghèo", "Tổng số hộ nghèo cuối kỳ")
    rows = table(["1", "Xã Tà Lu", "Hộ", 100, 5, 105], title=[DISTRICT, "QUÝ IV NĂM 2024"], header=header)
    assert codes(read_table(tmp_path, rows)) == ["H014"]


def test_the_year_of_the_command_is_taken_and_the_words_are_told_still(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(ROW, title=[DISTRICT, f"{POOR} 6 THÁNG ĐẦU NĂM 2024"]), year=2024)
    assert counts(reading) == {("Xã Tà Lu", 2024): FIGURES}
    assert "“6 THÁNG ĐẦU NĂM 2024”" in only(reading, "H005").message()


def test_the_year_of_the_command_may_be_what_the_title_means(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(ROW, title=[DISTRICT, f"{POOR} ĐẦU NĂM 2024"]), year=2023)
    assert codes(reading) == []
    assert counts(reading) == {("Xã Tà Lu", 2023): FIGURES}


def test_the_month_in_which_a_table_was_printed_is_no_time_of_its_figures(tmp_path: Path) -> None:
    title = [DISTRICT, f"{POOR} NĂM 2024", "Tháng 01 năm 2025"]
    reading = read_table(tmp_path, table(ROW, title=title))
    assert codes(reading) == []
    assert counts(reading) == {("Xã Tà Lu", 2024): FIGURES}


def test_columns_that_name_their_years_are_read_below_a_title_of_this_half_year(tmp_path: Path) -> None:
    header = ("TT", "Xã", "Tổng số hộ năm 2022", "Hộ nghèo năm 2022", "Hộ cận nghèo năm 2022")
    title = [DISTRICT, "BÁO CÁO SƠ KẾT 6 THÁNG ĐẦU NĂM 2024"]
    reading = read_table(tmp_path, table(ROW, title=title, header=header))
    assert counts(reading) == {("Xã Tà Lu", 2022): FIGURES}


def test_the_name_of_a_file_that_alone_tells_the_year_is_no_year_end(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "Bao cao 6 thang 2024.xlsx", table(ROW, title=[DISTRICT, POOR]))
    finding = only(read(path), "H004")
    assert "6 thang 2024" in finding.message()


def test_the_name_of_a_file_beside_a_year_in_the_title_is_told(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "Quy 2-2024.xlsx", table(ROW, title=[DISTRICT, f"{POOR} NĂM 2024"]))
    reading = read(path)
    assert codes(reading) == ["H005"]
    assert counts(reading) == {("Xã Tà Lu", 2024): FIGURES}


@pytest.mark.parametrize("name", ["So ket 6 thang/bieu.xlsx", "Quý II năm 2024/bieu.xlsx", "so lieu/9 thang.xlsx"])
def test_a_period_without_a_year_in_the_name_of_file_or_folder_is_told(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    reading = read(write_sheet(path, table(ROW, title=[DISTRICT, f"{POOR} NĂM 2024"])))
    assert codes(reading) == ["H005"]
    assert counts(reading) == {("Xã Tà Lu", 2024): FIGURES}


def test_a_title_that_gives_the_day_needs_no_word_about_the_name_of_its_file(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "Quy 2-2024.xlsx", table(ROW, title=[DISTRICT, f"{POOR} ĐẾN 31/12/2024"]))
    assert codes(read(path)) == []


def test_two_years_of_a_title_are_told_even_where_it_says_which_is_reviewed(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(ROW, title=[DISTRICT, f"{POOR} NĂM 2024", "Năm rà soát: 2023"]))
    assert counts(reading) == {("Xã Tà Lu", 2023): FIGURES}
    assert "chỗ khác của tiêu đề là 2024" in only(reading, "H005").message()


def test_a_year_in_which_results_are_to_be_used_is_no_second_year(tmp_path: Path) -> None:
    title = [DISTRICT, f"{POOR} CUỐI NĂM 2023, ÁP DỤNG CHO NĂM 2024"]
    reading = read_table(tmp_path, table(ROW, title=title))
    assert codes(reading) == []
    assert counts(reading) == {("Xã Tà Lu", 2023): FIGURES}


def test_a_second_table_is_judged_by_its_own_title(tmp_path: Path) -> None:
    first = table(ROW, ["2", "Xã Ba", 900, 60, 50], title=[DISTRICT, f"{POOR} NĂM 2023"])
    second = table(["1", "Xã Tà Lu", 510, 100, 30], title=[f"{POOR} 6 THÁNG ĐẦU NĂM 2024"])
    reading = read_table(tmp_path, [*first, [], *second])
    finding = only(reading, "H014")
    assert finding.origin == Origin(finding.origin.file, "Biểu", 7, 1)
    assert counts(reading) == {("Xã Tà Lu", 2023): FIGURES, ("Xã Ba", 2023): (900, 60, 50)}


def test_indicators_of_half_a_year_are_not_read(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        [DISTRICT],
        ["Một số chỉ tiêu 6 tháng đầu năm 2024"],
        ["Chỉ tiêu", "ĐV tính", 2024],
        ["Tổng số hộ", "hộ", 500],
        ["Số hộ nghèo", "hộ", 120],
        ["Số hộ cận nghèo", "hộ", 40],
    ]
    reading = read_table(tmp_path, rows)
    assert codes(reading) == ["H014"]
    assert len(reading.observations) == 0
