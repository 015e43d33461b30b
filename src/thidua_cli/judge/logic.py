"""Kleene's three-valued logic over `State`: what is known decides as far as it can, and no further.

    all_of     met      undet.   not met        any_of     met   undet.  not met
    met        met      undet.   not met        met        met   met     met
    undet.     undet.   undet.   not met        undet.     met   undet.  undet.
    not met    not met  not met  not met        not met    met   undet.  not met

One year that is known to fail settles a clause, whatever a missing year was; one clause met settles a criterion.
"""

from __future__ import annotations

from collections.abc import Iterable

from thidua_cli.judge.verdict import State


def all_of(states: Iterable[State]) -> State:
    """Return the conjunction; of nothing it is met.

    >>> all_of([State.MET, State.UNDETERMINED, State.NOT_MET]).value
    'not_met'
    """
    return _first_of((State.NOT_MET, State.UNDETERMINED), states, otherwise=State.MET)


def any_of(states: Iterable[State]) -> State:
    """Return the disjunction; of nothing it is not met.

    >>> any_of([State.MET, State.UNDETERMINED, State.NOT_MET]).value
    'met'
    """
    return _first_of((State.MET, State.UNDETERMINED), states, otherwise=State.NOT_MET)


def _first_of(order: tuple[State, State], states: Iterable[State], otherwise: State) -> State:
    present = set(states)
    if State.NO_CRITERION in present:
        raise ValueError("no_criterion is not a truth value: leave such clauses out")
    return next((state for state in order if state in present), otherwise)
