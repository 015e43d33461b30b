"""Where a unit stands on a day: its type word, and the places it is or lies in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import lru_cache
from typing import Final

from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import COUNTRY_CODE, Level
from thidua_cli.units.tables import UnitTables

_DISTRICT_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Place:
    """What clauses ask of a unit beside its level and classes."""

    type: str
    """The type word in lower case: "quận", "xã"; empty where no table knows it (villages)."""
    within: frozenset[str]
    """Codes of the unit itself and of all places it lies in."""
    former: Callable[[], frozenset[str]] = field(default=frozenset, compare=False)
    """Gives the codes of places that ended in which the unit lies; asked only where `within` does not settle it."""

    def lies_in(self, places: Collection[str]) -> bool:
        """Say whether the unit is, or lies in, one of the places, be it one that ended since it was named."""
        return not self.within.isdisjoint(places) or not self.former().isdisjoint(places)


def place_of(code: str, parent_code: str, on: date, tables: UnitTables) -> Place:
    """Return the place of a unit on a day; a code without rows (a village) lies where its parent does.

    A unit that does not stand on that day (a district after the reform) is taken as it last stood before it.
    """
    unit = tables.get(code, on)
    if unit is None:
        before = [row for row in tables.periods(code) if row.valid_from <= on]
        if not before:
            above = _around(parent_code, on, tables) if parent_code else frozenset()
            return Place("", above | {code, COUNTRY_CODE})
        unit = before[-1]
        on = unit.valid_to or on
    codes = {above.code for above in tables.ancestors(unit, on)}
    return Place(unit.type, frozenset({code, COUNTRY_CODE, *codes}))


@lru_cache(maxsize=1024)
def _around(code: str, on: date, tables: UnitTables) -> frozenset[str]:
    """Return the code and the places it lies in: all villages of a commune ask the same."""
    return place_of(code, "", on, tables).within


def units_within(place: str, level: Level, on: date, tables: UnitTables) -> list[str]:
    """Return the codes of the units of a level that stand in a place (a code, "VN" for all) on a day."""
    within = None if place == COUNTRY_CODE else place
    if level is Level.PROVINCE:
        return [unit.code for unit in tables.provinces(on) if within in (None, unit.code)]
    if level is Level.DISTRICT:
        return [unit.code for unit in tables.districts(on, within)]
    if within is not None and len(within) == _DISTRICT_DIGITS:
        return [unit.code for unit in tables.children(within, on)]
    return [unit.code for unit in tables.communes(on, within)]
