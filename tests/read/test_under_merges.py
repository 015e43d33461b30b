"""A figure that lies under a merged range is seen by nobody and counts for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from forms.corpus_formats import OFFICE, saved_by_office
from tests.normalise.cases import HEADER, codes, only, read
from thidua_cli.language import Language
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.read.grid import Cell, Fault, FaultyCell, MergedRange
from thidua_cli.read.under_merges import under_merges

COMMUNES = ("Thị trấn P Rao", "Xã Tà Lu", "Xã Sông Kôn")


def table(folder: Path, *merged: str, **hidden: str | float) -> Path:
    """A table of three communes (rows 4 to 6, names in B, counts in C to E) with cells that lie under merges."""
    path = folder / "bieu.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("Biểu")
        sheet.write("A1", "UBND HUYỆN ĐÔNG GIANG")
        sheet.write("A2", "Năm rà soát: 2023")
        sheet.write_row(2, 0, HEADER)
        for row, name in enumerate(COMMUNES, start=3):
            sheet.write_row(row, 0, [row - 2, name, 400, 60, 30])
        for area in merged:
            sheet.merge_range(area, None)
        for cell, value in hidden.items():
            sheet.write(cell, value)
    return path


def poor(reading: FilesRead) -> list[int | None]:
    rows = reading.observations
    return [rows.value(row, "poor_households") for row in range(len(rows.unit_code))]


def test_a_hidden_figure_is_named_and_not_counted(tmp_path: Path) -> None:
    path = table(tmp_path, "C5:D5", C5=429, D5=7)
    reading = read(path)
    assert poor(reading) == [60, None, 60]
    finding = only(reading, "F014")
    assert (finding.origin.cell, finding.value, codes(reading)) == ("D5", "7", ["F014"])
    assert "vùng ô gộp C5:D5 che" in finding.message()
    assert "merged range C5:D5" in finding.message(Language.EN)


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_figure_is_hidden_in_every_format(suffix: str, tmp_path: Path) -> None:
    if OFFICE is None:
        pytest.skip("LibreOffice, which writes .xls and .ods, is not installed")
    path = table(tmp_path, "C5:D5", C5=429, D5=7)
    saved_by_office([path], suffix, tmp_path)
    reading = read(path.with_suffix(f".{suffix}"))
    assert poor(reading) == [60, None, 60]
    assert codes(reading) == ["F014"]


def test_one_figure_over_three_rows_is_the_figure_of_the_first(tmp_path: Path) -> None:
    reading = read(table(tmp_path, "D4:D6", D4=60, D5=60, D6=60))
    assert poor(reading) == [60, None, None]
    assert codes(reading) == ["F014", "F014"]


def test_the_name_that_is_seen_is_the_name(tmp_path: Path) -> None:
    reading = read(table(tmp_path, "B4:B5", B4="Thị trấn P Rao", B5="Xã Tà Lu"))
    assert "Xã Tà Lu" not in list(reading.observations.unit_name)
    assert "F014" in codes(reading)


def test_words_that_are_not_seen_are_not_read(tmp_path: Path) -> None:
    reading = read(table(tmp_path, "D3:E3", D3="Số hộ nghèo", E3="Số hộ cận nghèo"))
    assert "near_poor_households" not in reading.observations.counts
    titled = read(table(tmp_path, "A2:E2", A2="Năm rà soát: 2023", C2="Năm rà soát: 2019"))
    assert set(titled.observations.year) == {2023}
    assert codes(titled) == ["F014"]


def test_beside_the_table_a_hidden_figure_is_a_note(tmp_path: Path) -> None:
    finding = only(read(table(tmp_path, "G4:H4", G4="ghi chú", H4=12)), "F014")
    assert (finding.severity, finding.origin.cell) == ("note", "H4")


@pytest.mark.parametrize(
    ("rows", "area", "hidden"),
    [
        ([[2023.0], [2023.0]], MergedRange(0, 0, 1, 0), {}),
        ([["Huyện A"], ["Huyện  A"]], MergedRange(0, 0, 1, 0), {}),
        ([["x", "", None]], MergedRange(0, 0, 0, 2), {}),
        ([[2023.0, 2023.0]], MergedRange(0, 0, 0, 1), {(0, 1): "2023"}),
        ([["429", "429"]], MergedRange(0, 0, 0, 1), {(0, 1): "429"}),
        ([[5.0], [0.0]], MergedRange(0, 0, 1, 0), {(1, 0): "0"}),
        ([["tên"], ["tên khác"]], MergedRange(0, 0, 1, 0), {(1, 0): "tên khác"}),
        ([["a", "b"]], MergedRange(0, 0, 0, 1), {(0, 1): None}),
        ([[1.0]], MergedRange(0, 0, 900, 900), {}),
        ([[]], MergedRange(0, 3, 4, 2), {}),
    ],
)
def test_what_says_the_same_is_left(
    rows: list[list[Cell]], area: MergedRange, hidden: dict[tuple[int, int], str | None]
) -> None:
    faults = under_merges(iter(rows), 0, [area])
    assert {place: fault and fault.shown for place, fault in faults.items()} == hidden


def test_merges_are_named_where_the_sheet_begins_further_right() -> None:
    rows: list[list[Cell]] = [[], ["429", 7.0]]
    hidden = under_merges(iter(rows), 7, [MergedRange(1, 7, 1, 8)])
    assert hidden == {(1, 8): FaultyCell(1, 8, "", Fault.UNDER_MERGE, "7", "H2:I2")}
