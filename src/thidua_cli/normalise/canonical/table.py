"""Canonical tables: a header row with `unit_code` and `year`, one row per unit and year-end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from thidua_cli.findings import Finding, Severity
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.late_dataclass import replace
from thidua_cli.likeness import KnownTexts
from thidua_cli.model import CANONICAL_COLUMNS, PRINTED_RATES, REQUIRED_COUNTS, column_letters
from thidua_cli.normalise.canonical.header import UNIT_COLUMNS, name_in
from thidua_cli.normalise.canonical.names import names_alone, no_row_of_given, places_by_year
from thidua_cli.normalise.canonical.rows import CanonicalReader
from thidua_cli.normalise.cells.counts import V005, missing_told_once
from thidua_cli.normalise.cells.headings import H002, claimed_twice, close_to, missing_headings, unknown_heading
from thidua_cli.normalise.cells.misnamed_rates import rates_by_their_figures
from thidua_cli.normalise.cells.rates_alone import rates_by_sheet_row, told_once
from thidua_cli.normalise.forms.register import CANONICAL
from thidua_cli.normalise.forms.report_parts import without_missing_of_other_parts
from thidua_cli.normalise.persons.household_list import LIST
from thidua_cli.normalise.persons.tables import persons_in_canonical, step_between
from thidua_cli.normalise.record.layout_record import (
    ColumnRecord,
    FoundIn,
    LayoutRecord,
    LeftOut,
    RowsLeftOut,
    joined,
    reasons_of,
    runs,
)
from thidua_cli.normalise.sheet.cell_faults import columns_beside
from thidua_cli.normalise.sheet.cells import Cells, SheetContext
from thidua_cli.normalise.sheet.heading_table import bundled_headings
from thidua_cli.normalise.sheet.table_units import StatedUnits, refused_table, stated_around
from thidua_cli.normalise.table_reading import TableReading, UnplacedRow
from thidua_cli.observations import Observations, TableOrigin
from thidua_cli.read.grid import CellBlock, Grid, Row

if TYPE_CHECKING:
    from thidua_cli.normalise.canonical.columns import ColumnReader

_BATCH: Final = 8192
Batch = list[Row] | CellBlock
_NOTES: Final = frozenset({"source", "note", "notes", "as_published", "nguồn", "ghi chú", "ghi_chú"})
_COLUMNS: Final = (*CANONICAL_COLUMNS, *PRINTED_RATES)
_PERCENT_ALIKE: Final = 60


def read_canonical(sheet: SheetContext, header_row: int) -> TableReading:
    """Return the rows of a canonical table, with a finding for whatever cannot be used."""
    grid, options = sheet.grid, sheet.options
    header = next(islice(grid.open_rows(), header_row, None))
    batches = _batches(grid, header_row + 1, len(header))
    batch, number = next(batches, []), header_row + 2
    if persons := _persons(sheet, header, batch, number):
        return persons
    columns, findings = _columns(sheet, header, header_row)
    if not {*UNIT_COLUMNS} & columns.keys() or ("year" not in columns and options.year is None):
        # nobody knows whose figures these are, or of which year: said above
        return TableReading(findings, record=_record(grid, header, header_row, columns, None, ()))
    stated = _stated_above(grid, header_row) if header_row else None
    if stated is not None and not stated.is_plain:
        told = [*findings, refused_table(grid, stated)]
        return TableReading(told, record=_record(grid, header, header_row, columns, None, ()))
    names = names_alone(sheet, header_row, columns)
    if refused := no_row_of_given(sheet, names):
        return TableReading([*findings, *refused], record=_record(grid, header, header_row, columns, None, ()))
    places = {name: grid.first_column + place + 1 for name, place in columns.items()}
    rows = Observations()
    rows.add_table(TableOrigin(grid.file, grid.sheet, CANONICAL, places))
    reader = CanonicalReader(sheet, columns, rows, places_by_year(sheet, names), len(header))
    if persons := _take_rows(sheet, header, chain([batch], batches), number, reader):
        return persons
    reader.finish()
    findings = without_missing_of_other_parts([*findings, *reader.findings], rows)
    if rates := rates_by_sheet_row(rows):
        findings = missing_told_once(findings, rates)
    is_blank = _is_blank(rows, reader.unplaced, findings)
    findings.extend(columns_beside(grid, header_row + 1, {grid.first_column + place for place in columns.values()}))
    record = _record(grid, header, header_row, columns, rows, findings)
    table = TableReading(
        findings,
        CANONICAL,
        rows=rows,
        rates=reader.rates,
        unplaced=reader.unplaced,
        record=replace(record, stated_line=reader.stated_line),
        is_blank=is_blank,
        names_villages=reader.names_villages,
    )
    return rates_by_their_figures(table)


def _batches(grid: Grid, first: int, width: int) -> Iterator[Batch]:
    """Yield the rows from row `first` (0-based) on; by blocks where there are so many that it pays."""
    if grid.open_blocks is not None:
        yield from grid.open_blocks(first, width, _BATCH)
        return
    if grid.open_columns is not None:
        from thidua_cli.read.sheet_blocks import sheet_blocks  # late: loads numpy

        yield from sheet_blocks(grid, first, _BATCH)
        return
    lines = islice(grid.open_rows(), first, None)
    while batch := list(islice(lines, _BATCH)):
        yield batch


def _take_rows(
    sheet: SheetContext, header: Row, batches: Iterable[Batch], number: int, reader: CanonicalReader
) -> TableReading | None:
    """Add all rows, of which the first is sheet row `number`; return F017 alone where some are persons.

    The first batch was looked at already.
    """
    by_column = _by_column(sheet, reader)
    for place, batch in enumerate(batches):
        if place and (persons := _persons(sheet, header, batch, number)):
            return persons
        if by_column is not None:
            by_column.take(batch, number)
        else:
            reader.take(batch if isinstance(batch, list) else batch.rows(), number)
        number += len(batch)
    if by_column is not None:
        by_column.finish()
    return None


def _by_column(sheet: SheetContext, reader: CanonicalReader) -> ColumnReader | None:
    if sheet.grid.open_blocks is None and sheet.grid.open_columns is None:
        return None
    from thidua_cli.normalise.canonical.columns import ColumnReader  # late: loads numpy

    return ColumnReader(sheet, reader) if ColumnReader.fits(sheet, reader.columns) else None


def _persons(sheet: SheetContext, header: Row, batch: Batch, number: int) -> TableReading | None:
    """Return F017 alone where some rows, the first of which is sheet row `number`, are persons."""
    grid = sheet.grid
    columns = {name: place for place, cell in enumerate(header) if (name := name_in(cell)) in _COLUMNS}
    step = step_between(number - 1)
    looked_at = batch[::step] if isinstance(batch, list) else batch.rows(step)
    persons = persons_in_canonical(sheet, columns, looked_at, number - 1, step)
    refused = LayoutRecord(grid.file, grid.sheet, refused=LIST)
    return None if persons is None else TableReading([persons], record=refused)


def _stated_above(grid: Grid, header_row: int) -> StatedUnits | None:
    above = Cells(list(islice(grid.open_rows(), header_row)), grid.first_column, ())
    return stated_around(above, 0, header_row, header_row)


def _is_blank(rows: Observations, unplaced: Sequence[UnplacedRow], findings: Sequence[Finding]) -> bool:
    """Say whether no row holds a figure, and none was lost: its unit, its cells and the header are in order."""
    return not any(map(_loses_figures, findings)) and not unplaced and not rows.has_figures


def _loses_figures(finding: Finding) -> bool:
    return finding.kind is H002 or (finding.severity is Severity.ERROR and finding.kind is not V005)


def _record(
    grid: Grid,
    header: Row,
    header_row: int,
    columns: Mapping[str, int],
    rows: Observations | None,
    findings: Sequence[Finding],
) -> LayoutRecord:
    """Return the record of a canonical table."""
    taken = _runs_in_order(rows.row_number) if rows is not None else ()
    places = {place: "ignored:note" for place, cell in enumerate(header) if str(cell).strip().lower() in _NOTES}
    places |= {place: name for name, place in columns.items()}
    records = tuple(
        ColumnRecord(column_letters(grid.first_column + place), (str(cell),), places.get(place), used=place in places)
        for place, cell in enumerate(header)
        if cell not in ("", None)
    )
    year_from = FoundIn.COLUMN if "year" in columns else FoundIn.OPTION if rows is not None else None
    return LayoutRecord(
        grid.file,
        grid.sheet,
        CANONICAL,
        year_from=year_from,
        header_top=header_row + 1,
        header_bottom=header_row + 1,
        columns=records,
        taken=taken,
        left_out=tuple(_gaps(header_row + 2, taken, reasons_of(findings))),
        unchecked=grid.facts.unchecked,
    )


def _gaps(first: int, taken: Sequence[tuple[int, int]], reasons: Mapping[int, LeftOut]) -> Iterator[RowsLeftOut]:
    """Yield the rows between the runs taken: those a finding speaks of, the rest blank."""
    next_row, last = first, max([first - 1, *(end for _, end in taken), *reasons])
    for start, end in [*taken, (last + 1, last)]:
        between = (RowsLeftOut(row, row, reasons.get(row, LeftOut.BLANK)) for row in range(next_row, start))
        yield from joined(between)
        next_row = end + 1


def _runs_in_order(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the runs of sheet rows of a table whose rows were read from top to bottom, one by one."""
    if len(numbers) and numbers[-1] - numbers[0] + 1 == len(numbers):
        return ((numbers[0], numbers[-1]),)  # half a million rows without a gap need no walk
    return tuple(runs(numbers))


def _columns(sheet: SheetContext, header: Row, header_row: int) -> tuple[dict[str, int], list[Finding]]:
    """Return canonical name → place in the row, and what is wrong with the header: unknown, double, missing names."""
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(header):
        name = name_in(cell)
        if name and name not in _NOTES:
            places.setdefault(name, []).append(place)
    findings: list[Finding] = []
    first_column = sheet.grid.first_column
    twice = {name for name, columns in places.items() if name in _COLUMNS and len(columns) > 1}
    for name, columns in places.items():
        origin = sheet.grid.origin(header_row, first_column + columns[0])
        if name not in _COLUMNS:
            findings.append(unknown_heading(origin, name, _suggestion(name)))
        else:
            findings += claimed_twice(name, [column_letters(first_column + column) for column in columns], origin)
    known = {name: columns[0] for name, columns in places.items() if name in _COLUMNS and name not in twice}
    needed = ["unit_code", *REQUIRED_COUNTS] if "unit_name" not in known else list(REQUIRED_COUNTS)
    if sheet.options.year is None:
        needed.insert(0, "year")
    missing = missing_headings(needed, {*known, *twice}, sheet.grid.origin(header_row))
    return known, findings + told_once(missing, lambda _: known)


@lru_cache(maxsize=1)
def _known_columns() -> KnownTexts:
    return KnownTexts({name: name for name in _COLUMNS})


def _suggestion(name: str) -> Text:
    close = _known_columns().close_to(name, n=1, percent=_PERCENT_ALIKE)
    if close:
        return close_to(close[0])
    meaning = bundled_headings().meaning((name,))
    if meaning in _COLUMNS:
        return Text(f" (đổi tiêu đề thành “{meaning}”)", f" (rename it to “{meaning}”)")
    return NO_TEXT
