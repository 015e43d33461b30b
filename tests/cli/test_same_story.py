"""The same facts on every paper: terminal, CSV, JSON, Markdown, workbook, report and trace tell one story of a unit."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from forms.canonical import write_csv
from tests.cli.program import CLASSES, TOP, thidua
from thidua_cli.language import Language
from thidua_cli.lexicon import ANSWER_WORDS
from thidua_cli.present.paper.council import for_council
from thidua_cli.present.toolkit.figures import margin_text

RULES = ("--rules", "qd-666-ttg")
DISTRICT = tuple(sorted(str(path) for path in (TOP / "sample_data/dong-giang").glob("*.xlsx")))
CASES = {
    "district": ((*DISTRICT, "--classes", str(TOP / CLASSES)), 2024),
    "province": ((str(TOP / "sample_data/quang-nam"),), 2024),
    "wards": ((str(TOP / "sample_data/quan-1/quan-1.csv"),), 2025),
}


def read_again(text: str) -> str:
    """Return a text of a page with its line breaks and marks of tables taken out."""
    return " ".join(re.sub(r"[|*]", " ", text).split())


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[tuple[str, ...], int]:
    files, as_of = CASES[request.param]
    return files, as_of


@pytest.fixture(scope="module")
def rows(case: tuple[tuple[str, ...], int]) -> list[dict[str, Any]]:
    files, as_of = case
    document = json.loads(
        thidua("eligible", *files, *RULES, "--as-of", str(as_of), "--format", "json", "--fail-on", "never").text
    )
    found: list[dict[str, Any]] = document["rows"]
    assert found
    return found


def shown(case: tuple[tuple[str, ...], int], *more: str | Path) -> str:
    files, as_of = case
    return thidua("eligible", *files, *RULES, "--as-of", str(as_of), *more).text


def words(row: dict[str, Any]) -> tuple[str, str]:
    """Return verdict and margin of a row of JSON as pages write them."""
    margin = margin_text(row["margin_households"], Language.VI, row["margin_is_bound"])
    return ANSWER_WORDS[row["verdict"]].vi, margin


def test_csv_says_what_json_says(case: tuple[tuple[str, ...], int], rows: list[dict[str, Any]]) -> None:
    lines = list(csv.DictReader(StringIO(shown(case, "--format", "csv"))))
    assert [(line["unit_code"], line["verdict"], line["reason"], line["margin_households"]) for line in lines] == [
        (
            row["unit_code"],
            row["verdict"],
            row["reason"] or "",
            "" if row["margin_households"] is None else str(row["margin_households"]),
        )
        for row in rows
    ]
    assert [line["other_readings"] for line in lines] == [
        " ".join(f"{other['reading']}:{other['verdict']}" for other in row["other_readings"]) for row in rows
    ]


@pytest.mark.parametrize("form", ["table", "markdown", "xlsx"])
def test_pages_say_what_json_says(
    form: str, case: tuple[tuple[str, ...], int], rows: list[dict[str, Any]], tmp_path: Path
) -> None:
    if form == "xlsx":
        shown(case, "--format", "xlsx", "-o", tmp_path / "ket-qua.xlsx")
        sheet = openpyxl.load_workbook(BytesIO((tmp_path / "ket-qua.xlsx").read_bytes())).worksheets[0]
        lines = [" ".join(str(cell.value) for cell in row if cell.value is not None) for row in sheet.iter_rows()]
        text = " ".join(" ".join(lines).split())
    else:
        text = read_again(shown(case, "--format", form))
    for row in rows:
        verdict, margin = words(row)
        assert row["unit_name"] in text
        assert (row["reason"] or "") in text, row["unit_code"]
        assert margin in text
        assert verdict in text
    assert text.count("Phụ thuộc cách hiểu") == sum(bool(row["other_readings"]) for row in rows)


def test_reports_and_traces_say_what_json_says(case: tuple[tuple[str, ...], int], rows: list[dict[str, Any]]) -> None:
    files, as_of = case
    looked_at = [*rows[:3], *[row for row in rows if row["other_readings"]][:3]]
    for row in looked_at:
        unit = ("--unit", row["unit_code"], "-o", "-", "--format", "markdown")
        report = read_again(thidua("report", *files, *RULES, "--as-of", str(as_of), *unit).text)
        trace = read_again(shown(case, "--trace", row["unit_code"], "--format", "markdown"))
        verdict, margin = words(row)
        reason = row["reason"] or ""
        for text, why in ((report, for_council(reason, Language.VI)), (trace, reason)):
            assert verdict in text
            assert row["margin_households"] is None or margin in text
            assert why in text
            assert ("Phụ thuộc cách hiểu" in text) is bool(row["other_readings"])
        for other in row["other_readings"]:
            assert f"--reading {other['reading']}" in trace
            assert f"Phụ thuộc cách hiểu: {ANSWER_WORDS[other['verdict']].vi} nếu hiểu là: " in report
        assert "--" not in re.sub("-{3,}", "", report)


def test_rates_show_the_same_years_and_counts_on_every_paper(case: tuple[tuple[str, ...], int]) -> None:
    files, as_of = case
    tables = [item for item in files if not item.endswith("classes.csv") and item != "--classes"]
    run = ("rates", *tables, "--as-of", str(as_of))
    document = json.loads(thidua(*run, "--format", "json").text)["rows"]
    lines = list(csv.DictReader(StringIO(thidua(*run, "--format", "csv").text)))
    figures = [
        (row["unit_code"], str(year["year"]), "" if year["count"] is None else str(year["count"]))
        for row in document
        for year in row["years"]
    ]
    assert [(line["unit_code"], line["year"], line["count"]) for line in lines] == figures
    known = {row["year"] for row in csv.DictReader(StringIO(thidua("import", *tables, "-o", "-").text))}
    assert {year for _, year, _ in figures} >= known


def test_as_of_2025_the_base_year_stands_on_every_paper_with_its_cells(tmp_path: Path) -> None:
    province = tmp_path / "tinh.csv"
    counts = ((2021, 900), (2022, 700), (2023, 500), (2024, 300), (2025, 100))
    write_csv(
        province,
        [
            {
                "unit_code": "12",
                "year": str(year),
                "households": 9000,
                "poor_households": poor,
                "near_poor_households": 9,
            }
            for year, poor in counts
        ],
    )
    judged = (province, *RULES, "--as-of", "2025", "--fail-on", "never")
    rates = json.loads(thidua("rates", province, "--as-of", "2025", "--format", "json").text)["rows"]
    (row,) = json.loads(thidua("eligible", *judged, "--format", "json").text)["rows"]
    report = thidua("report", *judged, "--unit", "12", "-o", "-", "--format", "markdown").text
    trace = thidua("eligible", *judged, "--trace", "12").text
    thidua("export", *judged, "-o", tmp_path / "nop.xlsx")
    sheet = openpyxl.load_workbook(BytesIO((tmp_path / "nop.xlsx").read_bytes()))["Tỷ lệ và mức giảm"]

    assert [year["year"] for year in rates[0]["years"]] == [2021, 2022, 2023, 2024, 2025]
    assert sorted({figure["year"] for figure in row["figures"]}) == [2021, 2022, 2023, 2024, 2025]
    assert "2021 9.000 900 9 909 10,10" in read_again(report)
    assert re.search(r"2021 tinh.csv H2; I2; J2", read_again(report))
    assert "Cuối năm 2021" in trace
    assert 2021 in {cell.value for line in sheet.iter_rows(max_row=6) for cell in line} | {
        int(cell.value)
        for line in sheet.iter_rows(max_row=6)
        for cell in line
        if isinstance(cell.value, str) and cell.value.isdecimal()
    }


def test_preliminary_figures_are_told_once_of_a_unit_on_each_paper(tmp_path: Path) -> None:
    province = tmp_path / "tinh.csv"
    write_csv(
        province,
        [
            {
                "unit_code": "12",
                "year": str(year),
                "status": "preliminary" if year == 2024 else "final",
                "households": 9000,
                "poor_households": poor,
                "near_poor_households": 9,
            }
            for year, poor in ((2021, 900), (2022, 700), (2023, 500), (2024, 300))
        ],
    )
    judged = (province, *RULES, "--as-of", "2024", "--fail-on", "never")
    report = thidua("report", *judged, "--unit", "12", "-o", "-", "--format", "markdown").text
    assert thidua("eligible", *judged).text.count("sơ bộ") == 1
    assert thidua("eligible", *judged, "--trace", "12").text.count("sơ bộ") == 1
    assert report.count("sơ bộ") == 1
