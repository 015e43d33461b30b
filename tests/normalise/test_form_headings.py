"""Columns of a form that are missing, unknown or double."""

from pathlib import Path

from .cases import HEADER, counts, only, read_table, table


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
