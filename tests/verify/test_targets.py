"""A result about targets is taken again as well, and what was planted in it is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.program import TOP, thidua
from tests.verify.cases import altered, told, verified

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


def poor(document: Any) -> Any:
    """The answer of 2024 about the fall of poor households: 28.57 of 25 to 30%."""
    return document["rows"][0]


def not_due(document: Any) -> Any:
    """The answer about a target of 2030."""
    return document["rows"][2]


def wrong_verdict(document: Any) -> None:
    poor(document)["verdict"] = "not_met"


def open_verdict(document: Any) -> None:
    poor(document)["verdict"] = "undetermined"


def wrong_value(document: Any) -> None:
    poor(document)["values"][-1]["exact"] = "1/3"


def missing_value(document: Any) -> None:
    poor(document)["values"] = []


def wrong_margin(document: Any) -> None:
    poor(document)["margin_households"] = 999


def wrong_attainment(document: Any) -> None:
    poor(document)["attainment_percent"] = 114.28


def wrong_position(document: Any) -> None:
    poor(document)["position"] = "above"


def wrong_part(document: Any) -> None:
    document["figures"][0]["figures"][0]["parts"][1]["value"] += 1


def wrong_threshold(document: Any) -> None:
    document["clauses"][0]["threshold"] = "20"


def wrong_threshold_of_the_unit(document: Any) -> None:
    poor(document)["threshold"] = 20


def due_though_later(document: Any) -> None:
    not_due(document)["is_due"] = True


def later_though_due(document: Any) -> None:
    poor(document).update(is_due=False, verdict="undetermined")


def met_before_its_day(document: Any) -> None:
    not_due(document)["verdict"] = "met"


def unknown_test(document: Any) -> None:
    document["clauses"][0]["test"] = "count_doubles"


UNIT = "01 Thành phố Hà Nội"
PLANTED: dict[Callable[[Any], None], list[str]] = {
    wrong_verdict: [f"verdict: not_met → met | {UNIT} poor-each-year 2024"],
    open_verdict: [f"verdict: undetermined → met | {UNIT} poor-each-year 2024"],
    wrong_value: [f"value: 1/3 → 200/7 | {UNIT} poor-each-year 2024"],
    missing_value: [f"value: – → 200/7 | {UNIT} poor-each-year 2024"],
    wrong_margin: [f"margin: 999 → 2 | {UNIT} poor-each-year 2024"],
    wrong_attainment: [f"attainment: 114.28 → 114.29 | {UNIT} poor-each-year 2024"],
    wrong_position: [f"position: above → within | {UNIT} poor-each-year 2024"],
    wrong_part: [
        f"cell: 57 → 56 | {UNIT} poor_households 2023 | ha-noi.csv › E4",
        f"count: 56 → 57 | {UNIT} poor 2023",
    ],
    wrong_threshold: [
        "rules: 20 → 25 | poor-each-year",
        f"rules: >= 25 → >= 20 | {UNIT} poor-each-year 2024",
        f"attainment: 114.29 → 142.86 | {UNIT} poor-each-year 2024",
        f"margin: 2 → 4 | {UNIT} poor-each-year 2024",
    ],
    wrong_threshold_of_the_unit: [f"rules: >= 20 → >= 25 | {UNIT} poor-each-year 2024"],
    due_though_later: [
        f"verdict: True → False | {UNIT} merit-none 2030",
        f"verdict: undetermined → met | {UNIT} merit-none 2030",
    ],
    later_though_due: [f"verdict: False → True | {UNIT} poor-each-year 2024"],
    met_before_its_day: [f"verdict: met → undetermined | {UNIT} merit-none 2030"],
    unknown_test: [
        "rules: count_doubles → count_fall_each_year | poor-each-year",
        f"unverifiable: count_doubles → – | {UNIT} poor-each-year 2024",
    ],
}
"""Mistake → everything that is told of it."""


def test_a_result_about_targets_agrees_with_its_files(said: Path, table: Path) -> None:
    assert verified(said, table) == (0, [])
    outcome = json.loads(thidua("verify", said, table, "--format", "json").text)
    assert (outcome["result"], outcome["rules"], outcome["as_of"]) == (str(said), "ha-noi-51", 2024)
    assert outcome["checked"] == {"units": 1, "paths": 3, "cells": 10, "files": 1}


def test_a_result_about_targets_follows_its_schema(said: Path) -> None:
    text = files("thidua_cli").joinpath("data/schemas/thidua.targets.2.schema.json").read_text("utf-8")
    Draft202012Validator(json.loads(text)).validate(json.loads(said.read_text("utf-8")))


@pytest.mark.parametrize("change", PLANTED, ids=lambda change: change.__name__)
def test_a_change_of_an_answer_is_found(said: Path, table: Path, change: Callable[[Any], None]) -> None:
    file = altered(said, change)
    assert told(file, table) == PLANTED[change]
    assert thidua("verify", file, table).status == 1


def test_a_changed_cell_is_found(said: Path, table: Path) -> None:
    table.write_text(table.read_text("utf-8").replace("56,45,0", "57,45,0"), encoding="utf-8")
    found = verified(said, table)[1]
    assert ("cell", "56", "57") in found
    assert [what for what, _, _ in found].count("file_changed") == 1


def test_what_was_not_taken_again_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    plan, path = "tests/cli/plans/nghe-an.csv", tmp_path / "chi-tieu.json"
    assert thidua("targets", plan, "--rules", "nghe-an-834", "--format", "json", "-o", path).status == 0
    rows = json.loads(path.read_text("utf-8"))["rows"]
    together = [row for row in rows if row["rule"] in ("mountain-rate", "poor-districts-rate")]
    outcome = json.loads(thidua("verify", path, plan, "--format", "json").text)
    assert (outcome["checked"]["paths"], outcome["skipped"]) == (len(rows) - len(together), len(together))
    assert len(together) > 0
    assert outcome["differences"] == []
