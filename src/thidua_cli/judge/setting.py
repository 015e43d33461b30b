"""What a judge must know beside figures and clauses: classes, places, and the year-end up to which is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import TypeAlias

from thidua_cli.doubt.of_files import DisputedFigures
from thidua_cli.judge.classes.membership import Membership, OnList
from thidua_cli.judge.classes.subjects import PlaceOf, place_from_figures, speaks_of
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.model import Level, Series, year_end
from thidua_cli.rulebook.classes import ClassBook
from thidua_cli.rulebook.schema import Subject
from thidua_cli.units.changes import bundled_changes
from thidua_cli.units.class_parts import ListedPart, listed_parts
from thidua_cli.units.former_places import FormerPlaces, Heirs
from thidua_cli.units.lineage import Lineage
from thidua_cli.units.place import Place, place_of, units_within
from thidua_cli.units.province import is_as_on_class_lists, province_on_class_list
from thidua_cli.units.tables import UnitTables, bundled

UnitsWithin: TypeAlias = Callable[[str, Level, date], Iterable[str]]
"""(place, level, day) → codes of the units of that level that stand there on the day."""


def _nobody(place: str, level: Level, on: date) -> Iterable[str]:
    del place, level, on
    return ()


def _without_heirs(place: str) -> Heirs:
    del place
    return Heirs((), ())


def _always(code: str, on: date) -> bool:
    del code, on
    return True


@dataclass(frozen=True, slots=True)
class Setting:
    """The surroundings of a judgement."""

    as_of: int
    """The last year-end whose figures are looked at."""
    classes: ClassBook
    province_of: Callable[[str, date], str]
    """Province code of a unit on the day of a class list's codes; empty where it is not known."""
    as_listed: Callable[[str, date], bool] = lambda code, listed: True
    """Whether a unit has the area it had on the day of a class list's codes."""
    place_of: PlaceOf = place_from_figures
    parts_of: Callable[[str, date], Sequence[ListedPart]] = lambda code, listed: ()
    """The units of a class list, of the day of its codes, that a reorganised one was made of."""
    units_within: UnitsWithin = _nobody
    heirs_of: Callable[[str], Heirs] = _without_heirs
    """The communes that hold households of a place which ended."""
    name_of: Callable[[str], str] = str
    """Name and code of a unit of the judged day."""
    stands: Callable[[str, date], bool] = _always
    """Whether a unit of the lists stands on a day."""
    disputed: DisputedFigures = field(default_factory=DisputedFigures)
    """What findings leave possible of the figures."""

    class_at_start: bool = False
    """As `Rulebook.class_at_start`, for targets."""

    def speaks_of(self, subject: Subject, series: Series) -> bool:
        """Say whether a clause speaks of a unit, its classes left aside; its place is looked up where it may."""
        return subject.level is series.level and speaks_of(subject, series.level, self.place_of(series))

    def membership(self, series: Series, year: int, on: date | None = None) -> Membership:
        """Return what is known of a unit's classes at a year-end, or on a day of that year."""
        return Membership(series, year, self.classes, partial(self.on_list, series.unit_code), on=on)

    def on_list(self, code: str, listed: date) -> OnList:
        """Return a unit as class lists of one day's codes know it."""
        parts = self.parts_of(code, listed)
        return OnList(self.province_of(code, listed), self.as_listed(code, listed), parts)


def setting_of(
    series: Sequence[Series],
    as_of: int,
    classes: ClassBook,
    day: date | None = None,
    disputed: DisputedFigures | None = None,
) -> Setting:
    """Return what the tables of units and classes say of these units.

    `day` is the day whose boundaries the series were brought to, by default the as-of year-end; without `disputed`
    every figure stands as printed.
    """
    tables, on = bundled(), day or year_end(as_of)
    lineage = Lineage(tables, bundled_changes())
    former = FormerPlaces(tables, lineage)
    return Setting(
        as_of=as_of,
        classes=classes,
        province_of=_province_of(series, tables),
        as_listed=lambda code, listed: is_as_on_class_lists(code, on, tables, listed),
        place_of=lambda unit: _place(unit, on, tables, former),
        parts_of=lambda code, listed: listed_parts(code, on, tables, lineage, listed),
        units_within=partial(_units_within, tables=tables, former=former),
        heirs_of=lambda place: former.heirs(place, on) if former.has_ended(place, on) else Heirs((), ()),
        name_of=lambda code: _name(code, on, tables),
        stands=lambda code, day: tables.get(code, day) is not None,
        disputed=disputed or DisputedFigures(),
    )


def _place(unit: Series, on: date, tables: UnitTables, former: FormerPlaces) -> Place:
    place = place_of(unit.unit_code, unit.parent_code, on, tables)
    listed = unit.unit_code if unit.level is not Level.VILLAGE else unit.parent_code
    return replace(place, former=lambda: former.within(listed, on))


def _units_within(place: str, level: Level, on: date, tables: UnitTables, former: FormerPlaces) -> Iterable[str]:
    """Return the units of a level in a place; of a place that ended its communes of today."""
    if level is Level.COMMUNE and former.has_ended(place, on):
        return former.heirs(place, on).whole
    return units_within(place, level, on, tables)


def _name(code: str, on: date, tables: UnitTables) -> str:
    unit = tables.get(code, on) or next(iter(tables.periods(code)[-1:]), None)
    return code if unit is None else f"{unit.name} ({code})"


def _province_of(series: Sequence[Series], tables: UnitTables) -> Callable[[str, date], str]:
    """Return the function that names the province of a unit as a class list knows it.

    A village has the province of its commune; an unknown unit has none.
    """
    parents = {unit.unit_code: unit.parent_code for unit in series}

    def province(code: str, listed: date) -> str:
        own = province_on_class_list(code, tables, listed)
        return own or province_on_class_list(parents.get(code, ""), tables, listed)

    return province
