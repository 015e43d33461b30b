"""Asks of every table, before anything in it is looked at, whether it lists persons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.findings import Finding, Severity
from thidua_cli.late_dataclass import replace
from thidua_cli.model import COUNTS
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.persons.headings import HEAD_ROWS, are_named_by_persons, head_persons, says_persons
from thidua_cli.normalise.persons.household_list import by_headings, by_rows
from thidua_cli.normalise.persons.rows import (
    ROWS_ABOVE_LIST,
    ListColumns,
    ListRows,
    TellingCell,
    look,
    persons_below,
    persons_in,
)
from thidua_cli.normalise.persons.sheets_without_table import persons_in_header, persons_without_header
from thidua_cli.normalise.sheet.cells import Cells, SheetContext, filled_cells
from thidua_cli.normalise.sheet.headings import Column, Layout, is_figure, kept_of_header
from thidua_cli.read.grid import Grid, Row
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.fitting import bears_name
from thidua_cli.units.tables import REFORM_DAY, boundary_day

_DAYS: Final = (boundary_day(2024), REFORM_DAY)
"""One day of each list of units: with districts, and since."""
_ROWS_OF_HEADER: Final = 5
"""Rows above the first person that may head the list."""
_ROWS_BETWEEN: Final = 200
"""Rows of a long canonical table of which one is looked at."""


class PersonsFound(NamedTuple):
    """A table that lists persons, or does so from a row on."""

    finding: Finding
    first_row: int
    """0-based row of the sheet from which on nothing is read."""
    end: int
    """0-based row after the list."""


def persons_of(sheet: SheetContext, layout: Layout) -> PersonsFound | None:
    """Return where a table lists persons, from its header on or below its units; None where it does not."""
    grid, cells, rows = sheet.grid, sheet.cells, sheet.cells.rows
    first, end = layout.header_bottom + 1, len(rows)
    near = _end_near(rows, first)
    if says_persons(cells, layout):
        return PersonsFound(by_headings(grid), layout.header_top, near)
    headed = persons_in_header(rows, layout.header_top, layout.header_bottom)
    if headed is not None:
        return PersonsFound(_finding(grid, headed, 0), layout.header_top, near)
    columns, is_unit = _columns(layout.columns, cells.first_column), is_unit_of(sheet.finder)
    # the rows up to two blank ones alone, then all: a form below a list must not hide it, nor blank rows a list
    for last in dict.fromkeys((near, end if _hold_anything(rows, near, end) else near)):
        table = ListRows(rows[first:last], columns, is_unit)
        looked = look(table)
        listed, below = persons_in(table, looked), persons_below(table, looked)
        if below is not None:
            told = listed or persons_in(table._replace(rows=table.rows[below:]))
            cell = told if told is not None and told.row >= below else TellingCell(below, 0, "", is_name=False)
            return PersonsFound(_finding(grid, cell, first), _head_of(rows, first, first + below), end)
        if listed is not None:
            return PersonsFound(_finding(grid, listed, first), layout.header_top, last)
    unit = layout.column("unit_name")
    if unit is not None and are_named_by_persons(cells, layout, unit):
        return PersonsFound(by_headings(grid), layout.header_top, near)
    return None


def _hold_anything(rows: Sequence[Row], first: int, end: int) -> bool:
    return any(map(filled_cells, rows[first:end]))


def above_persons(sheet: SheetContext, persons: PersonsFound) -> SheetContext:
    """Return the sheet without the rows from a list on: nobody downstream can look at them."""
    cells = sheet.cells
    return replace(sheet, cells=Cells(cells.rows[: persons.first_row], cells.first_column, cells.merged))


def _end_near(rows: Sequence[Row], first: int) -> int:
    """Return the row of two blank ones below a header; the end of the sheet where there are none nearby."""
    was_blank = False
    for number in range(first, min(len(rows), first + ROWS_ABOVE_LIST)):
        is_blank = not filled_cells(rows[number])
        if is_blank and was_blank:
            return number - 1
        was_blank = is_blank
    return len(rows)


def persons_on(sheet: SheetContext, rows: range) -> Finding | None:
    """Return F017 for rows that stand in no table, where they list persons; their header is looked for among them."""
    grid, part = sheet.grid, sheet.cells.rows[rows.start : rows.stop]
    if len(rows) == len(sheet.cells.rows) and head_persons(sheet.cells):
        return by_headings(grid)
    listed = persons_without_header(part) or persons_in_header(part, 0, min(len(part), HEAD_ROWS) - 1)
    # it stands under no header that is ours: nobody took it for a table of counts
    return None if listed is None else replace(_finding(grid, listed, rows.start), severity_here=Severity.NOTE)


def step_between(first: int) -> int:
    """Return of how many rows one is looked at, from row `first` (0-based) of a canonical table on.

    Of the first rows many are looked at, of the hundreds of thousands that may follow every two hundredth.
    """
    return 1 if first <= HEAD_ROWS else _ROWS_BETWEEN


def persons_in_canonical(
    sheet: SheetContext, columns: Mapping[str, int], rows: Sequence[Row], first: int, step: int
) -> Finding | None:
    """Return F017 where some of the rows that are looked at of a canonical table are persons.

    They are every `step`-th one from row `first` (0-based) on.
    """
    names = [columns[name] for name in ("unit_name", "unit_code") if name in columns]
    counts = {name: place for name, place in columns.items() if name in COUNTS}
    figures = frozenset(place for name, place in columns.items() if name not in ("unit_name", "unit_code"))
    years = frozenset(columns[name] for name in ("year",) if name in columns)
    places = ListColumns(tuple(names), counts, figures, years)
    listed = persons_in(ListRows(rows, places, is_unit_of(sheet.finder)))
    return None if listed is None else _finding(sheet.grid, listed._replace(row=listed.row * step), first)


def is_unit_of(finder: UnitFinder) -> Callable[[str], bool]:
    """Return what says whether any unit of the lists bears a name."""

    @lru_cache(maxsize=4096)
    def is_unit(name: str) -> bool:
        return any(bears_name(name, day, finder.tables) for day in _DAYS)

    return is_unit


@kept_of_header
def _columns(columns: tuple[Column, ...], first_column: int) -> ListColumns:
    by_meaning = {column.meaning: column.index - first_column for column in reversed(columns)}
    return ListColumns(
        tuple(by_meaning[meaning] for meaning in ("unit_name", "unit_code") if meaning in by_meaning),
        {meaning: place for meaning, place in by_meaning.items() if meaning in COUNTS and meaning is not None},
        frozenset(column.index - first_column for column in columns if is_figure(column.meaning)),
        frozenset(column.index - first_column for column in columns if column.meaning == "year"),
    )


def _head_of(rows: Sequence[Row], first: int, person: int) -> int:
    """Return the row below which nothing is read: the nearest blank one above the first person, where it is near."""
    top = max(first, person - _ROWS_OF_HEADER)
    blank = [row for row in range(top, person) if not filled_cells(rows[row])]
    return blank[-1] if blank else person


def _finding(grid: Grid, listed: TellingCell, first: int) -> Finding:
    place = grid.first_column + listed.place
    return by_rows(grid, first + listed.row, place, listed.cell, is_name=listed.is_name)
