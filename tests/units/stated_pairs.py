"""The plain side of the independent check: sums straight from the pairs as the resolutions of 2025 state them.

It reads scripts/sources/reform_2025.csv and nothing else: no table the program ships, no code it runs.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).resolve().parent.parent.parent / "scripts" / "sources" / "reform_2025.csv"


class StatedPair(NamedTuple):
    new_code: str
    old_code: str
    wording: str
    households: str
    clause: str


def stated_pairs() -> list[StatedPair]:
    """Return the pairs, one per old and new unit; five old units are island districts (three digits)."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        return [StatedPair(**row) for row in csv.DictReader(stream)]


def exact_parts() -> dict[str, list[str]]:
    """Return for every new commune whose households are an exact sum the old units it is the sum of."""
    parts: dict[str, list[str]] = {}
    divided = set()
    for pair in stated_pairs():
        parts.setdefault(pair.new_code, [])
        if pair.households == "all":
            parts[pair.new_code].append(pair.old_code)
        if pair.households == "part":
            divided.add(pair.new_code)
    return {new: olds for new, olds in parts.items() if new not in divided}


def exact_sums(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the count of every exact new commune, given a count of every old unit."""
    return {new: sum(counts[old] for old in olds) for new, olds in exact_parts().items()}
