"""The classes of one unit by day, with what says so: for an officer who asks about a unit and not about figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from thidua_cli.judge.setting import setting_of
from thidua_cli.judge.verdict import ClassSource, ListGap, PartClasses
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Basis, Series, Unit, YearFigures, year_end
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.class_file import ClassRow
from thidua_cli.rulebook.class_lists import ClassList
from thidua_cli.rulebook.classes import CLASSES_OF_LEVEL, ClassBook, Member
from thidua_cli.units.tables import UnitTables


class ClassOnDay(NamedTuple):
    """Whether a unit is in one class on a day."""

    token: str
    member: Member
    sources: tuple[ClassSource, ...]
    """What says so; empty where it is not known."""
    gap: ListGap
    """The list that answers on that day, or that there is none: why the class is not known, where it is not."""


@dataclass(frozen=True, slots=True)
class ClassesOnDay:
    """All classes that a unit may have, on a day."""

    day: date
    unit: Unit
    above: tuple[Unit, ...]
    classes: tuple[ClassOnDay, ...]
    parts: tuple[PartClasses, ...]
    """What it was made of since the lists were drawn up, with the classes of each."""


@dataclass(frozen=True, slots=True)
class UnitClasses:
    """What the lists say of a unit."""

    code: str
    days: Sequence[ClassesOnDay]
    """Oldest first."""
    rows: Sequence[ClassRow]
    """Every row of the unit and of its parts, the user's first."""
    lists: tuple[ClassList, ...]


def unit_classes(code: str, days: Sequence[date], classes: ClassBook, tables: UnitTables) -> UnitClasses:
    """Return what is known of a unit's classes on the days on which it stands."""
    standing = [(unit, day) for day in days if (unit := tables.get(code, day)) is not None]
    asked = [each for unit, day in standing for each in classes_of_units([unit], day, classes, tables)]
    codes = dict.fromkeys([code, *(part.unit_code for each in asked for part in each.parts)])
    rows = [row for each in codes for row in (*classes.user.get(each, ()), *classes.bundled.get(each, ()))]
    return UnitClasses(code, asked, rows, tuple(classes.lists.values()))


def year_ends_of_lists(unit: Unit, classes: ClassBook, tables: UnitTables) -> list[date]:
    """Return the year-ends on which a unit stands, from the first to the newest that a list speaks of.

    Of a unit that stands on none of them its last day.
    """
    starts = [each.start.year for each in classes.lists.values()]
    days = [year_end(year) for year in range(min(starts), max(starts) + 1)]
    standing = [day for day in days if tables.get(unit.code, day) is not None]
    return standing or [unit.valid_to or unit.valid_from]


def classes_of_units(
    units: Sequence[Unit], day: date, classes: ClassBook, tables: UnitTables
) -> Iterator[ClassesOnDay]:
    """Yield what is known of the classes of units that stand on a day, in their order."""
    series = [_without_figures(unit, day, tables) for unit in units]
    setting = setting_of(series, day.year, classes, day)
    for unit, each in zip(units, series, strict=True):
        membership = setting.membership(each, day.year, day)
        sources = membership.sources()
        answers = tuple(
            ClassOnDay(token, membership.member(token), tuple(_of(token, sources)), membership.gap(token))
            for token in _asked(unit, classes)
        )
        yield ClassesOnDay(day, unit, tables.ancestors(unit, day), answers, membership.part_classes())


def _without_figures(unit: Unit, day: date, tables: UnitTables) -> Series:
    figures = {day.year: YearFigures(day.year, {}, Basis.REPORTED, area_since=tables.area_since(unit.code, day))}
    return Series(unit.code, unit.name, unit.level, unit.parent_code, figures)


def _asked(unit: Unit, classes: ClassBook) -> list[str]:
    """Return the classes of the unit's level, and those of others that a row gives it: island districts."""
    rows = (*classes.user.get(unit.code, ()), *classes.bundled.get(unit.code, ()))
    return list(dict.fromkeys((*CLASSES_OF_LEVEL[unit.level], *(row.token for row in rows))))


def _of(token: str, sources: Sequence[ClassSource]) -> Iterator[ClassSource]:
    return (source for source in sources if source.written.removeprefix("not_") == token)
