"""Whether a text, once decoded, is Vietnamese: the proof that an old encoding was recognised and not merely guessed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from thidua_cli.late_pattern import late_pattern

_ALPHABET: Final = frozenset("abcdefghijklmnopqrstuvwxyzăâđêôơư")
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_VOWELS: Final = "aăâeêioôơuưy"
_VIETNAMESE_ALONE: Final = late_pattern(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_SPOILT: Final = late_pattern(r"[^\W\d_]\?+|\?+[^\W\d_]|[^\W\d_]_+(?=\s|\Z)")
"""An underscore inside a word is of a name for machines."""
_FEWEST_SPOILT: Final = 3
_WORD: Final = late_pattern(r"[^\W\d_]+")
_SYLLABLE: Final = late_pattern(rf"[^{_VOWELS}]{{0,3}}[{_VOWELS}]{{1,3}}[^{_VOWELS}]{{0,2}}\Z")
"""Generous, so that "Đắk", "Krông" and "Glông" pass; a text in a wrong encoding has letters no syllable has."""

COMMON_WORDS: Final = frozenset(
    (
        *("hộ", "nghèo", "cận", "khẩu", "tổng", "số", "tỷ", "lệ", "kết", "quả", "rà", "soát", "năm"),
        *("xã", "phường", "huyện", "tỉnh", "thị", "trấn", "phố", "đơn", "vị", "địa", "bàn", "vực", "cộng", "ấp", "bản"),
    )
)
"""Words of the forms and of names of units, each with a letter beyond ASCII."""


def words(text: str) -> list[str]:
    """Return the words of a text, composed and in lower case.

    >>> words("Hộ nghèo (2023)")
    ['hộ', 'nghèo']
    """
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def is_syllable(word: str) -> bool:
    """Say whether a word in lower case may be Vietnamese: its letters, at most one tone, one group of vowels.

    >>> is_syllable("nghèo"), is_syllable("đắk"), is_syllable("krông")
    (True, True, True)
    >>> is_syllable("hoä"), is_syllable("tæng"), is_syllable("khèèo")
    (False, False, False)
    """
    letters, tones = [], 0
    for letter in word:
        decomposed = unicodedata.normalize("NFD", letter)
        kept = "".join(mark for mark in decomposed if mark not in _TONES)
        tones += len(decomposed) - len(kept)
        letters.append(unicodedata.normalize("NFC", kept))
    return tones <= 1 and _ALPHABET.issuperset(letters) and _SYLLABLE.match("".join(letters)) is not None


def strange_words(words: Iterable[str]) -> int:
    """Return how many words with a letter beyond ASCII are no Vietnamese syllables."""
    return sum(not word.isascii() and not is_syllable(word) for word in words)


def spoilt_text(texts: Iterable[str]) -> str:
    """Return the first text whose Vietnamese letters became "?" or "_", as in files that have no place for them.

    Empty where there are fewer than three such words, or any letter of Vietnamese alone is left.

    >>> spoilt_text(["UBND HUY?N", "T?ng s? h?", "Hà N?i"]), spoilt_text(["a_b", "Tổng số", "c_d", "e_f"])
    ('UBND HUY?N', '')
    """
    first, spoilt = "", 0
    for text in texts:
        if _VIETNAMESE_ALONE.search(text):
            return ""
        count = len(_SPOILT.findall(text))
        first, spoilt = first or (text if count else ""), spoilt + count
    return first if spoilt >= _FEWEST_SPOILT else ""
