"""Places whose tables are composed: units of the official lists, and counts drawn for them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from reading.draft import HOUSEHOLDS, NEAR, POOR, Row
from thidua_cli.model import year_end
from thidua_cli.units.tables import bundled


@dataclass(frozen=True, slots=True)
class Place:
    """A unit, the name on its papers, and the year-ends at which the units below it stand unchanged."""

    code: str
    name: str
    agency: tuple[str, ...]
    unit_heading: str
    years: tuple[int, ...]
    is_whole: bool = True
    """All its units are in its tables; else a few, without a total."""


DONG_GIANG: Final = Place("505", "Huyện Đông Giang", ("UBND HUYỆN ĐÔNG GIANG",), "Xã", (2022, 2023, 2024))
QUANG_NAM: Final = Place("49", "Tỉnh Quảng Nam", ("UBND TỈNH QUẢNG NAM",), "Huyện/thị xã/thành phố", (2022, 2023))
DA_NANG: Final = Place("48", "Thành phố Đà Nẵng", ("UBND THÀNH PHỐ ĐÀ NẴNG",), "Xã/phường", (2025,), is_whole=False)
_A_FEW: Final = 7


def rows(place: Place, year: int, random: Random) -> list[Row]:
    """Return the units of a place, in the order of the list, with counts that fit together and change little."""
    units = bundled().children(place.code, year_end(year))
    chosen = units if place.is_whole else units[:_A_FEW]
    return [row(unit.code, unit.name, random) for unit in chosen]


def row(code: str, name: str, random: Random) -> Row:
    """Return a unit with counts drawn for it."""
    households = random.randint(1010, 1990)
    poor, near = random.randint(31, 99), random.randint(11, 98)
    counts = {HOUSEHOLDS: households, POOR: poor, NEAR: near}
    before = {HOUSEHOLDS: households - random.randint(1, 9), POOR: poor + random.randint(1, 7), NEAR: near + 3}
    return Row(code, name, counts, before)
