"""Which rows stand where in the files, for long tables in arrays: few places are ever asked for. Loads numpy."""

from __future__ import annotations

import numpy as np

from thidua_cli.observations import Observations


class RowPlaces:
    """The rows of the observations by file, sheet and row of the sheet."""

    def __init__(self, read: Observations) -> None:
        self._tables: dict[tuple[str, str], set[int]] = {}
        for index, table in enumerate(read.tables):
            self._tables.setdefault((table.file, table.sheet), set()).add(index)
        self._table = np.array(read.table, np.int64)
        numbers = np.array(read.row_number, np.int64)
        numbers[list(read.summed_rows)] = -1  # they stand in several rows of their sheet
        self._rows = np.argsort(numbers, kind="stable")
        self._numbers = numbers[self._rows]
        self._summed: dict[int, list[int]] = {}
        for row, of_sheet in read.summed_rows.items():
            for number in of_sheet:
                self._summed.setdefault(number, []).append(row)
        self._of_sheets: dict[tuple[str, str], list[int]] = {}

    def rows_at(self, file: str, sheet: str, number: int) -> list[int]:
        """Return the rows that stand in a row of a sheet, or in the whole sheet where it is 0; ascending."""
        tables = self._tables.get((file, sheet), set())
        if not number:
            return self._of_sheet(file, sheet, tables)
        first, last = (int(np.searchsorted(self._numbers, number, side)) for side in ("left", "right"))
        rows = [*self._rows[first:last].tolist(), *self._summed.get(number, ())]
        return sorted(row for row in rows if int(self._table[row]) in tables)

    def _of_sheet(self, file: str, sheet: str, tables: set[int]) -> list[int]:
        rows = self._of_sheets.get((file, sheet))
        if rows is None:
            rows = np.flatnonzero(np.isin(self._table, list(tables))).tolist()
            self._of_sheets[file, sheet] = rows
        return rows
