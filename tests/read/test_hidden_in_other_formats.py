"""What .ods, .xls and .xlsb hide: errors, formulas without a stored value, hidden rows and columns, links."""

from __future__ import annotations

import io
import struct
import zipfile
from functools import partial
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from forms.corpus_formats import OFFICE, saved_by_office
from forms.xlsb import as_xlsb
from tests.present.rendered import rendered
from thidua_cli import pipeline
from thidua_cli.present.observations.layout import layout_view
from thidua_cli.read.biff8 import sheets_facts as facts_of_xls
from thidua_cli.read.content_xml import sheets_facts as facts_of_ods
from thidua_cli.read.grid import FaultyCell, Grid, IndexRange
from thidua_cli.read.source import Source, open_source

FIXTURES = Path(__file__).parent / "fixtures"
SHEET = "Tên & trang"


def workbook(folder: Path) -> Path:
    """A sheet with errors in A2, A3 and B9, row 7 and columns F to G hidden, and a link in D2."""
    path = folder / "bieu.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_column("C1", range(1, 12))
        sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A3", "=NA()", None, "#N/A")
        sheet.write_formula("B9", "=NOSUCH(1)", None, "#NAME?")
        sheet.write_formula("A5", "=1+1", None, 2)
        sheet.write_formula("B5", '=""', None, "")
        sheet.write_formula("D2", f"='{folder}/[kia.xlsx]Sheet1'!A1", None, 4)
        sheet.write("F2", 7)
        sheet.set_row(6, None, None, {"hidden": True})
        sheet.set_column("F:G", None, None, {"hidden": True})
    return path


def opened(path: Path) -> Grid:
    (grid,) = open_source(Source(path.name, path))
    assert isinstance(grid, Grid)
    return grid


def saved_as(path: Path, suffix: str) -> Path:
    target = path.with_suffix(f".{suffix}")
    if suffix == "xlsb":
        target.write_bytes(as_xlsb(path))
    elif OFFICE is None:
        pytest.skip("LibreOffice, which writes .xls and .ods, is not installed")
    else:
        saved_by_office([path], suffix, path.parent)
    return target


@pytest.mark.parametrize("suffix", ["xls", "ods", "xlsb"])
def test_errors_and_hidden_parts_are_known_of_every_format(suffix: str, tmp_path: Path) -> None:
    facts = opened(saved_as(workbook(tmp_path), suffix)).facts
    assert {fault.error for fault in facts.faults.values()} == {"#DIV/0!", "#N/A", "#NAME?"}
    assert set(facts.faults) == {(1, 0), (2, 0), (8, 1)}
    assert (facts.hidden_rows, facts.hidden_columns) == ((IndexRange(6, 6),), (IndexRange(5, 6),))


def test_links_of_an_ods_are_known_too(tmp_path: Path) -> None:
    assert opened(saved_as(workbook(tmp_path), "ods")).facts.links == ((1, 3),)


def test_what_cannot_be_checked_is_said_where_the_layout_is_shown(tmp_path: Path) -> None:
    shown = rendered(layout_view(pipeline.read([str(FIXTURES / "mau-08.xls")]).layouts), width=200)
    assert "Không kiểm tra được ở định dạng tệp này: liên kết tới tệp khác" in shown
    binary = tmp_path / "mau-08.xlsb"
    binary.write_bytes(as_xlsb(FIXTURES / "mau-08.xlsx"))
    shown = rendered(layout_view(pipeline.read([str(binary)]).layouts), width=200)
    assert "liên kết tới tệp khác (F010); chữ bị gạch bỏ, viết nhỏ lên trên (F013)" in shown
    for name in ("mau-08.ods", "mau-08.xlsx"):
        shown = rendered(layout_view(pipeline.read([str(FIXTURES / name)]).layouts), width=200)
        assert "Không kiểm tra được" not in shown


def test_an_old_workbook_that_nothing_calculated_is_told_from_one_that_was() -> None:
    content = (FIXTURES / "mau-08.xls").read_bytes()
    at = next(at for at in range(len(content)) if _is_formula(content, at, row=8, column=5))
    asks = content[: at + 10] + bytes(8) + b"\x03\x00" + content[at + 20 :]
    does_not = content[: at + 10] + bytes(10) + content[at + 20 :]
    for stored, is_asked in ((asks, True), (does_not, False)):
        (facts,) = facts_of_xls(stored).values()
        assert facts.zeros[8, 5].asks is is_asked
    empty_text, reference = b"\x03\x00\x00\x00\x00\x00\xff\xff", struct.pack("<BHH", 0x44, 8, 3)
    nothing = content[: at + 10] + empty_text + content[at + 18 : at + 26] + reference + content[at + 31 :]
    (facts,) = facts_of_xls(nothing).values()
    assert facts.faults[8, 5] == FaultyCell(8, 5, "")


def _is_formula(content: bytes, at: int, row: int, column: int) -> bool:
    return content[at : at + 2] == b"\x06\x00" and content[at + 4 : at + 8] == struct.pack("<HH", row, column)


@pytest.mark.parametrize("kept", [0, 100, 511, 512, 3000, 6000])
def test_an_old_workbook_that_is_cut_short_hides_nothing_and_raises_nothing(kept: int) -> None:
    facts_of_xls((FIXTURES / "mau-08.xls").read_bytes()[:kept])


def sheet_xml(*rows: str) -> bytes:
    return f'<table:table table:name="Tên &amp; trang">{"".join(rows)}</table:table>'.encode()


FORMULA = 'table:formula="of:=[.A1]"'


@pytest.mark.parametrize(
    ("attributes", "content", "error"),
    [
        (FORMULA, "", ""),
        (f'{FORMULA} office:value-type="float" office:value="0"', "", None),
        (FORMULA, "<text:p/>", None),
        (FORMULA, "<office:annotation><text:p>xem lại</text:p></office:annotation>", ""),
        (f'{FORMULA} office:value-type="string" office:string-value="#DIV/0!"', "<text:p>#DIV/0!</text:p>", "#DIV/0!"),
        (f'{FORMULA} calcext:value-type="error"', "<text:p>Err:502</text:p>", "Err:502"),
        ('office:value-type="string"', "<text:p>#REF!</text:p>", None),
    ],
)
def test_a_formula_of_an_ods_without_its_value_is_found(attributes: str, content: str, error: str | None) -> None:
    cell = f"<table:table-cell {attributes}>{content}</table:table-cell>"
    two_rows_down = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    row = f'<table:table-row><table:table-cell table:number-columns-repeated="3"/>{cell}</table:table-row>'
    xml = sheet_xml(two_rows_down, row, '<table:table-row table:visibility="collapse"/>')
    facts = facts_of_ods(xml)[SHEET]
    assert dict(facts.faults) == ({} if error is None else {(2, 3): FaultyCell(2, 3, error)})
    assert facts.hidden_rows == (IndexRange(3, 3),)


def test_a_formula_that_is_repeated_without_end_is_told_of_a_thousand_rows_alone() -> None:
    cell = '<table:table-cell table:formula="of:=[.A1]" table:number-columns-repeated="2"/>'
    xml = sheet_xml(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')
    assert len(facts_of_ods(xml)[SHEET].faults) == 2000


def test_an_uncalculated_count_of_an_ods_is_an_error_in_its_cell(tmp_path: Path) -> None:
    path, stored = tmp_path / "bieu.ods", b'office:value-type="float" office:value="120" calcext:value-type="float">'
    source = zipfile.ZipFile(io.BytesIO((FIXTURES / "mau-08.ods").read_bytes()))
    with source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "content.xml":
                assert content.count(stored + b"<text:p>120</text:p>") == 1
                content = content.replace(stored + b"<text:p>120</text:p>", b'table:formula="of:=100+20">')
            target.writestr(name, content)
    reading = pipeline.read([str(path)])
    assert [(one.kind.code, one.origin.cell) for one in reading.findings if one.kind.code == "F004"] == [
        ("F004", "E11")
    ]
    as_stored = partial(reading.observations.value, name="poor_households")
    assert as_stored(reading.observations.unit_name.index("Xã Tà Lu")) is None
