"""The lineage of all units of a table at once: one pass over the changes between its year-ends and a later day.

Nearly every unit went into one other as a whole, on one day. Such units are followed here; what became of any other,
`Lineage` says. From one year-end to the next only what the changes between the two touch is followed anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, TypeVar

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.changes import Change, Households
from thidua_cli.units.lineage import NOWHERE, Extent, Lineage, Passage
from thidua_cli.units.tables import REFORM_DAY, UnitTables

Codes = tuple[str, ...]
Passages = tuple[Passage, ...]
_Answer = TypeVar("_Answer", Codes, Passages)

_ALL: Final = Households.ALL
_ALL_PRESUMED: Final = Households.ALL_PRESUMED
_SAME: Final = Households.SAME
_WHOLE: Final = Extent.WHOLE


class _Standpoint(NamedTuple):
    """What is known of one day."""

    ends: dict[str, Codes]
    """Unit of that day → the units of the later day that have, or may have, any of its households."""
    sources: dict[str, Passages]
    """Unit of the later day → the units of that day whose households it has, as `Lineage.sources`."""


class Crossings:
    """Where the units of several days went until a later one, and what the units of that are made of."""

    def __init__(
        self, lineage: Lineage, tables: UnitTables, codes: Collection[str], days: Mapping[int, date], until: date
    ) -> None:
        """Follow all units that have to do with `codes`, from the day of each year; all are `until` or before."""
        self._lineage = lineage
        self._tables = tables
        self._until = until
        in_order = sorted(set(days.values()))
        changes = lineage.changes_between(codes, in_order[0], until)
        self._leaving: dict[str, list[Change]] = {}
        for change in changes:
            self._leaving.setdefault(change.from_code, []).append(change)
        # in the order of reading: neighbours lie side by side in memory
        known = dict.fromkeys([*codes, *self._leaving, *[change.to_code for change in changes]])
        known.pop(NOWHERE, None)
        self._moved_ends: set[str] = set()
        self._moved_sources: set[str] = set()
        """Units of which not all days have one answer."""
        views = {in_order[0]: self._followed(known, in_order[0])}
        for before, day in pairwise(in_order):
            touched = _touched(changes, before, day) if not before < REFORM_DAY <= day else known
            views[day] = self._moved_on(views[before], touched, day)
        self._first = views[in_order[0]]
        self._views = {year: views[day] for year, day in days.items()}

    def ends(self, code: str, years: Sequence[int]) -> list[tuple[Sequence[int], Codes]]:
        """Return the units that have any households of one, of years with one answer together."""
        if code not in self._moved_ends:
            return [(years, self._first.ends.get(code, ()))]
        return _together([(year, self._views[year].ends.get(code, ())) for year in years])

    def sources(self, code: str, years: Sequence[int]) -> list[tuple[Sequence[int], Passages]]:
        """Return the units that one is made of, of years with one answer together."""
        if code not in self._moved_sources:
            return [(years, self._first.sources.get(code, ()))]
        return _together([(year, self._views[year].sources.get(code, ())) for year in years])

    def _followed(self, codes: Iterable[str], day: date) -> _Standpoint:
        """Follow units of a day to the later one, and turn round who led where."""
        ends: dict[str, Codes] = {}
        sources: dict[str, list[Passage]] = {}
        stands, leaving = self._tables.get, self._leaving
        lasting: dict[tuple[str, date], Codes] = {}
        for code in codes:
            if stands(code, day) is None:
                continue
            changes = leaving.get(code, ())
            if len(changes) == 1 and (change := changes[0]).day > day:
                end, households = change.to_code, change.households
                if households is _ALL or households is _ALL_PRESUMED:
                    key = (end, change.day)
                    led = lasting.get(key)
                    if led is None:
                        led = lasting[key] = (end,) if self._lasts(end, change.day) else ()
                    if led:
                        ends[code] = led
                        passage = Passage(code, _WHOLE, households is _ALL_PRESUMED, (change,))
                        entered = sources.get(end)
                        if entered is None:
                            sources[end] = [passage]
                        else:
                            entered.append(passage)
                        continue
                elif households is _SAME and not end:
                    ends[code] = ()  # a tier that ended; what became of its people is told of the communes
                    continue
            self._follow(code, day, ends, sources)
        return _Standpoint(ends, {code: tuple(sorted(entered)) for code, entered in sources.items()})

    def _lasts(self, code: str, day: date) -> bool:
        """Say whether a unit stands on the later day as the changes of a day left it."""
        if day < REFORM_DAY <= self._until or self._tables.get(code, self._until) is None:
            return False
        return all(change.day <= day for change in self._leaving.get(code, ()))

    def _follow(self, code: str, day: date, ends: dict[str, Codes], sources: dict[str, list[Passage]]) -> None:
        """Take over what `Lineage` says of a unit."""
        with_households = [
            passage
            for passage in self._lineage.destinations(code, day, self._until)
            if passage.extent is not Extent.NONE and passage.code != NOWHERE
        ]
        ends[code] = tuple([passage.code for passage in with_households])
        for passage in with_households:
            source = Passage(code, passage.extent, passage.presumed, passage.changes)
            sources.setdefault(passage.code, []).append(source)

    def _moved_on(self, view: _Standpoint, touched: Collection[str], day: date) -> _Standpoint:
        """Return the view of a later day, in which other units than those touched lead where they led."""
        anew = self._followed(touched, day)
        before = [end for code in touched for end in view.ends.get(code, ())]
        ends = {code: led for code, led in view.ends.items() if code not in touched} | anew.ends
        sources = dict(view.sources)
        for end in {*before, *anew.sources}:
            stayed = [passage for passage in view.sources.get(end, ()) if passage.code not in touched]
            sources[end] = tuple(sorted([*stayed, *anew.sources.get(end, ())]))
            self._moved_sources.add(end)
        self._moved_ends |= set(touched)
        return _Standpoint(ends, sources)


def _touched(changes: Iterable[Change], after: date, until: date) -> Collection[str]:
    pairs = [(change.from_code, change.to_code) for change in changes if after < change.day <= until]
    return {code for pair in pairs for code in pair} - {NOWHERE}


def _together(answers: Iterable[tuple[int, _Answer]]) -> list[tuple[Sequence[int], _Answer]]:
    """Join years that follow each other with one answer."""
    spans: list[tuple[list[int], _Answer]] = []
    for year, answer in answers:
        if spans and spans[-1][1] is answer:
            spans[-1][0].append(year)
        else:
            spans.append(([year], answer))
    return list(spans)
