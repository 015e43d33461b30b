"""Small hierarchies and observations, all invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from thidua_cli.model import Level, Status, Unit
from thidua_cli.observations import Observation
from thidua_cli.units.tables import UnitTables

_LEVELS: Final = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}


class SmallTables(UnitTables):
    """Units by code and parent, standing for ever or until a last day."""

    def __init__(self, parents: Mapping[str, str], last_days: Mapping[str, date] | None = None) -> None:
        ends = last_days or {}
        self._units = {
            code: Unit(code, f"Đơn vị {code}", "", _LEVELS[len(code)], parent, date(2000, 1, 1), ends.get(code))
            for code, parent in parents.items()
        }

    def get(self, code: str, on: date) -> Unit | None:
        unit = self._units.get(code)
        return unit if unit is not None and unit.stands_on(on) else None

    def periods(self, code: str) -> tuple[Unit, ...]:
        return tuple(unit for unit in [self.get(code, date(2024, 12, 31))] if unit is not None)

    def children(self, code: str, on: date) -> tuple[Unit, ...]:
        return tuple(unit for unit in self._units.values() if unit.parent_code == code and unit.stands_on(on))

    def reporting_children(self, code: str, on: date) -> tuple[Unit, ...]:
        return self.children(code, on)

    def provinces(self, on: date) -> tuple[Unit, ...]:
        return tuple(u for u in self._units.values() if u.level is Level.PROVINCE and u.stands_on(on))


TWO_DISTRICTS: Final = {
    "49": "",
    "50": "",
    "501": "49",
    "502": "49",
    "20001": "501",
    "20002": "501",
    "20003": "502",
    "20004": "502",
}


def observed(
    code: str,
    year: int = 2022,
    counts: Sequence[int | None] = (100, 10, 5),
    *,
    status: Status = Status.FINAL,
    line: str = "2022-2025",
    parent: str = "",
    level: Level | None = None,
    names: Sequence[str] = ("households", "poor_households", "near_poor_households"),
) -> Observation:
    """Return one observation; counts in the order of `names`, None for missing."""
    known = {name: count for name, count in zip(names, counts, strict=True) if count is not None}
    return Observation(code, year, f"Đơn vị {code}", level or _LEVELS[len(code)], parent, line, status, known)
