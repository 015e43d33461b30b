"""The findings that concern one unit: on its own figures, on the sums it stands in, and on what stands below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Final, TypeAlias

from thidua_cli.check.sums import S001, S002, S003
from thidua_cli.findings import Finding, Severity
from thidua_cli.model import Basis, Origin, Series
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.observations import Observations

_SUMS: Final = frozenset({S001.code, S002.code, S003.code})
SheetRow: TypeAlias = tuple[str, str, int]
"""File, sheet, and row of the sheet, counted from 1."""


class Concern(StrEnum):
    """What a finding is on, as seen from a unit."""

    UNIT = "unit"
    """Its own figures, those of units they are made of, or the table that is about it."""
    SUM = "sum"
    """A sum that its figures stand in."""
    BELOW = "below"
    """A unit below it."""


class UnitFinding(NamedTuple):
    """A finding and how it concerns a unit."""

    concern: Concern
    finding: Finding


class FindingsOfUnits:
    """All findings of a run, to be asked for by unit."""

    def __init__(self, findings: Sequence[Finding], series: Iterable[Series], reading: FilesRead) -> None:
        """Arrange the findings.

        Args:
            findings: Of everything that was read.
            series: All units with figures: they say which unit stands below which.
            reading: Tables and their totals: they say whose a finding is that names no unit, and what a sum is of.
        """
        self._read = reading.observations
        self._tables = _Tables(reading)
        backwards = zip(reversed(self._read.unit_code), reversed(self._read.parent_code), strict=True)
        self._parents = dict(backwards)  # the first row of each unit comes last and stays
        self._parents.update((unit.unit_code, unit.parent_code) for unit in series)
        self._sums = _Sums(findings)
        self._by_unit: dict[str, list[Finding]] = {}
        for finding in findings:
            # what was changed while reading a table is no matter of each unit in it
            code = finding.unit_code or (self._tables.owner(finding.origin) if _matters(finding) else "")
            self._by_unit.setdefault(code, []).append(finding)

    def of(self, series: Series) -> list[UnitFinding]:
        """Return the findings that concern a unit, each once: on itself, on the sums above it, on the units below."""
        concerned: dict[int, UnitFinding] = {}
        for concern, findings in (
            (Concern.UNIT, (*self._by_unit.get(series.unit_code, ()), *self._of_parts(series))),
            (Concern.SUM, filter(_matters, self._sums_with(series))),
            (Concern.BELOW, filter(_matters, self._below(series))),
        ):
            for finding in findings:
                concerned.setdefault(id(finding), UnitFinding(concern, finding))
        return list(concerned.values())

    def _of_parts(self, series: Series) -> Iterator[Finding]:
        """Yield the findings of each part of a unit's figures in the years in which it is a part.

        A commune that a merger took in explains the unit's figures up to the merger; what is wrong with the years in
        which it no longer counts is another unit's business.
        """
        for code, years in _parts(series).items():
            if code != series.unit_code:
                yield from (finding for finding in self._by_unit.get(code, ()) if finding.year in years)

    def _sums_with(self, series: Series) -> Iterator[Finding]:
        """Yield the failing sums that a unit's own rows are part of."""
        if not self._sums:
            return
        own = [figures for figures in series.years.values() if figures.basis is not Basis.ROLLED_UP]
        rows = {row for figures in own for row in figures.rows}
        places = {place for row in rows for place in sheet_rows(self._read, row)}
        above = {
            (code, self._read.year[row])
            for row in rows
            for code in self._above(self._read.parent_code[row], first=True)
        }
        for finding in self._sums.that_may_hold(above, {place[:2] for place in places}):
            if finding.unit_code is not None or self._tables.is_sum_of(finding.origin, places):
                yield finding

    def _below(self, series: Series) -> Iterator[Finding]:
        for code in self._units_below.get(series.unit_code, ()):
            yield from self._by_unit[code]
        for figures in series.years.values():
            for code in dict.fromkeys(self._read.unit_code[row] for row in figures.rows):
                yield from (finding for finding in self._by_unit.get(code, ()) if finding.year == figures.year)

    @cached_property
    def _units_below(self) -> dict[str, list[str]]:
        """Return each unit → those with findings that stand below it."""
        below: dict[str, list[str]] = {}
        for code in self._by_unit:
            for above in self._above(code):
                below.setdefault(above, []).append(code)
        return below

    def _above(self, code: str, *, first: bool = False) -> list[str]:
        """Return the units above one, from the nearest on; `first` counts it itself."""
        above, parent = [code] if first and code else [], self._parents.get(code, "")
        while parent and parent not in above:
            above.append(parent)
            parent = self._parents.get(parent, "")
        return above


def _matters(finding: Finding) -> bool:
    """Say whether a finding concerns other units than the one it names: a waived one stays what it was."""
    return finding.severity is not Severity.NOTE or finding.waived is not None


def _parts(series: Series) -> dict[str, set[int]]:
    """Return the units that a unit's figures are made of → the year-ends at which they are."""
    years: dict[str, set[int]] = {}
    for figures in series.years.values():
        divided = [part.unit for part in figures.divided] + [part.unit for part in figures.given]
        for part in (*figures.merged, *divided):
            years.setdefault(part.unit_code, set()).add(figures.year)
    return years


def sheet_rows(observations: Observations, row: int) -> list[SheetRow]:
    """Return the rows of a sheet that a row of the observations was read from."""
    table = observations.tables[observations.table[row]]
    numbers = observations.summed_rows.get(row, (observations.row_number[row],))
    return [(table.file, table.sheet, number) for number in numbers]


class _Sums:
    """The failing sums, by the unit and the year-end that they name, or else by their sheet."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._every = [finding for finding in findings if finding.kind.code in _SUMS]
        self._places: dict[tuple[object, object], list[int]] = {}
        for number, finding in enumerate(self._every):
            unit = (finding.unit_code, finding.year)
            sheet = (finding.origin.file, finding.origin.sheet)
            self._places.setdefault(sheet if finding.unit_code is None else unit, []).append(number)

    def __len__(self) -> int:
        return len(self._every)

    def that_may_hold(self, units: Iterable[tuple[str, int]], sheets: Iterable[tuple[str, str]]) -> list[Finding]:
        """Return the sums of some units and years, and those in some sheets that name no unit, in their order."""
        numbers = [number for place in (*units, *sheets) for number in self._places.get(place, ())]
        return [self._every[number] for number in sorted(numbers)]


class _Tables:
    """Whose each table is, and which rows each printed total is the sum of."""

    def __init__(self, reading: FilesRead) -> None:
        self._read = reading.observations
        self._scopes: dict[tuple[str, str], set[str]] = {}
        for table in reading.tables:
            origin = self._read.tables[table.table]
            code = "" if table.scope is None else table.scope.code
            self._scopes.setdefault((origin.file, origin.sheet), set()).add(code)
        self._parts: dict[SheetRow, set[int]] = {}
        for total in reading.totals:
            origin = self._read.tables[total.table]
            parts = self._parts.setdefault((origin.file, origin.sheet, total.row.sheet_row), set())
            parts.update(part.sheet_row for part in total.parts)

    def owner(self, origin: Origin) -> str:
        """Return the unit whose row or table a place is in; empty where that is not known."""
        unit = self._units.get((origin.file, origin.sheet, origin.row))
        if unit is not None:
            return unit
        scopes = self._scopes.get((origin.file, origin.sheet), set())
        return next(iter(scopes)) if len(scopes) == 1 else ""

    @cached_property
    def _units(self) -> dict[SheetRow, str]:
        """Return the unit of each row that was read."""
        codes = self._read.unit_code
        return {place: code for row, code in enumerate(codes) for place in sheet_rows(self._read, row)}

    def is_sum_of(self, total: Origin, rows: set[SheetRow]) -> bool:
        """Say whether a printed total is the sum of any of some rows, or of a sum of them."""
        wanted, seen = set(self._parts.get((total.file, total.sheet, total.row), ())), {total.row}
        while wanted:
            number = wanted.pop()
            if (total.file, total.sheet, number) in rows:
                return True
            if number not in seen:
                seen.add(number)
                wanted |= self._parts.get((total.file, total.sheet, number), set())
        return False
