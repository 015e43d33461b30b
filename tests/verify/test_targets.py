"""A result about targets is taken again as well, and what was planted in it is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.program import thidua
from tests.verify.cases import altered, verified

HEAD = "unit_code,year,poverty_line,households,poor_households,near_poor_households,merit_poor_households"
COUNTS = {2021: "100,60,2", 2022: "80,50,1", 2023: "56,45,0", 2024: "40,40,0"}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ha-noi.csv"
    lines = [
        f"{unit},{year},ha-noi-2022-2025,1000,{counts}" for unit in ("01", "271") for year, counts in COUNTS.items()
    ]
    path.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    return path


@pytest.fixture
def said(tmp_path: Path, table: Path) -> Path:
    path = tmp_path / "chi-tieu.json"
    run = ("targets", table, "--rules", "ha-noi-51", "--as-of", "2024", "--format", "json", "-o", path)
    assert thidua(*run).status == 0
    return path


def first_due(document: Any) -> Any:
    return next(row for row in document["rows"] if row["is_due"] and row["values"] and row["verdict"] != "no_criterion")


def wrong_verdict(document: Any) -> None:
    row = first_due(document)
    row["verdict"] = "not_met" if row["verdict"] == "met" else "met"


def wrong_value(document: Any) -> None:
    first_due(document)["values"][-1]["exact"] = "1/3"


def wrong_margin(document: Any) -> None:
    first_due(document)["margin_households"] = 999


def wrong_attainment(document: Any) -> None:
    first_due(document)["attainment_percent"] = 1.5


def wrong_part(document: Any) -> None:
    part = document["figures"][0]["figures"][0]["parts"][1]
    part["value"] += 1


def wrong_threshold(document: Any) -> None:
    document["clauses"][0]["threshold"] = "77"


def test_a_result_about_targets_agrees_with_its_files(said: Path, table: Path) -> None:
    assert verified(said, table) == (0, [])
    checked = json.loads(thidua("verify", said, table, "--format", "json").text)["checked"]
    assert checked["paths"] > 0
    assert checked["cells"] > 0


def test_a_result_about_targets_follows_its_schema(said: Path) -> None:
    text = files("thidua_cli").joinpath("data/schemas/thidua.targets.1.schema.json").read_text("utf-8")
    Draft202012Validator(json.loads(text)).validate(json.loads(said.read_text("utf-8")))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (wrong_verdict, "verdict"),
        (wrong_value, "value"),
        (wrong_margin, "margin"),
        (wrong_attainment, "attainment"),
        (wrong_part, "cell"),
        (wrong_threshold, "rules"),
    ],
)
def test_a_change_of_an_answer_is_found(said: Path, table: Path, change: Callable[[Any], None], what: str) -> None:
    status, found = verified(altered(said, change), table)
    assert what in {one for one, _, _ in found}
    assert status == 1


def test_a_changed_cell_is_found(said: Path, table: Path) -> None:
    table.write_text(table.read_text("utf-8").replace("56,45,0", "57,45,0"), encoding="utf-8")
    found = verified(said, table)[1]
    assert ("cell", "56", "57") in found
    assert [what for what, _, _ in found].count("file_changed") == 1
