"""How long a text is in Times New Roman, for what is laid out before a program draws it: columns, and short rules.

The advances are those of Liberation Serif, which is metric-compatible: every letter is as wide as in Times New Roman.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_REGULAR: Final = {
    180: "'",
    200: "|",
    250: " ,.",
    278: "/:;\\ijlt",
    333: "!()-I[]`fr",
    389: "Js",
    408: '"',
    444: "?acez“”",
    469: "^",
    480: "{}",
    541: "~",
    556: "FPS",
    564: "+<=>",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYwĐ",
    778: "&m",
    833: "%",
    889: "M",
    921: "@",
    944: "W",
    1000: "…",
}
_BOLD: Final = {
    220: "|",
    250: " ,.",
    278: "/\\il'",
    333: "!()-:;[]`fjt",
    389: "Is",
    394: "{}",
    444: "cerz",
    520: "~",
    555: '"',
    556: "Sbdhknpquđ",
    570: "+<=>",
    581: "^",
    611: "FP",
    667: "BELTZ",
    722: "ACDNRUVXYwĐ",
    778: "GHKOQ",
    833: "&m",
    930: "@",
    944: "M",
    1000: "%W…",
}
"""Thousandths of the size of the letters → the letters of that width; figures and all others take 500."""
_OTHER: Final = 500
_WIDE: Final = 1000
"""Of letters that take two columns of a terminal."""


def text_width(text: str, points: float, *, bold: bool = False) -> float:
    """Return the length of one line in points.

    >>> text_width("Số hộ", 10)
    23.06
    """
    advances = _BOLD_ADVANCES if bold else _REGULAR_ADVANCES
    return sum(map(advances.__getitem__, text)) * points / 1000


class _Advances(dict[str, int]):
    """Letter → its width; one that is asked for the first time is looked up by the letter below its marks."""

    def __init__(self, widths: Mapping[int, str]) -> None:
        super().__init__({letter: width for width, letters in widths.items() for letter in letters})

    def __missing__(self, letter: str) -> int:
        base = _below_marks(letter)
        if unicodedata.combining(letter):
            width = 0
        elif base != letter:
            width = self[base]
        else:
            width = _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER
        if len(self) < _MOST_LETTERS:
            self[letter] = width
        return width


_MOST_LETTERS: Final = 10_000


@lru_cache(maxsize=1024)
def _below_marks(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[:1]


_REGULAR_ADVANCES: Final = _Advances(_REGULAR)
_BOLD_ADVANCES: Final = _Advances(_BOLD)
