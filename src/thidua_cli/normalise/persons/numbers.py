"""Numbers that belong to one person: identity numbers, telephones, years and days of birth.

An identity number has 9 digits (CMND) or 12 (CCCD, số định danh: three of the province, one of century and sex, two of
the year of birth, six at random). As a number in a workbook it loses its leading zeros.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.grid import Cell

_BORN: Final = range(1915, 2013)
_BLANKS: Final = late_pattern(r"(?<=\d)[ .\-\u00a0](?=\d)")
_GROUPED: Final = late_pattern(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})+(?!\d)")
"""A sum of money as it is printed: no identity number."""
_IDENTITY: Final = late_pattern(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_TELEPHONE: Final = late_pattern(r"(?<!\d)(?:0|84)[235789]\d{8}(?!\d)")
_DAY: Final = late_pattern(r"(?<!\d)\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*(\d{4})(?!\d)")
_YEAR_BEHIND_WORDS: Final = late_pattern(r"[^\W\d_]{2}.*?(?<!\d)(19\d\d|20[01]\d)(?!\d)\)?$", re.DOTALL)
_END_LOOKED_AT: Final = 200
"""Characters at the end of a text among which a year may stand: each is held against all behind it."""
_SMALLEST: Final = 10**8
_LARGEST: Final = 10**12
_ROUND: Final = 100
"""Sums of money of nine digits and more are round; identity numbers are not."""
_MOST_NUMBERS: Final = 60
_AT_RANDOM: Final = 6
"""The last digits of a CCCD. Those before differ from person to person, and are the same in codes of one place."""
_HEAD_OF_CMND: Final = 5


def is_identity(value: Cell) -> bool:
    """Say whether a cell holds an identity number, also inside a text."""
    if isinstance(value, str):
        return len(value) > 8 and _is_identity_text(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return _SMALLEST <= value < _LARGEST and value % _ROUND != 0 and value == int(value)


@lru_cache(maxsize=4096)
def _is_identity_text(text: str) -> bool:
    identity = _identity_in(text)
    return bool(identity) and not identity.endswith("00")


def _identity_in(text: str) -> str:
    """Return the first identity number of a text without the blanks and dots in it; empty where there is none."""
    identity = _IDENTITY.search(_BLANKS.sub("", _GROUPED.sub("", text)))
    return identity[0] if identity is not None else ""


def is_telephone(value: Cell) -> bool:
    """Say whether a text holds a telephone number."""
    return isinstance(value, str) and len(value) > 8 and _TELEPHONE.search(_BLANKS.sub("", value)) is not None


def is_birth(value: Cell) -> bool:
    """Say whether a cell holds a day or year that somebody may be born in, also behind a name ("… - 1960")."""
    if isinstance(value, float):
        # asked whether it holds a float, a range is looked through number by number
        return _BORN.start <= value < _BORN.stop and value.is_integer()
    if isinstance(value, str):
        return len(value) > 3 and _is_birth_text(value)
    if isinstance(value, date):
        return value.year in _BORN
    return not isinstance(value, bool) and isinstance(value, int) and value in _BORN


@lru_cache(maxsize=4096)
def _is_birth_text(text: str) -> bool:
    day = _DAY.search(text)
    if day is not None:
        return int(day[1]) in _BORN
    stripped = text.strip()[-_END_LOOKED_AT:]
    return (stripped.isdigit() and int(stripped) in _BORN) or _YEAR_BEHIND_WORDS.search(stripped) is not None


def is_of_person(value: Cell) -> bool:
    """Say whether a cell holds any of these: an identity number, a telephone, a birth."""
    if isinstance(value, str):
        return len(value) > 3 and _is_text_of_person(value)
    return value is not None and (is_birth(value) or is_identity(value))


@lru_cache(maxsize=4096)
def _is_text_of_person(text: str) -> bool:
    return is_identity(text) or is_telephone(text) or is_birth(text)


def are_of_persons(values: Sequence[Cell]) -> bool:
    """Say whether codes of rows are identity numbers: unlike codes of places they neither ascend nor go together.

    >>> are_of_persons(["049085001234", "049190004321", "049070009876"])
    True
    >>> are_of_persons(["205090000101", "205090000102", "205090000103"])
    False
    """
    filled = [value for value in values if value not in ("", None)][:_MOST_NUMBERS]
    numbers = [digits for value in filled if is_identity(value) and (digits := _digits(value))]
    heads = {digits[: max(len(digits) - _AT_RANDOM, _HEAD_OF_CMND)] for digits in numbers}
    return 2 * len(numbers) > len(filled) and 2 * len(heads) > len(numbers) > 1 and numbers != sorted(numbers)


def _digits(value: Cell) -> str:
    if isinstance(value, str):
        return _identity_in(value)
    return str(int(value)) if isinstance(value, (int, float)) else ""
