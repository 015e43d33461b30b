"""The possible worlds of one unit: its series as it would be with each value that its disputed figures may have.

A finding leaves one of several changes, or the figures as printed; several findings leave every combination. A doubt
goes up with sums and through changes of area, because figures name the rows they are made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import chain, product
from math import prod
from typing import Final, TypeAlias

from thidua_cli.doubt.candidates import Dispute, OtherValue, is_accepted
from thidua_cli.doubt.domain import Domain, exactly
from thidua_cli.doubt.doubts import Doubt
from thidua_cli.doubt.of_files import DisputedFigures, doubt_of
from thidua_cli.doubt.relations import Cell
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import Basis, Series, YearFigures
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.observations import Observations

MOST_WORLDS: Final = 256
"""Where findings leave more combinations, all are held in one: each figure between its least and its greatest value."""


class PrintedSet(NamedTuple):
    """One of several sets of figures that are printed for a unit and year-end."""

    year: int
    row: int
    """The row as read that it is of."""
    counts: tuple[tuple[str, int], ...]
    """Count → households."""


UnitWorld: TypeAlias = tuple[OtherValue | PrintedSet, ...]
Rows: TypeAlias = Mapping[int, Sequence[int]]
"""Row → year-ends of the series whose figures are made of it."""


class LookedAt(NamedTuple):
    """What an answer looks at: a doubt about anything else is none of its business."""

    years: frozenset[int]
    columns: frozenset[str]
    """Counts."""


@dataclass(frozen=True, slots=True)
class PossibleWorld:
    """The figures of a unit as they would be."""

    series: Series
    changes: UnitWorld
    """What was changed; none where all stands as printed."""


@dataclass(frozen=True)
class UnitDoubts:
    """What is disputed of the figures that one unit's answers rest on."""

    series: Series
    figures: DisputedFigures
    asked: LookedAt
    rows: Rows
    """Of the year-ends that are looked at."""
    disputes: tuple[Dispute, ...]

    @cached_property
    def _figures_made(self) -> dict[tuple[int, object], YearFigures]:
        """Identity of figures, which are those of `series` or a value of this, and a change → the changed figures."""
        return {}

    @cached_property
    def _series_made(self) -> dict[tuple[int, ...], Series]:
        """Identities of the figures of all year-ends → the unit with them."""
        return {}

    def _is_looked_at(self, change: OtherValue) -> bool:
        return change.cell.row in self.rows and change.cell.column in self.asked.columns

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """Every disputed figure, once per finding, in the order of the findings."""
        observations = self.figures.observations
        told: dict[tuple[object, ...], Doubt] = {}
        for dispute in self.disputes:
            blank = () if dispute.blank is None else (OtherValue(dispute.blank, Domain(0, None), None),)
            for change in (*blank, *chain.from_iterable(dispute.worlds)):
                if not self._is_looked_at(change):
                    continue
                doubt = doubt_of(dispute, change, observations)
                key = (doubt.finding.kind.code, doubt.finding.origin, doubt.figure)
                known = told.get(key)
                told[key] = doubt if known is None else _widened(known, doubt)
        return tuple(told.values())

    @property
    def are_any(self) -> bool:
        """Whether there are doubts at all."""
        return any(map(self._is_looked_at, self._every_change()))

    def leave_alone(self, asked: LookedAt) -> bool:
        """Say whether the figures may stand as printed, and nothing is disputed of those that `asked` names."""
        of_columns = (change.cell.row for change in self._every_change() if change.cell.column in asked.columns)
        if any(not asked.years.isdisjoint(self.rows.get(row, ())) for row in of_columns):
            return False
        choices = self._choices
        return all(() in choice for choice in choices) and prod(map(len, choices)) <= MOST_WORLDS

    def _every_change(self) -> Iterator[OtherValue]:
        for dispute in self.disputes:
            if dispute.blank is not None:
                yield OtherValue(dispute.blank, Domain(0, None), None)
            for world in dispute.worlds:
                yield from world

    @cached_property
    def _choices(self) -> Sequence[Sequence[UnitWorld]]:
        return [*filter(None, map(self._choice, self.disputes)), *self._conflicts()]

    @cached_property
    def worlds(self) -> tuple[PossibleWorld, ...]:
        """Every world the findings leave possible, the printed one first where it may stand."""
        choices = self._choices
        if prod(len(choice) for choice in choices) > MOST_WORLDS:
            return (self._all_in_one(choices),)
        worlds: dict[UnitWorld, PossibleWorld] = {}
        for chosen in product(*choices):
            changes = _each_cell_once(chain.from_iterable(chosen))
            if changes not in worlds:
                worlds[changes] = PossibleWorld(self._changed(changes), changes)
        return tuple(worlds.values())

    def _choice(self, dispute: Dispute) -> list[UnitWorld]:
        """Return what one finding leaves to choose from for this unit; nothing where it leaves the figures alone."""
        if is_accepted(dispute.finding) or dispute.is_printed_twice:
            return []
        inside: list[UnitWorld] = [
            tuple(change for change in world if change.cell.row in self.rows) for world in dispute.worlds
        ]
        own: list[UnitWorld] = [world for world in inside if world]
        if not own:
            return []
        stands = dispute.may_stand and dispute.blank is None
        return [*([()] if stands or len(own) < len(inside) else []), *own]

    def _conflicts(self) -> Iterator[list[UnitWorld]]:
        """Yield, for year-ends of which two sets of figures are printed, both."""
        for year, figures in self.series.years.items():
            if (
                year in self.asked.years
                and figures.conflicting
                and figures.basis is Basis.REPORTED
                and len(figures.rows) > 1
            ):
                sets = _printed_sets(year, figures.rows, self.figures.observations)
                for counts in self.figures.sets_of_lines.get((self.series.unit_code, year), ()):
                    sets.append(PrintedSet(year, figures.rows[0], tuple(sorted(counts.items()))))
                if len(sets) > 1:
                    yield [(printed,) for printed in sets]

    # ------------------------------------------------------------ figures with changes

    def _changed(self, changes: Sequence[OtherValue | PrintedSet]) -> Series:
        """Return the unit with changed figures; worlds of the same figures share it, and year-ends share theirs."""
        if not changes:
            return self.series
        years = dict(self.series.years)
        for change in changes:
            of_years = (change.year,) if isinstance(change, PrintedSet) else self.rows.get(change.cell.row, ())
            for year in of_years:
                years[year] = self._with_change(years[year], change)
        key = (*map(id, years.values()),)
        if key not in self._series_made:
            self._series_made[key] = replace(self.series, years=years)
        return self._series_made[key]

    def _with_change(self, figures: YearFigures, change: OtherValue | PrintedSet) -> YearFigures:
        key = id(figures), _told_apart(figures, change)
        changed = self._figures_made.get(key)
        if changed is None:
            if isinstance(change, PrintedSet):
                changed = replace(figures, counts=dict(change.counts), conflicting=False)
            else:
                changed = with_change(figures, change, self.figures.observations)
            self._figures_made[key] = changed
        return changed

    def _all_in_one(self, choices: Iterable[Sequence[UnitWorld]]) -> PossibleWorld:
        """Return the one world in which every figure lies between all it may be by any combination."""
        changes = tuple(dict.fromkeys(change for choice in choices for world in choice for change in world))
        widened = dict[Cell, OtherValue]()
        for change in changes:
            if isinstance(change, PrintedSet):
                continue  # the figures stay contradictory: nothing is taken from them
            cell, domain, printed = change
            known = [exactly(printed)] if printed is not None else []
            if cell in widened:
                known.append(widened[cell].domain)
            widened[cell] = OtherValue(cell, reduce(Domain.join, known, domain), printed)
        return PossibleWorld(self._changed(list(widened.values())), changes)


def _told_apart(figures: YearFigures, change: OtherValue | PrintedSet) -> object:
    """Return what changes of the same figures are told apart by: of which row a sum lost its count is all the same."""
    if isinstance(change, PrintedSet) or change.printed is None or figures.divided or change.domain.high is not None:
        return change
    return change.cell.column


def _each_cell_once(changes: Iterable[OtherValue | PrintedSet]) -> UnitWorld:
    """Return changes with one per cell: what two findings leave of it is all that either does."""
    by_cell: dict[object, OtherValue | PrintedSet] = {}
    for change in changes:
        if isinstance(change, PrintedSet):
            by_cell[change] = change
            continue
        known = by_cell.get(change.cell)
        if isinstance(known, OtherValue):
            change = change._replace(domain=change.domain.join(known.domain))
        by_cell[change.cell] = change
    return tuple(by_cell.values())


def unit_doubts(series: Series, figures: DisputedFigures, asked: LookedAt) -> UnitDoubts | None:
    """Return what is disputed of the figures of one unit that an answer looks at; None where nothing is."""
    rows = rows_of(series, figures, asked.years) if figures.by_row else {}
    if not rows:
        return None
    doubts = UnitDoubts(series, figures, asked, rows, tuple(figures.touching(rows)))
    return doubts if doubts.are_any else None


def rows_of(series: Series, figures: DisputedFigures, years: Iterable[int]) -> dict[int, list[int]]:
    """Return each disputed row → those of some year-ends of a series that are made of it."""
    rows: dict[int, list[int]] = {}
    for year in years:
        of_year = series.years.get(year)
        if of_year is None:
            continue
        if not of_year.given and figures.by_row.keys().isdisjoint(of_year.rows):
            continue
        given = (row for part in of_year.given for row in figures.rows_of_unit.get((part.unit.unit_code, year), ()))
        for row in dict.fromkeys(chain(filter(figures.by_row.__contains__, of_year.rows), given)):
            rows.setdefault(row, []).append(year)
    return rows


def with_change(figures: YearFigures, change: OtherValue, observations: Observations) -> YearFigures:
    """Return the figures of a year-end with another value in one of the cells they are made of."""
    (row, column, _), domain, printed = change
    if row not in figures.rows:  # a part that the user shared out: what the shares would be is not known
        return _without(figures, column)
    if printed is None:
        return _filled(figures, column, domain)
    if figures.divided:
        return _of_divided(figures, change, printed, observations.unit_code[row])
    low, high = figures.bounds.get(column, (figures.counts.get(column),) * 2)
    if low is None or high is None:
        return figures  # of a count that is missing elsewhere in the sum, nothing is known already
    if domain.high is None:
        return _without(figures, column)
    ends = (max(0, low + domain.low - printed), high + domain.high - printed)
    if ends[0] == ends[1]:
        bounds = {name: pair for name, pair in figures.bounds.items() if name != column}
        return replace(figures, counts={**figures.counts, column: ends[0]}, bounds=bounds)
    return replace(_without(figures, column), bounds={**figures.bounds, column: ends})


def _without(figures: YearFigures, column: str) -> YearFigures:
    """Return figures that lack a count."""
    divided = tuple(replace(part, counts=_less(part.counts, column)) for part in figures.divided)
    return replace(
        figures,
        counts=_less(figures.counts, column),
        bounds={name: ends for name, ends in figures.bounds.items() if name != column},
        placed=_less(figures.placed, column),
        divided=divided,
    )


def _less(counts: Mapping[str, int], column: str) -> dict[str, int]:
    return {name: count for name, count in counts.items() if name != column}


def _filled(figures: YearFigures, column: str, domain: Domain) -> YearFigures:
    """Return figures with a count that no one value was read of; a sum that lacks it stays without."""
    if domain.only is None or figures.basis is not Basis.REPORTED or column in figures.counts:
        return figures
    return replace(figures, counts={**figures.counts, column: domain.only})


def _of_divided(figures: YearFigures, change: OtherValue, printed: int, code: str) -> YearFigures:
    """Return figures between two extremes with another value in one of their parts."""
    column, value = change.cell.column, change.domain.only
    if value is None:
        return _without(figures, column)
    for place, part in enumerate(figures.divided):
        if part.unit.unit_code == code and column in part.counts:
            counts = {**part.counts, column: part.counts[column] + value - printed}
            changed = replace(part, counts=counts)
            return replace(figures, divided=(*figures.divided[:place], changed, *figures.divided[place + 1 :]))
    if column not in figures.placed:
        return _without(figures, column)
    return replace(figures, placed={**figures.placed, column: figures.placed[column] + value - printed})


def _printed_sets(year: int, rows: Sequence[int], observations: Observations) -> list[PrintedSet]:
    """Return the different sets of counts that rows of one unit and year-end print, what one lacks from the others."""
    if len({observations.poverty_line[row] for row in rows}) > 1:
        return []
    sets: dict[PrintedSet, None] = {}
    for leading in rows:
        counts: dict[str, int] = {}
        for row in (leading, *rows):
            for column in observations.counts:
                value = observations.value(row, column)
                if value is not None:
                    counts.setdefault(column, value)
        sets[PrintedSet(year, leading, tuple(sorted(counts.items())))] = None
    return list({printed.counts: printed for printed in reversed(sets)}.values())[::-1]


def _widened(known: Doubt, other: Doubt) -> Doubt:
    """Return one doubt for two changes of one cell that a finding leaves."""
    if known.domain is None or other.domain is None:
        return replace(known, domain=None)
    return replace(known, domain=known.domain.join(other.domain))
