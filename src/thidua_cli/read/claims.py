"""What the parts of a workbook claim, held against what they hold, before calamine opens it.

Sheets are looked at when their turn comes (`reach.py`); here it is what calamine reads of every workbook at once.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterable
from typing import Final

from thidua_cli.language import Text, format_count
from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.archive import HeldArchive, decompressed
from thidua_cli.read.limits import HARMLESS_TEXTS, SHEETS_WITHOUT_PART, is_parsed, is_read, rounded_count
from thidua_cli.read.sheet_xml import WORKBOOK_XML, sheet_count

_SHARED_TEXTS: Final = "sharedstrings.xml"
_OF_RECORDS: Final = ("sharedstrings.bin", "workbook.bin", "styles.bin")
_COUNT: Final = late_pattern(rb"""\buniqueCount\s*=\s*["']\s*\+?([0-9]+)""")


def claims_too_much(archive: zipfile.ZipFile, sheets: Collection[str]) -> Text | None:
    """Say which part claims more than it holds; None where none does. Every part but the sheets is read to its end.

    Raises:
        BadZipFile, EOFError, zlib.error: A part is damaged, or holds more than the archive says.
        ValueError: A part of an .xlsb ends inside a record.
    """
    for entry in archive.infolist():
        name = entry.filename
        if name.lower().endswith(_OF_RECORDS):
            _walk(archive.read(entry))
        elif is_read(name) and is_parsed(name) and name not in sheets:
            reason = _claim(entry, _pieces(archive, entry))
            if reason is not None:
                return reason
    return None


def names_too_many_sheets(archive: zipfile.ZipFile) -> Text | None:
    """Say that an .xlsx names more sheets than it can hold; None where it does not.

    Raises:
        BadZipFile, EOFError, zlib.error: Its main part is damaged.
    """
    if WORKBOOK_XML not in archive.NameToInfo:
        return None
    sheets = sheet_count(archive.read(WORKBOOK_XML))
    if sheets <= len(archive.NameToInfo) + SHEETS_WITHOUT_PART:
        return None
    return Text(
        f"sổ tính nêu {format_count(sheets)} trang tính mà chỉ có {format_count(len(archive.NameToInfo))} thành phần; "
        "hãy mở bằng Excel rồi lưu lại",
        f"the workbook names {sheets:,} sheets and has {len(archive.NameToInfo):,} parts; open it in Excel and save it",
    )


def _walk(content: bytes) -> None:
    """Follow the records of a part to its end, for which a reader sets up as much memory as each of them claims."""
    from thidua_cli.read.biff12 import records  # late: few workbooks are .xlsb

    for _ in records(content, is_whole=True):
        pass


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterable[bytes]:
    return [archive.read(entry)] if isinstance(archive, HeldArchive) else decompressed(archive, entry)


def _claim(entry: zipfile.ZipInfo, pieces: Iterable[bytes]) -> Text | None:
    texts = 0
    for place, piece in enumerate(pieces):
        # The count stands before the first text, and so in the first megabytes.
        if place == 0 and entry.filename.lower().endswith(_SHARED_TEXTS):
            texts = max((int(number[:20]) for number in _COUNT.findall(piece)), default=0)
    size = entry.file_size
    if texts <= max(size, HARMLESS_TEXTS):
        return None
    count = rounded_count(texts)
    return Text(
        f"sổ tính khai {count.vi} chuỗi chữ mà phần chứa chúng chỉ có {format_count(size)} byte; hãy mở "
        "bằng Excel rồi lưu lại",
        f"the workbook claims {count.en} texts in a part of {size:,} bytes; open it in Excel and save it",
    )
