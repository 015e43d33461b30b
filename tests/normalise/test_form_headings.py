"""Columns of a form that are missing, unknown or double."""

from pathlib import Path

from .cases import DISTRICT, HEADER, Cell, counts, only, read_table, table


def test_two_columns_of_unit_names_are_reported_and_no_figure_goes_to_the_wrong_unit(tmp_path: Path) -> None:
    header = ("TT", "Đơn vị", "Địa bàn", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
    reading = read_table(tmp_path, table(["1", "Đông Giang", "Tà Lu", 500, 120, 40], header=header))
    assert only(reading, "H003").value == "B, C"
    assert len(reading.observations) == 0


def test_a_required_column_that_is_missing_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    header = ("TT", "Tên đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận ngheo đói")
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 120, 40], header=header))
    assert only(reading, "H001").column == "near_poor_households"
    assert "Số hộ cận nghèo" in only(reading, "H002").message()
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, None)}


def test_of_two_columns_for_one_count_neither_is_used(tmp_path: Path) -> None:
    header = (*HEADER, "Hộ nghèo")
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 120, 40, 99], header=header))
    assert only(reading, "H003").value == "D, F"
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, None, 40)}


def test_below_the_poor_the_end_of_the_year_is_their_count_and_its_beginning_is_not(tmp_path: Path) -> None:
    groups: list[Cell] = ["TT", "Xã", "Tổng số hộ", "Hộ nghèo", None, "Hộ cận nghèo", None]
    times: list[Cell] = [None, None, None, "Đầu năm", "Cuối năm", "Đầu kỳ", "Cuối kỳ"]
    title: list[list[Cell]] = [[DISTRICT], ["KẾT QUẢ RÀ SOÁT NĂM 2023"]]
    reading = read_table(tmp_path, [*title, groups, times, ["1", "Xã Tà Lu", 500, 130, 120, 44, 40]])
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}
    unknown = [finding.value for finding in reading.findings if finding.kind.code == "H002"]
    assert unknown == ["Hộ nghèo › Đầu năm", "Hộ cận nghèo › Đầu kỳ"]
