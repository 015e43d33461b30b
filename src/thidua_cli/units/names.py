"""Vietnamese unit names: cleaning, the type word, and keys of decreasing strictness for comparing.

Used on every row of large files, so every function is cached and works on plain text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Grave, acute, tilde, hook above, dot below. Circumflex, breve and horn make other letters and stay."""
# Text copied from web pages and PDF files brings blanks of no width and soft hyphens along.
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_TONE: Final = late_pattern("[\u0300\u0301\u0303\u0309\u0323]")
_PLAIN_NAME: Final = late_pattern(
    r"(?:(?![\u00d0\u0189\u00f0\u0256])[^\W\d_])+(?: (?:(?![\u00d0\u0189\u00f0\u0256])[^\W\d_])+)*"
)
"""Words of letters, none of which is typed for đ."""
_LIKE_D: Final = late_pattern(r"(?<![^\W\d_])([\u00d0\u0189\u00f0\u0256])(?=[^\W\d_])")
"""A look-alike of Đ/đ at the head of a word: the only place where Vietnamese has the letter."""
_D_OF: Final = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"}
# Names of the highlands (A'Tiêng, Ia H'Drai) are typed with any of these for an apostrophe.
_APOSTROPHES: Final = dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u00b4\u0060\u2032"), "'")
# “3. Xã Trà Don” is the third of a list; “Phường 01” and “1.2” keep their numbers.
_LEADING: Final = late_pattern(r"^(?:[-+*•·–—\s]+|\d{1,3}[.)]\s+(?=[^\W\d_]))+")
_TRAILING: Final = late_pattern(r"(?:[\s.,;:*_–—-]+|\(\**\))+$")
_WORD_BREAK: Final = late_pattern(r"([^\w\u0300-\u036f]+)")
_LEADING_ZEROS: Final = late_pattern(r"(?<!\d)0+(?=\d)")
_NOT_ALPHANUMERIC: Final = late_pattern(r"[\W_]+")
# Decomposing takes no stroke off: neither off đ nor off the ƀ of highland names.
_PLAIN_OF: Final = str.maketrans({"đ": "d", "ð": "d", "ƀ": "b"})

UNIT_TYPES: Final = (
    "tỉnh",
    "thành phố",
    "quận",
    "huyện",
    "thị xã",
    "xã",
    "phường",
    "thị trấn",
    "đặc khu",
)
"""Type words of provinces, districts and communes, as `Unit.type` writes them."""

ABBREVIATIONS: Final = {
    "tp": "thành phố",
    "t.p": "thành phố",
    "q": "quận",
    "h": "huyện",
    "tx": "thị xã",
    "t.x": "thị xã",
    "x": "xã",
    "p": "phường",
    "tt": "thị trấn",
    "t.t": "thị trấn",
    "đk": "đặc khu",
}
VILLAGE_TYPES: Final = (
    "thôn",
    "ấp",
    "bản",
    "buôn",
    "bon",
    "làng",
    "plei",
    "xóm",
    "khóm",
    "khu phố",
    "khu",
    "khối phố",
    "khối",
    "tổ dân phố",
    "tiểu khu",
    "sóc",
    "phum",
    "đội",
    "phố",
)
"""Type words below the commune. Many communes are *named* so (Bản Lầu, Buôn Đôn, Phố Lu): see `split_type`."""
_SHORT_VILLAGE: Final = {"tdp": "tổ dân phố", "kp": "khu phố"}


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    r"""Return the name in NFC with single spaces, without bullets, list numbers, footnote stars and end marks.

    >>> clean(" -  Xã\u00a0Trà  Don* "), clean("Huyện Ðông Giang:")
    ('Xã Trà Don', 'Huyện Đông Giang')
    """
    if _PLAIN_NAME.fullmatch(text) and unicodedata.is_normalized("NFC", text):
        return text  # nearly every name of the lists
    name = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    name = _LIKE_D.sub(lambda letter: _D_OF[letter[1]], name).translate(_APOSTROPHES)
    name = " ".join(name.split())
    return _TRAILING.sub("", _LEADING.sub("", name))


@lru_cache(maxsize=65536)
def tone_key(text: str) -> str:
    """Return the key under which only case, place of the tone mark and leading zeros do not matter.

    >>> tone_key("Xã Hoà Lộc") == tone_key("XÃ HÒA LỘC"), tone_key("Phường 01") == tone_key("phường 1")
    (True, True)
    >>> tone_key("Hoa Lộc") == tone_key("Hòa Lộc")
    False
    """
    decomposed = unicodedata.normalize("NFD", clean(text).casefold())
    words = (word if word.isascii() else _tone_last(word) for word in _WORD_BREAK.split(decomposed))
    return _LEADING_ZEROS.sub("", "".join(words))


@lru_cache(maxsize=4096)
def _tone_last(word: str) -> str:
    """Move the tone mark behind the word: a syllable has one tone, wherever the writer puts it."""
    # “Hoà” and “Hòa” are one name in two ways of writing, both in official lists.
    tones = "".join(_TONE.findall(word))
    return _TONE.sub("", word) + tones if tones else word


@lru_cache(maxsize=65536)
def accent_key(text: str) -> str:
    """Return the key without accents, spaces and marks. It makes different names equal: never accept it unless unique.

    >>> accent_key("Ia H' Drai") == accent_key("Ia Hdrai"), accent_key("Đakrông") == accent_key("Đa Krông")
    (True, True)
    """
    decomposed = unicodedata.normalize("NFD", clean(text).casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_PLAIN_OF)
    return _NOT_ALPHANUMERIC.sub("", _LEADING_ZEROS.sub("", letters))


def leaves_out_accents(text: str, name: str) -> bool:
    """Say whether a text is a name in which some accents were not typed, and none was typed that it does not have.

    >>> leaves_out_accents("Tiền Tien", "Tiền Tiến"), leaves_out_accents("Tiền Tien", "Tiên Tiến")
    (True, False)
    """
    typed, full = _marks(text), _marks(name)
    if [letter for letter, _ in typed.letters] != [letter for letter, _ in full.letters]:
        return False
    tones = iter(full.tones)
    return all(tone in tones for tone in typed.tones) and all(
        few <= many for (_, few), (_, many) in zip(typed.letters, full.letters, strict=True)
    )


class _Marks(NamedTuple):
    """The letters of a name, each with what makes another letter of it; and its tones in their order."""

    letters: list[tuple[str, frozenset[str]]]
    tones: list[str]


def _marks(text: str) -> _Marks:
    marks = _Marks([], [])
    for mark in unicodedata.normalize("NFD", clean(text).casefold()):
        if mark in _TONES:
            marks.tones.append(mark)
        elif unicodedata.combining(mark) and marks.letters:
            letter, others = marks.letters[-1]
            marks.letters[-1] = (letter, others | {mark})
        elif mark.isalnum():
            plain = mark.translate(_PLAIN_OF)
            marks.letters.append((plain, frozenset() if plain == mark else frozenset({mark})))
    return marks


def _folded(name: str) -> str:
    """Lower-case `name` without accents, letter for letter, so that positions stay the same."""
    return "".join(_folded_letter(letter) for letter in name)


@lru_cache(maxsize=1024)
def _folded_letter(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].lower().translate(_PLAIN_OF)[:1]


_TYPE_OF: Final = {
    _folded(word): type_word
    for word, type_word in [
        *((word, word) for word in UNIT_TYPES),
        *ABBREVIATIONS.items(),
        *((word, word) for word in VILLAGE_TYPES),
        *_SHORT_VILLAGE.items(),
    ]
}
_FOLDED_ABBREVIATIONS: Final = frozenset(map(_folded, (*ABBREVIATIONS, *_SHORT_VILLAGE)))
_SAFE_WITHOUT_ACCENTS: Final = frozenset(
    {"thanh pho", "thi xa", "thi tran", "dac khu", "khu pho", "to dan pho", "tieu khu"}
)
"""Two words and more: no unit is named so, whatever the accents ("Thị trân" is a common slip)."""
_SINGLE_LETTERS: Final = frozenset("qhxp")
_HEAD: Final = late_pattern(
    "(" + "|".join(sorted(map(re.escape, _TYPE_OF), key=len, reverse=True)) + r")(\s*[.:]\s*|\s+|(?=\d))(?=\S)"
)
_NAMED_LIKE_VILLAGES: Final = frozenset({"bản", "buôn", "bon", "làng", "plei", "xóm", "sóc", "đội", "phố"})
"""Bản Lầu, Buôn Đôn, Sóc Sơn, Phố Lu are communes and districts: a village only with a number ("Bản 2")."""


@lru_cache(maxsize=65536)
def split_type(name: str) -> tuple[str | None, str]:
    """Split a name into its type word (lower case, None where there is none) and the bare name.

    A type word without accents is believed only where the whole name has none ("Xa Tra Don"), since "Quân Chu" and
    "Phương Liễu" are names. Two readings remain for "Xa Dung" (a bare name) and "Phường Đúc" (of Phường Phường Đúc):
    whoever matches names tries the whole text as a bare name as well.

    >>> split_type("TX. Sa Pa"), split_type("Thị trân Chi Lăng"), split_type("Quân Chu"), split_type("P.1")
    (('thị xã', 'Sa Pa'), ('thị trấn', 'Chi Lăng'), (None, 'Quân Chu'), ('phường', '1'))
    """
    cleaned = clean(name)
    head_match = _HEAD.match(_folded(cleaned))
    if head_match is None:
        return None, cleaned
    head, gap, rest = cleaned[: head_match.end(1)], head_match[2], cleaned[head_match.end() :]
    type_word = _TYPE_OF[head_match[1]]
    if not _stands_for_type(head, gap, rest, head_match[1], type_word):
        return None, cleaned
    return type_word, rest


def accent_keys(name: str) -> set[str]:
    """Return the keys without accents of a name, with the word for its type and without."""
    return {accent_key(name), accent_key(split_type(name)[1])}


def _stands_for_type(head: str, gap: str, rest: str, folded: str, type_word: str) -> bool:
    """Say whether the first word is a type word, and not the beginning of a name that looks like one."""
    if folded in _SINGLE_LETTERS:
        # "H Bông" and "P Rao" are names: one letter needs its stop or a number behind it.
        return "." in gap or ":" in gap or rest[0].isdigit()
    if gap == "":
        return len(folded) == 2
    if type_word in _NAMED_LIKE_VILLAGES and not rest[0].isdigit():
        return False
    if folded in _SAFE_WITHOUT_ACCENTS or folded in _FOLDED_ABBREVIATIONS:
        return True
    return tone_key(head) == tone_key(type_word) or (head.isascii() and rest.isascii())
