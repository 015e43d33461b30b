"""Readings: where another plausible reading of a clause would change the answer, and judging by one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from thidua_cli.errors import UsageError
from thidua_cli.judge.verdict import ReadingVerdict, State
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.rulebook.class_reading import CLASS_AT_START, has_class_reading
from thidua_cli.rulebook.schema import Clause, Rulebook


def read_as(rulebook: Rulebook, names: Sequence[str]) -> Rulebook:
    """Return the rule file with every clause read as named where it knows such a reading; other clauses stay.

    Raises:
        UsageError: No clause of the file knows a reading of that name.
    """
    for name in names:
        known = reading_names(rulebook)
        if name not in known:
            raise UsageError(_unknown(rulebook, name, known))
        if name == CLASS_AT_START:
            rulebook = replace(rulebook, class_at_start=True)
        rulebook = replace(rulebook, clauses=_read(rulebook.clauses, name), targets=_read(rulebook.targets, name))
    return rulebook


def reading_names(rulebook: Rulebook) -> tuple[str, ...]:
    """Return the names of the other readings a file knows, in order of mention; that of its classes comes last."""
    clauses = (*rulebook.clauses, *rulebook.targets)
    names = dict.fromkeys(alternative.id for clause in clauses for alternative in clause.alternatives)
    return (*names, *([CLASS_AT_START] if has_class_reading(rulebook) else []))


Alternatives: TypeAlias = Mapping[str, tuple[Text, Mapping[str, Clause]]]
"""Name of a reading → its text, and the clauses it makes by their id."""


def alternatives_of(clauses: Iterable[Clause]) -> Alternatives:
    """Return the other readings of some clauses.

    A reading that takes units together that stand alone otherwise, or apart, speaks of other subjects: it is no other
    answer for the same unit.
    """
    by_name: dict[str, tuple[Text, dict[str, Clause]]] = {}
    for clause in clauses:
        for alternative in clause.alternatives:
            if alternative.clause.subject == clause.subject:
                by_name.setdefault(alternative.id, (alternative.reading, {}))[1][clause.id] = alternative.clause
    return by_name


def other_readings(
    alternatives: Alternatives, given: State, judged_by: Callable[[Mapping[str, Clause]], State | None]
) -> Iterator[ReadingVerdict]:
    """Yield the readings that give a certain answer which differs from the one given.

    `judged_by` judges by the clauses as a reading makes them, by id; None where none of them matters to the unit.
    """
    for name, (text, changed) in alternatives.items():
        state = judged_by(changed)
        if state is not given and state in (State.MET, State.NOT_MET):
            yield ReadingVerdict(name, text, state)


def _read(clauses: Iterable[Clause], name: str) -> tuple[Clause, ...]:
    return tuple(_chosen(clause, name) for clause in clauses)


def _chosen(clause: Clause, name: str) -> Clause:
    """Return the clause as read; the other readings stay known, the default among them no more."""
    return next((alternative.clause for alternative in clause.alternatives if alternative.id == name), clause)


def _unknown(rulebook: Rulebook, name: str, known: Sequence[str]) -> Text:
    if not known:
        text = Text(
            "--reading {name}: bộ quy tắc {id} không nêu cách hiểu khác nào",
            "--reading {name}: the rule file {id} names no other reading",
        )
        return text.fill(name=name, id=rulebook.id)
    text = Text(
        "--reading {name}: không có cách hiểu này; {id} có: {known}",
        "--reading {name}: there is no such reading; {id} has: {known}",
    )
    return text.fill(name=name, id=rulebook.id, known=", ".join(known))
