"""Figures of several units at one year-end → figures of the unit they became part of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from thidua_cli.model import Basis, DividedPart, GivenPart, Part, Status, YearFigures


class Piece(NamedTuple):
    """A unit as it stood at the year-end, with its figures; None where the input has none."""

    unit: Part
    figures: YearFigures | None


@dataclass(frozen=True, slots=True)
class Pieces:
    """Everything that a unit is made of, as of one year-end."""

    whole: Sequence[Piece]
    """All households of these are in the unit."""
    divided: Sequence[tuple[DividedPart, YearFigures | None]] = ()
    given: Sequence[tuple[GivenPart, YearFigures | None]] = ()
    presumed: bool = False

    @property
    def figures(self) -> list[YearFigures]:
        """The figures there are, of whatever piece."""
        pieces = (*self.whole, *self.divided, *self.given)
        return [figures for _, figures in pieces if figures is not None]


def joined(year: int, pieces: Pieces, area_since: date | None) -> YearFigures:
    """Return the sum of the pieces, or what is certain of it and what is possible beside that.

    A count is summed only where every piece holds it. Pieces without figures are named; nothing is summed without them.
    """
    held = pieces.figures
    lines = {figures.poverty_line for figures in held}
    conflicting = len(lines) > 1 or any(figures.conflicting for figures in held)
    lacking = _lacking(pieces.whole)
    total: Mapping[str, int] = {}
    if not lacking and not conflicting:
        whole = [piece.figures.counts for piece in pieces.whole if piece.figures is not None]
        total = _sum([*whole, *(part.counts for part, _ in pieces.given)])
    return YearFigures(
        year,
        {} if pieces.divided else total,
        Basis.REBASED,
        Status.PRELIMINARY if any(figures.status is Status.PRELIMINARY for figures in held) else Status.FINAL,
        "" if len(lines) > 1 else next(iter(lines), ""),
        tuple(sorted({row for _, figures in (*pieces.whole, *pieces.divided) if figures for row in figures.rows})),
        lacking,
        conflicting,
        any(figures.assumed_complete for figures in held),
        area_since,
        merged=tuple(piece.unit for piece in pieces.whole),
        presumed=pieces.presumed,
        divided=tuple(part for part, _ in pieces.divided),
        placed=total if pieces.divided else {},
        given=tuple(part for part, _ in pieces.given),
    )


def _sum(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Add up the counts that all hold."""
    if not counts:
        return {}
    total = dict(counts[0])
    for other in counts[1:]:
        for name in list(total):
            if name in other:
                total[name] += other[name]
            else:
                del total[name]
    return total


def _lacking(whole: Iterable[Piece]) -> tuple[str, ...]:
    """Return the codes of the pieces without figures, or of the units that a piece itself lacks."""
    codes: dict[str, None] = {}
    for unit, figures in whole:
        if figures is None:
            codes[unit.unit_code] = None
        elif not figures.counts and not figures.conflicting:
            codes.update(dict.fromkeys(figures.missing_children or (unit.unit_code,)))
    return tuple(codes)
