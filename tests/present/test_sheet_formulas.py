from __future__ import annotations

from fractions import Fraction
from io import BytesIO

import openpyxl

from thidua_cli.present.formats.sheets import workbook_bytes
from thidua_cli.present.sheets.formulas import FormulaTexts, Places, TableOnSheet
from thidua_cli.present.toolkit.document import ColumnType, Document, Section, Table, TableColumn

COLUMNS = [TableColumn("Đơn vị"), TableColumn("Số hộ", ColumnType.COUNT), TableColumn("Số nghèo", ColumnType.COUNT)]
COUNTS = Table(COLUMNS, [["A", 100, 7], ["B", 200, 9]], key="counts")
RATE = TableColumn("Tỷ lệ %", ColumnType.DECIMAL)


def test_a_formula_refers_to_cells_of_another_sheet_that_may_come_later() -> None:
    formula = "=100*{counts!2}/{counts!1}"
    rates = Table([COLUMNS[0], RATE], [["B", Fraction(9, 2)], ["A", Fraction(7)]], formulas={1: [formula, formula]})
    rates = rates._replace(rows_in={"counts": [1, 0]})
    document = Document([Section(sheet="Tỷ lệ", table=rates), Section(sheet="Cuối năm '24", table=COUNTS)], "T")
    sheet = openpyxl.load_workbook(BytesIO(workbook_bytes(document)))["Tỷ lệ"]
    assert [sheet["B4"].value, sheet["B5"].value] == [
        "=100*'Cuối năm ''24'!$C5/'Cuối năm ''24'!$B5",
        "=100*'Cuối năm ''24'!$C4/'Cuối năm ''24'!$B4",
    ]


def test_a_formula_may_give_a_text_and_another_row_none() -> None:
    formulas = {1: ['=IF({0}="A","Đạt","Không đạt")', None]}
    marks = Table(COLUMNS[:1] * 2, [["A", "Đạt"], ["B", "chưa rõ"]], formulas=formulas)
    content = workbook_bytes(Document([Section(sheet="S", table=marks)], "T"))
    written, stored = (openpyxl.load_workbook(BytesIO(content), data_only=values)["S"] for values in (False, True))
    assert [written["B4"].value, written["B5"].value] == ['=IF(A4="A","Đạt","Không đạt")', "chưa rõ"]
    assert stored["B4"].value == "Đạt"


def test_references_follow_a_table_that_stands_on_several_sheets() -> None:
    parts = [TableOnSheet("counts", "S", 5, range(3)), TableOnSheet("counts", "S (2)", 4, range(3, 6))]
    table = Table([RATE], [[Fraction(1)]] * 6, formulas={0: ["={counts!2}*1%"] * 6})
    texts = FormulaTexts(table, Places(parts))
    assert [texts.at(index, 0, row=9) for index in range(6)] == [
        "='S'!$C6*1%",
        "='S'!$C7*1%",
        "='S'!$C8*1%",
        "='S (2)'!$C5*1%",
        "='S (2)'!$C6*1%",
        "='S (2)'!$C7*1%",
    ]


def test_rows_that_follow_each_other_are_one_range_on_each_sheet() -> None:
    formulas = {0: ["=SUM({counts!1@1:4},{counts!1@5:5})"] * 6}
    table = Table([RATE, RATE], [[Fraction(1)] * 2] * 6, formulas=formulas, key="counts")
    alone = [TableOnSheet("counts", "S", 5, range(6), [0, 3])]
    assert FormulaTexts(table, Places(alone), [0, 3]).at(0, 0, row=5) == "=SUM($D7:$D10,$D11)"
    parts = [TableOnSheet("counts", "S", 5, range(3)), TableOnSheet("counts", "S (2)", 4, range(3, 6))]
    for place in (0, 5):
        assert FormulaTexts(table, Places(parts)).at(place, 0, row=9) == "=SUM('S'!$B7:$B8,'S (2)'!$B5:$B6,'S (2)'!$B7)"
    other = table._replace(key="rates")
    assert FormulaTexts(other, Places(alone)).at(0, 0, row=5) == "=SUM('S'!$D7:$D10,'S'!$D11)"


def test_a_formula_without_a_value_is_not_written() -> None:
    table = Table([RATE], [[None]], formulas={0: ["=1/0"]})
    sheet = openpyxl.load_workbook(BytesIO(workbook_bytes(Document([Section(sheet="S", table=table)], "T"))))["S"]
    assert sheet["A4"].value is None
