"""Tables put together: every choice alone, then pairs and triples drawn with a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from random import Random
from typing import Final

from reading import (
    choices_columns,
    choices_groups,
    choices_headings,
    choices_layouts,
    choices_names,
    choices_numbers,
    choices_places,
    choices_times,
    choices_titles,
    choices_unit_headings,
    choices_years,
    layouts,
)
from reading.choice import Choice
from reading.draft import HOUSEHOLDS, NEAR, POOR, Column, Draft
from reading.meaning import Book
from reading.places import DONG_GIANG, Place, rows

_MOST_CHOICES: Final = 3


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the grammar, by its number and its choices."""

    number: int
    seed: int
    choices: tuple[Choice, ...]

    @property
    def place(self) -> Place:
        """The place it is about."""
        return next((choice.place for choice in self.choices if choice.place is not None), DONG_GIANG)

    def draft(self) -> Draft:
        """Return the table before it is laid out."""
        random = Random(f"{self.seed}/{self.number}")
        year = random.choice(self.place.years)
        draft = plain(self.place, year, random)
        for choice in sorted(self.choices, key=_in_order):
            choice.change(draft)
        return draft

    def book(self, draft: Draft) -> Book:
        """Lay it out."""
        book = Book(draft.stem, draft.layout(draft), draft.recalculated)
        for finish in draft.finish:
            finish(draft, book)
        return book


def _in_order(choice: Choice) -> int:
    """Columns are added last: what is said of all columns is said of the counts alone."""
    return _ORDER.index(choice.dimension)


_ORDER: Final = (
    *("place", "agency", "subject", "time", "status", "line", "measure", "all households", "unit heading", "names"),
    *("heading", "numbers", "one number", "layout", "rows", "format", "column"),
)


def plain(place: Place, year: int, random: Random) -> Draft:
    """Return the table that nothing was chosen for."""
    draft = Draft(
        random=random,
        year=year,
        rows=rows(place, year, random),
        columns=[
            Column("Tổng số hộ", frozenset({HOUSEHOLDS}), HOUSEHOLDS, "Tổng số hộ dân cư"),
            Column("Hộ nghèo", frozenset({POOR}), POOR, "Hộ nghèo"),
            Column("Hộ cận nghèo", frozenset({NEAR}), NEAR, "Hộ cận nghèo"),
        ],
        scope=place.code,
        scope_name=place.name,
        agency=list(place.agency),
        layout=layouts.flat,
        unit_heading=place.unit_heading,
        with_total=place.is_whole,
    )
    if not place.is_whole:
        draft.allowed.add("U008")
    return draft


@cache
def choices() -> tuple[Choice, ...]:
    """Return all choices of all dimensions."""
    return tuple(
        chain(
            choices_times.times(),
            choices_titles.statuses(),
            choices_titles.lines(),
            choices_titles.subjects(),
            choices_headings.measures(),
            choices_headings.headings(),
            choices_unit_headings.unit_headings(),
            choices_numbers.numbers(),
            choices_numbers.odd_numbers(),
            choices_names.names(),
            choices_names.agencies(),
            choices_columns.columns(),
            choices_columns.rows(),
            choices_layouts.all_layouts(),
            choices_places.places(),
            choices_places.forms(),
            choices_groups.parts(),
            choices_groups.groups(),
            choices_years.years(),
            choices_years.rows(),
            choices_layouts.formats(),
        )
    )


def tables(count: int, seed: int) -> Iterator[Table]:
    """Yield the plain table, every choice alone, and then drawn combinations until there are `count`."""
    everything = choices()
    yield Table(0, seed, ())
    for number, choice in enumerate(everything, start=1):
        yield Table(number, seed, (choice,))
    for number in range(len(everything) + 1, count):
        yield table(number, seed)


def table(number: int, seed: int) -> Table:
    """Return one table again."""
    everything = choices()
    if number <= len(everything):
        return Table(number, seed, everything[number - 1 : number] if number else ())
    return Table(number, seed, _drawn(Random(f"{seed}+{number}"), everything))


def _drawn(random: Random, everything: Sequence[Choice]) -> tuple[Choice, ...]:
    """Draw two or three choices that can be made together; each dimension as often as another."""
    by_dimension: dict[str, list[Choice]] = {}
    for choice in everything:
        by_dimension.setdefault(choice.dimension, []).append(choice)
    wanted, drawn = random.randint(2, _MOST_CHOICES), list[Choice]()
    while len(drawn) < wanted:
        choice = random.choice(by_dimension[random.choice(sorted(by_dimension))])
        if all(choice.fits(other) for other in drawn):
            drawn.append(choice)
    return tuple(drawn)
