"""Where communes lie: the positions of vietnamadminunits, without those that its own two lists contradict.

The package found its positions by name, so that a homonym elsewhere, or the district's seat where nothing was found,
may stand in their place. What the communes were made of tells: a commune lies near its own parts.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from math import cos, hypot, radians
from pathlib import Path
from typing import Final, NamedTuple

from unit_tables.days import REFORM, eve
from unit_tables.lists import Lists
from unit_tables.reform import read_pairs
from unit_tables.writing import write

LIMIT_KM: Final = 20
"""A commune and what it was made of lie no farther apart: the largest of today, as a circle, has 19 km of radius."""
COLUMNS: Final = "code,latitude,longitude"
LEFT_OUT_COLUMNS: Final = "list_of,code,name,latitude,longitude,why"
_KM_PER_DEGREE: Final = 111.2


class Position(NamedTuple):
    """Where a unit lies, in degrees, to three decimals (about 100 m)."""

    latitude: float
    longitude: float

    def km_to(self, other: Position) -> float:
        """Return the distance, near enough for places within Vietnam."""
        east = (self.longitude - other.longitude) * cos(radians(self.latitude))
        return _KM_PER_DEGREE * hypot(self.latitude - other.latitude, east)

    def __str__(self) -> str:
        return f"{self.latitude:.3f},{self.longitude:.3f}"


Positions = dict[str, Position]


class LeftOut(NamedTuple):
    """A position that is not used, and why."""

    code: str
    position: Position
    why: str


def read_positions(folder: Path) -> tuple[Positions, Positions]:
    """Return the positions of the communes until the reform and since then, as the package has them."""
    connection = sqlite3.connect(f"{(folder / 'data' / 'dataset.db').as_uri()}?mode=ro", uri=True)
    query = "SELECT wardCode, wardLat, wardLon FROM {} WHERE wardLat IS NOT NULL AND wardCode IS NOT NULL"
    before, since = (
        {code: Position(latitude, longitude) for code, latitude, longitude in connection.execute(query.format(table))}
        for table in ("admin_units_legacy", "admin_units")
    )
    connection.close()
    return before, since


def write_positions(lists: Lists, folder: Path, output: Path) -> None:
    """Write the positions of both lists, and what was left out of them."""
    before, since = read_positions(folder)
    shared = list(_shared(before))
    own = _without(before, shared)
    old_doubtful, new_doubtful = _contradictions(_parts_of(lists), own, since)
    tables = {eve(REFORM): (own, [*shared, *old_doubtful]), REFORM: (since, new_doubtful)}
    names = {eve(REFORM): lists.communes_2025, REFORM: lists.communes_now}
    lines: list[str] = []
    for day, (positions, left_out) in tables.items():
        kept = sorted(_without(positions, left_out).items())
        write(output / "positions" / f"{day}.csv", COLUMNS, (f"{code},{place}" for code, place in kept))
        lines += [
            f"{day},{each.code},{names[day][each.code].name},{each.position},{each.why}" for each in sorted(left_out)
        ]
    write(output / "positions" / "left_out.csv", LEFT_OUT_COLUMNS, lines)


def _without(positions: Positions, left_out: Iterable[LeftOut]) -> Positions:
    gone = {each.code for each in left_out}
    return {code: place for code, place in positions.items() if code not in gone}


def _shared(positions: Positions) -> Iterator[LeftOut]:
    """Yield the communes that have the position of another: that of their district, for want of their own."""
    places = Counter(map(str, positions.values()))
    return (LeftOut(code, place, "shared") for code, place in positions.items() if places[str(place)] > 1)


def _parts_of(lists: Lists) -> Mapping[str, list[str]]:
    """Return, by new commune, the old ones of which land or people went into it."""
    parts: dict[str, list[str]] = defaultdict(list)
    for pair in read_pairs(lists):
        parts[pair.new_code].append(pair.old_code)
    return parts


def _contradictions(
    parts: Mapping[str, list[str]], before: Positions, since: Positions
) -> tuple[list[LeftOut], list[LeftOut]]:
    """Return what cannot be right of the older and of the newer list.

    Where a new commune lies near one of its parts, a part that lies far is wrong; where it lies near none of several
    that lie near each other, it is wrong itself; where one part stands against it alone, nobody knows which is.
    """
    astray: dict[str, LeftOut] = {}
    near_some: set[str] = set()
    wrong: list[LeftOut] = []
    for new, olds in parts.items():
        known = [old for old in olds if old in before]
        near = [old for old in known if new in since and since[new].km_to(before[old]) <= LIMIT_KM]
        near_some.update(near)
        far = [] if new not in since else [old for old in known if old not in near]
        if far and not near:
            wrong.append(LeftOut(new, since[new], "far from its parts"))
        if far and (near or not _agree(before, far)):
            astray |= {old: LeftOut(old, before[old], "far from what it became") for old in far}
    return [each for code, each in astray.items() if code not in near_some], wrong


def _agree(positions: Positions, codes: list[str]) -> bool:
    """Say whether several communes lie near each other; one alone agrees with nobody."""
    pairs = list(combinations(codes, 2))
    return bool(pairs) and all(positions[a].km_to(positions[b]) <= LIMIT_KM for a, b in pairs)
