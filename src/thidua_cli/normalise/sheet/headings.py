"""Columns of a recognised table, and what their heading paths mean by data/headings.toml. Never by similarity alone.

Of columns that name units of several tiers side by side ("Huyện | Xã") the lowest names the unit of the row.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from thidua_cli.model import Level, column_letters

_TABLE: Final = Path(__file__).parents[2] / "data" / "headings.toml"
_HARMLESS: Final = re.compile(
    r"\((?:ho|%|khau|nguoi|tai thoi diem[^)]*|so bo[^)]*|chinh thuc|theo [^)]*|don vi[^)]*)\)"
)
_MARKS: Final = re.compile(r"[^0-9a-z%]+")
IGNORED: Final = "ignored:"
RATE: Final = "rate:"
SUM: Final = "sum:"
UPPER_UNIT: Final = "upper_unit:"
"""A column that names the unit above that of the row; the tier follows."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    r"""Return a text without accents, case, marks and repeated spaces; the percent sign stays.

    >>> fold("Tổng số            hộ nghèo\ncuối năm (theo Quyết định …)"), fold("Tỷ lệ (%)")
    ('tong so ho ngheo cuoi nam', 'ty le')
    """
    decomposed = unicodedata.normalize("NFD", text.replace("Ð", "Đ").replace("ð", "đ").lower())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("đ", "d")
    return " ".join(_MARKS.sub(" ", _HARMLESS.sub(" ", " ".join(plain.split()))).split())


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of the table of headings, folded."""

    meaning: str
    leaf: frozenset[str] = frozenset()
    under: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    printed: tuple[str, ...] = field(default=(), compare=False)
    """The leaves as printed, for suggestions."""


@dataclass(frozen=True, eq=False)
class Headings:
    """The table of headings; one object is equal to itself alone, so that what it answers can be kept."""

    entries: tuple[Heading, ...]
    subjects: frozenset[str]
    """Every segment that some entry names under `under` or `inside`."""
    bare: frozenset[str]
    """Leaves that count whatever stands above them: "Số hộ"."""
    neutral: frozenset[str]
    """Segments above that name no group of households: "Tổng số"."""
    neutral_begins: tuple[str, ...]
    """What such segments begin with: "Kết quả rà soát …"."""

    def meaning(self, path: Sequence[str]) -> str | None:
        """Return what a heading path means, or None where the table does not say."""
        return _meaning(self, tuple(path)) if path else None

    def names(self, meaning: str, text: str) -> bool:
        """Say whether a single cell reads as `meaning`, whatever stands above it."""
        return fold(text) in self._leaves.get(meaning, ())

    def is_neutral(self, segment: str) -> bool:
        """Say whether a folded segment groups columns without saying whose households stand below it."""
        return not segment or segment in self.neutral or segment.startswith(self.neutral_begins)

    @cached_property
    def _leaves(self) -> dict[str, set[str]]:
        leaves: dict[str, set[str]] = {}
        for entry in self.entries:
            leaves.setdefault(entry.meaning, set()).update(entry.leaf)
        return leaves

    def nearest(self, text: str) -> str | None:
        """Return the known heading most like `text`, to be offered and never taken."""
        from difflib import get_close_matches

        known: dict[str, str] = {}
        for entry in self.entries:
            for printed in entry.printed:
                known.setdefault(fold(printed), printed)
        close = get_close_matches(fold(text), known, n=1, cutoff=0.75)
        return known[close[0]] if close else None


@lru_cache(maxsize=4096)
def _meaning(headings: Headings, path: tuple[str, ...]) -> str | None:
    folded = [fold(segment) for segment in path]
    leaf, above = folded[-1], folded[:-1]
    subject = next((segment for segment in reversed(above) if segment in headings.subjects), None)
    if subject is None and leaf in headings.bare and not all(map(headings.is_neutral, above)):
        return None  # "Hộ có mức sống trung bình › Số hộ" are some of the households, whoever they are
    for entry in headings.entries:
        if entry.starts and leaf.startswith(entry.starts):
            return entry.meaning
        if leaf in entry.leaf and (subject in entry.under if entry.under else subject is None):
            if entry.inside and entry.inside.isdisjoint(above):
                continue
            return entry.meaning
    return None


@lru_cache(maxsize=1)
def bundled_headings() -> Headings:
    """Return the table that ships with the product."""
    with _TABLE.open("rb") as stream:
        table = tomllib.load(stream)
    groups = table["groups"]
    entries = tuple(
        Heading(
            record["meaning"],
            frozenset(map(fold, _spelt(record.get("leaf", ()), groups))),
            frozenset(map(fold, _spelt(record.get("under", ()), groups))),
            frozenset(map(fold, _spelt(record.get("inside", ()), groups))),
            tuple(map(fold, record.get("starts", ()))),
            tuple(_spelt(record.get("leaf", ()), groups)),
        )
        for record in table["heading"]
    )
    return Headings(
        entries,
        frozenset(subject for entry in entries for subject in entry.under | entry.inside),
        frozenset(map(fold, groups["number"])),
        frozenset(map(fold, table["neutral"])),
        tuple(map(fold, table["neutral_begins"])),
    )


def _spelt(names: Sequence[str], groups: Mapping[str, Sequence[str]]) -> list[str]:
    """Return names with groups ("@poor") replaced by their members."""
    return [name for entry in names for name in (groups[entry[1:]] if entry.startswith("@") else (entry,))]


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

    @property
    def letters(self) -> str:
        """Column in Excel's letters."""
        return column_letters(self.index)

    @property
    def heading(self) -> str:
        """The path for a person to read."""
        return " › ".join(" ".join(segment.split()) for segment in self.path)


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
    (Level.PROVINCE, re.compile(r"\btinh\b")),
    (Level.DISTRICT, re.compile(r"\b(?:huyen|quan|thi xa|thanh pho)\b")),
    (Level.COMMUNE, re.compile(r"\b(?:xa|phuong|thi tran)\b")),
    (Level.VILLAGE, re.compile(r"\b(?:thon|ban|ap|buon|lang|khu pho|to dan pho|khoi|xom)\b")),
)


def tier_of(heading: str) -> Level | None:
    """Return the tier that a heading of unit names speaks of, None where it is one for all ("Đơn vị").

    >>> tier_of("Huyện/thị xã"), tier_of("Xã, phường, thị trấn"), tier_of("Địa bàn")
    (<Level.DISTRICT: 'district'>, <Level.COMMUNE: 'commune'>, None)
    """
    text = re.sub(r"\bdia ban\b", " ", fold(heading))
    return next((level for level, words in _WORDS if words.search(text)), None)


def with_upper_units(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns with all but the lowest column of unit names marked as units above.

    Where two are of one tier, or one of no tier, nobody can say which names the unit: they stay as they are (H003).
    """
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
