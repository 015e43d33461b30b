"""Workbooks that Excel opens and the reading library refuses: each gives the figures of the plain one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from forms.corpus_formats import repacked
from forms.mau_08 import add_sheet, new_workbook
from forms.model import FormOptions
from sample_figures import dong_giang
from tests.read.test_formats import FIXTURES, rows
from thidua_cli import pipeline
from thidua_cli.language import Language
from thidua_cli.normalise.files_read import FilesRead

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"
Change = Callable[[str, bytes], bytes]


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "goc" / "bieu.xlsx"
    path.parent.mkdir()
    with new_workbook(path) as workbook:
        for year in (2022, 2023):
            add_sheet(workbook, dong_giang.rows(year), FormOptions(sheet_name=str(year), year=year))
    return path


def read(plain: Path, change: Change, rename: Callable[[str], str] = str) -> FilesRead:
    path = plain.parent.parent / "bieu.xlsx"
    path.write_bytes(renamed(repacked(plain.read_bytes(), change), rename))
    return pipeline.read([str(path)])


def renamed(workbook: bytes, rename: Callable[[str], str]) -> bytes:
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            new.writestr(rename(entry.filename), old.read(entry))
    return stream.getvalue()


def in_part(part: str, old: bytes, new: bytes) -> Change:
    def change(name: str, content: bytes) -> bytes:
        changed = re.sub(old, new, content) if name == part else content
        assert name != part or changed != content
        return changed

    return change


@pytest.mark.parametrize(
    "extent", [b"A1:XFD1048576", b"A0", b"", b"A1:B", b"xyz", b"A1:A99999999999", b"$A$1:$B$2"], ids=str
)
def test_an_extent_that_is_nonsense_is_of_no_account(extent: bytes, plain: Path) -> None:
    reading = read(plain, in_part(SHEET, rb'<dimension ref="[^"]*"/>', b'<dimension ref="%s"/>' % extent))
    assert rows(reading) == rows(pipeline.read([str(plain)])) != []
    assert reading.findings == []


@pytest.mark.parametrize(
    "tag", [b'r:id=""', b'r:id="rId99"', b'sheetId="9"', b'state="veryHidden" r:id="rId3"'], ids=str
)
def test_a_sheet_without_a_part_is_named_and_the_others_are_read(tag: bytes, plain: Path) -> None:
    sheet = b'<sheet name="Phu luc" %s/></sheets>' % tag

    def change(name: str, content: bytes) -> bytes:
        content = content.replace(b"</sheets>", sheet) if name == WORKBOOK else content
        # the third relation is that of the theme, which shall be a sheet that is not there
        return (
            content.replace(b'Target="theme/theme1.xml"', b'Target="worksheets/x.xml"')
            if name == RELATIONS
            else content
        )

    reading = read(plain, change)
    assert rows(reading) == rows(pipeline.read([str(plain)])) != []
    (finding,) = reading.findings
    assert (finding.kind.code, finding.origin.sheet) == ("F001", "Phu luc")
    assert "Phu luc" in finding.message()


def test_a_sheet_whose_part_was_taken_out_is_named_in_vietnamese(plain: Path) -> None:
    reading = read(plain, lambda _, content: content, lambda name: "x" if name == SHEET else name)
    assert set(reading.observations.year) == {2023}
    (finding,) = reading.findings
    assert (finding.kind.code, finding.origin.sheet) == ("F001", "2022")
    assert "không chứa nội dung" in finding.message()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("xl/workbook.xml", "xl/workbook2.xml"),
        ("xl/workbook.xml", "xl/Book.xml"),
        ("xl/workbook.xml", "workbook.xml"),
        ("xl/workbook.xml", "so/tinh/workbook.xml"),
    ],
)
def test_a_main_part_of_another_name_is_found_by_the_relations(old: str, new: str, plain: Path) -> None:
    folder, _, base = new.rpartition("/")

    def change(name: str, content: bytes) -> bytes:
        content = (
            content.replace(old.encode(), new.encode()) if name in ("_rels/.rels", "[Content_Types].xml") else content
        )
        # what was named from the folder of the workbook is named from the root
        return content.replace(b'Target="', b'Target="/xl/') if name == RELATIONS else content

    reading = read(
        plain, change, lambda name: {old: new, RELATIONS: f"{folder}/_rels/{base}.rels".lstrip("/")}.get(name, name)
    )
    assert rows(reading) == rows(pipeline.read([str(plain)])) != []
    assert reading.findings == []


@pytest.mark.parametrize("rename", [lambda name: name.replace("/", "\\"), lambda name: name.replace("xl/", "XL/")])
def test_parts_spelt_as_windows_spells_them_are_found_with_what_they_hide(
    rename: Callable[[str], str], plain: Path
) -> None:
    hidden = in_part(SHEET, rb'<row r="12"', b'<row r="12" hidden="1"')
    assert [finding.kind.code for finding in read(plain, hidden, rename).findings] == ["F007"]


@pytest.mark.parametrize("error", ["#SPILL!", "#BUSY!", "#FIELD!", "#CALC!"])
def test_an_error_that_the_library_does_not_know_is_of_its_cell_alone(error: str, plain: Path) -> None:
    cell = rb'<c r="E12" s="\d+"><v>[^<]*</v>'
    reading = read(plain, in_part(SHEET, cell, b'<c r="E12" t="e"><v>%s</v>' % error.encode()))
    (finding,) = reading.findings
    assert (finding.kind.code, finding.origin.cell) == ("F005", "E12")
    assert error in finding.message()


def test_blanks_around_a_value_and_a_merged_range_that_is_none_are_of_no_account(plain: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name == SHEET:
            content = re.sub(rb"<v>(\d+)</v>", rb"<v> \1\n</v>", content)
            content = content.replace(b"</mergeCells>", b'<mergeCell ref="A"/></mergeCells>')
        return content

    reading = read(plain, change)
    assert rows(reading) == rows(pipeline.read([str(plain)])) != []
    assert reading.findings == []


def test_a_text_that_looks_like_an_error_or_has_blanks_stays_as_it_is(plain: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name == SHEET:
            content = re.sub(rb'<c r="B12" s="(\d+)" t="s"><v>\d+</v>', rb'<c r="B12" t="str"><v>#SPILL! </v>', content)
            content = content.replace(b"<dimension", b'<dimension ref="A0"/><dimension')
        return content

    findings = read(plain, change).findings
    assert any("#SPILL!" in finding.message() for finding in findings if finding.origin.cell == "B12")


def test_two_sheets_of_one_name_are_both_read_each_with_its_own_cells(plain: Path) -> None:
    same = in_part(WORKBOOK, rb'name="2022"', b'name="2023"')
    reading = read(plain, same)
    assert rows(reading) == rows(pipeline.read([str(plain)])) != []
    assert [table.sheet for table in reading.observations.tables] == ["2023", "2023 (2)"]


def test_the_second_sheet_of_a_name_is_told_of_where_it_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "bieu.ods"
    table = re.compile(rb"<table:table table:name=.*?</table:table>", re.DOTALL)

    def twice(name: str, content: bytes) -> bytes:
        return table.sub(lambda sheet: sheet[0] * 2, content, count=1) if name == "content.xml" else content

    path.write_bytes(repacked((FIXTURES / "mau-08.ods").read_bytes(), twice))
    plain, reading = pipeline.read([str(FIXTURES / "mau-08.ods")]), pipeline.read([str(path)])
    assert rows(reading) == rows(plain) != []
    assert [finding.kind.code for finding in reading.findings if finding not in plain.findings].count("F001") == 1


INDENTED = re.compile(rb"(?<=>)(?=</?(?:table|office|text:p)[:> ])(?<!<text:p>)")
TABLE_NAME = rb' table:name="[^"]*"'


def open_document(tmp_path: Path, change: Callable[[bytes], bytes]) -> FilesRead:
    path, original = tmp_path / "bieu.ods", (FIXTURES / "mau-08.ods").read_bytes()
    path.write_bytes(repacked(original, lambda name, part: change(part) if name == "content.xml" else part))
    return pipeline.read([str(path)])


def indented(content: bytes) -> bytes:
    return INDENTED.sub(b"\n      ", content)


def nameless(content: bytes) -> bytes:
    return re.sub(TABLE_NAME, b"", content)


@pytest.mark.parametrize(
    "change",
    [
        indented,
        nameless,
        lambda content: nameless(indented(content)),
        lambda content: content.replace(b"><", b">\r\n\t<"),
    ],
    ids=["indented", "without a name", "both", "a line for every element"],
)
def test_an_ods_with_space_between_its_elements_or_a_table_without_a_name_is_read(
    change: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    plain, reading = pipeline.read([str(FIXTURES / "mau-08.ods")]), open_document(tmp_path, change)
    assert rows(reading) == rows(plain) != []
    assert [finding.kind.code for finding in reading.findings] == [finding.kind.code for finding in plain.findings]


def test_space_inside_a_text_of_an_ods_stays(tmp_path: Path) -> None:
    name = "Xã <text:span>Tà</text:span> <text:span>Lu</text:span>".encode()
    apart = open_document(tmp_path, lambda content: indented(content).replace("Xã Tà Lu".encode(), name))
    assert "Xã Tà Lu" in {row.unit_name for row in apart.observations}


def test_what_cannot_be_mended_is_refused_without_a_word_of_english(plain: Path) -> None:
    path = plain.parent / "hong.xlsx"
    path.write_bytes(repacked(plain.read_bytes(), lambda name, part: b"<a>" if name == WORKBOOK else part))
    findings = pipeline.read([str(path)]).findings
    assert findings
    for finding in findings:
        assert re.search(r"\b(?:not|found|error|the|missing)\b", finding.message(Language.VI)) is None
