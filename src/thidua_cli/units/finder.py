"""Unit names of tables → units, within the unit a table is of. Never by likeness alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.units.lookup import Match, NamesOfUnits, match, match_through_time
from thidua_cli.units.names import accent_key, clean, split_type, tone_key
from thidua_cli.units.tables import TABLES_START, UnitTables, boundary_day
from thidua_cli.units.type_words import only_unit
from thidua_cli.units.villages import village_code

if TYPE_CHECKING:
    from thidua_cli.units.other_days import OtherDays


@dataclass(slots=True)
class UnitFinder:
    """Looks names up within a parent on the boundaries of a year, remembering what it found."""

    tables: UnitTables
    place: str = ""
    """Code of the province or district in which a name of several units is looked up."""
    _districts: dict[date, dict[str, list[Unit]]] = field(default_factory=dict)
    """Day → accent key, with and without type word → districts."""
    _found: dict[tuple[str, str, int, frozenset[str] | None], Match] = field(default_factory=dict)
    _communes: dict[tuple[str, str, int, frozenset[str] | None], Match] = field(default_factory=dict)
    _below: dict[tuple[str, date], NamesOfUnits] = field(default_factory=dict)
    """(place, day) → the units below it and the communes of its province."""
    _other_days: dict[tuple[str, int], OtherDays] = field(default_factory=dict)
    """(parent, year) → the units its area has in the lists of other days."""

    _units: dict[tuple[str, int], Unit | None] = field(default_factory=dict)

    def within(self, name: str, parent: str, year: int, types: frozenset[str] | None = None) -> Match:
        """Match `name` among the units of `parent`, or the parent itself; of communes, a village is introduced."""
        key = (name, parent, year, types)
        match = self._found.get(key)
        if match is None:
            match = self._found[key] = self._sought(name, parent, year, types)
        return match

    def _sought(self, name: str, parent: str, year: int, types: frozenset[str] | None) -> Match:
        matched = self._match(name, parent, year, types)
        if matched.how == "exact" and not matched.is_loose:
            return matched  # nothing is to be chosen or mended
        matched = self._in_place(matched, name, parent, year, types)
        matched = self._exact_first(matched, name, parent, year)
        return self._with_type_mended(matched, name, self.tables.children(parent, boundary_day(year)))

    def commune_of_province(self, name: str, province: str, year: int, types: frozenset[str] | None = None) -> Match:
        """Match `name` among all communes of a province, whatever their districts; nothing similar is offered."""
        key = (name, province, year, types)
        if key not in self._communes:
            communes = self.tables.communes(boundary_day(year), province)
            of_province = match(name, communes, types=types, offers_similar=False)
            matched = self._in_place(of_province, name, province, year, types)
            matched = self._exact_first(matched, name, province, year)
            self._communes[key] = self._with_type_mended(matched, name, communes)
        return self._communes[key]

    @staticmethod
    def _with_type_mended(matched: Match, name: str, units: Sequence[Unit]) -> Match:
        """Match a name that is nobody's, but for a misspelt word for its type."""
        unit = only_unit(name, units) if matched.how == "unknown" else None
        return matched if unit is None else Match(unit, (), "misspelt type")

    def _exact_first(self, matched: Match, name: str, parent: str, year: int) -> Match:
        """Let the exact name of a unit of another day come before one of today that it fits without accents only."""
        others = self._of_other_days(parent, year) if matched.is_loose else None
        if others is None:
            return matched
        near = matched.candidates if matched.unit is None else (matched.unit,)
        exact = self._exact_below(name, parent, year, near)
        if exact:
            return Match(None, (*near, *exact), "ambiguous")
        return others.exactly_named(name, matched)

    def _exact_below(self, name: str, parent: str, year: int, near: Sequence[Unit]) -> tuple[Unit, ...]:
        """Return the units of a place that bear a name exactly, beside those `near` that do without accents.

        "Sơn Hạ" in a table of a province is a commune of it, or a slip for Huyện Sơn Hà. Of Huyện Mù Căng Chải and its
        township Mù Cang Chải the district is meant.
        """
        on, codes = boundary_day(year), {unit.code for unit in near}
        if (parent, on) not in self._below:
            communes = self.tables.communes(on, self.tables.province_of(parent, on))
            self._below[parent, on] = NamesOfUnits((*self.tables.children(parent, on), *communes))
        exact = self._below[parent, on].exact(name)
        namesakes = {unit for unit in exact if unit.type == "thị trấn" and unit.parent_code in codes}
        return tuple(dict.fromkeys(unit for unit in exact if unit.code not in codes and unit not in namesakes))

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
        if inside.unit is None or not lies_below or (inside.is_loose and not matched.is_loose):
            return matched
        return inside

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
        # A code that was given again in the reform is believed only with the name it had.
        for unit in reversed(self.tables.periods(code)) if code else ():
            if not name or accent_key(split_type(name)[1]) == accent_key(split_type(unit.name)[1]):
                return unit
        others = self._of_other_days(parent, year) if name else None
        return others.one_unit(name) if others is not None else None

    def _of_other_days(self, parent: str, year: int) -> OtherDays | None:
        """Return what a province or district has on other days; None of any other unit."""
        own = self.unit(parent, year)
        if own is None or own.level not in (Level.PROVINCE, Level.DISTRICT):
            return None
        key = (parent, year)
        if key not in self._other_days:
            # late: few tables name a unit of another list
            from thidua_cli.units.history import Historian
            from thidua_cli.units.other_days import OtherDays

            self._other_days[key] = OtherDays(own, boundary_day(year), self.tables, Historian(self.tables))
        return self._other_days[key]

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


_NOTHING: Final = Match(None, (), "unknown")
COUNTRY: Final = Unit(COUNTRY_CODE, "Toàn quốc", "quốc gia", Level.COUNTRY, "", TABLES_START, None)
_COUNTRY_KEYS: Final = frozenset(map(accent_key, ("Toàn quốc", "Cả nước", "Việt Nam")))


def is_own_name(name: str, own: Unit, *, is_taken: bool = False) -> bool:
    """Say whether a row of a table of `own` names it itself; by the bare name only where no unit below bears it."""
    if accent_key(name) == accent_key(own.name):
        return True
    return not is_taken and accent_key(name) == accent_key(split_type(own.name)[1])


def _by_accent_key(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    by_key: dict[str, list[Unit]] = {}
    for unit in units:
        for key in {accent_key(unit.name), accent_key(split_type(unit.name)[1])}:
            by_key.setdefault(key, []).append(unit)
    return by_key


def _tone_keys(unit: Unit) -> set[str]:
    return {tone_key(unit.name), tone_key(split_type(unit.name)[1])}
