"""Rows of the tables: one unit during one period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from thidua_cli.units.names import accent_key
from thidua_cli.units.tables import TABLES_START
from unit_tables.days import DISTRICT_TYPES_CHANGED, HUE_A_CITY, REFORM, Days, eve, read_source
from unit_tables.lists import Entry, Lists, official
from unit_tables.successors import Succession

SAME_AREA: Final = frozenset({"unchanged", "renamed", "retyped"})
"""Kinds of successions of one unit by itself, with the area it had."""

Areas = Mapping[str, Mapping[date, str]]
"""Code → the days on which the unit's area (with people) changed → the resolution."""


class Row(NamedTuple):
    """One unit during one period, as it is written."""

    code: str
    name: str
    type: str
    parent: str
    valid_from: date
    valid_to: date | None
    begins: str
    evidence: str

    def __str__(self) -> str:
        end = "" if self.valid_to is None else self.valid_to.isoformat()
        start = self.valid_from.isoformat()
        return ",".join((self.code, self.name, self.type, self.parent, start, end, self.begins, self.evidence))


class Period(NamedTuple):
    """What a unit is from one day on, and how the period begins.

    "reorganised" means that the area changed (others came in, parts went); "renamed", "retyped" and "moved" (to
    another district) that it did not.
    """

    start: date
    entry: Entry
    begins: str
    evidence: str


def area_changes(successions: Iterable[Succession]) -> dict[str, dict[date, str]]:
    """Return the days on which households came to a unit or went from it, also where that is only possible."""
    changes: dict[str, dict[date, str]] = {}
    for one in successions:
        if one.households != "none":
            for code in filter(None, (one.from_code, one.to_code)):
                changes.setdefault(code, {})[one.day] = one.resolution
    return changes


def close(code: str, periods: Sequence[Period], end: date | None) -> Iterator[Row]:
    """Turn the states of one unit into rows; `end` is the last day of the last state."""
    for position, (start, entry, begins, evidence) in enumerate(periods):
        following = eve(periods[position + 1].start) if position + 1 < len(periods) else end
        yield Row(code, entry.name, entry.type, entry.parent, start, following, begins, evidence)


def states(code: str, old: Entry, new: Entry, days: Days, areas: Mapping[date, str], same_name: bool) -> list[Period]:
    """Bring an entry of 2022 to its entry of mid-2025 in dated steps; what happens on one day is one step."""
    target = new._replace(name=f"{new.type.capitalize()} {old.bare}") if same_name else new
    # In the order of weight: a unit with another area that was renamed the same day begins as reorganised.
    changes = [(day, "reorganised", Entry("", ""), resolution) for day, resolution in areas.items()]
    if target.name != old.name:
        kind = "type" if target.type != old.type else "name"
        day, resolution = days.of(code, kind, old.parent)
        changes.append((day, "retyped" if kind == "type" else "renamed", Entry(target.name, ""), resolution))
    if target.parent != old.parent:
        day, resolution = days.of(code, "parent", old.parent)
        changes.append((day, "moved", Entry("", target.parent), resolution))
    steps: dict[date, Period] = {TABLES_START: Period(TABLES_START, old, "", "")}
    current = old
    for day, begins, entry, resolution in sorted(changes, key=lambda change: change[0]):
        current = Entry(entry.name or current.name, entry.parent or current.parent)
        before = steps.get(day, Period(day, current, begins, resolution))
        steps[day] = Period(day, current, before.begins, before.evidence or resolution)
    return list(steps.values())


def three_tier_communes(lists: Lists, days: Days, areas: Areas) -> Iterator[tuple[str, Row]]:
    """Give (province, row) for every commune until the reform."""
    renamed = {row["code"] for row in read_source("new_names.csv")}
    for code in sorted(lists.communes_2022.keys() | lists.communes_2025.keys()):
        old, new = lists.communes_2022.get(code), lists.communes_2025.get(code)
        province = lists.old_province(code)
        if old is None and new is not None:
            day, resolution = days.of(code, "new", new.parent)
            yield from ((province, row) for row in close(code, [Period(day, new, "new", resolution)], eve(REFORM)))
        elif old is not None and new is None:
            day, _ = days.of(code, "gone", old.parent)
            yield from ((province, row) for row in close(code, [Period(TABLES_START, old, "", "")], eve(day)))
        elif old is not None and new is not None:
            # Without a merger and without a source for it, another name is only another spelling.
            same_name = old.bare_key == new.bare_key or (code not in areas and code not in renamed)
            periods = states(code, old, new, days, areas.get(code, {}), same_name)
            yield from ((province, row) for row in close(code, periods, eve(REFORM)))


def two_tier_communes(lists: Lists, reform: Iterable[Succession]) -> Iterator[tuple[str, Row]]:
    """Give (province, row) for every commune since the reform; some kept their area."""
    resolutions = {row["province_code"]: row["resolution"] for row in read_source("reform_resolutions_2025.csv")}
    kept = {one.to_code: one.kind for one in reform if one.from_code == one.to_code and one.kind in SAME_AREA}
    for code, entry in lists.communes_now.items():
        begins, resolution = kept.get(code, "reform"), resolutions[entry.parent]
        yield entry.parent, Row(code, entry.name, entry.type, entry.parent, REFORM, None, begins, resolution)


def district_rows(lists: Lists, days: Days, areas: Areas) -> Iterator[Row]:
    """Give the rows of the districts; the list of 2022 already has the types of April 2023 for four of them."""
    earlier = {row["code"]: row for row in read_source("district_types_2022.csv")}
    for code in sorted(lists.districts_2022.keys() | lists.districts_2025.keys()):
        old, new = lists.districts_2022.get(code), lists.districts_2025.get(code)
        if old is None and new is not None:
            day, resolution = days.of(code, "new")
            yield from close(code, [Period(day, new, "new", resolution)], eve(REFORM))
        elif old is not None and new is None:
            yield from close(code, [Period(TABLES_START, old, "", "")], eve(days.of(code, "gone")[0]))
        elif old is not None and new is not None:
            same_name = accent_key(old.bare) == accent_key(new.bare)
            periods = states(code, old, new, days, areas.get(code, {}), same_name)
            if code in earlier:
                before = old._replace(name=official(earlier[code]["name_until_2023-04-09"]))
                changed = Period(DISTRICT_TYPES_CHANGED, old, "retyped", earlier[code]["resolution"])
                periods = [Period(TABLES_START, before, "", ""), changed, *periods[1:]]
            yield from close(code, periods, eve(REFORM))


def province_rows(lists: Lists) -> Iterator[Row]:
    """Give the rows of the provinces; one whose area grew in the reform begins a new row that day."""
    for code, old in sorted(lists.provinces_2022.items()):
        periods = [Period(TABLES_START, old, "", "")]
        if lists.provinces_2025[code].type != old.type:
            periods.append(Period(HUE_A_CITY[0], lists.provinces_2025[code], "retyped", HUE_A_CITY[1]))
        now = lists.provinces_now.get(code)
        if now is not None and code not in lists.unchanged_provinces:
            periods.append(Period(REFORM, now, "reform", "202/2025/QH15"))
        yield from close(code, periods, eve(REFORM) if now is None else None)
