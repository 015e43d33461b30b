"""What the units above are called: a paper of one commune says in which district it lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from thidua_cli.model import Series
from thidua_cli.units.tables import UnitTables


def names_of_parents(
    wanted: Iterable[Series], series: Sequence[Series], tables: UnitTables, on: date
) -> Mapping[str, str]:
    """Return code → name of the units above some: as the figures name them, else as the tables do on a day."""
    codes = {unit.parent_code for unit in wanted} - {""}
    listed = {unit.unit_code: unit.unit_name for unit in series if unit.unit_code in codes}
    known = ((code, tables.get(code, on)) for code in codes - listed.keys())
    return listed | {code: unit.name for code, unit in known if unit is not None}
