"""Which clauses apply and what they come to together: every possible answer to what is not known is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Final

from thidua_cli.units.place import place_of
from thidua_cli.units.tables import bundled
from thidua_cli.verify.answers import MET, NO_CRITERION, NOT_MET, UNDETERMINED
from thidua_cli.verify.said import Clause, Row

_AREAS: Final = {"area_1", "area_2", "area_3"}


def possible_clauses(row: Row, clauses: Sequence[Clause], as_of: int, day: str) -> list[tuple[Clause, ...]]:
    """Return, per possible set of classes, the clauses that apply to the unit."""
    own = [clause for clause in clauses if clause.level == row.level and _speaks_of(clause, row, as_of, day)]
    inside = {token for token in row.classes if not token.startswith("not_")}
    settled = _settled_by_parts(own, row, inside)
    return [
        tuple(clause for clause in own if _applies(clause, classes))
        for classes in _possible(inside, row)
        if all(bool(classes.intersection(tokens)) is answer for tokens, answer in settled)
    ]


def _settled_by_parts(clauses: Sequence[Clause], row: Row, inside: set[str]) -> list[tuple[tuple[str, ...], bool]]:
    """Return classes that are asked for together, and the answer on which all parts of a merged unit agree.

    Parts of area I and area III leave open which of the two the unit has, and not that it has one.
    """
    settled = []
    for tokens in _asked_together(clauses):
        answers = {_answer(tokens, classes) for classes in row.parts}
        if not inside.intersection(tokens) and len(answers) == 1 and (answer := answers.pop()) is not None:
            settled.append((tokens, answer))
    return settled


def _asked_together(clauses: Sequence[Clause]) -> list[tuple[str, ...]]:
    """Return the classes that the same clauses name in the same way, each group once."""
    tokens = dict.fromkeys(token for clause in clauses for token in (*clause.any_of, *clause.none_of))
    groups: dict[tuple[tuple[bool, bool], ...], list[str]] = {}
    for token in tokens:
        mentions = tuple((token in clause.any_of, token in clause.none_of) for clause in clauses)
        groups.setdefault(mentions, []).append(token)
    return [tuple(group) for group in groups.values()]


def _answer(tokens: Sequence[str], classes: Sequence[str]) -> bool | None:
    if any(token in classes for token in tokens):
        return True
    return False if all(f"not_{token}" in classes for token in tokens) else None


def _speaks_of(clause: Clause, row: Row, as_of: int, day: str) -> bool:
    """Say whether a clause holds at the year-end, and speaks of units of this type and in this place on the day."""
    if clause.together or not (clause.start or "") <= f"{as_of}-12-31" <= (clause.end or "9999"):
        return False
    if not clause.types and not clause.within:
        return True
    place = place_of(row.unit_code, row.parent_code, date.fromisoformat(day), bundled())
    in_type = not clause.types or place.type in clause.types
    return in_type and (not clause.within or not place.within.isdisjoint(clause.within))


def _possible(inside: set[str], row: Row) -> list[set[str]]:
    unknown = row.unknown_classes
    tried = [inside | set(more) for number in range(len(unknown) + 1) for more in combinations(unknown, number)]
    # A commune lies in one area at most; whoever the lists put into two is taken as they say.
    return [classes for classes in tried if len(classes & _AREAS) <= max(1, len(inside & _AREAS))]


def _applies(clause: Clause, classes: set[str]) -> bool:
    wanted = not clause.any_of or bool(classes.intersection(clause.any_of))
    return wanted and not classes.intersection(clause.none_of)


def combined(possible: Iterable[tuple[Clause, ...]], states: Mapping[str, str]) -> str:
    """Return the answer all possibilities lead to; undetermined where they differ."""
    answers = {any_path(states[clause.id] for clause in clauses) for clauses in possible}
    return answers.pop() if len(answers) == 1 else UNDETERMINED


def any_path(states: Iterable[str]) -> str:
    """Return the answer of paths of which one suffices."""
    answers = list(states)
    if not answers:
        return NO_CRITERION
    if MET in answers:
        return MET
    return UNDETERMINED if UNDETERMINED in answers else NOT_MET


def margin(verdict: str, count: int, most: int, verdict_at: Callable[[int], str]) -> int | None:
    """Return households to spare, or as a negative number those still missing, found by halving; None for none.

    Fewer poor households never lose a verdict, so along the count it changes once at most.

    Args:
        verdict: The answer as things stand.
        count: The last count.
        most: The largest count there can be.
        verdict_at: The verdict at another last count.
    """
    # Halving: a province has some hundred thousand households, and each place tried costs a whole verdict.
    if verdict == NOT_MET:
        low, high = -1, count  # met at `low` or below, not met at `high`
    elif verdict == MET and verdict_at(most) != MET:
        low, high = count, most
    else:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if verdict_at(middle) == MET else (low, middle)
    return None if low < 0 else low - count  # either way `low` is the largest count with which it is met
