"""Small tables for the checks: real units, invented counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from thidua_cli.check.context import CheckContext
from thidua_cli.findings import Finding
from thidua_cli.model import Level, Status
from thidua_cli.normalise.files_read import FilesRead, TableRead
from thidua_cli.normalise.table_reading import RowCounts, Total
from thidua_cli.observations import Observation, Observations, TableOrigin
from thidua_cli.units.tables import bundled

CO_TO: Final = "207"
"""Huyện Cô Tô, of three communes."""
CO_TO_COMMUNES: Final = ("07192", "07195", "07198")
"""Thị trấn Cô Tô, Xã Đồng Tiến, Xã Thanh Lân."""
SONG_KON: Final = "20473"
NAMES: Final = ("households", "poor_households", "near_poor_households")

_LEVELS: Final = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}
_COLUMNS: Final = {"unit_name": 2, "households": 3, "poor_households": 5, "near_poor_households": 9}


def observed(
    code: str,
    year: int = 2023,
    counts: Sequence[int | None] = (1000, 100, 50),
    *,
    name: str = "",
    parent: str = "",
    status: Status = Status.FINAL,
    line: str = "2022-2025",
    level: Level | None = None,
    names: Sequence[str] = NAMES,
) -> Observation:
    """Return one row; counts in the order of `names`, None for missing."""
    known = {column: count for column, count in zip(names, counts, strict=True) if count is not None}
    return Observation(code, year, name, level or _LEVELS[len(code)], parent, line, status, known)


def district(
    own: Sequence[int], communes: Sequence[Sequence[int]], codes: Sequence[str] = CO_TO_COMMUNES
) -> list[Observation]:
    """Return Huyện Cô Tô and its communes, with counts in the order of `NAMES`."""
    below = [observed(code, counts=counts, parent=CO_TO) for code, counts in zip(codes, communes, strict=True)]
    return [observed(CO_TO, counts=own, name="Huyện Cô Tô"), *below]


def read(*rows: Observation) -> FilesRead:
    """Return the reading of a canonical table with these rows, below its header."""
    return FilesRead(observations=Observations.of(rows, "bieu.csv"))


def read_form(rows: Sequence[Observation], scope: str, own_total: int | None = None) -> FilesRead:
    """Return the reading of a Mẫu 08 of the unit `scope`; row `own_total` is its printed total."""
    table = Observations()
    index = table.add_table(TableOrigin("bieu.xlsx", "Mẫu 08", "mau-08", _COLUMNS))
    for number, row in enumerate(rows, start=9):
        table.append(index, (number,), row)
    year = rows[0].year
    unit = bundled().periods(scope)[0]
    return FilesRead(table, tables=[TableRead(index, "mau-08", year, unit, 0, len(rows), own_total)])


def total(label: str, printed: int, parts: Sequence[tuple[str, int | None]], *, of_sections: bool = False) -> FilesRead:
    """Return a reading that holds one printed total of poor households in row 20 and its parts from row 10 on."""
    table = Observations()
    index = table.add_table(TableOrigin("bieu.xlsx", "Mẫu 08", "mau-08", _COLUMNS))
    below = tuple(
        RowCounts(name, number, {} if value is None else {"poor_households": value})
        for number, (name, value) in enumerate(parts, start=10)
    )
    row = RowCounts(label, 20, {"poor_households": printed})
    return FilesRead(table, totals=[Total(row, below, index, 2023, of_sections)])


def context(reading: FilesRead) -> CheckContext:
    """Return the context of a reading with the bundled unit tables."""
    return CheckContext(reading, bundled())


def found(check: Callable[[CheckContext], Iterator[Finding]], *rows: Observation) -> list[Finding]:
    """Return what one check says of these rows."""
    return list(check(context(read(*rows))))


def codes(findings: Sequence[Finding]) -> list[str]:
    """Return the codes of findings, in their order."""
    return [finding.kind.code for finding in findings]
