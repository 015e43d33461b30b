"""One sheet or text table as rows of raw cells, with what the file format knows about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import Origin, column_letters
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.marked_text import MarkedText

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from thidua_cli.observations import Coded
    from thidua_cli.read.columns import ColumnBatch

Cell = str | float | int | bool | date | datetime | time | timedelta | None
Row = list[Cell]


class MergedRange(NamedTuple):
    """A merged range, 0-based and inclusive. Only its top-left cell holds text."""

    top: int
    left: int
    bottom: int
    right: int


class Fault(Enum):
    """Why nothing can be taken from a cell."""

    WITHOUT_VALUE = auto()
    """An Excel error, or a formula without a stored value."""
    ZERO = auto()
    """A formula whose stored 0 nobody calculated."""
    UNDER_MERGE = auto()
    """It lies under a merged range, where nobody sees it."""
    STRUCK = auto()
    """It is crossed out."""
    RAISED = auto()
    """It is raised or lowered like a footnote's mark."""
    NOT_SHOWN = auto()
    """Its number format shows nothing."""
    WORDED = auto()
    """Its number format adds words that change what is counted; its number stays to be read as a rate."""


class FaultyCell(NamedTuple):
    """A cell that holds nothing that can be used, whatever is stored in it; it reads as blank."""

    row: int
    column: int
    error: str
    """The error as Excel shows it ("#REF!"); empty for anything else."""
    fault: Fault = Fault.WITHOUT_VALUE
    shown: str = ""
    """What is stored in it, as far as it is to be named."""
    merge: str = ""
    """The merged range that covers it ("H3:I3")."""


class IndexRange(NamedTuple):
    """Rows or columns that follow each other, 0-based and inclusive."""

    first: int
    last: int


class StoredZero(NamedTuple):
    """A formula whose stored result is 0, which some programs write without calculating anything."""

    formula: str
    """As Excel writes it, without "="; empty where it is not known."""
    shift: tuple[int, int] = (0, 0)
    """Rows and columns by which its references move: of a formula that several cells share."""
    asks: bool = False
    """Its writer asks for it to be calculated when the workbook is opened."""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a sheet holds beyond its values, as far as its format tells; nothing for a text file."""

    faults: Mapping[tuple[int, int], FaultyCell] = field(default_factory=dict)
    links: tuple[tuple[int, int], ...] = ()
    """Cells whose formula takes its value from another workbook, by 0-based (row, column)."""
    hidden_rows: tuple[IndexRange, ...] = ()
    hidden_columns: tuple[IndexRange, ...] = ()
    merged: tuple[MergedRange, ...] = ()
    """Merged ranges, of the formats whose ranges calamine does not give."""
    unchecked: tuple[str, ...] = ()
    """Codes of the findings that nobody can make of this format: what they speak of is not in the file."""
    marked: Mapping[tuple[int, int], MarkedText] = field(default_factory=dict)
    """Cells with crossed-out or raised text, by 0-based (row, column)."""
    worded: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Cells to whose number the format adds words ("84 nghìn"), with these words."""
    struck_rows: tuple[int, ...] = ()
    """0-based rows of which everything is crossed out."""
    zeros: Mapping[tuple[int, int], StoredZero] = field(default_factory=dict)
    """Formulas with a stored 0, by 0-based (row, column)."""
    calculated: frozenset[int] = frozenset()
    """0-based columns in which a formula has another result than 0: somebody calculated there."""


class CellBlock(Protocol):
    """Rows of a large table whose cells are held by column; places count from the first cell of a row."""

    def __len__(self) -> int:
        """Count the rows."""

    def rows(self, step: int = 1) -> list[Row]:
        """Return every `step`-th row, from the first one, as `Grid.open_rows` gives it."""

    def coded(self, place: int) -> Coded | None:
        """Return a column by its cells, numbered alike in all blocks of a table; None where it has to be read by row.

        Two numbers may be of one cell.
        """

    def counts(self, place: int) -> NDArray[np.int64] | None:
        """Return a column of plain whole numbers, `MISSING` where a cell is empty; None where any holds more."""


OpenBlocks = Callable[[int, int, int], "Iterator[CellBlock | list[Row]]"]
"""Start reading from a 0-based row on, with the number of cells that its header has and that of the rows of a block.

A block has no row of another length; where there is one, or anything else that is odd, the rows come as they are.
"""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of a workbook, or one text file. Rows and columns count from 0 = row 1 and column A."""

    file: str
    sheet: str
    """Name of the sheet; empty for a text file."""
    open_rows: Callable[[], Iterator[Row]]
    """Start reading: rows in order from row 1, cells from `first_column`, empty ones as "" or None."""
    first_column: int = 0
    merged: tuple[MergedRange, ...] = ()
    facts: SheetFacts = field(default_factory=SheetFacts)
    is_text: bool = False
    """Cells are all text (a CSV file), so that a number typed as text is nothing to report."""
    is_hidden: bool = False
    """The sheet is not shown when the workbook is opened."""
    open_columns: Callable[[], Iterator[ColumnBatch]] | None = None
    """Start reading the same rows column by column (columns.py): of large plain sheets, which are packed so."""
    open_blocks: OpenBlocks | None = None
    """The same rows by blocks (loads numpy), where there are so many that it pays; who changes `open_rows` drops it."""

    @property
    def faults(self) -> Mapping[tuple[int, int], FaultyCell]:
        """Cells whose content the file hides, by 0-based (row, column)."""
        return self.facts.faults

    def origin(self, row: int | None = None, column: int | None = None) -> Origin:
        """Return the place of a 0-based cell; of the whole row without a column, of the whole sheet without both."""
        return Origin(self.file, self.sheet, 0 if row is None else row + 1, 0 if column is None else column + 1)


def column_index(letters: str) -> int:
    """Return the 0-based column of Excel's letters.

    >>> column_index("A"), column_index("AA"), column_index("ZZ")
    (0, 26, 701)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(row: int, column: int) -> str:
    """Name a cell as Excel does, from 0-based row and column.

    >>> cell_name(33, 4)
    'E34'
    """
    return f"{column_letters(column)}{row + 1}"
