"""What a figure is known to be: one number, a range where a unit was divided, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from thidua_cli.verify.figures import printed_range
from thidua_cli.verify.range_value import Range
from thidua_cli.verify.said import Clause, Figure

Figures = Mapping[tuple[str, int], Figure]
"""(measure, year) → figure."""


def figures_of(clause: Clause, figures: Figures, years: Sequence[int]) -> list[Range | None]:
    """Return the counts or rates a clause looks at, one per year-end; None for what it may not look at."""
    line = _line(clause, figures, years)
    return [_looked_at(clause, figures.get((clause.measure, year)), line) for year in years]


def _line(clause: Clause, figures: Figures, years: Sequence[int]) -> str:
    """Return the one poverty line of the window: that of its last figures which the clause takes."""
    allowed = (clause.poverty_line, *clause.other_lines)
    lines = [figures[clause.measure, year].poverty_line for year in years if (clause.measure, year) in figures]
    taken = [line for line in lines if line in allowed]
    return taken[-1] if taken else clause.poverty_line


def _looked_at(clause: Clause, figure: Figure | None, line: str) -> Range | None:
    if figure is None or not figure.usable or figure.poverty_line != line:
        return None
    if not clause.test.startswith("rate"):
        return _count(figure)
    rate = _rate(figure)
    return rate if rate is None or clause.rounded_to is None else rounded(rate, clause.rounded_to)


def _count(figure: Figure) -> Range | None:
    if not figure.divided:
        return None if figure.count is None else Range(Fraction(figure.count), Fraction(figure.count))
    placed, open_ = _certain_and_open(figure, [part.name for part in figure.parts[1:]])
    return None if placed is None or open_ is None else Range(Fraction(placed), Fraction(placed + open_))


def _rate(figure: Figure) -> Range | None:
    """Return the rate in percent: least with all the others and none of the poor of a divided unit, and turned."""
    if not figure.divided:
        if figure.count is None or figure.households is None:
            return None if figure.printed is None else printed_range(figure.measure, figure.printed)
        if not figure.households:
            return None
        value = Fraction(100 * figure.count, figure.households)
        return Range(value, value)
    poor, poor_open = _certain_and_open(figure, [part.name for part in figure.parts[1:]])
    whole, whole_open = _certain_and_open(figure, [part.name for part in figure.parts[:1]])
    if poor is None or poor_open is None or whole is None or whole_open is None or whole + whole_open == 0:
        return None
    # Fewer households than poor ones in the divided unit is a mistake of its figures, and must not narrow the range.
    others = whole_open - poor_open
    fewest, most = (whole + others, whole + poor_open) if others >= 0 else (whole + whole_open, whole)
    low = Fraction(100 * poor, fewest) if fewest else Fraction(100)
    high = Fraction(100 * (poor + poor_open), most) if most else Fraction(0)
    return Range(low, high)


def _certain_and_open(figure: Figure, names: Sequence[str]) -> tuple[int | None, int | None]:
    """Return what certainly belongs to the unit and what may, of several counts together; None for what is missing."""
    certain = [figure.placed.get(name, None if figure.has_whole_parts else 0) for name in names]
    may = [counts.get(name) for name in names for counts in figure.divided]
    return (
        None if None in certain else sum(value for value in certain if value is not None),
        None if None in may else sum(value for value in may if value is not None),
    )


def rounded(range_: Range, places: int) -> Range:
    """Return a range with both ends rounded half away from zero."""
    low = None if range_.low is None else rounded_value(range_.low, places)
    return Range(low, rounded_value(range_.high, places))


def rounded_value(value: Fraction, places: int) -> Fraction:
    """Round one value half away from zero.

    >>> rounded_value(Fraction(-1, 8), 2), rounded_value(Fraction(1, 8), 2)
    (Fraction(-13, 100), Fraction(13, 100))
    """
    # Python's round goes to the even neighbour; Excel, with which the sources print, goes away from zero.
    steps = int(abs(value) * 10**places + Fraction(1, 2))
    return Fraction(-steps if value < 0 else steps, 10**places)
