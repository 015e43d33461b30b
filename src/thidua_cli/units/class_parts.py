"""The units a reorganised one was made of, as a class list knows them."""

from __future__ import annotations

from datetime import date, timedelta

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.lineage import Lineage
from thidua_cli.units.province import CLASS_LIST_DAY, is_as_on_class_lists, province_on_class_list
from thidua_cli.units.tables import UnitTables


class ListedPart(NamedTuple):
    """A unit that the class lists speak of, some or all of whose households are in another one now."""

    unit_code: str
    unit_name: str
    province_code: str
    """As the class tables know it; empty where it is not known."""
    last_day: date
    """The last day on which it stood as it was: the day its class is asked for."""


def listed_parts(
    code: str, on: date, tables: UnitTables, lineage: Lineage, listed: date = CLASS_LIST_DAY
) -> tuple[ListedPart, ...]:
    """Return the units of a class list (of the day `listed`) that a unit standing on a day was made of, by code.

    None where the unit still is as the list has it, or where nothing is known of what it was made of.
    """
    if on <= listed or is_as_on_class_lists(code, on, tables, listed):
        return ()
    parts = []
    for source in lineage.sources(code, on, listed):
        unit = tables.get(source.code, listed)
        if unit is not None:
            # Asked for its last day, not for that of the lists: A Lưới left the list of poor districts in 2024.
            last = source.changes[0].day - timedelta(days=1) if source.changes else on
            province = province_on_class_list(source.code, tables, listed)
            parts.append(ListedPart(source.code, unit.name, province, last))
    return tuple(parts)
