"""Where the lines and cells of a web page stand, when all of it is laid out as one sheet from the top down."""

from __future__ import annotations

from typing import Final

from thidua_cli.language import Text, format_count
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.read.grid import MergedRange, Row
from thidua_cli.read.limits import MERGED_RANGES, SHEET_ROWS, TEXT_COLUMNS, BeyondLimitsError

_MOST_NESTED: Final = 50
"""Tables within tables; pages that set out their text by tables have three or four."""
_MOST_COLUMNS_SPANNED: Final = 1_000
_MOST_ROWS_SPANNED: Final = 65_534
"""Both as the HTML standard has it."""


@dataclass(slots=True)
class _OpenTable:
    """A table that is open: where its next cell stands."""

    first_column: int
    is_hidden: bool
    column: int
    number: int = -1
    """Of the row, among those of the table."""
    in_row: bool = False
    occupied: dict[int, int] = field(default_factory=dict)
    """Column → number of the last row that a cell reaches into from above."""
    reaching: list[int] = field(default_factory=list)
    """Indexes of the merged ranges of this part of the table."""


class PageLayout:
    """Rows of texts, and which of their cells are merged or hidden. Every row stands for a line or a table's row.

    Raises:
        BeyondLimitsError: From any method, where rows, columns, cells or tables within tables are too many.
    """

    def __init__(self, most_cells: int) -> None:
        self.rows: list[Row] = []
        self.merged: list[MergedRange] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: set[int] = set()
        self.in_cell = False
        self._cell_column = 0
        self._cells_left = most_cells
        self._tables: list[_OpenTable] = []

    @property
    def in_table(self) -> bool:
        """Whether a table is open."""
        return bool(self._tables)

    def add_line(self, text: str) -> tuple[int, int]:
        """Add text that stands in no cell; return its row and column."""
        column = self._tables[-1].first_column if self._tables else 0
        self._add_row(is_hidden=False)
        self._pad(column + 1)
        self.rows[-1][column] = text
        if self._tables:
            self._tables[-1].in_row = False
        return len(self.rows) - 1, column

    def open_table(self, *, is_hidden: bool) -> None:
        """Begin a table; in a cell it begins at the cell's column, and its rows come before the rest of that row."""
        if len(self._tables) >= _MOST_NESTED:
            raise BeyondLimitsError(
                Text(
                    f"trang web có bảng lồng nhau quá {_MOST_NESTED} lớp",
                    f"the page has tables nested more than {_MOST_NESTED} deep",
                )
            )
        first = 0
        if self._tables:
            outer = self._tables[-1]
            first, is_hidden = outer.first_column, is_hidden or outer.is_hidden
            if self.in_cell:
                first = self._cell_column
                self._end_merge(outer)
            outer.in_row = self.in_cell = False
        self._tables.append(_OpenTable(first, is_hidden, first))

    def close_table(self) -> None:
        """End the innermost table."""
        self.end_section()
        self._tables.pop()

    def end_section(self) -> None:
        """End the head, the body or the foot of a table: no cell reaches beyond it."""
        table, last = self._tables[-1], len(self.rows) - 1
        for index in table.reaching:
            merged = self.merged[index]
            self.merged[index] = merged._replace(bottom=max(merged.top, min(merged.bottom, last)))
        table.reaching.clear()
        table.occupied.clear()
        table.in_row = self.in_cell = False

    def open_row(self, *, is_hidden: bool = False) -> None:
        """Begin a row of the innermost table."""
        table = self._tables[-1]
        table.number, table.column, table.in_row = table.number + 1, table.first_column, True
        self.in_cell = False
        self._add_row(is_hidden=is_hidden or table.is_hidden)

    def end_row(self) -> None:
        """End a row: a cell that comes without one begins the next."""
        self._tables[-1].in_row = self.in_cell = False
        self._tables[-1].column = self._tables[-1].first_column

    def open_cell(self, columns: int, rows: int, *, is_hidden: bool) -> None:
        """Begin a cell that spans so many columns and rows; 0 rows are all that follow."""
        table = self._tables[-1]
        if not table.in_row:
            column = table.column
            self.open_row()
            # What follows a table inside a row is still of that row.
            table.number, table.column = max(table.number - (column > table.first_column), 0), column
        while table.occupied.get(table.column, -1) >= table.number:
            table.column += 1
        columns = min(max(columns, 1), _MOST_COLUMNS_SPANNED)
        first, after = table.column, table.column + columns
        self._pad(after)
        if is_hidden:
            self.hidden_columns.update(range(first, after))
        self._merge(table, columns, min(rows or _MOST_ROWS_SPANNED, _MOST_ROWS_SPANNED))
        self._cell_column, table.column, self.in_cell = first, after, True

    def fill_cell(self, text: str) -> tuple[int, int]:
        """Write into the cell that is open; return its row and column."""
        self.rows[-1][self._cell_column] = text
        return len(self.rows) - 1, self._cell_column

    def end_cell(self) -> None:
        """End the cell that is open: what follows it is no more of it."""
        self.in_cell = False

    def _merge(self, table: _OpenTable, columns: int, rows: int) -> None:
        if columns == rows == 1:
            return
        if len(self.merged) >= MERGED_RANGES:
            raise BeyondLimitsError(
                Text(
                    f"có hơn {format_count(MERGED_RANGES)} ô gộp",
                    f"it has more than {MERGED_RANGES:,} merged ranges",
                )
            )
        top = len(self.rows) - 1
        table.reaching.append(len(self.merged))
        self.merged.append(MergedRange(top, table.column, top + rows - 1, table.column + columns - 1))
        if rows > 1:
            table.occupied |= dict.fromkeys(range(table.column, table.column + columns), table.number + rows - 1)

    def _end_merge(self, table: _OpenTable) -> None:
        """Let the cell that is open be merged over its own row alone: rows of a table inside it follow."""
        last = table.reaching[-1] if table.reaching else -1
        if last >= 0 and self.merged[last][:2] == (len(self.rows) - 1, self._cell_column):
            self.merged[last] = self.merged[last]._replace(bottom=self.merged[last].top)

    def _add_row(self, *, is_hidden: bool) -> None:
        if len(self.rows) >= SHEET_ROWS:
            raise BeyondLimitsError(
                Text(f"có hơn {format_count(SHEET_ROWS)} dòng", f"it has more than {SHEET_ROWS:,} rows")
            )
        self.rows.append([])
        if is_hidden:
            self.hidden_rows.append(len(self.rows) - 1)

    def _pad(self, width: int) -> None:
        """Make the last row so wide."""
        row = self.rows[-1]
        missing = width - len(row)
        self._cells_left -= max(missing, 0)
        if self._cells_left < 0 or width > TEXT_COLUMNS:
            raise BeyondLimitsError(
                Text(
                    "các ô trải ra quá xa, hầu hết là ô trống; hãy mở bằng Excel, xóa cột thừa rồi lưu lại dạng .xlsx",
                    "cells are spread too far, nearly all of them empty; open it in Excel, delete spare columns, save "
                    "it as .xlsx",
                )
            )
        row.extend([""] * missing)
