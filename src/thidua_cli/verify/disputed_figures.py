"""The figures as they would be with every value that the doubts of a row leave possible, from what the row says alone.

A finding leaves one of the figures it doubts with another value, or none of them; several findings leave every
combination. The findings themselves are not taken again, nor what other cells say of a figure for which no value is
named: of such a one only what the row's own counts allow is known here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import pairwise, product
from math import prod
from typing import Final, TypeAlias

from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.verify.arithmetic import Figures
from thidua_cli.verify.changed_figures import (
    NEVER_ACCEPTED,
    Change,
    DoubtedCell,
    cell_of,
    changed,
    is_without_counts,
)
from thidua_cli.verify.said import Figure, SaidDoubt

PRINTED_MAY_STAND: Final = frozenset(
    {"H005", "L003", "L004", "L005", "L006", "S001", "S002", "S003", "T001", "T003", "U005", "U007", "V004", "V006"}
)
"""Kinds that leave the printed figures possible; by any other one of the figures that it names is wrong."""
_WHOLE_ROWS: Final = frozenset({"L006", "U007", "H005", "U002", "U003", "U004", "U005", "U006", "U009"})
"""Kinds by which all counts of a row are others at once."""
_JUMP: Final = "T003"
"""Says that a figure is unusual and never what it should be."""
MOST_WORLDS: Final = 512
_STEPS: Final = 8
"""Parts of the values between two ends: the mean of falls in percent rises and falls along a count."""
_UNBOUNDED: Final = 10**9
"""More households than there are: nothing of a file bounds a whole from above."""


class Possibility(IntEnum):
    """How sure it is that a world is possible."""

    TOLD = 0
    """The result names its values."""
    BOUNDED = 1
    """No value is named, and the row's own counts allow it; other cells may not."""
    EXCUSE = 2
    """Nothing more than a reason why an answer may be open: a figure that cannot be used as printed, or is left out."""


class World(NamedTuple):
    """What differs from the printed figures."""

    changes: tuple[Change, ...]
    possibility: Possibility
    lacks_counts: bool = False
    """The row does not tell all counts of it."""

    @property
    def is_wide(self) -> bool:
        """Whether it stands for many values at once."""
        return self.lacks_counts or any(change.value is None for change in self.changes)

    @property
    def cells(self) -> set[DoubtedCell]:
        """The figures that are others than printed."""
        return {change.cell for change in self.changes if change.value != change.doubt.printed}


def is_changed(doubt: SaidDoubt, world: World) -> bool:
    """Say whether a doubted figure is another than printed in a world."""
    return cell_of(doubt) in world.cells


@dataclass(frozen=True, slots=True)
class Worlds:
    """What the doubts of one row leave."""

    every: Sequence[World]
    is_whole: bool = True
    """All combinations are among them."""
    are_exact: bool = True
    """Every value is one that the result names."""


Signature: TypeAlias = Callable[[Figures], object]
"""What answers make of figures: where it is the same, so are they."""


def is_in_force(doubt: SaidDoubt) -> bool:
    """Say whether nobody's word settles a doubt: void figures, and one of two printed ones, are not settled by that."""
    accepted = doubt.is_waived and doubt.code in PRINTED_MAY_STAND and doubt.code not in NEVER_ACCEPTED
    return not accepted


def worlds_of(doubts: Sequence[SaidDoubt], figures: Figures, measures: Collection[str], signature: Signature) -> Worlds:
    """Return every world that the doubts of a row leave possible of its figures, the printed one first.

    Args:
        doubts: What the row says is disputed.
        figures: As printed.
        measures: Those that answers look at.
        signature: What answers make of figures.
    """
    looked_at = {(figure.year, part.name) for figure in figures.values() for part in figure.parts}
    groups: dict[tuple[object, ...], list[SaidDoubt]] = {}
    in_force = [doubt for doubt in doubts if is_in_force(doubt)]
    for doubt in in_force:
        groups.setdefault(_finding_of(doubt), []).append(_with_values(doubt, in_force))
    choices = [list(_options(group, looked_at, figures, signature)) for group in groups.values()]
    choices = [options for options in choices if options]
    is_whole = prod(len(options) for options in choices) <= MOST_WORLDS
    chosen = product(*choices) if is_whole else _singly(choices)
    every = dict.fromkeys(
        _as_far_as_told(joined, figures, measures) for worlds in chosen if (joined := _joined(worlds)) is not None
    )
    named = all(doubt.values is not None for group in groups.values() for doubt in group)
    is_exact = named and all(world.possibility is not Possibility.BOUNDED for world in every)
    return Worlds(list(every), is_whole, is_exact)


def _as_far_as_told(world: World, figures: Figures, measures: Collection[str]) -> World:
    """Return a world as no more than possible where the row does not tell all counts of one of two printed rows."""
    years = _years_without_counts(figures)
    known = changed(figures, world.changes) if years else {}
    asked = (figure for figure in known.values() if figure.year in years and figure.measure in measures)
    lacks = any(part.value is None for figure in asked for part in figure.parts)
    return World(world.changes, max(world.possibility, Possibility.BOUNDED), lacks_counts=True) if lacks else world


def _years_without_counts(figures: Figures) -> set[int]:
    return {figure.year for figure in figures.values() if is_without_counts(figure)}


def _with_values(doubt: SaidDoubt, others: Sequence[SaidDoubt]) -> SaidDoubt:
    """Return a doubt with the values that other findings name of its cell: one value explains all findings on it."""
    if doubt.values is not None or doubt.ends is not None or doubt.code != _JUMP:
        return doubt
    named = (other for other in others if other.figure == doubt.figure and other.column == doubt.column)
    known = next((other for other in named if other.values is not None or other.ends is not None), doubt)
    return replace(doubt, values=known.values, ends=known.ends)


def _finding_of(doubt: SaidDoubt) -> tuple[object, ...]:
    # two forms differ in several counts, each told on its own: whoever uses one of them uses all of its counts
    return (doubt.code, doubt.unit_code, doubt.year) if doubt.code == "L006" else (doubt.code, doubt.finding)


def _singly(choices: Sequence[Sequence[World]]) -> Iterator[tuple[World, ...]]:
    first = [options[0] for options in choices]
    for place, options in enumerate(choices):
        for option in options:
            yield (*first[:place], option, *first[place + 1 :])


def _joined(worlds: Iterable[World]) -> World | None:
    """Return what several worlds come to together; None where they want different values in one cell."""
    every = list(worlds)
    changes = dict.fromkeys(change for world in every for change in world.changes)
    values: dict[object, set[int | None]] = {}
    for change in changes:
        values.setdefault(change.cell, set()).add(change.value)
    if any(len(of_cell) > 1 for of_cell in values.values()):
        return None
    return World(tuple(changes), max((world.possibility for world in every), default=Possibility.TOLD))


def _options(
    group: Sequence[SaidDoubt], looked_at: set[tuple[int, str]], figures: Figures, signature: Signature
) -> Iterator[World]:
    """Yield what one finding leaves to choose from."""
    own = [doubt for doubt in group if (doubt.year, doubt.column) in looked_at]
    code = group[0].code
    told = [doubt for doubt in own if doubt.printed is not None or doubt.values or doubt.ends]
    if not told:
        return
    unprinted = any(doubt.printed is None for doubt in own)
    may_stand = (code in PRINTED_MAY_STAND and not unprinted) or len(own) < len(group)
    if any(doubt.year in _years_without_counts(figures) for doubt in told):
        yield from _printed_sets(told)
    else:
        yield World((), Possibility.TOLD if may_stand else Possibility.EXCUSE)
    together = _by_row(told) if code in _WHOLE_ROWS else [[doubt] for doubt in told]
    for row in together:
        for changes in product(*(list(_others(doubt, figures, signature)) for doubt in row)):
            joined = _joined(changes)
            if joined is not None:
                yield joined


def _printed_sets(told: Sequence[SaidDoubt]) -> Iterator[World]:
    """Yield that neither printed figure is used, and each row of them as it is printed."""
    yield World((), Possibility.EXCUSE)
    rows = _by_row(told)
    # of three rows or more it is not told which of their counts go together
    possibility = Possibility.TOLD if len(rows) == 1 else Possibility.BOUNDED
    for row in rows:
        yield World(tuple(Change(doubt, doubt.printed) for doubt in row), possibility)


def _by_row(doubts: Sequence[SaidDoubt]) -> list[list[SaidDoubt]]:
    rows: dict[tuple[object, ...], list[SaidDoubt]] = {}
    for doubt in doubts:
        row = doubt.figure.range.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        rows.setdefault((doubt.figure.file, doubt.figure.sheet, row, doubt.unit_code, doubt.year), []).append(doubt)
    return list(rows.values())


def _others(doubt: SaidDoubt, figures: Figures, signature: Signature) -> Iterator[World]:
    """Yield the other values of one figure; of many, those between which answers change."""
    if doubt.values is not None:
        for value in doubt.values:
            if value != doubt.printed:
                yield World((Change(doubt, value),), Possibility.TOLD)
        if len(doubt.values) > 2:
            yield World((Change(doubt, None, (min(doubt.values), max(doubt.values))),), Possibility.EXCUSE)
        return
    low, high = doubt.ends or bounds(doubt, figures)
    possibility = Possibility.TOLD if doubt.ends else Possibility.BOUNDED
    for value in _turning_points(low, high, doubt, figures, signature):
        if value != doubt.printed:
            yield World((Change(doubt, value),), possibility)
    yield World((Change(doubt, None, (low, high) if high < _UNBOUNDED else None),), Possibility.EXCUSE)


def bounds(doubt: SaidDoubt, figures: Figures) -> tuple[int, int]:
    """Return the least and greatest count that a cell may hold, all else as printed: parts are within their whole."""
    printed = doubt.printed or 0
    slacks = [
        (slack, doubt.column == figure.parts[0].name)
        for figure in figures.values()
        if figure.year == doubt.year and doubt.column in figure.names
        if (slack := _slack(figure)) is not None
    ]
    if not slacks:
        return 0, _UNBOUNDED
    slack, is_whole = min(slacks)
    return (max(0, printed - slack), _UNBOUNDED) if is_whole else (0, max(0, printed + slack))


def _slack(figure: Figure) -> int | None:
    """Return the households that are none of the counted ones; negative where more are counted than there are."""
    return None if figure.households is None or figure.count is None else figure.households - figure.count


def _turning_points(low: int, high: int, doubt: SaidDoubt, figures: Figures, signature: Signature) -> list[int]:
    """Return both ends and the values next to which what answers make of the figures changes."""

    def taken(value: int) -> object:
        return signature(changed(figures, (Change(doubt, value),)))

    inside = {low + (high - low) * step // _STEPS for step in range(1, _STEPS)}
    printed = {doubt.printed} if doubt.printed is not None and low <= doubt.printed <= high else set()
    places = sorted({low, high} | inside | printed)
    known = {place: taken(place) for place in places}
    points = {low, high}
    left = [pair for pair in pairwise(places) if known[pair[0]] != known[pair[1]]]
    while left:
        lower, upper = left.pop()
        if upper - lower == 1:
            points |= {lower, upper}
            continue
        middle = (lower + upper) // 2
        known[middle] = taken(middle)
        left += [pair for pair in ((lower, middle), (middle, upper)) if known[pair[0]] != known[pair[1]]]
    return sorted(points)
