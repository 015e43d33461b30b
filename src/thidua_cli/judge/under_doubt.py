"""Answers taken in every possible world: certain is what is the same in all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from thidua_cli.doubt.domain import Domain
from thidua_cli.doubt.doubts import Doubt, Effect
from thidua_cli.doubt.of_files import DisputedFigures
from thidua_cli.doubt.worlds import LookedAt, PossibleWorld, PrintedSet, UnitDoubts, unit_doubts
from thidua_cli.judge.clause.clause import window_of
from thidua_cli.judge.clause.figures import Missing
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.verdict import ClauseAnswer, ReadingVerdict, State, Verdict
from thidua_cli.judge.words import doubt as words
from thidua_cli.judge.words.doubt import ValueCase
from thidua_cli.language import LateText, Text
from thidua_cli.late_dataclass import replace
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import TEST_FORM, Clause

Answer = TypeVar("Answer", bound=Verdict | TargetVerdict)


def looked_at(clauses: Sequence[Clause], as_of: int) -> LookedAt:
    """Return the year-ends and counts that some clauses look at, read in any way they may be."""
    every = [*clauses, *(other.clause for clause in clauses for other in clause.alternatives)]
    years = frozenset(year for clause in every for year in window_of(clause, as_of))
    columns = {name for clause in every for name in clause.measure.parts}
    columns |= {clause.measure.whole for clause in every if TEST_FORM[clause.test].of_rates}
    return LookedAt(years, frozenset(columns))


class Decided(Protocol):
    """As much of an answer as a possible world is asked for."""

    @property
    def state(self) -> State:
        """The answer."""

    @property
    def margin_households(self) -> int | None:
        """As `Verdict.margin_households`."""

    @property
    def other_readings(self) -> tuple[ReadingVerdict, ...]:
        """As `Verdict.other_readings`."""

    @property
    def reason(self) -> Text | None:
        """As `Verdict.reason`."""

    def state_as_read(self, name: str) -> State | None:
        """Return the answer by another reading, where it is certain and another one than `state`."""

    @property
    def states(self) -> Mapping[str, State]:
        """Clause → its answer; none of a target."""


def under_doubt(
    series: Series,
    figures: DisputedFigures,
    asked: Callable[[], LookedAt],
    as_of: int,
    judged: Callable[[Series], Answer],
    decided: Callable[[Series], Answer | Decided] | None = None,
) -> Answer:
    """Return what `judged` answers for a unit, whatever its disputed figures are.

    Args:
        series: The figures as printed.
        figures: What findings leave possible.
        asked: What the answer looks at, up to the year-end `as_of`.
        as_of: The last year-end looked at.
        judged: The answer for any figures of the unit.
        decided: The same, worked out as far as somebody asks.
    """
    doubts = unit_doubts(series, figures, asked()) if figures.by_row else None
    return judged(series) if doubts is None else in_every_world(doubts, as_of, judged, decided)


def in_every_world(
    doubts: UnitDoubts,
    as_of: int,
    judged: Callable[[Series], Answer],
    decided: Callable[[Series], Answer | Decided] | None = None,
) -> Answer:
    """Return what `judged` answers for a unit with these doubts; the arguments as of `under_doubt`."""
    return _Worlds(doubts, judged, as_of, decided or judged).answer()


class _Worlds(Generic[Answer]):
    """The answers of all possible worlds of one unit."""

    def __init__(
        self,
        doubts: UnitDoubts,
        judged: Callable[[Series], Answer],
        as_of: int,
        decided: Callable[[Series], Answer | Decided],
    ) -> None:
        self._doubts = doubts
        self._as_of = as_of
        self._judged = judged
        self._printed: Answer = judged(doubts.series)
        self._worlds = doubts.worlds
        taken = _EachOnce(doubts.series, decided)
        self._answers: list[Answer | Decided] = [
            taken.answer(world.series) if world.changes else self._printed for world in self._worlds
        ]
        self._states = [answer.state for answer in self._answers]

    @cached_property
    def _first(self) -> Answer:
        """The whole answer in the first world."""
        world = self._worlds[0]
        return self._judged(world.series) if world.changes else self._printed

    @cached_property
    def _clause_states(self) -> Mapping[str, Sequence[State]]:
        """Clause → its answers, world by world; a world in which it does not apply has none."""
        by_clause: dict[str, list[State]] = {}
        for answer in self._answers:
            for clause_id, state in _states_of(answer).items():
                by_clause.setdefault(clause_id, []).append(state)
        return by_clause

    def answer(self) -> Answer:
        """Return the answer of every world, or that it is open because they differ."""
        is_open = self._is_open
        # of a figure that cannot be used, the answer without it is shown; else that of the printed figures
        stands = any(not world.changes for world in self._worlds)
        shown = self._printed if stands else self._first
        margin, is_bound = (None, False) if is_open else self._margin()
        if is_open:
            shown = replace(shown, state=State.UNDETERMINED)
        doubts = self._of_answer(shown)
        answer = replace(
            self._with_parts(shown),
            margin_households=margin,
            margin_is_bound=is_bound,
            other_readings=() if is_open else self._readings(),
            doubts=doubts,
        )
        return replace(answer, reason=self._reason(shown.reason, doubts)) if doubts else answer

    def _of_answer(self, shown: Answer) -> tuple[Doubt, ...]:
        """Return the doubts with their effects; of those without any, only where a clause that may apply looks."""
        doubts = [doubt.with_effect(self._effect(doubt)) for doubt in self._doubts.doubts]
        if self._is_open or not isinstance(shown, Verdict):
            return tuple(doubts)
        years, columns = looked_at([answer.clause for answer in shown.clauses], self._as_of)
        return tuple(
            doubt
            for doubt in doubts
            if doubt.effect is not Effect.NONE or (doubt.year in years and doubt.column in columns)
        )

    def _with_parts(self, shown: Answer) -> Answer:
        """Return the answer with what its parts have in common: clauses, the place in a range, the way to a target."""
        if isinstance(shown, Verdict):
            return replace(shown, clauses=tuple(map(self._clause, shown.clauses)))
        targets = [answer for answer in self._answers if isinstance(answer, TargetVerdict)]
        position = shown.position if len({answer.position for answer in targets}) == 1 else None
        pace = shown.pace if len({answer.pace for answer in targets}) == 1 else None
        return replace(shown, position=position, pace=pace)

    def _clause(self, answer: ClauseAnswer) -> ClauseAnswer:
        """Return a clause's answer, open where worlds differ on it."""
        states = self._clause_states[answer.clause.id]
        if len(set(states)) == 1:
            if answer.state is states[0] or not isinstance(self._first, Verdict):
                return answer
            return next(other for other in self._first.clauses if other.clause is answer.clause)
        deciding = [doubt for doubt in self._doubts.doubts if self._decides(doubt, states)]
        reason = self._told(deciding or self._doubts.doubts, states)
        return replace(answer, state=State.UNDETERMINED, reason=reason, limit=None, rounded=None, note=None)

    def _margin(self) -> tuple[int | None, bool]:
        """Return the least margin in size, and whether it is only a bound; none where a world's is not known."""
        known: list[int] = []
        for answer in _different(self._answers):
            margin = answer.margin_households
            if margin is None:
                return None, False
            known.append(margin)
        return min(known, key=abs), len(set(known)) > 1

    def _readings(self) -> tuple[ReadingVerdict, ...]:
        """Return the readings that give one other answer in every world."""
        return tuple(
            reading
            for reading in self._answers[0].other_readings
            if all(_gives(answer, reading) for answer in _different(self._answers))
        )

    # ------------------------------------------------------------ which doubt decides

    @property
    def _is_open(self) -> bool:
        """Whether doubt alone leaves the answer open: the printed figures give one, or worlds differ."""
        return len(set(self._states)) > 1 or (
            self._states[0] is State.UNDETERMINED and self._printed.state is not State.UNDETERMINED
        )

    def _effect(self, doubt: Doubt) -> Effect:
        if len(set(self._states)) > 1:
            decides = self._decides(doubt, self._states)
        elif self._states[0] is not State.UNDETERMINED:
            decides = False
        else:
            decides = self._is_open or self._is_missed(doubt) or self._decides_a_clause(doubt)
        return Effect.UNDETERMINED if decides and not doubt.is_accepted else Effect.NONE

    def _is_missed(self, doubt: Doubt) -> bool:
        """Say whether an answer is open for want of a figure whose cell holds nothing that can be used."""
        if doubt.printed is not None or not isinstance(self._printed, Verdict):
            return doubt.printed is None
        missing = (
            (figure.year, answer.clause.measure)
            for answer in self._printed.clauses
            if answer.state is State.UNDETERMINED
            for figure in answer.figures
            if isinstance(figure, Missing)
        )
        return any(year == doubt.year and doubt.column in (*looked.parts, looked.whole) for year, looked in missing)

    def _decides_a_clause(self, doubt: Doubt) -> bool:
        """Say whether a clause hangs on a figure, where the answer is open for another reason as well."""
        every = (states for states in self._clause_states.values() if len(states) == len(self._worlds))
        return any(self._decides(doubt, states) for states in every)

    def _decides(self, doubt: Doubt, states: Sequence[State]) -> bool:
        """Say whether worlds that differ in this figure differ in the answer."""
        with_it, without_it = set[State](), set[State]()
        for world, state in zip(self._worlds, states, strict=True):
            (with_it if _domain_in(world, doubt) is not None else without_it).add(state)
        return bool(with_it) and (len(with_it) > 1 or with_it != without_it)

    def _told(self, deciding: Sequence[Doubt], states: Sequence[State]) -> Text:
        """Return why an answer is open, by the first cell that alone makes it so."""
        pairs = [(doubt, self._cases(doubt, states)) for doubt in deciding]
        first, cases = max(pairs, key=lambda pair: len({case.state for case in pair[1]}) > 1)
        return words.depends([first, *(doubt for doubt in deciding if doubt is not first)], cases)

    def _cases(self, doubt: Doubt, states: Sequence[State]) -> list[ValueCase]:
        """Return what the printed value of a figure gives, all else as printed, and another value for each answer."""
        cases: dict[State | None, ValueCase] = {}
        for world, state in sorted(zip(self._worlds, states, strict=True), key=lambda pair: len(pair[0].changes)):
            domain = _domain_in(world, doubt)
            if domain is None:
                cases.setdefault(None, ValueCase(None, state))
            else:
                cases.setdefault(state, ValueCase(domain, state))
        printed = cases.pop(None, None)
        if printed is None:
            return list(cases.values())
        changed = [case for case in cases.values() if case.state is not printed.state]
        return [printed, *(changed or cases.values())]

    def _reason(self, reason: Text | None, doubts: Sequence[Doubt]) -> Text:
        accepted = words.accepted(doubts)
        in_force = [doubt for doubt in doubts if not doubt.is_accepted]
        deciding = [doubt for doubt in in_force if doubt.effect is Effect.UNDETERMINED]
        if self._is_open:
            return _together([self._told(deciding or in_force, self._states), *accepted])
        if deciding and len({answer.reason for answer in _different(self._answers)}) > 1:
            # open for another reason too, told with what the printed figures would give: that is not certain either
            return _together([self._told(deciding, self._states), *accepted])
        if self._states[0] in (State.MET, State.NOT_MET) and in_force:
            accepted = [words.despite(in_force), *accepted]
        return _together([*([] if reason is None else [reason]), *accepted])


def _together(texts: Sequence[Text]) -> Text:
    """Return sentences each once, written when somebody reads them: the first of them may be late itself."""
    return texts[0] if len(texts) == 1 else LateText(Text.each_once, " ", texts)


class _EachOnce(Generic[Answer]):
    """Answers in worlds of the same figures: thirty communes of which a count is lost leave their province one gap."""

    def __init__(self, printed: Series, decided: Callable[[Series], Answer | Decided]) -> None:
        self._printed, self._decided = printed, decided
        self._answers: dict[object, list[tuple[Series, Answer | Decided]]] = {}
        self._by_identity: dict[int, Answer | Decided] = {}

    def answer(self, series: Series) -> Answer | Decided:
        """Return the answer for a unit with some figures changed; the unit must be kept as long as this is."""
        known = self._by_identity.get(id(series))
        if known is None:
            known = self._by_identity[id(series)] = self._of_figures(series)
        return known

    def _of_figures(self, series: Series) -> Answer | Decided:
        changed = (
            (year, figures) for year, figures in series.years.items() if figures is not self._printed.years[year]
        )
        alike = self._answers.setdefault(tuple([(year, *figures.counts.items()) for year, figures in changed]), [])
        for known, answer in alike:
            if known.years == series.years:
                return answer
        answer = self._decided(series)
        alike.append((series, answer))
        return answer


def _different(answers: Sequence[Answer | Decided]) -> Collection[Answer | Decided]:
    """Return answers that several worlds share once."""
    return {id(answer): answer for answer in answers}.values()


def _states_of(answer: Verdict | TargetVerdict | Decided) -> Mapping[str, State]:
    if isinstance(answer, Verdict):
        return {clause.clause.id: clause.state for clause in answer.clauses}
    return {} if isinstance(answer, TargetVerdict) else answer.states


def _gives(answer: Verdict | TargetVerdict | Decided, reading: ReadingVerdict) -> bool:
    """Say whether another reading gives the same other answer in a world."""
    if isinstance(answer, Verdict | TargetVerdict):
        return any(other.id == reading.id and other.state is reading.state for other in answer.other_readings)
    return answer.state_as_read(reading.id) is reading.state


def _domain_in(world: PossibleWorld, doubt: Doubt) -> Domain | None:
    """Return what a figure is in a world; None where it is as printed there."""
    for change in world.changes:
        if isinstance(change, PrintedSet):
            count = dict(change.counts).get(doubt.column)
            if change.year == doubt.year and count is not None and count != doubt.printed:
                return Domain(count, count)
        elif change.cell == (doubt.row, doubt.column, doubt.line):
            return change.domain
    return None
