"""Files that may hold a table and are of a format that is not read: they are named, never passed over in silence.

Papers (.docx, .pdf), pictures and what systems leave behind are no spreadsheets: of them nothing is said.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Origin
from thidua_cli.read.limits import SNIFFED_BYTES

F015: Final = Kind(
    code="F015",
    name="other-formats",
    severity=Severity.WARNING,
    standing=Standing.NOTHING,
    title=Text("Có tệp thuộc dạng không đọc", "Files of formats that are not read"),
    message=Text(
        "Có {count} tệp có thể chứa biểu nhưng thuộc dạng không đọc được, số liệu trong đó không được dùng: "
        "{files}; {mend}",
        "Not read, although they may hold tables: {count} files of other formats: {files}; {mend}",
    ),
    what=Text(
        "Thư mục (hoặc mẫu tên) có tệp bảng tính, trang web hay tệp nén thuộc dạng mà chương trình không đọc, "
        "chẳng hạn .et, .xlt, .fods, .dbf, .numbers, .html, .zip, .rar. Tệp .docx, .pdf, ảnh không được kể.",
        "The folder (or pattern) holds spreadsheets, web pages or archives of formats that the program does not read, "
        "such as .et, .xlt, .fods, .dbf, .numbers, .html, .zip, .rar. Papers (.docx, .pdf) and pictures do not count.",
    ),
    why=Text(
        "Đơn vị nằm trong tệp đó sẽ thiếu trong kết quả, và tổng của cấp trên bị hụt.",
        "The units in such a file are missing from the results, and from what is summed above them.",
    ),
    example=Text(
        "Thư mục có 11 tệp .xlsx của 11 xã, còn xã thứ 12 gửi tệp xa-ta-lu.et của WPS.",
        "A folder holds 11 .xlsx files of 11 communes, and the 12th commune sent xa-ta-lu.et of WPS.",
    ),
    mend=Text(
        "Mở tệp bằng Excel, WPS hoặc LibreOffice rồi lưu lại dạng .xlsx; tệp nén thì giải nén ngay trong thư mục; "
        "tệp không cần thì chuyển ra khỏi thư mục.",
        "Open the file in Excel, WPS or LibreOffice and save it as .xlsx; unpack archives in the folder; move what is "
        "not needed out of it.",
    ),
)

_SHEETS: Final = frozenset(
    (
        *(".et", ".ett", ".xlt", ".xltx", ".xltm", ".xlk", ".xlw", ".xlr", ".ots", ".fods", ".sxc", ".stc", ".sdc"),
        *(".uos", ".gnumeric", ".numbers", ".gsheet", ".wks", ".wk1", ".wk3", ".wk4", ".123", ".wb1", ".wb2", ".wb3"),
        *(
            ".qpw",
            ".slk",
            ".sylk",
            ".dif",
            ".prn",
            ".dbf",
            ".mdb",
            ".accdb",
            ".mht",
            ".mhtml",
            ".parquet",
            ".feather",
            ".sav",
            ".dta",
        ),
    )
)
_ARCHIVES: Final = frozenset(
    (".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".cab", ".arj", ".lzh", ".z")
)
WORKBOOK_SUFFIXES: Final = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"))
TEXT_SUFFIXES: Final = frozenset((".csv", ".tsv", ".txt"))
"""What is read, by the end of its name."""
_SPREADSHEETS: Final = (WORKBOOK_SUFFIXES | TEXT_SUFFIXES) - {".txt"}
_NO_TABLES: Final = frozenset(
    (
        *(
            ".doc",
            ".docx",
            ".docm",
            ".dot",
            ".dotx",
            ".dotm",
            ".wps",
            ".wpt",
            ".ppt",
            ".pptx",
            ".pptm",
            ".pps",
            ".ppsx",
        ),
        *(".pot", ".potx", ".dps", ".odt", ".ott", ".odp", ".odg", ".odf", ".odb", ".rtf", ".pdf", ".xps", ".oxps"),
        *(".msg", ".oft", ".one", ".vsd", ".vsdx", ".pub", ".mpp", ".epub", ".ofd", ".svg", ".kmz", ".db", ".msi"),
        *(".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".mp3", ".mp4", ".lnk", ".url"),
        *(
            ".ini",
            ".log",
            ".py",
            ".jar",
            ".apk",
            ".whl",
            ".exe",
            ".tmp",
            ".xlam",
            ".xla",
            ".json",
            ".toml",
            ".md",
            ".rss",
            ".kml",
            ".gpx",
        ),
    )
)
"""Papers, pictures and what else is known to be no table; some are built like a workbook or like a page."""
_LEFT_BY_EXCEL: Final = late_pattern(r"[0-9A-F]{8}\Z")
"""Excel saves into a file of such a name beside the old one, and sometimes leaves it."""
_CONTAINER_HEADS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_MOST_NAMED: Final = 5
_SAVE: Final = Text(
    "mở bằng Excel, WPS hoặc LibreOffice rồi lưu lại dạng .xlsx",
    "open them in Excel, WPS or LibreOffice, save as .xlsx",
)
_UNPACK: Final = Text("tệp nén thì giải nén vào thư mục", "unpack archives into the folder")


def may_hold_table(path: Path) -> bool:
    """Say whether a file that is no spreadsheet by its name may hold a table all the same.

    Its name decides where it can; else its first bytes do. What cannot be opened is passed over.
    """
    suffix = path.suffix.lower()
    if suffix in _SHEETS or suffix in _ARCHIVES:
        return not _is_shadow(path)
    if suffix == ".json":
        return False  # "data.csv.provenance.json" is what was written beside a table
    if _is_beneath(path):
        return not _is_shadow(path)
    if suffix in _NO_TABLES or (not suffix and _LEFT_BY_EXCEL.match(path.name)):
        return False
    head = _head(path)
    from thidua_cli.read.markup import markup_of  # late: of other files alone

    return head.startswith(_CONTAINER_HEADS) or markup_of(head) is not None


def is_package(folder: str) -> bool:
    """Say whether a folder is shown as one document (macOS keeps a spreadsheet of Numbers like that)."""
    return folder.lower().endswith(".numbers")


def other_formats(argument: str, files: Sequence[Path]) -> Finding:
    """Return the finding that names the files of one folder or pattern."""
    details = {"count": len(files), "files": named(argument, files), "mend": advice(files)}
    return Finding(F015, Origin(argument), details=details)


def named(argument: str, files: Sequence[Path]) -> Text:
    """Return the names of some files, seen from the folder they were looked for in, and how many more there are."""
    names = [_seen_from(argument, file) for file in files]
    listed, more = ", ".join(f"“{name}”" for name in names[:_MOST_NAMED]), len(names) - _MOST_NAMED
    if more <= 0:
        return Text(listed, listed)
    return Text(f"{listed} và {more} tệp khác", f"{listed} and {more} more")


def advice(files: Iterable[Path]) -> Text:
    """Say what to do with some files, so that what they hold is read."""
    are_archives = {file.suffix.lower() in _ARCHIVES for file in files}
    if are_archives == {True}:
        return _UNPACK
    if are_archives == {False}:
        return _SAVE
    return Text(f"{_SAVE.vi}, {_UNPACK.vi}", f"{_SAVE.en}, {_UNPACK.en}")


def refusal_by_name(suffix: str) -> Text | None:
    """Say why a file that was named itself is not read, where its name tells; None where it does not."""
    if suffix in _ARCHIVES:
        return Text(
            f"“{suffix}” là tệp nén; hãy giải nén rồi đưa thư mục vào",
            f"“{suffix}” is an archive; unpack it and give the folder",
        )
    if suffix in _SHEETS:
        return Text(
            f"dạng “{suffix}” không đọc được; hãy mở bằng Excel, WPS hoặc LibreOffice rồi lưu lại dạng .xlsx",
            f"“{suffix}” is not read; open the file in Excel, WPS or LibreOffice and save it as .xlsx",
        )
    return None


def _is_beneath(path: Path) -> bool:
    """Say whether a spreadsheet's own ending stands before the last one: "bieu.xlsx.download"."""
    return any(suffix.lower() in _SPREADSHEETS for suffix in path.suffixes[:-1])


def _is_shadow(path: Path) -> bool:
    """Say whether a file is a copy or signature of one that lies beside it: "bieu.xlsx.bak", "bieu.xlsx.zip"."""
    return Path(path.stem).suffix.lower() in _SPREADSHEETS and path.with_name(path.stem).exists()


def _seen_from(argument: str, file: Path) -> str:
    try:
        return file.relative_to(argument).as_posix()
    except ValueError:
        return file.name


def _head(path: Path) -> bytes:
    # A pipe would be waited for, and a link may lead anywhere.
    if path.is_symlink() or not path.is_file() or not os.access(path, os.R_OK):
        return b""
    try:
        with path.open("rb") as stream:
            return stream.read(SNIFFED_BYTES)
    except OSError:
        return b""
