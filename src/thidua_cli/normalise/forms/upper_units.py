"""Tables with the district and the commune in columns of their own: the upper name narrows the search for the lower.

The upper name is merged over the rows of its units, or written once above them.
"""

from __future__ import annotations

from collections.abc import Iterator

from thidua_cli.findings import Finding
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.model import Level, Origin, Unit
from thidua_cli.normalise.forms.table import Form, FormRow, Placed, Role
from thidua_cli.normalise.forms.units import PlacedRows, place_rows
from thidua_cli.normalise.list_faults import Outsider
from thidua_cli.normalise.sheet.cells import Cells, SheetContext
from thidua_cli.normalise.sheet.headings import TIERS, UPPER_UNIT, Column, Layout
from thidua_cli.normalise.unit_faults import U002, U003, ambiguous_text, misspelt_type, unknown_text
from thidua_cli.read.grid import Cell
from thidua_cli.units.lookup import Match
from thidua_cli.units.names import accent_key, accent_keys, split_type
from thidua_cli.units.tables import boundary_day


def upper_columns(layout: Layout) -> list[tuple[Level, Column]]:
    """Return the columns of upper names with their tiers, from the top tier down."""
    columns = [
        (Level(column.meaning.removeprefix(UPPER_UNIT)), column)
        for column in layout.columns
        if column.meaning is not None and column.meaning.startswith(UPPER_UNIT)
    ]
    return sorted(columns, key=lambda upper: TIERS.index(upper[0]))


class CellsWithUpperNames(Cells):
    """Cells in which a row that names only an upper unit names it in the column of units too: its own figures."""

    def __init__(self, cells: Cells, layout: Layout) -> None:
        super().__init__(cells.rows, cells.first_column, cells.merged)
        self._lower = layout.column("unit_name")
        self._upper = [column for _, column in reversed(upper_columns(layout))]
        self._from = layout.header_bottom + 1

    def value(self, row: int, column: int) -> Cell:
        """Return a cell's value; of an empty unit name that of the nearest upper one written in the same row."""
        own = super().value(row, column)
        if own is not None or self._lower is None or column != self._lower.index or row < self._from:
            return own
        area = self.area_of(row, column)
        if area.top < row:
            return None
        upper = (super(CellsWithUpperNames, self).value(row, label.index) for label in self._upper)
        return next((name for name in upper if name), None)

    def values(self, row: int) -> list[Cell]:
        """Return the values of a row from `first_column` on."""
        return [self.value(row, column) for column in range(self.first_column, self.width)]


def with_upper_names(sheet: SheetContext, layout: Layout) -> SheetContext:
    """Return a sheet whose rows that name an upper unit alone name it as their own, where a table has such columns."""
    return replace(sheet, cells=CellsWithUpperNames(sheet.cells, layout)) if upper_columns(layout) else sheet


def place_units(form: Form, scope: Unit) -> PlacedRows:
    """Find the unit of every unit row of the year; below an upper unit where the row stands under one."""
    columns = upper_columns(form.layout)
    alone = _only_row(form, scope)
    if alone is not None:
        return PlacedRows([Placed(alone, scope)])
    if not columns:
        return place_rows(form, scope)
    uppers = _UpperUnits(form, scope, columns)
    for parent, rows in uppers.runs():
        uppers.rows.extend(place_rows(replace(form, rows=rows), parent))
    return uppers.rows


def _only_row(form: Form, scope: Unit) -> FormRow | None:
    """Return the one row of a commune's own table that bears its bare name: the commune, no village of that name."""
    rows = [row for row in form.rows if row.role is Role.UNIT and not row.is_bare]
    if scope.level is not Level.COMMUNE or len(rows) != 1 or rows[0].code:
        return None
    return rows[0] if accent_key(rows[0].name) == accent_key(split_type(scope.name)[1]) else None


@dataclass(slots=True)
class _UpperUnits:
    """The upper units of the rows of one form."""

    form: Form
    scope: Unit
    columns: list[tuple[Level, Column]]
    _known: dict[tuple[str, str], Unit | None] = field(default_factory=dict)
    """(name, code of the unit above) → unit; None where it was reported."""
    rows: PlacedRows = field(default_factory=PlacedRows)
    """What is known of the rows so far, and of the upper names."""

    def runs(self) -> Iterator[tuple[Unit, list[FormRow]]]:
        """Yield parent → neighbouring unit rows under it; rows whose upper unit is not known are left out."""
        rows: list[FormRow] = []
        parent: Unit | None = self.scope
        names = [""] * len(self.columns)
        for row in self.form.rows:
            if row.role is not Role.UNIT:
                continue
            names = self._names(row.row, names)
            above = self._parent(row.row, names)
            if above != parent:
                if parent is not None and rows:
                    yield parent, rows
                parent, rows = above, []
            rows.append(row)
        if parent is not None and rows:
            yield parent, rows

    def _names(self, row: int, before: list[str]) -> list[str]:
        """Return the upper names that hold in a row; a new one ends those of the tiers below it."""
        names = list(before)
        for tier, (_, column) in enumerate(self.columns):
            area = self.form.sheet.cells.area_of(row, column.index)
            # of a range merged across columns the words belong to its first column: a section, not this tier
            text = self.form.sheet.cells.text(area.top, area.left) if area.left == column.index else ""
            if text and text != names[tier]:
                names[tier:] = [text, *[""] * (len(names) - tier - 1)]
        return names

    def _parent(self, row: int, names: list[str]) -> Unit | None:
        unit: Unit | None = self.scope
        for name, (tier, column) in zip(names, self.columns, strict=True):
            if name and unit is not None:
                unit = self._unit(row, name, tier, column, unit)
        return unit

    def _unit(self, row: int, name: str, tier: Level, column: Column, above: Unit) -> Unit | None:
        key = (name, above.code)
        if key not in self._known:
            match = self._match(name, tier, above)
            self._known[key] = match.unit or self._gone(row, name, column, above)
            if match.unit is not None:
                origin = self._origin(row, column)
                self.rows.findings += misspelt_type(name, match.unit, self.form.year, origin)
            if self._known[key] is None:
                self.rows.findings.append(self._unknown(row, name, column, above, match))
        return self._known[key]

    def _gone(self, row: int, name: str, column: Column, above: Unit) -> Unit | None:
        """Return the unit above where the name is that of a gone district, which is noted; its rows are of `above`."""
        unit = self.form.sheet.finder.on_another_day(name, "", above.code, self.form.year)
        if unit is None:
            return None
        self.rows.outsiders.append(Outsider(self._origin(row, column), unit, "unit_name", name))
        return above

    def _origin(self, row: int, column: Column) -> Origin:
        area = self.form.sheet.cells.area_of(row, column.index)
        return self.form.sheet.grid.origin(area.top, area.left)

    def _match(self, name: str, tier: Level, above: Unit) -> Match:
        """Match an upper name inside the unit above it; a table of one district may repeat its name in every row."""
        if above.level in TIERS and TIERS.index(above.level) >= TIERS.index(tier):
            is_same = bool(accent_keys(name) & accent_keys(above.name))
            return Match(above, (), "exact") if is_same else Match(None, (), "unknown")
        return self.form.sheet.finder.within(name, above.code, self.form.year)

    def _unknown(self, row: int, name: str, column: Column, above: Unit, match: Match) -> Finding:
        origin = self._origin(row, column)
        kind = U003 if match.how == "ambiguous" else U002
        tables, on = self.form.sheet.finder.tables, boundary_day(self.form.year)
        ambiguous = ambiguous_text(match.candidates, on, tables) if kind is U003 else None
        candidates = ambiguous or unknown_text(match.candidates, self.form.year)
        details = {"parent": above.name, "candidates": candidates}
        return Finding(kind, origin, unit_name=name, year=self.form.year, value=name, details=details)
