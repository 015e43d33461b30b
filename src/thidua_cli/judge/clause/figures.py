"""The figures a rule may look at: a count or a rate of one year-end, exact or as a range, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from thidua_cli.judge.clause.span import Span
from thidua_cli.language import Text
from thidua_cli.model import Measure, Series, Status, YearFigures
from thidua_cli.rulebook.schema import TEST_FORM, Rule

_SHOWN_CHILDREN: Final = 5
"""A roll-up names at most so many missing children in a sentence."""

COUNT_TEXT: Final = {
    "households": Text("tổng số hộ", "all households"),
    "poor_households": Text("số hộ nghèo", "poor households"),
    "near_poor_households": Text("số hộ cận nghèo", "near-poor households"),
    "minority_households": Text("số hộ dân tộc thiểu số", "minority households"),
    "minority_poor_households": Text("số hộ nghèo dân tộc thiểu số", "poor minority households"),
    "merit_poor_households": Text("số hộ nghèo có người có công", "poor households with a person of merit"),
    "poor_relapsed": Text("số hộ tái nghèo", "households that fell back"),
}

MEASURE_COUNT_TEXT: Final = {
    Measure.MULTIDIMENSIONAL: Text("số hộ nghèo và hộ cận nghèo", "poor and near-poor households"),
    Measure.POOR: Text("số hộ nghèo", "poor households"),
    Measure.NEAR_POOR: Text("số hộ cận nghèo", "near-poor households"),
    Measure.MINORITY_POOR: Text("số hộ nghèo dân tộc thiểu số", "poor minority households"),
    Measure.MERIT_POOR: Text("số hộ nghèo có người có công", "poor households with a person of merit"),
    Measure.RELAPSED: Text("số hộ tái nghèo", "households that fell back"),
}

MEASURE_RATE_TEXT: Final = {
    Measure.MULTIDIMENSIONAL: Text("tỷ lệ nghèo đa chiều", "the multidimensional rate"),
    Measure.POOR: Text("tỷ lệ hộ nghèo", "the poor rate"),
    Measure.NEAR_POOR: Text("tỷ lệ hộ cận nghèo", "the near-poor rate"),
    Measure.MINORITY_POOR: Text("tỷ lệ hộ nghèo dân tộc thiểu số", "the poor rate of minority households"),
    Measure.MERIT_POOR: Text("tỷ lệ hộ nghèo có người có công", "the share of poor households with a person of merit"),
    Measure.RELAPSED: Text("tỷ lệ hộ tái nghèo", "the share of households that fell back"),
}


class Missing(NamedTuple):
    """A figure that cannot be used, and why."""

    reason: Text


class Figure(NamedTuple):
    """A count or a rate with what it was taken from."""

    value: Span
    """Households, or percent of them."""
    households: int | None
    """The denominator of a rate; None of a count, and where it is known as a range only."""


def figures_at(series: Series, years: Sequence[int], rule: Rule) -> list[Figure | Missing]:
    """Return the rates or counts the rule looks at, one per year-end, or why they cannot be used.

    Where a rule takes several poverty lines, all figures must stand on that of the last year-end.
    """
    wanted = line_of(series, years, rule)
    take = rate_at if TEST_FORM[rule.test].of_rates else _count_figure
    return [take(series, year, rule, wanted) for year in years]


def known_count(series: Series, year: int, rule: Rule) -> int | None:
    """Return the count of the rule's measure at a year-end, None where it is missing or a range."""
    count = count_at(series, year, rule, line_of(series, (year,), rule))
    return None if isinstance(count, Missing) or count.exact is None else int(count.exact)


def line_of(series: Series, years: Sequence[int], rule: Rule) -> str:
    """Return the one poverty line of the window: that of its last figures, if the rule takes it."""
    lines = [figures.poverty_line for year in reversed(years) if (figures := series.years.get(year)) is not None]
    allowed = (rule.poverty_line, *rule.other_lines)
    return next((line for line in lines if line in allowed), rule.poverty_line)


def _count_figure(series: Series, year: int, rule: Rule, line: str) -> Figure | Missing:
    count = count_at(series, year, rule, line)
    return count if isinstance(count, Missing) else Figure(count, None)


def count_at(series: Series, year: int, rule: Rule, line: str | None = None) -> Span | Missing:
    """Return the count of the rule's measure at a year-end, in households, or why it cannot be used.

    Of a unit that divided its households, between none and all of the count may belong to this one.
    """
    figures = series.years.get(year)
    unusable = _unusable(figures, year, line or rule.poverty_line)
    if figures is None or unusable is not None:
        return unusable or _nothing_for(year)
    bounds = _sum_bounds(figures, rule.measure.parts)
    return _without(figures, rule.measure.parts) if bounds is None else bounds.span


def rate_at(series: Series, year: int, rule: Rule, line: str | None = None) -> Figure | Missing:
    """Return the rate of the rule's measure at a year-end, in percent, or why it cannot be taken.

    Of a unit that divided its households, each poor and each other household may have gone either way: the rate is
    least with all the others and none of the poor, and greatest with all the poor and none of the others.
    """
    figures = series.years.get(year)
    unusable = _unusable(figures, year, line or rule.poverty_line)
    if figures is None or unusable is not None:
        return unusable or _nothing_for(year)
    count, households = _sum_bounds(figures, rule.measure.parts), _bounds(figures, rule.measure.whole)
    if count is None or households is None:
        printed = figures.printed_rate(rule.measure)
        if printed is not None:
            return Figure(_as_read(rule, Span(*printed)), None)
        return _without(figures, rule.measure.parts if count is None else (rule.measure.whole,))
    if households.high == 0:
        whole = COUNT_TEXT[rule.measure.whole]
        text = Text(
            "cuối năm {year} {whole} bằng 0 nên không có tỷ lệ", "no rate at the end of {year}: {whole} are zero"
        )
        return Missing(text.fill(year=str(year), whole=whole))
    if households.low < households.high or count.low < count.high:
        return Figure(_as_read(rule, _rate_range(count.span, households)), None)
    percent = Fraction(100 * count.low, households.low)
    return Figure(_as_read(rule, Span(percent, percent)), households.low)


def known_by_rate_only(series: Series, years: Sequence[int], measure: Measure) -> tuple[int, ...]:
    """Return those of `years` of which only a printed rate of the measure is known."""
    held = ((year, series.years.get(year)) for year in years)
    return tuple(year for year, figures in held if figures is not None and figures.printed_rate(measure) is not None)


def _as_read(rule: Rule, percent: Span) -> Span:
    """Return the rate as the rule reads it: unrounded, or rounded first."""
    return percent if rule.rounded_to is None else percent.rounded(rule.rounded_to)


def _rate_range(count: Span, households: _Bounds) -> Span:
    """Return all rates that shares of a divided unit may lead to; some household is taken to belong to the unit."""
    others = (households.high - households.low) - (count.high - count.low)
    most_others, most_poor = households.low + others, households.high - others
    if others < 0:  # more poor than households in the divided unit: an error of the figures, not a narrower range
        most_others, most_poor = Fraction(households.high), Fraction(households.low)
    low = count.low / most_others if most_others else Fraction(1)
    high = count.high / most_poor if most_poor else Fraction(0)
    return Span(100 * low, 100 * high)


class _Bounds(NamedTuple):
    """What one count, or a sum of counts, may be."""

    low: int
    high: int

    @property
    def span(self) -> Span:
        """The same as fractions."""
        low = Fraction(self.low)
        return Span(low, low if self.high == self.low else Fraction(self.high))


def _sum_bounds(figures: YearFigures, names: Sequence[str]) -> _Bounds | None:
    """Return what the sum of several counts may be; None where one is missing."""
    low = high = 0
    for name in names:
        bounds = _bounds(figures, name)
        if bounds is None:
            return None
        low, high = low + bounds.low, high + bounds.high
    return _Bounds(low, high)


def _bounds(figures: YearFigures, name: str) -> _Bounds | None:
    """Return what one count may be; None where it is missing in the unit itself or in one that was divided."""
    if not figures.divided:
        count = figures.counts.get(name)
        return None if count is None else _Bounds(count, count)
    placed = figures.placed.get(name, None if figures.merged or figures.given else 0)
    parts = [part.counts.get(name) for part in figures.divided]
    known = [count for count in parts if count is not None]
    if placed is None or len(known) < len(parts):
        return None
    return _Bounds(placed, placed + sum(known))


def preliminary_years(series: Series, years: tuple[int, ...]) -> tuple[int, ...]:
    """Return those of `years` whose figures are not approved yet."""
    known = ((year, series.years.get(year)) for year in years)
    used = (
        (year, figures)
        for year, figures in known
        if figures and (figures.counts or figures.divided or figures.printed_rates)
    )
    return tuple(year for year, figures in used if figures.status is Status.PRELIMINARY)


def _unusable(figures: YearFigures | None, year: int, line: str) -> Missing | None:
    if figures is None:
        return _nothing_for(year)
    if figures.conflicting:
        text = Text("cuối năm {year} có hai số liệu khác nhau", "two figures for the end of {year} disagree")
        return Missing(text.fill(year=str(year)))
    if figures.superseded_on is not None:
        text = Text(
            "số liệu cuối năm {year} theo địa giới trước ngày {day}, chưa quy được về địa giới của năm xét",
            "the figures for the end of {year} stand on the boundaries before {day} not on those of the judged year",
        )
        return Missing(text.fill(year=str(year), day=f"{figures.superseded_on:%d/%m/%Y}"))
    if figures.formed_on is not None:
        text = Text(
            "số liệu cuối năm {year} theo địa giới từ ngày {day}, không chia ngược về địa giới đang xét được",
            "the figures for the end of {year} stand on the boundaries since {day} and cannot be taken back",
        )
        return Missing(text.fill(year=str(year), day=f"{figures.formed_on:%d/%m/%Y}"))
    if figures.missing_children:
        return _incomplete(figures)
    if figures.poverty_line != line:
        text = Text(
            "số liệu cuối năm {year} theo chuẩn nghèo {found}, không phải {wanted}",
            "the figures for the end of {year} stand on the poverty line {found}, not {wanted}",
        )
        found = figures.poverty_line or Text("không rõ", "unknown")
        return Missing(text.fill(year=str(year), found=found, wanted=line))
    return None


def _nothing_for(year: int) -> Missing:
    return Missing(Text("thiếu số liệu cuối năm {year}", "no figures for the end of {year}").fill(year=str(year)))


def _incomplete(figures: YearFigures) -> Missing:
    by_rate = {part.unit_code: part for part in figures.known_by_rate}
    lacking = [code for code in figures.missing_children if code not in by_rate]
    reasons: list[Text] = []
    if lacking:
        text = Text(
            "số tổng hợp cuối năm {year} thiếu đơn vị {listed}",
            "the roll-up for the end of {year} lacks the units {listed}",
        )
        reasons.append(text.fill(year=str(figures.year), listed=_few(lacking)))
    if by_rate:
        text = Text(
            "cuối năm {year} chỉ có tỷ lệ của {listed}, không gộp được khi chưa có số hộ",
            "for the end of {year} only rates are known of {listed}, which cannot be joined without the counts",
        )
        named = [f"{part.unit_name} ({code})" for code, part in by_rate.items()]
        reasons.append(text.fill(year=str(figures.year), listed=_few(named)))
    return Missing(Text("; ".join(text.vi for text in reasons), "; ".join(text.en for text in reasons)))


def _few(units: Sequence[str]) -> Text:
    """List units; of many the first and how many more there are."""
    named = ", ".join(units[:_SHOWN_CHILDREN])
    more = len(units) - _SHOWN_CHILDREN
    return Text(f"{named} và {more} đơn vị khác", f"{named} and {more} more") if more > 0 else Text(named, named)


def _without(figures: YearFigures, names: tuple[str, ...]) -> Missing:
    absent = [COUNT_TEXT[name] for name in names if _bounds(figures, name) is None]
    listed = Text(", ".join(text.vi for text in absent), ", ".join(text.en for text in absent))
    text = Text("cuối năm {year} thiếu {listed}", "missing at the end of {year}: {listed}")
    return Missing(text.fill(year=str(figures.year), listed=listed))
