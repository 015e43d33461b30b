"""How near a certain verdict is to changing, in households of the last year-end.

This is the one place that says what a margin is. It is the number that the words print, in every format:

    met, 12        12 more households and it still is met, with 13 it is not: 12 to spare ("còn dư 12 hộ")
    met, 0         none to spare: one more and it is not met any more
    not met, -12   with 12 households fewer it is met, with 11 it is not: 12 are still missing ("cần giảm thêm 12 hộ")

So the sign tells the two apart: spare is never below 0, missing never above -1. All other figures are held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thidua_cli.judge.classes.scenarios import Scenario, combined
from thidua_cli.judge.clause.figures import known_count
from thidua_cli.judge.verdict import ClauseAnswer, CountLimit, State
from thidua_cli.model import Series


def margin_households(
    state: State,
    count: int | None,
    households: int | None,
    possible: Sequence[Scenario],
    limits: Mapping[str, CountLimit],
) -> int | None:
    """Return the households to spare of a met verdict, and those still missing of another, as a negative number.

    None where the verdict is not certain, the count is missing, or no change of that count alone decides (all
    households held).

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
        return next((changed - 1 - count for changed in within_reach if state_at(changed) is not State.MET), None)
    if state is State.NOT_MET:
        fewer = (step for step in reversed(steps) if 0 <= step < count)
        return next((changed - count for changed in fewer if state_at(changed) is State.MET), None)
    return None


def margin_of_clause(answer: ClauseAnswer, series: Series, year: int) -> int | None:
    """Return the margin of one clause by itself; None where its count is not known exactly, or decides nothing."""
    clause, limit = answer.clause, answer.limit
    if limit is None or limit.limit is None or answer.divided:
        return None
    count = known_count(series, year, clause)
    if count is None:
        return None
    households = series.years[year].denominator(clause.measure)
    return margin_households(answer.state, count, households, [Scenario({}, (clause,))], {clause.id: limit})
