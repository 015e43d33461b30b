"""What series are brought to: the boundaries of which day, and what the user says of units divided or without a list.

As reported, figures on another area are set aside, never joined by code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.measure.rebase import rebase
from thidua_cli.measure.shares import NO_SHARES, Shares
from thidua_cli.measure.villages import NO_VILLAGES, VillageBook, rebase_villages
from thidua_cli.model import Series, YearFigures, written_day
from thidua_cli.rulebook.unit_file import read_share_rows, read_unit_files
from thidua_cli.units.changes import bundled_changes
from thidua_cli.units.lineage import Lineage
from thidua_cli.units.tables import TABLES_START, UnitTables, boundary_day


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

    @property
    def written(self) -> str:
        """As `boundaries_of` takes it: "as-of", "as-reported" or a day."""
        return self.mode if self.day is None or self.mode is not Mode.DAY else self.day.isoformat()

    def on(self, last_year: int) -> date | None:
        """Return the day whose units are shown, where `last_year` is the last year-end; None as reported.

        Of years before the lists of units begin that is their first day.
        """
        if self.mode is Mode.AS_REPORTED:
            return None
        return self.day or boundary_day(last_year)


AS_OF: Final = Boundaries()


_LAST_DAY: Final = date(2099, 12, 31)
"""As the last year of `--as-of`."""


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
    if day > _LAST_DAY:
        text = Text("--boundaries {written}: không thể sau năm {year}", "--boundaries {written}: not after {year}")
        raise UsageError(text.fill(written=written, year=str(_LAST_DAY.year)))
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


@dataclass(frozen=True, slots=True)
class BoundaryChoice:
    """The boundaries asked for, and the user's own files about units."""

    boundaries: Boundaries = AS_OF
    shares: Shares = NO_SHARES
    villages: VillageBook = NO_VILLAGES
    share_files: tuple[Path, ...] = field(default=())
    unit_files: tuple[Path, ...] = field(default=())

    def brought(self, series: Sequence[Series], tables: UnitTables, last_year: int | None = None) -> list[Series]:
        """Return the series on these boundaries; `last_year` is the last year-end, the newest of the figures if None.

        Raises:
            InputError: The user's shares or villages do not fit the units or the figures.
        """
        day = self.day(series, last_year)
        if day is None:
            return list(series)
        lineage = Lineage(tables, bundled_changes())
        brought = rebase(series, tables, lineage, day, self.shares)
        return rebase_villages(brought, tables, lineage, day, self.villages)

    def day(self, series: Sequence[Series], last_year: int | None = None) -> date | None:
        """Return the day whose boundaries are meant; None as reported, or where there are no figures."""
        last = (
            last_year if last_year is not None else max((year for unit in series for year in unit.years), default=None)
        )
        return None if last is None else self.boundaries.on(last)


def standing(ground: BoundaryChoice | None, series: Sequence[Series], last_year: int | None) -> Boundaries:
    """Return the boundaries of series that were brought to `ground`, with their day."""
    ground = ground or BoundaryChoice()
    return Boundaries(ground.boundaries.mode, ground.day(series, last_year))


def load_ground(boundaries: Boundaries, share_files: Sequence[Path], unit_files: Sequence[Path]) -> BoundaryChoice:
    """Return the boundaries with the user's files read.

    Raises:
        InputError: A file cannot be read, or says something that is not allowed.
    """
    shares, villages = Shares(read_share_rows(share_files)), VillageBook(read_unit_files(unit_files))
    return BoundaryChoice(boundaries, shares, villages, tuple(share_files), tuple(unit_files))
