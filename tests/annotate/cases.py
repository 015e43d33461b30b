"""A workbook with everything that a rewriting library would lose, and findings in it."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Final

import xlsxwriter

from tests.places import origin
from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text

SHEET: Final = "Mẫu 08"
OTHER_SHEET: Final = "Xã A'Tiêng"
MACRO: Final = b"\xd0\xcf\x11\xe0 opaque macro bytes \x00\x01\x02"


def kind(severity: Severity, code: str = "S001") -> Kind:
    """Return a kind whose sentence is its value."""
    text = Text("Số hộ {value} cần xem lại", "Look at {value} again")
    mend = Text("Đối chiếu với quyết định.", "Compare with the decision.")
    return Kind(code, "a-kind", severity, Standing.NOTHING, text, text, text, text, text, mend)


def finding(
    file: Path, cell: str, severity: Severity = Severity.ERROR, *, sheet: str = SHEET, value: str | int = 7
) -> Finding:
    """Return a finding at a cell."""
    code = {"error": "S001", "warning": "T003", "note": "V003"}[severity.value]
    return Finding(
        kind(severity, code), origin(str(file), sheet, cell), "505", "Huyện Đông Giang", 2024, "households", value
    )


def rich_workbook(folder: Path) -> Path:
    """Write an .xlsm with a chart, a picture, macros, validation, comments, names, print titles and hidden parts."""
    macro, image, path = folder / "vbaProject.bin", folder / "logo.png", folder / "bieu.xlsm"
    macro.write_bytes(MACRO)
    image.write_bytes(_png())
    book = xlsxwriter.Workbook(path)
    book.add_vba_project(str(macro))
    percent = book.add_format({"num_format": "0.00%", "italic": True, "border": 1, "align": "right"})
    heading = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DDEEFF"})
    sheet = book.add_worksheet(SHEET)
    sheet.merge_range("A1:F1", "BIỂU TỔNG HỢP", heading)
    sheet.write_row("A3", ["TT", "Đơn vị", "Tổng số hộ", "Hộ nghèo", "Tỷ lệ"], heading)
    for row in range(3, 23):
        sheet.write_number(row, 0, row - 2)
        sheet.write_string(row, 1, f"Xã số {row - 2}")
        sheet.write_number(row, 2, 400 + row)
        sheet.write_number(row, 3, 10 * row)
        sheet.write_formula(row, 4, f"=D{row + 1}/C{row + 1}", percent, 10 * row / (400 + row))
    sheet.write_formula("C24", "=SUM(C4:C23)", None, sum(400 + row for row in range(3, 23)))
    sheet.set_column("B:B", 31.5)
    sheet.set_column("H:H", 12, percent)
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.set_row(29, 20, heading)
    sheet.data_validation("C4:C23", {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.conditional_format("D4:D23", {"type": "cell", "criteria": ">", "value": 200, "format": heading})
    sheet.write_comment("B5", "Ghi chú của huyện", {"author": "Huyện"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0, 2)
    sheet.print_area("A1:F24")
    sheet.set_header("&CBiểu 08")
    sheet.freeze_panes(3, 2)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{SHEET}'!$D$4:$D$23"})
    sheet.insert_chart("J3", chart)
    sheet.insert_image("J20", str(image))
    sheet.insert_button("J30", {"macro": "cong", "caption": "Cộng"})
    other = book.add_worksheet(OTHER_SHEET)
    other.write_string("A1", "=1+1")
    other.write_number("B2", 3)
    other.add_table("D1:E4", {"columns": [{"header": "x"}, {"header": "y"}]})
    book.define_name("so_ho", f"='{SHEET}'!$C$4:$C$23")
    book.close()
    macro.unlink()
    image.unlink()
    return path


def _png() -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    pixels = zlib.compress(b"".join(b"\x00" + b"\xcc\x33\x33" * 16 for _ in range(16)))
    header = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
