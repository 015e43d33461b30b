"""Answers held against those of every possible world: certain is what is the same in all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum, auto
from fractions import Fraction
from typing import Final, TypeAlias

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.verify.answers import UNDETERMINED
from thidua_cli.verify.arithmetic import Figures, Outcome, fraction_of, rounded_value, same, written
from thidua_cli.verify.disputed_figures import Possibility, World, Worlds, is_changed, is_in_force
from thidua_cli.verify.range_value import Range
from thidua_cli.verify.said import SaidDoubt, SaidValue

OPEN: Final = "undetermined"
NONE: Final = "none"
"""What a doubt may do to an answer."""


Values: TypeAlias = Sequence[tuple[int, Range | None]]
"""Year → value, in order."""


class WorldAnswer(NamedTuple):
    """What a row comes to in one world."""

    world: World
    figures: Figures
    outcomes: Mapping[str, Outcome]
    """Clause → what it comes to."""
    state: str


class Agreement(Enum):
    """How a stated answer stands to those of all worlds."""

    SAME = auto()
    OTHER = auto()
    UNCONFIRMED = auto()
    """It is certain, and only worlds that are not known to be possible speak against it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a row comes to in every world."""

    worlds: Worlds
    every: Sequence[WorldAnswer]

    def agreement(self, stated: str, state_of: Callable[[WorldAnswer], str]) -> tuple[Agreement, str]:
        """Hold a stated answer against all worlds; the text is what it should be."""
        by_sureness: dict[Possibility, set[str]] = {possibility: set() for possibility in Possibility}
        for answer in self.every:
            by_sureness[answer.world.possibility].add(state_of(answer))
        told, bounded, excuses = by_sureness.values()
        possible = told | bounded
        if stated == UNDETERMINED:
            every = possible | excuses
            is_open = len(every) > 1 or UNDETERMINED in every or not self.worlds.is_whole
            return (Agreement.SAME, stated) if is_open else (Agreement.OTHER, next(iter(every)))
        if told - {stated}:
            return Agreement.OTHER, next(iter(told)) if len(told) == 1 else UNDETERMINED
        if not possible:
            return (Agreement.SAME if excuses == {stated} else Agreement.OTHER), UNDETERMINED
        sure = self.worlds.is_whole and not bounded - {stated}
        return (Agreement.SAME if sure else Agreement.UNCONFIRMED), UNDETERMINED

    def margin_agrees(self, stated: int | None, margins: Sequence[int | None]) -> tuple[bool, int | None]:
        """Say whether a stated margin is the least in size of all worlds; the number is what it should be."""
        told = [
            margin
            for answer, margin in zip(self.every, margins, strict=True)
            if answer.world.possibility is Possibility.TOLD
        ]
        known = [margin for margin in told if margin is not None]
        least = min(known, key=abs) if known and len(known) == len(told) else None
        if self.worlds.are_exact and self.worlds.is_whole:
            return stated == least, least
        if any(answer.world.lacks_counts for answer in self.every):
            return True, None
        # beside values that nobody names there may be smaller margins, and none at all; never one larger than all
        sizes = [abs(margin) for margin in margins if margin is not None]
        limit = min(map(abs, known)) if known else max(sizes, default=None)
        return stated is None or limit is None or abs(stated) <= limit, least

    def bound_agrees(self, stated: bool, margins: Sequence[int | None]) -> bool:
        """Say whether a margin is told as a bound where worlds have different ones."""
        told = {
            margin
            for answer, margin in zip(self.every, margins, strict=True)
            if answer.world.possibility is Possibility.TOLD and margin is not None
        }
        if len(told) > 1:
            return stated
        return not stated or len(set(margins)) > 1 or not (self.worlds.are_exact and self.worlds.is_whole)

    def wrong_effects(self, stated: str, doubts: Sequence[SaidDoubt]) -> Iterator[tuple[SaidDoubt, str]]:
        """Yield the doubts whose effect is not as said, each with the effect it has."""
        explained = any(doubt.effect == OPEN for doubt in doubts)
        as_printed = {answer.state for answer in self.every if not answer.world.changes}
        unexplained = not explained and as_printed != {UNDETERMINED}
        for doubt in doubts:
            may_be_open = stated == UNDETERMINED and is_in_force(doubt) and self._may_matter(doubt)
            must_be_open = may_be_open and (unexplained or self._decides_alone(doubt))
            if doubt.effect != OPEN and must_be_open:
                yield doubt, OPEN
            elif doubt.effect not in (OPEN, NONE) or (doubt.effect == OPEN and not may_be_open):
                yield doubt, NONE

    def _with_and_without(self, doubt: SaidDoubt) -> tuple[list[WorldAnswer], list[WorldAnswer]]:
        changed = [is_changed(doubt, answer.world) for answer in self.every]
        return (
            [answer for answer, differs in zip(self.every, changed, strict=True) if differs],
            [answer for answer, differs in zip(self.every, changed, strict=True) if not differs],
        )

    def _may_matter(self, doubt: SaidDoubt) -> bool:
        changed, others = self._with_and_without(doubt)
        if doubt.printed is None or not self.worlds.is_whole or not self._is_looked_at(doubt):
            return True
        states = {answer.state for answer in changed}
        if UNDETERMINED in states or len(states) > 1 or not changed:
            return bool(changed)
        return states != {answer.state for answer in others}

    def _is_looked_at(self, doubt: SaidDoubt) -> bool:
        figures = self.every[0].figures.values()
        return any(figure.year == doubt.year and doubt.column in figure.names for figure in figures)

    def _decides_alone(self, doubt: SaidDoubt) -> bool:
        """Say whether the answer as printed is certain, and another with one named value of this figure alone."""
        told = [answer for answer in self.every if answer.world.possibility is Possibility.TOLD]
        printed = {answer.state for answer in told if not answer.world.changes}
        alone = {answer.state for answer in told if is_changed(doubt, answer.world) and len(answer.world.cells) == 1}
        return UNDETERMINED not in printed | alone and bool(printed) and bool(alone - printed)


def are_those_of(answer: WorldAnswer, of_world: Values, stated: Mapping[int, SaidValue]) -> bool:
    """Say whether stated values are those of a world; a world of many values holds any narrower ones."""
    if len(of_world) != len(stated):
        return False
    differing = {year for year, _, _ in value_differences(of_world, stated)}
    if not answer.world.is_wide:
        return not differing
    values = dict(of_world)
    return all(year in stated and _holds(values.get(year), stated[year]) for year in differing)


def _holds(value: Range | None, stated: SaidValue) -> bool:
    """Say whether a stated range and one that stands for many values may be the same; what is not known may be any."""
    exact = None if stated.exact is None else fraction_of(stated.exact)
    ends = [Fraction(end) for end in (exact, exact, stated.low, stated.high) if end is not None]
    if value is None or (not ends and stated.exact is None):
        return True
    low = None if value.low is None else rounded_value(value.low, 2)
    return (
        bool(ends)
        and (low is None or max(ends) >= low)
        and ((stated.low is None and exact is None) or min(ends) <= rounded_value(value.high, 2))
    )


def value_differences(of_world: Values, stated: Mapping[int, SaidValue]) -> Iterator[tuple[int, str, str]]:
    """Yield the years whose value is not as stated: year, the stated value, the value it should be."""
    nothing = SaidValue(0, None, None, None)
    for year, value in of_world:
        if not same(value, stated.get(year, nothing)):
            yield year, str(stated.get(year, nothing)), written(value)
    for year in stated.keys() - {year for year, _ in of_world}:
        yield year, str(stated[year]), "–"


EFFECT: Final = Text("ảnh hưởng của nghi ngờ đến kết luận, tính lại", "what the doubt does to the answer, taken again")
BOUND: Final = Text("số hộ còn cách là số chính xác hay giới hạn", "whether the margin is a bound or the number itself")
UNCONFIRMED: Final = Text(
    "kết luận chắc chắn dù có ô bị nghi ngờ mà không nêu số có thể đúng",
    "certain in spite of a disputed figure of which no possible value is named",
)
