"""What of an answer a formula over counts can say, and what needs words: ranges, gaps, doubts, readings, persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thidua_cli.judge.clause.figures import Figure
from thidua_cli.judge.verdict import ClauseAnswer, Completeness, State, Verdict
from thidua_cli.model import Series
from thidua_cli.present.verdicts.figures import doubts_of
from thidua_cli.rulebook.schema import TEST_FORM


def rests_on_counts(answer: ClauseAnswer, series: Series, years: Sequence[int]) -> bool:
    """Say whether the figures of these year-ends are counts that stand in the workbook, known exactly."""
    looked_at: Mapping[int, object] = {figure.year: figure for figure in answer.figures}
    return all(
        isinstance(figure := looked_at.get(year), Figure)
        and figure.value.exact is not None
        and _has_counts(answer, series, year)
        for year in years
    )


def _has_counts(answer: ClauseAnswer, series: Series, year: int) -> bool:
    figures, measure = series.years.get(year), answer.clause.measure
    if figures is None or figures.divided or figures.numerator(measure) is None:
        return False
    return not TEST_FORM[answer.clause.test].of_rates or bool(figures.denominator(measure))


def is_live(answer: ClauseAnswer, series: Series, verdict: Verdict) -> bool:
    """Say whether a clause is decided by counts alone, as they stand: then its mark is a formula.

    A clause that rounds first is a reading, and rests on text.
    """
    decided = answer.state in (State.MET, State.NOT_MET) and answer.clause.rounded_to is None
    if not decided or not answer.figures or doubts_of(answer, verdict.doubts):
        return False
    return rests_on_counts(answer, series, answer.years_used)


def follows_from_clauses(verdict: Verdict) -> bool:
    """Say whether the answer of a unit is that of its clauses alone: any of them that is met suffices."""
    return (
        verdict.state in (State.MET, State.NOT_MET)
        and bool(verdict.clauses)
        and all(answer.applies for answer in verdict.clauses)
        and not verdict.other_readings
        and not verdict.doubts
        and verdict.completeness is not Completeness.REFUSED
    )
