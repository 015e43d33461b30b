"""Series on the boundaries of one year-end: figures that stand on another area are set aside, never joined by code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from thidua_cli.model import Series, YearFigures


def on_boundaries_of(series: Iterable[Series], as_of: int) -> list[Series]:
    """Return the series with only those figures usable that stand on the area the unit has at the year-end `as_of`.

    A unit that took in another, gave up a part, or bears the code of a former unit is another unit before that day: its
    earlier figures stay, without counts, and `superseded_on` names the day. Where the unit has no figures at `as_of`,
    the area of its last year-end before it decides.
    """
    return [_one(unit, as_of) for unit in series]


def _one(unit: Series, as_of: int) -> Series:
    up_to = [year for year in unit.years if year <= as_of]
    since = unit.years[max(up_to)].area_since if up_to else None
    years = {year: _set_aside(figures, since, as_of) for year, figures in unit.years.items()}
    return replace(unit, years=years)


def _set_aside(figures: YearFigures, since: date | None, as_of: int) -> YearFigures:
    if figures.year > as_of or figures.area_since == since:
        return figures
    return replace(figures, counts={}, superseded_on=since)
