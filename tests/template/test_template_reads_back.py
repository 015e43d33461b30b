"""A template that was filled in reads back with the right unit, year and counts; an empty one says what is missing."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.template.cases import (
    FIGURES,
    HOUSEHOLDS,
    NEAR_POOR,
    POOR,
    built,
    fill,
    recalculated,
    save,
    sheet_of,
    work_out,
)
from thidua_cli import pipeline
from thidua_cli.model import year_end
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.present.template.lines import Arrangement
from thidua_cli.units.tables import bundled

OFFICE = shutil.which("soffice")
SCOPES = [
    pytest.param("505", 2024, id="district"),
    pytest.param("49", 2024, id="province-of-districts"),
    pytest.param("48", 2025, id="province-of-communes"),
    pytest.param("11", 2026, id="province-of-wards-and-communes"),
    pytest.param("502", 2023, id="district-of-wards-and-communes"),
    pytest.param("498", 2024, id="island-district-without-communes"),
]


def read(path: Path) -> FilesRead:
    reading = pipeline.read([str(path)])
    assert pipeline.check(reading) == []
    return reading


def households(reading: FilesRead) -> dict[str, int | None]:
    rows = reading.observations
    return {code: rows.counts["households"][row] for row, code in enumerate(rows.unit_code)}


@pytest.mark.parametrize("arrangement", Arrangement)
@pytest.mark.parametrize(("code", "year"), SCOPES)
def test_a_filled_template_reads_back_without_a_finding(
    code: str, year: int, arrangement: Arrangement, tmp_path: Path
) -> None:
    sheet = sheet_of(built(code, year, arrangement=arrangement))
    fill(sheet)
    work_out(sheet)
    reading = read(save(sheet, tmp_path / "form.xlsx"))
    assert set(reading.observations.year) == {year}
    (table,) = reading.tables
    assert table.scope == bundled().get(code, year_end(year))
    below = bundled().children(code, year_end(year))
    assert {code, *(unit.code for unit in below)} <= set(reading.observations.unit_code)


def test_the_counts_of_every_unit_and_of_the_total_are_those_filled_in(tmp_path: Path) -> None:
    sheet = sheet_of(built("505", 2024))
    fill(sheet)
    work_out(sheet)
    reading = read(save(sheet, tmp_path / "form.xlsx"))
    rows = reading.observations
    assert len(rows) == 12
    by_code = {code: row for row, code in enumerate(rows.unit_code)}
    first, total = by_code["20467"], by_code["505"]
    assert [rows.counts[name][first] for name in ("households", "poor_households", "near_poor_households")] == [
        FIGURES[column] + 10 for column in (HOUSEHOLDS, POOR, NEAR_POOR)
    ]
    of_communes = {code: count or 0 for code, count in households(reading).items() if code != "505"}
    assert rows.counts["households"][total] == sum(of_communes.values())


def test_villages_are_those_that_were_named_and_empty_lines_are_none(tmp_path: Path) -> None:
    sheet = sheet_of(built("20473", 2024))
    for row, name in ((11, "Thôn Một"), (12, "Thôn Hai"), (14, "Thôn Ba")):
        sheet[f"B{row}"].value = name
        for column, figure in FIGURES.items():
            sheet[f"{column}{row}"].value = figure
    work_out(sheet)
    reading = read(save(sheet, tmp_path / "form.xlsx"))
    assert reading.observations.unit_name[:3] == ["Thôn Một", "Thôn Hai", "Thôn Ba"]
    assert households(reading)["20473"] == 3000


@pytest.mark.parametrize(("code", "units"), [("505", 11), ("20473", 0)])
def test_an_empty_template_lacks_figures_and_nothing_else_is_wrong(code: str, units: int, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(built(code, 2024))
    reading = pipeline.read([str(path)])
    assert [finding.kind.code for finding in pipeline.check(reading)] == ["F011"]
    assert len(reading.observations) == units
    assert [code for code in reading.observations.unit_code if code == "505"] == []


@pytest.mark.parametrize("arrangement", Arrangement)
def test_an_empty_form_of_a_province_lacks_figures_and_nothing_else_is_wrong(
    arrangement: Arrangement, tmp_path: Path
) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(built("49", 2024, arrangement=arrangement))
    findings = pipeline.check(pipeline.read([str(path)]))
    assert {finding.kind.code for finding in findings} == {"F011"}


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
def test_an_office_program_gets_the_results_that_the_formulas_promise(tmp_path: Path) -> None:
    sheet = sheet_of(built("505", 2024))
    fill(sheet)
    path = recalculated(save(sheet, tmp_path / "form.xlsx"), str(OFFICE))
    read(path)
    work_out(sheet)
    calculated = sheet_of(path.read_bytes(), values=True)
    assert calculated["E21"].value == sheet["E21"].value
    assert calculated["F21"].value == pytest.approx(sheet["F21"].value)


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize("form", ["09", "10"])
def test_the_closing_count_takes_all_eight_movements(form: str, tmp_path: Path) -> None:
    sheet = sheet_of(built("505", 2024, form))
    for row, scale in ((12, 1), (13, 4), (16, 1), (17, 4), (18, 1), (19, 4)):
        for column, figure in zip("DEFGHIJK", (1000, 100, 50, 7, 20, 10, 5, 3), strict=True):
            sheet[f"{column}{row}"].value = figure * scale
    path = recalculated(save(sheet, tmp_path / "form.xlsx"), str(OFFICE))
    calculated = sheet_of(path.read_bytes(), values=True)
    closing = 1000 - 100 - 50 - 7 + 20 + 10 + 5 + 3
    assert [calculated[f"L{row}"].value for row in (10, 11, 12, 13)] == [closing, 4 * closing] * 2
    assert [calculated[f"L{row}"].value for row in (14, 15, 16, 17, 20)] == [
        2 * closing,
        8 * closing,
        closing,
        4 * closing,
        "-",
    ]
    total = next(int(cell.row) for cell in sheet["A"] if cell.value == "III")
    assert [calculated[f"D{row}"].value for row in (total, total + 1)] == [3000, 12000]
    assert [calculated[f"L{row}"].value for row in (total, total + 1)] == [3 * closing, 12 * closing]


def test_a_unit_of_the_tables_stands_on_the_form_of_its_own_time() -> None:
    assert bundled().get("505", date(2025, 12, 31)) is None
    sheet = sheet_of(built("48", 2025))
    names = [cell.value for cell in sheet["B"]]
    assert names.index("Đặc khu Hoàng Sa") > names.index("Khu vực nông thôn")
    assert names.index("Phường Hải Châu") < names.index("Khu vực nông thôn")
