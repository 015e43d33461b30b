"""Cells whose content the file format hides, as findings: F004 and F005."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from thidua_cli.findings import Finding, Severity
from thidua_cli.model import Origin
from thidua_cli.read.faults import F004, F005
from thidua_cli.read.grid import Fault, Grid, cell_name


def fault_finding(
    fault: Fault,
    origin: Origin,
    *,
    unit_code: str | None = None,
    unit_name: str | None = None,
    year: int | None = None,
    column: str | None = None,
) -> Finding:
    """Return the error for a hidden cell whose figure is needed."""
    return Finding(
        F005 if fault.error else F004,
        origin,
        unit_code,
        unit_name,
        year,
        column,
        value=fault.error or None,
        details={"cell": origin.cell, "error": fault.error},
    )


def faults_beside(grid: Grid, used: Collection[tuple[int, int]]) -> Iterator[Finding]:
    """Yield one note per sheet and kind for the hidden cells that no figure is taken from."""
    beside = sorted(place for place in grid.faults if place not in used)
    for kind in (F005, F004):
        cells = [place for place in beside if bool(grid.faults[place].error) == (kind is F005)]
        if cells:
            first = cell_name(*cells[0])
            more = f" (+{len(cells) - 1})" if len(cells) > 1 else ""
            yield Finding(
                kind,
                Origin(grid.file, grid.sheet, first),
                value=grid.faults[cells[0]].error or None,
                details={"cell": first + more, "error": grid.faults[cells[0]].error},
                severity_here=Severity.NOTE,
            )
