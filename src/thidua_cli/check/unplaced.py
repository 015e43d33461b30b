"""Rows that reading could not place: what they leave a gap in is told there, and not once more by the checks."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_cli.normalise.table_reading import UnplacedRow
from thidua_cli.units.names import accent_keys


class Unplaced:
    """The rows whose unit or year is not known, each of which accounts for one gap at most."""

    def __init__(self, rows: Sequence[UnplacedRow]) -> None:
        self._left = list(rows)

    def accounts_for(self, code: str, name: str, year: int) -> bool:
        """Say whether a row that is still left may be the one of a unit and a year, and use it up."""
        match = next((row for row in self._left if _may_be(row, code, name, year)), None)
        if match is not None:
            self._left.remove(match)
        return match is not None


def _may_be(row: UnplacedRow, code: str, name: str, year: int) -> bool:
    if row.year not in (None, year):
        return False
    return code in row.codes or bool(row.name and accent_keys(row.name) & accent_keys(name))
