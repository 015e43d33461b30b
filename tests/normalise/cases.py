"""The smallest tables: sheets given cell by cell, read as the commands read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from forms.mau_08 import add_sheet, new_workbook
from forms.model import FormOptions, FormRow, Formula
from thidua_cli import pipeline
from thidua_cli.findings import Finding, Severity
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions

Cell = str | int | float | Formula | None
HEADER: tuple[Cell, ...] = ("TT", "Tên đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo")
DISTRICT = "UBND HUYỆN ĐÔNG GIANG"


def read(*paths: Path, year: int | None = None, unit: str | None = None, within: str | None = None) -> FilesRead:
    return pipeline.read([str(path) for path in paths], ReadingOptions(year, unit, within=within))


def read_form(
    folder: Path, rows: Sequence[FormRow], options: FormOptions | None = None, **stated: int | str | None
) -> FilesRead:
    """Write one Mẫu 08 and read it."""
    path = folder / "bieu.xlsx"
    with new_workbook(path) as workbook:
        add_sheet(workbook, rows, options or FormOptions())
    year, unit = stated.get("year"), stated.get("unit")
    assert not isinstance(year, str)
    assert not isinstance(unit, int)
    return read(path, year=year, unit=unit)


def write_sheet(path: Path, rows: Sequence[Sequence[Cell]], name: str = "Biểu") -> Path:
    """Write a sheet cell by cell; texts stay texts."""
    return write_sheets(path, {name: rows})


def write_sheets(path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> Path:
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, Formula):
                        sheet.write_formula(row, column, cell.text, None, "" if cell.value is None else cell.value)
                    elif cell is not None:
                        sheet.write(row, column, cell)
    return path


def table(
    *rows: Sequence[Cell], title: Sequence[str] = (DISTRICT, "Năm rà soát: 2023"), header: Sequence[Cell] = HEADER
) -> list[Sequence[Cell]]:
    """A title, one header row and the rows."""
    return [*([line] for line in title), header, *rows]


def read_table(folder: Path, rows: Sequence[Sequence[Cell]], **stated: int | str | None) -> FilesRead:
    year, unit, within = stated.get("year"), stated.get("unit"), stated.get("within")
    assert not isinstance(year, str)
    assert not isinstance(unit, int)
    assert not isinstance(within, int)
    return read(write_sheet(folder / "bieu.xlsx", rows), year=year, unit=unit, within=within)


def codes(reading: FilesRead) -> list[str]:
    """Codes of findings, in order."""
    return sorted(finding.kind.code for finding in reading.findings)


def only(reading: FilesRead, code: str) -> Finding:
    """The one finding of a kind."""
    found = [finding for finding in reading.findings if finding.kind.code == code]
    assert len(found) == 1, codes(reading)
    return found[0]


def errors(reading: FilesRead) -> list[str]:
    return sorted(finding.kind.code for finding in reading.findings if finding.severity is Severity.ERROR)


def counts(reading: FilesRead) -> dict[tuple[str, int], tuple[int | None, int | None, int | None]]:
    """(unit name, year) → households, poor, near-poor; every row once."""
    observations = reading.observations
    found = {}
    for at in range(len(observations)):
        key = (observations.unit_name[at], observations.year[at])
        assert key not in found, key
        found[key] = (
            observations.value(at, "households"),
            observations.value(at, "poor_households"),
            observations.value(at, "near_poor_households"),
        )
    return found
