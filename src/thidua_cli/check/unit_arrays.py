"""The rows of a long table by unit and year-end, in arrays: what the checks ask of half a million rows at once.

Loaded for long tables alone. Nothing here says what is wrong: it says which few rows the checks have to look at, never
too few, and `CheckContext` answers from it what it answers from its lists elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from thidua_cli.model import Level, Status
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.record.long_tables import different
from thidua_cli.observations import Coded, Observations
from thidua_cli.units.tables import UnitTables, boundary_day

Rows: TypeAlias = NDArray[np.int64]
Marks: TypeAlias = NDArray[np.bool_]
OFFICIAL = frozenset({Level.PROVINCE, Level.DISTRICT, Level.COMMUNE})
_DIGITS = frozenset({2, 3, 5})


def marks(coded: Coded, test: Callable[[Any], bool]) -> Marks:
    """Return row → whether its value passes a test, which is made once for each different value."""
    return np.fromiter(map(test, coded.values), np.bool_, len(coded.values))[coded.codes]


def first_rows(codes: NDArray[np.integer[Any]], size: int, rows: Rows) -> Rows:
    """Return code → the first of some rows, in ascending order, that has it; the greatest number where none has."""
    first = np.full(size, np.iinfo(np.int64).max)
    first[codes[rows[::-1]]] = rows[::-1]  # of several the last one written stays
    return first


def listed(rows: Rows) -> list[int]:
    """Return rows as machine integers of Python, which lists and findings hold."""
    rows_of_python: list[int] = rows.tolist()
    return rows_of_python


def rows_beside_preliminary(observations: Observations) -> list[int]:
    """Return the preliminary rows of which a final one has the unit, year-end and line, and those final ones."""
    statuses = observations.coded("status")
    is_preliminary = marks(statuses, lambda status: status is Status.PRELIMINARY)
    if not is_preliminary.any():
        return []
    unit, line = observations.coded("unit_code"), observations.coded("poverty_line")
    year = np.array(observations.year, np.int64)
    key = (unit.codes.astype(np.int64) * len(line.values) + line.codes) * (int(year.max()) + 1) + year
    is_final = marks(statuses, lambda status: status is Status.FINAL)
    both = np.intersect1d(key[is_preliminary], key[is_final])
    return listed(np.flatnonzero(np.isin(key, both))) if len(both) else []


def _is_village(level: Level) -> bool:
    return level is Level.VILLAGE


class UnitOrder:
    """The standing rows by unit and year-end; of `odd` units some year-end has several, which lists must tell apart."""

    def __init__(self, observations: Observations, replaced: Collection[int]) -> None:
        self.coded = observations.coded("unit_code")
        self.unit = self.coded.codes
        self.year = np.array(observations.year, np.int64)
        self.first_year, self.last_year = int(self.year.min()), int(self.year.max())
        stands = np.ones(len(self.unit), np.bool_)
        stands[list(replaced)] = False
        self.standing = np.flatnonzero(stands)
        self.first_row = first_rows(self.unit, len(self.coded.values), self.standing)
        """Code of a unit → its first standing row: series come in this order."""
        keys = self.key(self.unit[self.standing], self.year[self.standing])
        sorting = np.argsort(keys, kind="stable")
        self.by_year, self.keys = self.standing[sorting], keys[sorting]
        """Standing rows by series and year-end, and their keys."""
        self.odd = np.zeros(len(self.coded.values), np.bool_)
        self.odd[self.unit[self.by_year[1:][self.keys[1:] == self.keys[:-1]]]] = True

    def key(self, unit: NDArray[np.integer[Any]], year: Rows) -> Rows:
        """Return one number for each unit and year-end, growing as series do; the greatest for units without a row."""
        span = self.last_year - self.first_year + 1
        first = self.first_row[unit]
        has_row = first < len(self.unit)
        return np.where(has_row, np.where(has_row, first, 0) * span + (year - self.first_year), np.iinfo(np.int64).max)

    @property
    def odd_rows(self) -> list[int]:
        """The standing rows of the odd units."""
        return listed(self.standing[self.odd[self.unit[self.standing]]]) if self.odd.any() else []

    def rows_of(self, unit: int, year: int) -> list[int]:
        """Return all standing rows of a unit and year-end, in the order of reading."""
        first = int(self.first_row[unit])
        if not self.first_year <= year <= self.last_year or first >= len(self.unit):
            return []
        key = first * (self.last_year - self.first_year + 1) + year - self.first_year
        place = end = int(np.searchsorted(self.keys, key))
        while end < len(self.keys) and self.keys[end] == key:
            end += 1
        return listed(self.by_year[place:end])

    def with_series(self, odd: Mapping[str, Sequence[int]]) -> Rows:
        """Return the rows of all series one after another; those of odd units as they are given."""
        if not odd:
            return self.by_year
        plain = self.by_year[~self.odd[self.unit[self.by_year]]]
        every = np.concatenate([plain, np.fromiter(chain.from_iterable(odd.values()), np.int64)])
        return every[np.argsort(self.first_row[self.unit[every]], kind="stable")]


class SeriesOfRows(Mapping[str, "list[int]"]):
    """Unit code → its rows, made when they are asked for."""

    def __init__(self, rows: Rows, starts: Rows, codes: Sequence[str]) -> None:
        self._rows = rows
        self._ends = np.append(starts[1:], len(rows))
        self._starts = starts
        self._codes = codes
        """Codes in the order of the series."""

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self._codes)}

    def __getitem__(self, code: str) -> list[int]:
        place = self._places[code]
        return listed(self._rows[self._starts[place] : self._ends[place]])

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def __contains__(self, code: object) -> bool:
        return code in self._places


class Pairs(NamedTuple):
    """Rows that may be compared, in the order of the series."""

    before: Rows
    after: Rows


class UnitArrays:
    """All series as arrays over their rows, one after another: `rows`, and what begins where."""

    def __init__(self, observations: Observations, tables: UnitTables, order: UnitOrder, odd: Mapping[str, list[int]]):
        self._observations, self._tables, self.order = observations, tables, order
        self.rows = order.with_series(odd)
        self.unit = order.unit[self.rows]
        self.year = order.year[self.rows]
        self.begins = np.append(True, self.unit[1:] != self.unit[:-1])
        """Place in `rows` → whether a series begins there."""
        self.starts = np.flatnonzero(self.begins)
        self.first_day, self.last_day = boundary_day(order.first_year), boundary_day(order.last_year)

    @cached_property
    def series(self) -> SeriesOfRows:
        """The series by their codes."""
        return SeriesOfRows(self.rows, self.starts, self._codes)

    @cached_property
    def _codes(self) -> list[str]:
        values = self.order.coded.values
        return [values[unit] for unit in self.unit[self.starts].tolist()]

    @cached_property
    def _lengths(self) -> NDArray[np.int64]:
        """Place of a series in `starts` → how many letters its code has."""
        return np.fromiter(map(len, self._codes), np.int64, len(self._codes))

    @cached_property
    def official(self) -> Marks:
        """Row of the observations → whether it is of a province, a district or a commune."""
        return marks(self._observations.coded("level"), OFFICIAL.__contains__)

    def rows_of(self, code: str, year: int) -> list[int]:
        """Return all standing rows of a unit and year-end as read."""
        unit = self._units.get(code)
        return [] if unit is None else self.order.rows_of(unit, year)

    @cached_property
    def _units(self) -> dict[str, int]:
        return {code: unit for unit, code in enumerate(self.order.coded.values)}

    # ------------------------------------------------------------ areas

    def days_of(self, code: str) -> tuple[date, ...]:
        """Return the days within the table's years on which the area of a code changed."""
        periods = self._tables.periods(code)
        if not periods or (len(periods) == 1 and (periods[0].valid_to or self.last_day) >= self.last_day):
            return ()
        return tuple(day for day in self._tables.area_ends(code) if self.first_day < day <= self.last_day)

    def _days_by_unit(self) -> dict[int, tuple[date, ...]]:
        """Return place of a series in `starts` → the days of its area, for the few that have any."""
        rows, codes = self.rows[self.starts], self._codes
        is_village = marks(self._observations.coded("level"), _is_village)[rows]
        parents = self._observations.coded("parent_code")
        parent = parents.codes[rows]
        communes = different(parent[is_village], len(parents.values)).tolist()
        days = {each: self.days_of(parents.values[each]) for each in communes}
        has_days = np.zeros(len(parents.values), np.bool_)
        has_days[[each for each, ends in days.items() if ends]] = True
        to_ask = np.flatnonzero(has_days[parent] & is_village | np.isin(self._lengths, list(_DIGITS)))
        told = dict[int, tuple[date, ...]]()
        for place, of_village, above in zip(
            to_ask.tolist(), is_village[to_ask].tolist(), parent[to_ask].tolist(), strict=True
        ):
            code = codes[place]
            is_told = of_village and code.startswith(f"{parents.values[above]}-")
            told[place] = days[above] if is_told else self.days_of(code)
        return {place: ends for place, ends in told.items() if ends}

    @cached_property
    def stretch_begins(self) -> Marks:
        """Place in `rows` → whether a stretch begins there: a series, or an area that its unit did not have before."""
        days = self._days_by_unit()
        if not days:
            return self.begins
        patterns = {ends: number for number, ends in enumerate(dict.fromkeys(days.values()), start=1)}
        years = range(self.order.first_year, self.order.last_year + 1)
        passed = np.zeros((len(patterns) + 1, len(years)), np.int64)
        for ends, number in patterns.items():
            passed[number] = [sum(day <= boundary_day(year) for day in ends) for year in years]
        pattern = np.zeros(len(self.starts), np.int64)
        pattern[list(days)] = [patterns[ends] for ends in days.values()]
        areas = passed[pattern[np.cumsum(self.begins) - 1], self.year - self.order.first_year]
        begins: Marks = self.begins | np.append(True, areas[1:] != areas[:-1])
        return begins

    @cached_property
    def stretch_starts(self) -> Rows:
        """The places in `rows` at which stretches begin."""
        return np.flatnonzero(self.stretch_begins)

    def stretches(self, wanted: Marks | None = None) -> Iterator[list[int]]:
        """Yield stretches, or those marked, as lists of rows."""
        starts = self.stretch_starts
        ends = np.append(starts[1:], len(self.rows))
        if wanted is not None:
            starts, ends = starts[wanted], ends[wanted]
        return (self.rows[start:end].tolist() for start, end in zip(starts.tolist(), ends.tolist(), strict=True))

    @cached_property
    def neighbours(self) -> Pairs:
        """Each row with that of the year-end before, on one area and one poverty line."""
        lines = self._observations.coded("poverty_line")
        line = lines.codes[self.rows]
        if len(line) and (line == line[0]).all():
            is_pair = ~self.stretch_begins[1:] & (self.year[:-1] + 1 == self.year[1:])
            return Pairs(self.rows[:-1][is_pair], self.rows[1:][is_pair])
        stretch = np.cumsum(self.stretch_begins)
        places = np.argsort(stretch * len(lines.values) + line, kind="stable")
        early, late = places[:-1], places[1:]
        is_pair = stretch[early] == stretch[late]
        is_pair &= line[early] == line[late]
        is_pair &= self.year[early] + 1 == self.year[late]
        early, late = early[is_pair], late[is_pair]
        in_order = np.argsort(late, kind="stable")
        return Pairs(self.rows[early[in_order]], self.rows[late[in_order]])

    @cached_property
    def _before(self) -> NDArray[np.int64]:
        return self._beside(self.neighbours.after, self.neighbours.before)

    @cached_property
    def _after(self) -> NDArray[np.int64]:
        return self._beside(self.neighbours.before, self.neighbours.after)

    def _beside(self, rows: Rows, others: Rows) -> NDArray[np.int64]:
        beside = np.full(len(self.order.unit), -1)
        beside[rows] = others
        return beside

    def row_before(self, row: int) -> int | None:
        """Return the row of the year-end before; None where none may be compared."""
        before = int(self._before[row])
        return None if before < 0 else before

    def row_after(self, row: int) -> int | None:
        """Return the row of the year-end after, likewise."""
        after = int(self._after[row])
        return None if after < 0 else after

    # ------------------------------------------------------------ what has to be looked at

    def stretches_that_may_lack_years(self) -> Iterator[list[int]]:
        """Yield the stretches that have a gap, and those that other units may have figures before or after."""
        starts = self.stretch_starts
        first, last = self.year[starts], self.year[np.append(starts[1:], len(self.rows)) - 1]
        is_new_year = self.stretch_begins | np.append(True, self.year[1:] != self.year[:-1])
        years = np.add.reduceat(is_new_year, starts, dtype=np.int64)
        is_beside = (first > self.order.first_year) | (last <= self.order.last_year - 2)
        return self.stretches((years <= last - first) | (is_beside & self.official[self.rows[starts]]))

    def rows_that_may_be_first(self) -> list[int]:
        """Return the first rows of stretches before which there were figures of the year-end before."""
        rows = self.rows[self.stretch_starts]
        years = self.order.year[rows]
        there = np.zeros(self.order.last_year - self.order.first_year + 2, np.bool_)
        there[self.order.year - self.order.first_year + 1] = True
        return listed(rows[there[years - self.order.first_year] & self.official[rows]])

    def series_of_several_lines(self) -> Iterator[list[int]]:
        """Yield the series whose poverty line is not one throughout."""
        line = self._observations.coded("poverty_line").codes[self.rows]
        changes = np.append(False, line[1:] != line[:-1]) & ~self.begins
        ends = np.append(self.starts[1:], len(self.rows))
        for place in np.flatnonzero(np.add.reduceat(changes, self.starts, dtype=np.int64)).tolist():
            yield self.rows[self.starts[place] : ends[place]].tolist()

    def series_near_top(self, length: int) -> Iterator[tuple[str, list[int]]]:
        """Yield the series of codes of some length, and of those right below such codes."""
        is_of_length = marks(self._observations.coded("parent_code"), lambda code: len(code) == length)
        is_near = is_of_length[self.rows[self.starts]] | (self._lengths == length)
        ends = np.append(self.starts[1:], len(self.rows))
        for place in np.flatnonzero(is_near).tolist():
            yield self._codes[place], self.rows[self.starts[place] : ends[place]].tolist()
