"""XML Spreadsheet 2003, named .xls or .xml: several sheets, gaps, merged ranges, types; hostile ones are refused."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.findings import Finding
from thidua_cli.observations import MISSING
from thidua_cli.read import limits
from thidua_cli.read.grid import FaultyCell, Grid, MergedRange
from thidua_cli.read.source import Source, open_source

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
HEAD = (
    f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">'
)


def cell(value: str | int, places: str = "") -> str:
    kind = "String" if isinstance(value, str) else "Number"
    return f'<Cell{places}><Data ss:Type="{kind}">{value}</Data></Cell>'


def row(*values: str | int, places: str = "") -> str:
    return f"<Row{places}>{''.join(cell(value) for value in values)}</Row>"


def sheet(name: str, content: str, options: str = "") -> str:
    return f'<Worksheet ss:Name="{name}"><Table>{content}</Table>{options}</Worksheet>'


def form(year: int, poor: int) -> str:
    down = ' ss:MergeDown="1"'
    heading = "".join(cell(value, down) for value in ("TT", "Xã", "Tổng số hộ"))
    heading += cell("Hộ nghèo", ' ss:MergeAcross="1"') + cell("Hộ cận nghèo", ' ss:MergeAcross="1"')
    below = "".join(cell(value, f' ss:Index="{index}"') for index, value in enumerate(("Số hộ", "Tỷ lệ") * 2, start=4))
    return (
        row("UBND HUYỆN ĐÔNG GIANG")
        + row(f"TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO NĂM {year}", places=' ss:Index="3"')
        + f"<Row>{heading}</Row><Row>{below}</Row>"
        + row(1, "Xã Tà Lu", 429, poor, "", 33)
    )


def written(folder: Path, content: str, name: str = "bieu.xls") -> Path:
    path = folder / name
    path.write_text(f"{HEAD}{content}</Workbook>", "utf-8")
    return path


def opened(path: Path) -> list[Grid | Finding]:
    return list(open_source(Source(str(path), path)))


def grid(folder: Path, content: str) -> Grid:
    (only,) = opened(written(folder, content))
    assert isinstance(only, Grid)
    return only


@pytest.mark.parametrize("name", ["bieu.xls", "bieu.xml", "bieu.xlsx"])
def test_every_sheet_is_read_with_its_year_and_figures(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, sheet("2023", form(2023, 104)) + sheet("2024", form(2024, 63)), name)
    rows = pipeline.read([str(path)]).observations
    assert list(zip(rows.unit_name, rows.year, rows.counts["poor_households"], strict=True)) == [
        ("Xã Tà Lu", 2023, 104),
        ("Xã Tà Lu", 2024, 63),
    ]


def test_gaps_merged_ranges_and_hidden_parts_are_where_they_stand(tmp_path: Path) -> None:
    content = (
        '<Column ss:Index="2" ss:Hidden="1" ss:Span="1"/>'
        + row("a", places=' ss:Index="2" ss:Span="2"')
        + "<Row ss:Hidden='1'>"
        + cell(1, " ss:MergeAcross='1' ss:MergeDown='2'")
        + cell(2)
        + cell(3, " ss:Index='6'")
        + "</Row>"
    )
    only = grid(tmp_path, sheet("Biểu &amp; bảng", content))
    assert only.sheet == "Biểu & bảng"
    assert list(only.open_rows()) == [[], ["a"], [], [], [1.0, None, 2.0, None, None, 3.0]]
    assert only.merged == (MergedRange(4, 0, 6, 1),)
    assert [tuple(rows) for rows in only.facts.hidden_rows] == [(4, 4)]
    assert [tuple(columns) for columns in only.facts.hidden_columns] == [(1, 2)]


def test_values_have_their_types_and_what_does_not_fit_stays_text(tmp_path: Path) -> None:
    typed = [
        *(("Number", "429"), ("Number", "6.3E1"), ("Number", "4_29"), ("Number", "NaN"), ("Boolean", "1")),
        *(("DateTime", "2024-12-31T00:00:00.000"), ("DateTime", "hôm qua"), ("String", "429")),
    ]
    content = "".join(f'<Cell><Data ss:Type="{kind}">{text}</Data></Cell>' for kind, text in typed)
    (values,) = grid(tmp_path, sheet("B", f"<Row>{content}</Row>")).open_rows()
    assert values == [429.0, 63.0, "4_29", "NaN", True, datetime(2024, 12, 31), "hôm qua", "429"]


def test_comments_marks_and_crossed_out_text_do_not_enter_a_value(tmp_path: Path) -> None:
    noted = '<Comment><ss:Data><Font html:Size="9">Xem lại 70</Font></ss:Data></Comment>'
    rich = "<ss:Data ss:Type='String' xmlns='http://www.w3.org/TR/REC-html40'><S>70</S><B>63</B><Sup>1</Sup></ss:Data>"
    content = f"<Row><Cell><Data ss:Type='Number'>63</Data>{noted}</Cell><Cell>{rich}</Cell></Row>"
    assert list(grid(tmp_path, sheet("B", content)).open_rows()) == [[63.0, "63"]]


def test_errors_formulas_without_a_value_and_links_are_told_of(tmp_path: Path) -> None:
    content = (
        "<Row><Cell><Data ss:Type='Error'>#REF!</Data></Cell><Cell ss:Formula='=SUM(R[1]C)'/>"
        "<Cell ss:Formula='=[xa.xls]B!R1C1'><Data ss:Type='Number'>5</Data></Cell></Row>"
    )
    facts = grid(tmp_path, sheet("B", content)).facts
    assert dict(facts.faults) == {(0, 0): FaultyCell(0, 0, "#REF!"), (0, 1): FaultyCell(0, 1, "")}
    assert facts.links == ((0, 2),)


def test_a_style_that_crosses_out_takes_a_figure_away_and_tells_of_it(tmp_path: Path) -> None:
    style = '<Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="s2"><Font/></Style></Styles>'
    content = form(2024, 63).replace(
        '<Cell><Data ss:Type="Number">63<', '<Cell ss:StyleID="s1"><Data ss:Type="Number">63<'
    )
    reading = pipeline.read([str(written(tmp_path, style + sheet("B", content)))])
    assert list(reading.observations.counts.get("poor_households", [MISSING])) == [MISSING]
    assert list(reading.observations.counts["households"]) == [429]
    assert [(finding.kind.code, finding.origin.cell) for finding in reading.findings][:1] == [("F013", "D6")]


def test_a_figure_under_a_merged_range_is_told_and_not_read(tmp_path: Path) -> None:
    covered = cell(63, ' ss:MergeAcross="2"') + cell(33, ' ss:Index="6"')
    content = form(2024, 63).replace(cell(63) + cell("") + cell(33), covered)
    reading = pipeline.read([str(written(tmp_path, sheet("B", content)))])
    assert list(reading.observations.counts["poor_households"]) == [63]
    assert list(reading.observations.counts.get("near_poor_households", [MISSING])) == [MISSING]
    assert ("F014", "F6") in [(finding.kind.code, finding.origin.cell) for finding in reading.findings]


def test_a_column_of_formulas_that_are_all_zero_was_never_calculated(tmp_path: Path) -> None:
    zero = '<Cell ss:Formula="=SUM(RC[2]:RC[3])"><Data ss:Type="Number">0</Data></Cell>'
    content = f"<Row>{cell('a')}{zero}</Row><Row>{cell('b')}{zero}</Row>"
    assert sorted(grid(tmp_path, sheet("B", content)).faults) == [(0, 1), (1, 1)]
    calculated = content + f"<Row>{cell('c')}{zero.replace('>0<', '>5<')}</Row>"
    assert grid(tmp_path, sheet("B", calculated)).faults == {}


def test_a_hidden_sheet_is_known_as_one_and_an_empty_one_is_nothing(tmp_path: Path) -> None:
    options = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    path = written(tmp_path, sheet("A", row(1), options) + sheet("B", "") + sheet("C", row(2)))
    assert [(each.sheet, each.is_hidden) for each in opened(path) if isinstance(each, Grid)] == [
        ("A", True),
        ("C", False),
    ]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (HEAD + "<Worksheet><Table><Row>", "F001", "bị cắt cụt"),
        (HEAD.replace('"1.0"', '"1.0" encoding="khong-co"') + "</Workbook>", "F001", "bị hỏng"),
        (HEAD.replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook') + "</Workbook>", "F009", "DOCTYPE"),
        (HEAD + sheet("A", row(1, places=' ss:Index="99999999"')) + "</Workbook>", "F009", "ngoài giới hạn"),
        (
            HEAD + sheet("A", "<Row>" + cell(1, " ss:Index='20000'") + "</Row>") + "</Workbook>",
            "F009",
            "ngoài giới hạn",
        ),
        (
            HEAD + sheet("A", "<Row ss:Index='900000'>" + cell(1, " ss:Index='9000'") + "</Row>") + "</Workbook>",
            "F009",
            "MHD900000",
        ),
    ],
    ids=["cut", "encoding", "document-type", "row", "column", "far"],
)
def test_a_damaged_or_hostile_file_is_refused(content: str, code: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xls"
    path.write_text(content, "utf-8")
    (finding,) = pipeline.read([str(path)]).findings
    assert finding.kind.code == code
    assert words in finding.message()


def test_merged_ranges_beyond_the_limit_are_refused_and_not_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MERGED_RANGES", 3)
    merged = cell(1, ' ss:MergeDown="1"')
    assert len(grid(tmp_path, sheet("A", f"<Row>{merged * 3}</Row>")).merged) == 3
    path = written(tmp_path, sheet("A", f"<Row>{merged * 4}</Row>"))
    (finding,) = pipeline.read([str(path)]).findings
    assert (finding.kind.code, "vùng ô gộp" in finding.message()) == ("F009", True)


def test_elements_within_elements_without_end_are_no_danger(tmp_path: Path) -> None:
    path = written(tmp_path, sheet("A", row(1)) + "<a>" * 200_000 + "</a>" * 200_000)
    assert [each.sheet for each in opened(path) if isinstance(each, Grid)] == ["A"]
