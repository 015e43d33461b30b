"""A sheet with all that its tables are read with: one value, handed on from reader to reader."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.sheet.cells import NO_CELLS, Cells
from thidua_cli.normalise.sheet.headings import Headings, bundled_headings
from thidua_cli.read.grid import Grid
from thidua_cli.units.finder import UnitFinder


@dataclass(frozen=True, slots=True)
class SheetContext:
    """One sheet, what the user says of it, and where headings and unit names are looked up."""

    grid: Grid
    options: ReadingOptions
    finder: UnitFinder
    cells: Cells = NO_CELLS
    """Empty for a canonical table, whose rows are read in batches."""
    title: tuple[str, ...] = ()
    """Title of the first table of the sheet: a second one below it is of the same agency unless it says otherwise."""

    @property
    def headings(self) -> Headings:
        """The table of headings that ships with the product."""
        return bundled_headings()
