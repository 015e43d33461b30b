"""The province of a unit on the lists that class tables were drawn up on."""

from __future__ import annotations

from datetime import date
from typing import Final

from thidua_cli.units.tables import UnitTables

CLASS_LIST_DAY: Final = date(2022, 12, 31)
"""The class lists of the period 2021–2025 name the provinces that stood before the reform of July 2025."""


def province_on_class_list(code: str, tables: UnitTables) -> str:
    """Return the province code of a unit as of the class lists; empty where the code did not stand then.

    A unit that came later on the three tiers has the province of its first day.
    """
    if not code:
        return ""
    found = tables.province_of(code, CLASS_LIST_DAY)
    if found is None:
        periods = tables.periods(code)
        found = tables.province_of(code, periods[0].valid_from) if periods else None
    return found or ""
