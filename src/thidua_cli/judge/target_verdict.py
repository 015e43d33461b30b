"""Answers about targets, as values: what was reached, and what is still needed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from thidua_cli.doubt.doubts import Doubt
from thidua_cli.judge.verdict import ClassSource, ClauseAnswer, ClauseValue, Position, ReadingVerdict, State
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Level
from thidua_cli.rulebook.schema import AnyClause, Clause, Comparison


@dataclass(frozen=True, slots=True)
class Pace:
    """The way from the last year-end known to a later deadline."""

    deadline: int
    most_left: int
    """The largest count with which the target is met at the deadline, all households as they are now; negative where
    no count would do."""
    to_leave: int | None
    """Households that must leave the count until then; 0 where the target is met already, None where no number of them
    suffices."""
    a_year: int | None
    """The same per year, rounded up."""
    so_far: Fraction | None
    """Households that left per year up to now; None where that is not known."""
    since: int | None
    """The year-end `so_far` counts from."""
    on_track: bool | None
    """Whether the pace so far suffices; None where it is not known."""


@dataclass(frozen=True, slots=True)
class TargetVerdict:
    """The verdict on one unit and one target at one year-end."""

    unit_code: str
    unit_name: str
    level: Level
    parent_code: str
    clause: AnyClause
    year: int
    """The year-end the target is to be met at; after the last year-end judged, it is not due yet."""
    is_due: bool
    state: State
    reason: Text
    """Why it came out so; of a target that is not due yet, what is still needed or missing. May be empty then."""
    citation: str
    values: tuple[ClauseValue, ...] = ()
    """What is compared with the threshold, several in a window of several years; of a target that is not due yet, what
    is reached so far."""
    baseline_year: int | None = None
    """First year-end of the window."""
    position: Position | None = None
    margin_households: int | None = None
    note: Text | None = None
    pace: Pace | None = None
    other_readings: tuple[ReadingVerdict, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """As in `Verdict`, like the next one."""
    margin_is_bound: bool = False
    answer: ClauseAnswer | None = None
    """What it was answered by: figures and limit; of a target that is not due yet, at the last year-end judged. None of
    one that counts units, and where a unit cannot be judged."""
    class_sources: tuple[ClassSource, ...] = ()
    """What says so of the classes that the target asks about, as far as they are known."""

    @property
    def value(self) -> ClauseValue | None:
        """The least of `values`, which decides where each year must pass; one that is missing before all others."""
        return min(self.values, key=_least, default=None)

    @property
    def upper(self) -> Decimal | None:
        """Upper end of the target's range, where it has one."""
        return self.clause.upper if isinstance(self.clause, Clause) else None

    @property
    def attainment_percent(self) -> Fraction | None:
        """What was reached in percent of what was asked; None of targets that ask for little to be left.

        Cà Mau 2024: 2.010 households of 1.225 planned are 164,08%.
        """
        known = [value.value for value in self.values if value.value is not None]
        asks_for_a_fall = self.clause.comparison in (Comparison.AT_LEAST, Comparison.MORE_THAN)
        if not asks_for_a_fall or not known or len(known) < len(self.values):
            return None
        return 100 * min(known) / Fraction(self.clause.threshold)


def _least(value: ClauseValue) -> tuple[bool, Fraction]:
    """Return what orders values: what is not known, or has no least value, first."""
    least = value.value if value.value is not None else value.low
    return least is not None, least if least is not None else Fraction(0)
