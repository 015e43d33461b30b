"""Law: a sheet that is read as a plain one holds what calamine makes of it; what is not plain is calamine's."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from thidua_cli.findings import Finding
from thidua_cli.model import column_letters
from thidua_cli.read import examine, plain_sheet
from thidua_cli.read.archive import CountedArchive, decompressed
from thidua_cli.read.columns import column_batches
from thidua_cli.read.examine import WorkbookArchive
from thidua_cli.read.grid import Grid
from thidua_cli.read.plain_parts import PlainParts
from thidua_cli.read.source import Source, open_source

Value = str | float | int | None
Table = list[list[Value]]
SEEDS = range(12)
NAMES = [
    "Thôn 1",
    "Bản Ka Tiêng",
    "Xã Ba",
    "T&T",
    "<b>",
    '"x"',
    "a  b",
    "Đông",
    "x_y",
    "tổ 5'",
    "\N{NO-BREAK SPACE}a",
    "2021",
]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Have sheets of any size looked at whether they are plain; tell which of them are."""
    outcomes: list[bool] = []
    was = WorkbookArchive.plain_sheet

    def looked(archive: WorkbookArchive, sheet: str) -> plain_sheet.PlainSheet | None:
        outcome = was(archive, sheet)
        outcomes.append(outcome is not None)
        return outcome

    monkeypatch.setattr(examine, "PLAIN_BYTES", 0)
    monkeypatch.setattr(WorkbookArchive, "plain_sheet", looked)
    return outcomes


def contents(path: Path) -> list[object]:
    """Return all that is known of a workbook; types and signs of zero count."""
    told: list[object] = []
    for sheet in open_source(Source(path.name, path)):
        if isinstance(sheet, Finding):
            told.append(sheet)
            continue
        rows = list(map(repr, sheet.open_rows()))
        told.append((sheet.sheet, sheet.first_column, sheet.merged, sheet.facts, sheet.is_hidden, rows))
        if sheet.open_columns is not None:
            assert [repr(row) for batch in sheet.open_columns() for row in batch.rows()] == rows
    return told


def alike(path: Path, taken: list[bool]) -> bool:
    """Hold a workbook against calamine's reading of it; say whether its one sheet was plain."""
    as_opened = contents(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WorkbookArchive, "plain_sheet", lambda *_: None)
        assert as_opened == contents(path)
    assert len(taken) == 1
    return taken.pop()


def random_cell(pick: random.Random, sort: str) -> Value:
    if pick.random() < 0.1:
        return None
    if sort == "mixed":
        sort = pick.choice(["count", "decimal", "name"])
    if sort == "count":
        return pick.choice([0, 1, -3, 12, 4567, 2**31, -(2**31) - 1, 2**53, 10**15])
    if sort == "decimal":
        return pick.choice([0.1, 2.5, -0.0, 1e-7, 1e300, 123456.789, 7])
    return pick.choice(NAMES) if sort == "name" else f"{pick.randrange(99999):05d}-{pick.randrange(999):03d}"


def random_table(seed: int) -> Table:
    pick = random.Random(seed)
    sorts = [pick.choice(["count", "count", "decimal", "name", "code", "mixed"]) for _ in range(pick.randrange(1, 30))]
    table: Table = [[f"cột {place}" for place in range(len(sorts))]]
    table += [[random_cell(pick, sort) for sort in sorts] for _ in range(pick.randrange(60, 200))]
    for _ in range(pick.randrange(4)):
        table[pick.randrange(len(table))] = [None] * len(sorts)
    return table


def by_openpyxl(path: Path, table: Table) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in table:
        sheet.append(row)
    book.save(path)


def by_xlsxwriter(path: Path, table: Table, *, inline: bool = False) -> None:
    book = xlsxwriter.Workbook(path, {"constant_memory": inline})
    sheet = book.add_worksheet()
    number = book.add_format({"num_format": "#,##0.00"})
    for place, row in enumerate(table):
        for column, cell in enumerate(row):
            sheet.write(place, column, cell, number if column % 3 == 0 else None)
    book.close()


def by_xlsxwriter_in_cells(path: Path, table: Table) -> None:
    by_xlsxwriter(path, table, inline=True)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_libreoffice(path: Path, table: Table) -> None:
    rows = (
        f'<row r="{number}" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" '
        f'collapsed="false">{"".join(_styled(number, place, cell) for place, cell in enumerate(row))}</row>'
        for number, row in enumerate(table, 1)
    )
    write(path, "".join(rows))


def _styled(number: int, column: int, cell: Value) -> str:
    place = f'<c r="{column_letters(column)}{number}" s="0"'
    if cell is None:
        return f"{place}/>"
    if isinstance(cell, str):
        return f'{place} t="str"><v>{escaped(cell)}</v></c>'
    return f'{place} t="n"><v>{cell!r}</v></c>'


WRITERS: Sequence[Callable[[Path, Table], None]] = [by_openpyxl, by_xlsxwriter, by_xlsxwriter_in_cells, as_libreoffice]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
def test_tables_as_programs_write_them_are_plain_and_hold_what_calamine_reads(
    writer: Callable[[Path, Table], None], tmp_path: Path, taken: list[bool]
) -> None:
    path, plain = tmp_path / "t.xlsx", 0
    for seed in SEEDS:
        writer(path, random_table(seed))
        plain += alike(path, taken)
    assert plain == len(SEEDS)


TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def write(path: Path, rows: str, *, texts: str = "", styles: str = "", head: str = "", tail: str = "") -> None:
    """Write a workbook of one sheet from the XML of its rows."""
    relations = [("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")]
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        + "".join(f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{part}"/>' for key, kind, part in relations)
        + "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}">{head}'
        f"<sheetData>{rows}</sheetData>{tail}</worksheet>",
    }
    if texts:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{texts}</sst>'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    path.write_bytes(content.getvalue())


def row(number: int, *cells: str, attributes: str = "") -> str:
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def cell(place: str, value: str = "1", attributes: str = "") -> str:
    return f'<c r="{place}"{attributes}><v>{value}</v></c>'


def text(place: str, words: str, attributes: str = "") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t{attributes}>{words}</t></is></c>'


ROWS = 29


def table(*odd: str) -> str:
    """Return rows of which some last ones are given."""
    rows = [row(1, text("A1", "unit_code"), text("B1", "year"))]
    rows += [row(number, text(f"A{number}", f"0{number}"), cell(f"B{number}", "2021")) for number in range(2, ROWS + 1)]
    return "".join((*rows, *odd))


STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="yyyy"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs>'
)
SHARED = ' t="s"'
PLAIN: dict[str, dict[str, str]] = {
    "as it is": {},
    "a number in another writing": {"rows": table(row(30, cell("A30", "1e3"), cell("B30", "-2.5E-3")))},
    "a negative zero": {"rows": table(row(30, cell("B30", "-0")))},
    "zeros before a number": {"rows": table(row(30, cell("B30", "007")))},
    "a very large number": {"rows": table(row(30, cell("B30", "12345678901234567890")))},
    "more than a float holds": {"rows": table(row(30, cell("B30", "1e999")))},
    "a number without digits before its point": {"rows": table(row(30, cell("B30", "0.5")))},
    "a column that begins late": {"rows": table(row(30, text("A30", "x"), cell("E30")))},
    "many columns that begin late": {"rows": table(*(row(30 + each, cell(f"D{30 + each}")) for each in range(20)))},
    "empty cells of a style": {"rows": table(row(30, '<c r="A30" s="1"/>', '<c r="B30"></c>', '<c r="C30" t="n"/>'))},
    "rows that are not there": {
        "rows": table(row(35, cell("B35")), row(9000, cell("B9000")), row(9001, cell("B9001")))
    },
    "empty rows at the end": {
        "rows": table('<row r="30" spans="1:2"/>', '<row r="31"></row>', row(32, '<c r="A32"/>'))
    },
    "empty rows within": {"rows": table('<row r="30"/>', row(31, cell("B31")))},
    "no first column": {"rows": "".join(row(each, cell(f"C{each}"), text(f"E{each}", "x")) for each in range(4, 30))},
    "blanks that are kept": {"rows": table(row(30, text("A30", " x\n y ", ' xml:space="preserve"')))},
    "characters of XML": {"rows": table(row(30, text("A30", "&amp;amp; &lt;b&gt; &quot;&apos;")))},
    "letters by their numbers": {"rows": table(row(30, text("A30", "X&#227; T&#xE0; &#x1F33E;&#38;lt;")))},
    "letters of two bytes": {"rows": table(row(30, text("A30", "a\x85b\u2028c]]d>")))},
    "texts as results are": {"rows": table(row(30, '<c r="A30" t="str"><v> Xã Ba </v></c>'))},
    "percentages": {
        "styles": STYLES,
        "rows": table(*(row(30 + each, cell(f"B{30 + each}", "0.5", f' s="{each}"')) for each in range(3))),
    },
    "some cells of a style": {
        "styles": STYLES,
        "rows": table(*(row(30 + each, cell(f"B{30 + each}", "5", ' s="0"' * (each % 2))) for each in range(40))),
    },
    "a style that is not there": {"rows": table(row(30, cell("B30", "5", ' s="77"')))},
    "shared texts": {
        "texts": '<si><t>a</t></si><si><t xml:space="preserve"> b</t></si>',
        "rows": table(row(30, cell("A30", "1", SHARED), cell("B30", "0", SHARED))),
    },
    "hidden columns": {"head": '<cols><col min="2" max="2" width="9" hidden="1"/></cols>'},
    "a dimension": {"head": '<dimension ref="A1:B29"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>'},
    "what stands behind": {
        "tail": '<autoFilter ref="A1:B9"/><conditionalFormatting sqref="B1"><cfRule><formula>1</formula></cfRule>'
        "</conditionalFormatting>"
    },
    "attributes of rows": {
        "rows": table(row(30, cell("B30"), attributes=' spans="1:2" ht="15" x14ac:dyDescent="0.25"')),
        "head": "<sheetFormatPr/>",
    },
}
OTHERS: dict[str, dict[str, str]] = {
    "an error": {"rows": table(row(30, cell("B30", "#N/A", ' t="e"')))},
    "a truth": {"rows": table(row(30, cell("B30", "1", ' t="b"')))},
    "a formula": {"rows": table(row(30, '<c r="B30"><f>B29</f><v>7</v></c>'))},
    "a formula without a value": {"rows": table(row(30, '<c r="B30"><f>B29</f></c>'))},
    "a date": {"styles": STYLES, "rows": table(row(30, cell("B30", "44562", ' s="3"')))},
    "a date in a format of its own": {"styles": STYLES, "rows": table(row(30, cell("B30", "44562", ' s="4"')))},
    "a date in words": {"rows": table(row(30, cell("B30", "2021-12-31", ' t="d"')))},
    "a hidden row": {"rows": table(row(30, cell("B30"), attributes=' hidden="1"'))},
    "rows out of order": {"rows": table(row(28, cell("B28", "5")))},
    "a row twice": {"rows": table(row(29, cell("C29", "5")))},
    "cells out of order": {"rows": table(row(30, cell("B30"), cell("A30")))},
    "a cell of another row": {"rows": table(row(30, cell("B31")))},
    "small letters": {"rows": table(row(30, cell("b30")))},
    "no places": {"rows": "<row><c><v>1</v></c><c><v>2</v></c></row>"},
    "a comment between rows": {"rows": table("<!-- x -->", row(30, cell("B30")))},
    "a comment in a cell": {"rows": table(row(30, text("A30", "a<!-- b -->c")))},
    "raw characters": {"rows": table(row(30, text("A30", "a<![CDATA[<b>]]>c")))},
    "runs of text": {"rows": table(row(30, '<c r="A30" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>'))},
    "shared runs of text": {
        "texts": "<si><r><t>a</t></r><r><t>b</t></r></si>",
        "rows": table(row(30, cell("A30", "0", SHARED))),
    },
    "blanks that are cut off": {"rows": table(row(30, text("A30", " x ")))},
    "shared blanks that are cut off": {"texts": "<si><t>x </t></si>", "rows": table(row(30, cell("A30", "0", SHARED)))},
    "a blank by its number": {"rows": table(row(30, text("A30", "a&#10;b&#32;")))},
    "no character": {"rows": table(row(30, text("A30", "a&#xD800;")))},
    "an escape by numbers": {"rows": table(row(30, text("A30", "a&#95;x0041_")))},
    "a character by its escape": {"rows": table(row(30, text("A30", "a_x000D_b")))},
    "a text of no letters": {"rows": table(row(30, text("A30", ""), cell("B30")))},
    "a shared text of no letters": {"texts": "<si><t></t></si>", "rows": table(row(30, cell("C30", "0", SHARED)))},
    "a line end of another system": {"rows": table(row(30, text("A30", "a\r\nb")))},
    "words in place of a number": {"rows": table(row(30, cell("B30", "abc")))},
    "blanks around a number": {"rows": table(row(30, cell("B30", " 12 ")))},
    "a number that is none": {"rows": table(row(30, cell("B30", "1e"), cell("C30", "--1")))},
    "an end of a number": {"rows": table(row(30, cell("B30", "+5.")))},
    "merged cells": {"tail": '<mergeCells count="1"><mergeCell ref="A3:A4"/></mergeCells>'},
    "a text that is not there": {"rows": table(row(30, cell("A30", "3", SHARED)))},
    "an element beside": {"rows": table(row(30, '<x r="A30"/>', cell("B30")))},
    "blanks between elements": {"rows": table("\n", row(30, cell("B30")))},
    "a comment before the rows": {"head": "<!-- <sheetData> -->"},
    "a strange dimension": {"head": '<dimension ref="?"/>'},
    "nothing": {"rows": ""},
    "empty cells alone": {"rows": row(1, '<c r="A1"/>')},
}


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_plain_holds_what_calamine_reads(name: str, tmp_path: Path, taken: list[bool]) -> None:
    write(tmp_path / "t.xlsx", **{"rows": table(), **PLAIN[name]})
    assert alike(tmp_path / "t.xlsx", taken)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_plain_is_left_to_calamine(name: str, tmp_path: Path, taken: list[bool]) -> None:
    write(tmp_path / "t.xlsx", **{"rows": table(), **OTHERS[name]})
    assert not alike(tmp_path / "t.xlsx", taken)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plain_sheet_with_damage_at_random_is_never_read_otherwise_than_by_calamine(
    seed: int, tmp_path: Path, taken: list[bool]
) -> None:
    pick = random.Random(seed)
    bits = [
        "<c>",
        "</row>",
        "<row ",
        ' r="3"',
        "&amp;",
        "<v>",
        "</c>",
        "\r",
        "x",
        "9",
        "<!--",
        "-->",
        ' s="4"',
        "\0",
        '"',
        ">",
    ]
    were_plain: list[bool] = []
    for _ in range(20):
        rows = table()
        for _ in range(pick.choice([1, 1, 2])):
            if pick.random() < 0.5:
                place = pick.choice([letter.start() for letter in re.finditer(r"(?<=>)[^<]", rows)])
                rows = rows[:place] + pick.choice("07x ") + rows[place + 1 :]
                continue
            place = pick.randrange(len(rows))
            rows = rows[:place] + pick.choice(bits) + rows[place + pick.randrange(3) :]
        write(tmp_path / "t.xlsx", rows, styles=STYLES)
        were_plain.append(alike(tmp_path / "t.xlsx", taken))
    assert set(were_plain) == {True, False}


def test_rows_that_come_in_many_pieces_are_the_same(
    tmp_path: Path, taken: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_crumbs(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        for piece in decompressed(archive, entry):
            yield from (piece[first : first + 777] for first in range(0, len(piece), 777))

    by_xlsxwriter(tmp_path / "t.xlsx", random_table(5))
    whole = contents(tmp_path / "t.xlsx")
    monkeypatch.setattr(plain_sheet, "decompressed", in_crumbs)
    assert contents(tmp_path / "t.xlsx") == whole
    assert taken == [True, True]


def test_a_part_that_is_not_what_the_archive_says_is_not_taken(tmp_path: Path) -> None:
    write(tmp_path / "t.xlsx", table())
    content = (tmp_path / "t.xlsx").read_bytes()
    part = "xl/worksheets/sheet1.xml"
    with CountedArchive(tmp_path / "t.xlsx") as archive:
        beside = PlainParts.of(archive)
        assert beside is not None
        assert len(list(plain_sheet.plain_sheet(archive, part, beside).in_rows())) == ROWS
        checksum = archive.getinfo(part).CRC.to_bytes(4, "little")
    assert content.count(checksum) == 2
    with CountedArchive(io.BytesIO(content.replace(checksum, bytes(4)))) as archive, pytest.raises(zipfile.BadZipFile):
        plain_sheet.plain_sheet(archive, part, beside)


def test_small_sheets_and_other_formats_are_calamines(tmp_path: Path) -> None:
    by_openpyxl(tmp_path / "t.xlsx", random_table(1))
    grids = [sheet for sheet in open_source(Source("t.xlsx", tmp_path / "t.xlsx")) if isinstance(sheet, Grid)]
    assert [sheet.open_columns for sheet in grids] == [None]
    assert WorkbookArchive(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)).plain_sheet("S") is None


def test_dates_of_programs_are_calamines(tmp_path: Path, taken: list[bool]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number in range(20):
        sheet.append([f"x{number}", date(2021, 12, 31)])
    book.save(tmp_path / "t.xlsx")
    assert not alike(tmp_path / "t.xlsx", taken)


def test_a_plain_sheet_comes_through_the_wall_as_rows_and_as_columns_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    table: Table = [["unit_code", "unit_name", "year", "rate"]]
    table += [[f"{number:05d}", NAMES[number % 5], number % 7 or None, number / 4] for number in range(30_000)]
    by_xlsxwriter_in_cells(path, table)
    (apart,) = open_source(Source("t.xlsx", path))
    assert isinstance(apart, Grid)
    assert apart.open_columns is not None, "it is large enough to be looked at"
    expected = list(apart.open_rows())
    for walled in open_source(Source("t.xlsx", path, is_walled=True)):
        assert isinstance(walled, Grid)
        batches = column_batches(walled, 1)
        assert batches is not None
        first, rows = next(batches), walled.open_rows()
        assert list(islice(rows, 100)) == expected[:100]
        taken = [*first.rows(), *(row for batch in batches for row in batch.rows())]
        assert taken == expected[1:]
        assert [*expected[:100], *rows] == expected
