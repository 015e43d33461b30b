"""Series × rulebook × date → verdicts: the joining of clauses, classes, margins and attested criteria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from thidua_cli.judge.classes.membership import Membership
from thidua_cli.judge.classes.scenarios import Question, Scenario, combined, questions_of, scenarios
from thidua_cli.judge.classes.subjects import attest_items_of, criteria_of, holds_on, named_units, state_without_subject
from thidua_cli.judge.clause.clause import judge_clause, state_of
from thidua_cli.judge.clause.figures import known_count
from thidua_cli.judge.margin import margin_households
from thidua_cli.judge.possible import same_in_all, with_count, worlds_of
from thidua_cli.judge.readings import Alternatives, alternatives_of, other_readings
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.under_doubt import under_doubt
from thidua_cli.judge.verdict import AttestState, ClauseAnswer, ReadingVerdict, State, Verdict
from thidua_cli.judge.words import verdict as words
from thidua_cli.judge.words.clause import written
from thidua_cli.judge.words.subjects import without_subject
from thidua_cli.language import Text
from thidua_cli.model import Measure, Series, year_end
from thidua_cli.rulebook.class_reading import CLASS_AT_START, READING, asks_for_class, start_of
from thidua_cli.rulebook.schema import AttestItem, Clause, Period, Rulebook


def judge(series: Iterable[Series], rulebook: Rulebook, setting: Setting) -> list[Verdict]:
    """Return one verdict per series, in their order; classes are taken on the 31 December of `setting.as_of`.

    Where a class ended inside the period, the answer by the class at its start stands beside as another reading, or is
    the answer where the rules are read so (`Rulebook.class_at_start`).

    What cannot be known is undetermined, with the reason, and so is what disputed figures leave open; counts alone
    never settle the criteria without numbers, which come along as open items.
    """
    kinds: dict[object, _Asked] = {}

    def asked(unit: Series) -> _Asked:
        place = setting.place_of(unit)
        clauses = criteria_of(rulebook, unit.level, place)
        items = attest_items_of(rulebook, unit.level, place)
        kind = (unit.level, tuple([clause.id for clause in clauses]), tuple([item.id for item in items]))
        if kind not in kinds:
            named = 0 if clauses else len(named_units(rulebook.clauses, unit.level))
            kinds[kind] = replace(_asked(clauses, items, setting.as_of), named=named)
        return kinds[kind]

    document = rulebook.citation.document

    def verdict(unit: Series) -> Verdict:
        of_kind, membership = asked(unit), setting.membership(unit, setting.as_of)
        at_start = membership.at_start(of_kind.start)
        if rulebook.class_at_start and at_start is not None:
            membership, at_start = at_start, None

        def judged(figures: Series) -> Verdict:
            return _Case(figures, of_kind, setting.as_of, membership, document, at_start).verdict()

        return under_doubt(unit, setting.disputed, of_kind.clauses, setting.as_of, judged)

    return [verdict(unit) for unit in series]


@dataclass(frozen=True, slots=True)
class _Asked:
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

    def possible(self, answers: Sequence[bool | None]) -> tuple[Scenario, ...]:
        """Return the scenarios under these answers to `questions`."""
        possible = self._possible.get(tuple(answers))
        if possible is None:
            by_question = dict(zip(self.questions, answers, strict=True))
            possible = self._possible[tuple(answers)] = scenarios(self.clauses, by_question)
        return possible


def _asked(clauses: Sequence[Clause], items: Sequence[AttestItem], as_of: int) -> _Asked:
    holding = tuple(clause for clause in clauses if holds_on(clause.period, year_end(as_of)))
    attest = tuple((item, AttestState.OPEN) for item in items)
    lapsed = clauses[0].period if clauses and not holding else None
    start = start_of(filter(asks_for_class, holding), as_of)
    return _Asked(holding, questions_of(holding), attest, alternatives_of(holding), lapsed, start)


@dataclass(frozen=True, slots=True)
class _Case:
    """One unit before its judge."""

    series: Series
    asked: _Asked
    as_of: int
    membership: Membership
    document: str
    at_start: Membership | None = None
    """The classes as they were at the start of the period, where one of them has ended since."""

    def verdict(self) -> Verdict:
        """Decide, then write down why."""
        unit = self.series
        known = self.membership.known()
        descriptors = (unit.unit_code, unit.unit_name, unit.level, unit.parent_code, known)
        state = state_without_subject(unit)
        if state is not None:
            reason = without_subject(unit)
            return Verdict(*descriptors, (), state, reason, None, class_sources=self.membership.sources(known))
        possible = self.asked.possible([self.membership.answer(question) for question in self.asked.questions])
        applying = self._applying(possible)
        answers = {clause.id: judge_clause(clause, unit, self.as_of) for clause in applying}
        states = {clause_id: answer.state for clause_id, answer in answers.items()}
        state = combined(possible, states)
        if State.UNDETERMINED is state:
            state = same_in_all(
                worlds_of(unit, applying, self.as_of), lambda world: self._state_in(world, applying, possible)
            )
        clauses = tuple([self._written(answer, possible) for answer in answers.values()])
        as_read = other_readings(
            self.asked.alternatives, state, lambda changed: self._state_as_read(changed, possible, states)
        )
        return Verdict(
            *descriptors,
            self.membership.unknown(self.asked.questions),
            state,
            self._reason(state, possible, states, clauses),
            self._margin(state, possible, answers),
            clauses,
            self.asked.attest,
            other_readings=(*as_read, *self._read_at_start(state)),
            part_classes=self.membership.part_classes(),
            class_sources=self.membership.sources(known),
        )

    def _state_in(self, world: Series, applying: Sequence[Clause], possible: Sequence[Scenario]) -> State:
        """Return the state with other figures of the unit."""
        return combined(possible, {clause.id: state_of(clause, world, self.as_of) for clause in applying})

    def _applying(self, possible: Sequence[Scenario]) -> list[Clause]:
        """Return the clauses that apply under any scenario, in the order of the rule file."""
        ids = {clause.id for scenario in possible for clause in scenario.clauses}
        return [clause for clause in self.asked.clauses if clause.id in ids]

    def _written(self, answer: ClauseAnswer, possible: Sequence[Scenario]) -> ClauseAnswer:
        answer = written(answer, self.series)
        always = all(any(clause is answer.clause for clause in scenario.clauses) for scenario in possible)
        return answer if always else replace(answer, applies=None)

    def _state_as_read(
        self, changed: Mapping[str, Clause], possible: Sequence[Scenario], states: Mapping[str, State]
    ) -> State | None:
        """Return the state by clauses as another reading makes them; None where none of them applies to the unit."""
        as_read = {
            clause_id: state_of(clause, self.series, self.as_of)
            for clause_id, clause in changed.items()
            if clause_id in states
        }
        return combined(possible, {**states, **as_read}) if as_read else None

    def _read_at_start(self, given: State) -> Iterator[ReadingVerdict]:
        """Yield the certain answer by the classes at the start of the period, where it is another one."""
        if self.at_start is None:
            return
        possible = self.asked.possible([self.at_start.answer(question) for question in self.asked.questions])
        state = self._state_in(self.series, self._applying(possible), possible)
        if state is not given and state in (State.MET, State.NOT_MET):
            yield ReadingVerdict(CLASS_AT_START, READING, state)

    def _reason(
        self,
        state: State,
        possible: Sequence[Scenario],
        states: Mapping[str, State],
        answers: Sequence[ClauseAnswer],
    ) -> Text:
        asked, member = self.asked, self.membership
        if state is State.NO_CRITERION:
            if asked.period is not None:
                return words.out_of_period(self.document, asked.period, self.as_of)
            if asked.named:
                return words.not_named(self.document, self.series.level, asked.named)
            return words.no_criterion(self.document, self.series.level, asked.clauses, asked.questions)
        unknown = member.unknown(asked.questions)
        if state is not combined(possible, states):
            return words.over_all_values(state, answers, unknown)
        if len({scenario.state(states) for scenario in possible}) == 1:
            return words.certain(state, answers, unknown)
        why = words.unknown_by_lists([member.gap(token) for token in unknown])
        if any(member.parts_differ(question) for question in asked.questions):
            why = words.differing_parts(member.part_classes(), unknown)
        return words.depends_on_class(possible, states, answers, unknown, why, member.since(unknown[0]))

    def _margin(self, state: State, possible: Sequence[Scenario], answers: Mapping[str, ClauseAnswer]) -> int | None:
        """Return the margin in the count the clauses look at; None where these are several counts, or a range."""
        limits = {clause_id: answer.limit for clause_id, answer in answers.items() if answer.limit is not None}
        if len(limits) < len(answers) or any(answer.divided for answer in answers.values()):
            return None
        deciding = [answers[clause_id].clause for clause_id, limit in limits.items() if limit.limit is not None]
        counts = {(clause.measure, known_count(self.series, self.as_of, clause)) for clause in deciding}
        # A clause on the poor and one on the near-poor: no one number of households would change the verdict.
        if len(counts) != 1 or state is not combined(possible, {key: answer.state for key, answer in answers.items()}):
            return None
        measure, count = counts.pop()
        households = self.series.years[self.as_of].denominator(measure)
        margin = margin_households(state, count, households, possible, limits)
        return None if margin is None or self._may_be_nearer(measure, count, margin, answers.values()) else margin

    def _may_be_nearer(self, measure: Measure, count: int | None, margin: int, answers: Iterable[ClauseAnswer]) -> bool:
        """Say whether some value of an open figure would let a clause be met with a smaller change than told."""
        open_ = [answer.clause for answer in answers if answer.has_gaps and answer.clause.measure is measure]
        if margin >= 0 or count is None or not open_:
            return False
        nearly = with_count(self.series, self.as_of, measure, count + margin + 1)
        return any(state_of(clause, nearly, self.as_of) is not State.NOT_MET for clause in open_)
