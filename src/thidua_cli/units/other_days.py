"""Units that the area of a province or district has on the lists of other days: what an exact name may mean there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from thidua_cli.model import Level, Unit
from thidua_cli.units.lookup import Match, NamesOfUnits, match, same_area
from thidua_cli.units.names import leaves_out_accents, split_type
from thidua_cli.units.tables import REFORM_DAY, TABLES_START, UnitTables

if TYPE_CHECKING:
    from thidua_cli.units.history import Historian

_EVE: Final = REFORM_DAY - timedelta(days=1)


class OtherDays:
    """What lies in the area of one unit on any day but one."""

    def __init__(self, parent: Unit, on: date, tables: UnitTables, historian: Historian) -> None:
        self._on = on
        self._tables = tables
        self._historian = historian
        self._others = _rows_of_other_days(parent, on, tables, historian)
        self._lists = _lists(parent, on, self._others)
        self._names = NamesOfUnits(tuple(self._others))

    def one_unit(self, name: str) -> Unit | None:
        """Return the one unit that a list names so, the likeliest list first; a list that has it exactly first."""
        matches = [match(name, units, offers_similar=False) for units in self._lists]
        exact = (matched.unit for matched in matches if matched.unit is not None and not matched.is_loose)
        return next(exact, None) or next((matched.unit for matched in matches if matched.unit is not None), None)

    def has_beside(self, unit: Unit, name: str) -> bool:
        """Say whether another unit than this one bears a name exactly."""
        exact = (other for other in self._names.exact(name) if other.level is unit.level)
        return any(not self._is_spelling_of(other, (unit,)) for other in exact)

    def exactly_named(self, name: str, matched: Match) -> Match:
        """Return what a name means that fits `matched` without its accents only, and another day's unit with them.

        That unit, not the neighbour of today, is named: "another day". The match stays as it was where it is the same
        unit in another spelling, or one that a later unit of the exact name was made of.
        """
        near = (matched.unit,) if matched.unit is not None else matched.candidates
        named = [unit for unit in self._named(name, near) if not self._is_spelling_of(unit, near)]
        if not named:
            return matched
        standing = {unit for row in named if (unit := self._standing(row)) is not None}
        if standing:
            several = () if len(standing) == 1 else tuple(standing)
            return Match(None if several else standing.pop(), several, "ambiguous" if several else "former name")
        by_code = tuple({unit.code: unit for unit in named}.values())
        # whoever types no accents at all may mean the one of today as well
        units = (*near, *by_code) if name.isascii() else by_code
        return Match(None, units, "another day" if len(units) == 1 else "ambiguous")

    def _named(self, name: str, near: Collection[Unit]) -> list[Unit]:
        """Return the units of the tiers of `near` that bear a name exactly, or alone agree with the accents it has."""
        tiers = {unit.level for unit in near}
        exact = [unit for unit in self._names.exact(name) if unit.level in tiers]
        if exact or any(_agrees(name, unit) for unit in near):
            return exact
        return [unit for unit in self._names.loose(name) if unit.level in tiers and _agrees(name, unit)]

    def _is_spelling_of(self, unit: Unit, near: Collection[Unit]) -> bool:
        codes = {other.code for other in near}
        if unit.code in codes:
            return True
        # A name of the two-tier list is no name of a district's table: its parts bore it, written otherwise (Đắk, Đăk).
        is_later = unit.valid_from >= REFORM_DAY > self._on
        return is_later and any(heir.unit.code in codes for heir in self._historian.forebears(unit, self._on))

    def _standing(self, row: Unit) -> Unit | None:
        """Return the unit that stands with the area that a row of another day had."""
        unit = self._tables.get(row.code, self._on)
        return unit if unit is not None and same_area(row, unit, self._tables) else None


def _agrees(name: str, unit: Unit) -> bool:
    return leaves_out_accents(split_type(name)[1], split_type(unit.name)[1])


def _rows_of_other_days(parent: Unit, on: date, tables: UnitTables, historian: Historian) -> list[Unit]:
    """Return the units that do not stand on a day but had, or will have, a part of a parent's area."""
    before = {*historian.forebears(parent, TABLES_START), *historian.forebears(parent, _EVE)}
    areas = [parent, *(relative.unit for relative in (*before, *historian.heirs(parent)))]
    codes = dict.fromkeys(unit.code for unit in areas)
    rows = [row for code in codes for row in (*tables.periods(code), *tables.rows_within(code))]
    return [row for row in rows if not row.stands_on(on) and row.level is not Level.PROVINCE]


def _lists(parent: Unit, on: date, others: Sequence[Unit]) -> tuple[tuple[Unit, ...], ...]:
    """Return the units of other days list by list, the likeliest first.

    A province's form that names communes before the reform follows the list since; a district's an older one.
    """
    if parent.level is Level.PROVINCE and on < REFORM_DAY:
        since = [row for row in others if row.stands_on(REFORM_DAY)]
        lists = [since, [row for row in others if row.level is Level.DISTRICT]]
    else:
        days = (_EVE, TABLES_START, REFORM_DAY)
        lists = [*([row for row in others if row.stands_on(day)] for day in days), list(others)]
    return tuple(tuple({(row.code, row.name): row for row in rows_of_list}.values()) for rows_of_list in lists)
