"""Cells whose content calamine hides are found in the sheet's XML."""

import io
import zipfile

import pytest

from thidua_cli.read.grid import FaultyCell
from thidua_cli.read.sheet_xml import scan_sheet, sheet_parts

SHEET = '<worksheet><sheetData><row r="3">{}</row></sheetData></worksheet>'


def faults(cells: str) -> dict[tuple[int, int], FaultyCell]:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("s.xml", SHEET.format(cells))
    with zipfile.ZipFile(target) as archive:
        return dict(scan_sheet(archive, "s.xml").faults)


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ('<c r="B3" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="B3"><f>SUM(A1:A2)</f></c>', ""),
        ('<c r="B3"><f>SUM(A1:A2)</f><v></v></c>', ""),
        ('<c r="B3" s="4"><f t="shared" si="0"/></c>', ""),
        ('<x:c r="B3"><x:f>A1</x:f></x:c>', ""),
    ],
)
def test_errors_and_uncalculated_formulas_are_found(cell: str, error: str) -> None:
    assert faults(f'<c r="A3"><v>1</v></c>{cell}<c r="C3"/>') == {(2, 1): FaultyCell(2, 1, error)}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B3"><f>A1</f><v>5</v></c>',
        '<c r="B3" t="str"><f>A1</f><v></v></c>',
        '<c r="B3" t="s"><v>0</v></c>',
        '<c r="B3" t="inlineStr"><is><t>&lt;f> #REF!</t></is></c>',
        '<c r="B3"/>',
    ],
)
def test_values_and_texts_are_no_faults(cell: str) -> None:
    assert faults(cell) == {}


def test_sheets_are_found_by_name_with_escaped_letters() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", '<sheets><sheet name="A &amp; B" sheetId="1" r:id="rId7"/></sheets>')
        archive.writestr("xl/_rels/workbook.xml.rels", '<Relationship Id="rId7" Target="/xl/worksheets/s.xml"/>')
        archive.writestr("xl/worksheets/s.xml", "")
    with zipfile.ZipFile(target) as archive:
        assert sheet_parts(archive) == {"A & B": "xl/worksheets/s.xml"}
