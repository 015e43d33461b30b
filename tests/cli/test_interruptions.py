"""Killed and interrupted runs leave nothing half, lost or behind (`scripts/interruptions.py` tries it by hundreds)."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import interruptions
from tests.cli.program import PROGRAM, TOP, environment


@pytest.mark.skipif(sys.platform != "linux", reason="looks for orphans in /proc")
def test_runs_that_are_killed_and_interrupted_leave_nothing_behind() -> None:
    commands = ("import", "check", "report as .docx", "report as .pdf", "overview")
    counts = interruptions.measured(5, 5, seed=2, commands=commands)
    assert {kind: count.runs for kind, count in counts.items()} == {"SIGKILL": 5, "SIGINT": 5}
    assert {kind: count.examples for kind, count in counts.items()} == {"SIGKILL": [], "SIGINT": []}


def test_runs_of_reports_that_are_killed_end_as_if_they_had_not_been() -> None:
    count = interruptions.gone_on(3, seed=4)
    assert (count.runs, count.examples) == (3, [])


STARTING = """
import sys, signal
from importlib.abc import MetaPathFinder

class Interrupting(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
sys.argv = ["thidua", "check", "x.csv", *{words!r}]
from thidua_cli.__main__ import run
run()
"""


@pytest.mark.parametrize(
    "module", ["thidua_cli.cli.main", "thidua_cli.cli.entries", "thidua_cli.cli.check", "thidua_cli.pipeline"]
)
@pytest.mark.parametrize(("words", "sentence"), [([], "lỗi: đã dừng"), (["--lang", "en"], "error: interrupted")])
def test_an_interrupt_while_the_program_is_imported_leaves_one_sentence(
    module: str, words: list[str], sentence: str
) -> None:
    program = STARTING.format(module=module, words=words)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment(), cwd=TOP
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.splitlines()) == 1


def test_an_interrupt_that_python_would_swallow_ends_the_program() -> None:
    program = """
import signal
from thidua_cli.cli.interrupt import raise_on_ctrl_c

class Swallowing:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

raise_on_ctrl_c()
Swallowing()
print("went on")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr


def test_a_shell_that_has_interrupts_ignored_is_obeyed(tmp_path: Path) -> None:
    program = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.argv = ['thidua', '--version']\n"
        "from thidua_cli.__main__ import run; signal.raise_signal(signal.SIGINT); run()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
    assert PROGRAM[1:] == ("-m", "thidua_cli")
