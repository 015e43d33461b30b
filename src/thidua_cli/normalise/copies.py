"""The same table read twice (F008): the second copy is taken out again before anything is counted double."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_cli.findings import Finding
from thidua_cli.model import Origin
from thidua_cli.normalise.files_read import FilesRead, Outline, TableRead
from thidua_cli.observations import Observations
from thidua_cli.read.faults import F008


@dataclass(frozen=True, slots=True)
class Mark:
    """How long everything in a reading was before a table was added."""

    rows: int
    rates: int
    sums: int
    totals: int
    tables: int
    findings: int

    @classmethod
    def of(cls, reading: FilesRead) -> Mark:
        """Take the lengths now."""
        return cls(
            len(reading.observations),
            len(reading.rates),
            len(reading.sums),
            len(reading.totals),
            len(reading.tables),
            len(reading.findings),
        )


def drop_copy(reading: FilesRead, mark: Mark) -> None:
    """Remove the table added since `mark` if an earlier one has the same units, years, status and counts; say so."""
    if len(reading.tables) == mark.tables:
        return
    added = reading.tables[-1]
    earlier = next((table for table in _alike(reading) if _same(reading.observations, table, added)), None)
    if earlier is None or not added.rows:
        return
    origin, other = (_origin(reading.observations, table) for table in (added, earlier))
    reading.observations.truncate(mark.rows)
    del reading.rates[mark.rates :]
    del reading.sums[mark.sums :]
    del reading.totals[mark.totals :]
    del reading.tables[mark.tables :]
    if reading.outlined > mark.tables:
        reading.outlines, reading.outlined = {}, 0
    del reading.findings[mark.findings :]
    reading.findings.append(Finding(F008, origin, value=str(other), details={"other": str(other)}))


def repeats_table(reading: FilesRead, observations: Observations, table: TableRead) -> bool:
    """Say whether a table of other observations may be a copy of one in `reading`: it has the outline of one."""
    return bool(table.rows) and bool(_with_outline(reading, _outline(observations, table), len(reading.tables)))


def _alike(reading: FilesRead) -> list[TableRead]:
    """Return the tables before the last one that may be its copy: only those of the same outline are compared."""
    last = len(reading.tables) - 1
    return _with_outline(reading, _outline(reading.observations, reading.tables[last]), last)


def _with_outline(reading: FilesRead, outline: Outline, end: int) -> list[TableRead]:
    for table in reading.tables[reading.outlined : end]:
        reading.outlines.setdefault(_outline(reading.observations, table), []).append(table)
    reading.outlined = max(reading.outlined, end)
    return reading.outlines.get(outline, [])


def _outline(observations: Observations, table: TableRead) -> Outline:
    """Return what a table and its copy have in common for certain: form, rows, first and last unit, first year."""
    if not table.rows:
        return table.form, 0, "", "", 0
    first, last = table.first_row, table.first_row + table.rows - 1
    units = observations.unit_code
    return table.form, table.rows, units[first], units[last], observations.year[first]


def _origin(observations: Observations, table: TableRead) -> Origin:
    origin = observations.tables[table.table]
    return Origin(origin.file, origin.sheet)


def _same(observations: Observations, one: TableRead, two: TableRead) -> bool:
    if one.rows != two.rows or one.form != two.form:
        return False
    a, b = slice(one.first_row, one.first_row + one.rows), slice(two.first_row, two.first_row + two.rows)
    return (
        observations.unit_code[a] == observations.unit_code[b]
        and observations.year[a] == observations.year[b]
        and observations.status[a] == observations.status[b]
        and all(column[a] == column[b] for column in observations.counts.values())
        and _rates_within(observations, one) == _rates_within(observations, two)
    )


def _rates_within(observations: Observations, table: TableRead) -> list[tuple[int, str, str]]:
    return [
        (at, name, printed)
        for at in range(table.rows if observations.rates else 0)
        for name, printed in observations.rates_of(table.first_row + at).items()
    ]
