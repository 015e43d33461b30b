"""How near the verdict is to changing, in households of the last year-end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thidua_cli.judge.classes.applicability import Scenario, combined
from thidua_cli.judge.clause.path import Step
from thidua_cli.judge.verdict import State


def margin_households(
    state: State,
    count: int | None,
    households: int | None,
    possible: Sequence[Scenario],
    steps: Mapping[str, Step],
) -> int | None:
    """Return the smallest change of the last year-end's count that changes a certain verdict.

    Negative: so many households fewer and it is met. Positive: so many more and it is met no longer. None where the
    verdict is not certain, the count is missing, or no change of that count alone decides (all households held).

    Every path is a step down in the count, so is every combination of them: the verdict can change only just above a
    path's limit, and only those few counts are tried.
    """
    if count is None:
        return None

    def at(other: int) -> State:
        return combined(possible, {rule: step.at(other) for rule, step in steps.items()})

    limits = {step.limit for step in steps.values() if step.limit is not None}
    if state is State.MET:
        lost = (limit + 1 for limit in sorted(limits) if limit >= count)
        within_reach = (other for other in lost if households is None or other <= households)
        return next((other - count for other in within_reach if at(other) is not State.MET), None)
    if state is State.NOT_MET:
        fewer = (limit for limit in sorted(limits, reverse=True) if 0 <= limit < count)
        return next((other - count for other in fewer if at(other) is State.MET), None)
    return None
