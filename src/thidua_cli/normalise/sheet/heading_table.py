"""What heading paths mean, by data/headings.toml. Never by similarity alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Final

from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.late_pattern import late_pattern
from thidua_cli.likeness import KnownTexts
from thidua_cli.model import COUNTS
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.prepared import prepared
from thidua_cli.normalise.sheet.heading_words import heading_key, heading_words, is_harmless, sole_unit
from thidua_cli.normalise.sheet.headings import HEADINGS_KEPT, IGNORED, RATE, RATE_OF, SUM, is_figure
from thidua_cli.normalise.sheet.unit_headings import heads_units
from thidua_cli.normalise.sheet.unit_of_measure import CountedIn, UnitOfMeasure

_JOINED: Final = late_pattern(r"\s*[-–—>›/_.|:]+\s*")
UNIT_NAME: Final = "unit_name"


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of the table of headings, folded."""

    meaning: str
    leaf: frozenset[str] = frozenset()
    under: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    printed: tuple[str, ...] = field(default=(), compare=False)
    """The leaves as printed, for suggestions."""


@dataclass(frozen=True, eq=False)
class Headings:
    """The table of headings; one object is equal to itself alone, so that what it answers can be kept."""

    entries: tuple[Heading, ...]
    subjects: frozenset[str]
    """Every segment that some entry names under `under` or `inside`."""
    neutral: re.Pattern[str]
    """Segments above that name no group of households: "Tổng số", "Kết quả rà soát …"."""
    whole: frozenset[str]
    """Segments above that name all households."""

    def meaning(self, path: Sequence[str]) -> str | None:
        """Return what a heading path means, or None where the table does not say."""
        return self.read(path).meaning

    def read(self, path: Sequence[str]) -> HeadingReading:
        """Return what a heading path means, and in what its figures are counted."""
        return _read(self, tuple(path))

    def names(self, meaning: str, text: str) -> bool:
        """Say whether a single cell reads as `meaning`, whatever stands above it."""
        key = heading_key(text)
        return key in self._leaves.get(meaning, ()) or (meaning == UNIT_NAME and heads_units(key))

    def is_neutral(self, segment: str) -> bool:
        """Say whether a folded segment groups columns without saying whose households stand below it."""
        return self.neutral.fullmatch(segment) is not None or is_harmless(segment)

    @cached_property
    def _leaves(self) -> dict[str, set[str]]:
        leaves: dict[str, set[str]] = {}
        for entry in self.entries:
            leaves.setdefault(entry.meaning, set()).update(entry.leaf)
        return leaves

    def nearest(self, text: str) -> str | None:
        """Return the known heading most like `text`, to be offered and never taken."""
        own = heading_key(text)
        # a heading that is known and means nothing where it stands is no suggestion for itself
        close = [key for key in self._printed.close_to(own, n=2, percent=75) if key != own]
        return self._printed.texts[close[0]] if close else None

    @cached_property
    def _printed(self) -> KnownTexts:
        known: dict[str, str] = {}
        for entry in self.entries:
            for printed in entry.printed:
                known.setdefault(heading_key(printed), printed)
        return KnownTexts(known)


class HeadingReading(NamedTuple):
    """What a heading path says of the figures below it."""

    meaning: str | None = None
    unit: UnitOfMeasure | None = None
    """In what they are counted, where the heading says so."""
    refused: str | None = None
    """The count that it names and that is not used, because it is in another unit of measure than households."""


@lru_cache(maxsize=HEADINGS_KEPT)
def _read(headings: Headings, path: tuple[str, ...]) -> HeadingReading:
    words = [heading_words(segment) for segment in path]
    keys = [segment.key for segment in words if segment.key]
    if not keys:
        return HeadingReading()
    named = next(place for place in reversed(range(len(words))) if words[place].key)
    # "Tổng số hộ (người)" above a cell "(hộ)" is in neither, but "Tỷ lệ (%)" below "Hộ nghèo (hộ)" is in percent
    own = sole_unit([segment.unit for segment in words[named:] if segment.unit is not None])
    unit = own or next((segment.unit for segment in reversed(words[:named]) if segment.unit is not None), None)
    meaning = _meaning(headings, keys[-1], keys[:-1])
    if meaning is None and (parts := _parts(headings, path[-1])):
        return _read(headings, (*path[:-1], *parts))
    return measured(meaning, unit)


def _parts(headings: Headings, text: str) -> tuple[str, ...]:
    """Return the lines of a stacked heading that a program wrote into one cell: "Hộ nghèo - Số hộ".

    Nothing where a group among them is not known, or where the words may be a division ("Hộ nghèo/Tổng số hộ").
    """
    parts = tuple(part.strip() for part in _JOINED.split(text))
    *above, leaf = map(heading_key, parts)
    is_known = bool(above) and bool(leaf) and all(key in headings.subjects for key in above)
    is_division = "/" in text and leaf in headings.whole
    return parts if is_known and not is_division else ()


def measured(meaning: str | None, unit: UnitOfMeasure | None) -> HeadingReading:
    """Return a meaning by the unit of measure: "Hộ nghèo" in % is the rate, in persons no count of households."""
    if meaning is None or unit is None or meaning.startswith(IGNORED):
        return HeadingReading(meaning, unit)
    is_count = meaning in COUNTS or meaning.startswith(SUM)
    if not is_count:
        is_rate = meaning.startswith(RATE)
        return HeadingReading(None if is_rate and unit.counted_in is not CountedIn.PERCENT else meaning, unit)
    if unit.counted_in is CountedIn.HOUSEHOLDS:
        return HeadingReading(meaning, unit)
    if unit.counted_in is CountedIn.PERCENT and meaning in RATE_OF:
        return HeadingReading(RATE_OF[meaning], unit)
    return HeadingReading(f"{IGNORED}{_NO_HOUSEHOLDS[unit.counted_in]}", unit, meaning)


_NO_HOUSEHOLDS: Final = {
    CountedIn.PERSONS: "persons",
    CountedIn.PERCENT: "rate",
    CountedIn.OTHER: "unit_of_measure",
}


def _meaning(headings: Headings, leaf: str, above: Sequence[str]) -> str | None:
    subject = next((segment for segment in reversed(above) if segment in headings.subjects), None)
    for entry in headings.entries:
        if entry.starts and leaf.startswith(entry.starts):
            return entry.meaning
        if leaf in entry.leaf and (subject in entry.under if entry.under else subject is None):
            if entry.inside and entry.inside.isdisjoint(above):
                continue
            # "Hộ có mức sống trung bình › Số hộ" are some of the households, "Kế hoạch › Hộ nghèo" are none
            if is_figure(entry.meaning) and not _is_of(entry, above, headings):
                return None
            return entry.meaning
    return UNIT_NAME if subject is None and heads_units(leaf) else None


def _is_of(entry: Heading, above: Sequence[str], headings: Headings) -> bool:
    """Say whether every group above a heading is one that the entry knows, all households, or no group at all."""
    known = entry.under | entry.inside | headings.whole
    return all(segment in known or headings.is_neutral(segment) for segment in above)


@lru_cache(maxsize=1)
def bundled_headings() -> Headings:
    """Return the table that ships with the product."""
    tables = prepared()
    entries = tuple(
        Heading(
            record["meaning"],
            frozenset(record["leaf"]),
            frozenset(record["under"]),
            frozenset(record["inside"]),
            tuple(record["starts"]),
            tuple(record["printed"]),
        )
        for record in tables["headings"]
    )
    return Headings(
        entries,
        frozenset(subject for entry in entries for subject in entry.under | entry.inside),
        _one_behind_the_other(tables["neutral"]),
        frozenset(segment for entry in entries if entry.meaning == "households" for segment in entry.under),
    )


def _one_behind_the_other(phrases: Iterable[str]) -> re.Pattern[str]:
    phrase = "|".join(sorted(phrases, key=len, reverse=True))
    return late_pattern(rf"(?:(?:{phrase}|(?:19|20)\d\d)(?: |\Z))*")
