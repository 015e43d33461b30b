"""Workbooks (.xlsx, .xlsm, .xls, .xlsb, .ods) as grids, over calamine."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
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
from thidua_cli.read.examine import Package
from thidua_cli.read.faults import F001, F002, F009
from thidua_cli.read.grid import Area, Grid, Row, SheetFacts

ZIP_MAGIC: Final = b"PK\x03\x04"
COMPOUND_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FEW_CELLS: Final = 50_000
"""A sheet of no more is turned into rows once."""
_OFFICE_OPEN_XML: Final = (".xlsx", ".xlsm")
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
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")


def open_workbook(content: Path | bytes, held: Path | bytes, name: str) -> Iterator[Grid | Finding]:
    """Yield every sheet with cells as a `Grid`, in the workbook's order; F001, F002 or F009 where it cannot be opened.

    `held` is the content of a small file, else the same as `content`. What an .xlsx hides (`Grid.facts`) is not to be
    seen in .xls, .xlsb and .ods: there only hidden sheets are known.
    """
    if _is_encrypted(held):
        yield Finding(F002, Origin(name))
        return
    package = Package(held)
    try:
        refusal = package.refusal()
        with _panics_as_errors():
            workbook = _opened(content, held) if refusal is None else None
    except PasswordError:
        yield Finding(F002, Origin(name))
        return
    except _BROKEN as error:
        yield _unreadable(name, "", error)
        return
    if refusal is not None:
        yield Finding(refusal.kind, Origin(name), details={"reason": refusal.reason})
    if workbook is not None:
        yield from _sheets(workbook, package, name)


def _sheets(workbook: CalamineWorkbook, package: Package, name: str) -> Iterator[Grid | Finding]:
    for metadata in workbook.sheets_metadata:
        if metadata.typ is not SheetTypeEnum.WorkSheet:
            continue
        is_hidden = metadata.visible is not SheetVisibleEnum.Visible
        try:
            examined = package.examine(metadata.name)
            if isinstance(examined, Text):
                yield Finding(F009, Origin(name, metadata.name), details={"reason": examined})
                continue
            with _panics_as_errors():
                sheet = workbook.get_sheet_by_name(metadata.name)
            grid = _grid(sheet, name, examined(), is_hidden=is_hidden) if sheet.start is not None else None
        except _BROKEN as error:
            yield _unreadable(name, metadata.name, error)
            continue
        if grid is not None:
            yield grid


@contextmanager
def _panics_as_errors() -> Iterator[None]:
    """Turn a panic of calamine's Rust code, which is no `Exception`, into an error of a damaged file."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError("the file's structure is damaged") from None


def _opened(content: Path | bytes, held: Path | bytes) -> CalamineWorkbook:
    """Open by content: calamine believes a file's name, and old exports call a modern workbook ".xls"."""
    if isinstance(content, bytes):
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    suffix = content.suffix.lower()
    if isinstance(held, bytes) and suffix in _OFFICE_OPEN_XML and held.startswith(ZIP_MAGIC):
        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(held))
        except CalamineError:
            return CalamineWorkbook.from_path(str(content))  # says what is wrong with it as such a file
    with content.open("rb") as stream:
        is_zip = stream.read(4) == ZIP_MAGIC
    if is_zip is (suffix != ".xls"):
        return CalamineWorkbook.from_path(str(content))
    return CalamineWorkbook.from_filelike(io.BytesIO(content.read_bytes()))


def _grid(sheet: CalamineSheet, name: str, facts: SheetFacts, *, is_hidden: bool) -> Grid:
    first_column = sheet.start[1] if sheet.start else 0
    merged = tuple(Area(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())

    def all_rows() -> Iterator[Row]:
        rows: Iterator[Row] = sheet.iter_rows()  # type: ignore[assignment]  # lists of a part of `Cell`
        return rows

    open_rows = all_rows
    if sheet.total_height * sheet.total_width <= _FEW_CELLS:
        open_rows = list(all_rows()).__iter__  # looked through several times

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
