"""Series brought to the boundaries of one day: merged units summed, divided ones named, nothing guessed.

Every unit that stands on the day and that the units of the input lead to gets one series. What went into it whole is
summed, count by count; of what was divided only the two extremes are known, unless the user says more (`shares`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from thidua_cli.late_dataclass import replace
from thidua_cli.measure.joining import Pieces, joined, joined_whole
from thidua_cli.measure.series import in_hierarchy_order
from thidua_cli.measure.shares import NO_SHARES, Shares
from thidua_cli.model import Basis, DividedPart, GivenPart, Level, Part, Series, Unit, YearFigures
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.changes import Households
from thidua_cli.units.lineage import NOWHERE, Extent, Lineage, Passage
from thidua_cli.units.tables import REFORM_DAY, UnitTables, boundary_day

if TYPE_CHECKING:
    from thidua_cli.units.crossings import Crossings

_day_of: Final = cache(boundary_day)
_ONE_DAY: Final = timedelta(days=1)
_OFFICIAL: Final = frozenset({Level.PROVINCE, Level.DISTRICT, Level.COMMUNE})
_WHOLE: Final = Extent.WHOLE
_MANY: Final = 200
"""From so many units on, following all at once takes less than asking about each."""
_SHARED: Final = frozenset({Households.PART, Households.UNKNOWN})


def rebase(
    series: Sequence[Series], tables: UnitTables, lineage: Lineage, day: date, shares: Shares = NO_SHARES
) -> list[Series]:
    """Return one series per unit standing on `day` that the units of the input lead to, parents before children.

    * Figures of the unit itself stay as they are. Of a unit that took in others they are the sum of all parts
      (`Basis.REBASED`): a count is summed only where every part holds it; a part without figures in a year is named in
      `missing_children`, and nothing is summed; parts on different poverty lines are `conflicting`.
    * A unit that divided its households leaves its successors without counts: see `YearFigures.divided`.
    * A district whose own changes do not say it whole is summed from the communes that ended in it, where the input
      has all of them.
    * Figures of a year-end after `day` are taken back only to a unit whose households nothing changed in between; else
      `formed_on` names the day.
    * A unit that no known change leads on from (a district after its tier was dropped) stays as reported, `ended_on`
      its end; one that was only summed from its communes is left out. The country and villages stay as they are.

    Raises:
        InputError: A line of `shares` fits no division, or contradicts the figures.
    """
    shares.check_pairs(tables, lineage, day)
    official = [unit for unit in series if unit.level in _OFFICIAL]
    rebasing = _Rebasing(official, tables, lineage, day, shares)
    untouched = rebasing.untouched(official)
    moved = [unit for unit in official if unit.unit_code not in untouched] if untouched else official
    if len(moved) >= _MANY:
        rebasing.follow_together(moved)
    reached, ended = rebasing.reached(moved)
    units = {code: rebasing.unit(code, sorted(years)) for code, years in reached.items()}
    others = {unit.unit_code: unit for unit in series if unit.level not in _OFFICIAL}
    return in_hierarchy_order({**ended, **untouched, **units, **others})


_Split = tuple[tuple[Part, ...], date, str]
"""The successors of a divided unit, the day it was divided on, and the evidence."""


class _Makeup(NamedTuple):
    """What a unit of the day was made of through some years in which nothing happened to any of the parts."""

    sources: Sequence[Passage]
    codes: Sequence[str]
    """The units that are whole in it."""
    years: Sequence[Mapping[int, YearFigures]]
    """Their figures, in the order of `codes`."""
    merged: tuple[Part, ...]
    """Their names, in that order; none where one got another name in these years."""
    doubtful: frozenset[str]
    """Those of `codes` that went in whole by all that is known, the wording not read."""
    presumed: tuple[Part, ...]
    """Those of `merged` that did."""
    itself: bool
    """It is the same unit, and nobody came or went."""


class _Rebasing:
    """The boundaries of one day, and what was reported on those of others."""

    def __init__(
        self, series: Iterable[Series], tables: UnitTables, lineage: Lineage, day: date, shares: Shares
    ) -> None:
        self._reported = {unit.unit_code: unit for unit in series}
        self._tables = tables
        self._lineage = lineage
        self._day = day
        self._shares = shares
        self._crossings: Crossings | None = None
        """Where there are many units to follow."""
        self._looks_back = False
        """There are years after the day."""
        self._divisions: dict[tuple[str, int], DividedPart] = {}
        self._splits: dict[str, tuple[tuple[Passage, ...], _Split]] = {}
        """Divided unit → where it led at the year-end that was last asked for, and what is said of that."""

    def untouched(self, series: Sequence[Series]) -> dict[str, Series]:
        """Return the series whose unit nobody left and nobody entered since the first year-end of any: as they are."""
        days = [_day_of(year) for year in frozenset[int]().union(*[unit.years for unit in series])]
        if not days or max(days) > self._day:
            return {}
        touched = self._lineage.touched([unit.unit_code for unit in series], min(days), self._day)
        if touched is None:
            return {}
        standing = ((unit.unit_code, self._as_it_stands(unit)) for unit in series if unit.unit_code not in touched)
        return {code: own for code, own in standing if own is not None}

    def _as_it_stands(self, series: Series) -> Series | None:
        """Return a series, unless its unit has not stood on one area since its first year-end."""
        code, figures = series.unit_code, series.years
        unit, since = self._tables.get(code, self._day), self._tables.area_since(code, self._day)
        if unit is None or since is None or not figures:
            return None
        years = list(figures)
        if since > _day_of(years[0]) or years != sorted(years):
            return None
        if [own for own in figures.values() if own.area_since is not since and own.area_since != since]:
            figures = {year: replace(own, area_since=since) for year, own in figures.items()}
        elif _describes(unit, series):
            return series
        return Series(code, unit.name, unit.level, unit.parent_code, figures)

    def follow_together(self, series: Sequence[Series]) -> None:
        """Follow all units at once."""
        days = {year: _day_of(year) for year in frozenset[int]().union(*[unit.years for unit in series])}
        past = {year: day for year, day in days.items() if day <= self._day}
        self._looks_back = len(past) < len(days)
        if past:
            from thidua_cli.units.crossings import Crossings  # late: most tables hold few units

            codes = [unit.unit_code for unit in series]
            self._crossings = Crossings(self._lineage, self._tables, codes, past, self._day)

    def reached(self, series: Iterable[Series]) -> tuple[dict[str, set[int]], dict[str, Series]]:
        """Return the units of the day with the years they have figures of, and the series that lead nowhere."""
        reached: dict[str, set[int]] = {}
        ended: dict[str, Series] = {}
        for unit in series:
            stray: list[int] = []
            for years, codes in self._went_to(unit.unit_code, self._worth_following(unit)):
                for code in codes:
                    known = reached.get(code)
                    if known is None:
                        reached[code] = set(years)
                    else:
                        known.update(years)
                if not codes:
                    stray += years
            # Of what nobody reported, a sum over communes that went elsewhere, there is nothing to tell.
            if any(unit.years[year].basis is not Basis.ROLLED_UP for year in stray):
                ended[unit.unit_code] = self._ended(unit, stray)
        for code in ended.keys() & reached.keys():
            # The code is another unit's on the day: what was reported too early for it stays in its row, unused.
            reached[code].update(ended.pop(code).years)
        return reached, ended

    def _worth_following(self, unit: Series) -> list[int]:
        """Return the years of a series: of those after the day only years with counts, not sums that lack units."""
        years = sorted(unit.years)
        if years and _day_of(years[-1]) > self._day:
            figures = ((year, unit.years[year]) for year in years)
            return [year for year, own in figures if own.counts or own.printed_rates or _day_of(year) <= self._day]
        return years

    def unit(self, code: str, years: Sequence[int]) -> Series:
        """Return the series of one unit of the day."""
        unit = self._tables.get(code, self._day)
        if unit is None:
            raise ValueError(f"{code} does not stand on {self._day}")
        since = self._tables.area_since(code, self._day)
        is_district, figures = unit.level is Level.DISTRICT, dict[int, YearFigures]()
        for span, sources in self._made_of(code, [year for year in years if _day_of(year) <= self._day]):
            makeup = self._makeup(unit, sources, span)
            if makeup.merged and len(makeup.merged) == len(sources) and not makeup.itself and not is_district:
                for year in span:
                    whole = [reported.get(year) for reported in makeup.years]
                    figures[year] = joined_whole(year, makeup.merged, whole, makeup.presumed, since)
                continue
            for year in span:
                figures[year] = self._brought(unit, year, makeup, since)
        for year in years[len(figures) :]:
            figures[year] = self._taken_back(unit, year)
        return Series(code, unit.name, unit.level, unit.parent_code, figures)

    # ------------------------------------------------------------ who went where

    def _went_to(self, code: str, years: Sequence[int]) -> Sequence[tuple[Sequence[int], Sequence[str]]]:
        """Return the units of the day that have, or may have, households of a unit, of years with one answer together.

        Of the years after the day, where its own came from.
        """
        crossings = self._crossings
        if crossings is not None and not self._looks_back:
            return crossings.ends(code, years) if years else []
        past = [] if crossings is None else [year for year in years if _day_of(year) <= self._day]
        spans = crossings.ends(code, past) if crossings is not None and past else []
        asked = self._spans(code, years[len(past) :], self._ends)
        return [*spans, *[(span, _known(passages)) for span, passages in asked]]

    def _made_of(self, code: str, years: Sequence[int]) -> list[tuple[Sequence[int], tuple[Passage, ...]]]:
        """Return what a unit of the day was made of, of years with one answer together."""
        if self._crossings is None or not years:
            return self._spans(code, years, self._sources)
        return self._crossings.sources(code, years)

    def _ends(self, code: str, year: int) -> tuple[Passage, ...]:
        """Return the units of the day that a unit of a year-end leads to, or, after the day, comes from."""
        on = _day_of(year)
        if on <= self._day:
            return self._lineage.destinations(code, on, self._day)
        return self._lineage.sources(code, on, self._day)

    def _sources(self, code: str, year: int) -> tuple[Passage, ...]:
        return self._lineage.sources(code, self._day, _day_of(year))

    def _spans(
        self, code: str, years: Sequence[int], ask: Callable[[str, int], tuple[Passage, ...]]
    ) -> list[tuple[Sequence[int], tuple[Passage, ...]]]:
        """Ask once for years between which nothing happened to any of the units: the answer is the same."""
        spans: list[tuple[Sequence[int], tuple[Passage, ...]]] = []
        start = 0
        while start < len(years):
            passages = ask(code, years[start])
            until, end = _first_change(passages, self._day), start + 1
            while end < len(years) and _day_of(years[end]) < until:
                end += 1
            spans.append((years[start:end], passages))
            start = end
        return spans

    def _makeup(self, unit: Unit, sources: Sequence[Passage], span: Sequence[int]) -> _Makeup:
        first, last = _day_of(span[0]), _day_of(span[-1])
        itself = len(sources) == 1 and sources[0].code == unit.code and _is_certain(sources[0])
        codes, years, names = [], [], []
        for source in sources:
            if source.extent is _WHOLE:
                part, reported = self._tables.get(source.code, first), self._reported.get(source.code)
                codes.append(source.code)
                years.append({} if reported is None else reported.years)
                if part is not None and (part.valid_to is None or part.valid_to >= last):
                    names.append(Part(source.code, part.name))
        merged = tuple(names) if len(names) == len(codes) else ()
        doubtful = frozenset([source.code for source in sources if source.presumed and source.extent is _WHOLE])
        presumed = tuple([part for part in merged if part.unit_code in doubtful]) if doubtful else ()
        return _Makeup(sources, codes, years, merged, doubtful, presumed, itself)

    # ------------------------------------------------------------ one unit, one year-end

    def _brought(self, unit: Unit, year: int, makeup: _Makeup, since: date | None) -> YearFigures:
        if makeup.itself or not makeup.sources:
            own = self._figures(unit.code, year)
            if own is not None and makeup.itself:
                return own if own.area_since == since else replace(own, area_since=since)
            if own is not None:
                return replace(own, counts={}, printed_rates={}, area_since=since, superseded_on=since)
        brought = joined(year, self._pieces(unit, year, makeup), since)
        if not brought.counts and unit.level is Level.DISTRICT:
            return self._from_communes(unit, year, makeup.sources, since) or brought
        return brought

    def _figures(self, code: str, year: int) -> YearFigures | None:
        reported = self._reported.get(code)
        return None if reported is None else reported.years.get(year)

    def _pieces(self, unit: Unit, year: int, makeup: _Makeup) -> Pieces:
        merged = makeup.merged or tuple(self._part(code, _day_of(year)) for code in makeup.codes)
        whole = [years.get(year) for years in makeup.years]
        presumed = tuple(part for part in merged if part.unit_code in makeup.doubtful) if makeup.doubtful else ()
        if len(whole) == len(makeup.sources):
            return Pieces(merged, whole, (), (), presumed)
        divided: list[tuple[DividedPart, YearFigures | None]] = []
        given: list[tuple[GivenPart, YearFigures | None]] = []
        for source in makeup.sources:
            if source.extent is not Extent.WHOLE:
                figures = self._figures(source.code, year)
                part = self._divided(source.code, year)
                shared = self._shares.of(part, year).get(unit.code)
                if isinstance(shared, GivenPart):
                    given.append((shared, figures))
                else:
                    divided.append((part if shared is None else shared, figures))
        return Pieces(merged, whole, divided, given, presumed)

    def _divided(self, code: str, year: int) -> DividedPart:
        """Return what is known of a unit that divided its households on the way to the day."""
        division = self._divisions.get((code, year))
        if division is None:
            division = self._divisions[code, year] = self._division(code, year)
        return division

    def _division(self, code: str, year: int) -> DividedPart:
        on, figures = _day_of(year), self._figures(code, year)
        ends = self._lineage.destinations(code, on, self._day)
        known = self._splits.get(code)
        if known is None or known[0] is not ends:
            known = self._splits[code] = (ends, self._split(ends))
        return DividedPart(self._part(code, on), figures.counts if figures is not None else {}, *known[1])

    def _split(self, ends: Sequence[Passage]) -> _Split:
        """Return the successors of a divided unit, the day it was divided on, and the evidence."""
        steps = dict.fromkeys([step for end in ends for step in end.changes if step.households in _SHARED])
        return (
            tuple([self._part(end, self._day) for end in _known(ends)]),
            min([step.day for step in steps], default=self._day),
            ", ".join(dict.fromkeys([step.evidence for step in sorted(steps)])),
        )

    def _part(self, code: str, on: date) -> Part:
        unit = self._tables.get(code, on)
        return Part(code, code if unit is None else unit.name)

    def _from_communes(
        self, district: Unit, year: int, sources: Sequence[Passage], since: date | None
    ) -> YearFigures | None:
        """Sum a district from the communes that ended in it; None where the input lacks any or one lies across."""
        on = _day_of(year)
        inside = []
        for commune in (child for source in sources for child in self._tables.reporting_children(source.code, on)):
            ends = _known(self._lineage.destinations(commune.code, on, self._day))
            above = {unit.parent_code for end in ends if (unit := self._tables.get(end, self._day)) is not None}
            if above == {district.code}:
                inside.append(Part(commune.code, commune.name))
            elif district.code in above:
                return None
        total = joined(year, Pieces(inside, [self._figures(part.unit_code, year) for part in inside]), since)
        return total if total.counts else None

    def _taken_back(self, unit: Unit, year: int) -> YearFigures:
        """Return figures of a later year-end for a unit that nothing happened to, else the day from which they stand.

        What a changed unit's later figures would have been on the boundaries before cannot be known from them.
        """
        on = _day_of(year)
        since = self._tables.area_since(unit.code, self._day)
        ends = [one for one in self._lineage.destinations(unit.code, self._day, on) if one.extent is not Extent.NONE]
        back = [source for end in ends for source in self._lineage.sources(end.code, on, self._day)]
        if len(ends) == len(back) == 1 and _is_certain(ends[0]):
            figures = self._figures(ends[0].code, year)
            if figures is not None:
                return replace(figures, area_since=since)
        return YearFigures(year, {}, area_since=since, formed_on=_first_change([*ends, *back], on))

    def _ended(self, unit: Series, years: Sequence[int]) -> Series:
        """Return a series that leads nowhere, with its figures as reported, and the day its unit ended."""
        stood = [period for period in self._tables.periods(unit.unit_code) if period.valid_to is not None]
        last = [period.valid_to for period in stood if period.valid_to is not None and period.valid_to < self._day]
        ended_on = max(last) + _ONE_DAY if last else self._day
        if unit.level is Level.DISTRICT and self._day >= REFORM_DAY:
            ended_on = REFORM_DAY
        return replace(unit, years={year: unit.years[year] for year in years}, ended_on=ended_on)


def _describes(unit: Unit, series: Series) -> bool:
    """Say whether a series is called as its unit is, and has nothing beside its figures."""
    return (
        series.unit_name == unit.name
        and series.parent_code == unit.parent_code
        and series.level is unit.level
        and not (series.line_beside or series.ended_on)
    )


def _known(passages: Iterable[Passage]) -> list[str]:
    """Return the codes to which households went, or may have gone, as far as they are known."""
    return [passage.code for passage in passages if passage.extent is not Extent.NONE and passage.code != NOWHERE]


def _is_certain(passage: Passage) -> bool:
    return passage.extent is Extent.WHOLE and not passage.presumed and passage.code != NOWHERE


def _first_change(passages: Sequence[Passage], otherwise: date) -> date:
    """Return the day of the first change on the way; the day after `otherwise` where there is none."""
    first = otherwise + _ONE_DAY
    for passage in passages:
        if passage.changes:
            day = passage.changes[0].day
            first = day if day < first else first
        elif passage.code == NOWHERE:
            return date.min
    return first
