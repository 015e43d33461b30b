"""`thidua rates --published`: alone, and beside files."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

import thidua_cli
from tests.cli.program import DISTRICT, TOP, thidua

SCHEMAS = TOP / "src/thidua_cli/data/schemas"
PROVINCE = TOP / "sample_data/quang-nam"


def document(*words: str | Path) -> Any:
    said = json.loads(thidua("rates", *words, "--published", "--format", "json").text)
    schema = json.loads((SCHEMAS / f"{said['schema'].replace('/', '.')}.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(said)
    return said


def test_no_file_is_needed_and_every_format_lists_the_same_rows(tmp_path: Path) -> None:
    said = document()
    assert said["schema"] == "thidua.published/1"
    addresses = [row["address"] for row in said["rows"]]
    lines = list(csv.DictReader(StringIO(thidua("rates", "--published", "--format", "csv").text)))
    assert [line["address"] for line in lines] == addresses
    pages = [thidua("rates", "--published", "--format", "markdown").text]
    book = tmp_path / "so.xlsx"
    assert thidua("rates", "--published", "-o", book).status == 0
    sheets = load_workbook(book)
    pages.append("\n".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row))
    assert len(addresses) > 20
    assert all(address in page for page in pages for address in addresses)


def test_figures_stand_as_printed_with_source_and_day() -> None:
    (row,) = [row for row in document("--unit", "VN")["rows"] if row["year"] == 2024]
    assert (row["poor_households"], row["near_poor_households"], row["multidimensional_households"]) == (
        *(599608, None, 1258997),
    )
    assert (row["poor_rate_percent"], row["document"], row["day"]) == ("1.93", "217/QĐ-BLĐTBXH", "2025-02-04")
    page = thidua("rates", "--published", "--unit", "44").text
    assert "5,0" in page
    assert "12.248" in page
    assert "12.250" in page


def test_falls_stand_beside_the_figures_they_are_taken_from() -> None:
    rows = {row["year"]: row for row in document("--unit", "49")["rows"]}
    assert rows[2021]["fall_points_low"] is None
    assert rows[2022]["fall_points_low"] == rows[2022]["fall_points_high"] == 0.86
    assert rows[2022]["fall_households"] == 33127 + 8202 - 37819
    assert "từ 2,40 đến 2,41" in thidua("rates", "--published", "--unit", "11", "--format", "markdown").text


def test_unit_year_and_tier_choose() -> None:
    assert {row["unit_code"] for row in document("--within", "58")["rows"]} == {"58"}
    assert {row["year"] for row in document("--year", "2023")["rows"]} == {2023}
    assert {row["level"] for row in document("--level", "province")["rows"]} == {"province"}
    assert max(row["year"] for row in document("--as-of", "2023")["rows"]) == 2023
    nothing = thidua("rates", "--published", "--unit", "01")
    assert nothing.status == 0
    assert "Chưa có số đã công bố nào như vậy." in nothing.text


def test_what_is_no_province_is_refused_and_so_is_nothing_at_all() -> None:
    refused = thidua("rates", "--published", "--unit", "505")
    assert (refused.status, "505" in refused.err) == (2, True)
    missing = thidua("rates")
    assert (missing.status, "--published" in missing.err) == (2, True)


def test_beside_files_stands_what_was_published_of_their_units() -> None:
    said = document(PROVINCE)
    assert said["schema"] == "thidua.rates/1"
    assert [(row["unit_code"], row["year"]) for row in said["published"]] == [("49", 2023)]
    page = thidua("rates", PROVINCE, "--published", "--level", "province").text
    assert "đã công bố (chính thức): tổng số hộ 442.673; hộ nghèo 24.669 (5,57%)" in page
    lines = list(csv.DictReader(StringIO(thidua("rates", PROVINCE, "--published", "--format", "csv").text)))
    (line,) = [line for line in lines if line["unit_code"] == "49"]
    assert (line["published_count"], line["published_rate_percent"]) == ("33071", "7.47")
    assert "published" not in json.loads(thidua("rates", PROVINCE, "--format", "json").text)
    assert document(DISTRICT)["published"] == []


def test_the_notebook_gives_the_rows_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    frame = thidua_cli.published(measure="poor")
    rows = document("--measure", "poor")["rows"]
    assert frame["address"].tolist() == [row["address"] for row in rows]
    assert frame["fall_households"].dtype == "Int64"
    assert frame["poor_rate_percent"].tolist() == [row["poor_rate_percent"] for row in rows]
    assert thidua_cli.published(unit="11", as_of=2024)["year"].tolist() == [2023, 2024]
