"""A helper that is a copy of this process, where copying is safe and a new interpreter would cost more than it does.

A new interpreter imports for a fifth of a second what this process has imported already: as long as sixty commune files
take. Copied is a process of Linux that has one thread: a copy of several has locks that nobody will open, and other
systems have libraries that do not survive it, or no copying at all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Final

from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.read.source import Source

_THREADS: Final = Path("/proc/self/task")
"""A folder with one entry per thread, those of libraries too, which Python does not count."""


def may_be_copied() -> bool:
    """Say whether this process can be copied."""
    if sys.platform != "linux":
        return False
    try:
        return sum(1 for _ in _THREADS.iterdir()) == 1
    except OSError:
        return False


class ForkedProcess:
    """A copy of this process at work, with the part of `subprocess.Popen` that `beside.py` needs."""

    def __init__(self, work: Callable[[IO[bytes]], None]) -> None:
        """Begin to do the work, which answers through the pipe it is handed.

        Raises:
            OSError: The system makes no copy.
        """
        inward, outward = os.pipe()
        try:
            self.pid = os.fork()
        except OSError:
            os.close(inward)
            os.close(outward)
            raise
        if self.pid == 0:
            _do_all(work, outward)
        os.close(outward)
        self.stdout: IO[bytes] | None = os.fdopen(inward, "rb")
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        return self._waited(os.WNOHANG)

    def wait(self) -> int | None:
        """Wait for its end."""
        return self._waited(0)

    def kill(self) -> None:
        """End it, whatever it is doing."""
        import signal

        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def _waited(self, how: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, how)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


def reading(share: Sequence[Source], options: ReadingOptions) -> Callable[[IO[bytes]], None]:
    """Return the work of reading sources."""
    from thidua_cli.read_many.helper import Task, answer_to  # here, not in the copy: this process will want it as well

    def read(pipe: IO[bytes]) -> None:
        answer_to(Task(tuple(share), options), pipe)

    return read


def _do_all(work: Callable[[IO[bytes]], None], outward: int) -> None:
    """Do the work, answer through the pipe and end: nothing of what the copied process was doing goes on."""
    status = 1
    try:
        _let_go(outward)
        with os.fdopen(outward, "wb") as pipe:
            work(pipe)
        status = 0
    finally:
        os._exit(status)  # no exception either may reach what called the process that was copied


def _let_go(kept: int) -> None:
    """Let go of the terminal, of what the copied process does at Ctrl-C, and of all that it holds open but `kept`.

    With the other end of its own pipe it would never learn that nobody reads any more, and with a file that is locked
    it would keep a place after the process that was copied is dead.
    """
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.closerange(3, kept)
    os.closerange(kept + 1, _most_descriptors())
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)


def _most_descriptors() -> int:
    """Return one more than the highest descriptor that is open."""
    return max((int(entry.name) for entry in Path("/proc/self/fd").iterdir()), default=2) + 1
