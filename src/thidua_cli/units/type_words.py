"""Names whose word for the type of unit is misspelt ("Thị trân", "Xạ", "F1"), while the name itself is right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.model import Level, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.lookup import bare_name, edit_distance
from thidua_cli.units.names import UNIT_TYPES, accent_key, clean, tone_key

_LONG_ENOUGH: Final = 4
"""Letters of a type word in which one may be wrong: "Xã" with another letter is any word (Ea, Bà)."""


class TypeReading(NamedTuple):
    """A name as it may have been meant."""

    head: str
    """What stands for the type word, as typed."""
    type_word: str
    rest: str


@lru_cache(maxsize=4096)
def misspelt(name: str) -> tuple[TypeReading, ...]:
    """Return how a name reads where its first word, or its first two, are a misspelt type word; none where not.

    >>> misspelt("Thị trân Chi Lăng"), misspelt("Xã Tà Lu")
    ((TypeReading(head='Thị trân', type_word='thị trấn', rest='Chi Lăng'),), ())
    """
    return tuple(_readings(clean(name)))


def _readings(text: str) -> Iterator[TypeReading]:
    words = text.split()
    for type_word in UNIT_TYPES:
        count = len(type_word.split())
        head = " ".join(words[:count])
        if tone_key(head) == tone_key(type_word):
            continue
        if len(words) > count and _is_near(head.rstrip(".:"), type_word):
            yield TypeReading(head, type_word, " ".join(words[count:]))
        yield from _joined(text, type_word)
    if text[:1] in "Ff" and (text[1:2] == "." or text[1:2].isdigit()):
        yield TypeReading(text[0], "phường", text[1:].lstrip(" ."))


def _joined(text: str, type_word: str) -> Iterator[TypeReading]:
    """Read "XãTrà Don" and "Thịtrấn Chi Lăng"."""
    for written in dict.fromkeys((type_word, type_word.replace(" ", ""))):
        rest = text[len(written) :]
        is_head = text[: len(written)].casefold() == written
        if (
            is_head
            and rest.strip()
            and (rest[0].isupper() or rest[0].isdigit() or (" " in type_word and rest[0] == " "))
        ):
            yield TypeReading(text[: len(written)], type_word, rest.strip())


def _is_near(head: str, type_word: str) -> bool:
    """Say whether a head differs from a type word by accents, or by one letter where it has enough of them."""
    typed, meant = accent_key(head), accent_key(type_word)
    if typed == meant:
        return True
    return len(meant) >= _LONG_ENOUGH and edit_distance(typed, meant, 1) == 1


def only_unit(name: str, units: Sequence[Unit]) -> Unit | None:
    """Return the one unit that a name with a misspelt type word means: its own name must be right to the letter."""
    named = {
        unit
        for reading in misspelt(name)
        for unit in units
        if unit.type == reading.type_word and _letters(bare_name(unit)) == _letters(reading.rest)
    }
    return named.pop() if len(named) == 1 else None


def misspelt_head(name: str, unit: Unit) -> str | None:
    """Return the misspelt type word with which a name was read as a unit; None where the word is right or left out.

    Whoever types no accents at all does not misspell.
    """
    if unit.level in (Level.VILLAGE, Level.COUNTRY) or (name.isascii() and name[:1] not in "Ff"):
        return None
    if name.startswith((f"{unit.type} ", f"{unit.type.capitalize()} ")):
        return None  # nearly all names
    bare = accent_key(bare_name(unit))
    readings = (reading for reading in misspelt(name) if reading.type_word == unit.type)
    return next((reading.head for reading in readings if accent_key(reading.rest) == bare), None)


@lru_cache(maxsize=4096)
def _letters(name: str) -> str:
    return "".join(letter for letter in tone_key(name) if letter.isalnum() or unicodedata.combining(letter))
