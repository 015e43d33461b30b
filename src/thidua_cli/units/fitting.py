"""Names → the provinces and districts that hold all of them: where a table or a folder belongs that does not say so.

Looser than matching a name, on purpose: a place that a name fits only without its accents is another reading, and
where there is another reading nothing is taken for certain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from thidua_cli.model import Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.lookup import names_through_time
from thidua_cli.units.names import accent_key, split_type
from thidua_cli.units.tables import UnitTables

FEWEST_NAMES: Final = 3
"""Two names fit some district by chance: there are 27 communes Tân Thành and 23 Tân Lập."""
_PROVINCE_DIGITS: Final = 2


class PlaceFit(NamedTuple):
    """A province or district, and how many of the names it holds."""

    unit: Unit
    names: int


def name_key(name: str) -> str:
    """Return what names are compared by here: letters without accents, the type word spelt out.

    >>> name_key("TT. Trạm Tấu") == name_key("Thị trấn Trạm Tấu")
    True
    """
    type_word, bare = split_type(name)
    return accent_key(f"{type_word} {bare}" if type_word else name)


def places_of(names: Iterable[str], on: date, tables: UnitTables) -> frozenset[str]:
    """Return the codes of the provinces and districts that hold a unit of every name; none for no names."""
    index = _places_by_name(on, tables)
    places = [index.get(key, frozenset()) for key in {name_key(name) for name in names} - {""}]
    return frozenset.intersection(*places) if places else frozenset()


def bears_name(name: str, on: date, tables: UnitTables) -> bool:
    """Say whether any unit of a day bears a name, however accented and with or without the word for its type."""
    return name_key(name) in _places_by_name(on, tables)


def only_place(places: Iterable[str]) -> str | None:
    """Return the one province among codes of places, or the one district of it; None where several provinces are left.

    >>> only_place({"49", "505"}), only_place({"49", "505", "506"}), only_place({"49", "505", "82"})
    ('505', '49', None)
    """
    codes = sorted(places, key=len)
    provinces = [code for code in codes if len(code) == _PROVINCE_DIGITS]
    districts = codes[len(provinces) :]
    if len(provinces) != 1:
        return None
    return districts[0] if len(districts) == 1 else provinces[0]


def best_places(names: Iterable[str], on: date, tables: UnitTables) -> Sequence[PlaceFit]:
    """Return the places that hold the most of the names, at least three; a district rather than its province."""
    index = _places_by_name(on, tables)
    fitting = Counter(code for key in {name_key(name) for name in names} for code in index.get(key, ()))
    most = max(fitting.values(), default=0)
    if most < FEWEST_NAMES:
        return ()
    units = [unit for code in sorted(fitting) if fitting[code] == most and (unit := tables.get(code, on)) is not None]
    above = {unit.parent_code for unit in units}
    return [PlaceFit(unit, most) for unit in units if unit.code not in above]


@lru_cache(maxsize=4)
def _places_by_name(on: date, tables: UnitTables) -> Mapping[str, frozenset[str]]:
    """Return key of a name → codes of the places that hold a unit of it, or bear it, on a day."""
    places: dict[str, set[str]] = {}
    for unit in tables.provinces(on):
        _enter(places, unit, {unit.code}, tables)
    for unit in tables.districts(on):
        _enter(places, unit, {unit.code, unit.parent_code}, tables)
    for province in tables.provinces(on):
        for unit in tables.communes(on, province.code):
            _enter(places, unit, {unit.parent_code, province.code}, tables)
    return {key: frozenset(codes) for key, codes in places.items()}


def _enter(places: dict[str, set[str]], unit: Unit, codes: set[str], tables: UnitTables) -> None:
    for name in names_through_time(unit, tables):
        for key in {accent_key(name), accent_key(split_type(name)[1])}:
            places.setdefault(key, set()).update(codes)
