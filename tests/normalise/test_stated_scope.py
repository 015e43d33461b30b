"""The unit that the user gives against what the table says: never applied in silence where they contradict."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.check.catalogue import KINDS
from thidua_cli.errors import UsageError
from thidua_cli.findings import Severity, Standing
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.mapping import load_mapping
from thidua_cli.normalise.options import ReadingOptions

from .cases import Cell, codes, counts, only, read, read_table, table, write_sheet

YEAR = "Năm rà soát: 2023"
DONG_GIANG = "UBND HUYỆN ĐÔNG GIANG"
ROWS: list[list[Cell]] = [["1", "Tà Lu", 500, 120, 40], ["2", "Sông Kôn", 800, 200, 80], ["3", "A Rooi", 300, 90, 20]]
NAMES = ["Xã Tà Lu", "Xã Sông Kôn", "Xã A Rooi"]
VILLAGES: list[list[Cell]] = [["1", "Thôn 1", 100, 5, 6]]


def names(reading: FilesRead) -> list[str]:
    return [name for name, _ in counts(reading)]


@pytest.mark.parametrize("unit", ["505", "49"], ids=["itself", "nothing-named"])
def test_a_unit_that_nothing_contradicts_is_taken(unit: str, tmp_path: Path) -> None:
    title = [DONG_GIANG, YEAR] if unit == "505" else [YEAR]
    reading = read_table(tmp_path, table(*ROWS, title=title), unit=unit)
    assert codes(reading) == []
    assert names(reading) == NAMES


def test_a_title_of_another_district_wins_and_the_error_stands_at_its_cell(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*ROWS, title=[DONG_GIANG, YEAR]), unit="504")
    assert codes(reading) == ["H007"]
    finding = only(reading, "H007")
    assert (finding.origin.cell, finding.severity, finding.unit_code) == ("A1", Severity.ERROR, "505")
    assert "--unit 504 là Huyện Tây Giang: đọc theo tiêu đề" in finding.message()
    assert names(reading) == NAMES
    assert [table.scope.code for table in reading.tables if table.scope] == ["505"]


def test_where_a_title_and_the_given_unit_differ_and_no_row_is_of_the_title_one_error_says_it(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*ROWS, title=["UBND HUYỆN TÂY GIANG", YEAR]), unit="505")
    assert codes(reading) == ["H007"]
    assert "biểu không được đọc" in only(reading, "H007").message()
    assert len(reading.observations) == 0


def test_a_title_that_several_districts_fit_is_not_what_was_given_either(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*ROWS, title=["UBND HUYỆN CHÂU THÀNH", YEAR]), unit="505")
    assert codes(reading) == ["H007"]
    assert "Huyện Châu Thành (10 đơn vị)" in only(reading, "H007").message()
    assert len(reading.observations) == 0


def test_a_districts_table_given_as_its_provinces_is_read_as_the_districts_and_within_is_offered(
    tmp_path: Path,
) -> None:
    rows: list[list[Cell]] = [*ROWS, ["", "Tổng cộng", 1600, 410, 140]]
    reading = read_table(tmp_path, table(*rows, title=[DONG_GIANG, YEAR]), unit="49")
    assert "dùng --within 49" in only(reading, "H007").message()
    assert counts(reading)["Huyện Đông Giang", 2023] == (1600, 410, 140)


def test_of_several_communes_of_a_title_the_one_in_the_given_district_is_read(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*VILLAGES, title=["UBND XÃ HÒA BÌNH", YEAR]), unit="17")
    assert codes(reading) == ["H007"]
    assert reading.observations.parent_code == ["04825"]


def test_a_title_of_the_province_leaves_the_given_district_where_rows_are_of_it(tmp_path: Path) -> None:
    title = ["UBND TỈNH QUẢNG NAM", YEAR]
    assert codes(read_table(tmp_path, table(*ROWS, title=title), unit="505")) == []
    reading = read_table(tmp_path, table(*ROWS, title=title), unit="504")
    assert codes(reading) == ["H007"]
    assert names(reading) == NAMES


@pytest.mark.parametrize("year", [2023, 2025])
def test_a_title_of_a_unit_of_another_list_is_held_against_its_heirs(year: int, tmp_path: Path) -> None:
    title = ["UBND HUYỆN ĐÔNG GIANG", f"Năm rà soát: {year}"]
    rows: list[list[Cell]] = [["1", "Xã Sông Kôn", 800, 200, 80]]
    reading = read_table(tmp_path, table(*rows, title=title), unit="38")
    assert codes(reading) == ["H007"]
    own = "48" if year == 2025 else "505"
    assert codes(read_table(tmp_path, table(*rows, title=title), unit=own)) == []


@pytest.mark.parametrize(
    ("file", "where"), [("Huyện Tây Giang 2023.xlsx", "Tên tệp"), ("Huyện Tây Giang/bieu.xlsx", "Tên thư mục")]
)
def test_the_name_of_file_or_folder_only_warns(file: str, where: str, tmp_path: Path) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    reading = read(write_sheet(path, table(*ROWS, title=[YEAR])), unit="505")
    assert codes(reading) == ["H008"]
    finding = only(reading, "H008")
    assert (finding.severity, finding.unit_code) == (Severity.WARNING, "505")
    assert finding.message().startswith(f"{where} ghi Huyện Tây Giang")
    assert names(reading) == NAMES


@pytest.mark.parametrize("name", ["Tỉnh Quảng Nam", "Xã Tà Lu", "bieu-2023"])
def test_a_name_of_a_place_around_or_inside_the_given_unit_contradicts_nothing(name: str, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / f"{name}.xlsx", table(*ROWS, title=[YEAR]))
    assert codes(read(path, unit="505")) == []


def test_where_no_row_is_of_the_given_unit_one_error_stands_for_all_rows(tmp_path: Path) -> None:
    reading = read_table(tmp_path, table(*ROWS, title=[YEAR]), unit="504")
    assert codes(reading) == ["H009"]
    assert "3 tên trong biểu khớp với Huyện Đông Giang: --unit 505" in only(reading, "H009").message()
    assert len(reading.observations) == 0


def test_two_rows_of_another_district_are_told_one_by_one(tmp_path: Path) -> None:
    assert codes(read_table(tmp_path, table(*ROWS[:2], title=[YEAR]), unit="504")) == ["U002", "U002"]


def test_one_row_of_the_given_unit_keeps_the_others_told_one_by_one(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [*ROWS, ["4", "Xã A Nông", 100, 10, 5]]
    assert codes(read_table(tmp_path, table(*rows, title=[YEAR]), unit="504")) == ["U002", "U002", "U002"]


@pytest.mark.parametrize("prefix", ["Xã ", ""])
def test_communes_are_no_villages_of_a_commune_that_is_given(prefix: str, tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[row[0], f"{prefix}{row[1]}", *row[2:]] for row in ROWS]
    reading = read_table(tmp_path, table(*rows, title=[YEAR]), unit="20494")
    assert codes(reading) == ["H009"]


def test_villages_of_a_commune_that_is_given_are_read(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["1", "Thôn A Duông", 100, 5, 6],
        ["2", "Thôn A Dung", 90, 4, 3],
        ["3", "Thôn Bền", 9, 1, 0],
    ]
    reading = read_table(tmp_path, table(*rows, title=[YEAR]), unit="20494")
    assert codes(reading) == []
    assert len(reading.observations) == 3


def mapped(folder: Path, scope: str, title: str) -> FilesRead:
    mapping = folder / "form.toml"
    columns = 'households = "C"\npoor_households = "D"\nnear_poor_households = "E"'
    mapping.write_text(f'unit = "B"\nfirst_row = 4\nscope = "{scope}"\n[columns]\n{columns}\n', "utf-8")
    path = write_sheet(folder / "bieu.xlsx", table(*ROWS, title=[title, YEAR]))
    return pipeline.read([str(path)], ReadingOptions(mapping=load_mapping(mapping)))


def test_the_unit_of_a_form_of_ones_own_is_held_against_the_title_too(tmp_path: Path) -> None:
    assert codes(mapped(tmp_path, "505", DONG_GIANG)) == []
    reading = mapped(tmp_path, "504", DONG_GIANG)
    assert codes(reading) == ["H007"]
    assert "form.toml: scope = 504" in only(reading, "H007").message()
    assert names(reading) == NAMES
    assert codes(mapped(tmp_path, "504", "BIỂU TỔNG HỢP")) == ["H009"]


def test_what_contradicts_leaves_no_figure_certain_and_a_note_leaves_all() -> None:
    standing = {kind.code: kind.standing for kind in KINDS}
    assert standing["H007"] is Standing.VOID
    assert standing["H008"] is Standing.NOTHING
    assert standing["H010"] is Standing.NOTHING


def test_a_unit_that_no_list_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_table(tmp_path, table(*ROWS, title=[YEAR]), unit="999")
