"""Word documents: what every view becomes, and what makes one an official paper."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from lxml import etree

from tests.cli.program import TOP
from tests.present.every_view import every_view
from tests.present.soffice import converted
from thidua_cli.language import Language
from thidua_cli.office import NO_OFFICE, Office
from thidua_cli.present.docx.columns import column_layout
from thidua_cli.present.docx.styles import TABLE_SIZES
from thidua_cli.present.formats.docx import word_bytes
from thidua_cli.present.paper import measures
from thidua_cli.present.paper.frame import (
    Frame,
    agency_lines,
    country_lines,
    date_line,
    name_lines,
    number_line,
    preparer_lines,
    recipients_lines,
    signer_lines,
)
from thidua_cli.present.toolkit.document import (
    Chart,
    ChartSeries,
    ColumnType,
    Document,
    Section,
    Table,
    TableColumn,
    cell_text,
    text_line,
)
from thidua_cli.present.toolkit.render import render

VIEWS = every_view()
OFFICE = Office(
    "UBND tỉnh Quảng Nam",
    "UBND huyện Đông Giang",
    "Đông Giang",
    "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    "Nguyễn Văn A",
    "Trần Thị B",
    "12/BC-UBND",
    date(2025, 1, 9),
    ("UBND tỉnh", "Lưu: VT"),
)
COLUMNS = [
    TableColumn("Năm", ColumnType.YEAR),
    TableColumn("Tổng số hộ", ColumnType.COUNT),
    TableColumn("Hộ nghèo", ColumnType.COUNT, "Trong đó"),
    TableColumn("Hộ cận nghèo", ColumnType.COUNT, "Trong đó"),
    TableColumn("Tỷ lệ (%)", ColumnType.DECIMAL),
    TableColumn("Ghi chú"),
]
YEARS = range(2021, 2025)
RATES = [Fraction(1500 - 100 * number, 123) for number in range(4)]


def paper(
    office: Office = OFFICE, *, rows: int = 4, columns: int = 6, is_landscape: bool = False, last: str = ""
) -> Document:
    lines = [
        [2021 + row % 4, 12345 + row, 1200, None, RATES[row % 4], "Số liệu\nsơ bộ"][:columns] for row in range(rows)
    ]
    chart = Chart(
        "Tỷ lệ theo năm",
        [str(year) for year in YEARS],
        [ChartSeries("Đã đạt", [*RATES[:3], None]), ChartSeries("Cần đạt", RATES, is_asked=True)],
        "%",
        "Tỷ lệ giảm từ 12,20 xuống 9,76",
    )
    table = Table(COLUMNS[:columns], lines, tones={(0, 1): "doubt"})
    sections = [Section("I. Số liệu", points=["Cấp: xã"], table=table, charts=[chart])]
    if last:
        sections.append(Section("II. Nhận xét", text=[text_line(last)]))
    return Document(sections, "Tên", Frame("Báo cáo", "Kết quả của Xã Tà Lu", office, is_landscape))


def opened(document: Document, language: Language = Language.VI) -> WordDocument:
    return docx.Document(BytesIO(word_bytes(document, language)))


def all_paragraphs(document: WordDocument) -> list[Paragraph]:
    return [Paragraph(node, document) for node in document.element.body.iter(qn("w:p"))]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", VIEWS)
def test_a_document_of_any_view_opens_and_holds_every_cell(name: str, language: Language) -> None:
    content = render(VIEWS[name], "docx", language)
    assert isinstance(content, bytes)
    document = docx.Document(BytesIO(content))
    page = VIEWS[name].document(language)
    tables = [block for block in page.blocks() if isinstance(block, Table)]
    shown = document.tables if page.frame is None else document.tables[1:-1]  # between head and signatures
    assert len(shown) == len(tables)
    for drawn, table in zip(shown, tables, strict=True):
        rows = [[cell.text for cell in row.cells] for row in drawn.rows]
        wanted = [
            [cell_text(value, column.type, language) for value, column in zip(row, table.columns, strict=True)]
            for row in table.rows
        ]
        assert rows[len(rows) - len(wanted) :] == wanted


def test_a_paper_has_the_measures_of_the_decree() -> None:
    (section,) = opened(paper()).sections
    assert section.page_width is not None
    assert abs(section.page_width - Mm(210)) < Mm(0.1)
    lengths = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    for length, millimetres in zip(lengths, measures.MARGINS, strict=True):
        assert length is not None
        assert abs(length - Mm(millimetres)) < Mm(0.1)


def test_a_wide_paper_lies() -> None:
    (section,) = opened(paper(is_landscape=True)).sections
    assert section.orientation is WD_ORIENT.LANDSCAPE
    assert section.page_width is not None
    assert abs(section.page_width - Mm(297)) < Mm(0.1)


def test_a_page_without_a_frame_lies_where_its_table_asks_for_it() -> None:
    few, many = ([TableColumn(f"Cột {number}") for number in range(count)] for count in (3, 9))
    for columns, orientation in ((few, WD_ORIENT.PORTRAIT), (many, WD_ORIENT.LANDSCAPE)):
        (section,) = opened(Document([Section(table=Table(columns, [["x"] * len(columns)]))])).sections
        assert section.orientation is orientation


def test_the_letters_are_times_new_roman_in_vietnamese() -> None:
    document = opened(paper())
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert defaults is not None
    fonts = next(defaults.iter(qn("w:rFonts")))
    assert {fonts.get(qn(f"w:{use}")) for use in ("ascii", "hAnsi", "cs")} == {"Times New Roman"}
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:val")) == "vi-VN"


@pytest.mark.parametrize("office", [OFFICE, NO_OFFICE], ids=["filled in", "blank"])
def test_a_paper_shows_its_frame(office: Office) -> None:
    document = paper(office)
    assert document.frame is not None
    texts = [paragraph.text for paragraph in all_paragraphs(opened(document))]
    frame = document.frame
    lines = [
        *(*agency_lines(frame), number_line(frame, Language.VI)),
        *(*country_lines(Language.VI), date_line(frame, Language.VI), *name_lines(frame)),
        *(*recipients_lines(frame, Language.VI), *preparer_lines(frame, Language.VI)),
        *signer_lines(frame, Language.VI),
    ]
    for line in lines:
        assert line.text in texts


def test_agency_and_country_stand_side_by_side_and_without_borders() -> None:
    head, *_, signatures = opened(paper()).tables
    (cells,) = (row.cells for row in head.rows)
    assert [cell.paragraphs[0].text for cell in cells] == ["UBND TỈNH QUẢNG NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    (cells,) = (row.cells for row in signatures.rows)
    assert [cell.paragraphs[0].text for cell in cells] == ["Nơi nhận:", "NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN"]
    assert len({len(cell.paragraphs) for cell in cells[1:]}) == 1  # both names on one line
    for table in (head, signatures):
        assert {node.get(qn("w:val")) for node in next(table._tbl.iter(qn("w:tblBorders")))} == {"nil"}


def test_the_motto_has_a_line_of_its_own_length() -> None:
    head = opened(paper()).tables[0]
    cell = head.rows[0].cells[1]
    number = [paragraph.text for paragraph in cell.paragraphs].index("Độc lập - Tự do - Hạnh phúc")
    rule = cell.paragraphs[number + 1]
    assert next(rule._p.iter(qn("w:top"))).get(qn("w:val")) == "single"
    indents = rule.paragraph_format.left_indent, rule.paragraph_format.right_indent
    assert indents[0] == indents[1] is not None
    length = cell.width - 2 * indents[0]
    assert Mm(55) < length < Mm(65)  # 27 letters, bold, of 13 points


def test_headings_of_a_table_come_again_and_no_row_is_split() -> None:
    table = opened(paper(rows=200)).tables[1]
    heads = [row for row in table.rows if row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(heads) == 2
    assert [row._tr for row in heads] == [row._tr for row in table.rows[:2]]
    assert all(row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    styles = [cell.paragraphs[0].style for row in heads for cell in row.cells]
    assert all(style is not None and style.paragraph_format.keep_with_next for style in styles)


def test_a_common_heading_stands_above_its_columns() -> None:
    above, below = opened(paper()).tables[1].rows[:2]
    assert [cell.text for cell in above.cells] == ["Năm", "Tổng số hộ", "Trong đó", "Trong đó", "Tỷ lệ (%)", "Ghi chú"]
    assert [cell.text for cell in below.cells][2:4] == ["Hộ nghèo", "Hộ cận nghèo"]
    assert below.cells[0].text == "Năm"  # one cell over both rows


def test_figures_are_flush_right_in_the_marks_of_the_language() -> None:
    for language, count in ((Language.VI, "12.345"), (Language.EN, "12,345")):
        cell = opened(paper(), language).tables[1].rows[2].cells[1]
        assert cell.text == count
        style = cell.paragraphs[0].style
        assert style is not None
        assert style.name == "Thidua Figure 11"


def test_the_page_number_stands_above_every_page_but_the_first() -> None:
    (section,) = opened(paper()).sections
    assert section.different_first_page_header_footer
    assert [node.text for node in section.header._element.iter(qn("w:instrText"))] == [" PAGE "]
    assert not list(section.first_page_header._element.iter(qn("w:instrText")))


def test_what_signatures_follow_stays_on_their_page() -> None:
    for last in ("", "Nhận xét."):
        document = opened(paper(last=last))
        before = [node for node in document.element.body if node.tag == qn("w:p")]
        signatures = document.tables[-1]._tbl
        (above,) = (node for node in before if node.getnext() is signatures)
        assert Paragraph(above, document).paragraph_format.keep_with_next
        assert Paragraph(above.getprevious(), document).paragraph_format.keep_with_next


def chart_of(document: Document, language: Language = Language.VI) -> tuple[etree._Element, zipfile.ZipFile]:
    package = zipfile.ZipFile(BytesIO(word_bytes(document, language)))
    return etree.fromstring(package.read("word/charts/chart1.xml")), package


def test_a_chart_can_be_edited_and_has_words_for_who_cannot_see_it() -> None:
    import openpyxl

    chart, package = chart_of(paper())
    (described,) = opened(paper()).element.body.iter(_DRAWING + "docPr")
    assert described.get("descr") == "Tỷ lệ giảm từ 12,20 xuống 9,76"
    rows = list(openpyxl.load_workbook(BytesIO(package.read("word/embeddings/chart1.xlsx"))).active.values)  # type: ignore[union-attr]
    assert rows[0] == (None, "Đã đạt", "Cần đạt")
    assert [row[1] for row in rows[1:]] == [12.2, 11.38, 10.57, None]
    values = [[node.text for node in series.iter(_C + "v")] for series in chart.iter(_C + "val")]
    assert values == [["12.2", "11.38", "10.57"], ["12.2", "11.38", "10.57", "9.76"]]
    assert len(list(chart.iter(_MAIN + "prstDash"))) == 1  # what is asked


_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def test_a_link_leads_to_a_section_that_is_there() -> None:
    document = docx.Document(BytesIO(_bytes("explain --all")))
    bookmarks = {node.get(qn("w:name")) for node in document.element.body.iter(qn("w:bookmarkStart"))}
    links = [node.get(qn("w:anchor")) for node in document.element.body.iter(qn("w:hyperlink"))]
    assert links
    assert set(links) <= bookmarks


def _bytes(name: str) -> bytes:
    content = render(VIEWS[name], "docx")
    assert isinstance(content, bytes)
    return content


def test_columns_together_are_as_wide_as_the_text_and_break_no_word() -> None:
    columns = [TableColumn("Kết quả"), TableColumn("Số hộ", ColumnType.COUNT), TableColumn("Cách hiểu")]
    layout = column_layout(columns, [["Đạt", "1.234.567", "giảm tương đối của số hộ nghèo " * 20]], 9354)
    assert sum(layout.widths) == 9354
    assert layout.points == TABLE_SIZES[0]
    assert layout.widths[2] > 2 * layout.widths[1]


def test_many_columns_take_smaller_letters_and_never_more_than_the_page() -> None:
    columns = [TableColumn(f"Chỉ tiêu {number}", ColumnType.COUNT) for number in range(40)]
    layout = column_layout(columns, [["123.456"] * 40], 9354)
    assert layout.points == TABLE_SIZES[-1]
    assert sum(layout.widths) == 9354


PROGRAM = """
import hashlib
from tests.present.test_word_document import paper
from thidua_cli.language import Language
from thidua_cli.present.formats.docx import word_bytes
print(hashlib.sha256(word_bytes(paper(), Language.VI)).hexdigest())
"""


def test_the_same_paper_gives_the_same_bytes_in_whatever_process() -> None:
    def digest(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=TOP, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert len({digest(seed) for seed in ("1", "2")}) == 1


def test_a_day_of_issue_is_the_day_of_the_file() -> None:
    for office, day in ((OFFICE, date(2025, 1, 9)), (NO_OFFICE, date(2022, 1, 1))):
        created = opened(paper(office)).core_properties.created
        assert created is not None
        assert created.date() == day


def pages(document: Document) -> Iterator[str]:
    yield from converted(word_bytes(document, Language.VI), ".docx").split("\f")


def test_libreoffice_draws_every_page() -> None:
    first, *others = pages(paper(rows=120, last="Nhận xét."))
    assert "Độc lập - Tự do - Hạnh phúc" in first
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    shown = [page for page in others if page.strip()]
    assert len(shown) >= 2
    for number, page in enumerate(shown, start=2):
        assert page.split()[0] == str(number)
    for page in shown[:-1]:
        assert re.search(r"Trong đó", page)  # the headings came again
    assert "Nguyễn Văn A" in shown[-1]
    assert "Nhận xét." in shown[-1]
