from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_cli.judge.logic import all_of, any_of
from thidua_cli.judge.verdict import State

TRUE, MAYBE, FALSE = State.MET, State.UNDETERMINED, State.NOT_MET
RANK = {FALSE: 0, MAYBE: 1, TRUE: 2}

truth = st.sampled_from([TRUE, MAYBE, FALSE])
truths = st.lists(truth, max_size=5)


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (TRUE, TRUE, TRUE, TRUE),
        (TRUE, MAYBE, MAYBE, TRUE),
        (TRUE, FALSE, FALSE, TRUE),
        (MAYBE, MAYBE, MAYBE, MAYBE),
        (MAYBE, FALSE, FALSE, MAYBE),
        (FALSE, FALSE, FALSE, FALSE),
    ],
)
def test_the_truth_tables_are_kleenes(one: State, other: State, both: State, either: State) -> None:
    assert all_of([one, other]) is all_of([other, one]) is both
    assert any_of([one, other]) is any_of([other, one]) is either


def test_of_nothing_all_holds_and_none_does() -> None:
    assert all_of([]) is TRUE
    assert any_of([]) is FALSE


@given(truths)
def test_and_is_the_least_and_or_the_greatest_truth(states: list[State]) -> None:
    assert all_of(states) is min(states, key=RANK.__getitem__, default=TRUE)
    assert any_of(states) is max(states, key=RANK.__getitem__, default=FALSE)


@given(truths, truths)
def test_a_known_answer_never_changes_when_a_missing_one_becomes_known(
    states: list[State], answers: list[State]
) -> None:
    known = [answers.pop() if state is MAYBE and answers else state for state in states]

    for combine in (all_of, any_of):
        if combine(states) is not MAYBE:
            assert combine(known) is combine(states)


@pytest.mark.parametrize("combine", [all_of, any_of])
def test_no_criterion_is_not_a_truth_value(combine: object) -> None:
    assert callable(combine)
    with pytest.raises(ValueError, match="no_criterion"):
        combine([TRUE, State.NO_CRITERION])
