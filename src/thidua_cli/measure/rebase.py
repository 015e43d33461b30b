"""Series brought to the boundaries of one day: merged units summed, divided ones named, nothing guessed.

Every unit that stands on the day and that the units of the input lead to gets one series. What went into it whole is
summed, count by count; of what was divided only the two extremes are known, unless the user says more (`shares`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from thidua_cli.measure.joining import Piece, Pieces, joined
from thidua_cli.measure.series import in_hierarchy_order
from thidua_cli.measure.shares import NO_SHARES, Shares
from thidua_cli.model import DividedPart, GivenPart, Level, Part, Series, Unit, YearFigures
from thidua_cli.normalise.unit_names import boundary_day
from thidua_cli.units.changes import Households
from thidua_cli.units.lineage import NOWHERE, Extent, Lineage, Passage
from thidua_cli.units.tables import REFORM_DAY, UnitTables

_day_of: Final = cache(boundary_day)
_ONE_DAY: Final = timedelta(days=1)
_OFFICIAL: Final = frozenset({Level.PROVINCE, Level.DISTRICT, Level.COMMUNE})
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
      its end. The country and villages stay as they are.

    Raises:
        InputError: A line of `shares` fits no division, or contradicts the figures.
    """
    shares.check_pairs(tables, lineage, day)
    official = [one for one in series if one.level in _OFFICIAL]
    ground = _Ground(official, tables, lineage, day, shares)
    reached, ended = ground.reached(official)
    units = {code: ground.unit(code, sorted(years)) for code, years in reached.items()}
    others = {one.unit_code: one for one in series if one.level not in _OFFICIAL}
    return in_hierarchy_order({**ended, **units, **others})


class _Ground:
    """The boundaries of one day, and what was reported on those of others."""

    def __init__(
        self, series: Iterable[Series], tables: UnitTables, lineage: Lineage, day: date, shares: Shares
    ) -> None:
        self._reported = {one.unit_code: one for one in series}
        self._tables = tables
        self._lineage = lineage
        self._day = day
        self._shares = shares
        self._parts: dict[str, tuple[Unit, Part]] = {}
        """Code → its unit last asked for: years in a row mostly ask for the same."""
        self._divisions: dict[tuple[str, int], DividedPart] = {}

    def reached(self, series: Iterable[Series]) -> tuple[dict[str, set[int]], dict[str, Series]]:
        """Return the units of the day with the years they have figures of, and the series that lead nowhere."""
        reached: dict[str, set[int]] = {}
        ended: dict[str, Series] = {}
        for one in series:
            stray: list[int] = []
            for years, passages in self._spans(one.unit_code, sorted(one.years), self._ends):
                codes = _known(passages)
                for code in codes:
                    reached.setdefault(code, set()).update(years)
                if not codes:
                    stray += years
            if stray:
                ended[one.unit_code] = self._ended(one, stray)
        return reached, ended

    def unit(self, code: str, years: Sequence[int]) -> Series:
        """Return the series of one unit of the day."""
        unit = self._tables.get(code, self._day)
        if unit is None:
            raise ValueError(f"{code} does not stand on {self._day}")
        since = self._tables.area_since(code, self._day)
        forward = [year for year in years if _day_of(year) <= self._day]
        figures = {year: self._taken_back(unit, year) for year in years if _day_of(year) > self._day}
        for span, sources in self._spans(code, forward, self._sources):
            figures.update({year: self._brought(unit, year, sources, since) for year in span})
        return Series(code, unit.name, unit.level, unit.parent_code, dict(sorted(figures.items())))

    # ------------------------------------------------------------ who went where

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
    ) -> Iterator[tuple[list[int], tuple[Passage, ...]]]:
        """Ask once for years between which nothing happened to any of the units: the answer is the same."""
        left = list(years)
        while left:
            passages = ask(code, left[0])
            until = _first_change(passages, self._day)
            number = max(1, sum(_day_of(year) < until and _day_of(year) <= self._day for year in left))
            yield left[:number], passages
            left = left[number:]

    # ------------------------------------------------------------ one unit, one year-end

    def _brought(self, unit: Unit, year: int, sources: Sequence[Passage], since: date | None) -> YearFigures:
        own = self._figures(unit.code, year)
        if len(sources) == 1 and sources[0].code == unit.code and _is_certain(sources[0]) and own is not None:
            return own if own.area_since == since else replace(own, area_since=since)
        brought = joined(year, self._pieces(unit, year, sources), since)
        if unit.level is Level.DISTRICT and not brought.counts:
            return self._from_communes(unit, year, sources, since) or brought
        return brought

    def _figures(self, code: str, year: int) -> YearFigures | None:
        reported = self._reported.get(code)
        return None if reported is None else reported.years.get(year)

    def _pieces(self, unit: Unit, year: int, sources: Sequence[Passage]) -> Pieces:
        whole, presumed = [], False
        divided: list[tuple[DividedPart, YearFigures | None]] = []
        given: list[tuple[GivenPart, YearFigures | None]] = []
        for source in sources:
            figures = self._figures(source.code, year)
            if source.extent is Extent.WHOLE:
                whole.append(Piece(self._part(source.code, _day_of(year)), figures))
                presumed = presumed or source.presumed
                continue
            part = self._divided(source.code, year)
            shared = self._shares.of(part, year).get(unit.code)
            if isinstance(shared, GivenPart):
                given.append((shared, figures))
            else:
                divided.append((part if shared is None else shared, figures))
        return Pieces(whole, divided, given, presumed)

    def _divided(self, code: str, year: int) -> DividedPart:
        """Return what is known of a unit that divided its households on the way to the day."""
        found = self._divisions.get((code, year))
        if found is None:
            found = self._divisions[code, year] = self._division(code, year)
        return found

    def _division(self, code: str, year: int) -> DividedPart:
        on, figures = _day_of(year), self._figures(code, year)
        ends = self._lineage.destinations(code, on, self._day)
        steps = dict.fromkeys(step for end in ends for step in end.changes if step.households in _SHARED)
        return DividedPart(
            self._part(code, on),
            figures.counts if figures is not None else {},
            tuple(self._part(end, self._day) for end in _known(ends)),
            min((step.day for step in steps), default=self._day),
            ", ".join(dict.fromkeys(step.evidence for step in sorted(steps))),
        )

    def _part(self, code: str, on: date) -> Part:
        known = self._parts.get(code)
        if known is not None and known[0].stands_on(on):
            return known[1]
        unit = self._tables.get(code, on)
        if unit is None:
            return Part(code, code)
        part = Part(code, unit.name)
        self._parts[code] = unit, part
        return part

    def _from_communes(
        self, district: Unit, year: int, sources: Sequence[Passage], since: date | None
    ) -> YearFigures | None:
        """Sum a district from the communes that ended in it; None where the input lacks any or one lies across."""
        on = _day_of(year)
        inside = []
        for commune in (child for one in sources for child in self._tables.reporting_children(one.code, on)):
            ends = _known(self._lineage.destinations(commune.code, on, self._day))
            above = {unit.parent_code for end in ends if (unit := self._tables.get(end, self._day)) is not None}
            if above == {district.code}:
                inside.append(Piece(Part(commune.code, commune.name), self._figures(commune.code, year)))
            elif district.code in above:
                return None
        total = joined(year, Pieces(inside), since)
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

    def _ended(self, one: Series, years: Sequence[int]) -> Series:
        """Return a series that leads nowhere, with its figures as reported, and the day its unit ended."""
        stood = [period for period in self._tables.periods(one.unit_code) if period.valid_to is not None]
        last = [period.valid_to for period in stood if period.valid_to is not None and period.valid_to < self._day]
        ended_on = max(last) + _ONE_DAY if last else self._day
        if one.level is Level.DISTRICT and self._day >= REFORM_DAY:
            ended_on = REFORM_DAY
        return replace(one, years={year: one.years[year] for year in years}, ended_on=ended_on)


def _known(passages: Iterable[Passage]) -> list[str]:
    """Return the codes to which households went, or may have gone, as far as they are known."""
    return [one.code for one in passages if one.extent is not Extent.NONE and one.code != NOWHERE]


def _is_certain(passage: Passage) -> bool:
    return passage.extent is Extent.WHOLE and not passage.presumed and passage.code != NOWHERE


def _first_change(passages: Iterable[Passage], otherwise: date) -> date:
    """Return the day of the first change on the way; `otherwise` where there is none."""
    days = [one.changes[0].day for one in passages if one.changes]
    unknown = any(one.code == NOWHERE and not one.changes for one in passages)
    return date.min if unknown else min(days, default=otherwise + _ONE_DAY)
