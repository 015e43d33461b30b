"""Series × rulebook × date → verdicts: the joining of paths, classes, margins and attested criteria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from thidua_cli.judge.classes.applicability import Question, Scenario, combined, questions_of, scenarios
from thidua_cli.judge.classes.membership import Membership
from thidua_cli.judge.classes.subject_ends import without_subject
from thidua_cli.judge.classes.subjects import attest_items_of, holds_on, rules_of
from thidua_cli.judge.clause.figures import known_count
from thidua_cli.judge.clause.margin import margin_households
from thidua_cli.judge.clause.path import EvaluatedPath
from thidua_cli.judge.clause.paths import evaluate, state_of
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.verdict import AttestState, OtherReading, PathVerdict, State, Verdict
from thidua_cli.judge.words import explanation
from thidua_cli.judge.words.readings import alternatives_of, other_answer
from thidua_cli.language import Text
from thidua_cli.model import Series, year_end
from thidua_cli.rulebook.schema import AttestItem, Period, Rule, Rulebook


def judge(series: Iterable[Series], rulebook: Rulebook, setting: Setting) -> list[Verdict]:
    """Return one verdict per series, in their order; classes are taken on the 31 December of `setting.as_of`.

    What cannot be known is undetermined, with the reason; counts alone never settle the criteria without numbers, which
    come along as open items.
    """
    made: dict[object, _Criteria] = {}

    def criteria(one: Series) -> _Criteria:
        place = setting.place_of(one)
        rules = rules_of(rulebook, one.level, place)
        items = attest_items_of(rulebook, one.level, place)
        key = (one.level, tuple(rule.id for rule in rules), tuple(item.id for item in items))
        if key not in made:
            made[key] = _criteria(rules, items, setting.as_of)
        return made[key]

    return [
        _Case(
            one,
            criteria(one),
            setting.as_of,
            setting.membership(one, setting.as_of),
            rulebook.citation.document,
        ).verdict()
        for one in series
    ]


@dataclass(frozen=True, slots=True)
class _Criteria:
    """What the rulebook says of one kind of unit."""

    rules: tuple[Rule, ...]
    questions: tuple[Question, ...]
    attest: tuple[tuple[AttestItem, AttestState], ...]
    others: Mapping[str, tuple[Text, Mapping[str, Rule]]]
    """Name of another reading → its text and the rules it makes, by id."""
    period: Period | None
    """Of rules none of which holds at the year-end judged: the days of the first; None where some hold."""
    _possible: dict[tuple[bool | None, ...], tuple[Scenario, ...]] = field(default_factory=dict)

    def possible(self, answers: Sequence[bool | None]) -> tuple[Scenario, ...]:
        """Return the scenarios under these answers to `questions`."""
        found = self._possible.get(tuple(answers))
        if found is None:
            by_question = dict(zip(self.questions, answers, strict=True))
            found = self._possible[tuple(answers)] = scenarios(self.rules, by_question)
        return found


def _criteria(rules: Sequence[Rule], items: Sequence[AttestItem], as_of: int) -> _Criteria:
    held = tuple(rule for rule in rules if holds_on(rule.period, year_end(as_of)))
    attest = tuple((item, AttestState.OPEN) for item in items)
    lapsed = rules[0].period if rules and not held else None
    return _Criteria(held, questions_of(held), attest, alternatives_of(held), lapsed)


@dataclass(frozen=True, slots=True)
class _Case:
    """One unit before its judge."""

    series: Series
    criteria: _Criteria
    as_of: int
    membership: Membership
    document: str

    def verdict(self) -> Verdict:
        ended = without_subject(self.series)
        return self._judged() if ended is None else self._not_judged(*ended)

    def _not_judged(self, state: State, reason: Text) -> Verdict:
        one = self.series
        known = self.membership.known()
        return Verdict(one.unit_code, one.unit_name, one.level, one.parent_code, known, (), state, reason, None)

    def _judged(self) -> Verdict:
        possible = self.criteria.possible([self.membership.answer(one) for one in self.criteria.questions])
        evaluated = {rule.id: evaluate(rule, self.series, self.as_of) for rule in self._rules_in_any(possible)}
        states = {rule_id: path.verdict.state for rule_id, path in evaluated.items()}
        state = combined(possible, states)
        paths = tuple(_with_applicability(path.verdict, possible) for path in evaluated.values())
        series = self.series
        return Verdict(
            unit_code=series.unit_code,
            unit_name=series.unit_name,
            level=series.level,
            parent_code=series.parent_code,
            classes=self.membership.known(),
            unknown_classes=self.membership.unknown(self.criteria.questions),
            state=state,
            reason=self._reason(state, possible, states, paths),
            margin_households=self._margin(state, possible, evaluated),
            paths=paths,
            attest=self.criteria.attest,
            other_readings=tuple(self._other_readings(state, possible, states)),
            part_classes=self.membership.part_classes(),
        )

    def _other_readings(
        self, state: State, possible: Sequence[Scenario], states: Mapping[str, State]
    ) -> Iterator[OtherReading]:
        """Yield the readings of the rule file under which the whole answer would be another one."""
        for name, (text, rules) in self.criteria.others.items():
            applying = [rule for rule_id, rule in rules.items() if rule_id in states]
            read = {rule.id: state_of(rule, self.series, self.as_of) for rule in applying}
            other = other_answer(name, text, combined(possible, {**states, **read}), state) if read else None
            if other is not None:
                yield other

    def _rules_in_any(self, possible: Sequence[Scenario]) -> list[Rule]:
        in_any = {rule.id for scenario in possible for rule in scenario.rules}
        return [rule for rule in self.criteria.rules if rule.id in in_any]

    def _reason(
        self,
        state: State,
        possible: Sequence[Scenario],
        states: Mapping[str, State],
        paths: Sequence[PathVerdict],
    ) -> Text:
        if state is State.NO_CRITERION:
            criteria = self.criteria
            if criteria.period is not None:
                return explanation.out_of_period(self.document, criteria.period, self.as_of)
            return explanation.no_criterion(self.document, self.series.level, criteria.rules, criteria.questions)
        if len({scenario.state(states) for scenario in possible}) > 1:
            unknown = self.membership.unknown(self.criteria.questions)
            why = explanation.incomplete_list(self.membership.province_code)
            if any(self.membership.parts_differ(question) for question in self.criteria.questions):
                why = explanation.differing_parts(self.membership.part_classes(), unknown)
            return explanation.depends_on_class(possible, states, paths, unknown, why, self.membership.since)
        return explanation.certain(state, paths, self.membership.unknown(self.criteria.questions))

    def _margin(self, state: State, possible: Sequence[Scenario], evaluated: Mapping[str, EvaluatedPath]) -> int | None:
        """Return the margin in the count the paths look at; None where they look at different counts, or at a range."""
        steps = {rule_id: path.step for rule_id, path in evaluated.items() if path.step is not None}
        if len(steps) < len(evaluated) or any(path.verdict.divided for path in evaluated.values()):
            return None
        rules = [evaluated[rule_id].verdict.rule for rule_id, step in steps.items() if step.limit is not None]
        counts = {(rule.measure, known_count(self.series, self.as_of, rule)) for rule in rules}
        if len(counts) != 1:
            return None
        measure, count = counts.pop()
        households = self.series.years[self.as_of].denominator(measure)
        return margin_households(state, count, households, possible, steps)


def _with_applicability(path: PathVerdict, possible: Sequence[Scenario]) -> PathVerdict:
    applies = [any(rule.id == path.rule.id for rule in scenario.rules) for scenario in possible]
    known = True if all(applies) else None
    return replace(path, applies=known)
