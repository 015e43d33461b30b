"""Which unit took in which, between the lists of 2022 and of mid-2025: by stated facts, aliases and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from unit_tables.days import Days, read_source
from unit_tables.lists import Lists

ALIAS = "alias in vietnamadminunits 1.0.4"
BARE_NAME = "same bare name"


class Succession(NamedTuple):
    """One unit and the unit that took it, or a part of it, in. `to_code` is empty where nobody knows."""

    day: date
    resolution: str
    kind: str
    from_code: str
    to_code: str
    households: str
    """all, all_presumed (one successor is known, the wording was not read), part, none (area only), unknown."""
    how: str


class _Found(NamedTuple):
    kind: str
    to_code: str
    households: str
    how: str


def commune_successions(lists: Lists, days: Days) -> list[Succession]:
    """Return every succession among communes, at least one for each of the codes that are gone."""
    stated: dict[str, list[Mapping[str, str]]] = {}
    for row in read_source("successors.csv"):
        if row["from_code"] in lists.communes_2022:
            stated.setdefault(row["from_code"], []).append(row)
    places = _places(lists)
    successions = []
    for code in sorted({*lists.gone_communes, *stated}):
        day, resolution = days.of(code, "gone", lists.communes_2022[code].parent)
        found = _stated(stated[code], lists) if code in stated else _derived(code, lists, places)
        successions += [Succession(day, resolution, one.kind, code, *one[1:]) for one in found]
    return successions


def _stated(rows: Sequence[Mapping[str, str]], lists: Lists) -> Iterator[_Found]:
    """Give what scripts/sources states of one unit; where it is gone, this is all that became of it."""
    for row in rows:
        code, to, households = row["from_code"], row["to_code"], row["households"]
        whole = households.startswith("all")
        divides = households == "part" and (code not in lists.communes_2025 or to not in lists.communes_2022)
        kind = "merged" if whole else "divided" if divides else "part_transferred"
        yield _Found(kind, to, households, row["evidence"])


def _derived(code: str, lists: Lists, places: Mapping[str, Sequence[str]]) -> list[_Found]:
    """Find the unit that took a commune in, in its own district or where the communes of that went.

    Never farther: "Phường 15" of Quận Gò Vấp is an alias in two other districts, of other wards of that name.
    """
    old = lists.communes_2022[code]
    nearby = {place: lists.communes_2025[place] for place in places[old.parent]}
    ladder = (
        (ALIAS, [place for place, unit in nearby.items() if old.full_key in unit.aliases]),
        (ALIAS, [place for place, unit in nearby.items() if old.bare_key in unit.aliases]),
        (BARE_NAME, [place for place, unit in nearby.items() if unit.bare_key == old.bare_key]),
    )
    for how, found in ladder:
        if len(found) == 1:
            return [_Found("merged", found[0], "all_presumed", how)]
        if found:
            return [_Found("merged_ambiguous", place, "unknown", how) for place in found]
    return [_Found("unresolved", "", "unknown", "")]


def _places(lists: Lists) -> dict[str, list[str]]:
    """Return for each district of 2022 the communes of mid-2025 in it or in the districts its communes went to."""
    reached: dict[str, set[str]] = {district: {district} for district in lists.districts_2022}
    for code in lists.communes_2022.keys() & lists.communes_2025.keys():
        reached[lists.communes_2022[code].parent].add(lists.communes_2025[code].parent)
    within: dict[str, list[str]] = {}
    for code, entry in sorted(lists.communes_2025.items()):
        within.setdefault(entry.parent, []).append(code)
    return {
        district: sorted(code for place in places for code in within.get(place, ()))
        for district, places in reached.items()
    }


def district_successions(lists: Lists, days: Days, communes: Sequence[Succession]) -> list[Succession]:
    """Return the successions among districts: they follow from where their communes, or parts of them, went."""
    passed: dict[tuple[str, str, date, str], Counter[str]] = {}
    for code in sorted(lists.communes_2022.keys() & lists.communes_2025.keys()):
        old, new = lists.communes_2022[code].parent, lists.communes_2025[code].parent
        if old != new:
            passed.setdefault((old, new, *days.of(code, "parent", old)), Counter())["whole"] += 1
    for one in communes:
        if one.to_code and one.households != "none":
            old, new = lists.communes_2022[one.from_code].parent, lists.communes_2025[one.to_code].parent
            # A part of a commune that moved to another district as a whole goes with it: nothing more is passed on.
            moved = one.from_code in lists.communes_2025 and lists.communes_2025[one.from_code].parent == new
            if old != new and not moved:
                size = "whole" if one.kind == "merged" else "part"
                passed.setdefault((old, new, one.day, one.resolution), Counter())[size] += 1
    targets = Counter(old for old, *_ in passed)
    successions = []
    for (old, new, day, resolution), sizes in sorted(passed.items()):
        alone = old not in lists.districts_2025 and targets[old] == 1
        divides = old not in lists.districts_2025 or new not in lists.districts_2022
        kind = "merged" if alone else "divided" if divides else "part_transferred"
        households = "all" if alone else "part"
        successions.append(Succession(day, resolution, kind, old, new, households, _passed_on(old, new, sizes, lists)))
    return successions


def _passed_on(old: str, new: str, sizes: Counter[str], lists: Lists) -> str:
    """Say what one district passed on to another."""
    words = []
    if whole := sizes["whole"]:
        words.append(f"{whole} whole commune{'s' if whole > 1 else ''}")
    if parts := sizes["part"]:
        words.append(f"parts of {parts} communes" if parts > 1 else "a part of a commune")
    known = lists.districts_2022[old].full_key in lists.districts_2025[new].aliases
    return " and ".join(words) + (f"; {ALIAS}" if known else "")
