"""The same file or table twice is counted once, and said."""

import shutil
from pathlib import Path

from forms import canonical
from thidua_cli import pipeline

from .cases import codes, counts, only, read, table, write_sheet, write_sheets

ROWS = table(["1", "Xã Tà Lu", 500, 120, 40], ["", "Tổng cộng", 500, 120, 40])


def test_the_same_file_under_another_name_is_read_once(tmp_path: Path) -> None:
    first = write_sheet(tmp_path / "bieu.xlsx", ROWS)
    copy = tmp_path / "bieu (1).xlsx"
    shutil.copy(first, copy)
    reading = read(first, copy)
    assert only(reading, "F008").origin.file == str(copy)
    assert len(reading.observations) == 2
    assert (len(reading.totals), reading.files, reading.refused) == (1, 2, 0)


def test_the_same_table_in_two_files_is_counted_once(tmp_path: Path) -> None:
    first = write_sheet(tmp_path / "a.xlsx", ROWS)
    second = write_sheet(tmp_path / "b.xlsx", [["Bản sao"], *ROWS], name="Khác")
    reading = read(first, second)
    assert str(first) in only(reading, "F008").message()
    assert counts(reading).keys() == {("Xã Tà Lu", 2023), ("Huyện Đông Giang", 2023)}
    assert len(reading.totals) == len(reading.tables) == 1
    assert [finding.kind.code for finding in pipeline.check(reading)] == ["F008", "U008"]


def test_the_same_table_in_two_sheets_is_counted_once(tmp_path: Path) -> None:
    reading = read(write_sheets(tmp_path / "a.xlsx", {"Mẫu 08": ROWS, "Mẫu 08 (2)": ROWS}))
    assert codes(reading) == ["F008"]
    assert len(reading.observations) == 2


def test_a_table_that_differs_in_one_figure_is_no_copy(tmp_path: Path) -> None:
    other = table(["1", "Xã Tà Lu", 500, 121, 40], ["", "Tổng cộng", 500, 121, 40])
    reading = read(write_sheet(tmp_path / "a.xlsx", ROWS), write_sheet(tmp_path / "b.xlsx", other))
    assert codes(reading) == []
    assert len(reading.observations) == 4


def test_a_canonical_table_as_csv_and_workbook_is_counted_once(tmp_path: Path) -> None:
    rows: list[canonical.Row] = [{"unit_code": "20956", "year": 2023, "households": 9, "poor_households": 3}]
    columns = ("unit_code", "year", "households", "poor_households", "near_poor_households")
    canonical.write_csv(tmp_path / "a.csv", rows, columns)
    canonical.write_xlsx(tmp_path / "b.xlsx", rows, columns)
    reading = read(tmp_path / "a.csv", tmp_path / "b.xlsx")
    assert codes(reading) == ["F008", "V005"]
    assert len(reading.observations) == 1
