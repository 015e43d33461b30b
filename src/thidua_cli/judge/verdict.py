"""Verdicts and their traces, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from thidua_cli.language import Text
from thidua_cli.model import Level
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


@dataclass(frozen=True, slots=True)
class PathValue:
    """One value held against the threshold: a yearly fall in points, or a fall in percent."""

    year: int
    """The year-end at which the fall ends."""
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
    divided: bool = False
    """Figures of the window are a range: a unit divided its households."""
    despite_division: Text | None = None
    """That a certain answer holds however a divided unit's households are shared; None where nothing was divided."""

    @property
    def full_reason(self) -> Text | None:
        """The reason, and that it holds whatever is not known of divided units."""
        texts = [text for text in (self.reason, self.despite_division) if text is not None]
        return Text(" ".join(text.vi for text in texts), " ".join(text.en for text in texts)) if texts else None


class AttestState(StrEnum):
    """What a person has said of a criterion without a number."""

    OPEN = "open"
    ATTESTED = "attested"
    REFUSED = "refused"


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
