"""The archive of a Word document: parts in a fixed order under a fixed day, so that equal papers are equal files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Final

from thidua_cli.present.docx.styles import XML
from thidua_cli.present.toolkit.foreign_text import visible
from thidua_cli.present.toolkit.workbook_file import CREATED
from thidua_cli.present.toolkit.xml_text import escaped

_DAY: Final = (CREATED.year, CREATED.month, CREATED.day, 0, 0, 0)


def archive(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Return the archive of (name, content) in their order; the table of contents of a package stands first."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _DAY)
            # A workbook is compressed already.
            method = zipfile.ZIP_STORED if isinstance(content, bytes) else zipfile.ZIP_DEFLATED
            # Python on Windows would say another system there, and the bytes would differ.
            entry.create_system = 0
            file.writestr(entry, content, method)
    return stream.getvalue()


def properties(title: str, author: str, day: date | None) -> str:
    """Return what a file says of itself; its day is that of the paper, or a fixed one, never that of the clock."""
    stamp = f"{day or CREATED.date():%Y-%m-%d}T00:00:00Z"
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(visible(title))}</dc:title><dc:creator>{escaped(visible(author))}</dc:creator>"
        f"{times}</cp:coreProperties>"
    )
