"""Printed totals of a form with the rows they should be the sum of, for the checks; and the scope's own figures."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.normalise.forms.table import Area, Form, FormRow, Placed, Role
from thidua_cli.normalise.forms.units import PlacedRows
from thidua_cli.normalise.table_reading import RowCounts, Total


def grand_total(form: Form, scope: Unit, placed: Sequence[Placed]) -> FormRow | None:
    """Return the row that stands for the scope itself, unless a row of its own does already.

    A total that adds up only some of the rows ("Cộng I") is a section's, never this one. Where formulas of the total
    were never calculated and all rows hold what they add up, the rows stand for the scope: half a total would hide
    their sum.
    """
    if scope.code == COUNTRY_CODE or any(row.unit.code == scope.code for row in placed):
        return None
    totals = [row for row in form.rows if row.role is Role.TOTAL and (row.counts or row.rates)]
    return totals[-1] if totals and not _is_told_by_rows(form, totals[-1], placed) else None


def _is_told_by_rows(form: Form, total: FormRow, placed: Sequence[Placed]) -> bool:
    """Say whether what the file hides of a total (F004, F005) stands in all of its rows."""
    columns, faults = form.table.columns, form.sheet.grid.faults
    hidden = {name for name in total.hidden_or_wrong if (total.row, columns[name].index) in faults}
    return bool(hidden) and all(hidden <= row.row.counts.keys() for row in placed)


def printed_totals(form: Form, scope: Unit, rows: PlacedRows) -> list[Total]:
    """Return every printed total of the form with the rows it should be the sum of."""
    totals: list[Total] = []
    units = [(row, RowCounts(row.name, row.row + 1, row.counts)) for row in _top_rows(form, scope, rows)]
    areas = {row.area for row in form.rows if row.role is Role.SECTION}
    own_of_area: dict[Area | None, RowCounts] = {}
    for section in form.rows:
        if section.role is Role.SECTION and section.counts:
            parts = tuple(counts for row, counts in units if row.area is section.area)
            own = _row_counts(section)
            own_of_area.setdefault(section.area, own)
            totals.append(Total(own, parts, 0, form.year))
    of_sections = bool(areas) and own_of_area.keys() == areas
    for row in form.rows:
        if row.role is Role.TOTAL and row.counts:
            parts = tuple(own_of_area.values()) if of_sections else tuple(counts for _, counts in units)
            totals.append(Total(_row_counts(row), parts, 0, form.year, of_sections=of_sections))
    return totals


def _row_counts(row: FormRow) -> RowCounts:
    return RowCounts(row.name or row.number, row.row + 1, row.counts)


def _top_rows(form: Form, scope: Unit, rows: PlacedRows) -> list[FormRow]:
    """Unit rows that a grand total adds up: not the parts below them, not the scope's own row."""
    placed = {row.row.row: row.unit for row in rows.placed}
    inside = {unit.code for unit in placed.values()} - {scope.code}
    heads = _gone_districts(rows)
    return [
        row
        for row in form.rows
        if row.role is Role.UNIT
        and not row.is_bare
        and row.row + 1 not in heads
        and ((unit := placed.get(row.row)) is None or (unit.code != scope.code and unit.parent_code not in inside))
    ]


def _gone_districts(rows: PlacedRows) -> set[int]:
    """Return the sheet rows of districts that are no more, in a table of communes: heads over rows, not parts."""
    if not any(row.unit.level is Level.COMMUNE for row in rows.placed):
        return set()
    return {outsider.origin.row for outsider in rows.outsiders if outsider.unit.level is Level.DISTRICT}
