"""880/QĐ-TTg through the commands: districts by name, the year after districts, and a district that is not named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import thidua
from tests.cli.tables import table

FIGURES = [(1000, 400, 200), (1000, 350, 190), (1000, 300, 180), (1000, 200, 150)]
NAMED, OTHER = "102", "101"
RULES = ("--rules", "qd-880-ttg", "--as-of")


def _rows(path: Path, year: str, *options: str) -> list[dict[str, Any]]:
    outcome = thidua("targets", path, *RULES, year, *options, "--format", "json")
    assert outcome.status == 0, outcome.err
    rows: list[dict[str, Any]] = json.loads(outcome.text)["rows"]
    return rows


def test_a_named_district_is_held_against_both_aims(tmp_path: Path) -> None:
    rows = _rows(table(tmp_path / "bieu.csv", NAMED, 2021, FIGURES), "2024")

    assert [(row["rule"], row["year"], row["is_due"], row["verdict"]) for row in rows] == [
        ("district-rate", 2024, True, "met"),
        ("district-count", 2025, False, "undetermined"),
    ]
    assert rows[0]["position"] == "above"


@pytest.mark.parametrize("boundaries", ["as-of", "2025-06-30"])
def test_the_end_of_2025_cannot_be_taken_for_a_district(boundaries: str, tmp_path: Path) -> None:
    rows = _rows(table(tmp_path / "bieu.csv", NAMED, 2021, FIGURES), "2025", "--boundaries", boundaries)

    assert [(row["rule"], row["verdict"]) for row in rows] == [
        ("district-rate", "undetermined"),
        ("district-count", "undetermined"),
    ]
    said = {"as-of": "cộng các xã mới không thành đơn vị cũ", "2025-06-30": "hiếu số liệu cuối năm 2025"}[boundaries]
    assert all(said in row["reason"] for row in rows)


def test_the_sum_of_its_communes_of_today_is_not_the_district(tmp_path: Path) -> None:
    before = table(tmp_path / "2021.csv", NAMED, 2021, FIGURES)
    today = [
        table(tmp_path / f"{code}.csv", code, 2025, [(250, 20, 10)]) for code in ("03256", "03313", "03301", "03316")
    ]
    outcome = thidua("targets", before, *today, *RULES, "2025", "--within", "11", "--format", "json")

    rows = [row for row in json.loads(outcome.text)["rows"] if row["unit_code"] == NAMED]
    assert [row["verdict"] for row in rows] == ["undetermined", "undetermined"]
    assert all(row["value"] is None for row in rows)


def test_a_district_that_is_not_named_is_told_to_be_none_of_the_22(tmp_path: Path) -> None:
    other = table(tmp_path / "khac.csv", OTHER, 2021, FIGURES)
    named = table(tmp_path / "bieu.csv", NAMED, 2021, FIGURES)
    alone, both = (
        " ".join(thidua("targets", *files, *RULES, "2024").text.split()) for files in ([other], [other, named])
    )

    told = "Văn bản nêu tên 22 đơn vị cấp huyện; không có trong đó, nên không có chỉ tiêu: Huyện Điện Biên Đông (101)"
    assert "Không có chỉ tiêu nào của bộ quy tắc này" in alone
    assert alone.count(told) == both.count(told) == 1
    assert "Văn bản nêu tên" not in thidua("targets", named, *RULES, "2024").text


def test_a_district_of_the_rule_of_a_place_ends_as_before(tmp_path: Path) -> None:
    path = table(tmp_path / "bieu.csv", "271", 2021, FIGURES)
    outcome = thidua("targets", path, "--rules", "ha-noi-251", "--as-of", "2025", "--format", "json")

    rows = json.loads(outcome.text)["rows"]
    assert rows
    assert {row["verdict"] for row in rows if row["level"] == "district" and row["is_due"]} == {"no_criterion"}


def test_the_fall_of_2027_takes_the_end_of_2026_on_the_new_line(tmp_path: Path) -> None:
    path = tmp_path / "ca-nuoc.csv"
    path.write_text(
        "unit_code,year,poverty_line,households,poor_households,near_poor_households\n"
        "VN,2025,2022-2025,1000000,13000,20000\n"
        "VN,2026,2022-2025,1000000,3000,18000\n"
        "VN,2026,2027-2030,1000000,60000,18000\n"
        "VN,2027,2027-2030,1000000,48000,18000\n",
        encoding="utf-8",
    )
    values = {}
    for year in ("2026", "2027"):
        outcome = thidua("targets", path, "--rules", "qd-417-bnnmt", "--as-of", year, "--format", "json")
        (row,) = json.loads(outcome.text)["rows"]
        values[year] = (row["verdict"], row["value"])

    assert values == {"2026": ("met", 1.0), "2027": ("met", 1.2)}
