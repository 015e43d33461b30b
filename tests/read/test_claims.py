"""What a workbook claims of its parts is held against what they hold, before any library sees it."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from thidua_cli.read import opened_workbook
from thidua_cli.read.content_reach import content_asks_too_much, is_well_formed
from thidua_cli.read.reach import binary_reaches_too_far, large_xml_reaches_too_far, xml_reaches_too_far
from thidua_cli.read.repeated_texts import repeats_too_much

from .test_limits import SHEET, packed, parts, refusal

TEXTS = "xl/sharedStrings.xml"


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object) -> None:
        raise AssertionError("a library was asked")

    monkeypatch.setattr(opened_workbook, "CalamineWorkbook", opened)


def with_size(path: Path, part: str, size: int) -> None:
    """Let an archive claim another size of a part, in both places."""
    content = bytearray(path.read_bytes())
    for sign, place, name, length in ((b"PK\x03\x04", 22, 30, 26), (b"PK\x01\x02", 24, 46, 28)):
        start = content.find(sign)
        while start >= 0:
            count = int.from_bytes(content[start + length : start + length + 2], "little")
            if content[start + name : start + name + count] == part.encode():
                content[start + place : start + place + 4] = struct.pack("<I", size)
            start = content.find(sign, start + 4)
    path.write_bytes(content)


@pytest.mark.usefixtures("no_library")
@pytest.mark.parametrize("part", [TEXTS, "xl/styles.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("kept", [0, 2 << 20], ids=["small", "large"])
def test_a_part_that_holds_more_than_it_claims_is_refused_before_it_is_parsed(
    part: str, kept: int, tmp_path: Path
) -> None:
    content = parts(tmp_path)
    path = packed(tmp_path / "bieu.xlsx", content)
    if kept:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/media/anh.png", bytes(kept))
    with_size(path, part, len(content[part]) - 5)
    assert refusal(path).kind.code == "F001"


@pytest.mark.usefixtures("no_library")
@pytest.mark.parametrize("mark", ['"', "'"])
def test_a_count_of_texts_beyond_the_bytes_of_their_part_is_refused(mark: str, tmp_path: Path) -> None:
    content = parts(tmp_path)
    before = content[TEXTS].partition(b"uniqueCount=")[0]
    rest = content[TEXTS].partition(b"<si>")[2]
    content[TEXTS] = before + f"uniqueCount = {mark}3000000{mark}><si>".encode() + rest
    finding = refusal(packed(tmp_path / "bieu.xlsx", content))
    assert (finding.kind.code, "3.000.000 chuỗi" in finding.message()) == ("F009", True)


@pytest.mark.usefixtures("no_library")
def test_a_workbook_that_names_more_sheets_than_it_has_parts_is_refused(tmp_path: Path) -> None:
    content = parts(tmp_path)
    more = b"".join(b'<sheet name="%d" sheetId="%d" r:id="rId1"/>' % (number, number) for number in range(2, 302))
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(b"</sheets>", more + b"</sheets>")
    finding = refusal(packed(tmp_path / "bieu.xlsx", content))
    assert (finding.kind.code, "301 trang tính" in finding.message()) == ("F009", True)


@pytest.mark.usefixtures("no_library")
def test_many_sheets_in_one_part_are_refused(tmp_path: Path) -> None:
    content = parts(tmp_path) | {f"xl/a{number}.xml": b"<a/>" for number in range(200)}
    more = b"".join(b'<sheet name="%d" sheetId="%d" r:id="rId1"/>' % (number, number) for number in range(2, 202))
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(b"</sheets>", more + b"</sheets>")
    assert refusal(packed(tmp_path / "bieu.xlsx", content)).kind.code == "F001"


def with_long_text(folder: Path, cells: int) -> Path:
    content = parts(folder)
    head, _, _ = content[TEXTS].partition(b"<si>")
    content[TEXTS] = head + b"<si><t>" + b"a" * 30_000 + b"</t></si></sst>"
    row = b'<row r="%d">' + b'<c r="A%d" t="s"><v>0</v></c></row>'
    rows = b"".join(row % (number, number) for number in range(20, 20 + cells))
    content[SHEET] = content[SHEET].replace(b"</sheetData>", rows + b"</sheetData>")
    return packed(folder / "bieu.xlsx", content)


def test_a_text_that_is_shared_by_too_many_cells_is_refused(tmp_path: Path) -> None:
    finding = refusal(with_long_text(tmp_path, 9_200))
    assert (finding.kind.code, "chữ trong các ô" in finding.message()) == ("F009", True)


def test_a_long_text_that_few_cells_share_is_read(tmp_path: Path) -> None:
    path = with_long_text(tmp_path, 900)
    with zipfile.ZipFile(path) as archive:
        assert repeats_too_much(archive, SHEET) is None


@pytest.mark.usefixtures("no_library")
def test_a_part_compressed_in_a_way_that_no_budget_stops_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        for name, part in parts(tmp_path).items():
            archive.writestr(name, part)
    assert "nén theo cách" in refusal(path).message()


@pytest.mark.parametrize(
    "rows",
    [
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r = "1048576"><c r = "XFD1048576"><v>1</v></c></row>',
        b'<row q="a>b" r="1048576"><c q="a>b" r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576"><!-- <row r="1"> --><c r="XFD1"/><c><v>1</v></c></row>',
        b'<row r="1048575"/><row/><row><c r="XFC1"/><c><v>1</v></c></row>',
        b'<row r="1048576"><c r="A1"/>' + b"<c/>" * 40 + b"<row><c><v>1</v></c>",
        b'<row r="9"><c r="A1" r="XFD1048576"><v>1</v></c><c/></row>',
    ],
)
def test_far_cells_are_told_however_their_place_is_written(rows: bytes) -> None:
    assert xml_reaches_too_far(b"<sheetData>" + rows + b"</sheetData>") is not None


def test_long_tables_are_read_and_a_far_cell_beside_many_short_rows_is_told() -> None:
    def sheet(columns: Sequence[str], far: bytes) -> bytes:
        cells = "".join(f'<c r="{column}{{0}}"><v>1</v></c>' for column in columns)
        rows = (f'<row r="{row}">{cells.format(row)}</row>'.encode() for row in range(1, 100_001))
        return b"".join(rows) + far

    short = sheet("AB", b"")
    assert xml_reaches_too_far(short + b'<row r="100001"><c r="AD100001"><v>1</v></c></row>') is not None
    assert xml_reaches_too_far(short + b'<row r="100001"><c r="T100001"><v>1</v></c></row>') is None
    assert xml_reaches_too_far(sheet(["A", "B", "C", "AF"], b"")) is not None
    assert xml_reaches_too_far(sheet([*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB", "AC"], b"")) is None


def test_merged_ranges_of_a_large_sheet_are_counted(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", {SHEET: b'<mergeCells><mergeCell ref="A1:B1"/>' + b"<x:mergeCell/>" * 100_000})
    with zipfile.ZipFile(path) as archive:
        reason = large_xml_reaches_too_far(archive, SHEET)
    assert reason is not None
    assert "100.001 vùng ô gộp" in reason.vi


def content(rows: bytes) -> bytes:
    names = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "table", "text")).encode()
    table = b'<table:table table:name="a">' + rows + b"</table:table>"
    return b"<office:body " + names + b">" + table + b"</office:body>"


def row(cell: bytes, alike: bytes = b'"1"') -> bytes:
    return b"<table:table-row table:number-rows-repeated=" + alike + b">" + cell + b"</table:table-row>"


def string(alike: int, text: bytes = b"a") -> bytes:
    opened = b'<table:table-cell office:value-type="string" table:number-columns-repeated="%d"><text:p>' % alike
    return opened + text + b"</text:p></table:table-cell>"


FORMULA = b"<table:table-cell table:formula='of:=1' table:number-columns-repeated='16384'/>"
EMPTY = b'<table:table-cell table:number-columns-repeated="16384"/>'


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (row(string(16_384), b'"1048576"'), "XFD1048576"),
        (row(FORMULA, b"'1048576'"), "XFD1048576"),
        (row(string(16_384), b'"&#49;000"'), "XFD1048576"),
        (row(b'<table:table-cell office:value="1" q="a>b" table:number-columns-repeated="9999"/>', b'"999"'), "NTO999"),
        (row(string(1, b'<text:s text:c="300000000"/>')), "chữ trong các ô"),
        (row(string(999, b"a" * 300_000)), "chữ trong các ô"),
        (row(b'<table:table-cell table:number-columns-spanned="2"/>' * 100_001), "vùng ô gộp"),
    ],
)
def test_what_an_open_document_repeats_is_counted(rows: bytes, words: str) -> None:
    assert is_well_formed(content(rows))
    reason = content_asks_too_much(content(rows))
    assert reason is not None
    assert words in reason.vi or words in reason.en


def test_sheets_of_an_open_document_are_counted_together() -> None:
    stray = row(b'<table:table-cell office:value="1" table:number-columns-repeated="26"/>', b'"60000"')
    between = b'</table:table><table:table table:name="b">'
    assert content_asks_too_much(content(stray)) is None
    reason = content_asks_too_much(content(between.join([stray] * 6)))
    assert reason is not None
    assert "trải ra" in reason.vi


def test_the_empty_rows_that_fill_a_sheet_are_no_cells() -> None:
    assert content_asks_too_much(content(row(string(9)) + row(EMPTY, b'"1048575"'))) is None


@pytest.mark.usefixtures("no_library")
def test_an_open_document_cut_short_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    whole = content(row(string(9)))
    path = packed(tmp_path / "bieu.ods", {"mimetype": b"", "content.xml": whole[:-30]})
    assert refusal(path).kind.code == "F001"


def test_merged_ranges_and_cut_records_of_a_binary_sheet_are_told() -> None:
    merged = b"\xb0\x01\x10" + bytes(16)
    reason = binary_reaches_too_far(merged * 100_001)
    assert reason is not None
    assert "vùng ô gộp" in reason.vi
    with pytest.raises(ValueError, match="longer than its part"):
        binary_reaches_too_far(merged[:-1])


def test_a_record_without_its_own_number_has_that_of_the_record_before() -> None:
    row, cell, other = b"\x00\x04" + bytes(4), b"\x05\x00", b"\x20\x04" + (9 << 20).to_bytes(4, "little")
    assert binary_reaches_too_far(row + cell) is None
    assert binary_reaches_too_far(row + other + cell) is not None
