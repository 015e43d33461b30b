from __future__ import annotations

import zipfile
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from thidua_cli.present.toolkit.visible_sheet import VisibleSheet


def written(kind: type[Worksheet]) -> str:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.worksheet_class = kind
    sheet, style = book.add_worksheet("S"), book.add_format({"bold": True, "num_format": "0.00"})
    for row, value in enumerate((0, -3, 12_345_678, 0.1, 1 / 3, 100 / 7, 1e-9, -2.5e15)):
        sheet.write_number(row, 0, value, style)
        sheet.write_number(row, 1, value)
        sheet.write_blank(row, 2, None, style)
        sheet.write_string(row, 30, f"Xã <{row}> & “khác”", style)
        formula = f"=IF(A{row + 1}<1,\"Đạt & <hơn>\",'Số liệu & khác'!$A{row + 1})"
        put = getattr(sheet, "put_formula", sheet.write_formula)
        put(row, 3, formula, style, value)
        put(row, 4, formula, style, "Đạt & <hơn>")
    book.close()
    return zipfile.ZipFile(stream).read("xl/worksheets/sheet1.xml").decode()


def test_cells_are_written_as_xlsxwriter_writes_them() -> None:
    assert written(VisibleSheet) == written(Worksheet)
    assert written(VisibleSheet).count("<c ") == 8 * 6
