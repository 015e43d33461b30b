"""The figures of a row with other values in some of their cells, as a finding leaves them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from thidua_cli.late_dataclass import replace
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.verify.arithmetic import Figures
from thidua_cli.verify.cells import stands_in
from thidua_cli.verify.said import CellRange, Figure, Part, SaidDoubt

NEVER_ACCEPTED: Final = frozenset({"L006", "U007", "V004"})
"""Kinds of which a waiver leaves no one printed figure standing."""

DoubtedCell: TypeAlias = tuple[CellRange, int, str]


def cell_of(doubt: SaidDoubt) -> DoubtedCell:
    """Return which figure a doubt is about: place, year-end and count."""
    return doubt.figure, doubt.year, doubt.column


class Change(NamedTuple):
    """A doubted cell with another value; without one it is not known, but for its ends."""

    doubt: SaidDoubt
    value: int | None
    ends: tuple[int, int] | None = None

    @property
    def cell(self) -> DoubtedCell:
        """The figure that is changed: a finding of another kind may change the same one."""
        return cell_of(self.doubt)


def is_without_counts(figure: Figure) -> bool:
    """Say whether a result uses neither of two figures that are printed for one unit and year-end."""
    return not figure.usable and all(part.value is None for part in figure.parts)


def changed(figures: Figures, changes: Sequence[Change]) -> Figures:
    """Return the figures of a unit with other values in some of their cells."""
    years = {change.doubt.year for change in changes}
    once = {change.cell: change for change in changes}
    result = dict(figures)
    for key, figure in figures.items():
        if figure.year in years:
            result[key] = _filled(figure, once.values()) if is_without_counts(figure) else figure
            for change in once.values() if result[key] is figure else ():
                result[key] = _with_change(result[key], change)
    return result


def _filled(figure: Figure, changes: Iterable[Change]) -> Figure:
    """Return a figure of which two are printed as one of them; what other findings leave of a row comes after that."""
    values: dict[str, int | None] = {}
    for change in sorted(changes, key=lambda change: change.doubt.code not in NEVER_ACCEPTED):
        if change.doubt.year == figure.year:
            values.setdefault(change.doubt.column, change.value)
    if not values.keys() & set(figure.names):
        return figure
    return with_parts(
        replace(figure, usable=True), tuple(replace(part, value=values.get(part.name)) for part in figure.parts)
    )


def _with_change(figure: Figure, change: Change) -> Figure:
    doubt = change.doubt
    if doubt.year != figure.year or doubt.column not in figure.names:
        return figure
    if figure.divided:
        return _with_divided(figure, change)
    parts = tuple(_with_value(part, figure, change) if part.name == doubt.column else part for part in figure.parts)
    return replace(with_parts(figure, parts), bounds=_bounds_with(figure, change))


def _bounds_with(figure: Figure, change: Change) -> Mapping[str, tuple[int, int]]:
    """Return the ends of counts that are not known exactly, among them that of a changed cell."""
    name, (value,) = change.doubt.column, [part.value for part in figure.parts if part.name == change.doubt.column]
    if change.ends is None or value is None:
        return figure.bounds
    low, high = (max(0, value + end - (change.doubt.printed or 0)) for end in change.ends)
    return {**figure.bounds, name: (low, high)}


def with_parts(figure: Figure, parts: tuple[Part, ...]) -> Figure:
    """Return a figure with other counts; the whole stands first."""
    values = [part.value for part in parts[1:]]
    known = [value for value in values if value is not None]
    count = sum(known) if values and len(known) == len(values) else None
    return replace(figure, parts=parts, households=parts[0].value, count=count)


def _with_value(part: Part, figure: Figure, change: Change) -> Part:
    doubt, value = change.doubt, change.value
    if doubt.printed is None or part.value is None:
        return replace(part, value=value) if part.value is None else part
    # of a part that the user shared out it is not known what the shares would be
    if value is None or (figure.given and not stands_in(doubt.figure, part.cells)):
        return replace(part, value=None)
    return replace(part, value=max(0, part.value + value - doubt.printed))


def _with_divided(figure: Figure, change: Change) -> Figure:
    doubt, value = change.doubt, change.value
    column, difference = doubt.column, None if value is None else value - (doubt.printed or 0)
    if difference is not None and doubt.unit_code in figure.divided_codes:
        place = figure.divided_codes.index(doubt.unit_code)
        counts = _moved(figure.divided[place], column, difference)
        return replace(figure, divided=(*figure.divided[:place], counts, *figure.divided[place + 1 :]))
    if difference is not None and column in figure.placed:
        return replace(figure, placed=_moved(figure.placed, column, difference))
    divided = tuple(_less(counts, column) for counts in figure.divided)
    return replace(figure, placed=_less(figure.placed, column), divided=divided)


def _moved(counts: Mapping[str, int], column: str, difference: int) -> Mapping[str, int]:
    return {**counts, column: counts[column] + difference} if column in counts else counts


def _less(counts: Mapping[str, int], column: str) -> dict[str, int]:
    return {name: count for name, count in counts.items() if name != column}
