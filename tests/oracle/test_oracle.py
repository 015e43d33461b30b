"""The program says of gaps, bounds and unknown classes what plain loops over all possible values say."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests.oracle.cases import case
from tests.oracle.compare import Compared, compared
from thidua_cli.judge.verdict import State

CASES = 300


@pytest.fixture(scope="module")
def results() -> list[Compared]:
    return [compared(case(random), random) for random in (Random(f"suite-{number}") for number in range(CASES))]


def test_where_all_values_give_one_answer_the_program_gives_it_and_none_where_they_differ(
    results: list[Compared],
) -> None:
    assert [f"suite-{number}: {result.wrong}" for number, result in enumerate(results) if result.wrong] == []


def test_the_cases_come_to_every_answer(results: list[Compared]) -> None:
    states = Counter(result.state for result in results if result.is_whole)
    assert min(states[state] for state in (State.MET, State.NOT_MET, State.UNDETERMINED)) >= 20
