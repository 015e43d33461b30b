"""What series are brought to: whose boundaries, and what the user says of units that were divided or have no list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from thidua_cli.measure.boundaries import AS_OF, Boundaries
from thidua_cli.measure.rebase import rebase
from thidua_cli.measure.shares import NO_SHARES, Shares
from thidua_cli.measure.villages import NO_VILLAGES, VillageBook, rebase_villages
from thidua_cli.model import Series
from thidua_cli.rulebook.share_file import read_share_rows
from thidua_cli.rulebook.unit_file import read_unit_files
from thidua_cli.units.changes import bundled_changes
from thidua_cli.units.lineage import Lineage
from thidua_cli.units.tables import UnitTables


@dataclass(frozen=True, slots=True)
class BoundaryChoice:
    """The boundaries asked for, and the user's own files about units."""

    boundaries: Boundaries = AS_OF
    shares: Shares = NO_SHARES
    villages: VillageBook = NO_VILLAGES
    share_files: tuple[Path, ...] = field(default=())
    unit_files: tuple[Path, ...] = field(default=())

    def brought(self, series: Sequence[Series], tables: UnitTables, last_year: int | None = None) -> list[Series]:
        """Return the series on these boundaries; `last_year` is the last year-end, the newest of the figures if None.

        Raises:
            InputError: The user's shares or villages do not fit the units or the figures.
        """
        day = self.day(series, last_year)
        if day is None:
            return list(series)
        lineage = Lineage(tables, bundled_changes())
        brought = rebase(series, tables, lineage, day, self.shares)
        return rebase_villages(brought, tables, lineage, day, self.villages)

    def day(self, series: Sequence[Series], last_year: int | None = None) -> date | None:
        """Return the day whose boundaries are meant; None as reported, or where there are no figures."""
        last = (
            last_year if last_year is not None else max((year for unit in series for year in unit.years), default=None)
        )
        return None if last is None else self.boundaries.on(last)


def standing(ground: BoundaryChoice | None, series: Sequence[Series], last_year: int | None) -> Boundaries:
    """Return the boundaries of series that were brought to `ground`, with their day."""
    ground = ground or BoundaryChoice()
    return Boundaries(ground.boundaries.mode, ground.day(series, last_year))


def load_ground(boundaries: Boundaries, share_files: Sequence[Path], unit_files: Sequence[Path]) -> BoundaryChoice:
    """Return the boundaries with the user's files read.

    Raises:
        InputError: A file cannot be read, or says something that is not allowed.
    """
    shares, villages = Shares(read_share_rows(share_files)), VillageBook(read_unit_files(unit_files))
    return BoundaryChoice(boundaries, shares, villages, tuple(share_files), tuple(unit_files))
