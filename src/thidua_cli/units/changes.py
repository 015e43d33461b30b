"""What became of which unit: the shipped changes, one row per pair of units, read as late and little as can be.

A change says what happened on a day to the people of a unit, and by what evidence. It is read forwards (`leaving`) and
backwards (`entering`). There is one file per province of today, with all that happened in its area since 2021; a code
opens the one it belongs to. Source, kinds and decisions: data/units/SOURCE.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

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


_HOUSEHOLDS: Final = {one.value: one for one in Households}


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
        self._by_code: dict[str, list[Change]] = {}
        """Code → the changes that begin or end with it, oldest first."""
        self._all = sorted(changes, key=_order)
        for change in self._all:
            for code in {change.from_code, change.to_code}:
                self._by_code.setdefault(code, []).append(change)

    def leaving(self, code: str, after: date, until: date) -> tuple[Change, ...]:
        """Return the changes that begin with a code, `after` < day ≤ `until`, oldest first and then by the other code.

        A unit whose code goes on without another area has no row saying so, but on the day of the reform.
        """
        return tuple(one for one in self._of(code) if one.from_code == code and after < one.day <= until)

    def entering(self, code: str, after: date, until: date) -> tuple[Change, ...]:
        """Return the changes that end with a code, `after` < day ≤ `until`, oldest first and then by the other code."""
        return tuple(one for one in self._of(code) if one.to_code == code and after < one.day <= until)

    def __iter__(self) -> Iterator[Change]:
        return iter(self._all)

    def _of(self, code: str) -> Sequence[Change]:
        return self._by_code.get(code, ()) if code else ()


class BundledChanges(Changes):
    """The changes that come with the program; a question about one code opens one file and reads its own lines."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        super().__init__()
        self._folder = folder
        self._ranges: list[tuple[tuple[int, str], str, str]] | None = None
        """(length and first code of a run, its last code, the file), in the order of the first."""
        self._opened: dict[str, dict[str, list[str]]] = {}
        """File → code → the lines that begin or end with it, oldest first."""

    def __iter__(self) -> Iterator[Change]:
        for file in sorted({file for *_, file in self._all_ranges()}):
            yield from map(_change, self._lines(f"events/{file}.csv"))

    def _of(self, code: str) -> Sequence[Change]:
        found = self._by_code.get(code)
        if found is None:
            found = [_change(line) for line in self._lines_of(code)]
            if found:  # Codes without changes are not kept: a file may hold half a million of its own.
                self._by_code[code] = found
        return found

    def _lines_of(self, code: str) -> Sequence[str]:
        ranges, wanted = self._all_ranges(), (len(code), code)
        position = bisect_right(ranges, wanted, key=lambda run: run[0]) - 1
        if position < 0 or wanted > (ranges[position][0][0], ranges[position][1]):
            return ()
        return self._file(ranges[position][2]).get(code, ())

    def _file(self, name: str) -> dict[str, list[str]]:
        by_code = self._opened.get(name)
        if by_code is None:
            by_code = self._opened[name] = {}
            for line in self._lines(f"events/{name}.csv"):
                _, _, from_code, _, to_code, _ = line.split(",", 5)
                by_code.setdefault(from_code, []).append(line)
                if to_code != from_code:
                    by_code.setdefault(to_code, []).append(line)
        return by_code

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
