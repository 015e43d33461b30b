"""Codes of villages that have none of their own: commune and name are their identity.

The code has no accents. Where a commune has villages whose names differ in accents alone, their codes have them, typed
as in Telex; all others keep the short one, which older results and files of users hold.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.units.names import accent_key, clean, split_type, tone_key

_NOT_SLUG: Final = late_pattern(r"[^0-9a-z]+")
_BETWEEN_NUMBERS: Final = late_pattern(r"(?<=\d)[\W_]+(?=\d)")
_TELEX_TONES: Final = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_TELEX_LETTERS: Final = {"â": "aa", "ă": "aw", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "ƀ": "bb"}


def village_code(commune_code: str, name: str) -> str:
    """Return the code of a village by its name without accents.

    >>> village_code("20956", "Thôn 1")
    '20956-thon-1'
    """
    return f"{commune_code}-{_slug(name)}"


def spelt_village_code(commune_code: str, name: str) -> str:
    """Return the code of a village by its name with accents: where another of the commune has the same without.

    Capitals, the place of the tone mark, spaces and leading zeros do not matter; what stands between two numbers does.

    >>> spelt_village_code("20470", "Bản Nà Hang"), spelt_village_code("20470", "Thôn 1-2")
    ('20470-banr-naf-hang', '20470-thoon-1-2')
    >>> spelt_village_code("20470", "Thôn Hoà Bình") == spelt_village_code("20470", "THÔN HÒA  BÌNH")
    True
    """
    return f"{commune_code}-{spelling(name)}"


@lru_cache(maxsize=65536)
def spelling(name: str) -> str:
    """Return the name as typed without Vietnamese letters: equal for names that are one village's."""
    words = (_typed(word) for word in _BETWEEN_NUMBERS.sub(" ", clean(name)).split())
    return "-".join(word for word in words if word)


def _typed(word: str) -> str:
    composed = unicodedata.normalize("NFC", tone_key(word))
    decomposed = unicodedata.normalize("NFD", composed)
    tones = "".join(_TELEX_TONES.get(mark, "") for mark in decomposed)
    plain = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TELEX_TONES))
    return _NOT_SLUG.sub("", "".join(_TELEX_LETTERS.get(letter, letter) for letter in plain)) + tones


@lru_cache(maxsize=4096)
def _slug(name: str) -> str:
    words = [accent_key(word) for word in clean(name).split()]
    return _NOT_SLUG.sub("-", "-".join(words)).strip("-")


def lacks_accents(name: str) -> bool:
    """Say whether a name was typed without accents: the word for its type has some, and not here ("Thon Ba").

    >>> lacks_accents("Thon Ba"), lacks_accents("Khu Ba"), lacks_accents("Thôn Ba")
    (True, False, False)
    """
    type_word, _ = split_type(name)
    return name.isascii() and type_word is not None and not type_word.isascii()
