"""What became of which unit: the shipped table of changes, one row per pair of units, read as late as it is asked for.

A change says what happened on a day to the people of a unit, and by what evidence. It is read forwards (`leaving`) and
backwards (`entering`). Source, kinds and decisions: data/units/SOURCE.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

_FILE: Final = Path(__file__).resolve().parent.parent / "data" / "units" / "events.csv"


class Households(StrEnum):
    """How many of the households of the unit on the left went to the unit on the right."""

    ALL = "all"
    ALL_PRESUMED = "all_presumed"
    """One successor is known; the wording of the resolution was not read."""
    PART = "part"
    """A part; the share is not stated."""
    NONE = "none"
    """Area only: nobody moved."""
    UNKNOWN = "unknown"
    """Some, all or none: nobody has read it."""
    SAME = ""
    """A change of the unit itself: its name, type, code or parent; households are not touched."""


class Change(NamedTuple):
    """One change of one pair of units. The names are those of the eve and of the day."""

    day: date
    """First day of the new state."""
    kind: str
    """"merged", "divided", "part_transferred", "unchanged" …, "moved", "renamed", "retyped": see SOURCE.md."""
    from_code: str
    from_name: str
    to_code: str
    """Empty where no successor is known."""
    to_name: str
    households: Households
    evidence: str
    """Resolution and clause where they are known, else a package or how the pair was found."""


class Changes:
    """Changes by the code they begin with and by the code they end with."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._leaving: dict[str, list[Change]] = {}
        self._entering: dict[str, list[Change]] = {}
        for change in sorted(changes):
            self._leaving.setdefault(change.from_code, []).append(change)
            self._entering.setdefault(change.to_code, []).append(change)

    def leaving(self, code: str, after: date, until: date) -> tuple[Change, ...]:
        """Return the changes that begin with a code, `after` < day ≤ `until`, oldest first.

        A unit whose code goes on without another area has no row saying so, but on the day of the reform.
        """
        return tuple(one for one in self._leaving.get(code, ()) if after < one.day <= until)

    def entering(self, code: str, after: date, until: date) -> tuple[Change, ...]:
        """Return the changes that end with a code, `after` < day ≤ `until`, oldest first."""
        return tuple(one for one in self._entering.get(code, ()) if after < one.day <= until)


@lru_cache(maxsize=1)
def bundled_changes() -> Changes:
    """Return the changes that come with the program, the same object every time."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()[1:]
    return Changes(_change(line.split(",")) for line in lines)


def _change(cells: list[str]) -> Change:
    day, kind, from_code, from_name, to_code, to_name, households, evidence = cells
    first_day = date.fromisoformat(day)
    return Change(first_day, kind, from_code, from_name, to_code, to_name, Households(households), evidence)
