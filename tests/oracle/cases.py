"""Random small units and rules, drawn from a seed: gaps, counts between two numbers, classes that are not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random

from tests.oracle.worlds import WHOLES, Known, reached
from thidua_cli.language import Text
from thidua_cli.model import Citation, Level, Measure, Series, YearFigures
from thidua_cli.rulebook.schema import TEST_FORM, Clause, Subject, ThresholdUnit, Window
from thidua_cli.rulebook.schema import Test as Kind

AS_OF = 2024
UNIT = "20443"
NOTHING = Text("", "")
CLASSES = ("coastal_commune", "area_1", "area_3")


@dataclass(frozen=True)
class Case:
    """One unit with what is known of it, and the rules it is judged by."""

    known: Known
    clauses: tuple[Clause, ...]
    classes: Mapping[str, bool | None]
    """Class → whether the unit has it; None where that is not known."""

    def series(self) -> Series:
        """Return the unit as the program takes it: one value is a count, several are bounds, none is missing."""
        years = {}
        for year, values in self.known.years.items():
            counts = {name: known[0] for name, known in values.items() if len(known) == 1}
            bounds = {name: (known[0], known[-1]) for name, known in values.items() if len(known) > 1}
            years[year] = YearFigures(year, counts, bounds=bounds)
        return Series(UNIT, "Xã Thử", Level.COMMUNE, "", years)


def case(random: Random) -> Case:
    """Draw a unit, what is known of it, and one to three clauses."""
    length = random.choice([2, 3, 3, 4])
    measures = _measures(random)
    counts = _true_counts(random, range(AS_OF - length, AS_OF + 1), measures)
    drawn = (_clause(random, number, length, measures) for number in range(random.choice([1, 1, 1, 2, 2, 3])))
    clauses = tuple(_near(random, clause, counts) if random.random() < 0.7 else clause for clause in drawn)
    asked = {token for clause in clauses for token in (*clause.subject.any_of, *clause.subject.none_of)}
    classes = {token: random.choice([True, False, None]) for token in CLASSES if token in asked}
    if classes.get("area_1") and classes.get("area_3"):
        classes["area_3"] = False
    return Case(Known(_made_open(random, counts)), clauses, classes)


def _measures(random: Random) -> list[Measure]:
    if random.random() < 0.75:
        return [random.choice([Measure.MULTIDIMENSIONAL, Measure.POOR, Measure.NEAR_POOR])]
    return random.sample(list(Measure), 2)


def _true_counts(random: Random, years: Sequence[int], measures: Sequence[Measure]) -> dict[int, dict[str, int]]:
    """Draw counts that fall about alike each year: then no fall fails by itself, and what a gap may be decides."""
    households = random.randint(10, 40)
    poor, near_poor = random.randint(0, households // 2), random.randint(0, households // 2)
    falls = random.randint(0, 5), random.randint(0, 4)
    drawn = {}
    for year in years:
        poor = max(0, poor - falls[0] + random.choice([-1, 0, 0, 0, 1]))
        near_poor = max(0, near_poor - falls[1] + random.choice([-1, 0, 0, 0, 1]))
        poor = min(poor, households - near_poor)
        counts = {"households": households, "poor_households": poor, "near_poor_households": near_poor}
        if Measure.MINORITY_POOR in measures:
            minority = random.randint(1, households)
            counts["minority_households"] = minority
            counts["minority_poor_households"] = random.randint(0, min(minority, poor))
        if Measure.MERIT_POOR in measures:
            counts["merit_poor_households"] = random.randint(0, poor)
        if Measure.RELAPSED in measures:
            counts["poor_relapsed"] = random.randint(0, poor)
        drawn[year] = counts
        households = max(10, poor + near_poor, households + random.choice([0, 0, 0, -1, 1, 2]))
    return drawn


def _made_open(random: Random, counts: Mapping[int, Mapping[str, int]]) -> dict[int, dict[str, Sequence[int]]]:
    """Leave out or blur one to three figures."""
    known: dict[int, dict[str, Sequence[int]]] = {
        year: {name: [count] for name, count in of_year.items()} for year, of_year in counts.items()
    }
    for _ in range(random.choice([1, 1, 1, 2, 2, 3])):
        first, *between, last = counts
        year = random.choice([first, last, *between, *between])
        name = random.choice([*counts[year], "poor_households", "near_poor_households"])
        kind = random.random()
        if kind < 0.12:
            known.pop(year, None)
        elif year in known and kind < 0.5:
            known[year].pop(name, None)
        elif year in known and name in known[year]:
            count = counts[year][name]
            low, high = max(1 if name in WHOLES else 0, count - random.randint(0, 6)), count + random.randint(0, 6)
            known[year][name] = range(low, high + 1) if high > low else [low]
    return known


def _clause(random: Random, number: int, length: int, measures: Sequence[Measure]) -> Clause:
    test = random.choice(list(Kind))
    form = TEST_FORM[test]
    unit = random.choice(form.units)
    window = random.choice(form.windows) if form.windows else None
    fitting = [measure for measure in measures if measure.has_rate or not form.of_rates]
    measure = random.choice(fitting or [Measure.POOR])
    back = random.choice([length, length, random.randint(1, length)])
    wanted = random.sample(CLASSES, random.choice([1, 1, 2])) if random.random() < 0.3 else []
    unwanted = [random.choice(CLASSES)] if not wanted and random.random() < 0.2 else []
    return Clause(
        id=f"clause-{number}",
        title=NOTHING,
        subject=Subject(Level.COMMUNE, tuple(wanted), tuple(unwanted)),
        test=test,
        measure=measure,
        comparison=random.choice(form.comparisons),
        threshold=_threshold(random, test, unit),
        unit=unit,
        reading=NOTHING,
        citation=Citation("1/QĐ", "điều 1", date(2022, 1, 1)),
        verified=date(2022, 1, 1),
        years=back if window is Window.YEARS else None,
        baseline_year=AS_OF - back if window is Window.BASELINE_YEAR else None,
        rounded_to=random.choice([None, None, None, 0, 1, 2]),
    )


def _near(random: Random, clause: Clause, counts: Mapping[int, Mapping[str, int]]) -> Clause:
    """Return a clause with a threshold near what the counts come to, where a gap may decide."""
    values = [value for value in reached(clause, counts, AS_OF) if value is not None]
    if not values:
        return clause
    places = 0 if clause.unit is ThresholdUnit.HOUSEHOLDS else random.choice([0, 1, 2])
    step = Fraction(1, 10**places)
    # Falls of the mean in each year are what a gap between them leaves just possible, or just not.
    near = random.choice([min(values), sum(values, Fraction(0)) / len(values)])
    steps = floor(near / step) + random.choice([-2, -1, 0, 0, 0, 1, 1, 2])
    least = 0 if clause.test is Kind.COUNT_AT_YEAR_END else 1  # a rule that asks for nothing is refused
    return replace(clause, threshold=Decimal(max(least, steps)) / 10**places)


def _threshold(random: Random, test: Kind, unit: ThresholdUnit) -> Decimal:
    if test is Kind.COUNT_AT_YEAR_END:
        return Decimal(random.randint(0, 20))
    if test is Kind.RATE_AT_YEAR_END:
        return Decimal(random.choice(["2.5", "10", "25", "33.3", "50", "75"]))
    if unit is ThresholdUnit.HOUSEHOLDS:
        return Decimal(random.randint(1, 6))
    if unit is ThresholdUnit.POINTS:
        return Decimal(random.choice(["0.5", "2.5", "4", "5", "10"]))
    return Decimal(random.choice(["5", "10", "12.5", "20", "33.3", "50", "100"]))
