"""Templates as an officer fills them in: numbers into the open cells, and the formulas worked out by Excel's rules."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import cast

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from thidua_cli.language import Language
from thidua_cli.normalise.forms.register import template_forms
from thidua_cli.present.template.lines import Arrangement, plan_template
from thidua_cli.present.template.workbook import build_template
from thidua_cli.units.tables import bundled

HOUSEHOLDS, PERSONS, POOR, POOR_PERSONS, NEAR_POOR, NEAR_POOR_PERSONS = "C", "D", "E", "G", "I", "K"
FIGURES: Mapping[str, int] = {
    HOUSEHOLDS: 1000,
    PERSONS: 4100,
    POOR: 70,
    POOR_PERSONS: 300,
    NEAR_POOR: 45,
    NEAR_POOR_PERSONS: 190,
}
"""What is filled into each column of Mẫu 08; a row adds its number, so that no two rows are alike."""
_SUM = re.compile(r'=IF\(COUNT\((.+)\)=0,"-",SUM\(\1\)\)')
_RATE = re.compile(r'=IF\(COUNT\((\w+)\)=0,"-",IFERROR\(\1/(\w+),"-"\)\)')


def built(
    code: str,
    year: int,
    form: str = "08",
    arrangement: Arrangement = Arrangement.AREA,
    *,
    villages: Sequence[str] = ("",) * 5,
    language: Language = Language.VI,
) -> bytes:
    plan = plan_template(code, year, bundled(), arrangement, villages)
    return build_template(plan, template_forms()[form], language)


def sheet_of(content: bytes, *, values: bool = False) -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=values).active
    assert isinstance(sheet, Worksheet)
    return sheet


def table_cells(sheet: Worksheet, first_row: int = 9) -> Iterator[Cell]:
    """Yield the cells of the table below the numbering row, without those that lie inside a merged range."""
    last = max(int(cell.row) for cell in sheet["B"] if cell.value) if sheet["B"] else first_row
    for row in sheet.iter_rows(min_row=first_row, max_row=last, max_col=12):  # all forms end at column L
        yield from (cell for cell in row if isinstance(cell, Cell))


def fill(sheet: Worksheet) -> None:
    """Put figures into every open cell of a Mẫu 08."""
    for cell in table_cells(sheet):
        if not cell.protection.locked and cell.column_letter in FIGURES:
            cell.value = FIGURES[cell.column_letter] + cell.row


def work_out(sheet: Worksheet) -> None:
    """Replace the formulas of a Mẫu 08 by their results."""
    results = {cell.coordinate: _result(sheet, cell.coordinate) for cell in table_cells(sheet) if cell.data_type == "f"}
    for place, result in results.items():
        sheet[place].value = result


def _result(sheet: Worksheet, place: str) -> float | str | None:
    text = sheet[place].value
    if not isinstance(text, str) or not text.startswith("="):
        return cast("float | str | None", text)
    if found := _SUM.fullmatch(text):
        numbers = [number for part in _places(found[1]) if isinstance(number := _result(sheet, part), int | float)]
        return sum(numbers) if numbers else "-"
    found = _RATE.fullmatch(text)
    assert found is not None, text
    part, whole = _result(sheet, found[1]), _result(sheet, found[2])
    return part / whole if isinstance(part, int) and isinstance(whole, int) and whole else "-"


def _places(listed: str) -> Iterator[str]:
    for part in listed.split(","):
        left, top, right, bottom = range_boundaries(part)
        assert left == right
        assert left is not None
        yield from (f"{openpyxl.utils.get_column_letter(left)}{row}" for row in range(top or 0, (bottom or 0) + 1))


def save(sheet: Worksheet, path: Path) -> Path:
    assert sheet.parent is not None
    sheet.parent.save(path)
    return path


def recalculated(path: Path, office: str) -> Path:
    """Have an office program open a workbook, calculate it and save it."""
    folder = path.parent / "calculated"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / path.name
