"""Headings of the column of units: a small grammar, for officers name one thing in a hundred ways.

"Tên xã, phường, thị trấn" is the words for "name of", then types of units one behind the other.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.normalise.sheet.headings import fold
from thidua_cli.units.names import UNIT_TYPES, VILLAGE_TYPES

_BEFORE: Final = (
    "ten", "cac", "danh sach", "danh muc", "don vi", "don vi hanh chinh", "dia ban", "dia phuong", "khu vuc", "cap",
    "ubnd", "uy ban nhan dan", "theo",
)  # fmt: skip
_TYPES: Final = (
    *map(fold, (*UNIT_TYPES, *VILLAGE_TYPES)),
    *("tp", "tx", "dk", "tdp", "to", "to dan cu", "khu dan cu"),
)
_SHORT_TYPES: Final = ("thi", "tt", "kp")
"""Abbreviations that say something else where they stand alone: "TT" heads the numbers of the rows."""
_BEHIND: Final = ("thuoc tinh", "thuoc thanh pho", "thuoc huyen", "truc thuoc", "hanh chinh", "truc thuoc trung uong")
_BETWEEN: Final = r"(?: (?:va|hoac|hay))? "
_BARE: Final = frozenset(
    {
        "don vi", "ten don vi", "don vi hanh chinh", "ten don vi hanh chinh", "dia ban", "ten dia ban", "cac dia ban",
        "dia phuong", "ten dia phuong", "cac dia phuong", "khu vuc", "ten goi don vi", "cac don vi", "khu vuc dia ban",
        "khu vuc don vi", "don vi dia ban", "don vi dia phuong", "dia ban don vi", "dia ban hanh chinh",
    }
)  # fmt: skip


_ALL_WORDS: Final = frozenset(
    word for words in (*_BEFORE, *_TYPES, *_SHORT_TYPES, *_BEHIND, "va hoac hay") for word in words.split()
)
"""Of a heading with another word the grammar is not asked."""


def _any_of(*words: str) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_GRAMMAR: Final = late_pattern(
    rf"(?:(?:{_any_of(*_BEFORE)}) )*"
    rf"(?:{_any_of(*_TYPES)})(?:{_BETWEEN}(?:{_any_of(*_TYPES, *_SHORT_TYPES)}))*"
    rf"(?: (?:{_any_of(*_BEHIND)}))?\Z"
)


@lru_cache(maxsize=1024)
def heads_units(key: str) -> bool:
    """Say whether a folded heading stands over names of units.

    >>> heads_units("cac xa phuong dac khu"), heads_units("huyen tp"), heads_units("tt"), heads_units("ho ngheo")
    (True, True, False, False)
    """
    if key in _BARE:
        return True
    # "TT" stands in every table: the grammar is not asked for it
    return key not in _SHORT_TYPES and _ALL_WORDS.issuperset(key.split()) and _GRAMMAR.match(key) is not None
