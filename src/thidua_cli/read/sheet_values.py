"""What a sheet's cells hold as it is meant: calamine's values, without those that are no values at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from python_calamine import CalamineSheet

from thidua_cli.late_dataclass import replace
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.as_meant import Replacement, without_marks, worded_numbers
from thidua_cli.read.grid import Cell, FaultyCell, MergedRange, Row, SheetFacts
from thidua_cli.read.stored_zeros import SheetOf, StoredSheet, never_calculated, unread_zeros
from thidua_cli.read.under_merges import under_merges

FEW_CELLS: Final = 50_000
"""A sheet of no more is turned into rows once."""
MANY_CELLS: Final = 1_000_000
"""A sheet of more is never held as rows: a district's workbook has some thousand cells."""

OpenRows = Callable[[], Iterator[Row]]


class SheetValues(NamedTuple):
    """The rows of a sheet, and what is to be known beyond them."""

    open_rows: OpenRows
    facts: SheetFacts


def stored_sheet(sheet: CalamineSheet, facts: SheetFacts) -> StoredSheet | None:
    """Return a sheet as it is stored; None where it is too large."""
    if sheet.total_height * sheet.total_width > MANY_CELLS:
        return None
    first_column = sheet.start[1] if sheet.start else 0
    rows = list(_rows_of(sheet)())
    return StoredSheet(rows, first_column, max(map(len, rows), default=0), facts)


def sheet_values(sheet: CalamineSheet, facts: SheetFacts, other_sheet: SheetOf) -> SheetValues:
    """Return the rows of a sheet without the values that nobody calculated or that nobody sees.

    `other_sheet` gives the other sheets of the workbook, to which formulas lead.
    """
    open_rows = _rows_of(sheet)
    if sheet.total_height * sheet.total_width <= FEW_CELLS:
        open_rows = list(open_rows()).__iter__  # looked through several times
    if not facts.merged and (merged := _merged(sheet)):
        facts = replace(facts, merged=merged)
    uncalculated = _uncalculated(sheet, facts, other_sheet) if facts.zeros else ()
    return values_as_meant(open_rows, sheet.start[1] if sheet.start else 0, facts, uncalculated)


def values_as_meant(
    open_rows: OpenRows, first_column: int, facts: SheetFacts, uncalculated: Iterable[FaultyCell] = ()
) -> SheetValues:
    """Return rows without what nobody calculated, what lies under merges, and what is crossed out or raised."""
    changes: dict[tuple[int, int], Replacement] = {}
    if facts.merged:
        hidden = under_merges(open_rows(), first_column, facts.merged)
        changes |= {place: Replacement("", fault) for place, fault in hidden.items()}
    changes |= {(fault.row, fault.column): Replacement("", fault) for fault in uncalculated}
    if facts.marked:
        as_meant = without_marks(open_rows(), first_column, facts.marked)
        facts = replace(facts, marked=as_meant.marked, struck_rows=as_meant.struck_rows)
        changes |= as_meant.changes
    if facts.worded:
        worded = worded_numbers(open_rows(), first_column, facts.worded)
        facts = replace(facts, faults={**facts.faults, **worded})
        # what is seen as a percentage may be one
        changes |= {
            place: Replacement("", fault) for place, fault in worded.items() if not fault.shown.strip().endswith("%")
        }
    return _changed(SheetValues(open_rows, facts), changes, first_column) if changes else SheetValues(open_rows, facts)


def _rows_of(sheet: CalamineSheet) -> OpenRows:
    def open_rows() -> Iterator[Row]:
        rows: Iterator[Row] = sheet.iter_rows()  # type: ignore[assignment]  # lists of a part of `Cell`
        return rows

    return open_rows


def _merged(sheet: CalamineSheet) -> tuple[MergedRange, ...]:
    ranges = sheet.merged_cell_ranges or ()
    return tuple(MergedRange(top, left, bottom, right) for (top, left), (bottom, right) in ranges)


def _uncalculated(sheet: CalamineSheet, facts: SheetFacts, other_sheet: SheetOf) -> list[FaultyCell]:
    stored = stored_sheet(sheet, facts)
    if stored is None:
        return unread_zeros(facts)
    return never_calculated(sheet.name, lambda name: stored if name == sheet.name else other_sheet(name))


def _changed(values: SheetValues, changes: Mapping[tuple[int, int], Replacement], first_column: int) -> SheetValues:
    """Return a sheet with other values in some cells."""
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, column), change in changes.items():
        by_row.setdefault(row, {})[column - first_column] = change.cell
    faults = {place: change.fault for place, change in changes.items() if change.fault is not None}

    def open_rows() -> Iterator[Row]:
        for number, row in enumerate(values.open_rows()):
            yield row if number not in by_row else _with_cells(row, by_row[number])

    return SheetValues(open_rows, replace(values.facts, faults={**values.facts.faults, **faults}))


def _with_cells(row: Row, cells: Mapping[int, Cell]) -> Row:
    row = list(row)
    for place, cell in cells.items():
        if place < len(row):
            row[place] = cell
    return row
