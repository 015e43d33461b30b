"""How documents are drawn into workbooks: papers, charts, colours, and what Excel cannot hold."""

from __future__ import annotations

import random
import re
import zipfile
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from thidua_cli.language import Language, format_decimal
from thidua_cli.office import Office
from thidua_cli.present.formats.sheets import workbook_bytes
from thidua_cli.present.paper.frame import Frame
from thidua_cli.present.sheets import limits
from thidua_cli.present.sheets.limits import breaks_a_limit, pieces
from thidua_cli.present.toolkit.document import Chart, ChartSeries, ColumnType, Document, Section, Table, TableColumn
from thidua_cli.present.toolkit.text_width import lines_of

UNIT = TableColumn("Đơn vị", width=20)
COUNT = TableColumn("Số hộ", ColumnType.COUNT)
RATE = TableColumn("Tỷ lệ %", ColumnType.DECIMAL)
OFFICE = Office(
    "UBND tỉnh Thí Dụ", "UBND huyện Minh Họa", "Minh Họa", "CHỦ TỊCH", "Nguyễn Văn A", "Trần Thị B", "12/BC-UBND",
    date(2025, 1, 5), ("UBND tỉnh", "Lưu: VT"),
)  # fmt: skip


def drawn(*sections: Section, **more: Any) -> bytes:
    return workbook_bytes(Document(list(sections), "Tiêu đề", **more))


def opened(content: bytes, *, values: bool = True) -> Any:
    return openpyxl.load_workbook(BytesIO(content), data_only=values)


def texts(sheet: Any) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(BytesIO(content)).read(name).decode()


def rows(number: int) -> list[list[str | int]]:
    return [[f"Xã {index}", index] for index in range(number)]


# ------------------------------------------------------------ papers


def paper(office: Office = OFFICE, number: int = 3, **more: Any) -> bytes:
    section = Section(
        sheet="Kết quả", table=Table([UNIT, COUNT, RATE], [[*row, Fraction(1, 8)] for row in rows(number)])
    )
    return drawn(section, frame=Frame("Báo cáo", "Kết quả giảm nghèo", office), **more)


def test_a_paper_says_who_issues_it_above_the_table_and_who_signs_below() -> None:
    said = texts(opened(paper())["Kết quả"])
    table = said.index("Đơn vị")
    for above in ("UBND TỈNH THÍ DỤ", "Số: 12/BC-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BÁO CÁO"):
        assert said.index(above) < table
    assert "Minh Họa, ngày 05 tháng 01 năm 2025" in said
    for below in ("Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH", "Nguyễn Văn A", "NGƯỜI LẬP BIỂU", "Trần Thị B"):
        assert said.index(below) > table


def test_what_the_office_left_blank_is_dotted() -> None:
    said = texts(opened(paper(Office()))["Kết quả"])
    assert sum(set(text) == {"…"} for text in said) == 4  # two agencies, preparer, signer
    assert "Số: …………/…………" in said


def test_a_paper_has_the_margins_of_the_decree_and_numbers_its_pages_from_the_second_on() -> None:
    sheet: Any = opened(paper())["Kết quả"]
    margins = sheet.page_margins
    millimetres = [round(25.4 * float(side)) for side in (margins.top, margins.bottom, margins.left, margins.right)]
    assert millimetres == [20, 20, 30, 15]
    assert sheet.page_setup.paperSize == 9
    assert sheet.HeaderFooter.differentFirst
    assert sheet.oddHeader.center.text == "&P"
    assert sheet.firstHeader.center.text is None


def test_a_paper_is_drawn_in_times_new_roman_throughout() -> None:
    styles = part(paper(), "xl/styles.xml")
    assert set(re.findall(r'<name val="([^"]+)"', styles)) == {"Times New Roman"}
    assert "<scheme" not in styles, "the font of the theme would stand in its place"


def test_a_table_wider_than_the_page_is_not_printed_smaller_than_can_be_read() -> None:
    columns = [TableColumn(f"Cột {index}", ColumnType.COUNT, width=14) for index in range(24)]
    content = drawn(
        Section(sheet="S", table=Table(columns, [list(range(24))])), frame=Frame("B", "C", is_landscape=True)
    )
    assert int(opened(content)["S"].page_setup.scale or 0) >= 58


def test_a_number_is_never_wider_than_its_column() -> None:
    narrow = TableColumn("n", ColumnType.COUNT, width=2)
    sheet = opened(drawn(Section(sheet="S", table=Table([narrow], [[123_456_789_012]]))))["S"]
    assert sheet.column_dimensions["A"].width > 14


def test_a_document_of_one_sheet_has_its_sections_below_each_other() -> None:
    first = Section("I. Số liệu", table=Table([UNIT, COUNT, RATE], [["Xã A", 7, Fraction(7, 2)]]))
    second = Section("II. Nguồn", table=Table([UNIT, UNIT], [["Xã A", "a.xlsx"]]), fields=[("Tệp", "a.xlsx")])
    book = opened(drawn(first, second, frame=Frame("Báo cáo", "S", OFFICE), sheet="Báo cáo"))
    assert book.sheetnames == ["Báo cáo"]
    said = texts(book["Báo cáo"])
    assert said.index("I. Số liệu") < said.index("II. Nguồn") < said.index("Nơi nhận:")
    assert book["Báo cáo"].page_setup.orientation == "portrait"


def test_a_formula_of_a_table_over_shared_columns_points_at_its_own_cells() -> None:
    first = Table([UNIT, COUNT, RATE], [["Xã A", 40, Fraction(2, 5)]], formulas={2: ["={1}/100"]})
    second = Table([UNIT] * 4, [["a", "b", "c", "d"]])
    sheet = opened(drawn(Section("I", table=first), Section("II", table=second), sheet="B"), values=False)["B"]
    (formula,) = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    letters, row = re.fullmatch(r"=([A-Z]+)(\d+)/100", formula.value).groups()  # type: ignore[union-attr]
    assert sheet[f"{letters}{row}"].value == 40


def pages_of(content: bytes) -> list[int]:
    """Return the rows below which a page is broken by hand."""
    return [int(row) for row in re.findall(r'<brk id="(\d+)"', part(content, "xl/worksheets/sheet1.xml"))]


def test_a_signature_is_never_parted_by_the_end_of_a_page_nor_alone_on_one() -> None:
    parted = 0
    for number in range(1, 60):
        content = paper(number=number)
        sheet = opened(content)["Kết quả"]
        first = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "Nơi nhận:")
        for row in pages_of(content):
            parted += 1
            assert row < first - 1, "rows of the table stand above the signature"
    assert parted > 3


# ------------------------------------------------------------ numbers and colours


def test_numbers_carry_the_marks_of_their_language_and_are_stored_whole() -> None:
    table = Table([UNIT, COUNT, RATE], [["Xã A", 1234, Fraction(1, 3)]])
    for language, locale in ((Language.VI, "[$-42A]"), (Language.EN, "[$-409]")):
        content = workbook_bytes(Document([Section(sheet="S", table=table)]), language)
        cells = {cell.value: cell.number_format for row in opened(content)["S"].iter_rows() for cell in row}
        assert cells[1234] == f"{locale}#,##0"
        assert cells[float(Fraction(1, 3))] == f"{locale}#,##0.00"


def test_a_program_that_keeps_15_digits_shows_what_the_text_beside_it_says() -> None:
    """Excel takes 15 digits of a number and rounds them half away from zero; the texts round the exact fraction."""
    chance = random.Random(30)
    values = [Fraction(chance.randrange(20_000), 200) for _ in range(300)]  # every second one is a half
    values += [Fraction(100 * chance.randrange(10**6), chance.randrange(1, 10**6)) for _ in range(3000)]
    assert values
    for value in values:
        digits = Fraction(f"{float(value):.15g}")
        assert format_decimal(digits) == format_decimal(value)


def test_the_colour_of_a_word_that_a_formula_gives_follows_the_word() -> None:
    formula = '=IF({1}>9,"Đạt","Không đạt")'
    table = Table([UNIT, COUNT, UNIT], [["A", 10, "Đạt"], ["B", 3, "Không đạt"]], formulas={2: [formula, formula]})
    table = table._replace(tones={(0, 2): "good", (1, 2): "bad"}, marks={"Chưa xác định": "open"})
    sheet = opened(drawn(Section(sheet="S", table=table)), values=False)["S"]
    rules = {rule.text: rule for each in sheet.conditional_formatting for rule in each.rules}
    assert set(rules) == {"Đạt", "Không đạt", "Chưa xác định"}
    assert rules["Không đạt"].dxf.font.u == "single", "it is told apart in black and white"


def test_colours_are_explained_below_the_table() -> None:
    table = Table([UNIT, COUNT], [["Không đạt", 3]], tones={(0, 0): "bad", (0, 1): "doubt"})
    said = texts(opened(drawn(Section(sheet="S", table=table)))["S"])
    key = "Chú giải: đỏ, chữ đậm gạch chân: Không đạt; tím, chữ đậm nghiêng, viền đứt: số liệu còn nghi vấn."
    assert key in said


# ------------------------------------------------------------ charts


def charted(chart: Chart, table: Table) -> bytes:
    return drawn(Section(sheet="Tỷ lệ", table=table, charts=[chart]))


YEARS = ["2022", "2023", "2024"]
RATES = [Fraction(9), Fraction(15, 2), None]
ASKED = ChartSeries("Mức yêu cầu", [8, 7, 6], is_asked=True)
BY_YEAR = Table(
    [TableColumn("Năm", ColumnType.YEAR), RATE], [[int(year), rate] for year, rate in zip(YEARS, RATES, strict=True)]
)


def test_a_chart_is_drawn_of_the_cells_of_its_table() -> None:
    content = charted(Chart("Tỷ lệ", YEARS, [ChartSeries("Xã A", RATES), ASKED], "%", "Tỷ lệ giảm dần"), BY_YEAR)
    chart = part(content, "xl/charts/chart1.xml")
    references = re.findall(r"<c:f>([^<]+)</c:f>", chart)
    assert references[:2] == ["'Tỷ lệ'!$A$4:$A$6", "'Tỷ lệ'!$B$4:$B$6"]
    assert '<a:prstDash val="dash"/>' in chart
    assert 'descr="Tỷ lệ giảm dần"' in part(content, "xl/drawings/drawing1.xml")
    assert content == charted(
        Chart("Tỷ lệ", YEARS, [ChartSeries("Xã A", RATES), ASKED], "%", "Tỷ lệ giảm dần"), BY_YEAR
    )


def test_what_a_chart_shows_beside_the_table_stands_in_cells_behind_it_that_follow_the_table() -> None:
    wide = Table([UNIT, RATE, RATE], [["Xã A", Fraction(9), Fraction(8)]], formulas={1: ["=18/2"]})
    chart = Chart("Tỷ lệ", ["2023", "2024"], [ChartSeries("Xã A", [Fraction(9), Fraction(8)])])
    sheet = opened(charted(chart, wide), values=False)["Tỷ lệ"]
    formulas = {cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert formulas == {"=18/2", "=B4", "=C4"}


def test_a_chart_of_many_bars_is_several_and_none_covers_what_stands_below() -> None:
    names = [f"Xã {index}" for index in range(70)]
    chart = Chart("Còn thiếu", names, [ChartSeries("Số hộ", list(range(70)))], is_bars=True)
    content = drawn(
        Section(sheet="S", table=Table([UNIT], [["a"]]), charts=[chart, chart._replace(categories=names[:3])])
    )
    corners = re.findall(
        r"<xdr:from>.*?<xdr:row>(\d+)<.*?<xdr:to>.*?<xdr:row>(\d+)<", part(content, "xl/drawings/drawing1.xml")
    )
    assert len(corners) == 4
    tops, feet = [int(top) for top, _ in corners], [int(foot) for _, foot in corners]
    assert all(foot <= top for foot, top in zip(feet, tops[1:], strict=False))


def test_the_words_of_a_chart_never_steer() -> None:
    chart = Chart("=A1!B2\u202e", YEARS, [ChartSeries("=Sheet1!$A$1", RATES)], description="\x1b[2J")
    content = charted(chart, BY_YEAR)
    written = part(content, "xl/charts/chart1.xml") + part(content, "xl/drawings/drawing1.xml")
    assert "\u202e" not in written
    assert "\x1b" not in written
    assert "<c:f>Sheet1!$A$1</c:f>" not in written


# ------------------------------------------------------------ what Excel cannot hold


def test_more_rows_than_a_sheet_holds_go_on_upon_the_next_below_its_headings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS", 8)
    counts = Table([UNIT, COUNT], rows(12), key="counts")
    shares = Table([UNIT, RATE], [[f"Xã {n}", n] for n in range(4)], formulas={1: ["={counts!1}"] * 4})
    shares = shares._replace(rows_in={"counts": [0, 4, 5, 11]})
    book = opened(drawn(Section(sheet="Số liệu", table=counts), Section(sheet="T", table=shares)), values=False)
    assert book.sheetnames == ["Số liệu", "Số liệu (2)", "T"]
    found = [(sheet.title, cell.row) for sheet in book for cell in sheet["A"] if str(cell.value).startswith("Xã ")]
    assert len(found) == 16
    assert [cell.value for cell in book["Số liệu (2)"][1]] == ["Đơn vị", "Số hộ"]
    formulas = [cell.value for cell in book["T"]["B"] if cell.data_type == "f"]
    for formula, row in zip(formulas, (0, 4, 5, 11), strict=True):
        sheet, cell = re.fullmatch(r"='([^']+)'!\$(B\d+)", formula).groups()  # type: ignore[union-attr]
        assert book[sheet][cell].value == row


def test_more_columns_than_a_sheet_has_go_on_upon_the_next_with_code_and_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COLUMNS", 5)
    columns = [UNIT, UNIT, *(TableColumn(str(year), ColumnType.COUNT) for year in range(2018, 2026))]
    book = opened(drawn(Section(sheet="S", table=Table(columns, [["20956", "Xã A", *range(8)]]))))
    heads = [[cell.value for cell in sheet[3]] for sheet in book]
    assert [head[2:] for head in heads] == [["2018", "2019", "2020"], ["2021", "2022", "2023"], ["2024", "2025"]]
    assert all(sheet["B4"].value == "Xã A" for sheet in book)


def test_a_text_longer_than_a_cell_holds_or_higher_than_a_row_goes_on_below(monkeypatch: pytest.MonkeyPatch) -> None:
    long = " ".join(f"từ{index}" for index in range(900))
    sheet = opened(drawn(Section(sheet="S", table=Table([UNIT, COUNT], [[long, 5], ["Xã B", 6]]))))["S"]
    written = [cell.value for cell in sheet["A"][3:] if cell.value]
    assert " ".join(written[:-1]) == long
    assert written[-1] == "Xã B"
    assert [cell.value for cell in sheet["B"][3:] if cell.value] == [5, 6]
    assert max(float(each.height or 0) for each in sheet.row_dimensions.values()) <= limits.ROW_HEIGHT
    monkeypatch.setattr(limits, "TEXT", 40)
    assert all(len(piece) <= 20 for piece in pieces(long, 11, 10_000, 26))


def test_a_note_that_is_higher_than_a_row_goes_on_below() -> None:
    long = " ".join(f"từ{index}" for index in range(3000))
    said = texts(opened(drawn(Section(sheet="S", table=Table([UNIT], [["a"]]), notes=[long])))["S"])
    assert long in " ".join(said)


def test_a_formula_that_excel_would_refuse_is_left_as_its_value() -> None:
    refused = f'=IF({{1}}>1,"{"a" * 300}","b")'
    table = Table([UNIT, COUNT], [["a", 7]], formulas={0: [refused]})
    assert opened(drawn(Section(sheet="S", table=table)), values=False)["S"]["A4"].value == "a"
    assert breaks_a_limit("=" + "1+" * 5000 + "1")
    assert not breaks_a_limit('=IF(A1="' + "a" * 255 + '","b")')


def test_names_of_sheets_are_such_as_excel_allows_and_none_comes_twice() -> None:
    sections = [Section(sheet="Kết quả: [xét] của tất cả các đơn vị trong tỉnh", table=Table([UNIT], [["a"]]))] * 3
    names = opened(drawn(*sections)).sheetnames
    assert len({name.lower() for name in names}) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_no_text_becomes_a_link_or_a_formula() -> None:
    table = Table([UNIT], [["https://chinhphu.vn"], ["=1+1"], ["mailto:a@b.vn"]])
    sheet = opened(drawn(Section(sheet="S", table=table, notes=["=2+2"])), values=False)["S"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert len(cells) > 4
    assert all(cell.hyperlink is None and cell.data_type != "f" for cell in cells)


def test_a_row_is_as_high_as_its_longest_text() -> None:
    text = "Số hộ nghèo và hộ cận nghèo giảm trên 50% so với cuối năm 2021"
    sheet = opened(drawn(Section(sheet="S", table=Table([UNIT, COUNT], [[text, 5]]))))["S"]
    width = float(sheet.column_dimensions["A"].width) * 5.25
    assert float(sheet.row_dimensions[4].height or 0) >= 13 * lines_of(text, 11, width)
