"""Where communes lie, for maps: one point each, of the list before the reform of 2025 and of the one since then.

Read only by what draws a map. Source, and what was left out: data/units/SOURCE.md.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from thidua_cli.language import Text
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.tables import REFORM_DAY

ARCHIPELAGOS: Final = {
    "20333": Text("Quần đảo Hoàng Sa", "Hoàng Sa archipelago"),
    "22736": Text("Quần đảo Trường Sa", "Trường Sa archipelago"),
}
"""Special zones that are archipelagos, by the code of today: a map of the country shows them by name."""
_FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "units" / "positions"


class MapPoint(NamedTuple):
    """A point in a unit, in degrees of WGS 84, to three decimals (about 100 m); no border is known."""

    latitude: float
    longitude: float


def position_of(code: str, on: date) -> MapPoint | None:
    """Return where the commune lies that bears a code on a day; None where that is not known.

    A code that was given again in the reform has another area since, and another position. Of communes that had ended
    by mid-2025 none is known.
    """
    return positions_on(on).get(code)


def positions_on(day: date) -> dict[str, MapPoint]:
    """Return all positions of the list that a day belongs to, by commune code."""
    return _of_list(REFORM_DAY if day >= REFORM_DAY else REFORM_DAY - timedelta(days=1))


@lru_cache(maxsize=2)
def _of_list(day: date) -> dict[str, MapPoint]:
    lines = (_FOLDER / f"{day}.csv").read_text(encoding="utf-8").splitlines()[1:]
    cells = (line.split(",") for line in lines)
    return {code: MapPoint(float(latitude), float(longitude)) for code, latitude, longitude in cells}
