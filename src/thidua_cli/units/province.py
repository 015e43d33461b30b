"""The province of a unit on the lists that class tables were drawn up on."""

from __future__ import annotations

from datetime import date
from typing import Final

from thidua_cli.language import Text
from thidua_cli.units.tables import UnitTables, bundled

CLASS_LIST_DAY: Final = date(2022, 12, 31)
"""The class lists of the period 2021–2025 name the provinces that stood before the reform of July 2025."""


def province_on_class_list(code: str, tables: UnitTables) -> str:
    """Return the province code of a unit as of the class lists; empty where the code did not stand then.

    A unit that came later on the three tiers has the province of its first day.
    """
    if not code:
        return ""
    province = tables.province_of(code, CLASS_LIST_DAY)
    if province is None:
        periods = tables.periods(code)
        province = tables.province_of(code, periods[0].valid_from) if periods else None
    return province or ""


def province_label(code: str) -> Text:
    """Return the name of a province of the class lists, for a sentence about how complete they are."""
    unit = bundled().get(code, CLASS_LIST_DAY) if code else None
    return Text(unit.name, unit.name) if unit else Text("tỉnh này", "its province")


def is_as_on_class_lists(code: str, on: date, tables: UnitTables) -> bool:
    """Say whether the unit of a code still has on a day the area it had when the class lists were drawn up.

    A class holds for the unit it was given to: Phường Sài Gòn bears the code of Phường Bến Nghé and is another unit.
    A code without official rows (a village) has only its own.
    """
    later = [unit for unit in tables.periods(code) if CLASS_LIST_DAY < unit.valid_from <= on]
    # A new name or type leaves the class as it is: Huyện Quế Võ became a town with the same area.
    return not any(tables.is_reorganised(unit) for unit in later)
