"""Counts and rates as officers write them: 20817, "20.817", "412204.00", 0.0663, "10,47%"."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from fractions import Fraction
from typing import Final

from thidua_cli.language import Language, format_count, format_decimal
from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.quoting import CellNumber
from thidua_cli.read.grid import Cell

_SPACES: Final = dict.fromkeys(
    map(ord, "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
"""Spaces that look like the plain one. A tab or the end of a line is none of them: it parts two numbers."""
UNSEEN: Final = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters of no width."""
_EDGES: Final = " \t\r\n" + UNSEEN
DASHES: Final = "-−‐‑‒–—―"
_PLAIN: Final = late_pattern(r"[0-9]+\Z")
_GROUPED: Final = late_pattern(r"[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*\Z")
"""Groups of exactly three digits, parted by one mark. No such number begins with 0: "0.123" is a decimal fraction."""
_WHOLE_DECIMAL: Final = late_pattern(r"([0-9]+)[.,]0+\Z")
_GROUPED_WHOLE_DECIMAL: Final = late_pattern(r"([1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\2[0-9]{3})*)(?!\2)[.,]0+\Z")
_LONG_DECIMAL: Final = late_pattern(r"[0-9]+[.,][0-9]{9,}\Z")
"""So many decimals no officer types: a machine wrote what its formula left over."""
_SHOWN_PLACES: Final = 4
_HOURS: Final = late_pattern(r"PT([0-9]{1,10})H([0-9]{2})M([0-9]{2})(?:\.[0-9]+)?S\Z")
"""How .ods keeps hours; those of a day and more come as they are kept."""
_MARKS: Final = late_pattern(r"[., ]")
_LONGEST: Final = 64
_SHORT: Final = 13
"""No plain number with fewer digits is above the largest count."""
_RATE: Final = late_pattern(r"(-?[0-9]+(?:[.,][0-9]+)?) ?(%?)\Z")
_NOT_A_NUMBER: Final = frozenset({"nan", "#div/0!", "inf", "infinity", "-inf", "-infinity", "∞"})


class Trouble(Enum):
    """Why a cell is no count."""

    NOT_WHOLE = auto()
    NEGATIVE = auto()


class Taken(Enum):
    """What was done to take a cell as a count."""

    AS_IT_STANDS = auto()
    FROM_TEXT = auto()
    """The number stood as text ("20.817")."""
    ROUNDED = auto()
    """A formula left a whole number as 62.99999999999999."""
    FROM_DATE = auto()
    """The number is formatted as a date or a time, and shows as one."""


class Count(NamedTuple):
    """What one cell says as a count of households."""

    value: int | None
    """None where the cell is empty or no count."""
    trouble: Trouble | None = None
    taken: Taken = Taken.AS_IT_STANDS


EMPTY: Final = Count(None)
_NO_COUNT: Final = Count(None, Trouble.NOT_WHOLE)
LARGEST_COUNT: Final = 10**12
"""More than all people there are: a larger number is no count, whatever put it into the cell."""
_ROUNDING: Final = 1e-9
"""Of the number itself, or of 1 where it is smaller: what 0.1 + 0.2 − 0.3 leaves is 0 households."""
_LARGEST_ROUNDING: Final = 1e-6
"""Half a household is never a rounding, however many there are."""


def read_count(cell: Cell) -> Count:
    """Read a count of households; empty cells are missing, not zero.

    A dot, comma or space before groups of exactly three digits separates thousands: a count of households has no
    decimals. No other digits are ever joined. What a machine's arithmetic leaves beside a whole number is rounded away.

    >>> read_count("20.817").value, read_count(20817.0).value, read_count("412204.00").value, read_count(" ").value
    (20817, 20817, 412204, None)
    >>> read_count("12,5").trouble, read_count("63 1").trouble
    (<Trouble.NOT_WHOLE: 1>, <Trouble.NOT_WHOLE: 1>)
    >>> read_count(62.99999999999999).value, read_count(date(1900, 3, 3)).value
    (63, 63)
    """
    if type(cell) is float and 0 <= cell <= LARGEST_COUNT and cell.is_integer():
        return Count(int(cell))  # nearly every cell
    if isinstance(cell, str):
        return _count_in_text(cell) if cell else EMPTY
    if cell is None:
        return EMPTY
    if isinstance(cell, (date, time, timedelta)):
        return _count_in_date(cell)
    # True is the integer 1 to Python
    if isinstance(cell, bool) or not abs(cell) <= LARGEST_COUNT:  # "not … <=" is also true of what is no number at all
        return _NO_COUNT
    whole = round(cell)
    if whole != cell:
        return _rounded(whole, abs(cell - whole))
    return Count(whole) if cell >= 0 else Count(None, Trouble.NEGATIVE)


def read_whole(cell: Cell) -> int | None:
    """Return a whole number that is written as one, as a year is; None of dates and of what had to be rounded."""
    count = read_count(cell)
    return count.value if count.taken in (Taken.AS_IT_STANDS, Taken.FROM_TEXT) else None


def _rounded(whole: int, difference: float | Decimal) -> Count:
    if difference > min(_ROUNDING * max(1, abs(whole)), _LARGEST_ROUNDING):
        return _NO_COUNT
    return Count(whole, taken=Taken.ROUNDED) if whole >= 0 else Count(None, Trouble.NEGATIVE)


def trimmed(text: str) -> str:
    """Return a text without what stands unseen at its ends, its spaces all of one kind; a tab is no space."""
    return (text if text.isascii() else text.translate(_SPACES)).strip(_EDGES)


def _count_in_text(cell: str) -> Count:
    if len(cell) < _SHORT and cell.isdigit() and cell.isascii():
        return Count(int(cell), taken=Taken.FROM_TEXT)  # nearly every text
    text = trimmed(cell)
    if (hours := hours_in(text)) is not None:
        return _count_in_date(hours)
    # the apostrophe is the mark by which Excel keeps a number as text; some software writes it out
    text = text[1:] if text[:1] == "'" and text[1:].isdigit() else text
    if not text.strip(DASHES + _EDGES):
        return EMPTY  # dashes alone: nothing was filled in
    sign, digits = (text[0], text[1:].lstrip()) if text[0] in "-−" else ("", text)
    if len(digits) > _LONGEST:
        return _NO_COUNT
    value = _whole(digits)
    if value is None and _LONG_DECIMAL.match(digits):
        number = Decimal(digits.replace(",", "."))
        whole = round(number)
        return _rounded(-whole if sign else whole, abs(number - whole))
    if value is None or value > LARGEST_COUNT:
        return _NO_COUNT
    if sign and value:
        return Count(None, Trouble.NEGATIVE)
    return Count(value, taken=Taken.FROM_TEXT)


def _whole(digits: str) -> int | None:
    if _PLAIN.match(digits):
        return int(digits)
    if _GROUPED.match(digits):
        return int(_MARKS.sub("", digits))
    if match := _WHOLE_DECIMAL.match(digits):
        return int(match.group(1))
    if match := _GROUPED_WHOLE_DECIMAL.match(digits):
        return int(_MARKS.sub("", match.group(1)))
    return None


def hours_in(text: str) -> timedelta | None:
    """Return the hours that an .ods keeps in words; None of any other text.

    >>> hours_in("PT1512H00M00S").days, hours_in("63")
    (63, None)
    """
    match = _HOURS.match(text)
    return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3])) if match else None


_DAY_ZERO: Final = date(1899, 12, 30)
"""Day 0 of the serial numbers that Excel and LibreOffice keep for days, from 1 March 1900 on."""
_CERTAIN: Final = (date(1900, 3, 1), date(1903, 12, 31))
"""Days whose serial number is one alone, 61 to 1461. For those before, Excel has a 29 February 1900 and LibreOffice has
none; those after may be of a workbook whose days are counted from 1904. And who types "12/5" or "6/63" into a cell and
gets a date gets one after 1929: Excel completes two digits to a year from 1930 to 2029."""
_EPOCHS: Final = 1462
"""Days from the one day 0 of Excel to the other, 1 January 1904."""


def _count_in_date(cell: date | time | timedelta) -> Count:
    """A number that is formatted as a date or a time comes as one; which number it is, is not always certain."""
    if isinstance(cell, timedelta):
        if cell.days < 0:
            return Count(None, Trouble.NEGATIVE)
        return _NO_COUNT if cell.seconds or cell.microseconds else Count(cell.days, taken=Taken.FROM_DATE)
    behind = numbers_behind(cell)
    return Count(behind[0], taken=Taken.FROM_DATE) if len(behind) == 1 and behind[0] else _NO_COUNT


def numbers_behind(cell: Cell) -> tuple[int, ...]:
    """Return the whole numbers that a cell may hold which shows as a date; none of what is no date or holds a fraction.

    The hour 00:00 may be 0, and any number below it: no format shows a day before the first.

    >>> numbers_behind(date(1900, 3, 3)), numbers_behind(date(2024, 5, 12)), numbers_behind(time(0, 0))
    ((63,), (45424, 43962), (0,))
    """
    if isinstance(cell, time):
        return (0,) if cell == time() else ()
    if isinstance(cell, datetime):
        if cell.time() != time():
            return ()
        cell = cell.date()
    if not isinstance(cell, date) or cell <= _DAY_ZERO:
        return ()
    serial = (cell - _DAY_ZERO).days
    if cell < _CERTAIN[0]:
        return (serial - 1, serial)
    return (serial,) if cell <= _CERTAIN[1] else (serial, serial - _EPOCHS)


def has_whole_decimals(cell: Cell) -> bool:
    """Say whether a text cell writes a whole number with decimals ("412204.00"), so that its mark is a decimal one.

    >>> has_whole_decimals("412204.00"), has_whole_decimals("20.000")
    (True, False)
    """
    if not isinstance(cell, str):
        return False
    text = trimmed(cell)
    return bool(_WHOLE_DECIMAL.match(text)) and not _GROUPED.match(text)


def is_ambiguous_beside_decimals(cell: Cell) -> bool:
    """Say whether a text cell could be thousands or decimals when its column writes decimals too ("20.000")."""
    return isinstance(cell, str) and (match := _GROUPED.match(trimmed(cell))) is not None and match.group(1) != " "


def shown(cell: Cell) -> str:
    """Return a cell as a finding prints it: whole numbers without decimals, days as they are written here.

    >>> shown(12.0), shown(None), shown("12,5"), shown(date(1900, 3, 3)), shown(timedelta(days=63))
    ('12', '', '12,5', '03/03/1900', '1512:00:00')
    """
    if cell is None:
        return ""
    if isinstance(cell, timedelta):
        hours, seconds = divmod(round(cell.total_seconds()), 3600)
        return f"{hours}:{seconds // 60:02}:{seconds % 60:02}"
    if isinstance(cell, date):
        hour = cell.time() if isinstance(cell, datetime) else time()
        return f"{cell:%d/%m/%Y}" + (f" {hour:%H:%M:%S}" if hour != time() else "")
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def shown_number(cell: Cell) -> str:
    """Return a cell as a finding about a figure prints it: a number as its reader writes it, a text as it was typed."""
    is_number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    return CellNumber(shown(cell)) if is_number else shown(cell)


def format_rate(rate: Rate, language: Language) -> str:
    """Write a printed rate with the marks of the language and its decimals, of which a formula leaves more than show.

    >>> format_rate(Rate(Fraction("4.06"), 2, True), Language.VI)
    '4,06%'
    >>> format_rate(Rate(Fraction(1, 7), 17, False), Language.EN)
    '0.1429'
    """
    sign = "%" if rate.percent_sign else ""
    if not rate.places:
        return f"{format_count(int(rate.value), language)}{sign}"
    return f"{format_decimal(rate.value, language, min(rate.places, _SHOWN_PLACES))}{sign}"


class Rate(NamedTuple):
    """A printed rate, not yet known to be a fraction or a percentage."""

    value: Fraction
    """As printed, without the percent sign."""
    places: int
    """Decimals printed."""
    percent_sign: bool


def read_rate(cell: Cell) -> Rate | None:
    """Read a printed rate, or None where the cell holds none ("NaN%", empty, words).

    >>> read_rate("10,47%")
    Rate(value=Fraction(1047, 100), places=2, percent_sign=True)
    >>> read_rate(0.0663)
    Rate(value=Fraction(663, 10000), places=4, percent_sign=False)
    """
    if isinstance(cell, (bool, date, time, timedelta)) or cell is None:
        return None
    text = trimmed(cell) if isinstance(cell, str) else repr(cell)
    match = _RATE.match(text)
    try:
        number = Decimal((match.group(1) if match else text).replace(",", "."))
    except InvalidOperation:
        return None
    if not number.is_finite() or (match is None and isinstance(cell, str)):
        return None
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Rate(Fraction(number), places, bool(match and match.group(2)))


def says_no_number(cell: Cell) -> bool:
    """Say whether a cell holds what a division by nothing leaves: "NaN%", "#DIV/0!".

    >>> says_no_number("NaN%"), says_no_number(float("nan")), says_no_number("14;69")
    (True, True, False)
    """
    if isinstance(cell, str):
        return trimmed(cell).rstrip("% ").casefold() in _NOT_A_NUMBER
    return isinstance(cell, float) and not abs(cell) < float("inf")


def rate_agrees(rate: Rate, part: int, whole: int, roundings: int = 1) -> bool:
    """Say whether a printed rate can come from `part` of `whole` by rounding, as a fraction or as a percentage.

    `roundings` is how many rounded numbers were added up to print it.

    >>> rate_agrees(Rate(Fraction("6.63"), 2, False), 29146, 439300)
    True
    >>> rate_agrees(Rate(Fraction("0.0663"), 4, False), 29146, 439300)
    True
    >>> rate_agrees(Rate(Fraction("6.73"), 2, False), 29146, 439300)
    False
    """
    if whole <= 0:
        return rate.value == 0
    exact = Fraction(part, whole)
    slack = Fraction(roundings, 2 * 10 ** min(rate.places, 9))
    as_percent = abs(rate.value - exact * 100) <= slack
    return as_percent or (not rate.percent_sign and _agrees_as_fraction(rate, exact, slack))


def fitting_parts(
    rate: Rate, whole: int, roundings: int = 1, *, as_fraction: bool = False
) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest part of `whole` from which a printed rate can come (see `rate_agrees`)."""
    slack = Fraction(roundings, 2 * 10 ** min(rate.places, 9))
    if not as_fraction:
        return (rate.value - slack) * whole / 100, (rate.value + slack) * whole / 100
    fine = slack if rate.places > 2 else Fraction(1, 10**9)
    return (rate.value - fine) * whole, (rate.value + fine) * whole


def _agrees_as_fraction(rate: Rate, exact: Fraction, slack: Fraction) -> bool:
    """A formula's own result is exact to the float; a typed 0.07 is not enough digits to be called a fraction."""
    difference = abs(rate.value - exact)
    return difference <= Fraction(1, 10**9) or (rate.places > 2 and difference <= slack)
