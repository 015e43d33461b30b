"""Names of provinces and districts in the titles and section rows of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Final

from thidua_cli.model import Level, Unit
from thidua_cli.units.lookup import match
from thidua_cli.units.names import clean, split_type
from thidua_cli.units.province import CLASS_LIST_DAY
from thidua_cli.units.tables import UnitTables

NEWEST_DAY: Final = date(2099, 12, 31)
"""A day after the last change that the tables know."""
_UPPER_TYPES: Final = frozenset(("tỉnh", "thành phố", "huyện", "quận", "thị xã"))
_LONGEST_NAME: Final = 5
"""Words of the longest name of a province or district: Phan Rang - Tháp Chàm."""


class UpperNames:
    """Names of provinces and districts in titles and sections: they say where the units of a list lie."""

    def __init__(self, tables: UnitTables) -> None:
        self._tables = tables

    @cached_property
    def _units(self) -> tuple[Unit, ...]:
        days = (CLASS_LIST_DAY, NEWEST_DAY)
        rows = [*(row for day in days for row in self._tables.provinces(day)), *self._tables.districts(CLASS_LIST_DAY)]
        return tuple({row.name: row for row in rows}.values())

    def named(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the district and the province that titles name, as the lists spell them, the lowest first."""
        places: dict[bool, str] = {}
        for text in texts:
            for name in self._in(text):
                places[name.startswith("Tỉnh ") or self._is_city(name)] = name
        return tuple(places[is_upper] for is_upper in (False, True) if is_upper in places)

    def section(self, text: str) -> str | None:
        """Return the district or province that a row names and nothing else; None of any other row."""
        name = clean(text)
        if split_type(name)[0] not in _UPPER_TYPES:
            return None
        matched = match(name, self._units, offers_similar=False)
        if matched.unit is None and matched.how != "ambiguous":
            return None
        return matched.unit.name if matched.unit is not None else name

    def _is_city(self, name: str) -> bool:
        return any(unit.name == name and unit.level is Level.PROVINCE for unit in self._units)

    def _in(self, text: str) -> Iterator[str]:
        words = clean(text).split()
        for start in range(len(words)):
            for count in range(min(_LONGEST_NAME + 2, len(words) - start), 1, -1):
                name = " ".join(words[start : start + count]).strip(".,;:()")
                if split_type(name)[0] not in _UPPER_TYPES:
                    break
                unit = match(name, self._units, offers_similar=False).unit
                if unit is not None:
                    yield unit.name
                    break
