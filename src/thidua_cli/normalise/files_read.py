"""What normalising hands to the checks and to measuring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import Measure, Origin, Unit
from thidua_cli.normalise.record.layout_record import LayoutRecord
from thidua_cli.normalise.sheet.numbers import Rate
from thidua_cli.observations import Observations

if TYPE_CHECKING:
    from thidua_cli.normalise.mapping import FormMapping


@dataclass(frozen=True, slots=True)
class PrintedRate:
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


@dataclass(frozen=True, slots=True)
class PrintedSum:
    """A printed sum of poor and near-poor households, beside the counts it should be the sum of."""

    unit_code: str
    unit_name: str
    year: int
    value: int
    expected: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class RowCounts:
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
    """Index of the table in `Observations.tables`."""
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


@dataclass(frozen=True, slots=True)
class TableRead:
    """One table that was recognised and used."""

    table: int
    """Index in `Observations.tables`."""
    form: str
    year: int | None
    """None where every row names its own year."""
    scope: Unit | None
    first_row: int
    """Row of `Observations` the table begins with."""
    rows: int
    own_total: int | None = None
    """Row of `Observations` that stands for the scope's printed total row, where there is one."""


class OutsideUnit(NamedTuple):
    """A unit that a table names and that stands on the list of another day only: its row is not used."""

    file: str
    sheet: str
    year: int
    unit_code: str
    unit_name: str


Outline = tuple[str, int, str, str, int]
"""Form, rows, first and last unit and first year of a table."""


@dataclass(slots=True)
class FilesRead:
    """Everything that came out of the files."""

    observations: Observations = field(default_factory=Observations)
    rates: list[PrintedRate] = field(default_factory=list)
    sums: list[PrintedSum] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    tables: list[TableRead] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    outside: list[OutsideUnit] = field(default_factory=list)
    unplaced: list[UnplacedRow] = field(default_factory=list)
    layouts: list[LayoutRecord] = field(default_factory=list)
    """What was recognised of each table, and why sheets were not read; in the order of reading."""
    misfits: list[Text] = field(default_factory=list)
    """Why the user's own form (`ReadingOptions.mapping`) does not fit sheets whose names it is for."""
    files: int = 0
    """Files that were opened, readable or not."""
    refused: int = 0
    """Files, folders or patterns that gave nothing because they cannot be read or hold no table."""
    outlines: dict[Outline, list[TableRead]] = field(default_factory=dict, compare=False)
    """The first `outlined` of the tables by their outline, to find copies by (copies.py)."""
    outlined: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user says of the files beforehand."""

    year: int | None = None
    """Year-end of tables that do not say theirs; overrides what they say."""
    unit: str | None = None
    """Code of the unit the tables are of (their scope)."""
    mapping: FormMapping | None = None
    """An officer's own form, for the sheets it fits."""


NO_TEXT = Text("", "")
