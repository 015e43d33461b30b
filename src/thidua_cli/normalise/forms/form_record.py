"""The record of what was recognised of a form (layout_record.py), once it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.normalise.forms.scope import FormScope
from thidua_cli.normalise.forms.table import Form, FormRow, Role
from thidua_cli.normalise.list_faults import Outsider
from thidua_cli.normalise.record.layout_record import (
    ColumnRecord,
    FoundIn,
    LayoutRecord,
    LeftOut,
    RowOfCopy,
    RowsLeftOut,
    joined,
    label_of,
    reasons_of,
    runs,
)
from thidua_cli.normalise.sheet.heading_table import Headings
from thidua_cli.normalise.sheet.headings import Column, kept_of_header
from thidua_cli.normalise.sheet.title import FILE_NAME, FOLDER_NAME, SHEET_NAME, TITLE, years_mentioned
from thidua_cli.observations import Observations

_PLACES: Final = {
    TITLE: FoundIn.TITLE,
    SHEET_NAME: FoundIn.SHEET_NAME,
    FILE_NAME: FoundIn.FILE_NAME,
    FOLDER_NAME: FoundIn.FOLDER_NAME,
}


def form_record(
    form: Form,
    scope: FormScope,
    rows: Observations | None,
    findings: Sequence[Finding] = (),
    outsiders: Sequence[Outsider] = (),
) -> LayoutRecord:
    """Return the record of one form and year; `findings` are those made while its rows were placed."""
    grid, headings = form.sheet.grid, form.sheet.headings
    taken = set(sheet_rows(rows)) if rows is not None else set()
    reasons = reasons_of(findings) | {outsider.origin.row: LeftOut.UNIT_OF_ANOTHER_DAY for outsider in outsiders}
    left_out = _form_rows_left_out(form, taken, reasons)
    used = frozenset(column.index for column in form.table.columns.values())
    return LayoutRecord(
        grid.file,
        grid.sheet,
        form.name,
        title=form.layout.title,
        year=form.year or None,
        year_from=_year_from(form),
        scope=scope.unit,
        scope_from=scope.found_in,
        header_top=form.layout.header_top + 1,
        header_bottom=form.layout.header_bottom + 1,
        columns=_column_records(form.layout.columns, used, headings),
        taken=tuple(runs(taken)),
        left_out=tuple(joined(left_out)),
        unchecked=grid.facts.unchecked,
    )


@kept_of_header
def _column_records(columns: tuple[Column, ...], used: frozenset[int], headings: Headings) -> tuple[ColumnRecord, ...]:
    return tuple(
        ColumnRecord(
            column.letters,
            column.path,
            column.meaning,
            used=column.index in used or (column.meaning or "").startswith("ignored:"),
            suggestion=headings.nearest(column.path[-1]) if column.meaning is None else None,
            factor=column.factor,
        )
        for column in columns
    )


def _year_from(form: Form) -> FoundIn | None:
    if not form.year:
        return None
    if "year" in form.table.columns and any(row.year for row in form.rows):
        return FoundIn.COLUMN
    if form.layout.year:
        return FoundIn.HEADING
    if form.sheet.options.year:
        return FoundIn.OPTION
    mentions = years_mentioned(form.layout.title, form.sheet.grid.sheet, form.sheet.grid.file)
    return next((_PLACES.get(mention.where) for mention in mentions if mention.year == form.year), None)


def rows_of_copy(form: Form) -> list[RowOfCopy]:
    """Return the units and totals of a form as they are told of a table that repeats an earlier one."""
    return [
        (row.row + 1, LeftOut.COPY if row.role is Role.UNIT else LeftOut.TOTAL, row.number, row.name or row.code)
        for row in form.rows
        if row.role is not Role.SECTION
    ]


def _form_rows_left_out(form: Form, taken: set[int], reasons: Mapping[int, LeftOut]) -> Iterator[RowsLeftOut]:
    by_number = {row.row + 1: row for row in form.table.rows}
    of_year = {row.row for row in form.rows}
    end = max([form.table.end, *by_number]) if by_number else form.layout.header_bottom + 1
    for number in range(form.layout.header_bottom + 2, end + 1):
        row = by_number.get(number)
        if number in taken or (row is not None and row.role is Role.UNIT and form.year and row.row not in of_year):
            continue  # taken, or a row of another year, which has a record of its own
        yield _form_row_left_out(form, number, row, reasons)
    # one run, whatever lies between: the signature block names people, so no words are kept of it
    cells = form.sheet.cells
    first = next((line for line in range(end, cells.last_row + 1) if cells.first_text(line)), None)
    if first is not None:
        yield RowsLeftOut(first + 1, cells.last_row + 1, LeftOut.SIGNATURE)


def _form_row_left_out(form: Form, number: int, row: FormRow | None, reasons: Mapping[int, LeftOut]) -> RowsLeftOut:
    if number - 1 in form.table.persons:
        return RowsLeftOut(number, number, LeftOut.PERSONS)
    if row is None:
        return RowsLeftOut(number, number, LeftOut.BLANK if not form.sheet.cells.texts(number - 1) else LeftOut.WORDS)
    if row.role is not Role.UNIT:
        reason = LeftOut.SECTION if row.role is Role.SECTION else LeftOut.TOTAL
    elif number in reasons:
        reason = reasons[number]
    elif not form.year:
        reason = LeftOut.YEAR_UNKNOWN
    elif row.has_figures:
        reason = LeftOut.UNIT_UNKNOWN
    else:
        reason = LeftOut.WORDS
    return RowsLeftOut(number, number, reason, label_of(row.number, row.name or row.code))


def sheet_rows(observations: Observations) -> Iterator[int]:
    """Yield the sheet rows that the observations of one table were made from."""
    for row, number in enumerate(observations.row_number):
        yield from observations.summed_rows.get(row, (number,))
