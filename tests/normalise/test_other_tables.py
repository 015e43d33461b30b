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
    ("rows", "code", "named"),
    [
        (MOVEMENT, "F003", "Mẫu 09, 10"),
        (DEPRIVATION, "F003", "Mẫu 11, 12"),
        (ETHNIC, "F003", "Mẫu 16"),
        (CAUSES, "F003", "Mẫu 17"),
        (PERSONS, "F017", "dữ liệu cá nhân"),
    ],
)
def test_another_form_is_named_and_not_read_and_an_error_where_nothing_else_is(
    rows: Rows, code: str, named: str, tmp_path: Path
) -> None:
    beside = read(write_sheets(tmp_path / "hai.xlsx", {"08": table(["1", "Xã Tà Lu", 500, 120, 40]), "Khác": rows}))
    assert only(beside, code).severity is Severity.NOTE
    reading = read_table(tmp_path, rows)
    finding = only(reading, code)
    assert finding.severity is Severity.ERROR
    assert named in finding.message()
    assert codes(reading) == [code]
    assert len(reading.observations) == 0


@pytest.mark.parametrize("heading", ["Họ và tên", "HỌ TÊN CHỦ HỘ", "Tên hộ", "Họ, tên chủ hộ", "Chủ hộ"])
def test_no_name_of_a_person_gets_into_a_message(heading: str, tmp_path: Path) -> None:
    header: list[Cell] = ["STT", heading, "Địa bàn", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"]
    rows: Rows = [*TITLE, header, ["1", PERSON, f"{PERSON} - Thôn 1", 1, "x", PERSON]]
    reading = read_table(tmp_path, rows)
    assert only(reading, "F017").severity is Severity.ERROR
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
        ("F017", "DS"),
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


COUNTED: tuple[str, ...] = ("Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo")


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Hộ nghèo có chủ hộ là nữ", (10, 20)),
        ("Số hộ do người già làm chủ hộ", (1, 0)),
        ("Hộ có người sinh năm sinh con thứ ba", (3, 4)),
        ("Chủ hộ", (None, None)),
        ("Họ và tên cán bộ phụ trách", (PERSON, PERSON)),
        ("Số CCCD đã cấp cho hộ nghèo", (120, 39)),
        ("Nguyên nhân tăng, giảm", (2, 3)),
        ("Nguyên nhân nghèo", ("thiếu đất", None)),
        ("Diễn biến so với năm trước", (-4, 2)),
        ("Thiếu hụt về nhà ở", (7, 8)),
        ("Tổng số (trừ DT Kinh)", (100, 20)),
    ],
)
@pytest.mark.parametrize("is_behind", [True, False])
def test_one_column_of_other_words_in_a_table_of_counts_is_one_column(
    heading: str, values: tuple[Cell, Cell], is_behind: bool, tmp_path: Path
) -> None:
    header: list[Cell] = ["TT", "Đơn vị", *COUNTED]
    rows: Rows = [header, ["1", "Xã Tà Lu", 500, 120, 40], ["2", "Xã Ba", 900, 140, 95]]
    for row, cell in zip(rows, (heading, *values), strict=True):
        row.insert(5 if is_behind else 3, cell)
    reading = read_table(tmp_path, [*TITLE, *rows])
    assert codes(reading) == ["H002"]
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40), ("Xã Ba", 2023): (900, 140, 95)}
    assert all(PERSON not in finding.message() for finding in reading.findings)


@pytest.mark.parametrize(
    "place", ["TỈNH ĐIỆN BIÊN", "Tỉnh Điện Biên", "TINH DIEN BIEN", "Huyện Điện Biên, tỉnh Điện Biên"]
)
def test_dien_bien_is_a_province_and_no_movement(place: str, tmp_path: Path) -> None:
    header: list[Cell] = ["TT", "Đơn vị", "Số hộ nghèo", "Số hộ cận nghèo", "Việc làm", "Nhà ở", "Nước sạch"]
    reading = read_table(tmp_path, [[f"UBND {place}"], ["Năm 2023"], header, [1, "Xã Thanh Nưa", 120, 40, 7, 8, 9]])
    assert "F003" not in codes(reading)
    assert codes(reading).count("H002") == 3


def test_a_part_of_the_counts_beside_one_column_of_causes_is_read(tmp_path: Path) -> None:
    header: list[Cell] = ["TT", "Đơn vị", "Số hộ nghèo", "Số hộ cận nghèo", "Nguyên nhân"]
    reading = read_table(tmp_path, [*TITLE, header, [1, "Xã Tà Lu", 120, 40, 7]])
    assert codes(reading) == ["H001", "H002"]
    assert counts(reading) == {("Xã Tà Lu", 2023): (None, 120, 40)}


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["STT", "Họ tên", "Thôn", "Tổng số hộ", "Số hộ nghèo"],
            [1, PERSON, "Thôn 1", 1, 1],
            [2, PERSON, "Thôn 2", 1, 1],
        ],
        [["STT", "Đơn vị", "Ngày sinh", "Số hộ nghèo"], [1, "Thôn 1", "01/02/1960", "x"]],
        [["STT", "Thôn", "Chủ hộ", "Năm sinh", "Hộ nghèo"], [1, "Thôn 1", PERSON, 1960, "x"]],
        [
            ["STT", "Đơn vị", "Số hộ nghèo"],
            *([n, f"{surname} Văn Tám", n] for n, surname in enumerate(("Lê", "Hồ", "Võ"))),
        ],
        [["STT", "Họ và tên", "Thôn", "Hộ nghèo", "Hộ cận nghèo"]],
    ],
)
def test_a_list_of_persons_is_told_by_persons_and_never_shown(rows: Rows, tmp_path: Path) -> None:
    reading = read_table(tmp_path, [*TITLE, *rows])
    assert codes(reading) == ["F017"]
    assert "dữ liệu cá nhân" in only(reading, "F017").message()
    assert len(reading.observations) == 0


@pytest.mark.parametrize("heading", ["Khu phố", "Tên thôn", "Tổ dân phố"])
def test_villages_that_bear_names_of_heroes_are_read(heading: str, tmp_path: Path) -> None:
    names = ("Lê Hồng Phong", "Trần Hưng Đạo", "Nguyễn Văn Cừ")
    rows: Rows = [["UBND XÃ BA, HUYỆN ĐÔNG GIANG"], ["Năm 2023"], ["TT", heading, *COUNTED]]
    rows += [[number, name, 50, 7, 3] for number, name in enumerate(names, start=1)]
    assert counts(read_table(tmp_path, rows)) == {(name, 2023): (50, 7, 3) for name in names}


def test_a_signature_with_a_full_name_makes_no_list_of_persons(tmp_path: Path) -> None:
    rows: Rows = [
        ["Chỉ tiêu", 2022, 2023],
        ["Tổng số hộ", 500, 510],
        ["Số hộ nghèo", 90, 80],
        ["Số hộ cận nghèo", 9, 8],
    ]
    signed: Rows = [["Người lập biểu", None, "CHỦ TỊCH"], ["(Ký, ghi rõ họ tên)", None, "(Ký tên, đóng dấu)"], [PERSON]]
    reading = read_table(tmp_path, [[DISTRICT], *rows, *signed])
    assert counts(reading)["Huyện Đông Giang", 2023] == (510, 80, 8)


# Results with rows of households and rows of persons ---------------------------------------------------------------

BOTH: Rows = [
    ["1", "Xã Tà Lu", "Hộ", 429, 63, 33],
    [None, None, "Nhân khẩu", 1758, 270, 138],
    ["2", "Xã Ba", "Hộ", 1596, 140, 95],
    [None, None, "Nhân khẩu", 6543, 602, 399],
]
HOUSEHOLDS = {("Xã Tà Lu", 2023): (429, 63, 33), ("Xã Ba", 2023): (1596, 140, 95)}


@pytest.mark.parametrize("breakdown", ["Phân tổ", "ĐVT", "Chỉ tiêu", None])
@pytest.mark.parametrize("whole", ["Tổng số", "Tổng số hộ", "Tổng số dân cư"])
def test_of_results_with_two_rows_per_unit_those_of_households_are_read(
    breakdown: str | None, whole: str, tmp_path: Path
) -> None:
    header: list[Cell] = ["TT", "Đơn vị", breakdown, whole, "Hộ nghèo", "Hộ cận nghèo"]
    reading = read_table(tmp_path, [*TITLE, header, *BOTH])
    assert counts(reading) == HOUSEHOLDS
    assert codes(reading) == []


@pytest.mark.parametrize("words", [("Số hộ", "Số khẩu"), ("hộ", "người"), ("Hộ gia đình", "Khẩu")])
def test_rows_of_persons_may_stand_first_and_bear_other_words(words: tuple[str, str], tmp_path: Path) -> None:
    rows: Rows = [["TT", "Đơn vị", "Phân tổ", "Tổng số", "Hộ nghèo", "Hộ cận nghèo"]]
    for upper, lower in zip(BOTH[::2], BOTH[1::2], strict=True):
        rows += [[*upper[:2], words[1], *lower[3:]], [None, None, words[0], *upper[3:]]]
    reading = read_table(tmp_path, [*TITLE, *rows])
    assert counts(reading) == HOUSEHOLDS
    assert codes(reading) == []


def test_rows_of_households_and_persons_below_the_name_are_told(tmp_path: Path) -> None:
    rows: Rows = [["TT", "Đơn vị", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"]]
    for upper, lower in zip(BOTH[::2], BOTH[1::2], strict=True):
        rows += [[*upper[:2]], [None, "Hộ", *upper[3:]], [None, "Nhân khẩu", *lower[3:]]]
    reading = read_table(tmp_path, [*TITLE, *rows])
    assert codes(reading).count("U002") == 4
    assert set(counts(reading).values()) == {(None, None, None)}


def test_a_total_in_two_rows_is_the_sum_of_the_households(tmp_path: Path) -> None:
    total: Rows = [[None, "Tổng cộng", "Hộ", 2025, 203, 128], [None, None, "Nhân khẩu", 8301, 872, 537]]
    header: list[Cell] = ["TT", "Đơn vị", "Phân tổ", "Tổng số", "Hộ nghèo", "Hộ cận nghèo"]
    reading = read_table(tmp_path, [*TITLE, header, *BOTH, *total])
    (printed,) = reading.totals
    assert dict(printed.row.counts) == {"households": 2025, "poor_households": 203, "near_poor_households": 128}
    assert [dict(part.counts)["households"] for part in printed.parts] == [429, 1596]


def test_a_total_without_rows_of_persons_stays_unknown(tmp_path: Path) -> None:
    header: list[Cell] = ["TT", "Đơn vị", "Tổng số", "Hộ nghèo", "Hộ cận nghèo"]
    reading = read_table(tmp_path, [*TITLE, header, [1, "Xã Tà Lu", 1758, 63, 33]])
    assert codes(reading) == ["H001", "H002"]
    assert counts(reading) == {("Xã Tà Lu", 2023): (None, 63, 33)}


# Several rows of each unit -----------------------------------------------------------------------------------------

PAIRS: Rows = [
    ["TT", "Đơn vị", None, "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"],
    ["1", "Xã Tà Lu", None, 300, 20, 10],
    [None, None, None, 429, 63, 33],
    ["2", "Xã Ba", None, 900, 90, 50],
    [None, None, None, 1596, 140, 95],
]


def of_two_words(heading: str | None, words: tuple[str, str], *, is_repeated: bool = False) -> Rows:
    rows: Rows = [[*row] for row in PAIRS]
    rows[0][2] = heading
    for number, row in enumerate(rows[1:]):
        row[2] = words[number % 2]
        if is_repeated and number % 2:
            row[:2] = rows[number][:2]
    return [*TITLE, *rows]


@pytest.mark.parametrize("heading", ["Phân tổ", "Nội dung", "Phân loại", "Chỉ tiêu", None])
@pytest.mark.parametrize("is_repeated", [True, False])
@pytest.mark.parametrize(
    "words",
    [
        ("Kế hoạch", "Thực hiện"),
        ("KH", "TH"),
        ("Sơ bộ", "Chính thức"),
        ("Đầu năm", "Cuối năm"),
        ("6 tháng", "Cả năm"),
    ],
)
def test_of_several_rows_of_a_unit_the_one_of_the_year_end_is_read(
    words: tuple[str, str], heading: str | None, is_repeated: bool, tmp_path: Path
) -> None:
    reading = read_table(tmp_path, of_two_words(heading, words, is_repeated=is_repeated))
    assert counts(reading) == HOUSEHOLDS
    finding = only(reading, "F012")
    assert (finding.origin.cell, finding.severity) == ("C4:C6", Severity.WARNING)
    assert all(f"“{word}”" in finding.message() for word in words)
    assert codes(reading) == ["F012"]


@pytest.mark.parametrize(
    "words", [("Nam", "Nữ"), ("Thành thị", "Nông thôn"), ("Kinh", "DTTS"), ("Kế hoạch", "Dự kiến")]
)
def test_where_no_row_is_of_the_whole_unit_none_is_read(words: tuple[str, str], tmp_path: Path) -> None:
    reading = read_table(tmp_path, of_two_words("Nội dung", words))
    assert len(reading.observations) == 0
    finding = only(reading, "F012")
    assert (finding.origin.cell, finding.severity) == ("C4:C7", Severity.ERROR)
    assert codes(reading) == ["F012"]


def test_years_in_the_rows_of_a_unit_are_years(tmp_path: Path) -> None:
    reading = read_table(tmp_path, of_two_words("ĐVT", ("2022", "2023"))[2:], unit="505")
    assert counts(reading)["Xã Ba", 2022] == (900, 90, 50)
    assert counts(reading)["Xã Ba", 2023] == (1596, 140, 95)
    assert codes(reading) == []


def test_names_of_officials_in_the_rows_of_a_unit_are_not_shown(tmp_path: Path) -> None:
    reading = read_table(tmp_path, of_two_words("Cán bộ", (PERSON, "Alăng Thị Bình")))
    assert len(reading.observations) == 0
    assert all(PERSON not in finding.message() for finding in reading.findings)
    assert "F012" in codes(reading)
