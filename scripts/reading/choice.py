"""A choice of the grammar: how something is written, and what that makes of the meaning of a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from reading.draft import Draft
from reading.places import Place

Change = Callable[[Draft], None]
Years = Callable[[int], frozenset[int]]


_WANTED: Final = {
    **dict.fromkeys(("time", "status", "line"), frozenset({"one table"})),
    "measure": frozenset({"one table", "measure"}),
    "subject": frozenset({"one table", "plain columns"}),
    "heading": frozenset({"plain columns", "year before"}),
    "layout": frozenset({"year before"}),
    "names": frozenset({"own names"}),
    "agency": frozenset({"agency"}),
    "all households": frozenset({"all households"}),
    "column": frozenset({"column"}),
    "one number": frozenset({"one number"}),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way of one dimension."""

    dimension: str
    name: str
    change: Change
    needs: frozenset[str] = frozenset()
    """What it cannot do without: "merges", "looks", "formats", "formulas", "sheets", "numbers", "free year"."""
    lacks: frozenset[str] = frozenset()
    """What cannot be had beside it."""
    place: Place | None = None
    """The place it is about."""

    @property
    def id(self) -> str:
        """Name it for a person: "time: ĐẦU NĂM {y}"."""
        return f"{self.dimension}: {self.name}"

    @property
    def wants(self) -> frozenset[str]:
        """What it cannot do without; words that speak of a whole sheet want no second table beside the first."""
        return self.needs | _WANTED.get(self.dimension, frozenset())

    def fits(self, other: Choice) -> bool:
        """Say whether both can be made in one table."""
        if self.dimension == other.dimension or self.wants & other.lacks or other.wants & self.lacks:
            return False
        return self.place is None or other.place is None or self.place is other.place


def sets(**fields: object) -> Change:
    """Return a change that sets fields of a draft."""

    def change(draft: Draft) -> None:
        for name, value in fields.items():
            if not hasattr(draft, name):
                raise AttributeError(name)
            setattr(draft, name, value)

    return change


def both(*changes: Change) -> Change:
    """Return a change that makes several, in order."""

    def change(draft: Draft) -> None:
        for each in changes:
            each(draft)

    return change


def same_year(year: int) -> frozenset[int]:
    """The year-end of the words' year."""
    return frozenset({year})


def year_before(year: int) -> frozenset[int]:
    """The year-end before: what stands at the beginning of a year."""
    return frozenset({year - 1})


def no_year(year: int) -> frozenset[int]:
    """No year-end at all."""
    return frozenset()


def line_below(words: str) -> Change:
    """Return a change that adds a line between the title and the headings."""
    return lambda draft: draft.lines_below.append(words)


may_refuse = sets(may_refuse=True)
nothing = sets(is_usable=False)
