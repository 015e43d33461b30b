"""The trace of a unit and the result of verifying follow their published schemas and say what a person can follow."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.program import CLASSES, DISTRICT, TOP, thidua
from tests.verify.cases import altered, province, result
from thidua_cli.model import Measure, YearFigures
from thidua_cli.present.verdicts.trace_record import TracedYear, figure_records

JUDGED = ("eligible", DISTRICT, "--rules", "qd-666-ttg", "--as-of", "2024", "--classes", CLASSES)


def schema(name: str) -> Draft202012Validator:
    version = {"verify": 1, "trace": 3, "eligible": 4}[name]
    text = files("thidua_cli").joinpath(f"data/schemas/thidua.{name}.{version}.schema.json").read_text("utf-8")
    document = json.loads(text)
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document)


@pytest.mark.parametrize("unit", ["505", "20467", "20470"])
def test_a_trace_follows_its_schema(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    schema("trace").validate(json.loads(thidua(*JUDGED, "--trace", unit, "--format", "json").text))


def test_the_eligible_document_of_the_program_follows_its_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    schema("eligible").validate(json.loads(thidua(*JUDGED, "--format", "json").text))


def test_what_differs_follows_its_schema(tmp_path: Path) -> None:
    table = province(tmp_path / "so-lieu.csv")

    def turned(document: Any) -> None:
        document["rows"][0]["verdict"] = "not_met"

    file = altered(result(tmp_path, table), turned)
    province(table, last="61,30")
    document = json.loads(thidua("verify", file, table, "--format", "json").text)
    schema("verify").validate(document)
    assert [one["what"] for one in document["differences"]] == ["file_changed", "cell", "verdict"]


def test_every_number_of_a_trace_has_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    row = json.loads(thidua(*JUDGED, "--trace", "20470", "--format", "json").text)["row"]
    for figure in row["figures"]:
        for part in figure["parts"]:
            assert sum(addend["value"] for addend in part["addends"]) == part["value"]
            assert all(addend["cells"] for addend in part["addends"])
    assert row["paths"][0]["formulas"] == [{"year": 2024, "text": "(227 − 96) / 227 × 100 ≈ 57,7093% > 50%"}]


def test_a_rate_shows_what_it_is_taken_from(tmp_path: Path) -> None:
    table = province(tmp_path / "so-lieu.csv")
    text = thidua("eligible", table, "--rules", "qd-666-ttg", "--as-of", "2024", "--trace", "Tỉnh Quảng Nam").text
    assert "160/1.000 (16,00%) − 90/1.000 (9,00%) = 7,00 điểm % ≥ 2 điểm %" in text
    assert "Căn cứ          666/QĐ-TTg (02/06/2022), tiêu chí (2), gạch đầu dòng 3" in text


@pytest.mark.parametrize("unit", ["99999", "Xã"])
def test_a_unit_that_is_not_there_is_refused(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    outcome = thidua(*JUDGED, "--trace", unit)
    assert outcome.status == 2
    assert unit in outcome.err


def test_a_trace_is_no_workbook(tmp_path: Path) -> None:
    table = province(tmp_path / "so-lieu.csv")
    run = ("eligible", table, "--rules", "qd-666-ttg", "--as-of", "2024", "--trace", "49", "--format", "xlsx")
    outcome = thidua(*run, "-o", tmp_path / "vet.xlsx")
    assert outcome.status == 2
    assert "thidua report" in outcome.err


@pytest.mark.parametrize(
    "changes",
    [
        {"conflicting": True},
        {"missing_children": ("20443",)},
        {"superseded_on": date(2024, 12, 1)},
        {"formed_on": date(2025, 7, 1)},
    ],
)
def test_figures_that_no_clause_may_look_at_are_not_called_usable(changes: dict[str, Any]) -> None:
    # Figures on a later area have no counts on the boundaries asked for: nothing of them may carry a verdict.
    sound = YearFigures(2024, {})
    records = figure_records(
        TracedYear(Measure.POOR, 2024, figures, (), ()) for figures in (sound, replace(sound, **changes))
    )

    assert [record["usable"] for record in records] == [True, False]
