"""One table of typed values that every format prints, so that all formats agree cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from thidua_cli.language import Language
from thidua_cli.present.toolkit.figures import count_text, decimal_text

Value = str | int | Fraction | None
"""A text, a count, a rounded-for-reading number, or missing."""


class Kind(Enum):
    """What a column holds; decides alignment and number format."""

    TEXT = auto()
    COUNT = auto()
    DECIMAL = auto()
    YEAR = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """Heading and kind of a column."""

    header: str
    kind: Kind = Kind.TEXT
    group: str = ""
    """Heading above several columns; empty for none."""
    width: int = 10
    """Width in a workbook, in characters."""

    @property
    def full_header(self) -> str:
        """Heading that stands alone."""
        return f"{self.group}: {self.header}" if self.group else self.header


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; every row has a value per column."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]


def cell_text(value: Value, kind: Kind, language: Language) -> str:
    """Write one cell for people."""
    match value:
        case str():
            return value
        case Fraction():
            return decimal_text(value, language)
        case int() if kind is Kind.YEAR:
            return str(value)
        case _:
            return count_text(value, language)
