"""Open one source: decide by its content, not by its name alone, what it is; yield its grids."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.read.archive import HELD_BYTES
from thidua_cli.read.faults import F001, F009
from thidua_cli.read.grid import Grid
from thidua_cli.read.limits import FILE_BYTES, TEXT_BYTES, file_too_large
from thidua_cli.read.source import Source, no_access, read_standard_input
from thidua_cli.read.text_file import open_text
from thidua_cli.read.workbook import COMPOUND_MAGIC, ZIP_MAGIC, open_workbook

_WORKBOOK_SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_TEXT_SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt"})

_NO_FILE: Final = Text(
    "không phải là tệp thông thường (thiết bị hoặc ống dẫn); để đọc từ ống dẫn hãy dùng “-”",
    "it is no ordinary file but a device or a pipe; to read from a pipe use “-”",
)


def open_source(source: Source) -> Iterator[Grid | Finding]:
    """Yield the grids of one source; a source that cannot be read yields F001, F002 or F009 and nothing is raised."""
    try:
        content: Path | bytes
        if source.path is None:
            content = read_standard_input(FILE_BYTES + 1)
            size = len(content)
        else:
            content, state = source.path, source.path.stat()
            size = state.st_size
            if not S_ISREG(state.st_mode):
                yield _refused(source, _NO_FILE)  # a pipe or a device: opening it may wait for ever
                return
        # A small file is read once for all that is to be done with it.
        whole = content.read_bytes() if isinstance(content, Path) and size <= HELD_BYTES else content
        head = whole[:8] if isinstance(whole, bytes) else _head(whole)
    except OSError as error:
        yield no_access(source.name, error)
        return
    refusal = _refusal(head, source.path)
    if refusal is not None:
        yield _refused(source, refusal)
        return
    too_large = file_too_large(size, FILE_BYTES if _is_workbook(head) else TEXT_BYTES)
    if too_large is not None:
        yield Finding(F009, Origin(source.name), details={"reason": too_large})
        return
    try:
        yield from open_workbook(content, whole, source.name) if _is_workbook(head) else open_text(content, source.name)
    except OSError as error:  # taken away or locked while it was being read
        yield no_access(source.name, error)


def digest(source: Source) -> str:
    """Return the SHA-256 of a file; empty for standard input and for what cannot be read."""
    if source.path is None:
        return ""
    try:
        state = source.path.stat()
        return _digest_of(source.path, state.st_size, state.st_mtime_ns)
    except OSError:
        return ""  # open_source reports it


@lru_cache(maxsize=4096)
def _digest_of(path: Path, size: int, _modified: int) -> str:
    """Hash a file once for all who ask, as long as it stays as it is."""
    import hashlib

    if size <= HELD_BYTES:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(8)


def _is_workbook(head: bytes) -> bool:
    return head.startswith((ZIP_MAGIC, COMPOUND_MAGIC))


def _refusal(head: bytes, path: Path | None) -> Text | None:
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
    if suffix not in _WORKBOOK_SUFFIXES | _TEXT_SUFFIXES:
        return Text(
            f"đuôi “{suffix}” không phải bảng tính; nhận .xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .tsv",
            f"“{suffix}” is no spreadsheet; .xlsx, .xlsm, .xls, .xlsb, .ods, .csv and .tsv are read",
        )
    if suffix in _WORKBOOK_SUFFIXES and not _is_workbook(head):
        return Text(
            f"đuôi là {suffix} nhưng nội dung không phải sổ tính; nếu là văn bản thì đổi đuôi thành .csv, "
            "nếu không thì mở bằng Excel và lưu lại",
            f"it is named {suffix} but is no workbook; rename it to .csv if it is text, else save it in Excel",
        )
    if suffix in _TEXT_SUFFIXES and _is_workbook(head):
        return Text(
            f"đuôi là {suffix} nhưng nội dung là sổ tính; hãy đổi đuôi thành .xlsx (hoặc .xls)",
            f"it is named {suffix} but is a workbook; rename it to .xlsx (or .xls)",
        )
    return None


def _refused(source: Source, reason: Text) -> Finding:
    return Finding(F001, Origin(source.name), details={"reason": reason})
