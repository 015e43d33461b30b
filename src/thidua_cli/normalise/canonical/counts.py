"""Columns of a canonical table: counts, plain whole numbers at once and the rest cell by cell, and printed rates.

Rates are kept as printed, and compared with counts where those stand too.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator

from thidua_cli.findings import Finding
from thidua_cli.model import COUNTS, RATE_COLUMN, REQUIRED_COUNTS, Measure
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.cells.counts import count_finding
from thidua_cli.normalise.cells.judged import JudgedCell
from thidua_cli.normalise.cells.percents import percent_finding, read_percent
from thidua_cli.normalise.cells.taken import TakenNumbers
from thidua_cli.normalise.sheet.cell_faults import fault_finding
from thidua_cli.normalise.sheet.numbers import LARGEST_COUNT, Count, Taken, read_count, read_rate
from thidua_cli.normalise.table_reading import RateBesideCounts
from thidua_cli.observations import MISSING, Observations
from thidua_cli.read.grid import Cell, Fault, Grid


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
        self._taken = {name: TakenNumbers() for name in self._places}

    def extend(self, by_place: list[tuple[Cell, ...]], start: int, keys: RowKeys) -> list[Finding]:
        """Add the counts of one batch, whose first row is row `start` of `Observations`."""
        counts, findings = self._rows.counts, list[Finding]()
        for name, place in self._places.items():
            counts.setdefault(name, array("q")).extend(self._values(by_place[place], name, start, keys, findings))
        return findings

    def finish(self) -> Iterator[Finding]:
        """Yield numbers stored as text, uneven or as dates once per column; withhold ambiguous ones (V004)."""
        for name, numbers in self._taken.items():
            yield from numbers.findings(self._cell_of(name), is_text_file=self._grid.is_text)
            for row in numbers.withheld:
                self._rows.counts[name][row] = MISSING

    def _cell_of(self, name: str) -> Callable[[int, Cell], JudgedCell]:
        rows = self._rows

        def cell_of(row: int, cell: Cell) -> JudgedCell:
            code = rows.unit_code[row]
            who = (code, rows.unit_name[row] or code, rows.year[row])
            return JudgedCell(cell, rows.origin(row, name), name, None, *who)

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
            elif count.taken is not Taken.AS_IT_STANDS:
                self._taken[name].note(start + index, cell, count)
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


class RateColumns:
    """Keeps the printed rates of one table; says which cells hold none."""

    def __init__(self, grid: Grid, columns: dict[str, int], rows: Observations) -> None:
        self._grid = grid
        self._places = {measure: columns[name] for measure, name in RATE_COLUMN.items() if name in columns}
        self._rows = rows
        self.printed: list[RateBesideCounts] = []
        """Those that stand beside their counts, for the checks to compare (V006)."""

    def extend(self, by_place: list[tuple[Cell, ...]], start: int, keys: RowKeys) -> Iterator[Finding]:
        """Add the rates of one batch, whose counts stand in `Observations` from row `start` on."""
        for measure, place in self._places.items():
            read: dict[Cell, str | None] = {cell: read_percent(cell) for cell in set(by_place[place])}
            for index, cell in enumerate(by_place[place]):
                printed = read[cell]
                fault = self._grid.faults.get((keys.numbers[index] - 1, self._grid.first_column + place))
                is_hidden = fault is not None and fault.fault is not Fault.WORDED
                if is_hidden or printed is None:
                    yield self._report(cell, measure, index, keys)
                elif printed:
                    self._rows.add_rate(start + index, RATE_COLUMN[measure], printed)
                    self._compare(start + index, measure, printed)

    def _report(self, cell: Cell, measure: Measure, index: int, keys: RowKeys) -> Finding:
        name, number, code, year = RATE_COLUMN[measure], keys.numbers[index], keys.codes[index], keys.years[index]
        unit_name = keys.names[index] or code
        origin = self._rows.tables[0].cell(name, number)
        fault = self._grid.faults.get((number - 1, self._grid.first_column + self._places[measure]))
        if fault is not None:
            return fault_finding(fault, origin, unit_code=code, unit_name=unit_name, year=year, column=name)
        return percent_finding(JudgedCell(cell, origin, name, None, code, unit_name, year))

    def _compare(self, row: int, measure: Measure, printed: str) -> None:
        table = self._rows
        parts = [table.value(row, part) for part in measure.parts]
        known, whole = [part for part in parts if part is not None], table.value(row, measure.whole)
        rate = read_rate(f"{printed}%")
        if rate is None or whole is None or len(known) < len(parts):
            return
        origin, name = table.origin(row, RATE_COLUMN[measure]), table.unit_name[row] or table.unit_code[row]
        code, year = table.unit_code[row], table.year[row]
        poor = table.value(row, "poor_households")
        self.printed.append(RateBesideCounts(code, name, year, measure, rate, printed, sum(known), whole, origin, poor))
