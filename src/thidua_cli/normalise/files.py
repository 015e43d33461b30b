"""From a file to observations, and a file read apart put together with those read before it."""

from __future__ import annotations

from array import array
from dataclasses import replace

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.normalise.copies import repeats_table
from thidua_cli.normalise.files_read import FilesRead, ReadingOptions, TableRead
from thidua_cli.normalise.tables import read_grid
from thidua_cli.normalise.unit_names import UnitFinder
from thidua_cli.observations import MISSING, Observations
from thidua_cli.read.faults import F003
from thidua_cli.read.open_source import open_source
from thidua_cli.read.source import Source


def read_source(source: Source, reading: FilesRead, options: ReadingOptions, finder: UnitFinder) -> None:
    """Add every sheet of one source to `reading`; a source without any table is told once, as a whole (F003)."""
    found, broken = False, False
    for opened in open_source(source):
        if isinstance(opened, Finding):
            reading.findings.append(opened)
            broken = True
        else:
            found = read_grid(opened, reading, options, finder) or found
    if not found and not broken:
        reason = Text(
            "không nhận ra dòng tiêu đề của Mẫu 08, 09, 10 hay các cột unit_code, year; tệp CSV phải ngăn cột bằng dấu "
            "phẩy, chấm phẩy hoặc tab; biểu riêng thì mô tả bằng --mapping",
            "no header of Mẫu 08, 09 or 10 and no columns unit_code, year; CSV columns are separated by comma, "
            "semicolon or tab; a form of your own is described by --mapping",
        )
        reading.findings.append(Finding(F003, Origin(source.name), details={"reason": reason}))
    if broken or not found:
        reading.refused += 1


def take_in(reading: FilesRead, one: FilesRead) -> bool:
    """Add what was read of one file by itself, as if it had been read here, and say so.

    Nothing is added where one of its tables may repeat an earlier one (F008): only reading it here can tell.
    """
    if any(repeats_table(reading, one.observations, table) for table in one.tables):
        return False
    tables, rows = len(reading.observations.tables), len(reading.observations)
    _take_in_observations(reading.observations, one.observations)
    reading.rates += one.rates
    reading.sums += one.sums
    reading.totals += [replace(total, table=total.table + tables) for total in one.totals]
    reading.tables += [_moved(table, tables, rows) for table in one.tables]
    reading.findings += one.findings
    reading.layouts += [
        layout if layout.table is None else replace(layout, table=layout.table + tables) for layout in one.layouts
    ]
    reading.outside += one.outside
    reading.unplaced += one.unplaced
    reading.misfits += one.misfits
    reading.refused += one.refused
    return True


def _moved(read: TableRead, tables: int, rows: int) -> TableRead:
    own_total = None if read.own_total is None else read.own_total + rows
    return replace(read, table=read.table + tables, first_row=read.first_row + rows, own_total=own_total)


def _take_in_observations(all_rows: Observations, added: Observations) -> None:
    tables, rows = len(all_rows.tables), len(all_rows)
    for name in added.counts:
        all_rows.column(name)
    for name, column in all_rows.counts.items():
        column.extend(added.counts.get(name) or array("q", [MISSING]) * len(added))
    for name, rates in added.rates.items():
        all_rows.rates.setdefault(name, {}).update({row + rows: printed for row, printed in rates.items()})
    all_rows.tables += added.tables
    all_rows.table.extend(table + tables for table in added.table)
    all_rows.row_number.extend(added.row_number)
    all_rows.summed_rows.update({row + rows: numbers for row, numbers in added.summed_rows.items()})
    all_rows.unit_code += added.unit_code
    all_rows.year.extend(added.year)
    all_rows.unit_name += added.unit_name
    all_rows.level += added.level
    all_rows.parent_code += added.parent_code
    all_rows.poverty_line += added.poverty_line
    all_rows.status += added.status
