"""Which classes a unit has at a year-end: by the lists, and where it was reorganised, by those of its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from thidua_cli.judge.classes.scenarios import Question, answer
from thidua_cli.judge.verdict import PartClasses
from thidua_cli.model import Series, year_end
from thidua_cli.rulebook.classes import AREAS, CLASS_TOKENS, CLASSES_OF_LEVEL, ClassBook, Member
from thidua_cli.units.class_parts import ListedPart


@dataclass(frozen=True, slots=True)
class Membership:
    """What is known of one unit's classes."""

    series: Series
    year: int
    """The year-end asked about."""
    classes: ClassBook
    province_code: str
    as_listed: bool
    """The unit still has the area it had when the class lists were drawn up."""
    parts: Sequence[ListedPart]
    """What it was made of where it has not."""
    start: date | None = None
    """The first day of the period, where a class that the unit had then and lost since is to count as if it stood."""
    _members: dict[str, Member] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The answers given already: several questions name one class."""

    def at_start(self, day: date | None) -> Membership | None:
        """Return the same with classes as they were on an earlier day; None where none has ended since."""
        end = year_end(self.year)
        codes = (self.series.unit_code, *(part.unit_code for part in self.parts))
        if day is None or not any(self.classes.has_ended(code, day, end) for code in codes):
            return None
        return replace(self, start=day)

    def _day(self, token: str) -> date:
        """Return the day on which a class is asked for: areas I, II and III are one list."""
        end = year_end(self.year)
        if self.start is None:
            return end
        together = AREAS if token in AREAS else (token,)
        had_any = any(self._member_on(each, self.start) is Member.YES for each in together)
        return self.start if had_any else end

    @property
    def since(self) -> date | None:
        """The first day of the unit's area, where it is not as the class lists have it."""
        years = [] if self.as_listed else [year for year in self.series.years if year <= self.year]
        return self.series.years[max(years)].area_since if years else None

    def member(self, token: str) -> Member:
        """Say whether the unit has a class: by its own lines, or where it has none, as all its parts agree."""
        member = self._members.get(token)
        if member is None:
            member = self._members[token] = self._member(token)
        return member

    def _member(self, token: str) -> Member:
        return self._member_on(token, self._day(token))

    def _member_on(self, token: str, day: date) -> Member:
        own = self.classes.membership(
            self.series.unit_code,
            self.province_code,
            token,
            day,
            as_listed=self.as_listed,
            since=self.since,
        )
        if own is not Member.UNKNOWN or not self.parts:
            return own
        return self.classes.membership_of_parts(self.parts, token, day)

    def answer(self, question: Question) -> bool | None:
        """Say whether the unit is in any class of a question; None where that cannot be known."""
        own = answer(question, self.member)
        of_parts = {answer(question, partial(self._member_of, part)) for part in self.parts}
        # Parts of area I and area III: which of the two the unit has is open, that it has one is not.
        return of_parts.pop() if own is None and len(of_parts) == 1 else own

    def parts_differ(self, question: Question) -> bool:
        """Say whether some parts are in a class of the question and others are not."""
        return {True, False} <= {answer(question, partial(self._member_of, part)) for part in self.parts}

    def part_classes(self) -> tuple[PartClasses, ...]:
        """Return the classes of each part."""
        return tuple(
            PartClasses(part.unit_code, part.unit_name, self._known(partial(self._member_of, part)))
            for part in self.parts
        )

    def known(self) -> tuple[str, ...]:
        """Return the classes the unit is known to have, and "not_…" for those it is known not to have."""
        return self._known(self.member)

    def unknown(self, questions: Sequence[Question]) -> tuple[str, ...]:
        """Return the classes of the questions that cannot be known."""
        return tuple(token for question in questions for token in question if self.member(token) is Member.UNKNOWN)

    def _member_of(self, part: ListedPart, token: str) -> Member:
        return self.classes.membership_of_part(part, token, self._day(token))

    def _known(self, membership: Callable[[str], Member]) -> tuple[str, ...]:
        members = {token: membership(token) for token in CLASS_TOKENS}
        inside = [token for token, member in members.items() if member is Member.YES]
        asked = CLASSES_OF_LEVEL[self.series.level]
        outside = [f"not_{token}" for token in asked if members[token] is Member.NO]
        return (*inside, *outside)
