"""Count columns of a canonical table: plain whole numbers at once, the rest cell by cell."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import NamedTuple

from thidua_cli.findings import Finding
from thidua_cli.language import NO_TEXT
from thidua_cli.lexicon import column_text
from thidua_cli.model import COUNTS, REQUIRED_COUNTS
from thidua_cli.normalise.forms.row_cells import not_whole_hint
from thidua_cli.normalise.sheet.cell_faults import fault_finding
from thidua_cli.normalise.sheet.faults import V001, V002, V003, V004, V005
from thidua_cli.normalise.sheet.numbers import (
    LARGEST_COUNT,
    Count,
    Trouble,
    has_whole_decimals,
    is_ambiguous_beside_decimals,
    read_count,
    shown,
)
from thidua_cli.observations import MISSING, Observations
from thidua_cli.read.grid import Cell, Grid


class RowKeys(NamedTuple):
    """What the rows of one batch are of."""

    numbers: list[int]
    """Rows in the sheet, 1-based."""
    years: list[int]
    codes: list[str]
    names: list[str]


class _Texts:
    """What must be remembered of numbers that stand as text until the whole column has been seen."""

    def __init__(self) -> None:
        self.count = 0
        self.first: tuple[int, str] | None = None
        """(row of `Observations`, text) of the first of them."""
        self.first_sure: tuple[int, str] | None = None
        """The first that is not ambiguous."""
        self.decimal: str | None = None
        """The first number written with decimals ("412204.00")."""
        self.ambiguous: list[tuple[int, str]] = []
        """(row of `Observations`, text) of numbers that are thousands or decimals ("20.000")."""


class CountColumns:
    """Fills the count columns of one table's `Observations`; says which cells hold no count."""

    def __init__(self, grid: Grid, columns: dict[str, int], rows: Observations) -> None:
        self._grid = grid
        self._places = {name: columns[name] for name in COUNTS if name in columns}
        self._rows = rows
        self._as_text = {name: _Texts() for name in self._places}

    def extend(self, by_place: list[tuple[Cell, ...]], start: int, keys: RowKeys) -> list[Finding]:
        """Add the counts of one batch, whose first row is row `start` of `Observations`."""
        counts, findings = self._rows.counts, list[Finding]()
        for name, place in self._places.items():
            counts.setdefault(name, array("q")).extend(self._values(by_place[place], name, start, keys, findings))
        return findings

    def finish(self) -> Iterator[Finding]:
        """Yield numbers stored as text once per column (V003); withhold ambiguous ones beside decimals (V004)."""
        table = self._rows
        for name, texts in self._as_text.items():
            withheld = texts.ambiguous if texts.decimal is not None else []
            first = texts.first_sure if withheld else texts.first
            if first is not None and not self._grid.is_text:
                details: dict[str, object] = {"count": texts.count - len(withheld), "column_text": column_text(name)}
                yield Finding(V003, table.origin(first[0], name), column=name, value=first[1], details=details)
            for row, value in withheld:
                table.counts[name][row] = MISSING
                details = {"other": texts.decimal, "column_text": column_text(name)}
                code, unit_name, year = table.unit_code[row], table.unit_name[row], table.year[row]
                yield Finding(
                    V004, table.origin(row, name), code, unit_name or code, year, name, value, details=details
                )

    def _values(
        self, column: tuple[Cell, ...], name: str, start: int, keys: RowKeys, findings: list[Finding]
    ) -> array[int]:
        fast = _plain_texts(column) if self._grid.is_text else _plain_numbers(column)
        if fast is not None:
            return fast
        values = array("q")
        for at, cell in enumerate(column):
            count = read_count(cell)
            values.append(MISSING if count.value is None else count.value)
            if count.value is None:
                findings += self._report(cell, count, name, at, keys)
            elif count.was_text and isinstance(cell, str):
                self._note_text(name, start + at, cell)
        return values

    def _note_text(self, name: str, row: int, cell: str) -> None:
        texts = self._as_text[name]
        texts.count += 1
        texts.first = texts.first or (row, cell)
        if not cell.isdigit() and is_ambiguous_beside_decimals(cell):
            texts.ambiguous.append((row, cell))
            return
        texts.first_sure = texts.first_sure or (row, cell)
        if cell.isdigit():
            return
        if texts.decimal is None and has_whole_decimals(cell):
            texts.decimal = cell

    def _report(self, cell: Cell, count: Count, name: str, at: int, keys: RowKeys) -> Iterator[Finding]:
        """Report a cell that is no count: hidden by the format, wrong, or empty though required."""
        column = self._grid.first_column + self._places[name]
        number, code, year = keys.numbers[at], keys.codes[at], keys.years[at]
        unit_name = keys.names[at] or code
        origin = self._rows.tables[0].cell(name, number)
        details: dict[str, object] = {"column_text": column_text(name), "hint": NO_TEXT}
        fault = self._grid.faults.get((number - 1, column))
        if fault is not None:
            yield fault_finding(fault, origin, unit_code=code, unit_name=unit_name, year=year, column=name)
        elif count.trouble is not None:
            kind = V002 if count.trouble is Trouble.NEGATIVE else V001
            details["hint"] = not_whole_hint(cell)
            yield Finding(kind, origin, code, unit_name, year, name, shown(cell), details=details)
        elif name in REQUIRED_COUNTS:
            yield Finding(V005, origin, code, unit_name, year, name, details=details)


def _plain_texts(column: tuple[Cell, ...]) -> array[int] | None:
    """Turn a batch of texts that are all plain ASCII digits into integers; None where any is not."""
    joined = "".join(column)  # type: ignore[arg-type]  # cells of a text file are texts
    if not (joined.isascii() and joined.isdigit()):
        return None
    try:
        values = array("q", map(int, column))  # type: ignore[arg-type]
    except (ValueError, OverflowError):  # an empty cell among them, or more digits than any count has
        return None
    return values if max(values) <= LARGEST_COUNT else None


def _plain_numbers(column: tuple[Cell, ...]) -> array[int] | None:
    """Turn a batch of numbers that are all whole and not negative into integers; None where any is not."""
    if not set(map(type, column)) <= {float, int}:
        return None
    different: set[float] = set(column)  # type: ignore[arg-type]  # numbers, by the line above
    if not (min(different) >= 0 and max(different) <= LARGEST_COUNT):
        return None
    try:
        whole = {value: int(value) for value in different}
    except ValueError:  # a NaN, which compares with nothing
        return None
    if any(value != count for value, count in whole.items()):
        return None
    return array("q", map(whole.__getitem__, column))  # type: ignore[arg-type]
