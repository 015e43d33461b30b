"""Villages on the boundaries of a day: each follows its commune, unless the user's files say where it went.

No national list of villages exists. A village is told by its commune and its name, or by the user's own code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.measure.joining import Pieces, joined
from thidua_cli.measure.series import in_hierarchy_order
from thidua_cli.model import DividedPart, Level, Part, Series, YearFigures
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.unit_file import UnitFiles, VillageRow
from thidua_cli.units.changes import Change, Changes, Households
from thidua_cli.units.lineage import NOWHERE, Extent, Lineage
from thidua_cli.units.tables import UnitTables, boundary_day
from thidua_cli.units.villages import lacks_accents, spelling, spelt_village_code, village_code

_ONE_DAY: Final = timedelta(days=1)
_WHOLE: Final = frozenset({Households.ALL, Households.ALL_PRESUMED, Households.SAME})


class VillageBook:
    """The user's villages and what became of them."""

    def __init__(self, files: UnitFiles | None = None) -> None:
        files = files or UnitFiles()
        self._rows: dict[str, list[VillageRow]] = {}
        for row in files.villages:
            self._rows.setdefault(row.code or village_code(row.commune_code, row.name), []).append(row)
        self.changes = Changes(files.changes)

    def row(self, code: str, name: str, on: date) -> VillageRow | None:
        """Return the line that speaks of a village on a day: by its code, or by its commune and name."""
        commune = code.partition("-")[0]
        rows = self._rows.get(code) or self._rows.get(village_code(commune, name)) or []
        return next((row for row in rows if row.stands_on(on) and _speaks_of(row, name)), None)

    def check_communes(self, tables: UnitTables) -> None:
        """Refuse lines whose commune no list knows on any day of the line.

        Raises:
            InputError: With file and line.
        """
        for row in (row for rows in self._rows.values() for row in rows):
            periods = tables.periods(row.commune_code)
            stands = [unit for unit in periods if (unit.valid_to or date.max) >= (row.valid_from or date.min)]
            if not [unit for unit in stands if unit.valid_from <= (row.valid_to or date.max)]:
                text = Text("không có xã nào mang mã {code} vào thời gian này", "no commune has the code {code} then")
                raise row.refuse(text.fill(code=row.commune_code))


def _speaks_of(row: VillageRow, name: str) -> bool:
    """Say whether a line that gives no code is that of a village of this name, and of none with other accents."""
    return bool(row.code) or spelling(row.name) == spelling(name) or lacks_accents(row.name) or lacks_accents(name)


NO_VILLAGES: Final = VillageBook()


class _Village(NamedTuple):
    """A village: its code, name and commune."""

    code: str
    name: str
    commune: str

    @property
    def by_name(self) -> bool:
        """Commune and name tell the village: it has no code of its own."""
        return self.code == village_code(self.commune, self.name) or self.code.startswith(f"{self.commune}-")

    @property
    def key(self) -> str:
        """What villages of one name have in common, however it is accented; of one with its own code, the code."""
        return village_code(self.commune, self.name) if self.by_name else self.code


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A village of a year-end that reached one of the day."""

    village: Part
    figures: YearFigures
    change: Change | None
    """The user's change that led here; None where it followed its commune."""
    successors: tuple[Part, ...] = ()
    """All villages its households went to, where they were divided."""


@dataclass(slots=True)
class _VillageOfTheDay:
    """A village of the day with all that reached it, by year-end."""

    place: _Village
    years: dict[int, list[_Arrival]]


def rebase_villages(
    series: Sequence[Series], tables: UnitTables, lineage: Lineage, day: date, book: VillageBook = NO_VILLAGES
) -> list[Series]:
    """Return the series with their villages brought to the boundaries of `day`, the other units as they are.

    A village goes where all households of its commune went. Two villages of one name that meet there cannot be told
    apart (`Series.namesakes`, their figures `conflicting`). A village whose commune was divided stays as reported with
    `ended_on` the day of the division. The user's changes and lists decide before any of this.

    Raises:
        InputError: A line of the user's files names a commune that no list knows.
    """
    book.check_communes(tables)
    villages = [unit for unit in series if unit.level is Level.VILLAGE]
    if not villages:
        return list(series)
    road = _Road(tables, lineage, day, book)
    targets: dict[str, list[_VillageOfTheDay]] = {}
    unplaced: dict[str, Series] = {}
    for unit in villages:
        for year, figures in unit.years.items():
            arrived = road.arrivals(unit, year, figures)
            for place, arrival in arrived:
                _target(targets.setdefault(place.key, []), place).years.setdefault(year, []).append(arrival)
            if not arrived:
                unplaced[unit.unit_code] = road.left_behind(unit, year, unplaced.get(unit.unit_code))
    placed = {target.place.code: _series(target) for few in targets.values() for target in _told_apart(few)}
    others = {unit.unit_code: unit for unit in series if unit.level is not Level.VILLAGE}
    return in_hierarchy_order({**others, **unplaced, **placed})


def _target(targets: list[_VillageOfTheDay], place: _Village) -> _VillageOfTheDay:
    """Return the village that a place is, among those of its code; of a village told by its name, the one spelt so."""
    for target in targets:
        if not place.by_name or spelling(target.place.name) == spelling(place.name):
            return target
    targets.append(_VillageOfTheDay(place, {}))
    return targets[-1]


def _told_apart(targets: list[_VillageOfTheDay]) -> list[_VillageOfTheDay]:
    """Return the villages of one code, each with a code of its own where their names differ in accents.

    Where one of the names was typed without accents nobody can tell which of them it is: they are one, in conflict.
    """
    if len(targets) == 1:
        return targets
    if any(lacks_accents(target.place.name) for target in targets):
        years: dict[int, list[_Arrival]] = {}
        for target in targets:
            for year, arrivals in target.years.items():
                years.setdefault(year, []).extend(arrivals)
        return [_VillageOfTheDay(targets[0].place, years)]
    for target in targets:
        place = target.place
        target.place = place._replace(code=spelt_village_code(place.commune, place.name))
    return targets


class _Road:
    """The way of villages to one day."""

    def __init__(self, tables: UnitTables, lineage: Lineage, day: date, book: VillageBook) -> None:
        self._tables = tables
        self._lineage = lineage
        self._day = day
        self._book = book

    def arrivals(self, village: Series, year: int, figures: YearFigures) -> list[tuple[_Village, _Arrival]]:
        """Return where a village of a year-end is on the day; nothing where that is not known."""
        on = boundary_day(year)
        row = self._book.row(village.unit_code, village.unit_name, on)
        start = _Village(village.unit_code, village.unit_name, row.commune_code if row else _commune_of(village))
        part = Part(village.unit_code, village.unit_name)
        if not start.by_name and not self._book.changes.leaving(start.code, on, self._day):
            # Its own code says that it is the same village in all years; the series knows its last commune alone.
            on = boundary_day(max(village.years))
        ends = self._followed(start, on)
        parts = tuple(Part(place.code, place.name) for place, _ in ends) if len(ends) > 1 else ()
        return [(place, _Arrival(part, figures, change, parts)) for place, change in ends]

    def left_behind(self, village: Series, year: int, known: Series | None) -> Series:
        """Return the series of a village nobody can place, with one more of its year-ends."""
        on = boundary_day(year)
        ends = self._lineage.destinations(_commune_of(village), on, self._day) if on <= self._day else ()
        days = [end.changes[0].day for end in ends if end.changes]
        years = {**(known.years if known is not None else {}), year: village.years[year]}
        return replace(village, years=years, ended_on=min(days, default=self._day))

    def _followed(self, place: _Village, on: date) -> list[tuple[_Village, Change | None]]:
        """Follow the user's changes, then the commune."""
        last: Change | None = None
        while changes := self._book.changes.leaving(place.code, on, self._day):
            today = [
                change
                for change in changes
                if change.day == changes[0].day and change.households is not Households.NONE
            ]
            if len(today) > 1:
                ends = [self._followed(self._stepped(place, change, on), change.day) for change in today]
                return [(end, change) for change, reached in zip(today, ends, strict=True) for end, _ in reached]
            if not today or today[0].households not in _WHOLE:
                return []
            last = today[0]
            place, on = self._stepped(place, last, on), last.day
        settled = self._settled(place, on)
        return [] if settled is None else [(settled, last)]

    def _stepped(self, place: _Village, change: Change, on: date) -> _Village:
        """Return the village a user's change leads to."""
        row = self._book.row(change.to_code, change.to_name or place.name, change.day)
        prefix = change.to_code.partition("-")[0]
        if row is not None:
            commune = row.commune_code
        elif self._tables.get(prefix, change.day) is not None:
            commune = prefix
        else:
            commune = self._commune_on(place.commune, on, change.day - _ONE_DAY) or place.commune
        return _Village(change.to_code, change.to_name or (row.name if row else place.name), commune)

    def _settled(self, place: _Village, on: date) -> _Village | None:
        """Return the village on the day: where the user's list has it, else where its commune went."""
        row = self._book.row(place.code, place.name, self._day)
        name = row.name if row is not None else place.name
        commune = row.commune_code if row is not None else self._commune_on(place.commune, on, self._day)
        if commune is None:
            return None
        if not place.by_name:
            return _Village(place.code, name, commune)
        is_spelt = place.code == spelt_village_code(place.commune, place.name)
        code_of = spelt_village_code if is_spelt else village_code
        return _Village(code_of(commune, name), name, commune)

    def _commune_on(self, commune: str, on: date, until: date) -> str | None:
        """Return the commune that all households of another went to; None where there is no such one."""
        if on == until:
            return commune
        if on > until:
            back = self._lineage.sources(commune, on, until)
            return back[0].code if len(back) == 1 and self._commune_on(back[0].code, until, on) == commune else None
        ends = [end for end in self._lineage.destinations(commune, on, until) if end.extent is not Extent.NONE]
        return ends[0].code if len(ends) == 1 and ends[0].code != NOWHERE else None


def _commune_of(village: Series) -> str:
    """Return the commune a village is told by, else the one it was last reported under."""
    prefix, dash, _ = village.unit_code.partition("-")
    return prefix if dash and prefix.isdigit() else village.parent_code


def _series(target: _VillageOfTheDay) -> Series:
    years = {year: _year(year, arrivals) for year, arrivals in sorted(target.years.items())}
    together = [arrivals for arrivals in target.years.values() if _are_namesakes(arrivals)]
    namesakes = {arrival.village for arrivals in together for arrival in arrivals}
    place = target.place
    return Series(place.code, place.name, Level.VILLAGE, place.commune, years, namesakes=tuple(sorted(namesakes)))


def _year(year: int, arrivals: Sequence[_Arrival]) -> YearFigures:
    """Return the figures of one village at one year-end."""
    first = arrivals[0]
    if len(arrivals) == 1 and not first.successors:
        return first.figures
    whole = [arrival for arrival in arrivals if not arrival.successors]
    divided = [(_divided(arrival), arrival.figures) for arrival in arrivals if arrival.successors]
    pieces = Pieces([arrival.village for arrival in whole], [arrival.figures for arrival in whole], divided)
    figures = joined(year, pieces, first.figures.area_since)
    return replace(figures, counts={}, conflicting=True) if _are_namesakes(arrivals) else figures


def _divided(arrival: _Arrival) -> DividedPart:
    change = arrival.change
    on, evidence = (change.day, change.evidence) if change is not None else (date.min, "")
    return DividedPart(arrival.village, arrival.figures.counts, arrival.successors, on, evidence)


def _are_namesakes(arrivals: Iterable[_Arrival]) -> bool:
    """Say whether villages came together that nobody said were merged."""
    return sum(arrival.change is None for arrival in arrivals) > 1
