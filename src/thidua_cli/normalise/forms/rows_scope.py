"""Whose table it is by its rows: where no words around it tell, and to hold what the user says of it against them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.normalise.forms.table import Form, FormRow, Role
from thidua_cli.normalise.forms.units import RURAL, URBAN
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.fitting import FEWEST_NAMES, PlaceFit, best_places, name_key, only_place, places_of
from thidua_cli.units.lookup import match
from thidua_cli.units.names import split_type
from thidua_cli.units.tables import boundary_day

_DISTRICT_DIGITS: Final = 3
_DIVIDED: Final = frozenset({"tỉnh", "thành phố", "quận", "huyện", "thị xã"})
"""Types of units that hold communes."""


def place_by_rows(form: Form) -> tuple[Unit, int] | None:
    """Return the one province or district that holds every name of a table, and how many; None where others do too."""
    names = unit_names(form)
    places = places_of(names, boundary_day(form.year), form.sheet.finder.tables)
    code = only_place(places)
    distinct = len({name_key(name) for name in names})
    # a name that two districts of the province have tells neither
    if code is None or distinct < FEWEST_NAMES or sum(len(place) == _DISTRICT_DIGITS for place in places) > 1:
        return None
    unit = form.sheet.finder.unit(code, form.year)
    return None if unit is None else (unit, distinct)


def place_inside(form: Form, place: Unit) -> Unit | None:
    """Return the place, or the one district of it, in which every name of a table is; None where some name is not."""
    names = unit_names(form)
    places = places_of(names, boundary_day(form.year), form.sheet.finder.tables)
    if place.code not in places:
        return None
    tables, on = form.sheet.finder.tables, boundary_day(form.year)
    inside = [code for code in places if (unit := tables.get(code, on)) is not None and unit.parent_code == place.code]
    return form.sheet.finder.unit(inside[0], form.year) if len(inside) == 1 else place


def places_by_rows(form: Form) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes of the places that hold every name of a table, and the names as they are compared."""
    names = unit_names(form)
    return places_of(names, boundary_day(form.year), form.sheet.finder.tables), frozenset(map(name_key, names))


def most_fitting(form: Form) -> list[PlaceFit]:
    """Return the places that hold most of the names of a table; none where they hold fewer than three."""
    return list(best_places(unit_names(form), boundary_day(form.year), form.sheet.finder.tables))


def unit_names(form: Form) -> list[str]:
    """Return the names of rows with figures that must be units of the lists: those of villages need not be."""
    names = []
    for row, may_be_village in _rows_with_figures(form):
        if not may_be_village or split_type(row.name)[0] in URBAN | RURAL:
            names.append(row.name)
    return names


def _rows_with_figures(form: Form) -> Iterator[tuple[FormRow, bool]]:
    """Yield the rows of units with a name, and whether they may be villages: "1.1" below "1", "1" below "I".

    What stands below a district is none.
    """
    in_group, holds_communes = False, False
    for row in form.rows:
        if row.role is not Role.UNIT:
            continue
        in_group = row.heads_group or (in_group and row.depth is not None)
        is_part = row.depth is not None and (row.depth > 1 or in_group)
        if not is_part:
            holds_communes = split_type(row.name)[0] in _DIVIDED
        if row.name and row.has_figures:
            yield row, is_part and not holds_communes


def is_of_none(form: Form, given: Unit) -> bool:
    """Say whether no row can be of a unit that the user gave: by no name of whatever day, nor by a code."""
    rows = [row for row, _ in _rows_with_figures(form)]
    if given.level is Level.COMMUNE:
        return bool(rows) and _are_communes(form, rows, given)
    return bool(rows) and not any(_is_of(form, row, given) for row in rows)


def _are_communes(form: Form, rows: list[FormRow], given: Unit) -> bool:
    """Say whether no row can be a village of a commune: all call themselves communes, or all are those of one place."""
    if any(row.code or form.sheet.finder.within(row.name, given.code, form.year).unit == given for row in rows):
        return False
    return all(split_type(row.name)[0] in URBAN | RURAL for row in rows) or place_by_rows(form) is not None


def _is_of(form: Form, row: FormRow, given: Unit) -> bool:
    if row.code:
        return True  # it says itself which unit it is
    finder, year = form.sheet.finder, form.year
    named = finder.within(row.name, given.code, year)
    if named.unit is not None or named.how == "ambiguous" or is_inside(finder, row.name, given.code, year):
        return True
    return given.code != COUNTRY_CODE and finder.on_another_day(row.name, "", given.code, year) is not None


def is_inside(finder: UnitFinder, name: str, place: str, year: int) -> bool:
    """Say whether a name is one of a place's units, or of several of them."""
    matches = (finder.within(name, place, year), finder.commune_of_province(name, place, year))
    return any(found.unit is not None or found.how == "ambiguous" for found in matches)


def province_of_every_row(form: Form) -> Unit | None:
    """Return the one province of which every row names a unit, the upper ones a district; none where several fit.

    An export that prints no place has no other sign of it. Only all names together tell it: "Huyện Châu Thành" is of
    ten provinces, and one name that fits nowhere makes the rest worth nothing.
    """
    rows = [row for row in form.rows if row.role is Role.UNIT and row.has_figures]
    upper = [row.name for row in rows if row.depth in (None, 1)]
    finder, on = form.sheet.finder, boundary_day(form.year)
    units = [finder.tables.children(province.code, on) for province in finder.tables.provinces(on)]
    fitting = {province.code for province in finder.tables.provinces(on)} if upper else set()
    for name in dict.fromkeys(upper):
        matches = (match(name, children, offers_similar=False) for children in units)
        fitting &= {matched.unit.parent_code for matched in matches if matched.unit is not None}
        if not fitting:
            return None
    if len(fitting) != 1:
        return None
    code = fitting.pop()
    are_inside = all(is_inside(finder, row.name, code, form.year) for row in rows)
    return finder.unit(code, form.year) if are_inside else None
