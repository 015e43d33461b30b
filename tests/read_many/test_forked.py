"""A helper that is a copy of the process: what it reads is the same, and nothing of what was copied goes on in it.

Each test runs in a process of its own: the workers of the tests have several threads, and are not copied.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.normalise.cases import table, write_sheet
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.read_many import beside, forked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only processes of Linux are copied")

HEAD = """
import os, signal, sys, time
from pathlib import Path
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.tables import read_source
from thidua_cli.read.source import expand
from thidua_cli.read_many.beside import Helpers
from thidua_cli.read_many.forked import ForkedProcess, may_be_copied, reading
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.tables import bundled
sources, options = expand([sys.argv[1]])[0], ReadingOptions()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(12):
        rows = table(["1", "Xã Tà Lu", 500 + number, 120, 40], ["", "Tổng cộng", 500, 120, 40])
        write_sheet(tmp_path / f"{number:03}.xlsx", rows)
    return tmp_path


def alone(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a process with one thread."""
    command = [sys.executable, "-c", HEAD + textwrap.dedent(program), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_what_copies_read_is_what_the_process_would_have_read(folder: Path) -> None:
    outcome = alone(
        """
        assert may_be_copied()
        with Helpers(sources, options, helpers=2) as helpers:
            assert all(isinstance(helper._process, ForkedProcess) for helper in helpers._helpers)
            while any(len(helper._answers) < 6 for helper in helpers._helpers):
                time.sleep(0.01)
            readings = [helpers.reading_of(source) for source in sources]
        finder = UnitFinder(bundled())
        assert readings == [read_source(source, options, finder) for source in sources]
        print(len(readings), all(helper._process is None for helper in helpers._helpers))
        """,
        folder,
    )
    assert (outcome.stdout, outcome.stderr) == ("12 True\n", "")


def test_a_copy_prints_nothing_and_runs_nothing_of_the_process(folder: Path) -> None:
    outcome = alone(
        """
        import atexit
        atexit.register(print, "left")
        print("once", end=" ")
        try:
            with Helpers(sources, options, helpers=1) as helpers:
                while len(helpers._helpers[0]._answers) < 12:
                    time.sleep(0.01)
                status = helpers._helpers[0]._process.wait()
        finally:
            print("through", status)
        """,
        folder,
    )
    assert (outcome.stdout, outcome.stderr) == ("once through 0\nleft\n", "")


def test_a_copy_that_dies_is_noticed_and_ends_at_ctrl_c(folder: Path) -> None:
    outcome = alone(
        """
        process = ForkedProcess(reading(sources * 500, options))
        assert process.stdout.read(8)
        assert process.poll() is None
        os.kill(process.pid, signal.SIGINT)
        print(process.wait(), process.poll())
        process.kill()
        other = ForkedProcess(reading(sources * 500, options))
        other.kill()
        print(other.wait(), other.returncode)
        """,
        folder,
    )
    assert (outcome.stdout, outcome.stderr) == ("-2 -2\n-9 -9\n", "")


def test_a_copy_ends_when_nobody_reads_what_it_answers(folder: Path) -> None:
    outcome = alone(
        """
        first, second = os.pipe()
        if os.fork() == 0:
            os.close(first)
            process = ForkedProcess(lambda pipe: [pipe.write(bytes(1 << 16)) for _ in range(1000)])
            os.write(second, str(process.pid).encode())
            process.stdout.read(8)
            os.kill(os.getpid(), signal.SIGKILL)
        os.close(second)
        with os.fdopen(first, "rb") as told:  # until the copy too has let go of it
            copy = int(told.read())
        for _ in range(100):
            if not Path(f"/proc/{copy}").exists() or ") Z " in Path(f"/proc/{copy}/stat").read_text():
                print("over")
                break
            time.sleep(0.05)
        """,
        folder,
    )
    assert (outcome.stdout, outcome.stderr) == ("over\n", "")


def test_a_file_that_is_gone_ends_a_copy_without_a_word(folder: Path) -> None:
    outcome = alone(
        """
        for source in sources:
            source.path.unlink()
        process = ForkedProcess(reading(sources, options))
        process.wait()
        print("here")
        """,
        folder,
    )
    assert (outcome.stdout, outcome.stderr) == ("here\n", "")


def test_a_process_with_several_threads_is_not_copied(folder: Path) -> None:
    outcome = alone(
        """
        from threading import Event, Thread
        done = Event()
        waiting = Thread(target=done.wait)
        waiting.start()
        print(may_be_copied())
        done.set()
        waiting.join()
        # The system counts a thread for a moment after Python has joined it.
        patience = time.monotonic() + 30
        while not may_be_copied() and time.monotonic() < patience:
            time.sleep(0.01)
        print(may_be_copied())
        """,
        folder,
    )
    assert (outcome.stdout, outcome.stderr) == ("False\nTrue\n", "")


def test_where_no_copy_can_be_made_a_new_interpreter_reads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise OSError("no more processes")

    monkeypatch.setattr(os, "fork", refuse)
    monkeypatch.setattr(forked, "may_be_copied", lambda: True)
    started = beside._started([], ReadingOptions())
    assert isinstance(started, subprocess.Popen)
    with started:
        assert started.wait() == 0
