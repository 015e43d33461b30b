"""Verdicts and their traces, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from thidua_cli.doubt.doubts import Doubt
from thidua_cli.judge.clause.figures import Figure, Missing
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import NOTHING, Level, Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.class_lists import ClassList
from thidua_cli.rulebook.schema import AttestItem, Clause

if TYPE_CHECKING:
    from thidua_cli.late_dataclass import dataclass as cheap_value
else:
    from thidua_cli.model import cheap_value


class State(StrEnum):
    """The four answers. "Not met" is a result, not an error."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"
    NO_CRITERION = "no_criterion"


class Position(StrEnum):
    """Where a value lies in a range that a plan gives: "1-1,5%"."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


class ClauseValue(NamedTuple):
    """One value compared with the threshold: a fall or what is left, in the clause's unit of measure."""

    year: int
    """The year-end of what is left, or at which the fall ends."""
    value: Fraction | None
    """Exact; None where a figure is missing, or known as a range only."""
    low: Fraction | None = None
    """Least possible value of a range; None where the value is exact or missing, or where there is no least one."""
    high: Fraction | None = None
    """Greatest possible value of a range; None where the value is exact or missing."""
    state: State = State.UNDETERMINED
    """What the threshold says of it."""

    @property
    def ends(self) -> tuple[Fraction | None, Fraction | None]:
        """Least and greatest possible value; the least is None of a fall that may start from nothing."""
        return (self.value, self.value) if self.value is not None else (self.low, self.high)

    @property
    def is_known(self) -> bool:
        """Say whether there is a value at all; a fall from nothing has none, nor has one of a missing figure."""
        return self.value is not None or self.high is not None


@cheap_value(frozen=True, slots=True)
class CountLimit:
    """A clause's answer as a function of the last year-end's count, all else held: it changes at one place at most."""

    limit: int | None
    """Largest count, in households, with which the last value passes; None where that count decides nothing."""
    within: State
    """The answer at `limit` and below."""
    beyond: State
    """The answer above `limit`."""

    def at(self, count: int) -> State:
        """Return the answer at another count."""
        return self.beyond if self.limit is not None and count > self.limit else self.within


class RoundedAnswer(NamedTuple):
    """What a table of rounded figures would answer instead."""

    places: int
    """Decimals of that table."""
    state: State


@cheap_value(frozen=True, slots=True)
class ClauseAnswer:
    """What one clause answers for one unit, as if it applied: decided as values, then written out once."""

    clause: Clause
    state: State
    """met, not_met or undetermined."""
    values: tuple[ClauseValue, ...]
    """What was compared with the threshold: one value, or one per year of the window."""
    years: tuple[int, ...]
    """Year-ends of the window, oldest first; only the judged one where there is no window."""
    figures: Sequence[Figure | Missing] = ()
    """The figures that were looked at; none where the judged year-end is not after the clause's baseline. Where all is
    known they are taken when somebody asks (`LateFigures`)."""
    limit: CountLimit | None = None
    """Dependence on the last count; None where that is not known: figures are a range, or are rounded first."""
    position: Position | None = None
    """Where the values lie, of a clause that gives a range."""
    rounded: RoundedAnswer | None = None
    """The other answer of a table of rounded figures, where there is one."""
    divided: bool = False
    """Figures of the window are a range: a unit divided its households."""
    applies: bool | None = True
    """None where the unit's class is not known, so that the clause may or may not apply."""
    reason: Text | None = None
    """Why, in words, as the following ones; None until they are written (`words.clause`)."""
    note: Text | None = None
    """What a person should know: above all, that rounded rates would give the other answer."""
    preliminary: tuple[int, ...] = ()
    """Year-ends of the window whose figures are not approved yet. Clauses share them: a paper names them once."""
    missing: tuple[Text, ...] = ()
    """Why figures of the window cannot be used, or how far they are known, one clause per figure; there may be some
    beside a certain answer. Of an undetermined one also what of divided units would have to be known."""
    despite_division: Text | None = None
    """That a certain answer holds however a divided unit's households are shared; None where nothing was divided."""
    despite_missing: Text | None = None
    """That a certain answer holds whatever is missing; None where nothing is."""

    @property
    def baseline_year(self) -> int:
        """The first year-end the clause looks at."""
        return self.years[0] if self.figures else self.clause.baseline_year or self.years[0]

    @property
    def years_used(self) -> tuple[int, ...]:
        """The year-ends of which figures were looked at: a mean in points needs the first and the last alone."""
        return tuple(figure.year for figure in self.figures)

    @property
    def has_gaps(self) -> bool:
        """Say whether a figure of the window is missing, or not known exactly."""
        return any(isinstance(figure, Missing) or figure.value.exact is None for figure in self.figures)

    @property
    def rests_on_all_values(self) -> bool:
        """Say whether a certain answer follows from all that open figures may be, and from no value by itself."""
        states = {value.state for value in self.values}
        if self.state is State.MET:
            return states != {State.MET}
        return self.state is State.NOT_MET and State.NOT_MET not in states

    @property
    def full_reason(self) -> Text | None:
        """The reason, and that it holds whatever is not known."""
        texts = [text for text in (self.reason, self.despite_missing, self.despite_division) if text is not None]
        return texts[0] if len(texts) == 1 else Text.joined(" ", texts) if texts else None


@dataclass(frozen=True, slots=True)
class ReadingVerdict:
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
    given = set(states)
    if AttestState.REFUSED in given:
        return Completeness.REFUSED
    if AttestState.OPEN in given:
        return Completeness.QUANTITATIVE_ONLY
    return Completeness.COMPLETE if given else None


class PartClasses(NamedTuple):
    """The classes of a unit that a reorganised one was made of, as it last stood."""

    unit_code: str
    unit_name: str
    classes: tuple[str, ...]
    """As `Verdict.classes`."""


class ClassSource(NamedTuple):
    """What says that a unit has a class, or that it has not."""

    written: str
    """As in `Verdict.classes`."""
    list_id: str
    """The class list; empty where a file of the user says it."""
    document: str
    """The decision of the list: "Quyết định 861/QĐ-TTg"."""
    file: str
    """The file of the user; empty where a list says it."""

    @property
    def token(self) -> str:
        """The class, whether the unit has it or not."""
        return self.written.removeprefix("not_")


class ListGap(NamedTuple):
    """Why a class cannot be known by the lists."""

    token: str
    day: date
    of: ClassList | None
    """The list that stands on the day and is not whole; None where there is none."""
    ended: ClassList | None
    """The last one that had ended by then."""
    province_code: str
    """The unit's province, as the list `of` names it."""
    undated_in: str = ""
    """The user's file that says otherwise in a row without a first day, which may be of an earlier unit."""


@cheap_value(frozen=True, slots=True)
class Verdict:
    """The answer for one unit, with everything it rests on."""

    unit_code: str
    unit_name: str
    level: Level
    parent_code: str
    classes: tuple[str, ...]
    """Known classes of the unit at the as-of year-end; "not_…" where it is known to be outside a list."""
    unknown_classes: tuple[str, ...]
    """Classes that matter to the clauses and cannot be known."""
    state: State
    reason: Text | None
    margin_households: int | None
    """Households to spare (0 or more) where met, still missing (below 0) where not met: see `judge.margin`. None where
    no change of the last year-end's count alone decides."""
    clauses: tuple[ClauseAnswer, ...] = ()
    """The answers of the clauses that apply or may apply to the unit."""
    attest: tuple[tuple[AttestItem, AttestState], ...] = ()
    statements: Mapping[str, Statement] = NOTHING
    """Who attested or refused a criterion, by its id; open ones have no entry."""
    other_readings: tuple[ReadingVerdict, ...] = ()
    """Readings of the rule file under which the answer would be another one."""

    @property
    def completeness(self) -> Completeness | None:
        """How far the criteria without a number are settled; None where the rule file lists none for such a unit."""
        return completeness_of(state for _, state in self.attest)

    doubts: tuple[Doubt, ...] = ()
    """What is disputed of the figures the answer rests on, waived doubts among them."""
    margin_is_bound: bool = False
    """The true margin is `margin_households` or more in size: it differs with what disputed figures may be."""
    part_classes: tuple[PartClasses, ...] = ()
    """Of a unit that is not as the class lists have it: what it was made of. A class does not merge by itself."""
    class_sources: tuple[ClassSource, ...] = ()
    """What says so of each of `classes`, in their order; several where the parts of a unit stand on several lists."""
