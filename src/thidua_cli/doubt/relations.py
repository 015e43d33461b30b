"""What must hold between figures: sums, movements, parts of wholes, printed rates. Each tells what would mend it.

A relation answers for one cell, all others held as printed: with which values there it would hold. A finding says that
a relation fails; where all that fail at a cell are mended by one change of it, that change is a possible world.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from thidua_cli.doubt.domain import ANY, NONE, Domain, between, exactly
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.numbers import Rate, fitting_parts, rate_agrees


class Cell(NamedTuple):
    """A figure as it stands in one place: a row of the observations as read, or below 0 a place that no row holds."""

    row: int
    column: str
    line: int = 0
    """Sheet row, of a unit whose figures are those of several (its urban and its rural part); 0 of all others."""


class Claim(NamedTuple):
    """What ties a relation to its finding: code, place and column are those the check gives."""

    code: str
    origin: Origin
    column: str | None


Value = Callable[[Cell], "int | None"]
"""What is printed in a cell; None where nothing is."""


class FigureRelation(Protocol):
    """Something that must hold between the figures of some cells."""

    @property
    def claim(self) -> Claim:
        """The finding that tells of it where it fails."""

    @property
    def cells(self) -> Sequence[Cell]:
        """The cells it speaks of."""

    @property
    def is_evidence(self) -> bool:
        """Whether a figure that fits it is confirmed by it; a jump is none: what is usual proves nothing."""

    @property
    def follows(self) -> bool:
        """Whether a formula may make it fit whatever was typed: a sum, a rate, a printed total."""

    def holds(self, value: Value) -> bool:
        """Say whether it holds as printed; what is missing contradicts nothing."""

    def mended(self, cell: Cell, value: Value) -> Domain:
        """Return the values of `cell` with which it would hold, all other cells as printed."""


@dataclass(frozen=True, slots=True)
class SignedSum:
    """Figures whose signed sum is nothing: a total and its parts, a movement, an opening and last year's closing."""

    claim: Claim
    signed: Mapping[Cell, int]
    """Cell → 1 or -1."""
    constant: int = 0
    """What is added to the signed sum: of a part of which only some is meant, what is left out."""
    follows: bool = True
    blank_is_none: bool = False
    """A cell without a figure counts as 0 (a movement); elsewhere nothing can be said then."""
    is_evidence: bool = True

    @property
    def cells(self) -> Sequence[Cell]:
        """As in `FigureRelation`."""
        return tuple(self.signed)

    def rest(self, value: Value) -> int | None:
        """Return what the signed sum comes to; None where a cell of it holds nothing."""
        total = self.constant
        for cell, sign in self.signed.items():
            printed = value(cell)
            if printed is None and not self.blank_is_none:
                return None
            total += sign * (printed or 0)
        return total

    def holds(self, value: Value) -> bool:
        """As in `FigureRelation`."""
        return not self.rest(value)

    def mended(self, cell: Cell, value: Value) -> Domain:
        """As in `FigureRelation`."""
        rest = self.rest(value)
        return ANY if rest is None else exactly((value(cell) or 0) - self.signed[cell] * rest)


@dataclass(frozen=True, slots=True)
class AtMost:
    """Parts that together are no more than their whole."""

    claim: Claim
    parts: tuple[Cell, ...]
    wholes: tuple[Cell, ...]
    """The cells of the whole: several where a unit stands in several lines."""
    is_evidence: bool = True
    follows: bool = False

    @property
    def cells(self) -> Sequence[Cell]:
        """As in `FigureRelation`."""
        return (*self.parts, *self.wholes)

    def holds(self, value: Value) -> bool:
        """As in `FigureRelation`."""
        whole, part = summed(self.wholes, value), summed(self.parts, value)
        return whole is None or part is None or part <= whole

    def mended(self, cell: Cell, value: Value) -> Domain:
        """As in `FigureRelation`."""
        others = sum(value(part) or 0 for part in self.parts if part != cell)
        whole = summed(self.wholes, value)
        if cell in self.wholes:
            return Domain(max(0, others - ((whole or 0) - (value(cell) or 0))), None)
        return ANY if whole is None else Domain(0, whole - others) if whole >= others else NONE


def summed(cells: Sequence[Cell], value: Value) -> int | None:
    """Return the sum of what is printed in some cells; None where one holds nothing."""
    total = 0
    for cell in cells:
        count = value(cell)
        if count is None:
            return None
        total += count
    return total


@dataclass(frozen=True, slots=True)
class PrintedRateFits:
    """A rate printed beside the counts it is taken from."""

    claim: Claim
    parts: tuple[Cell, ...]
    whole: Cell
    rate: Rate
    roundings: int
    printed_at: Cell
    """The cell of the rate: another rate there would mend it as well."""
    as_fraction: bool = False
    """The column holds 0,0663 for 6,63%, as its other rows show."""
    is_evidence: bool = True
    follows: bool = True

    @property
    def cells(self) -> Sequence[Cell]:
        """As in `FigureRelation`."""
        return (*self.parts, self.whole, self.printed_at)

    def _known(self, value: Value) -> tuple[int, int] | None:
        part, whole = summed(self.parts, value), value(self.whole)
        return None if part is None or whole is None else (part, whole)

    def holds(self, value: Value) -> bool:
        """As in `FigureRelation`."""
        known = self._known(value)
        return known is None or rate_agrees(self.rate, *known, self.roundings)

    def mended(self, cell: Cell, value: Value) -> Domain:
        """As in `FigureRelation`."""
        known = self._known(value)
        if known is None or cell == self.printed_at:
            return ANY
        part, whole = known
        low, high = fitting_parts(self.rate, whole, self.roundings, as_fraction=self.as_fraction)
        if cell == self.whole:
            return self._wholes(part)
        own = value(cell) or 0
        return between(low - part + own, high - part + own)

    def _wholes(self, part: int) -> Domain:
        """Return the wholes of which `part` is the printed rate, to the rounding."""
        low, high = fitting_parts(self.rate, 1, self.roundings, as_fraction=self.as_fraction)
        if part == 0:
            return ANY if low <= 0 else NONE
        return NONE if high <= 0 else between(Fraction(part) / high, Fraction(part) / low if low > 0 else None)


@dataclass(frozen=True, slots=True)
class Named:
    """Figures that a finding doubts without telling another value: a jump, whose rows these are."""

    claim: Claim
    cells: tuple[Cell, ...]
    is_evidence: bool = False
    follows: bool = False

    def holds(self, value: Value) -> bool:
        """As in `FigureRelation`."""
        del value
        return False

    def mended(self, cell: Cell, value: Value) -> Domain:
        """As in `FigureRelation`."""
        del cell, value
        return ANY


@dataclass(frozen=True, slots=True)
class Jump(Named):
    """A count at two year-ends that are too far apart: either may be wrong, and nothing is put in its place."""

    befores: tuple[Cell, ...] = ()
    """Those of `cells` that are of the earlier year-end."""

    def plausible(self, cell: Cell, value: Value) -> Domain:
        """Return the values of a cell with which nothing would jump: how far what was added up with it may be off."""
        is_before = cell in self.befores
        mates = [mate for mate in self.cells if (mate in self.befores) is is_before]
        across = summed([other for other in self.cells if other not in mates], value)
        rest = sum(value(mate) or 0 for mate in mates if mate != cell)
        if across is None:
            return ANY
        if cell.column == "households":
            near = Domain(min(across * 10 // 13, across - 50), max(-(-across * 10 // 7), across + 50))
        elif not is_before:
            near = Domain(across // 5 if across >= 50 else 0, 3 * across + 30)
        else:
            near = Domain(max(0, across - 30) // 3, max(50, 5 * across))
        return Domain(max(0, near.low - rest), None if near.high is None else max(0, near.high - rest))
