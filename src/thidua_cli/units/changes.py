"""What became of which unit: the shipped changes, one row per pair of units, read as late and little as can be.

A change says what happened on a day to the people of a unit, and by what evidence. It is read forwards (`leaving`) and
backwards (`entering`). There is one file per province of today, with all that happened in its area since 2021; a code
opens the one it belongs to. Source, kinds and decisions: data/units/SOURCE.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Final

from thidua_cli.named_tuple import NamedTuple

_FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "units"


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
    """A change of the unit itself: its name, type or parent, or its end with its tier; nobody moved."""


_SAME: Final = Households.SAME
_NONE: Final = Households.NONE
_HOUSEHOLDS: Final = {households.value: households for households in Households}


class Change(NamedTuple):
    """One change of one pair of units. The names are those of the eve and of the day."""

    day: date
    """First day of the new state."""
    kind: str
    """What happened to the unit on the left. By what became of its people:

    - "merged": all of them went to the unit on the right, which is another area, be it under the same code;
    - "divided": they went to several units; this is one of the parts (or a new unit was made of a part);
    - "part_transferred": a part of the area, with people or (`Households.NONE`) without, went to another unit;
    - "merged_ambiguous", "unresolved": one of several possible successors; gone without a known one;
    - "unchanged": the reform of 1 July 2025 left the unit as it was, but for the district above it.

    A change of the unit itself: "renamed", "retyped" (both with `Households.ALL` in the reform, where every unit has a
    row; island districts that became special zones got another code, too), "moved" (to another district),
    "tier_dropped" (a district ended with its tier; what became of its people is told of its communes)."""
    from_code: str
    from_name: str
    to_code: str
    """Empty where no successor is known, or none is possible ("tier_dropped")."""
    to_name: str
    households: Households
    evidence: str
    """Resolution and clause where they are known, else a package or how the pair was found."""


class Changes:
    """Changes by the code they begin with and by the code they end with; iterating gives each once."""

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        self._from: dict[str, list[Change]] = {}
        """Code → the changes that begin with it, oldest first."""
        self._to: dict[str, list[Change]] = {}
        """Code → the changes that end with it, oldest first."""
        self._all = sorted(changes, key=_order)
        self._take_in(self._all)

    def leaving(self, code: str, after: date, until: date) -> tuple[Change, ...]:
        """Return the changes that begin with a code, `after` < day ≤ `until`, oldest first and then by the other code.

        A unit whose code goes on without another area has no row saying so, but on the day of the reform.
        """
        if code not in self._from:
            self._look_for(code)
        return tuple([change for change in self._from.get(code, ()) if after < change.day <= until])

    def entering(self, code: str, after: date, until: date) -> tuple[Change, ...]:
        """Return the changes that end with a code, `after` < day ≤ `until`, oldest first and then by the other code."""
        if code not in self._to:
            self._look_for(code)
        return tuple([change for change in self._to.get(code, ()) if after < change.day <= until])

    def move_nobody(self, code: str, after: date, until: date) -> bool:
        """Say whether no change of `after` < day ≤ `until` leads from a unit, or brings it any households.

        A new name, type or parent of a unit that keeps its code is none.
        """
        if code not in self._from and code not in self._to:
            self._look_for(code)
        for change in self._from.get(code, ()):
            if after < change.day <= until and (change.households is not _SAME or change.to_code != code):
                return False
        for change in self._to.get(code, ()):
            if after < change.day <= until and change.households is not _NONE and change.from_code != code:
                return False
        return True

    def __iter__(self) -> Iterator[Change]:
        return iter(self._all)

    def _look_for(self, code: str) -> None:
        """Take in what there is of a code that is not known yet: here all is known from the start."""

    def _take_in(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if change.from_code:
                self._from.setdefault(change.from_code, []).append(change)
            if change.to_code:
                self._to.setdefault(change.to_code, []).append(change)


class BundledChanges(Changes):
    """The changes that come with the program; a question about a code opens the one file that has all of it."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        super().__init__()
        self._folder = folder
        self._ranges: list[tuple[tuple[int, str], str, str]] | None = None
        """(length and first code of a run, its last code, the file), in the order of the first."""
        self._opened: set[str] = set()

    def __iter__(self) -> Iterator[Change]:
        for file in sorted({file for *_, file in self._all_ranges()}):
            yield from map(_change, self._lines(f"events/{file}.csv"))

    def _look_for(self, code: str) -> None:
        if code in self._from or code in self._to:
            return
        ranges, wanted = self._all_ranges(), (len(code), code)
        position = bisect_right(ranges, wanted, key=itemgetter(0)) - 1
        if position < 0 or wanted > (ranges[position][0][0], ranges[position][1]):
            return
        file = ranges[position][2]
        if file not in self._opened:
            self._opened.add(file)
            self._take_in(map(_change, self._lines(f"events/{file}.csv")))

    def _all_ranges(self) -> list[tuple[tuple[int, str], str, str]]:
        if self._ranges is None:
            runs = (line.split(",") for line in self._lines("event_ranges.csv"))
            self._ranges = [((len(first), first), last, file) for first, last, file in runs]
        return self._ranges

    def _lines(self, name: str) -> list[str]:
        """Return the lines below the heading. Cells hold no commas: the build script makes sure."""
        return (self._folder / name).read_text(encoding="utf-8").splitlines()[1:]


@lru_cache(maxsize=1)
def bundled_changes() -> Changes:
    """Return the changes that come with the program, the same object every time."""
    return BundledChanges()


@lru_cache(maxsize=64)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _order(change: Change) -> tuple[date, int, str, str, str]:
    """Sort as the shipped files are sorted: by day, tier, codes."""
    return change.day, len(change.from_code), change.from_code, change.to_code, change.kind


def _change(line: str) -> Change:
    day, kind, from_code, from_name, to_code, to_name, households, evidence = line.split(",")
    return Change(_day(day), kind, from_code, from_name, to_code, to_name, _HOUSEHOLDS[households], evidence)
