"""A cell that is looked at alone, with all that a finding says of it."""

from __future__ import annotations

from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Origin
from thidua_cli.read.grid import Cell, FaultyCell


@dataclass(frozen=True, slots=True)
class JudgedCell:
    """One cell: what it holds, where it stands, what it should hold and of which unit, as far as that is known."""

    value: Cell
    origin: Origin
    column: str
    """Canonical name."""
    fault: FaultyCell | None = None
    """What the file hides in its place."""
    unit_code: str | None = None
    unit_name: str | None = None
    year: int | None = None
