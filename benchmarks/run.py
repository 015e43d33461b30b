"""Measure whole processes of thidua against lines every analyst knows, or itself: `python benchmarks/run.py --pairs 5`.

How a pair is measured: `measuring.py`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from inputs import (
    ANNOTATED,
    CLASSES,
    COMMUNES,
    DISTRICT,
    EARLIER,
    EARLIER_VERDICTS,
    FAULTY,
    IMPORTED,
    MOVED,
    NATION,
    NATION_CSV,
    PLAIN_VERDICTS,
    PROVINCE,
    SAVED,
    VERDICTS,
    VILLAGES_CSV,
    VILLAGES_XLSX,
)
from measuring import measured_pair, table_line

UNIT: Final = "20467"
"""A commune of the four district workbooks."""
RULES: Final = ("--rules", "qd-666-ttg", "--as-of", "2024")
NO_STATUS: Final = ("--fail-on", "never", "--quiet")
"""Earlier versions find fault with a table of all communes."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One row of the table: a command, what it is held against, and the highest ratios that are good enough."""

    work: str
    command: tuple[str, ...]
    against: str
    theirs: tuple[str, ...]
    """A whole command."""
    time: float
    memory: float | None = None


def _python(line: str) -> tuple[str, ...]:
    return (sys.executable, "-c", line)


def _read_excel(path: Path) -> tuple[str, ...]:
    return _python(f"import pandas; pandas.read_excel({str(path)!r}, engine='calamine')")


def _read_each(folder: Path) -> tuple[str, ...]:
    return _python(
        f"import pandas, pathlib; [pandas.read_excel(path, engine='calamine') for path in pathlib.Path({str(folder)!r})"
        ".iterdir()]"
    )


def _earlier(*command: str) -> tuple[str, ...]:
    return (str(EARLIER), *command)


def _rates(table: Path) -> tuple[str, ...]:
    return ("rates", str(table), "--format", "csv", *NO_STATUS)


def _verdicts(output: Path) -> tuple[str, ...]:
    return ("eligible", str(NATION), *RULES, "--format", "json", "-o", str(output), "--force", *NO_STATUS)


FOUR: Final = (*map(str, DISTRICT), *RULES)
PLAIN: Final = tuple(map(str, ("benchmarks/plain_verdicts.py", NATION_CSV, MOVED, CLASSES, PLAIN_VERDICTS)))
EARLIER_ITSELF: Final = "the same, as it was earlier"

GOALS: Final = (
    Goal(
        "eligible as JSON, every commune × 4 years",
        _verdicts(VERDICTS),
        EARLIER_ITSELF,
        _earlier(*_verdicts(EARLIER_VERDICTS)),
        time=0.25,
        memory=0.30,
    ),
    Goal(
        "eligible as CSV, the same",
        ("eligible", str(NATION_CSV), *RULES, "--format", "csv", *NO_STATUS),
        "the rule in pandas (plain_verdicts.py)",
        (sys.executable, *PLAIN),
        time=3,
    ),
    Goal(
        "eligible as a table, the same",
        ("eligible", str(NATION_CSV), *RULES, *NO_STATUS),
        "the rule in pandas (plain_verdicts.py)",
        (sys.executable, *PLAIN),
        time=3,
    ),
    Goal("rates, the same", _rates(NATION), EARLIER_ITSELF, _earlier(*_rates(NATION)), time=0.35),
    Goal(
        "import, 500 commune files",
        ("import", str(COMMUNES), "-o", str(IMPORTED), "--force"),
        "pandas.read_excel of each, calamine",
        _read_each(COMMUNES),
        time=0.50,
    ),
    Goal(
        "check, 500,000 village rows, .csv",
        ("check", str(VILLAGES_CSV)),
        "pandas.read_csv",
        _python(f"import pandas; pandas.read_csv({str(VILLAGES_CSV)!r})"),
        time=2,
        memory=1.5,
    ),
    Goal(
        "check, the same rows, .xlsx",
        ("check", str(VILLAGES_XLSX)),
        "pandas.read_excel, calamine",
        _read_excel(VILLAGES_XLSX),
        time=0.62,
        memory=0.60,
    ),
    Goal(
        "check, a district's Mẫu 08",
        ("check", str(DISTRICT[-1])),
        "pandas.read_excel, calamine",
        _read_excel(DISTRICT[-1]),
        time=0.40,
        memory=0.60,
    ),
    Goal(
        "report --unit, four district workbooks",
        ("report", *FOUR, "--unit", UNIT, "--format", "markdown", "-o", "-"),
        "pandas.read_excel of one of them",
        _read_excel(DISTRICT[-1]),
        time=0.75,
    ),
    Goal(
        "eligible, four district workbooks",
        ("eligible", *FOUR),
        "pandas.read_excel of one of them",
        _read_excel(DISTRICT[-1]),
        time=0.75,
    ),
    Goal(
        "check, 130 commune files of a province",
        ("check", str(PROVINCE)),
        "pandas.read_excel of each, calamine",
        _read_each(PROVINCE),
        time=0.60,
    ),
    Goal(
        "check --annotate, 5,000 rows",
        ("check", str(FAULTY), "--annotate", str(ANNOTATED), "--force", "--fail-on", "never"),
        "openpyxl, load and save",
        _python(f"import openpyxl; openpyxl.load_workbook({str(FAULTY)!r}).save({str(SAVED)!r})"),
        time=1.30,
    ),
    Goal("--help", ("--help",), "import typer", _python("import typer"), time=1.25),
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
        if options.rows and number not in options.rows:
            continue
        if goal.theirs[0] == str(EARLIER) and not EARLIER.exists():
            print(table_line(goal.work, goal.against, "not measured: the earlier version is not installed", *[""] * 4))
        else:
            print(_measured(goal, options.pairs), flush=True)


def _measured(goal: Goal, pairs: int) -> str:
    ours = (str(Path(sys.executable).parent / "thidua"), *goal.command)
    pair = measured_pair(ours, goal.theirs, pairs)
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


if __name__ == "__main__":
    main()
