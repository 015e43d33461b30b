"""A line of a title as words to look for, each of which leads back to what is printed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.headings import fold

_PAUSES: Final = late_pattern(r"([(\[{])|([)\]}])|[,;&+–—]|(?<!\S)-(?!\S)")
"""A comma or a dash parts the members of a list, a bracket says more of what stands before it."""
_LOOK_ALIKE: Final = late_pattern(r"dữ kiện|dữ báo|phần đầu|phân bố\b|\bchi tiêu\b|\bquỹ\b", re.IGNORECASE)
"""Other words once their accents are gone: "dữ kiện" (data) would be "dự kiến" (expected)."""


class PrintedWords(NamedTuple):
    """The folded words of a line."""

    text: str
    """Without accents, case and marks; brackets and pauses are words: "ho ngheo , ho can ngheo ( so bo )"."""
    printed: tuple[str, ...]
    """What stands in the line, cut at blanks."""
    ends: tuple[int, ...]
    """Where in `text` each of `printed` ends."""

    def quoted(self, start: int, end: int) -> str:
        """Return what is printed for a part of `text`, without the marks around it."""
        first = next((index for index, last in enumerate(self.ends) if last > start), 0)
        last = next((index for index, last in enumerate(self.ends) if last >= end), len(self.ends) - 1)
        return " ".join(self.printed[first : last + 1]).strip(" ,;:()[]–—-.")

    def says(self, start: int, end: int) -> bool:
        """Say whether a part of `text` says what it was taken for, and is no part of a unit's name.

        Without accents "Xã Vân Du, Tỉnh Nghệ An" says "dự tính", and "Phường Gò Dầu năm 2024" says "đầu năm".
        """
        return _OF_NAMES.search(self.quoted(start, end).lower()) is None


_OF_NAMES: Final = late_pattern(r"\b(?:[dđ]u tỉnh|thăng|thắng|nưa|dầu|đậu|đẩu|điền)\b")
"""What units' names hold and is, without its accents, a word by which titles are read: tính, tháng, nửa, đầu, điện.

These and no others, for the words themselves are often typed with wrong accents ("dư tính").
"""


@lru_cache(maxsize=1024)
def printed_words(line: str) -> PrintedWords:
    """Return the words of a line.

    >>> words = printed_words("HỘ NGHÈO, HỘ CẬN NGHÈO (6 THÁNG ĐẦU NĂM 2024)")
    >>> words.text, words.quoted(words.text.index("6"), len(words.text))
    ('ho ngheo , ho can ngheo ( 6 thang dau nam 2024 )', '6 THÁNG ĐẦU NĂM 2024')
    """
    printed = tuple(_LOOK_ALIKE.sub("…", unicodedata.normalize("NFC", line)).split())
    text, ends = "", []
    for word in printed:
        folded = _folded(word)
        text = f"{text} {folded}" if text and folded else text or folded
        ends.append(len(text))
    return PrintedWords(text, printed, tuple(ends))


def _folded(word: str) -> str:
    """Return what stands between blanks as words: "(số/hộ)," is five of them."""
    parts: list[str] = []
    start = 0
    for pause in _PAUSES.finditer(word):
        parts += [fold(word[start : pause.start()]), "(" if pause[1] else ")" if pause[2] else ","]
        start = pause.end()
    return " ".join(filter(None, [*parts, fold(word[start:])]))
