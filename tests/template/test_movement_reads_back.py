"""Templates of Mẫu 09 and 10 that were filled in read back with every count and without a finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.template.cases import built, save, sheet_of
from thidua_cli import pipeline
from thidua_cli.model import year_end
from thidua_cli.normalise.forms.register import template_forms
from thidua_cli.present.template.lines import Arrangement
from thidua_cli.units.tables import bundled

FILLED = "DEFGHIJK"
FIGURES = (900, 100, 50, 7, 20, 10, 5, 3)
CLOSING = 900 - 100 - 50 - 7 + 20 + 10 + 5 + 3
FIRST_ROW = 10


def fill(sheet: Worksheet) -> None:
    """Put figures into the open cells, two rows per unit, and replace formulas by their results."""
    opened = [row for row in range(FIRST_ROW, sheet.max_row) if not sheet[f"D{row}"].protection.locked]
    for row in opened:
        for column, figure in zip(FILLED, FIGURES, strict=True):
            sheet[f"{column}{row}"].value = figure
    sums = [row for row in range(FIRST_ROW, sheet.max_row) if str(sheet[f"D{row}"].value).startswith("=")]
    for row in opened:
        sheet[f"L{row}"].value = CLOSING
    for row in sums:
        number = units_of(sheet, row, opened)
        for column, figure in zip(f"{FILLED}L", (*FIGURES, CLOSING), strict=True):
            sheet[f"{column}{row}"].value = figure * number if number else "-"


def units_of(sheet: Worksheet, row: int, opened: list[int]) -> int:
    """Return how many open rows of the same "Phân tổ" a sum takes in: a section's, a district's, or all."""
    alike = [one for one in opened if sheet[f"C{one}"].value == sheet[f"C{row}"].value]
    top = row - (sheet[f"C{row}"].value == "Nhân khẩu")
    number = str(sheet[f"A{top}"].value or "")
    if number in ("", "III"):
        return len(alike)
    ends = [at for at in range(top + 2, sheet.max_row) if str(sheet[f"A{at}"].value or "") in ("II", "III")]
    if number in ("I", "II"):
        return sum(top < one < ends[0] for one in alike)
    tops = [one - (sheet[f"C{one}"].value == "Nhân khẩu") for one in alike]
    return sum(str(sheet[f"A{one}"].value).startswith(f"{number}.") for one in tops)


@pytest.mark.parametrize("form", ["09", "10"])
@pytest.mark.parametrize("arrangement", Arrangement)
@pytest.mark.parametrize(("code", "year"), [("505", 2024), ("49", 2024), ("48", 2025)])
def test_a_filled_template_of_movement_reads_back_without_a_finding(
    form: str, code: str, year: int, arrangement: Arrangement, tmp_path: Path
) -> None:
    sheet = sheet_of(built(code, year, form, arrangement))
    fill(sheet)
    reading = pipeline.read([str(save(sheet, tmp_path / "form.xlsx"))])
    assert pipeline.check(reading) == []
    (table,) = reading.tables
    assert (table.form, table.year) == (f"mau-{form}", year)
    below = bundled().children(code, year_end(year))
    assert {code, *(unit.code for unit in below)} <= set(reading.observations.unit_code)
    names = [column.count for column in template_forms()[form].columns]
    last = [reading.observations.counts[name][0] for name in names]
    assert [count // (last[0] // 900) for count in last] == [*FIGURES, CLOSING]
