"""Words of a title that speak of another time than the end of a year: a quarter, a month, "đầu năm", "sơ kết".

A review counts the households of one year-end. Half a year later other households are poor, and nothing in the figures
shows it; so whatever names such a time is told, and only what is known to be harmless is passed over: dates of papers
and of documents, the year's end itself, a time that figures are compared with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.headings import fold
from thidua_cli.normalise.sheet.printed_words import printed_words

_YEAR: Final = r"(?:19|20)\d\d"
_DATE: Final = rf"\d{{1,2}} (?:thang )?\d{{1,2}} (?:nam )?{_YEAR}"
_DOCUMENT: Final = (
    r"(?:quyet dinh|qd|nghi quyet|nq|nghi dinh|thong tu|cong van|cv|ke hoach|kh|bao cao|bc|to trinh|ttr|thong bao|"
    r"huong dan|bien ban|chi thi|(?:nd|tt|so) \d+)"
)
_HARMLESS: Final = late_pattern(
    rf"\b{_DOCUMENT}\b[^,()]*?(?: [,()])? ngay {_DATE}\b|\bso (?:sanh )?voi [^,()]*|\btu (?:dau nam|ngay {_DATE})"
)
"""The date of a document, what figures are compared with, the beginning of a span."""
_YEAR_END: Final = late_pattern(
    rf"\b31 (?:thang )?12\b|\bthang 12\b|\b\d{{1,2}} 12 {_YEAR}\b|(?<!thang )\bcuoi (?:nam|ky)\b|\b12 thang\b"
    r"|\bca nam\b"
)
_PLACE_AND_DATE: Final = late_pattern(
    rf"(?!ubnd|uy ban)[a-z. ]{{2,40}} , (?:ngay [\d ]*)?thang [\d ]*(?:nam )?(?:{_YEAR})?\Z"
)
"""Above a signature or at the head of a paper: "Đông Giang, tháng 01 năm 2025"."""

_LAST_QUARTER: Final = frozenset({"4", "iv", "bon", "tu"})
_FEW_IN_DIGITS: Final = r"(?:0?[1-9]|1[01])"
_FEWER_THAN_A_YEAR: Final = rf"(?:{_FEW_IN_DIGITS}|mot|hai|ba|bon|sau|bay|tam|chin|muoi|muoi mot)"
_OF_YEAR: Final = rf"(?:(?: [,()])?(?: nam)? ?(?P<year>{_YEAR})\b(?! {_YEAR}))?"
_QUARTER: Final = late_pattern(rf"\bqu[yi] (?P<quarter>iv|i{{1,3}}|[1-4]|mot|hai|ba|bon|tu)\b{_OF_YEAR}")
_SOME_MONTHS: Final = late_pattern(
    rf"(?<!ngay )\b(?:{_FEWER_THAN_A_YEAR} ?thang(?! \d\d?\b)|{_FEW_IN_DIGITS} ?t(?=\d{{4}}|\b))"
    rf"(?!(?: [,(]| va| hoac)+ (?:ca |1 |mot )?nam\b(?! {_YEAR}))"
    rf"(?: (?:dau|cuoi)(?: cua)?(?: nam)?)?{_OF_YEAR}"
)
_MIDDLE: Final = late_pattern(
    rf"\b(?:giua (?:nam|ky|giai doan)|nua (?:dau |cuoi )?nam|ban nien|so ket(?! qua)(?! \w+ nam\b))\b{_OF_YEAR}"
)
_BEGINNING: Final = late_pattern(rf"(?<!giai doan )\bdau (?:nam|ky)\b{_OF_YEAR}")
_UNTIL_DAY: Final = late_pattern(
    r"\b(?:den|thoi diem|tai|vao|so lieu)(?: het)?(?: thoi diem)?(?: 0 gio)?(?: ngay)?(?: [,()])? "
    rf"(?P<day>\d\d?) (?:thang )?(?P<month>\d\d?)(?: nam)?(?: (?P<year>{_YEAR}))?\b"
)
_DAY: Final = late_pattern(
    rf"(?<!, )(?<!ngay )\b(?:ngay )?(?P<day>\d\d?) (?:thang )?(?P<month>\d\d?) (?:nam )?(?P<year>{_YEAR})\b"
)
_MONTH: Final = late_pattern(
    rf"(?<!\d )(?:\b(?:den |het |cuoi |trong )*thang (?P<month>\d\d?)|\bt(?P<short>0?[1-9]|1[01]))\b{_OF_YEAR}"
)
_ANY: Final = late_pattern(
    r"thang|\bqu[yi] |giua|nua|ban nien|so ket|dau (?:nam|ky)|\bden\b|thoi diem|so lieu|\bt\d|\dt"
    r"|\d \d{1,2} (?:nam )?(?:19|20)\d"
)
"""Of a line without any of these, most of all, nothing else is asked."""
_SPEAKS_OF_FIGURES: Final = late_pattern(
    r"\bngheo\b|^(?:so lieu|tinh den|den|thoi diem|trong thang|thang|t\d)|ket qua|ra soat"
)
_SHORT_MONTHS_AFTER: Final = 4
"""A paper on a year-end is printed in the first months of the next year, and may say so below its title."""


class OtherTime(NamedTuple):
    """A time in a line that is not simply the end of a year."""

    words: str
    """As printed."""
    start: int
    """Where it stands in the folded words of the line."""
    end: int
    year: int | None = None
    """The year it names."""
    year_end: int | None = None
    """The year at whose end the figures are all the same: "đầu năm 2024" is the end of 2023."""
    is_period: bool = False
    """A part of a year, not one day or month."""
    may_be_of_paper: bool = False
    """A day or month soon after a year's end: when the table was made, as it seems."""

    def is_of_paper(self, years: Sequence[int]) -> bool:
        """Say whether it is the month in which a table of one of `years` was made."""
        return self.may_be_of_paper and self.year is not None and self.year - 1 in years


@lru_cache(maxsize=1024)
def other_time(line: str) -> OtherTime | None:
    """Return the first time in a line that is not the end of a year, None where there is none.

    >>> other_time("HỘ NGHÈO 6 THÁNG ĐẦU NĂM 2024").words, other_time("Hộ nghèo đầu năm 2024").year_end
    ('6 THÁNG ĐẦU NĂM 2024', 2023)
    >>> other_time("Đông Giang, ngày 20 tháng 12 năm 2024"), other_time("Có đến 31/12/2024")
    (None, None)
    """
    if not _ANY.search(fold(line)):
        return None
    words = printed_words(line)
    text = _HARMLESS.sub(lambda match: "#" * len(match[0]), words.text)
    if _PLACE_AND_DATE.fullmatch(text):
        return None
    time = next((time for time in _times(text) if time is not None and words.says(time.start, time.end)), None)
    return None if time is None else time._replace(words=words.quoted(time.start, time.end))


def _times(text: str) -> Iterator[OtherTime | None]:
    """Yield what each sort of words says."""
    yield _of(_QUARTER, text, _end_of_quarter)
    yield _of(_SOME_MONTHS, text)
    yield _of(_MIDDLE, text)
    if _YEAR_END.search(text):
        return  # "đầu năm và cuối năm 2024" are columns; "từ tháng 1 đến tháng 12" is the year
    yield _of(_BEGINNING, text, _year_before)
    yield _of(_UNTIL_DAY, text, _end_before_new_year)
    if "ngheo" in text or (_DAY.fullmatch(text) and not text.startswith("ngay")):
        yield _of(_DAY, text, _end_before_new_year)
    if _SPEAKS_OF_FIGURES.search(text):
        yield _of(_MONTH, text)


def _of(
    pattern: re.Pattern[str], text: str, year_end: Callable[[re.Match[str], int], int | None] | None = None
) -> OtherTime | None:
    match = pattern.search(text)
    if match is None:
        return None
    groups = match.groupdict()
    month = int(groups.get("month") or groups.get("short") or 0)
    if month > 12 or (month == 0 and pattern is _MONTH):
        return None
    year = int(groups["year"]) if groups["year"] else None
    if groups.get("short") and year is None:
        return None  # a sheet "T1" may be of anything
    end = None if year is None or year_end is None else year_end(match, year)
    is_soon = pattern in (_DAY, _MONTH) and month <= _SHORT_MONTHS_AFTER
    return OtherTime("", *match.span(), year, end, is_period=month == 0, may_be_of_paper=is_soon)


def _end_of_quarter(match: re.Match[str], year: int) -> int | None:
    return year if match["quarter"] in _LAST_QUARTER else None


def _year_before(_: re.Match[str], year: int) -> int | None:
    return year - 1


def _end_before_new_year(match: re.Match[str], year: int) -> int | None:
    """Return the year that ended the day before: many tables count "đến 01/01/2025"."""
    return year - 1 if int(match["day"]) == int(match["month"]) == 1 else None
