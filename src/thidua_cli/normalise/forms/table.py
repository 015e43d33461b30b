"""What a form is once its cells are read: rows with their roles and counts, and everything around them.

Mẫu 09 and 10 give every unit two rows, "Hộ" and "Nhân khẩu": the column "Phân tổ" says which. Number and name are
merged over both, or stand in one of them, or in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.model import REQUIRED_COUNTS, Origin, Unit
from thidua_cli.normalise.cells.words import word_finding
from thidua_cli.normalise.sheet.cells import Cells, SheetContext
from thidua_cli.normalise.sheet.headings import SUM, Column, Layout, fold
from thidua_cli.normalise.sheet.numbers import read_count, shown

NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*[.)]?\Z")
GROUP: Final = re.compile(r"(?:[IVXivx]+|[A-ZĐa-zđ])[.)]?\Z")


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


@dataclass(frozen=True, slots=True)
class FormRow:
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
    rates: Mapping[str, str] = field(default_factory=dict)
    """Printed rates where the row lacks their counts, as `Observation.rates`."""

    def without(self, meaning: str) -> FormRow:
        """Return the row without a count that is not used, which is reported."""
        counts = {name: value for name, value in self.counts.items() if name != meaning}
        return replace(self, counts=counts, hidden_or_wrong=self.hidden_or_wrong | {meaning})

    @property
    def depth(self) -> int | None:
        """1 for "1", 2 for "1.1"; None where the column TT does not number the row."""
        return _depth(self.number)

    @property
    def heads_group(self) -> bool:
        """Say whether the column TT holds "I" or "A": a group, such as a district above its communes."""
        return bool(GROUP.match(self.number))

    @property
    def is_bare(self) -> bool:
        """Say whether the row is words alone, without number, code or figure: a heading, or no part of the table."""
        is_numbered = NUMBER.match(self.number) or self.heads_group
        return not (self.counts or self.rates or self.hidden_or_wrong or self.code or is_numbered)

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


@dataclass(frozen=True, slots=True)
class Placed:
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
        return tuple(segment for column in self.layout.columns for segment in column.path)


BREAKDOWN: Final = "breakdown"
"""Meaning of the column "Phân tổ"."""
_NAME: Final = "Phân tổ"
HOUSEHOLD_WORD: Final = "Hộ"
PERSON_WORD: Final = "Nhân khẩu"
_LABELS: Final = ("row_number", "unit_name", "unit_code")
_HOUSEHOLDS: Final = frozenset({"ho", "so ho", "ho gia dinh", "ho dan cu", "ho ngheo", "ho can ngheo"})
_PERSONS: Final = frozenset({"khau", "so khau", "nhan khau", "so nhan khau", "nguoi", "so nguoi", "khau ngheo"})


class _Counted(Enum):
    HOUSEHOLDS = auto()
    PERSONS = auto()


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The rows of a form by what they count; all 0-based."""

    column: int | None = None
    """The column "Phân tổ"; None where every row counts households."""
    persons: frozenset[int] = frozenset()
    unsaid: tuple[int, ...] = ()
    """Rows with figures whose cell says neither households nor persons."""
    label_rows: Mapping[int, int] = field(default_factory=dict)
    """Row of households → the row of persons beside it that bears number and name for both."""


WHOLE: Final = Breakdown()
"""Every row counts households."""


def find_breakdown(cells: Cells, layout: Layout, counts: Iterable[int]) -> Breakdown:
    """Return the breakdown of a table; `counts` are the columns that hold figures, 0-based."""
    columns = sorted(counts)
    body = range(layout.header_bottom + 1, len(cells.rows))
    # many forms leave the heading of this column empty: its words in turn tell it as well
    column_of_words = _heading(layout)
    if column_of_words is None and columns:
        before = range(cells.first_column, columns[0])
        column_of_words = next((column for column in before if _says_both(cells, body, column)), None)
    if column_of_words is None:
        return WHOLE
    counted = {row: _counted(cells.text(row, column_of_words)) for row in body}
    labels = [label.index for meaning in _LABELS if (label := layout.column(meaning)) is not None]
    return Breakdown(
        column_of_words,
        frozenset(row for row in body if counted[row] is _Counted.PERSONS),
        tuple(row for row in body if counted[row] is None and _has_figures(cells, row, columns)),
        _label_rows(cells, counted, labels),
    )


def _heading(layout: Layout) -> int | None:
    return next((column.index for column in layout.columns if fold(column.path[-1]) == "phan to"), None)


def _says_both(cells: Cells, body: range, column: int) -> bool:
    """Say whether a column without a telling heading says "Hộ" and "Nhân khẩu" in turn."""
    words = [counted for row in body if (counted := _counted(cells.text(row, column))) is not None]
    return len(words) >= 2 and len(set(words)) == 2


def _counted(text: str) -> _Counted | None:
    folded = fold(text.strip(" ()"))
    if folded in _HOUSEHOLDS:
        return _Counted.HOUSEHOLDS
    return _Counted.PERSONS if folded in _PERSONS else None


def _has_figures(cells: Cells, row: int, columns: Iterable[int]) -> bool:
    return any(read_count(cells.value(row, column)).value is not None for column in columns)


def _label_rows(cells: Cells, counted: Mapping[int, _Counted | None], labels: list[int]) -> dict[int, int]:
    """Pair the two rows of each unit from the top, and name the row of each pair that bears the label."""
    bearers: dict[int, int] = {}
    rows = iter(sorted(counted))
    for row in rows:
        first, two = counted[row], counted.get(row + 1)
        if first is None or two is None or first is two:
            continue
        upper, lower = ([cells.text(line, column) for column in labels] for line in (row, row + 1))
        if any(a and b and a != b for a, b in zip(upper, lower, strict=True)):
            continue  # two units, each of which lacks its other row
        households, persons = (row, row + 1) if first is _Counted.HOUSEHOLDS else (row + 1, row)
        own, beside = (upper, lower) if households == row else (lower, upper)
        if sum(map(bool, beside)) > sum(map(bool, own)):
            bearers[households] = persons
        next(rows, None)
    return bearers


def unsaid_findings(sheet: SheetContext, breakdown: Breakdown, end: int) -> Iterator[Finding]:
    """Yield V007 for the rows above `end` whose figures may be of households or of persons."""
    for row in breakdown.unsaid:
        if breakdown.column is not None and row < end:
            value = shown(sheet.cells.value(row, breakdown.column))
            yield word_finding(sheet.grid.origin(row, breakdown.column), _NAME, value, (HOUSEHOLD_WORD, PERSON_WORD))
