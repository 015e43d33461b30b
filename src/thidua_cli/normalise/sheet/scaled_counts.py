"""Counts printed in thousands of households: "0,429" × 1000 is 429, by decimals and never by floats."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.normalise.sheet.numbers import EMPTY, LARGEST_COUNT, Count, Trouble, read_count, trimmed
from thidua_cli.read.grid import Cell

_FLOAT_DIGITS: Final = 15
"""Digits that a number in a workbook holds for certain; what follows is the machine's own."""
_LONGEST: Final = 24
_VIETNAMESE: Final = late_pattern(r"[-−]?(?:\d{1,3}(?:\.\d{3})+(?=,)|\d+)(?:,\d+)?\Z", re.ASCII)
_ENGLISH: Final = late_pattern(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+\Z", re.ASCII)
_EITHER: Final = late_pattern(r"[-−]?[1-9]\d{0,2}\.\d{3}\Z", re.ASCII)


def read_scaled(cell: Cell, factor: int) -> Count:
    """Read a count of which the cell holds only the `factor`-th part; what gives no whole households is no count.

    A comma is the decimal mark, as in every Vietnamese document; "4.290" may be four thousand or four million.

    >>> read_scaled("0,429", 1000).value, read_scaled(4.29, 1000).value, read_scaled("1.234,5", 1000).value
    (429, 4290, 1234500)
    >>> [read_scaled(cell, 1000).trouble for cell in ("0,4295", "4.290", 429.0)] == [Trouble.NOT_WHOLE] * 3
    True
    """
    if factor == 1:
        return read_count(cell)
    if read_count(cell) == EMPTY:
        return EMPTY
    number = _number(cell)
    if number is not None and number and number == number.to_integral_value():
        return Count(None, Trouble.NOT_WHOLE)  # rounded, or a count typed as it is among thousands
    if number is None or (value := number * factor) != value.to_integral_value() or abs(value) > LARGEST_COUNT:
        return Count(None, Trouble.NOT_WHOLE)
    if value < 0:
        return Count(None, Trouble.NEGATIVE)
    return Count(int(value))


def decimals_written(cell: Cell) -> int:
    """Return with how many decimals a cell holds its number; 0 of what is no number.

    >>> decimals_written(0.429), decimals_written("0,43"), decimals_written(429.0)
    (3, 2, 0)
    """
    number = _number(cell)
    exponent = 0 if number is None else number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _number(cell: Cell) -> Decimal | None:
    if isinstance(cell, str):
        text = trimmed(cell)
        if len(text) > _LONGEST or _EITHER.match(text):
            return None
        if _VIETNAMESE.match(text):
            return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))
        return Decimal(text.replace(",", "").replace("−", "-")) if _ENGLISH.match(text) else None
    if type(cell) is float and abs(cell) <= LARGEST_COUNT:
        digits = Decimal(format(cell, f".{_FLOAT_DIGITS}g"))
        return digits.normalize() if digits else Decimal(0)
    return Decimal(cell) if type(cell) is int else None
