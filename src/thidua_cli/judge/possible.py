"""Possible worlds of one unit: its open counts filled in, so that each can be judged as if it were known.

Clauses are decided one by one over all that their figures may be (`clause.gaps`). That leaves open what only several of
them settle together: of 20 to 30 poor households the rate may meet a clause up to 24 and the count another from 22 on.
Where the counts that are open are few enough, every choice of them is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import gcd, prod
from typing import Final, TypeAlias

from thidua_cli.judge.clause.clause import figures_of
from thidua_cli.judge.clause.domain import count_bounds
from thidua_cli.judge.clause.figures import Missing, Why
from thidua_cli.judge.clause.values import is_relative
from thidua_cli.judge.verdict import State
from thidua_cli.late_dataclass import replace
from thidua_cli.model import Measure, Series, YearFigures
from thidua_cli.rulebook.schema import MEANS, TEST_FORM, Clause

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

    Counts without an upper bound stay open, and so do those that would make more than `most` worlds. None of a clause
    alone that has been decided over all values: only of a mean of relative falls they are not all looked at together.
    """
    if len(clauses) == 1 and not _is_mean_in_percent(clauses[0]):
        return
    open_counts = _fitting(_open_counts(series, clauses, as_of), most)
    keys = [(year, name) for year, ranges in open_counts.items() for name in ranges]
    for chosen in _spread([numbers for ranges in open_counts.values() for numbers in ranges.values()]):
        counts: dict[int, dict[str, int]] = {}
        for (year, name), count in zip(keys, chosen, strict=True):
            counts.setdefault(year, {})[name] = count
        if all(_may_be({**series.years[year].counts, **of_year}) for year, of_year in counts.items()):
            yield _filled(series, counts)


def _is_mean_in_percent(clause: Clause) -> bool:
    return is_relative(clause) and clause.test in MEANS


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


def _open_counts(series: Series, clauses: Sequence[Clause], as_of: int) -> dict[int, dict[str, range]]:
    """Return, per year-end of which counts are open, what each of them may be by itself; none where one has no end."""
    names: dict[int, dict[str, None]] = {}
    for clause in clauses:
        for year in _open_years(series, clause, as_of):
            asked = clause.measure.parts if not TEST_FORM[clause.test].of_rates else _of_rate(clause.measure)
            absent = (name for name in asked if name not in series.years[year].counts)
            names.setdefault(year, {}).update(dict.fromkeys(absent))
    ranges = {year: {name: _range(series.years[year], name) for name in open_} for year, open_ in names.items()}
    known = {
        year: {name: numbers for name, numbers in of.items() if numbers is not None} for year, of in ranges.items()
    }
    return {year: of_year for year, of_year in known.items() if len(of_year) == len(ranges[year])}


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


def _fitting(open_counts: Mapping[int, dict[str, range]], most: int) -> dict[int, dict[str, range]]:
    """Return as many year-ends, those with the fewest choices first, as make no more than `most` together."""
    fitting: dict[int, dict[str, range]] = {}
    number = 1
    for year, ranges in sorted(open_counts.items(), key=lambda item: _number(item[1].values())):
        number *= _number(ranges.values())
        if number > most:
            break
        fitting[year] = ranges
    return fitting


def _number(ranges: Iterable[range]) -> int:
    return prod(map(len, ranges))


def _spread(ranges: Sequence[range]) -> Iterator[tuple[int, ...]]:
    """Yield every combination: of least and greatest numbers first, then in steps that soon come to all regions."""
    number = _number(ranges)
    if not ranges or not number:
        return
    yield from product(*((numbers[0], numbers[-1]) if len(numbers) > 1 else numbers for numbers in ranges))
    step = next(step for step in range(max(1, number * 5 // 8), number + 1) if gcd(step, number) == 1)
    for position in range(number):
        yield _combination(ranges, position * step % number)


def _combination(ranges: Sequence[range], number: int) -> tuple[int, ...]:
    chosen = []
    for numbers in ranges:
        number, index = divmod(number, len(numbers))
        chosen.append(numbers[index])
    return tuple(chosen)
