"""`-o NAME`: the ending decides the format, and one line on standard error says what was written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import CLASSES, DISTRICT, FAULTY, TOP, thidua

JUDGED = ("--rules", "qd-666-ttg", "--as-of", "2024")
PRINTED = {".docx": "docx", ".pdf": "pdf", ".html": "html"}
EVERY = {".txt": "table", ".md": "markdown", ".csv": "csv", ".json": "json", ".xlsx": "xlsx", **PRINTED}
OPENINGS = {".xlsx": b"PK", ".docx": b"PK", ".pdf": b"%PDF-", ".html": b"<!DOCTYPE html>"}
PAGES = {".txt": "table", ".md": "markdown", ".json": "json"}
LISTS = {**PAGES, ".csv": "csv"}
WORKBOOK = {".xlsx": "xlsx"}
ONE_YEAR = "sample_data/dong-giang/Mau-08_Dong-Giang_2024.xlsx"
COMMANDS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "check": (("check", FAULTY, "--fail-on", "never"), EVERY),
    "rates": (("rates", ONE_YEAR), EVERY),
    "rates --published": (("rates", "--published"), EVERY),
    "eligible": (("eligible", DISTRICT, *JUDGED), EVERY),
    "trace": (("eligible", DISTRICT, *JUDGED, "--trace", "20470"), {**LISTS, **PRINTED}),
    "targets": (("targets", "tests/cli/plans/ha-noi.csv", "--rules", "ha-noi-251"), EVERY),
    "report": (("report", DISTRICT, "--unit", "20470"), {".xlsx": "xlsx", **PRINTED, ".md": "markdown"}),
    "export": (("export", DISTRICT, *JUDGED), WORKBOOK),
    "explain": (("explain", "S001"), PAGES),
    "explain --all": (("explain", "--all"), PAGES),
    "rules list": (("rules", "list"), PAGES),
    "rules show": (("rules", "show", "nghe-an-834"), PAGES),
    "rules check": (("rules", "check", "nghe-an-834"), {".txt": "table"}),
    "rules diff": (("rules", "diff", "nghe-an-834", "ha-noi-251"), PAGES),
    "rules lines": (("rules", "lines"), LISTS),
    "rules new": (("rules", "new", "--from", "nghe-an-834"), {".toml": ""}),
    "classes list": (("classes", "list"), EVERY),
    "classes show": (("classes", "show", "20440"), EVERY),
    "classes check": (("classes", "check", "sample_data/dong-giang/classes.csv"), EVERY),
    "classes new": (("classes", "new", "--unit", "504", "--year", "2024"), {".csv": "", ".xlsx": ""}),
    "units find": (("units", "find", "Trà Don"), LISTS),
    "units show": (("units", "show", "516"), LISTS),
    "units history": (("units", "history", "26740"), LISTS),
    "units diff": (("units", "diff", "31/12/2022", "31/12/2024", "--within", "44"), LISTS),
    "template": (("template", "--unit", "505", "--year", "2024"), WORKBOOK),
    "attest template": (("attest", "template", ONE_YEAR, "--rules", "qd-666-ttg"), WORKBOOK),
    "mapping new": (("mapping", "new", ONE_YEAR), {".toml": ""}),
    "import": (("import", ONE_YEAR), {".csv": "", ".xlsx": ""}),
    "import --show-layout": (("import", ONE_YEAR, "--show-layout"), {".txt": "table", ".json": "json"}),
}
WITHOUT_FORMAT = (
    *("export", "rules check", "rules new", "classes new", "mapping new", "template", "attest template", "import"),
)
WRITTEN = [(name, ending) for name, (_, endings) in COMMANDS.items() for ending in endings]
NOT_WRITTEN = [
    (name, ending) for name, (_, endings) in COMMANDS.items() for ending in (*EVERY, ".odt") if ending not in endings
]

pytestmark = pytest.mark.usefixtures("at_top")


@pytest.fixture
def at_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)


def is_of(ending: str, content: bytes) -> bool:
    if ending in OPENINGS:
        return content.startswith(OPENINGS[ending])
    text = content.decode("utf-8-sig")
    match ending:
        case ".json":
            return isinstance(json.loads(text), dict)
        case ".csv":
            return text.splitlines()[0].count(",") > 3
        case ".md":
            return text.startswith(("#", "|", "-", "……"))  # a paper begins with the agency, dotted where it is blank
        case _:
            return not text.startswith(("{", "|", "\ufeff"))


@pytest.mark.parametrize(("name", "ending"), WRITTEN)
def test_the_ending_decides_and_one_line_says_what_was_written(name: str, ending: str, tmp_path: Path) -> None:
    arguments, endings = COMMANDS[name]
    path = tmp_path / f"ket-qua{ending}"
    outcome = thidua(*arguments, "-o", path)
    assert (outcome.status, outcome.out) == (0, b"")
    assert is_of(ending, path.read_bytes())
    if ending == ".csv" and name != "import":  # whose tables are made for programs
        assert path.read_bytes().startswith("\ufeff".encode())
    (line,) = outcome.err.splitlines()
    assert line.startswith(f"Đã ghi {path} (")
    if name not in WITHOUT_FORMAT:
        asked = thidua(*arguments, "-o", path, "--force", "--format", endings[ending])
        assert (asked.status, asked.err) == (0, outcome.err)
    assert thidua(*arguments, "-o", path, "--force", "-q").err == ""


@pytest.mark.parametrize(("name", "ending"), NOT_WRITTEN)
def test_an_ending_that_the_command_does_not_write_is_refused_with_those_it_does(
    name: str, ending: str, tmp_path: Path
) -> None:
    arguments, endings = COMMANDS[name]
    path = tmp_path / f"ket-qua{ending}"
    outcome = thidua(*arguments, "-o", path)
    assert (outcome.status, outcome.out) == (2, b"")
    assert outcome.err.count("\n") == 1
    assert "--trace không ghi ra xlsx" in outcome.err or all(known in outcome.err for known in endings)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in WITHOUT_FORMAT])
def test_a_format_that_contradicts_the_ending_is_refused(name: str, tmp_path: Path) -> None:
    arguments, endings = COMMANDS[name]
    for ending, own in endings.items():
        for other in set(endings.values()) - {own}:
            outcome = thidua(*arguments, "-o", tmp_path / f"ket-qua{ending}", "--format", other)
            assert outcome.status == 2
            assert f"--format {other}" in outcome.err
            assert all(known in outcome.err for known in endings)
    assert list(tmp_path.iterdir()) == []


def test_the_refusal_comes_before_anything_is_read(tmp_path: Path) -> None:
    outcome = thidua("check", tmp_path / "khong-co.xlsx", "-o", tmp_path / "ket-qua.odt", "--waive", "khong-co.toml")
    assert outcome.status == 2
    assert ".txt (table), .md (markdown), .csv, .json, .xlsx" in outcome.err


def test_a_name_of_any_ending_is_written_in_the_format_that_is_asked_for(tmp_path: Path) -> None:
    refused = thidua("rates", ONE_YEAR, "-o", tmp_path / "ket-qua.31.12")
    assert refused.status == 2
    assert "muốn giữ tên này thì thêm --format" in refused.err
    path = tmp_path / "ket-qua.31.12"
    assert thidua("rates", ONE_YEAR, "-o", path, "--format", "json").err == f"Đã ghi {path} (JSON): 12 đơn vị.\n"
    assert json.loads(path.read_bytes())["schema"] == "thidua.rates/1"


def test_capitals_are_the_same_ending(tmp_path: Path) -> None:
    assert thidua("rates", ONE_YEAR, "-o", tmp_path / "KET-QUA.JSON").status == 0
    assert json.loads((tmp_path / "KET-QUA.JSON").read_bytes())["schema"] == "thidua.rates/1"


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        (("rates", ONE_YEAR), b"   "),
        (("import", ONE_YEAR), b"unit_code,"),
        (("explain", "--all"), b"#"),
        (("report", DISTRICT, "--unit", "20470"), b"PK"),
        (("export", DISTRICT, *JUDGED), b"PK"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_without_an_ending_the_default_format_is_written(
    arguments: tuple[str, ...], start: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "ket-qua"
    assert thidua(*arguments, "-o", path).status == 0
    assert path.read_bytes().startswith(start)
    to_stream = thidua(*arguments, "-o", "-")
    assert to_stream.out == path.read_bytes()
    assert to_stream.err == ""


def test_a_folder_of_reports_is_told_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "bao-cao.2024"
    command = ("report", DISTRICT, "--classes", CLASSES, "--each", "commune", "-o", folder, "--format", "markdown")
    outcome = thidua(*command)
    assert (outcome.status, outcome.err) == (0, f"Đã ghi vào {folder}: 11 báo cáo.\n")
    assert {path.suffix for path in folder.iterdir() if path.name != "manifest.json"} == {".md"}
    assert thidua(*command, "--lang", "en", "--force").err == f"Wrote into {folder}: 11 reports.\n"


def test_copies_with_findings_are_told_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "da-kiem-tra"
    outcome = thidua("check", FAULTY, "--annotate", folder)
    assert outcome.err == f"Đã ghi vào {folder}: 1 bản sao có ghi chú.\n"


def test_a_result_that_is_verified_can_be_written(tmp_path: Path) -> None:
    result = tmp_path / "ket-qua.json"
    assert thidua("eligible", DISTRICT, *JUDGED, "-o", result).status == 0
    for ending in LISTS:
        path = tmp_path / f"kiem-lai{ending}"
        outcome = thidua("verify", result, DISTRICT, "-o", path)
        assert (outcome.status, outcome.err.count("\n")) == (0, 1)
        assert outcome.err.endswith(": 0 chỗ khác.\n")
    assert thidua("verify", result, DISTRICT, "-o", tmp_path / "kiem-lai.xlsx").status == 2
