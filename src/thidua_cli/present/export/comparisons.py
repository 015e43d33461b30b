"""A clause as a formula over counts: two whole numbers, multiplied across, of which one must not be the smaller.

    p0/h0 − p1/h1 ≥ t/100 with t = n/d   ⟺   h1·(100·d·p0 − n·h0) ≥ h0·100·d·p1

A program that calculates has doubles. Every whole number below 10^15 is one of them, so are the products and sums that
stay below, and both Excel, which compares fifteen digits, and LibreOffice, which compares whole numbers as they are,
tell two such numbers apart. Quotients are never compared: half of all falls that are exactly 4 points come out as
3,9999… or 4,0000…1.

Where products grow beyond (the country, squared), each side x·a is split by a = M·a1 + a0, M = 2^20, 0 ≤ a0 < M:

    x·a − y·b = M·X + Y   with X = x·a1 − y·b1, Y = x·a0 − y·b0

X and Y are below 10^15 again. X is whole, so M·X + Y ≥ 0 ⟺ X + ⌊Y/M⌋ ≥ 0, and dividing by a power of two is exact.
For > the same is asked of Y − 1: whole numbers are more than 0 where they are 1 or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from thidua_cli.judge.clause.threshold import exact
from thidua_cli.judge.clause.values import is_relative
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.export.counts import CountPlaces
from thidua_cli.rulebook.schema import EACH_YEAR, MEANS, TEST_FORM, Clause, Comparison

EXACT: Final = 10**15
_ROOM: Final = 4
"""A count may be changed in the workbook up to so many times what it is, and the formula stays exact."""
_SPLIT: Final = 2**20


class BothSides(NamedTuple):
    """One comparison: `factor · part` on either side, all of them whole; a factor of "" is one."""

    left_factor: str
    left: str
    right_factor: str
    right: str
    scale: int
    """The greatest constant on either side."""
    positive: str = ""
    """The cell that must not be 0: from nothing there is no fall."""


def steps_of(clause: Clause, years: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pairs of year-ends between which falls are asked for; of what is left, the year-end twice."""
    if clause.test in EACH_YEAR or is_mean_in_percent(clause):
        return list(pairwise(years))
    return [(years[0], years[-1])]


def is_mean_in_percent(clause: Clause) -> bool:
    """Say whether the clause asks for the mean of yearly falls, each of what was there a year before."""
    return clause.test in MEANS and is_relative(clause)


def need_of(clause: Clause, years: Sequence[int]) -> Fraction:
    """Return what is asked of one step; of a mean over its whole window."""
    need = exact(clause.threshold)
    return need * (years[-1] - years[0]) if clause.test in MEANS and not is_relative(clause) else need


def sides_of(clause: Clause, step: tuple[int, int], need: Fraction, columns: CountPlaces) -> BothSides:
    """Return what is compared for one step."""
    measure, (before, after) = clause.measure, step
    number, parts = need.numerator, 100 * need.denominator
    last, windows = columns.count(after, measure), TEST_FORM[clause.test].windows
    if not TEST_FORM[clause.test].of_rates:
        if not windows:
            return BothSides("", f"{need.denominator}*{last}", "", f"{number}", need.denominator)
        first = columns.count(before, measure)
        if is_relative(clause):
            return BothSides("", f"{parts - number}*{first}", "", f"{parts}*{last}", parts, first)
        return BothSides("", f"{need.denominator}*({first}-{last})", "", f"{number}", need.denominator)
    households = columns.whole(after, measure)
    if not windows:
        return BothSides("", f"{parts}*{last}", households, f"{number}", max(parts, number))
    first, earlier = columns.count(before, measure), columns.whole(before, measure)
    if is_relative(clause):
        return BothSides(households, f"{parts - number}*{first}", earlier, f"{parts}*{last}", parts, first)
    return BothSides(
        households, f"({parts}*{first}-{number}*{earlier})", earlier, f"{parts}*{last}", max(parts, number)
    )


def holds(clause: Clause, sides: BothSides, greatest: int) -> str | None:
    """Return the condition of one comparison, exact for counts up to `greatest`; None where no formula is."""
    degree = 2 if sides.left_factor and sides.right_factor else 1
    largest = sides.scale * (_ROOM * greatest) ** degree
    if largest < EXACT:
        left, right = (_product(*side) for side in (sides[:2], sides[2:4]))
        condition = f"{left}{clause.comparison.value}{right}"
    elif degree == 2 and largest < EXACT * _SPLIT // 2 and _ROOM * greatest * _SPLIT * 2 < EXACT:
        condition = _split(clause.comparison, sides)
    else:
        return None
    return f"{sides.positive}>0,{condition}" if sides.positive else condition


def _product(factor: str, part: str) -> str:
    return f"{factor}*{part}" if factor else part


def _split(comparison: Comparison, sides: BothSides) -> str:
    x, a, y, b, *_ = sides
    high_a, high_b = f"INT({a}/{_SPLIT})", f"INT({b}/{_SPLIT})"
    high = f"{x}*{high_a}-{y}*{high_b}"
    low = f"{x}*({a}-{_SPLIT}*{high_a})-{y}*({b}-{_SPLIT}*{high_b})"
    least = f"{high}+INT(({low})/{_SPLIT})>=0"
    more = f"{high}+INT(({low}-1)/{_SPLIT})>=0"
    return {
        Comparison.AT_LEAST: least,
        Comparison.MORE_THAN: more,
        Comparison.LESS_THAN: f"NOT({least})",
        Comparison.AT_MOST: f"NOT({more})",
        Comparison.EQUAL: f"AND({least},NOT({more}))",
    }[comparison]


def mean_holds(clause: Clause, years: Sequence[int], columns: CountPlaces, greatest: int) -> str | None:
    """Return the condition of a mean of falls in percent, its fractions brought to one denominator.

    Σ aᵢ/bᵢ ≤ n·(1 − t/100), where aᵢ/bᵢ is what was left of the year before; None where the products grow too large.
    """
    need, measure, steps = exact(clause.threshold), clause.measure, steps_of(clause, years)
    parts, rates = 100 * need.denominator, TEST_FORM[clause.test].of_rates
    if parts * len(steps) * (_ROOM * greatest) ** (len(steps) * (2 if rates else 1)) >= EXACT:
        return None
    kept, were = [], []
    for before, after in steps:
        first, last = columns.count(before, measure), columns.count(after, measure)
        kept.append(f"{last}*{columns.whole(before, measure)}" if rates else last)
        were.append(f"{first}*{columns.whole(after, measure)}" if rates else first)
    sums = [
        "*".join(kept[place] if place == index else were[place] for place in range(len(steps)))
        for index in range(len(steps))
    ]
    allowed = f"{len(steps) * (parts - need.numerator)}*{'*'.join(were)}"
    positive = ",".join(f"{columns.count(before, measure)}>0" for before, _ in steps)
    return f"{positive},{allowed}{clause.comparison.value}{parts}*({'+'.join(sums)})"


# ------------------------------------------------------------ the last count that still passes


def most_left(clause: Clause, years: Sequence[int], columns: CountPlaces, greatest: int) -> str | None:
    """Return the largest last count with which the last comparison holds; None where no formula is exact.

    A quotient N/D of whole numbers that is none lies 1/D or more from the next one: 10^-13 of its size where N stays
    below 10^13, which is more than any of the programs lets pass for nothing.
    """
    if is_mean_in_percent(clause) or (clause.comparison is Comparison.EQUAL and clause.threshold > 0):
        return None
    need = need_of(clause, years)
    sides = sides_of(clause, steps_of(clause, years)[-1], need, columns)
    degree = 2 if sides.left_factor else 1
    if sides.scale * greatest**degree >= EXACT // 100:
        return None
    quotient = _quotient(clause, years, need, columns, sides)
    strict = clause.comparison in (Comparison.MORE_THAN, Comparison.LESS_THAN)
    return f"-INT(-({quotient}))-1" if strict else f"INT({quotient})"


def _quotient(clause: Clause, years: Sequence[int], need: Fraction, columns: CountPlaces, sides: BothSides) -> str:
    """Return the count at which both sides are equal."""
    parts, number, measure = 100 * need.denominator, need.numerator, clause.measure
    of_rates, windows = TEST_FORM[clause.test].of_rates, TEST_FORM[clause.test].windows
    if not windows:
        return f"{number}*{sides.right_factor}/{parts}" if of_rates else f"{number}/{need.denominator}"
    first = columns.count(steps_of(clause, years)[-1][0], measure)
    if not of_rates:
        if is_relative(clause):
            return f"{parts - number}*{first}/{parts}"
        return f"({need.denominator}*{first}-{number})/{need.denominator}"
    return f"{sides.left_factor}*{sides.left}/({parts}*{sides.right_factor})"
