"""A result that hides, or makes up, that the movement was summed up does not hold; nor one about units by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import thidua
from tests.cli.tables import table

FIGURES = [(1000, 400, 200), (1000, 350, 190), (1000, 300, 180), (1000, 200, 150), (1000, 100, 90)]


def _result(folder: Path, *command: str) -> tuple[Path, Path, dict[str, Any]]:
    figures, result = table(folder / "bieu.csv", "11", 2021, FIGURES), folder / "ket-qua.json"
    outcome = thidua(command[0], figures, *command[1:], "-o", result)
    assert outcome.status == 0, outcome.err
    return figures, result, json.loads(result.read_text("utf-8"))


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_a_result_holds_as_it_was_written(year: str, tmp_path: Path) -> None:
    figures, result, _ = _result(tmp_path, "eligible", "--rules", "qd-666-ttg", "--as-of", year)

    assert thidua("verify", result, figures).status == 0


@pytest.mark.parametrize(("year", "said"), [("2025", None), ("2024", {"day": "2024-06-22"})])
def test_what_is_said_of_the_summing_up_cannot_be_changed(
    year: str, said: dict[str, str] | None, tmp_path: Path
) -> None:
    figures, result, document = _result(tmp_path, "eligible", "--rules", "qd-666-ttg", "--as-of", year)
    result.write_text(json.dumps({**document, "closed": said}), encoding="utf-8")

    outcome = thidua("verify", result, figures)
    assert outcome.status == 1
    assert "closed" in outcome.text


def test_answers_about_districts_by_name_are_taken_again(tmp_path: Path) -> None:
    figures = table(tmp_path / "bieu.csv", "102", 2021, FIGURES[:4])
    result = tmp_path / "ket-qua.json"
    assert thidua("targets", figures, "--rules", "qd-880-ttg", "--as-of", "2024", "-o", result).status == 0
    document = json.loads(result.read_text("utf-8"))

    assert thidua("verify", result, figures).status == 0
    document["rows"][0]["verdict"] = "not_met"
    result.write_text(json.dumps(document), encoding="utf-8")
    assert thidua("verify", result, figures).status == 1
