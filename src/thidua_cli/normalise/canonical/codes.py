"""Codes and tiers of canonical tables, and the zeros that Excel takes from codes it believes to be numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.model import COUNTRY_CODE, Level

LEVELS: Final = {level.value: level for level in Level} | {
    "tỉnh": Level.PROVINCE,
    "huyện": Level.DISTRICT,
    "xã": Level.COMMUNE,
    "thôn": Level.VILLAGE,
}
_LEVEL_OF_WIDTH: Final = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}
WIDTH_OF: Final = {level: width for width, level in _LEVEL_OF_WIDTH.items()}
_LONGEST_CODE: Final = 5


def lost_zeros(codes: Sequence[str], levels: Sequence[str], *, of_parents: bool = False) -> bool:
    """Say whether a code may be shorter than its tier's codes are: Excel turned it into a number."""
    if min(map(len, codes), default=_LONGEST_CODE) >= _LONGEST_CODE or not (of_parents or any(levels)):
        return False
    return any(len(code) < _LONGEST_CODE and code.isdigit() for code in set(codes))


def restored(code: str, level: str) -> str:
    """Give a code back the zeros Excel took when it turned it into a number, where the level says how many."""
    tier = LEVELS.get(level.lower())
    return code.zfill(WIDTH_OF.get(tier, 0)) if tier is not None and code.isdigit() else code


def level_of(code: str) -> Level:
    """Return the tier that a code's length tells; whatever is no official code is a village's."""
    if code.upper() == COUNTRY_CODE:
        return Level.COUNTRY
    return _LEVEL_OF_WIDTH.get(len(code), Level.VILLAGE) if code.isdigit() else Level.VILLAGE
