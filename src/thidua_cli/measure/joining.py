"""Figures of several units at one year-end → figures of the unit they became part of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import add
from typing import Final

from thidua_cli.model import NOTHING, Basis, DividedPart, GivenPart, Part, Status, YearFigures
from thidua_cli.named_tuple import NamedTuple

_REBASED: Final = Basis.REBASED
_PRELIMINARY: Final = Status.PRELIMINARY


class Pieces(NamedTuple):
    """Everything that a unit is made of, as of one year-end, each piece with its figures; None where there are none."""

    merged: Sequence[Part]
    """All households of these are in the unit."""
    whole: Sequence[YearFigures | None]
    """The figures of `merged`, in that order."""
    divided: Sequence[tuple[DividedPart, YearFigures | None]] = ()
    given: Sequence[tuple[GivenPart, YearFigures | None]] = ()
    presumed: tuple[Part, ...] = ()
    """Those of `merged` of which the wording was not read."""


def joined(year: int, pieces: Pieces, area_since: date | None) -> YearFigures:
    """Return the sum of the pieces, or what is certain of it and what is possible beside that.

    A count is summed only where every piece holds it. Pieces without figures are named; nothing is summed without them.
    """
    known = [figures for figures in pieces.whole if figures is not None]
    if pieces.divided:
        known += [figures for _, figures in pieces.divided if figures is not None]
    rows: list[int] = []
    line = known[0].poverty_line if known else ""
    lines_differ = conflicting = preliminary = unproven = False
    without_counts, line_is_assumed = len(known) < len(pieces.whole), bool(known)
    for figures in known:
        rows += figures.rows
        if figures.poverty_line != line:
            lines_differ = True
        if figures.status is _PRELIMINARY:
            preliminary = True
        if figures.conflicting:
            conflicting = True
        if figures.assumed_complete:
            unproven = True
        if not figures.line_is_assumed:
            line_is_assumed = False
        if not figures.counts:
            without_counts = True
    lacking = _lacking(pieces) if without_counts else ()
    total = {} if lacking or conflicting or lines_differ else _sum(pieces)
    rows.sort()
    return YearFigures(
        year,
        {} if pieces.divided else total,
        _REBASED,
        _PRELIMINARY if preliminary else Status.FINAL,
        "" if lines_differ else line,
        tuple(rows),
        lacking,
        conflicting or lines_differ,
        unproven,
        area_since,
        None,
        tuple(pieces.merged),
        pieces.presumed,
        tuple([part for part, _ in pieces.divided]) if pieces.divided else (),
        total if pieces.divided else NOTHING,
        tuple([part for part, _ in pieces.given]) if pieces.given else (),
        known_by_rate=_known_by_rate(pieces) if lacking else (),
        line_is_assumed=line_is_assumed,
    )


def joined_whole(
    year: int,
    merged: tuple[Part, ...],
    whole: Sequence[YearFigures | None],
    presumed: tuple[Part, ...],
    area_since: date | None,
) -> YearFigures:
    """Return the sum of whole pieces as `joined` does; of pieces that differ in their counts alone it is soon made."""
    first = whole[0]
    if first is None or first.conflicting or not first.counts:
        return joined(year, Pieces(merged, whole, (), (), presumed), area_since)
    line, status, unproven, assumed = (
        first.poverty_line,
        first.status,
        first.assumed_complete,
        first.line_is_assumed,
    )
    names, values, rows = list(first.counts), first.counts.values(), list(first.rows)
    total: Iterable[int] = values
    for figures in whole[1:]:
        if (
            figures is None
            or figures.poverty_line != line
            or figures.status is not status
            or figures.conflicting
            or figures.assumed_complete is not unproven
            or figures.line_is_assumed is not assumed
            or list(figures.counts) != names
        ):
            return joined(year, Pieces(merged, whole, (), (), presumed), area_since)
        total = map(add, total, figures.counts.values())
        rows += figures.rows
    rows.sort()
    return YearFigures(
        year,
        dict(zip(names, total, strict=True)),
        _REBASED,
        status,
        line,
        tuple(rows),
        (),
        False,
        unproven,
        area_since,
        None,
        merged,
        presumed,
        line_is_assumed=assumed,
    )


def _known_by_rate(pieces: Pieces) -> tuple[Part, ...]:
    """Return the whole pieces of which a rate is printed and no count: what the sum would need is the counts."""
    whole = zip(pieces.merged, pieces.whole, strict=True)
    return tuple(
        unit for unit, figures in whole if figures is not None and figures.printed_rates and not figures.counts
    )


def _sum(pieces: Pieces) -> dict[str, int]:
    """Add up the counts that all pieces hold."""
    counts: list[Mapping[str, int]] = [figures.counts for figures in pieces.whole if figures is not None]
    if pieces.given:
        counts += [part.counts for part, _ in pieces.given]
    total = dict(counts[0]) if counts else {}
    for more in counts[1:]:
        if more.keys() != total.keys():
            total = {name: total[name] for name in total if name in more}
        for name in total:
            total[name] += more[name]
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
