"""Series × rulebook × date → verdicts: the joining of clauses, classes, margins and attested criteria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from thidua_cli.doubt.worlds import unit_doubts
from thidua_cli.judge.alike import AlikeUnits, Asked, applying_in
from thidua_cli.judge.classes.membership import Membership
from thidua_cli.judge.classes.scenarios import Scenario, combined, questions_of
from thidua_cli.judge.classes.shared import SharedMemberships
from thidua_cli.judge.classes.subjects import attest_items_of, criteria_of, holds_on, named_units, state_without_subject
from thidua_cli.judge.clause.clause import judge_clause, state_of
from thidua_cli.judge.clause.figures import known_count
from thidua_cli.judge.margin import margin_households
from thidua_cli.judge.possible import same_in_all, with_count, worlds_of
from thidua_cli.judge.readings import alternatives_of, other_readings
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.under_doubt import in_every_world
from thidua_cli.judge.verdict import AttestState, ClauseAnswer, ReadingVerdict, State, Verdict
from thidua_cli.judge.words.clause import written
from thidua_cli.judge.words.subjects import without_subject
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import Measure, Series, year_end
from thidua_cli.rulebook.class_reading import CLASS_AT_START, READING, asks_for_class, start_of
from thidua_cli.rulebook.schema import AttestItem, Clause, Rulebook


def judge(series: Iterable[Series], rulebook: Rulebook, setting: Setting) -> list[Verdict]:
    """Return one verdict per series, in their order; classes are taken on the 31 December of `setting.as_of`.

    Where a class ended inside the period, the answer by the class at its start stands beside as another reading, or is
    the answer where the rules are read so (`Rulebook.class_at_start`).

    What cannot be known is undetermined, with the reason, and so is what disputed figures leave open; counts alone
    never settle the criteria without numbers, which come along as open items.
    """
    kinds = _Kinds(rulebook, setting)

    disputed = setting.disputed

    def verdict(unit: Series) -> Verdict:
        alike = kinds.alike(unit)
        by_counts = alike.by_counts
        doubts = unit_doubts(unit, disputed, alike.looked_at) if disputed.by_row else None
        printed = by_counts.verdict(unit)
        if printed is not None and (doubts is None or doubts.leave_alone(by_counts.rests_on(printed.state))):
            return printed

        def judged(figures: Series) -> Verdict:
            of_counts = printed if figures is unit else by_counts.verdict(figures)
            return of_counts or _Case(figures, alike).verdict()

        def decided(figures: Series) -> Verdict | _Case:
            return by_counts.verdict(figures) or _Case(figures, alike)

        return judged(unit) if doubts is None else in_every_world(doubts, setting.as_of, judged, decided)

    return [verdict(unit) for unit in series]


class _Kinds:
    """The units that are alike, as they come."""

    def __init__(self, rulebook: Rulebook, setting: Setting) -> None:
        self._rulebook, self._setting = rulebook, setting
        self._asked: dict[object, Asked] = {}
        self._memberships: dict[int, SharedMemberships] = {}
        """Identity of what is asked → the classes of the units it is asked of."""
        self._alike: dict[tuple[int, int], tuple[Membership, AlikeUnits]] = {}
        """Identities of what is asked and of the classes, kept here as long as their identity is."""
        subjects = (clause.subject for clause in rulebook.clauses)
        self._asks_for_places = any(subject.types or subject.within for subject in subjects) or any(
            item.types or item.within for item in rulebook.attest
        )

    def alike(self, unit: Series) -> AlikeUnits:
        """Return what is common to the units like this one."""
        asked = self._asked_of(unit)
        membership = self._memberships_of(asked).of(unit)
        key = id(asked), id(membership)
        if key not in self._alike:
            self._alike[key] = membership, self._made(asked, membership)
        return self._alike[key][1]

    def _asked_of(self, unit: Series) -> Asked:
        rulebook, level = self._rulebook, unit.level
        if not self._asks_for_places and level in self._asked:
            return self._asked[level]
        place = self._setting.place_of(unit)
        clauses = criteria_of(rulebook, level, place)
        items = attest_items_of(rulebook, level, place)
        kind = (level, tuple([clause.id for clause in clauses]), tuple([item.id for item in items]))
        if kind not in self._asked:
            named = 0 if clauses else len(named_units(rulebook.clauses, level))
            self._asked[kind] = replace(_asked(clauses, items, self._setting.as_of), named=named)
        return self._asked.setdefault(kind if self._asks_for_places else level, self._asked[kind])

    def _memberships_of(self, asked: Asked) -> SharedMemberships:
        memberships = self._memberships.get(id(asked))
        if memberships is None:
            tokens = {token for question in asked.questions for token in question}
            memberships = SharedMemberships(self._setting, self._setting.as_of, asked.start, tokens)
            self._memberships[id(asked)] = memberships
        return memberships

    def _made(self, asked: Asked, membership: Membership) -> AlikeUnits:
        at_start = membership.at_start(asked.start)
        if self._rulebook.class_at_start and at_start is not None:
            membership, at_start = at_start, None
        return AlikeUnits(asked, self._setting.as_of, membership, self._rulebook.citation.document, at_start)


def _asked(clauses: Sequence[Clause], items: Sequence[AttestItem], as_of: int) -> Asked:
    holding = tuple(clause for clause in clauses if holds_on(clause.period, year_end(as_of)))
    attest = tuple((item, AttestState.OPEN) for item in items)
    lapsed = clauses[0].period if clauses and not holding else None
    start = start_of(filter(asks_for_class, holding), as_of)
    return Asked(holding, questions_of(holding), attest, alternatives_of(holding), lapsed, start)


@dataclass(frozen=True)
class _Case:
    """One unit before its judge, whatever its figures are; parts of the verdict are worked out when asked for."""

    series: Series
    alike: AlikeUnits

    @cached_property
    def _without_subject(self) -> State | None:
        return state_without_subject(self.series)

    @cached_property
    def states(self) -> Mapping[str, State]:
        """Clause that applies or may apply → its answer."""
        if self._without_subject is not None:
            return {}
        return {clause.id: state_of(clause, self.series, self.alike.as_of) for clause in self.alike.applying}

    @cached_property
    def state(self) -> State:
        """The answer."""
        if self._without_subject is not None:
            return self._without_subject
        alike, state = self.alike, combined(self.alike.possible, self.states)
        if state is not State.UNDETERMINED:
            return state
        worlds = worlds_of(self.series, alike.applying, alike.as_of)
        return same_in_all(worlds, lambda world: self._state_in(world, alike.applying, alike.possible))

    @cached_property
    def _answers(self) -> Mapping[str, ClauseAnswer]:
        """Clause → its answer without words."""
        alike = self.alike
        return {clause.id: judge_clause(clause, self.series, alike.as_of) for clause in alike.applying}

    @cached_property
    def clauses(self) -> tuple[ClauseAnswer, ...]:
        """The answers of the clauses, with words."""
        if self._without_subject is not None:
            return ()
        applies = self.alike.applies
        return tuple([written(answer, self.series, applies[key]) for key, answer in self._answers.items()])

    @cached_property
    def other_readings(self) -> tuple[ReadingVerdict, ...]:
        """As `Verdict.other_readings`."""
        if self._without_subject is not None:
            return ()
        as_read = other_readings(self.alike.asked.alternatives, self.state, self._state_as_read)
        return (*as_read, *self._read_at_start(self.state))

    def state_as_read(self, name: str) -> State | None:
        """Return the answer by another reading, where it is certain and another one than `state`."""
        alternatives = self.alike.asked.alternatives
        if name in alternatives and self._without_subject is None:
            told = other_readings({name: alternatives[name]}, self.state, self._state_as_read)
        else:
            told = iter(self.other_readings)
        return next((reading.state for reading in told if reading.id == name), None)

    @cached_property
    def reason(self) -> Text:
        """As `Verdict.reason`."""
        if self._without_subject is not None:
            return without_subject(self.series)
        return self.alike.reason(self.series.level, self.state, self.states, self.clauses)

    def verdict(self) -> Verdict:
        """Decide, then write down why."""
        unit, alike = self.series, self.alike
        is_judged = self._without_subject is None
        return Verdict(
            unit.unit_code,
            unit.unit_name,
            unit.level,
            unit.parent_code,
            alike.classes,
            alike.unknown if is_judged else (),
            self.state,
            self.reason,
            self.margin_households,
            self.clauses,
            alike.asked.attest if is_judged else (),
            other_readings=self.other_readings,
            part_classes=alike.part_classes if is_judged else (),
            class_sources=alike.class_sources,
        )

    def _state_in(self, world: Series, applying: Sequence[Clause], possible: Sequence[Scenario]) -> State:
        """Return the state with other figures of the unit."""
        return combined(possible, {clause.id: state_of(clause, world, self.alike.as_of) for clause in applying})

    def _state_as_read(self, changed: Mapping[str, Clause]) -> State | None:
        """Return the state by clauses as another reading makes them; None where none of them applies to the unit."""
        as_read = {
            clause_id: state_of(clause, self.series, self.alike.as_of)
            for clause_id, clause in changed.items()
            if clause_id in self.states
        }
        return combined(self.alike.possible, {**self.states, **as_read}) if as_read else None

    def _read_at_start(self, given: State) -> Iterator[ReadingVerdict]:
        """Yield the certain answer by the classes at the start of the period, where it is another one."""
        at_start, asked = self.alike.at_start, self.alike.asked
        if at_start is None:
            return
        possible = asked.possible([at_start.answer(question) for question in asked.questions])
        state = self._state_in(self.series, applying_in(possible, asked.clauses), possible)
        if state is not given and state in (State.MET, State.NOT_MET):
            yield ReadingVerdict(CLASS_AT_START, READING, state)

    @cached_property
    def margin_households(self) -> int | None:
        """The margin in the count the clauses look at; None where these are several counts, or a range."""
        if self._without_subject is not None or self.state not in (State.MET, State.NOT_MET):
            return None
        answers, as_of, possible = self._answers, self.alike.as_of, self.alike.possible
        limits = {clause_id: answer.limit for clause_id, answer in answers.items() if answer.limit is not None}
        if len(limits) < len(answers) or any(answer.divided for answer in answers.values()):
            return None
        deciding = [answers[clause_id].clause for clause_id, limit in limits.items() if limit.limit is not None]
        counts = {(clause.measure, known_count(self.series, as_of, clause)) for clause in deciding}
        # A clause on the poor and one on the near-poor: no one number of households would change the verdict.
        if len(counts) != 1 or self.state is not combined(possible, self.states):
            return None
        measure, count = counts.pop()
        households = self.series.years[as_of].denominator(measure)
        margin = margin_households(self.state, count, households, possible, limits)
        return None if margin is None or self._may_be_nearer(measure, count, margin) else margin

    def _may_be_nearer(self, measure: Measure, count: int | None, margin: int) -> bool:
        """Say whether some value of an open figure would let a clause be met with a smaller change than told."""
        answers = self._answers.values()
        open_ = [answer.clause for answer in answers if answer.has_gaps and answer.clause.measure is measure]
        if margin >= 0 or count is None or not open_:
            return False
        nearly = with_count(self.series, self.alike.as_of, measure, count + margin + 1)
        return any(state_of(clause, nearly, self.alike.as_of) is not State.NOT_MET for clause in open_)
