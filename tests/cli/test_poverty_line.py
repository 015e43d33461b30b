"""`--poverty-line` as a user types it: what asks for it, what it settles, on every command that reads tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms.canonical import Row, write_csv
from tests.cli.program import thidua

HA_NOI = "ha-noi-2022-2025"
READING = {
    "check": (),
    "rates": (),
    "targets": ("--rules", "ha-noi-251"),
    "eligible": ("--rules", "qd-666-ttg", "--as-of", "2024"),
    "report": ("--unit", "00004", "-o", "-"),
    "export": ("--rules", "qd-666-ttg", "--as-of", "2024", "-o", "nop.xlsx"),
    "import": ("-o", "-"),
    "attest template": ("--rules", "qd-666-ttg", "-o", "phieu.xlsx"),
}


def silent(path: Path, line: str = "") -> Path:
    """Write a ward of Hà Nội with no poor household from the end of 2023 on; no line is said unless one is given."""
    rows: list[Row] = [
        {
            "unit_code": "00004",
            "year": str(year),
            "households": 4000,
            "poor_households": poor,
            "near_poor_households": 3,
            **({"poverty_line": line} if line else {}),
        }
        for year, poor in ((2021, 8), (2022, 4), (2023, 0), (2024, 0))
    ]
    write_csv(path, rows)
    return path


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def target_of(*arguments: str | Path) -> dict[str, object]:
    outcome = thidua("targets", *arguments, "--rules", "ha-noi-251", "--format", "json", "--level", "commune")
    (row,) = [row for row in json.loads(outcome.text)["rows"] if row["year"] == 2024]
    assert isinstance(row, dict)
    return row


def test_where_files_are_silent_the_reason_names_what_to_type() -> None:
    row = target_of(silent(Path("phuong.csv")))
    assert row["verdict"] == "undetermined"
    assert f"thêm --poverty-line {HA_NOI}" in str(row["reason"])


def test_what_the_reason_names_settles_the_target() -> None:
    row = target_of(silent(Path("phuong.csv")), "--poverty-line", HA_NOI)
    assert (row["verdict"], row["poverty_line"]) == ("met", HA_NOI)


def test_a_file_that_says_another_line_is_not_told_to_state_one() -> None:
    row = target_of(silent(Path("phuong.csv"), "2022-2025"))
    assert row["verdict"] == "undetermined"
    assert "--poverty-line" not in str(row["reason"])


def test_a_file_that_says_another_line_keeps_it_whatever_is_stated() -> None:
    file = silent(Path("phuong.csv"), "2022-2025")
    row = target_of(file, "--poverty-line", HA_NOI)
    found = json.loads(thidua("check", file, "--poverty-line", HA_NOI, "--format", "json").text)["findings"]
    assert row["verdict"] == "undetermined"
    assert [finding["code"] for finding in found if finding["code"] == "H011"] == ["H011"]


@pytest.mark.parametrize("command", READING)
def test_every_command_that_reads_tables_takes_the_line_and_refuses_an_unknown_one(command: str) -> None:
    file = silent(Path("phuong.csv"))
    refused = thidua(*command.split(), file, "--poverty-line", "ha-noi", *READING[command], "--lang", "en")
    taken = thidua(*command.split(), file, "--poverty-line", HA_NOI, *READING[command])
    assert taken.status in (0, 1), taken.err
    assert refused.status == 2
    assert (
        f"no poverty line has this id; there are: before-2011, 2011-2015, 2016-2020, 2022-2025, 2027-2030, {HA_NOI}"
        in (refused.err)
    )


def test_import_writes_the_stated_line_and_says_so_beside_it() -> None:
    thidua("import", silent(Path("phuong.csv")), "--poverty-line", HA_NOI, "-o", "data.csv")
    lines = Path("data.csv").read_text("utf-8-sig").splitlines()
    sidecar = json.loads(Path("data.csv.provenance.json").read_text("utf-8"))
    column = lines[0].split(",").index("poverty_line")
    assert {line.split(",")[column] for line in lines[1:]} == {HA_NOI}
    assert sidecar["options"]["poverty_line"] == HA_NOI


def test_what_was_recognised_shows_that_the_user_stated_the_line() -> None:
    file = silent(Path("phuong.csv"))
    shown = thidua("import", file, "--show-layout", "--poverty-line", HA_NOI).text
    record = json.loads(thidua("import", file, "--show-layout", "--poverty-line", HA_NOI, "--format", "json").text)
    without = json.loads(thidua("import", file, "--show-layout", "--format", "json").text)
    assert f"Chuẩn nghèo: {HA_NOI} (do người dùng nêu)" in shown
    assert record["tables"][0]["poverty_line"] == HA_NOI
    assert "poverty_line" not in without["tables"][0]
