"""What a sheet's cells hold as it is meant: calamine's values, without those that are no values at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from python_calamine import CalamineSheet

from thidua_cli.read.grid import FaultyCell, Row, SheetFacts
from thidua_cli.read.stored_zeros import SheetOf, StoredSheet, never_calculated, unread_zeros

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
    """Return the rows of a sheet without the values that nobody calculated.

    `other_sheet` gives the other sheets of the workbook, to which formulas lead.
    """
    open_rows = _rows_of(sheet)
    if sheet.total_height * sheet.total_width <= FEW_CELLS:
        open_rows = list(open_rows()).__iter__  # looked through several times
    if not facts.zeros:
        return SheetValues(open_rows, facts)
    faults = _uncalculated(sheet, facts, other_sheet)
    return _without(SheetValues(open_rows, facts), faults, sheet.start[1] if sheet.start else 0)


def _rows_of(sheet: CalamineSheet) -> OpenRows:
    def open_rows() -> Iterator[Row]:
        rows: Iterator[Row] = sheet.iter_rows()  # type: ignore[assignment]  # lists of a part of `Cell`
        return rows

    return open_rows


def _uncalculated(sheet: CalamineSheet, facts: SheetFacts, other_sheet: SheetOf) -> list[FaultyCell]:
    stored = stored_sheet(sheet, facts)
    if stored is None:
        return unread_zeros(facts)
    return never_calculated(sheet.name, lambda name: stored if name == sheet.name else other_sheet(name))


def _without(values: SheetValues, faults: Iterable[FaultyCell], first_column: int) -> SheetValues:
    """Return a sheet with some cells blank, which are faulty."""
    by_row: dict[int, list[int]] = {}
    for fault in faults:
        by_row.setdefault(fault.row, []).append(fault.column - first_column)
    if not by_row:
        return values
    whole = {**values.facts.faults, **{(fault.row, fault.column): fault for fault in faults}}

    def open_rows() -> Iterator[Row]:
        for number, row in enumerate(values.open_rows()):
            yield row if number not in by_row else _blanked(row, by_row[number])

    return SheetValues(open_rows, replace(values.facts, faults=whole))


def _blanked(row: Row, places: Iterable[int]) -> Row:
    row = list(row)
    for place in places:
        if place < len(row):
            row[place] = ""
    return row
