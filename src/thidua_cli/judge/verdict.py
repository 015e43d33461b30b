"""Verdicts and their traces, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from thidua_cli.language import Text
from thidua_cli.model import Level, Origin
from thidua_cli.rulebook.schema import AttestItem, Rule


class State(StrEnum):
    """The four answers. "Not met" is a result, not an error."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"
    NO_CRITERION = "no_criterion"


STATE_TEXT = {
    State.MET: Text("Đạt", "Met"),
    State.NOT_MET: Text("Không đạt", "Not met"),
    State.UNDETERMINED: Text("Chưa xác định", "Undetermined"),
    State.NO_CRITERION: Text("Không có tiêu chí", "No criterion"),
}


class Position(StrEnum):
    """Where a value lies in a range that a plan gives: "1-1,5%"."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class PathValue:
    """One value held against the threshold: a fall or what is left, in the rule's unit of measure."""

    year: int
    """The year-end of what is left, or at which the fall ends."""
    value: Fraction | None
    """Exact; None where a figure is missing, or known as a range only."""
    low: Fraction | None = None
    """Least possible value of a range; None where the value is exact or missing, or where there is no least one."""
    high: Fraction | None = None
    """Greatest possible value of a range; None where the value is exact or missing."""


@dataclass(frozen=True, slots=True)
class PathVerdict:
    """The answer of one rule for one unit."""

    rule: Rule
    state: State
    """met, not_met or undetermined, as if the rule applied."""
    values: tuple[PathValue, ...]
    baseline_year: int
    """The first year-end the path looks at."""
    reason: Text | None = None
    applies: bool | None = True
    """None where the unit's class is not known, so that the rule may or may not apply."""
    note: Text | None = None
    """What a person should know: above all, that rounded rates would give the other answer."""
    missing: tuple[Text, ...] = ()
    """Why figures of the window cannot be used, one clause per figure; there may be some beside a certain answer. Of an
    undetermined path also what of divided units would have to be known."""
    position: Position | None = None
    """Where the values lie, of a rule that gives a range."""
    divided: bool = False
    """Figures of the window are a range: a unit divided its households."""
    despite_division: Text | None = None
    """That a certain answer holds however a divided unit's households are shared; None where nothing was divided."""

    @property
    def full_reason(self) -> Text | None:
        """The reason, and that it holds whatever is not known of divided units."""
        texts = [text for text in (self.reason, self.despite_division) if text is not None]
        return Text(" ".join(text.vi for text in texts), " ".join(text.en for text in texts)) if texts else None


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What the answer would be if a clause were read in another plausible way."""

    id: str
    """Name of the reading in the rule file, for `--reading`."""
    text: Text
    state: State
    """Another answer than the one given."""


class AttestState(StrEnum):
    """What a person has said of a criterion without a number."""

    OPEN = "open"
    ATTESTED = "attested"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person said of one criterion without a number, and on what ground."""

    state: AttestState
    """attested or refused."""
    who: str
    position: str
    on: date
    evidence: str
    """Number of the document that shows it; empty where none was named."""
    note: str
    origin: Origin
    """The cell that holds the answer."""


class Completeness(StrEnum):
    """How far the criteria without a number are settled, whatever the counts say."""

    QUANTITATIVE_ONLY = "quantitative_only"
    """Some are still open: the verdict speaks of the counts alone."""
    COMPLETE = "complete"
    """All are attested."""
    REFUSED = "refused"
    """Of at least one a person said that it is not met."""


def completeness_of(states: Iterable[AttestState]) -> Completeness | None:
    """Return how far criteria are settled; None where there is none.

    >>> completeness_of([AttestState.ATTESTED, AttestState.OPEN]).value
    'quantitative_only'
    """
    found = set(states)
    if AttestState.REFUSED in found:
        return Completeness.REFUSED
    if AttestState.OPEN in found:
        return Completeness.QUANTITATIVE_ONLY
    return Completeness.COMPLETE if found else None


class PartClasses(NamedTuple):
    """The classes of a unit that a reorganised one was made of, as it last stood."""

    unit_code: str
    unit_name: str
    classes: tuple[str, ...]
    """As `Verdict.classes`."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one unit, with everything it rests on."""

    unit_code: str
    unit_name: str
    level: Level
    parent_code: str
    classes: tuple[str, ...]
    """Known classes of the unit at the as-of year-end; "not_…" where it is known to be outside a list."""
    unknown_classes: tuple[str, ...]
    """Classes that matter to the rules and cannot be known."""
    state: State
    reason: Text | None
    margin_households: int | None
    """Change of the last year-end's count that would change the verdict, in households: negative = so many fewer
    to be met, positive = so many more and it is lost. None where no change of that count alone decides."""
    paths: tuple[PathVerdict, ...] = ()
    """The paths that apply or may apply to the unit."""
    attest: tuple[tuple[AttestItem, AttestState], ...] = field(default=())
    statements: Mapping[str, Statement] = field(default_factory=dict)
    """Who attested or refused a criterion, by its id; open ones have no entry."""
    other_readings: tuple[OtherReading, ...] = ()
    """Readings of the rule file under which the answer would be another one."""

    @property
    def completeness(self) -> Completeness | None:
        """How far the criteria without a number are settled; None where the rule file lists none for such a unit."""
        return completeness_of(state for _, state in self.attest)

    part_classes: tuple[PartClasses, ...] = ()
    """Of a unit that is not as the class lists have it: what it was made of. A class does not merge by itself."""
