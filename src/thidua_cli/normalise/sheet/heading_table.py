"""What heading paths mean, by data/headings.toml. Never by similarity alone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from thidua_cli.normalise.sheet.headings import heading_key

_TABLE: Final = Path(__file__).parents[2] / "data" / "headings.toml"


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
    bare: frozenset[str]
    """Leaves that count whatever stands above them: "Số hộ"."""
    neutral: frozenset[str]
    """Segments above that name no group of households: "Tổng số"."""
    neutral_begins: tuple[str, ...]
    """What such segments begin with: "Kết quả rà soát …"."""

    def meaning(self, path: Sequence[str]) -> str | None:
        """Return what a heading path means, or None where the table does not say."""
        return _meaning(self, tuple(path)) if path else None

    def names(self, meaning: str, text: str) -> bool:
        """Say whether a single cell reads as `meaning`, whatever stands above it."""
        return heading_key(text) in self._leaves.get(meaning, ())

    def is_neutral(self, segment: str) -> bool:
        """Say whether a folded segment groups columns without saying whose households stand below it."""
        return not segment or segment in self.neutral or segment.startswith(self.neutral_begins)

    @cached_property
    def _leaves(self) -> dict[str, set[str]]:
        leaves: dict[str, set[str]] = {}
        for entry in self.entries:
            leaves.setdefault(entry.meaning, set()).update(entry.leaf)
        return leaves

    def nearest(self, text: str) -> str | None:
        """Return the known heading most like `text`, to be offered and never taken."""
        from difflib import get_close_matches

        known: dict[str, str] = {}
        for entry in self.entries:
            for printed in entry.printed:
                known.setdefault(heading_key(printed), printed)
        close = get_close_matches(heading_key(text), known, n=1, cutoff=0.75)
        return known[close[0]] if close else None


@lru_cache(maxsize=4096)
def _meaning(headings: Headings, path: tuple[str, ...]) -> str | None:
    folded = [heading_key(segment) for segment in path]
    leaf, above = folded[-1], folded[:-1]
    subject = next((segment for segment in reversed(above) if segment in headings.subjects), None)
    if subject is None and leaf in headings.bare and not all(map(headings.is_neutral, above)):
        return None  # "Hộ có mức sống trung bình › Số hộ" are some of the households, whoever they are
    for entry in headings.entries:
        if entry.starts and leaf.startswith(entry.starts):
            return entry.meaning
        if leaf in entry.leaf and (subject in entry.under if entry.under else subject is None):
            if entry.inside and entry.inside.isdisjoint(above):
                continue
            return entry.meaning
    return None


@lru_cache(maxsize=1)
def bundled_headings() -> Headings:
    """Return the table that ships with the product."""
    with _TABLE.open("rb") as stream:
        table = tomllib.load(stream)
    groups = table["groups"]
    entries = tuple(
        Heading(
            record["meaning"],
            frozenset(map(heading_key, _spelt(record.get("leaf", ()), groups))),
            frozenset(map(heading_key, _spelt(record.get("under", ()), groups))),
            frozenset(map(heading_key, _spelt(record.get("inside", ()), groups))),
            tuple(map(heading_key, record.get("starts", ()))),
            tuple(_spelt(record.get("leaf", ()), groups)),
        )
        for record in table["heading"]
    )
    return Headings(
        entries,
        frozenset(subject for entry in entries for subject in entry.under | entry.inside),
        frozenset(map(heading_key, groups["number"])),
        frozenset(map(heading_key, table["neutral"])),
        tuple(map(heading_key, table["neutral_begins"])),
    )


def _spelt(names: Sequence[str], groups: Mapping[str, Sequence[str]]) -> list[str]:
    """Return names with groups ("@poor") replaced by their members."""
    return [name for entry in names for name in (groups[entry[1:]] if entry.startswith("@") else (entry,))]
