"""Measure re-basing inside a `rates` process, against what it took earlier: `python benchmarks/rebasing.py --runs 5`.

The figures of the 10,035 communes of 2024 and of those of the three years before are brought to the 3,321 communes of
today. Processor time of the re-basing alone, in the process that writes the result; runs of both versions in turn.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from inputs import EARLIER, NATION, REBASED
from measuring import median, table_line

GOAL: Final = 0.25
DAY: Final = "2025-12-31"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the row, or with `--once` the two figures of this process on standard error."""
    parser = argparse.ArgumentParser(description="Measure re-basing against what it took earlier.")
    parser.add_argument("-n", "--runs", type=int, default=5, help="counted runs (default 5)")
    parser.add_argument("--once", action="store_true", help="run once, in this process")
    options = parser.parse_args(arguments)
    if options.once:
        print(*_measured(), file=sys.stderr)
        return
    print(f"\nMedians of {options.runs} pairs of runs, processor time.\n")
    if not EARLIER.exists():
        print("Re-basing was not measured: the earlier version is not installed.")
        return
    earlier = EARLIER.parent / Path(sys.executable).name
    measured = [(_in_own_process(Path(sys.executable)), _in_own_process(earlier)) for _ in range(options.runs + 1)][1:]
    ratio = median([mine[0] / other[0] for mine, other in measured])
    seconds = median([mine[0] for mine, _ in measured]), median([other[0] for _, other in measured])
    percent = median([100 * mine[0] / mine[1] for mine, _ in measured])
    print(table_line("work", "against", "time: ratio", "goal", "share of the whole process", "ok?"))
    print(table_line("---", "---", "---:", "---:", "---:", "---"))
    print(
        table_line(
            f"rates, every commune × 4 years, to the boundaries of {DAY}: re-basing",
            "the same, as it was earlier",
            f"{ratio:.2f} ({seconds[0]:.3f} / {seconds[1]:.3f} s)",
            f"{GOAL:.2f}",
            f"{percent:.1f}%",
            "yes" if ratio <= GOAL else "NO",
        )
    )


def _in_own_process(python: Path) -> tuple[float, float]:
    command = [str(python), __file__, "--once"]
    shown = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stderr
    rebasing, whole = shown.splitlines()[-1].split()
    return float(rebasing), float(whole)


def _measured() -> tuple[float, float]:
    """Run the command and return the seconds spent in re-basing and in everything."""
    from thidua_cli import pipeline
    from thidua_cli.cli import main as program

    spent = 0.0
    # the step bore another name earlier
    step = "rebase" if hasattr(pipeline, "rebase") else "on_ground"
    brought = getattr(pipeline, step)

    def timed(*values: object, **named: object) -> object:
        nonlocal spent
        started = time.process_time()
        result = brought(*values, **named)
        spent += time.process_time() - started
        return result

    setattr(pipeline, step, timed)
    written = ("-o", str(REBASED), "--format", "csv", "--force", "--fail-on", "never")
    sys.argv = ["thidua", "rates", str(NATION), "--boundaries", DAY, *written]
    program.quieten_the_collector()
    if program.status() != 0:
        raise SystemExit("rates did not end with status 0")
    return spent, time.process_time()


if __name__ == "__main__":
    main()
