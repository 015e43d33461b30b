"""The same file or table twice is counted once, and said."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from forms import canonical
from thidua_cli import pipeline
from thidua_cli.model import Status
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.record.layout_record import LeftOut, RowsLeftOut
from thidua_cli.normalise.tables import read_source
from thidua_cli.read.source import Source
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.tables import bundled

from .cases import DISTRICT, Cell, codes, counts, only, read, table, write_sheet, write_sheets

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
    first, copy = reading.layouts
    assert (first.taken, first.left_out) == (((2, 2),), ())
    assert (copy.taken, copy.left_out) == ((), (RowsLeftOut(2, 2, LeftOut.COPY),))


BOTH = {Status.PRELIMINARY: 2, Status.FINAL: 2}


def test_a_final_table_equal_to_the_preliminary_one_is_no_copy(tmp_path: Path) -> None:
    reading = read(write_sheets(tmp_path / "a.xlsx", {"Sơ bộ": ROWS, "Chính thức": ROWS}))
    assert codes(reading) == []
    assert Counter(reading.observations.status) == BOTH


def test_a_final_file_with_the_bytes_of_the_preliminary_one_is_no_copy(tmp_path: Path) -> None:
    first = write_sheet(tmp_path / "bieu 08 so bo.xlsx", ROWS)
    second = tmp_path / "bieu 08 chinh thuc.xlsx"
    third = tmp_path / "bieu 08 chinh thuc (1).xlsx"
    shutil.copy(first, second)
    shutil.copy(first, third)
    reading = read(first, second, third)
    assert only(reading, "F008").origin.file == str(third)
    assert Counter(reading.observations.status) == BOTH


@pytest.mark.parametrize(
    ("first", "second"), [("bieu 2022.xlsx", "bieu 2023.xlsx"), ("2022/bieu.xlsx", "2023/bieu.xlsx")]
)
def test_files_of_the_same_bytes_are_no_copies_where_their_names_say_the_year(
    first: str, second: str, tmp_path: Path
) -> None:
    rows = table(["1", "Xã Tà Lu", 500, 120, 40], title=(DISTRICT,))
    for name in (first, second):
        (tmp_path / name).parent.mkdir(exist_ok=True)
    write_sheet(tmp_path / first, rows)
    shutil.copy(tmp_path / first, tmp_path / second)
    reading = read(tmp_path / first, tmp_path / second)
    assert counts(reading) == {("Xã Tà Lu", 2022): (500, 120, 40), ("Xã Tà Lu", 2023): (500, 120, 40)}
    assert codes(reading) == []


def test_a_year_in_the_title_makes_files_of_two_years_one_table_all_the_same(tmp_path: Path) -> None:
    first = write_sheet(tmp_path / "bieu 2022.xlsx", ROWS)
    shutil.copy(first, tmp_path / "bieu 2023.xlsx")
    reading = read(first, tmp_path / "bieu 2023.xlsx")
    assert codes(reading) == ["F008", "H005"]
    assert set(reading.observations.year) == {2023}


def test_files_of_the_same_bytes_are_no_copies_where_their_folders_say_the_status(tmp_path: Path) -> None:
    for folder in ("So bo", "Chinh thuc"):
        (tmp_path / folder).mkdir()
    first = write_sheet(tmp_path / "So bo" / "bieu.xlsx", ROWS)
    second = tmp_path / "Chinh thuc" / "bieu.xlsx"
    shutil.copy(first, second)
    assert Counter(read(first, second).observations.status) == BOTH


def test_a_canonical_table_is_no_copy_of_the_one_with_another_status(tmp_path: Path) -> None:
    columns = ("unit_code", "year", "status", "households", "poor_households", "near_poor_households")
    figures: canonical.Row = {
        "unit_code": "20458",
        "year": 2023,
        "households": 9,
        "poor_households": 3,
        "near_poor_households": 1,
    }
    for status in Status:
        rows: list[canonical.Row] = [{**figures, "status": status.value}]
        canonical.write_csv(tmp_path / f"{status}.csv", rows, columns)
    reading = read(tmp_path / "preliminary.csv", tmp_path / "final.csv")
    assert codes(reading) == []
    assert sorted(reading.observations.status) == ["final", "preliminary"]


def test_indicators_are_no_copy_of_those_with_another_status(tmp_path: Path) -> None:
    def indicators(status: str) -> list[list[Cell]]:
        rows: list[list[Cell]] = [[DISTRICT], [f"Kết quả {status}"], ["Chỉ tiêu", "2022", "2023"]]
        counts = {"Tổng số hộ": 500, "Số hộ nghèo": 120, "Số hộ cận nghèo": 40}
        return rows + [[name, count, count] for name, count in counts.items()]

    sheets = {"1": indicators("sơ bộ"), "2": indicators("chính thức"), "3": indicators("chính thức")}
    reading = read(write_sheets(tmp_path / "a.xlsx", sheets))
    assert codes(reading) == ["F008", "F008"]  # one of each year
    assert Counter(reading.observations.status) == BOTH


def test_reading_a_file_twice_gives_equal_values_and_a_copy_adds_nothing_but_a_finding(tmp_path: Path) -> None:
    rows = table(["1", "Xã Tà Lu", 500, "12,5", 40], ["2", "Xã Không Có", 9, 1, 1], ["", "Tổng cộng", 500, 120, 40])
    source = Source("a.xlsx", write_sheet(tmp_path / "a.xlsx", rows))
    finder = UnitFinder(bundled())
    once = read_source(source, ReadingOptions(), finder)
    assert once == read_source(source, ReadingOptions(), finder)
    assert {finding.kind.code for part in once.parts for one in part.tables for finding in one.findings} == {
        "U002",
        "V001",
    }
    reading, again = FilesRead(), FilesRead()
    reading.add(once)
    again.add(once)
    again.add(once)
    assert [finding.kind.code for finding in again.findings[len(reading.findings) :]] == ["F008"]
    copy = again.layouts[-1]
    assert {rows.reason for rows in copy.left_out} >= {LeftOut.COPY}
    kept = replace(again, findings=reading.findings, layouts=again.layouts[:-1], files=1)
    assert kept == reading
