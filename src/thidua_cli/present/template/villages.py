"""The villages of a commune as they were last reported: no national list names them, last year's form does."""

from __future__ import annotations

from functools import cache

from thidua_cli.model import Level, Unit
from thidua_cli.observations import Observations
from thidua_cli.units.changes import Households
from thidua_cli.units.history import Historian
from thidua_cli.units.tables import UnitTables, boundary_day

_WHOLE = frozenset({Households.SAME, Households.ALL, Households.ALL_PRESUMED})


def reported_villages(rows: Observations, commune: Unit, year: int, tables: UnitTables) -> tuple[str, ...]:
    """Return the names of the villages that `commune` has at the end of `year`, as the newest reports name them.

    They are its own, and those of the communes that were put together to make it; two of these may have a village of
    one name each, and both stand. Of a commune that was divided none is taken: which ones came here is not known.
    """
    historian = Historian(tables)

    @cache
    def parts(of_year: int) -> frozenset[str]:
        forebears = historian.forebears(commune, boundary_day(of_year))
        whole = frozenset(heir.unit.code for heir in forebears if heir.households in _WHOLE)
        return whole if forebears else frozenset({commune.code})

    reported: dict[str, dict[int, dict[str, None]]] = {}
    for name, level, parent, of_year in zip(rows.unit_name, rows.level, rows.parent_code, rows.year, strict=True):
        if level is Level.VILLAGE and of_year <= year and parent in parts(of_year):
            reported.setdefault(parent, {}).setdefault(of_year, {})[name] = None
    return tuple(name for years in reported.values() for name in years[max(years)])
