"""Tables that are not ours, told by what they are: lists of persons by persons, other forms by most of their columns.

One word decides nothing: "Điện Biên" is no movement ("diễn biến"), and a table of counts may have one column about
women who head a household, about causes, or about the official in charge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from thidua_cli.language import Text
from thidua_cli.model import COUNTS, REQUIRED_COUNTS
from thidua_cli.normalise.sheet.cells import Cells
from thidua_cli.normalise.sheet.headings import Column, Layout, fold, is_figure, tier_of
from thidua_cli.normalise.sheet.numbers import read_count
from thidua_cli.read.grid import Cell
from thidua_cli.units.names import split_type

PERSONS: Final = Text("danh sách từng hộ (dữ liệu cá nhân)", "a list of households (personal data)")
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
_MOVEMENT: Final = Text(
    "biểu diễn biến thiếu cột đầu năm, cuối năm của Mẫu 09, 10",
    "a table of movement without the opening and closing columns of Mẫu 09, 10",
)
_OTHER_FORMS: Final = (
    (re.compile(r"\bthieu hut\b"), Text("biểu chỉ số thiếu hụt (Mẫu 11, 12)", "deprivation indicators (Mẫu 11, 12)")),
    (re.compile(r"\btru dt kinh\b"), Text("biểu theo dân tộc (Mẫu 16)", "table by ethnic group (Mẫu 16)")),
    (re.compile(r"\bnguyen nhan\b"), Text("biểu nguyên nhân nghèo (Mẫu 17)", "causes of poverty (Mẫu 17)")),
)
"""Words of other forms, folded."""
_DIEN_BIEN: Final = re.compile(r"\bdiễn biến\b|(?<!tinh )\bdien bien\b(?! (?:phu|dong)\b)")
"""Movement, with accents; "dien bien" typed without any may be the province or its city."""
_ROWS_LOOKED_AT: Final = 60
_HEAD_ROWS: Final = 15
_LABELS: Final = 2
"""Columns of most tables that hold no figure: number and name."""
_FEWEST_PERSONS: Final = 3
_SURNAMES: Final = frozenset({
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương",
    "lý", "đinh", "đoàn", "trịnh", "mai", "trương", "lâm", "đào", "vương", "lương", "tạ", "hà", "cao", "châu",
    "thái", "lò", "lường", "quàng", "cầm", "vàng", "giàng", "thào", "sùng", "vừ", "mùa", "lầu", "hạng", "hờ", "ly",
    "má", "tẩn", "lù", "chảo", "phàn", "bàn", "triệu", "nông", "hứa", "vi", "lộc", "đàm", "ma", "bế", "rơ", "ksor",
    "kpă", "siu", "nay", "rmah", "alăng", "zơ", "bh'nướch", "pơloong", "bling", "coor", "arất", "blúp",
})  # fmt: skip
"""First words of most names of persons in tables of poor households, of the highlands too."""


def lists_persons(cells: Cells, layout: Layout) -> bool:
    """Say whether the rows below a header are persons: their names, numbers or birth dates stand in them.

    A table of counts of units stays one beside the name of an official in every row.
    """
    rows = range(layout.header_bottom + 1, min(len(cells.rows), layout.header_bottom + 1 + _ROWS_LOOKED_AT))
    unit = layout.column("unit_name")
    if unit is not None and _are_named_by_persons(cells, layout, unit, rows):
        return True
    personal = [column for column in layout.columns if _words_of(column.path) is not None]
    return (
        bool(personal)
        and not _counts_units(cells, layout, rows)
        and any(_holds_persons(cells, column.index, _words_of(column.path) or "", rows) for column in personal)
    )


def other_table(layout: Layout) -> Text | None:
    """Name a table that is not ours by its words: those of another form, where most of its columns are not known.

    A title may speak of causes and movement above a sound Mẫu 08.
    """
    meanings = [column.meaning for column in layout.columns]
    if set(meanings) >= set(REQUIRED_COUNTS) or meanings.count(None) <= sum(map(is_figure, meanings)):
        return None
    return _other_words((*layout.title, *(segment for column in layout.columns for segment in column.path)))


def other_sheet(cells: Cells) -> Text | None:
    """Name what stands on a sheet without any header of ours: a list of persons, or another form."""
    if any(_heads_persons(cells, row) for row in range(min(len(cells.rows), _HEAD_ROWS))):
        return PERSONS
    return _other_words(tuple(_weighty_texts(cells)))


def _weighty_texts(cells: Cells) -> Iterator[str]:
    """Yield titles, and of rows of headings those that stand over most of the columns."""
    for row in range(min(len(cells.rows), _HEAD_ROWS)):
        texts = cells.texts(row)
        if len(texts) <= 2:
            yield from texts
            continue
        widths = {area.left: area.right - area.left + 1 for area in cells.merged if area.top == row}
        columns = range(cells.first_column, cells.width)
        spans = {text: widths.get(column, 1) for column in columns if (text := cells.text(row, column))}
        of_others = {text: span for text, span in spans.items() if _other_words((text,)) is not None}
        if 2 * sum(of_others.values()) > len(columns) - _LABELS:
            yield from of_others


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


def _are_named_by_persons(cells: Cells, layout: Layout, unit: Column, rows: range) -> bool:
    """Say whether the names of rows are those of persons; wards and villages bear names of heroes ("Lê Hồng Phong")."""
    if _words_of(unit.path) is not None:
        return True
    if not _are_names([cells.text(row, unit.index) for row in rows]):
        return False
    return tier_of(unit.path[-1]) is None or not _counts_units(cells, layout, rows)


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


@lru_cache(maxsize=4096)
def is_name_of_person(text: str) -> bool:
    """Say whether a text reads as the name of a person.

    >>> is_name_of_person("Nguyễn Thị Hoa"), is_name_of_person("Nguyễn Trãi"), is_name_of_person("Xã Lê Văn Tám")
    (True, False, False)
    """
    words = unicodedata.normalize("NFC", text).split()
    if len(words) < 3 or len(words) > 6 or not all(word[:1].isupper() for word in words):
        return False
    return words[0].lower() in _SURNAMES and split_type(text)[0] is None


@lru_cache(maxsize=256)
def _other_words(texts: Sequence[str]) -> Text | None:
    """Return the other form whose words a text holds: the movement before all others."""
    composed = (unicodedata.normalize("NFC", " ".join(text.lower().split())) for text in texts)
    if any(map(_DIEN_BIEN.search, composed)):
        return _MOVEMENT
    folded = [fold(text) for text in texts]
    return next((name for words, name in _OTHER_FORMS if any(map(words.search, folded))), None)
