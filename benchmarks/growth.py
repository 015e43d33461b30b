"""Measure how time and memory grow with the number of communes and of files: `python benchmarks/growth.py --runs 3`.

The figure is the slope of the line through the four sizes, both axes logarithmic: 1 where twice the input takes twice
the time, 2 where it takes four times. What every process pays at its start makes it less than 1.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from inputs import FOLDERS, IMPORTED, STEPS, TABLES
from measuring import median, run, table_line, tree_peak_mib

GOAL: Final = 1.05
VERDICTS: Final = ("--rules", "qd-666-ttg", "--as-of", "2024", "--format", "json", "--fail-on", "never")
WORKS: Final[dict[str, list[tuple[str, ...]]]] = {
    "eligible as JSON, 1/8 to all communes": [("eligible", str(path), *VERDICTS) for path in TABLES],
    "rates, the same": [("rates", str(path), "--format", "csv", "--fail-on", "never") for path in TABLES],
    "check, the same": [("check", str(path)) for path in TABLES],
    "import, 125 to 1,000 files": [("import", str(path), "-o", str(IMPORTED), "--force") for path in FOLDERS],
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one row per work."""
    parser = argparse.ArgumentParser(description="Measure how time and memory grow with the input.")
    parser.add_argument("-n", "--runs", type=int, default=3, help="runs for each size (default 3)")
    runs = parser.parse_args(arguments).runs
    print(f"\nSlopes over {', '.join(f'{step}×' for step in STEPS)}, medians of {runs} runs; goal {GOAL}.\n")
    print(table_line("work", "slope of time", "seconds", "slope of memory", "MiB", "ok?"))
    print(table_line("---", "---:", "---", "---:", "---", "---"))
    program = str(Path(sys.executable).parent / "thidua")
    for work, commands in WORKS.items():
        seconds = [median([run((program, *command)).seconds for _ in range(runs)]) for command in commands]
        mib = [tree_peak_mib((program, *command)) for command in commands]
        slopes = slope(STEPS, seconds), slope(STEPS, mib)
        figures = (" / ".join(f"{value:.2f}" for value in seconds), " / ".join(f"{value:.0f}" for value in mib))
        good = "yes" if max(slopes) <= GOAL else "NO"
        print(table_line(work, f"{slopes[0]:.2f}", figures[0], f"{slopes[1]:.2f}", figures[1], good), flush=True)


def slope(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Return the slope of the straight line nearest to the logarithms of the values over those of the sizes."""
    across, up = [math.log(size) for size in sizes], [math.log(value) for value in values]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    over = sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True))
    return over / sum((x - middle) ** 2 for x in across)


if __name__ == "__main__":
    main()
