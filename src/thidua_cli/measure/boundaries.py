"""On which day's boundaries series stand; as reported, figures on another area are set aside, never joined by code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.model import Series, YearFigures, written_day, year_end
from thidua_cli.units.tables import TABLES_START


class Mode(StrEnum):
    """How the boundaries were asked for."""

    AS_OF = "as-of"
    """Those of the last year-end."""
    AS_REPORTED = "as-reported"
    """Those of each year-end: units are joined by their code while their area is the same."""
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The boundaries that figures are brought to."""

    mode: Mode = Mode.AS_OF
    day: date | None = None
    """The day that was asked for, or that follows from the figures; None as reported, or before it is known."""

    def on(self, last_year: int) -> date | None:
        """Return the day whose units are shown, where `last_year` is the last year-end; None as reported."""
        if self.mode is Mode.AS_REPORTED:
            return None
        return self.day or year_end(last_year)


AS_OF: Final = Boundaries()


def boundaries_of(written: str) -> Boundaries:
    """Return the boundaries written "as-of", "as-reported" or as a day: 2025-06-30, 30/06/2025.

    Raises:
        UsageError: It is none of these, or a day before the lists of units begin.
    """
    if written in (Mode.AS_OF, Mode.AS_REPORTED):
        return Boundaries(Mode(written))
    try:
        day = written_day(written)
    except ValueError:
        text = Text(
            "--boundaries “{written}”: dùng as-of, as-reported, hoặc một ngày như 2025-06-30",
            "--boundaries “{written}”: use as-of, as-reported, or a day such as 2025-06-30",
        )
        raise UsageError(text.fill(written=written)) from None
    if day < TABLES_START:
        text = Text(
            "--boundaries {written}: danh mục đơn vị chỉ có từ ngày {start}",
            "--boundaries {written}: the lists of units begin on {start}",
        )
        raise UsageError(text.fill(written=written, start=f"{TABLES_START:%d/%m/%Y}"))
    return Boundaries(Mode.DAY, day)


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
    return replace(figures, counts={}, printed_rates={}, superseded_on=since)
