"""How much of the fall asked for is reached, and the course of the rates, as pictures beside verdicts on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

from thidua_cli.judge.verdict import ClauseAnswer, State, Verdict
from thidua_cli.language import Language, Text
from thidua_cli.model import Measure, Series
from thidua_cli.present.doubts.answers import DOUBT_STYLE, reliance_of
from thidua_cli.present.rates.pictures import COURSE, COURSE_NOTE, PICTURE_STYLE, course_of
from thidua_cli.present.toolkit.document import Styled
from thidua_cli.present.toolkit.pictures import PictureColumn, bar
from thidua_cli.results import EligibleResult
from thidua_cli.rulebook.schema import Comparison

_REACHED: Final = Text("Mức đạt", "Reached")
_REACHED_NOTE: Final = Text(
    "███░░: phần đã đạt của mức giảm yêu cầu; nhiều năm thì là năm thấp nhất; đầy là đạt.",
    "███░░: how much of the fall asked for is reached, of several years in the least of them; full is met.",
)
_FALLS: Final = (Comparison.AT_LEAST, Comparison.MORE_THAN)


def verdict_pictures(result: EligibleResult, language: Language) -> list[PictureColumn]:
    """Return what stands beside the units, in their order."""
    series = _by_code(result.series)
    return [
        PictureColumn(
            [_course(verdict, series, result.as_of) for verdict in result.verdicts], COURSE_NOTE, COURSE.pick(language)
        ),
        PictureColumn([_reached(verdict) for verdict in result.verdicts], _REACHED_NOTE, _REACHED.pick(language)),
    ]


def reached_share(verdict: Verdict) -> Fraction | None:
    """Return how much of the fall that is asked for is reached: 1 where met, else that of the clause that is nearest.

    None where nothing is certain, or no fall is asked for.
    """
    if verdict.state is State.MET:
        return Fraction(1)
    if verdict.state is not State.NOT_MET:
        return None
    shares = [share for answer in verdict.clauses if (share := _share(answer)) is not None]
    return max(shares, default=None)


def _share(answer: ClauseAnswer) -> Fraction | None:
    values = [value.value for value in answer.values]
    known = [value for value in values if value is not None]
    threshold = Fraction(answer.clause.threshold)
    if len(known) < len(values) or not known or answer.clause.comparison not in _FALLS or threshold <= 0:
        return None
    return max(Fraction(0), min(Fraction(1), min(known) / threshold))


def _reached(verdict: Verdict) -> Styled:
    share = reached_share(verdict)
    if share is None:
        return Styled("")
    doubted = reliance_of(verdict.state, verdict.doubts).is_doubted
    return Styled(bar(share, whole=verdict.state is State.MET), DOUBT_STYLE if doubted else PICTURE_STYLE)


def _course(verdict: Verdict, series: Mapping[str, Series], as_of: int) -> Styled:
    unit = series.get(verdict.unit_code)
    if unit is None:
        return Styled("")
    measures = [answer.clause.measure for answer in verdict.clauses] or [Measure.MULTIDIMENSIONAL]
    judged = [year for year in unit.years if year <= as_of]
    years = range(min(judged, default=as_of), as_of + 1)
    figures = ((year, unit.years.get(year)) for year in years)
    return course_of(figures, measures[0], in_doubt=bool(verdict.doubts))


def _by_code(series: Iterable[Series]) -> dict[str, Series]:
    return {unit.unit_code: unit for unit in series if not unit.line_beside}
