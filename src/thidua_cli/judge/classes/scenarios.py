"""Which clauses apply to a unit: known classes decide, unknown ones are tried both ways.

A verdict is certain only where every possible answer to the open questions of class leads to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from thidua_cli.judge.logic import any_of
from thidua_cli.judge.verdict import State
from thidua_cli.late_dataclass import dataclass
from thidua_cli.rulebook.classes import AREAS, Member
from thidua_cli.rulebook.schema import Clause

Question: TypeAlias = tuple[str, ...]
"""Classes that the clauses of a level always name together: being in any of them is one question. Areas I, II and III
of Quyết định 666/QĐ-TTg are one; poor district is another."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One possible set of answers, and the clauses that apply under it."""

    answers: Mapping[Question, bool]
    clauses: tuple[Clause, ...]

    def state(self, states: Mapping[str, State]) -> State:
        """Combine the answers of the clauses, by id: any one that is met suffices."""
        if not self.clauses:
            return State.NO_CRITERION
        return any_of([states[clause.id] for clause in self.clauses])


def questions_of(clauses: Sequence[Clause]) -> tuple[Question, ...]:
    """Return the questions of class that decide which of `clauses` (of one level) apply, in order of mention."""
    mentions: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
    for clause in clauses:
        for token in clause.subject.any_of:
            mentions[token].append((clause.id, True))
        for token in clause.subject.none_of:
            mentions[token].append((clause.id, False))
    together: defaultdict[tuple[tuple[str, bool], ...], list[str]] = defaultdict(list)
    for token, where in mentions.items():
        together[tuple(where)].append(token)
    return tuple(tuple(tokens) for tokens in together.values())


def answer(question: Question, membership: Callable[[str], Member]) -> bool | None:
    """Return whether the unit is in any class of the question; None where that cannot be known."""
    members = [membership(token) for token in question]
    if Member.YES in members:
        return True
    return None if Member.UNKNOWN in members else False


def scenarios(clauses: Sequence[Clause], answers: Mapping[Question, bool | None]) -> tuple[Scenario, ...]:
    """Return every possible way to answer the open questions, with the clauses that apply under each."""
    choices = [(True, False) if known is None else (known,) for known in answers.values()]
    possible = (dict(zip(answers, chosen, strict=True)) for chosen in product(*choices))
    return tuple(
        Scenario(chosen, tuple(clause for clause in clauses if _applies(clause, chosen)))
        for chosen in possible
        if _in_one_area_at_most(chosen)
    )


def combined(possible: Iterable[Scenario], states: Mapping[str, State]) -> State:
    """Return the one state all scenarios lead to, or undetermined where they differ."""
    combined_states = {scenario.state(states) for scenario in possible}
    return combined_states.pop() if len(combined_states) == 1 else State.UNDETERMINED


def deciding_questions(possible: Sequence[Scenario], states: Mapping[str, State]) -> tuple[Question, ...]:
    """Return the open questions on which the state depends, other answers held."""
    deciding = []
    for question in possible[0].answers:
        by_others: defaultdict[tuple[bool, ...], set[State]] = defaultdict(set)
        for scenario in possible:
            others = tuple(value for asked, value in scenario.answers.items() if asked != question)
            by_others[others].add(scenario.state(states))
        if any(len(differing) > 1 for differing in by_others.values()):
            deciding.append(question)
    return tuple(deciding)


def _applies(clause: Clause, chosen: Mapping[Question, bool]) -> bool:
    inside = {token for question, yes in chosen.items() if yes for token in question}
    wanted, unwanted = clause.subject.any_of, clause.subject.none_of
    return (not wanted or any(token in inside for token in wanted)) and not any(token in inside for token in unwanted)


def _in_one_area_at_most(chosen: Mapping[Question, bool]) -> bool:
    return sum(yes and all(token in AREAS for token in question) for question, yes in chosen.items()) <= 1
