"""Villages of one commune whose names differ in accents alone: known only once all files are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.model import Level
from thidua_cli.normalise.table_reading import PrintedSum, RateBesideCounts
from thidua_cli.normalise.unit_faults import U003
from thidua_cli.observations import Observations
from thidua_cli.units.tables import boundary_day, bundled
from thidua_cli.units.villages import lacks_accents, spelling, spelt_village_code, village_code

_Named = TypeVar("_Named", Finding, PrintedSum, RateBesideCounts)
Spelt = Mapping[tuple[str, str], str]
"""(code, name) of a village → its code with accents."""


@dataclass(slots=True)
class VillagesByName:
    """The villages that tables name without giving codes: code → the names it stands for."""

    names: dict[str, set[str]] = field(default_factory=dict)

    def add(self, rows: Observations) -> None:
        """Take in the villages of one table."""
        for code, name, level in zip(rows.unit_code, rows.unit_name, rows.level, strict=True):
            if level is Level.VILLAGE:
                self.names.setdefault(code, set()).add(name)

    def shared_codes(self) -> set[str]:
        """Return the codes that names of several spellings share."""
        shared = (code for code, names in self.names.items() if len(names) > 1)
        return {code for code in shared if len(set(map(spelling, self.names[code]))) > 1}


def told_apart(rows: Observations, shared: Collection[str]) -> tuple[Spelt, list[Finding]]:
    """Return the codes of villages that share one, and U003 for each row that may be of several of them.

    A name typed without accents is that of the one village it may be, where there is but one.
    """
    spelt: dict[tuple[str, str], str] = {}
    findings: list[Finding] = []
    plain = _tables_without_accents(rows, {code.partition("-")[0] for code in shared})
    for code, members in _rows_by_code(rows, shared).items():
        open_rows = {
            row
            for row in members
            if lacks_accents(rows.unit_name[row]) or (rows.table[row], rows.parent_code[row]) in plain
        }
        names = {rows.unit_name[row] for row in members if row not in open_rows}
        if len(set(map(spelling, names))) > 1:
            commune = code.partition("-")[0]
            spelt |= {(code, name): spelt_village_code(commune, name) for name in names}
            findings += (_open(rows, row, names) for row in sorted(open_rows))
    return spelt, findings


def _rows_by_code(rows: Observations, shared: Collection[str]) -> dict[str, list[int]]:
    """Return the rows of villages by the codes that several share; a code that a table gives itself is its own."""
    by_code: dict[str, list[int]] = {}
    for row, code in enumerate(rows.unit_code):
        if code in shared and code == village_code(rows.parent_code[row], rows.unit_name[row]):
            by_code.setdefault(code, []).append(row)
    return by_code


def _tables_without_accents(rows: Observations, communes: Collection[str]) -> set[tuple[int, str]]:
    """Return (table, commune) of villages that were all typed without accents: "Na Hang" may be Nà Hang there."""
    typed: dict[tuple[int, str], list[str]] = {}
    for table, commune, name in zip(rows.table, rows.parent_code, rows.unit_name, strict=True):
        if commune in communes:
            typed.setdefault((table, commune), []).append(name)
    return {place for place, names in typed.items() if len(names) > 1 and all(map(str.isascii, names))}


def _open(rows: Observations, row: int, names: Iterable[str]) -> Finding:
    commune, name = rows.parent_code[row], rows.unit_name[row]
    units = "; ".join(f"{village} ({spelt_village_code(commune, village)})" for village in sorted(names))
    origin, code, year = rows.origin(row, "unit_name"), rows.unit_code[row], rows.year[row]
    above = bundled().get(commune, boundary_day(year))
    details = {"parent": above.name if above is not None else commune, "candidates": Text(units, units)}
    return Finding(U003, origin, code, name, year, "unit_name", name, details=details)


def with_spelt_codes(named: Iterable[_Named], spelt: Spelt) -> list[_Named]:
    """Return what speaks of units with the codes of villages as they are now."""
    return [
        replace(record, unit_code=code)
        if (code := spelt.get((record.unit_code or "", record.unit_name or ""))) is not None
        else record
        for record in named
    ]
