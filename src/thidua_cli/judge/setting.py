"""What a judge must know beside figures and clauses: classes, places, and the year-end up to which is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from thidua_cli.judge.classes.membership import Membership
from thidua_cli.judge.classes.subjects import PlaceOf, place_from_figures
from thidua_cli.model import Level, Series
from thidua_cli.rulebook.classes import ClassBook
from thidua_cli.units.class_parts import ListedPart

UnitsWithin: TypeAlias = Callable[[str, Level, date], Iterable[str]]
"""(place, level, day) → codes of the units of that level that stand there on the day."""


def _nobody(place: str, level: Level, on: date) -> Iterable[str]:
    del place, level, on
    return ()


def _always(code: str, on: date) -> bool:
    del code, on
    return True


@dataclass(frozen=True, slots=True)
class Setting:
    """The surroundings of a judgement."""

    as_of: int
    """The last year-end whose figures are looked at."""
    classes: ClassBook
    province_of: Callable[[str], str]
    """Province code of a unit as the class tables know it (2022); empty where it is not known."""
    as_listed: Callable[[str], bool] = lambda code: True
    """Whether a unit still has the area it had when the class lists were drawn up."""
    place_of: PlaceOf = place_from_figures
    parts_of: Callable[[str], Sequence[ListedPart]] = lambda code: ()
    """The listed units that a reorganised one was made of."""
    units_within: UnitsWithin = _nobody
    stands: Callable[[str, date], bool] = _always
    """Whether a unit of the lists stands on a day."""

    def membership(self, series: Series, year: int) -> Membership:
        """Return what is known of a unit's classes at a year-end."""
        code = series.unit_code
        return Membership(series, year, self.classes, self.province_of(code), self.as_listed(code), self.parts_of(code))
