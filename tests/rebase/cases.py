"""Small worlds of units that are merged and divided, all invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from thidua_cli.model import COUNTS, Level, Series, Unit, YearFigures
from thidua_cli.units.changes import Change, Changes, Households
from thidua_cli.units.lineage import Lineage
from thidua_cli.units.tables import UnitTables

LEVELS: Final = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}
START: Final = date(2021, 7, 1)
MERGER: Final = date(2024, 12, 1)
REFORM: Final = date(2025, 7, 1)
END_2021: Final = date(2021, 12, 31)
END_2024: Final = date(2024, 12, 31)
END_2025: Final = date(2025, 12, 31)
ALL, PART, NONE, UNKNOWN = Households.ALL, Households.PART, Households.NONE, Households.UNKNOWN


class World(UnitTables):
    """Units with their periods, held in memory."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._periods: dict[str, tuple[Unit, ...]] = {}
        for unit in units:
            self._periods[unit.code] = (*self._periods.get(unit.code, ()), unit)

    def periods(self, code: str) -> tuple[Unit, ...]:
        return self._periods.get(code, ())

    def children(self, code: str, on: date) -> tuple[Unit, ...]:
        rows = (row for rows in self._periods.values() for row in rows)
        return tuple(row for row in rows if row.parent_code == code and row.stands_on(on))

    def reporting_children(self, code: str, on: date) -> tuple[Unit, ...]:
        return self.children(code, on)

    def is_reorganised(self, unit: Unit) -> bool:
        return unit.valid_from > START


def unit(code: str, start: date = START, end: date | None = None, parent: str = "", name: str = "") -> Unit:
    """Return a unit from `start` up to the eve of `end`."""
    last = None if end is None else end - timedelta(days=1)
    return Unit(code, name or f"Xã {code}", "xã", LEVELS[len(code)], parent, start, last)


def change(start: str, target: str, households: Households, day: date = MERGER) -> Change:
    """Return one pair."""
    return Change(day, "", start, f"Xã {start}", target, f"Xã {target}", households, "1/NQ")


def lineage(units: Iterable[Unit], changes: Iterable[Change]) -> Lineage:
    """Return the answers about a small world."""
    return Lineage(World(units), Changes(changes))


def series(code: str, years: Mapping[int, tuple[int, ...]], parent: str = "") -> Series:
    """Return a unit's figures: households, poor, near-poor of each year-end; each year from a row of its own."""
    figures = {
        year: YearFigures(year, dict(zip(COUNTS, counts, strict=False)), rows=(int(code) * 10 + year % 10,))
        for year, counts in years.items()
    }
    return Series(code, f"Xã {code}", LEVELS[len(code)], parent, figures)
