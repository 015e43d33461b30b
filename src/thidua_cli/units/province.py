"""The province of a unit on the lists that class tables were drawn up on."""

from __future__ import annotations

from datetime import date
from typing import Final

from thidua_cli.language import Text
from thidua_cli.units.tables import REFORM_DAY, UnitTables, bundled

CLASS_LIST_DAY: Final = date(2022, 12, 31)
"""The class lists of the period 2021–2025 name the units and provinces that stood before the reform of July 2025.

Where no list says which day's units it names (rows of the user on a class without one), it is this day as well.
"""


def province_on_class_list(code: str, tables: UnitTables, listed: date = CLASS_LIST_DAY) -> str:
    """Return the province code of a unit as of the day `listed` of a class list; empty where the code did not stand.

    A unit that came later has the province of its first day, but not across the reform of July 2025: "44" was Quảng
    Bình and is Quảng Trị.
    """
    if not code:
        return ""
    province = tables.province_of(code, listed)
    if province is None:
        periods = tables.periods(code)
        alike = periods and (periods[0].valid_from < REFORM_DAY) is (listed < REFORM_DAY)
        province = tables.province_of(code, periods[0].valid_from) if alike else None
    return province or ""


def province_label(code: str, listed: date = CLASS_LIST_DAY) -> Text:
    """Return the name of a province of a class list, for a sentence about how complete it is."""
    unit = bundled().get(code, listed) if code else None
    return Text(unit.name, unit.name) if unit else Text("tỉnh này", "its province")


def is_as_on_class_lists(code: str, on: date, tables: UnitTables, listed: date = CLASS_LIST_DAY) -> bool:
    """Say whether the unit of a code still has on a day the area it had when a class list was drawn up.

    A class holds for the unit it was given to: Phường Sài Gòn bears the code of Phường Bến Nghé and is another unit.
    A code without official rows (a village) has only its own.
    """
    # Figures on the boundaries of 2024 and a list of 2026: the list speaks of the new bearer of the code.
    first, last = (on, listed) if on < REFORM_DAY <= listed else (listed, on)
    between = [unit for unit in tables.periods(code) if first < unit.valid_from <= last]
    # A new name or type leaves the class as it is: Huyện Quế Võ became a town with the same area.
    return not any(tables.is_reorganised(unit) for unit in between)
