"""What the words of one heading say: the part by which headings are compared, and the unit of measure beside it.

Words in brackets change the meaning of a heading unless they are known to leave it as it is: "(sơ bộ)" speaks of all
poor households, "(theo kế hoạch)" of none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.headings import HEADINGS_KEPT, fold, unaccented
from thidua_cli.normalise.sheet.unit_of_measure import CountedIn, UnitOfMeasure, is_label, unit_of_words, units_stated

_LONGEST: Final = 1_000
"""Characters of a heading: a longer text is none, and is not looked through part by part."""
_BRACKET: Final = late_pattern(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_UNIT_HEADINGS: Final = frozenset({"don vi", "dv"})
_NUMBERING: Final = late_pattern(r"(?:\d{1,2}|i{1,3}|iv|vi{0,3}|[a-d])[.)]\s*(?=[a-z])")
"""Of "1. Hộ nghèo"."""
_LAST_PART: Final = late_pattern(r"(.*\S)\s*([-–—:,;/])\s*([^-–—:,;/]+)\Z")
_LABELLED: Final = late_pattern(r"(.*?)[\s,;:(–-]*\b((?:don vi tinh|don vi do|dv tinh|dvt|don vi(?=\s*:))\b.*)\Z")
_STATUS_AT_END: Final = late_pattern(r"(.+\S)\s*[-–—,:]?\s+(?:so bo|chinh thuc)\Z")
_SIGNS: Final = late_pattern(r"[+±]|\A\s*[-–—−]+\s*\Z")
"""Of "(+/-)" and "(-)": a change, and no count."""
_OTHER_SIGNS: Final = late_pattern("[‰±Δ∆↑↓▲▼△▽]")
_REFERENCE: Final = late_pattern(r"(?:\d{0,2}|[a-h])\Z")
"""What is left of "(*)", of "(1)" and "(a)": the number of a footnote or a column."""
_FORMULA: Final = late_pattern(r"\s*\d{1,2}\s*=[\d\s+\-*x:/%]+\Z")
"""Of "(3=2/1)": how a column comes from those beside it."""
_DIVISION: Final = late_pattern(r"[:/%]")
_YEAR_END: Final = r"(?:(?:den )?(?:het )?(?:ngay )?31 (?:thang )?12|(?:den )?(?:het )?cuoi (?:nam|ky))"
_HARMLESS: Final = late_pattern(
    rf"(?:tai )?thoi diem (?:ra soat(?: (?:ngay|thang|\d{{1,2}}))*|{_YEAR_END})|(?:tinh )?{_YEAR_END}"
    r"|(?:ket qua |so lieu )?(?:so bo|chinh thuc)(?: (?:so bo|chinh thuc))?"
    r"|da chieu|neu co|theo mau(?: so)?(?: \d+)?|(?:theo )?ket qua ra soat"
)
_DOCUMENT: Final = late_pattern(r"(?:theo |tai |can cu )?(?:quyet dinh|qd|nghi dinh|nd|thong tu|tt|bien ban)\b")
_DOCUMENT_WORDS: Final = frozenset(
    {
        "theo", "tai", "can", "cu", "quyet", "dinh", "qd", "nghi", "nd", "thong", "tu", "tt", "bien", "ban", "so",
        "ngay", "thang", "nam", "cua", "phe", "duyet", "cap", "co", "tham", "quyen", "ket", "qua", "ra", "soat", "ho",
        "ngheo", "ubnd", "hdnd", "uy", "nhan", "dan", "tinh", "huyen", "xa", "phuong", "thi", "thanh", "pho", "chu",
        "tich", "thu", "tuong", "chinh", "phu", "bo", "lao", "dong", "thuong", "binh", "hoi", "ttg", "cp", "bldtbxh",
        "btc", "bnnmt", "ve", "viec", "danh", "sach", "chuan", "da", "chieu",
    }
)  # fmt: skip
_LINE: Final = late_pattern(r"(?:theo )?chuan (?:ho )?ngheo\b")
_LINE_WORDS: Final = frozenset(
    {
        "theo", "chuan", "ho", "ngheo", "can", "da", "chieu", "tiep", "giai", "doan", "nam", "den", "quoc", "gia",
        "cua", "trung", "uong", "tw",
    }
)  # fmt: skip


class HeadingWords(NamedTuple):
    """One heading, or one line of a stacked one."""

    key: str
    """Folded; empty where it is a unit of measure and nothing else."""
    unit: UnitOfMeasure | None = None


@lru_cache(maxsize=HEADINGS_KEPT)
def heading_words(text: str) -> HeadingWords:
    """Return what a heading says.

    >>> heading_words("Tổng số hộ nghèo (theo Quyết định …)").key, heading_words("Hộ nghèo (theo kế hoạch)").key
    ('tong so ho ngheo', 'ho ngheo theo ke hoach')
    >>> heading_words("Hộ nghèo - người")
    HeadingWords(key='ho ngheo', unit=UnitOfMeasure(words='nguoi', counted_in=<CountedIn.PERSONS: 2>, factor=1))
    """
    if len(text) > _LONGEST:
        return HeadingWords(fold(text))
    units: list[UnitOfMeasure] = []

    def kept(bracket: re.Match[str]) -> str:
        inside = bracket[1]
        if _FORMULA.match(inside):
            units.extend((UnitOfMeasure("%", CountedIn.PERCENT),) if _DIVISION.search(inside) else ())
            return " "
        if stated := _units_in(inside):
            units.extend(stated)
            return " "
        if is_harmless(fold(inside)) and not _SIGNS.search(inside):
            return " "
        return f" {inside} " if fold(inside) else " tang giam "

    words = _BRACKET.sub(kept, _without_number(unaccented(text))).strip()
    words, beside = ("", ()) if _is_label_of_units(text) else _without_unit(words)
    if _OTHER_SIGNS.search(text):
        words = f"{words} tang giam"  # folding takes the sign off: "Hộ nghèo (‰)" is no count
    key, percent = _without_percent(fold(_STATUS_AT_END.sub(r"\1", words)))
    return HeadingWords(key, sole_unit([*units, *beside, *percent]))


def heading_key(text: str) -> str:
    """Return a heading as headings are compared.

    >>> heading_key("Tỷ lệ (%)"), heading_key("(Hộ)"), heading_key("Số hộ (nghèo)")
    ('ty le', '', 'so ho ngheo')
    """
    return heading_words(text).key


def _is_label_of_units(text: str) -> bool:
    """Say whether a text is "Đơn vị tính" beside "hộ | hộ | %"; "Đơn vị" heads the units of the rows."""
    return is_label(text) and fold(text) not in _UNIT_HEADINGS


def _without_number(words: str) -> str:
    match = _NUMBERING.match(words)
    return words[match.end() :] if match else words


def _units_in(inside: str) -> tuple[UnitOfMeasure, ...]:
    if stated := units_stated(inside):
        return stated
    unit = unit_of_words(inside)
    return () if unit is None else (unit,)


def is_harmless(inside: str) -> bool:
    """Say whether folded words leave the meaning of a heading as it is, in brackets behind it or as a group above."""
    if _REFERENCE.match(inside) or _HARMLESS.fullmatch(inside):
        return True
    return _is_of(inside, _DOCUMENT, _DOCUMENT_WORDS) or _is_of(inside, _LINE, _LINE_WORDS)


def _is_of(inside: str, begins: re.Pattern[str], words: frozenset[str]) -> bool:
    """Say whether a bracket names a document or the poverty line, and holds no word beside it."""
    return begins.match(inside) is not None and all(word in words or word[0].isdigit() for word in inside.split())


def _without_unit(words: str) -> tuple[str, tuple[UnitOfMeasure, ...]]:
    """Take off a unit of measure that stands beside the words, or in a line of its own."""
    labelled = _LABELLED.match(words)
    if labelled is not None and (stated := units_stated(labelled[2])):
        return labelled[1], stated
    last = _LAST_PART.match(words)
    # "Khẩu/hộ" is a rate, and "Tổng số: hộ" the total of households
    if last is not None and (unit := unit_of_words(last[3])) and not (last[2] == "/" and unit.is_plain):
        return last[1], (unit,)
    alone = unit_of_words(words)
    if alone is not None and (alone.factor > 1 or alone.counted_in is CountedIn.OTHER or fold(words) == "nguoi"):
        return "", (alone,)
    return words, ()


def _without_percent(key: str) -> tuple[str, tuple[UnitOfMeasure, ...]]:
    """Take a percent sign off the words it stands beside; alone it is a heading of rates."""
    bare = key.removesuffix("%").removeprefix("%").strip()
    return (bare, (UnitOfMeasure("%", CountedIn.PERCENT),)) if bare and bare != key else (key, ())


def sole_unit(units: Sequence[UnitOfMeasure]) -> UnitOfMeasure | None:
    """Return the one unit of a heading; of several that differ nobody knows which a figure is in."""
    if len({unit[1:] for unit in units}) > 1:
        return UnitOfMeasure(", ".join(unit.words for unit in units), CountedIn.OTHER)
    return units[0] if units else None
