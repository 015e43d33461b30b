"""Workbooks (.xlsx, .xlsm, .xls, .xlsb, .ods) as grids, over calamine."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.read.background import Background
from thidua_cli.read.faults import F001, F002
from thidua_cli.read.grid import Area, Fault, Grid, Row
from thidua_cli.read.sheet_xml import find_faults, sheet_parts

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
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")


def open_workbook(content: Path | bytes, name: str) -> Iterator[Grid | Finding]:
    """Yield every sheet with cells as a `Grid`, in the workbook's order; F001 or F002 where it cannot be opened."""
    if _is_encrypted(content):
        yield Finding(F002, Origin(name))
        return
    try:
        workbook = _opened(content)
    except PasswordError:
        yield Finding(F002, Origin(name))
        return
    except _BROKEN as error:
        yield _unreadable(name, "", error)
        return
    faults = _Faults(content)
    for metadata in workbook.sheets_metadata:
        if metadata.typ is not SheetTypeEnum.WorkSheet:
            continue
        try:
            # Both walk the whole XML and let go of the interpreter while they do: a large sheet waits for one only.
            hidden = Background(partial(faults.of, metadata.name))
            sheet = workbook.get_sheet_by_name(metadata.name)
            grid = _grid(sheet, name, hidden.result()) if sheet.start is not None else None
        except _BROKEN as error:
            yield _unreadable(name, metadata.name, error)
            continue
        if grid is not None:
            yield grid


def _opened(content: Path | bytes) -> CalamineWorkbook:
    """Open by content: calamine believes a file's name, and old exports call a modern workbook ".xls"."""
    if isinstance(content, bytes):
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    with content.open("rb") as stream:
        is_zip = stream.read(4) == ZIP_MAGIC
    if is_zip is (content.suffix.lower() != ".xls"):
        return CalamineWorkbook.from_path(str(content))
    return CalamineWorkbook.from_filelike(io.BytesIO(content.read_bytes()))


def _grid(sheet: CalamineSheet, name: str, faults: Mapping[tuple[int, int], Fault]) -> Grid:
    first_column = sheet.start[1] if sheet.start else 0
    merged = tuple(Area(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())

    def open_rows() -> Iterator[Row]:
        rows: Iterator[Row] = sheet.iter_rows()  # type: ignore[assignment]  # lists of a part of `Cell`
        return rows

    return Grid(name, sheet.name, open_rows, first_column, merged, faults)


class _Faults:
    """Hidden cells by sheet; the archive is opened once, and only for the XML formats."""

    def __init__(self, content: Path | bytes) -> None:
        self._content = content
        self._parts: dict[str, str] | None = None

    def of(self, sheet: str) -> Mapping[tuple[int, int], Fault]:
        stream = self._content if isinstance(self._content, Path) else io.BytesIO(self._content)
        if not zipfile.is_zipfile(stream):
            return {}
        with zipfile.ZipFile(stream) as archive:
            if self._parts is None:
                self._parts = sheet_parts(archive)
            part = self._parts.get(sheet, "")
            return find_faults(archive, part) if part.endswith(".xml") else {}


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
