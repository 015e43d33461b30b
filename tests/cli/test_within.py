"""`--within` on every command that reads tables, and what the option for the unit of the tables is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import thidua
from tests.normalise.cases import Cell, table, write_sheet
from thidua_cli import eligible, rates, read_findings, read_observations
from thidua_cli.errors import InputError, UsageError

YEARS = range(2021, 2025)
RULES = ("--rules", "qd-666-ttg")
COMMANDS = {
    "check": ("check",),
    "import": ("import", "-o", "{folder}/x.csv"),
    "rates": ("rates",),
    "targets": ("targets", "--rules", "nghe-an-834", "--as-of", "2024"),
    "eligible": ("eligible", *RULES, "--as-of", "2024"),
    "report": ("report", *RULES, "--as-of", "2024", "--unit", "04825", "-o", "{folder}/x.md"),
    "export": ("export", *RULES, "--as-of", "2024", "-o", "{folder}/x.xlsx"),
    "attest template": ("attest", "template", *RULES, "--as-of", "2024", "-o", "{folder}/y.xlsx"),
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A commune whose name 17 others bear, four year-ends."""
    folder = tmp_path / "bieu"
    folder.mkdir()
    for year in YEARS:
        counts = (100, 50 - 10 * (year - 2021), 6)
        rows: list[list[Cell]] = [["1", "Thôn 1", *counts], ["", "Tổng cộng", *counts]]
        write_sheet(folder / f"{year}.xlsx", table(*rows, title=["UBND XÃ HÒA BÌNH", f"Năm rà soát: {year}"]))
    return folder


def arguments(command: str, files: Path) -> list[str]:
    words = [word.format(folder=files.parent) for word in COMMANDS[command]]
    return [*words, str(files), "--fail-on", "error"] if command != "attest template" else [*words, str(files)]


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "targets"])
def test_every_command_that_reads_tables_looks_names_up_in_the_place(command: str, files: Path) -> None:
    assert thidua(*arguments(command, files)).status in (1, 2, 3)
    outcome = thidua(*arguments(command, files), "--within", "17")
    assert outcome.status == 0, outcome.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_code_that_is_no_place_is_wrong_usage(command: str, files: Path) -> None:
    outcome = thidua(*arguments(command, files), "--within", "04825")
    assert outcome.status == 2
    assert "--within 04825" in outcome.err


def test_the_python_functions_take_the_place_too(files: Path) -> None:
    with pytest.raises(InputError, match="--within 17"):
        read_observations(files)
    assert set(read_observations(files, within="17")["unit_code"]) == {"04825-thon-1", "04825"}
    assert read_findings(files, within="17").empty
    assert len(rates(files, within="17")) > 0
    assert len(eligible(files, rules="qd-666-ttg", as_of=2024, within="148")) > 0
    with pytest.raises(UsageError):
        rates(files, within="04825")


def test_a_finding_offers_the_option_of_the_command_and_a_paper_none(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["1", "Tà Lu", 5, 1, 0], ["2", "Sông Kôn", 8, 2, 0], ["3", "A Rooi", 3, 1, 0]]
    path = write_sheet(tmp_path / "bieu.xlsx", table(*rows, title=["UBND HUYỆN ĐÔNG GIANG", "Năm rà soát: 2024"]))
    assert "--unit 504 là Huyện Tây Giang" in thidua("check", path, "--unit", "504").text
    options = ("--unit", "505", *RULES, "--as-of", "2024", "-o", tmp_path / "x.md")
    assert thidua("report", path, *options, "--scope", "504").status == 1
    page = (tmp_path / "x.md").read_text("utf-8")
    assert "504" in page
    assert "Huyện Tây Giang" in page
    assert "--" not in page.replace("---", "").replace("--|", "").replace("--:", "")
