"""For machines: on which boundaries figures stand, and what was merged and divided on the way to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from thidua_cli.measure.ground import Boundaries
from thidua_cli.model import DividedPart, GivenPart, Part, YearFigures


def boundaries_record(boundaries: Boundaries | None) -> dict[str, object] | None:
    """Return how the boundaries were asked for and their day; null where nothing is said of them."""
    return None if boundaries is None else {"mode": boundaries.mode.value, "day": _day(boundaries.day)}


def ground_record(figures: YearFigures | None) -> dict[str, object]:
    """Return the fields of a year-end that say what its figures are made of; the same fields for every year-end."""
    if figures is None:
        figures = YearFigures(0, {})
    return {
        "merged": [_part(part) for part in figures.merged],
        "presumed": bool(figures.presumed),
        "divided": [_divided(part) for part in figures.divided],
        "placed": dict(figures.placed),
        "given": [_given(part) for part in figures.given],
        "superseded_on": _day(figures.superseded_on),
        "formed_on": _day(figures.formed_on),
    }


def codes(parts: Iterable[Part]) -> str:
    """Return the codes of units in one cell, separated by blanks."""
    return " ".join([part.unit_code for part in parts])


def _part(part: Part) -> dict[str, object]:
    return {"unit_code": part.unit_code, "unit_name": part.unit_name}


def _divided(part: DividedPart) -> dict[str, object]:
    return {
        **_part(part.unit),
        "counts": dict(part.counts),
        "successors": [_part(successor) for successor in part.successors],
        "on": part.on.isoformat(),
        "evidence": part.evidence,
    }


def _given(part: GivenPart) -> dict[str, object]:
    return {**_part(part.unit), "counts": dict(part.counts), "source": part.source, "estimated": part.estimated}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
