"""The clauses once more, in exact fractions: each test as a person would take it from the figures.

A figure is known to be one number, a range where a unit was divided, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.verify.answers import MET, NOT_MET, UNDETERMINED
from thidua_cli.verify.every_value import answer_of_all
from thidua_cli.verify.figures import printed_range
from thidua_cli.verify.open_figures import Choices, choices
from thidua_cli.verify.range_value import Range, exact_text
from thidua_cli.verify.said import Clause, Figure, SaidValue

COMPARISONS: Final[Mapping[str, Callable[[Fraction], bool]]] = {
    ">=": lambda difference: difference >= 0,
    ">": lambda difference: difference > 0,
    "=": lambda difference: difference == 0,
    "<=": lambda difference: difference <= 0,
    "<": lambda difference: difference < 0,
}
"""How a clause compares → whether a value that lies so much above its threshold passes."""

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
        return _bounded_count(figure) if figure.count is None else Range(*[Fraction(figure.count)] * 2)
    placed, open_ = _certain_and_open(figure, [part.name for part in figure.parts[1:]])
    return None if placed is None or open_ is None else Range(Fraction(placed), Fraction(placed + open_))


def _rate(figure: Figure) -> Range | None:
    """Return the rate in percent: least with all the others and none of the poor of a divided unit, and turned."""
    if not figure.divided:
        if figure.count is None or figure.households is None:
            bounded = _bounded_rate(figure)
            if bounded is not None or figure.printed is None:
                return bounded
            return printed_range(figure.measure, figure.printed)
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


def _bounded_count(figure: Figure, first: int = 1, last: int | None = None) -> Range | None:
    """Return the sum of counts of which some lie between two ends; None where one is not known at all."""
    ends = [
        (part.value, part.value) if part.value is not None else figure.bounds.get(part.name)
        for part in figure.parts[first:last]
    ]
    known = [pair for pair in ends if pair is not None]
    if not figure.bounds or not known or len(known) < len(ends):
        return None
    return Range(Fraction(sum(low for low, _ in known)), Fraction(sum(high for _, high in known)))


def _bounded_rate(figure: Figure) -> Range | None:
    count, whole = _bounded_count(figure), _bounded_count(figure, 0, 1)
    if count is None or whole is None or count.low is None or whole.low is None or whole.high == 0:
        return None
    fewest = max(whole.low, count.low, Fraction(1))
    high = min(Fraction(100), 100 * count.high / fewest)
    return Range(min(100 * count.low / whole.high, high), high)


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


class Outcome(NamedTuple):
    """What one clause comes to for one unit."""

    values: tuple[tuple[int, Range | None], ...]
    state: str


_Held = tuple[Range | None, str]
"""A value and what the threshold says of it."""


def outcome(clause: Clause, figures: Figures, as_of: int) -> Outcome | None:
    """Return what a clause comes to; None for a test that is not known here."""
    test = TESTS.get(clause.test)
    years = window(clause, as_of)
    if test is None or years is None:
        return None
    if len(years) < 2 and not clause.test.endswith("_at_year_end"):
        return Outcome(((as_of, None),), UNDETERMINED)  # the year-end is not after the baseline
    taken = test(clause, figures, years)
    if taken.state != UNDETERMINED:
        return taken
    return Outcome(taken.values, answer_of_all(clause, _open(clause, figures, years), years[-1] - years[0]))


def _open(clause: Clause, figures: Figures, years: Sequence[int]) -> list[Choices | None]:
    """Return what every figure of a window may be; a mean in points or households needs the first and the last."""
    years = _needed(clause, years)
    line, known = _line(clause, figures, years), figures_of(clause, figures, years)
    stated = [figures.get((clause.measure, year)) for year in years]
    return [choices(clause, figure, line, value) for figure, value in zip(stated, known, strict=True)]


def _needed(clause: Clause, years: Sequence[int]) -> Sequence[int]:
    return (years[0], years[-1]) if clause.test.endswith("_average") and clause.unit != "percent" else years


def looked_at(clause: Clause, figures: Figures, as_of: int) -> tuple[str, Sequence[int]]:
    """Return the poverty line and the year-ends of the figures that a clause is taken from; none without a window."""
    years = window(clause, as_of) or ()
    if len(years) < 2 and not clause.test.endswith("_at_year_end"):
        return "", ()
    needed = _needed(clause, years)
    return _line(clause, figures, needed), needed


def window(clause: Clause, as_of: int) -> list[int] | None:
    """Return the year-ends a clause looks at, the last alone where it is not after the baseline; None: no window."""
    if clause.test.endswith("_at_year_end"):
        return [as_of]
    if clause.years is not None and clause.test != "count_fall_since_baseline":
        return list(range(as_of - clause.years, as_of + 1))
    if clause.baseline_year is None:
        return None
    if as_of <= clause.baseline_year:
        return [as_of]
    if clause.test == "count_fall_since_baseline":
        return [clause.baseline_year, as_of]
    return list(range(clause.baseline_year, as_of + 1))


def _each_year(clause: Clause, figures: Figures, years: Sequence[int]) -> Outcome:
    figures_by_year = figures_of(clause, figures, years)
    falls = [_fall(clause, figures_by_year[index - 1], figures_by_year[index]) for index in range(1, len(years))]
    states = [state for _, state in falls]
    values = tuple((year, value) for year, (value, _) in zip(years[1:], falls, strict=True))
    if NOT_MET in states:  # "every year" is settled by one that fails, though another be unknown
        return Outcome(values, NOT_MET)
    return Outcome(values, UNDETERMINED if UNDETERMINED in states else MET)


def _since_baseline(clause: Clause, figures: Figures, years: Sequence[int]) -> Outcome:
    value, state = _fall(clause, *figures_of(clause, figures, years))
    return Outcome(((years[-1], value),), state)


def _average(clause: Clause, figures: Figures, years: Sequence[int]) -> Outcome:
    if clause.unit == "percent":
        value, state = _average_percent(clause, figures_of(clause, figures, years))
        return Outcome(((years[-1], value),), state)
    first, last = figures_of(clause, figures, [years[0], years[-1]])
    if first is None or last is None or first.low is None or last.low is None:
        return Outcome(((years[-1], None),), UNDETERMINED)
    number = years[-1] - years[0]
    mean = _as_read(clause, Range((first.low - last.high) / number, (first.high - last.low) / number))
    return Outcome(((years[-1], mean),), held_against(clause, mean))


def _average_percent(clause: Clause, counts: Sequence[Range | None]) -> _Held:
    if any(count is not None and count.high == 0 for count in counts[:-1]):
        return None, NOT_MET  # the last year-end may come to nothing, the ones that are fallen from may not
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return None, UNDETERMINED
    falls = [_percent(known[index - 1], known[index]) for index in range(1, len(known))]
    lows = [fall.low for fall in falls if fall.low is not None]
    low = sum(lows, Fraction(0)) / len(falls) if len(lows) == len(falls) else None
    mean = _as_read(clause, Range(low, sum((fall.high for fall in falls), Fraction(0)) / len(falls)))
    return mean, held_against(clause, mean)


def _left(clause: Clause, figures: Figures, years: Sequence[int]) -> Outcome:
    (value,) = figures_of(clause, figures, years)
    return Outcome(((years[-1], value),), UNDETERMINED if value is None else held_against(clause, value))


def _fall(clause: Clause, before: Range | None, after: Range | None) -> _Held:
    relative = clause.unit == "percent"
    if relative and before is not None and before.high == 0:
        return None, NOT_MET  # from nothing there is no fall
    if before is None or after is None or before.low is None or after.low is None:
        return None, UNDETERMINED
    fall = _percent(before, after) if relative else Range(before.low - after.high, before.high - after.low)
    read = _as_read(clause, fall)
    return read, held_against(clause, read)


def _percent(before: Range, after: Range) -> Range:
    # Where the baseline may be nothing, the fall may be as small as one likes: there is no least one.
    low = 100 * (before.low - after.high) / before.low if before.low else None
    return Range(low, 100 * (before.high - (after.low or 0)) / before.high)


def _as_read(clause: Clause, fall: Range) -> Range:
    """Round a fall of counts where the clause asks for it; rates were rounded themselves."""
    if clause.rounded_to is None or clause.test.startswith("rate"):
        return fall
    return rounded(fall, clause.rounded_to)


def held_against(clause: Clause, value: Range) -> str:
    """Return met where every possible value passes, not met where none does."""
    # An equation is the one comparison that both ends of a range may fail while something between them passes.
    if clause.comparison == "=" and value.exact is None:
        threshold = Fraction(Decimal(clause.threshold))
        inside = (value.low is None or value.low <= threshold) and threshold <= value.high
        return UNDETERMINED if inside else NOT_MET
    high = passes(clause, value.high)
    low = passes(clause, value.low) if value.low is not None else False
    if low != high:
        return UNDETERMINED
    return MET if high else NOT_MET


def leaning(clause: Clause, taken: Outcome) -> tuple[object, ...]:
    """Return the answer and on which side of the threshold (and of the upper end) every value lies."""
    limits = [Fraction(Decimal(limit)) for limit in (clause.threshold, clause.upper) if limit is not None]
    ends = [end for _, value in taken.values for end in ((None, None) if value is None else value)]
    return taken.state, *(None if end is None else (end > limit) - (end < limit) for end in ends for limit in limits)


def passes(clause: Clause, value: Fraction) -> bool:
    """Hold one value against the threshold."""
    # "1.5" as it is written; as a float 0.1 is not a tenth
    return COMPARISONS[clause.comparison](value - Fraction(Decimal(clause.threshold)))


def same(value: Range | None, stated: SaidValue) -> bool:
    """Say whether a value is the one that was said: exact "a/b", or the rounded ends of a range."""
    if value is None or value.exact is not None:
        exact = None if value is None else value.exact
        return fraction_of(stated.exact) == exact and stated.low is None and stated.high is None
    low = None if value.low is None else rounded_value(value.low, 2)
    stated_low = None if stated.low is None else Fraction(stated.low)
    return stated.exact is None and stated_low == low and stated.high == rounded_value(value.high, 2)


def fraction_of(exact: str | None) -> Fraction | None:
    """Return the number that "a/b" is; None for anything else."""
    above, _, below = (exact or "").partition("/")
    if not below.isdecimal() or not above.removeprefix("-").isdecimal() or int(below) == 0:
        return None
    return Fraction(int(above), int(below))


def written(value: Range | None) -> str:
    """Write a value as "a/b", or a range with its ends so."""
    if value is None:
        return "–"
    if value.exact is not None:
        return exact_text(value.exact)
    return f"{'' if value.low is None else exact_text(value.low)}…{exact_text(value.high)}"


TESTS: Final[Mapping[str, Callable[[Clause, Figures, Sequence[int]], Outcome]]] = {
    "rate_fall_each_year": _each_year,
    "rate_fall_average": _average,
    "count_fall_each_year": _each_year,
    "count_fall_average": _average,
    "count_fall_since_baseline": _since_baseline,
    "count_at_year_end": _left,
    "rate_at_year_end": _left,
}
