"""What a clause answers where all figures are known counts: its numbers now, its words when they are read."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_cli.judge.clause.figures import LateFigures
from thidua_cli.judge.clause.threshold import position_of
from thidua_cli.judge.clause.whole_counts import STATE_BY_PASSING, CountedClause, WholeCounts
from thidua_cli.judge.verdict import ClauseAnswer
from thidua_cli.judge.words import division
from thidua_cli.judge.words.clause import note_of, reason_by_values
from thidua_cli.language import LateSentence
from thidua_cli.model import Series, Status


def whole_answer(
    counted: CountedClause, series: Series, counts: WholeCounts, applies: bool | None = True
) -> tuple[ClauseAnswer, bool] | None:
    """Return what `judge_clause` and `written` return together, and whether no rounding could change it.

    None where they are to be asked.
    """
    clause, years = counted.clause, counted.taken.years
    if counted.is_relative and counted.is_mean:
        return None  # what the earlier years leave to the last one is a sum of fractions
    ratios = counted.values(counts)
    if ratios is None:
        return None
    passed = [*map(counted.passes, ratios)]
    values = counted.written_values(ratios, passed)
    state = STATE_BY_PASSING[all(passed)]
    is_far = counted.are_far(ratios)
    rounded = counted.rounded_answer(counts, ratios, state, is_far)
    divided = division.told(series, years) if counts.has_presumed else division.NOTHING_DIVIDED
    answer = ClauseAnswer(
        clause,
        state,
        values,
        counted.years,
        LateFigures(series, years, clause),
        counted.limit(counts, STATE_BY_PASSING[all(passed[:-1])]),
        position_of(clause, values),
        rounded,
        False,
        applies,
        LateSentence(reason_by_values, clause, state, values, counted.years),
        note_of(state, rounded, divided),
        _preliminary(counts, years) if counts.has_preliminary else (),
    )
    return answer, is_far


def _preliminary(counts: WholeCounts, years: Sequence[int]) -> tuple[int, ...]:
    return tuple([year for year in years if counts.figures[year].status is Status.PRELIMINARY])
