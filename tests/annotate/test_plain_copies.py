"""Formats that cannot carry comments become plain workbooks of their values."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.annotate.cases import SHEET, finding
from thidua_cli.errors import InputError
from thidua_cli.present.annotate import annotate
from thidua_cli.present.annotate.plain import plain_copy

CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="Biểu [08]/2024"><table:table-row>
<table:table-cell office:value-type="string"><text:p>=1+1</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="12.5"><text:p>12,5</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>ĐÚNG</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2024-12-31"><text:p>31/12/2024</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def test_a_text_file_keeps_codes_as_text_and_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    path.write_text("unit_code,year,unit_name\n00004,2024,=1+1\n505,2024,@x\n", encoding="utf-8")
    book = load_workbook(BytesIO(annotate(path, [finding(path, "C2", sheet="")]).content))
    sheet = book["bieu"]
    assert [one.value for one in sheet[2]] == ["00004", 2024, "=1+1"]
    assert sheet["C2"].data_type == "s"
    assert [one.value for one in sheet[3]] == [505, 2024, "@x"]
    assert sheet["C2"].comment
    link = book.worksheets[-1]["D4"].hyperlink
    assert link
    assert link.location == "'bieu'!C2"


def test_the_list_says_that_only_values_were_copied(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    path.write_text("unit_code,year\n00004,2024\n", encoding="utf-8")
    book = load_workbook(BytesIO(annotate(path, []).content))
    assert "chỉ chép giá trị" in str(book.worksheets[-1]["A2"].value)


def test_an_opendocument_file_is_copied_under_names_that_excel_takes(tmp_path: Path) -> None:
    path = tmp_path / "bieu.ods"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}"/>')
        archive.writestr("content.xml", CONTENT.replace("\n", ""))
    book = load_workbook(BytesIO(annotate(path, [finding(path, "B1", sheet="Biểu [08]/2024")]).content))
    sheet = book["Biểu -08--2024"]
    text, number, truth, day = (one.value for one in sheet[1])
    assert (text, number, truth, str(day)[:10]) == ("=1+1", 12.5, True, "2024-12-31")
    assert sheet["A1"].data_type == "s"
    assert sheet["B1"].comment


def test_a_file_that_holds_no_sheet_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xls"
    path.write_bytes(b"no workbook")
    with pytest.raises(InputError, match="bieu"):
        annotate(path, [])


def test_a_plain_copy_is_the_same_every_time(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert plain_copy(path) == plain_copy(path)
    assert SHEET not in plain_copy(path)[1]
