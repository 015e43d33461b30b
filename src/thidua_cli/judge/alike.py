"""Units that are alike: what the rule file asks of them and what is known of their classes is the same.

What hangs on that is worked out once: which clauses apply, what their answers come to together, and most sentences.
Per unit remain its numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from thidua_cli.doubt.worlds import LookedAt
from thidua_cli.judge.classes.membership import Membership
from thidua_cli.judge.classes.scenarios import Question, Scenario, combined, scenarios
from thidua_cli.judge.classes.subjects import state_without_subject
from thidua_cli.judge.clause.whole_counts import (
    STATE_BY_PASSING,
    CountedClause,
    FiguresTaken,
    WholeCounts,
    counted_clause,
    whole_counts,
)
from thidua_cli.judge.margin import margin_households
from thidua_cli.judge.readings import Alternatives
from thidua_cli.judge.under_doubt import looked_at
from thidua_cli.judge.verdict import AttestState, ClassSource, ClauseAnswer, PartClasses, ReadingVerdict, State, Verdict
from thidua_cli.judge.whole_answers import whole_answer
from thidua_cli.judge.words import verdict as words
from thidua_cli.language import LateText, Text
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import Level, Series
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.schema import AttestItem, Clause, Period


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rulebook asks of one kind of unit: thousands of communes share it."""

    clauses: tuple[Clause, ...]
    questions: tuple[Question, ...]
    attest: tuple[tuple[AttestItem, AttestState], ...]
    alternatives: Alternatives
    period: Period | None
    """Of clauses none of which holds at the year-end judged: the days of the first; None where some hold."""
    start: date | None
    """The first day of the period that clauses on classes look at; None where there are none."""
    named: int = 0
    """Of units that no clause speaks of: how many others of their level the rule file names one by one."""
    _possible: dict[tuple[bool | None, ...], tuple[Scenario, ...]] = field(default_factory=dict)
    _counted: dict[int, CountedClause | None] = field(default_factory=dict)
    """Identity of a clause, or of another reading of one → how it is decided by whole numbers."""

    def counted(self, clause: Clause, as_of: int) -> CountedClause | None:
        """Return how one of the clauses, read in any way, is decided by whole numbers; None where it cannot be."""
        if id(clause) not in self._counted:
            self._counted[id(clause)] = counted_clause(clause, as_of)
        return self._counted[id(clause)]

    def possible(self, answers: Sequence[bool | None]) -> tuple[Scenario, ...]:
        """Return the scenarios under these answers to `questions`."""
        possible = self._possible.get(tuple(answers))
        if possible is None:
            by_question = dict(zip(self.questions, answers, strict=True))
            possible = self._possible[tuple(answers)] = scenarios(self.clauses, by_question)
        return possible


def applying_in(possible: Sequence[Scenario], clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return those of some clauses that apply under any scenario, in their order."""
    ids = {clause.id for scenario in possible for clause in scenario.clauses}
    return tuple([clause for clause in clauses if clause.id in ids])


@dataclass(frozen=True)
class AlikeUnits:
    """Units of one kind with the same classes, and all that their verdicts have in common."""

    asked: Asked
    as_of: int
    membership: Membership
    document: str
    at_start: Membership | None = None
    """The classes as they were at the start of the period, where one of them has ended since."""

    @cached_property
    def possible(self) -> tuple[Scenario, ...]:
        """The scenarios that are left."""
        return self.asked.possible([self.membership.answer(question) for question in self.asked.questions])

    @cached_property
    def applying(self) -> tuple[Clause, ...]:
        """The clauses that apply under any scenario, in the order of the rule file."""
        return applying_in(self.possible, self.asked.clauses)

    @cached_property
    def applies(self) -> Mapping[str, bool | None]:
        """Clause → True where it applies under every scenario, else None."""
        every = [{clause.id for clause in scenario.clauses} for scenario in self.possible]
        return {clause.id: True if all(clause.id in ids for ids in every) else None for clause in self.applying}

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """As `Verdict.classes`."""
        return self.membership.known()

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """As `Verdict.unknown_classes`."""
        return self.membership.unknown(self.asked.questions)

    @cached_property
    def class_sources(self) -> tuple[ClassSource, ...]:
        """As `Verdict.class_sources`."""
        return self.membership.sources(self.classes)

    @cached_property
    def part_classes(self) -> tuple[PartClasses, ...]:
        """As `Verdict.part_classes`."""
        return self.membership.part_classes()

    @cached_property
    def looked_at(self) -> LookedAt:
        """What the clauses and their other readings look at."""
        return looked_at(self.asked.clauses, self.as_of)

    @cached_property
    def by_counts(self) -> ByCounts:
        """The way to verdicts on units of which all figures are known counts."""
        return ByCounts(self)

    def reason(self, level: Level, state: State, states: Mapping[str, State], answers: Sequence[ClauseAnswer]) -> Text:
        """Return why the verdict on a unit of the level is `state`, by the states and the answers of its clauses."""
        asked, possible, unknown = self.asked, self.possible, self.unknown
        if state is State.NO_CRITERION:
            if asked.period is not None:
                return words.out_of_period(self.document, asked.period, self.as_of)
            if asked.named:
                return words.not_named(self.document, level, asked.named)
            return words.no_criterion(self.document, level, asked.clauses, asked.questions)
        if state is not combined(possible, states):
            return words.over_all_values(state, answers, unknown)
        if len({scenario.state(states) for scenario in possible}) == 1:
            return words.certain(state, answers, unknown)
        member = self.membership
        why = words.unknown_by_lists([member.gap(token) for token in unknown])
        if any(member.parts_differ(question) for question in asked.questions):
            why = words.differing_parts(member.part_classes(), unknown)
        return words.depends_on_class(possible, states, answers, unknown, why, member.since(unknown[0]))


class _ReadOtherwise(NamedTuple):
    """Another reading, as far as it matters to units that are alike."""

    id: str
    text: Text
    changed: Sequence[tuple[int, CountedClause, bool]]
    """Place of a clause among those that apply, how it is read, and whether its figures are only rounded first."""


class ByCounts:
    """Verdicts on units that are alike, of which all figures are known counts."""

    def __init__(self, alike: AlikeUnits) -> None:
        self._alike = alike
        self._told: dict[tuple[bool, ...], tuple[State, Text | None]] = {}
        """Which clauses are met → the state of the verdict, and its reason unless it holds numbers."""
        self._states: dict[tuple[bool, ...], State] = {}
        self._readings_told: dict[tuple[str, bool], ReadingVerdict] = {}

    @cached_property
    def _counted(self) -> Sequence[CountedClause] | None:
        """How each clause that applies is decided; None where that cannot be said of one of them."""
        asked, as_of = self._alike.asked, self._alike.as_of
        return _all_known([asked.counted(clause, as_of) for clause in self._alike.applying])

    @cached_property
    def _readings(self) -> Sequence[_ReadOtherwise] | None:
        """The other readings of clauses that apply; None where that cannot be said of one of them."""
        asked, as_of = self._alike.asked, self._alike.as_of
        places = {clause.id: place for place, clause in enumerate(self._alike.applying)}
        counted, readings = self._counted or (), list[_ReadOtherwise]()
        for name, (text, changed) in asked.alternatives.items():
            own = {places[key]: asked.counted(clause, as_of) for key, clause in changed.items() if key in places}
            known = _all_known([*own.values()])
            if known is None:
                return None
            if own:
                by_place = zip(own, known, strict=True)
                changed_by_place = [(place, read, read.rounds(counted[place])) for place, read in by_place]
                readings.append(_ReadOtherwise(name, text, changed_by_place))
        return readings

    @cached_property
    def _years(self) -> tuple[int, ...]:
        every = [*(self._counted or ()), *(each for reading in self._readings or () for _, each, _ in reading.changed)]
        return tuple(sorted({year for counted in every for year in counted.taken.years}))

    def verdict(self, unit: Series) -> Verdict | None:
        """Return the verdict on a unit; None where its figures are to be looked at one by one."""
        alike = self._alike
        if alike.at_start is not None or not self._counted or self._readings is None:
            return None
        counts = whole_counts(unit, self._years) if state_without_subject(unit) is None else None
        if counts is None:
            return None
        clauses: list[ClauseAnswer] = []
        are_far: list[bool] = []
        for counted, applies in zip(self._counted, alike.applies.values(), strict=True):
            given = whole_answer(counted, unit, counts, applies)
            if given is None:
                return None
            clauses.append(given[0])
            are_far.append(given[1])
        met = tuple([answer.state is State.MET for answer in clauses])
        readings = self._other_readings(met, are_far, counts)
        if readings is None:
            return None
        state, reason = self._outcome(unit.level, met)
        answers = tuple(clauses)
        return Verdict(
            unit.unit_code,
            unit.unit_name,
            unit.level,
            unit.parent_code,
            alike.classes,
            alike.unknown,
            state,
            LateText(words.certain, state, answers, alike.unknown) if reason is None else reason,
            self._margin(state, answers, counts),
            answers,
            alike.asked.attest,
            other_readings=readings,
            part_classes=alike.part_classes,
            class_sources=alike.class_sources,
        )

    def rests_on(self, state: State) -> LookedAt:
        """Return what a verdict of this state rests on: what its clauses and their other readings look at.

        A margin is held against all households of the judged year-end as well.
        """
        looked, as_of = self._rests_on, self._alike.as_of
        if state not in _CERTAIN:
            return looked
        wholes = {clause.measure.whole for clause in self._alike.applying}
        return LookedAt(looked.years | {as_of}, looked.columns | wholes)

    @cached_property
    def _rests_on(self) -> LookedAt:
        return looked_at(self._alike.applying, self._alike.as_of)

    def _outcome(self, level: Level, met: tuple[bool, ...]) -> tuple[State, Text | None]:
        """Return the state of the verdict, and its reason where that holds no numbers."""
        told = self._told.get(met)
        if told is None:
            state, by_id = self._state(met), self._by_id(met)
            told = state, None if state in _CERTAIN else self._alike.reason(level, state, by_id, ())
            self._told[met] = told
        return told

    def _state(self, met: tuple[bool, ...]) -> State:
        state = self._states.get(met)
        if state is None:
            state = self._states[met] = combined(self._alike.possible, self._by_id(met))
        return state

    def _by_id(self, met: Sequence[bool]) -> dict[str, State]:
        return {clause.id: STATE_BY_PASSING[each] for clause, each in zip(self._alike.applying, met, strict=True)}

    def _other_readings(
        self, met: tuple[bool, ...], are_far: Sequence[bool], counts: WholeCounts
    ) -> tuple[ReadingVerdict, ...] | None:
        """Return the readings that give another certain answer; None where one of them cannot be told here.

        `are_far` says of each clause whether no rounding could change its answer.
        """
        given, told = self._state(met), []
        for reading in self._readings or ():
            changed = [*met]
            for place, counted, is_rounding in reading.changed:
                if is_rounding and are_far[place]:
                    continue
                passes = counted.met(counts)
                if passes is None:
                    return None
                changed[place] = passes
            as_read = tuple(changed)
            state = given if as_read == met else self._state(as_read)
            if state is not given and state in _CERTAIN:
                told.append(self._reading(reading, state))
        return tuple(told)

    def _reading(self, reading: _ReadOtherwise, state: State) -> ReadingVerdict:
        key = reading.id, state is State.MET
        told = self._readings_told.get(key)
        if told is None:
            told = self._readings_told[key] = ReadingVerdict(reading.id, reading.text, state)
        return told

    def _margin(self, state: State, answers: Sequence[ClauseAnswer], counts: WholeCounts) -> int | None:
        """Return the margin in the count the clauses look at; None where these are several counts."""
        if state not in _CERTAIN:
            return None
        limits = {answer.clause.id: answer.limit for answer in answers if answer.limit is not None}
        if len(limits) < len(answers):
            return None
        deciding = {answer.clause.measure for answer in answers if limits[answer.clause.id].limit is not None}
        # A clause on the poor and one on the near-poor: no one number of households would change the verdict.
        if len(deciding) != 1:
            return None
        measure, year = deciding.pop(), self._alike.as_of
        ((count, _),) = counts.ratios(FiguresTaken.of(measure, of_rates=False, years=(year,))) or ((None, 1),)
        households = counts.figures[year].denominator(measure)
        return margin_households(state, count, households, self._alike.possible, limits)


_CERTAIN: Final = (State.MET, State.NOT_MET)


def _all_known(clauses: Sequence[CountedClause | None]) -> list[CountedClause] | None:
    known = [clause for clause in clauses if clause is not None]
    return known if len(known) == len(clauses) else None
