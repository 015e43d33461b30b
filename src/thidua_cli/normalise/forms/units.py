"""Which unit each row of a form is: by its code, else by its name within the unit the form is of.

Tables of the years that had districts may leave these out and hold communes directly below a province.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import takewhile
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.model import Level, Origin, Unit
from thidua_cli.normalise.forms.table import Area, Form, FormRow, Placed, Role
from thidua_cli.normalise.list_faults import Outsider, is_named
from thidua_cli.normalise.sheet.cell_faults import fault_finding
from thidua_cli.normalise.table_reading import UnplacedRow
from thidua_cli.normalise.unit_faults import U002, U003, ambiguous_text, candidates_text, misspelt_type, unknown_text
from thidua_cli.units.finder import is_own_name
from thidua_cli.units.lookup import Match, bare_name
from thidua_cli.units.names import accent_key, split_type, tone_key
from thidua_cli.units.tables import REFORM_DAY, boundary_day

URBAN: Final = frozenset({"phường", "thị trấn"})
RURAL: Final = frozenset({"xã"})


class CommunesOfProvince:
    """Finds communes of a table by their names within the whole province."""

    def __init__(self, form: Form, scope: Unit) -> None:
        self._form = form
        self._scope = scope
        self._rows = [row for row in form.rows if row.role is Role.UNIT and row.has_figures and not row.code]

    def match(self, row: FormRow) -> Match | None:
        """Match the name of a row that no unit right below the province bears; None where it is not looked for.

        A bare name is that of a commune only where the table names no district. A table that names a commune which
        only the list since the reform has follows that list: a name of both lists would mean the other households.
        """
        if self._scope.level is not Level.PROVINCE or boundary_day(self._form.year) >= REFORM_DAY:
            return None
        is_typed = split_type(row.name)[0] in URBAN | RURAL
        if not (is_typed or not self._names_districts) or self._follows_the_later_list:
            return None
        commune = self._within_province(row)
        return commune if commune.unit is not None or commune.how == "ambiguous" else None

    def _within_province(self, row: FormRow) -> Match:
        # a commune and a township may share a name: the section of the form tells them apart
        types = None if row.area is None else URBAN if row.area is Area.URBAN else RURAL
        commune = self._form.sheet.finder.commune_of_province(row.name, self._scope.code, self._form.year, types)
        if commune.unit is None and types is not None:
            return self._form.sheet.finder.commune_of_province(row.name, self._scope.code, self._form.year)
        return commune

    @cached_property
    def _names_districts(self) -> bool:
        form = self._form
        units = (form.sheet.finder.within(row.name, self._scope.code, form.year).unit for row in self._rows)
        return any(unit is not None and unit.level is Level.DISTRICT for unit in units)

    @cached_property
    def _follows_the_later_list(self) -> bool:
        return any(self._is_only_of_the_later_list(row) for row in self._rows)

    def _is_only_of_the_later_list(self, row: FormRow) -> bool:
        form, code = self._form, self._scope.code
        within = form.sheet.finder.within(row.name, code, form.year)
        if within.unit is not None or within.how == "ambiguous":
            return False
        commune = self._within_province(row)
        if commune.unit is not None or commune.how == "ambiguous":
            return False
        elsewhen = form.sheet.finder.on_another_day(row.name, "", code, form.year)
        return elsewhen is not None and elsewhen.level is Level.COMMUNE and elsewhen.valid_from >= REFORM_DAY


_CODE_WIDTHS: Final = (5, 3, 2)


@dataclass(slots=True)
class PlacedRows:
    """The unit rows of a form by what is known of their units."""

    placed: list[Placed] = field(default_factory=list)
    outsiders: list[Outsider] = field(default_factory=list)
    """Rows that name a unit of another list than that of the year-end."""
    unplaced: list[UnplacedRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)
    """Cells of names that the file hides, which are reported."""

    def extend(self, more: PlacedRows) -> None:
        """Add other rows of the same form."""
        self.placed += more.placed
        self.outsiders += more.outsiders
        self.unplaced += more.unplaced
        self.findings += more.findings
        self.used |= more.used


def place_rows(form: Form, scope: Unit) -> PlacedRows:
    """Find the unit of every unit row of the year; rows "1.1" belong to the unit of the row "1" above them."""
    villages = _villages(form, scope) if scope.level is Level.COMMUNE else None
    if villages is not None:
        return PlacedRows(villages)
    rows = PlacedRows()
    above: _Above | None = None
    communes = CommunesOfProvince(form, scope)
    for place, row in enumerate(form.rows):
        if row.role is not Role.UNIT:
            continue
        # "1" below "I" is a commune of the district above it; "1" below "1" is its neighbour
        is_part = above is not None and row.depth is not None and (row.depth > 1 or above.heads_group)
        parents = _parents(scope, above, is_part)
        own = _own_row(form, scope, place)
        match = own or _unit(form, row, parents, communes)
        unit = match if isinstance(match, Unit) else None
        if isinstance(match, Match):
            rows.extend(_without_unit(form, row, scope if own else parents[0], match))
        elif unit is not None:
            rows.placed.append(Placed(row, unit))
            if not row.code:
                rows.findings += misspelt_type(row.name, unit, form.year, form.origin(row.row, "unit_name"))
        if is_part or (unit is None and row.is_bare):
            continue
        if unit is None or unit.code == scope.code:
            above = None
        elif (row.depth or 1) == 1 and (above is None or unit.parent_code != above.unit.code):
            above = _Above(unit, row.heads_group)
    return rows


def _villages(form: Form, commune: Unit) -> list[Placed] | None:
    """Return the rows of a commune's villages; None where any row is more than a name in a plain list of them."""
    placed: list[Placed] = []
    for row in form.rows:
        if row.role is not Role.UNIT:
            continue
        if row.code or row.heads_group or row.is_bare or (row.depth or 1) > 1:
            return None
        unit = form.sheet.finder.within(row.name, commune.code, form.year).unit
        if unit is None or unit.level is not Level.VILLAGE:
            return None
        placed.append(Placed(row, unit))
    return placed


def _own_row(form: Form, scope: Unit, place: int) -> Unit | Match | None:
    """Look at a row "1 | Phong Điền" above its parts "1.1", where a unit of Huyện Phong Điền bears the bare name too.

    It is the district's own row if all units of the name have rows of their own among the parts; else nobody can tell
    (a `Match` with the units to choose from). None where the row raises no such question.
    """
    row = form.rows[place]
    if scope.level not in (Level.PROVINCE, Level.DISTRICT) or row.code or row.depth != 1:
        return None
    if not is_own_name(row.name, scope) or accent_key(row.name) == accent_key(scope.name):
        return None
    below = takewhile(
        lambda below_it: below_it.role is not Role.UNIT or (below_it.depth or 0) > 1, form.rows[place + 1 :]
    )
    within = form.sheet.finder.within
    parts = {match.unit.code for part in below if (match := within(part.name, scope.code, form.year)).unit}
    match = within(row.name, scope.code, form.year)
    named = (match.unit,) if match.unit is not None else match.candidates
    if not parts or named == (scope,):
        return None
    if {unit.code for unit in named} <= parts:
        return scope
    return Match(None, (scope, *named), "ambiguous")


@dataclass(frozen=True, slots=True)
class _Above:
    """The unit whose parts may follow."""

    unit: Unit
    heads_group: bool
    """Its row is numbered "I" or "A", so that rows "1", "2" below it are its parts."""


def _parents(scope: Unit, above: _Above | None, is_part: bool) -> list[Unit]:
    """Return the units a row's name is looked for in, likeliest first."""
    if above is None:
        return [scope]
    if is_part:
        return [above.unit, scope]
    # without numbers, the communes below a district's row can only be told by their names
    return [scope, above.unit] if above.unit.level is Level.DISTRICT else [scope]


def _unit(form: Form, row: FormRow, parents: Sequence[Unit], communes: CommunesOfProvince) -> Unit | Match | None:
    """Return the row's unit, or the match that says why there is none; None of words that name no unit."""
    if row.code and (by_code := _unit_by_code(form, row)) is not None:
        return by_code
    first: Match | None = None
    for parent in parents:
        match = _match(form, row, parent)
        if match.unit is not None:
            return match.unit
        first = first or match
    if row.is_bare or first is None:
        return None
    if first.how != "ambiguous" and all(parent.level is not Level.DISTRICT for parent in parents):
        first = communes.match(row) or first
    return first.unit or first


def _match(form: Form, row: FormRow, parent: Unit) -> Match:
    """Match the row's name below `parent`; the section tells a township from the commune of the same name."""
    if row.is_bare and parent.level is Level.COMMUNE:
        return Match(None, (), "unknown")  # words without number or figure introduce no village
    types = None
    if row.area is not None and parent.level is Level.DISTRICT:
        types = URBAN if row.area is Area.URBAN else RURAL
        match = form.sheet.finder.within(row.name, parent.code, form.year, types)
        if match.unit is not None:
            return match
    return _as_typed(form, row, form.sheet.finder.within(row.name, parent.code, form.year))


def _as_typed(form: Form, row: FormRow, match: Match) -> Match:
    """Take "Sa Pa" for the ward of this name, not for Sa Pả, in a table that has accents and leaves type words out."""
    if not match.is_loose or match.how != "ambiguous" or not row.name.isascii() or split_type(row.name)[0]:
        return match
    exact = [unit for unit in match.candidates if tone_key(bare_name(unit)) == tone_key(row.name)]
    has_accents = any(not other.name.isascii() for other in form.rows if other.role is Role.UNIT)
    return Match(exact[0], (), "bare") if len(exact) == 1 and has_accents else match


def _unit_by_code(form: Form, row: FormRow) -> Unit | None:
    """Return the unit of the row's code, its zeros given back; with the printed name where that is another's."""
    # Excel takes the zeros from "01", "001" and "00001" alike: the name says which of the three it was
    widths = [len(row.code), *(width for width in _CODE_WIDTHS if row.code.isdigit() and width > len(row.code))]
    units = [unit for width in widths if (unit := form.sheet.finder.unit(row.code.zfill(width), form.year)) is not None]
    if len(units) > 1:
        units = [unit for unit in units if is_named(unit, row.name)]
    if len(units) != 1:
        return None
    unit = units[0]
    # the code stands; the printed name is kept for the checks to hold against it
    return unit if not row.name or is_named(unit, row.name) else replace(unit, name=row.name)


def _without_unit(form: Form, row: FormRow, parent: Unit, match: Match) -> PlacedRows:
    """Return why a row has no unit: its name is hidden, of another list, unknown or of several units."""
    origin = form.origin(row.row)
    column = form.table.columns.get("unit_name")
    fault = form.sheet.grid.faults.get((row.row, column.index)) if column else None
    if fault is not None and column is not None:
        hidden = fault_finding(fault, origin, year=form.year, column="unit_name")
        return PlacedRows(findings=[hidden], used={(row.row, column.index)})
    outsider = None if match.how == "ambiguous" else _outsider(form, row, parent, origin)
    if outsider is not None:
        return PlacedRows(outsiders=[outsider] if row.has_figures else [])  # one of another year beside it has none
    kind = U003 if match.how == "ambiguous" else U002
    named = match.candidates
    candidates = unknown_text(named, form.year) if kind is U002 else candidates_text(named, as_question=False)
    if kind is U003 and parent.level is Level.PROVINCE:
        candidates = ambiguous_text(match.candidates, boundary_day(form.year), form.sheet.finder.tables)
    details: dict[str, object] = {"parent": parent.name, "candidates": candidates}
    name = row.name or row.code
    if not name:
        details["value"] = _instead_of_name(row)
    unplaced = UnplacedRow(frozenset(unit.code for unit in match.candidates), form.year)
    finding = Finding(kind, origin, unit_name=name, year=form.year, value=name, details=details)
    return PlacedRows(unplaced=[unplaced], findings=[finding])


def _instead_of_name(row: FormRow) -> Text:
    """Return what stands in a row without a name: its number and its figures, which name nobody."""
    cells = "; ".join(filter(None, (row.number, *map(str, row.counts.values()))))
    return Text(f"(ô tên để trống; dòng ghi: {cells})", f"(no name; the row says: {cells})")


def _outsider(form: Form, row: FormRow, parent: Unit, origin: Origin) -> Outsider | None:
    """Return what is known of a row whose unit only the list of another day has."""
    unit = form.sheet.finder.on_another_day(row.name, row.code, parent.code, form.year)
    column = "unit_name" if row.name else "unit_code"
    return None if unit is None else Outsider(origin, unit, column, row.name or row.code)


def groups(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Put the urban and the rural row of one district together; any other two rows stay two, to be found as double.

    A commune is urban or rural: the second row that bears its name is another's.
    """
    all_groups: list[list[Placed]] = []
    open_groups: dict[str, list[Placed]] = {}
    for row in placed:
        group = open_groups.get(row.unit.code)
        areas = {member.row.area for member in group or ()}
        in_parts = row.unit.level is Level.DISTRICT and row.row.area is not None and None not in areas
        if group is not None and in_parts and row.row.area not in areas:
            group.append(row)
        else:
            group = [row]
            all_groups.append(group)
            open_groups.setdefault(row.unit.code, group)
    return all_groups
