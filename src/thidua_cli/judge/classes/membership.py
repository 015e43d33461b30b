"""Which classes a unit has at a year-end: by the lists of that day; one that was reorganised, by those of its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from thidua_cli.judge.classes.scenarios import Question, answer
from thidua_cli.judge.verdict import ClassSource, ListGap, PartClasses
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.model import Series, year_end
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.classes import (
    AREAS,
    CLASS_TOKENS,
    CLASSES_OF_LEVEL,
    ClassBook,
    ListAnswer,
    Member,
    codes_of_rows,
)
from thidua_cli.units.class_parts import ListedPart


class OnList(NamedTuple):
    """A unit as class lists of one day's codes know it."""

    province_code: str
    """Empty where it is not known."""
    as_listed: bool
    """The unit has the area that it has there."""
    parts: Sequence[ListedPart]
    """What it was made of where it has not."""


@dataclass(frozen=True, slots=True)
class Membership:
    """What is known of one unit's classes."""

    series: Series
    year: int
    """The year-end asked about."""
    classes: ClassBook
    on_list: Callable[[date], OnList]
    """The day of a list's codes → the unit as it stands there."""
    start: date | None = None
    """The first day of the period, where a class that the unit had then and left since is to count as if it stood."""
    on: date | None = None
    """The day asked about, where it is no year-end."""
    _answers: dict[tuple[str, date], tuple[ListAnswer, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """The answers given already: several questions name one class."""
    _by_token: dict[str, tuple[ListAnswer, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Those of the day that counts."""
    _on_lists: dict[date, OnList] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def _end(self) -> date:
        return self.on or year_end(self.year)

    def at_start(self, day: date | None) -> Membership | None:
        """Return the same with classes as they were on an earlier day; None where the unit has left none since."""
        tokens = CLASSES_OF_LEVEL[self.series.level]
        return replace(self, start=day) if day is not None and self._has_left(tokens, day) else None

    def _has_left(self, tokens: Sequence[str], start: date) -> bool:
        """Say whether the unit, or one it was made of, left one of the classes after a day, its list standing still."""
        end = self._end
        asked = self.classes.codes_spoken(tuple(tokens), end)
        codes = {self.series.unit_code, *(part.unit_code for listed in asked for part in self._known_as(listed).parts)}
        return any(self.classes.has_ended(code, start, end, tokens) for code in codes)

    def _day(self, token: str) -> date:
        """Return the day on which a class is asked for: areas I, II and III are one list."""
        if self.start is None:
            return self._end
        together = AREAS if token in AREAS else (token,)
        had_any = any(self._answers_on(each, self.start)[0].member is Member.YES for each in together)
        return self.start if had_any and self._has_left(together, self.start) else self._end

    def _known_as(self, listed: date) -> OnList:
        if listed not in self._on_lists:
            self._on_lists[listed] = self.on_list(listed)
        return self._on_lists[listed]

    def since(self, token: str) -> date | None:
        """Return the first day of the unit's area, where another one bore its code before.

        From that day on a row of the user must hold to speak of the unit.
        """
        if self._known_as(codes_of_rows(token)).as_listed:
            return None
        years = [year for year in self.series.years if year <= self.year]
        return self.series.years[max(years)].area_since if years else None

    def gap(self, token: str) -> ListGap:
        """Return why a class of the unit cannot be known: the list that is not whole, or that there is none."""
        day = self._day(token)
        of, codes = self.classes.list_of(token, day), self.classes.codes_of(token, day)
        ended, province = self.classes.ended_list(token, day), self._known_as(codes).province_code
        return ListGap(token, day, of, ended, province, self._said(token)[0].file)

    def member(self, token: str) -> Member:
        """Say whether the unit has a class: by its own lines, or where it has none, as all its parts agree."""
        return self._said(token)[0].member

    def _said(self, token: str) -> tuple[ListAnswer, ...]:
        """Return what says so: one answer, or one of each list and file that the parts' answer stands on."""
        answers = self._by_token.get(token)
        if answers is None:
            answers = self._by_token[token] = self._answers_on(token, self._day(token))
        return answers

    def _answers_on(self, token: str, day: date) -> tuple[ListAnswer, ...]:
        answers = self._answers.get((token, day))
        if answers is None:
            answers = self._answers[token, day] = self._asked(token, day)
        return answers

    def _asked(self, token: str, day: date) -> tuple[ListAnswer, ...]:
        if not self.classes.speaks_of(token, day):
            return _NOBODY_SAYS
        known = self._known_as(self.classes.codes_of(token, day))
        is_stated = self.series.unit_code in self.classes.user
        own = self.classes.answer(
            self.series.unit_code,
            known.province_code,
            token,
            day,
            as_listed=known.as_listed,
            renewed=is_stated and not self._known_as(codes_of_rows(token)).as_listed,
            since=self.since(token) if is_stated else None,
        )
        if own.member is not Member.UNKNOWN or not known.parts:
            return (own,)
        # A class holds for the unit it was given to and does not merge by itself. Where all parts have one answer there
        # is none other to choose from; where they differ the unit has no class until someone states it.
        of_parts = dict.fromkeys(self.classes.answer_of_part(part, token, day) for part in known.parts)
        return tuple(of_parts) if len({given.member for given in of_parts}) == 1 else (own,)

    def answer(self, question: Question) -> bool | None:
        """Say whether the unit is in any class of a question; None where that cannot be known."""
        own = answer(question, self.member)
        if own is not None:
            return own
        # Parts of area I and area III: which of the two the unit has is open, that it has one is not.
        of_parts = self._answers_of_parts(question)
        return of_parts.pop() if len(of_parts) == 1 else None

    def parts_differ(self, question: Question) -> bool:
        """Say whether some parts are in a class of the question and others are not."""
        return {True, False} <= self._answers_of_parts(question)

    def _answers_of_parts(self, question: Question) -> set[bool | None]:
        return {answer(question, partial(self._member_of, part)) for part in self._parts(question)}

    def _parts(self, tokens: Sequence[str]) -> tuple[ListedPart, ...]:
        """Return the parts of the unit as the lists of some classes know them."""
        asked = [self.classes.codes_of(token, self._day(token)) for token in tokens]
        return tuple(dict.fromkeys(part for listed in dict.fromkeys(asked) for part in self._known_as(listed).parts))

    def part_classes(self) -> tuple[PartClasses, ...]:
        """Return the classes of each part."""
        tokens = [token for token in self._spoken() if self.classes.speaks_of(token, self._day(token))]
        return tuple(
            PartClasses(part.unit_code, part.unit_name, self._known(partial(self._member_of, part)))
            for part in self._parts(tokens)
        )

    def known(self) -> tuple[str, ...]:
        """Return the classes the unit is known to have, and "not_…" for those it is known not to have."""
        return self._known(self.member)

    def sources(self, known: Sequence[str] | None = None) -> tuple[ClassSource, ...]:
        """Return what says so of each class of `known`: a list that ships, or a file of the user."""
        return tuple(
            [
                ClassSource(written, given.list_id, self._document(given.list_id), given.file)
                for written in (self.known() if known is None else known)
                for given in self._said(written.removeprefix("not_"))
            ]
        )

    def _document(self, list_id: str) -> str:
        return self.classes.lists[list_id].document if list_id else ""

    def unknown(self, questions: Sequence[Question]) -> tuple[str, ...]:
        """Return the classes of the questions that cannot be known."""
        return tuple(token for question in questions for token in question if self.member(token) is Member.UNKNOWN)

    def _member_of(self, part: ListedPart, token: str) -> Member:
        return self.classes.answer_of_part(part, token, self._day(token)).member

    def _known(self, membership: Callable[[str], Member]) -> tuple[str, ...]:
        members = {token: membership(token) for token in self._spoken()}
        inside = [token for token, member in members.items() if member is Member.YES]
        asked = CLASSES_OF_LEVEL[self.series.level]
        outside = [f"not_{token}" for token in asked if members.get(token) is Member.NO]
        return (*inside, *outside)

    def _spoken(self) -> Sequence[str]:
        """Return the classes of which anything says anything, in their order; of all others nothing is known."""
        return self.classes.spoken(self._end) if self.start is None else CLASS_TOKENS


_NOBODY_SAYS: Final = (ListAnswer(Member.UNKNOWN),)
