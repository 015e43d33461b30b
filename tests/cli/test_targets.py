"""`thidua targets` as a user runs it: formats that agree, files that are refused, rules without targets."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest

from tests.cli.program import CLASSES, DISTRICT, TOP, thidua
from tests.present.rendered import rendered
from thidua_cli import pipeline
from thidua_cli.inputs import load_inputs
from thidua_cli.language import Language
from thidua_cli.present.targets.view import targets_view

PLANS = "tests/cli/plans"
HA_NOI = ("targets", f"{PLANS}/ha-noi.csv", "--rules", "ha-noi-251")


@pytest.fixture(autouse=True)
def at_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)


def test_table_csv_json_and_workbook_give_the_same_answers(tmp_path: Path) -> None:
    rows = json.loads(thidua(*HA_NOI, "--format", "json").text)["rows"]
    lines = list(csv.DictReader(StringIO(thidua(*HA_NOI, "--format", "csv").text)))
    thidua(*HA_NOI, "--format", "xlsx", "-o", tmp_path / "chi-tieu.xlsx")
    sheet = openpyxl.load_workbook(BytesIO((tmp_path / "chi-tieu.xlsx").read_bytes())).worksheets[0]
    codes = [cell.value for cell in sheet["A"] if isinstance(cell.value, str) and cell.value.isdecimal()]

    assert [(row["unit_code"], row["rule"], str(row["year"]), row["verdict"]) for row in rows] == [
        (line["unit_code"], line["rule"], line["year"], line["verdict"]) for line in lines
    ]
    assert codes == [row["unit_code"] for row in rows]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_narrow_terminal_is_not_overflown(width: int) -> None:
    result = pipeline.targets(pipeline.read([HA_NOI[1]]), load_inputs("ha-noi-251"))
    shown = rendered(targets_view(result), "table", Language.VI, width=width)

    assert max(map(len, shown.splitlines())) <= width


def test_targets_are_told_in_english_on_request() -> None:
    result = pipeline.targets(pipeline.read([HA_NOI[1]]), load_inputs("ha-noi-251"))
    shown = " ".join(rendered(targets_view(result), "table", Language.EN, width=200).split())

    for part in (
        "Not met · end of 2024 · reached 2 households · 2 households fewer needed",
        "Not due · end of 2025 · so far 66.67% · 95.24% of the target · on track",
        "31 households must still leave, at most 269 may remain. Since the end of 2021, 200 a year: on track.",
    ):
        assert part in shown


def test_a_chosen_reading_judges_in_every_command_that_judges(tmp_path: Path) -> None:
    district = (DISTRICT, "--rules", "qd-666-ttg", "--reading", "average", "--classes", CLASSES)
    of = json.loads(thidua("eligible", *district, "--as-of", "2024", "--level", "district", "--format", "json").text)
    report = thidua("report", *district, "--as-of", "2024", "--unit", "505", "--format", "markdown", "-o", "-").text
    pack = thidua("export", *district, "--as-of", "2024", "-o", tmp_path / "ho-so.xlsx")

    assert of["rows"][0]["paths"][0]["verdict"] == "met"
    assert "bình quân" in report
    assert pack.status == 0


def test_without_as_of_the_newest_year_end_of_the_figures_is_judged() -> None:
    assert json.loads(thidua(*HA_NOI, "--format", "json").text)["as_of"] == 2024


def test_a_rule_file_without_targets_is_refused_with_what_to_do(tmp_path: Path) -> None:
    rules = tmp_path / "tieu-chi.toml"
    text = (TOP / "tests/rulebook/sound.toml").read_text("utf-8")
    rules.write_text(text, "utf-8")
    outcome = thidua("targets", DISTRICT, "--rules", rules)

    assert (outcome.status, outcome.out) == (2, b"")
    assert "thidua eligible" in outcome.err


def test_a_reading_that_no_clause_knows_is_refused_with_those_there_are() -> None:
    outcome = thidua(*HA_NOI, "--reading", "rounded-up")

    assert outcome.status == 2
    for part in ("rounded-up", "national-line", "with-near-poor"):
        assert part in outcome.err


def test_a_plan_of_a_unit_that_the_files_do_not_hold_is_mentioned() -> None:
    outcome = thidua(
        "targets", f"{PLANS}/ca-mau.csv", "--rules", "nghe-an-834", "--plan", f"{PLANS}/ke-hoach.csv", "--format", "csv"
    )

    assert outcome.status == 0
    assert "ke-hoach.csv, dòng 4" in outcome.err
    assert "01" in outcome.err
    assert "164.08" in outcome.text


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("9,2024,poor,100,households,x", "mã đơn vị"),
        ("96,24,poor,100,households,x", "year"),
        ("96,2024,rich,100,households,x", "rich"),
        ("96,2024,poor,100,people,x", "people"),
        ("96,2024,poor,0,households,x", "planned"),
        ("96,2024,poor,mười,households,x", "planned"),
        ("96,2024,relapsed,1,points,x", "relapsed"),
        ("96,2024,poor,100,households,", "source"),
        ("96,2024,poor,100,households,x\n96,2024,poor,200,households,x", "trùng"),
    ],
)
def test_a_wrong_line_of_a_plan_is_refused_with_file_and_line(tmp_path: Path, line: str, named: str) -> None:
    plan = tmp_path / "ke-hoach.csv"
    plan.write_text(f"unit_code,year,measure,planned,unit,source\n{line}\n", "utf-8")
    outcome = thidua("targets", f"{PLANS}/ca-mau.csv", "--rules", "nghe-an-834", "--plan", plan)

    assert (outcome.status, outcome.out) == (3, b"")
    assert f"ke-hoach.csv, dòng {2 + line.count(chr(10))}" in outcome.err
    assert named in outcome.err
