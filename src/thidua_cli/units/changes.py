"""What became of which unit: the shipped changes, one row per pair of units, read as late and little as can be.

A change says what happened on a day to the people of a unit, and by what evidence. It is read forwards (`leaving`) and
backwards (`entering`). There is one file per province of today, with all that happened in its area since 2021; a code
opens the one it belongs to. Source, kinds and decisions: data/units/SOURCE.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import starmap
from pathlib import Path
from typing import Final

from thidua_cli.named_tuple import NamedTuple

_EVE_OF_REFORM: Final = date(2025, 6, 30)
_SINCE_REFORM: Final = "\n2025-07-01,"
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
        self._until = date.max
        """All that is to be known of a code that was looked for is known up to this day."""
        self._all = sorted(changes, key=_order)
        self._take_in(self._all)

    def leaving(self, code: str, after: date, until: date) -> tuple[Change, ...]:
        """Return the changes that begin with a code, `after` < day ≤ `until`, oldest first and then by the other code.

        A unit whose code goes on without another area has no row saying so, but on the day of the reform.
        """
        if until > self._until:
            self._look_until(until)
        if code not in self._from:
            self._look_for(code)
        return tuple([change for change in self._from.get(code, ()) if after < change.day <= until])

    def entering(self, code: str, after: date, until: date) -> tuple[Change, ...]:
        """Return the changes that end with a code, `after` < day ≤ `until`, oldest first and then by the other code."""
        if until > self._until:
            self._look_until(until)
        if code not in self._to:
            self._look_for(code)
        return tuple([change for change in self._to.get(code, ()) if after < change.day <= until])

    def between(self, codes: Iterable[str], after: date, until: date) -> list[Change]:
        """Return the changes of `after` < day ≤ `until` that meet in any way with those of some codes, and maybe more.

        They come in no order, but those that begin with one code from the oldest on.
        """
        self._look_until(until)
        for code in codes:
            if code not in self._from:
                self._look_for(code)
        return [change for leaving in self._from.values() for change in leaving if after < change.day <= until]

    def __iter__(self) -> Iterator[Change]:
        return iter(self._all)

    def _look_for(self, code: str) -> None:
        """Take in what there is of a code that is not known yet: here all is known from the start."""

    def _look_until(self, until: date) -> None:
        """Take in what there is up to a day: here all is known from the start."""

    def _take_in(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if change.from_code:
                self._from.setdefault(change.from_code, []).append(change)
            if change.to_code:
                self._to.setdefault(change.to_code, []).append(change)


class _Runs(NamedTuple):
    """Runs of codes of one length that lie in one file, in the order of their first code."""

    firsts: list[str]
    lasts: list[str]
    files: list[str]


class BundledChanges(Changes):
    """The changes that come with the program; a question about a code opens the one file that has all of it."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        super().__init__()
        self._folder = folder
        self._runs: dict[int, _Runs] | None = None
        """By the length of the codes."""
        self._opened: set[str] = set()
        self._until = _EVE_OF_REFORM
        self._unread: list[str] = []
        """What the opened files say of the days after `_until`: nine rows in ten are of the reform alone."""

    def __iter__(self) -> Iterator[Change]:
        for file in sorted({file for runs in self._all_runs().values() for file in runs.files}):
            yield from _changes(self._below_heading(file))

    def _look_for(self, code: str) -> None:
        if (file := self._file_of(code)) is not None and file not in self._opened:
            self._opened.add(file)
            before, since = _parted(self._below_heading(file))
            self._take_in(_changes(before))
            if self._until == date.max:
                self._take_in(_changes(since))
            else:
                self._unread.append(since)
        # So that no code is looked for twice.
        self._from.setdefault(code, [])
        self._to.setdefault(code, [])

    def _look_until(self, until: date) -> None:
        if until > self._until:
            self._until = date.max
            for text in self._unread:
                self._take_in(_changes(text))
            self._unread.clear()

    def _file_of(self, code: str) -> str | None:
        runs = self._all_runs().get(len(code))
        if runs is None:
            return None
        position = bisect_right(runs.firsts, code) - 1
        return runs.files[position] if position >= 0 and code <= runs.lasts[position] else None

    def _all_runs(self) -> Mapping[int, _Runs]:
        if self._runs is None:
            self._runs = {}
            for line in (self._folder / "event_ranges.csv").read_text(encoding="utf-8").splitlines()[1:]:
                first, last, file = line.split(",")
                runs = self._runs.setdefault(len(first), _Runs([], [], []))
                runs.firsts.append(first)
                runs.lasts.append(last)
                runs.files.append(file)
        return self._runs

    def _below_heading(self, file: str) -> str:
        return (self._folder / "events" / f"{file}.csv").read_text(encoding="utf-8").partition("\n")[2]


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


def _parted(text: str) -> tuple[str, str]:
    """Return the rows of the days before the reform and those since; a file has its rows in the order of days."""
    start = 0 if text.startswith(_SINCE_REFORM[1:]) else text.find(_SINCE_REFORM) + 1
    return text[:start], text[start:]


def _changes(text: str) -> list[Change]:
    """Return the changes of some rows. Cells hold no commas: the build script makes sure."""
    cells = text.replace("\n", ",").split(",")
    cells.pop()  # what follows the end of the last row
    columns = [cells[start :: len(Change._fields)] for start in range(len(Change._fields))]
    days, households = map(_day, columns[0]), map(_HOUSEHOLDS.__getitem__, columns[6])
    return list(starmap(Change, zip(days, *columns[1:6], households, columns[7], strict=True)))
