"""Crossed-out text and raised marks never enter a value, and what was left out is told."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from forms.corpus_formats import OFFICE, saved_by_office
from tests.normalise.cases import HEADER, codes, only, read
from thidua_cli.language import Language
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.read.biff8_marks import marked_cells, marks_of_records
from thidua_cli.read.marked_text import CROSSED_OUT, MarkedText, marks_of
from thidua_cli.read.sheet_xml import scan

Pieces = tuple[str, ...]
"""Texts; one that begins with "^" is raised, with "~" crossed out, with "_" lowered."""
UNITS = ("Thị trấn P Rao", "Xã Tà Lu", "Xã Sông Kôn")


def table(folder: Path, *, inline: bool = False, **cells: Pieces | float) -> Path:
    """A table of three communes (rows 4 to 6), some cells written in pieces; a number is crossed out as a whole."""
    path = folder / "bieu.xlsx"
    rows = [["UBND HUYỆN ĐÔNG GIANG"], ["Năm rà soát: 2023"], HEADER]
    rows += [[row, name, 400, 60, 30] for row, name in enumerate(UNITS, start=1)]
    with Workbook(str(path), {"constant_memory": inline}) as book:
        sheet = book.add_worksheet("Biểu")
        plain = book.add_format({})
        looks = {"^": {"font_script": 1}, "_": {"font_script": 2}, "~": {"font_strikeout": True}}
        formats = {sign: book.add_format(look) for sign, look in looks.items()}
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                cell = cells.get(f"{'ABCDE'[column]}{row + 1}", value)
                if not isinstance(cell, tuple):
                    sheet.write(row, column, cell, formats["~"] if cell is not value else None)
                elif len(cell) == 1:
                    sheet.write(row, column, cell[0][1:], formats[cell[0][0]])
                else:
                    pairs = [(formats.get(piece[0], plain), piece.lstrip("^_~")) for piece in cell]
                    sheet.write_rich_string(row, column, *[part for pair in pairs for part in pair])
    return path


def poor(reading: FilesRead) -> list[int | None]:
    rows = reading.observations
    return [rows.value(row, "poor_households") for row in range(len(rows.unit_code))]


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("pieces", [("63", "^1"), ("63 ", "_(a)"), ("6", "^*", "3"), ("~60 ", "63"), ("63", "~ 60")])
def test_what_is_marked_never_enters_a_figure(pieces: Pieces, inline: bool, tmp_path: Path) -> None:
    reading = read(table(tmp_path, inline=inline, D5=pieces))
    assert poor(reading) == [60, 63, 60]
    finding = only(reading, "F013")
    is_struck = any(piece.startswith("~") for piece in pieces)
    assert (finding.origin.cell, finding.value) == ("D5", "63")
    assert finding.severity == ("warning" if is_struck else "note")
    assert "đọc là “63”" in finding.message()
    assert "read as “63”" in finding.message(Language.EN)


def test_marks_beside_names_and_headings_are_told_once_and_a_figure_first(tmp_path: Path) -> None:
    names = ("Thị trấn P Rao", "^1)"), ("Số hộ nghèo", "^ (2)")
    reading = read(table(tmp_path, B4=names[0], D3=names[1], D5=("63", "^1")))
    assert list(reading.observations.unit_name) == list(UNITS)
    assert poor(reading) == [60, 63, 60]
    finding = only(reading, "F013")
    assert finding.origin.cell == "D5"
    assert "2 ô khác" in finding.message()


@pytest.mark.parametrize(
    ("cell", "shown"), [(61.0, "61"), (("~61",), "61"), (("~6", "~1"), "61"), (("^6", "^1"), "61")]
)
def test_a_cell_of_which_nothing_stays_is_not_used(cell: Pieces | float, shown: str, tmp_path: Path) -> None:
    if isinstance(cell, tuple) and cell[0].startswith("^"):
        cell = (*cell, "^ ")
    reading = read(table(tmp_path, D5=cell))
    assert poor(reading) == [60, None, 60]
    finding = only(reading, "F013")
    assert (finding.origin.cell, finding.value, finding.severity) == ("D5", shown, "error")
    assert "V005" not in codes(reading)


def test_a_row_that_is_crossed_out_is_no_row(tmp_path: Path) -> None:
    reading = read(table(tmp_path, A5=2.5, B5=("~Xã Tà Lu",), C5=401.0, D5=61.0, E5=31.0))
    assert list(reading.observations.unit_name) == ["Thị trấn P Rao", "Xã Sông Kôn"]
    finding = only(reading, "F013")
    assert (finding.severity, finding.origin.row) == ("warning", 5)
    assert "Cả dòng 5" in finding.message()


def test_a_workbook_without_marks_costs_nothing_and_says_nothing(tmp_path: Path) -> None:
    assert codes(read(table(tmp_path))) == []
    assert marks_of(b"<sst><si><t>63</t></si></sst>", b'<fonts><font><strike val="0"/></font></fonts>') is None


SHARED = b"""<sst><si><t>a</t></si><si/><si><r><t>63</t></r><r><rPr><vertAlign val="superscript"/></rPr>
<t xml:space="preserve"> 1&amp;</t></r></si><x:si><x:r><x:rPr><x:strike/></x:rPr><x:t>60</x:t></x:r></x:si></sst>"""
STYLES = b"""<styleSheet><fonts><font/><font><strike val="0"/></font><font><b/><strike/></font></fonts>
<cellStyleXfs><xf fontId="2"/></cellStyleXfs><cellXfs><xf fontId="0"/><xf numFmtId="3" fontId="2"/><xf fontId="1"/>
<xf fontId="99"/></cellXfs></styleSheet>"""


def test_marks_are_found_by_number_of_text_and_style() -> None:
    marks = marks_of(SHARED, STYLES)
    assert marks is not None
    assert marks.texts == {2: MarkedText("63", "1&", ""), 3: MarkedText("", "", "60")}
    assert marks.struck_styles == {1}
    cells = (
        b'<row r="1"><c r="A1" t="s"><v>2</v></c><c r="B1"><v>2</v></c><c r="C1" s="1"><v>7</v></c><c r="D1" s="1"/>'
    )
    assert set(scan([cells], marks=marks).marked) == {(0, 0), (0, 2)}


@pytest.mark.parametrize(
    "damage", [b"<si><r><rPr><strike", b"<fonts><cellXfs>", b"<si><r></r></si>strike", b"\xff<strike/>"]
)
def test_damaged_parts_have_no_marks(damage: bytes) -> None:
    assert marks_of(damage, damage) is None


def test_a_piece_without_a_look_of_its_own_looks_as_its_cell_does() -> None:
    pieces = b"<si><r><t>63 </t></r><r><rPr><sz/></rPr><t>65</t></r></si>"
    marks = marks_of(pieces, STYLES)
    assert marks is not None
    assert marks.in_cell(0, is_struck=True) == MarkedText("65", "", "63")
    assert marks.in_cell(0, is_struck=False) is None
    assert marks.in_cell(7, is_struck=True) is CROSSED_OUT


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_marks_of_other_formats_are_left_out_too(suffix: str, tmp_path: Path) -> None:
    if OFFICE is None:
        pytest.skip("LibreOffice, which writes .xls and .ods, is not installed")
    path = table(tmp_path, B4=("Thị trấn P Rao", "^1)"), D4=("63", "^1"), D5=("~63 ", "65"), D6=61.0)
    saved_by_office([path], suffix, tmp_path)
    reading = read(path.with_suffix(f".{suffix}"))
    assert list(reading.observations.unit_name) == list(UNITS)
    assert poor(reading) == [63, 65, None]
    told = [(finding.origin.cell, finding.severity) for finding in reading.findings if finding.kind.code == "F013"]
    assert sorted(told) == [("D4", "note"), ("D5", "warning"), ("D6", "error")]


def font(*, struck: bool = False, raised: bool = False) -> tuple[int, bytes]:
    return 0x0031, struct.pack("<HHHHHBBBB", 200, 8 * struck, 0, 400, raised, 0, 0, 0, 0)


def records(*texts: bytes, pieces: Sequence[bytes] = ()) -> list[tuple[int, bytes]]:
    """The records of a workbook: fonts 0 to 3, 5 (crossed out) and 6 (raised), two styles, and shared texts."""
    fonts = [*(font() for _ in range(4)), font(struck=True), font(raised=True)]
    styles = [(0x00E0, struct.pack("<HH", number, 0)) for number in (0, 5)]
    body = struct.pack("<II", len(texts), len(texts)) + b"".join(texts)
    return [*fonts, *styles, (0x00FC, body), *((0x003C, piece) for piece in pieces), (0x000A, b"")]


def shared(text: str, *runs: tuple[int, int], wide: bool = False) -> bytes:
    letters = text.encode("utf-16-le" if wide else "latin-1")
    head = struct.pack("<HBH", len(text), 8 | wide, len(runs))
    return head + letters + b"".join(struct.pack("<HH", *run) for run in runs)


def test_runs_of_an_old_workbook_are_read_over_the_ends_of_records() -> None:
    torn = shared("Xã Tà Lư1", (8, 6), wide=True)
    whole = records(shared("63", (1, 0)), torn, shared("631", (2, 6)))
    cut = [
        records(shared("63", (1, 0)), torn[:9], pieces=[b"\x01" + torn[9:] + shared("631", (2, 6))]),
        records(shared("63", (1, 0)), torn, shared("631", (2, 6))[:7], pieces=[b"\x00" + shared("631", (2, 6))[7:]]),
    ]
    for each in (whole, *cut):
        marks = marks_of_records(each)
        assert marks is not None
        assert marks.texts == {1: MarkedText("Xã Tà Lư", "1", ""), 2: MarkedText("63", "1", "")}
        assert marks.struck_styles == {1}


def test_a_damaged_old_workbook_has_the_marks_that_can_be_read() -> None:
    whole = records(shared("631", (2, 6)), shared("dài" * 99, (1, 6)))
    (body,) = [body for kind, body in whole if kind == 0x00FC]
    for kept in range(len(body)):
        marks = marks_of_records([(kind, body[:kept] if kind == 0x00FC else each) for kind, each in whole])
        assert marks is not None
        assert set(marks.texts) <= {0, 1}
    assert marks_of_records([(0x0031, b""), (0x00E0, b"\x00")]) is None


def test_cells_of_an_old_workbook_are_marked_by_text_or_by_style() -> None:
    marks = marks_of_records(records(shared("631", (2, 6))))
    assert marks is not None
    lone = struct.pack("<HHHI", 4, 3, 0, 0)
    assert dict(marked_cells(0x00FD, lone, marks)) == {(4, 3): MarkedText("63", "1", "")}
    assert dict(marked_cells(0x0203, struct.pack("<HHHd", 4, 3, 1, 60), marks)) == {(4, 3): CROSSED_OUT}
    several = struct.pack("<HHHIHIH", 4, 3, 0, 1, 1, 2, 4)
    assert dict(marked_cells(0x00BD, several, marks)) == {(4, 4): CROSSED_OUT}
