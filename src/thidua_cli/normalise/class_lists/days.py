"""Days as officers write them into a list: cells with a date, 22/07/2024, "ngày 22 tháng 7 năm 2024", 07/2024, 2024."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.normalise.class_lists.words import ascii_words
from thidua_cli.normalise.sheet.cells import printed
from thidua_cli.read.grid import Cell

_DAY: Final = late_pattern(r"(?:ngay )?(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_ISO: Final = late_pattern(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00:00(?:\.0+)?)?")
_WORDS: Final = late_pattern(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_MONTH: Final = late_pattern(r"(?:thang )?(\d{1,2})\s*[/.\-]\s*(\d{4})")
_YEAR: Final = late_pattern(r"(?:nam )?(20\d\d)")
_OPEN: Final = frozenset(("", "nay", "den nay", "hien nay", "hien tai", "now"))
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""Excel's numbers of 01/01/2000 and 31/12/2099: a date whose cell has lost its format."""
_ZERO: Final = date(1899, 12, 30)


class NoDayError(ValueError):
    """The cell holds no day that is understood, or one that no calendar has."""


def day_of(cell: Cell, *, is_end: bool = False) -> date | None:
    """Return the day of a cell; None where it is empty or says "nay". Of a month or a year the first, or the last, day.

    Raises:
        NoDayError: The cell holds something else.

    >>> day_of("29/01/2026"), day_of("ngày 4 tháng 6 năm 2021"), day_of(2025, is_end=True)
    (datetime.date(2026, 1, 29), datetime.date(2021, 6, 4), datetime.date(2025, 12, 31))
    """
    if isinstance(cell, datetime):  # before date: every datetime is a date as well
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return _ZERO + timedelta(days=int(cell))
    text = printed(cell)
    if ascii_words(text) in _OPEN or not any(map(str.isalnum, text)):
        return None
    try:
        return _written(text, is_end=is_end)
    except ValueError as error:
        raise NoDayError(text) from error


def _written(text: str, *, is_end: bool) -> date:
    lower = text.lower().replace("ngày", "ngay").replace("tháng", "thang").replace("năm", "nam")
    if (iso := _ISO.fullmatch(lower)) is not None:
        return date(*map(int, iso.groups()))
    if (written := _DAY.fullmatch(lower) or _WORDS.fullmatch(ascii_words(text))) is not None:
        day, month, year = map(int, written.groups())
        return date(year + 2000 if year < 100 else year, month, day)
    if (written := _MONTH.fullmatch(lower)) is not None:
        month, year = map(int, written.groups())
        first = date(year, month, 1)
        return first.replace(day=monthrange(year, month)[1]) if is_end else first
    if (written := _YEAR.fullmatch(lower)) is not None:
        year = int(written[1])
        return date(year, 12, 31) if is_end else date(year, 1, 1)
    raise NoDayError(text)
