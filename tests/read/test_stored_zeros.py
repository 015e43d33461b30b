"""A 0 stored for a formula that nobody calculated is no count; one that was calculated is."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from forms.corpus_formats import repacked
from tests.normalise.cases import codes, only, read
from thidua_cli import pipeline
from thidua_cli.inputs import load_inputs
from thidua_cli.judge.verdict import State
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.read.arithmetic import CellArea, NotUnderstoodError, result
from thidua_cli.read.formula_tokens import excel_formula
from thidua_cli.read.grid import Fault, FaultyCell, Grid, IndexRange, Row, SheetFacts, StoredZero
from thidua_cli.read.source import Source, open_source
from thidua_cli.read.stored_zeros import StoredSheet, never_calculated

HEADER = ("unit_code", "year", "households", "poor_households", "near_poor_households")
CALCULATED_ON_LOAD = b' fullCalcOnLoad="1"'
Formulas = dict[str, tuple[str, float | str | None]]
"""Cell → formula and the result that is stored; None leaves the writer's own 0."""


def workbook(folder: Path, formulas: Formulas, *, asks: bool = True) -> Path:
    """A canonical table of three communes with poor households in D2 to D4, and numbers in H2:I4."""
    path = folder / "bieu.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, HEADER)
        for row, code in enumerate(("20470", "20473", "20476"), start=1):
            sheet.write_row(row, 0, [code, 2024, 429, 63, 33, None, None, 30, 33])
        sheet.write_row("H3", [0, 0])
        other = book.add_worksheet("Trang hai")
        other.write("A1", 12)
        for cell, (formula, value) in formulas.items():
            target = other if cell.startswith("!") else sheet
            target.write_formula(cell.lstrip("!"), formula, None, 0 if value is None else value)
    if not asks:
        content = path.read_bytes()
        path.write_bytes(repacked(content, lambda _, part: part.replace(CALCULATED_ON_LOAD, b"")))
    return path


def poor(reading: FilesRead) -> list[int | None]:
    rows = reading.observations
    return [rows.value(row, "poor_households") for row in range(len(rows.unit_code))]


@pytest.mark.parametrize("asks", [True, False])
@pytest.mark.parametrize(
    "formula",
    [
        "=H2+I2",
        "=SUM(H2:I2)",
        "=SUM(H2,I2)-3",
        "=ROUND(H2*2.1%,0)",
        "=SUBTOTAL(9,H2:I2)",
        "=('Trang hai'!A1+H3)/2",
        "=$H$2-(-I2)",
    ],
)
def test_a_zero_that_its_formula_does_not_come_to_is_no_count(formula: str, asks: bool, tmp_path: Path) -> None:
    reading = read(workbook(tmp_path, {"D2": (formula, None)}, asks=asks))
    assert poor(reading) == [None, 63, 63]
    assert only(reading, "F004").origin.cell == "D2"
    assert codes(reading) == ["F004"]


@pytest.mark.parametrize("formula", ["=SUM(H3:I3)", "=H3+I3", "=H2-30", "=0.1+0.2-0.3", "=SUM(F2:G4)", "=E2-33"])
def test_a_zero_that_its_formula_comes_to_is_a_count(formula: str, tmp_path: Path) -> None:
    reading = read(workbook(tmp_path, {"D3": (formula, None)}))
    assert poor(reading) == [63, 0, 63]
    assert codes(reading) == []


def test_a_zero_over_zeros_that_nobody_calculated_is_none_either(tmp_path: Path) -> None:
    formulas: Formulas = {"D2": ("=K2", None), "K2": ("='Trang hai'!B1", None), "!B1": ("=A1*2", None)}
    reading = read(workbook(tmp_path, formulas))
    assert poor(reading) == [None, 63, 63]
    assert only(reading, "F004").severity == "error"


def test_a_formula_that_is_not_understood_counts_as_its_column_does(tmp_path: Path) -> None:
    counted = '=COUNTIF(H2:I2,">40")'
    assert poor(read(workbook(tmp_path, {"D2": (counted, None)}))) == [None, 63, 63]
    beside_results: Formulas = {"D2": (counted, 0), "D4": ('=COUNTIF(H4:I4,">30")', 1)}
    assert poor(read(workbook(tmp_path, beside_results))) == [0, 63, 1]


def test_a_column_of_zeros_beside_formulas_is_told_where_the_file_does_not_ask(tmp_path: Path) -> None:
    unknown: Formulas = {f"D{row}": (f'=COUNTIF(H{row}:I{row},">99")', 0) for row in (2, 3, 4)}
    assert poor(read(workbook(tmp_path, unknown, asks=False))) == [None, None, None]
    somewhere_else: Formulas = {**unknown, "H2": ("=15*2", 30)}
    assert poor(read(workbook(tmp_path, somewhere_else, asks=False))) == [0, 0, 0]


def test_a_shared_formula_is_followed_in_every_row(tmp_path: Path) -> None:
    path = workbook(tmp_path, {f"D{row}": (f"=H{row}+I{row}", None) for row in (2, 3, 4)}, asks=False)
    shared = {
        b"<f>H2+I2</f>": b'<f t="shared" ref="D2:D4" si="0">H2+I2</f>',
        b"<f>H3+I3</f>": b'<f t="shared" si="0"/>',
        b"<f>H4+I4</f>": b'<f t="shared" si="0"/>',
    }

    def share(name: str, part: bytes) -> bytes:
        for before, after in shared.items():
            part = part.replace(before, after) if name.endswith("sheet1.xml") else part
        return part

    path.write_bytes(repacked(path.read_bytes(), share))
    assert poor(read(path)) == [None, 0, None]


def test_nobody_is_met_by_a_zero_that_was_never_calculated(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, HEADER)
        for row, (year, count) in enumerate([(2021, 227), (2022, 160), (2023, 110), (2024, 0)], start=1):
            sheet.write_row(row, 0, ["20470", year, 429, count, 33])
        sheet.write_row("H5", [30, 33])
        sheet.write_formula("D5", "=H5+I5")
    (verdict,) = pipeline.eligible(read(path), load_inputs("qd-666-ttg"), 2024).verdicts
    assert verdict.state is State.UNDETERMINED


def stored(rows: list[Row], formulas: dict[tuple[int, int], str], **facts: object) -> StoredSheet:
    zeros = {place: StoredZero(formula) for place, formula in formulas.items()}
    known = SheetFacts(zeros=zeros, **facts)  # type: ignore[arg-type]
    return StoredSheet(rows, 0, max(map(len, rows)), known)


def never(sheet: StoredSheet) -> list[tuple[int, int]]:
    return [(fault.row, fault.column) for fault in never_calculated("S", lambda name: sheet if name == "S" else None)]


def test_formulas_that_lead_in_a_circle_or_nowhere_end() -> None:
    assert never(stored([[0.0, 0.0]], {(0, 0): "B1", (0, 1): "A1"})) == []
    assert never(stored([[0.0, 5.0]], {(0, 0): "Khác!A1+B1"})) == []
    long_chain = {(row, 0): f"A{row + 2}" for row in range(3_000)}
    rows: list[Row] = [[0.0] for _ in range(3_000)]
    assert never(stored([*rows, [7.0]], long_chain))[-1] == (2_999, 0)


@pytest.mark.parametrize(("text", "places"), [("0", []), ("429", [(0, 2)]), ("x", [(0, 2)])])
def test_zeros_that_stand_as_text_come_to_0_and_other_texts_are_not_understood(
    text: str, places: list[tuple[int, int]]
) -> None:
    zeros = {(0, 2): StoredZero("A1+B1", asks=True)}
    sheet = StoredSheet([[text, "0", 0.0]], 0, 3, SheetFacts(zeros=zeros))
    assert never(sheet) == places


def test_a_filter_may_well_leave_a_subtotal_of_0() -> None:
    sheet = stored([[0.0, 5.0]], {(0, 0): "SUBTOTAL(9,B1:B1)"})
    assert never(sheet) == [(0, 0)]
    hidden = stored([[0.0, 5.0]], {(0, 0): "SUBTOTAL(9,B1:B1)"}, hidden_rows=(IndexRange(0, 0),))
    assert never(hidden) == []


@pytest.mark.parametrize(
    "formula",
    ["IF(A1>0,1,0)", "A1&B1", "A1:B2", "SUM(A1:B2", "1/0", "Bảng[cột]", "SUM()", "", "A0+", "((((((((((1))))))))))"],
)
def test_what_is_not_understood_is_said_to_be_so(formula: str) -> None:
    with pytest.raises(NotUnderstoodError):
        result(formula, (0, 0), lambda _area, _alone: iter([1.0]))


def test_references_move_with_a_shared_formula_unless_they_are_fixed() -> None:
    areas: list[CellArea] = []
    result("SUM($A1:B$2)", (3, 2), lambda area, _: areas.append(area) or iter([1.0]))  # type: ignore[func-returns-value]
    assert areas == [CellArea("", 1, 0, 3, 3)]


A1, B2 = struct.pack("<BHH", 0x44, 0, 0xC000), struct.pack("<BHH", 0x44, 1, 0xC001)


@pytest.mark.parametrize(
    ("tokens", "formula"),
    [
        (A1 + B2 + b"\x03", "A1+B2"),
        (A1 + B2 + b"\x04" + A1 + b"\x05", "(A1-B2)*A1"),
        (struct.pack("<BHHHH", 0x25, 8, 18, 3, 3) + b"\x19\x10\x00\x00", "SUM(D9:D19)"),
        (A1 + b"\x1e\x0a\x00" + b"\x22\x02\x04\x00", "SUM(A1,10)"),
        (A1 + b"\x1f" + struct.pack("<d", 0.5) + b"\x41\x1b\x00", "ROUND(A1,0.5)"),
        (A1 + b"\x13", "-A1"),
        (b"\x01\x00\x00\x00\x00", ""),
        (A1 + b"\x03", ""),
        (b"\x44\x00", ""),
        (b"", ""),
    ],
)
def test_formulas_of_old_workbooks_are_put_back_into_words(tokens: bytes, formula: str) -> None:
    assert excel_formula(tokens) == formula


def opened(path: Path) -> Grid:
    (grid,) = open_source(Source(path.name, path))
    assert isinstance(grid, Grid)
    return grid


CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/"'
    ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def ods(folder: Path, *cells: str) -> Path:
    """An .ods with one row of cells, each given by its attributes."""
    row = "".join(f'<table:table-cell office:value-type="float" {cell}/>' for cell in cells)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", CONTENT.format(f"<table:table-row>{row}</table:table-row>"))
    path = folder / "bieu.ods"
    path.write_bytes(target.getvalue())
    return path


@pytest.mark.parametrize(
    ("formula", "is_told"), [("of:=SUM([.B1:.C1])", True), ("of:=[.B1]-[$S.C1]", True), ("of:=[.B1]-[.$B$1]", False)]
)
def test_a_zero_of_an_ods_is_held_against_its_formula_too(formula: str, is_told: bool, tmp_path: Path) -> None:
    cells = f'table:formula="{formula}" office:value="0"', 'office:value="30"', 'office:value="33"'
    grid = opened(ods(tmp_path, *cells))
    assert grid.faults == ({(0, 0): FaultyCell(0, 0, "", Fault.ZERO)} if is_told else {})
    assert list(grid.open_rows()) == [["" if is_told else 0.0, 30.0, 33.0]]
