"""Streams that the shell closed, full disks, names that are no UTF-8, a lack of memory: told, and no defect."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from tests.cli.every_option import TABLES
from tests.cli.program import FAULTY, PROGRAM, TOP, environment, thidua
from thidua_cli import pipeline

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and a POSIX shell")
LINE = shlex.join(PROGRAM)


def shell(line: str, folder: Path = TOP, **settings: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["sh", "-c", line], capture_output=True, check=False, env=environment(**settings), cwd=folder)


@pytest.mark.parametrize("words", [f"check {FAULTY}", "rules list", "--help", "--version", "check --help"])
@pytest.mark.parametrize(("behind", "reason"), [("> /dev/full", "đĩa đã đầy"), (">&-", "đã đóng")])
def test_a_result_that_cannot_be_written_out_is_told(words: str, behind: str, reason: str) -> None:
    done = shell(f"{LINE} {words} {behind}")
    assert done.returncode in {2, 3}, done.stderr.decode()
    assert reason in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("streams", ["2>&-", "2> /dev/full", "<&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_let_no_file_be_spoilt(tmp_path: Path, streams: str) -> None:
    (tmp_path / "tables.csv").write_text(TABLES, "utf-8")
    done = shell(f"{LINE} import tables.csv -o data.csv {streams}", tmp_path)
    assert done.returncode == 0
    assert b"\xef\xbb\xbf" not in (tmp_path / "data.csv").read_bytes()[3:]
    assert (tmp_path / "data.csv").read_text("utf-8").count("\n") == 3
    assert {path.name for path in tmp_path.iterdir()} == {"tables.csv", "data.csv", "data.csv.provenance.json"}


@pytest.mark.parametrize("format_", ["json", "csv", "markdown", "xlsx", "table"])
def test_a_name_that_is_no_utf_8_goes_through_every_format(tmp_path: Path, format_: str) -> None:
    name = os.fsdecode(b"bi\xe3u.csv")
    (tmp_path / name).write_text(TABLES.replace("33\n", "x\n"), "utf-8")
    output = tmp_path / os.fsdecode(b"k\xff")
    outcome = thidua("check", tmp_path / name, "--format", format_, "-o", output)
    assert outcome.status == 1, outcome.err
    assert output.stat().st_size
    if format_ == "json":
        assert name in json.dumps(json.loads(output.read_bytes()), ensure_ascii=False)


def test_a_folder_that_was_taken_away_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = shell(f"rmdir ../gone; {LINE} check tables.csv; {LINE} rules list -o list.json", gone)
    assert "Traceback" not in done.stderr.decode()
    assert done.returncode in {2, 3}
    assert "chương trình có lỗi" not in done.stderr.decode()


def test_a_lack_of_memory_is_no_defect(tmp_path: Path) -> None:
    (tmp_path / "tables.csv").write_text(TABLES, "utf-8")
    with mock.patch.object(pipeline, "check", side_effect=MemoryError):
        outcome = thidua("check", tmp_path / "tables.csv", "-o", tmp_path / "result.json")
    assert (outcome.status, "không đủ bộ nhớ" in outcome.err) == (3, True)
    assert [path.name for path in tmp_path.iterdir()] == ["tables.csv"]


@pytest.mark.parametrize(
    "settings",
    [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}, {"TZ": "Nowhere/X", "HOME": ""}],
    ids=lambda settings: " ".join(settings),
)
def test_odd_surroundings_are_no_defect(tmp_path: Path, settings: dict[str, str]) -> None:
    (tmp_path / "tables.csv").write_text(TABLES, "utf-8")
    done = shell(f"{LINE} check tables.csv -o 'kết quả.json'; {LINE} rates tables.csv", tmp_path, **settings)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize(
    "command",
    [
        "attest template {tables} --rules qd-666-ttg -o new.xlsx",
        "export {tables} --rules qd-666-ttg --as-of 2024 -o new.xlsx",
        "import {tables} -o new.csv",
        "report {tables} --unit 20473 -o new.md",
        "report {tables} --each commune -o new",
        "check {tables} --annotate new -o new.json",
        "eligible {tables} --rules qd-666-ttg --as-of 2024 -o new.json",
    ],
)
@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", bytes(range(256))])
def test_where_nothing_was_read_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, content: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tables.csv").write_bytes(content)
    outcome = thidua(*command.format(tables="tables.csv").split())
    assert outcome.status == 3, outcome.err
    assert "tables.csv: " in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["tables.csv"]
