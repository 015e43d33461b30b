"""The year of a table: stated somewhere, never guessed; dates of decisions and spans are no review years."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from forms.model import FormOptions, FormRow, Rates
from thidua_cli.language import Language
from thidua_cli.model import Status
from thidua_cli.normalise.sheet.title import years_mentioned

from .cases import DISTRICT, Cell, codes, counts, only, read, read_form, read_table, table, write_sheet, write_sheets

TA_LU: list[Cell] = ["1", "Xã Tà Lu", 500, 120, 40]
ROW = FormRow("Xã Tà Lu", 500, 2100, 120, 510, 40, 170)


def years(title: str, sheet: str = "Biểu", file: str = "bieu.xlsx") -> list[int]:
    return [mention.year for mention in years_mentioned([title], sheet, file)]


@pytest.mark.parametrize(
    "title",
    [
        "Năm rà soát: 2023",
        "Năm rà soát 2023",
        "KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023",
        "Số liệu cuối năm 2023",
        "Tại thời điểm 31/12/2023",
        "(Có đến ngày 31 tháng 12 năm 2023)",
        "RÀ SOÁT NĂM 2023 THEO CHUẨN NGHÈO GIAI ĐOẠN 2022-2025",
        "NĂM 2023 (Kèm theo Quyết định số 16/QĐ-UBND ngày 5/1/2024)",
        "Năm rà soát: 2023 (kế hoạch năm 2024)",
        "NĂM 2023, Đông Giang, ngày 05 tháng 01 năm 2024",
        "NĂM 2023 (Quyết định số 99/QĐ-UBND ngày 31/12/2022)",
        "Năm 2023, giai đoạn từ năm 2021 đến năm 2025",
        "KẾT QUẢ RÀ SOÁT HỘ NGHÈO 12 THÁNG NĂM 2023",
        "KẾT QUẢ RÀ SOÁT HỘ NGHÈO ĐẾN NGÀY 15/12/2023",
        "Số liệu tính đến ngày 14 tháng 12 năm 2023",
        "KẾT QUẢ RÀ SOÁT 12 THÁNG NĂM 2023, Đông Giang, ngày 12 tháng 12 năm 2024",
    ],
)
def test_a_title_states_the_year_of_the_review(title: str) -> None:
    assert years(title) == [2023]


@pytest.mark.parametrize(
    "title",
    [
        "ngày 05 tháng 01 năm 2024",
        "Đông Giang, ngày … tháng … năm 2024",
        "tháng 01 năm 2024",
        "Quyết định số 16/QĐ-UBND ngày 5/1/2024",
        "giai đoạn 2021-2025",
        "theo chuẩn nghèo 2022-2025",
        "từ năm 2021 đến năm 2025",
        "Thông tư 07/2021/TT-BLĐTBXH ngày 18 tháng 7 năm 2021",
        "Năm rà soát: ……",
    ],
)
def test_dates_spans_and_documents_are_no_review_years(title: str) -> None:
    assert years(title) == []


@pytest.mark.parametrize(
    ("sheet", "file", "found"),
    [
        ("2023", "bieu.xlsx", [2023]),
        ("T12.2023", "bieu.xlsx", [2023]),
        ("Mẫu 08", "Mau-08_Dong-Giang_2023.xlsx", [2023]),
        ("Mẫu 08", "so lieu 31.12.2023.xlsx", [2023]),
        ("Mẫu 08", "mau 08 ngày 5.1.2024.xlsx", []),
        ("Mẫu 08", "2024-01-05 mau 08.xlsx", []),
        ("Mẫu 08", "giai doan 2021-2025.xlsx", []),
        ("Mẫu 08", "2021 va 2023.xlsx", []),
        ("Sheet1", "120231.xlsx", []),
        ("Biểu", "HoNgheo_T9_2024.xlsx", []),
        ("Biểu", "HN T06.2024.xlsx", []),
        ("HoNgheo T6 2024", "bieu.xlsx", []),
        ("Biểu", "HN T12 2024.xlsx", [2024]),
    ],
)
def test_names_of_sheets_and_files_state_a_year_only_where_it_is_one_year(
    sheet: str, file: str, found: list[int]
) -> None:
    assert years("", sheet, file) == found


def test_the_title_wins_over_the_names_and_the_conflict_is_said(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "bieu-2024.xlsx", {"2022": table(TA_LU)})
    reading = read(path)
    assert list(counts(reading)) == [("Xã Tà Lu", 2023)]
    conflicts = [(finding.kind.code, finding.value) for finding in reading.findings]
    assert conflicts == [("H005", "2022"), ("H005", "2024")]


def test_the_year_of_the_command_wins_without_a_word(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(TA_LU), year=2024)
    assert list(counts(reading)) == [("Xã Tà Lu", 2024)]
    assert codes(reading) == []


def test_a_table_without_year_is_not_read_and_says_where_it_was_looked_for(tmp_path: Path) -> None:
    reading = read_form(tmp_path, [ROW], FormOptions(year_in_title=False, rates=Rates.PERCENT))
    assert codes(reading) == ["H004"]
    assert len(reading.observations) == 0


def test_a_year_in_the_cell_beside_its_label_is_the_year_of_the_table(tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [[DISTRICT], ["Năm rà soát:", 2023], *table(TA_LU, title=[])]
    assert list(counts(read_table(tmp_path, rows))) == [("Xã Tà Lu", 2023)]


def test_a_mistyped_year_is_named(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(TA_LU, title=[DISTRICT, "Năm rà soát: 20233"]))
    assert "20233" in only(reading, "H004").message()


def test_a_mistyped_year_beside_a_year_in_the_name_is_a_conflict(tmp_path: Path) -> None:
    rows = table(TA_LU, title=[DISTRICT, "Năm rà soát: 20233"])
    reading = read(write_sheet(tmp_path / "bieu-2023.xlsx", rows))
    assert only(reading, "H005").value == "20233"
    assert list(counts(reading)) == [("Xã Tà Lu", 2023)]


def test_two_years_in_a_title_are_never_chosen_between(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(TA_LU, title=[DISTRICT, "NĂM 2022 VÀ NĂM 2023"]))
    assert only(reading, "H004").value == "2022, 2023"


def test_a_column_of_years_gives_every_row_its_own_year(tmp_path: Path) -> None:
    header = ("TT", "Tên xã", "Năm", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
    rows = table(
        ["1", "Tà Lu", 2022, 500, 150, 40],
        ["2", "Tà Lu", "2023", 510, 120, 45],
        ["3", "Sông Kôn", "20222", 800, 200, 80],
        ["4", "Ba", None, 700, 60, 50],
        title=[DISTRICT],
        header=header,
    )
    reading = read_table(tmp_path, rows)
    assert counts(reading) == {("Xã Tà Lu", 2022): (500, 150, 40), ("Xã Tà Lu", 2023): (510, 120, 45)}
    assert [(f.kind.code, f.origin.cell, f.value) for f in reading.findings] == [
        ("H004", "C5", "20222"),
        ("H004", "C6", ""),
    ]


def test_a_column_of_one_year_against_the_title_is_a_conflict(tmp_path: Path) -> None:
    header = ("TT", "Tên xã", "Năm", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
    reading = read_table(tmp_path, table(["1", "Tà Lu", 2022, 500, 150, 40], header=header))
    assert codes(reading) == ["H005"]
    assert list(counts(reading)) == [("Xã Tà Lu", 2022)]


@pytest.mark.parametrize("words", ["(so với năm 2022)", "so với cùng kỳ năm 2022", "so với cuối năm 2022"])
def test_a_year_that_figures_are_compared_with_is_not_theirs(words: str, tmp_path: Path) -> None:
    title = [DISTRICT, f"KẾT QUẢ RÀ SOÁT HỘ NGHÈO NĂM 2023 {words}"]
    assert list(counts(read_table(tmp_path, table(["1", "Tà Lu", 500, 120, 40], title=title)))) == [("Xã Tà Lu", 2023)]


@pytest.mark.parametrize(
    ("title", "file", "status"),
    [
        ("KẾT QUẢ RÀ SOÁT", "bieu-08-so-bo.xlsx", Status.PRELIMINARY),
        ("KẾT QUẢ RÀ SOÁT", "Sơ bộ/bieu-08.xlsx", Status.PRELIMINARY),
        ("KẾT QUẢ RÀ SOÁT", "so-bo/bieu-08-chinh-thuc.xlsx", Status.FINAL),
        ("KẾT QUẢ RÀ SOÁT CHÍNH THỨC", "bieu-so-bo.xlsx", Status.FINAL),
        ("KẾT QUẢ RÀ SOÁT (SƠ BỘ/CHÍNH THỨC)", "bieu-so-bo.xlsx", Status.PRELIMINARY),
        ("KẾT QUẢ RÀ SOÁT (SƠ BỘ/CHÍNH THỨC)", "bieu.xlsx", Status.FINAL),
        ("KẾT QUẢ RÀ SOÁT", "hồ sơ bộ phận.xlsx", Status.FINAL),
    ],
)
def test_the_status_stands_in_the_title_or_in_the_names_of_file_and_folder(
    title: str, file: str, status: Status, tmp_path: Path
) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    rows = table(["1", "Tà Lu", 500, 120, 40], title=[DISTRICT, title, "Năm rà soát: 2023"])
    assert read(write_sheet(path, rows)).observations.status == [status]


@pytest.mark.parametrize(
    "words",
    [
        "(SƠ BỘ)",
        "[sơ bộ]",
        "(số liệu sơ bộ)",
        "(chưa chính thức)",
        "SỐ LIỆU KHÔNG CHÍNH THỨC",
        "(dự thảo)",
        "(tạm tính)",
        "- số liệu tạm",
        "(lần 1)",
        "- bước 1",
        "(CHƯA PHÊ DUYỆT)",
        "(SỐ LIỆU CHƯA CHỐT)",
        "(trước phúc tra)",
        "(bản nháp)",
    ],
)
def test_what_is_not_decided_yet_is_preliminary_in_whatever_words(words: str, tmp_path: Path) -> None:
    title = [DISTRICT, f"TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023 {words}"]
    assert read_table(tmp_path, table(TA_LU, title=title)).observations.status == [Status.PRELIMINARY]


@pytest.mark.parametrize(
    "words", ["(CHÍNH THỨC)", "(SƠ BỘ/CHÍNH THỨC)", "(tạm trú)", "(thu nhập)", "(sửa đổi lần 1)", ""]
)
def test_other_words_leave_a_table_final(words: str, tmp_path: Path) -> None:
    title = [DISTRICT, f"TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023 {words}"]
    assert read_table(tmp_path, table(TA_LU, title=title)).observations.status == [Status.FINAL]


def test_a_heading_that_is_preliminary_makes_the_table_so(tmp_path: Path) -> None:
    header = ("TT", "Tên xã", "Tổng số hộ", "Hộ nghèo (sơ bộ)", "Hộ cận nghèo (sơ bộ)")
    assert read_table(tmp_path, table(TA_LU, header=header)).observations.status == [Status.PRELIMINARY]


@pytest.mark.parametrize("title", ["TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO 2023", "Năm báo cáo: 2023"])
def test_a_year_may_stand_without_its_word_or_with_that_of_the_report(title: str) -> None:
    assert years(title) == [2023]


def test_a_table_without_a_year_names_what_to_type_and_the_file(tmp_path: Path) -> None:
    finding = only(read_table(tmp_path, table(TA_LU, title=[DISTRICT])), "H004")

    assert finding.message().endswith(
        "Ghi “Năm rà soát: …” ở tiêu đề biểu trong tệp bieu.xlsx, hoặc chạy riêng tệp đó với --year NĂM."
    )
    assert "run that file alone with --year YEAR" in finding.message(Language.EN)
