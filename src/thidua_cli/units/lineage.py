"""Where the households of a unit went, and where they came from: changes composed over any number of days.

Changes of one day act together. Of a unit that gave up a part and stands on, the rest stays with it; on the day of the
reform of 2025 what stays is said by a pair of its own. A part of a part is a part; parts that all end in one unit are
whole again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.changes import Change, Changes, Households
from thidua_cli.units.tables import REFORM_DAY, UnitTables

_ONE_DAY: Final = timedelta(days=1)
NOWHERE: Final = ""
"""The code of the unit nobody knows: the households went on living somewhere, and no list says where."""


class Extent(StrEnum):
    """How many of the households of one unit are in another."""

    WHOLE = "whole"
    PART = "part"
    """A part, share not stated: anything between none and all."""
    UNKNOWN = "unknown"
    """Nobody knows whether any are: anything between none and all."""
    NONE = "none"
    """Area only."""


class Passage(NamedTuple):
    """How many households of a unit of one day are in a unit of another day, and by which changes."""

    code: str
    """The unit at the other end; `NOWHERE` where no list knows it."""
    extent: Extent
    presumed: bool = False
    """A change on the way is presumed: one successor is known, the wording of the resolution was not read."""
    changes: tuple[Change, ...] = ()
    """What happened on the way, oldest first; none where the unit stood unchanged."""

    @property
    def is_whole(self) -> bool:
        """Say whether all of the households are there."""
        return self.extent is Extent.WHOLE

    @property
    def has_households(self) -> bool:
        """Say whether any of the households are there, or may be; else it is area alone."""
        return self.extent is not Extent.NONE


class _Link(NamedTuple):
    """One step: where a unit's households went on one day."""

    code: str
    extent: Extent
    presumed: bool
    changes: tuple[Change, ...]


class Lineage:
    """Answers about units as (code, day), by the tables of units and of changes."""

    def __init__(self, tables: UnitTables, changes: Changes) -> None:
        self._tables = tables
        self._changes = changes
        self._asked: dict[tuple[str, date, date], tuple[Passage, ...]] = {}
        """(code, after, until) → passages."""
        self._onward: dict[tuple[str, date, date], tuple[Passage, ...]] = {}
        """(code, day of its next change, until) → passages: the same for every day before that change."""

    def destinations(self, code: str, on: date, until: date) -> tuple[Passage, ...]:
        """Return the units of the day `until` to which the households of a unit standing on `on` went, by code.

        A unit that only gave area to another has a passage of the extent `NONE` to it. Exactly one passage is `WHOLE`,
        or there are several. A code that does not stand on `on` leads `NOWHERE`.
        """
        if self._tables.get(code, on) is None:
            return (Passage(NOWHERE, Extent.UNKNOWN),)
        return self._from(code, on, until)

    def sources(self, code: str, on: date, back_to: date) -> tuple[Passage, ...]:
        """Return the units of the day `back_to` whose households are in a unit standing on `on`, by code.

        The extent says how many of the households of that earlier unit are in this one. Units that only gave area are
        left out.
        """
        stands = self._tables.get
        return tuple(
            [
                Passage(earlier, passage.extent, passage.presumed, passage.changes)
                for earlier in sorted(self._candidates(code, on, back_to))
                if stands(earlier, back_to) is not None
                for passage in self._from(earlier, back_to, on)
                if passage.code == code and passage.extent is not Extent.NONE
            ]
        )

    def changes_between(self, codes: Iterable[str], after: date, until: date) -> list[Change]:
        """Return what happened to units and to all that these have to do with, and maybe more: `Changes.between`."""
        return self._changes.between(codes, after, until)

    def touched(self, codes: Iterable[str], after: date, until: date) -> set[str] | None:
        """Return which units anybody left or entered, those of `codes` at least: all others lead to themselves alone.

        None where all are: the reform of 2025 is a step of every unit.
        """
        if self._reform_between(after, until) is not None:
            return None
        moved = [change for change in self._changes.between(codes, after, until) if _moves_anybody(change)]
        entered = [change.to_code for change in moved if change.households is not Households.NONE]
        return {*[change.from_code for change in moved], *entered}

    def _from(self, code: str, after: date, until: date) -> tuple[Passage, ...]:
        key = (code, after, until)
        passages = self._asked.get(key)
        if passages is None:
            passages = self._asked[key] = self._found(code, after, until)
        return passages

    def _found(self, code: str, after: date, until: date) -> tuple[Passage, ...]:
        changes = [
            change
            for change in self._changes.leaving(code, after, until)
            if change.households is not Households.SAME or change.to_code != code
        ]  # more than a new name, type or parent of a unit that keeps its code
        day = changes[0].day if changes else self._reform_between(after, until)
        if day is None:
            return self._unchanged(code, until)
        key = (code, day, until)
        passages = self._onward.get(key)
        if passages is None:
            today = changes if len(changes) == 1 else [change for change in changes if change.day == day]
            if len(today) == 1 and today[0].households in _WHOLE and today[0].to_code:
                passages = self._through(today[0], until)
            else:
                passages = self._followed(self._links(code, day, today), day, until)
            self._onward[key] = passages
        return passages

    def _through(self, change: Change, until: date) -> tuple[Passage, ...]:
        """Follow a unit that went into one other as a whole: the common case, and much the fastest."""
        presumed = change.households is Households.ALL_PRESUMED
        onward = self._from(change.to_code, change.day, until)
        return tuple(
            [
                Passage(passage.code, passage.extent, presumed or passage.presumed, (change, *passage.changes))
                for passage in onward
            ]
        )

    def _reform_between(self, after: date, until: date) -> date | None:
        return REFORM_DAY if after < REFORM_DAY <= until else None

    def _unchanged(self, code: str, until: date) -> tuple[Passage, ...]:
        stands = self._tables.get(code, until) is not None
        return (Passage(code, Extent.WHOLE) if stands else Passage(NOWHERE, Extent.UNKNOWN),)

    def _links(self, code: str, day: date, today: Sequence[Change]) -> list[_Link]:
        """Return where the households of a unit went on one day, its own rest among them."""
        links = [_Link(change.to_code, *_EXTENT[change.households], (change,)) for change in today]
        if any(link.extent is Extent.WHOLE for link in links):
            return links
        unit = self._tables.get(code, day)
        explicit = any(link.code == code for link in links)
        if unit is not None and not explicit and self._keeps_the_rest(code, day, today):
            shared = {link.extent for link in links} - {Extent.NONE}
            extent = Extent.WHOLE if not shared else Extent.PART if Extent.PART in shared else Extent.UNKNOWN
            return [*links, _Link(code, extent, presumed=False, changes=tuple(today))]
        # One known part is not the whole: what reports of a resolution leave out lives where no list says.
        possible = [link for link in links if link.extent is not Extent.NONE]
        return links if len(possible) > 1 else [*links, _Link(NOWHERE, Extent.UNKNOWN, presumed=False, changes=())]

    def _keeps_the_rest(self, code: str, day: date, today: Sequence[Change]) -> bool:
        """Say whether a unit that stands on a day is the one of the eve, with what it did not give away.

        On the day of the reform a code says nothing: a commune keeps what a pair to itself says, a district nothing.
        """
        if day != REFORM_DAY:
            return True
        # Phường Sài Gòn bears the code of Phường Bến Nghé and is another unit; provinces that stayed have no pair.
        return len(code) == _PROVINCE_DIGITS and not today

    def _followed(self, links: Sequence[_Link], day: date, until: date) -> tuple[Passage, ...]:
        """Follow every link to the end and join what meets there."""
        ends: dict[str, list[Passage]] = {}
        for link in links:
            for passage in self._after(link, day, until):
                ends.setdefault(passage.code, []).append(passage)
        reached = [code for code, passages in ends.items() if any(end.extent is not Extent.NONE for end in passages)]
        return tuple(_joined(code, ends[code], alone=[code] == reached) for code in sorted(ends))

    def _after(self, link: _Link, day: date, until: date) -> Iterator[Passage]:
        if link.code == NOWHERE:
            yield Passage(NOWHERE, Extent.UNKNOWN, presumed=False, changes=link.changes)
            return
        for onward in self._from(link.code, day, until):
            extent = _of(link.extent, onward.extent)
            yield Passage(onward.code, extent, link.presumed or onward.presumed, (*link.changes, *onward.changes))

    def _candidates(self, code: str, on: date, back_to: date) -> set[str]:
        """Return the codes from which changes lead to a unit; some may lead past it."""
        seen: dict[str, date] = {code: on}  # a code may be reached again on a later day: more has entered it by then
        open_ends = [(code, on)]
        while open_ends:
            reached, day = open_ends.pop()
            for change in self._changes.entering(reached, back_to, day):
                eve = change.day - _ONE_DAY
                if change.households is not Households.NONE and seen.get(change.from_code, date.min) < eve:
                    seen[change.from_code] = eve
                    open_ends.append((change.from_code, eve))
        return set(seen)


def _moves_anybody(change: Change) -> bool:
    """Say whether a change is more than a new name, type or parent of a unit that keeps its code."""
    return change.households is not Households.SAME or change.to_code != change.from_code


_PROVINCE_DIGITS: Final = 2
_WHOLE: Final = frozenset({Households.ALL, Households.ALL_PRESUMED, Households.SAME})
_EXTENT: Final = {
    Households.ALL: (Extent.WHOLE, False),
    Households.ALL_PRESUMED: (Extent.WHOLE, True),
    Households.PART: (Extent.PART, False),
    Households.UNKNOWN: (Extent.UNKNOWN, False),
    Households.NONE: (Extent.NONE, False),
    Households.SAME: (Extent.WHOLE, False),
}


def _of(first: Extent, then: Extent) -> Extent:
    """Return the extent of a step taken after another."""
    if first is Extent.NONE or then is Extent.NONE:
        return Extent.NONE
    if first is Extent.WHOLE:
        return then
    return Extent.UNKNOWN if Extent.UNKNOWN in (first, then) else Extent.PART


def _joined(code: str, passages: Sequence[Passage], *, alone: bool) -> Passage:
    """Make one passage of all that lead to one unit; where no household can be elsewhere it is whole."""
    if len(passages) == 1 and len(passages[0].changes) <= 1:
        (passage,) = passages
        is_whole = alone and code != NOWHERE and passage.extent is not Extent.NONE
        return passage if not is_whole else passage._replace(extent=Extent.WHOLE)
    extents = {passage.extent for passage in passages} - {Extent.NONE}
    if not extents:
        extent = Extent.NONE
    # Parts of a commune divided in 2024 that were all merged into one in 2025 are the whole commune again.
    elif alone and code != NOWHERE:
        extent = Extent.WHOLE
    elif Extent.UNKNOWN in extents and len(extents) == 1:
        extent = Extent.UNKNOWN
    else:
        extent = Extent.WHOLE if Extent.WHOLE in extents else Extent.PART
    presumed = any(passage.presumed for passage in passages)
    return Passage(code, extent, presumed, _chain(passages))


def _chain(passages: Iterable[Passage]) -> tuple[Change, ...]:
    return tuple(sorted(dict.fromkeys(change for passage in passages for change in passage.changes)))
