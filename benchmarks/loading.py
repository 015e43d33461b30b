"""Measure what loading the unit tables and changes adds to a command: `python benchmarks/loading.py --pairs 15`.

Two processes run in turn: one that imports the command line and the shared nouns and does nothing, and one that also
asks for the communes of a district and for what became of each of them, as a check does. The figure is the median of
the differences in processor time: a few milliseconds of wall time drown in what else the machine does.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Final

from measuring import median, run

GOAL_MS: Final = 15.0
EMPTY: Final = "import thidua_cli.cli.main, thidua_cli.model"
LOADING: Final = """\
import thidua_cli.cli.main, thidua_cli.model
from datetime import date
from thidua_cli.units.changes import bundled_changes
from thidua_cli.units.tables import REFORM_DAY, bundled
eve = date(2025, 6, 30)
communes = bundled().children({district!r}, eve)
assert communes
assert all(bundled_changes().leaving(unit.code, eve, REFORM_DAY) for unit in communes)
"""
DISTRICTS: Final = {"505": "Huyện Đông Giang, as in the samples", "001": "Quận Ba Đình, of the longest file"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one row per district."""
    parser = argparse.ArgumentParser(description="Measure the loading of unit tables and changes.")
    parser.add_argument("-n", "--pairs", type=int, default=15, help="counted pairs of runs for each row (default 15)")
    pairs = parser.parse_args(arguments).pairs
    print(f"\nMedians of {pairs} pairs.\n\n| unit tables and changes of | over an empty command | goal | ok? |")
    print("| --- | ---: | ---: | --- |")
    for district, name in DISTRICTS.items():
        added = added_ms(district, pairs)
        print(f"| {name} | {added:.1f} ms | {GOAL_MS:.0f} ms | {'yes' if added <= GOAL_MS else 'NO'} |", flush=True)


def added_ms(district: str, pairs: int) -> float:
    """Return how many milliseconds more a process computes that loads a district's units and changes."""
    loading = (sys.executable, "-c", LOADING.format(district=district))
    empty = (sys.executable, "-c", EMPTY)
    seconds = [run(loading).processor_seconds - run(empty).processor_seconds for _ in range(pairs + 1)][1:]
    return median(seconds) * 1000


if __name__ == "__main__":
    main()
