"""Counts and rates as officers write them: 20817, "20.817", "412204.00", 0.0663, "10,47%"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from fractions import Fraction
from typing import Final, NamedTuple

from thidua_cli.read.grid import Cell

SPACES: Final = dict.fromkeys(map(ord, " \t\r\n\u00a0\u2007\u2009\u202f\u200b\u200c\u200d\ufeff"), None)
DASHES: Final = "-−‐‑‒–—―"
_PLAIN: Final = re.compile(r"[0-9]+\Z")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*\Z")
_WHOLE_DECIMAL: Final = re.compile(r"([0-9]+)[.,]0+\Z")
_GROUPED_WHOLE_DECIMAL: Final = re.compile(r"([0-9]{1,3}(?:([.,])[0-9]{3})+)(?!\2)[.,]0+\Z")
_LONGEST: Final = 64
_RATE: Final = re.compile(r"(-?[0-9]+(?:[.,][0-9]+)?)(%?)\Z")


class Trouble(Enum):
    """Why a cell is no count."""

    NOT_WHOLE = auto()
    NEGATIVE = auto()


class Count(NamedTuple):
    """What one cell says as a count of households."""

    value: int | None
    """None where the cell is empty or no count."""
    trouble: Trouble | None = None
    was_text: bool = False
    """The number stood as text ("20.817")."""


EMPTY: Final = Count(None)
LARGEST_COUNT: Final = 10**12
"""More than all people there are: a larger number is no count, whatever put it into the cell."""


def read_count(cell: Cell) -> Count:
    """Read a count of households; empty cells are missing, not zero.

    A dot or comma before exactly three digits separates thousands: a count of households has no decimals.

    >>> read_count("20.817").value, read_count(20817.0).value, read_count("412204.00").value, read_count(" ").value
    (20817, 20817, 412204, None)
    >>> read_count("12,5").trouble
    <Trouble.NOT_WHOLE: 1>
    """
    if type(cell) is float and 0 <= cell <= LARGEST_COUNT and cell.is_integer():
        return Count(int(cell))  # nearly every cell
    if isinstance(cell, str):
        return _count_in_text(cell.translate(SPACES)) if cell else EMPTY
    if cell is None:
        return EMPTY
    # True is the integer 1 to Python, and a date is a number to Excel: neither counts households
    if isinstance(cell, (bool, date, datetime, time, timedelta)):
        return Count(None, Trouble.NOT_WHOLE)
    if not abs(cell) <= LARGEST_COUNT or cell != int(cell):  # "not … <=" is also true of what is no number at all
        return Count(None, Trouble.NOT_WHOLE)
    return Count(int(cell)) if cell >= 0 else Count(None, Trouble.NEGATIVE)


def _count_in_text(text: str) -> Count:
    if not text:
        return EMPTY
    if not text.strip(DASHES):
        return EMPTY  # dashes alone: nothing was filled in
    sign, digits = (text[0], text[1:]) if text[0] in "-−" else ("", text)
    value = _whole(digits) if len(digits) <= _LONGEST else None
    if value is None or value > LARGEST_COUNT:
        return Count(None, Trouble.NOT_WHOLE)
    if sign and value:
        return Count(None, Trouble.NEGATIVE)
    return Count(value, was_text=True)


def _whole(digits: str) -> int | None:
    if _PLAIN.match(digits) and digits.isascii():
        return int(digits)
    if _GROUPED.match(digits):
        return int(re.sub("[.,]", "", digits))
    if match := _WHOLE_DECIMAL.match(digits):
        return int(match.group(1))
    if match := _GROUPED_WHOLE_DECIMAL.match(digits):
        return int(re.sub("[.,]", "", match.group(1)))
    return None


def has_whole_decimals(cell: Cell) -> bool:
    """Say whether a text cell writes a whole number with decimals ("412204.00"), so that its mark is a decimal one.

    >>> has_whole_decimals("412204.00"), has_whole_decimals("20.000")
    (True, False)
    """
    if not isinstance(cell, str):
        return False
    text = cell.translate(SPACES)
    return bool(_WHOLE_DECIMAL.match(text)) and not _GROUPED.match(text)


def is_ambiguous_beside_decimals(cell: Cell) -> bool:
    """Say whether a text cell could be thousands or decimals when its column writes decimals too ("20.000")."""
    return isinstance(cell, str) and bool(_GROUPED.match(cell.translate(SPACES)))


def shown(cell: Cell) -> str:
    """Return a cell as a finding prints it: whole numbers without decimals.

    >>> shown(12.0), shown(None), shown("12,5")
    ('12', '', '12,5')
    """
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


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
    if isinstance(cell, (bool, date, datetime, time, timedelta)) or cell is None:
        return None
    text = cell.translate(SPACES) if isinstance(cell, str) else repr(cell)
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
