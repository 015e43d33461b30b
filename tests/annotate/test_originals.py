"""What the officer's workbook holds survives: parts byte for byte, cells value by value."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from tests.annotate.cases import MACRO, OTHER_SHEET, SHEET, finding, rich_workbook
from thidua_cli.findings import Severity
from thidua_cli.present.annotate import annotate
from thidua_cli.read.grid import cell_name

MARKED = ("E5", "D6", "B5", "C1", "B30", "H9", "C40", "C4")
CHANGED = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
}


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: archive.read(name) for name in archive.namelist()}


def annotated(path: Path) -> bytes:
    return annotate(path, [finding(path, name) for name in MARKED]).content


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return rich_workbook(tmp_path)


def test_every_part_that_holds_no_mark_is_copied_byte_for_byte(workbook: Path) -> None:
    before, after = parts(workbook.read_bytes()), parts(annotated(workbook))
    assert {name for name in before if before[name] != after.get(name)} == CHANGED
    assert after["xl/vbaProject.bin"] == MACRO
    assert {"xl/charts/chart1.xml", "xl/media/image1.png", "xl/worksheets/sheet2.xml"} <= before.keys() - CHANGED


def test_the_original_is_not_touched(workbook: Path) -> None:
    before = workbook.read_bytes()
    annotated(workbook)
    assert workbook.read_bytes() == before


def test_the_same_findings_give_the_same_bytes(workbook: Path) -> None:
    assert annotated(workbook) == annotated(workbook)


def test_cells_keep_all_but_the_fill_of_the_marked_ones(workbook: Path) -> None:
    old, new = load_workbook(workbook), load_workbook(BytesIO(annotated(workbook)))
    marked = {"A1" if name == "C1" else name for name in MARKED}
    for sheet in (SHEET, OTHER_SHEET):
        for row in new[sheet].iter_rows():
            for one in row:
                other = old[sheet][one.coordinate]
                assert one.value == other.value
                if sheet == SHEET and one.coordinate in marked and not other.has_style:
                    continue  # an empty cell shows its row or column, which has a test of its own
                assert look(one) == look(other)
                assert (repr(one.fill) != repr(other.fill)) == (sheet == SHEET and one.coordinate in marked)


def look(one: Cell | MergedCell) -> tuple[str, ...]:
    return (one.number_format, repr(one.font), repr(one.border), repr(one.alignment), repr(one.protection))


def features(sheet: Worksheet) -> list[object]:
    return [
        sorted(str(area) for area in sheet.merged_cells.ranges),
        {name: (one.width, one.hidden) for name, one in sheet.column_dimensions.items()},
        {number: (one.height, one.hidden) for number, one in sheet.row_dimensions.items() if one.hidden or one.height},
        [(str(one.sqref), one.type, one.operator, one.formula1) for one in sheet.data_validations.dataValidation],
        [(str(area.sqref), [rule.formula for rule in area.rules]) for area in sheet.conditional_formatting],
        (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows, sheet.print_area),
        (sheet.freeze_panes, sheet.oddHeader.center.text if sheet.oddHeader else ""),
        sorted(sheet.tables),
    ]


def test_merges_sizes_validation_conditions_and_printing_are_as_before(workbook: Path) -> None:
    old, new = load_workbook(workbook), load_workbook(BytesIO(annotated(workbook)))
    for sheet in (SHEET, OTHER_SHEET):
        assert features(new[sheet]) == features(old[sheet])
    assert "Biểu 08" in repr(features(new[SHEET]))
    assert new.defined_names["so_ho"].attr_text == old.defined_names["so_ho"].attr_text


def test_the_package_is_whole(workbook: Path) -> None:
    content = parts(annotated(workbook))
    types = ElementTree.fromstring(content["[Content_Types].xml"])
    overrides = {one.get("PartName", "").lstrip("/") for one in types if one.tag.endswith("Override")}
    suffixes = {one.get("Extension", "") for one in types if one.tag.endswith("Default")}
    assert overrides <= content.keys()
    assert all(name in overrides or name.rpartition(".")[2] in suffixes for name in content if "Content_T" not in name)
    for name, part in content.items():
        if name.endswith((".xml", ".rels", ".vml")):
            ElementTree.fromstring(part)
        if name.endswith(".rels"):
            ids = [one.get("Id") for one in ElementTree.fromstring(part)]
            assert len(ids) == len(set(ids))


def test_every_box_has_its_own_number(workbook: Path) -> None:
    drawings = [part for name, part in parts(annotated(workbook)).items() if name.endswith(".vml")]
    ids = [one.get("id") for drawing in drawings for one in ElementTree.fromstring(drawing)]
    shapes = [one for one in ids if one and one.startswith("_x0000_s")]
    assert len(shapes) == len(set(shapes)) >= len(MARKED) + 1  # the button keeps its own


def rewritten(path: Path, name: str, change: dict[str, str], encoding: str = "utf-8") -> None:
    """Change a part of a workbook as other programs would have written it."""
    content = parts(path.read_bytes())
    text = content[name].decode()
    for old, new in change.items():
        assert old in text
        text = text.replace(old, new)
    content[name] = text.encode(encoding)
    with zipfile.ZipFile(path, "w") as archive:
        for part, written in content.items():
            archive.writestr(part, written)


def plain(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    for row in range(1, 4):
        sheet.append([row, row * 10])
    book.save(path)


def test_a_workbook_of_another_writer_with_a_prefix_is_marked_in_place(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    plain(path)
    change = {"<": "<x:", "<x:/": "</x:", "xmlns=": "xmlns:x="}
    rewritten(path, "xl/worksheets/sheet1.xml", change)
    book = load_workbook(BytesIO(annotate(path, [finding(path, "B2"), finding(path, "D9")]).content))
    assert book[SHEET]["B2"].value == 20
    assert book[SHEET]["B2"].comment
    assert book[SHEET]["D9"].comment


def test_cells_that_do_not_say_where_they_stand_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    plain(path)
    names = {f' r="{cell_name(row, column)}"': "" for row in range(3) for column in range(2)}
    rewritten(path, "xl/worksheets/sheet1.xml", names | {f' r="{row}"': "" for row in range(1, 4)})
    content = parts(annotate(path, [finding(path, "B2")]).content)["xl/worksheets/sheet1.xml"]
    marked = [one for one in ElementTree.fromstring(content).iter() if one.tag.endswith("}c") and one.get("s")]
    assert [one.findtext("{*}v") for one in marked] == ["20"]


def test_a_part_in_utf_16_is_marked_in_place(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    plain(path)
    rewritten(path, "xl/worksheets/sheet1.xml", {"<worksheet": '<?xml version="1.0"?><worksheet'}, "utf-16")
    book = load_workbook(BytesIO(annotate(path, [finding(path, "B2")]).content))
    assert (book[SHEET]["B2"].value, bool(book[SHEET]["B2"].comment)) == (20, True)


@pytest.mark.parametrize("body", ["<sheetData/>", "<sheetData><row r='2'/></sheetData>"])
def test_a_sheet_with_nothing_in_it_gets_its_marks(tmp_path: Path, body: str) -> None:
    path = tmp_path / "bieu.xlsx"
    book = Workbook()
    book.worksheets[0].title = SHEET
    book.save(path)
    rewritten(path, "xl/worksheets/sheet1.xml", {"<sheetData></sheetData>": body})
    marked = load_workbook(BytesIO(annotate(path, [finding(path, name) for name in ("C2", "B2", "A7")]).content))
    assert [one.coordinate for row in marked[SHEET].iter_rows() for one in row if one.comment] == ["B2", "C2", "A7"]


def test_a_sheet_that_cannot_be_added_to_becomes_a_copy_of_values_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    plain(path)
    rewritten(path, "xl/worksheets/sheet1.xml", {'<row r="2"': '<row s="x" customFormat="1" r="2"'})
    book = load_workbook(BytesIO(annotate(path, [finding(path, "B2")]).content))
    assert (book[SHEET]["B2"].value, bool(book[SHEET]["B2"].comment)) == (20, True)
    assert "chỉ chép giá trị" in str(book.worksheets[-1]["A2"].value)


def test_a_thread_of_comments_is_left_as_it_is(workbook: Path) -> None:
    rewritten(workbook, "xl/comments1.xml", {"<author>Huyện</author>": "<author>tc={5B2C}</author>"})
    content = annotate(workbook, [finding(workbook, "B5"), finding(workbook, "D6")]).content
    sheet = load_workbook(BytesIO(content))[SHEET]
    texts = [one.comment.text for one in (sheet["B5"], sheet["D6"]) if one.comment]
    assert texts[0] == "Ghi chú của huyện"
    assert texts[1].startswith("S001")


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(min_codepoint=32, max_codepoint=0x1EFF, exclude_categories=["Cs"]), max_size=12),
)
ROWS = st.lists(st.lists(CELLS, max_size=5), max_size=6)
PLACES = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 30)), min_size=1, max_size=8)


@settings(max_examples=40)
@given(rows=ROWS, places=PLACES, severity=st.sampled_from(Severity))
def test_annotating_keeps_every_value(
    rows: list[list[object]], places: list[tuple[int, int]], severity: Severity
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "bieu.xlsx")
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = SHEET
        for row in rows:
            sheet.append(row)
        book.save(path)
        findings = [finding(path, cell_name(*place), severity) for place in places]
        old, new = load_workbook(path)[SHEET], load_workbook(BytesIO(annotate(path, findings).content))[SHEET]
    values = {one.coordinate: one.value for row in old.iter_rows() for one in row if one.value is not None}
    assert {one.coordinate: one.value for row in new.iter_rows() for one in row if one.value is not None} == values
    commented = {one.coordinate for row in new.iter_rows() for one in row if one.comment}
    assert commented == {cell_name(*place) for place in places}
