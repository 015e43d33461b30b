"""Possible worlds of one unit: its open counts filled in, so that each can be judged as if it were known.

Clauses are decided one by one over all that their figures may be (`clause.gaps`). That leaves open what only several of
them settle together: of 20 to 30 poor households the rate may meet a clause up to 24 and the count another from 22 on.
Where the counts that are open are few enough, every choice of them is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import gcd, prod
from typing import Final, TypeAlias

from thidua_cli.judge.clause.clause import figures_of
from thidua_cli.judge.clause.domain import count_bounds
from thidua_cli.judge.clause.figures import Missing, Why
from thidua_cli.judge.verdict import State
from thidua_cli.model import Measure, Series, YearFigures
from thidua_cli.rulebook.schema import TEST_FORM, Clause

MOST_WORLDS: Final = 10_000
"""So many choices are tried at most; figures with more stay open."""

Counts: TypeAlias = Mapping[str, int]


def same_in_all(worlds: Iterable[Series], state_in: Callable[[Series], State]) -> State:
    """Return the answer that all worlds give; undetermined as soon as two differ, one leaves it open or there is none.

    Few worlds are judged where the answer is open, if those come first that are likely to differ.
    """
    given: State | None = None
    for world in worlds:
        state = state_in(world)
        if state is State.UNDETERMINED or given not in (None, state):
            return State.UNDETERMINED
        given = state
    return given or State.UNDETERMINED


def worlds_of(series: Series, clauses: Sequence[Clause], as_of: int, most: int = MOST_WORLDS) -> Iterator[Series]:
    """Yield the unit with every choice of the open counts that `clauses` look at: extremes first, then from all over.

    Counts without an upper bound stay open, and so do those that would make more than `most` worlds.
    """
    choices = _fitting(_choices(series, clauses, as_of, most), most)
    years = list(choices)
    for chosen in _spread([choices[year] for year in years]):
        yield _filled(series, dict(zip(years, chosen, strict=True)))


def with_count(series: Series, year: int, measure: Measure, count: int) -> Series:
    """Return the unit with another count of a measure at a year-end, all households held."""
    first, *others = measure.parts
    return _filled(series, {year: {first: count, **dict.fromkeys(others, 0)}})


def _filled(series: Series, counts: Mapping[int, Counts]) -> Series:
    years = dict(series.years)
    for year, known in counts.items():
        years[year] = replace(years[year], counts={**years[year].counts, **known})
    return replace(series, years=years)


# ------------------------------------------------------------ which counts are open


def _choices(series: Series, clauses: Sequence[Clause], as_of: int, most: int) -> dict[int, list[Counts]]:
    """Return, per year-end of which counts are open, all that they may be together."""
    names: dict[int, dict[str, None]] = {}
    for clause in clauses:
        for year in _open_years(series, clause, as_of):
            asked = clause.measure.parts if not TEST_FORM[clause.test].of_rates else _of_rate(clause.measure)
            absent = (name for name in asked if name not in series.years[year].counts)
            names.setdefault(year, {}).update(dict.fromkeys(absent))
    possible = {year: _assignments(series.years[year], tuple(open_), most) for year, open_ in names.items()}
    return {year: assignments for year, assignments in possible.items() if assignments}


def _of_rate(measure: Measure) -> tuple[str, ...]:
    return (measure.whole, *measure.parts)


def _open_years(series: Series, clause: Clause, as_of: int) -> Iterator[int]:
    """Yield the year-ends of a clause of which counts alone are missing, or lie between two numbers."""
    for figure in figures_of(clause, series, as_of):
        figures = series.years.get(figure.year)
        if figures is None or figures.divided or figures.printed_rate(clause.measure) is not None:
            continue
        is_open = figure.why is Why.COUNT_LACKING if isinstance(figure, Missing) else figure.value.exact is None
        if is_open:
            yield figure.year


def _assignments(figures: YearFigures, names: Sequence[str], most: int) -> list[Counts]:
    """Return all that counts of one year-end may be together; none where one has no end, or they are too many."""
    ranges = [_range(figures, name) for name in names]
    known = [numbers for numbers in ranges if numbers is not None]
    if len(known) < len(ranges) or prod(map(len, known)) > most:
        return []
    chosen = (dict(zip(names, numbers, strict=True)) for numbers in product(*known))
    return [counts for counts in chosen if _may_be({**figures.counts, **counts})]


def _range(figures: YearFigures, name: str) -> range | None:
    """Return the numbers one count may be; None where they have no end. Some household belongs to every unit."""
    low, high = count_bounds(figures, name)
    if high is None and name != "households":
        high = count_bounds(figures, "households").high
    least = max(low, 1) if name in ("households", "minority_households") else low
    return None if high is None else range(least, high + 1)


_PARTS: Final = {
    "households": (("poor_households", "near_poor_households"), ("minority_households",)),
    "minority_households": (("minority_poor_households", "minority_near_poor_households"),),
    "poor_households": (("minority_poor_households",), ("merit_poor_households",)),
}
"""Count → counts that together are no more than it."""


def _may_be(counts: Counts) -> bool:
    return all(
        sum(counts.get(part, 0) for part in parts) <= counts[whole]
        for whole, together in _PARTS.items()
        if whole in counts
        for parts in together
    )


# ------------------------------------------------------------ in which order


def _fitting(choices: Mapping[int, list[Counts]], most: int) -> dict[int, list[Counts]]:
    """Return as many year-ends, those with the fewest choices first, as make no more than `most` together."""
    fitting: dict[int, list[Counts]] = {}
    number = 1
    for year, assignments in sorted(choices.items(), key=lambda item: len(item[1])):
        number *= len(assignments)
        if number > most:
            break
        fitting[year] = assignments
    return fitting


def _spread(choices: Sequence[Sequence[Counts]]) -> Iterator[tuple[Counts, ...]]:
    """Yield every combination: those of first and last choices first, then in steps that soon come to every region."""
    if not choices:
        return
    yield from product(*([options[0], options[-1]] if len(options) > 1 else options for options in choices))
    number = prod(map(len, choices))
    step = next(step for step in range(max(1, number * 5 // 8), number + 1) if gcd(step, number) == 1)
    for position in range(number):
        yield _combination(choices, position * step % number)


def _combination(choices: Sequence[Sequence[Counts]], number: int) -> tuple[Counts, ...]:
    chosen = []
    for options in choices:
        number, index = divmod(number, len(options))
        chosen.append(options[index])
    return tuple(chosen)
