"""Readings: where another plausible reading of a clause would change the answer, and judging by one that is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from thidua_cli.errors import UsageError
from thidua_cli.judge.verdict import STATE_TEXT, OtherReading, State
from thidua_cli.language import Text
from thidua_cli.rulebook.schema import Alternative, Rule, Rulebook


def read_as(rulebook: Rulebook, names: Sequence[str]) -> Rulebook:
    """Return the rule file with every clause read as named where it knows such a reading; other clauses stay.

    Raises:
        UsageError: No clause of the file knows a reading of that name.
    """
    for name in names:
        known = reading_names(rulebook)
        if name not in known:
            raise UsageError(_unknown(rulebook, name, known))
        rulebook = replace(rulebook, rules=_read(rulebook.rules, name), targets=_read(rulebook.targets, name))
    return rulebook


def reading_names(rulebook: Rulebook) -> tuple[str, ...]:
    """Return the names of the other readings a file knows, in order of mention."""
    rules = (*rulebook.rules, *rulebook.targets)
    return tuple(dict.fromkeys(other.id for rule in rules for other in rule.alternatives))


def alternatives_of(rules: Iterable[Rule]) -> dict[str, tuple[Text, dict[str, Rule]]]:
    """Return name of a reading → its text, and the rules it makes by their id.

    A reading that takes units together that stand alone otherwise, or apart, speaks of other subjects: it is no other
    answer for the same unit.
    """
    found: dict[str, tuple[Text, dict[str, Rule]]] = {}
    for rule in rules:
        for other in rule.alternatives:
            if other.rule.subject == rule.subject:
                found.setdefault(other.id, (other.reading, {}))[1][rule.id] = other.rule
    return found


def other_answer(name: str, text: Text, state: State, given: State) -> OtherReading | None:
    """Return the reading if it gives a certain answer that differs from the one given."""
    return OtherReading(name, text, state) if state is not given and state in (State.MET, State.NOT_MET) else None


def depends_note(readings: Sequence[OtherReading]) -> Text | None:
    """Say that the answer depends on how the clause is read, and on what; None where it does not.

    >>> depends_note([OtherReading("average", Text("…", "…"), State.MET)]).vi
    'Phụ thuộc cách hiểu: theo “average” thì Đạt.'
    """
    if not readings:
        return None
    by_state: dict[State, list[str]] = {}
    for one in readings:
        by_state.setdefault(one.state, []).append(f"“{one.id}”")
    clauses = [
        Text("theo {names} thì {state}", "{state} by {names}").fill(names=", ".join(names), state=STATE_TEXT[state])
        for state, names in by_state.items()
    ]
    text = Text("Phụ thuộc cách hiểu: {clauses}.", "Depends on the reading: {clauses}.")
    return text.fill(clauses=Text("; ".join(one.vi for one in clauses), "; ".join(one.en for one in clauses)))


def _read(rules: Iterable[Rule], name: str) -> tuple[Rule, ...]:
    return tuple(_chosen(rule, [other for other in rule.alternatives if other.id == name]) for rule in rules)


def _chosen(rule: Rule, found: Sequence[Alternative]) -> Rule:
    """Return the rule as read; the other readings stay known, the default among them no more."""
    return found[0].rule if found else rule


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
