"""Crossed-out text and raised marks never enter a value, and what was left out is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from tests.normalise.cases import HEADER, codes, only, read
from thidua_cli.language import Language
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.read.marked_text import MarkedText, marks_of
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
