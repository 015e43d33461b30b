"""What is not as the result says, as values."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field, replace


def count_text(count: int | None) -> str:
    """Write a count, or that there is none."""
    return "–" if count is None else str(count)


class What(StrEnum):
    """What differs."""

    FILE_MISSING = "file_missing"
    FILE_CHANGED = "file_changed"
    RULES = "rules"
    CELL = "cell"
    COUNT = "count"
    VALUE = "value"
    PATH = "path"
    APPLIES = "applies"
    VERDICT = "verdict"
    MARGIN = "margin"
    POSITION = "position"
    ATTAINMENT = "attainment"
    ATTESTATION = "attestation"
    COMPLETENESS = "completeness"
    UNVERIFIABLE = "unverifiable"
    NOT_TAKEN_AGAIN = "not_taken_again"
    DOUBT = "doubt"
    EFFECT = "effect"
    MARGIN_IS_BOUND = "margin_is_bound"
    FIELD = "field"
    """A field is another one in the document that was made anew."""
    LACKING = "lacking"
    """The document made anew has a row, a record or a field that the result lacks."""
    ADDED = "added"
    """The result has one that the document made anew lacks."""
    REPEATED = "repeated"
    ORDER = "order"
    UNIT = "unit"
    """The name, the tier or the end of a unit is not that of the lists of units."""
    CLASS = "class"
    """A class does not stand in the list that is named, or the list does not answer on that day."""
    NAME = "name"
    """A figure stands in the row of another unit of the result."""
    LIMIT = "limit"
    """What limited the result cannot be applied: its file was not given, or the files contradict it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What the result states of one thing, and what the second implementation comes to."""

    what: What
    stated: str
    recomputed: str
    text: Text
    """What is held against what, in words."""
    unit_code: str = ""
    unit_name: str = ""
    rule: str = ""
    column: str = ""
    """Canonical name of the count, or the measure, that it is about."""
    year: int | None = None
    place: str = ""
    """File, sheet and cell, where it is about one; of a field its place in the document: "rows[3].reason"."""

    @property
    def is_refuted(self) -> bool:
        """Whether the result is wrong; else it is neither confirmed nor refuted."""
        return self.what is not What.NOT_TAKEN_AGAIN


@dataclass(frozen=True, slots=True)
class Portion:
    """So many of so many."""

    taken: int = 0
    of: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left."""
        return self.taken == self.of

    @property
    def wholly(self) -> Portion:
        """All of them."""
        return Portion(self.of, self.of)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was taken again."""

    figures: Portion = Portion()
    """Counts and printed rates of units."""
    units: Portion = Portion()
    files: Portion = Portion()
    by_name: Portion = Portion()
    """Counts with cells, and those of them in whose rows stands the name of the unit, or of a part of it."""

    @property
    def is_whole(self) -> bool:
        """Whether all figures, units and files were."""
        return self.figures.is_whole and self.units.is_whole and self.files.is_whole


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """What was looked at and what differs."""

    file: str
    rules: str
    as_of: int
    units: int
    paths: int
    cells: int
    files: int
    differences: Sequence[Difference]
    unused: Sequence[str]
    """Files that were given and that the result does not rest on."""
    not_taken_again: Sequence[Difference] = ()
    """Certain answers on disputed figures that the result alone neither confirms nor refutes."""
    skipped: int = 0
    """Answers that were not taken again: sums of several units, units that left a list, lines of a yearly plan."""
    limits: Sequence[Text] = ()
    """What the result was limited by, in words; the same was applied here."""
    is_made_anew: bool = False
    """Whether the same question was put again, and its document compared field by field."""
    second: Counts = field(default_factory=Counts)
    """What the second implementation has taken again."""

    @property
    def counts(self) -> Counts:
        """What was taken again in either way: of a document that was made anew nothing is left out."""
        if not self.is_made_anew:
            return self.second
        return replace(self.second, figures=self.second.figures.wholly, units=self.second.units.wholly)

    @property
    def is_proven(self) -> bool:
        """Whether nothing differs and nothing was left out."""
        return not self.differences and self.is_made_anew and self.counts.is_whole
