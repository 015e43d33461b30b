"""The table between normalising and everything after it: one row = one unit at one year-end.

Held by column in machine integers: half a million village rows must fit beside the workbook they came from.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import COUNTS, PRINTED_RATES, Level, Origin, Status, Unit
from thidua_cli.named_tuple import NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MISSING: Final = -1
"""Stands for a missing count inside the columns; counts themselves are never negative."""


@dataclass(frozen=True, slots=True)
class TableOrigin:
    """Where one recognised table stands, and which of its columns holds which meaning."""

    file: str
    sheet: str
    form: str
    """Id of its form, as the register of forms has it: "canonical"."""
    columns: Mapping[str, int]
    """Canonical column name → column of the sheet, counted from 1 as in `Origin`."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """Canonical column name → sheet row, 1-based, where each count has a row of its own (one indicator per row)."""

    def prints(self, column: str) -> bool:
        """Say whether the table itself holds a column; one made of values, without any place, holds them all."""
        return not self.columns or column in self.columns

    def cell(self, column: str, row_number: int) -> Origin:
        """Return the origin of `column` in sheet row `row_number` (1-based); the whole row where no column is known."""
        return Origin(self.file, self.sheet, self.rows.get(column, row_number), self.columns.get(column, 0))


@dataclass(frozen=True, slots=True)
class Observation:
    """One row of `Observations`, as a value."""

    unit_code: str
    year: int
    unit_name: str
    level: Level
    parent_code: str
    poverty_line: str
    status: Status
    counts: Mapping[str, int]
    """Known counts only; a name that is absent is missing."""
    rates: Mapping[str, str] = field(default_factory=dict)
    """Printed rates by canonical column, in percent with a decimal point: "5.93", or a sum of what is printed,
    "5.93+1.89"."""
    line_is_assumed: bool = False
    """Neither the table nor the user says `poverty_line`: it is the national one of the year."""


class SharedFields(NamedTuple):
    """What all rows of a table of one year-end share, as `Observation` has it."""

    year: int
    poverty_line: str
    status: Status
    line_is_assumed: bool


Described = Literal["unit_code", "unit_name", "level", "parent_code", "poverty_line", "status"]
"""The columns of `Observations` that hold texts or members, of which few are different."""


class Coded(NamedTuple):
    """A column as its different values and which of them each row holds."""

    codes: NDArray[np.int32]
    """Row → index into `values`."""
    values: Sequence[Any]
    """Each different value once; one that no row holds may be among them."""


class _KeptCodes(NamedTuple):
    column: list[Any]
    """The list that was coded: another in its place, or a longer one, is coded anew."""
    coded: Coded


@dataclass(slots=True)
class Observations:
    """One row per unit, year-end and status as read (duplicates included), in the order of reading."""

    tables: list[TableOrigin] = field(default_factory=list)
    table: array[int] = field(default_factory=lambda: array("i"))
    """Row → index into `tables`."""
    row_number: array[int] = field(default_factory=lambda: array("i"))
    """Row → row in its sheet, 1-based."""
    summed_rows: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Row → all sheet rows it is the sum of (a district's urban and rural rows on a province form)."""
    unit_code: list[str] = field(default_factory=list)
    year: array[int] = field(default_factory=lambda: array("i"))
    unit_name: list[str] = field(default_factory=list)
    level: list[Level] = field(default_factory=list)
    parent_code: list[str] = field(default_factory=list)
    poverty_line: list[str] = field(default_factory=list)
    line_is_assumed: bytearray = field(default_factory=bytearray)
    """Row → 1 where it is so, as `Observation.line_is_assumed`, else 0."""
    status: list[Status] = field(default_factory=list)
    counts: dict[str, array[int]] = field(default_factory=dict)
    """Count name → column of households; `MISSING` where unknown. A count no table holds has no column."""
    rates: dict[str, dict[int, str]] = field(default_factory=dict)
    """Canonical column of a printed rate → row → the rate, as `Observation.rates`; few tables print any alone."""
    borrowed: dict[tuple[int, str], int] = field(default_factory=dict)
    """(row, count) → the row it was read in, where a row holds a count of another form (the checks join forms)."""
    _coded: dict[str, _KeptCodes] = field(default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.unit_code)

    def add_table(self, table: TableOrigin) -> int:
        """Register a table and return its index for `append`."""
        self.tables.append(table)
        return len(self.tables) - 1

    def append(self, table: int, row_numbers: Sequence[int], observation: Observation) -> int:
        """Add one row that stands in the sheet rows `row_numbers`; return its index."""
        unit = (observation.unit_code, observation.unit_name, observation.level, observation.parent_code)
        self.line_is_assumed.append(observation.line_is_assumed)
        self.poverty_line.append(observation.poverty_line)
        self.status.append(observation.status)
        return self._add(table, row_numbers, unit, observation.year, observation.counts, observation.rates)

    def append_unit(
        self,
        row_numbers: Sequence[int],
        unit: Unit,
        shared: SharedFields,
        counts: Mapping[str, int],
        rates: Mapping[str, str],
    ) -> int:
        """Add one row of the first table, as `append` does, without a value made of it first; return its index."""
        self.line_is_assumed.append(shared.line_is_assumed)
        self.poverty_line.append(shared.poverty_line)
        self.status.append(shared.status)
        of_unit = (unit.code, unit.name, unit.level, unit.parent_code)
        return self._add(0, row_numbers, of_unit, shared.year, counts, rates)

    def _add(
        self,
        table: int,
        row_numbers: Sequence[int],
        unit: tuple[str, str, Level, str],
        year: int,
        counts: Mapping[str, int],
        rates: Mapping[str, str],
    ) -> int:
        index = len(self)
        if not counts.keys() <= self.counts.keys():
            for name in counts:
                self.column(name)
        self.table.append(table)
        self.row_number.append(row_numbers[0])
        if len(row_numbers) > 1:
            self.summed_rows[index] = tuple(row_numbers)
        code, name, level, parent_code = unit
        self.unit_code.append(code)
        self.year.append(year)
        self.unit_name.append(name)
        self.level.append(level)
        self.parent_code.append(parent_code)
        known = counts.get
        for name, column in self.counts.items():
            column.append(known(name, MISSING))
        for name, printed in rates.items():
            self.add_rate(index, name, printed)
        return index

    def add_rate(self, row: int, name: str, printed: str) -> None:
        """Keep a printed rate of a row."""
        if name not in PRINTED_RATES:
            raise KeyError(name)
        self.rates.setdefault(name, {})[row] = printed

    def rates_of(self, row: int) -> dict[str, str]:
        """Return the printed rates of a row, as `Observation.rates`."""
        return {name: self.rates[name][row] for name in PRINTED_RATES if row in self.rates.get(name, ())}

    def column(self, name: str) -> array[int]:
        """Return the column of a count, adding one full of missing values if no table held it yet."""
        column = self.counts.get(name)
        if column is None:
            if name not in COUNTS:
                raise KeyError(name)
            column = array("q", [MISSING]) * len(self)
            self.counts[name] = column
        return column

    def extend(self, added: Observations) -> None:
        """Add all rows of others, with the tables they are of."""
        tables, rows = len(self.tables), len(self)
        for name in added.counts:
            self.column(name)
        for name, column in self.counts.items():
            column.extend(added.counts.get(name) or array("q", [MISSING]) * len(added))
        for name, rates in added.rates.items():
            self.rates.setdefault(name, {}).update({row + rows: printed for row, printed in rates.items()})
        self.tables += added.tables
        self.table.extend((table + tables for table in added.table) if tables else added.table)
        self.row_number.extend(added.row_number)
        self.summed_rows.update({row + rows: numbers for row, numbers in added.summed_rows.items()})
        self.unit_code += added.unit_code
        self.year.extend(added.year)
        self.unit_name += added.unit_name
        self.level += added.level
        self.parent_code += added.parent_code
        self.poverty_line += added.poverty_line
        self.line_is_assumed += added.line_is_assumed
        self.status += added.status

    def coded(self, name: Described) -> Coded:
        """Return a column by its different values, for work over arrays (loads numpy); kept until the column changes.

        A column is only ever replaced or made longer: nobody exchanges one element of it.
        """
        column = getattr(self, name)
        kept = self._coded.get(name)
        if kept is None or kept.column is not column or len(kept.coded.codes) != len(column):
            kept = self._coded[name] = _KeptCodes(column, _coded(column))
        return kept.coded

    def keep_codes(self, name: Described, coded: Coded) -> None:
        """Keep a column by its different values, as who filled it knows them already."""
        self._coded[name] = _KeptCodes(getattr(self, name), coded)

    def value(self, row: int, name: str) -> int | None:
        """Return one count, or None where it is missing."""
        column = self.counts.get(name)
        if column is None or column[row] == MISSING:
            return None
        return column[row]

    @property
    def has_figures(self) -> bool:
        """Whether any row holds a count, or a rate in its place."""
        return bool(self.rates) or any(value != MISSING for column in self.counts.values() for value in column)

    def form(self, row: int) -> str:
        """Return the form that a row stands on, as `TableOrigin.form`."""
        return self.tables[self.table[row]].form

    def observation(self, row: int) -> Observation:
        """Return one row as a value."""
        return Observation(
            self.unit_code[row],
            self.year[row],
            self.unit_name[row],
            self.level[row],
            self.parent_code[row],
            self.poverty_line[row],
            self.status[row],
            {name: column[row] for name, column in self.counts.items() if column[row] != MISSING},
            self.rates_of(row),
            bool(self.line_is_assumed[row]),
        )

    def __iter__(self) -> Iterator[Observation]:
        return (self.observation(row) for row in range(len(self)))

    def origins(self, row: int, column: str) -> tuple[Origin, ...]:
        """Return the cells the value of `column` in `row` was read from (several where rows were summed)."""
        row = self.borrowed.get((row, column), row)
        table = self.tables[self.table[row]]
        return tuple(table.cell(column, number) for number in self.summed_rows.get(row, (self.row_number[row],)))

    def origin(self, row: int, column: str) -> Origin:
        """Return the first cell of `origins`: where a finding points to."""
        return self.origins(row, column)[0]

    @classmethod
    def of(cls, observations: Iterable[Observation], file: str = "", form: str = "canonical") -> Observations:
        """Build the table from values, for notebooks and tests; rows count from 2 as below a header."""
        table = cls()
        index = table.add_table(TableOrigin(file, "", form, {}))
        for number, observation in enumerate(observations, start=2):
            table.append(index, (number,), observation)
        return table


def _coded(column: Sequence[Any]) -> Coded:
    import numpy as np  # late: small tables do without

    # a member's hash is computed in Python, its address is not; texts that are equal need not be one object
    keys = column if column and type(column[0]) is str else list(map(id, column))
    values = dict(zip(keys, column, strict=True))
    index = {key: code for code, key in enumerate(values)}
    return Coded(np.fromiter(map(index.__getitem__, keys), np.int32, len(column)), list(values.values()))
