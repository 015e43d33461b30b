"""Units of measure as officers write them: "hộ", "nghìn hộ", "%", "người", "Đơn vị tính: hộ, %"."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.headings import fold, unaccented


class CountedIn(Enum):
    """What a figure is a number of."""

    HOUSEHOLDS = auto()
    PERSONS = auto()
    PERCENT = auto()
    OTHER = auto()
    """Money, land, or a word that nobody knows."""


class UnitOfMeasure(NamedTuple):
    """One unit of measure as written."""

    words: str
    counted_in: CountedIn
    factor: int = 1
    """How many households a printed 1 stands for: 1000 for "nghìn hộ"."""

    @property
    def is_plain(self) -> bool:
        """Say whether a printed 1 is one household."""
        return self.counted_in is CountedIn.HOUSEHOLDS and self.factor == 1


_POWERS: Final = {
    "": 1, "chuc": 10, "tram": 100, "nghin": 1000, "ngan": 1000, "thousand": 1000, "thousands": 1000, "van": 10_000,
    "trieu": 1_000_000, "million": 1_000_000,
}  # fmt: skip
_AMOUNT: Final = late_pattern(
    rf"(?:x ?)?(?P<number>\d[\d ]*)?(?P<power>{'|'.join(filter(None, _POWERS))})?"
    r"(?: ?(?:of )?(?P<noun>[a-z][a-z ]*))?\Z"
)
WORDS_FOR_HOUSEHOLDS: Final = frozenset(
    {"ho", "so ho", "ho gia dinh", "ho dan", "ho dan cu", "household", "households"}
)
WORDS_FOR_PERSONS: Final = frozenset(
    {"nguoi", "so nguoi", "khau", "so khau", "nhan khau", "so nhan khau", "person", "persons", "people"}
)
_PERCENT: Final = frozenset({"%", "phan tram", "ty le", "ty le %", "ty le phan tram", "percent", "per cent"})
_MONEY_OR_LAND: Final = late_pattern(
    # digits are never given back: cut in all ways, thirty of them took minutes
    r"(?:(?:nghin|ngan|trieu|ty|\d[\d ]*+) ?)*(?:dong|vnd|usd|ha|hecta|tan|ta|kg|lan|cai|can nha|nha|lao dong|"
    r"cong trinh|du an|hoc sinh|tre em|mo hinh)\Z"
)
_OF_HOUSEHOLDS: Final = late_pattern(r"(?:so )?ho (?!so\b)")
_OF_PERSONS: Final = late_pattern(r"(?:so )?(?:nguoi|khau|nhan khau)\b")
_LARGEST_FACTOR: Final = 1_000_000
_GROUPED: Final = late_pattern(r"(?<=\d)[.,](?=000\b)")
_BETWEEN: Final = late_pattern(r"[,;/+&()\[\]|]|\s(?:va|hoac|and|or)\s|\s[-–—]\s")
_PER_HOUSEHOLD: Final = late_pattern(r"(?<=[a-z%])\s*/\s*(?:ho|household)\b")
_LABEL: Final = late_pattern(
    r"(?:^|(?<=[^a-z0-9]))(?:"
    r"(?:don vi tinh|don vi do(?: luong)?|dv tinh|dvt|d\.v\.t|unit of measure)\b\.?\s*(?P<is_named>[:=])?"
    r"|(?P<may_be_place>don vi|dv|units?)\s*:)\s*(?P<units>.*)\Z"
)


@lru_cache(maxsize=1024)
def unit_of_words(text: str) -> UnitOfMeasure | None:
    """Return the unit of measure that a text is, and nothing else; None where it is none that is known.

    >>> unit_of_words("1.000 hộ"), unit_of_words("khẩu").counted_in, unit_of_words("hộ nghèo")
    (UnitOfMeasure(words='1.000 hộ', counted_in=<CountedIn.HOUSEHOLDS: 1>, factor=1000), <CountedIn.PERSONS: 2>, None)
    """
    words, folded = " ".join(text.split()), fold(_GROUPED.sub("", text))
    if folded in _PERCENT:
        return UnitOfMeasure(words, CountedIn.PERCENT)
    if _MONEY_OR_LAND.match(folded):
        return UnitOfMeasure(words, CountedIn.OTHER)
    match = _AMOUNT.match(folded)
    if match is None or not folded:
        return None
    noun = (match["noun"] or "").strip()
    if noun in WORDS_FOR_PERSONS:
        return UnitOfMeasure(words, CountedIn.PERSONS)
    # "1000" and "2023" alone are numbers; "nghìn" alone is thousands of what the table counts
    if noun in WORDS_FOR_HOUSEHOLDS or (not noun and match["power"]):
        number = int((match["number"] or "1").replace(" ", "")[:9])
        factor = number * _POWERS[match["power"] or ""]
        is_known = factor in (1, 10) or (factor % 100 == 0 and 0 < factor <= _LARGEST_FACTOR)
        return UnitOfMeasure(words, CountedIn.HOUSEHOLDS, factor) if is_known else UnitOfMeasure(words, CountedIn.OTHER)
    return None


@lru_cache(maxsize=4096)
def units_stated(text: str) -> tuple[UnitOfMeasure, ...]:
    """Return the units of measure that a text states by name ("Đơn vị tính: hộ, %"); none where it states none.

    "Đơn vị: Huyện Đông Giang" names whose table it is, and "Đơn vị tính: ……" was never filled in.

    >>> [unit.words for unit in units_stated("(Đơn vị tính: nghìn hộ; %)")], units_stated("Đơn vị: Xã Ba")
    (['nghin ho', '%'], ())
    """
    match = _label(text)
    if match is None:
        return ()
    inside = match["units"]
    if match.start() and unaccented(text)[match.start() - 1] in "([":
        inside = re.split(r"[)\]]", inside)[0]
    inside = _PER_HOUSEHOLD.sub(" per household", inside)  # "người/hộ" is a mean, and no number of households
    pieces = [piece for piece in _BETWEEN.split(_GROUPED.sub("", inside)) if fold(piece)]
    units = tuple(filter(None, map(unit_of_words, pieces)))
    if match["may_be_place"] or not match["is_named"]:  # "Số liệu của các đơn vị tính đến 31/12/2024" states none
        return units if len(units) == len(pieces) else ()
    return tuple(unit_of_words(piece) or _by_first_words(piece) for piece in pieces)


@lru_cache(maxsize=1024)
def is_label(text: str) -> bool:
    """Say whether a text is the name of a statement whose words stand in the cell beside it: "Đơn vị tính:"."""
    match = _label(text)
    return match is not None and not fold(match["units"])


def _label(text: str) -> re.Match[str] | None:
    """Return where a text names a unit of measure: "Đơn vị tính", and not "Đơn vị tỉnh", which heads provinces."""
    composed = unicodedata.normalize("NFC", text).lower()
    return None if "vị tỉnh" in composed else _LABEL.search(unaccented(text))


def _by_first_words(piece: str) -> UnitOfMeasure:
    """Return "hộ nghèo" as households and "người dân" as persons; what nobody knows is neither."""
    folded, words = fold(piece), " ".join(piece.split())
    if _OF_HOUSEHOLDS.match(folded):
        return UnitOfMeasure(words, CountedIn.HOUSEHOLDS)
    if folded.endswith("%"):
        return UnitOfMeasure(words, CountedIn.PERCENT)
    return UnitOfMeasure(words, CountedIn.PERSONS if _OF_PERSONS.match(folded) else CountedIn.OTHER)
