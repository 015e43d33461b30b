"""A workbook as calamine opens it, by what it holds, and once more, mended, where calamine refuses what Excel opens."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from thidua_cli.read.examine import WorkbookArchive
from thidua_cli.read.risk import take_risk
from thidua_cli.read.sheet_xml import WORKBOOK_BIN, WORKBOOK_XML

if TYPE_CHECKING:
    from thidua_cli.read.mended import Mended

ZIP_MAGIC: Final = b"PK\x03\x04"
_OFFICE_OPEN_XML: Final = (".xlsx", ".xlsm")
BROKEN: Final = (
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
_MAIN_PART: Final = dict.fromkeys(_OFFICE_OPEN_XML, WORKBOOK_XML) | {
    ".xlsb": WORKBOOK_BIN,
    ".ods": "content.xml",
}


def begins_as_zip(whole: Path | bytes) -> bool:
    """Say whether a file begins like a ZIP archive."""
    if isinstance(whole, bytes):
        return whole.startswith(ZIP_MAGIC)
    with whole.open("rb") as stream:
        return stream.read(4) == ZIP_MAGIC


def _is_misnamed(whole: Path | bytes, suffix: str) -> bool:
    """Say whether a modern workbook holds the main part of another format than its name says."""
    part, stream = _MAIN_PART.get(suffix), io.BytesIO(whole) if isinstance(whole, bytes) else whole
    if part is None or not zipfile.is_zipfile(stream):
        return False
    with zipfile.ZipFile(stream) as archive:
        names = archive.NameToInfo
        return part not in names and any(main_part in names for main_part in _MAIN_PART.values())


def opened(content: Path | bytes, whole: Path | bytes) -> MendableWorkbook:
    """Open a workbook by its content, whatever it is named; `whole` is a small one that is read already.

    Raises:
        CalamineError, PasswordError: It is damaged or locked.
    """
    if not begins_as_zip(whole):
        from thidua_cli.read.biff8_mended import with_sound_numbers  # late: for .xls alone

        sound = with_sound_numbers(bytes_of(whole))
        if sound is not None:
            return held(sound)
    return MendableWorkbook(_opened_as_named(content, whole), whole)


def _opened_as_named(content: Path | bytes, whole: Path | bytes) -> CalamineWorkbook:
    """Open by content: calamine believes a file's name, and old exports call a modern workbook ".xls"."""
    if isinstance(content, bytes):
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    suffix = content.suffix.lower()
    is_zip = begins_as_zip(whole)
    if is_zip and isinstance(whole, bytes) and suffix in _OFFICE_OPEN_XML:
        with suppress(CalamineError):
            return CalamineWorkbook.from_filelike(io.BytesIO(whole))
    if is_zip is (suffix != ".xls"):
        try:
            return CalamineWorkbook.from_path(str(content))  # says what is wrong with it as such a file
        except CalamineError:
            if not _is_misnamed(whole, suffix):
                raise
    return CalamineWorkbook.from_filelike(io.BytesIO(content.read_bytes()))


def names_are_apart(workbook: MendableWorkbook) -> bool:
    """Say whether every sheet has a name of its own, by which calamine finds it."""
    names = workbook.sheet_names
    return bool(names) and "" not in names and len(set(names)) == len(names)


def opened_in_usual_places(whole: Path | bytes) -> Mended | None:
    """Return a workbook that calamine refused so that it opens it; None where that does not help."""
    if not begins_as_zip(whole):
        return None
    with suppress(*BROKEN):
        again = mended(whole)
        if again is not None:
            held(again.content)
            return again
    return None


def mended(whole: Path | bytes) -> Mended | None:
    """Return a workbook with its parts in their usual places; None where it has no main part.

    Raises:
        BadZipFile, zlib.error: The archive is damaged.
        ValueError: What comes out is not to be parsed either.
    """
    from thidua_cli.read.mended import in_usual_places  # late: few workbooks need it

    take_risk()
    again = in_usual_places(bytes_of(whole))
    if again is not None and WorkbookArchive(again.content).refusal() is not None:
        raise ValueError("the mended workbook is refused")
    return again


def held(content: bytes) -> MendableWorkbook:
    """Open a workbook that is in memory as a whole.

    Raises:
        CalamineError: It is damaged.
    """
    return MendableWorkbook(CalamineWorkbook.from_filelike(io.BytesIO(content)), content)


def bytes_of(whole: Path | bytes) -> bytes:
    """Return the content of a file that may be in memory already."""
    return whole if isinstance(whole, bytes) else whole.read_bytes()


class MendableWorkbook:
    """A workbook whose sheets are tried once more, without what calamine stumbles over, where it refuses one."""

    def __init__(self, workbook: CalamineWorkbook, content: Path | bytes) -> None:
        self._workbook = workbook
        self._content = content
        self._mended: CalamineWorkbook | None = None
        self._is_mendable = begins_as_zip(content)
        self.sheets_metadata = workbook.sheets_metadata
        self.sheet_names = workbook.sheet_names

    def sheet(self, name: str) -> CalamineSheet:
        """Return a sheet.

        Raises:
            CalamineError: Its part is damaged or missing.
        """
        try:
            return self._workbook.get_sheet_by_name(name)
        except CalamineError:
            if self._is_mendable and self._mended is None:
                self._mended = self._without_oddities()
            if self._mended is None:
                raise
            return self._mended.get_sheet_by_name(name)

    def _without_oddities(self) -> CalamineWorkbook | None:
        self._is_mendable = False
        from thidua_cli.read.mended import with_sound_cells

        take_risk()
        sound = with_sound_cells(bytes_of(self._content))
        return None if sound is None else CalamineWorkbook.from_filelike(io.BytesIO(sound))
