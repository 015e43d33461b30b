"""Tables that are not ours are named and left alone; nothing of a list of persons gets into a message."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from thidua_cli.findings import Severity
from thidua_cli.language import Language

from .cases import DISTRICT, Cell, codes, counts, only, read, read_table, table, write_sheets

Rows = list[list[Cell]]
PERSON = "Nguyễn Thị Hoa Sen"
TITLE: Rows = [[DISTRICT], ["Năm rà soát: 2023"]]
MOVEMENT: Rows = [
    *TITLE,
    ["TT", "Khu vực/Địa bàn", "Phân tổ", "Tổng số hộ nghèo đầu năm", "Diễn biến giảm số hộ nghèo", "Tổng số hộ nghèo"],
    ["A", "B", "C", 1, 2, 3],
    ["1", "Xã Tà Lu", "Hộ", 150, 40, 120],
    ["", "", "Nhân khẩu", 600, 160, 510],
]
DEPRIVATION: Rows = [
    [*TITLE[0]],
    ["Chỉ số thiếu hụt các dịch vụ xã hội cơ bản của hộ nghèo, năm 2023"],
    ["TT", "Khu vực/Địa bàn", "Tổng số hộ nghèo", "Việc làm", "Bảo hiểm y tế"],
    ["1", "Xã Tà Lu", 120, 40, 30],
]
ETHNIC: Rows = [
    *TITLE,
    ["TT", "Địa bàn", "Tổng số hộ", "Tổng số (trừ DT Kinh)", "Cơ Tu"],
    ["1", "Xã Tà Lu", 500, 480, 470],
]
CAUSES: Rows = [
    *TITLE,
    ["TT", "Địa bàn", "Tổng số hộ nghèo", "Nguyên nhân nghèo: không có đất", "Không có vốn"],
    ["1", "Xã Tà Lu", 120, 40, 30],
]
PERSONS: Rows = [
    ["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023"],
    ["STT", "Họ và tên chủ hộ", "Thôn", "Hộ nghèo", "Hộ cận nghèo"],
    ["1", PERSON, "Thôn A Réh", "x", ""],
]


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (MOVEMENT, "Mẫu 09, 10"),
        (DEPRIVATION, "Mẫu 11, 12"),
        (ETHNIC, "Mẫu 16"),
        (CAUSES, "Mẫu 17"),
        (PERSONS, "dữ liệu cá nhân"),
    ],
)
def test_another_form_is_named_in_a_note_and_not_read(rows: Rows, named: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, rows)
    finding = only(reading, "F003")
    assert finding.severity is Severity.NOTE
    assert named in finding.message()
    assert codes(reading) == ["F003"]
    assert len(reading.observations) == 0


@pytest.mark.parametrize("heading", ["Họ và tên", "HỌ TÊN CHỦ HỘ", "Tên hộ", "Họ, tên chủ hộ", "Chủ hộ"])
def test_no_name_of_a_person_gets_into_a_message(heading: str, tmp_path: Path) -> None:
    header: list[Cell] = ["STT", heading, "Địa bàn", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"]
    rows: Rows = [*TITLE, header, ["1", PERSON, f"{PERSON} - Thôn 1", 1, "x", PERSON]]
    reading = read_table(tmp_path, rows)
    assert only(reading, "F003").severity is Severity.NOTE
    for finding in reading.findings:
        for language in Language:
            assert PERSON not in finding.message(language)
        assert PERSON not in str(finding.value)
    assert len(reading.observations) == 0


def test_other_forms_in_the_workbook_leave_mau_08_as_it_is(tmp_path: Path) -> None:
    sheets: dict[str, Sequence[Sequence[Cell]]] = {
        "09": MOVEMENT,
        "08": table(["1", "Xã Tà Lu", 500, 120, 40]),
        "17": CAUSES,
        "DS": PERSONS,
    }
    reading = read(write_sheets(tmp_path / "bieu.xlsx", sheets))
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}
    assert [(finding.kind.code, finding.origin.sheet) for finding in reading.findings] == [
        ("F003", "09"),
        ("F003", "17"),
        ("F003", "DS"),
    ]
    assert reading.refused == 0


def test_another_form_above_mau_08_in_one_sheet_does_not_hide_it(tmp_path: Path) -> None:
    rows = [*MOVEMENT, [], *table(["1", "Xã Tà Lu", 500, 120, 40])]
    reading = read_table(tmp_path, rows)
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}
    assert codes(reading) == ["F003"]


def test_a_title_that_speaks_of_causes_does_not_hide_a_whole_mau_08(tmp_path: Path) -> None:
    title = [DISTRICT, "KẾT QUẢ RÀ SOÁT, DIỄN BIẾN VÀ NGUYÊN NHÂN NGHÈO NĂM 2023"]
    assert len(read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 120, 40], title=title)).observations) == 1


def test_a_sheet_without_any_table_is_an_error_of_the_file(tmp_path: Path) -> None:
    reading = read_table(tmp_path, [["Kính gửi: Phòng LĐ-TB&XH"], ["Báo cáo năm 2023"]])
    assert (only(reading, "F003").severity, reading.refused) == (Severity.ERROR, 1)
