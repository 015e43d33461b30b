"""Parents without figures of their own, summed from their children: level by level, and never from a part of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from thidua_cli.measure.resolve import Counts, StandingFigures, UnitPeriods, Units
from thidua_cli.model import COUNTRY_CODE, Basis, Level, Status, YearFigures, year_end

if TYPE_CHECKING:
    from thidua_cli.units.tables import UnitTables

UPWARD: Final = (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE, Level.COUNTRY)
"""The levels that are summed, in order of summing."""

_LEVEL_BY_CODE_LENGTH: Final = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}
_LEVEL_ABOVE: Final = {
    Level.VILLAGE: Level.COMMUNE,
    Level.COMMUNE: Level.DISTRICT,
    Level.DISTRICT: Level.PROVINCE,
    Level.PROVINCE: Level.COUNTRY,
}
_COUNTRY_NAME: Final = "Toàn quốc"
_PRELIMINARY: Final = Status.PRELIMINARY
_OPENINGS: Final = ("poor_opening", "near_poor_opening")

_Children = dict[str, YearFigures]
"""Code → figures, of the units right below one unit at one year-end."""
_Families = dict[str, dict[int, _Children]]
"""Code of the unit above → year-end → its children."""


def roll_up(units: Units, tables: UnitTables | None, rated: frozenset[int] = frozenset()) -> None:
    """Add to `units` the sums of children for parents that have no row of their own in that year.

    * A parent is summed only where the input holds figures of at least two of its children in some year (of half of
      them, where they are communes right below a province), or of all of them: an officer with one district's file is
      not told that the province is incomplete. The country is summed only where some year has every province.
    * A sum has counts only when every child that stands at that year-end has figures; otherwise it has none, and
      `missing_children` names what is lacking. A single count is summed only where every child holds it.
    * Where no list of the children exists (villages; any unit without unit tables) the sum is taken over the children
      at hand and marked `assumed_complete`; the mark passes to every sum above.
    * A row of the movement in the year without the number of households (the total of Mẫu 09 above communes of which
      Mẫu 08 was read) is no row of its own in this sense: the sum takes its place.
    * A row that prints rates and no count (its number is in `rated`) gives way to a sum that has counts, and to no
      other.
    * Children on different poverty lines make the sum `conflicting`, without counts.
    """
    _RollUp(units, tables, rated).climb()


class _RollUp:
    """Sums on their way up."""

    def __init__(self, units: Units, tables: UnitTables | None, rated: frozenset[int]) -> None:
        self._units = units
        self._tables = tables
        self._rated = rated
        self._below: dict[Level, _Families] = {level: {} for level in UPWARD}
        """Level → the families whose parent is of that level."""
        self._gave_way = False
        """Some row was dropped or replaced: it may still stand in a family."""
        for code, years in units.items():
            self._join_families(code, years)

    def _join_families(self, code: str, years: Mapping[int, StandingFigures]) -> None:
        families: dict[int, _Children] | None = None
        last: StandingFigures | None = None
        for year, standing in years.items():
            # Mostly the unit above is that of the year before.
            if last is None or standing.above != last.above or standing.level is not last.level:
                level = _level_of(standing.above, standing.level)
                families = None if level is None else self._below[level].setdefault(standing.above, {})
                last = standing
            if families is not None:
                if year in families:
                    families[year][code] = standing.figures
                else:
                    families[year] = {code: standing.figures}

    def climb(self) -> None:
        """Sum level by level: the sums of one are children of the next."""
        for level in UPWARD:
            families = self._below.pop(level)
            if self._gave_way:
                families = self._standing(families)
            for above, years in families.items():
                self._drop_movement_alone(above, years)
            for above, years in families.items():
                self._sum(above, years, level)

    def _standing(self, families: _Families) -> _Families:
        """Leave out children whose row gave way."""
        return {
            above: {
                year: {code: own for code, own in children.items() if self._figures(code, year) is own}
                for year, children in years.items()
            }
            for above, years in families.items()
        }

    def _figures(self, code: str, year: int) -> YearFigures | None:
        standing = self._units.get(code, {}).get(year)
        return None if standing is None else standing.figures

    def _drop_movement_alone(self, above: str, years: Mapping[int, _Children]) -> None:
        """Drop a parent's rows that have a movement but no households, in years in which a child has households."""
        for year in years.keys() & self._units.get(above, {}).keys():
            counts = self._units[above][year].figures.counts
            moves = "households" not in counts and any(name in counts for name in _OPENINGS)
            if moves and any("households" in child.counts for child in years[year].values()):
                del self._units[above][year]
                self._gave_way = True

    def _is_rate_alone(self, figures: YearFigures) -> bool:
        """Say whether a printed rate is all that is known."""
        is_own = figures.basis is Basis.REPORTED and not figures.conflicting
        return is_own and not figures.counts and not self._rated.isdisjoint(figures.rows)

    def _sum(self, above: str, years: Mapping[int, _Children], level: Level) -> None:
        """Add the sums of one parent, or none where the input does not mean it."""
        own = self._units.get(above, {})
        open_years = [year for year in years if year not in own or self._is_rate_alone(own[year].figures)]
        lists = {year: self._children_of(above, year, level) for year in open_years}
        families = {year: _listed(years[year], lists[year]) for year in open_years}
        if not any(_shows_parent(families[year], lists[year], level) for year in open_years):
            return
        periods = UnitPeriods(above, self._tables)
        for year in sorted(open_years):
            if (day := year_end(year)) > periods.until:
                periods.move_to(day)
            if families[year]:
                figures = _summed(year, families[year], lists[year], periods.area_since)
                self._add(above, year, _described(above, level, figures, periods))
        if own:
            self._units[above] = dict(sorted(self._units[above].items()))

    def _add(self, code: str, year: int, total: StandingFigures) -> None:
        years = self._units.setdefault(code, {})
        # What is there is a row of rates alone.
        if year in years:
            if not total.figures.counts:
                return
            self._gave_way = True
        years[year] = total
        self._join_families(code, {year: total})

    def _children_of(self, parent: str, year: int, level: Level) -> frozenset[str] | None:
        """Return the codes of the children that stand at the year-end, or None where no list of them exists."""
        if self._tables is None or level is Level.COMMUNE:
            return None
        day = year_end(year)
        is_country = level is Level.COUNTRY
        units = self._tables.provinces(day) if is_country else self._tables.reporting_children(parent, day)
        return frozenset([unit.code for unit in units]) or None


def _level_of(above: str, level: Level) -> Level | None:
    """Return the level of the unit above one of `level`; None where there is none."""
    if not above:
        return None
    if above == COUNTRY_CODE:
        return Level.COUNTRY
    # A commune stands directly under its province since the district tier was dropped.
    by_length = _LEVEL_BY_CODE_LENGTH.get(len(above)) if above.isdigit() else None
    return by_length or _LEVEL_ABOVE.get(level)


def _listed(children: _Children, listed: frozenset[str] | None) -> _Children:
    """Leave out children that do not belong to the parent at that year-end: an abolished unit is not counted again."""
    if listed is None or children.keys() <= listed:
        return children
    return {code: figures for code, figures in children.items() if code in listed}


def _shows_parent(children: _Children, listed: frozenset[str] | None, level: Level) -> bool:
    """Say whether so many children have figures at a year-end that their parent is meant too."""
    number = sum([1 for figures in children.values() if figures.counts])
    if listed is not None and number == len(listed):
        return True
    return level is not Level.COUNTRY and number >= _fewest(listed, level)


def _fewest(listed: frozenset[str] | None, level: Level) -> int:
    """Return how many children with figures show that their parent is meant too.

    Communes that stand right below a province, as all do since July 2025, are mostly those of a part of it.
    """
    if level is Level.PROVINCE and listed and _LEVEL_BY_CODE_LENGTH[len(min(listed))] is Level.COMMUNE:
        return max(2, (len(listed) + 1) // 2)
    return 2


def _summed(year: int, children: _Children, listed: frozenset[str] | None, area_since: date | None) -> YearFigures:
    """Return the figures of a unit at one year-end from those of its children."""
    parts = children.values()
    mute = [code for code, figures in children.items() if not figures.counts]
    missing = mute if listed is None else listed.difference(children.keys() - mute if mute else children)
    lines = {figures.poverty_line for figures in parts}
    rows: list[int] = []
    early = unproven = False
    line_is_assumed = True
    for figures in parts:
        rows += figures.rows
        early = early or figures.status is _PRELIMINARY
        unproven = unproven or figures.assumed_complete
        line_is_assumed = line_is_assumed and figures.line_is_assumed
    rows.sort()
    conflicting = len(lines) > 1
    return YearFigures(
        year,
        {} if missing or conflicting else _total([figures.counts for figures in parts]),
        Basis.ROLLED_UP,
        _PRELIMINARY if early else Status.FINAL,
        "" if conflicting else lines.pop(),
        tuple(rows),
        tuple(sorted(missing)),
        conflicting,
        listed is None or unproven,
        area_since,
        line_is_assumed=line_is_assumed,
    )


def _total(parts: list[Mapping[str, int]]) -> Counts:
    """Add up the counts that all parts hold."""
    first, names = parts[0], parts[0].keys()
    if all(part.keys() == names for part in parts):
        # All name their counts in one order.
        return dict(zip(first, map(sum, zip(*[part.values() for part in parts], strict=True)), strict=True))
    common = [name for name in first if all(name in part for part in parts)]
    return {name: sum([part[name] for part in parts]) for name in common}


def _described(code: str, level: Level, figures: YearFigures, periods: UnitPeriods) -> StandingFigures:
    """Return a sum with the name of its unit; the code stands in for a name nobody gave."""
    if level is Level.COUNTRY:
        return StandingFigures(_COUNTRY_NAME, level, "", figures)
    unit = periods.unit
    return StandingFigures(code if unit is None else unit.name, level, periods.above(level, ""), figures)
