"""Canonical tables: a header row with `unit_code` and `year`, one row per unit and year-end.

Half a million rows must pass in seconds, so rows are taken in batches and turned into columns; only a column of a
batch that is not plain whole numbers is looked at cell by cell.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import islice, repeat
from typing import Final

from thidua_cli.findings import Finding, Kind
from thidua_cli.language import Text
from thidua_cli.model import CANONICAL_COLUMNS, COUNTS, REQUIRED_COUNTS, Level, Origin, Status, Unit
from thidua_cli.normalise.cell_faults import fault_finding
from thidua_cli.normalise.faults import H001, H002, H003, H004, U002, U003, V001, V002, V003, V005, V007
from thidua_cli.normalise.headings import bundled_headings, column_text
from thidua_cli.normalise.numbers import Count, Trouble, read_count
from thidua_cli.normalise.reading import NO_TEXT, Reading, ReadingOptions, TableRead
from thidua_cli.normalise.title import is_plausible_year, national_line
from thidua_cli.normalise.unit_names import UnitFinder, boundary_day, candidates_text
from thidua_cli.observations import MISSING, TableOrigin
from thidua_cli.read.grid import Cell, Grid, Row, column_letters

_BATCH: Final = 8192
_SEARCH_ROWS: Final = 10
_NOTES: Final = frozenset({"source", "note", "notes", "as_published", "nguồn", "ghi chú", "ghi_chú"})
_LEVELS: Final = {level.value: level for level in Level} | {
    "tỉnh": Level.PROVINCE,
    "huyện": Level.DISTRICT,
    "xã": Level.COMMUNE,
    "thôn": Level.VILLAGE,
}
_STATUSES: Final = {"": Status.FINAL, "final": Status.FINAL, "preliminary": Status.PRELIMINARY} | {
    "chính thức": Status.FINAL,
    "sơ bộ": Status.PRELIMINARY,
}
_LEVEL_OF_LENGTH: Final = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}


def canonical_header(head: Sequence[Row]) -> int | None:
    """Return the 0-based row that heads a canonical table, or None where there is none among the first rows."""
    for number, row in enumerate(head[:_SEARCH_ROWS]):
        names = {_name(cell) for cell in row}
        if "year" in names and ("unit_code" in names or "unit_name" in names):
            return number
    return None


def read_canonical(grid: Grid, header_row: int, reading: Reading, options: ReadingOptions, finder: UnitFinder) -> None:
    """Add the rows of a canonical table to `reading`, with a finding for whatever cannot be used."""
    rows = grid.open_rows()
    header = next(islice(rows, header_row, None))
    columns = _columns(header, grid, header_row, reading)
    if missing := [name for name in REQUIRED_COUNTS if name not in columns]:
        for name in missing:
            origin = Origin(grid.file, grid.sheet, f"{header_row + 1}:{header_row + 1}")
            reading.findings.append(Finding(H001, origin, column=name, details={"column_text": column_text(name)}))
    letters = {name: column_letters(grid.first_column + at) for name, at in columns.items()}
    table = reading.observations.add_table(TableOrigin(grid.file, grid.sheet, "canonical", letters))
    before = len(reading.observations)
    reader = _Reader(grid, columns, table, reading, options, finder)
    number = header_row + 2
    while batch := list(islice(rows, _BATCH)):
        reader.take(batch, number)
        number += len(batch)
    reader.finish()
    reading.tables.append(TableRead(table, "canonical", None, None, before, len(reading.observations) - before))


def _name(cell: Cell) -> str:
    return cell.strip().lower() if isinstance(cell, str) else ""


def _columns(header: Row, grid: Grid, header_row: int, reading: Reading) -> dict[str, int]:
    """Return canonical name → place in the row; unknown and double headings become findings."""
    places: dict[str, list[int]] = {}
    for at, cell in enumerate(header):
        name = _name(cell)
        if name and name not in _NOTES:
            places.setdefault(name, []).append(at)
    for name, found in places.items():
        origin = Origin(grid.file, grid.sheet, f"{column_letters(grid.first_column + found[0])}{header_row + 1}")
        if name not in CANONICAL_COLUMNS:
            suggestion = _suggestion(name)
            details = {"heading": name, "suggestion": suggestion}
            reading.findings.append(Finding(H002, origin, column=name, value=name, details=details))
        elif len(found) > 1:
            letters = ", ".join(column_letters(grid.first_column + at) for at in found)
            details = {"columns": letters, "column_text": column_text(name)}
            reading.findings.append(Finding(H003, origin, column=name, value=letters, details=details))
    return {name: found[0] for name, found in places.items() if name in CANONICAL_COLUMNS and len(found) == 1}


def _suggestion(name: str) -> Text:
    from difflib import get_close_matches

    close = get_close_matches(name, CANONICAL_COLUMNS, n=1)
    if close:
        return Text(f" (gần giống “{close[0]}”)", f" (close to “{close[0]}”)")
    meaning = bundled_headings().meaning((name,))
    if meaning in CANONICAL_COLUMNS:
        return Text(f" (đổi tiêu đề thành “{meaning}”)", f" (rename it to “{meaning}”)")
    return NO_TEXT


class _Reader:
    """Takes batches of rows into the columns of `Observations`."""

    def __init__(
        self,
        grid: Grid,
        columns: dict[str, int],
        table: int,
        reading: Reading,
        options: ReadingOptions,
        finder: UnitFinder,
    ) -> None:
        self._grid = grid
        self._columns = columns
        self._counts = [name for name in COUNTS if name in columns]
        self._width = max(columns.values()) + 1
        self._table = table
        self._reading = reading
        self._options = options
        self._finder = finder
        self._same: dict[str, str] = {}
        self._as_text: dict[str, tuple[Origin, str, int]] = {}
        self._units: dict[tuple[str, int], Unit | None] = {}

    def take(self, batch: list[Row], number: int) -> None:
        """Add one batch whose first row is sheet row `number`."""
        width = self._width
        if min(map(len, batch)) < width:
            batch = [row if len(row) >= width else [*row, *repeat("", width - len(row))] for row in batch]
        numbers = list(range(number, number + len(batch)))
        by_place = list(zip(*batch, strict=False))
        by_place, numbers = self._without_blank_rows(by_place, numbers)
        if not numbers:
            return
        years = self._years(by_place, numbers)
        codes = self._codes(by_place, numbers, years)
        if not (all(years) and all(codes)):
            keep = [at for at, (year, code) in enumerate(zip(years, codes, strict=True)) if year and code]
            by_place, numbers = _picked(by_place, numbers, keep)
            years, codes = [years[at] for at in keep], [codes[at] for at in keep]
        if numbers:
            self._add(by_place, numbers, years, codes)

    def finish(self) -> None:
        """Report what is told once per column."""
        for name, (origin, first, count) in self._as_text.items():
            details: dict[str, object] = {"count": count, "column_text": column_text(name)}
            self._reading.findings.append(Finding(V003, origin, column=name, value=first, details=details))

    def _without_blank_rows(
        self, by_place: list[tuple[Cell, ...]], numbers: list[int]
    ) -> tuple[list[tuple[Cell, ...]], list[int]]:
        """Leave out rows that hold nothing at all; they are nobody's."""
        used = [by_place[place] for place in self._columns.values()]
        if not {"", None} & set(used[0]):
            return by_place, numbers
        keep = [at for at, row in enumerate(zip(*used, strict=True)) if any(cell not in ("", None) for cell in row)]
        return _picked(by_place, numbers, keep)

    def _add(self, by_place: list[tuple[Cell, ...]], numbers: list[int], years: list[int], codes: list[str]) -> None:
        table = self._reading.observations
        start, added = len(table), len(numbers)
        levels = self._levels(by_place, numbers, codes)
        names, parents = self._names_and_parents(by_place, years, codes)
        statuses = self._statuses(by_place, numbers)
        lines = self._texts(by_place, "poverty_line")
        table.table.extend(repeat(self._table, added))
        table.row_number.extend(numbers)
        table.unit_code.extend(codes)
        table.year.extend(years)
        table.unit_name.extend(names)
        table.level.extend(levels)
        table.parent_code.extend(parents)
        table.status.extend(statuses)
        table.poverty_line.extend(line or national_line(year) for line, year in zip(lines, years, strict=True))
        for name in self._counts:
            values = self._count_column(by_place[self._columns[name]], name, numbers, years, codes, names)
            column = table.counts.get(name)
            if column is None:
                column = table.counts[name] = array("q", [MISSING]) * start
            column.extend(values)
        for column in table.counts.values():
            if len(column) < start + added:
                column.extend(repeat(MISSING, start + added - len(column)))

    def _origin(self, number: int, name: str) -> Origin:
        return self._reading.observations.tables[self._table].cell(name, number)

    def _report(self, kind: Kind, number: int, name: str, value: Cell, **details: object) -> None:
        shown = value if isinstance(value, (str, int)) else "" if value is None else f"{value}"
        finding = Finding(kind, self._origin(number, name), column=name, value=shown, details=details)
        self._reading.findings.append(finding)

    # Text columns -----------------------------------------------------------------------------------------------

    def _texts(self, by_place: list[tuple[Cell, ...]], name: str) -> list[str]:
        """Return a column as stripped texts, each different text held once."""
        place = self._columns.get(name)
        if place is None:
            return [""] * len(by_place[0])
        column = by_place[place]
        try:
            texts = list(map(str.strip, column))  # type: ignore[arg-type]  # a cell that is no text raises
        except TypeError:
            texts = [cell.strip() if isinstance(cell, str) else _shown(cell) for cell in column]
        return list(map(self._same.setdefault, texts, texts))

    def _years(self, by_place: list[tuple[Cell, ...]], numbers: list[int]) -> list[int]:
        known: dict[Cell, int] = {}
        column = by_place[self._columns["year"]]
        for cell in set(column):
            count = read_count(cell)
            year = count.value or 0
            known[cell] = year if is_plausible_year(year) else 0
        years = [known[cell] for cell in column]
        if 0 in years:
            for cell, number, year in zip(column, numbers, years, strict=True):
                if not year:
                    reason = Text(f"“{_shown(cell)}” không phải là một năm", f"“{_shown(cell)}” is no year")
                    self._report(H004, number, "year", cell, reason=reason)
        return years

    def _codes(self, by_place: list[tuple[Cell, ...]], numbers: list[int], years: list[int]) -> list[str]:
        """Return the unit codes; a row without one is looked up by name within its parent."""
        codes = self._texts(by_place, "unit_code")
        if "unit_code" in self._columns and set(map(type, by_place[self._columns["unit_code"]])) != {str}:
            levels = self._texts(by_place, "level")
            codes = [_restore_zeros(code, level) for code, level in zip(codes, levels, strict=True)]
        if "" in codes:
            names, parents = self._texts(by_place, "unit_name"), self._texts(by_place, "parent_code")
            for at, code in enumerate(codes):
                if not code and years[at]:
                    codes[at] = self._code_by_name(names[at], parents[at], years[at], numbers[at])
        return codes

    def _code_by_name(self, name: str, parent: str, year: int, number: int) -> str:
        column = "unit_name" if "unit_name" in self._columns else "unit_code"
        match = self._finder.within(name, parent or self._options.unit or "", year)
        if match.unit is not None:
            return match.unit.code
        kind = U003 if match.how == "ambiguous" else U002
        where = self._finder.label(parent or self._options.unit or "", year)
        self._report(
            kind, number, column, name, parent=where, candidates=candidates_text(match.candidates, kind is U002)
        )
        return ""

    def _levels(self, by_place: list[tuple[Cell, ...]], numbers: list[int], codes: list[str]) -> list[Level]:
        if "level" not in self._columns:
            return [_level_of(code) for code in codes]
        texts = self._texts(by_place, "level")
        known = {text: _LEVELS.get(text.lower()) for text in set(texts)}
        if None not in known.values():
            return [known[text] for text in texts]  # type: ignore[misc] # no None among the values
        levels: list[Level] = []
        for text, code, number in zip(texts, codes, numbers, strict=True):
            level = known[text]
            if level is None and text:
                self._report(V007, number, "level", text, allowed=", ".join(Level))
            levels.append(level or _level_of(code))
        return levels

    def _statuses(self, by_place: list[tuple[Cell, ...]], numbers: list[int]) -> list[Status]:
        """Return final or preliminary; a word that is neither is reported, and the row taken as preliminary."""
        texts = self._texts(by_place, "status")
        known = {text: _STATUSES.get(text.lower()) for text in set(texts)}
        for text, number in zip(texts, numbers, strict=True):
            if known[text] is None:
                self._report(V007, number, "status", text, allowed=", ".join(Status))
        return [known[text] or Status.PRELIMINARY for text in texts]

    def _names_and_parents(
        self, by_place: list[tuple[Cell, ...]], years: list[int], codes: list[str]
    ) -> tuple[list[str], list[str]]:
        """Return unit names and parent codes; what the table does not say comes from the unit tables."""
        names, parents = self._texts(by_place, "unit_name"), self._texts(by_place, "parent_code")
        if "" in names or "" in parents:
            for at, (code, year) in enumerate(zip(codes, years, strict=True)):
                if names[at] and parents[at]:
                    continue
                unit = self._unit(code, year)
                if unit is not None:
                    names[at] = names[at] or unit.name
                    parents[at] = parents[at] or unit.parent_code
        return names, parents

    def _unit(self, code: str, year: int) -> Unit | None:
        key = (code, year)
        if key not in self._units:
            self._units[key] = self._finder.tables.get(code, boundary_day(year))
        return self._units[key]

    # Counts -----------------------------------------------------------------------------------------------------

    def _count_column(
        self,
        column: tuple[Cell, ...],
        name: str,
        numbers: list[int],
        years: list[int],
        codes: list[str],
        names: list[str],
    ) -> array[int]:
        fast = _plain_text_column(column) if self._grid.is_text else _plain_number_column(column)
        if fast is not None:
            return fast
        values = array("q")
        for at, cell in enumerate(column):
            count = read_count(cell)
            values.append(MISSING if count.value is None else count.value)
            if count.value is None or (count.was_text and not self._grid.is_text):
                self._judge_cell(cell, count, name, numbers[at], (codes[at], names[at], years[at]))
        return values

    def _judge_cell(self, cell: Cell, count: Count, name: str, number: int, row: tuple[str, str, int]) -> None:
        """Report a cell that is no plain count: hidden by the format, wrong, empty though required, or text."""
        column = self._grid.first_column + self._columns[name]
        fault = self._grid.faults.get((number - 1, column))
        origin = self._origin(number, name)
        code, unit_name, year = row
        place = {"unit_code": code, "unit_name": unit_name or code, "year": year, "column": name}
        details = {"column_text": column_text(name), "hint": NO_TEXT}
        shown = _shown(cell)
        if fault is not None:
            self._reading.findings.append(fault_finding(fault, origin, **place))  # type: ignore[arg-type]
        elif count.trouble is Trouble.NOT_WHOLE:
            self._reading.findings.append(Finding(V001, origin, **place, value=shown, details=details))  # type: ignore[arg-type]
        elif count.trouble is Trouble.NEGATIVE:
            self._reading.findings.append(Finding(V002, origin, **place, value=shown, details=details))  # type: ignore[arg-type]
        elif count.value is None and name in REQUIRED_COUNTS:
            self._reading.findings.append(Finding(V005, origin, **place, details=details))  # type: ignore[arg-type]
        elif count.was_text:
            first = self._as_text.get(name, (origin, shown, 0))
            self._as_text[name] = (first[0], first[1], first[2] + 1)


def _plain_text_column(column: tuple[Cell, ...]) -> array[int] | None:
    """Turn a batch of texts that are all plain ASCII digits into integers; None where any is not."""
    joined = "".join(column)  # type: ignore[arg-type] # cells of a text file are texts
    if not (joined.isascii() and joined.isdigit()):
        return None
    try:
        return array("q", map(int, column))  # type: ignore[arg-type]
    except (ValueError, OverflowError):  # an empty cell among them, or more digits than any count has
        return None


def _plain_number_column(column: tuple[Cell, ...]) -> array[int] | None:
    """Turn a batch of numbers that are all whole and not negative into integers; None where any is not."""
    if not set(map(type, column)) <= {float, int}:
        return None
    try:
        values = array("q", map(int, column))  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
    return values if min(values) >= 0 and list(values) == list(column) else None


def _picked(
    by_place: list[tuple[Cell, ...]], numbers: list[int], keep: Sequence[int]
) -> tuple[list[tuple[Cell, ...]], list[int]]:
    return [tuple(column[at] for at in keep) for column in by_place], [numbers[at] for at in keep]


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _restore_zeros(code: str, level: str) -> str:
    """Give a code back the zeros Excel took when it turned it into a number, where the level says how many."""
    width = next((length for length, of in _LEVEL_OF_LENGTH.items() if of == _LEVELS.get(level.lower())), 0)
    return code.zfill(width) if code.isdigit() else code


def _level_of(code: str) -> Level:
    if code.upper() == "VN":
        return Level.COUNTRY
    return _LEVEL_OF_LENGTH.get(len(code), Level.VILLAGE) if code.isdigit() else Level.VILLAGE
