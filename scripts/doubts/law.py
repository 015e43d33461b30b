"""The law: where the check says anything about a spoilt figure, no certain answer differs from the clean files'.

python -m doubts --again "district_printed/blank/3"
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from doubts.answers import Answer, Answers, Question, answers, asked, measured_once, noticed, undoubted
from doubts.sets import CleanSet
from doubts.spoilings import Places, Spoiling
from doubts.worlds import Worlds
from thidua_cli import pipeline
from thidua_cli.findings import Finding
from thidua_cli.judge.verdict import State
from thidua_cli.model import Series
from thidua_cli.normalise.files_read import FilesRead

WRONG, UNDETERMINED, RIGHT, NEEDLESS = (
    "certain and wrong",
    "undetermined",
    "certain and right",
    "needlessly undetermined",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one spoiling."""

    spoiling: Spoiling
    noticed: tuple[Finding, ...]
    """Errors and warnings; none where nobody noticed."""
    verdicts: Counter[str]
    """WRONG, UNDETERMINED (needlessly or not), RIGHT, NEEDLESS → answers."""
    wrong: tuple[str, ...] = ()
    """The answers that are certain and wrong, in words."""
    needless: tuple[str, ...] = ()
    is_broken: bool = False
    """The program ended with a defect."""

    @property
    def is_noticed(self) -> bool:
        """Say whether the law speaks of it."""
        return bool(self.noticed) or self.is_broken


@dataclass
class Court:
    """One clean set on disk, its answers, and the judge of its spoilings."""

    name: str
    """Name of the set among `MAKERS`."""
    clean: CleanSet
    folder: Path
    places: Places = field(init=False)
    truth: Answers = field(init=False)
    findings: list[Finding] = field(init=False)

    def __post_init__(self) -> None:
        for book in self.clean.books:
            book.write(self.files)
        reading, self.findings = self._read()
        self.commands = asked(self.clean.inputs(self.folder), {*reading.observations.level})
        self.places = Places(self.name, reading, self.clean)
        self.truth = answers(reading, self.findings, self.commands, self.clean.as_of)

    @property
    def files(self) -> Path:
        """The folder of the files, nothing else in it."""
        return self.folder / "files"

    def _read(self) -> tuple[FilesRead, list[Finding]]:
        reading = pipeline.read([str(self.files)])
        return reading, pipeline.check(reading)

    @cached_property
    def parents(self) -> dict[str, str]:
        """Unit → the unit above it, as read."""
        table = self.places.reading.observations
        return dict(zip(table.unit_code, table.parent_code, strict=True))

    def outcome(self, spoiling: Spoiling, wrong_only: bool = False) -> Outcome:
        """Read and judge the spoilt files, and hold every answer against the true one.

        With `wrong_only` nobody asks whether an open answer is open for nothing, which takes the most time.
        """
        with measured_once():
            return self._outcome(spoiling, wrong_only)

    def _outcome(self, spoiling: Spoiling, wrong_only: bool) -> Outcome:
        spoiling.book.write(self.files)
        try:
            reading, findings = self._read()
            given = answers(reading, findings, self.commands, self.clean.as_of)
        except Exception as error:  # a defect: told like any other failure, and the run goes on
            return _broken(spoiling, error)
        finally:
            self.places.book(spoiling.book.name).write(self.files)
        told = tuple(noticed(findings))
        wrong = [question for question in given if is_wrong(self.truth.get(question), given[question])]
        open_ones = [
            question
            for question, answer in self.truth.items()
            if answer.is_certain and not given.get(question, Answer(State.UNDETERMINED)).is_certain
        ]
        needless = (
            self._needless(spoiling, reading, findings, open_ones) if told and open_ones and not wrong_only else []
        )
        right = sum(answer.is_certain for answer in given.values()) - len(wrong)
        verdicts = Counter({WRONG: len(wrong), UNDETERMINED: len(open_ones), RIGHT: right, NEEDLESS: len(needless)})
        return Outcome(
            spoiling,
            told,
            verdicts,
            tuple(
                f"{_named(question)}: {_shown(self.truth.get(question))} → {_shown(given[question])}"
                for question in wrong
            ),
            tuple(map(_named, needless)),
        )

    def _needless(
        self, spoiling: Spoiling, reading: FilesRead, findings: Sequence[Finding], open_ones: Sequence[Question]
    ) -> list[Question]:
        """Return those of the open questions that every possible world answers alike."""
        touched = self._with_parents(spoiling.units)
        left = {question for question in open_ones if question.unit_code not in touched}
        if not left:
            return []
        states: dict[Question, set[State]] = {question: set() for question in left}
        worlds = Worlds(reading, findings)
        self._collect(worlds.series, states)

        def undecided() -> set[Question]:
            return {question for question in left if len(states[question]) < 2}

        def matters(units: frozenset[str]) -> bool:
            return bool(self.clean.shares) or any(question.unit_code in units for question in undecided())

        for world in worlds.possible(matters):
            if not undecided():
                break
            self._collect(worlds.series_of(world), states)
        return sorted(question for question in left if len(states[question]) == 1)

    def _collect(self, series: Sequence[Series], states: dict[Question, set[State]]) -> None:
        units = {question.unit_code for question in states}
        # without findings: the figures of the world, as if nobody doubted them
        for question, answer in undoubted(series, self.commands, self.clean.as_of, units).items():
            if question in states and answer.is_certain:
                states[question].add(answer.state)

    def _with_parents(self, units: frozenset[str]) -> set[str]:
        """Return units and all above them."""
        result, left = set(units), list(units)
        while left:
            above = self.parents.get(left.pop(), "")
            if above and above not in result:
                result.add(above)
                left.append(above)
        return result | {"VN"} if units else result


def _broken(spoiling: Spoiling, error: Exception) -> Outcome:
    """Return the outcome where the program broke down: as bad as a wrong answer."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    told = f"broke down: {error!r} in {Path(frame.filename).name}:{frame.lineno}"
    return Outcome(spoiling, (), Counter({WRONG: 1}), (told,), is_broken=True)


def is_wrong(true: Answer | None, given: Answer) -> bool:
    """Say whether an answer is printed as certain and is another than the true one, or its margin is too large."""
    if not given.is_certain:
        return False
    if true is None:
        return given.state in (State.MET, State.NOT_MET)
    if given.state is not true.state:
        return True
    return given.margin is not None and true.margin is not None and abs(given.margin) > abs(true.margin)


def _named(question: Question) -> str:
    clause = f" {question.clause}" if question.clause else ""
    return f"{question.rules}{clause} {question.unit_code} {question.year}"


def _shown(answer: Answer | None) -> str:
    return "no answer" if answer is None else f"{answer.state} {'' if answer.margin is None else answer.margin}".strip()
