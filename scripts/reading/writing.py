"""Books written as files: one function per program or format, all from the same cells."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Final

import openpyxl
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet as XlsxSheet

from forms.xlsb import as_xlsb
from reading.meaning import PLAIN, Book, Cell, Look, Sheet
from reading.writing_ods import ods

Writer = Callable[[Book, Path], Path]
"""Writes a book into a folder and returns the file."""


def by_openpyxl(book: Book, folder: Path) -> Path:
    """Write an .xlsx; formulas have no stored value."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in book.sheets:
        written: Worksheet = workbook.create_sheet(sheet.name)
        _fill(written, sheet)
        if sheet.hidden:
            written.sheet_state = "hidden"
    path = folder / f"{book.stem}.xlsx"
    workbook.save(path)
    return path


def _fill(written: Worksheet, sheet: Sheet) -> None:
    for at, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell != Cell():
                _fill_cell(written, at, column, cell)
    for top, left, bottom, right in sheet.merges:
        written.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)


def _fill_cell(written: Worksheet, at: int, column: int, cell: Cell) -> None:
    look, target = cell.look, written.cell(at, column)
    target.value = look.formula or _rich(cell) or cell.value
    if isinstance(cell.value, str) and look in (PLAIN, Look(struck=True)):
        target.data_type = "s"  # "=3/1" and "#REF!" are words here
    if look.number_format:
        target.number_format = look.number_format
    if look.struck:
        target.font = Font(strike=True)


def _rich(cell: Cell) -> CellRichText | None:
    """Return the text of a cell in pieces that look unlike each other, where there are such."""
    look = cell.look
    if look.raised:
        return CellRichText(str(cell.value), TextBlock(InlineFont(vertAlign="superscript"), look.raised))
    if look.struck_before:
        return CellRichText(TextBlock(InlineFont(strike=True), look.struck_before), str(cell.value))
    return None


def by_xlsxwriter(book: Book, folder: Path) -> Path:
    """Write an .xlsx with strings in the shared table; formulas have the stored value they are given, or 0."""
    return _xlsxwriter(book, folder, in_line=False)


def in_line(book: Book, folder: Path) -> Path:
    """Write an .xlsx whose strings stand in the cells, as streaming writers leave it."""
    return _xlsxwriter(book, folder, in_line=True)


def _xlsxwriter(book: Book, folder: Path, *, in_line: bool) -> Path:
    path = folder / f"{book.stem}.xlsx"
    plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with Workbook(str(path), {**plain, "constant_memory": in_line}) as workbook:
        workbook.set_properties({"created": datetime(2025, 1, 1)})
        for sheet in book.sheets:
            written = workbook.add_worksheet(sheet.name)
            if sheet.hidden:
                written.hide()
            for top, left, bottom, right in [] if in_line else sheet.merges:
                written.merge_range(top, left, bottom, right, "")
            for at, row in enumerate(sheet.rows):  # after the merges, for what lies under them
                for column, cell in enumerate(row):
                    _put(workbook, written, at, column, cell)
    return path


def _put(workbook: Workbook, written: XlsxSheet, at: int, column: int, cell: Cell) -> None:
    look, value = cell.look, cell.value
    style = None if look == PLAIN else _style(workbook, look)
    if look.formula:
        written.write_formula(at, column, look.formula, style, 0 if value is None else value)
    elif look.raised:
        written.write_rich_string(at, column, str(value), workbook.add_format({"font_script": 1}), look.raised)
    elif look.struck_before:
        struck = workbook.add_format({"font_strikeout": True})
        written.write_rich_string(at, column, struck, look.struck_before, workbook.add_format(), str(value))
    elif look.error:
        written.write_formula(at, column, "=1/0", style, str(value))
    elif value is not None:
        written.write(at, column, value, style)


def _style(workbook: Workbook, look: Look) -> Format:
    number_format = {"num_format": look.number_format} if look.number_format else {}
    return workbook.add_format({**number_format, "font_strikeout": look.struck})


def by_xlwt(book: Book, folder: Path) -> Path:
    """Write an old .xls."""
    workbook = xlwt.Workbook()
    for sheet in book.sheets:
        written = workbook.add_sheet(sheet.name, cell_overwrite_ok=True)
        if sheet.hidden:
            written.visibility = 1
        for area in sheet.merges:
            written.merge(area.top, area.bottom, area.left, area.right)
        for at, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                _put_old(written, at, column, cell)
    path = folder / f"{book.stem}.xls"
    workbook.save(str(path))
    return path


def _put_old(written: xlwt.Worksheet, at: int, column: int, cell: Cell) -> None:
    look, value = cell.look, cell.value
    style = xlwt.XFStyle()
    if look.number_format:
        style.num_format_str = look.number_format
    if look.struck:
        style.font.struck_out = True
    if look.raised or look.struck_before:
        font = xlwt.Font()
        font.escapement, font.struck_out = (1, False) if look.raised else (0, True)
        texts = (str(value), (look.raised, font)) if look.raised else ((look.struck_before, font), str(value))
        written.write_rich_text(at, column, texts)
    elif look.formula:
        written.write(at, column, xlwt.Formula(look.formula.removeprefix("=")), style)
    elif value is not None:
        written.write(at, column, value, style)


def xlsb(book: Book, folder: Path) -> Path:
    """Write an .xlsb: values and merges alone."""
    workbook = by_openpyxl(book, folder)
    path = workbook.with_suffix(".xlsb")
    path.write_bytes(as_xlsb(workbook))
    workbook.unlink()
    return path


def text(separator: str, suffix: str, encoding: str, *, formulas: bool = False) -> Writer:
    """Return a writer of text tables, one sheet each; with `formulas` numbers and digits are written as ="429"."""

    def write(book: Book, folder: Path) -> Path:
        path = folder / f"{book.stem}.{suffix}"
        with path.open("w", encoding=encoding, newline="") as stream:
            writer = csv.writer(stream, delimiter=separator)
            writer.writerows([_field(cell, formulas=formulas) for cell in row] for row in book.sheets[0].rows)
        return path

    return write


def _field(cell: Cell, *, formulas: bool) -> str:
    value = "" if cell.value is None else str(cell.value)
    return f'="{value}"' if formulas and value.isdigit() else value


def html(book: Book, folder: Path) -> Path:
    """Write an HTML table under the name .xls, as web systems export it."""
    tables = "".join(f"<table border=1>{''.join(_tr(sheet))}</table>" for sheet in book.sheets)
    path = folder / f"{book.stem}.xls"
    head = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head>'
    path.write_text(f"{head}<body>{tables}</body></html>", encoding="utf-8")
    return path


def _tr(sheet: Sheet) -> list[str]:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merges}
    under = {
        (at, column)
        for top, left, bottom, right in sheet.merges
        for at in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (at, column) != (top, left)
    }
    rows = []
    for at, row in enumerate(sheet.rows):
        cells = []
        for column, cell in enumerate(row):
            if (at, column) not in under:
                down, right = spans.get((at, column), (1, 1))
                span = f' rowspan="{down}"' * (down > 1) + f' colspan="{right}"' * (right > 1)
                cells.append(f"<td{span}>{_marked(cell)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>\n")
    return rows


def _marked(cell: Cell) -> str:
    value = "" if cell.value is None else escape(str(cell.value)).replace("\n", "<br>")
    look = cell.look
    if look.raised:
        return f"{value}<sup>{look.raised}</sup>"
    if look.struck_before:
        return f"<s>{look.struck_before}</s>{value}"
    return f"<s>{value}</s>" if look.struck else value


def xml_2003(book: Book, folder: Path) -> Path:
    """Write an XML Spreadsheet 2003 under the name .xls."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheets = []
    for sheet in book.sheets:
        rows = "".join(f"<Row>{''.join(map(_data, row))}</Row>" for row in sheet.rows)
        sheets.append(f'<Worksheet ss:Name="{escape(sheet.name)}"><Table>{rows}</Table></Worksheet>')
    head = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    path = folder / f"{book.stem}.xls"
    body = f'{head}<Workbook xmlns="{space}" xmlns:ss="{space}">{"".join(sheets)}</Workbook>'
    path.write_text(body, encoding="utf-8")
    return path


def _data(cell: Cell) -> str:
    if cell.value is None:
        return "<Cell/>"
    kind = "String" if isinstance(cell.value, str) else "Number"
    return f'<Cell><Data ss:Type="{kind}">{escape(str(cell.value))}</Data></Cell>'


def ods_plain(book: Book, folder: Path) -> Path:
    """Write an .ods without white space between its elements."""
    return ods(book, folder, indent=False)


def ods_indented(book: Book, folder: Path) -> Path:
    """Write an .ods whose XML is indented."""
    return ods(book, folder, indent=True)


WRITERS: Final[dict[str, Writer]] = {
    "xlsx (openpyxl)": by_openpyxl,
    "xlsx (xlsxwriter)": by_xlsxwriter,
    "xlsx (in-line strings)": in_line,
    "xls (xlwt)": by_xlwt,
    "xlsb": xlsb,
    "ods": ods_plain,
    "ods (indented)": ods_indented,
    "csv (comma)": text(",", "csv", "utf-8-sig"),
    "csv (semicolon, no BOM)": text(";", "csv", "utf-8"),
    "txt (tab, UTF-16)": text("\t", "txt", "utf-16"),
    'csv (="429")': text(",", "csv", "utf-8-sig", formulas=True),
    "html as .xls": html,
    "xml 2003 as .xls": xml_2003,
}
"""Name of a format → its writer."""
