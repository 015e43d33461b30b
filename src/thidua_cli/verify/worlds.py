"""What no clause settles by itself: every choice of the counts that are open, each taken as if it were known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from thidua_cli.late_dataclass import replace
from thidua_cli.verify.answers import UNDETERMINED
from thidua_cli.verify.arithmetic import Figures, looked_at
from thidua_cli.verify.open_figures import single
from thidua_cli.verify.said import Clause, Figure

_MOST: Final = 10_000
_WHOLES: Final = ("households", "minority_households")
_NO_MORE_THAN: Final = (
    ("households", ("poor_households", "near_poor_households")),
    ("households", ("minority_households",)),
    ("minority_households", ("minority_poor_households", "minority_near_poor_households")),
    ("poor_households", ("minority_poor_households",)),
    ("poor_households", ("merit_poor_households",)),
)

_Counts = Mapping[str, int]


def answer_of_every_choice(
    figures: Figures, clauses: Sequence[Clause], as_of: int, answer_with: Callable[[Figures], str]
) -> str:
    """Return the answer with every choice of the open counts, undetermined where two differ or none is open."""
    answer = ""
    for chosen in _choices(figures, clauses, as_of):
        given = answer_with({key: _with(figure, chosen.get(key[1], {})) for key, figure in figures.items()})
        if given == UNDETERMINED or answer not in ("", given):
            return UNDETERMINED
        answer = given
    return answer or UNDETERMINED


def _choices(figures: Figures, clauses: Sequence[Clause], as_of: int) -> Iterator[dict[int, _Counts]]:
    """Yield every choice of as many year-ends, the least open ones first, as have no more than 10,000 together."""
    sizes: dict[int, int] = {}
    options: dict[int, list[_Counts]] = {}
    for year, names in _open_counts(figures, clauses, as_of).items():
        of_year = [figure for (_, when), figure in figures.items() if when == year]
        sizes[year], options[year] = _possible(of_year, names)
    number, taken = 1, []
    for year in sorted((year for year in options if sizes[year]), key=lambda year: sizes[year]):
        number *= sizes[year]
        if number > _MOST:
            break
        taken.append(year)
    if taken:
        for chosen in product(*(options[year] for year in taken)):
            yield dict(zip(taken, chosen, strict=True))


def _open_counts(figures: Figures, clauses: Sequence[Clause], as_of: int) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for clause in clauses:
        line, years = looked_at(clause, figures, as_of)
        for year in years:
            figure = figures.get((clause.measure, year))
            if figure is None or not figure.usable or figure.poverty_line != line or figure.divided or figure.printed:
                continue
            if not figure.parts:
                continue  # a result that names no parts rests on nothing, which is told elsewhere
            asked = figure.parts if clause.test.startswith("rate") else figure.parts[1:]
            if any(part.value == 0 for part in asked[:1] if part.name in _WHOLES):
                continue
            names.setdefault(year, []).extend(part.name for part in asked if part.value is None)
    return {year: list(dict.fromkeys(of_year)) for year, of_year in names.items() if of_year}


def _possible(of_year: Sequence[Figure], names: Sequence[str]) -> tuple[int, list[_Counts]]:
    """Return how many choices counts of one year-end have by themselves, and those that go together.

    No number where one of them has no end; no choices where they are too many.
    """
    parts = {part.name: part for figure in of_year for part in (*figure.parts, *figure.beside)}
    whole = replace(of_year[0], parts=tuple(parts.values()), beside=())
    known = {name: part.value for name, part in parts.items() if part.value is not None}
    ranges, number = [], 1
    for name in names:
        low, high = single(whole, name)
        if high is None and name != "households":
            high = single(whole, "households")[1]
        if high is None:
            return 0, []
        ranges.append(range(max(low, 1) if name in _WHOLES else low, high + 1))
        number *= len(ranges[-1])
    if number > _MOST:
        return number, []
    chosen = (dict(zip(names, values, strict=True)) for values in product(*ranges))
    return number, [counts for counts in chosen if _go_together({**known, **counts})]


def _go_together(counts: _Counts) -> bool:
    return all(
        sum(counts.get(part, 0) for part in parts) <= counts.get(whole, 10**12) for whole, parts in _NO_MORE_THAN
    )


def with_count(figure: Figure, count: int) -> Figure:
    """Return a figure with another count, all households held."""
    if len(figure.parts) < 2:
        return replace(figure, count=count)
    whole, first, *others = figure.parts
    changed = (whole, replace(first, value=count), *(replace(part, value=0) for part in others))
    return replace(figure, count=count, parts=changed)


def _with(figure: Figure, counts: _Counts) -> Figure:
    """Return a figure with counts filled in."""
    if not counts:
        return figure
    parts = [replace(part, value=counts.get(part.name, part.value)) for part in figure.parts]
    values = [part.value for part in parts[1:] if part.value is not None]
    total = sum(values) if len(values) == len(parts) - 1 else None
    return replace(figure, parts=tuple(parts), households=parts[0].value, count=total)
