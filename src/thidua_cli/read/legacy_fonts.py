"""Text typed for TCVN3 (ABC, .VnTime) and VNI fonts: which of the two it is, and what it says in Unicode.

Such texts hold Latin letters that only look Vietnamese in their own fonts: "Hé nghÌo" and "Hoä ngheøo" are both "Hộ
nghèo". They are told only as a whole, and only when nothing in them is Vietnamese in Unicode already, every word
becomes a Vietnamese syllable, and words of the forms appear that were not there before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Final

from thidua_cli.late_dataclass import dataclass
from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.vietnamese import COMMON_WORDS, is_syllable, words

_WORDS_NEEDED: Final = 2
_UNICODE: Final = late_pattern("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u036f]")
"""Letters and marks that no legacy font uses: where one stands, the sheet is Unicode."""
_LATIN_1: Final = late_pattern("[\u00a1-\u00ff]")
_NEUTRAL: Final = frozenset("\u00a0°²³–—‘’“”…•")

# The soft hyphen is the letter "ư" here: a program that drops it as invisible spoils the text for good.
_TCVN3: Final = str.maketrans(
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
)
"""TCVN 5712:1993, third character set, as Windows-1252 shows it."""

_VNI_MARKS: Final = {
    "a": dict(zip("ùøûõïêéèúüëâáàåãä", "áàảãạăắằẳẵặâấầẩẫậ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
}
"""VNI writes a letter and, behind it, one mark for accent and tone together."""
_VNI_LETTERS: Final = dict(zip("íìæóòîñôö", "íìỉĩịỵđơư", strict=True))


def _vni_table() -> dict[str, str]:
    pairs = {base + mark: letter for base, marks in _VNI_MARKS.items() for mark, letter in marks.items()}
    pairs |= _VNI_LETTERS
    capitals = {old.upper(): new.upper() for old, new in pairs.items()}
    mixed = {old[0].upper() + old[1:]: new.upper() for old, new in pairs.items()}
    return {**mixed, **capitals, **pairs}


_VNI: Final = _vni_table()
_VNI_PATTERN: Final = late_pattern("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Encoding:
    """One legacy encoding."""

    name: str
    convert: Callable[[str], str]
    is_whole: Callable[[str], bool]
    """Every letter beyond ASCII in a text is one that the encoding knows."""


def from_tcvn3(text: str) -> str:
    """Return TCVN3 text in Unicode.

    >>> from_tcvn3("Tæng sè hé nghÌo"), from_tcvn3("X· §«ng Giang")
    ('Tổng số hộ nghèo', 'Xã Đông Giang')
    """
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """Return VNI text in Unicode.

    >>> from_vni("Hoä ngheøo"), from_vni("HUYEÄN ÑOÂNG GIANG"), from_vni("Aáp Bình Ñöôøng")
    ('Hộ nghèo', 'HUYỆN ĐÔNG GIANG', 'Ấp Bình Đường')
    """
    return _VNI_PATTERN.sub(lambda match: _VNI[match.group()], text)


def _is_whole_tcvn3(text: str) -> bool:
    return all(letter.isascii() or ord(letter) in _TCVN3 or letter in _NEUTRAL for letter in text)


def _is_whole_vni(text: str) -> bool:
    return all(letter.isascii() or letter in _NEUTRAL for letter in _VNI_PATTERN.sub("", text))


ENCODINGS: Final = (
    Encoding("TCVN3 (ABC)", from_tcvn3, _is_whole_tcvn3),
    Encoding("VNI", from_vni, _is_whole_vni),
)


def candidates(texts: Collection[str], encodings: Sequence[Encoding] = ENCODINGS) -> list[Encoding]:
    """Return the encodings that all texts fit and that make Vietnamese of them."""
    joined = "\n".join(texts)
    if not _LATIN_1.search(joined) or _UNICODE.search(joined):
        return []
    before = set(words(joined))
    return [encoding for encoding in encodings if encoding.is_whole(joined) and _makes_sense(joined, before, encoding)]


def _makes_sense(joined: str, before: set[str], encoding: Encoding) -> bool:
    after = set(words(encoding.convert(joined)))
    converted = {word for word in after - before if not word.isascii()}
    appeared = COMMON_WORDS & converted
    lost = COMMON_WORDS & (before - after)
    return len(appeared) >= _WORDS_NEEDED and len(appeared) > len(lost) and all(map(is_syllable, converted))
