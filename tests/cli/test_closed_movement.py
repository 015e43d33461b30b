"""As of the end of 2025 the results by 666/QĐ-TTg say that the movement was summed up; as of 2024 they do not."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.program import thidua
from tests.cli.tables import table

FIGURES = [(1000, 300, 100), (1000, 200, 80), (1000, 120, 60), (1000, 60, 30), (1000, 40, 20)]
SENTENCE = "Đã tổng kết ngày 22/06/2025 (339/TB-VPCP, 01/07/2025): "
PROVINCE = "11"
COMMANDS = {
    "eligible": ("eligible",),
    "eligible --trace": ("eligible", "--trace", PROVINCE),
    "eligible.md": ("eligible", "--format", "markdown"),
    "targets": ("targets",),
    "report": ("report", "--unit", PROVINCE, "-o", "-", "--format", "markdown"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_it_is_said_once_as_of_2025_and_not_as_of_2024(name: str, tmp_path: Path) -> None:
    path = table(tmp_path / "bieu.csv", "VN" if name == "targets" else PROVINCE, 2021, FIGURES)
    first, *others = COMMANDS[name]
    told = {
        year: " ".join(thidua(first, path, *others, "--rules", "qd-666-ttg", "--as-of", year).text.split())
        for year in ("2024", "2025")
    }

    assert told["2024"].count("tổng kết") == 0
    assert told["2024"] != ""
    assert told["2025"].replace("\\", "").count(SENTENCE) == 1


def test_no_verdict_changes_by_it(tmp_path: Path) -> None:
    path = table(tmp_path / "bieu.csv", PROVINCE, 2021, FIGURES)
    rows = {
        year: json.loads(thidua("eligible", path, "--rules", "qd-666-ttg", "--as-of", year, "--format", "json").text)
        for year in ("2024", "2025")
    }

    assert [rows[year]["rows"][0]["verdict"] for year in rows] == ["met", "met"]
    assert rows["2024"]["closed"] is None
    closed = rows["2025"]["closed"]
    assert closed["day"] == "2025-06-22"
    assert closed["text"].startswith(SENTENCE)
    assert closed["citation"]["document"] == "339/TB-VPCP"


@pytest.mark.parametrize("command", ["eligible", "export"])
def test_a_workbook_says_it_too(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = table(tmp_path / "bieu.csv", PROVINCE, 2021, FIGURES)
    outcome = thidua(command, path, "--rules", "qd-666-ttg", "--as-of", "2025", "-o", "ket-qua.xlsx")

    assert outcome.status == 0, outcome.err
    sheet = openpyxl.load_workbook(tmp_path / "ket-qua.xlsx").worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert sum(SENTENCE in text for text in texts) == 1
