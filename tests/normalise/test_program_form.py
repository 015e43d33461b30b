"""Form 1 of a provincial program as its software exports it: no province, no year, a third group of households."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from tests.template.cases import built, save, sheet_of
from thidua_cli import eligible, pipeline, rates
from thidua_cli.model import year_end
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.forms.register import named_form, template_forms
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.sheet.heading_table import bundled_headings
from thidua_cli.units.tables import bundled

from .cases import Cell

FORM = template_forms()["1-tinh"]
DISTRICTS: list[list[Cell]] = [
    ["1", "Huyện Cư Jút", 10, 100, 204, 2040, 305, 3050, 2, 20, 852, 852, 1389, 1389, 3, 3],
    ["1.1", "Thị trân Ea TLing", 10, 100, 5, 50, 15, 150, 2, 20, 17, 17, 70, 70, 3, 3],
    ["1.2", "Xã Đăk DRông", 0, 0, 74, 0, 79, 0, 0, 0, 324, 0, 362, 0, 0, 0],
    ["2", "Huyện Đăk Glong", 246, 1078, 923, 375.2, 783, 318.29, 0, 0, 5056, 469.02, 4356, 404.08, 0, 0],
    ["2.1", "Xã Đăk Ha", 10, 60, 237, 2370, 90, 900, 0, 0, 1067, 1778.3, 383, 638.33, 0, 0],
]
"""Figures of the export, most of whose totals are 0; "Thị trân" stands for "Thị trấn"."""


def exported(
    folder: Path, rows: Sequence[Sequence[Cell]] = DISTRICTS, third: str = "", name: str = "bieu.xlsx"
) -> Path:
    """Write the form as its software does; `third` replaces the heading of the third group of households."""
    path = folder / name
    with Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Form 1")
        sheet.write_string("B1", "ỦY BAN NHÂN DÂN")
        sheet.write_string("A4", FORM.printed_title)
        for top, left, bottom, right, text in FORM.heading_cells():
            words = third if third and "mức sống trung bình" in text else text
            if (top, left) == (bottom, right):
                sheet.write_string(6 + top, left, words)
            else:
                sheet.merge_range(6 + top, left, 6 + bottom, right, words)
        for column, number in enumerate(("A", "B", "1", "2", "3", "4=3/1*100", "5", "6=5/1*100", "7", "8=7/1*100")):
            sheet.write_string(9, column, number)
        for row, cells in enumerate(rows, start=10):
            sheet.write_row(row, 0, cells)
    return path


def read(path: Path, unit: str | None = None) -> FilesRead:
    return pipeline.read([str(path)], ReadingOptions(2024, unit))


def test_the_province_is_told_by_the_names_in_the_rows_and_the_counts_are_those_printed(tmp_path: Path) -> None:
    reading = read(exported(tmp_path))
    assert [(finding.kind.code, finding.value) for finding in reading.findings] == [("U010", "Thị trân Ea TLing")]
    (table,) = reading.tables
    assert table.scope is not None
    assert (table.form, table.scope.code, reading.layouts[0].scope_from) == (FORM.id, "67", "rows")
    counts = reading.observations.counts
    assert list(counts["households"]) == [10, 10, 0, 246, 10]
    assert list(counts["poor_households"]) == [204, 5, 74, 923, 237]
    assert list(counts["near_poor_households"]) == [305, 15, 79, 783, 90]


def test_more_poor_than_households_is_told_at_its_cell_and_a_total_of_0_is_no_exception(tmp_path: Path) -> None:
    findings = pipeline.check(read(exported(tmp_path)))
    cells = [str(finding.origin).rpartition(" › ")[2] for finding in findings if finding.kind.code == "L001"]
    assert cells == ["E11", "E12", "E13", "E14", "E15"]


def test_no_rate_and_so_no_verdict_on_rates_is_taken_from_a_total_of_0(tmp_path: Path) -> None:
    files = []
    for year, poor in zip(range(2021, 2025), (800, 400, 200, 100), strict=True):
        rows = [[row[0], row[1], 0, 0, poor, 0, poor // 2, 0] for row in DISTRICTS]
        files.append(exported(tmp_path, rows, name=f"bieu-{year}.xlsx"))
    assert rates(*files)["rate_exact"].isna().all()
    verdicts = eligible(*files, rules="qd-666-ttg", as_of=2024).set_index("unit_name")["verdict"]
    assert verdicts["Huyện Đăk Glong"] == "undetermined"  # a poor district, which is judged by its rate alone


def test_a_household_of_the_third_group_is_neither_a_household_of_all_nor_a_poor_one(tmp_path: Path) -> None:
    used = {column.letters: column.meaning for column in read(exported(tmp_path)).layouts[0].columns}
    assert {used[letters] for letters in "IJOP"} == {"ignored:other_group"}
    assert {used[letters] for letters in "KLMN"} == {"ignored:persons"}


def test_a_group_that_nobody_knows_keeps_its_households_and_leaves_the_others_theirs(tmp_path: Path) -> None:
    reading = read(exported(tmp_path, third="Hộ thuộc diện khác"), "67")
    headings = [str(finding.value) for finding in reading.findings if finding.kind.code == "H002"]
    assert [heading.split(" › ")[1:] for heading in headings] == [
        ["Hộ thuộc diện khác", "Số hộ"],
        ["Hộ thuộc diện khác", "Tỷ lệ"],
    ]
    assert list(reading.observations.counts["households"]) == [10, 10, 0, 246, 10]


@pytest.mark.parametrize("number", ["Số hộ", "Tổng số hộ", "Hộ", "Tổng số"])
def test_a_bare_number_is_of_all_households_only_below_what_names_no_group(number: str) -> None:
    meaning = bundled_headings().meaning
    known = meaning((number,))
    assert meaning(("Kết quả rà soát năm 2023", number)) == known
    assert meaning(("Tổng số", number)) == known
    assert meaning(("Hộ thuộc diện khác", number)) is None
    assert meaning(("Kết quả rà soát", "Hộ thuộc diện khác", number)) is None
    assert meaning(("Hộ thuộc diện khác", "Hộ nghèo", number)) is None
    assert meaning(("Kết quả rà soát năm 2023", "Hộ nghèo", number)) == "poor_households"


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "Huyện Châu Thành", 900, 0, 100, 0, 50, 0]],
        [DISTRICTS[0], ["2", "Huyện Đông Giang", 900, 0, 100, 0, 50, 0]],
        [*DISTRICTS, ["2.2", "Xã Không Có", 900, 0, 100, 0, 50, 0]],
    ],
    ids=["name-of-ten-provinces", "districts-of-two-provinces", "commune-of-none"],
)
def test_no_province_is_taken_that_some_name_is_not_of(rows: Sequence[Sequence[Cell]], tmp_path: Path) -> None:
    reading = read(exported(tmp_path, rows))
    assert [finding.kind.code for finding in reading.findings] == ["H006"]
    assert len(reading.observations) == 0


def test_without_year_it_is_said_that_no_year_is_known(tmp_path: Path) -> None:
    reading = pipeline.read([str(exported(tmp_path))])
    assert [finding.kind.code for finding in reading.findings] == ["H004"]


def test_the_form_is_known_by_the_heading_of_its_third_group() -> None:
    headings = tuple(text for column in FORM.columns for text in column.heading)
    assert named_form(headings, ()) is FORM


@pytest.mark.parametrize(("code", "year"), [("67", 2024), ("617", 2024), ("66", 2025)])
def test_its_template_filled_in_reads_back_without_a_finding(code: str, year: int, tmp_path: Path) -> None:
    sheet = sheet_of(built(code, year, FORM.number))
    lines = [row for row in range(11, sheet.max_row) if str(sheet[f"F{row}"].value).startswith("=")]
    for row in lines:
        for column, figure in zip("CDEGIKMO", (1000, 4000, 100, 50, 30, 400, 200, 120), strict=True):
            if not sheet[f"{column}{row}"].protection.locked:
                sheet[f"{column}{row}"].value = figure
    for row in lines:
        for column in "CDEFGHIJKLMNOP":
            if str(sheet[f"{column}{row}"].value).startswith("="):
                sheet[f"{column}{row}"].value = "-"
    reading = pipeline.read([str(save(sheet, tmp_path / "form.xlsx"))])
    assert [finding.kind.code for finding in pipeline.check(reading) if finding.kind.code != "V005"] == []
    (table,) = reading.tables
    assert (table.form, table.year) == (FORM.id, year)
    below = {unit.code for unit in bundled().children(code, year_end(year))}
    assert below <= set(reading.observations.unit_code)


def test_a_place_that_the_user_states_goes_before_what_every_row_tells(tmp_path: Path) -> None:
    path = str(exported(tmp_path))
    inside = pipeline.read([path], ReadingOptions(2024, within="67"))
    assert [finding.kind.code for finding in inside.findings] == ["U010"]
    assert len(inside.observations) == 5
    elsewhere = pipeline.read([path], ReadingOptions(2024, within="40"))
    assert [finding.kind.code for finding in elsewhere.findings] == ["H009"]
    assert len(elsewhere.observations) == 0
