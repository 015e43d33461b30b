"""Rates and their falls, exact: numerators and denominators kept, nothing rounded, poverty lines never mixed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from thidua_cli.doubt.doubts import Doubt
from thidua_cli.doubt.of_files import DisputedFigures
from thidua_cli.doubt.worlds import LookedAt, unit_doubts
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import Level, Measure, Series, YearFigures
from thidua_cli.units.tables import UnitTables, boundary_day

BASELINE_YEAR: Final = 2021
"""The year-end "đầu kỳ" speaks of: the general review at the end of 2021."""


@dataclass(frozen=True, slots=True)
class RateYear:
    """The rate of one unit at one shown year-end; all figures are None where the year is missing."""

    year: int
    households: int | None = None
    """The denominator of the rate, in households."""
    count: int | None = None
    """The numerator, in households."""
    rate_percent: Fraction | None = None
    """Exact, unless `rate_printed`; None without households as well (0/0)."""
    fall_points: Fraction | None = None
    """Fall of the rate from the year before, in percentage points; negative is a rise."""
    fall_percent: Fraction | None = None
    """Fall of the count from the year before, in percent of that year's count; None where that was 0."""
    figures: YearFigures | None = None
    """What the year rests on; None where the unit has no figures of it."""
    rate_printed: bool = False
    """The rate is as a source prints it, rounded; so is a fall taken from it."""


@dataclass(frozen=True, slots=True)
class RateRow:
    """One unit's rates through the shown years, or those on one poverty line where it has figures on several."""

    unit_code: str
    unit_name: str
    level: Level
    parent_code: str
    years: tuple[RateYear, ...]
    """One entry per shown year-end, oldest first, missing years included."""
    fall_points_total: Fraction | None
    """Fall of the rate over the whole window, from the first shown year-end to the last, in percentage points."""
    fall_percent_total: Fraction | None
    """Fall of the count from `baseline_year` to the last shown year-end, in percent."""
    baseline_year: int | None
    """End of 2021 where the unit has figures of it on the last year's poverty line, else the first such year shown."""
    ended_on: date | None = None
    """As in `Series`."""
    doubts: tuple[Doubt, ...] = ()
    """What is disputed of the figures shown."""
    line_beside: str = ""
    """As in `Series`: another row of the unit holds its figures on another poverty line."""

    @property
    def poverty_line(self) -> str | None:
        """The line of all figures of the row; None where they stand on several, or there are none."""
        lines = {rate.figures.poverty_line for rate in self.years if rate.figures is not None}
        return self.line_beside or (lines.pop() if len(lines) == 1 else None) or None


@dataclass(frozen=True, slots=True)
class RateTable:
    """Rates of several units over the same year-ends."""

    measure: Measure
    years: tuple[int, ...]
    """The shown year-ends, oldest first."""
    rows: tuple[RateRow, ...]


def rate_table(
    series: Sequence[Series],
    measure: Measure,
    last_year: int | None = None,
    years: int = 4,
    disputed: DisputedFigures | None = None,
) -> RateTable:
    """Return the rates of every unit over at most `years` year-ends, and from the baseline on where that lies before.

    Falls are taken between neighbouring year-ends on one poverty line, on unrounded values.

    Args:
        series: Units with their figures; the order is kept.
        measure: What is counted.
        last_year: The last year-end shown; the newest in the data by default.
        years: How many year-ends at most; the window begins no earlier than the data, and with the end of 2021 where
            some unit has it on the line of its newest figures: a fall from a figure not shown cannot be checked.
        disputed: What findings leave possible of the figures; without it every figure stands as printed.
    """
    known = {year for unit in series for year in unit.years}
    last = last_year if last_year is not None else max(known, default=None)
    if last is None:
        return RateTable(measure, (), ())
    in_window = [year for year in known if last - years < year <= last]
    if any(_counts_from_baseline(unit, last) for unit in series):
        in_window.append(BASELINE_YEAR)
    shown = tuple(range(min(in_window, default=last), last + 1))
    series = [unit for unit in series if not unit.line_beside or not unit.years.keys().isdisjoint(shown)]
    rows = tuple(_row(unit, measure, shown, years) for unit in series)
    if disputed is not None and disputed.by_row:
        rows = tuple(_doubted(row, unit, measure, disputed) for row, unit in zip(rows, series, strict=True))
    return RateTable(measure, shown, rows)


def _doubted(row: RateRow, series: Series, measure: Measure, disputed: DisputedFigures) -> RateRow:
    """Return a row with the doubts on the figures it shows."""
    years = {rate.year for rate in row.years} | ({row.baseline_year} if row.baseline_year is not None else set())
    asked = LookedAt(frozenset(years), frozenset((*measure.parts, measure.whole)))
    doubts = unit_doubts(series, disputed, asked)
    return row if doubts is None else replace(row, doubts=doubts.doubts)


def names_of_missing(series: Sequence[Series], tables: UnitTables) -> dict[str, str]:
    """Return the names of children that incomplete sums lack, by code, as they stood at the year-end of the sum."""
    names: dict[str, str] = {}
    for unit in series:
        for figures in unit.years.values():
            for code in figures.missing_children:
                child = tables.get(code, boundary_day(figures.year))
                names[code] = child.name if child else code
    return names


def _row(series: Series, measure: Measure, shown: tuple[int, ...], window: int) -> RateRow:
    years = series.years
    last = years.get(shown[-1])
    first = years.get(shown[0]) if len(shown) >= window else None
    baseline = _baseline(series, measure, shown)
    return RateRow(
        series.unit_code,
        series.unit_name,
        series.level,
        series.parent_code,
        tuple(_rate_year(year, years.get(year), years.get(year - 1), measure) for year in shown),
        fall_points(first, last, measure) if window > 1 else None,
        fall_percent(baseline, last, measure),
        None if baseline is None else baseline.year,
        series.ended_on,
        line_beside=series.line_beside,
    )


def _counts_from_baseline(series: Series, last: int) -> bool:
    """Say whether the end of 2021 and the newest year-end up to `last` stand on one poverty line."""
    baseline = series.years.get(BASELINE_YEAR)
    newest = max([year for year in series.years if year <= last], default=BASELINE_YEAR)
    return (
        baseline is not None and newest > BASELINE_YEAR and baseline.poverty_line == series.years[newest].poverty_line
    )


def _baseline(series: Series, measure: Measure, shown: tuple[int, ...]) -> YearFigures | None:
    last = series.years.get(shown[-1])
    if last is None:
        return None
    for year in (BASELINE_YEAR, *shown[:-1]):
        figures = series.years.get(year)
        usable = figures is not None and figures.numerator(measure) is not None
        if usable and figures is not None and year < last.year and figures.is_comparable_with(last):
            return figures
    return None


def _rate_year(year: int, figures: YearFigures | None, before: YearFigures | None, measure: Measure) -> RateYear:
    if figures is None:
        return RateYear(year)
    return RateYear(
        year,
        figures.denominator(measure),
        figures.numerator(measure),
        rate_percent(figures, measure),
        fall_points(before, figures, measure),
        fall_percent(before, figures, measure),
        figures,
        figures.printed_rate(measure) is not None,
    )


def rate_percent(figures: YearFigures, measure: Measure) -> Fraction | None:
    """Return the rate in percent, exact, or as printed where its counts are missing; None without either.

    >>> rate_percent(YearFigures(2022, {"households": 1000, "poor_households": 120}), Measure.POOR)
    Fraction(12, 1)
    """
    count, households = figures.numerator(measure), figures.denominator(measure)
    if count is not None and households is not None:
        return Fraction(100 * count, households) if households else None
    printed = figures.printed_rate(measure)
    return None if printed is None else printed.middle


def fall_points(before: YearFigures | None, after: YearFigures | None, measure: Measure) -> Fraction | None:
    """Return the fall of the rate in percentage points; None where a rate is missing or lines or areas differ."""
    if before is None or after is None or not before.is_comparable_with(after):
        return None
    old, new = rate_percent(before, measure), rate_percent(after, measure)
    return None if old is None or new is None else old - new


def fall_percent(before: YearFigures | None, after: YearFigures | None, measure: Measure) -> Fraction | None:
    """Return the fall of the count in percent of what it was; None where one is missing or was 0, or grounds differ."""
    if before is None or after is None or not before.is_comparable_with(after):
        return None
    old, new = before.numerator(measure), after.numerator(measure)
    return Fraction(100 * (old - new), old) if old and new is not None else None
