"""Unit names of tables → units, within the unit a table is of. Never by likeness alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.units.lookup import Match, match, match_through_time
from thidua_cli.units.names import accent_key, clean, split_type, tone_key
from thidua_cli.units.tables import REFORM_DAY, TABLES_START, UnitTables, boundary_day

_ONE_DAY: Final = timedelta(days=1)
# Ten districts are named Châu Thành: a sentence names eight.
_OFFERED: Final = 8
_NOT_SLUG: Final = re.compile(r"[^0-9a-z]+")


def village_code(commune_code: str, name: str) -> str:
    """Return the code of a village that has none of its own: commune and name are its identity.

    >>> village_code("20956", "Thôn 1")
    '20956-thon-1'
    """
    return f"{commune_code}-{_slug(name)}"


@lru_cache(maxsize=4096)
def _slug(name: str) -> str:
    words = [accent_key(word) for word in clean(name).split()]
    return _NOT_SLUG.sub("-", "-".join(words)).strip("-")


@dataclass(slots=True)
class UnitFinder:
    """Looks names up within a parent on the boundaries of a year, remembering what it found."""

    tables: UnitTables
    place: str = ""
    """Code of the province or district in which a name of several units is looked up."""
    _districts: dict[date, dict[str, list[Unit]]] = field(default_factory=dict)
    """Day → accent key, with and without type word → districts."""
    _found: dict[tuple[str, str, int, frozenset[str] | None], Match] = field(default_factory=dict)
    _elsewhen: dict[tuple[str, int], tuple[tuple[Unit, ...], ...]] = field(default_factory=dict)
    """(parent, year) → the units its area has in the lists of other days, the likeliest list first."""

    _units: dict[tuple[str, int], Unit | None] = field(default_factory=dict)

    def within(self, name: str, parent: str, year: int, types: frozenset[str] | None = None) -> Match:
        """Match `name` among the units of `parent`, or the parent itself; of communes, a village is introduced."""
        key = (name, parent, year, types)
        if key not in self._found:
            self._found[key] = self._in_place(self._match(name, parent, year, types), name, parent, year, types)
        return self._found[key]

    def commune_of_province(self, name: str, province: str, year: int, types: frozenset[str] | None = None) -> Match:
        """Match `name` among all communes of a province, whatever their districts."""
        of_province = match(name, self.tables.communes(boundary_day(year), province), types=types)
        return self._in_place(of_province, name, province, year, types)

    def _in_place(self, matched: Match, name: str, parent: str, year: int, types: frozenset[str] | None) -> Match:
        """Return the one of several units of a name that lies in the place; the match as it was where that is none."""
        place = self.unit(self.place, year) if matched.how == "ambiguous" else None
        if place is None:
            return matched
        on = boundary_day(year)
        below = self.tables.children(place.code, on)
        communes = self.tables.communes(on, place.code) if place.level is Level.PROVINCE else ()
        inside = match(name, tuple(dict.fromkeys((place, *below, *communes))), types=types)
        above = () if inside.unit is None else (inside.unit, *self.tables.ancestors(inside.unit, on))
        lies_below = parent in ("", COUNTRY_CODE) or any(unit.code == parent for unit in above)
        return inside if inside.unit is not None and lies_below else matched

    def label(self, code: str, year: int) -> str:
        """Return the name of a unit for a message; its code, or the country, where there is no such unit."""
        unit = self.unit(code, year)
        return unit.name if unit else code or "Việt Nam"

    def unit(self, code: str, year: int) -> Unit | None:
        """Return the unit of a code on the boundaries of `year`; the country has a code of its own."""
        if (code, year) not in self._units:
            self._units[code, year] = self._unit(code, year)
        return self._units[code, year]

    def _unit(self, code: str, year: int) -> Unit | None:
        if code == COUNTRY_CODE:
            return COUNTRY
        return self.tables.get(code, boundary_day(year)) if code else None

    def on_another_day(self, name: str, code: str, parent: str, year: int) -> Unit | None:
        """Return the one unit that another list has in the area of `parent` by this code, or else by this name.

        None where a list of another day has no such unit either, or several.
        """
        on = boundary_day(year)
        # A code that was given again in the reform is believed only with the name it had.
        for unit in reversed(self.tables.periods(code)) if code else ():
            if not name or accent_key(split_type(name)[1]) == accent_key(split_type(unit.name)[1]):
                return unit
        own = self.unit(parent, year)
        if not name or own is None or own.level not in (Level.PROVINCE, Level.DISTRICT):
            return None
        key = (parent, year)
        if key not in self._elsewhen:
            self._elsewhen[key] = _of_other_days(own, on, self.tables)
        matched = (match(name, units).unit for units in self._elsewhen[key])
        return next((unit for unit in matched if unit is not None), None)

    def _match(self, name: str, parent: str, year: int, types: frozenset[str] | None) -> Match:
        on = boundary_day(year)
        if not parent or parent == COUNTRY_CODE:
            if accent_key(name) in _COUNTRY_KEYS:
                return Match(COUNTRY, (), "exact")
            named = match_through_time(name, "", on, self.tables)
            district = self._district(name, on) if named.how == "unknown" else _NOTHING
            return district if district.unit is not None or district.candidates else named
        own = self.unit(parent, year)
        if own is not None and own.level is Level.COMMUNE:
            return Match(self._village(own, name), (), "exact")
        named = match_through_time(name, parent, on, self.tables, types=types)
        if named.unit is None and own is not None and is_own_name(name, own, is_taken=named.how != "unknown"):
            return Match(own, (), "exact")
        return named

    def _district(self, name: str, on: date) -> Match:
        """Match the name of a district where nothing says the province: there are ten Huyện Châu Thành.

        Only a full name that no other district bears is believed; a bare one is offered.
        """
        if on not in self._districts:
            self._districts[on] = _by_accent_key(self.tables.districts(on))
        type_word, bare = split_type(name)
        full = f"{type_word} {bare}" if type_word else name
        hits = self._districts[on].get(accent_key(full), [])
        # Without accents two names may be one: what was typed with accents decides where it can.
        hits = [unit for unit in hits if tone_key(name) in _tone_keys(unit)] or hits
        if len(hits) > 1:
            return Match(None, tuple(hits), "ambiguous")
        if hits and tone_key(full) == tone_key(hits[0].name):
            return Match(hits[0], (), "exact")
        return Match(None, tuple(hits), "unknown")

    def _village(self, commune: Unit, name: str) -> Unit:
        if accent_key(name) == accent_key(commune.name):
            return commune
        cleaned = clean(name)
        return Unit(
            village_code(commune.code, cleaned),
            cleaned,
            "thôn",
            Level.VILLAGE,
            commune.code,
            commune.valid_from,
            commune.valid_to,
        )


def _of_other_days(parent: Unit, on: date, tables: UnitTables) -> tuple[tuple[Unit, ...], ...]:
    """Return the units that do not stand on a day but had, or will have, a part of a parent's area: list by list.

    A province's form that names communes before the reform follows the list since; a district's an older one.
    """
    from thidua_cli.units.history import Historian  # late: few tables name a unit of another list

    historian = Historian(tables)
    before = {*historian.forebears(parent, TABLES_START), *historian.forebears(parent, REFORM_DAY - _ONE_DAY)}
    areas = [parent, *(relative.unit for relative in (*before, *historian.heirs(parent)))]
    codes = dict.fromkeys(unit.code for unit in areas)
    rows = [row for code in codes for row in (*tables.periods(code), *tables.rows_within(code))]
    others = [row for row in rows if not row.stands_on(on) and row.level is not Level.PROVINCE]
    if parent.level is Level.PROVINCE and on < REFORM_DAY:
        since = [row for row in others if row.stands_on(REFORM_DAY)]
        lists = [since, [row for row in others if row.level is Level.DISTRICT]]
    else:
        days = (REFORM_DAY - _ONE_DAY, TABLES_START, REFORM_DAY)
        lists = [*([row for row in others if row.stands_on(day)] for day in days), others]
    return tuple(tuple({(row.code, row.name): row for row in rows_of_list}.values()) for rows_of_list in lists)


_NOTHING: Final = Match(None, (), "unknown")
COUNTRY: Final = Unit(COUNTRY_CODE, "Toàn quốc", "quốc gia", Level.COUNTRY, "", TABLES_START, None)
_COUNTRY_KEYS: Final = frozenset(map(accent_key, ("Toàn quốc", "Cả nước", "Việt Nam")))


def best_scope(names: Iterable[str], year: int, tables: UnitTables) -> Unit | None:
    """Return the one district or province whose units hold every name, to be offered when a table does not say."""
    wanted = {key for name in names if (key := accent_key(name))}
    # Two names fit some district by chance: there are 27 communes Tân Thành and 23 Tân Lập.
    if len(wanted) < 3:
        return None
    on = boundary_day(year)
    fitting = [
        parent
        for parent in (*tables.districts(on), *tables.provinces(on))
        if wanted <= _keys(tables.children(parent.code, on))
    ]
    return fitting[0] if len(fitting) == 1 else None


def is_own_name(name: str, own: Unit, *, is_taken: bool = False) -> bool:
    """Say whether a row of a table of `own` names it itself; by the bare name only where no unit below bears it."""
    if accent_key(name) == accent_key(own.name):
        return True
    return not is_taken and accent_key(name) == accent_key(split_type(own.name)[1])


def _keys(units: Iterable[Unit]) -> set[str]:
    return set(_by_accent_key(units))


def _by_accent_key(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    by_key: dict[str, list[Unit]] = {}
    for unit in units:
        for key in {accent_key(unit.name), accent_key(split_type(unit.name)[1])}:
            by_key.setdefault(key, []).append(unit)
    return by_key


def _tone_keys(unit: Unit) -> set[str]:
    return {tone_key(unit.name), tone_key(split_type(unit.name)[1])}
