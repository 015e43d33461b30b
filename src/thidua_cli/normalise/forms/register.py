"""The register of forms: what each form of each circular is, what it is known by, what it holds (data/forms/*.toml).

A value that every stage may ask: `check`, `measure` and the views read here which counts a form opens, closes or gives
as results, and what it is called. Which reader takes a table in is told by its shape, in `normalise.tables` alone.
`normalise.prepared` has the records.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import REQUIRED_COUNTS
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.prepared import prepared
from thidua_cli.normalise.sheet.heading_words import heading_key
from thidua_cli.normalise.sheet.headings import fold

CANONICAL: Final = "canonical"
INDICATORS: Final = "indicators"
MAPPED: Final = "mapping"


class TableShape(StrEnum):
    """How a table is laid out, and so which reader takes it in."""

    ONE_UNIT_PER_ROW = "one_unit_per_row"
    MOVEMENT = "movement"
    """Opening count, who left, who came, closing count; households and persons of a unit in two rows."""
    CANONICAL = "canonical"
    INDICATORS = "indicators"
    MAPPED = "mapped"


class ReportPart(StrEnum):
    """What a row is of a unit's yearly report."""

    RESULTS = "results"
    POOR_MOVEMENT = "poor_movement"
    NEAR_POOR_MOVEMENT = "near_poor_movement"
    POOR_HALF = "poor_half"
    """Half of the old form 3: the poor at the start and the end of a year."""
    NEAR_POOR_HALF = "near_poor_half"
    RATES_ALONE = "rates"
    """Rates and no count at all: such a row stands beside a row of counts, in place of none."""


class ColumnUnit(StrEnum):
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
    """Header rows that each part of the heading takes; where the data are silent one each, the rest for the last."""
    unit: ColumnUnit
    count: str
    """Canonical count (of a form of movement: of its row "Hộ"); empty where the product keeps none."""
    rate_of: tuple[int, int] | None
    """Numbers of the columns that a rate divides: part, whole."""
    balance: tuple[int, ...]
    """Signed numbers of the columns that a closing count adds up; empty for a column that is filled in."""
    known_by: tuple[str, ...] = ()
    """Words by which officers' headings of the column are known, of which one stands in the heading's last part:
    causes and the day of the opening count are printed in many ways. Accents and case do not matter."""
    inside: tuple[str, ...] = ()
    """Words of which one stands anywhere in the path, empty where that does not matter: "Nguyên nhân …" stands under
    both "Diễn biến giảm" and "Diễn biến tăng"."""

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


@dataclass(frozen=True, eq=False)
class ReportForm:
    """One form of one circular, or a table of none; one object is equal to itself alone."""

    id: str
    """As `TableOrigin.form` and in every result: "canonical"."""
    title: Text
    short_title: Text
    """Where the sentence around it says what it is a form of."""
    shape: TableShape
    part: ReportPart | None
    """What of a unit's yearly report its rows are; None where the counts that a row holds say it."""
    required: tuple[str, ...]
    """Counts that every unit of the form must have."""
    halves: tuple[str, ...]
    """Required counts of which one alone makes half of the form, printed as a table of its own."""
    known_by_headings: tuple[str, ...]
    """Folded words that begin a heading of this form and of no other."""
    known_by_title: tuple[re.Pattern[str], ...]
    """Patterns that all stand in the folded lines above this form and above no other."""
    legal_base: str
    """Annex and circular; empty for a table of no circular."""
    issued: date | None
    first_year: int | None
    last_year: int | None
    """Last year-end it serves; None while the circular is in force."""
    names_no_place: bool
    """Printed without the unit it is of, which the names in its rows must tell."""
    number: str
    """As `thidua template --form`; empty where no empty form can be had."""
    about: Text
    """What the form is for, after its number, as the help of `thidua template` says."""
    printed_name: str
    printed_title: str
    header_row: int
    """Sheet row of the first header row, counted from 1; the numbering row follows the header."""
    header_rows: int
    labels: tuple[str, ...]
    """Headings of the columns before the numbered ones: A, B …"""
    breakdown: tuple[str, ...]
    """What the rows of one unit are called in "Phân tổ"; empty where a unit has a single row."""
    columns: tuple[FormColumn, ...]
    other_causes: tuple[int, ...]
    """Numbers of the columns "Nguyên nhân …": among those who left, among those who came."""

    @property
    def is_result(self) -> bool:
        """Whether it gives the results of the review themselves."""
        return self.part is ReportPart.RESULTS

    @property
    def is_movement(self) -> bool:
        """Whether it gives who left and who came, between an opening and a closing count."""
        return self.shape is TableShape.MOVEMENT

    @property
    def opening(self) -> str:
        """Count at the start of the year, on a form of movement."""
        return self.columns[0].count

    @property
    def closing(self) -> str:
        """Count that a form of movement ends with, and that the results of the same year hold too."""
        return self.columns[-1].count

    @property
    def counts(self) -> tuple[str, ...]:
        """Canonical counts of the numbered columns, in their order."""
        return tuple(column.count for column in self.columns if column.count)

    @property
    def rows_per_unit(self) -> int:
        """Sheet rows that one unit takes."""
        return max(len(self.breakdown), 1)

    def serves(self, year: int) -> bool:
        """Say whether a review of a year-end is reported on this form."""
        return (self.first_year or year) <= year <= (self.last_year or year)

    def required_of(self, meanings: Collection[str | None]) -> tuple[str, ...]:
        """Return the counts that every row of a table must have: of the half that it is, or of the whole form."""
        if set(self.halves).isdisjoint(meanings):
            return self.required
        return tuple(name for name in self.required if name not in self.halves or name in meanings)

    def is_named_by(self, headings: Iterable[str], title: Iterable[str]) -> bool:
        """Say whether words above a table, or in its header, are of this form alone."""
        # asked of every table by every form, most of which are known by one of both
        if self.known_by_headings and _begins_with(tuple(headings), self.known_by_headings):
            return True
        if not self.known_by_title:
            return False
        lines = list(map(fold, title))
        return all(any(map(each.search, lines)) for each in self.known_by_title)

    def heading_cells(self) -> Iterator[HeadingCell]:
        """Yield every heading once, over the rows and columns it is merged over."""
        for index, label in enumerate(self.labels):
            yield HeadingCell(0, index, self.header_rows - 1, index, label)
        open_cells: dict[tuple[str, ...], HeadingCell] = {}
        for index, column in enumerate(self.columns, start=len(self.labels)):
            top = 0
            for depth, (text, span) in enumerate(zip(column.heading, column.spans, strict=True), start=1):
                path = column.heading[:depth]
                left = open_cells[path].left if path in open_cells else index
                open_cells[path] = HeadingCell(top, left, top + span - 1, index, text)
                top += span
        yield from open_cells.values()


@lru_cache(maxsize=256)
def _begins_with(headings: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return any(heading_key(text).startswith(known) for text in headings)


@lru_cache(maxsize=1)
def forms() -> Mapping[str, ReportForm]:
    """Return id → form, of every circular."""
    return {record["id"]: _form(record) for record in prepared()["forms"]}


@lru_cache(maxsize=1)
def movement_forms() -> tuple[ReportForm, ...]:
    """Return the forms of movement: of the poor, then of the near-poor."""
    return tuple(form for form in forms().values() if form.is_movement)


def template_forms() -> Mapping[str, ReportForm]:
    """Return number → form, of those that can be had empty."""
    return {form.number: form for form in forms().values() if form.number}


@lru_cache(maxsize=1)
def results_form() -> ReportForm:
    """Return the form of results that a table is where its words are of no other form."""
    return next(form for form in forms().values() if form.is_result and not form.known_by_headings)


@lru_cache(maxsize=256)
def named_form(headings: tuple[str, ...], title: tuple[str, ...]) -> ReportForm | None:
    """Return the form with one unit per row that words of header or title are of alone, or None."""
    named = (form for form in forms().values() if form.shape is TableShape.ONE_UNIT_PER_ROW)
    return next((form for form in named if form.is_named_by(headings, title)), None)


def _form(record: Mapping[str, Any]) -> ReportForm:
    title, height = Text(**record["title"]), record.get("header_rows", 0)
    return ReportForm(
        record["id"],
        title,
        Text(**record["short_title"]) if "short_title" in record else title,
        TableShape(record["shape"]),
        ReportPart(record["part"]) if "part" in record else None,
        tuple(record.get("required", REQUIRED_COUNTS)),
        tuple(record.get("halves", ())),
        tuple(record.get("known_by_headings", ())),
        tuple(map(late_pattern, record.get("known_by_title", ()))),
        record.get("legal_base", ""),
        date.fromisoformat(record["issued"]) if "issued" in record else None,
        record.get("first_year"),
        record.get("last_year"),
        record.get("names_no_place", False),
        record.get("number", ""),
        Text(**record.get("about", {"vi": "", "en": ""})),
        record.get("printed_name", ""),
        record.get("printed_title", ""),
        record.get("header_row", 0),
        height,
        tuple(record.get("labels", ())),
        tuple(record.get("breakdown", ())),
        tuple(_column(number, column, height) for number, column in enumerate(record.get("column", ()), start=1)),
        tuple(record.get("other_causes", ())),
    )


def _column(number: int, record: Mapping[str, Any], header_rows: int) -> FormColumn:
    heading = tuple(record["heading"])
    above = len(heading) - 1
    spans = tuple(record.get("spans", (*(1 for _ in range(above)), header_rows - above)))
    if len(spans) != len(heading) or sum(spans) != header_rows:
        raise ValueError(f"data/forms: the heading {heading} does not fill {header_rows} rows")
    part_and_whole = record.get("rate_of")
    return FormColumn(
        number,
        heading,
        spans,
        ColumnUnit(record["unit"]),
        record.get("count", ""),
        (part_and_whole[0], part_and_whole[1]) if part_and_whole else None,
        tuple(record.get("balance", ())),
        tuple(record.get("known_by", ())),
        tuple(record.get("inside", ())),
    )
