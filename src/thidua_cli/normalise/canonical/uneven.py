"""Rows of a canonical text table with more or fewer cells than its header: taken out, and told once for the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thidua_cli.findings import Finding
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import COUNTS
from thidua_cli.normalise.sheet.uneven_rows import is_uneven, uneven_row
from thidua_cli.normalise.table_reading import UnplacedRow
from thidua_cli.read.grid import Grid, Row


@dataclass(slots=True)
class UnevenRows:
    """Looks batches of rows through for those that are not as long as the header."""

    grid: Grid
    columns: Mapping[str, int]
    width: int
    """Cells of the header."""
    unplaced: list[UnplacedRow] = field(default_factory=list)
    """The units that the rows seem to be of: nobody need say that their figures are missing."""
    _first: tuple[int, int] | None = None
    """Sheet row and cells of the first such row."""

    def without(self, batch: list[Row], numbers: list[int]) -> tuple[list[Row], list[int]]:
        """Return the rows of a batch whose cells stand below their headings, and their sheet rows."""
        if not self.grid.is_text or not set(map(len, batch)) - {self.width}:
            return batch, numbers
        figures = [place for name, place in self.columns.items() if name in COUNTS]
        uneven = [
            index
            for index, row in enumerate(batch)
            if len(row) != self.width and any(map(str, row)) and is_uneven(row, self.width, figures)
        ]
        if not uneven:
            return batch, numbers
        self._first = self._first or (numbers[uneven[0]], len(batch[uneven[0]]))
        self.unplaced += (self._unplaced(batch[index]) for index in uneven)
        keep = sorted(set(range(len(batch))).difference(uneven))
        return [batch[index] for index in keep], [numbers[index] for index in keep]

    def findings(self) -> list[Finding]:
        """Return what is said of all of them: the first, and how many more there are."""
        if self._first is None:
            return []
        number, cells = self._first
        return [uneven_row(self.grid.origin(number - 1), cells, self.width, more=len(self.unplaced) - 1)]

    def _unplaced(self, row: Sequence[object]) -> UnplacedRow:
        code, name = (self._text(row, column) for column in ("unit_code", "unit_name"))
        return UnplacedRow(frozenset({code} if code else ()), None, "" if code else name)

    def _text(self, row: Sequence[object], column: str) -> str:
        place = self.columns.get(column)
        return str(row[place]).strip() if place is not None and place < len(row) else ""
