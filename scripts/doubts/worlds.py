"""Plain loops over what may have stood in a spoilt file, written without a look at how the program doubts.

A possible world is one change of one cell that explains all findings on it together: these vanish, and no other error
or warning appears but a jump. Findings are *on* a cell that another value of the cell would change. A cell that cannot
be used at all may have held anything, as may the rows of a unit that was lost, doubled or renamed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from typing import Final, NamedTuple

from doubts.answers import noticed
from thidua_cli import pipeline
from thidua_cli.check.catalogue import run_checks
from thidua_cli.check.context import CheckContext
from thidua_cli.check.logic import PARTS
from thidua_cli.findings import Finding
from thidua_cli.model import Basis, Measure, Series
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.table_reading import RateBesideCounts, RowCounts
from thidua_cli.observations import MISSING
from thidua_cli.units.tables import bundled

_JUMP: Final = "T003"
_ANYTHING: Final = frozenset({"L001", "L002", "V001", "V002", "V004", "V005", "F004", "F005"})
_COMPARED: Final = {"L001": {"households", "poor_households", "near_poor_households"}}
_MANY: Final = 6
_JUDGED: Final = frozenset(chain.from_iterable((*measure.parts, measure.whole) for measure in Measure))


class Place(NamedTuple):
    """One cell with a count."""

    file: str
    sheet: str
    row: int
    counted: str
    """Canonical name of the count."""


class Told(NamedTuple):
    """What makes a finding the same one in another world."""

    code: str
    place: tuple[str, str, str]
    unit: str | None
    year: int | None
    column: str | None


@dataclass(slots=True)
class Uses:
    """Where reading put the count of one cell."""

    rows: list[int]
    """Rows of the observations."""
    totals: list[tuple[int, int]]
    """(total, part; -1 for the total row itself)."""
    rates: list[int]
    sums: list[int]


class World(NamedTuple):
    """What may have stood in some cells instead."""

    changes: tuple[tuple[Place, int], ...]
    units: frozenset[str]
    """Units whose figures are others."""
    follows: bool = False
    """Sums that are formulas follow: the upper units' printed figures are others by the same step."""


def told(findings: Iterable[Finding]) -> dict[Told, tuple[object, ...]]:
    """Return errors and warnings with what another value of a cell would change in them."""
    return {
        Told(
            finding.kind.code,
            (finding.origin.file, finding.origin.sheet, finding.origin.cell),
            finding.unit_code,
            finding.year,
            finding.column,
        ): (
            finding.value,
            finding.expected,
            finding.difference,
            str(finding.details.get("part")),
            str(finding.details.get("whole")),
        )
        for finding in noticed(list(findings))
    }


@dataclass
class Worlds:
    """The possible worlds of files that were read."""

    reading: FilesRead
    findings: Sequence[Finding]
    """Those of reading and those of the checks."""

    def __post_init__(self) -> None:
        self.uses = dict[Place, Uses]()
        self._index()
        self.before = told(self._checked(self.reading))
        table = self.reading.observations
        self.rows_of = dict[tuple[str, int], list[int]]()
        for row in range(len(table)):
            self.rows_of.setdefault((table.unit_code[row], table.year[row]), []).append(row)
        self.series = pipeline.measure(self._settled())
        self.by_code = {unit.unit_code: unit for unit in self.series}

    def _checked(self, reading: FilesRead) -> list[Finding]:
        return run_checks(CheckContext(reading, bundled()))

    # ------------------------------------------------------------ cells

    def _use(self, place: Place) -> Uses:
        return self.uses.setdefault(place, Uses([], [], [], []))

    def _index(self) -> None:
        self._index_rows()
        reading, tables = self.reading, self.reading.observations.tables
        for number, total in enumerate(reading.totals):
            where = tables[total.table]
            for part, line in ((-1, total.row), *enumerate(total.parts)):
                for count in line.counts:
                    self._use(Place(where.file, where.sheet, line.sheet_row, count)).totals.append((number, part))
        for number, rate in enumerate(reading.rates):
            for count in {*rate.measure.parts, rate.measure.whole}:
                self._use(Place(*rate.origin[:3], count)).rates.append(number)
        for number, printed in enumerate(reading.sums):
            for count in Measure.MULTIDIMENSIONAL.parts:
                self._use(Place(*printed.origin[:3], count)).sums.append(number)

    def _index_rows(self) -> None:
        table = self.reading.observations
        for row in range(len(table)):
            for count in table.counts:
                for origin in table.origins(row, count):
                    if origin.column:  # else the table does not print that count
                        self._use(Place(*origin[:3], count)).rows.append(row)

    def value(self, place: Place) -> int | None:
        """Return what stands in a cell; None where it cannot be used."""
        uses, table = self.uses[place], self.reading.observations
        for number, part in uses.totals:
            line = self._line(number, part)
            if place.counted in line.counts:
                return line.counts[place.counted]
        # the one row of a unit; where several are summed, their own values stand in the totals
        return next((table.value(row, place.counted) for row in uses.rows if row not in table.summed_rows), None)

    def _line(self, number: int, part: int) -> RowCounts:
        total = self.reading.totals[number]
        return total.row if part < 0 else total.parts[part]

    def changed(self, place: Place, value: int) -> FilesRead:
        """Return the files as they would have been read with another value in one cell."""
        return self._changed(self.reading, place, value)

    def _changed(self, reading: FilesRead, place: Place, value: int) -> FilesRead:
        before, uses, world = self.value(place), self.uses[place], copy(reading)
        step = value - (before or 0)
        table = reading.observations
        counts = dict(table.counts)
        counts[place.counted] = counts[place.counted][:]
        for row in uses.rows:
            known = counts[place.counted][row]
            counts[place.counted][row] = value + self._others(place, row) if known == MISSING else known + step
        world.observations = replace(table, counts=counts)
        world.totals, world.rates, world.sums = list(world.totals), list(world.rates), list(world.sums)
        for number, part in uses.totals:
            total = world.totals[number]
            line = total.row if part < 0 else total.parts[part]
            mended = line._replace(counts={**line.counts, place.counted: value})
            parts = tuple(mended if part == other else old for other, old in enumerate(total.parts))
            world.totals[number] = replace(total, row=mended if part < 0 else total.row, parts=parts)
        for number in uses.rates:
            world.rates[number] = _with_count(world.rates[number], place.counted, step)
        for number in uses.sums:
            printed = world.sums[number]
            world.sums[number] = replace(printed, expected=printed.expected + step)
        return world

    def _others(self, place: Place, row: int) -> int:
        """Return what the other cells hold that a row of the observations is the sum of."""
        beside = (other for other, uses in self.uses.items() if row in uses.rows and other != place)
        return sum(self.value(other) or 0 for other in beside if other.counted == place.counted)

    # ------------------------------------------------------------ worlds

    def concerned(self) -> list[Place]:
        """Return the cells that a finding may be on: of its unit or its sum, in its year or the one before."""
        columns = {finding.column for finding in self.findings if finding.column}
        units = {finding.unit_code for finding in noticed(self.findings)}
        years = {finding.year for finding in noticed(self.findings) if finding.year}
        sums = {finding.kind.code for finding in noticed(self.findings)} & {"S001", "S002", "S003", "V006"}
        table = self.reading.observations
        named = {finding.origin[:3] for finding in noticed(self.findings)}
        near_years = years | {year - 1 for year in years} | {year + 1 for year in years}
        places = []
        for place, uses in self.uses.items():
            of_unit = any(table.unit_code[row] in units and table.year[row] in near_years for row in uses.rows)
            of_sum = place.counted in columns and any(table.year[row] in years for row in uses.rows)
            of_sum |= place.counted in columns and any(
                self.reading.totals[total].year in years for total, _ in uses.totals
            )
            of_rate = any(self.reading.rates[rate].year in years for rate in uses.rates)
            if of_unit or place[:3] in named or (sums and (of_sum or of_rate)):
                places.append(place)
        return places

    def possible(self, matters: Callable[[frozenset[str]], bool]) -> Iterator[World]:
        """Yield the possible worlds that matter, by the units whose figures differ; not the printed one."""
        table = self.reading.observations
        yield from self._choices()
        for place in self.concerned():
            units = frozenset().union(
                *(self._reached(table.unit_code[row], table.year[row]) for row in self.uses[place].rows)
            )
            if units and place.counted in _JUDGED and matters(units):
                for value in self._of(place):
                    yield World(((place, value),), units)
            yield from self._following(place, matters)

    def _following(self, place: Place, matters: Callable[[frozenset[str]], bool]) -> Iterator[World]:
        """Yield the worlds in which a count that jumps or is void is another, and sums that fit it now follow."""
        rows, table = self.uses[place].rows, self.reading.observations
        if len(rows) != 1 or place.counted not in _JUDGED or not (self._void(place) or self._jumps(place)):
            return
        units = self._reached(table.unit_code[rows[0]], table.year[rows[0]], place.counted)
        if matters(units):
            yield from (World(((place, value),), units, follows=True) for value in self._extremes(place))

    def _jumps(self, place: Place) -> bool:
        table, row = self.reading.observations, self.uses[place].rows[0]
        return any(
            finding.kind.code == _JUMP
            and (finding.unit_code, finding.column) == (table.unit_code[row], place.counted)
            and finding.year in (table.year[row], table.year[row] + 1)
            for finding in noticed(self.findings)
        )

    def _contradicting(self) -> Iterator[tuple[list[Place], str]]:
        """Yield the cells of several forms that contradict each other, with their unit: each of them may be right."""
        table = self.reading.observations
        for finding in noticed(self.findings):
            if finding.kind.code == "L006" and finding.column is not None and finding.unit_code is not None:
                rows = set(self.rows_of[finding.unit_code, finding.year or 0])
                places = [
                    place
                    for place, uses in self.uses.items()
                    if place.counted == finding.column and rows & {*uses.rows}
                ]
                places.sort(key=lambda place: table.form(self.uses[place].rows[0]))
                yield places, finding.unit_code

    def _choices(self) -> Iterator[World]:
        for places, unit in self._contradicting():
            for value in {self.value(place) for place in places} - {None}:
                yield World(tuple((place, value or 0) for place in places), frozenset({unit}))

    def _settled(self) -> FilesRead:
        """Return the files with one of the values that contradict each other, and some value where none can be used."""
        reading = self.reading
        for places, _ in self._contradicting():
            for place in places[1:]:
                reading = self._changed(reading, place, self.value(places[0]) or 0)
        for place, uses in self.uses.items():
            if self.value(place) is None and uses.rows and self._void(place):
                reading = self._changed(reading, place, self._beside(place)[0])
        return reading

    def _beside(self, place: Place) -> list[int]:
        """Return the values of the year-ends before and after, or nought."""
        table, row = self.reading.observations, self.uses[place].rows[0]
        years = (table.year[row] - 1, table.year[row] + 1)
        around = (other for year in years for other in self.rows_of.get((table.unit_code[row], year), ()))
        return [value for other in around if (value := table.value(other, place.counted)) is not None] or [0]

    def series_of(self, world: World) -> Sequence[Series]:
        """Return the series of a world, patched where one known figure of a unit changes, else measured anew."""
        patched = self._patched(*world.changes[0], world.follows)
        if patched is not None:
            return patched
        reading = self.reading
        for place, value in world.changes:
            reading = self._changed(reading, place, value)
        return pipeline.measure(reading)

    def _patched(self, place: Place, value: int, follows: bool) -> Sequence[Series] | None:
        before, table, rows = self.value(place), self.reading.observations, self.uses[place].rows
        unit, year = table.unit_code[rows[0]], table.year[rows[0]]
        figures = self.by_code[unit].years.get(year) if unit in self.by_code else None
        if len(rows) != 1 or figures is None or place.counted not in figures.counts:
            return None
        if before is None and rows[0] in table.summed_rows:
            return None
        known = figures.counts[place.counted]
        step = value - (before if before is not None and rows[0] in table.summed_rows else known)
        changed = self._reached(unit, year, place.counted if follows else None)
        return [
            _with_step(unit, year, place.counted, step) if unit.unit_code in changed else unit for unit in self.series
        ]

    def _reached(self, unit: str, year: int, following: str | None = None) -> frozenset[str]:
        """Return a unit, and those above it whose figures of the year are sums, printed ones of `following` too."""
        reached = {unit}
        own = self.by_code.get(unit)
        above = self.by_code.get(own.parent_code) if own is not None else None
        while above is not None and year in above.years and self._is_sum(above, year, following):
            reached.add(above.unit_code)
            above = self.by_code.get(above.parent_code)
        return frozenset(reached)

    def _is_sum(self, unit: Series, year: int, following: str | None) -> bool:
        figures = unit.years[year]
        if figures.basis is Basis.ROLLED_UP or following is None:
            return figures.basis is Basis.ROLLED_UP
        parts = [
            child.years[year] for child in self.series if child.parent_code == unit.unit_code and year in child.years
        ]
        return figures.counts.get(following) == sum(part.counts.get(following, 0) for part in parts)

    def _of(self, place: Place) -> Iterator[int]:
        value = self.value(place)
        void = self._void(place)
        if value is None or void:
            yield from self._extremes(place)
        if value is None:
            return
        probe = told(self._checked(self.changed(place, value + 1)))
        on = [key for key, content in self.before.items() if probe.get(key) != content]
        if not on:
            return
        for other in self._candidates(place, value, on):
            world = self.changed(place, other)
            after = told(self._checked(world))
            appeared = {key for key in after if key not in self.before and key.code != _JUMP}
            if not appeared and not any(key in after for key in on):
                yield other

    def _void(self, place: Place) -> bool:
        """Say whether a finding of a kind that leaves no value names the cell, or a cell of its comparison."""
        return any(
            finding.kind.code in _ANYTHING
            and (finding.origin.file, finding.origin.sheet, finding.origin.row) == place[:3]
            and place.counted in _COMPARED.get(finding.kind.code, {finding.column, *_wholes(finding.column)})
            for finding in noticed(self.findings)
        )

    def _extremes(self, place: Place) -> list[int]:
        """Return the least and the greatest that a cell may have held, and some between: answers may go to and fro."""
        row = {other.counted: self.value(other) or 0 for other in self.uses if other[:3] == place[:3]}
        poor, near_poor = (row.get(name, 0) for name in ("poor_households", "near_poor_households"))
        households = max(row.get("households", 0), poor + near_poor)
        around = {value * tenths // 10 for value in self._beside(place) for tenths in (5, 8, 9, 10, 11, 12, 15)}
        if place.counted == "households":
            return sorted(
                {value for value in around if value >= poor + near_poor} | {poor + near_poor, 10 * households + 1000}
            )
        return sorted({value for value in around if value <= households} | {0, 1, households // 2, households})

    def _candidates(self, place: Place, value: int, on: Sequence[Told]) -> list[int]:
        candidates = set[int]()
        for finding in self.findings:
            key = next(iter(told([finding])), None)
            if key not in on:
                continue
            if finding.difference is not None:
                candidates |= {value + finding.difference, value - finding.difference}
            candidates |= {other for other in (finding.value, finding.expected) if isinstance(other, int)}
            if finding.kind.code == _JUMP and isinstance(finding.expected, int):
                candidates |= {finding.expected * tenths // 10 for tenths in (0, 3, 6, 9, 12, 20)}
            candidates |= set(self._by_rate(place, finding))
            candidates |= set(self._elsewhere(place, finding))
        return sorted(other for other in candidates if other >= 0 and other != value)

    def _elsewhere(self, place: Place, finding: Finding) -> Iterator[int]:
        """Yield the values that other rows of the unit and year-end have."""
        table = self.reading.observations
        for row in range(len(table)):
            if (table.unit_code[row], table.year[row]) == (finding.unit_code, finding.year):
                other = table.value(row, place.counted)
                if other is not None:
                    yield other

    def _by_rate(self, place: Place, finding: Finding) -> Iterator[int]:
        """Yield the counts with which a printed rate would fit, the ends and the middle where they are many."""
        for number in self.uses[place].rates:
            rate = self.reading.rates[number]
            if finding.kind.code != "V006" or rate.origin != finding.origin:
                continue
            half = Fraction(1, 2 * 10**rate.rate.places)
            for scale in (1, 100):
                low, high = ((rate.rate.value + sign * half) / scale for sign in (-1, 1))
                if place.counted in rate.measure.parts:
                    beside = rate.part - (self.value(place) or 0)
                    yield from _some(rate.whole * low - beside, rate.whole * high - beside)
                elif low > 0:
                    yield from _some(rate.part / high, rate.part / low)


def _wholes(part: str | None) -> set[str]:
    return {whole for other, whole in PARTS if other == part}


def _with_step(unit: Series, year: int, count: str, step: int) -> Series:
    figures = unit.years[year]
    if count not in figures.counts:
        return unit
    counts = {**figures.counts, count: figures.counts[count] + step}
    return replace(unit, years={**unit.years, year: replace(figures, counts=counts)})


def _with_count(rate: RateBesideCounts, count: str, step: int) -> RateBesideCounts:
    part = rate.part + (step if count in rate.measure.parts else 0)
    return replace(rate, part=part, whole=rate.whole + (step if count == rate.measure.whole else 0))


def _some(low: Fraction, high: Fraction) -> Iterator[int]:
    """Yield the whole numbers between two ends, or the least, the greatest and some between."""
    first, last = -((-low) // 1), high // 1
    if last - first < _MANY:
        yield from range(int(first), int(last) + 1)
    else:
        yield from (int(first + (last - first) * step // _MANY) for step in range(_MANY + 1))
