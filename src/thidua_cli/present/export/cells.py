"""A table put together cell by cell: a value with its formula and its colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from thidua_cli.present.toolkit.document import Formula, Table, TableColumn, Value


class CellsByRow:
    """The cells of one table as they are put together: values by row, formulas by column, tones by place."""

    def __init__(self, columns: Sequence[TableColumn]) -> None:
        self.columns = columns
        self.rows: list[list[Value]] = []
        self.formulas: dict[int, list[Formula | None]] = {}
        self.tones: dict[tuple[int, int], str] = {}
        self._row: list[Value] = []

    def begin(self) -> None:
        """Begin the next row."""
        self._row = []
        self.rows.append(self._row)

    def add(self, value: Value, formula: Formula | None = None, tone: str = "") -> None:
        """Add a cell to the row."""
        column, row = len(self._row), len(self.rows) - 1
        if formula:
            of_column = self.formulas.setdefault(column, [])
            of_column += [None] * (row - len(of_column))
            of_column.append(formula)
        if tone:
            self.tones[row, column] = tone
        self._row.append(value)

    def table(self, key: str = "", marks: Mapping[str, str] = MappingProxyType({})) -> Table:
        """Return the table; `marks` are the colours of the words that its formulas give."""
        for of_column in self.formulas.values():
            of_column += [None] * (len(self.rows) - len(of_column))
        return Table(self.columns, self.rows, self.tones, self.formulas, key=key, marks=marks, heads_alone=True)
