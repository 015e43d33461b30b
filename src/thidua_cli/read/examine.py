"""Look through a workbook before calamine does: is it safe to parse, and what will calamine not say of its sheets?"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from thidua_cli.findings import Kind
from thidua_cli.language import Text
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.archive import HELD_BYTES, CountedArchive, HeldArchive
from thidua_cli.read.background import Background
from thidua_cli.read.claims import claims_too_much, names_too_many_sheets
from thidua_cli.read.faults import F001, F009
from thidua_cli.read.grid import SheetFacts
from thidua_cli.read.limits import (
    PLAIN_BYTES,
    SCAN_WHOLE_BYTES,
    SHEETS_WITHOUT_PART,
    archive_too_large,
    declares_document_type,
    is_read,
    not_a_workbook,
)
from thidua_cli.read.marked_text import TextMarks
from thidua_cli.read.reach import (
    binary_reaches_too_far,
    large_xml_reaches_too_far,
    xml_reaches_too_far,
)
from thidua_cli.read.repeated_texts import repeats_too_much
from thidua_cli.read.sheet_xml import (
    WORKBOOK_BIN,
    WORKBOOK_XML,
    asks_for_calculation,
    marks_in,
    scan,
    scan_sheet,
    sheet_parts,
)
from thidua_cli.read.suspicion import is_odd_archive

if TYPE_CHECKING:
    from thidua_cli.read.plain_parts import PlainParts
    from thidua_cli.read.plain_sheet import PlainSheet

MAIN_PARTS: Final = frozenset({WORKBOOK_XML, WORKBOOK_BIN, "content.xml"})
COMPOUND_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError)
"""What a damaged archive raises, or a sheet that is not plain: both are found again by those who say so."""
_CONTENT: Final = "content.xml"
"""The part that holds all sheets of an .ods."""
_SCAN_BESIDE_BYTES: Final = 1 << 18
"""A smaller sheet is looked through before a thread for it has started."""


class Refusal(NamedTuple):
    """Why a workbook is not parsed."""

    kind: Kind
    reason: Text


class WorkbookArchive:
    """A workbook as the archive holds it; of one that is no ZIP archive (.xls) nothing can be said."""

    def __init__(self, content: Path | bytes) -> None:
        self._content = content
        # An .xls may end in an archive that was put into it: what a file begins with decides.
        self._is_archive = not _begins_with(content, COMPOUND_MAGIC)
        self._held: nullcontext[zipfile.ZipFile] | None = None
        self._parts: dict[str, str] | None = None
        self._marks: tuple[TextMarks | None, ...] = ()
        """The crossed-out and raised texts of the workbook, once they were looked for."""
        self._asks = False
        """The workbook asks for its formulas to be calculated when it is opened."""
        self._facts: dict[str, SheetFacts] | None = None
        """Sheet name → what is hidden of it, of the formats that hold all sheets in one part."""
        self._plain: tuple[PlainParts | None] | None = None
        """The shared texts and styles of a workbook with a large sheet, where they are plain."""

    def refusal(self) -> Refusal | None:
        """Say why the workbook is not parsed; None where it may be.

        Raises:
            BadZipFile: The archive is damaged.
        """
        if not self._is_archive:
            return _refusal_of_old(self._content)
        with self._opened() as archive:
            reason = not_a_workbook(archive)
            if reason is not None:
                return Refusal(F001, reason)
            reason = archive_too_large(archive) or declares_document_type(archive)
            if reason is None:
                reason = names_too_many_sheets(archive)
            if reason is None:
                parts = self._sheet_parts(archive)
                reason = claims_too_much(archive, {_CONTENT, *parts.values()})
            if reason is None and _CONTENT in archive.NameToInfo:
                reason = _content_reason(archive.read(_CONTENT))
        return Refusal(F009, reason) if reason is not None else None

    def _sheet_parts(self, archive: zipfile.ZipFile) -> dict[str, str]:
        """Return sheet name → part.

        Raises:
            BadZipFile: A sheet lies where no program puts one.
        """
        if self._parts is None:
            parts = sheet_parts(archive) or _binary_parts(archive)
            if not all(map(is_read, parts.values())):
                raise zipfile.BadZipFile("a sheet among the pictures")
            if len(parts) - len(set(parts.values())) > SHEETS_WITHOUT_PART:
                raise zipfile.BadZipFile("many sheets in one part")
            self._parts = parts
            self._asks = _asks(archive)
        return self._parts

    def has_unusual_parts(self) -> bool:
        """Say whether the main part is not where programs put it: then its sheets are looked for in vain.

        Raises:
            BadZipFile: The archive is damaged.
        """
        if not self._is_archive:
            return False
        with self._opened() as archive:
            return archive.NameToInfo.keys().isdisjoint(MAIN_PARTS)

    def is_binary(self) -> bool:
        """Say whether it is an .xlsb.

        Raises:
            BadZipFile: The archive is damaged.
        """
        if not self._is_archive:
            return False
        with self._opened() as archive:
            return WORKBOOK_BIN in archive.NameToInfo

    def is_risky(self) -> bool:
        """Say whether the workbook is parsed behind the wall (wall.py): any but a sound .xlsx.

        Of older and binary formats less can be known before they are parsed; libraries have died of them.

        Raises:
            BadZipFile: The archive is damaged.
        """
        if not self._is_archive:
            return True
        with self._opened() as archive:
            others = not archive.NameToInfo.keys().isdisjoint((WORKBOOK_BIN, _CONTENT))
        return others or self.is_suspect()

    def is_suspect(self) -> bool:
        """Say whether the workbook is to be parsed apart from this process, though nothing refuses it.

        Raises:
            BadZipFile: The archive is damaged.
        """
        if not self._is_archive:
            from thidua_cli.read.compound_chains import is_ordinary

            return zipfile.is_zipfile(_stream(self._content)) or not is_ordinary(_bytes(self._content))
        with self._opened() as archive:
            return is_odd_archive(archive)

    def examine(self, sheet: str) -> Text | Callable[[], SheetFacts]:
        """Return why a sheet is not parsed, or the work that finds what calamine hides of it.

        The work on a large sheet is under way already: both walk the whole XML and let go of the interpreter while
        they do, so that it waits for one only.
        """
        if not self._is_archive:
            return partial(self._of_all_sheets, sheet)
        with self._opened() as archive:
            if _CONTENT in archive.NameToInfo:
                return partial(self._of_all_sheets, sheet)
            part = self._sheet_parts(archive).get(sheet)
            if part is not None:
                return _examined(archive, part) or self._what_is_hidden(archive, part)
            # calamine may find a sheet where we do not: then every sheet of the archive must be safe
            return next(filter(None, (_examined(archive, worksheet) for worksheet in _worksheets(archive))), SheetFacts)

    def plain_sheet(self, sheet: str) -> PlainSheet | None:
        """Return a large sheet that is plain; None of any other, which is to be examined before calamine parses it.

        No more is read of it than what it claims, and no more of it is held than a sheet may hold (limits.py).
        """
        if not self._is_archive:
            return None
        with suppress(*_DAMAGED), self._opened() as archive:
            part = self._sheet_parts(archive).get(sheet, "")
            size = archive.getinfo(part).file_size
            is_large = size > PLAIN_BYTES and part.endswith(".xml")
            if is_large and (size > SCAN_WHOLE_BYTES or repeats_too_much(archive, part) is None):
                return self._read_plain(archive, part)
        return None

    def _read_plain(self, archive: zipfile.ZipFile, part: str) -> PlainSheet | None:
        from thidua_cli.read.plain_parts import PlainParts  # late: most sheets are small
        from thidua_cli.read.plain_sheet import plain_sheet

        if self._plain is None:
            self._plain = (PlainParts.of(archive) if self._marks_in(archive) is None else None,)
        parts = self._plain[0]
        return None if parts is None else plain_sheet(archive, part, parts)

    def _of_all_sheets(self, sheet: str) -> SheetFacts:
        if self._facts is None:
            self._facts = self._facts_of_all()
        return self._facts.get(sheet) or (SheetFacts() if self._is_archive else _unchecked())

    def _facts_of_all(self) -> dict[str, SheetFacts]:
        # late, as all that reads other formats here: most workbooks are .xlsx
        if not self._is_archive:
            from thidua_cli.read import biff8

            return biff8.sheets_facts(_bytes(self._content))
        from thidua_cli.read import content_xml

        with self._opened() as archive:
            return content_xml.sheets_facts(archive.read(_CONTENT))

    def _what_is_hidden(self, archive: zipfile.ZipFile, part: str) -> Callable[[], SheetFacts]:
        if part.endswith(".bin"):
            from thidua_cli.read import biff12

            return partial(biff12.scan, archive.read(part), asks=self._asks)
        size = archive.getinfo(part).file_size
        if size > SCAN_WHOLE_BYTES:
            return Background(partial(self._scan, part)).result
        work = partial(self._scan_whole, archive.read(part))
        return Background(work).result if size > _SCAN_BESIDE_BYTES else work

    def _scan(self, part: str) -> SheetFacts:
        with CountedArchive(_stream(self._content)) as archive:
            return scan_sheet(archive, part, asks=self._asks, marks=self._marks_in(archive))

    def _scan_whole(self, xml: bytes) -> SheetFacts:
        with self._opened() as archive:
            return scan([xml], asks=self._asks, marks=self._marks_in(archive))

    def _marks_in(self, archive: zipfile.ZipFile) -> TextMarks | None:
        if not self._marks:
            self._marks = (marks_in(archive),)
        return self._marks[0]

    def _opened(self) -> AbstractContextManager[zipfile.ZipFile]:
        """Open the archive; one that is held in memory stays open."""
        if self._held is not None:
            return self._held
        if isinstance(self._content, bytes) and len(self._content) <= HELD_BYTES:
            self._held = nullcontext(HeldArchive(self._content))
            return self._held
        return CountedArchive(_stream(self._content))


def _refusal_of_old(content: Path | bytes) -> Refusal | None:
    """Say why an .xls is not parsed."""
    from thidua_cli.read.biff8_extent import xls_asks_too_much
    from thidua_cli.read.compound_chains import compound_fault

    whole = _bytes(content)
    fault = compound_fault(whole)
    if fault is not None:
        return Refusal(F001, fault)
    reason = xls_asks_too_much(whole)
    return Refusal(F009, reason) if reason is not None else None


def _bytes(content: Path | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def _unchecked() -> SheetFacts:
    from thidua_cli.read import biff8

    return SheetFacts(unchecked=biff8.UNCHECKED)


def _binary_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return sheet name → part of an .xlsb; nothing of any other archive."""
    if WORKBOOK_BIN not in archive.NameToInfo:
        return {}
    from thidua_cli.read import biff12

    return biff12.binary_sheet_parts(archive)


def _asks(archive: zipfile.ZipFile) -> bool:
    if WORKBOOK_XML in archive.NameToInfo:
        return asks_for_calculation(archive.read(WORKBOOK_XML))
    if WORKBOOK_BIN not in archive.NameToInfo:
        return False
    from thidua_cli.read import biff12

    return biff12.asks_for_calculation(archive.read(WORKBOOK_BIN))


def _worksheets(archive: zipfile.ZipFile) -> list[str]:
    return [name for name in archive.namelist() if "worksheets/" in name and name.endswith((".xml", ".bin"))]


def _content_reason(xml: bytes) -> Text | None:
    from thidua_cli.read.content_reach import content_asks_too_much, is_well_formed

    if not is_well_formed(xml):
        raise ValueError("content.xml is not well-formed")
    return content_asks_too_much(xml)


def _examined(archive: zipfile.ZipFile, part: str) -> Text | None:
    """Say why a sheet is not parsed; None where it may be."""
    if archive.getinfo(part).file_size > SCAN_WHOLE_BYTES and not part.endswith(".bin"):
        return large_xml_reaches_too_far(archive, part)
    reaches_too_far = binary_reaches_too_far if part.endswith(".bin") else xml_reaches_too_far
    return reaches_too_far(archive.read(part)) or repeats_too_much(archive, part)


def _begins_with(content: Path | bytes, magic: bytes) -> bool:
    if isinstance(content, bytes):
        return content.startswith(magic)
    with content.open("rb") as stream:
        return stream.read(len(magic)) == magic


def _stream(content: Path | bytes) -> Path | IO[bytes]:
    return content if isinstance(content, Path) else io.BytesIO(content)
