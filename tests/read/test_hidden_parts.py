"""What is not seen when a workbook is opened, and what comes from another one: F007 and F010."""

import zipfile
from pathlib import Path

import pytest

from forms.mau_08 import add_sheet, new_workbook
from forms.model import FormOptions, FormRow
from thidua_cli import pipeline
from thidua_cli.findings import Finding
from thidua_cli.read.sheet_xml import scan

ROWS = [FormRow("Xã Tà Lu", 500, 2100, 120, 510, 40, 170), FormRow("Xã A Ting", 820, 3300, 310, 1240, 95, 400)]


def findings(path: Path) -> list[Finding]:
    return [finding for finding in pipeline.read([str(path)]).findings if finding.kind.code in ("F007", "F010")]


def test_a_hidden_row_and_column_that_are_used_are_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    with new_workbook(path) as workbook:
        layout = add_sheet(workbook, ROWS, FormOptions())
        sheet = workbook.worksheets()[0]
        sheet.set_row(layout.unit_rows[1] - 1, None, None, {"hidden": True})
        sheet.set_column("I:I", None, None, {"hidden": True})
        sheet.set_column("P:XFD", None, None, {"hidden": True})
    (finding,) = findings(path)
    assert finding.severity.value == "warning"
    assert f"dòng {layout.unit_rows[1]}, cột I" in finding.message()


def test_hidden_parts_beside_the_table_are_a_note_and_blank_ones_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    with new_workbook(path) as workbook:
        add_sheet(workbook, ROWS, FormOptions(check_columns=True))
        sheet = workbook.worksheets()[0]
        sheet.set_column("G:H", None, None, {"hidden": True})
        sheet.set_row(300, None, None, {"hidden": True})
    found = findings(path)
    assert [finding.severity.value for finding in found if "G" in finding.message()] == ["note"]
    assert not any("301" in finding.message() for finding in found)


@pytest.mark.parametrize(("rows", "severity"), [(ROWS, "warning"), ([], "note")])
def test_a_hidden_sheet_is_named_whether_used_or_not(rows: list[FormRow], severity: str, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    with new_workbook(path) as workbook:
        add_sheet(workbook, ROWS, FormOptions(sheet_name="2023", year=2023))
        if rows:
            add_sheet(workbook, rows, FormOptions(sheet_name="2022", year=2022))
        else:
            workbook.add_worksheet("2022").write_string("A1", "danh mục")
        workbook.worksheets()[1].hide()
    (finding,) = findings(path)
    assert (finding.origin.sheet, finding.severity.value) == ("2022", severity)


def test_a_clean_workbook_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    with new_workbook(path) as workbook:
        add_sheet(workbook, ROWS, FormOptions())
    assert findings(path) == []


def test_links_to_another_workbook_are_named_with_their_cells(tmp_path: Path) -> None:
    plain, path = tmp_path / "a.xlsx", tmp_path / "bieu.xlsx"
    with new_workbook(plain) as workbook:
        layout = add_sheet(workbook, ROWS, FormOptions())
    cell = layout.cell("households", 0)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                before, after = content.split(b'<c r="%s"' % cell.encode(), 1)
                after = after.replace(b"<v>", "<f>'[1]mẫu 08'!A11</f><v>".encode(), 1)
                content = before + b'<c r="%s"' % cell.encode() + after
            new.writestr(name, content)
    (finding,) = findings(path)
    assert (finding.kind.code, finding.severity.value, finding.origin.cell) == ("F010", "note", cell)
    assert cell in finding.message()


@pytest.mark.parametrize(
    ("formula", "links"),
    [
        (b"<f>[1]Sheet1!A1</f>", True),
        (b"<f>A1+'[12]x'!A1</f>", True),
        (b"<f>SUM(Table1[2021])</f>", False),
        (b"<f>Table1[[#This Row],[1]]</f>", False),
        (b"<f>[0]!name</f>", False),
    ],
)
def test_only_numbers_of_other_workbooks_are_links(formula: bytes, links: bool) -> None:
    facts = scan([b'<row r="1"><c r="B1">' + formula + b"<v>1</v></c></row>"])
    assert facts.links == (((0, 1),) if links else ())


def test_cells_that_share_a_linked_formula_are_links_too() -> None:
    cells = (
        b'<c r="A1"><f t="shared" si="3" ref="A1:A2">[1]x!A1</f><v>1</v></c>',
        b'<c r="A2"><f t="shared" si="3"/><v>1</v></c>',
    )
    assert scan(cells).links == ((0, 0), (1, 0))
