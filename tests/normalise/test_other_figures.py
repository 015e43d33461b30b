"""Titles by which the figures are a plan, or some of the poor: never read as results of the whole."""

from pathlib import Path

import pytest

from thidua_cli.findings import Severity
from thidua_cli.language import Language
from thidua_cli.normalise.sheet.other_figures import OtherSense, other_figures

from .cases import DISTRICT, Cell, codes, counts, only, read, read_table, table, write_sheet, write_sheets

ROW: list[Cell] = ["1", "Xã Tà Lu", 500, 120, 40]
READ = {("Xã Tà Lu", 2024): (500, 120, 40)}
TITLE = "TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024"


def senses(*lines: str) -> set[OtherSense]:
    return {figures.sense for _, figures in other_figures(lines)}


@pytest.mark.parametrize(
    "line",
    [
        "KẾ HOẠCH GIẢM HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2025",
        "UBND HUYỆN ĐÔNG GIANG - KẾ HOẠCH GIẢM HỘ NGHÈO 2025",
        "SỐ HỘ NGHÈO THEO KẾ HOẠCH NĂM 2025",
        "GIAO CHỈ TIÊU HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2024",
        "Chỉ tiêu giảm nghèo năm 2025",
        "CHỈ TIÊU TỈNH GIAO NĂM 2024",
        "BIỂU PHÂN BỔ CHỈ TIÊU GIẢM NGHÈO",
        "MỤC TIÊU GIẢM NGHÈO NĂM 2025",
        "PHẤN ĐẤU GIẢM HỘ NGHÈO NĂM 2025",
        "DỰ KIẾN HỘ NGHÈO NĂM 2025",
        "KẾT QUẢ RÀ SOÁT HỘ NGHÈO DỰ KIẾN CUỐI NĂM 2024",
        "ƯỚC THỰC HIỆN HỘ NGHÈO NĂM 2024",
        "TỔNG HỢP HỘ NGHÈO NĂM 2024 (ƯỚC)",
        "Dự báo hộ nghèo năm 2026",
        "Đăng ký thoát nghèo năm 2025",
        "TỔNG HỢP ĐĂNG KÍ GIẢM HỘ NGHÈO 2025",
        "KH 2025",
        "KH giảm nghèo 2025",
        "KH giao 2024",
        "DK 2024",
        "ĐK năm 2025",
        "Số liệu dự ước",
    ],
)
def test_plans_estimates_and_registrations_are_no_results(line: str) -> None:
    assert OtherSense.PLAN in senses(line)


@pytest.mark.parametrize(
    "lines",
    [
        ["HỘ NGHÈO DÂN TỘC CƠ TU NĂM 2024"],
        ["HỘ NGHÈO, HỘ CẬN NGHÈO DÂN TỘC THIỂU SỐ NĂM 2024"],
        ["Hộ nghèo là người DTTS"],
        ["Hộ nghèo người Mông"],
        ["HỘ NGHÈO NĂM 2024 (HỘ DTTS)"],
        ["HỘ NGHÈO DO PHỤ NỮ LÀM CHỦ HỘ"],
        ["TỔNG HỢP HỘ NGHÈO (PHỤ NỮ LÀM CHỦ HỘ)"],
        ["TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO", "DO PHỤ NỮ LÀM CHỦ HỘ"],
        ["TỔNG HỢP HỘ NGHÈO", "DÂN TỘC CƠ TU"],
        ["HỘ NGHÈO VAY VỐN NĂM 2024"],
        ["HỘ NGHÈO, HỘ CẬN NGHÈO CÒN DƯ NỢ"],
        ["TỔNG HỢP HỘ THOÁT NGHÈO, HỘ THOÁT CẬN NGHÈO NĂM 2024"],
        ["HỘ NGHÈO, HỘ CẬN NGHÈO", "THOÁT NGHÈO NĂM 2024"],
        ["HỘ TÁI NGHÈO NĂM 2024"],
        ["HỘ NGHÈO PHÁT SINH NĂM 2024"],
        ["HỘ NGHÈO CÓ THÀNH VIÊN LÀ NGƯỜI CÓ CÔNG"],
        ["HỘ NGHÈO KHÔNG CÓ KHẢ NĂNG LAO ĐỘNG"],
        ["TRẺ EM THUỘC HỘ NGHÈO"],
        ["HỘ NGHÈO ĐƯỢC HỖ TRỢ NHÀ Ở"],
        ["HỖ TRỢ NHÀ Ở CHO HỘ NGHÈO NĂM 2024"],
        ["HỘ NGHÈO THUỘC DIỆN BẢO TRỢ XÃ HỘI"],
        ["MỨC GIẢM HỘ NGHÈO NĂM 2024"],
        ["TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO BỔ SUNG NĂM 2024"],
        ["HỘ NGHÈO TRONG ĐỘ TUỔI LAO ĐỘNG NĂM 2024"],
        ["HỘ NGHÈO, HỘ CẬN NGHÈO KHU VỰC NÔNG THÔN NĂM 2024"],
        ["TỔNG HỢP HỘ NGHÈO TẠI ĐỊA BÀN THÀNH THỊ, NĂM 2024"],
        ["DANH SÁCH ĐỀ NGHỊ RÀ SOÁT HỘ NGHÈO NĂM 2024"],
        ["HỘ NGHÈO ĐIỀU TRA MẪU NĂM 2024"],
        ["HỘ NGHÈO NĂM 2024", "(Không bao gồm hộ bảo trợ xã hội)"],
        ["HỘ NGHÈO NĂM 2024", "(chưa tính các xã vùng cao)"],
    ],
)
def test_some_of_the_poor_are_not_all_of_them(lines: list[str]) -> None:
    assert senses(*lines) == {OtherSense.PART}


@pytest.mark.parametrize(
    "lines",
    [
        ["Kèm theo Kế hoạch số 35/KH-UBND ngày 05/01/2025 của UBND huyện"],
        ["(Kèm theo Kế hoạch giảm nghèo năm 2025)"],
        ["KẾT QUẢ THỰC HIỆN KẾ HOẠCH GIẢM NGHÈO NĂM 2024"],
        ["KẾT QUẢ THỰC HIỆN", "KẾ HOẠCH GIẢM NGHÈO NĂM 2024"],
        ["KẾT QUẢ RÀ SOÁT THEO KẾ HOẠCH SỐ 35/KH-UBND"],
        ["THỰC HIỆN CHỈ TIÊU GIẢM HỘ NGHÈO NĂM 2024"],
        ["CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA GIẢM NGHÈO BỀN VỮNG"],
        ["PHÒNG TÀI CHÍNH - KẾ HOẠCH"],
        ["SỞ KẾ HOẠCH VÀ ĐẦU TƯ"],
        ["Kế hoạch và kết quả giảm nghèo năm 2024"],
        ["Năm rà soát: 2023 (kế hoạch năm 2024)"],
        ["Dữ kiện hộ nghèo năm 2024"],
        ["UBND HUYỆN GIAO THỦY"],
        ["MỘT SỐ CHỈ TIÊU VỀ GIẢM NGHÈO"],
        ["HỘ NGHÈO, HỘ CẬN NGHÈO, HỘ THOÁT NGHÈO, HỘ THOÁT CẬN NGHÈO NĂM 2024"],
        ["TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO VÀ HỘ NGHÈO DTTS NĂM 2024"],
        ["HỘ NGHÈO (TRONG ĐÓ HỘ DTTS)"],
        ["HỘ NGHÈO VÙNG ĐỒNG BÀO DÂN TỘC THIỂU SỐ VÀ MIỀN NÚI"],
        ["HỘ NGHÈO THEO DÂN TỘC"],
        ["PHÒNG DÂN TỘC"],
        ["HỘI LIÊN HIỆP PHỤ NỮ HUYỆN"],
        ["PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"],
        ["Số hộ nghèo có đến 31/12/2024"],
        ["HỘ NGHÈO THUỘC ĐỊA BÀN HUYỆN ĐÔNG GIANG"],
        ["HỘ NGHÈO, HỘ CẬN NGHÈO ĐƯỢC PHÊ DUYỆT NĂM 2024"],
        ["TỔNG HỢP DIỄN BIẾN HỘ NGHÈO TRONG NĂM"],
        ["PHÂN BỐ HỘ NGHÈO THEO XÃ NĂM 2024"],
        ["TỶ LỆ HỘ NGHÈO GIẢM QUA CÁC NĂM"],
        ["HỘ NGHÈO CẬN NGHÈO NĂM 2024"],
        ["PHONG TRÀO THI ĐUA THOÁT NGHÈO"],
        ["Danh sách xã thoát nghèo"],
        ["HỘ NGHÈO KHU VỰC THÀNH THỊ, NÔNG THÔN NĂM 2024"],
        ["HỘ NGHÈO KHU VỰC THÀNH THỊ VÀ KHU VỰC NÔNG THÔN"],
        ["HỘ NGHÈO VÙNG NÔNG THÔN MỚI"],
        ["TỶ LỆ HỘ NGHÈO VÀ MỨC GIẢM HỘ NGHÈO NĂM 2024"],
        ["HỘ NGHÈO (không bao gồm hộ cận nghèo)"],
        ["HỘ CẬN NGHÈO (không bao gồm hộ nghèo)"],
        ["HỘ NGHÈO NĂM 2024", "(không tính hộ tạm trú)"],
        ["PHIẾU ĐIỀU TRA MẪU SỐ 08: TỔNG HỢP HỘ NGHÈO"],
        ["UBND TỈNH ĐẮK LẮK 2024"],
    ],
)
def test_documents_results_of_plans_and_lists_of_all_the_poor_are_harmless(lines: list[str]) -> None:
    assert senses(*lines) == set()


@pytest.mark.parametrize(
    ("line", "words", "what"),
    [
        ("KẾ HOẠCH GIẢM HỘ NGHÈO NĂM 2024", "KẾ HOẠCH", "kế hoạch, chỉ tiêu"),
        ("GIAO CHỈ TIÊU HỘ NGHÈO NĂM 2024", "GIAO CHỈ TIÊU", "kế hoạch, chỉ tiêu"),
        ("HỘ NGHÈO DO PHỤ NỮ LÀM CHỦ HỘ NĂM 2024", "HỘ NGHÈO DO PHỤ NỮ", "một phần hộ nghèo"),
    ],
)
def test_the_words_of_the_title_are_quoted_with_their_cell(line: str, words: str, what: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(ROW, title=[DISTRICT, line]))
    finding = only(reading, "H015")
    assert len(reading.observations) == 0
    assert (finding.value, finding.origin.cell, finding.severity) == (words, "A2", Severity.WARNING)
    assert what in finding.message(Language.VI)


def test_the_year_of_the_command_makes_no_result_of_a_plan(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(ROW, title=[DISTRICT, "KẾ HOẠCH GIẢM NGHÈO"]), year=2024)
    assert codes(reading) == ["H015"]
    assert len(reading.observations) == 0


@pytest.mark.parametrize("sheet", ["KH 2025", "Dự kiến 2025", "Kế hoạch", "Hộ nghèo DTTS"])
def test_the_name_of_a_sheet_counts_as_its_title_does(sheet: str, tmp_path: Path) -> None:
    sheets = {"2024": table(ROW, title=[DISTRICT, TITLE]), sheet: table(ROW, title=[DISTRICT, "NĂM 2025"])}
    reading = read(write_sheets(tmp_path / "bieu.xlsx", sheets))
    assert only(reading, "H015").origin.sheet == sheet
    assert counts(reading) == READ


def test_the_name_of_a_file_counts_where_the_title_does_not_call_them_results(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "Ke hoach giam ngheo 2024.xlsx", table(ROW, title=[DISTRICT, TITLE]))
    finding = only(read(path), "H015")
    assert finding.message().startswith("Tên tệp ghi “Ke hoach”")


@pytest.mark.parametrize(
    ("folder", "file", "title"),
    [
        ("Kế hoạch 2025", "ket qua 2024.xlsx", TITLE),
        ("so lieu", "Ke hoach giam ngheo.xlsx", "KẾT QUẢ RÀ SOÁT HỘ NGHÈO NĂM 2024"),
        ("so lieu", "Phu luc kem KH 2024.xlsx", TITLE),
    ],
)
def test_a_nearer_word_for_results_wins_over_the_name_of_file_and_folder(
    folder: str, file: str, title: str, tmp_path: Path
) -> None:
    (tmp_path / folder).mkdir()
    reading = read(write_sheet(tmp_path / folder / file, table(ROW, title=[DISTRICT, title])))
    assert "H015" not in codes(reading)
    assert counts(reading) == READ


def test_a_plan_below_the_results_is_judged_by_its_own_title(tmp_path: Path) -> None:
    first = table(ROW, title=[DISTRICT, TITLE])
    second = table(["1", "Xã Tà Lu", 505, 90, 30], title=["KẾ HOẠCH NĂM 2025"])
    reading = read_table(tmp_path, [*first, [], *second])
    assert only(reading, "H015").origin.cell == "A6"
    assert counts(reading) == READ


def test_results_below_a_plan_are_of_its_agency(tmp_path: Path) -> None:
    first = table(["1", "Xã Tà Lu", 505, 90, 30], title=[DISTRICT, "KẾ HOẠCH NĂM 2025"])
    reading = read_table(tmp_path, [*first, [], *table(ROW, title=[TITLE])])
    assert "H015" in codes(reading)
    assert counts(reading) == READ


def test_columns_of_a_part_say_themselves_which_of_them_are_meant(tmp_path: Path) -> None:
    header = ("TT", "Xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Hộ nghèo DTTS")
    rows = table([*ROW, 110], title=[DISTRICT, "HỘ NGHÈO DÂN TỘC THIỂU SỐ NĂM 2024"], header=header)
    reading = read_table(tmp_path, rows)
    assert "H015" not in codes(reading)
    assert counts(reading) == READ


def test_columns_of_one_part_say_nothing_of_another_that_the_title_names(tmp_path: Path) -> None:
    header = ("TT", "Xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Hộ nghèo DTTS")
    title = [DISTRICT, "HỘ NGHÈO LÀ ĐỒNG BÀO CÔNG GIÁO NĂM 2024"]
    reading = read_table(tmp_path, table([*ROW, 110], title=title, header=header))
    assert only(reading, "H015").origin.row == 2
    assert len(reading.observations) == 0


def test_a_form_of_movement_may_be_entitled_by_those_who_left(tmp_path: Path) -> None:
    header = ("TT", "Địa bàn", "Phân tổ", "Tổng số hộ nghèo đầu kỳ", "Tái nghèo", "Tổng số hộ nghèo cuối kỳ")
    title = [DISTRICT, "TỔNG HỢP THOÁT NGHÈO, TÁI NGHÈO NĂM 2024"]
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", "Hộ", 100, 5, 105], title=title, header=header))
    assert "H015" not in codes(reading)
    assert len(reading.observations) == 1


def test_a_plan_in_one_column_says_of_no_other_what_the_title_is_of(tmp_path: Path) -> None:
    header: list[Cell] = ["TT", "Xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Kế hoạch giảm hộ nghèo"]
    rows: list[list[Cell]] = [["1", "Xã Tà Lu", 500, 12, 4, 3]]
    reading = read_table(tmp_path, [[DISTRICT], ["TỔNG HỢP HỘ TÁI NGHÈO NĂM 2023"], header, *rows])
    assert only(reading, "H015").origin.row == 2
    assert len(reading.observations) == 0


def test_figures_without_a_year_of_their_own_are_of_the_time_of_the_sheet(tmp_path: Path) -> None:
    header: list[Cell] = ["TT", "Xã", "Tổng số hộ", "Hộ nghèo năm 2022", "Hộ nghèo", "Hộ cận nghèo"]
    title: list[Cell] = ["TỔNG HỢP HỘ NGHÈO 6 THÁNG ĐẦU NĂM 2023"]
    reading = read_table(tmp_path, [[DISTRICT], title, header, ["1", "Xã Tà Lu", 500, 120, 100, 40]])
    assert only(reading, "H014").origin.row == 2
    assert len(reading.observations) == 0


@pytest.mark.parametrize(
    ("note", "code", "words"),
    [
        ("Ghi chú: số liệu tính đến 30/6/2024", "H014", "đến 30/6/2024"),
        ("(*) Số hộ nghèo đầu năm 2024", "H014", "đầu năm 2024"),
        ("Số liệu 6 tháng đầu năm", "H014", "6 tháng đầu năm"),
        ("Ghi chú: Số liệu dự kiến", "H015", "dự kiến"),
        ("* Số hộ nghèo trên không bao gồm hộ nghèo bảo trợ xã hội", "H015", "không bao gồm hộ"),
        ("Số liệu chưa tính các xã vùng cao", "H015", "chưa tính các xã"),
    ],
)
def test_a_note_below_the_table_says_of_what_its_figures_are(note: str, code: str, words: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, [*table(ROW, title=[DISTRICT, TITLE]), [], [note]])
    finding = only(reading, code)
    assert len(reading.observations) == 0
    assert (finding.value, finding.origin.cell) == (words, "A6")
    assert finding.message().startswith("Ghi chú dưới biểu")


@pytest.mark.parametrize(
    "note",
    [
        "Ghi chú: số liệu tính đến 31/12/2024",
        "Số liệu theo Quyết định số 35/QĐ-UBND ngày 05/01/2025",
        "Hộ nghèo là hộ có thu nhập từ 1.500.000 đồng trở xuống",
        "Ghi chú: Hộ nghèo không có khả năng lao động là hộ không có người trong độ tuổi lao động",
        "Số liệu rà soát từ ngày 01/9/2024 đến ngày 14/12/2024",
        "Số liệu dân số đến 01/7/2024 do Chi cục Thống kê cung cấp",
        "Đông Giang, ngày 20 tháng 11 năm 2024",
        "Biểu gửi về Phòng Lao động - Thương binh và Xã hội trước ngày 15/12 hằng năm",
        "Số hộ nghèo bao gồm cả hộ nghèo phát sinh trong năm",
        "Số hộ nghèo đầu năm 2024: 1.300 hộ",
        "Số hộ nghèo dự kiến năm 2025: 98 hộ",
    ],
)
def test_a_note_that_explains_says_nothing_against_the_figures(note: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, [*table(ROW, title=[DISTRICT, TITLE]), [], [note]])
    assert not {"H014", "H015", "H005"} & set(codes(reading))
    assert counts(reading) == READ


def test_the_year_of_the_command_reads_a_table_whose_note_names_another_time(tmp_path: Path) -> None:
    rows = [*table(ROW, title=[DISTRICT, TITLE]), [], ["Ghi chú: số liệu tính đến 30/11/2024"]]
    reading = read_table(tmp_path, rows, year=2024)
    assert only(reading, "H005").origin.cell == "A6"
    assert counts(reading) == READ
