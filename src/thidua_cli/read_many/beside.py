"""Reading many small files in several processes: helpers from the end, this one from the front, until they meet.

A helper is a new interpreter that is told over a pipe what to read and answers with one `FileReading` per file: the
same on every system, and safe in a notebook, for nothing of this process is copied or run again. Only where copying is
safe, at the command line of Linux, it is a copy (forked.py), which has nothing to import. Nobody waits for a helper:
a file that it has not answered for when its turn comes is read here, so that a helper that is slow, or cannot be
started at all, costs nothing; what one that died had not answered is read here as well, the file that it had in hand
behind the wall (read/wall.py). Why this is no pool of a
library, and what it gains: docs/dependencies.md.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from thidua_cli.late_dataclass import replace
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.table_reading import FileReading
from thidua_cli.read.source import Source

if TYPE_CHECKING:
    from subprocess import Popen

    from thidua_cli.read_many.forked import ForkedProcess

FEWEST_FILES: Final = 64
"""Fewer are read before a helper has started."""
_FEWEST_PER_PROCESS: Final = 32
_MOST_PROCESSES: Final = 8
_MOST_BYTES: Final = 1 << 26
"""All files together: what a helper read is held twice for a moment."""
_PROGRAM: Final = "from thidua_cli.read_many.helper import serve; serve()"


class Helpers:
    """The helpers at work on some sources. Leaving the `with` block ends them."""

    def __init__(self, sources: Sequence[Source], options: ReadingOptions, helpers: int | None = None) -> None:
        self._sources = sources
        self._options = options
        self._count = _worth_having(sources, options) if helpers is None else helpers
        self._helpers: list[_Helper] = []
        self._helper_of: dict[Source, _Helper] = {}

    def __enter__(self) -> Helpers:
        """Set the helpers to work."""
        shares = [self._sources[::-1][first :: self._count] for first in range(self._count)]
        # All are started before the first is listened to: a process with a listener can be copied no more.
        processes = [_started(share, self._options) for share in shares]
        for share, process in zip(shares, processes, strict=True):
            helper = _Helper(share, process)
            self._helpers.append(helper)
            self._helper_of.update(dict.fromkeys(share, helper))
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no process behind."""
        for helper in self._helpers:
            helper.end()

    def reading_of(self, source: Source) -> FileReading | None:
        """Return what a helper read of one source; None for a source that is to be read here."""
        helper = self._helper_of.get(source)
        return helper.reading_of(source) if helper is not None else None

    def to_be_read_here(self, source: Source) -> Source:
        """Return a source as it is to be read here: behind the wall where a helper died that had it in hand."""
        helper = self._helper_of.get(source)
        return replace(source, is_walled=True) if helper is not None and helper.died_of(source) else source


class _Helper:
    """One helper and its share, from the last source to the first."""

    def __init__(self, share: Sequence[Source], process: Popen[bytes] | ForkedProcess | None) -> None:
        self._place = {source: place for place, source in enumerate(share)}
        self._readings: list[FileReading] | None = None
        self._answers: list[bytes] = []
        self._process = process
        if self._process is not None:
            from threading import Thread

            self._listener = Thread(target=self._listen, daemon=True)
            try:
                self._listener.start()
            except RuntimeError:  # the system starts no thread
                self.end()

    def _listen(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        stream = self._process.stdout
        while len(head := stream.read(8)) == 8:
            length = int.from_bytes(head, "little")
            answer = stream.read(length)
            if len(answer) == length:
                self._answers.append(answer)

    def reading_of(self, source: Source) -> FileReading | None:
        """Return what was read of one source, None where that is not known yet."""
        place = self._place[source]
        if self._readings is None:
            if len(self._answers) <= place:
                return None
            # all that is left for it to read has been read here
            self.end()
            self._readings = _unpacked(self._answers)
        return self._readings[place] if place < len(self._readings) else None

    def died_of(self, source: Source) -> bool:
        """Say whether the helper ended with a source in hand."""
        if self._process is None or self._process.poll() is None:
            return False
        self._listener.join()
        return self._place[source] == len(self._answers)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._listener.ident is not None:
                self._listener.join()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None


def _unpacked(answers: Sequence[bytes]) -> list[FileReading]:
    """Return what a helper answered; nothing where it is no answer, so that all is read here."""
    from thidua_cli.read_many.helper import unpacked

    try:
        return unpacked(answers)
    except Exception:  # of what is no answer pickle raises anything
        return []


def _started(share: Sequence[Source], options: ReadingOptions) -> Popen[bytes] | ForkedProcess | None:
    """Start a helper and tell it what to read; None where the system does not allow it."""
    from thidua_cli.read_many.forked import ForkedProcess, may_be_copied, reading

    if may_be_copied():
        with suppress(OSError):
            return ForkedProcess(reading(share, options))
    return _new_interpreter(share, options)


def _new_interpreter(share: Sequence[Source], options: ReadingOptions) -> Popen[bytes] | None:
    import subprocess

    from thidua_cli.read_many.helper import Task, packed

    # -P: a module of the folder the user works in must not be taken for one of ours.
    command = [sys.executable, "-P", "-c", _PROGRAM]
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, creationflags=hidden)
    except OSError:
        return None
    assert process.stdin is not None
    try:
        process.stdin.write(packed(Task(tuple(share), options)))
        process.stdin.close()
    except OSError:
        return process  # it has ended already and will answer nothing
    return process


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _worth_having(sources: Sequence[Source], options: ReadingOptions) -> int:
    """Return how many helpers to start."""
    if len(sources) < FEWEST_FILES or options.mapping is not None or not sys.executable or hasattr(sys, "frozen"):
        return 0
    try:
        size = sum(source.path.stat().st_size if source.path is not None else _MOST_BYTES for source in sources)
    except OSError:
        return 0
    return min(processors(), len(sources) // _FEWEST_PER_PROCESS, _MOST_PROCESSES) - 1 if size < _MOST_BYTES else 0
