"""Columns of printed rates in a canonical table: kept as printed, and compared with counts where those stand too."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_cli.findings import Finding
from thidua_cli.model import RATE_COLUMN, Measure
from thidua_cli.normalise.canonical.counts import RowKeys
from thidua_cli.normalise.cells.judged import JudgedCell
from thidua_cli.normalise.cells.percents import percent_finding, read_percent
from thidua_cli.normalise.sheet.cell_faults import fault_finding
from thidua_cli.normalise.sheet.numbers import read_rate
from thidua_cli.normalise.table_reading import RateBesideCounts
from thidua_cli.observations import Observations
from thidua_cli.read.grid import Cell, Grid


class RateColumns:
    """Keeps the printed rates of one table; says which cells hold none."""

    def __init__(self, grid: Grid, columns: dict[str, int], rows: Observations) -> None:
        self._grid = grid
        self._places = {measure: columns[name] for measure, name in RATE_COLUMN.items() if name in columns}
        self._rows = rows
        self.printed: list[RateBesideCounts] = []
        """Those that stand beside their counts, for the checks to compare (V006)."""

    def extend(self, by_place: list[tuple[Cell, ...]], start: int, keys: RowKeys) -> Iterator[Finding]:
        """Add the rates of one batch, whose counts stand in `Observations` from row `start` on."""
        for measure, place in self._places.items():
            read: dict[Cell, str | None] = {cell: read_percent(cell) for cell in set(by_place[place])}
            for index, cell in enumerate(by_place[place]):
                printed = read[cell]
                fault = self._grid.faults.get((keys.numbers[index] - 1, self._grid.first_column + place))
                if fault is not None or printed is None:
                    yield self._report(cell, measure, index, keys)
                elif printed:
                    self._rows.add_rate(start + index, RATE_COLUMN[measure], printed)
                    self._compare(start + index, measure, printed)

    def _report(self, cell: Cell, measure: Measure, index: int, keys: RowKeys) -> Finding:
        name, number, code, year = RATE_COLUMN[measure], keys.numbers[index], keys.codes[index], keys.years[index]
        unit_name = keys.names[index] or code
        origin = self._rows.tables[0].cell(name, number)
        fault = self._grid.faults.get((number - 1, self._grid.first_column + self._places[measure]))
        if fault is not None:
            return fault_finding(fault, origin, unit_code=code, unit_name=unit_name, year=year, column=name)
        return percent_finding(JudgedCell(cell, origin, name, None, code, unit_name, year))

    def _compare(self, row: int, measure: Measure, printed: str) -> None:
        table = self._rows
        parts = [table.value(row, part) for part in measure.parts]
        known, whole = [part for part in parts if part is not None], table.value(row, measure.whole)
        rate = read_rate(f"{printed}%")
        if rate is None or whole is None or len(known) < len(parts):
            return
        origin, name = table.origin(row, RATE_COLUMN[measure]), table.unit_name[row] or table.unit_code[row]
        code, year = table.unit_code[row], table.year[row]
        self.printed.append(RateBesideCounts(code, name, year, measure, rate, printed, sum(known), whole, origin))
