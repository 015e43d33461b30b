"""Lists of persons that say so: headings of names, numbers and births, and persons below them.

One word decides nothing: a table of counts may have a column about women who head a household, or about the official in
charge of a unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from thidua_cli.model import COUNTS
from thidua_cli.normalise.persons.names import is_name_of_person
from thidua_cli.normalise.sheet.cells import Cells
from thidua_cli.normalise.sheet.headings import Column, Layout, fold, kept_of_header, tier_of
from thidua_cli.normalise.sheet.numbers import read_count
from thidua_cli.read.grid import Cell

_PERSON_WORDS: Final = (
    "ho va ten",
    "chu ho",
    "ho ten",
    "ten ho",
    "cccd",
    "cmnd",
    "so dinh danh",
    "ngay sinh",
    "nam sinh",
)
_BORN: Final = ("ngay sinh", "nam sinh")
_NUMBERED: Final = ("cccd", "cmnd", "so dinh danh")
_ROWS_LOOKED_AT: Final = 60
HEAD_ROWS: Final = 15
"""First rows of a sheet, in which a list may be headed."""
_FEWEST_PERSONS: Final = 3


def says_persons(cells: Cells, layout: Layout) -> bool:
    """Say whether the headings of a table speak of persons, and its rows are: names, numbers or births stand in them.

    A table of counts of units stays one beside the name of an official in every row.
    """
    personal = _personal(layout.columns)
    if not personal:
        return False
    rows = range(layout.header_bottom + 1, min(len(cells.rows), layout.header_bottom + 1 + _ROWS_LOOKED_AT))
    unit = layout.column("unit_name")
    if unit is not None and _words_of(unit.path) is not None:
        return True
    return not _counts_units(cells, layout, rows) and any(
        _holds_persons(cells, column.index, _words_of(column.path) or "", rows) for column in personal
    )


@kept_of_header
def _personal(columns: tuple[Column, ...]) -> list[Column]:
    return [column for column in columns if _words_of(column.path) is not None]


def are_named_by_persons(cells: Cells, layout: Layout, unit: Column) -> bool:
    """Say whether the names of rows are those of persons; wards and villages bear names of heroes ("Lê Hồng Phong")."""
    rows = range(layout.header_bottom + 1, min(len(cells.rows), layout.header_bottom + 1 + _ROWS_LOOKED_AT))
    if not _are_names([cells.text(row, unit.index) for row in rows]):
        return False
    return tier_of(unit.path[-1]) is None or not _counts_units(cells, layout, rows)


def head_persons(cells: Cells) -> bool:
    """Say whether a sheet without any header of ours begins with one of a list of persons."""
    return any(_heads_persons(cells, row) for row in range(min(len(cells.rows), HEAD_ROWS)))


def _heads_persons(cells: Cells, row: int) -> bool:
    """Say whether a row heads a list of persons: a heading of theirs among others, and persons below it."""
    if len(cells.texts(row)) < 3:
        return False  # "(Ký, ghi rõ họ tên)"
    below = range(row + 1, min(len(cells.rows), row + 1 + _ROWS_LOOKED_AT))
    return any(
        (words := _words_of((cells.text(row, column),))) is not None and _holds_persons(cells, column, words, below)
        for column in range(cells.first_column, cells.width)
    )


@lru_cache(maxsize=1024)
def _words_of(path: tuple[str, ...]) -> str | None:
    """Return the folded heading that speaks of a person; None where none does, or it counts persons' households."""
    return next((text for text in map(fold, path) if any(word in text for word in _PERSON_WORDS)), None)


def _holds_persons(cells: Cells, column: int, words: str, rows: range) -> bool:
    """Say whether a column under a heading of persons holds what it says, or nothing: a list that is not filled in."""
    values = [value for row in rows if (value := cells.value(row, column)) is not None]
    if not values:
        return "chu ho" not in words
    if any(word in words for word in (*_BORN, *_NUMBERED)):
        return any(map(_is_of_birth_or_number, values))
    return 2 * sum(isinstance(value, str) and read_count(value).value is None for value in values) > len(values)


def _is_of_birth_or_number(value: Cell) -> bool:
    if isinstance(value, (date, datetime)):
        return True
    number = read_count(value).value
    return isinstance(value, str) if number is None else number >= 1900


def _counts_units(cells: Cells, layout: Layout, rows: range) -> bool:
    """Say whether the rows hold counts of households: mostly numbers, and not of one household each."""
    columns = [column.index for column in layout.columns if column.meaning in COUNTS]
    numbers = [[read_count(cells.value(row, column)).value for column in columns] for row in rows]
    filled = [[number for number in of_row if number is not None] for of_row in numbers]
    counting = [of_row for of_row in filled if len(of_row) > 1]
    return 2 * len(counting) > sum(map(bool, filled)) and any(number > 1 for of_row in counting for number in of_row)


def _are_names(texts: Iterable[str]) -> bool:
    """Say whether most texts are names of persons: three words and more behind a surname, and no type of a unit."""
    filled = [text for text in texts if text]
    persons = sum(map(is_name_of_person, filled))
    return persons >= _FEWEST_PERSONS and 2 * persons > len(filled)
