"""What stands in a composed table, and what it means: cells with their figures, sheets, books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

Value = str | int | float | bool | None
FINAL: Final = "final"
PRELIMINARY: Final = "preliminary"
NATIONAL: Final = frozenset({"2011-2015", "2016-2020", "2022-2025", "2027-2030"})
"""Ids of the national poverty lines."""


class Reading(NamedTuple):
    """One figure as it was read."""

    unit: str
    year: int
    status: str
    line: str
    column: str
    value: int


@dataclass(frozen=True, slots=True)
class Meant:
    """What the figure of a cell may be read as. Empty years: as nothing, it is no figure of any year-end."""

    units: frozenset[str]
    """Codes; a village that no list holds is its name."""
    years: frozenset[int]
    columns: frozenset[str]
    values: frozenset[int]
    statuses: frozenset[str] = frozenset({FINAL})
    national: bool = True
    """Whether it follows the national poverty line."""
    cells: tuple[tuple[int, int], ...] = ()
    """All cells (row, column) that are summed to it, its own among them; none where it stands alone."""
    also: Meant | None = None
    """What else it may be read as."""

    @property
    def is_usable(self) -> bool:
        """Whether there is any honest reading of it."""
        return bool(self.years and self.columns and self.values and self.units)

    def accepts(self, reading: Reading) -> bool:
        """Say whether a reading is honest."""
        if self.also is not None and self.also.accepts(reading):
            return True
        return (
            reading.unit in self.units
            and reading.year in self.years
            and reading.column in self.columns
            and reading.value in self.values
            and reading.status in self.statuses
            and (reading.line in NATIONAL) == self.national
        )


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell shows beside its value."""

    number_format: str = ""
    struck: bool = False
    raised: str = ""
    """Text raised behind the value, as the mark of a footnote."""
    struck_before: str = ""
    """Text crossed out before the value."""
    formula: str = ""
    """The formula; its stored value is the cell's, and None is none."""
    error: bool = False
    """The value names an error value: "#REF!"."""


PLAIN: Final = Look()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what is stored, how it looks, and what an honest reader may take from it."""

    value: Value = None
    meant: Meant | None = None
    look: Look = PLAIN


class Merge(NamedTuple):
    """A merged range; rows and columns count from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet under composition."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    header: int = 0
    """Row (from 0) where headings begin; what stands above speaks of the whole table."""
    further: list[tuple[int, int]] = field(default_factory=list)
    """Rows (from 0) where further tables begin below: of their titles, of their headings."""

    def add(self, *cells: Cell | Value) -> int:
        """Append a row and return its number, from 0."""
        self.rows.append([cell if isinstance(cell, Cell) else Cell(cell) for cell in cells])
        return len(self.rows) - 1

    def figures(self) -> Iterator[tuple[int, int, Meant]]:
        """Yield the cells with a meaning: row and column, from 1 as findings name them."""
        for at, row in enumerate(self.rows, start=1):
            for column, cell in enumerate(row, start=1):
                if cell.meant is not None:
                    yield at, column, cell.meant


@dataclass(slots=True)
class Book:
    """What is written to one file."""

    stem: str
    sheets: list[Sheet]
    recalculated: bool = False
    """The book asks to be calculated when it is opened: its formulas were not."""
