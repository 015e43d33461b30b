"""Counts that were summed from rows of the same sheet: formulas, so that what is above a mended commune follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from thidua_cli.model import Basis, Level, Series, YearFigures
from thidua_cli.present.toolkit.document import Formula

_MOST_RUNS: Final = 100
"""Runs of rows in one formula: with the longest names of cells, each written twice, they stay below Excel's 8,192
characters, and below its 255 arguments of a function."""
_HEIGHT: Final = {level: place for place, level in enumerate(reversed(Level))}


class CountSums:
    """Of which other rows of the sheet the counts of each unit are the sum."""

    def __init__(self, series: Sequence[Series], years: Iterable[int]) -> None:
        self._series = series
        self._addends = {(row, year): addends for year in years for row, addends in self._summed_in(year)}

    def formula(self, row: int, year: int, name: str, column: int, key: str) -> Formula | None:
        """Return the formula of a count that stands in a column of the table `key`; None where it is typed.

        A program that calculates takes an empty cell for 0: nothing is summed of a part of the rows.
        """
        addends = self._addends.get((row, year), ())
        if not addends or not self._adds_up(row, addends, year, name):
            return None
        runs = list(_runs(addends))
        if len(runs) > _MOST_RUNS:
            return None
        cells = ",".join(f"{{{key}!{column}@{first}:{last}}}" for first, last in runs)
        return f'=IF(COUNT({cells})={len(addends)},SUM({cells}),"")'

    def _adds_up(self, row: int, addends: Sequence[int], year: int, name: str) -> bool:
        total = self._series[row].years[year].counts.get(name)
        parts = [self._series[addend].years[year].counts.get(name) for addend in addends]
        known = [part for part in parts if part is not None]
        return total is not None and len(known) == len(parts) and sum(known) == total

    def _summed_in(self, year: int) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield the rows of the sheet that are sums at a year-end, each with the rows they are summed from."""
        figures = {row: unit.years[year] for row, unit in enumerate(self._series) if _is_whole(unit.years.get(year))}
        holders: dict[int, list[int]] = {}
        for row, known in figures.items():
            for source in known.rows:
                holders.setdefault(source, []).append(row)
        for row, known in figures.items():
            if is_sum(known) and (addends := self._addends_of(row, known, holders)):
                read = sorted(source for addend in addends for source in figures[addend].rows)
                if read == sorted(known.rows):
                    yield row, addends

    def _addends_of(self, row: int, known: YearFigures, holders: Mapping[int, Sequence[int]]) -> Sequence[int]:
        """Return the next rows below a unit that hold what was read for it; nothing where any of that is lacking."""
        addends: set[int] = set()
        for source in known.rows:
            below = [other for other in holders[source] if self._is_below(other, row)]
            if not below:
                return ()
            addends.add(min(below, key=self._distance))
        return sorted(addends)

    def _is_below(self, other: int, row: int) -> bool:
        """Say whether a unit may be part of another one: of a lower level, so that no formula comes back to itself."""
        lower, upper = self._series[other], self._series[row]
        return _HEIGHT[lower.level] < _HEIGHT[upper.level] and lower.line_beside == upper.line_beside

    def _distance(self, row: int) -> tuple[bool, int]:
        """Return what ranks the units below: those that stand before those that ended, then the nearest level."""
        return self._series[row].ended_on is not None, -_HEIGHT[self._series[row].level]


def is_sum(figures: YearFigures) -> bool:
    """Say whether the program summed the figures itself."""
    return figures.basis is not Basis.REPORTED and bool(figures.counts)


def _is_whole(figures: YearFigures | None) -> bool:
    """Say whether all households of the figures were read from rows, none from the parts that a user gave."""
    return figures is not None and bool(figures.counts) and not (figures.given or figures.divided)


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of rows that follow each other."""
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last
