"""Papers that cannot be written: a full disk, a folder without leave, a file open elsewhere, an interrupt.

Of each kind of paper: one sentence that names the file, and nothing under its name but what stood there before. The
failures are stand-ins: what the system says is raised where it would say it.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any, Final, get_args

import pytest

from tests.cli.program import TOP, Outcome, thidua
from thidua_cli.cli import report as report_command
from thidua_cli.present.toolkit.render import FORMATS

JUDGED: Final = ("sample_data/dong-giang", "--rules", "qd-666-ttg", "--as-of", "2024", "--fail-on", "never")
OF_UNIT: Final = [str(name) for name in get_args(report_command._Document)]
"""The formats of a report, as the command offers them."""
PAPERS: Final = [
    *((f"xa{FORMATS[name].suffix}", ("report", *JUDGED, "--unit", "20473", "--format", name)) for name in OF_UNIT),
    ("tong-hop.html", ("report", *JUDGED, "--overview")),
    ("ho-so.xlsx", ("export", *JUDGED)),
]
of_each_paper = pytest.mark.parametrize(("name", "command"), PAPERS, ids=[name for name, _ in PAPERS])
FULL: Final = OSError(28, "No space left on device")
DENIED: Final = PermissionError(13, "Permission denied")


@pytest.fixture(autouse=True)
def at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)


def failing(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, failure: BaseException) -> None:
    """Let a call of the system fail."""

    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(module, name, fail)


def written_onto(folder: Path, name: str, command: tuple[str, ...]) -> tuple[Outcome, Path]:
    """Run a command that is to replace a file, and return what came of it with the file."""
    file = folder / name
    file.write_bytes(b"as it was")
    return thidua(*command, "-o", file, "--force"), file


def assert_untouched(outcome: Outcome, file: Path, *words: str) -> None:
    """Assert that one sentence names the file, and that its folder is as it was."""
    assert outcome.status == 2
    assert [line for line in outcome.err.splitlines() if line.startswith("lỗi: ")] == outcome.err.splitlines()[-1:]
    for word in (str(file), *words):
        assert word in outcome.err
    assert "Traceback" not in outcome.err
    assert {path.name: path.read_bytes() for path in file.parent.iterdir()} == {file.name: b"as it was"}


def test_every_format_of_a_report_is_tried() -> None:
    assert {"xlsx", "docx", "pdf", "markdown"} <= set(OF_UNIT)


@of_each_paper
def test_a_full_disk_leaves_the_file_that_was_there(
    name: str, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, os, "write", FULL)
    outcome, file = written_onto(tmp_path, name, command)
    assert_untouched(outcome, file, "đĩa đã đầy")


@of_each_paper
def test_a_disk_that_fills_up_as_the_last_bytes_go_out_leaves_the_file_that_was_there(
    name: str, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, os, "fsync", FULL)
    outcome, file = written_onto(tmp_path, name, command)
    assert_untouched(outcome, file, "đĩa đã đầy")


@of_each_paper
def test_a_file_that_is_open_in_another_program_is_left_as_it_is(
    name: str, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, os, "replace", DENIED)
    failing(monkeypatch, Path, "replace", DENIED)
    outcome, file = written_onto(tmp_path, name, command)
    assert_untouched(outcome, file, "đang mở trong chương trình khác")


@of_each_paper
def test_an_interrupt_while_a_paper_is_written_leaves_the_file_that_was_there(
    name: str, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, os, "fsync", KeyboardInterrupt())
    outcome, file = written_onto(tmp_path, name, command)
    assert outcome.status == 130
    assert "đã dừng theo yêu cầu" in outcome.err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {file.name: b"as it was"}


@of_each_paper
def test_a_folder_that_may_not_be_written_to_is_told_before_any_work(
    name: str, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def denied(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if flags & os.O_CREAT and Path(os.fsdecode(path)).parent == tmp_path:
            raise DENIED
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", denied)
    outcome = thidua(*command, "-o", tmp_path / name)
    assert outcome.status == 2
    assert "không có quyền" in outcome.err
    assert list(tmp_path.iterdir()) == []


@of_each_paper
def test_no_paper_needs_room_for_temporary_files(
    name: str, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written beside its place fails there with a sentence; elsewhere a full disk would be a defect."""
    for maker in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        failing(monkeypatch, tempfile, maker, FULL)
    outcome = thidua(*command, "-o", tmp_path / name)
    assert outcome.status == 0, outcome.err
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("format_", OF_UNIT)
def test_of_several_reports_it_is_said_how_many_are_whole(
    format_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, done = os.fsync, 0

    def fills_up(descriptor: int) -> None:
        nonlocal done
        # Two for the folder and each file: that it is kept, and that it is whole.
        done += 1
        if done > 8:
            raise FULL
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fills_up)
    outcome = thidua("report", *JUDGED, "--each", "commune", "--format", format_, "-o", tmp_path / "bao-cao")
    # What is done so far stands in the log of the run, for --resume.
    written = [path.name for path in (tmp_path / "bao-cao").iterdir() if not path.name.startswith("manifest.")]
    assert outcome.status == 2
    assert "đĩa đã đầy" in outcome.err
    assert 0 < len(written) < 11
    assert all(name.endswith(FORMATS[format_].suffix) for name in written)
    assert f"{len(written)}/11 tệp" in outcome.err
