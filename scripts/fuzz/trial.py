"""What the program does with one case: in a process of its own, whose death, time and memory tell nobody else.

The process is a fork of one that has everything loaded: starting the program anew takes twenty times as long as most
files. So this needs a system that forks.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple, NoReturn

from fuzz.cases import Case
from fuzz.usage import used
from thidua_cli.cli.main import run

REFUSED: Final = 3
DEFECT: Final = 70
_STATUSES: Final = (0, 1, 2, REFUSED)
SECONDS_OF_REFUSAL: Final = 1.5
SECONDS_PER_MEGABYTE: Final = 10
MEGABYTES: Final = 150
"""More than the process had when it began, or all that a helper has."""
_SECONDS_ALLOWED: Final = 30
_ADDRESS_SPACE: Final = 4 << 30
_FOREIGN: Final = re.compile(
    r"Traceback \(most recent call last\)|^thread '|panicked at|^\S+Error\b|Segmentation|core dumped", re.M
)
"""What no sentence of ours looks like: traces of Python, panics of Rust."""


class Outcome(NamedTuple):
    """What came of a case."""

    case: Case
    status: int
    """Exit status; below 0 the signal that ended it."""
    seconds: float
    """Of the processor, its helpers' among them."""
    megabytes: float
    """See `Usage.kilobytes`."""
    told: str
    """Standard error."""
    input_bytes: int

    @property
    def fault(self) -> str:
        """What is wrong; empty where nothing is."""
        if self.status < 0:
            return "hang" if -self.status in (signal.SIGXCPU, signal.SIGALRM) else "death"
        if self.status == DEFECT:
            return "exit 70"
        if self.status not in _STATUSES:
            return "exit status"
        if _FOREIGN.search(self.told):
            return "foreign words"
        if self.seconds > self._seconds_allowed:
            return "slow"
        return "memory" if self.megabytes > MEGABYTES else ""

    @property
    def _seconds_allowed(self) -> float:
        if self.status == REFUSED:
            return SECONDS_OF_REFUSAL
        return SECONDS_PER_MEGABYTE * max(self.input_bytes / 2**20, 1)


def tried(case: Case) -> Outcome:
    """Run a case, and say what came of it."""
    with TemporaryDirectory() as folder, TemporaryDirectory() as beside:
        written(case, Path(folder))
        told = Path(beside) / "stderr"
        taken = used(lambda: _run_case(case, folder, told))
        return Outcome(
            case,
            taken.status,
            taken.seconds,
            taken.kilobytes / 1024,
            told.read_text("utf-8", "replace") if told.exists() else "",
            sum(map(len, case.files.values())),
        )


def written(case: Case, folder: Path) -> None:
    """Write the files of a case."""
    for name, content in case.files.items():
        (folder / name).write_bytes(content)


def _run_case(case: Case, folder: str, told: Path) -> NoReturn:
    """Be the program: nothing of this process is left when it ends."""
    try:
        os.setsid()
        os.chdir(folder)
        _direct({0: os.devnull, 1: os.devnull, 2: str(told)})
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS_ALLOWED, _SECONDS_ALLOWED + 1))
        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.alarm(4 * _SECONDS_ALLOWED)
        sys.argv = ["thidua", *case.typed]
        run()
    finally:
        os._exit(DEFECT)  # `run` ends the process itself


def _direct(streams: Mapping[int, str]) -> None:
    """Let the streams of the process, and Python's over them, lead to files."""
    for number, path in streams.items():
        opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in enumerate(("r", "w", "w"))
    )
