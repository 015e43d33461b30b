"""Series × rulebook × date → verdicts: the joining of paths, classes, margins and attested criteria."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from thidua_cli.judge import explanation
from thidua_cli.judge.applicability import Question, Scenario, answer, combined, questions_of, scenarios
from thidua_cli.judge.figures import Missing, count_at
from thidua_cli.judge.margin import margin_households
from thidua_cli.judge.path import EvaluatedPath
from thidua_cli.judge.paths import evaluate
from thidua_cli.judge.verdict import AttestState, PathVerdict, State, Verdict
from thidua_cli.language import Text
from thidua_cli.model import Level, Series, year_end
from thidua_cli.rulebook.classes import CLASS_TOKENS, CLASSES_OF_LEVEL, ClassBook, Member
from thidua_cli.rulebook.schema import AttestItem, Rule, Rulebook


def judge(
    series: Iterable[Series],
    rulebook: Rulebook,
    as_of: int,
    classes: ClassBook,
    province_of: Callable[[str], str],
    as_listed: Callable[[str], bool] = lambda code: True,
) -> list[Verdict]:
    """Return one verdict per series, in their order.

    `as_of` is the last year-end judged; classes are taken on its 31 December. `province_of` gives a unit's province
    code as the class tables know it (2022), empty where it is not known; `as_listed` says whether a unit still has the
    area it had then. What cannot be known is undetermined, with
    the reason; counts alone never settle the criteria without numbers, which come along as open items.
    """
    criteria = cache(partial(_criteria, rulebook))
    return [
        _Case(
            one,
            criteria(one.level),
            as_of,
            classes,
            province_of(one.unit_code),
            as_listed(one.unit_code),
            rulebook.citation.document,
        ).verdict()
        for one in series
    ]


@dataclass(frozen=True, slots=True)
class _Criteria:
    """What the rulebook says of one level."""

    rules: tuple[Rule, ...]
    questions: tuple[Question, ...]
    attest: tuple[tuple[AttestItem, AttestState], ...]


def _criteria(rulebook: Rulebook, level: Level) -> _Criteria:
    rules = rulebook.rules_for(level)
    attest = tuple((item, AttestState.OPEN) for item in rulebook.attest if item.subject == level)
    return _Criteria(rules, questions_of(rules), attest)


@dataclass(frozen=True, slots=True)
class _Case:
    """One unit before its judge."""

    series: Series
    criteria: _Criteria
    as_of: int
    classes: ClassBook
    province_code: str
    as_listed: bool
    """The unit still has the area it had when the class lists were drawn up."""
    document: str

    def verdict(self) -> Verdict:
        answers = {question: self._answer(question) for question in self.criteria.questions}
        possible = scenarios(self.criteria.rules, answers)
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
            classes=self._known_classes(),
            unknown_classes=self._unknown_classes(),
            state=state,
            reason=self._reason(state, possible, states, paths),
            margin_households=self._margin(state, possible, evaluated),
            paths=paths,
            attest=self.criteria.attest,
        )

    @property
    def _day(self) -> date:
        return year_end(self.as_of)

    def _membership(self, token: str) -> Member:
        return self.classes.membership(
            self.series.unit_code, self.province_code, token, self._day, as_listed=self.as_listed
        )

    def _answer(self, question: Question) -> bool | None:
        return answer(question, self._membership)

    def _rules_in_any(self, possible: Sequence[Scenario]) -> list[Rule]:
        in_any = {rule.id for scenario in possible for rule in scenario.rules}
        return [rule for rule in self.criteria.rules if rule.id in in_any]

    def _known_classes(self) -> tuple[str, ...]:
        members = {token: self._membership(token) for token in CLASS_TOKENS}
        inside = [token for token, member in members.items() if member is Member.YES]
        asked = CLASSES_OF_LEVEL[self.series.level]
        outside = [f"not_{token}" for token in asked if members[token] is Member.NO]
        return (*inside, *outside)

    def _unknown_classes(self) -> tuple[str, ...]:
        tokens = (token for question in self.criteria.questions for token in question)
        return tuple(token for token in tokens if self._membership(token) is Member.UNKNOWN)

    def _reason(
        self,
        state: State,
        possible: Sequence[Scenario],
        states: Mapping[str, State],
        paths: Sequence[PathVerdict],
    ) -> Text:
        if state is State.NO_CRITERION:
            criteria = self.criteria
            return explanation.no_criterion(self.document, self.series.level, criteria.rules, criteria.questions)
        if len({scenario.state(states) for scenario in possible}) > 1:
            return explanation.depends_on_class(possible, states, paths, self._unknown_classes(), self.province_code)
        return explanation.certain(state, paths, self._unknown_classes())

    def _margin(self, state: State, possible: Sequence[Scenario], evaluated: Mapping[str, EvaluatedPath]) -> int | None:
        """Return the margin in the count the paths look at; None where they look at different counts, or at a range."""
        if any(path.verdict.divided for path in evaluated.values()):
            return None
        rules = [path.verdict.rule for path in evaluated.values() if path.step.limit is not None]
        counts = {(rule.measure, count_at(self.series, self.as_of, rule)) for rule in rules}
        if len(counts) != 1:
            return None
        measure, count = counts.pop()
        households = self.series.years[self.as_of].denominator(measure)
        steps = {rule_id: path.step for rule_id, path in evaluated.items()}
        known = None if isinstance(count, Missing) or count.exact is None else int(count.exact)
        return margin_households(state, known, households, possible, steps)


def _with_applicability(path: PathVerdict, possible: Sequence[Scenario]) -> PathVerdict:
    applies = [any(rule.id == path.rule.id for rule in scenario.rules) for scenario in possible]
    known = True if all(applies) else None
    return replace(path, applies=known)
