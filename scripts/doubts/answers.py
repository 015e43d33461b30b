"""What the program answers about files: every verdict and every target, by unit, with its margin."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple, TypeVar
from unittest.mock import patch

from thidua_cli import pipeline
from thidua_cli.errors import ThiduaError
from thidua_cli.findings import Finding, Severity
from thidua_cli.inputs import Inputs
from thidua_cli.judge.setting import setting_of
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.targets import judge_targets
from thidua_cli.judge.verdict import State, Verdict
from thidua_cli.judge.verdicts import judge
from thidua_cli.model import Level, Series
from thidua_cli.normalise.files_read import FilesRead

Given = TypeVar("Given")


class Question(NamedTuple):
    """What an answer is asked of."""

    rules: str
    clause: str
    """Id of a target; empty for the verdict on a unit."""
    unit_code: str
    year: int


class Answer(NamedTuple):
    """What was answered."""

    state: State
    margin: int | None = None

    @property
    def is_certain(self) -> bool:
        """Say whether the row gives an answer, "no criterion" included."""
        return self.state is not State.UNDETERMINED


Answers = dict[Question, Answer]


@contextmanager
def measured_once() -> Iterator[None]:
    """Let all commands that are asked about one reading share what each would measure and doubt alike on its own."""
    measured, doubted = _remembered(pipeline.measure), _remembered(pipeline.disputed)
    with patch.object(pipeline, "measure", measured), patch.object(pipeline, "disputed", doubted):
        yield


def _remembered(function: Callable[..., Given]) -> Callable[..., Given]:
    kept: dict[int, tuple[object, Given]] = {}

    def remembered(reading: FilesRead, *rest: object) -> Given:
        if id(reading) not in kept:
            kept[id(reading)] = (reading, function(reading, *rest))  # held, so that its id stays its own
        return kept[id(reading)][1]

    return remembered


@dataclass(frozen=True, slots=True)
class Asked:
    """One command with one rule file."""

    inputs: Inputs
    for_targets: bool


def asked(inputs: Sequence[Inputs], levels: Collection[Level]) -> list[Asked]:
    """Return the commands that have something to say of units of these levels."""
    result = []
    for given in inputs:
        book = given.rulebook
        result += [Asked(given, False)] if any(clause.subject.level in levels for clause in book.clauses) else []
        result += [Asked(given, True)] if any(target.subject.level in levels for target in book.targets) else []
    return result


def answers(reading: FilesRead, findings: Sequence[Finding], commands: Iterable[Asked], as_of: int) -> Answers:
    """Return all answers of the commands `eligible` and `targets`; of files without figures there are none."""
    return dict(pair for command in commands for pair in _answers(reading, findings, command, as_of))


def _answers(
    reading: FilesRead, findings: Sequence[Finding], command: Asked, as_of: int
) -> Iterator[tuple[Question, Answer]]:
    inputs = command.inputs
    try:
        if command.for_targets:
            for target in pipeline.targets(reading, inputs, as_of, findings=findings).rows:
                yield _of_target(inputs.rulebook.id, target)
        else:
            for verdict in pipeline.eligible(reading, inputs, as_of, findings=findings).verdicts:
                yield _of_verdict(inputs.rulebook.id, verdict, as_of)
    except ThiduaError:  # the command refuses, and answers nothing
        return


def undoubted(series: Sequence[Series], commands: Iterable[Asked], as_of: int, units: Collection[str]) -> Answers:
    """Return the answers for some units by the figures as they stand, whatever was found."""
    result = Answers()
    for command in commands:
        inputs, book = command.inputs, command.inputs.rulebook
        try:
            brought, boundaries = pipeline.rebase(series, inputs.boundaries, as_of)
        except ThiduaError:
            continue
        setting = setting_of(brought, as_of, inputs.classes, boundaries.day)
        if not command.for_targets:
            wanted = [unit for unit in brought if unit.unit_code in units]
            result |= (_of_verdict(book.id, row, as_of) for row in judge(wanted, book, setting))
            continue
        together = any(target.subject.together for target in book.targets)
        wanted = [unit for unit in brought if together or unit.unit_code in units]
        result |= (_of_target(book.id, row) for row in judge_targets(wanted, book, setting))
    return result


def _of_verdict(rules: str, verdict: Verdict, as_of: int) -> tuple[Question, Answer]:
    return Question(rules, "", verdict.unit_code, as_of), Answer(verdict.state, verdict.margin_households)


def _of_target(rules: str, target: TargetVerdict) -> tuple[Question, Answer]:
    question = Question(rules, target.clause.id, target.unit_code, target.year)
    return question, Answer(target.state, target.margin_households)


def noticed(findings: Sequence[Finding]) -> list[Finding]:
    """Return the errors and the warnings: of clean files there is none."""
    return [finding for finding in findings if finding.severity is not Severity.NOTE]
