"""The program in its surroundings: consoles, pipes, locales, shells."""

from __future__ import annotations

import fcntl
import os
import pty
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.cli.program import (
    DISTRICT,
    FAULTY,
    PROGRAM,
    TOP,
    Outcome,
    assert_golden,
    environment,
    in_own_process,
    thidua,
)
from tests.cli.tables import with_error


def on_terminal(arguments: list[str], columns: int, **settings: str) -> Outcome:
    """Run the program with standard output and standard error on a terminal of `columns` columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    env = environment(TERM="xterm-256color", **settings)
    with subprocess.Popen([*PROGRAM, *arguments], stdout=theirs, stderr=theirs, env=env, cwd=TOP) as running:
        os.close(theirs)
        seen = b""
        while chunk := read_all(ours):
            seen += chunk
        running.wait(60)
    os.close(ours)
    return Outcome(running.returncode, seen.replace(b"\r\n", b"\n"), "")


def read_all(stream: int) -> bytes:
    try:
        return os.read(stream, 65536)
    except OSError:  # Linux says so when the other end of a pseudo terminal is gone
        return b""


def test_a_narrow_terminal_is_not_overflown() -> None:
    outcome = on_terminal(["check", FAULTY], 60, NO_COLOR="1")
    assert_golden("check-faulty-60.txt", outcome)
    assert max(map(len, outcome.text.splitlines())) <= 60


def test_a_terminal_gets_colours_unless_they_are_not_wanted() -> None:
    assert "\x1b[" in on_terminal(["check", FAULTY], 100).text
    assert "\x1b[" not in on_terminal(["check", FAULTY, "--no-color"], 100).text
    assert "\x1b[" not in on_terminal(["check", FAULTY], 100, NO_COLOR="1").text
    assert "\x1b[" not in in_own_process(["check", FAULTY]).text


def test_rates_are_coloured_as_every_other_answer() -> None:
    quiet = ["rates", DISTRICT, "--quiet"]  # a slow machine draws a progress bar, which has codes of its own
    assert "\x1b[" in on_terminal(quiet, 160).text
    assert "\x1b[" not in on_terminal([*quiet, "--no-color"], 160).text


@pytest.mark.parametrize("columns", [80, 200])
def test_pictures_are_for_a_terminal_that_draws_them_and_for_nothing_else(columns: int, tmp_path: Path) -> None:
    blocks, quiet = "█▇▆▅▄▃", ["rates", DISTRICT, "--quiet"]

    def drawn(text: str) -> bool:
        return any(block in text for block in blocks)

    assert drawn(on_terminal(quiet, columns, LC_ALL="C.UTF-8").text)
    assert not drawn(on_terminal([*quiet, "--no-color"], columns, LC_ALL="C.UTF-8").text)
    assert not drawn(on_terminal(quiet, columns, LC_ALL="C").text)
    assert not drawn(in_own_process(quiet, {"LC_ALL": "C.UTF-8"}).text)
    assert on_terminal([*quiet, "-o", str(tmp_path / "rates.txt")], columns).status == 0
    assert not drawn((tmp_path / "rates.txt").read_text("utf-8"))


def test_a_workbook_is_not_poured_onto_a_terminal(tmp_path: Path) -> None:
    for command in (["check", FAULTY, "--format", "xlsx"], ["report", DISTRICT, "--unit", "20473", "-f", "xlsx"]):
        outcome = on_terminal([*command, "-o", "-"], 80)
        assert outcome.status == 2
        assert "--format xlsx cần -o TỆP.xlsx" in outcome.text


def test_a_workbook_goes_through_a_pipe() -> None:
    outcome = in_own_process(["check", FAULTY, "--format", "xlsx", "-o", "-"])
    assert outcome.status == 1
    assert outcome.out.startswith(b"PK")


@pytest.mark.parametrize(
    "settings",
    [{"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "cp1258"}, {"LC_ALL": "C"}],
    ids=lambda settings: " ".join(map("=".join, settings.items())),
)
def test_any_locale_gives_the_same_bytes(settings: dict[str, str], tmp_path: Path) -> None:
    path = with_error(tmp_path / "Biểu số 8.csv")
    usual = in_own_process(["check", path.name], cwd=tmp_path)
    here = in_own_process(["check", path.name], settings, cwd=tmp_path)
    assert usual.text.startswith("Biểu số 8.csv")
    assert (here.status, here.out, here.err) == (1, usual.out, usual.err)
    refused = in_own_process(["check"], settings)
    assert "thiếu FILE…" in refused.err


@pytest.mark.parametrize(
    "command",
    [["rules", "show", "qd-666-ttg"], ["explain", "--all"], ["rates", "sample_data/quang-nam", "--format", "json"]],
    ids=" ".join,
)
def test_a_pipe_that_is_closed_early_ends_the_program_quietly(command: list[str]) -> None:
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*PROGRAM, *command], env=environment(), cwd=TOP, **streams) as running:  # type: ignore[call-overload]
        assert running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


def test_the_language_comes_from_the_environment_and_the_option_outweighs_it(tmp_path: Path) -> None:
    english = in_own_process(["check", FAULTY], {"THIDUA_LANG": "en"})
    assert "The heading “Mã bưu chính” is not known" in english.text
    assert in_own_process(["check", FAULTY, "--lang", "en"]) == english
    vietnamese = in_own_process(["check", FAULTY])
    assert in_own_process(["check", FAULTY, "--lang", "vi"], {"THIDUA_LANG": "en"}) == vietnamese
    assert in_own_process(["--lang", "en", "check", FAULTY]) == english
    assert in_own_process(["--lang=en", "check", FAULTY], {"THIDUA_LANG": "vi"}) == english
    assert in_own_process(["--lang", "en", "check", FAULTY, "--lang", "vi"]) == vietnamese
    assert (
        in_own_process(["check"], {"THIDUA_LANG": "en"}).err
        == "error: Missing argument 'FILE…'; see: thidua check -h\n"
    )


@pytest.mark.parametrize(
    ("shell", "hook"),
    [
        ("bash", "complete -o default -F _thidua_completion thidua"),
        ("zsh", "compdef _thidua_completion thidua"),
        ("fish", "complete --command thidua"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName thidua"),
        ("pwsh", "Register-ArgumentCompleter -Native -CommandName thidua"),
    ],
)
def test_every_shell_gets_a_completion_script(shell: str, hook: str) -> None:
    outcome = in_own_process([], {"_THIDUA_COMPLETE": f"source_{shell}"})
    assert (outcome.status, outcome.err) == (0, "")
    assert hook in outcome.text


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("thidua che", ["check"]),
        ("thidua ex", ["export", "explain"]),
        ("thidua units f", ["find"]),
        ("thidua eligible --rules ha-noi-5", ["ha-noi-51"]),
        ("thidua eligible --rules qd-666-ttg --reading rel", ["relative"]),
        ("thidua explain S00", ["S001", "S002", "S003"]),
        ("thidua check --poverty-line ha-", ["ha-noi-2022-2025"]),
        ("thidua rates --level x", ["xã"]),
        ("thidua check --fai", ["--fail-on"]),
        ("thidua check --format m", ["markdown"]),
    ],
)
def test_completion_offers_commands_options_and_values(words: str, offered: list[str]) -> None:
    number = str(len(words.split()) - 1)
    bash = {"_THIDUA_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": number}
    assert in_own_process([], bash).text.split() == offered
    others = {"_TYPER_COMPLETE_ARGS": words, "_TYPER_COMPLETE_WORD_TO_COMPLETE": words.split()[-1]}
    fish = {"_THIDUA_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args", **others}
    assert [line.split("\t")[0] for line in in_own_process([], fish).text.splitlines()] == offered
    powershell = {"_THIDUA_COMPLETE": "complete_powershell", **others}
    assert [line.split(":::")[0] for line in in_own_process([], powershell).text.splitlines()] == offered
    zsh = in_own_process([], {"_THIDUA_COMPLETE": "complete_zsh", **others}).text
    assert all(f'"{word}"' in zsh for word in offered)


INSTALLED = Path(sys.executable).with_name("thidua")


@pytest.mark.skipif(not (shutil.which("bash") and INSTALLED.exists()), reason="needs bash and the installed command")
def test_the_script_for_bash_completes_in_bash(tmp_path: Path) -> None:
    script = tmp_path / "thidua.sh"
    script.write_bytes(in_own_process([], {"_THIDUA_COMPLETE": "source_bash"}).out)
    program = f'source "{script}"; COMP_WORDS=(thidua che); COMP_CWORD=1; _thidua_completion thidua; echo "$COMPREPLY"'
    env = environment(PATH=f"{INSTALLED.parent}:{os.environ['PATH']}")
    done = subprocess.run(["bash", "-c", program], capture_output=True, check=True, text=True, env=env)
    assert done.stdout == "check\n"


def test_the_language_before_the_command_holds_for_that_run_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    monkeypatch.delenv("THIDUA_LANG", raising=False)
    assert "Found:" in thidua("--lang", "en", "check", FAULTY).text
    assert "Kết quả:" in thidua("check", FAULTY).text
    monkeypatch.setenv("THIDUA_LANG", "en")
    assert "Kết quả:" in thidua("--lang", "vi", "check", FAULTY).text
    assert "Found:" in thidua("check", FAULTY).text
