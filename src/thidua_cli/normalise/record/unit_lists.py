"""Which list of units a table follows: the span of days on which most of its units stood, by code and name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import compress, repeat
from typing import Final, TypeAlias

from thidua_cli.model import COUNTRY_CODE, Level
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.list_faults import is_named
from thidua_cli.observations import Observations
from thidua_cli.units.tables import UnitTables, boundary_day

_ONE_DAY: Final = timedelta(days=1)
_Key = tuple[str, str, int]
"""(file, sheet, year)."""
_Periods: TypeAlias = tuple[tuple[date, date | None], ...]
"""First and last day of each; None where it still lasts."""
_Agreed: TypeAlias = _Periods | None
COUNTED_IN_ARRAYS_FROM: Final = 20_000
"""Rows from which numpy is loaded for it."""


class UnitList(NamedTuple):
    """The list that the rows of one table and year agree with best."""

    file: str
    sheet: str
    year: int
    first_day: date
    """From this day on they stood together; the first day of the tables stands for any day before it too."""
    last_day: date | None
    """None where they still do."""
    units: int
    """Units of the table with an official code; of villages, their commune."""
    agreeing: int
    """How many of them stood in that span under the code and the name that the table gives."""


def unit_lists(reading: FilesRead, tables: UnitTables) -> list[UnitList]:
    """Return one record per table and year in the order of reading; none for a table without any known unit.

    Tables whose rows are all of another list come last.

    Where several spans fit equally well, the one with the year-end is given, else the latest.
    """

    def agreed(code: str, name: str) -> _Agreed:
        return _agreed(code, name, tables)

    best = (_best(key, numbers) for key, numbers in _counted(reading, agreed).items())
    return [unit_list for unit_list in best if unit_list is not None]


def _counted(reading: FilesRead, agreed: Callable[[str, str], _Agreed]) -> Mapping[_Key, Mapping[_Agreed, int]]:
    """Return table and year → how many of its different units agree with the lists in which periods."""
    if len(reading.observations) >= COUNTED_IN_ARRAYS_FROM and not reading.outside:
        from thidua_cli.normalise.record.long_tables import counted

        return counted(reading.observations, agreed)
    by_table: dict[_Key, dict[tuple[str, str], None]] = {}
    for key, code, name in _units(reading):
        by_table.setdefault(key, {})[code, name] = None
    known: dict[tuple[str, str], _Agreed] = {}
    for units in by_table.values():
        known.update((unit, agreed(*unit)) for unit in units if unit not in known)
    return {key: Counter(map(known.__getitem__, units)) for key, units in by_table.items()}


def units_and_years(observations: Observations) -> tuple[int, tuple[int, ...]]:
    """Return how many units were read, and the years."""
    if len(observations) < COUNTED_IN_ARRAYS_FROM:
        return len(set(observations.unit_code)), tuple(sorted(set(observations.year)))
    from thidua_cli.normalise.record import long_tables

    return long_tables.units_and_years(observations)


def _units(reading: FilesRead) -> Iterator[tuple[_Key, str, str]]:
    """Yield table and year, code and name of every unit that the tables may know; a name not printed is empty."""
    table = reading.observations
    villages, others = _villages_and_others(table.level)
    # Half a million villages are a few thousand communes: what is the same is passed over without a step of Python.
    of_units = compress(zip(table.table, table.year, table.unit_code, table.unit_name, strict=True), others)
    of_communes = compress(zip(table.table, table.year, table.parent_code, strict=True), villages)
    for table_index, year, code, name in dict.fromkeys(of_units):
        origin = table.tables[table_index]
        if code and code != COUNTRY_CODE:
            yield (origin.file, origin.sheet, year), code, name if origin.prints("unit_name") else ""
    for table_index, year, code in dict.fromkeys(of_communes):
        if code and code != COUNTRY_CODE:
            yield (table.tables[table_index].file, table.tables[table_index].sheet, year), code, ""
    for outsider in reading.outside:
        yield (outsider.file, outsider.sheet, outsider.year), outsider.unit_code, outsider.unit_name


def _villages_and_others(levels: Sequence[Level]) -> tuple[Iterable[bool], Iterable[bool]]:
    """Mark the rows of villages, and the others; rows of one kind alone need no look at each."""
    villages = levels.count(Level.VILLAGE)
    if not villages:
        return (), repeat(True)
    if villages == len(levels):
        return repeat(True), ()
    return [level is Level.VILLAGE for level in levels], [level is not Level.VILLAGE for level in levels]


def _agreed(code: str, name: str, tables: UnitTables) -> _Agreed:
    """Return the first and the last day of the periods of a code with this name; None where no list has the code."""
    periods = tables.periods(code)
    if not periods:
        return None
    return tuple(
        [(unit.valid_from, unit.valid_to) for unit in periods if not name or name == unit.name or is_named(unit, name)]
    )


def _best(key: _Key, numbers: Mapping[_Agreed, int]) -> UnitList | None:
    known = {periods: number for periods, number in numbers.items() if periods is not None}
    spans = list(_spans(known))
    most = max((agreeing for *_, agreeing in spans), default=0)
    if not most:
        return None
    on = boundary_day(key[2])
    best = [span for span in spans if span[2] == most]
    first, last, _ = next((span for span in best if span[0] <= on and (span[1] is None or on <= span[1])), best[-1])
    return UnitList(*key, first, last, sum(known.values()), most)


def _spans(numbers: Mapping[_Periods, int]) -> Iterator[tuple[date, date | None, int]]:
    """Yield first day, last day and the number of units that stood, for each span with one number."""
    steps: Counter[date] = Counter()
    for periods, number in numbers.items():
        for valid_from, valid_to in periods:
            steps[valid_from] += number
            if valid_to is not None:
                steps[valid_to + _ONE_DAY] -= number
    days = sorted(day for day, step in steps.items() if step)
    standing = 0
    for index, day in enumerate(days):
        standing += steps[day]
        yield day, days[index + 1] - _ONE_DAY if index + 1 < len(days) else None, standing
