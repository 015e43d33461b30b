"""The unit a form is of, narrowed by the names of sheet, file and folder: one sheet or one file per commune."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Level, Unit
from thidua_cli.normalise.forms.scope import FormScope, ScopeExtent, in_place, place_of
from thidua_cli.normalise.forms.scope_faults import H006
from thidua_cli.normalise.forms.stated_scope import scope
from thidua_cli.normalise.forms.table import Form, Role
from thidua_cli.normalise.record.layout_record import FoundIn
from thidua_cli.normalise.sheet.title import names_of, scope_of
from thidua_cli.units.names import clean, tone_key
from thidua_cli.units.tables import boundary_day

_NOT_A_NAME: Final = late_pattern(
    r"\b(?:mẫu|mau|biểu|bieu|form|số|so|phụ lục|phu luc|sheet|năm|nam|kết quả|ket qua|rà soát|ra soat|số liệu|so lieu|"
    r"tổng hợp|tong hop|hộ nghèo|ho ngheo|hộ cận nghèo|ho can ngheo|bc|báo cáo|bao cao|th)\b|\d+"
)
_DIVIDED: Final = (Level.PROVINCE, Level.DISTRICT)
_BETWEEN: Final = late_pattern(r"[\s_.,;()–—-]+")


def own_scope(form: Form) -> FormScope:
    """Return the unit the form is of in its year; why none is known (H006, U003, U006).

    The title may name only the district of a commune's own sheet: where the name of the sheet, the file or the folder
    is that of one of its communes and no row is another of its communes, the sheet is the commune's.
    """
    named = scope(form)
    if named.found_in is FoundIn.OPTION and named.extent is not ScopeExtent.PART:
        return named
    if named.unit is None:
        together = _together(form)
        return _inside_stated(form, named) if together is None else _narrowed(form, FormScope(*together))
    return _narrowed(form, named)


def _places(form: Form) -> Iterator[tuple[FoundIn, str]]:
    """Yield what names a table from outside, from the widest to the nearest."""
    name, folder = names_of(form.sheet.grid.file)
    yield FoundIn.FOLDER_NAME, folder
    yield FoundIn.FILE_NAME, name
    yield FoundIn.SHEET_NAME, form.sheet.grid.sheet


def _together(form: Form) -> tuple[Unit, FoundIn] | None:
    """Return the one unit that title, sheet, file and folder name together: "Xã Hòa Bình" in a folder "Huyện …"."""
    on, tables = boundary_day(form.year), form.sheet.finder.tables
    lines = [*form.layout.title, *form.sheet.title]
    units, place = scope_of(lines, on, tables), place_of(form)
    for where, text in reversed(list(_places(form))):
        lines.append(text)
        more = scope_of(lines, on, tables)
        more = more if place is None else in_place(form, more, place)
        if len(more) == 1 and more != units:
            return more[0], where
    return None


def _inside_stated(form: Form, named: FormScope) -> FormScope:
    """Return the unit of the place that the user states whose bare name a file bears: "yen-trung.xlsx"."""
    place = place_of(form)
    if place is None or place.together is not None or any(finding.kind is not H006 for finding in named.findings):
        return named
    inside = _narrowed(form, FormScope(place.unit, FoundIn.OPTION))
    return named if inside.unit is place.unit else inside


def _narrowed(form: Form, named: FormScope) -> FormScope:
    unit, found_in = named.unit, named.found_in
    if unit is None:
        return named
    for where, text in _places(form) if unit.level in _DIVIDED else ():
        inside = _unit_inside(form, unit, text)
        if inside is not None and not _has_rows_of_others(form, unit, inside):
            unit, found_in = inside, where
    return named if unit is named.unit else named._replace(unit=unit, found_in=found_in, extent=ScopeExtent.WHOLE)


def _unit_inside(form: Form, unit: Unit, text: str) -> Unit | None:
    """Return the unit of the next tier that a name from outside is the name of: "Xã Tà Lu 2023", "Tà Lu", "ta-lu"."""
    if unit.level not in _DIVIDED:
        return None
    on, tables = boundary_day(form.year), form.sheet.finder.tables
    children = {child.code for child in tables.children(unit.code, on)}
    parents = [above.name for above in (unit, *tables.ancestors(unit, on))]
    units = scope_of([text, *parents], on, tables)
    if len(units) == 1 and units[0].code in children:
        return units[0]
    bare = " ".join(_NOT_A_NAME.sub(" ", _BETWEEN.sub(" ", clean(text)).lower()).split())
    match = form.sheet.finder.within(bare, unit.code, form.year).unit if bare else None
    return match if match is not None and match.code in children else None


def _has_rows_of_others(form: Form, unit: Unit, inside: Unit) -> bool:
    """Say whether a row with figures is a unit of `unit` other than `inside`: then the table is of the whole."""
    for row in form.rows:
        if row.role is not Role.UNIT or not row.has_figures:
            continue
        # a district's own row: the table is the district's, whatever its sheet is called
        if tone_key(row.name) == tone_key(unit.name):
            return True
        of_row = form.sheet.finder.within(row.name, unit.code, form.year).unit
        if of_row is not None and of_row.code != inside.code and not _may_be_village(row.name, inside):
            return True
    return False


def _may_be_village(name: str, inside: Unit) -> bool:
    """Say whether a row names no type of unit, in a table of villages: "Tà Lu" may be a village of Xã Tà Lu."""
    return False if inside.level is not Level.COMMUNE else bool(re.match(r"(?:thôn|bản|ấp|khu|tổ)\b", name.lower()))
