"""The gate for foreign text: what files, their names and the command line hold is shown, and steers nothing.

A unit's name may hold characters that erase a line of the terminal, turn the order of the letters after them around, or
begin a heading of Markdown. The formats let every text pass here, so that no view can forget it.

What changes where people read: a control character shows as its picture (␛ for the one that begins a command to the
terminal), any other character without a shape of its own by its number (⟨U+202E⟩), a pile of marks is cut (⟨+40⟩).
Letters of every script that is written from left to right stay as they are, composed or not.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Final

from thidua_cli.late_pattern import late_pattern

UNUSUAL: Final = late_pattern(
    r"[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2010-\u2026\u2030-\u203e\u2190-\u22ff\u2500-\u259f○✓✗]"
)
"""A letter that may steer, or take no column or two; a text without one is not worth a look at each letter."""
_BLANKS: Final = {"\t": " ", "\n": " "}
"""What cells hold in good faith, and one line has no room for."""
_PICTURES: Final = 0x2400
"""The picture of the first control character; the others follow in order."""
_DELETE: Final = 0x7F
_PICTURE_OF_DELETE: Final = "\u2421"
_FROM_RIGHT: Final = frozenset({"R", "AL", "AN"})
"""Bidirectional classes that turn the figures after them around."""
_SHAPELESS: Final = late_pattern(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Printable by the standard's classes, and yet nothing to be seen: fillers, joiners, selectors of a variant."""
_MARKS: Final = frozenset({"Mn", "Me"})
_MOST_MARKS: Final = 4
"""On one letter; Vietnamese has two, and no script more than this."""


def visible(text: str) -> str:
    r"""Return a text as one line in which every character is seen and none steers; what is visible stays as it is.

    >>> visible("Xã A\x1b[2K\u202e"), visible("Tổng\r\nsố hộ")
    ('Xã A␛[2K⟨U+202E⟩', 'Tổng số hộ')
    """
    if not UNUSUAL.search(text):
        return text
    return _cut("".join(map(_shown, text.replace("\r\n", "\n"))))


def visible_lines(text: str) -> str:
    r"""Return a text in which every character is seen, with its lines, for what has room for them.

    >>> visible_lines("Tổng\r\nsố\x08")
    'Tổng\nsố␈'
    """
    if not UNUSUAL.search(text):
        return text
    return "\n".join(map(visible, text.replace("\r\n", "\n").split("\n")))


def steers(character: str) -> bool:
    r"""Say whether a character has no shape: it steers a terminal or an editor, or nobody knows it.

    >>> [steers(character) for character in ("\x9b", "\u2066", "\u00a0", "ã")]
    [True, True, False, False]
    """
    return not character.isprintable() and unicodedata.category(character) != "Zs"


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    code = ord(character)
    if character in _BLANKS:
        return _BLANKS[character]
    if code < ord(" "):
        return chr(_PICTURES + code)
    if code == _DELETE:
        return _PICTURE_OF_DELETE
    hidden = steers(character) or _SHAPELESS.match(character)
    return f"⟨U+{code:04X}⟩" if hidden or unicodedata.bidirectional(character) in _FROM_RIGHT else character


def _cut(text: str) -> str:
    """Cut piles of marks, which reach over the lines above and below, and give a mark without a letter a place."""
    if not any(map(_is_mark, set(text))):
        return text  # nearly every text that is worth a look
    if _is_mark(text[:1]):
        text = f"◌{text}"
    return "".join(
        f"{run[:_MOST_MARKS]}⟨+{len(run) - _MOST_MARKS}⟩" if is_mark and len(run) > _MOST_MARKS else run
        for is_mark, run in ((is_mark, "".join(letters)) for is_mark, letters in groupby(text, _is_mark))
    )


def _is_mark(character: str) -> bool:
    return bool(character) and unicodedata.category(character) in _MARKS
