"""The clauses once more, in whole numbers: a value is a pair (a, b) for a/b and is never divided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from thidua_cli.verify.document import Clause, Figure

MET: Final = "met"
NOT_MET: Final = "not_met"
UNDETERMINED: Final = "undetermined"
NO_CRITERION: Final = "no_criterion"

Figures = Mapping[tuple[str, int], Figure]
"""(measure, year) → figure."""
Value = tuple[int, int] | None
"""A fraction with a positive denominator, or None where it is not known."""


class Outcome(NamedTuple):
    """What one clause comes to for one unit."""

    values: tuple[tuple[int, Value], ...]
    state: str


def outcome(clause: Clause, figures: Figures, as_of: int) -> Outcome | None:
    """Return what a clause comes to; None for a test that is not known here."""
    test = TESTS.get(clause.test)
    return None if test is None else test(clause, figures, as_of)


def _rate_fall_each_year(clause: Clause, figures: Figures, as_of: int) -> Outcome:
    window = range(as_of - (clause.years or 0) + 1, as_of + 1)
    values = tuple((year, _fall_of_rate(clause, figures, year)) for year in window)
    passed = [passes(clause, value) for _, value in values]
    if NOT_MET in passed:
        return Outcome(values, NOT_MET)
    return Outcome(values, UNDETERMINED if UNDETERMINED in passed else MET)


def _fall_of_rate(clause: Clause, figures: Figures, year: int) -> Value:
    before, after = rate(clause, figures, year - 1), rate(clause, figures, year)
    if before is None or after is None:
        return None
    return 100 * (before[0] * after[1] - after[0] * before[1]), before[1] * after[1]


def _count_fall_since_baseline(clause: Clause, figures: Figures, as_of: int) -> Outcome:
    start = clause.baseline_year or 0
    base, last = count(clause, figures, start), count(clause, figures, as_of)
    if as_of <= start:
        return Outcome(((as_of, None),), UNDETERMINED)
    if base == 0:  # from nothing there is no fall
        return Outcome(((as_of, None),), NOT_MET)
    if base is None or last is None:
        return Outcome(((as_of, None),), UNDETERMINED)
    value = (100 * (base - last), base)
    return Outcome(((as_of, value),), passes(clause, value))


def count(clause: Clause, figures: Figures, year: int) -> int | None:
    """Return the count a clause may look at, in households; None where there is none on its poverty line."""
    figure = figures.get((clause.measure, year))
    if figure is None or not figure.usable or figure.poverty_line != clause.poverty_line:
        return None
    return figure.count


def rate(clause: Clause, figures: Figures, year: int) -> tuple[int, int] | None:
    """Return count and households; None where one is missing or there are no households."""
    number = count(clause, figures, year)
    households = figures[clause.measure, year].households if number is not None else None
    return (number, households) if number is not None and households else None


def passes(clause: Clause, value: Value) -> str:
    """Hold a value against the threshold by multiplying across."""
    if value is None:
        return UNDETERMINED
    above, below = Decimal(clause.threshold).as_integer_ratio()
    difference = value[0] * below - above * value[1]
    holds = {">=": difference >= 0, ">": difference > 0, "<=": difference <= 0, "<": difference < 0}
    return MET if holds[clause.comparison] else NOT_MET


def same(value: Value, exact: str | None) -> bool:
    """Say whether a value is the one written "a/b"."""
    if value is None or exact is None:
        return value is None and exact is None
    above, _, below = exact.partition("/")
    if not below.isdecimal() or not above.removeprefix("-").isdecimal():
        return False
    return value[0] * int(below) == int(above) * value[1]


def written(value: Value) -> str:
    """Write a value as "a/b" in lowest terms."""
    from math import gcd

    if value is None:
        return "–"
    common = gcd(*value) or 1
    return f"{value[0] // common}/{value[1] // common}"


TESTS: Final[Mapping[str, Callable[[Clause, Figures, int], Outcome]]] = {
    "rate_fall_each_year": _rate_fall_each_year,
    "count_fall_since_baseline": _count_fall_since_baseline,
}


def years_of(values: tuple[tuple[int, Value], ...]) -> Iterator[int]:
    """Yield the years of values."""
    return (year for year, _ in values)
