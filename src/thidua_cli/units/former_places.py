"""Places that ended with the reform of 2025, and the units that hold their households since."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from thidua_cli.model import Level
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.lineage import Lineage
from thidua_cli.units.tables import REFORM_DAY, UnitTables

_EVE: Final = REFORM_DAY - timedelta(days=1)


class Heirs(NamedTuple):
    """The communes that hold households of a place which ended."""

    whole: tuple[str, ...]
    """Codes of those all of whose households are of the place."""
    shared: tuple[str, ...]
    """Codes of those that hold, or may hold, households of other places too."""


class FormerPlaces:
    """Follows plans and rules that name a district or province of before July 2025 to the communes of a later day."""

    def __init__(self, tables: UnitTables, lineage: Lineage) -> None:
        self._tables = tables
        self._lineage = lineage
        self._within: dict[tuple[str, date], frozenset[str]] = {}

    def within(self, code: str, on: date) -> frozenset[str]:
        """Return the codes of the districts and provinces of before the reform in which a unit of a later day lies.

        All of the unit's households come from there; of a unit that was made across a border no place is returned.
        """
        if on < REFORM_DAY:
            return frozenset()
        key = (code, on)
        if key not in self._within:
            self._within[key] = self._common_places(code, on)
        return self._within[key]

    def _common_places(self, code: str, on: date) -> frozenset[str]:
        earlier = [self._tables.get(passage.code, _EVE) for passage in self._lineage.sources(code, on, _EVE)]
        places = [
            frozenset(above.code for above in self._tables.ancestors(unit, _EVE))
            for unit in earlier
            if unit is not None
        ]
        return frozenset.intersection(*places) if places else frozenset()

    def has_ended(self, place: str, on: date) -> bool:
        """Say whether a district or province stood until the reform and does not stand on a later day."""
        stood, stands = (self._tables.get(place, day) is not None for day in (_EVE, on))
        return on >= REFORM_DAY and stood and not stands

    def heirs(self, place: str, on: date) -> Heirs:
        """Return the communes of a later day that hold households of a place, by code; of a commune its own heirs."""
        unit = self._tables.get(place, _EVE)
        if unit is None:
            return Heirs((), ())
        codes = sorted(
            {
                passage.code
                for commune in ([place] if unit.level is Level.COMMUNE else self._communes(place))
                for passage in self._lineage.destinations(commune, _EVE, on)
                if passage.code and passage.has_households
            }
        )
        whole = tuple(code for code in codes if place in self.within(code, on))
        return Heirs(whole, tuple(code for code in codes if code not in whole))

    def _communes(self, place: str) -> list[str]:
        is_district = place in {unit.code for unit in self._tables.districts(_EVE)}
        below = self._tables.children(place, _EVE) if is_district else self._tables.communes(_EVE, place)
        return [unit.code for unit in below]
