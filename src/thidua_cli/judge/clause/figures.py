"""The figures a clause may look at: a count or a rate of one year-end, exact or as a range, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from fractions import Fraction
from typing import overload

from thidua_cli.judge.clause.value_range import ValueRange
from thidua_cli.model import Measure, Series, YearFigures
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.schema import TEST_FORM, Clause


class Why(Enum):
    """Why a figure cannot be used."""

    NO_FIGURES = auto()
    CONFLICTING = auto()
    EARLIER_AREA = auto()
    """They stand on the area before a change, which could not be brought to that of the judged year-end."""
    LATER_AREA = auto()
    """They stand on an area that came about after the boundaries asked for: nothing can be taken back from them."""
    UNITS_LACKING = auto()
    """A sum of units some of which have no figures, or a rate alone."""
    OTHER_LINE = auto()
    """They stand on another poverty line than the clause speaks of."""
    COUNT_LACKING = auto()
    NO_HOUSEHOLDS = auto()
    """Of no households there is no rate."""


class Missing(NamedTuple):
    """A figure that cannot be used, and why."""

    year: int
    why: Why
    figures: YearFigures | None = None
    """What is there instead; None where nothing is."""
    counts: tuple[str, ...] = ()
    """Names of the counts that are absent, or nothing."""
    line: str = ""
    """The poverty line that was asked for."""


class Figure(NamedTuple):
    """A count or a rate with what it was taken from."""

    year: int
    value: ValueRange
    """Households, or percent of them."""
    households: int | None = None
    """The denominator of a rate; None of a count, and where it is known as a range only."""


def figures_at(series: Series, years: Sequence[int], clause: Clause) -> tuple[Figure | Missing, ...]:
    """Return the rates or counts the clause looks at, one per year-end, or why they cannot be used.

    Where a clause takes several poverty lines, all figures must stand on that of the last year-end: a fall from one
    line to another would be the doing of the line.
    """
    line = _line_of(series, years, clause)
    return tuple([_figure_at(series, year, clause, line) for year in years])


class LateFigures(Sequence[Figure | Missing]):
    """What `figures_at` returns, taken when somebody looks: a verdict is decided without them, and few are traced."""

    __slots__ = ("_clause", "_series", "_years")

    def __init__(self, series: Series, years: Sequence[int], clause: Clause) -> None:
        self._series, self._years, self._clause = series, years, clause

    @property
    def taken(self) -> tuple[Figure | Missing, ...]:
        """The figures themselves."""
        return figures_at(self._series, self._years, self._clause)

    def __len__(self) -> int:
        return len(self._years)

    def __iter__(self) -> Iterator[Figure | Missing]:
        return iter(self.taken)

    @overload
    def __getitem__(self, index: int) -> Figure | Missing: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Figure | Missing]: ...

    def __getitem__(self, index: int | slice) -> Figure | Missing | Sequence[Figure | Missing]:
        return self.taken[index]

    def __eq__(self, other: object) -> bool:
        return self.taken == (other.taken if isinstance(other, LateFigures) else other)

    def __hash__(self) -> int:
        return hash(self.taken)

    def __repr__(self) -> str:
        return repr(self.taken)


def known_count(series: Series, year: int, clause: Clause) -> int | None:
    """Return the count of the clause's measure at a year-end, None where it is missing or a range."""
    figures = _usable(series, year, _line_of(series, (year,), clause))
    if isinstance(figures, Missing):
        return None
    count = _sum(figures, clause.measure.parts)
    return None if count is None or count.low < count.high else count.low


def _line_of(series: Series, years: Sequence[int], clause: Clause) -> str:
    """Return the one poverty line of the window: that of its last figures, if the clause takes it."""
    # A clause of Hà Nội takes the national line or the city's: the newest figures say which of them the window is on.
    lines = [figures.poverty_line for year in reversed(years) if (figures := series.years.get(year)) is not None]
    allowed = (clause.poverty_line, *clause.other_lines)
    return next((line for line in lines if line in allowed), clause.poverty_line)


def _figure_at(series: Series, year: int, clause: Clause, line: str) -> Figure | Missing:
    figures = _usable(series, year, line)
    if isinstance(figures, Missing):
        return figures
    if not TEST_FORM[clause.test].of_rates:
        count = _sum(figures, clause.measure.parts)
        return _lacking(figures, clause.measure.parts) if count is None else Figure(year, count.range)
    rate = _rate(figures, clause.measure)
    if isinstance(rate, Missing) or clause.rounded_to is None:
        return rate
    return Figure(year, rate.value.rounded(clause.rounded_to), rate.households)


def _rate(figures: YearFigures, measure: Measure) -> Figure | Missing:
    """Return the rate of a measure in percent.

    Of a unit that divided its households, each poor and each other household may have gone either way: the rate is
    least with all the others and none of the poor, and greatest with all the poor and none of the others.
    """
    year = figures.year
    known, of = (None, None) if figures.divided else (figures.numerator(measure), figures.denominator(measure))
    if known is not None and of:
        return _exact_rate(year, known, of)
    count, households = _sum(figures, measure.parts), _count(figures, measure.whole)
    if count is not None and households is not None:
        if households.high == 0:
            return Missing(year, Why.NO_HOUSEHOLDS, figures, (measure.whole,))
        if households.low < households.high or count.low < count.high:
            return Figure(year, (_rate_range if figures.divided else _rate_between)(count, households))
        return _exact_rate(year, count.low, households.low)
    lacking = _lacking(figures, measure.parts if count is None else (measure.whole,))
    printed = figures.printed_rate(measure)
    return lacking if printed is None else Figure(year, ValueRange(*printed))


def _exact_rate(year: int, count: int, households: int) -> Figure:
    percent = Fraction(100 * count, households)
    return Figure(year, ValueRange(percent, percent), households)


class _CountRange(NamedTuple):
    """What one count, or a sum of counts, may be: of a divided unit between none and all may belong to this one."""

    low: int
    high: int

    @property
    def range(self) -> ValueRange:
        """The same as fractions."""
        low = Fraction(self.low)
        return ValueRange(low, low if self.high == self.low else Fraction(self.high))


def _rate_range(count: _CountRange, households: _CountRange) -> ValueRange:
    """Return all rates that shares of a divided unit may lead to; some household is taken to belong to the unit."""
    others = (households.high - households.low) - (count.high - count.low)
    most_others, most_poor = households.low + others, households.high - others
    if others < 0:  # more poor than households in the divided unit: an error of the figures, not a narrower range
        most_others, most_poor = households.high, households.low
    low = Fraction(count.low, most_others) if most_others else Fraction(1)
    high = Fraction(count.high, most_poor) if most_poor else Fraction(0)
    return ValueRange(100 * low, 100 * high)


def _rate_between(count: _CountRange, households: _CountRange) -> ValueRange:
    """Return the least and the greatest rate of a count and households that are independent of each other."""
    fewest = max(households.low, count.low, 1)
    high = min(Fraction(100), Fraction(100 * count.high, fewest))
    return ValueRange(min(Fraction(100 * count.low, households.high), high), high)


def _sum(figures: YearFigures, names: Sequence[str]) -> _CountRange | None:
    """Return what the sum of several counts may be; None where one is missing."""
    low = high = 0
    for name in names:
        count = _count(figures, name)
        if count is None:
            return None
        low, high = low + count.low, high + count.high
    return _CountRange(low, high)


def _count(figures: YearFigures, name: str) -> _CountRange | None:
    """Return what one count may be; None where nothing is known of it in the unit or in one that was divided."""
    if not figures.divided:
        count = figures.counts.get(name)
        if count is not None:
            return _CountRange(count, count)
        return _CountRange(*figures.bounds[name]) if name in figures.bounds else None
    # Nothing merged and nothing given: what is certain is none, which is known; a part without the count is not.
    placed = figures.placed.get(name, None if figures.merged or figures.given else 0)
    parts = [part.counts.get(name) for part in figures.divided]
    known = [count for count in parts if count is not None]
    if placed is None or len(known) < len(parts):
        return None
    return _CountRange(placed, placed + sum(known))


def _usable(series: Series, year: int, line: str) -> YearFigures | Missing:
    """Return what is known of a year-end, or why none of it can be used on this poverty line."""
    figures = series.years.get(year)
    if figures is None:
        return Missing(year, Why.NO_FIGURES)
    if figures.conflicting:
        return Missing(year, Why.CONFLICTING, figures)
    if figures.superseded_on is not None:
        return Missing(year, Why.EARLIER_AREA, figures)
    if figures.formed_on is not None:
        return Missing(year, Why.LATER_AREA, figures)
    if figures.missing_children:
        return Missing(year, Why.UNITS_LACKING, figures)
    if figures.poverty_line != line:
        return Missing(year, Why.OTHER_LINE, figures, line=line)
    return figures


def _lacking(figures: YearFigures, names: Sequence[str]) -> Missing:
    absent = tuple(name for name in names if _count(figures, name) is None)
    return Missing(figures.year, Why.COUNT_LACKING, figures, absent)
