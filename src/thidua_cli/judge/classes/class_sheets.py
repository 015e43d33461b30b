"""What a workbook to fill in with classes asks: the units of a place on a day, with what the lists say of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from thidua_cli.judge.classes.unit_classes import ClassesOnDay, classes_of_units
from thidua_cli.judge.verdict import PartClasses
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.lexicon import CLASS_WORDS
from thidua_cli.model import Level, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.class_lists.list_units import levels_of
from thidua_cli.normalise.class_lists.words import GROUPS, none_of
from thidua_cli.rulebook.class_lists import ClassList
from thidua_cli.rulebook.classes import ClassBook, Member
from thidua_cli.units.province import is_as_on_class_lists, province_on_class_list
from thidua_cli.units.tables import REFORM_DAY, UnitTables


class SheetLine(NamedTuple):
    """One row to fill in, or filled in already."""

    unit: Unit
    parent: str
    """Name of the unit above; empty for a province."""
    written: str
    """A class, "not_…" where the unit is known to be in none of the group; empty where nothing is known."""
    start: date | None
    end: date | None
    source: str
    list_id: str
    """The list that says so; empty where the row is to be filled in."""
    parts: tuple[PartClasses, ...]
    """What the unit was made of since the list was drawn up."""


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """The units that may be in a group of classes of which a unit has one at most."""

    group: tuple[str, ...]
    of: ClassList | None
    """The list that answers on the day; None where there is none."""
    lines: Sequence[SheetLine]

    @property
    def missing(self) -> int:
        """How many units have no class yet."""
        return sum(not line.written for line in self.lines)


@dataclass(frozen=True, slots=True)
class ClassSheets:
    """One workbook."""

    unit: Unit
    above: tuple[Unit, ...]
    day: date
    sheets: Sequence[GroupSheet]


def plan_class_sheets(unit: Unit, day: date, classes: ClassBook, tables: UnitTables) -> ClassSheets:
    """Return what there is to know of the classes of a place and of all units below it on a day."""
    units = [unit, *_below(unit.code, day, tables)]
    known = list(classes_of_units(units, day, classes, tables))
    sheets = []
    for group in GROUPS:
        if group == ("poor_commune",) and day < REFORM_DAY:
            continue  # there was none
        of = classes.list_of(group[0], day)
        lines = [line for each in known for line in _lines(each, group, of, classes, tables)]
        if lines:
            sheets.append(GroupSheet(group, of, lines))
    return ClassSheets(unit, tables.ancestors(unit, day), day, sheets)


def _below(code: str, day: date, tables: UnitTables) -> Iterator[Unit]:
    for unit in tables.children(code, day):
        if unit.level is not Level.VILLAGE:
            yield unit
            yield from _below(unit.code, day, tables)


def _lines(
    each: ClassesOnDay, group: tuple[str, ...], of: ClassList | None, classes: ClassBook, tables: UnitTables
) -> Iterator[SheetLine]:
    """Yield the rows of one unit: those of the list, else what the list of its province says, else one to fill in."""
    unit, parent = each.unit, each.above[0].name if each.above else ""
    listed = [row for row in classes.bundled.get(unit.code, ()) if row.token in group and of and row.list_id == of.id]
    as_listed = of is not None and is_as_on_class_lists(unit.code, each.day, tables, of.codes)
    if unit.level not in levels_of(group[0]) or (_is_island_list(group, unit) and not listed):
        return
    if listed and as_listed:
        for row in listed:
            yield SheetLine(unit, parent, row.written, row.valid_from, row.valid_to, row.source, row.list_id, ())
        return
    first = _first_day(unit, of, each.day, tables)
    end = of.end if of is not None else None
    outside = all(answer.member is Member.NO for answer in each.classes if answer.token in group)
    if outside and of is not None and not each.parts:
        source = _source_of(unit, group, of, classes, tables)
        yield SheetLine(unit, parent, f"not_{group[0]}", first, end, source, of.id, ())
        return
    yield SheetLine(unit, parent, "", first, end, "", "", each.parts)


def _is_island_list(group: tuple[str, ...], unit: Unit) -> bool:
    """Say whether a district is asked for a class of communes: two of them are on the list of coastal communes."""
    return group == ("coastal_commune",) and unit.level is Level.DISTRICT


def _first_day(unit: Unit, of: ClassList | None, day: date, tables: UnitTables) -> date | None:
    """Return the first day for which a row may speak of the unit: that of its list, and not before its area came."""
    start = of.start if of is not None else None
    area = None if is_as_on_class_lists(unit.code, day, tables) else tables.area_since(unit.code, day)
    days = [each for each in (start, area) if each is not None]
    return max(days, default=None)


def _source_of(unit: Unit, group: tuple[str, ...], of: ClassList, classes: ClassBook, tables: UnitTables) -> str:
    province = province_on_class_list(unit.code, tables, of.codes)
    entry = classes.completeness.get((of.id, group[0], province))
    return entry.source if entry is not None else ""


def choices(group: tuple[str, ...]) -> list[tuple[str, Text]]:
    """Return what may be chosen for a unit: how it is written, and in words."""
    return [*((token, CLASS_WORDS[token].short) for token in group), (f"not_{group[0]}", none_of(group))]
