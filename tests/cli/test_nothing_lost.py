"""No command writes over what it reads: held over every option of every command, as the program lists them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.every_option import BASE, Option, options, side_files
from tests.cli.odd_values import FILES
from tests.cli.program import TOP, thidua
from thidua_cli.cli.run_files import FileMark
from thidua_cli.side_files import remembered

READ = (FileMark.READS, FileMark.READS_TABLES)
NO_FILES = {
    *("--unit", "--within", "--scope", "--poverty-line", "--boundaries", "--reading", "--trace", "--on", "--form"),
    "--sheet",
    *("explain 0", "units find 0", "units show 0", "units history 0", "units diff 0", "units diff 1", "classes show 0"),
}
"""Options, and arguments of commands, that take a text which names no file."""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    side_files(tmp_path)
    monkeypatch.chdir(tmp_path)


def reading() -> list[Option]:
    return [option for option in options() if option.mark in READ]


def test_every_option_that_takes_a_text_says_whether_it_names_a_file() -> None:
    unmarked = {option for option in options() if option.is_word and option.mark is None}
    assert unmarked
    assert {o.flag if o.flag.startswith("--") else f"{o.command} {o.flag}" for o in unmarked} <= NO_FILES


def as_output(option: Option, file: Path, output: Path, folder: Path) -> list[str]:
    """Return a line of the command that reads `file` by the option and writes `output`, existing or not."""
    words = option.line(str(file), folder)
    if "-o" in words:
        words[words.index("-o") + 1] = str(output)
        return [*words, "--force"]
    return [*words, "-o", str(output), "--force"]


@pytest.mark.parametrize("command", sorted({option.command for option in reading()}))
def test_what_an_option_names_is_never_written_over(command: str, tmp_path: Path) -> None:
    precious, link, hard = (tmp_path / name for name in ("precious", "link", "hard"))
    precious.write_bytes(b"precious")
    link.symlink_to(precious)
    os.link(precious, hard)
    own = [option for option in reading() if option.command == command]
    assert own
    for option in own:
        for output in (precious, link, hard):
            outcome = thidua(*as_output(option, precious, output, tmp_path))
            assert outcome.status == 2, (option, outcome.err)
            assert "là tệp đầu vào" in outcome.err, (option, outcome.err)
        assert precious.read_bytes() == b"precious"
        assert link.is_symlink()
    assert not list(tmp_path.glob(".*.part"))


_watched: list[str] | None = None


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watched is not None and event == "open" and isinstance(arguments[0], str):
        _watched.append(arguments[0])


sys.addaudithook(_watch)


@contextmanager
def opened() -> Iterator[list[str]]:
    """Hand out the list of files that are opened meanwhile, by whatever code."""
    global _watched
    files: list[str] = []
    _watched = files
    try:
        yield files
    finally:
        _watched = None


@pytest.mark.parametrize("command", BASE)
def test_every_file_that_a_command_opens_is_remembered_as_read(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    for name in ("wrong types", "brackets in brackets", "blank lines"):
        (folder / name).write_bytes(FILES[name])
    for option in (option for option in reading() if option.command == command):
        for file in folder.iterdir():
            with opened() as files:
                thidua(*option.line(str(file), tmp_path))
            ours = {path for path in files if path.startswith(str(tmp_path)) and not path.endswith(".part")}
            known = {str(path) for path in remembered()}
            assert {path for path in ours if Path(path).name[:3] != "new"} <= known, option
        for left in tmp_path.glob("new*"):
            left.unlink()


def test_what_a_rule_file_extends_is_read_as_well(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        (tmp_path / "rules").read_text("utf-8").replace("id = ", 'extends = "rules"\nwithin = ["49"]\nid = ', 1),
        "utf-8",
    )
    with opened() as files:
        outcome = thidua("rules", "show", own, "-o", tmp_path / "rules", "--force")
    assert str(tmp_path / "rules") in files
    assert outcome.status in {2, 3}
    assert (tmp_path / "rules").read_bytes() == (TOP / "src/thidua_cli/data/rules/qd-666-ttg.toml").read_bytes()


def test_a_file_behind_standard_input_is_read_as_well(tmp_path: Path) -> None:
    import subprocess

    from tests.cli.program import PROGRAM, environment

    tables = tmp_path / "tables.csv"
    before = tables.read_bytes()
    with tables.open("rb") as stream:
        done = subprocess.run(
            [*PROGRAM, "import", "-", "-o", str(tables), "--force"],
            stdin=stream,
            capture_output=True,
            env=environment(),
            text=True,
            check=False,
        )
    assert (done.returncode, "là tệp đầu vào" in done.stderr) == (2, True)
    assert tables.read_bytes() == before
