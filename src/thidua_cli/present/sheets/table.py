"""A table on a sheet: headings and rows; what Excel cannot hold goes on elsewhere, and nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.paper import measures
from thidua_cli.present.sheets import limits
from thidua_cli.present.sheets.formulas import TableOnSheet
from thidua_cli.present.sheets.limits import pieces
from thidua_cli.present.sheets.pen import SheetPen, Span, most_lines, row_height
from thidua_cli.present.toolkit.column_groups import column_groups
from thidua_cli.present.toolkit.document import ColumnType, Table, TableColumn, Value
from thidua_cli.present.toolkit.text_width import lines_of

if TYPE_CHECKING:
    from thidua_cli.present.toolkit.visible_sheet import VisibleSheet

_POINTS: Final = measures.TABLE_POINTS


class TablePart(NamedTuple):
    """Where some rows of a table stand: all of them, if they fit on one sheet and no text asks for several rows."""

    sheet: VisibleSheet
    first_row: int
    rows: range
    heading: range
    """The rows of the sheet that hold its headings."""


class PlacedTable(NamedTuple):
    """A table that was written, all but its formulas: these may refer to what stands on later sheets."""

    table: Table
    spans: Sequence[Span]
    parts: Sequence[TablePart]

    def on_sheets(self) -> Iterator[TableOnSheet]:
        """Yield where formulas of other tables find this one."""
        columns = [first for first, _ in self.spans]
        for part in self.parts:
            yield TableOnSheet(self.table.key, part.sheet.name, part.first_row, part.rows, columns)


def column_parts(table: Table) -> Iterator[Table]:
    """Yield the tables that a wide one is told in: each begins with its first two columns, the code and the name."""
    width = len(table.columns)
    if width <= limits.COLUMNS:
        yield table
        return
    keys = min(2, limits.COLUMNS - 1)
    step = limits.COLUMNS - keys
    for first in range(keys, width, step):
        yield _columns_of(table, [*range(keys), *range(first, min(first + step, width))])


def _columns_of(table: Table, places: Sequence[int]) -> Table:
    """Return some columns of a table; its formulas, which speak of the others too, are left as values."""
    new = {place: number for number, place in enumerate(places)}
    return table._replace(
        columns=[table.columns[place] for place in places],
        rows=[[row[place] for place in places] for row in table.rows],
        tones={(row, new[place]): tone for (row, place), tone in table.tones.items() if place in new},
        formulas={},
        key="",
    )


def draw_table(pen: SheetPen, table: Table, spans: Sequence[Span], *, repeats: bool = False) -> PlacedTable:
    """Write a table; where a sheet is full it goes on upon the next, below its headings once more.

    `repeats` says that the headings are to stand above every further page that is printed of it.
    """
    above = pen.used
    heading = draw_headings(pen, table.columns, spans)
    pen.repeated = max(pen.used - above, 0.0) if repeats else 0.0
    parts: list[TablePart] = []
    start, first_row = 0, pen.row
    for index, values in enumerate(table.rows):
        cut = _cut(pen, values, spans)
        if pen.row + len(cut) > limits.ROWS:
            parts.append(TablePart(pen.sheet, first_row, range(start, index), heading))
            pen.turn()
            heading = draw_headings(pen, table.columns, spans)
            start, first_row = index, pen.row
        for number, piece in enumerate(cut):
            _draw_row(pen, table, (index, number), piece, spans)
        if len(cut) > 1:
            # The rows below stand further down than their numbers say.
            parts.append(TablePart(pen.sheet, first_row, range(start, index + 1), heading))
            start, first_row = index + 1, pen.row
    parts.append(TablePart(pen.sheet, first_row, range(start, len(table.rows)), heading))
    return PlacedTable(table, spans, [part for part in parts if part.rows] or parts[-1:])


def _cut(pen: SheetPen, values: Sequence[Value], spans: Sequence[Span]) -> list[Sequence[Value]]:
    """Return the rows that one row takes: one, or more where a text is higher than a row can be."""
    if all(not isinstance(value, str) or len(value) < _SURELY_FITS for value in values):
        return [values]
    cut = [
        pieces(value, _POINTS, pen.room_in_table(span), most_lines(_POINTS)) if isinstance(value, str) else [value]
        for value, span in zip(values, spans, strict=True)
    ]
    return list(zip_longest(*cut, fillvalue=""))


_SURELY_FITS: Final = 60
"""Characters that the highest row holds in the narrowest column."""


def _draw_row(
    pen: SheetPen, table: Table, place: tuple[int, int], values: Sequence[Value], spans: Sequence[Span]
) -> None:
    """Write one row of the sheet: a row of the table, and which piece of it."""
    index, piece = place
    sheet, row, lines = pen.sheet, pen.row, 1
    for position, value in enumerate(values):
        first, last = spans[position]
        # A text among numbers wraps like any other.
        kind = ColumnType.TEXT if isinstance(value, str) else table.columns[position].type
        style = pen.styles.cell(kind, tone_of(table, index, position))
        if first != last:
            sheet.join(row, first, last, style)
        # By type and never by `write`, which looks at every text again to guess a number, a link or a formula in it.
        if value is None:
            # Without a format the blank would not be written at all, and the grid of borders would have a hole.
            sheet.write_blank(row, first, None, style)
        elif piece == 0 and has_formula(table, index, position):
            if isinstance(value, str) and value:
                lines = max(lines, lines_of(value, _POINTS, pen.room((first, last)), bold=True))
        elif isinstance(value, str):
            sheet.write_string(row, first, value, style)
            lines = max(lines, lines_of(value, _POINTS, pen.room_in_table((first, last))))
        else:
            sheet.write_number(row, first, value if isinstance(value, int) else float(value), style)
    pen.next_row(row_height(lines, _POINTS))


def has_formula(table: Table, index: int, position: int) -> bool:
    """Say whether a cell of a table is calculated."""
    of_column = table.formulas.get(position)
    return of_column is not None and of_column[index] is not None and table.rows[index][position] is not None


def tone_of(table: Table, index: int, position: int) -> str | None:
    """Return the colour of a cell; of a word that a formula gives, the colour follows the word."""
    if isinstance(table.rows[index][position], str) and has_formula(table, index, position):
        return None
    return table.tones.get((index, position))


def draw_headings(pen: SheetPen, columns: Sequence[TableColumn], spans: Sequence[Span]) -> range:
    """Write the headings, those of several columns above them, and return their rows."""
    style = pen.styles.heading()
    head, above = pen.row, 0.0
    if not any(column.header for column in columns):
        return range(head, head)
    if any(column.group for column in columns):
        above = _group_row(pen, columns, spans)
        pen.next_row(above)
    for column, (first, last) in zip(columns, spans, strict=True):
        top = head if not column.group else pen.row
        if (top, first) == (pen.row, last):
            pen.sheet.write_string(top, first, column.header, style)
        else:
            pen.sheet.merge_range(top, first, pen.row, last, column.header, style)
    pen.next_row(max(_heading_height(pen, *each, above) for each in zip(columns, spans, strict=True)))
    return range(head, pen.row)


def _heading_height(pen: SheetPen, column: TableColumn, span: Span, above: float) -> float:
    """Return how high a heading is in its last row: one without a group stands over that of the groups as well."""
    height = row_height(lines_of(column.header, _POINTS, pen.room(span), bold=True), _POINTS)
    return height if column.group else max(height - above, row_height(1, _POINTS))


def _group_row(pen: SheetPen, columns: Sequence[TableColumn], spans: Sequence[Span]) -> float:
    """Write the headings above several columns and return how high they are."""
    style, lines = pen.styles.heading(), 1
    for first, last, group in column_groups(columns):
        span = (spans[first][0], spans[last][1])
        if span[0] != span[1]:
            pen.sheet.join(pen.row, *span, style)
        pen.sheet.write_string(pen.row, span[0], group, style)
        lines = max(lines, lines_of(group, _POINTS, pen.room(span), bold=True))
    return row_height(lines, _POINTS)
