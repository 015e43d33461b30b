"""What a file is taken for, by its name and its first bytes, and why it is not even tried."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from thidua_cli.language import Text
from thidua_cli.read.examine import COMPOUND_MAGIC
from thidua_cli.read.opened_workbook import ZIP_MAGIC
from thidua_cli.read.other_formats import TEXT_SUFFIXES, WORKBOOK_SUFFIXES, refusal_by_name

if TYPE_CHECKING:
    from thidua_cli.read.markup import Markup

_MARKUP_SUFFIXES: Final = frozenset({".html", ".htm", ".xml"})
"""Read where a file is named itself; in a folder such files are named (F015): they may be any page."""
_OLD_SHEETS: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
"""How files of Excel 2, 3, 4 and 5 begin that are no compound files (MS-XLS 2.4.21, and those before it)."""
_OLD_SHEET: Final = Text(
    "là bảng tính của Excel 2 đến 5 đời cũ, không đọc được (dạng này cũng không giữ được chữ tiếng Việt); hãy mở tệp "
    "gốc bằng Excel rồi lưu dạng .xlsx",
    "it is a sheet of Excel 2 to 5, which is not read (nor can it hold Vietnamese letters); open the original in Excel "
    "and save it as .xlsx",
)


def is_workbook(head: bytes) -> bool:
    """Say whether a file begins like a workbook: as an archive or as a compound file."""
    return head.startswith((ZIP_MAGIC, COMPOUND_MAGIC))


def markup_by_name(head: bytes, path: Path | None) -> Markup | None:
    """Return what a file in markup is; a name of text is believed."""
    if is_workbook(head) or (path is not None and path.suffix.lower() in TEXT_SUFFIXES):
        return None
    from thidua_cli.read.markup import markup_of  # late: most files are workbooks

    return markup_of(head)


def reason_not_to_try(head: bytes, path: Path | None, *, is_markup: bool) -> Text | None:
    """Say why a file is not even tried; None where it is."""
    if not head:
        return Text("tệp rỗng (0 byte); hãy xin lại tệp", "the file is empty (0 bytes); ask for it again")
    if path is None:
        return None
    suffix = path.suffix.lower()
    if not suffix:
        return Text(
            "tên tệp không có đuôi; nhận .xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .tsv",
            "its name has no extension; .xlsx, .xlsm, .xls, .xlsb, .ods, .csv and .tsv are read",
        )
    if suffix not in WORKBOOK_SUFFIXES | TEXT_SUFFIXES and not (is_markup and suffix in _MARKUP_SUFFIXES):
        return refusal_by_name(suffix) or Text(
            f"đuôi “{suffix}” không phải bảng tính; nhận .xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .tsv",
            f"“{suffix}” is no spreadsheet; .xlsx, .xlsm, .xls, .xlsb, .ods, .csv and .tsv are read",
        )
    if suffix in WORKBOOK_SUFFIXES and not is_workbook(head) and not is_markup:
        return _OLD_SHEET if head.startswith(_OLD_SHEETS) else _no_workbook(suffix)
    if suffix in TEXT_SUFFIXES and is_workbook(head):
        return Text(
            f"đuôi là {suffix} nhưng nội dung là sổ tính; hãy đổi đuôi thành .xlsx (hoặc .xls)",
            f"it is named {suffix} but is a workbook; rename it to .xlsx (or .xls)",
        )
    return None


def _no_workbook(suffix: str) -> Text:
    return Text(
        f"đuôi là {suffix} nhưng nội dung không phải sổ tính; nếu là văn bản thì đổi đuôi thành .csv, "
        "nếu không thì mở bằng Excel và lưu lại",
        f"it is named {suffix} but is no workbook; rename it to .csv if it is text, else save it in Excel",
    )
