"""How near the verdict is to changing, in households of the last year-end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thidua_cli.judge.classes.scenarios import Scenario, combined
from thidua_cli.judge.verdict import CountLimit, State


def margin_households(
    state: State,
    count: int | None,
    households: int | None,
    possible: Sequence[Scenario],
    limits: Mapping[str, CountLimit],
) -> int | None:
    """Return the smallest change of the last year-end's count that changes a certain verdict.

    Negative: so many households fewer and it is met. Positive: so many more and it is met no longer. None where the
    verdict is not certain, the count is missing, or no change of that count alone decides (all households held).

    Every clause is a step down in the count, so is every combination of them: the verdict can change only just above
    the limit of a clause, and only those few counts are tried.
    """
    if count is None:
        return None

    def state_at(changed: int) -> State:
        return combined(possible, {clause_id: limit.at(changed) for clause_id, limit in limits.items()})

    steps = sorted({limit.limit for limit in limits.values() if limit.limit is not None})
    if state is State.MET:
        lost = (step + 1 for step in steps if step >= count)
        # No unit has more poor households than households: a verdict that only such a count would lose is not lost.
        within_reach = (changed for changed in lost if households is None or changed <= households)
        return next((changed - count for changed in within_reach if state_at(changed) is not State.MET), None)
    if state is State.NOT_MET:
        fewer = (step for step in reversed(steps) if 0 <= step < count)
        return next((changed - count for changed in fewer if state_at(changed) is State.MET), None)
    return None
