"""Count columns of a canonical table: plain whole numbers at once, the rest cell by cell."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from typing import NamedTuple

from thidua_cli.findings import Finding
from thidua_cli.model import COUNTS, REQUIRED_COUNTS
from thidua_cli.normalise.cells.counts import TextNumbers, count_finding
from thidua_cli.normalise.cells.judged import JudgedCell
from thidua_cli.normalise.sheet.numbers import LARGEST_COUNT, Count, read_count
from thidua_cli.observations import MISSING, Observations
from thidua_cli.read.grid import Cell, Grid


class RowKeys(NamedTuple):
    """What the rows of one batch are of."""

    numbers: list[int]
    """Rows in the sheet, 1-based."""
    years: list[int]
    codes: list[str]
    names: list[str]


class CountColumns:
    """Fills the count columns of one table's `Observations`; says which cells hold no count."""

    def __init__(self, grid: Grid, columns: dict[str, int], rows: Observations) -> None:
        self._grid = grid
        self._places = {name: columns[name] for name in COUNTS if name in columns}
        self._rows = rows
        self._as_text = {name: TextNumbers() for name in self._places}

    def extend(self, by_place: list[tuple[Cell, ...]], start: int, keys: RowKeys) -> list[Finding]:
        """Add the counts of one batch, whose first row is row `start` of `Observations`."""
        counts, findings = self._rows.counts, list[Finding]()
        for name, place in self._places.items():
            counts.setdefault(name, array("q")).extend(self._values(by_place[place], name, start, keys, findings))
        return findings

    def finish(self) -> Iterator[Finding]:
        """Yield numbers stored as text once per column (V003); withhold ambiguous ones beside decimals (V004)."""
        for name, numbers in self._as_text.items():
            yield from numbers.findings(self._cell_of(name), is_text_file=self._grid.is_text)
            for row in numbers.withheld:
                self._rows.counts[name][row] = MISSING

    def _cell_of(self, name: str) -> Callable[[int, str], JudgedCell]:
        rows = self._rows

        def cell_of(row: int, text: str) -> JudgedCell:
            code = rows.unit_code[row]
            who = (code, rows.unit_name[row] or code, rows.year[row])
            return JudgedCell(text, rows.origin(row, name), name, None, *who)

        return cell_of

    def _values(
        self, column: tuple[Cell, ...], name: str, start: int, keys: RowKeys, findings: list[Finding]
    ) -> array[int]:
        fast = _plain_texts(column) if self._grid.is_text else _plain_numbers(column)
        if fast is not None:
            return fast
        values = array("q")
        for index, cell in enumerate(column):
            count = read_count(cell)
            values.append(MISSING if count.value is None else count.value)
            if count.value is None:
                findings += self._report(cell, count, name, index, keys)
            elif count.was_text and isinstance(cell, str):
                self._as_text[name].note(start + index, cell)
        return values

    def _report(self, cell: Cell, count: Count, name: str, index: int, keys: RowKeys) -> Iterator[Finding]:
        """Report a cell that is no count: hidden by the format, wrong, or empty though required."""
        number, code = keys.numbers[index], keys.codes[index]
        judged = JudgedCell(
            cell,
            self._rows.tables[0].cell(name, number),
            name,
            self._grid.faults.get((number - 1, self._grid.first_column + self._places[name])),
            code,
            keys.names[index] or code,
            keys.years[index],
        )
        finding = count_finding(judged, count, is_required=name in REQUIRED_COUNTS)
        if finding is not None:
            yield finding


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
