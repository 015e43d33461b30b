"""What a form is once its cells are read: rows with their roles and counts, and everything around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import REQUIRED_COUNTS, Origin, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.cells import SheetContext
from thidua_cli.normalise.sheet.headings import SUM, Column, Layout, kept_of_header, segments_of

NUMBER: Final = late_pattern(r"\d+(?:[.,]\d+)*[.)]?\Z")
GROUP: Final = late_pattern(r"(?:[IVXivx]+|[A-ZĐa-zđ])[.)]?\Z")


class Role(Enum):
    """What a row is."""

    UNIT = auto()
    SECTION = auto()
    TOTAL = auto()


class Area(Enum):
    """The section of a form by area."""

    URBAN = "urban"
    RURAL = "rural"


@lru_cache(maxsize=1024)
def _depth(number: str) -> int | None:
    return len([part for part in re.split("[.,)]", number) if part]) if NUMBER.match(number) else None


@lru_cache(maxsize=1024)
def _heads_group(number: str) -> bool:
    return GROUP.match(number) is not None


class FormRow(NamedTuple):
    """One used row of a form."""

    role: Role
    row: int
    """0-based row in the sheet."""
    number: str
    """Text of the column TT."""
    name: str
    code: str
    counts: Mapping[str, int]
    """Known counts by canonical name."""
    hidden_or_wrong: frozenset[str]
    """Counts whose cell is reported already, so that nobody calls it merely empty."""
    area: Area | None = None
    year: int | None = None
    """Year in the row's own column; 0 where the cell says none, None where the table has no such column."""
    rates: Mapping[str, str] = MappingProxyType({})
    """Printed rates where the row lacks their counts, as `Observation.rates`."""

    def without(self, meaning: str) -> FormRow:
        """Return the row without a count that is not used, which is reported."""
        counts = {name: value for name, value in self.counts.items() if name != meaning}
        return self._replace(counts=counts, hidden_or_wrong=self.hidden_or_wrong | {meaning})

    @property
    def depth(self) -> int | None:
        """1 for "1", 2 for "1.1"; None where the column TT does not number the row."""
        return _depth(self.number)

    @property
    def heads_group(self) -> bool:
        """Say whether the column TT holds "I" or "A": a group, such as a district above its communes."""
        return _heads_group(self.number)

    @property
    def is_bare(self) -> bool:
        """Say whether the row is words alone, without number, code or figure: a heading, or no part of the table."""
        if self.counts or self.rates or self.hidden_or_wrong or self.code:
            return False
        return not (NUMBER.match(self.number) or self.heads_group)

    @property
    def has_figures(self) -> bool:
        """Say whether any of its count cells is filled in, rightly or wrongly, or a rate in their place."""
        return bool(self.counts or self.rates or self.hidden_or_wrong)


@dataclass(slots=True)
class FormTable:
    """A form as read: rows and what was wrong in their cells."""

    columns: dict[str, Column] = field(default_factory=dict)
    """Meaning → the column used for it."""
    rows: list[FormRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)
    """Cells (0-based) that figures are taken from."""
    persons: frozenset[int] = frozenset()
    """0-based rows that count persons ("Nhân khẩu") and are left out."""
    end: int = 0
    """0-based row after the table."""

    uneven: set[int] = field(default_factory=set)
    """0-based rows of a text table whose cells may be those of other columns: nothing is taken from them."""
    is_blank: bool = False
    """Nobody filled in any figure: what sums show is 0, formulas over nothing."""

    _sum_columns: dict[str, Column] | None = None

    def sum_columns(self) -> dict[str, Column]:
        """Return the columns that print a sum of other columns; to be asked once `columns` are settled."""
        if self._sum_columns is None:
            self._sum_columns = {meaning: column for meaning, column in self.columns.items() if meaning.startswith(SUM)}
        return self._sum_columns


class Placed(NamedTuple):
    """A unit row whose unit is known."""

    row: FormRow
    unit: Unit


@dataclass(frozen=True, slots=True)
class Form:
    """One form with its rows of one year-end."""

    sheet: SheetContext
    layout: Layout
    table: FormTable
    name: str
    """As `TableOrigin.form`."""
    required: tuple[str, ...] = REQUIRED_COUNTS
    """Counts that every unit of the form must have."""
    year: int = 0
    """0 as long as it is not known."""
    rows: Sequence[FormRow] = ()
    """The rows of `year`."""

    def origin(self, row: int, meaning: str = "unit_name") -> Origin:
        """Return the cell of a meaning in a 0-based row; the row where the table has no such column."""
        column = self.table.columns.get(meaning) or self.table.columns.get("unit_code")
        return self.sheet.grid.origin(row, column.index if column else None)

    @property
    def heading_words(self) -> tuple[str, ...]:
        """Every segment of the header."""
        return segments_of(self.layout.columns)

    @property
    def known_heading_words(self) -> tuple[str, ...]:
        """The segments above columns whose meaning is known: what an unused column says is said of it alone."""
        return _known_segments(self.layout.columns)


@kept_of_header
def _known_segments(columns: tuple[Column, ...]) -> tuple[str, ...]:
    return tuple(segment for column in columns if column.meaning is not None for segment in column.path)
