"""Where the table is: the header block, the path of every column, and what it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.cells import Cells, printed
from thidua_cli.normalise.sheet.heading_table import Headings
from thidua_cli.normalise.sheet.heading_words import heading_key
from thidua_cli.normalise.sheet.headings import HEADINGS_KEPT, Column, Layout, fold, with_upper_units
from thidua_cli.normalise.sheet.unit_of_measure import CountedIn, is_label, unit_of_words, units_stated
from thidua_cli.normalise.sheet.year_headings import is_year, split_year
from thidua_cli.read.grid import Cell, MergedRange
from thidua_cli.read.limits import HEADER_COLUMNS, HEADER_ROWS

_SEARCH_ROWS: Final = 200
_HEADER_ROWS: Final = 10
_TITLE_ROWS: Final = 20
_NUMBERING: Final = late_pattern(r"[\[(]?(?:[A-Za-zĐđ]|(\d{1,2}))[\])]?(?:\s*=.*)?\Z")
_LABEL_END: Final = late_pattern(r"\b(?:nam|nam ra soat|nam la)$")
_BARE_RATES: Final = frozenset({"ty le", "ty le %", "%", "tl", "tl %"})
_RATE_OF: Final = {"poor_households": "rate:poor", "near_poor_households": "rate:near_poor"}
_FIGURES: Final = frozenset({"households", "poor_households", "near_poor_households"})
_RATES: Final = frozenset({*_RATE_OF.values(), "rate:multidimensional"})


_COLUMNS: dict[tuple[Headings, int, int, tuple[tuple[str, ...], ...], tuple[MergedRange, ...]], tuple[Column, ...]] = {}
"""Header block → its columns: officers send many sheets with one header."""
_HEADERS_KEPT: Final = 256


def find_layout(cells: Cells, headings: Headings, start: int = 0) -> Layout | None:
    """Return the first table at or below row `start` whose header names a unit column and a count or rate, or None."""
    for top in islice(_filled_rows(cells, start), _SEARCH_ROWS):
        if not may_be_header(cells, headings, top, texts_needed=2) and not _labels_alone(cells, headings, top, start):
            continue
        header = _header_at(cells, headings, top, start)
        if isinstance(header, HeaderTooLarge):
            return None  # `header_too_large` says so
        header_top, bottom, last_heading = header
        columns = _columns(cells, headings, header_top, last_heading)
        meanings = {name for column in columns for name in (column.meaning, column.refused)}
        if ("unit_name" in meanings or "unit_code" in meanings) and meanings & (_FIGURES | _RATES):
            return Layout(title_above(cells, start, header_top), header_top, bottom, columns)
    return None


class HeaderTooLarge(NamedTuple):
    """The first row of a header that is not read: each of its columns would be held against all others."""

    row: int
    is_wide: bool
    """Its columns are too many; else its rows."""


def header_too_large(cells: Cells, headings: Headings) -> HeaderTooLarge | None:
    """Return the first header of too many rows or columns; None where there is none."""
    for top in islice(_filled_rows(cells, 0), _SEARCH_ROWS):
        if may_be_header(cells, headings, top, texts_needed=2):
            header = _header_at(cells, headings, top, 0)
            if isinstance(header, HeaderTooLarge):
                return header
    return None


def _header_at(cells: Cells, headings: Headings, row: int, start: int) -> tuple[int, int, int] | HeaderTooLarge:
    """Return the first and last row of the header block that holds a row, and the last row of headings in it."""
    if cells.covered(row) > HEADER_COLUMNS:
        return HeaderTooLarge(row, is_wide=True)  # before any of them is held against the merged ranges
    top = _climb(cells, headings, row, start)
    bottom, last_heading = _header_bottom(cells, row)
    if bottom - top >= HEADER_ROWS:
        return HeaderTooLarge(top, is_wide=False)
    if any(cells.covered(number) > HEADER_COLUMNS for number in range(top, last_heading + 1)):
        return HeaderTooLarge(top, is_wide=True)
    return top, bottom, last_heading


def _filled_rows(cells: Cells, start: int) -> Iterator[int]:
    """Yield the rows from `start` on that hold anything: the next table may stand far below."""
    return (row for row in range(start, len(cells.rows)) if cells.first_text(row))


def title_above(cells: Cells, start: int, header_top: int) -> tuple[str, ...]:
    """Return the texts above the header, but not those of rows with figures: they belong to something else."""
    lines: list[str] = []
    for row in range(max(start, header_top - _TITLE_ROWS), header_top):
        figures = sum(isinstance(cell, (int, float)) for cell in cells.values(row))
        # a title may hold a date and a number; a row of more figures ends the table above
        lines = [] if figures > 2 else [*lines, *_joined(cells.texts(row))]
    return tuple(lines)


def _joined(texts: Sequence[str]) -> list[str]:
    """Put a label and what stands in the cell beside it together: "Năm rà soát:" and 2023."""
    lines: list[str] = []
    for text in texts:
        if lines and _LABEL_END.search(fold(lines[-1])) and text[:1].isdigit():
            lines[-1] = f"{lines[-1]} {text}"
        else:
            lines.append(text)
    return lines


def _columns(cells: Cells, headings: Headings, top: int, bottom: int) -> tuple[Column, ...]:
    """Return the columns with headings; the same block of cells as in an earlier sheet has the same columns."""
    texts = tuple(_texts_of_block(cells.values(row)) for row in range(top, bottom + 1))
    areas = cells.areas(top, bottom)
    if any(area.top < 0 or area.left < cells.first_column for area in areas):
        return _columns_of(cells, headings, top, bottom)  # texts from elsewhere matter
    key = headings, cells.first_column, cells.width, texts, areas
    if key not in _COLUMNS:
        if len(_COLUMNS) >= _HEADERS_KEPT:
            _COLUMNS.clear()
        _COLUMNS[key] = _columns_of(cells, headings, top, bottom)
    return _COLUMNS[key]


def _texts_of_block(values: Sequence[Cell]) -> tuple[str, ...]:
    """Return the cells of a row as texts, words as they are stored: headers that differ in blanks are read twice."""
    return tuple([value if type(value) is str else printed(value) for value in values])


def _columns_of(cells: Cells, headings: Headings, top: int, bottom: int) -> tuple[Column, ...]:
    columns: list[Column] = []
    stated = frozenset(row for row in range(top, bottom + 1) if _states_unit_alone(cells, row))
    for index in range(cells.first_column, cells.width):
        path = heading_path(cells, top, bottom, index, stated)
        if not path:
            continue
        words, year = split_year(path)
        meaning, unit, refused = headings.read(words)
        is_rate = unit is None or unit.counted_in is CountedIn.PERCENT
        if meaning is None and is_rate and _is_rate_beside(columns, index, words, year):
            # "Số hộ nghèo | Tỷ lệ" in one header row: the rate is that of the count beside it
            meaning = _RATE_OF.get(columns[-1].meaning or "")
        columns.append(Column(index, path, meaning, year if meaning is not None else None, unit, refused))
    return with_upper_units(columns)


def _states_unit_alone(cells: Cells, row: int) -> bool:
    """Say whether a row below the headings is the line "Đơn vị tính: hộ": it is of the table, not of its column."""
    texts = cells.texts(row)
    return len(texts) == 1 and bool(units_stated(texts[0]))


def _is_rate_beside(columns: Sequence[Column], index: int, words: Sequence[str], year: int | None) -> bool:
    """Say whether a heading "Tỷ lệ" stands right of a column of the same year."""
    is_beside = bool(columns) and (columns[-1].index, columns[-1].year) == (index - 1, year)
    leaf = next((key for word in reversed(words) if (key := heading_key(word))), "")
    return is_beside and leaf in _BARE_RATES


def may_be_header(cells: Cells, headings: Headings, row: int, texts_needed: int) -> bool:
    """Say whether a row has the texts of a header: "TT | Đơn vị | Tổng số hộ …"."""
    texts = cells.texts(row)
    return len(texts) >= texts_needed and any(_heads_labels(headings, text) for text in texts)


@lru_cache(maxsize=HEADINGS_KEPT)
def _heads_labels(headings: Headings, text: str) -> bool:
    return any(headings.names(meaning, text) for meaning in ("unit_name", "row_number", "unit_code"))


def _labels_alone(cells: Cells, headings: Headings, row: int, start: int) -> bool:
    """Say whether a row holds the unit's heading alone, below headings of figures: a pivot table of a data frame."""
    texts = cells.texts(row)
    is_unit = len(texts) == 1 and headings.names("unit_name", texts[0])
    return is_unit and row > start and (is_year_row(cells, row - 1) or _climb(cells, headings, row, start) < row)


def _climb(cells: Cells, headings: Headings, row: int, start: int) -> int:
    """Take in group headings that stand above the row with the unit's heading ("Hộ nghèo" over "Số hộ | Tỷ lệ")."""
    lowest = row
    while row > start and lowest - row < HEADER_ROWS:
        texts = cells.texts(row - 1)
        if not is_year_row(cells, row - 1) and not any(_is_group_heading(headings, text) for text in texts):
            return row
        row -= 1
    return row


def _is_group_heading(headings: Headings, text: str) -> bool:
    """Say whether a text above the header belongs to it; "Đơn vị: Huyện …" above a table is its title."""
    meaning = headings.meaning((text,))
    return heading_key(text) in headings.subjects or (
        meaning is not None and meaning not in ("unit_name", "unit_code", "year")
    )


def _header_bottom(cells: Cells, top: int) -> tuple[int, int]:
    """Return the last row of the header block and the last row of headings in it (the numbering row is no heading)."""
    for row in range(top + 1, min(len(cells.rows), top + _HEADER_ROWS)):
        if is_numbering(cells, row):
            return row, row - 1
        if _has_numbers(cells, row) and not is_year_row(cells, row):
            break
    bottom = top
    for column in range(cells.first_column, cells.width):
        if cells.text(top, column):
            bottom = max(bottom, cells.area_of(top, column).bottom)
    bottom = min(bottom, len(cells.rows) - 1)
    while (
        bottom + 1 < len(cells.rows)
        and bottom - top < HEADER_ROWS
        and (
            _continues_header(cells, bottom + 1)
            or is_year_row(cells, bottom + 1)
            or _repeats_labels(cells, bottom, bottom + 1)
            or _names_units(cells, bottom + 1)
        )
    ):
        bottom += 1
    return bottom, bottom


def is_numbering(cells: Cells, row: int) -> bool:
    """Say whether a row numbers the columns: "A B 1 2 3", one apart, so that no row of small counts is taken for it.

    Of two forms side by side the second may begin with 1 again.
    """
    return _numbers_columns(cells.texts(row))


@lru_cache(maxsize=HEADINGS_KEPT)
def _numbers_columns(texts: tuple[str, ...]) -> bool:
    matches = [match for text in texts if (match := _NUMBERING.match(text))]
    numbers = [int(match[1]) for match in matches if match[1]]
    starts = [index for index, number in enumerate(numbers) if index == 0 or number == 1]
    runs = [numbers[start:end] for start, end in pairwise([*starts, len(numbers)])]
    consecutive = all(run == list(range(1, len(run) + 1)) for run in runs) and len(runs) * 3 <= max(len(numbers), 3)
    return len(texts) >= 3 and len(matches) >= len(texts) - 1 and len(numbers) >= 2 and consecutive


def is_year_row(cells: Cells, row: int) -> bool:
    """Say whether a row holds years and nothing else, with no label before them: "2021 | 2022 | 2023"."""
    texts = cells.texts(row)
    if texts and fold(texts[0]) == "nam":
        texts = texts[1:]  # the name of the columns of a pivot table
    elif cells.text(row, cells.first_column):
        return False
    return len(texts) >= 2 and all(map(is_year, texts))


def _names_units(cells: Cells, row: int) -> bool:
    """Say whether a row gives the unit of measure of each column and nothing else: "Đơn vị tính | hộ | hộ | %"."""
    texts = cells.texts(row)
    units = [text for text in texts if not is_label(text)]
    return len(units) >= 2 and all(unit_of_words(text.strip("()[] ")) is not None for text in units)


def _has_numbers(cells: Cells, row: int) -> bool:
    return any(isinstance(cell, (int, float)) for cell in cells.values(row))


def _continues_header(cells: Cells, row: int) -> bool:
    """A row without any number whose first two cells are empty belongs to the header above it."""
    values = [cells.value(row, column) for column in range(cells.first_column, cells.width)]
    has_text = any(isinstance(value, str) for value in values)
    has_number = any(isinstance(value, (int, float)) for value in values)
    digits = any(isinstance(value, str) and value.strip()[:1].isdigit() for value in values)
    return has_text and not has_number and not digits and not any(values[:2])


def _repeats_labels(cells: Cells, above: int, row: int) -> bool:
    """Say whether a row gives some headings again and others below theirs: merged headings written into every cell.

    The whole header again is that of the next printed page.
    """
    upper, lower = ([printed(value) for value in cells.values(number)] for number in (above, row))
    pairs = [(first, second) for first, second in zip(upper, lower, strict=False) if second]
    repeated = sum(first == second for first, second in pairs)
    is_words = all(isinstance(value, str) for value in cells.values(row) if value is not None)
    return 0 < repeated < len(pairs) and is_words and pairs[0][0] == pairs[0][1] and bool(pairs[0][1])


def heading_path(cells: Cells, top: int, bottom: int, column: int, without: Set[int] = frozenset()) -> tuple[str, ...]:
    """Return the heading path of a column: the text of every header row, merged ranges counted once.

    Rows in `without` are no headings.
    """
    segments: list[str] = []
    seen: set[MergedRange] = set()
    for row in range(top, bottom + 1):
        area = cells.area_of(row, column)
        if area in seen or row in without:
            continue
        seen.add(area)
        text = cells.text(area.top, area.left)
        # a form saved as CSV has lost its merged cells: the group's heading stands over its first column alone
        if not text and row < bottom:
            text = _unmerged_group(cells, row, bottom, column)
        if text and (not segments or segments[-1] != text):
            segments.append(text)
    return tuple(segments)


def _unmerged_group(cells: Cells, row: int, bottom: int, column: int) -> str:
    """Return the group heading to the left of an empty cell that has headings below it, where it was never merged.

    The group's own column must have a heading below too, or it is no group ("TT" beside an empty cell).
    """
    if cells.has_groups(row, bottom) or not any(cells.text(below, column) for below in range(row + 1, bottom + 1)):
        return ""
    for left in range(column - 1, cells.first_column - 1, -1):
        text = cells.text(row, left)
        if text:
            return text if any(cells.text(below, left) for below in range(row + 1, bottom + 1)) else ""
    return ""
