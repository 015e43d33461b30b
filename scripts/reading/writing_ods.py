"""An OpenDocument spreadsheet from plain XML: no library is needed for values, merges and two styles."""

from __future__ import annotations

import zipfile
from html import escape
from pathlib import Path
from typing import Final

from reading.meaning import Book, Cell, Sheet

_SPACES: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)
_FO: Final = 'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
_STYLES: Final = (
    '<office:automatic-styles><style:style style:name="raised" style:family="text"><style:text-properties'
    ' style:text-position="super 58%"/></style:style><style:style style:name="struck" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style><style:style style:name="out"'
    ' style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    "</office:automatic-styles>"
)
_KIND: Final = "application/vnd.oasis.opendocument.spreadsheet"


def ods(book: Book, folder: Path, *, indent: bool) -> Path:
    """Write a book as .ods; indented, elements stand on lines of their own, as some libraries write them."""
    between = "\n    " if indent else ""
    sheets = between.join(_table(sheet, between) for sheet in book.sheets)
    body = f"<office:body>{between}<office:spreadsheet>{between}{sheets}{between}</office:spreadsheet></office:body>"
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} {_FO} office:version="1.2">'
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _KIND), ("content.xml", "text/xml"))
    )
    path = folder / f"{book.stem}.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", _KIND)
        archive.writestr("content.xml", f"{content}{_STYLES}{between}{body}</office:document-content>")
        archive.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}">{entries}</manifest:manifest>'
        )
    return path


def _table(sheet: Sheet, between: str) -> str:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merges}
    width = max(map(len, sheet.rows), default=1)
    rows = []
    for at, row in enumerate(sheet.rows):
        cells = between.join(_cell(cell, spans.get((at, column))) for column, cell in enumerate(row))
        rows.append(f"<table:table-row>{between}{cells or '<table:table-cell/>'}{between}</table:table-row>")
    columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
    name = escape(sheet.name, quote=True)
    return f'<table:table table:name="{name}">{between}{columns}{between}{between.join(rows)}{between}</table:table>'


def _cell(cell: Cell, span: tuple[int, int] | None) -> str:
    value, look = cell.value, cell.look
    spanned = (
        f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span is not None else ""
    )
    formula = f' table:formula="of:{escape(look.formula, quote=True)}"' if look.formula else ""
    struck = ' table:style-name="out"' if look.struck else ""
    attributes = f"{spanned}{formula}{struck}"
    if value is None:
        return f"<table:table-cell{attributes}/>"
    if isinstance(value, bool):
        return (
            f'<table:table-cell{attributes} office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
        )
    if isinstance(value, (int, float)) and not (look.raised or look.struck_before):
        text = f'office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
        return f"<table:table-cell{attributes} {text}</table:table-cell>"
    lines = "".join(f"<text:p>{line}</text:p>" for line in _text(cell).split("\n"))
    return f'<table:table-cell{attributes} office:value-type="string">{lines}</table:table-cell>'


def _text(cell: Cell) -> str:
    text, look = escape(str(cell.value)), cell.look
    if look.raised:
        return f'{text}<text:span text:style-name="raised">{look.raised}</text:span>'
    if look.struck_before:
        return f'<text:span text:style-name="struck">{look.struck_before}</text:span>{text}'
    return text
