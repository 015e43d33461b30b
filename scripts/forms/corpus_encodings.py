"""Vietnamese text as old files hold it: decomposed, in Windows-1258, or typed in the fonts TCVN3 (ABC) and VNI."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

_TONES: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""None, huyền, hỏi, ngã, sắc, nặng."""

_TCVN3_VOWELS: Final = {
    "a": "aµ¶·¸¹", "ă": "¨»¼½¾Æ", "â": "©ÇÈÉÊË", "e": "eÌÎÏÐÑ", "ê": "ªÒÓÔÕÖ", "i": "i×ØÜÝÞ",
    "o": "oßáâãä", "ô": "«åæçèé", "ơ": "¬êëìíî", "u": "uïñòóô", "ư": "\u00adõö÷øù", "y": "yúûüýþ",
}  # fmt: skip
"""Vowel → its signs with the tones in the order of `_TONES` (TCVN 5712:1993, VN3), as Latin-1 shows them."""
_TCVN3_CAPITALS: Final = {"Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦", "Đ": "§", "đ": "®"}

_VNI_MARKS: Final = {"": ("", "ø", "û", "õ", "ù", "ï"), "â": "âàåãáä", "ă": "êèúüéë"}
"""Shape of the vowel → what follows it for each tone: "aø" is à, "aà" is ầ, "aè" is ằ."""
_VNI_WHOLE: Final = {"ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î", "đ": "ñ"}
_VNI_BASES: Final = {
    "a": ("a", ""), "ă": ("a", "ă"), "â": ("a", "â"), "e": ("e", ""), "ê": ("e", "â"), "o": ("o", ""),
    "ô": ("o", "â"), "ơ": ("ô", ""), "u": ("u", ""), "ư": ("ö", ""), "y": ("y", ""),
}  # fmt: skip


class Encoding(StrEnum):
    """How a text came to be stored."""

    COMPOSED = "nfc"
    DECOMPOSED = "nfd"
    TCVN3 = "tcvn3"
    VNI = "vni"


class Bytes(StrEnum):
    """How a text file is stored."""

    UTF_8 = "utf-8"
    UTF_8_MARK = "utf-8-bom"
    UTF_16 = "utf-16-le-bom"
    WINDOWS_1258 = "windows-1258"
    ONE_BYTE = "one-byte"
    """The bytes of a legacy font; of such texts only."""


def _tcvn3() -> dict[str, str]:
    table = dict(_TCVN3_CAPITALS)
    for vowel, signs in _TCVN3_VOWELS.items():
        for tone, sign in zip(_TONES, signs, strict=True):
            letter = unicodedata.normalize("NFC", vowel + tone)
            table[letter] = sign
            if tone:  # capitals with a tone have no sign: a capital font shows the small letter's
                table[letter.upper()] = sign
    return table


def _vni() -> dict[str, str]:
    table = dict(_VNI_WHOLE)
    for vowel, (base, shape) in _VNI_BASES.items():
        for tone, mark in zip(_TONES, _VNI_MARKS[shape], strict=True):
            letter = unicodedata.normalize("NFC", vowel + tone)
            table.setdefault(letter, base + mark)
    return table | {letter.upper(): signs.upper() for letter, signs in table.items()}


_TABLES: Final[Mapping[Encoding, Mapping[str, str]]] = {Encoding.TCVN3: _tcvn3(), Encoding.VNI: _vni()}


def stored(text: str, encoding: Encoding) -> str:
    """Return a text as a file of that kind shows it in Unicode.

    >>> stored("Hộ nghèo", Encoding.TCVN3), stored("Hộ nghèo", Encoding.VNI)
    ('Hé nghÌo', 'Hoä ngheøo')
    """
    if encoding is Encoding.DECOMPOSED:
        return unicodedata.normalize("NFD", text)
    table = _TABLES.get(encoding, {})
    return "".join(table.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def encoded(text: str, stored_as: Bytes) -> bytes:
    """Return the bytes of a text file; Windows-1258 writes the five tones as marks of their own."""
    encoders: dict[Bytes, Callable[[str], bytes]] = {
        Bytes.UTF_8: str.encode,
        Bytes.UTF_8_MARK: lambda one: one.encode("utf-8-sig"),
        Bytes.UTF_16: lambda one: b"\xff\xfe" + one.encode("utf-16-le"),
        Bytes.ONE_BYTE: lambda one: one.encode("latin-1"),
        Bytes.WINDOWS_1258: lambda one: _with_tones_apart(one).encode("cp1258"),
    }
    return encoders[stored_as](text)


def _with_tones_apart(text: str) -> str:
    """Split the tone off every letter that Windows-1258 has no sign for; â, ă, ê, ô, ơ, ư stay whole."""
    apart = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            letter.encode("cp1258")
            apart.append(letter)
        except UnicodeEncodeError:
            decomposed = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in decomposed if mark in _TONES[1:]]
            rest = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in tones))
            apart.append(rest + "".join(tones))
    return "".join(apart)
