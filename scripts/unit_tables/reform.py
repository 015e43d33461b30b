"""The reform of 1 July 2025: what the resolutions say became of every unit, as pairs old → new.

The pairs are read from scripts/sources/reform_2025.csv: the wording of the resolution on the new province, what it
means for households, and the clause of its first article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from unit_tables.days import REFORM, read_source
from unit_tables.lists import Lists
from unit_tables.successors import Succession

PROVINCES_BY: Final = "202/2025/QH15"
DISTRICTS_END_BY: Final = "203/2025/QH15"
NOT_REARRANGED: Final = "not rearranged"
UNCHANGED: Final = "unchanged"
NOT_READ: Final = "not read"


class Pair(NamedTuple):
    """What one commune (or island district) gave to one new commune."""

    new_code: str
    old_code: str
    wording: str
    """"whole", "part", "the rest", "part of the area only", "part of the area, all people", "unchanged" …"""
    households: str
    """"all", "part" or "none" of the old unit's households."""
    clause: str


def read_pairs(lists: Lists) -> list[Pair]:
    """Return the pairs whose units stand in the lists."""
    pairs = [Pair(**row) for row in read_source("reform_2025.csv")]
    before = lists.communes_2025.keys() | lists.districts_2025.keys()
    return [pair for pair in pairs if pair.old_code in before and pair.new_code in lists.communes_now]


def reform_successions(lists: Lists) -> list[Succession]:
    """Return what the reform did: communes by the resolutions' pairs, provinces, and the end of the district tier."""
    pairs = read_pairs(lists)
    return [*_provinces(lists), *_communes(pairs, lists), *_districts(pairs, lists)]


def _provinces(lists: Lists) -> Iterator[Succession]:
    for old, new in sorted(lists.province_now_of.items()):
        alone = old in lists.unchanged_provinces
        kind, how = ("unchanged", NOT_REARRANGED) if alone else ("merged", "")
        yield Succession(REFORM, PROVINCES_BY, kind, old, new, "all", how)


def _communes(pairs: Sequence[Pair], lists: Lists) -> Iterator[Succession]:
    resolutions = {row["province_code"]: row["resolution"] for row in read_source("reform_resolutions_2025.csv")}
    renamed = {row["code"] for row in read_source("new_names.csv")}
    parts, successors = Counter(pair.new_code for pair in pairs), Counter(pair.old_code for pair in pairs)
    for pair in pairs:
        alone = parts[pair.new_code] == 1 and successors[pair.old_code] == 1
        kind = "renamed" if pair.wording == UNCHANGED and pair.old_code in renamed else _kind(pair, alone)
        resolution = resolutions[lists.communes_now[pair.new_code].parent]
        households = "all_presumed" if pair.wording == NOT_READ else pair.households
        yield Succession(REFORM, resolution, kind, pair.old_code, pair.new_code, households, _how(pair))


def _kind(pair: Pair, alone: bool) -> str:
    """Name what happened; `alone` says that old and new unit are one area, of which nothing went and nothing came."""
    if pair.wording == UNCHANGED:
        return "unchanged"
    if pair.households == "none":
        return "part_transferred"
    if pair.households == "part":
        return "divided"
    # Whole and by itself, and yet in the resolution: another type, for an island district another code as well.
    return "retyped" if alone else "merged"


def _how(pair: Pair) -> str:
    if pair.wording == UNCHANGED:
        return NOT_REARRANGED
    return f"khoản {pair.clause}" if pair.clause else "the wording was not read"


def _districts(pairs: Sequence[Pair], lists: Lists) -> Iterator[Succession]:
    """End every district that did not become a special zone itself."""
    islands = {pair.old_code for pair in pairs}
    for code in sorted(lists.districts_2025.keys() - islands):
        yield Succession(REFORM, DISTRICTS_END_BY, "tier_dropped", code, "", "", "")
