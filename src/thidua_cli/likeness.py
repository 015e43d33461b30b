"""Which of many known texts can be near another one, told without comparing all of them letter by letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_PLACES: Final = 64


def letter_bag(text: str) -> int:
    """Return a number with one bit for each letter of a text, of equal letters one for each time.

    Two texts have at most as many letters in common as their bags have bits, and differ in no fewer than the bits that
    one bag alone has. Letters may share a bit, never the other way round.

    >>> (letter_bag("tradon") & letter_bag("tradong")).bit_count(), (letter_bag("talu") ^ letter_bag("alu")).bit_count()
    (6, 1)
    """
    bag, times = 0, [0] * _PLACES
    for letter in text:
        place = ord(letter) % _PLACES
        bag |= 1 << (times[place] * _PLACES + place)
        times[place] += 1
    return bag


class KnownTexts:
    """Texts that a misspelt one may mean."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        """What is compared → what is shown."""
        self._bags = [(key, len(key), letter_bag(key)) for key in texts]
        self._longest = max(map(len, texts), default=0)

    def close_to(self, text: str, n: int, percent: int) -> list[str]:
        """Return up to `n` of the texts that share so many percent of their letters, as `difflib` counts it."""
        # twice the letters in common are that part of the letters of both: no longer text comes near
        if len(text) * percent > (200 - percent) * self._longest:
            return []
        from difflib import get_close_matches  # late: most headings are known

        bag, length = letter_bag(text), len(text)
        near = [key for key, own, known in self._bags if 200 * (bag & known).bit_count() >= percent * (own + length)]
        return get_close_matches(text, near, n=n, cutoff=percent / 100)
