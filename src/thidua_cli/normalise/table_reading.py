"""What was read of one file, as values: table by table, before anything is put together with other files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Measure, Origin, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.record.layout_record import LayoutRecord, RowOfCopy
from thidua_cli.normalise.sheet.numbers import Rate
from thidua_cli.observations import Observations


@dataclass(frozen=True, slots=True)
class RateBesideCounts:
    """A rate printed beside the counts it is taken from."""

    unit_code: str
    unit_name: str
    year: int
    measure: Measure
    rate: Rate
    printed: str
    part: int
    whole: int
    origin: Origin
    poor: int | None = None
    """The poor alone, beside a rate of poor and near-poor."""


@dataclass(frozen=True, slots=True)
class PrintedSum:
    """A printed sum of poor and near-poor households, beside the counts it should be the sum of."""

    unit_code: str
    unit_name: str
    year: int
    value: int
    expected: int
    origin: Origin


class RowCounts(NamedTuple):
    """The counts of one row of a form, before rows of one unit are added up."""

    label: str
    sheet_row: int
    """1-based."""
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Total:
    """A printed total row and the rows it should be the sum of."""

    row: RowCounts
    parts: tuple[RowCounts, ...]
    table: int
    """Index of the table in `Observations.tables`: 0 as long as the table stands alone."""
    year: int
    of_sections: bool = False
    """The parts are the urban and the rural section's own totals."""


@dataclass(frozen=True, slots=True)
class UnplacedRow:
    """A row whose unit or year is not known, which a finding says: it is why a unit or a year seems to be missing."""

    codes: frozenset[str]
    """The units it may be of, as far as that is known."""
    year: int | None
    name: str = ""
    """The unit as printed, where no code tells it."""


class OutsideUnit(NamedTuple):
    """A unit that a table names and that stands on the list of another day only: its row is not used."""

    file: str
    sheet: str
    year: int
    unit_code: str
    unit_name: str


class Evidence(NamedTuple):
    """Where a table may belong that names no province: what files read together are compared by."""

    year: int
    places: frozenset[str]
    """Codes of the provinces and districts that fit its names."""
    names: frozenset[str]
    """The names, as they are compared."""
    is_open: bool
    """They fit several places, and the table alone does not tell which."""


@dataclass(frozen=True, slots=True)
class TableReading:
    """One table and year-end; or, without rows, what else was found: a table of no known unit, cells beside tables."""

    findings: Sequence[Finding] = ()
    form: str = ""
    """As `TableOrigin.form`."""
    year: int | None = None
    """None where every row names its own year."""
    scope: Unit | None = None
    heading_year: int | None = None
    """The year-end that its headings name, of a table whose columns stand beside those of other years."""
    rows: Observations | None = None
    """Observations of this table alone; None where nothing was taken."""
    own_total: int | None = None
    """Row of `rows` that stands for the scope's printed total row, where there is one."""
    rates: Sequence[RateBesideCounts] = ()
    sums: Sequence[PrintedSum] = ()
    totals: Sequence[Total] = ()
    outside: Sequence[OutsideUnit] = ()
    unplaced: Sequence[UnplacedRow] = ()
    record: LayoutRecord | None = None
    """What was recognised, or why the sheet is not read."""
    rows_of_copy: Sequence[RowOfCopy] = ()
    """How its rows are told where the table turns out to repeat an earlier one."""
    is_blank: bool = False
    """A form was recognised, and none of its cells for figures holds one."""
    misfit: Text | None = None
    """Why the user's own form (`ReadingOptions.mapping`) does not fit a sheet whose name it is for."""
    evidence: Evidence | None = None
    """None where it says itself which province it is of, or the user does."""
    names_villages: bool = False
    """Villages of it have no code but the one that is made of their names."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Tables of one sheet that belong together."""

    tables: tuple[TableReading, ...]
    share_cells: bool = False
    """The tables are read from the same rows: a fault in a cell that they share is told once."""


@dataclass(frozen=True, slots=True)
class BlockReading:
    """What stands below one header: one table, or one for each of the year-ends."""

    parts: tuple[SheetPart, ...]
    used: Set[tuple[int, int]] = frozenset()
    """Cells (0-based row and column) that figures are taken from."""
    end: int = 0
    """0-based row after the block."""


@dataclass(frozen=True, slots=True)
class FileReading:
    """What was read of one file, in the order of reading."""

    parts: tuple[SheetPart, ...] = ()
    is_refused: bool = False
    """The file cannot be read, or holds no table."""

    @property
    def evidence(self) -> Iterator[Evidence]:
        """What its tables say of where they belong."""
        tables = (table for part in self.parts for table in part.tables)
        return (table.evidence for table in tables if table.evidence is not None)

    @property
    def is_open(self) -> bool:
        """Say whether a table of it fits several places, of which other files may tell the one."""
        return any(evidence.is_open for evidence in self.evidence)
