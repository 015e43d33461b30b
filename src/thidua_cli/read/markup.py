"""Tables in markup: what a web page or XML says of itself in its first bytes, and its sheets as grids.

Programs of agencies save web pages and XML Spreadsheet 2003 under the name .xls, and Excel opens both.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Origin
from thidua_cli.read.faults import F001, F009
from thidua_cli.read.grid import Grid
from thidua_cli.read.limits import MARKUP_BYTES, file_too_large

_BYTE_ORDER_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SPREADSHEET_XML: Final = b"urn:schemas-microsoft-com:office:spreadsheet"
_WORKBOOK: Final = late_pattern(rb"<(?:\w+:)?workbook[\s>]")
_FLAT_ODF: Final = late_pattern(rb"<(?:\w+:)?document[\s>]")
_MIME: Final = late_pattern(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,20}")
_PAGE: Final = late_pattern(rb"<(?:html|body|table)[\s>]")


class Markup(Enum):
    """What a file in markup is."""

    HTML = "html"
    SPREADSHEET_XML = "xml"
    FLAT_ODF = "fods"
    MHTML = "mht"


_NOT_READ: Final = {
    Markup.FLAT_ODF: Text(
        "đây là bảng tính dạng Flat ODF (.fods), không đọc được; hãy mở bằng LibreOffice rồi lưu lại dạng .xlsx",
        "this is a flat ODF spreadsheet (.fods), which is not read; open it in LibreOffice and save it as .xlsx",
    ),
    Markup.MHTML: Text(
        "đây là trang web lưu thành một tệp (.mht), không đọc được; hãy mở bằng Excel rồi lưu lại dạng .xlsx",
        "this is a web page saved as a single file (.mht), which is not read; open it in Excel and save it as .xlsx",
    ),
}
_NO_TABLE: Final = Text(
    "đây là trang web không chứa bảng nào (bảng có thể ở tệp khác đi kèm); hãy mở bằng Excel rồi lưu lại dạng .xlsx",
    "this is a web page without any table (it may stand in a file beside it); open it in Excel and save it as .xlsx",
)


def markup_of(head: bytes) -> Markup | None:
    """Return what the first bytes of a file say it is; None where it is no markup that may hold a table."""
    for mark in _BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    text = head.replace(b"\0", b"").lstrip().lower()  # of UTF-16 the letters of tags are left
    if not text.startswith(b"<"):
        is_mime = b"multipart/related" in text[:4096] and _MIME.match(text) is not None
        return Markup.MHTML if is_mime else None
    if _SPREADSHEET_XML in text and _WORKBOOK.search(text):
        return Markup.SPREADSHEET_XML
    if b"opendocument" in text and _FLAT_ODF.search(text):
        return Markup.FLAT_ODF
    return Markup.HTML if _PAGE.search(text) else None


def open_markup(content: Path | bytes, markup: Markup, name: str) -> Iterator[Grid | Finding]:
    """Yield the sheets of a file in markup; F001 or F009 where it is not read."""
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    reason = file_too_large(size, MARKUP_BYTES)
    if reason is not None:
        yield Finding(F009, Origin(name), details={"reason": reason})
        return
    if markup in _NOT_READ:
        yield Finding(F001, Origin(name), details={"reason": _NOT_READ[markup]})
        return
    whole = content if isinstance(content, bytes) else content.read_bytes()
    if markup is Markup.HTML:
        from thidua_cli.read.html_page import page_grid  # late: few files are web pages

        grid = page_grid(whole, name)
        yield Finding(F001, Origin(name), details={"reason": _NO_TABLE}) if grid is None else grid
    else:
        from thidua_cli.read.spreadsheet_xml import spreadsheet_xml_grids

        yield from spreadsheet_xml_grids(whole, name)
