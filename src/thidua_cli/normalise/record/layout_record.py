"""What normalising keeps of each sheet for `thidua import --show-layout`: headings, rows taken and rows left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import Unit
from thidua_cli.named_tuple import NamedTuple


class FoundIn(StrEnum):
    """Where the year or the scope of a table was found."""

    TITLE = "title"
    SHEET_NAME = "sheet_name"
    FILE_NAME = "file_name"
    FOLDER_NAME = "folder_name"
    HEADING = "heading"
    COLUMN = "column"
    OPTION = "option"
    ROWS = "rows"


class LeftOut(StrEnum):
    """Why a row below the header gave no observation of its own."""

    BLANK = "blank"
    NUMBERING = "numbering"
    SECTION = "section"
    TOTAL = "total"
    HEADING = "heading"
    WORDS = "words"
    PERSONS = "persons"
    SIGNATURE = "signature"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_OF_ANOTHER_DAY = "unit_of_another_day"
    UNIT_AMBIGUOUS = "unit_ambiguous"
    YEAR_UNKNOWN = "year_unknown"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class ColumnRecord:
    """One column with a heading."""

    letters: str
    path: tuple[str, ...]
    """Heading path as printed, from the top."""
    meaning: str | None
    """As in data/headings.toml ("poor_households", "rate:poor", "ignored:persons"); None where it is not known."""
    used: bool = True
    """Whether figures are taken from it; not of two columns that claim one meaning."""
    suggestion: str | None = None
    """The known heading most like an unknown one."""
    factor: int = 1
    """How many households a printed 1 stands for: 1000 of a table in thousands."""


class RowsLeftOut(NamedTuple):
    """Neighbouring rows left out for one reason."""

    first: int
    """1-based sheet row."""
    last: int
    reason: LeftOut
    label: str = ""
    """Words of a section, a total or a unit's name; empty for everything else: it may name people."""


RowOfCopy = tuple[int, LeftOut, str, str]
"""1-based sheet row of a table, how it is told where the table repeats an earlier one, and its number and name.

Every table brings them and hardly one needs them: no more is made of them before one does.
"""


def label_of(number: str, name: str) -> str:
    """Return the words by which a row is told."""
    return f"{number} {name}" if number and name else number or name


@dataclass(frozen=True, slots=True)
class LayoutRecord:
    """What was recognised of one table, or why a sheet was not read."""

    file: str
    sheet: str
    form: str = ""
    """As `TableOrigin.form`; empty where no table was recognised."""
    table: int | None = None
    """Index in `Observations.tables`; None where nothing was taken."""
    refused: Text | None = None
    """Why nothing was taken, in words; of a list of persons nothing else is kept."""
    title: tuple[str, ...] = ()
    year: int | None = None
    """None where it is not known, or where every row names its own."""
    year_from: FoundIn | None = None
    scope: Unit | None = None
    scope_from: FoundIn | None = None
    stated_line: str | None = None
    """Poverty line that the user states of the table, or of rows of it; None where its figures take none from there."""
    header_top: int = 0
    """1-based first row of the header block; 0 for none."""
    header_bottom: int = 0
    columns: tuple[ColumnRecord, ...] = ()
    taken: tuple[tuple[int, int], ...] = ()
    """First and last sheet row, 1-based, of each run of rows that observations were made from."""
    left_out: tuple[RowsLeftOut, ...] = ()
    unchecked: tuple[str, ...] = ()
    """Codes of findings that cannot be made of this file format."""

    def as_copy(self, rows_of_copy: Sequence[RowOfCopy]) -> LayoutRecord:
        """Return the record of a table that turned out to repeat another: nothing is taken of it.

        `rows_of_copy` say how its rows are told; without any the runs that would have been taken are told as copies.
        """
        rows = [RowsLeftOut(row, row, reason, label_of(*words)) for row, reason, *words in rows_of_copy]
        told = {left_out.first for left_out in rows}
        runs = [RowsLeftOut(first, last, LeftOut.COPY) for first, last in self.taken if not rows]
        others = [left_out for left_out in self.left_out if left_out.first not in told]
        in_order = sorted([*others, *rows, *runs], key=lambda left_out: left_out.first)
        return replace(self, taken=(), left_out=tuple(in_order))


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Join neighbouring numbers.

    >>> list(runs([3, 1, 2, 7]))
    [(1, 3), (7, 7)]
    """
    first = last = None
    for number in sorted(numbers):
        if last is None or first is None:
            first = last = number
        elif number <= last + 1:
            last = number
        else:
            yield first, last
            first = last = number
    if first is not None and last is not None:
        yield first, last


def joined(rows: Iterable[RowsLeftOut]) -> Iterator[RowsLeftOut]:
    """Join neighbouring rows left out for one reason, where no words are shown of them."""
    kept: RowsLeftOut | None = None
    for row in rows:
        if kept is not None and (kept.reason, kept.label, kept.last + 1) == (row.reason, "", row.first):
            kept = RowsLeftOut(kept.first, row.last, row.reason) if not row.label else kept
            continue
        if kept is not None:
            yield kept
        kept = row
    if kept is not None:
        yield kept


_REASON_OF: Final = {"U002": LeftOut.UNIT_UNKNOWN, "U003": LeftOut.UNIT_AMBIGUOUS, "H004": LeftOut.YEAR_UNKNOWN}


def reasons_of(findings: Sequence[Finding]) -> dict[int, LeftOut]:
    """Return sheet row → why it gave no observation, by the findings that say so."""
    return {
        finding.origin.row: _REASON_OF[finding.kind.code]
        for finding in findings
        if finding.origin.row and finding.kind.code in _REASON_OF
    }
