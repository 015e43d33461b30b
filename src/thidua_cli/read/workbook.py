"""Workbooks (.xlsx, .xlsm, .xls, .xlsb, .ods) as grids, over calamine."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.read.background import Background
from thidua_cli.read.examine import SheetParts, archive_refusal
from thidua_cli.read.faults import F001, F002, F009
from thidua_cli.read.grid import Area, Grid, Row, SheetFacts
from thidua_cli.read.panics import panics_as_errors

ZIP_MAGIC: Final = b"PK\x03\x04"
COMPOUND_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN: Final = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What damaged archives and XML raise in calamine and zipfile."""
_MAIN_PART: Final = dict.fromkeys((".xlsx", ".xlsm"), "xl/workbook.xml") | {
    ".xlsb": "xl/workbook.bin",
    ".ods": "content.xml",
}
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")


def open_workbook(content: Path | bytes, name: str) -> Iterator[Grid | Finding]:
    """Yield every sheet with cells as a `Grid`, in the workbook's order; F001, F002 or F009 where it cannot be opened.

    What a sheet hides is in `Grid.facts`; what its format does not tell in `SheetFacts.unchecked`.
    """
    if _is_encrypted(content):
        yield Finding(F002, Origin(name))
        return
    try:
        refusal = archive_refusal(content)
        with panics_as_errors(may_panic=_may_panic(content)):
            workbook = _opened(content) if refusal is None else None
    except PasswordError:
        yield Finding(F002, Origin(name))
        return
    except _BROKEN as error:
        yield _unreadable(name, "", error)
        return
    if refusal is not None:
        yield Finding(refusal.kind, Origin(name), details={"reason": refusal.reason})
    if workbook is not None:
        yield from _sheets(workbook, SheetParts(content), name, may_panic=_may_panic(content))


def _sheets(workbook: CalamineWorkbook, parts: SheetParts, name: str, *, may_panic: bool) -> Iterator[Grid | Finding]:
    for metadata in workbook.sheets_metadata:
        if metadata.typ is not SheetTypeEnum.WorkSheet:
            continue
        is_hidden = metadata.visible is not SheetVisibleEnum.Visible
        try:
            examined = parts.examine(metadata.name)
            if isinstance(examined, Text):
                yield Finding(F009, Origin(name, metadata.name), details={"reason": examined})
                continue
            # Both walk the whole XML and let go of the interpreter while they do: a large sheet waits for one only.
            facts = Background(examined)
            with panics_as_errors(may_panic=may_panic):
                sheet = workbook.get_sheet_by_name(metadata.name)
            grid = _grid(sheet, name, facts.result(), is_hidden=is_hidden) if sheet.start is not None else None
        except _BROKEN as error:
            yield _unreadable(name, metadata.name, error)
            continue
        if grid is not None:
            yield grid


def _may_panic(content: Path | bytes) -> bool:
    """Say whether a workbook is of a binary format, of whose damage calamine may make a panic."""
    return isinstance(content, bytes) or content.suffix.lower() in (".xls", ".xlsb") or not _is_zip(content)


def _is_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == ZIP_MAGIC


def _is_misnamed(path: Path) -> bool:
    """Say whether a modern workbook holds the main part of another format than its name says."""
    part = _MAIN_PART.get(path.suffix.lower())
    if part is None or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        names = archive.NameToInfo
        return part not in names and any(other in names for other in _MAIN_PART.values())


def _opened(content: Path | bytes) -> CalamineWorkbook:
    """Open by content: calamine believes a file's name, and old exports call a modern workbook ".xls"."""
    if isinstance(content, bytes):
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    if _is_zip(content) is (content.suffix.lower() != ".xls"):
        try:
            return CalamineWorkbook.from_path(str(content))
        except CalamineError:
            if not _is_misnamed(content):
                raise
    return CalamineWorkbook.from_filelike(io.BytesIO(content.read_bytes()))


def _grid(sheet: CalamineSheet, name: str, facts: SheetFacts, *, is_hidden: bool) -> Grid:
    first_column = sheet.start[1] if sheet.start else 0
    merged = facts.merged or tuple(
        Area(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )

    def open_rows() -> Iterator[Row]:
        rows: Iterator[Row] = sheet.iter_rows()  # type: ignore[assignment]  # lists of a part of `Cell`
        return rows

    return Grid(name, sheet.name, open_rows, first_column, merged, facts, is_hidden=is_hidden)


def _is_encrypted(content: Path | bytes) -> bool:
    """Say whether an Office file is wrapped in encryption: a compound file with an EncryptedPackage stream."""
    if isinstance(content, bytes):
        return content.startswith(COMPOUND_MAGIC) and _ENCRYPTED_PACKAGE in content
    with content.open("rb") as stream:
        return stream.read(8) == COMPOUND_MAGIC and _ENCRYPTED_PACKAGE in stream.read()


def _unreadable(name: str, sheet: str, error: Exception) -> Finding:
    reason = Text(
        f"sổ tính bị hỏng hoặc bị cắt cụt ({error}); hãy mở bằng Excel, lưu lại, hoặc xin lại tệp",
        f"the workbook is damaged or cut short ({error}); open it in Excel and save it, or ask for the file again",
    )
    return Finding(F001, Origin(name, sheet), details={"reason": reason})
