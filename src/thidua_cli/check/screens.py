"""Which rows of a long table a check has to look at: all that may have a finding, and hardly another. Loads numpy.

The checks say what is wrong, of these rows as of the rows of a short table; `tests/check/test_screens.py` holds that
they say the same of all rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from thidua_cli.check.unit_arrays import Marks, Pairs, Rows, UnitArrays, first_rows, listed, marks
from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.record.long_tables import different
from thidua_cli.observations import MISSING, Observations
from thidua_cli.units.tables import UnitTables, boundary_day

Counts = NDArray[np.int64]


def counts(observations: Observations, name: str) -> Counts | None:
    """Return the column of a count without a copy, or None where no table holds it; not to be kept."""
    column = observations.counts.get(name)
    return None if column is None else np.frombuffer(column, np.int64)


def rows_over(observations: Observations, parts: Sequence[str], whole: str) -> list[int]:
    """Return the rows of which some counts, all of them known, are together more than another one."""
    columns = [counts(observations, name) for name in (*parts, whole)]
    known = [column for column in columns if column is not None]
    if len(known) < len(columns):
        return []
    *shares, total = known
    is_over = np.add.reduce(shares) > total
    if not is_over.any():
        return []
    return np.flatnonzero(is_over & np.logical_and.reduce([column != MISSING for column in known])).tolist()


def rows_that_differ(observations: Observations, name: str, other: str) -> list[int]:
    """Return the rows of which two counts are known and not the same."""
    left, right = counts(observations, name), counts(observations, other)
    if left is None or right is None:
        return []
    return np.flatnonzero((left != right) & (left != MISSING) & (right != MISSING)).tolist()


def rows_out_of_balance(observations: Observations, signed: Sequence[tuple[str, int]], closing: str) -> list[int]:
    """Return the rows with the first of some counts that lack another, do not sum up or were joined."""
    columns = [counts(observations, name) for name, _ in signed]
    closed = counts(observations, closing)
    opening = columns[0]
    if opening is None:
        return []
    if closed is None or any(column is None for column in columns):
        return np.flatnonzero(opening != MISSING).tolist()
    is_odd = np.zeros(len(opening), np.bool_)
    is_odd[[row for row, _ in observations.borrowed]] = True
    total = np.zeros(len(opening), np.int64)
    for column, (_, sign) in zip(columns, signed, strict=True):
        assert column is not None
        is_odd |= column == MISSING
        total = total + column if sign > 0 else total - column
    is_odd |= (closed == MISSING) | (total != closed)
    return np.flatnonzero(is_odd & (opening != MISSING)).tolist()


def pairs_that_differ(observations: Observations, pairs: Pairs, opening: str, closing: str) -> list[tuple[int, int]]:
    """Return the pairs of rows of which a count of the later is not that of the earlier, both being known."""
    opened, closed = counts(observations, opening), counts(observations, closing)
    if opened is None or closed is None:
        return []
    value, expected = opened[pairs.after], closed[pairs.before]
    return _listed(pairs, (value != expected) & (value != MISSING) & (expected != MISSING))


def pairs_that_jump(
    observations: Observations, pairs: Pairs, names: Sequence[str], small: int
) -> list[tuple[int, int]]:
    """Return the pairs of rows of which any of some counts moved by more than a small number of households."""
    moves = np.zeros(len(pairs.after), np.bool_)
    for name in names:
        column = counts(observations, name)
        if column is not None:
            moves |= np.abs(column[pairs.after] - column[pairs.before]) > small
    return _listed(pairs, moves)


def _listed(pairs: Pairs, wanted: Marks) -> list[tuple[int, int]]:
    return list(zip(pairs.before[wanted].tolist(), pairs.after[wanted].tolist(), strict=True))


# ------------------------------------------------------------ codes


class _OfList(NamedTuple):
    """What the lists say of the units of a table at each year-end, by the codes of its columns; -1 is nothing."""

    names: NDArray[np.int64]
    """(unit, year-end) → the name; -1 where no unit of the code stands."""
    parents: NDArray[np.int64]
    """(unit, year-end) → the unit above; -1 where there is none."""


def rows_to_look_up(observations: Observations, arrays: UnitArrays, tables: UnitTables) -> list[int]:
    """Return the rows that are not as the list of their year-end has their unit: its code, its name and its parent.

    Of the villages of a commune and a year-end the first row stands for all.
    """
    parent, level = observations.coded("parent_code"), observations.coded("level")
    is_village = marks(level, lambda each: each is Level.VILLAGE)
    has_parent = marks(parent, bool)
    rows = np.flatnonzero(~(is_village & has_parent))
    wanted = rows[~_are_as_listed(observations, arrays, tables, rows, is_village[rows])].tolist()
    if is_village.any():
        wanted += _first_of_communes(observations, arrays, tables, is_village & has_parent)
    return sorted(wanted)


def _first_of_communes(
    observations: Observations, arrays: UnitArrays, tables: UnitTables, of_commune: Marks
) -> list[int]:
    """Return the first row of each commune and year-end, if it is a village's, where no such commune stands."""
    parent, order = observations.coded("parent_code"), arrays.order
    span = order.last_year - order.first_year + 1
    keys = parent.codes.astype(np.int64) * span + (order.year - order.first_year)
    first = first_rows(keys, len(parent.values) * span, np.arange(len(keys)))
    rows = first[first < len(keys)]
    rows = rows[of_commune[rows]]
    stands = np.zeros((len(parent.values), span), np.bool_)
    years = range(order.first_year, order.last_year + 1)
    codes = different(parent.codes[rows], len(parent.values)).tolist()
    looked_up = [parent.values[code] for code in codes]
    standing = [code == COUNTRY_CODE or unit is not None for code in looked_up for unit in _units(tables, code, years)]
    stands[codes] = np.array(standing, np.bool_).reshape(-1, span)
    return listed(rows[~stands[parent.codes[rows], order.year[rows] - order.first_year]])


def _are_as_listed(
    observations: Observations, arrays: UnitArrays, tables: UnitTables, rows: Rows, is_village: Marks
) -> Marks:
    """Mark the rows whose unit stands, under just this name and below this parent; villages without a parent never."""
    order, name, parent = arrays.order, observations.coded("unit_name"), observations.coded("parent_code")
    unit, year = order.unit[rows], order.year[rows] - order.first_year
    units = different(unit[~is_village], len(order.coded.values)).tolist()
    of_list = _listed_units(observations, arrays, tables, units)
    stands = of_list.names[unit, year] >= 0
    has_name = marks(name, bool)[rows]
    is_named = (of_list.names[unit, year] == name.codes[rows]) | ~has_name
    above = of_list.parents[unit, year]
    says_nothing = marks(parent, lambda code: code in ("", COUNTRY_CODE))[rows]
    is_below = (above == parent.codes[rows]) | (above < 0) | says_nothing
    is_country = np.array([code == COUNTRY_CODE for code in order.coded.values], np.bool_)[unit]
    fits: Marks = is_country | (stands & is_named & is_below) & ~is_village
    return fits


def _listed_units(observations: Observations, arrays: UnitArrays, tables: UnitTables, units: list[int]) -> _OfList:
    order, name, parent = arrays.order, observations.coded("unit_name"), observations.coded("parent_code")
    years = range(order.first_year, order.last_year + 1)
    size, unknown = (len(order.coded.values), len(years)), max(len(name.values), len(parent.values))
    of_name = {value: code for code, value in enumerate(name.values)} | {None: -1}
    of_parent = {value: code for code, value in enumerate(parent.values)} | {None: -1}
    standing = [unit for code in units for unit in _units(tables, order.coded.values[code], years)]
    # a name that no row bears is still a name: no row fits it
    names = [of_name.get(unit and unit.name, unknown) for unit in standing]
    parents = [of_parent.get((unit and unit.parent_code) or None, unknown) for unit in standing]
    of_list = _OfList(np.full(size, -1), np.full(size, -1))
    of_list.names[units] = np.array(names, np.int64).reshape(-1, len(years))
    of_list.parents[units] = np.array(parents, np.int64).reshape(-1, len(years))
    return of_list


def _units(tables: UnitTables, code: str, years: Sequence[int]) -> Sequence[Unit | None]:
    """Return the unit that bears a code, for each year-end."""
    first, last = boundary_day(years[0]), boundary_day(years[-1])
    periods = tables.periods(code)
    if len(periods) == 1 and periods[0].valid_from <= first and (periods[0].valid_to or last) >= last:
        return periods * len(years)
    return [tables.get(code, boundary_day(year)) for year in years]
