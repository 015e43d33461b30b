"""What words say of a class: "xã khu vực III", "KV III", "không phải huyện nghèo", a mark in the column of a class."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.lexicon import CLASS_WORDS
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.classes import AREAS

_AREA_OF: Final = {"i": "area_1", "1": "area_1", "ii": "area_2", "2": "area_2", "iii": "area_3", "3": "area_3"}
_NUMBER: Final = r"(?:iii|ii|i|[123])"
_UNIT: Final = r"(?:(?:cac )?(?:xa phuong thi tran|xa phuong|xa|phuong|thi tran|dac khu|don vi|dia ban) )?"
_HARD: Final = r"(?:dac biet kho khan|dbkk)"
_REGION: Final = r"(?:vung )?(?:dong bao )?(?:dan toc thieu so|dtts)(?: va)?(?: (?:mien nui|mn))?"
_AREA: Final = late_pattern(
    rf"(?:xa {_HARD} )?{_UNIT}(?:thuoc )?(?:khu vuc|kv) ?({_NUMBER})(?: (?:la )?(?:xa )?{_HARD})?"
    rf"(?: (?:thuoc )?{_REGION})?"
)
_COASTAL: Final = late_pattern(
    rf"(?:(?:cac )?xa )?(?:{_HARD} )?(?:o )?(?:thuoc )?(?:vung )?"
    rf"(?:bai ngang(?: (?:va )?ven bien)?(?: (?:va )?hai dao)?|ven bien (?:va )?hai dao)(?: {_HARD})?"
)
_POOR_DISTRICT: Final = late_pattern(r"(?:cac )?huyen ngheo")
_POOR_COMMUNE: Final = late_pattern(r"(?:cac )?xa ngheo")
_MOUNTAIN: Final = late_pattern(r"(?:la |thuoc )?(?:(?:don vi|huyen|xa|tinh|vung) )?mien nui")
_ONE_CLASS: Final = {
    "coastal_commune": _COASTAL,
    "poor_district": _POOR_DISTRICT,
    "poor_commune": _POOR_COMMUNE,
    "mountain": _MOUNTAIN,
}
_OUTSIDE: Final = late_pattern(
    r"(?:khong|ko|not|ngoai)(?: (?:phai|la|thuoc|nam|trong|dien|danh sach|danh muc|cac|dia ban|a|an|in))* "
)
_NO_AREA: Final = late_pattern(
    rf"{_UNIT}(?:(?:khu vuc|kv)(?: (?:khu vuc |kv )?{_NUMBER})*(?: nao)?(?: {_REGION})?|{_REGION}|"
    r"(?:(?:commune )?of )?any area)"
)
_TAIL: Final = late_pattern(r" (?:theo (?:qd|quyet dinh)|giai doan|gd) .*")
"""Words after a class that say by which text or in which years it holds."""
_NOTHING_SAID: Final = frozenset(("", "chua ro", "chua biet", "chua xac dinh", "khong ro", "unknown", "n a"))
_MARKS: Final = frozenset(("x", "v", "co", "yes", "1", "dung", "true", "✓", "✔", "√", "☑", "ü", "þ", "•", "+"))
_NO_MARKS: Final = frozenset(("khong", "ko", "no", "0", "false", "☐"))
_AREA_LIST: Final = late_pattern(
    r"\b(?:khu vuc|kv) ?("
    r"(?:iii|ii|i)(?: (?:va |den )?(?:khu vuc |kv )?(?:iii|ii|i))*|[123](?: (?:va |den )?(?:khu vuc |kv )?[123])*)\b"
)
"""Numbers of one sort: "khu vực III, 2 xã" is of one area."""
_IN_TITLES: Final = {
    "coastal_commune": late_pattern(r"\bbai ngang\b|\bven bien (?:va )?hai dao\b"),
    "poor_district": _POOR_DISTRICT,
    "poor_commune": _POOR_COMMUNE,
    "mountain": late_pattern(r"\b(?:huyen|xa|don vi|tinh) mien nui\b"),
}
_NO_LIST: Final = late_pattern(
    r"\b(?:khong|thoat|ra khoi|dua ra|bai bo|huy bo|de nghi|de xuat|du kien)\b|"
    r"\b(?:can ngheo|ho ngheo|dat chuan|nong thon moi)\b"
)
"""A title that says so is of no list that holds, or of something else."""
_PERIOD: Final = late_pattern(
    r"(?<!chuan ngheo )\b(?:giai doan|gd|thoi ky)(?: nam)? (20\d\d) (?:den )?(?:nam )?(20\d\d)\b"
)

_FIVE_YEARS: Final = late_pattern(r"(?<!chuan ngheo )(?<!giai doan )\b(20\d\d) (?:den )?(20\d\d)\b")
"""Years alone, as on the tab of a sheet: those of a plan of five years."""


class StatedClass(NamedTuple):
    """What some words say: the unit is inside a class, or known to be outside one or several."""

    tokens: tuple[str, ...]
    inside: bool


class ListPeriod(NamedTuple):
    """The first and the last day of the years that a title names."""

    start: date
    end: date


@lru_cache(maxsize=4096)
def ascii_words(text: str) -> str:
    """Return the words of a text without accents, in lower case, with single blanks; marks that are no letters stay.

    >>> ascii_words("Xã  KHU VỰC III (ĐBKK)"), ascii_words("✓")
    ('xa khu vuc iii dbkk', '✓')
    """
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter)
    ).replace("đ", "d")
    words = re.sub(r"[^\w✓✔√☑☐•+]+|_", " ", plain).strip()
    return words if words else text.strip()


def _known(token: str) -> bool:
    return token in CLASS_WORDS


def _exact() -> dict[str, StatedClass]:
    """Return the tokens and the program's own words for them, in both languages."""
    stated: dict[str, StatedClass] = {}
    for token, term in CLASS_WORDS.items():
        for word in (token, *term.long, *term.short):
            stated.setdefault(ascii_words(word), StatedClass((token,), inside=True))
        stated[ascii_words(f"not_{token}")] = StatedClass((token,), inside=False)
    return stated


_EXACT: Final = _exact()


def is_silent(text: str) -> bool:
    """Say whether a cell says nothing of a class: it is empty, a dash, or says that nobody knows."""
    words = ascii_words(text)
    return words in _NOTHING_SAID or not any(letter.isalnum() or letter in "✓✔√☑☐•+" for letter in words)


@lru_cache(maxsize=4096)
def stated_class(text: str, *, of_areas: bool = False) -> StatedClass | None:
    """Return what a cell says of a class; None where it is not understood.

    `of_areas` says that the column or its title speaks of areas I, II and III: a number alone is one of them.

    >>> stated_class("Xã KV III"), stated_class("II"), stated_class("2", of_areas=True)
    (StatedClass(tokens=('area_3',), inside=True), None, StatedClass(tokens=('area_2',), inside=True))
    >>> stated_class("không thuộc khu vực I, II, III").inside, stated_class("xã loại III")
    (False, None)
    """
    words = ascii_words(text)
    if words in _EXACT:
        return _EXACT[words]
    words = _TAIL.sub("", words)
    if of_areas:
        words = re.sub(r"^vung (?=(?:iii|ii|i)$)", "", words)
        if words in _AREA_OF:
            return StatedClass((_AREA_OF[words],), inside=True)
        if words in _NO_MARKS and words != "0":
            return StatedClass(AREAS, inside=False)
    outside = _OUTSIDE.match(f"{words} ")
    if outside is None:
        return _inside(words)
    rest = words[outside.end() :]
    named = _EXACT.get(rest) or _inside(rest)
    if named is not None and named.inside:
        return StatedClass(named.tokens, inside=False)
    return StatedClass(AREAS, inside=False) if _NO_AREA.fullmatch(rest) else None


def _inside(words: str) -> StatedClass | None:
    area = _AREA.fullmatch(words)
    if area is not None:
        token = _AREA_OF[area[1]]
        # since 2021 the communes of especial difficulty are those of area III: of I and II the words contradict
        is_hard = re.search(_HARD, words) is not None
        return None if is_hard and token != "area_3" else StatedClass((token,), inside=True)
    for token, pattern in _ONE_CLASS.items():
        if _known(token) and pattern.fullmatch(words):
            return StatedClass((token,), inside=True)
    return None


def marked(text: str) -> bool | None:
    """Return whether a cell below the heading of a class says yes or no; None where it says neither."""
    words = ascii_words(text)
    return True if words in _MARKS else False if words in _NO_MARKS else None


def classes_named(text: str) -> tuple[str, ...]:
    """Return the classes that a title, a heading of a section or the name of a sheet is about.

    >>> classes_named("DANH SÁCH XÃ KHU VỰC III, KHU VỰC II"), classes_named("74 huyện nghèo")
    (('area_2', 'area_3'), ('poor_district',))
    """
    words = ascii_words(text)
    if _NO_LIST.search(words):
        return ()
    areas = {_AREA_OF[number] for run in _AREA_LIST.finditer(words) for number in re.findall(rf"\b{_NUMBER}\b", run[1])}
    others = [token for token, pattern in _IN_TITLES.items() if _known(token) and pattern.search(words)]
    return (*sorted(areas), *others)


def speaks_of_areas(text: str) -> bool:
    """Say whether a title or heading speaks of the areas I, II and III: numbers below it are theirs.

    >>> speaks_of_areas("Thuộc khu vực"), speaks_of_areas("Phân loại đơn vị hành chính")
    (True, False)
    """
    return re.search(r"\b(?:khu vuc|kv)\b", ascii_words(text)) is not None


def period_named(texts: tuple[str, ...]) -> ListPeriod | None:
    """Return the years that titles name ("giai đoạn 2021-2025"); None where they name none, or several."""
    years = {match.groups() for text in texts for match in _PERIOD.finditer(ascii_words(text))}
    years |= {match.groups() for text in texts for match in _FIVE_YEARS.finditer(ascii_words(text)) if _is_plan(match)}
    if len(years) != 1:
        return None
    first, last = map(int, years.pop())
    return ListPeriod(date(first, 1, 1), date(last, 12, 31)) if first <= last else None


def _is_plan(years: re.Match[str]) -> bool:
    return int(years[2]) - int(years[1]) == 4


GROUPS: Final[tuple[tuple[str, ...], ...]] = (
    ("poor_district",),
    AREAS,
    ("coastal_commune",),
    ("poor_commune",),
    ("mountain",),
)
"""Classes of one question: a unit is in one of them at most, or in none."""
_NONE_OF: Final[dict[tuple[str, ...], Text]] = {
    # no comma: a list to choose from is cut at them
    AREAS: Text("không thuộc khu vực nào", "not a commune of any area"),
}


def none_of(group: tuple[str, ...]) -> Text:
    """Return the words for a unit that is known to be in no class of a group."""
    return _NONE_OF.get(group) or Text("không phải {word}", "not {word}").fill(word=CLASS_WORDS[group[0]].short)
