"""What a figure that is not known exactly may be, by what the result says of the counts beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Final

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.verify.range_value import Range
from thidua_cli.verify.said import Clause, Figure

_TOGETHER: Final = {
    "poor": "near_poor_households",
    "near_poor": "poor_households",
    "minority_poor": "minority_near_poor_households",
}
"""Measure → the count that its own and this one together are no more than the whole."""
_PART_OF: Final = {"minority_poor": "poor_households", "merit_poor": "poor_households"}
_HOLDS: Final = {
    "households": ("minority_households",),
    "poor_households": ("minority_poor_households", "merit_poor_households"),
    "near_poor_households": ("minority_near_poor_households",),
}
_LISTED: Final = 10_000

Least = Callable[[Fraction, bool], tuple[Fraction, bool] | None]


class Choices(NamedTuple):
    """All values one figure may have."""

    low: Fraction
    low_is_taken: bool
    """The figure may be `low` itself; else it only comes near to it."""
    high: Fraction | None
    """None: it may be as large as one likes."""
    least: Least
    """(bound, above) → the least value from a bound on, or above it, and whether it is taken; None where there is none.
    """


def single(figure: Figure, name: str) -> tuple[int, int | None]:
    """Return the least and the greatest one count may be."""
    known = {part.name: part.value for part in (*figure.parts, *figure.beside)}
    value = known.get(name)
    if value is not None:
        return value, value
    low, high = figure.bounds.get(name, (0, None))
    return max([low, *(single(figure, part)[0] for part in _HOLDS.get(name, ()))]), high


def count_and_whole(figure: Figure) -> tuple[tuple[int, int | None], tuple[int, int | None]]:
    """Return the ends of the count of a figure and of the households it is taken of."""
    whole_name, names = figure.parts[0].name, [part.name for part in figure.parts[1:]]
    ends = [single(figure, name) for name in names]
    low, other = sum(least for least, _ in ends), _TOGETHER.get(figure.measure)
    other_low = single(figure, other)[0] if other else 0
    whole_low, whole_high = single(figure, whole_name)
    if whole_high is None and whole_name != "households":
        whole_high = single(figure, "households")[1]
    if single(figure, whole_name)[1] != 0:
        whole_low = max(whole_low, low + other_low, 1)
    tops: list[int | None] = [None if whole_high is None else whole_high - other_low]
    if figure.measure in _PART_OF:
        tops.append(single(figure, _PART_OF[figure.measure])[1])
    highs = [most for _, most in ends]
    tops.append(None if None in highs else sum(most for most in highs if most is not None))
    known = [top for top in tops if top is not None]
    return (low, min(known) if known else None), (whole_low, whole_high)


def choices(clause: Clause, figure: Figure | None, line: str, known: Range | None) -> Choices | None:
    """Return what a figure may be for a clause; None where it has no value, as a rate of no households has none.

    `known` is the figure as far as the plain arithmetic takes it.
    """
    made = _choices(clause, figure, line, known)
    if made is None or clause.rounded_to is None or not clause.test.startswith("rate"):
        return made
    return _rounded(made, Fraction(1, 10**clause.rounded_to))


def _choices(clause: Clause, figure: Figure | None, line: str, known: Range | None) -> Choices | None:
    of_rates = clause.test.startswith("rate")
    anything = interval(Fraction(0), Fraction(100)) if of_rates else stepped(0, None, Fraction(1))
    if figure is None or not figure.usable or figure.poverty_line != line or not figure.parts:
        return anything
    if known is not None and known.low is not None and (known.exact is not None or figure.divided or not figure.bounds):
        return interval(known.low, known.high)
    if figure.divided:
        return None if of_rates and _none_at_all(figure) else anything
    (low, high), (fewest, most) = count_and_whole(figure)
    if of_rates and most == 0:
        return None
    if high is not None and high < low:
        return anything
    if not of_rates:
        return stepped(low, high, Fraction(1))
    return _rates(low, high, fewest, most)


def _none_at_all(figure: Figure) -> bool:
    """Say whether a divided unit leaves this one no households, whatever is shared out."""
    whole = figure.parts[0].name
    placed = figure.placed.get(whole, None if figure.has_whole_parts else 0)
    return placed == 0 and all(counts.get(whole) == 0 for counts in figure.divided)


def _rates(low: int, high: int | None, fewest: int, most: int | None) -> Choices:
    if most is None:
        if high == low:
            return _of_whatever_households(low, fewest)
        top = 100 if high is None else min(Fraction(100), Fraction(100 * high, fewest))
        return interval(Fraction(0), Fraction(top))
    top_count = most if high is None else min(high, most)
    if fewest == most:
        return stepped(low, top_count, Fraction(100, most))
    if (top_count - low + 1) * (most - fewest + 1) <= _LISTED:
        pairs = ((count, whole) for whole in range(fewest, most + 1) for count in range(low, min(top_count, whole) + 1))
        return _listed(sorted({Fraction(100 * count, whole) for count, whole in pairs}))
    return interval(Fraction(100 * low, most), Fraction(100 * top_count, max(fewest, top_count)))


def interval(low: Fraction, high: Fraction) -> Choices:
    """Return all numbers between two ends."""

    def least(bound: Fraction, above: bool) -> tuple[Fraction, bool] | None:
        if bound < low:
            return low, True
        return None if bound > high or (above and bound == high) else (bound, not above)

    return Choices(low, True, high, least)


def stepped(first: int, last: int | None, step: Fraction) -> Choices:
    """Return whole multiples of a step."""

    def least(bound: Fraction, above: bool) -> tuple[Fraction, bool] | None:
        number = max(first, floor(bound / step) + 1 if above else ceil(bound / step))
        return None if last is not None and number > last else (number * step, True)

    return Choices(first * step, True, None if last is None else last * step, least)


def _of_whatever_households(count: int, fewest: int) -> Choices:
    if count == 0:
        return interval(Fraction(0), Fraction(0))
    high = Fraction(100 * count, fewest)

    def least(bound: Fraction, above: bool) -> tuple[Fraction, bool] | None:
        if bound <= 0:
            return Fraction(0), False
        households = 100 * count / bound
        most = ceil(households) - 1 if above else floor(households)
        return None if most < fewest else (Fraction(100 * count, most), True)

    return Choices(Fraction(0), False, high, least)


def _listed(values: Sequence[Fraction]) -> Choices:
    def least(bound: Fraction, above: bool) -> tuple[Fraction, bool] | None:
        return next(((value, True) for value in values if value > bound or (value == bound and not above)), None)

    return Choices(values[0], True, values[-1], least)


def _rounded(made: Choices, step: Fraction) -> Choices:
    """Return values as a table prints them, halves upwards: rates are never negative."""

    def read(value: Fraction) -> Fraction:
        return floor(value / step + Fraction(1, 2)) * step

    def least(bound: Fraction, above: bool) -> tuple[Fraction, bool] | None:
        number = floor(bound / step) + 1 if above else ceil(bound / step)
        first = made.least((number - Fraction(1, 2)) * step, False)
        return None if first is None else (read(first[0]), True)

    return Choices(read(made.low), True, None if made.high is None else read(made.high), least)


Open = Mapping[int, Choices | None]
"""Year-end → what its figure may be."""
