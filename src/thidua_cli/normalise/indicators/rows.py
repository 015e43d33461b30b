"""One indicator per row, one year per column: "Chỉ tiêu | ĐV tính | 2021 | 2022 | 2023", of one unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from thidua_cli.late_dataclass import dataclass
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import COUNTS
from thidua_cli.normalise.sheet.cells import Cells
from thidua_cli.normalise.sheet.heading_table import Headings
from thidua_cli.normalise.sheet.heading_words import heading_key
from thidua_cli.normalise.sheet.headings import IGNORED, RATE, RATE_OF, SUM, fold
from thidua_cli.normalise.sheet.layout import is_year_row, title_above
from thidua_cli.normalise.sheet.unit_of_measure import CountedIn, unit_of_words
from thidua_cli.normalise.sheet.year_headings import year_of

_SEARCH_ROWS: Final = 200
_INDICATOR: Final = frozenset(
    {
        "chi tieu", "cac chi tieu", "ten chi tieu", "noi dung", "noi dung chi tieu", "chi so", "cac chi so",
        "danh muc chi tieu", "danh muc", "tieu chi", "chi tieu chu yeu", "chi tieu ra soat",
    }
)  # fmt: skip
_UNIT: Final = frozenset({"dv tinh", "dvt", "don vi tinh", "don vi", "dv"})
_BRACKET: Final = late_pattern(r"\(([^()]*)\)\s*\Z")
_NUMBERING: Final = late_pattern(r"^\s*(?:\d+(?:\.\d+)*|[IVXivx]+|[a-zđ])\s*[.)]\s*")
_PART: Final = late_pattern(r"^\s*(?:[-+*•–]|(?:trong đó|trong do|chia ra)\b)", re.IGNORECASE)
_RATES: Final = frozenset(RATE_OF.values())
_END: Final = ("nguoi lap", "lap bieu", "ghi chu", "noi nhan", "tm uy ban", "chu tich", "thu truong", "nguon")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the table."""

    row: int
    """0-based row in the sheet."""
    label: str
    """As printed, with its unit of measure where that stands in a cell of its own."""
    meaning: str | None
    """As `Column.meaning`; None where it is not known, or its unit of measure does not fit it."""
    has_unit: bool = False
    """It says itself in what it is counted."""
    refused: str | None = None
    """The count that it names and that is not used, because its table is in another unit than households."""


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """A recognised table of indicators."""

    title: tuple[str, ...]
    header_top: int
    header_bottom: int
    label_column: int
    years: Mapping[int, int]
    """Year-end → 0-based column; a year that stands twice is not among them."""
    doubled: Mapping[int, tuple[int, ...]]
    """Year-end → its columns, where several claim it."""
    other_columns: tuple[int, ...]
    """Columns with a heading that is neither label, unit of measure nor year: a plan, a change."""
    indicators: tuple[Indicator, ...]
    end: int
    """0-based row after the table."""

    def of(self, meaning: str) -> list[Indicator]:
        """Return the rows of a meaning."""
        return [indicator for indicator in self.indicators if indicator.meaning == meaning]


def find_indicators(cells: Cells, headings: Headings, start: int = 0) -> IndicatorTable | None:
    """Return the first table of indicators at or below row `start` that holds a count or a rate, or None."""
    for top in range(start, min(len(cells.rows), start + _SEARCH_ROWS)):
        label = next((column for column in _columns(cells) if heading_key(cells.text(top, column)) in _INDICATOR), None)
        if label is None:
            continue
        table = _table(cells, headings, start, top, label)
        if table is not None and any(
            indicator.meaning in COUNTS or indicator.meaning in _RATES for indicator in table.indicators
        ):
            return table
    return None


def _columns(cells: Cells) -> range:
    return range(cells.first_column, cells.width)


def _table(cells: Cells, headings: Headings, start: int, top: int, label: int) -> IndicatorTable | None:
    bottom = max([cells.area_of(top, column).bottom for column in _columns(cells) if cells.text(top, column)])
    # the years may stand in a row of their own, below "Năm" and not merged with the label
    bottom = min(max(bottom, top + 1 if is_year_row(cells, top + 1) else top), len(cells.rows) - 1)
    by_year: dict[int, list[int]] = {}
    unknown: list[int] = []
    unit: int | None = None
    for column in _columns(cells):
        texts = _heading(cells, top, bottom, column)
        years = {year for text in texts if (year := year_of(text)) is not None}
        # "Kế hoạch 2023" names a year too, and holds no count of it
        if len(years) == 1 and all(year_of(text) or fold(text) in ("nam", "cac nam") for text in texts):
            by_year.setdefault(years.pop(), []).append(column)
        elif column > label and texts and fold(texts[-1]) in _UNIT:
            unit = column
        elif column > label and texts:
            unknown.append(column)
    if not by_year:
        return None
    rows, end = _rows(cells, bottom + 1, label, [column for columns in by_year.values() for column in columns])
    indicators = tuple(_meant(cells, headings, rows, label, unit, min(min(columns) for columns in by_year.values())))
    single = {year: columns[0] for year, columns in sorted(by_year.items()) if len(columns) == 1}
    doubled = {year: tuple(columns) for year, columns in by_year.items() if len(columns) > 1}
    title = title_above(cells, start, top)
    return IndicatorTable(title, top, bottom, label, single, doubled, tuple(unknown), indicators, end)


def _heading(cells: Cells, top: int, bottom: int, column: int) -> list[str]:
    """Return the texts above a column's figures, merged ranges counted once."""
    texts: list[str] = []
    for row in range(top, bottom + 1):
        area = cells.area_of(row, column)
        text = cells.text(area.top, area.left)
        if text and text not in texts:
            texts.append(text)
    return texts


def _rows(cells: Cells, first: int, label: int, figures: Sequence[int]) -> tuple[list[int], int]:
    """Return the rows of the table and the row after it: it ends at a signature, a note or another header."""
    rows: list[int] = []
    for row in range(first, len(cells.rows)):
        texts = [fold(text) for text in cells.texts(row)]
        has_figures = any(cells.value(row, column) is not None for column in figures)
        if any(text in _INDICATOR for text in texts) or (
            not has_figures and any(text.startswith(_END) for text in texts)
        ):
            return rows, row
        if cells.text(row, label):
            rows.append(row)
    return rows, len(cells.rows)


def _meant(
    cells: Cells, headings: Headings, rows: Sequence[int], label: int, unit: int | None, first_figure: int
) -> Iterator[Indicator]:
    """Yield the rows with what they mean; "Trong đó: DTTS" and "Tỷ lệ" are those of the indicator above them."""
    above: tuple[str, ...] = ()
    numbering = [column for column in _columns(cells) if column < label]
    for row in rows:
        printed = cells.text(row, label)
        words = _NUMBERING.sub("", printed)
        measure = cells.text(row, unit) if unit is not None else ""
        if not measure and (bracket := _BRACKET.search(words)):
            measure = bracket[1]
        has_figures = any(cells.value(row, column) is not None for column in range(first_figure, cells.width))
        number = next((cells.text(row, column) for column in numbering if cells.text(row, column)), "")
        is_part = bool(_PART.match(words)) or "." in number.strip(".")
        meaning = _meaning(headings, words, above, is_part=is_part)
        in_own_cell = unit is not None and bool(measure)
        label_text = f"{printed} ({measure})" if in_own_cell else printed
        yield Indicator(row, label_text, _fits(meaning, measure), bool(measure))
        if not is_part and (heading_key(words) in headings.subjects or not has_figures or meaning in COUNTS):
            above = (words,)


def _meaning(headings: Headings, words: str, above: tuple[str, ...], *, is_part: bool) -> str | None:
    """Return what a label means; one that means another thing under the label above it, and may be either, is None."""
    bare = re.sub(r"^[-+*•–\s]+", "", words)
    alone = _of_single_households(headings, (bare,))
    under = (
        _of_single_households(headings, (*above, bare))
        if above and heading_key(above[0]) in headings.subjects
        else None
    )
    if is_part:
        return under or alone
    if alone is None or alone == under:
        return under or alone
    return None if under is not None and heading_key(bare) != heading_key(above[0]) else alone


def _of_single_households(headings: Headings, path: Sequence[str]) -> str | None:
    """Return a meaning; None of thousands of households."""
    reading = headings.read(path)
    return None if reading.unit is not None and reading.unit.factor > 1 else reading.meaning


def _fits(meaning: str | None, measure: str) -> str | None:
    """Return the meaning by the unit of measure: "Hộ nghèo" in % is the rate, in persons it is not used."""
    unit = unit_of_words(measure)
    counted_in = None if unit is None else unit.counted_in
    if counted_in is CountedIn.PERSONS:
        return f"{IGNORED}persons"
    if meaning is None or not fold(measure) or meaning.startswith(IGNORED):
        return meaning
    if counted_in is CountedIn.PERCENT:
        return meaning if meaning.startswith(RATE) else RATE_OF.get(meaning, f"{IGNORED}rate")
    if unit is not None and unit.is_plain:
        return meaning if meaning in COUNTS or meaning.startswith(SUM) else None
    return None
