"""Figures of several units at one year-end → figures of the unit they became part of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from thidua_cli.model import Basis, DividedPart, GivenPart, Part, Status, YearFigures


class Pieces(NamedTuple):
    """Everything that a unit is made of, as of one year-end, each piece with its figures; None where there are none."""

    merged: Sequence[Part]
    """All households of these are in the unit."""
    whole: Sequence[YearFigures | None]
    """The figures of `merged`, in that order."""
    divided: Sequence[tuple[DividedPart, YearFigures | None]] = ()
    given: Sequence[tuple[GivenPart, YearFigures | None]] = ()
    presumed: bool = False


def joined(year: int, pieces: Pieces, area_since: date | None) -> YearFigures:
    """Return the sum of the pieces, or what is certain of it and what is possible beside that.

    A count is summed only where every piece holds it. Pieces without figures are named; nothing is summed without them.
    """
    held = [figures for figures in pieces.whole if figures is not None and figures.counts]
    lacking = _lacking(pieces) if len(held) < len(pieces.whole) else ()
    if len(held) < len(pieces.whole):
        held = [figures for figures in pieces.whole if figures is not None]
    if pieces.divided:
        held += [figures for _, figures in pieces.divided if figures is not None]
    rows: list[int] = []
    lines: set[str] = set()
    conflicting = preliminary = assumed = False
    for figures in held:
        rows += figures.rows
        lines.add(figures.poverty_line)
        conflicting = conflicting or figures.conflicting
        preliminary = preliminary or figures.status is Status.PRELIMINARY
        assumed = assumed or figures.assumed_complete
    conflicting = conflicting or len(lines) > 1
    total = {} if lacking or conflicting else _sum(pieces)
    return YearFigures(
        year,
        {} if pieces.divided else total,
        Basis.REBASED,
        Status.PRELIMINARY if preliminary else Status.FINAL,
        "" if len(lines) > 1 else next(iter(lines), ""),
        tuple(sorted(rows)),
        lacking,
        conflicting,
        assumed,
        area_since,
        merged=tuple(pieces.merged),
        presumed=pieces.presumed,
        divided=tuple([part for part, _ in pieces.divided]),
        placed=total if pieces.divided else {},
        given=tuple([part for part, _ in pieces.given]),
        known_by_rate=_known_by_rate(pieces) if lacking else (),
    )


def _known_by_rate(pieces: Pieces) -> tuple[Part, ...]:
    """Return the whole pieces of which a rate is printed and no count: what the sum would need is the counts."""
    whole = zip(pieces.merged, pieces.whole, strict=True)
    return tuple(unit for unit, held in whole if held is not None and held.printed_rates and not held.counts)


def _sum(pieces: Pieces) -> dict[str, int]:
    """Add up the counts that all pieces hold."""
    counts: list[Mapping[str, int]] = [figures.counts for figures in pieces.whole if figures is not None]
    if pieces.given:
        counts += [part.counts for part, _ in pieces.given]
    total = dict(counts[0]) if counts else {}
    for other in counts[1:]:
        for name in [*total]:
            if name in other:
                total[name] += other[name]
            else:
                del total[name]
    return total


def _lacking(pieces: Pieces) -> tuple[str, ...]:
    """Return the codes of the whole pieces without figures, or of the units that a piece itself lacks."""
    codes: dict[str, None] = {}
    for unit, figures in zip(pieces.merged, pieces.whole, strict=True):
        if figures is None:
            codes[unit.unit_code] = None
        elif not figures.counts and not figures.conflicting:
            codes.update(dict.fromkeys(figures.missing_children or (unit.unit_code,)))
    return tuple(codes)
