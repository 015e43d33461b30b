"""Web pages named .xls are read as Excel opens them: lines and rows of tables from the top, spans as merged cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.test_formats import windows_1258
from thidua_cli import pipeline
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.observations import MISSING
from thidua_cli.read.grid import Grid, MergedRange
from thidua_cli.read.source import Source, open_source

HEAD = """<tr><th rowspan="3">TT</th><th rowspan="3">Xã</th><th rowspan="3">Tổng số hộ</th>
<th colspan="4">Kết quả rà soát</th></tr>
<tr><th colspan="2">Hộ nghèo</th><th colspan="2">Hộ cận nghèo</th></tr>
<tr><th>Số hộ</th><th>Tỷ lệ (%)</th><th>Số hộ</th><th>Tỷ lệ (%)</th></tr>"""
BODY = """<tr><td>1<td>Xã Tà Lu<td>1.429<td>63<td>4,41<td>33<td>2,31
<tr><td>2<td>Xã Ba<td>1.596<td>140<td>8,77<td>95<td>5,95"""
TITLE = "<p>UBND HUYỆN ĐÔNG GIANG</p><h3>TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO<br>NĂM 2024</h3>"
TALU = {"households": 1429, "poor_households": 63, "near_poor_households": 33}


def page(body: str, head: str = '<meta charset="utf-8">') -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def read(folder: Path, text: str | bytes, name: str = "bieu.xls") -> FilesRead:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return pipeline.read([str(path)])


def grid(folder: Path, body: str) -> Grid:
    path = folder / "bieu.xls"
    path.write_text(page(body), "utf-8")
    (opened,) = open_source(Source(str(path), path))
    assert isinstance(opened, Grid)
    return opened


def cells(folder: Path, body: str) -> list[list[object]]:
    return [list(row) for row in grid(folder, body).open_rows()]


def counts(reading: FilesRead, name: str = "Xã Tà Lu") -> dict[str, int]:
    rows = reading.observations
    row = rows.unit_name.index(name)
    return {count: column[row] for count, column in rows.counts.items() if count in TALU}


@pytest.mark.parametrize("name", ["bieu.xls", "bieu.html", "bieu.htm", "bieu.xlsx"])
def test_stacked_headings_and_open_cells_are_read_with_title_and_figures(name: str, tmp_path: Path) -> None:
    reading = read(tmp_path, page(f"{TITLE}<table>{HEAD}{BODY}</table>"), name)
    assert counts(reading) == TALU
    assert set(reading.observations.year) == {2024}
    assert [finding.kind.code for finding in reading.findings] == []


def test_a_figure_keeps_its_place_by_row_and_column(tmp_path: Path) -> None:
    reading = read(tmp_path, page(f"{TITLE}<table>{HEAD}{BODY.replace('63', 'sáu ba')}</table>"))
    (finding,) = [finding for finding in reading.findings if finding.kind.code == "V001"]
    # three lines of title, three rows of headings
    assert finding.origin.cell == "D7"


@pytest.mark.parametrize(
    "wrapped",
    [
        f"<table><tr><td>{TITLE}<table>{HEAD}{BODY}</table></td></tr></table>",
        f"<table><tr><td>UBND HUYỆN ĐÔNG GIANG<td>CỘNG HÒA<tr><td>NĂM 2024</table><table>{HEAD}{BODY}</table>",
        f"<div>{TITLE}</div><form><table><tbody>{HEAD}</tbody><tbody>{BODY}</tbody></table></form>",
        f"{TITLE}<TABLE BORDER=1><THEAD>{HEAD}</THEAD>{BODY}",
        f"{TITLE}{HEAD}{BODY}",
    ],
    ids=["within-a-table", "below-a-table", "in-sections", "never-closed", "rows-without-a-table"],
)
def test_a_table_is_read_however_the_page_is_set_out(wrapped: str, tmp_path: Path) -> None:
    assert counts(read(tmp_path, page(wrapped))) == TALU


@pytest.mark.parametrize(
    "content",
    [
        page(f"{TITLE}<table>{HEAD}{BODY}</table>").encode("utf-16"),
        page(f"{TITLE}<table>{HEAD}{BODY}</table>", "").encode("utf-8-sig"),
        page(f"{TITLE}<table>{HEAD}{BODY}</table>", "<meta charset=iso-8859-1>").encode(),
        windows_1258(page(f"{TITLE}<table>{HEAD}{BODY}</table>", "<meta charset='windows-1258'>")),
        windows_1258(page(f"{TITLE}<table>{HEAD}{BODY}</table>", "")),
    ],
    ids=["utf-16", "mark-alone", "wrong-charset", "windows-1258", "windows-1258-unsaid"],
)
def test_every_encoding_gives_the_same_figures(content: bytes, tmp_path: Path) -> None:
    assert counts(read(tmp_path, content)) == TALU


def test_letters_of_an_encoding_that_nobody_names_are_refused(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, page("<table><tr><td>Müller Straße</table>", "").encode("latin-1")).findings
    assert finding.kind.code == "F001"
    assert "UTF-8" in finding.message()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<td>63<sup>1</sup></td>", "63"),
        ("<td><s>70</s> 63</td>", "63"),
        ("<td><span style='text-decoration: line-through'>70</span>63</td>", "63"),
        ("<td><span style='display:none'>000063</span>63</td>", "63"),
        ("<td>63<br>70</td>", "63\n70"),
        ("<td>&nbsp;63&nbsp;</td>", "63"),
        ("<td><p>63</p></td>", "63"),
        ("<td><b>6</b>3</td>", "63"),
        ("<td x:num='1234'>1.234</td>", "1234"),
        ("<td sdval='1234' sdnum='1066;'>1,234</td>", "1234"),
        ("<td x:num='62.6'>63</td>", "62,6"),
        ("<td x:num>1.234</td>", "1.234"),
        ("<td x:num='45657'>31/12/2024</td>", "31/12/2024"),
        ("<td>63<!-- 70 --><script>var a = '7';</script></td>", "63"),
    ],
)
def test_a_cell_holds_what_is_seen_and_meant(cell: str, value: str, tmp_path: Path) -> None:
    assert cells(tmp_path, f"<table><tr>{cell}</tr></table>") == [[value]]


def test_marks_by_the_classes_of_a_style_do_not_enter_a_value(tmp_path: Path) -> None:
    style = "<style><!-- .font6 {color:red; text-decoration:line-through;} .font7\n{vertical-align:super;} --></style>"
    table = "<table><tr><td><font class=font6>70</font>63<font class='font7'>2</font></td></tr></table>"
    assert cells(tmp_path, style + table) == [["63"]]


def test_spans_are_merged_ranges_that_end_with_their_part_of_the_table(tmp_path: Path) -> None:
    body = (
        "<table><thead><tr><td rowspan=9>a<td colspan=2>b</thead>"
        "<tr><td>1<td>2<tr><td rowspan=0>3<td>4<tr><td>5</table>"
    )
    assert cells(tmp_path, body) == [["a", "b", ""], ["1", "2"], ["3", "4"], ["", "5"]]
    assert grid(tmp_path, body).merged == (
        MergedRange(0, 0, 0, 0),
        MergedRange(0, 1, 0, 2),
        MergedRange(2, 0, 3, 0),
    )


def test_a_table_inside_a_cell_stands_at_the_cells_column(tmp_path: Path) -> None:
    body = "<table><tr><td>a<td>b<table><tr><td>1<td>2</table>c<td>d<tr><td>e</table>"
    assert cells(tmp_path, body) == [["a", "b"], ["", "1", "2"], ["c"], ["", "", "d"], ["e"]]


def test_hidden_rows_and_cells_are_told_of(tmp_path: Path) -> None:
    facts = grid(
        tmp_path, "<table><tr style='display:none'><td>1<td>2<tr><td>3<td style='DISPLAY: none'>4</table>"
    ).facts
    assert [tuple(rows) for rows in facts.hidden_rows] == [(0, 0)]
    assert [tuple(columns) for columns in facts.hidden_columns] == [(1, 1)]
    hidden = grid(tmp_path, "<div style='display:none'><table><tr><td>1</table></div>").facts
    assert [tuple(rows) for rows in hidden.hidden_rows] == [(0, 0)]


def test_the_one_sheet_that_excel_named_keeps_its_name(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xls"
    names = "<!--[if gte mso 9]><xml><x:ExcelWorksheet><x:Name>Năm 2023</x:Name></x:ExcelWorksheet></xml><![endif]-->"
    path.write_text(page("<table><tr><td>1</table>", names), "utf-8")
    (opened,) = open_source(Source(str(path), path))
    assert isinstance(opened, Grid)
    assert opened.sheet == "Năm 2023"


@pytest.mark.parametrize(
    "cell",
    [
        *("<td><s>63</s>", "<td style='text-decoration:line-through'>63", "<td><del><b>63</b></del>"),
        "<td><span style='text-decoration:line-through'>63</span>",
    ],
)
def test_a_figure_that_is_crossed_out_is_not_used_and_told_of(cell: str, tmp_path: Path) -> None:
    reading = read(tmp_path, page(f"{TITLE}<table>{HEAD}{BODY.replace('<td>63', cell)}</table>"))
    assert counts(reading)["poor_households"] == MISSING
    assert ("F013", "D7") in [(finding.kind.code, finding.origin.cell) for finding in reading.findings]


def test_a_mark_that_is_raised_beside_a_figure_is_told_of_and_no_part_of_it(tmp_path: Path) -> None:
    reading = read(tmp_path, page(f"{TITLE}<table>{HEAD}{BODY.replace('<td>63', '<td>63<sup>1</sup>')}</table>"))
    assert counts(reading) == TALU
    assert [(finding.kind.code, finding.origin.cell) for finding in reading.findings] == [("F013", "D7")]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<table><tr><td>" * 60, "lồng nhau"),
        ("<table>" + "<tr><td colspan=1000>1" * 5_000, "trải ra quá xa"),
        ("<table><tr>" + "<td colspan=1000>1" * 17, "trải ra quá xa"),
        ("<table><tr>" + "<td colspan=1000 rowspan=60000>1" * 16 + "<tr><td>1" * 1_000, "trải ra quá xa"),
        ("<table>" + "<tr><td rowspan=2>" * 100_001, "ô gộp"),
        ("<table>" + "<tr>" * 1_048_577, "dòng"),
    ],
    ids=["nested", "wide", "far", "reaching-down", "merged", "rows"],
)
def test_a_page_that_asks_for_too_much_is_refused(body: str, words: str, tmp_path: Path) -> None:
    (finding,) = read(tmp_path, page(body)).findings
    assert finding.kind.code == "F009"
    assert words in finding.message()
