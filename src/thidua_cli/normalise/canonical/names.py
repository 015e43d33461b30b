"""Where the units of a canonical table lie that it gives by their names alone, without code or parent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.normalise.canonical.codes import LEVELS
from thidua_cli.normalise.forms.rows_scope import is_inside
from thidua_cli.normalise.forms.scope_faults import no_row_of
from thidua_cli.normalise.sheet.cells import SheetContext
from thidua_cli.normalise.sheet.numbers import read_whole, shown
from thidua_cli.normalise.sheet.title import is_plausible_year
from thidua_cli.read.grid import Row
from thidua_cli.units.fitting import FEWEST_NAMES, best_places, name_key, only_place, places_of
from thidua_cli.units.tables import REFORM_DAY, boundary_day

_DISTRICT_DIGITS: Final = 3
_MOST_NAMES: Final = 20_000
"""More are no table that somebody wrote the names into: all communes of the country are fewer."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The province or district that names alone tell."""

    unit: Unit
    names: int
    """How many different names fit it and no other place."""


NOWHERE: Final[Mapping[int, NamedPlace]] = MappingProxyType({})


def names_alone(sheet: SheetContext, header_row: int, columns: Mapping[str, int]) -> Mapping[int, frozenset[str]]:
    """Return year-end → the names of units above villages; empty for a table that gives codes or parents too."""
    if "unit_name" not in columns or {"unit_code", "parent_code"} & columns.keys():
        return {}
    names: dict[int, set[str]] = {}
    for row in islice(sheet.grid.open_rows(), header_row + 1, header_row + 1 + _MOST_NAMES):
        name, year = _text(row, columns["unit_name"]), sheet.options.year or 0
        if "year" in columns:
            year = read_whole(_text(row, columns["year"])) or 0
        level = LEVELS.get(_text(row, columns["level"]).lower()) if "level" in columns else None
        if name and is_plausible_year(year) and level is not Level.VILLAGE:
            names.setdefault(year, set()).add(name)
    return {year: frozenset(of_year) for year, of_year in names.items()}


def _text(row: Row, place: int) -> str:
    return shown(row[place]).strip() if place < len(row) else ""


def places_by_year(sheet: SheetContext, names: Mapping[int, frozenset[str]]) -> Mapping[int, NamedPlace]:
    """Return year-end → the one place that holds every name of its list of units; none where several do."""
    if sheet.options.unit or sheet.options.within:
        return {}
    told: dict[int, NamedPlace] = {}
    for is_before in (True, False):
        years = [year for year in names if (boundary_day(year) < REFORM_DAY) is is_before]
        told.update(_told(sheet, {year: names[year] for year in years}))
    return told


def _told(sheet: SheetContext, names: Mapping[int, frozenset[str]]) -> Iterator[tuple[int, NamedPlace]]:
    fitting = [places_of(of_year, boundary_day(year), sheet.finder.tables) for year, of_year in names.items()]
    places = frozenset.intersection(*fitting) if fitting else frozenset()
    distinct = len({name_key(name) for of_year in names.values() for name in of_year})
    code = only_place(places)
    if code is None or distinct < FEWEST_NAMES or sum(len(place) == _DISTRICT_DIGITS for place in places) > 1:
        return
    for year in names:
        unit = sheet.finder.unit(code, year)
        if unit is not None:
            yield year, NamedPlace(unit, distinct)


def no_row_of_given(sheet: SheetContext, names: Mapping[int, frozenset[str]]) -> Sequence[Finding]:
    """Return H009 where no name can be a unit of the place that the user states, and most are of another."""
    options, finder = sheet.options, sheet.finder
    code = options.unit or options.within
    given = finder.unit(code, max(names)) if code and names else None
    if given is None or given.level is Level.COMMUNE or given.code == COUNTRY_CODE:
        return ()
    if any(is_inside(finder, name, given.code, year) for year, of_year in names.items() for name in of_year):
        return ()
    fits = best_places(names[max(names)], boundary_day(max(names)), finder.tables)
    option = options.stated if options.unit else f"--within {code}"
    return [no_row_of(sheet.grid.origin(), given, option, list(fits))] if fits else ()
