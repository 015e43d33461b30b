"""Rows of households and rows of persons: "Hộ" and "Nhân khẩu" of one unit below each other.

Mẫu 09 and 10 give every unit two rows, and some results do: the column "Phân tổ" says which. Number and name are merged
over both, or stand in one of them, or in both.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.model import COUNTS
from thidua_cli.normalise.cells.words import word_finding
from thidua_cli.normalise.sheet.cells import Cells, SheetContext, printed
from thidua_cli.normalise.sheet.headings import Column, Layout, fold
from thidua_cli.normalise.sheet.numbers import read_count, shown
from thidua_cli.normalise.sheet.unit_of_measure import WORDS_FOR_HOUSEHOLDS, WORDS_FOR_PERSONS

BREAKDOWN: Final = "breakdown"
"""Meaning of the column "Phân tổ"."""
_NAME: Final = "Phân tổ"
HOUSEHOLD_WORD: Final = "Hộ"
PERSON_WORD: Final = "Nhân khẩu"
_LABELS: Final = ("row_number", "unit_name", "unit_code")
_HOUSEHOLDS: Final = WORDS_FOR_HOUSEHOLDS | {"ho ngheo", "ho can ngheo"}
_PERSONS: Final = WORDS_FOR_PERSONS | {"khau ngheo"}
_LONGEST_WORD: Final = 20


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
    others: tuple[int, ...] = ()
    """Rows with figures that are of a part of the unit, of a plan or of another time: they are not used (F012)."""


WHOLE: Final = Breakdown()
"""Every row counts households."""


def find_breakdown(cells: Cells, layout: Layout, counts: Iterable[int]) -> Breakdown:
    """Return the breakdown of a table; `counts` are the columns that hold figures, 0-based."""
    columns = sorted(counts)
    body = range(layout.header_bottom + 1, len(cells.rows))
    # many forms leave the heading of this column empty: its words in turn tell it as well
    column_of_words = _heading(layout)
    if column_of_words is None and columns:
        labels_of_units = {column.index for column in layout.columns if column.meaning in _LABELS}
        before = [place for place in range(cells.first_column, columns[0]) if place not in labels_of_units]
        column_of_words = next((column for column in before if _says_both(cells, body, column)), None)
    if column_of_words is None:
        return WHOLE
    counted = {row: _counted(cells.text(row, column_of_words)) for row in body}
    labels = [label.index for meaning in _LABELS if (label := layout.column(meaning)) is not None]
    return Breakdown(
        column_of_words,
        frozenset(row for row in body if counted[row] is _Counted.PERSONS),
        tuple(row for row in body if counted[row] is None and has_figures(cells, row, columns)),
        _label_rows(cells, counted, labels),
    )


def _heading(layout: Layout) -> int | None:
    return next((column.index for column in layout.columns if fold(column.path[-1]) == "phan to"), None)


def _says_both(cells: Cells, body: range, column: int) -> bool:
    """Say whether a column without a telling heading says "Hộ" and "Nhân khẩu" in turn."""
    words = [counted for row in body if (counted := _counted(cells.text(row, column))) is not None]
    return len(words) >= 2 and len(set(words)) == 2


def _counted(text: str) -> _Counted | None:
    if len(text) > _LONGEST_WORD:
        return None
    folded = fold(text.strip(" ()"))
    if folded in _HOUSEHOLDS:
        return _Counted.HOUSEHOLDS
    return _Counted.PERSONS if folded in _PERSONS else None


def has_figures(cells: Cells, row: int, columns: Iterable[int]) -> bool:
    """Say whether any of the columns holds a count in a row."""
    return any(read_count(cells.value(row, column)).value is not None for column in columns)


def rows_with_figures(cells: Cells, columns: Sequence[int], first: int) -> list[int]:
    """Return the rows from `first` on that hold a count in any of the columns.

    Every table looks down to the end of its sheet; of many with one header the sheet is looked through once.
    """
    rows = cells.figure_rows.get(tuple(columns))
    if rows is None:
        rows = [row for row in range(len(cells.rows)) if cells.filled(row) and has_figures(cells, row, columns)]
        cells.figure_rows[tuple(columns)] = rows
    return rows[bisect_left(rows, first) :]


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


_ROWS_LOOKED_AT: Final = 6
_ALL: Final = frozenset({"tong so", "tong", "tong cong", "tong so dan cu", "dan cu", "tong dan cu", "tong so dan"})
"""Headings of all households in a table whose rows say what they count; elsewhere they may be of persons."""


def of_households(cells: Cells, layout: Layout) -> tuple[Layout, Breakdown]:
    """Return a table of results with its rows of households, and the layout with what its columns count in these."""
    counts = [column.index for column in layout.columns if column.meaning in COUNTS]
    if not counts or not _may_say(cells, layout, min(counts)):
        return layout, WHOLE
    breakdown = find_breakdown(cells, layout, counts)
    if breakdown.column is None or len(breakdown.unsaid) > len(breakdown.persons):
        return layout, WHOLE
    columns = [replace(c, meaning=BREAKDOWN) if c.index == breakdown.column else c for c in layout.columns]
    return replace(layout, columns=tuple(_with_all_households(columns))), breakdown


def _may_say(cells: Cells, layout: Layout, first_count: int) -> bool:
    """Say whether one of the first rows has the word in front of its figures: most tables are of households alone."""
    rows = range(layout.header_bottom + 1, layout.header_bottom + 1 + _ROWS_LOOKED_AT)
    columns = range(cells.first_column, first_count)
    return any(
        isinstance(value := cells.value(row, column), str) and _counted(printed(value)) is not None
        for row in rows
        for column in columns
    )


def _with_all_households(columns: Sequence[Column]) -> Sequence[Column]:
    if any(column.meaning == "households" for column in columns):
        return columns
    alone = [c for c in columns if c.meaning is None and len(c.path) == 1 and fold(c.path[0]) in _ALL]
    if len(alone) != 1:
        return columns
    return [replace(column, meaning="households") if column is alone[0] else column for column in columns]
