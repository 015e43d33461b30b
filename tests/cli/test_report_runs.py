"""Runs of many reports: what is in the folder, going on where one broke off, the same bytes however they are made."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from forms.canonical import write_csv
from tests.cli.program import TOP, environment, thidua
from tests.present.test_views import schema
from thidua_cli.errors import OutputError
from thidua_cli.language import Text
from thidua_cli.model import Level
from thidua_cli.present.report.file_names import file_names
from thidua_cli.present.toolkit.part_files import PartFile
from thidua_cli.present.toolkit.run_log import LOG, MANIFEST, RunLog

LINES = {
    Level.COUNTRY: [("VN", "Cả nước", "")],
    Level.PROVINCE: [("49", "Tỉnh Quảng Nam", ""), ("11", "Tỉnh Điện Biên", "")],
    Level.DISTRICT: [("505", "Huyện Đông Giang", "49"), ("502", "Thành phố Tam Kỳ", "49")],
    Level.COMMUNE: [("20470", "Xã Tà Lu", "505"), ("20473", "Xã Sông Kôn", "505"), ("20476", "Xã Jơ Ngây", "505")],
    Level.VILLAGE: [("20470-1", "Thôn A", "20470"), ("20470-2", "Thôn B", "20470")],
}
"""Units of every tier."""
FALLS = ((2021, 300), (2022, 260), (2023, 200), (2024, 120))
JUDGED = ("--as-of", "2024", "--fail-on", "never")


def name_of(code: str, name: str) -> str:
    (file,) = file_names([(code, name)], "md")
    return file


def rows(level: Level) -> list[dict[str, str | int | None]]:
    return [
        {
            "unit_code": code,
            "unit_name": name,
            "level": level.value,
            "parent_code": parent,
            "year": str(year),
            "households": 1000,
            "poor_households": poor + place,
            "near_poor_households": 30,
        }
        for place, (code, name, parent) in enumerate(LINES[level])
        for year, poor in FALLS
    ]


@pytest.fixture
def figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a table of three communes in a folder of its own, which is that of the run."""
    monkeypatch.chdir(tmp_path)
    write_csv(tmp_path / "so-lieu.csv", rows(Level.COMMUNE))
    return tmp_path


def each(*more: str | Path, level: str = "commune", folder: str = "ra") -> Any:
    return thidua("report", "so-lieu.csv", *JUDGED, "--each", level, "-f", "markdown", "-o", folder, *more)


def manifest(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    return read


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("level", Level)
def test_every_tier_has_its_reports_by_tier_by_code_and_by_name(
    level: Level, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_csv(tmp_path / "so-lieu.csv", rows(level))
    assert each(level=level.value).status == 0
    reports = manifest(tmp_path / "ra")["reports"]
    assert sorted(report["unit_name"] for report in reports) == sorted(name for _, name, _ in LINES[level])
    code, name = reports[0]["unit_code"], reports[0]["unit_name"]
    for unit in (code, name):
        alone = ("report", "so-lieu.csv", *JUDGED, "--unit", unit, "-o", f"{unit}.md")
        assert thidua(*alone).status == 0
        assert Path(f"{unit}.md").read_bytes() == (tmp_path / "ra" / name_of(code, name)).read_bytes()


def test_the_manifest_says_what_was_written_and_follows_its_schema(figures: Path) -> None:
    assert each().err == "Đã ghi vào ra: 3 báo cáo.\n"
    said = manifest(figures / "ra")
    schema("reports").validate(said)
    assert {report["file"] for report in said["reports"]} == {path.name for path in (figures / "ra").iterdir()} - {
        MANIFEST
    }
    for report in said["reports"]:
        assert report["sha256"] == sha256((figures / "ra" / report["file"]).read_bytes()).hexdigest()
    assert said["inputs"] == [
        {
            "file": "so-lieu.csv",
            "sha256": sha256((figures / "so-lieu.csv").read_bytes()).hexdigest(),
            "role": "observations",
        }
    ]
    judged = json.loads(thidua("eligible", "so-lieu.csv", "--rules", "qd-666-ttg", *JUDGED, "--format", "json").text)
    states = {row["unit_code"]: row["verdict"] for row in judged["rows"]}
    assert {report["unit_code"]: states[report["unit_code"]] for report in said["reports"]} == {
        report["unit_code"]: report["verdict"] for report in said["reports"]
    }


# ------------------------------------------------------------ going on


def broken_off(folder: Path, kept: int, torn: bytes = b"") -> None:
    """Leave a folder as a run does that was killed after so many files: a log, and no manifest."""
    said = manifest(folder)
    reports = said.pop("reports")
    lines = [json.dumps(record).encode() + b"\n" for record in (said, *reports[:kept])]
    (folder / LOG).write_bytes(b"".join(lines) + torn)
    (folder / MANIFEST).unlink()
    for report in reports[kept:]:
        (folder / report["file"]).unlink()


@pytest.mark.parametrize("torn", [b"", b'{"unit_code":"2047', b"\x00" * 40])
@pytest.mark.parametrize("kept", [0, 1, 3])
def test_a_run_goes_on_and_ends_as_one_that_was_not_broken_off(kept: int, torn: bytes, figures: Path) -> None:
    each()
    whole = contents(figures / "ra")
    broken_off(figures / "ra", kept, torn)
    untouched = {path: path.stat().st_mtime_ns for path in (figures / "ra").glob("*.md")}
    outcome = each("--resume")
    told = f"3 báo cáo, trong đó {kept} giữ nguyên từ lần chạy trước" if kept else "3 báo cáo"
    assert (outcome.status, outcome.err) == (0, f"Đã ghi vào ra: {told}.\n")
    assert contents(figures / "ra") == whole
    assert {path: path.stat().st_mtime_ns for path in untouched} == untouched


def test_a_run_that_ended_is_written_again_where_a_report_is_gone(figures: Path) -> None:
    each()
    whole = contents(figures / "ra")
    (figures / "ra" / name_of("20473", "Xã Sông Kôn")).unlink()
    assert "2 giữ nguyên" in each("--resume").err
    assert contents(figures / "ra") == whole


def test_nothing_is_resumed_where_nothing_was_begun(figures: Path) -> None:
    assert each("--resume").err == "Đã ghi vào ra: 3 báo cáo.\n"


def test_a_report_that_somebody_changed_is_not_replaced_without_force(figures: Path) -> None:
    each()
    changed = figures / "ra" / name_of("20473", "Xã Sông Kôn")
    changed.write_text("của tôi", "utf-8")
    outcome = each("--resume")
    assert outcome.status == 2
    assert changed.name in outcome.err
    assert changed.read_text("utf-8") == "của tôi"
    assert each("--resume", "--force").status == 0
    assert changed.read_text("utf-8") != "của tôi"


def test_a_run_that_broke_off_is_told_before_another_one_begins(figures: Path) -> None:
    each()
    broken_off(figures / "ra", 1)
    before = contents(figures / "ra")
    outcome = each()
    assert outcome.status == 2
    assert "thêm --resume để ghi tiếp" in outcome.err
    assert contents(figures / "ra") == before
    assert each("--force").status == 0
    assert not (figures / "ra" / LOG).exists()


def another_table(folder: Path) -> None:
    write_csv(folder / "so-lieu.csv", [{**row, "near_poor_households": 31} for row in rows(Level.COMMUNE)])


CHANGES: dict[str, tuple[tuple[str, ...], tuple[str, ...], Callable[[Path], None] | None, str]] = {
    "input": ((), (), another_table, "tệp so-lieu.csv đã thay đổi"),
    "another input": ((), ("them.csv",), None, "thêm tệp them.csv"),
    "class file": (("--classes", "c.csv"), ("--classes", "c.csv"), lambda at: _classes(at, "area_2"), "tệp c.csv đã"),
    "no class file": (("--classes", "c.csv"), (), None, "không còn tệp c.csv"),
    "waivers": (("--waive", "w.toml"), ("--waive", "w.toml"), lambda at: _waivers(at, "khác"), "tệp w.toml đã"),
    "rule file": (("--rules", "r.toml"), ("--rules", "r.toml"), lambda at: _rules(at, "3"), "tệp r.toml đã"),
    "as of": ((), ("--as-of", "2023"), None, "--as-of: trước là 2024, nay là 2023"),
    "language": ((), ("--lang", "en"), None, "--lang: was vi, is en"),
    "reading": ((), ("--reading", "average"), None, "--reading: trước là không nêu, nay là average"),
    "words of cells": (("--show-values",), (), None, "--show-values: trước là có nêu, nay là không nêu"),
    "no words of cells": ((), ("--show-values",), None, "--show-values: trước là không nêu, nay là có nêu"),
    "day of issue": ((), ("--date", "2025-01-31"), None, "[office] date: trước là không nêu, nay là 2025-01-31"),
    "rules": ((), ("--rules", "r.toml"), None, "--rules: trước là qd-666-ttg, nay là r.toml"),
}


def _classes(folder: Path, token: str) -> None:
    (folder / "c.csv").write_text(f"unit_code,class,from,to,source\n20470,{token},,,QĐ 1\n", "utf-8")


def _waivers(folder: Path, reason: str) -> None:
    (folder / "w.toml").write_text(
        f'[[waiver]]\ncode = "T003"\nunit = "20470"\nyear = 2024\nwho = "A"\nreason = "{reason}"\nuntil = 2099-12-31\n',
        "utf-8",
    )


def _rules(folder: Path, version: str) -> None:
    text = (TOP / "src/thidua_cli/data/rules/qd-666-ttg.toml").read_text("utf-8")
    (folder / "r.toml").write_text(text.replace('version = "2"', f'version = "{version}"'), "utf-8")


@pytest.mark.parametrize("change", CHANGES)
def test_resuming_refuses_what_would_make_other_reports_and_says_what(change: str, figures: Path) -> None:
    before, after, changed, told = CHANGES[change]
    _classes(figures, "area_3")
    _waivers(figures, "đã xem")
    _rules(figures, "2")
    write_csv(figures / "them.csv", rows(Level.DISTRICT))
    assert each(*before).status == 0
    broken_off(figures / "ra", 1)
    left = contents(figures / "ra")
    if changed is not None:
        changed(figures)
    outcome = each(*after, "--resume")
    assert outcome.status == 2, outcome.err
    assert told in outcome.err
    assert contents(figures / "ra") == left


@pytest.mark.parametrize("asked", [("--unit", "20470"), ("--overview",)])
def test_resuming_goes_with_a_run_of_many_alone(asked: tuple[str, ...], figures: Path) -> None:
    outcome = thidua("report", "so-lieu.csv", *asked, "-o", "ra.html" if "--overview" in asked else "ra.md", "--resume")
    assert outcome.status == 2
    assert "--resume chỉ dùng với --each" in outcome.err


def test_resuming_refuses_standard_input_which_nothing_is_kept_of(figures: Path) -> None:
    run = ("report", "-", "--each", "commune", "-o", "ra", "--fail-on", "never")
    table = (figures / "so-lieu.csv").read_bytes()
    assert thidua(*run, stdin=table).status == 0
    left = contents(figures / "ra")
    another_table(figures)
    outcome = thidua(*run, "--resume", stdin=(figures / "so-lieu.csv").read_bytes())
    assert outcome.status == 2
    assert "đầu vào chuẩn không giữ lại" in outcome.err
    assert contents(figures / "ra") == left


def test_resuming_refuses_another_template_and_says_which(figures: Path) -> None:
    assert thidua("template", "--report", "-o", "mau.docx").status == 0
    line = ("report", "so-lieu.csv", *JUDGED, "--each", "commune", "-o", "ra")
    assert thidua(*line, "--template", "mau.docx").status == 0
    (figures / "ra" / MANIFEST).write_text(json.dumps(manifest(figures / "ra")), "utf-8")
    assert "3 giữ nguyên" in thidua(*line, "--template", "mau.docx", "--resume").err
    assert "không còn tệp mau.docx" in thidua(*line, "--resume").err
    assert thidua("template", "--report", "--lang", "en", "-o", "mau.docx", "--force").status == 0
    assert "tệp mau.docx đã thay đổi" in thidua(*line, "--template", "mau.docx", "--resume").err


@pytest.mark.parametrize("asked", [("-f", "md"), ("--format=md",), ("--format", "markdown")])
def test_markdown_is_asked_for_by_its_name_or_by_that_of_its_files(asked: tuple[str, ...], figures: Path) -> None:
    assert thidua("report", "so-lieu.csv", *JUDGED, "--unit", "20470", "-o", "-", *asked).text.startswith("……")


# ------------------------------------------------------------ one process or two


@pytest.mark.skipif(sys.platform != "linux", reason="only processes of Linux are copied")
@pytest.mark.parametrize("format_", ["docx", "pdf", "markdown"])
def test_two_processes_write_the_same_files_as_one(format_: str, figures: Path) -> None:
    many = [
        {**row, "unit_code": f"20470-{number}", "unit_name": f"Thôn {number}", "level": "village"}
        for number in range(60)
        for row in rows(Level.COMMUNE)[:4]
    ]
    write_csv(figures / "so-lieu.csv", many)
    program = """
        import sys
        from thidua_cli.cli import main
        from thidua_cli.present.report import drawing
        seen = []
        begun = drawing._copy_at_work
        def watched(*arguments):
            copy = begun(*arguments)
            seen.append(copy)
            return copy
        drawing._copy_at_work = watched
        drawing.FEWEST = int(sys.argv.pop(1))
        drawing.processors = lambda: 2
        status = main.status()
        print(status, [copy is not None for copy in seen])
    """
    for folder, fewest in (("mot", "1000"), ("hai", "2")):
        line = ("report", "so-lieu.csv", *JUDGED, "--each", "village", "-f", format_, "-o", folder)
        command = [sys.executable, "-c", textwrap.dedent(program), fewest, *line]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment(), timeout=120)
        assert (done.stdout, done.stderr) == (
            f"0 {[] if folder == 'mot' else [True]}\n",
            f"Đã ghi vào {folder}: 60 báo cáo.\n",
        )
    assert contents(figures / "mot") == contents(figures / "hai")
    assert len(contents(figures / "hai")) == 61


@pytest.mark.parametrize("format_", ["docx", "pdf", "xlsx", "html", "markdown"])
def test_a_report_alone_is_the_report_of_a_run(format_: str, figures: Path) -> None:
    assert each("-f", format_).status == 0
    for report in manifest(figures / "ra")["reports"]:
        alone = Path("mot") / report["file"]
        alone.parent.mkdir(exist_ok=True)
        line = ("report", "so-lieu.csv", *JUDGED, "--unit", report["unit_code"], "-f", format_, "-o", alone)
        assert thidua(*line).status == 0
        assert sha256(alone.read_bytes()).hexdigest() == report["sha256"]


# ------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("con", "", "don-vi-con.md"),
        ("NUL", "", "don-vi-NUL.md"),
        ("COM1", "", "don-vi-COM1.md"),
        ("aux", "x", "aux-x.md"),
        ("", "...", "don-vi.md"),
        ("1.", "Xã A. ", "1-xa-a.md"),
    ],
)
def test_a_name_is_none_that_windows_keeps_for_itself(code: str, name: str, expected: str) -> None:
    assert file_names([(code, name)], "md") == [expected]


def test_no_two_units_have_one_file_and_no_name_is_too_long() -> None:
    units = [("20470-1", "Thôn A"), ("20470-1", "thôn a"), ("20470_1", "THÔN A"), ("", ""), ("", "?"), ("9", "đ" * 300)]
    names = file_names(units, ".xlsx")
    assert len({name.casefold() for name in names}) == len(units)
    assert max(map(len, names)) <= 90
    assert all(name.isascii() and not set(name) & set('<>:"/\\|?* ') for name in names)


def test_units_of_one_code_and_name_each_have_a_file_with_their_own_text(figures: Path) -> None:
    twice = [{**row, "unit_code": code} for code in ("20470-1", "20470.1") for row in rows(Level.COMMUNE)[:4]]
    assert file_names([(str(row["unit_code"]), "Xã Tà Lu") for row in twice[::4]], "md") == [
        "20470-1-xa-ta-lu.md",
        "20470-1-xa-ta-lu-2.md",
    ]


# ------------------------------------------------------------ a disk that is full


@pytest.mark.parametrize("full_at", [0, 1, 2])
def test_a_full_disk_leaves_whole_files_and_a_run_to_go_on_with(
    full_at: int, figures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert each(folder="whole").status == 0
    full = sorted(path.name for path in (figures / "whole").glob("*.md"))[full_at]
    fill = PartFile.fill

    def filled(part: PartFile, pieces: Iterable[bytes]) -> None:
        content = b"".join(pieces)
        if content == (figures / "whole" / full).read_bytes():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fill(part, [content])

    with monkeypatch.context() as patched:
        patched.setattr(PartFile, "fill", filled)
        outcome = each()
    assert outcome.status == 2
    assert f"Không ghi được ra/{full}" in outcome.err
    assert "/3 tệp trong ra đã ghi xong và nguyên vẹn" in outcome.err
    left = {path.name for path in (figures / "ra").iterdir()}
    assert LOG in left
    assert not left & {full, MANIFEST}
    assert not list((figures / "ra").glob(".*"))
    assert each("--resume").status == 0
    assert contents(figures / "ra") == contents(figures / "whole")


def test_a_full_disk_under_the_log_is_told_and_writes_no_report_that_is_not_in_it(
    figures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(log: RunLog, record: object) -> None:
        raise OutputError(Text("đĩa đầy", "the disk is full"))

    monkeypatch.setattr(RunLog, "add", fail)
    outcome = each()
    assert outcome.status == 2
    assert "đĩa đầy 0/3 tệp trong ra đã ghi xong" in outcome.err
    assert {path.name for path in (figures / "ra").iterdir()} == {LOG}
