"""A written table read as `thidua check` reads it, every figure held against its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from reading.draft import Draft
from reading.grammar import Table
from reading.meaning import Book, Meant, Reading, Sheet
from reading.writing import WRITERS
from thidua_cli import pipeline
from thidua_cli.findings import Finding, Severity, Standing
from thidua_cli.model import Level, Origin, place_name
from thidua_cli.normalise.files_read import FilesRead


class Result(StrEnum):
    """What becomes of a table."""

    RIGHT = "right"
    TOLD = "told"
    WITHHELD = "withheld"
    """Told, though nothing about the table is wrong or open: what an officer expects to be read."""
    NOISE = "noise"
    WRONG = "silent-wrong"


class Place(NamedTuple):
    """A cell: number of its sheet from 0, row and column from 1."""

    sheet: int
    row: int
    column: int


class Read(NamedTuple):
    """One figure as it was read, and its row in the observations."""

    row: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one table."""

    table: Table
    result: Result
    wrong: tuple[str, ...] = ()
    """What is silently wrong, in words."""
    findings: tuple[str, ...] = ()
    path: Path = Path()


@dataclass
class Comparison:
    """One book, what was read of it, and what was found."""

    draft: Draft
    book: Book
    reading: FilesRead
    findings: Sequence[Finding]
    wrong: list[str] = field(default_factory=list)
    told: int = 0

    def compare(self) -> Result:
        """Hold every figure against its cell."""
        read = self._figures_read()
        self._villages_apart()
        for place, meant in self._figures_meant():
            self._hold(place, meant, read.pop(place, []))
        for place, readings in read.items():
            self._not_meant(place, readings)
        if self.wrong:
            return Result.WRONG
        if self.told:
            return Result.TOLD if self.draft.may_refuse or not self._is_plain() else Result.WITHHELD
        return Result.NOISE if self._is_plain() and list(self._disturbing()) else Result.RIGHT

    def _figures_meant(self) -> Iterator[tuple[Place, Meant]]:
        for at, sheet in enumerate(self.book.sheets):
            for row, column, meant in sheet.figures():
                yield Place(at, row, column), meant

    def _figures_read(self) -> dict[Place, list[Read]]:
        read: dict[Place, list[Read]] = {}
        rows = self.reading.observations
        for at, row in enumerate(rows):
            unit = row.unit_name if row.level is Level.VILLAGE else row.unit_code
            known = (unit, row.year, row.status.value, row.poverty_line)
            for name, count in row.counts.items():
                for origin in rows.origins(at, name):
                    read.setdefault(self._place(origin), []).append(Read(at, Reading(*known, name, count)))
            for name, rate in row.rates.items():
                number = float(rate) if rate.replace(".", "").isdigit() else -1.0
                place = self._place(rows.origin(at, name))
                if self._has_meaning(place):  # rates beside counts are no figures of their own
                    read.setdefault(place, []).append(Read(at, Reading(*known, name, round(number))))
        return read

    def _villages_apart(self) -> None:
        """Two villages of different names are two units, or it is told that they are taken for one."""
        names: dict[str, set[str]] = {}
        for row in self.reading.observations:
            if row.level is Level.VILLAGE:
                names.setdefault(row.unit_code, set()).add(row.unit_name)
        for code, several in names.items():
            if len(several) > 1 and not any(finding.unit_code == code for finding in self.findings):
                self.wrong.append(f"{code}: several villages are one: {', '.join(sorted(several))}")

    def _has_meaning(self, place: Place) -> bool:
        rows = self.book.sheets[place.sheet].rows
        return place.row <= len(rows) and place.column <= len(rows[place.row - 1]) and (
            rows[place.row - 1][place.column - 1].meant is not None
        )  # fmt: skip

    def _place(self, origin: Origin) -> Place:
        return Place(self._sheet(origin.sheet) or 0, origin.row, origin.column)

    def _sheet(self, name: str) -> int | None:
        names = [sheet.name for sheet in self.book.sheets]
        if len(names) == 1:
            return 0
        return names.index(name) if name in names else None

    def _hold(self, place: Place, meant: Meant, readings: list[Read]) -> None:
        if not readings:
            self._missing(place, meant)
        for row, reading in readings:
            if meant.is_usable and meant.accepts(reading):
                continue
            if self._is_in_doubt(place, row):
                self.told += 1
            else:
                self.wrong.append(f"{self._cell(place)}: read as {_words(reading)}, meant {_meaning(meant)}")
        if len(readings) > 1:
            self.wrong.append(f"{self._cell(place)}: read {len(readings)} times")

    def _missing(self, place: Place, meant: Meant) -> None:
        fitting = [finding for finding in self.findings if self._speaks_of(finding, place)]
        is_loud = any(finding.severity is not Severity.NOTE for finding in self.findings)
        is_read = len(self.reading.observations) > 0
        if is_loud if not is_read else fitting:  # where nothing at all is read, the program says that too
            self.told += 1
        else:
            why = "only a note says so and nothing is read" if fitting else "not read, and nothing says so"
            self.wrong.append(f"{self._cell(place)}: {why}, meant {_meaning(meant)}")

    def _not_meant(self, place: Place, readings: list[Read]) -> None:
        for row, reading in readings:
            if not self._is_in_doubt(place, row):
                self.wrong.append(f"{self._cell(place)}: read as {_words(reading)}, and is no such figure")

    def _is_in_doubt(self, place: Place, row: int) -> bool:
        """Say whether a finding doubts of the place, and the answers are taken under a doubt of the row."""
        return any(self._doubts(finding, place) for finding in self.findings) and row in self._rows_in_doubt

    @cached_property
    def _rows_in_doubt(self) -> frozenset[int]:
        disputed, rows = pipeline.disputed(self.reading, self.findings), self.reading.observations
        units = disputed.rows_of_unit.keys() | disputed.sets_of_lines.keys()
        return frozenset(at for at, key in enumerate(zip(rows.unit_code, rows.year, strict=True)) if key in units)

    def _doubts(self, finding: Finding, place: Place) -> bool:
        """Say whether a finding puts the figure of a place in doubt, or voids it."""
        is_doubt = finding.kind.standing is not Standing.NOTHING and finding.severity is not Severity.NOTE
        return is_doubt and self._speaks_of(finding, place)

    def _speaks_of(self, finding: Finding, place: Place) -> bool:
        """Say whether a finding stands at a cell or what it belongs to, or names that in its words."""
        is_of_several = bool(finding.details.get("others"))  # "… and 9 more units of the table"
        if self._covers(finding.origin, place) or (is_of_several and self._sheet(finding.origin.sheet) == place.sheet):
            return True
        letters = place_name(0, place.column).partition(":")[0]
        named = re.search(rf"\b(?:{letters}|[A-Z]{{1,2}}{place.row})\b", finding.message())
        return named is not None and self._sheet(finding.origin.sheet) == place.sheet

    def _covers(self, origin: Origin, place: Place) -> bool:
        """Say whether a finding speaks of a cell: of it, its row, its column, its table, its sheet or its file."""
        sheet = self._sheet(origin.sheet)
        if not origin.sheet or (origin.row == origin.column == 0 and sheet == place.sheet):
            return True
        if sheet != place.sheet:
            return False
        top, header, first = _zone(self.book.sheets[place.sheet], place.row)
        columns = range(origin.column, (origin.last_column or origin.column) + 1)
        is_column = not origin.column or place.column in columns
        if not origin.row:
            return is_column
        if top <= origin.row < header:
            return True
        if header <= origin.row < first:
            return self._heading_covers(origin, place, is_column=is_column)
        is_row = origin.row <= place.row <= (origin.last_row or origin.row)
        return is_row and (is_column or not self._holds_figure(place.sheet, place.row, origin.column))

    def _heading_covers(self, origin: Origin, place: Place, *, is_column: bool) -> bool:
        """A heading speaks of its column, of those it is merged over, and that of the units of all."""
        if is_column or not self._is_figure_column(place.sheet, origin.column):
            return True
        for top, left, bottom, right in self.book.sheets[place.sheet].merges:
            if (top <= origin.row - 1 <= bottom) and left <= origin.column - 1 <= right:
                return left <= place.column - 1 <= right
        return False

    def _is_figure_column(self, sheet: int, column: int) -> bool:
        return any(of_figure == column for _, of_figure, _ in self.book.sheets[sheet].figures())

    def _holds_figure(self, sheet: int, row: int, column: int) -> bool:
        cells = self.book.sheets[sheet].rows[row - 1]
        return column <= len(cells) and cells[column - 1].meant is not None

    def _is_plain(self) -> bool:
        return not self.draft.may_refuse and all(meant.is_usable for _, meant in self._figures_meant())

    def _disturbing(self) -> Iterator[Finding]:
        for finding in self.findings:
            if finding.severity is not Severity.NOTE and finding.kind.code not in self.draft.allowed:
                yield finding

    def _cell(self, place: Place) -> str:
        return Origin("", self.book.sheets[place.sheet].name, place.row, place.column).cell


def _zone(sheet: Sheet, row: int) -> tuple[int, int, int]:
    """Return where the table of a row begins, its headings, and its first row with figures; from 1."""
    top, header = 0, sheet.header
    for further in sheet.further:
        if further[0] < row:
            top, header = further
    figures = [at for at, _, _ in sheet.figures() if at > header]
    return top + 1, header + 1, min(figures, default=header + 2)


def _words(reading: Reading) -> str:
    return " ".join(map(str, reading))


def _meaning(meant: Meant) -> str:
    if not meant.is_usable:
        return "nothing"
    line = "" if meant.national else " not national"
    kept = (meant.units, meant.years, meant.statuses, meant.columns, meant.values)
    return " ".join("|".join(sorted(map(str, each))) for each in kept) + line


def outcome(table: Table, folder: Path) -> Outcome:
    """Write a table into a folder, read it, and return what becomes of it."""
    draft = table.draft()
    book = table.book(draft)
    path = WRITERS[draft.format](book, folder)
    reading = pipeline.read([str(path)])
    findings = pipeline.check(reading)
    comparison = Comparison(draft, book, reading, findings)
    result = comparison.compare()
    told = tuple(f"{each.severity} {each.kind.code} {each.origin.cell}: {each.message()}" for each in findings)
    return Outcome(table, result, tuple(comparison.wrong), told, path)
