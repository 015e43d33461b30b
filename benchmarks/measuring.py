"""Whole processes, run in pairs: how long they take, and how much memory they and all their children hold together.

Time and memory come from runs of their own: what looks on costs time on a machine of two cores. This module stays
small, since a child starts with the memory of its parent on its account.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple


class Pair(NamedTuple):
    """Medians over pairs of runs: ratios ours/theirs, and the figures of both."""

    time: float
    memory: float
    seconds: tuple[float, float]
    mib: tuple[float, float]


class Usage(NamedTuple):
    """What one finished process used."""

    seconds: float
    peak_mib: float
    """Greatest resident size of any one of its processes."""
    processor_seconds: float


def measured_pair(ours: Sequence[str], theirs: Sequence[str], pairs: int, memory_runs: int = 1) -> Pair:
    """Run two commands in turn, A B A B …, after one pair that is not counted; then both again under observation.

    The median of the ratios of the pairs is not spoilt by a machine whose speed drifts.
    """
    usages = [(run(ours), run(theirs)) for _ in range(pairs + 1)][1:]
    peaks = [(tree_peak_mib(ours), tree_peak_mib(theirs)) for _ in range(memory_runs)]
    return Pair(
        median([mine.seconds / other.seconds for mine, other in usages]),
        median([mine / other for mine, other in peaks]),
        (median([mine.seconds for mine, _ in usages]), median([other.seconds for _, other in usages])),
        (median([mine for mine, _ in peaks]), median([other for _, other in peaks])),
    )


def run(command: Sequence[str]) -> Usage:
    """Run a command to its end with its output thrown away, and return what it used.

    Raises:
        SystemExit: the command did not end with status 0; a figure for it would mean nothing.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    with process:
        assert process.stderr is not None
        complaint = process.stderr.read()
        _, status, resources = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\nended with status {process.returncode}\n{complaint.decode()}")
    return Usage(seconds, resources.ru_maxrss / 1024, resources.ru_utime + resources.ru_stime)


_LOOK_EVERY_SECONDS: Final = 0.005


def tree_peak_mib(command: Sequence[str]) -> float:
    """Run a command and return the most memory it held, with all its children, in MiB.

    Every few milliseconds the proportional sizes (PSS) of all its processes are added, so that what they share counts
    once; where one process held more for a moment between two looks, that is the figure. Without /proc it is the
    greatest process alone.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0.0
    with process:
        while True:
            pid, status, resources = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, sum(map(_held_kib, _tree(process.pid))) / 1024)
            time.sleep(_LOOK_EVERY_SECONDS)
        process.returncode = os.waitstatus_to_exitcode(status)
    return max(peak, resources.ru_maxrss / 1024)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text("ascii").split():
                yield from _tree(int(child))
    except OSError:
        return  # it has ended, or the system tells no such thing


def _held_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def median(values: Sequence[float]) -> float:
    """Return the middle value, or the mean of the two middle ones."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def table_line(*cells: str) -> str:
    """Write one row of a table of Markdown."""
    return f"| {' | '.join(cells)} |"
