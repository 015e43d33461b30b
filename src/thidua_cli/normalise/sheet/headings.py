"""What a column's heading path means, by the table in data/headings.toml. Never by similarity alone."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from thidua_cli.language import Text

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

COLUMN_TEXT: Final = {
    "unit_code": Text("mã đơn vị", "unit code"),
    "unit_name": Text("tên đơn vị", "unit name"),
    "upper_unit:province": Text("tên tỉnh", "province of the unit"),
    "upper_unit:district": Text("tên huyện", "district of the unit"),
    "upper_unit:commune": Text("tên xã", "commune of the unit"),
    "year": Text("năm", "year"),
    "level": Text("cấp", "level"),
    "parent_code": Text("mã đơn vị cấp trên", "parent code"),
    "status": Text("trạng thái", "status"),
    "poverty_line": Text("chuẩn nghèo", "poverty line"),
    "households": Text("tổng số hộ", "households"),
    "poor_households": Text("số hộ nghèo", "poor households"),
    "near_poor_households": Text("số hộ cận nghèo", "near-poor households"),
    "minority_households": Text("số hộ DTTS", "ethnic-minority households"),
    "minority_poor_households": Text("số hộ nghèo DTTS", "ethnic-minority poor households"),
    "minority_near_poor_households": Text("số hộ cận nghèo DTTS", "ethnic-minority near-poor households"),
    "merit_poor_households": Text("số hộ nghèo có người có công", "poor households with people of merit"),
    "poor_opening": Text("số hộ nghèo đầu năm", "poor households at the start of the year"),
    "poor_to_near_poor": Text("hộ nghèo trở thành cận nghèo", "poor become near-poor"),
    "poor_to_non_poor": Text("hộ nghèo vượt chuẩn cận nghèo", "poor rise above the near-poor line"),
    "poor_decrease_other": Text("hộ nghèo giảm do nguyên nhân khác", "poor households fewer for other causes"),
    "poor_from_near_poor": Text("hộ cận nghèo trở thành hộ nghèo", "near-poor become poor"),
    "poor_relapsed": Text("hộ tái nghèo", "households poor again"),
    "poor_new": Text("hộ nghèo phát sinh mới", "newly poor households"),
    "poor_increase_other": Text("hộ nghèo tăng do nguyên nhân khác", "poor households more for other causes"),
    "near_poor_opening": Text("số hộ cận nghèo đầu năm", "near-poor households at the start of the year"),
    "near_poor_to_poor": Text("hộ cận nghèo trở thành hộ nghèo", "near-poor become poor"),
    "near_poor_to_non_poor": Text("hộ thoát cận nghèo", "near-poor rise above the line"),
    "near_poor_decrease_other": Text("hộ cận nghèo giảm do nguyên nhân khác", "near-poor fewer for other causes"),
    "near_poor_from_poor": Text("hộ nghèo trở thành cận nghèo", "poor become near-poor"),
    "near_poor_relapsed": Text("hộ tái cận nghèo", "households near-poor again"),
    "near_poor_new": Text("hộ cận nghèo phát sinh mới", "newly near-poor households"),
    "near_poor_increase_other": Text("hộ cận nghèo tăng do nguyên nhân khác", "near-poor more for other causes"),
    "sum:multidimensional": Text("tổng số hộ nghèo và hộ cận nghèo", "poor and near-poor households"),
    "rate:poor": Text("tỷ lệ hộ nghèo", "poor rate"),
    "rate:near_poor": Text("tỷ lệ hộ cận nghèo", "near-poor rate"),
    "rate:multidimensional": Text("tỷ lệ nghèo đa chiều", "multidimensional poverty rate"),
    "poor_rate_percent": Text("tỷ lệ hộ nghèo", "poor rate"),
    "near_poor_rate_percent": Text("tỷ lệ hộ cận nghèo", "near-poor rate"),
    "multidimensional_rate_percent": Text("tỷ lệ nghèo đa chiều", "multidimensional poverty rate"),
}
"""What a column is called in messages."""


def column_text(name: str) -> Text:
    """Return the words for a canonical column; the name itself where it has none."""
    return COLUMN_TEXT.get(name) or Text(name, name)


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

    def meaning(self, path: Sequence[str]) -> str | None:
        """Return what a heading path means, or None where the table does not say."""
        return _meaning(self, tuple(path)) if path else None

    def names(self, meaning: str, text: str) -> bool:
        """Say whether a single cell reads as `meaning`, whatever stands above it."""
        return fold(text) in self._leaves.get(meaning, ())

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
    return Headings(entries, frozenset(subject for entry in entries for subject in entry.under | entry.inside))


def _spelt(names: Sequence[str], groups: Mapping[str, Sequence[str]]) -> list[str]:
    """Return names with groups ("@poor") replaced by their members."""
    return [name for one in names for name in (groups[one[1:]] if one.startswith("@") else (one,))]
