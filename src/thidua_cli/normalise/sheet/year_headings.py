"""Years in headings: "Số hộ nghèo › 2023", "Năm 2023 › Hộ nghèo", "Hộ nghèo năm 2023"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.normalise.sheet.heading_words import heading_key, heading_words

_YEAR: Final = r"((?:19|20)\d{2})"
_BEFORE: Final = (
    r"(?:(?:so lieu|tai thoi diem|thoi diem|ra soat|ket qua|thuc hien|den|tinh den|het|cuoi|nam|ngay|31 12|31 thang 12)"
    r" )*"
)
_ONLY: Final = late_pattern(rf"{_BEFORE}{_YEAR}\Z")
_AT_END: Final = late_pattern(rf"(.*?[a-z%])(?: {_BEFORE}| )\(?{_YEAR}\)?\Z")
_AT_START: Final = late_pattern(rf"(?:cuoi )?(?:nam )?{_YEAR} (.*[a-z%])\Z")


def is_year(text: str) -> bool:
    """Say whether a heading is a year and nothing else.

    >>> is_year("2023"), is_year("Năm 2023"), is_year("31/12/2023"), is_year("Kế hoạch 2023")
    (True, True, True, False)
    """
    return _ONLY.match(heading_key(text)) is not None


def year_of(text: str) -> int | None:
    """Return the year of a heading that names nothing else, or None."""
    match = _ONLY.match(heading_key(text))
    return int(match[1]) if match else None


def split_year(path: Sequence[str]) -> tuple[tuple[str, ...], int | None]:
    """Return a heading path without the year it names, and that year; of two different years none is taken.

    >>> split_year(("Số hộ nghèo", "2023")), split_year(("Hộ nghèo năm 2023",)), split_year(("Hộ nghèo",))
    ((('Số hộ nghèo',), 2023), (('ho ngheo',), 2023), (('Hộ nghèo',), None))
    """
    words: list[str] = []
    years: set[int] = set()
    for segment in path:
        text, year = _split(segment)
        if year is not None:
            years.add(year)
        if text:
            words.append(text)
    if len(years) != 1:
        return tuple(path), None
    return tuple(words), years.pop()


def _split(segment: str) -> tuple[str, int | None]:
    folded, unit = heading_words(segment)
    # "2023 (người)" stays a line of its own that names the unit of measure
    beside = f" ({unit.words})" if unit is not None else ""
    if match := _ONLY.match(folded):
        return beside.strip(), int(match[1])
    if match := _AT_END.match(folded):
        return match[1] + beside, int(match[2])
    if match := _AT_START.match(folded):
        return match[2] + beside, int(match[1])
    return segment, None
