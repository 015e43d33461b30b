"""Parents and their children in a long table, in arrays: which sums fail, and where a child may be missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from thidua_cli.check.screens import counts
from thidua_cli.check.unit_arrays import Marks, Rows, UnitArrays, marks
from thidua_cli.model import Level
from thidua_cli.observations import MISSING, Observations

Family = tuple[str, int, list[int]]
"""Parent, year-end, and the rows of the children."""


class Families:
    """The children's rows of parents that are a unit of the table, or of a tier that a form says it is of."""

    def __init__(self, observations: Observations, arrays: UnitArrays, scopes: Collection[str]) -> None:
        self._observations, self._order = observations, arrays.order
        self._parents = observations.coded("parent_code")
        order = self._order
        codes = self._parents.codes[arrays.rows]
        self._unit_of = self._units()
        is_parent = self._unit_of >= 0
        if scopes:
            is_parent |= np.fromiter(map(frozenset(scopes).__contains__, self._parents.values), np.bool_)
        rows = arrays.rows[is_parent[codes]]
        self._span = order.last_year - order.first_year + 1
        keys = self._parents.codes[rows].astype(np.int64) * self._span + (order.year[rows] - order.first_year)
        sorting = np.argsort(keys, kind="stable")
        self._keys = keys[sorting]
        self._rows = rows[sorting]
        """Children's rows, those of one parent and year-end together and in the order of their series."""
        self._starts = np.flatnonzero(np.append(True, self._keys[1:] != self._keys[:-1])) if len(rows) else rows
        self._ends = np.append(self._starts[1:], len(rows))
        self._sequence = np.argsort(sorting[self._starts], kind="stable")
        """The families in the order in which their first children come."""

    def _units(self) -> NDArray[np.int64]:
        """Return code of a parent → its code as a unit; -1 where it has no row of its own."""
        order = self._order
        shared = set(self._parents.values).intersection(order.coded.values)
        units = {code: unit for unit, code in enumerate(order.coded.values) if code in shared} if shared else {}
        parents = np.fromiter((units.get(code, -1) for code in self._parents.values), np.int64)
        has_row = order.first_row < len(order.unit)
        return np.where((parents >= 0) & has_row[parents], parents, -1)

    def __len__(self) -> int:
        return len(self._starts)

    def _listed(self, wanted: Marks) -> Iterator[Family]:
        for place in self._sequence[wanted[self._sequence]].tolist():
            yield self._family(place)

    def _family(self, place: int) -> Family:
        parent, year = divmod(int(self._keys[self._starts[place]]), self._span)
        rows = self._rows[self._starts[place] : self._ends[place]].tolist()
        return self._parents.values[parent], year + self._order.first_year, rows

    def every(self) -> Iterator[Family]:
        """Yield all families."""
        return self._listed(np.ones(len(self), np.bool_))

    def without_villages(self) -> Iterator[Family]:
        """Yield the families of which lists exist: of villages there are none, but some may stand on another line."""
        is_village = marks(self._observations.coded("level"), lambda level: level is Level.VILLAGE)[self._rows]
        return self._listed(~(self._any(is_village) & self._is_on_one_line))

    def that_may_not_sum(self) -> Iterator[Family]:
        """Yield the families whose parent has rows of which some count is not the sum of its children's."""
        if not len(self):
            return iter(())
        own, is_plain = self._own_rows()
        fails = np.zeros(len(self), np.bool_)
        for name in self._observations.counts:
            column = counts(self._observations, name)
            assert column is not None
            lacks = self._any(column[self._rows] == MISSING)
            printed = column[own]
            sums = np.add.reduceat(column[self._rows], self._starts)
            fails |= ~lacks & (printed != MISSING) & (sums != printed)
        return self._listed((own >= 0) & (fails | ~is_plain))

    def _any(self, of_rows: Marks) -> Marks:
        if not len(self):
            return np.zeros(0, np.bool_)
        return np.logical_or.reduceat(of_rows, self._starts)

    def _own_rows(self) -> tuple[Rows, Marks]:
        """Return the first row of each family's parent at the year-end, and which are plain; -1 where there is none.

        A plain one has but one row, on the one line of all its children.
        """
        order = self._order
        parent, year = np.divmod(self._keys[self._starts], self._span)
        unit = self._unit_of[parent]
        keys = np.where(unit >= 0, order.key(unit, year + order.first_year), -1)
        lefts, rights = (np.searchsorted(order.keys, keys, side) for side in ("left", "right"))
        there = rights > lefts
        own = np.where(there, order.by_year[np.minimum(lefts, len(order.by_year) - 1)], -1)
        line = self._observations.coded("poverty_line").codes
        is_on_line = line[own] == line[self._rows[self._starts]]
        return own, (rights - lefts == 1) & self._is_on_one_line & is_on_line

    @cached_property
    def _is_on_one_line(self) -> Marks:
        lines = self._observations.coded("poverty_line").codes[self._rows]
        if not len(self):
            return np.zeros(0, np.bool_)
        is_on_one: Marks = np.minimum.reduceat(lines, self._starts) == np.maximum.reduceat(lines, self._starts)
        return is_on_one

    @cached_property
    def _places(self) -> dict[tuple[str, int], int]:
        parents, years = np.divmod(self._keys[self._starts], self._span)
        values, first = self._parents.values, self._order.first_year
        pairs = zip(parents.tolist(), years.tolist(), strict=True)
        return {(values[parent], year + first): place for place, (parent, year) in enumerate(pairs)}

    def rows_of(self, parent: str, year: int) -> list[int]:
        """Return the children's rows of a parent and year-end."""
        place = self._places.get((parent, year))
        return [] if place is None else self._family(place)[2]
