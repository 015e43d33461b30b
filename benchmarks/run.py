"""Measure whole processes of thidua against lines every analyst knows, or itself: `python benchmarks/run.py --pairs 5`.

The two commands of a row run in turn, A B A B …, after one pair that is not counted; the figure is the median of the
ratios A/B of the pairs, so that a machine whose speed drifts does not spoil it. Time is wall time from start to exit,
memory the peak resident size the system reports for the finished process. This module stays small: a child starts
with the memory of its parent on its account.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from inputs import (
    ANNOTATED,
    COMMUNES,
    DISTRICT,
    EARLIER,
    FAULTY,
    IMPORTED,
    PROVINCE,
    SAVED,
    VILLAGES_CSV,
    VILLAGES_XLSX,
)


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
    processor_seconds: float


@dataclass(frozen=True, slots=True)
class Goal:
    """One row of the table: a command, what it is held against, and the highest ratios that are good enough."""

    work: str
    command: tuple[str, ...]
    against: str
    line: str | None
    """A line of Python, run as `python -c LINE`; None for the same command of the program as it was earlier."""
    time: float
    memory: float | None = None


def _read_excel(path: Path) -> str:
    return f"import pandas; pandas.read_excel({str(path)!r}, engine='calamine')"


_READ_COMMUNES: Final = (
    f"import pandas, pathlib; [pandas.read_excel(path, engine='calamine') for path in pathlib.Path({str(COMMUNES)!r})"
    ".iterdir()]"
)
_LOAD_AND_SAVE: Final = f"import openpyxl; openpyxl.load_workbook({str(FAULTY)!r}).save({str(SAVED)!r})"


GOALS: Final = (
    Goal(
        "check, a district's Mẫu 08",
        ("check", str(DISTRICT[-1])),
        "pandas.read_excel, calamine",
        _read_excel(DISTRICT[-1]),
        time=0.60,
        memory=0.60,
    ),
    Goal(
        "check, 500,000 village rows, .xlsx",
        ("check", str(VILLAGES_XLSX)),
        "pandas.read_excel, calamine",
        _read_excel(VILLAGES_XLSX),
        time=0.90,
        memory=0.65,
    ),
    Goal(
        "check, the same rows, .csv",
        ("check", str(VILLAGES_CSV)),
        "pandas.read_csv",
        f"import pandas; pandas.read_csv({str(VILLAGES_CSV)!r})",
        time=6,
        memory=1.5,
    ),
    Goal(
        "eligible, four district workbooks",
        ("eligible", *map(str, DISTRICT), "--rules", "qd-666-ttg", "--as-of", "2024"),
        "pandas.read_excel of one of them",
        _read_excel(DISTRICT[-1]),
        time=2,
    ),
    Goal(
        "import, 500 commune files",
        ("import", str(COMMUNES), "-o", str(IMPORTED), "--force"),
        "pandas.read_excel of each, calamine",
        _READ_COMMUNES,
        time=0.50,
    ),
    Goal(
        "check --annotate, 5,000 rows",
        ("check", str(FAULTY), "--annotate", str(ANNOTATED), "--force", "--fail-on", "never"),
        "openpyxl, load and save",
        _LOAD_AND_SAVE,
        time=1.30,
    ),
    Goal(
        "check, 130 commune files of a province",
        ("check", str(PROVINCE)),
        "the same, as it was earlier",
        None,
        time=1.05,
    ),
    Goal("--help", ("--help",), "import typer", "import typer", time=1.25),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the rows asked for and print the table."""
    parser = argparse.ArgumentParser(description="Measure thidua against pandas, in pairs of whole processes.")
    parser.add_argument("-n", "--pairs", type=int, default=5, help="counted pairs of runs for each row (default 5)")
    parser.add_argument("rows", nargs="*", type=int, help="rows of the table to measure, from 1 (default all)")
    options = parser.parse_args(arguments)
    print(f"Medians of {options.pairs} pairs; goals are the highest ratios that are good enough.\n")
    print(table_line("work", "against", "time: ratio", "goal", "memory: ratio", "goal", "ok?"))
    print(table_line("---", "---", "---:", "---:", "---:", "---:", "---"))
    for number, goal in enumerate(GOALS, start=1):
        if goal.line is None and not EARLIER.exists():
            print(table_line(goal.work, goal.against, "not measured: the earlier version is not installed", *[""] * 4))
        elif not options.rows or number in options.rows:
            print(_measured(goal, options.pairs), flush=True)


def _measured(goal: Goal, pairs: int) -> str:
    ours = (str(Path(sys.executable).parent / "thidua"), *goal.command)
    theirs = (str(EARLIER), *goal.command) if goal.line is None else (sys.executable, "-c", goal.line)
    pair = measured_pair(ours, theirs, pairs)
    good = pair.time <= goal.time and (goal.memory is None or pair.memory <= goal.memory)
    return table_line(
        goal.work,
        goal.against,
        f"{pair.time:.2f} ({pair.seconds[0]:.2f} / {pair.seconds[1]:.2f} s)",
        f"{goal.time:.2f}",
        f"{pair.memory:.2f} ({pair.mib[0]:.0f} / {pair.mib[1]:.0f} MiB)",
        "–" if goal.memory is None else f"{goal.memory:.2f}",
        "yes" if good else "NO",
    )


def measured_pair(ours: Sequence[str], theirs: Sequence[str], pairs: int) -> Pair:
    """Run two commands in turn, after one pair that is not counted."""
    usages = [(run(ours), run(theirs)) for _ in range(pairs + 1)][1:]
    return Pair(
        median([mine.seconds / other.seconds for mine, other in usages]),
        median([mine.peak_mib / other.peak_mib for mine, other in usages]),
        (median([mine.seconds for mine, _ in usages]), median([other.seconds for _, other in usages])),
        (median([mine.peak_mib for mine, _ in usages]), median([other.peak_mib for _, other in usages])),
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


def median(values: Sequence[float]) -> float:
    """Return the middle value, or the mean of the two middle ones."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def table_line(*cells: str) -> str:
    """Write one row of a table of Markdown."""
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
