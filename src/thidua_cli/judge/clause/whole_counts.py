"""Clauses decided by whole numbers, where every figure of the window is a known count: nearly always.

`figures`, `values` and `threshold` decide whatever the figures are, with fractions and ranges, and remain what is
right; here the same is said of known counts alone, without a fraction for every step. Where anything is missing, open,
divided or not of one poverty line, nothing is said (None), and they are asked. `tests/judge/test_whole_counts.py` holds
both equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from operator import eq, ge, gt, le, lt
from typing import Final, TypeAlias

from thidua_cli.judge.clause.clause import window_of, years_looked_at
from thidua_cli.judge.clause.threshold import exact
from thidua_cli.judge.clause.values import is_relative
from thidua_cli.judge.verdict import ClauseValue, CountLimit, RoundedAnswer, State
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import Measure, Series, Status, YearFigures
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.schema import EACH_YEAR, MEANS, TEST_FORM, Clause, Comparison, ThresholdUnit

Ratio: TypeAlias = tuple[int, int]
"""(numerator, denominator above 0), not brought to lowest terms: households over 1, or 100 × households over all."""

_HOLDS: Final[Mapping[Comparison, Callable[[int, int], bool]]] = {
    Comparison.AT_LEAST: ge,
    Comparison.MORE_THAN: gt,
    Comparison.EQUAL: eq,
    Comparison.AT_MOST: le,
    Comparison.LESS_THAN: lt,
}


class FiguresTaken(NamedTuple):
    """What is taken from the figures of a unit; clauses with other thresholds take the same."""

    key: str
    """Tells two of them apart: members of an enumeration are slow keys."""
    measure: Measure
    parts: tuple[str, ...]
    whole: str
    of_rates: bool
    years: tuple[int, ...]

    @classmethod
    def of(cls, measure: Measure, of_rates: bool, years: tuple[int, ...]) -> FiguresTaken:
        """Return what is taken of a measure: its rates, or its counts."""
        return cls(f"{measure.value} {of_rates} {years}", measure, measure.parts, measure.whole, of_rates, years)


class WholeCounts:
    """The figures of one unit at some year-ends, all known as counts and on one poverty line."""

    __slots__ = ("_ratios", "figures", "has_preliminary", "has_presumed", "line")

    def __init__(
        self, figures: Mapping[int, YearFigures], line: str, has_presumed: bool, has_preliminary: bool
    ) -> None:
        self.figures, self.line = figures, line
        self.has_presumed, self.has_preliminary = has_presumed, has_preliminary
        """Whether units are taken to have gone in whole though nobody read so; whether figures are not approved."""
        self._ratios: dict[str, tuple[Ratio, ...] | None] = {}

    def ratios(self, taken: FiguresTaken) -> tuple[Ratio, ...] | None:
        """Return counts over 1, or rates in percent; None where one of the counts is missing, or 0 households."""
        if taken.key not in self._ratios:
            self._ratios[taken.key] = self._read(taken)
        return self._ratios[taken.key]

    def _read(self, taken: FiguresTaken) -> tuple[Ratio, ...] | None:
        ratios: list[Ratio] = []
        parts, whole, of_rates = taken.parts, taken.whole, taken.of_rates
        for year in taken.years:
            counts = self.figures[year].counts
            count = 0
            for part in parts:
                number = counts.get(part)
                if number is None or number < 0:
                    return None
                count += number
            if not of_rates:
                ratios.append((count, 1))
                continue
            households = counts.get(whole)
            if households is None or households <= 0:
                return None
            ratios.append((100 * count, households))
        return tuple(ratios)


def whole_counts(series: Series, years: Iterable[int]) -> WholeCounts | None:
    """Return the figures of a unit at some year-ends; None where one of them cannot be used as it is printed."""
    line, known, of_years = None, {}, series.years
    has_presumed = has_preliminary = False
    for year in years:
        figures = of_years.get(year)
        if (
            figures is None
            or figures.conflicting
            or figures.divided
            or figures.missing_children
            or figures.superseded_on is not None
            or figures.formed_on is not None
        ):
            return None
        if line is None:
            line = figures.poverty_line
        elif figures.poverty_line != line:
            return None
        has_presumed = has_presumed or bool(figures.presumed)
        has_preliminary = has_preliminary or figures.status is Status.PRELIMINARY
        known[year] = figures
    return None if line is None else WholeCounts(known, line, has_presumed, has_preliminary)


@dataclass(frozen=True, slots=True)
class CountedClause:
    """One clause at one year-end, its window and threshold as whole numbers."""

    clause: Clause
    years: tuple[int, ...]
    """As `ClauseAnswer.years`."""
    taken: FiguresTaken
    lines: tuple[str, ...]
    threshold: Ratio
    holds: Callable[[int, int], bool]
    value_years: tuple[int, ...]
    """The year-ends of the values."""
    is_relative: bool
    """Falls are taken in percent of what was there before."""
    has_window: bool
    """It looks at falls, and not at what is left."""
    is_mean: bool
    when_rounded: tuple[tuple[int, CountedClause], ...]
    """Decimals → the same of rounded figures; none where nothing is rounded, or everything is."""

    def values(self, counts: WholeCounts) -> list[Ratio | None] | None:
        """Return what is held against the threshold, None for a fall from nothing; None where nothing can be said."""
        ratios = counts.ratios(self.taken)
        if ratios is None or counts.line not in self.lines:
            return None
        places = self.clause.rounded_to
        if places is None:
            return self._compared(ratios)
        if self.taken.of_rates:
            return self._compared([_rounded(ratio, places) for ratio in ratios])
        values = self._compared(ratios)
        return [None if value is None else _rounded(value, places) for value in values] if self.has_window else values

    def _compared(self, ratios: Sequence[Ratio]) -> list[Ratio | None]:
        if not self.has_window:
            return [*ratios]
        fall = _relative_fall if self.is_relative else _fall
        if not self.is_mean:
            return [fall(before, after) for before, after in pairwise(ratios)]
        span = self.years[-1] - self.years[0]
        if not self.is_relative:
            numerator, denominator = _fall(ratios[0], ratios[-1])
            return [(numerator, denominator * span)]
        falls = [_relative_fall(before, after) for before, after in pairwise(ratios)]
        known = [each for each in falls if each is not None]
        if len(known) < len(falls):
            return [None]
        numerator, denominator = known[0]
        for more, over in known[1:]:
            numerator, denominator = numerator * over + more * denominator, denominator * over
        return [(numerator, denominator * len(known))]

    def passes(self, value: Ratio | None) -> bool:
        """Say whether a value passes; a fall from nothing never does."""
        if value is None:
            return False
        numerator, denominator = self.threshold
        return self.holds(value[0] * denominator, numerator * value[1])

    def met(self, counts: WholeCounts) -> bool | None:
        """Say whether a unit meets the clause; None where that cannot be said here."""
        values = self.values(counts)
        return None if values is None else all(map(self.passes, values))

    def written_values(self, values: Sequence[Ratio | None], passed: Sequence[bool]) -> tuple[ClauseValue, ...]:
        """Return values as an answer holds them, each with whether it passes."""
        return tuple(
            [
                ClauseValue(year, None if value is None else Fraction(*value), None, None, STATE_BY_PASSING[passes])
                for year, value, passes in zip(self.value_years, values, passed, strict=True)
            ]
        )

    def rounded_answer(
        self, counts: WholeCounts, values: Sequence[Ratio | None], state: State, is_far: bool
    ) -> RoundedAnswer | None:
        """Return what a table of rounded figures would answer instead, as `clause.judge_clause`; `is_far` as below."""
        if is_far or not self.when_rounded or None in values:
            return None
        known = [value for value in values if value is not None]
        for places, counted in self.when_rounded:
            of_rates = STATE_BY_PASSING[bool(counted.met(counts))]
            of_falls = STATE_BY_PASSING[all(self.passes(_rounded(value, places)) for value in known)]
            for rounded_state in (of_falls, of_rates):
                if rounded_state is not state:
                    return RoundedAnswer(places, rounded_state)
        return None

    def are_far(self, values: Sequence[Ratio | None]) -> bool:
        """Say whether no rounding could carry a value over the threshold: every one lies more than 1/10 beside it.

        Of falls in percent of a rate that tells nothing, and of a fall from nothing neither: rates round to nothing.
        """
        if self.taken.of_rates and self.is_relative:
            return False
        numerator, denominator = self.threshold
        for value in values:
            if value is None or 10 * abs(value[0] * denominator - numerator * value[1]) <= denominator * value[1]:
                return False
        return True

    def rounds(self, other: CountedClause) -> bool:
        """Say whether this asks what another clause asks, of figures or falls rounded to one decimal or more."""
        return bool(self.clause.rounded_to) and other.clause.rounded_to is None and self._asks == other._asks

    @property
    def _asks(self) -> tuple[object, ...]:
        looks_at = self.taken.key, self.lines, self.years, self.value_years
        return *looks_at, self.threshold, self.holds, self.is_relative, self.has_window, self.is_mean

    def limit(self, counts: WholeCounts, others: State) -> CountLimit | None:
        """Return where the last count changes the answer, as `threshold.limit_of`.

        `others` is the answer of the window without its last value.
        """
        clause = self.clause
        if clause.rounded_to is not None:
            return None
        numerator, denominator = self.threshold
        if not self.has_window:
            if clause.comparison is Comparison.EQUAL and clause.threshold > 0:
                return None
            return self._limit_at(numerator, denominator, counts, State.MET)
        (top, below), *_ = (counts.ratios(self.taken) or ())[-2:]
        if self.is_relative:
            if top == 0:
                return CountLimit(None, State.NOT_MET, State.NOT_MET)
            top, below = top * (100 * denominator - numerator), below * 100 * denominator
        else:
            span = self.years[-1] - self.years[0] if self.is_mean else 1
            top, below = top * denominator - numerator * span * below, below * denominator
        return self._limit_at(top, below, counts, others)

    def _limit_at(self, top: int, below: int, counts: WholeCounts, within: State) -> CountLimit:
        """Return the limit at `top` / `below` households, or percent of the last ones there were."""
        if self.taken.of_rates:
            households = counts.figures[self.taken.years[-1]].counts[self.taken.whole]
            top, below = top * households, below * 100
        strict = self.clause.comparison in (Comparison.MORE_THAN, Comparison.LESS_THAN)
        return CountLimit(-(-top // below) - 1 if strict else top // below, within, State.NOT_MET)


STATE_BY_PASSING: Final = (State.NOT_MET, State.MET)
"""The answer by whether all values pass."""


def counted_clause(clause: Clause, as_of: int) -> CountedClause | None:
    """Return how a clause is decided at a year-end; None of one whose window has not begun."""
    form, years = TEST_FORM[clause.test], window_of(clause, as_of)
    if len(years) < 2 and form.windows:
        return None
    rounded = [] if clause.rounded_to is not None or clause.unit is ThresholdUnit.HOUSEHOLDS else [2, 1]
    variants = [(places, counted_clause(replace(clause, rounded_to=places), as_of)) for places in rounded]
    return CountedClause(
        clause=clause,
        years=years,
        taken=FiguresTaken.of(clause.measure, form.of_rates, years_looked_at(clause, years)),
        lines=(clause.poverty_line, *clause.other_lines),
        threshold=exact(clause.threshold).as_integer_ratio(),
        holds=_HOLDS[clause.comparison],
        value_years=years[1:] if clause.test in EACH_YEAR else years[-1:],
        is_relative=is_relative(clause) and bool(form.windows),
        has_window=bool(form.windows),
        is_mean=clause.test in MEANS,
        when_rounded=tuple([(places, variant) for places, variant in variants if variant is not None]),
    )


def _fall(before: Ratio, after: Ratio) -> Ratio:
    return before[0] * after[1] - after[0] * before[1], before[1] * after[1]


def _relative_fall(before: Ratio, after: Ratio) -> Ratio | None:
    """Return 100 · (before − after) / before; None of a fall from nothing."""
    start = before[0] * after[1]
    return (100 * (start - after[0] * before[1]), start) if start else None


def _rounded(value: Ratio, places: int) -> Ratio:
    """Return a value rounded half away from zero."""
    scale, (numerator, denominator) = 10**places, value
    units = (2 * abs(numerator) * scale + denominator) // (2 * denominator)
    return (units if numerator >= 0 else -units), scale
