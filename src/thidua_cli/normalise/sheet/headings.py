"""Columns of a recognised table, and the words of headings as they are compared.

Of columns that name units of several tiers side by side ("Huyện | Xã") the lowest names the unit of the row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Final, TypeVar, cast

from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import COUNTS, Level, column_letters

if TYPE_CHECKING:
    from thidua_cli.normalise.sheet.unit_of_measure import UnitOfMeasure

_MARKS: Final = late_pattern(r"[^0-9a-z%]+")
_ACCENTS: Final = late_pattern("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
"""Marks that Unicode puts on the letter before them."""
_CROSSED: Final = str.maketrans("đð", "dd")
"""Letters that no accent is taken off; ð is typed for đ."""
HEADINGS_KEPT: Final = 1 << 15
"""Headings whose readings are kept: more than a sheet has columns, for each is asked for several times."""
IGNORED: Final = "ignored:"
RATE: Final = "rate:"
SUM: Final = "sum:"
UPPER_UNIT: Final = "upper_unit:"
"""A column that names the unit above that of the row; the tier follows."""
RATE_OF: Final = {
    "poor_households": "rate:poor",
    "near_poor_households": "rate:near_poor",
    "sum:multidimensional": "rate:multidimensional",
}
"""What a count or a sum is where its unit of measure is percent."""


def is_figure(meaning: str | None) -> bool:
    """Say whether a column of this meaning holds counts of households, sums of them, or rates."""
    return meaning is not None and (meaning in COUNTS or meaning.startswith((RATE, SUM)))


@lru_cache(maxsize=HEADINGS_KEPT)
def fold(text: str) -> str:
    r"""Return a text without accents, case, marks and repeated spaces; the percent sign stays, and so does every word.

    >>> fold("Tổng số            hộ nghèo\ncuối năm (sơ bộ)"), fold("Tỷ lệ (%)")
    ('tong so ho ngheo cuoi nam so bo', 'ty le %')
    """
    return " ".join(_MARKS.sub(" ", unaccented(text)).split())


def unaccented(text: str) -> str:
    """Return a text without accents, case and repeated spaces, its marks kept.

    >>> unaccented("Đơn vị tính:  hộ")
    'don vi tinh: ho'
    """
    lower = text.lower()
    if not lower.isascii():
        lower = _ACCENTS.sub("", unicodedata.normalize("NFD", lower)).translate(_CROSSED)
    return " ".join(lower.split())


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a recognised table."""

    index: int
    """0-based column in the sheet."""
    path: tuple[str, ...]
    """Heading from the top header row down, as printed."""
    meaning: str | None
    """Meaning by data/headings.toml; None where the heading is not known."""
    year: int | None = None
    """Year in the heading ("Hộ nghèo › 2023"); None where it names none."""
    unit: UnitOfMeasure | None = None
    """In what its figures are counted, where heading or table say so ("Hộ nghèo (nghìn hộ)")."""
    refused: str | None = None
    """The count that it names and that is not used: its figures are persons, percent or money."""

    @property
    def letters(self) -> str:
        """Column in Excel's letters."""
        return column_letters(self.index)

    @property
    def factor(self) -> int:
        """How many households a printed 1 stands for."""
        return 1 if self.unit is None else self.unit.factor

    @property
    def heading(self) -> str:
        """The path for a person to read."""
        return " › ".join(" ".join(segment.split()) for segment in self.path)


_Look = TypeVar("_Look", bound=Callable[..., object])
_HEADERS_KEPT: Final = 64


def kept_of_header(look: _Look) -> _Look:
    """Keep what is asked of the columns of a header alone: of five hundred files with one header it is asked once.

    `look` takes columns first, which are told by the object that they are (`find_layout` gives one object for one
    header), then anything that is compared; nobody changes what it returns.
    """
    kept: dict[int, tuple[tuple[Column, ...], tuple[object, ...], object]] = {}

    def answer(columns: tuple[Column, ...], *others: object) -> object:
        known = kept.get(id(columns))
        # held here, no other object can have its identity
        if known is not None and known[0] is columns and known[1] == others:
            return known[2]
        result = look(columns, *others)
        if len(kept) >= _HEADERS_KEPT:
            kept.clear()
        kept[id(columns)] = columns, others, result
        return result

    return cast("_Look", wraps(look)(answer))


@kept_of_header
def segments_of(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Return every segment of a header."""
    return tuple(segment for column in columns for segment in column.path)


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised table: header rows and columns, 0-based."""

    title: tuple[str, ...]
    """Texts above the header."""
    header_top: int
    header_bottom: int
    """Last row that is no data: the numbering row where there is one."""
    columns: tuple[Column, ...]
    year: int | None = None
    """Year of all its figures, where the headings name it."""

    def column(self, meaning: str) -> Column | None:
        """Return the first column of a meaning."""
        return next((column for column in self.columns if column.meaning == meaning), None)


TIERS: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.VILLAGE)
"""From the top down."""
_WORDS: Final = (
    (Level.PROVINCE, late_pattern(r"\btinh\b")),
    (Level.DISTRICT, late_pattern(r"\b(?:huyen|quan|thi xa|thanh pho|tp|tx)\b")),
    (Level.COMMUNE, late_pattern(r"\b(?:xa|phuong|thi tran|dac khu|dk)\b")),
    (Level.VILLAGE, late_pattern(r"\b(?:thon|ban|ap|buon|lang|khu(?! vuc)|to|tdp|khom|khoi|xom|soc|phum|bon|plei)\b")),
)


def tier_of(heading: str) -> Level | None:
    """Return the tier that a heading of unit names speaks of, None where it is one for all ("Đơn vị").

    >>> tier_of("Huyện/thị xã"), tier_of("Xã, phường, thị trấn"), tier_of("Địa bàn")
    (<Level.DISTRICT: 'district'>, <Level.COMMUNE: 'commune'>, None)
    """
    text = re.sub(r"\b(?:dia ban|dia phuong|thuoc tinh)\b", " ", fold(heading))
    return next((level for level, words in _WORDS if words.search(text)), None)


def _without_areas(columns: Sequence[Column]) -> Sequence[Column]:
    """Return the columns without a column "Khu vực" of areas I, II, III beside another that names the units."""
    areas = [column for column in columns if column.meaning == "unit_name" and fold(column.path[-1]) == "khu vuc"]
    if not areas or all(column in areas for column in columns if column.meaning == "unit_name"):
        return columns  # alone it heads the names: "Khu vực | Hộ nghèo"
    return [replace(column, meaning=f"{IGNORED}area") if column in areas else column for column in columns]


def with_upper_units(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns with all but the lowest column of unit names marked as units above.

    Where two are of one tier, or one of no tier, nobody can say which names the unit: they stay as they are (H003).
    """
    columns = _without_areas(columns)
    named = [column for column in columns if column.meaning == "unit_name"]
    tiers = [tier_of(column.path[-1]) for column in named]
    if len(named) < 2 or None in tiers or len(set(tiers)) < len(tiers):
        return tuple(columns)
    by_index = {column.index: tier for column, tier in zip(named, tiers, strict=True) if tier is not None}
    lowest = max(by_index, key=lambda index: TIERS.index(by_index[index]))
    return tuple(
        replace(column, meaning=f"{UPPER_UNIT}{by_index[column.index]}")
        if column.index in by_index and column.index != lowest
        else column
        for column in columns
    )
