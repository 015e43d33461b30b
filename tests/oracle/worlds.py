"""What every possible value of a unit's counts answers, by plain loops: no code of the program decides anything here.

Of a rule only the record is read: which test, which numbers. The arithmetic is written anew, slow and flat.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

from thidua_cli.rulebook.schema import Clause

MOST = 10_000
WHOLE = {"minority_poor": "minority_households"}
WHOLES = ("households", "minority_households")
"""Counts that a rate is taken over: some household belongs to every unit."""
PARTS = {
    "multidimensional": ("poor_households", "near_poor_households"),
    "poor": ("poor_households",),
    "near_poor": ("near_poor_households",),
    "minority_poor": ("minority_poor_households",),
    "merit_poor": ("merit_poor_households",),
    "relapsed": ("poor_relapsed",),
}
AT_MOST = (
    (("poor_households", "near_poor_households"), "households"),
    (("minority_households",), "households"),
    (("merit_poor_households",), "poor_households"),
    (("minority_poor_households",), "poor_households"),
    (("minority_poor_households",), "minority_households"),
    (("poor_relapsed",), "households"),
)
"""Counts whose sum is no more than another count."""

World = Mapping[int, Mapping[str, int]]
"""Year-end → count → households."""


@dataclass(frozen=True)
class Known:
    """What is known of one unit: per year-end and count, every value that it may be; absent means missing.

    A known count has one value, a bounded one a range. A list of several values is a dispute, the printed one
    first: the loops try them all; how the program is told of them is up to `Case.series` and `compare.judged`.
    """

    years: Mapping[int, Mapping[str, Sequence[int]]]


# ------------------------------------------------------------ one world


def met(clause: Clause, world: World, as_of: int) -> bool:
    """Say whether a clause is met by counts that are all known."""
    values = reached(clause, world, as_of)
    return all(value is not None and holds(clause, value) for value in values)


def reached(clause: Clause, world: World, as_of: int) -> list[Fraction | None]:
    """Return what is held against the threshold; None of a fall from nothing, which is none."""
    years = looked_back(clause, as_of)
    amounts = [amount(clause, world[year]) for year in years]
    if clause.test.endswith("at_year_end"):
        return [amounts[0]]
    in_percent = clause.unit == "percent"
    if clause.test.endswith("average") and not in_percent:
        return [as_read(clause, (amounts[0] - amounts[-1]) / (years[-1] - years[0]))]
    falls: list[Fraction | None] = []
    for before, after in pairwise(amounts):
        if not in_percent:
            falls.append(before - after)
        else:
            falls.append(100 * (before - after) / before if before else None)
    if clause.test.endswith("average"):
        known = [fall for fall in falls if fall is not None]
        falls = [sum(known, Fraction(0)) / len(falls) if len(known) == len(falls) else None]
    return [None if fall is None else as_read(clause, fall) for fall in falls]


def looked_back(clause: Clause, as_of: int) -> list[int]:
    """Return the year-ends a clause looks at; a mean that is not in percent needs no year between."""
    if clause.test.endswith("at_year_end"):
        return [as_of]
    first = as_of - clause.years if clause.years is not None else clause.baseline_year
    assert first is not None
    ends_alone = clause.test.endswith("average") and clause.unit != "percent"
    if ends_alone or clause.test == "count_fall_since_baseline":
        return [first, as_of]
    return list(range(first, as_of + 1))


def amount(clause: Clause, counts: Mapping[str, int]) -> Fraction:
    count = sum(counts[name] for name in PARTS[clause.measure])
    if not clause.test.startswith("rate"):
        return Fraction(count)
    rate = Fraction(100 * count, counts[WHOLE.get(clause.measure, "households")])
    return rate if clause.rounded_to is None else half_up(rate, clause.rounded_to)


def as_read(clause: Clause, fall: Fraction) -> Fraction:
    if clause.rounded_to is None or clause.test.startswith("rate"):
        return fall
    return half_up(fall, clause.rounded_to)


def half_up(value: Fraction, places: int) -> Fraction:
    tenfold = 10**places
    steps = (2 * abs(value.numerator) * tenfold + value.denominator) // (2 * value.denominator)
    return Fraction(steps if value >= 0 else -steps, tenfold)


def holds(clause: Clause, value: Fraction) -> bool:
    asked = Fraction(str(clause.threshold))
    return {
        ">=": value >= asked,
        ">": value > asked,
        "=": value == asked,
        "<=": value <= asked,
        "<": value < asked,
    }[clause.comparison.value]


def has_nothing_to_reduce(clause: Clause, world: World, as_of: int) -> bool:
    """Say whether a fall in percent is asked of nothing that stayed nothing."""
    if clause.unit != "percent" or clause.test.endswith("at_year_end"):
        return False
    counts = [sum(world[year][name] for name in PARTS[clause.measure]) for year in looked_back(clause, as_of)]
    return counts[0] == counts[-1] == 0 and (not clause.test.endswith("each_year") or not any(counts))


def margin_in(clauses: Sequence[Clause], world: World, as_of: int) -> int | None:
    """Return the households to spare (≥ 0) or still missing (< 0) of clauses of one measure, tried one by one."""
    names = PARTS[clauses[0].measure]
    count = sum(world[as_of][name] for name in names)
    most = world[as_of].get(WHOLE.get(clauses[0].measure, "households"), 1000)

    def is_met(changed: int) -> bool:
        last = {**world[as_of], names[0]: changed, **dict.fromkeys(names[1:], 0)}
        return any(met(clause, {**world, as_of: last}, as_of) for clause in clauses)

    if is_met(count):
        return next((changed - 1 - count for changed in range(count + 1, most + 1) if not is_met(changed)), None)
    return next((changed - count for changed in range(count - 1, -1, -1) if is_met(changed)), None)


# ------------------------------------------------------------ all worlds


def names_of(clause: Clause) -> tuple[str, ...]:
    whole = (WHOLE.get(clause.measure, "households"),) if clause.test.startswith("rate") else ()
    return (*whole, *PARTS[clause.measure])


def counts_asked(clauses: Sequence[Clause], as_of: int) -> list[tuple[int, str]]:
    """Return every count that some clause looks at."""
    asked = ((year, name) for clause in clauses for year in looked_back(clause, as_of) for name in names_of(clause))
    return list(dict.fromkeys(asked))


def possible_values(known: Known, year: int, name: str) -> Sequence[int] | None:
    """Return every value one count may be; None where there is no end of them."""
    counts = known.years.get(year, {})
    least = 1 if name in WHOLES else 0
    if name in counts:
        return [value for value in counts[name] if value >= least]
    if name == "households" or "households" not in counts:
        return None
    return range(least, max(counts["households"]) + 1)


def is_possible(known: Known, year: int, counts: Mapping[str, int]) -> bool:
    """Say whether counts of one year-end go together, and with what is known beside them."""
    beside = known.years.get(year, {})
    for parts, whole in AT_MOST:
        most = counts.get(whole, max(beside[whole]) if whole in beside else None)
        least = sum(counts.get(part, min(beside[part]) if part in beside else 0) for part in parts)
        if most is not None and least > most:
            return False
    return True


def number_of_worlds(known: Known, asked: Sequence[tuple[int, str]]) -> int | None:
    """Return how many choices of values there are; None for no end of them."""
    number = 1
    for year, name in asked:
        values = possible_values(known, year, name)
        if values is None:
            return None
        number *= len(values)
    return number


def all_worlds(
    known: Known, asked: Sequence[tuple[int, str]], endless: Mapping[tuple[int, str], Sequence[int]]
) -> Iterator[dict[int, dict[str, int]]]:
    """Yield every choice of the counts asked for; of counts without an end those that `endless` gives."""
    by_year: dict[int, list[dict[str, int]]] = {}
    for year in {year for year, _ in asked}:
        names = [name for of, name in asked if of == year]
        of_names = [(possible_values(known, year, name), (year, name)) for name in names]
        values = [endless[key] if some is None else some for some, key in of_names]
        choices = [dict(zip(names, chosen, strict=True)) for chosen in product(*values)]
        by_year[year] = [counts for counts in choices if is_possible(known, year, counts)]
    for chosen in product(*by_year.values()):
        yield dict(zip(by_year, chosen, strict=True))
