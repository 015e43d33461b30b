"""The course of rates and the fall of counts as pictures, beside their figures on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.measure.rates import RateRow, RateTable, rate_percent
from thidua_cli.model import Measure, YearFigures
from thidua_cli.present.doubts.answers import DOUBT_STYLE
from thidua_cli.present.toolkit.document import Styled
from thidua_cli.present.toolkit.pictures import PictureColumn, bar, sparkline

PICTURE_STYLE: Final = "cyan"
COURSE: Final = Text("Diễn biến", "Course")
COURSE_NOTE: Final = Text(
    "█▆▃: tỷ lệ từng cuối năm, năm cao nhất của đơn vị là cột cao nhất; chỗ trống: không có tỷ lệ so sánh được.",
    "█▆▃: the rate at each year-end, the unit's highest being the highest column; a gap: no comparable rate.",
)
_FALLEN: Final = Text("Đã giảm", "Fallen")
_FALLEN_NOTE: Final = Text(
    "███░░: phần đã giảm trong số hộ của đầu kỳ.", "███░░: what is gone of the households of the baseline."
)
_YEAR_NOTE: Final = Text(
    "███░░: tỷ lệ của năm so với năm cao nhất của đơn vị.", "███░░: the year's rate beside the unit's highest."
)
_FEWEST: Final = 2
"""One rate has no course."""


def rates_on_one_ground(years: Mapping[int, YearFigures | None], measure: Measure) -> list[Fraction | None]:
    """Return the rates, in percent, that may be seen as one course: those on the poverty line and area of the last."""
    known = [figures for figures in years.values() if figures is not None]
    if not known:
        return [None] * len(years)
    return [
        rate_percent(figures, measure) if figures is not None and figures.is_comparable_with(known[-1]) else None
        for figures in years.values()
    ]


def course_of(years: Iterable[tuple[int, YearFigures | None]], measure: Measure, *, in_doubt: bool) -> Styled:
    """Return the course of a unit's rates; nothing where fewer than two can be compared."""
    rates = rates_on_one_ground(dict(years), measure)
    if sum(rate is not None for rate in rates) < _FEWEST:
        return Styled("")
    return Styled(sparkline(rates), DOUBT_STYLE if in_doubt else PICTURE_STYLE)


def unit_pictures(table: RateTable, language: Language) -> list[PictureColumn]:
    """Return what stands beside the units, in their order."""
    courses = [_course(row, table.measure) for row in table.rows]
    return [
        PictureColumn(courses, COURSE_NOTE, COURSE.pick(language)),
        PictureColumn([_fallen(row) for row in table.rows], _FALLEN_NOTE, _FALLEN.pick(language)),
    ]


def year_pictures(row: RateRow, measure: Measure) -> list[PictureColumn]:
    """Return what stands beside a unit's years, each on a line, below a line of headings."""
    rates = rates_on_one_ground({year.year: year.figures for year in row.years}, measure)
    known = [rate for rate in rates if rate is not None]
    if len(known) < _FEWEST or not max(known):
        return []
    shares = [None if rate is None else rate / max(known) for rate in rates]
    bars = [Styled("" if share is None else bar(share, whole=share == 1), PICTURE_STYLE) for share in shares]
    return [PictureColumn([Styled(""), *bars], _YEAR_NOTE)]


def _course(row: RateRow, measure: Measure) -> Styled:
    return course_of(((year.year, year.figures) for year in row.years), measure, in_doubt=bool(row.doubts))


def _fallen(row: RateRow) -> Styled:
    """Return how much of the count of the baseline is gone; nothing where it is not known, or rose."""
    fall = row.fall_percent_total
    if fall is None or fall < 0:
        return Styled("")
    return Styled(bar(fall / 100, whole=fall == 100), DOUBT_STYLE if row.doubts else PICTURE_STYLE)
