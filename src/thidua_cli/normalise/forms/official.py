"""The official forms as printed: headings, where they stand, and which count each column holds (data/forms.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

LEGAL_BASE: Final = "Phụ lục VII, Thông tư 07/2021/TT-BLĐTBXH"
_TABLE: Final = Path(__file__).resolve().parents[2] / "data" / "forms.toml"


class FormNumber(StrEnum):
    """The forms of Phụ lục VII that this product knows: results, movement of the poor, movement of the near-poor."""

    RESULTS = "08"
    POOR_MOVEMENT = "09"
    NEAR_POOR_MOVEMENT = "10"


class Counted(StrEnum):
    """What the figures of a column count."""

    HOUSEHOLDS = "households"
    PERSONS = "persons"
    PERCENT = "percent"
    ROWS = "rows"
    """Households or persons: the column "Phân tổ" of the row says which."""


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One numbered column of a form."""

    number: int
    """As the numbering row prints it, from 1."""
    heading: tuple[str, ...]
    """Path from the top header row down, as printed."""
    spans: tuple[int, ...]
    """Header rows that each part of the heading takes."""
    unit: Counted
    count: str
    """Canonical count; empty where the product keeps none (persons, rates)."""
    rate_of: tuple[int, int] | None
    """Numbers of the columns that a rate divides: part, whole."""
    balance: tuple[int, ...]
    """Signed numbers of the columns that a closing count adds up; empty for a column that is filled in."""
    known_by: tuple[str, ...] = ()
    """Words by which officers' headings of the column are known, of which one stands in the heading's last part."""
    inside: tuple[str, ...] = ()
    """Words of which one stands anywhere in the path; empty where that does not matter."""

    @property
    def is_filled_in(self) -> bool:
        """Whether officers write the column; rates and closing counts follow from the others."""
        return self.rate_of is None and not self.balance


class HeadingCell(NamedTuple):
    """A heading over a block of header rows and columns, 0-based within the header and inclusive."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """One form as the circular prints it."""

    number: FormNumber
    title: str
    header_row: int
    """Sheet row of the first header row, counted from 1; the numbering row follows the header."""
    header_rows: int
    labels: tuple[str, ...]
    """Headings of the columns before the numbered ones: A, B …"""
    breakdown: tuple[str, ...]
    """What the rows of one unit are called in "Phân tổ"; empty where a unit has a single row."""
    columns: tuple[FormColumn, ...]

    @property
    def rows_per_unit(self) -> int:
        """Sheet rows that one unit takes."""
        return max(len(self.breakdown), 1)

    def heading_cells(self) -> Iterator[HeadingCell]:
        """Yield every heading once, over the rows and columns it is merged over."""
        for at, label in enumerate(self.labels):
            yield HeadingCell(0, at, self.header_rows - 1, at, label)
        open_cells: dict[tuple[str, ...], HeadingCell] = {}
        for at, column in enumerate(self.columns, start=len(self.labels)):
            top = 0
            for depth, (text, span) in enumerate(zip(column.heading, column.spans, strict=True), start=1):
                path = column.heading[:depth]
                left = open_cells[path].left if path in open_cells else at
                open_cells[path] = HeadingCell(top, left, top + span - 1, at, text)
                top += span
        yield from open_cells.values()


def official_form(number: FormNumber) -> OfficialForm:
    """Return a form by its number."""
    return _forms()[number]


@lru_cache(maxsize=1)
def _forms() -> dict[FormNumber, OfficialForm]:
    with _TABLE.open("rb") as stream:
        records = tomllib.load(stream)["form"]
    return {FormNumber(record["number"]): _form(record) for record in records}


def _form(record: dict[str, Any]) -> OfficialForm:
    height = record["header_rows"]
    return OfficialForm(
        FormNumber(record["number"]),
        record["title"],
        record["header_row"],
        height,
        tuple(record["labels"]),
        tuple(record["breakdown"]),
        tuple(_column(number, column, height) for number, column in enumerate(record["column"], start=1)),
    )


def _column(number: int, record: dict[str, Any], header_rows: int) -> FormColumn:
    heading = tuple(record["heading"])
    above = len(heading) - 1
    spans = tuple(record.get("spans", (*(1 for _ in range(above)), header_rows - above)))
    if len(spans) != len(heading) or sum(spans) != header_rows:
        raise ValueError(f"forms.toml: the heading {heading} does not fill {header_rows} rows")
    part_and_whole = record.get("rate_of")
    return FormColumn(
        number,
        heading,
        spans,
        Counted(record["unit"]),
        record.get("count", ""),
        (part_and_whole[0], part_and_whole[1]) if part_and_whole else None,
        tuple(record.get("balance", ())),
        tuple(record.get("known_by", ())),
        tuple(record.get("inside", ())),
    )
