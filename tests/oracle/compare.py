"""The program against the plain loops: what each says of one case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from random import Random

from tests.oracle.cases import AS_OF, UNIT, Case
from tests.oracle.worlds import (
    MOST,
    WHOLES,
    World,
    all_worlds,
    counts_asked,
    has_nothing_to_reduce,
    margin_in,
    met,
    number_of_worlds,
)
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.targets import judge_targets
from thidua_cli.judge.verdict import State, Verdict
from thidua_cli.judge.verdicts import judge
from thidua_cli.language import Text
from thidua_cli.model import Citation
from thidua_cli.rulebook.class_file import ClassRow
from thidua_cli.rulebook.classes import ClassBook
from thidua_cli.rulebook.schema import Clause, ClauseKind, Rulebook

SAMPLED = 2_000


@dataclass(frozen=True)
class Answers:
    """What the possible worlds of a case answer."""

    given: frozenset[str]
    is_whole: bool
    """All worlds were tried, or two answers were found before."""
    margins: tuple[int | None, ...] = ()
    """Of each world, where all clauses look at one count and all classes are known."""


@dataclass(frozen=True)
class Compared:
    """One case as both see it."""

    state: State
    """The program's verdict."""
    is_whole: bool
    """All possible worlds were tried, or two of them differ: the program may say nothing else."""
    wrong: str | None
    """What the program says otherwise than the plain loops; None where nothing."""


def compared(case: Case, random: Random) -> Compared:
    """Judge a case by the program and by plain loops, its clauses together and each as a target."""
    verdict = judged(case)
    answers = tried(case, case.clauses, random, with_margins=verdict.margin_households is not None)
    wrong = _differs(verdict.state, answers) or _margin_differs(verdict, answers)
    return Compared(verdict.state, answers.is_whole, wrong or _wrong_target(case, random))


def _wrong_target(case: Case, random: Random) -> str | None:
    for clause in case.clauses:
        if _applies(clause, case) is True:
            alone = replace(case, clauses=(clause,), classes={})
            wrong = _differs(judged_target(case, clause), tried(alone, (clause,), random, as_target=True))
            if wrong is not None:
                return f"target {clause.id}: {wrong}"
    return None


def _differs(state: State, answers: Answers) -> str | None:
    if len(answers.given) > 1 and state is not State.UNDETERMINED:
        return f"{state} where {sorted(answers.given)} occur"
    if len(answers.given) == 1 and answers.is_whole and state not in answers.given:
        return f"{state} where all values give {set(answers.given)}"
    if len(answers.given) == 1 and state not in (*answers.given, State.UNDETERMINED):
        return f"{state} where some values give {set(answers.given)}"
    return None


def _margin_differs(verdict: Verdict, answers: Answers) -> str | None:
    """Say where a margin is larger in size than in some world."""
    margin = verdict.margin_households
    worlds = [abs(true) for true in answers.margins if true is not None]
    if margin is not None and worlds and abs(margin) > min(worlds):
        return f"margin {margin} where it is {min(worlds)} in some world"
    return None


# ------------------------------------------------------------ the plain loops


def tried(
    case: Case, clauses: Sequence[Clause], random: Random, as_target: bool = False, with_margins: bool = False
) -> Answers:
    """Return the answers of all worlds, of some where there is no end of them or they are too many."""
    classes = list(_class_worlds(case))
    asked = counts_asked(clauses, AS_OF)
    number = number_of_worlds(case.known, asked)
    is_whole = number is not None and number <= MOST
    endless = {(year, name): _some(random, 1 if name in WHOLES else 0) for year, name in asked}
    given: set[str] = set()
    margins = []
    for position, world in enumerate(all_worlds(case.known, asked, endless)):
        if not is_whole and position > SAMPLED:
            break
        for chosen in classes:
            applying = [clause for clause in clauses if _speaks_of(clause, chosen)]
            given.add(_answer(applying, world, as_target))
        if len(given) > 1:
            return Answers(frozenset(given), True)
        if with_margins and len(classes) == 1 and len({clause.measure for clause in applying}) == 1:
            margins.append(margin_in(applying, world, AS_OF))
    return Answers(frozenset(given), is_whole, tuple(margins))


def _some(random: Random, least: int) -> list[int]:
    """Return some of the values of a count without an end."""
    return sorted({least, least + 1, 1000, *(random.randint(least, 60) for _ in range(6))})


def _answer(clauses: Sequence[Clause], world: World, as_target: bool) -> str:
    if not clauses:
        return "no_criterion"
    if any(met(clause, world, AS_OF) for clause in clauses):
        return "met"
    if as_target and has_nothing_to_reduce(clauses[0], world, AS_OF):
        return "no_criterion"
    return "not_met"


def _class_worlds(case: Case) -> Iterator[dict[str, bool]]:
    unknown = [token for token, known in case.classes.items() if known is None]
    for chosen in product((True, False), repeat=len(unknown)):
        classes = {token: bool(known) for token, known in case.classes.items()}
        classes |= dict(zip(unknown, chosen, strict=True))
        if not (classes.get("area_1") and classes.get("area_3")):  # a commune is in one area at most
            yield classes


def _speaks_of(clause: Clause, classes: Mapping[str, bool]) -> bool:
    wanted, unwanted = clause.subject.any_of, clause.subject.none_of
    inside = not wanted or any(classes.get(token, True) for token in wanted)
    return inside and not any(classes.get(token, False) for token in unwanted)


def _applies(clause: Clause, case: Case) -> bool | None:
    answers = {_speaks_of(clause, classes) for classes in _class_worlds(case)}
    return answers.pop() if len(answers) == 1 else None


# ------------------------------------------------------------ the program


def judged(case: Case) -> Verdict:
    """Return the program's verdict."""
    (verdict,) = judge([case.series()], rulebook_of(case.clauses), _setting(case))
    return verdict


def judged_target(case: Case, clause: Clause) -> State:
    """Return the program's answer to one clause as a target."""
    target = replace(clause, kind=ClauseKind.TARGET, year_ends=(AS_OF,))
    (row,) = judge_targets([case.series()], rulebook_of((), (target,)), _setting(case))
    return row.state


def rulebook_of(clauses: tuple[Clause, ...], targets: tuple[Clause, ...] = ()) -> Rulebook:
    """Return clauses as a rule file."""
    citation = Citation("1/QĐ", "", date(2022, 1, 1))
    return Rulebook("drawn", Text("", ""), "1", citation, clauses, (), targets=targets)


def class_book(case: Case) -> ClassBook:
    """Return what is known of the unit's classes."""
    rows = [
        ClassRow(UNIT, token, known, None, None, "", "drawn.csv", 2)
        for token, known in case.classes.items()
        if known is not None
    ]
    return ClassBook({UNIT: rows}, {}, {})


def _setting(case: Case) -> Setting:
    return Setting(AS_OF, class_book(case), lambda code, listed: "49")
