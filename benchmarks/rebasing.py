"""Measure re-basing as a share of a whole `rates` process: `python benchmarks/rebasing.py --runs 5`.

The figures of the 10,035 communes of 2024 and of those of the three years before are brought to the 3,321 communes of
today. Processor time, of the re-basing and of the process from its start to the written result, in one process; the
figure is the median of several.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Final

from inputs import NATION, REBASED
from run import median

GOAL_PERCENT: Final = 10.0
DAY: Final = "2025-12-31"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the row, or with `--once` the two figures of this process on standard error."""
    parser = argparse.ArgumentParser(description="Measure re-basing as a share of a whole rates process.")
    parser.add_argument("-n", "--runs", type=int, default=5, help="counted runs (default 5)")
    parser.add_argument("--once", action="store_true", help="run once, in this process")
    options = parser.parse_args(arguments)
    if options.once:
        print(*_measured(), file=sys.stderr)
        return
    measured = [_in_own_process() for _ in range(options.runs + 1)][1:]
    percent = median([100 * rebasing / whole for rebasing, whole in measured])
    seconds = median([rebasing for rebasing, _ in measured]), median([whole for _, whole in measured])
    print(f"\nMedians of {options.runs} runs.\n\n| work | share of the whole process | goal | ok? |")
    print("| --- | ---: | ---: | --- |")
    good = "yes" if percent <= GOAL_PERCENT else "NO"
    print(
        f"| rates, every commune × 4 years, to the boundaries of {DAY}: re-basing | "
        f"{percent:.1f}% ({seconds[0]:.2f} / {seconds[1]:.2f} s) | {GOAL_PERCENT:.0f}% | {good} |"
    )


def _in_own_process() -> tuple[float, float]:
    command = [sys.executable, __file__, "--once"]
    shown = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stderr
    rebasing, whole = shown.splitlines()[-1].split()
    return float(rebasing), float(whole)


def _measured() -> tuple[float, float]:
    """Run the command and return the seconds spent in re-basing and in everything."""
    from thidua_cli import pipeline
    from thidua_cli.cli import main as program

    spent = 0.0
    brought = pipeline.rebase

    def timed(*values: object, **named: object) -> object:
        nonlocal spent
        started = time.process_time()
        result = brought(*values, **named)  # type: ignore[arg-type]
        spent += time.process_time() - started
        return result

    pipeline.rebase = timed  # type: ignore[assignment]
    sys.argv = ["thidua", "rates", str(NATION), "--boundaries", DAY, "-o", str(REBASED), "--format", "csv", "--force"]
    program.quieten_the_collector()
    if program.status() != 0:
        raise SystemExit("rates did not end with status 0")
    return spent, time.process_time()


if __name__ == "__main__":
    main()
