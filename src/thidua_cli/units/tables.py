"""The shipped tables of units: what stood on which day, read as late and as little as the question needs.

Provinces and districts are two small files; communes lie in one file per province, of which a check of one
district opens one. Source, dates and decisions: data/units/SOURCE.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Final

from thidua_cli.model import Level, Unit, year_end

TABLES_START: Final = date(2021, 7, 1)
"""The earliest day the tables speak for; year-end 2021 is the first baseline of the three-year criteria."""
COMPLETE_FROM: Final = date(2021, 11, 1)
"""From this day on the names and types of the lists were held against dated releases of another source."""
COMPLETE_UNTIL: Final = date(2026, 9, 25)
"""Up to this day all changes that the statistics office lists are in the tables: data/units/SOURCE.md."""
REFORM_DAY: Final = date(2025, 7, 1)
"""From this day on there is no district tier, and communes belong to provinces."""

_ONE_DAY: Final = timedelta(days=1)
_NAMED_ANEW: Final = frozenset({"renamed", "retyped"})
_PROVINCE_DIGITS: Final = 2
_DISTRICT_DIGITS: Final = 3
_COMMUNE_DIGITS: Final = 5
_FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "units"


@lru_cache(maxsize=64)
def boundary_day(year: int) -> date:
    """Return the day on whose boundaries the review of `year` is read: its year-end, or the first day of the tables."""
    return max(year_end(year), TABLES_START)


class UnitTables:
    """Units by code and day. One row of the tables = one unit during one period: (code, valid_from)."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        self._folder = folder
        self._provinces: dict[str, tuple[Unit, ...]] | None = None
        self._districts: dict[str, tuple[Unit, ...]] | None = None
        self._communes: dict[str, dict[str, tuple[Unit, ...]]] = {}
        """File (province code) → commune code → its rows in that file."""
        self._commune_children: dict[str, dict[str, list[Unit]]] = {}
        """File → parent code → rows, of all days."""
        self._ranges: list[tuple[str, str, tuple[str, ...]]] | None = None
        self._first_codes: list[str] = []
        """Of the runs in `_ranges`."""
        self._begins: dict[tuple[str, date], str] = {}
        """(code, first day) → how the period begins, where the table says so: see `begins`."""
        self._renamed: set[str] = set()
        """Codes of the opened files that got another name or type over the same area."""
        self._spellings: dict[str, str] | None = None
        self._without_households: frozenset[str] | None = None
        self._standing: dict[tuple[str, date], tuple[Unit, ...]] = {}
        self._communes_of_day: dict[tuple[str, date], tuple[Unit, ...]] = {}
        self._periods: dict[str, tuple[Unit, ...]] = {}
        """Code → its rows, of all files: asked for again and again."""

    def provinces(self, on: date) -> tuple[Unit, ...]:
        """Return the provinces that stand on a day, by code."""
        return _standing_on(_flat(self._all_provinces()), on)

    def districts(self, on: date, province: str | None = None) -> tuple[Unit, ...]:
        """Return the districts that stand on a day, of one province or of all; none since the reform."""
        rows = _flat(self._all_districts())
        return tuple(row for row in rows if row.stands_on(on) and (province is None or row.parent_code == province))

    def communes(self, on: date, province: str | None = None) -> tuple[Unit, ...]:
        """Return the communes that stand on a day, of one province or (slower) of all."""
        if province is None:
            return tuple(unit for file in self._file_names() for unit in self.communes(on, file))
        key = (province, on)
        units = self._communes_of_day.get(key)
        if units is None:
            units = self._communes_of_day[key] = _standing_on(_flat(self._file(province)), on)
        return units

    def children(self, code: str, on: date) -> tuple[Unit, ...]:
        """Return the units right below `code` on a day: districts or communes of a province, communes of a district.

        The code "VN" (or an empty one) has the provinces.
        """
        key = (code, on)
        units = self._standing.get(key)
        if units is None:
            units = self._standing[key] = _standing_on(self._rows_below(code), on)
        return units

    def reporting_children(self, code: str, on: date) -> tuple[Unit, ...]:
        """Return the children that have households to report: all but Hoàng Sa, where nobody lives."""
        if self._without_households is None:
            self._without_households = frozenset(line.split(",")[0] for line in self._lines("without_households.csv"))
        units, uninhabited = self.children(code, on), self._without_households
        return tuple([unit for unit in units if unit.code not in uninhabited])

    def children_ever(self, code: str) -> tuple[Unit, ...]:
        """Return all rows, of whatever period, that had `code` as their parent."""
        return tuple(self._rows_below(code))

    def rows(self) -> list[Unit]:
        """Return every row of every tier and period, the highest tier first. Opens all files."""
        communes = [row for file in self._file_names() for row in _flat(self._file(file))]
        return [*_flat(self._all_provinces()), *_flat(self._all_districts()), *communes]

    def rows_within(self, code: str) -> list[Unit]:
        """Return every row, of whatever period, below a province or a district, at any depth."""
        below = list(self._rows_below(code))
        districts = dict.fromkeys(row.code for row in below if row.level is Level.DISTRICT)
        return [*below, *(row for district in districts for row in self._rows_below(district))]

    def get(self, code: str, on: date) -> Unit | None:
        """Return the unit that bears the code on a day, or None."""
        for row in self._periods.get(code) or self.periods(code):
            if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
                return row
        return None

    def periods(self, code: str) -> tuple[Unit, ...]:
        """Return all rows of a code, oldest first; none where the code is unknown."""
        rows = self._periods.get(code)
        if rows is None:
            if len(code) > _COMMUNE_DIGITS:
                return ()  # of a village: of hundreds of thousands nothing is to be kept as long as the process lives
            rows = self._periods[code] = self._periods_in_files(code)
        return rows

    def _periods_in_files(self, code: str) -> tuple[Unit, ...]:
        if len(code) == _PROVINCE_DIGITS:
            return self._all_provinces().get(code, ())
        if len(code) == _DISTRICT_DIGITS:
            return self._all_districts().get(code, ())
        # A code lies in the files of two provinces where the reform of 2025 joined them: half of all codes do.
        parts = [part for file in self._files_of(code) if (part := self._file(file).get(code))]
        if len(parts) == 1:
            return parts[0]  # in order, as in its file
        return tuple(sorted((row for part in parts for row in part), key=attrgetter("valid_from")))

    def ancestors(self, unit: Unit, on: date) -> tuple[Unit, ...]:
        """Return the units above `unit` on a day, nearest first."""
        above: list[Unit] = []
        code = unit.parent_code
        while code:
            parent = self.get(code, on)
            if parent is None:
                break
            above.append(parent)
            code = parent.parent_code
        return tuple(above)

    def province_of(self, code: str, on: date) -> str | None:
        """Return the code of the province a unit lies in on a day, or None where the code does not stand."""
        unit = self.get(code, on)
        while unit is not None and unit.level is not Level.PROVINCE:
            unit = self.get(unit.parent_code, on)
        return unit.code if unit is not None else None

    def begins(self, unit: Unit) -> str:
        """Return how a unit's period begins.

        "reorganised" (with another area), "renamed", "retyped", "moved" (to another district), "new", "reform" (with
        another area in the two-tier system of 1 July 2025), "unchanged" (as it was, but without a district above it),
        or empty for the first row of a code.
        """
        # How a period begins is known once its file is open.
        self.periods(unit.code)
        return self._begins.get((unit.code, unit.valid_from), "")

    def was_renamed(self, unit: Unit) -> bool:
        """Say whether a unit that was read has, or had, another name or type over the same area."""
        return unit.code in self._renamed

    def is_reorganised(self, unit: Unit) -> bool:
        """Say whether a unit's period begins with another area than the one before."""
        return self.begins(unit) in {"reorganised", "reform"}

    def area_since(self, code: str, on: date) -> date | None:
        """Return the first day on which the unit had the area it has on `on`; None where the code does not stand then.

        A merger or a division begins another area; a new name or type, or a move to another district, does not.
        """
        periods = self.periods(code)
        if len(periods) == 1:
            return periods[0].valid_from if periods[0].stands_on(on) else None
        index = next((place for place, unit in enumerate(periods) if unit.stands_on(on)), None)
        if index is None:
            return None
        while index > 0 and not self.is_reorganised(periods[index]):
            index -= 1
        return periods[index].valid_from

    def area_ends(self, code: str) -> tuple[date, ...]:
        """Return the days from which a unit no longer had the area of the eve, or no longer stood, oldest first."""
        periods = self.periods(code)
        days = [unit.valid_from for unit in periods[1:] if self.is_reorganised(unit)]
        gone = [unit.valid_to + _ONE_DAY for unit in periods[-1:] if unit.valid_to is not None]
        return (*days, *gone)

    def other_spelling(self, unit: Unit) -> str | None:
        """Return the name under which the list of mid-2025 has a unit, where it is spelt otherwise than here.

        None for what the reform made: Xã Đông Giang keeps the code of Thị trấn P Rao, not its name in any spelling.
        """
        if self.begins(unit) == "reform":
            return None
        if self._spellings is None:
            cells = (line.partition(",") for line in self._lines("spellings.csv"))
            self._spellings = {unit_code: name for unit_code, _, name in cells}
        return self._spellings.get(unit.code)

    def _rows_below(self, code: str) -> Iterable[Unit]:
        if code in ("", "VN"):
            return _flat(self._all_provinces())
        if len(code) == 2:
            districts = [row for row in _flat(self._all_districts()) if row.parent_code == code]
            return [*districts, *self._below_in_file(code, code)]
        if len(code) == 3:
            # No district went to another province before its tier ended: any of its periods names the file.
            periods = self.periods(code)
            return self._below_in_file(periods[0].parent_code, code) if periods else ()
        return ()

    def _below_in_file(self, file: str, parent: str) -> list[Unit]:
        self._file(file)
        return self._commune_children.get(file, {}).get(parent, [])

    def _all_provinces(self) -> dict[str, tuple[Unit, ...]]:
        if self._provinces is None:
            self._provinces = _by_code(self._read("provinces.csv", Level.PROVINCE))
        return self._provinces

    def _all_districts(self) -> dict[str, tuple[Unit, ...]]:
        if self._districts is None:
            self._districts = _by_code(self._read("districts.csv", Level.DISTRICT))
        return self._districts

    def _file(self, province: str) -> dict[str, tuple[Unit, ...]]:
        """Return the communes of one file by code; empty where no such file was ever written."""
        communes = self._communes.get(province)
        if communes is None:
            if province not in self._all_provinces():
                return {}
            rows = self._read(f"communes/{province}.csv", Level.COMMUNE)
            below: dict[str, list[Unit]] = {}
            for row in rows:
                below.setdefault(row.parent_code, []).append(row)
            self._commune_children[province] = below
            communes = self._communes[province] = _by_code(rows)
        return communes

    def _file_names(self) -> tuple[str, ...]:
        return tuple(self._all_provinces())

    def _files_of(self, code: str) -> tuple[str, ...]:
        """Return the files a commune code may lie in: runs of codes are listed in a small table."""
        if self._ranges is None:
            parts = (line.split(",") for line in self._lines("ranges.csv"))
            self._ranges = [(first, last, tuple(files.split())) for first, last, files in parts]
            self._first_codes = [first for first, _, _ in self._ranges]
        position = bisect_right(self._first_codes, code) - 1
        return self._ranges[position][2] if position >= 0 and code <= self._ranges[position][1] else ()

    def _read(self, name: str, level: Level) -> list[Unit]:
        units = []
        for line in self._lines(name):
            cells = line.split(",")
            unit = _unit(cells, level)
            if cells[6]:
                self._begins[unit.code, unit.valid_from] = cells[6]
                if cells[6] in _NAMED_ANEW:
                    self._renamed.add(unit.code)
            units.append(unit)
        return units

    def _lines(self, name: str) -> list[str]:
        """Return the lines below the heading. Names hold no commas: the build script makes sure."""
        return (self._folder / name).read_text(encoding="utf-8").splitlines()[1:]


@lru_cache(maxsize=1)
def bundled() -> UnitTables:
    """Return the tables that come with the program, the same object every time."""
    return UnitTables()


@lru_cache(maxsize=64)
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _unit(cells: list[str], level: Level) -> Unit:
    start = _day(cells[4])
    if start is None:
        raise ValueError(f"a unit without a first day: {cells}")
    return Unit(cells[0], cells[1], cells[2], level, cells[3], start, _day(cells[5]))


def _by_code(rows: list[Unit]) -> dict[str, tuple[Unit, ...]]:
    """Group rows by code; they come sorted by code and first day."""
    grouped: dict[str, tuple[Unit, ...]] = {}
    for row in rows:
        grouped[row.code] = (*grouped.get(row.code, ()), row)
    return grouped


def _flat(grouped: Mapping[str, tuple[Unit, ...]]) -> list[Unit]:
    return [row for rows in grouped.values() for row in rows]


def _standing_on(rows: Iterable[Unit], on: date) -> tuple[Unit, ...]:
    return tuple([row for row in rows if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)])
