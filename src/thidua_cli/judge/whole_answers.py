"""What a clause answers where all figures are known counts: its numbers now, its words when they are read."""

from __future__ import annotations

from thidua_cli.judge.clause.figures import LateFigures
from thidua_cli.judge.clause.threshold import position_of
from thidua_cli.judge.clause.whole_counts import CountedClause, WholeCounts
from thidua_cli.judge.logic import all_of
from thidua_cli.judge.verdict import ClauseAnswer
from thidua_cli.judge.words import division
from thidua_cli.judge.words.clause import note_of, reason_by_values
from thidua_cli.language import LateText
from thidua_cli.model import Series, Status
from thidua_cli.rulebook.schema import MEANS


def whole_answer(
    counted: CountedClause, series: Series, counts: WholeCounts, applies: bool | None = True
) -> ClauseAnswer | None:
    """Return what `judge_clause` and `written` return together; None where they are to be asked."""
    clause, years = counted.clause, counted.taken.years
    if counted.is_relative and clause.test in MEANS:
        return None  # what the earlier years leave to the last one is a sum of fractions
    ratios = counted.values(counts)
    if ratios is None:
        return None
    values = counted.written_values(ratios)
    state = all_of([value.state for value in values])
    rounded = counted.rounded_answer(counts, ratios, state)
    divided = division.told(series, years) if counts.has_presumed else division.NOTHING_DIVIDED
    return ClauseAnswer(
        clause,
        state,
        values,
        counted.years,
        LateFigures(series, years, clause),
        counted.limit(counts, ratios),
        position_of(clause, values),
        rounded,
        False,
        applies,
        LateText(reason_by_values, clause, state, values, counted.years),
        note_of(state, rounded, divided),
        tuple([year for year in years if counts.figures[year].status is Status.PRELIMINARY]),
    )
