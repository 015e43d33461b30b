"""Years side by side: each year of a unit is an observation of its own, from its own cells."""

from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.findings import Severity
from thidua_cli.normalise.record.layout_record import FoundIn

from .cases import DISTRICT, Cell, codes, counts, errors, only, read, read_table, table, write_sheet

Rows = list[list[Cell]]
SPAN = "BIỂU TỔNG HỢP GIAI ĐOẠN 2021-2023"
TA_LU = {("Xã Tà Lu", 2022): (500, 150, 40), ("Xã Tà Lu", 2023): (510, 120, 45)}
BY_INDICATOR: Rows = [
    [DISTRICT],
    [SPAN],
    ["TT", "Tên xã", "Tổng số hộ", None, "Số hộ nghèo", None, "Số hộ cận nghèo", None],
    [None, None, 2022, 2023, 2022, 2023, 2022, 2023],
    ["1", "Tà Lu", 500, 510, 150, 120, 40, 45],
]
BY_YEAR: Rows = [
    [DISTRICT],
    [SPAN],
    ["TT", "Tên xã", "Năm 2022", None, None, "Năm 2023", None, None],
    [None, None, "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"],
    ["1", "Tà Lu", 500, 150, 40, 510, 120, 45],
]
FLAT_2023 = ("Tổng số hộ năm 2023", "Số hộ nghèo cuối năm 2023", "Hộ cận nghèo (2023)")
FLAT: Rows = [
    [DISTRICT],
    ["TT", "Tên xã", "Tổng số hộ 2022", "Hộ nghèo 2022", "Hộ cận nghèo 2022", *FLAT_2023],
    ["1", "Tà Lu", 500, 150, 40, 510, 120, 45],
]
YEARS_ON_TOP: Rows = [
    [DISTRICT],
    [None, None, 2022, None, None, 2023, None, None],
    ["TT", "Tên xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"],
    ["1", "Tà Lu", 500, 150, 40, 510, 120, 45],
]


@pytest.mark.parametrize("rows", [BY_INDICATOR, BY_YEAR, FLAT, YEARS_ON_TOP])
def test_each_year_of_a_unit_is_an_observation_from_its_own_cells(rows: Rows, tmp_path: Path) -> None:
    reading = read_table(tmp_path, rows)
    assert counts(reading) == TA_LU
    assert codes(reading) == []
    observations = reading.observations
    for at in range(len(observations)):
        for name in ("households", "poor_households", "near_poor_households"):
            cell = observations.origin(at, name).cell
            assert rows[int(cell[1:]) - 1]["ABCDEFGH".index(cell[0])] == observations.value(at, name)


def test_the_layout_says_that_the_year_stands_in_the_headings(tmp_path: Path) -> None:
    layouts = read_table(tmp_path, BY_INDICATOR).layouts
    assert [(one.year, one.year_from) for one in layouts] == [(2022, FoundIn.HEADING), (2023, FoundIn.HEADING)]
    assert [column.letters for column in layouts[1].columns] == ["A", "B", "D", "F", "H"]


def test_a_printed_rate_of_each_year_is_compared_with_the_counts_of_that_year(tmp_path: Path) -> None:
    rows: Rows = [
        [DISTRICT],
        ["TT", "Tên xã", "Năm 2022", None, None, None, "Năm 2023", None, None, None],
        [None, None, *["Tổng số hộ", "Hộ nghèo", "Tỷ lệ (%)", "Hộ cận nghèo"] * 2],
        ["1", "Tà Lu", 500, 150, 30, 40, 500, 120, 30, 45],
    ]
    reading = read_table(tmp_path, rows)
    finding = next(one for one in pipeline.check(reading) if one.kind.code == "V006")
    assert (finding.year, finding.origin.cell) == (2023, "I4")


def test_a_count_without_a_year_belongs_to_the_year_of_the_title(tmp_path: Path) -> None:
    header = ("TT", "Tên xã", "Tổng số hộ", "Hộ nghèo 2022", "Hộ nghèo 2023", "Hộ cận nghèo")
    reading = read_table(tmp_path, table(["1", "Tà Lu", 510, 150, 120, 45], header=header))
    assert counts(reading) == {("Xã Tà Lu", 2022): (None, 150, None), ("Xã Tà Lu", 2023): (510, 120, 45)}
    assert [(one.kind.code, one.year) for one in reading.findings] == [("H001", 2022), ("H001", 2022)]


def test_a_count_without_a_year_is_used_for_none_where_the_title_names_none(tmp_path: Path) -> None:
    header = ("TT", "Tên xã", "Tổng số hộ", "Hộ nghèo 2022", "Hộ nghèo 2023")
    reading = read_table(tmp_path, table(["1", "Tà Lu", 510, 150, 120], title=[DISTRICT], header=header))
    assert only(reading, "H004").origin.cell == "C2"
    assert set(counts(reading).values()) == {(None, 150, None), (None, 120, None)}


def test_a_fault_in_shared_cells_is_told_once_and_not_once_per_year(tmp_path: Path) -> None:
    rows: Rows = [*BY_INDICATOR, ["2", "Xã Không Có", 1, 1, 1, 1, 0, 0]]
    rows[2] = [*rows[2], "Cột lạ"]
    reading = read_table(tmp_path, rows)
    assert codes(reading) == ["H002", "U002"]
    assert counts(reading) == TA_LU


def test_one_year_in_the_headings_against_the_title_is_a_conflict(tmp_path: Path) -> None:
    header = ("TT", "Tên xã", "Tổng số hộ 2022", "Hộ nghèo 2022", "Hộ cận nghèo 2022")
    reading = read_table(tmp_path, table(["1", "Tà Lu", 500, 150, 40], header=header))
    assert only(reading, "H005").value == "2023"
    assert list(counts(reading)) == [("Xã Tà Lu", 2022)]


def test_the_same_year_twice_is_used_for_neither(tmp_path: Path) -> None:
    header = ("TT", "Tên xã", "Tổng số hộ 2023", "Hộ nghèo 2023", "Hộ nghèo năm 2023", "Hộ cận nghèo 2023")
    reading = read_table(tmp_path, table(["1", "Tà Lu", 500, 150, 99, 40], header=header))
    assert only(reading, "H003").value == "D, E"
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, None, 40)}


INDICATORS: Rows = [
    [DISTRICT],
    [SPAN],
    ["STT", "Chỉ tiêu", "ĐV tính", 2022, 2023],
    ["1", "Tổng số hộ", "hộ", 500, 510],
    ["2", "Số hộ nghèo", "hộ", 150, 120],
    ["", "Tỷ lệ hộ nghèo (%)", "%", 30, 23.53],
    ["3", "Số hộ cận nghèo", "hộ", 40, 45],
    ["", "Số nhân khẩu nghèo", "người", 600, 500],
    ["", "Người lập biểu"],
]
DONG_GIANG = {("Huyện Đông Giang", 2022): (500, 150, 40), ("Huyện Đông Giang", 2023): (510, 120, 45)}


def test_one_indicator_per_row_gives_one_observation_per_year(tmp_path: Path) -> None:
    reading = read_table(tmp_path, INDICATORS)
    assert counts(reading) == DONG_GIANG
    cells = [reading.observations.origin(1, name).cell for name in ("households", "near_poor_households")]
    assert cells == ["E4", "E7"]
    assert codes(reading) == []
    assert [one.origin.cell for one in reading.rates] == ["D6", "E6"]
    assert [layout.year for layout in reading.layouts] == [2022, 2023]
    assert reading.layouts[1].columns[1].letters == "E5"


def test_a_printed_rate_row_that_differs_is_found_in_its_cell(tmp_path: Path) -> None:
    rows: Rows = [*INDICATORS]
    rows[5] = ["", "Tỷ lệ hộ nghèo (%)", "%", 30, 32.53]
    found = [one for one in pipeline.check(read_table(tmp_path, rows)) if one.kind.code == "V006"]
    assert [one.origin.cell for one in found] == ["E6"]


@pytest.mark.parametrize(
    ("label", "unit", "is_used"),
    [
        ("Số hộ nghèo", "Hộ", True),
        ("Số hộ nghèo", "", True),
        ("Số hộ nghèo (hộ)", "", True),
        ("- Số hộ nghèo", "hộ", True),
        ("1. Hộ nghèo", "hộ", True),
        ("Hộ nghèo", "%", False),
        ("Hộ nghèo", "người", False),
        ("Số hộ nghèo", "nghìn hộ", False),
        ("Số hộ nghèo (%)", "", False),
    ],
)
def test_the_unit_of_measure_decides_whether_a_row_counts_households(
    label: str, unit: str, is_used: bool, tmp_path: Path
) -> None:
    rows: Rows = [*INDICATORS[:4], ["2", label, unit, 150, 120], INDICATORS[6]]
    found = {key: value[1] for key, value in counts(read_table(tmp_path, rows)).items()}
    assert set(found.values()) == ({150, 120} if is_used else {None})


def test_a_part_is_of_the_indicator_above_it(tmp_path: Path) -> None:
    rows: Rows = [
        *INDICATORS[:3],
        ["1", "Tổng số hộ", "hộ", 500, 510],
        ["", "Trong đó: hộ DTTS", "hộ", 480, 490],
        ["2", "Hộ nghèo", "hộ", 150, 120],
        ["", "- Tỷ lệ", "%", 30, 23.5],
        ["", "- Trong đó: DTTS", "hộ", 140, 110],
        ["3", "Hộ cận nghèo", "hộ", 40, 45],
        ["", "- Hộ DTTS", "hộ", 38, 40],
    ]
    reading = read_table(tmp_path, rows)
    observations = reading.observations
    assert codes(reading) == []
    values = [observations.value(1, name) for name in observations.counts if name.startswith("minority")]
    assert sorted(value for value in values if value is not None) == [40, 110, 490]
    assert observations.value(1, "minority_poor_households") == 110


def test_years_in_a_row_of_their_own_and_a_commune_named_by_the_command(tmp_path: Path) -> None:
    rows: Rows = [
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Năm", None, "Ghi chú khác thường"],
        [None, None, None, "2022", "2023", None],
        *INDICATORS[3:7],
    ]
    reading = read(write_sheet(tmp_path / "bieu.xlsx", rows), unit="20470")
    assert {unit for unit, _ in counts(reading)} == {"Xã Tà Lu"}
    assert errors(reading) == []


def test_plans_and_indicators_that_are_not_known_are_named_and_not_read(tmp_path: Path) -> None:
    rows: Rows = [[*row] for row in INDICATORS[:5]]
    rows[2].append("Kế hoạch 2024")
    rows += [["9", "Thu nhập bình quân", "triệu đồng", 30, 35], INDICATORS[6]]
    reading = read_table(tmp_path, rows)
    assert [one.value for one in reading.findings] == ["Thu nhập bình quân (triệu đồng)", "Kế hoạch 2024"]
    assert counts(reading) == DONG_GIANG


def test_cells_of_indicators_that_are_no_counts_are_reported_with_their_year(tmp_path: Path) -> None:
    rows: Rows = [[*row] for row in INDICATORS]
    rows[3][3], rows[4][4], rows[6][3] = "…", -3, None
    found = {(one.kind.code, one.origin.cell, one.year) for one in read_table(tmp_path, rows).findings}
    assert {("V002", "E5", 2023), ("V005", "D7", 2022)} <= found
    assert [cell for code, cell, _ in found if code in ("V001", "V005") and cell == "D4"] == ["D4"]


def test_numbers_as_text_in_indicator_rows_are_noted_and_ambiguous_ones_withheld(tmp_path: Path) -> None:
    rows: Rows = [[*row] for row in INDICATORS]
    rows[3][3:] = ["20.000", "510.00"]
    reading = read_table(tmp_path, rows)
    assert only(reading, "V004").origin.cell == "D4"
    assert counts(reading)[("Huyện Đông Giang", 2022)][0] is None


def test_two_rows_for_one_count_and_two_columns_for_one_year_are_used_for_neither(tmp_path: Path) -> None:
    rows: Rows = [[*row, 1] for row in INDICATORS[:7]]
    rows[2][5] = "Năm 2023"
    rows.insert(5, ["", "Hộ nghèo", "hộ", 99, 98, 97])
    reading = read_table(tmp_path, rows)
    assert [one.value for one in reading.findings if one.kind.code == "H003"] == ["B5, B6", "E, F"]
    assert counts(reading) == {("Huyện Đông Giang", 2022): (500, None, 40)}


def test_indicators_without_a_unit_are_not_read(tmp_path: Path) -> None:
    reading = read_table(tmp_path, INDICATORS[1:])
    assert codes(reading).count("H006") == 1
    assert len(reading.observations) == 0
    assert any(one.severity is Severity.ERROR for one in reading.findings)


def test_a_table_of_households_with_the_word_indicator_is_refused(tmp_path: Path) -> None:
    own: Rows = [["STT", "Họ và tên chủ hộ", "Thôn"], [1, "Nguyễn Văn A", "Thôn 1"], [2, "Alăng Thị B", "Thôn 2"]]
    reading = read_table(tmp_path, [*own, *INDICATORS])
    assert len(reading.observations) == 0
    assert codes(reading) == ["F017"]
