"""The way of a unit through time: what it was made of, what became of it, by what evidence.

An `AreaPeriod` is a unit while its area stays the same; a new name or type, or another district above it, does not end
it.
Every step between areas comes from the table of changes. Nothing is looked up by likeness of names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Level, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.changes import Change, Changes, Households, bundled_changes
from thidua_cli.units.tables import REFORM_DAY, UnitTables, bundled

if TYPE_CHECKING:
    from thidua_cli.units.lineage import Lineage, Passage

_ONE_DAY: Final = timedelta(days=1)
_LAST_DAY: Final = date.max
KEPT_CODE: Final = "kept"
"""Kind of a step that no row of the table states: the code goes on over a larger or smaller area."""
_WEIGHT: Final = (
    Households.SAME,
    Households.ALL,
    Households.ALL_PRESUMED,
    Households.UNKNOWN,
    Households.PART,
    Households.NONE,
)
"""From the surest to the least."""
_HOUSEHOLDS: Final[Mapping[str, Households]] = {
    "whole": Households.ALL,
    "part": Households.PART,
    "unknown": Households.UNKNOWN,
    "none": Households.NONE,
}
"""By `lineage.Extent`."""


@dataclass(frozen=True, slots=True)
class AreaPeriod:
    """A unit during one stretch of days without another area."""

    periods: tuple[Unit, ...]
    """Its rows in the tables, oldest first; at least one."""

    @property
    def code(self) -> str:
        """The code, the same in all periods."""
        return self.periods[0].code

    @property
    def first(self) -> Unit:
        """The unit as it began."""
        return self.periods[0]

    @property
    def last(self) -> Unit:
        """The unit as it ended, or stands."""
        return self.periods[-1]


@dataclass(frozen=True, slots=True)
class Step:
    """One step to or from another area, with the steps beyond it."""

    change: Change
    area: AreaPeriod | None
    """The area on the far side; None where no successor is known."""
    beyond: tuple[Step, ...] = ()
    others: tuple[Unit, ...] = ()
    """Backwards, of a unit that was divided: where its other households went, as of the day."""


@dataclass(frozen=True, slots=True)
class History:
    """The tree of one unit."""

    area: AreaPeriod
    own: tuple[Change, ...]
    """What changed without another set of households: name, type, district, area only; oldest first."""
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    heirs: tuple[Heir, ...] = ()
    """The communes that a district's area belongs to since there are no districts."""
    tier_end: Change | None = None
    """The end of the district tier, of a district that stood until then."""


class Heir(NamedTuple):
    """A unit that has households of another one on a later, or earlier, day."""

    unit: Unit
    households: Households
    day: date
    """The day of the last step between the two."""
    evidence: str


class Historian:
    """Follows units through the tables and the changes."""

    def __init__(self, tables: UnitTables | None = None, changes: Changes | None = None) -> None:
        self.tables = tables or bundled()
        self.changes = changes or bundled_changes()

    @cached_property
    def _lineage(self) -> Lineage:
        from thidua_cli.units.lineage import Lineage  # late: most tables hold no unit that is gone

        return Lineage(self.tables, self.changes)

    def area(self, unit: Unit) -> AreaPeriod:
        """Return the area that a row of the tables is part of."""
        periods = self.tables.periods(unit.code)
        index = next(place for place, row in enumerate(periods) if row.valid_from == unit.valid_from)
        first = last = index
        while first > 0 and not self._begins_area(periods, first):
            first -= 1
        while last + 1 < len(periods) and not self._begins_area(periods, last + 1):
            last += 1
        return AreaPeriod(periods[first : last + 1])

    def history(self, unit: Unit) -> History:
        """Return the tree of the area that a row of the tables is part of, both ways to the ends of the tables."""
        area = self.area(unit)
        before, after = self._steps(area, self._entering), self._steps(area, self._leaving)
        heirs = self._heirs_of_district(area, _LAST_DAY) if _ends_with_its_tier(area) and not after else ()
        return History(area, self._own(area), before, after, heirs, self.tier_end(unit) if heirs else None)

    def tier_end(self, unit: Unit) -> Change | None:
        """Return the change with which a district ended together with its tier; None for any other unit."""
        if unit.level is not Level.DISTRICT:
            return None
        ended = self.changes.leaving(unit.code, REFORM_DAY - _ONE_DAY, REFORM_DAY)
        return next((change for change in ended if not change.to_code), None)

    def heirs(self, unit: Unit, on: date = _LAST_DAY) -> tuple[Heir, ...]:
        """Return the units that have households of `unit` on a later day, as `successors`.

        Since there are no districts, a district has the communes that its communes went to, be it that it had been
        merged into another before.
        """
        ends, area = self.successors(unit, on), self.area(unit)
        is_district = area.last.level is Level.DISTRICT and area.last.valid_to is not None
        # The resolutions end the district tier and tell of communes only what became of the people.
        return ends or (self._heirs_of_district(area, on) if is_district and on >= REFORM_DAY else ())

    def successors(self, unit: Unit, on: date = _LAST_DAY) -> tuple[Heir, ...]:
        """Return the units of its own tier that have households of `unit` on a later day, most certain first.

        None where the unit still stands with its area, or where no successor is known.
        """
        area = self.area(unit)
        if area.last.valid_to is None or on <= area.last.valid_to:
            return ()
        passages = self._lineage.destinations(area.code, area.last.valid_to, on)
        went_on = area.last.valid_to + _ONE_DAY
        return _joined(
            self._heir(passage, on, passage.changes[-1:], went_on) for passage in passages if passage.has_households
        )

    def forebears(self, unit: Unit, on: date) -> tuple[Heir, ...]:
        """Return the units that gave `unit` households, as they stood on an earlier day, by code."""
        area = self.area(unit)
        if on >= area.first.valid_from:
            return ()
        passages = self._lineage.sources(area.code, area.first.valid_from, on)
        return _joined(self._heir(passage, on, passage.changes[:1], area.first.valid_from) for passage in passages)

    def _heir(self, passage: Passage, on: date, last: Sequence[Change], went_on: date) -> Heir | None:
        """Return a unit at the end of a way; None where no list knows it.

        No row of the changes is about a unit that only took in others: its code went on, on the day `went_on`.
        """
        unit = self.tables.get(passage.code, on) if passage.code else None
        if unit is None:
            return None
        households = Households.ALL_PRESUMED if passage.is_whole and passage.presumed else _HOUSEHOLDS[passage.extent]
        return Heir(unit, households, last[0].day if last else went_on, last[0].evidence if last else "")

    def _heirs_of_district(self, area: AreaPeriod, on: date) -> tuple[Heir, ...]:
        communes = self.tables.children(area.code, area.last.valid_to or REFORM_DAY - _ONE_DAY)
        heirs = _joined(heir for commune in communes for heir in self._of_commune(commune, on))
        return heirs if len(heirs) == 1 else tuple(heir._replace(households=Households.PART) for heir in heirs)

    def _of_commune(self, commune: Unit, on: date) -> Sequence[Heir]:
        """Return the heirs of a commune of a district that is gone; the commune itself where the reform left it."""
        area = self.area(commune)
        standing = _standing(area, on)
        if standing is None:
            return self.heirs(commune, on)
        kept = self.changes.leaving(area.code, REFORM_DAY - _ONE_DAY, REFORM_DAY)
        return [Heir(standing, Households.ALL, REFORM_DAY, change.evidence) for change in kept[:1]]

    def _steps(self, area: AreaPeriod, neighbours: Callable[[AreaPeriod], Sequence[Step]]) -> tuple[Step, ...]:
        """Return the steps from an area with everything beyond them; land without people leads nowhere."""
        return tuple(
            Step(step.change, step.area, self._steps(step.area, neighbours), step.others)
            if step.area is not None and step.change.households is not Households.NONE
            else step
            for step in neighbours(area)
        )

    def _leaving(self, area: AreaPeriod) -> list[Step]:
        """Return one step per area that follows."""
        end = area.last.valid_to
        if end is None:
            return []
        day = end + _ONE_DAY
        changes = [change for change in self.changes.leaving(area.code, end, day) if _moves_people(change, day)]
        own = self.tables.get(area.code, day)
        if own is not None and day != REFORM_DAY and all(change.to_code != area.code for change in changes):
            changes.append(_kept(area.last, own, changes))
        return [Step(change, self._area_on(change.to_code, day)) for change in sorted(changes, key=_surest_first)]

    def _entering(self, area: AreaPeriod) -> list[Step]:
        """Return one step per area that it was made of."""
        day = area.first.valid_from
        eve = day - _ONE_DAY
        changes = [change for change in self.changes.entering(area.code, eve, day) if _moves_people(change, day)]
        own = self.tables.get(area.code, eve)
        if own is not None and day != REFORM_DAY and all(change.from_code != area.code for change in changes):
            left = [change for change in self.changes.leaving(area.code, eve, day) if _moves_people(change, day)]
            changes.append(_kept(own, area.first, left))
        changes.sort(key=_surest_first)
        return [
            Step(change, self._area_on(change.from_code, eve), (), self._elsewhere(change, eve)) for change in changes
        ]

    def _elsewhere(self, change: Change, eve: date) -> tuple[Unit, ...]:
        """Return where the other households of a divided unit went on the same day."""
        if change.households not in (Households.PART, Households.UNKNOWN):
            return ()
        beside = (
            departure
            for departure in self.changes.leaving(change.from_code, eve, change.day)
            if _moves_people(departure, change.day) and departure.households is not Households.NONE
        )
        codes = dict.fromkeys(departure.to_code for departure in beside if departure.to_code != change.to_code)
        if change.day != REFORM_DAY and change.to_code != change.from_code:
            codes[change.from_code] = None
        units = (self.tables.get(code, change.day) for code in codes)
        return tuple(unit for unit in units if unit is not None)

    def _own(self, area: AreaPeriod) -> tuple[Change, ...]:
        """Return the changes of an area that moved no household."""
        first, last = area.first.valid_from, area.last.valid_to or _LAST_DAY
        inside = [*self.changes.leaving(area.code, first, last), *self.changes.entering(area.code, first, last)]
        named = [
            change for change in self.changes.entering(area.code, first - _ONE_DAY, first) if _is_of_itself(change)
        ]
        return tuple(sorted(dict.fromkeys([*inside, *named])))

    def _area_on(self, code: str, day: date) -> AreaPeriod | None:
        unit = self.tables.get(code, day) if code else None
        return self.area(unit) if unit is not None else None

    def _begins_area(self, periods: Sequence[Unit], index: int) -> bool:
        return (
            self.tables.is_reorganised(periods[index])
            or periods[index - 1].valid_to != periods[index].valid_from - _ONE_DAY
        )


def _ends_with_its_tier(area: AreaPeriod) -> bool:
    end = area.last.valid_to
    return area.last.level is Level.DISTRICT and end is not None and end + _ONE_DAY == REFORM_DAY


def _surest_first(change: Change) -> tuple[int, str, str]:
    return _WEIGHT.index(change.households), change.from_code, change.to_code


def _moves_people(change: Change, day: date) -> bool:
    return change.day == day and change.households is not Households.SAME


def _is_of_itself(change: Change) -> bool:
    return change.households is Households.SAME


def _kept(before: Unit, after: Unit, left: Iterable[Change]) -> Change:
    """Return the step of a unit whose code goes on over another area: with all its households unless some left."""
    gone = {change.households for change in left if change.households is not Households.NONE}
    rest = Households.ALL if not gone else Households.PART if gone == {Households.PART} else Households.UNKNOWN
    return Change(after.valid_from, KEPT_CODE, before.code, before.name, after.code, after.name, rest, "")


def _standing(area: AreaPeriod, on: date) -> Unit | None:
    if on == _LAST_DAY:
        return area.last if area.last.valid_to is None else None
    return next((unit for unit in area.periods if unit.stands_on(on)), None)


def _joined(heirs: Iterable[Heir | None]) -> tuple[Heir, ...]:
    """Keep one of each unit, the one that is known best; most certain first, then by code."""
    best: dict[str, Heir] = {}
    for heir in sorted((heir for heir in heirs if heir is not None), key=lambda heir: _WEIGHT.index(heir.households)):
        best.setdefault(heir.unit.code, heir)
    return tuple(sorted(best.values(), key=lambda heir: (_WEIGHT.index(heir.households), heir.unit.code)))
