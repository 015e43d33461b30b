"""Workbooks (.xlsx, .xlsm, .xls, .xlsb, .ods) as grids, over calamine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from python_calamine import (
    CalamineSheet,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.read.examine import COMPOUND_MAGIC, WorkbookArchive
from thidua_cli.read.faults import F001, F009
from thidua_cli.read.grid import Grid
from thidua_cli.read.opened_workbook import (
    BROKEN,
    MendableWorkbook,
    begins_as_zip,
    bytes_of,
    held,
    mended,
    names_are_apart,
    opened,
    opened_in_usual_places,
)
from thidua_cli.read.panics import panics_as_errors
from thidua_cli.read.risk import take_risk
from thidua_cli.read.sheet_values import SheetValues, sheet_values, stored_sheet
from thidua_cli.read.stored_zeros import StoredSheet

if TYPE_CHECKING:
    from thidua_cli.read.mended import Mended
    from thidua_cli.read.plain_sheet import PlainSheet

F002: Final = Kind(
    code="F002",
    name="encrypted-file",
    severity=Severity.ERROR,
    standing=Standing.NOTHING,
    title=Text("Tệp có mật khẩu", "File is encrypted"),
    message=Text("Tệp được đặt mật khẩu nên không đọc được", "The file is protected by a password and cannot be read"),
    what=Text(
        "Sổ tính được mã hóa bằng mật khẩu mở tệp.",
        "The workbook is encrypted with a password to open it.",
    ),
    why=Text(
        "Chương trình không hỏi và không dò mật khẩu; số liệu trong tệp không được sử dụng.",
        "The program neither asks for passwords nor guesses them; nothing in the file is used.",
    ),
    example=Text(
        "Tệp của xã mở ra thì Excel hỏi mật khẩu.",
        "Excel asks for a password when the commune's file is opened.",
    ),
    mend=Text(
        "Mở tệp trong Excel, vào Tệp › Thông tin › Bảo vệ sổ làm việc, bỏ mật khẩu mở tệp rồi lưu lại.",
        "Open the file in Excel, go to File › Info › Protect Workbook, remove the password to open, and save.",
    ),
)

_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")


def open_workbook(content: Path | bytes, whole: Path | bytes, name: str) -> Iterator[Grid | Finding]:
    """Yield every sheet with cells as a `Grid`, in the workbook's order; F001, F002 or F009 where it cannot be opened.

    `whole` is the content of a small file, else the same as `content`. What a sheet hides is in `Grid.facts`; what its
    format does not tell in `SheetFacts.unchecked`.
    """
    archive = WorkbookArchive(whole)
    again: Mended | None = None
    try:
        refusal = archive.refusal()
        if refusal is not None:
            yield Finding(refusal.kind, Origin(name), details={"reason": refusal.reason})
            return
        if _is_encrypted(whole):
            yield from _decrypted(whole, name)
            return
        if archive.is_risky():
            take_risk()
        full = _with_full_cells(whole) if archive.is_binary() else None
        if full is not None:
            yield from open_workbook(full, full, name)
            return
        again = mended(whole) if archive.has_unusual_parts() else None
        with panics_as_errors(may_panic=_may_panic(content, whole)):
            workbook = opened(content, whole) if again is None else held(again.content)
    except PasswordError:
        yield from _decrypted(whole, name)
        return
    except BROKEN as error:
        # A workbook that Excel opens all the same: some sheet of it has no part.
        again = opened_in_usual_places(whole) if again is None else None
        if again is None:
            yield _unreadable(name, "", error)
            return
        workbook = held(again.content)
    if again is None and not names_are_apart(workbook):
        # calamine finds sheets by their names: the first of a name would be read for every one, and none without any
        again = opened_in_usual_places(whole)
        workbook = workbook if again is None else held(again.content)
    if again is not None:
        archive = WorkbookArchive(again.content)
        yield from (_without_part(name, sheet) for sheet in again.lost)
    yield from _sheets(workbook, archive, name, may_panic=_may_panic(content, whole))


def _with_full_cells(whole: Path | bytes) -> bytes | None:
    from thidua_cli.read.biff12_mended import with_full_cells  # late: few workbooks are of this kind

    take_risk()
    return with_full_cells(bytes_of(whole))


def _decrypted(whole: Path | bytes, name: str) -> Iterator[Grid | Finding]:
    """Yield the sheets of a workbook that only Excel's own password locks; F002 where somebody set another one."""
    from thidua_cli.read.default_password import decrypted

    take_risk()
    content = decrypted(bytes_of(whole))
    if content is None or _is_encrypted(content):
        yield Finding(F002, Origin(name))
    else:
        yield from open_workbook(content, content, name)


def _sheets(
    workbook: MendableWorkbook, archive: WorkbookArchive, name: str, *, may_panic: bool
) -> Iterator[Grid | Finding]:
    others = _OtherSheets(workbook, archive, may_panic=may_panic)
    names: set[str] = set()
    for metadata in workbook.sheets_metadata:
        # A chart on a sheet of its own has no cells.
        if metadata.typ is not SheetTypeEnum.WorkSheet:
            continue
        if metadata.name in names:
            yield Finding(F001, Origin(name, metadata.name), details={"reason": _SAME_NAME})
            continue
        names.add(metadata.name)
        is_hidden = metadata.visible is not SheetVisibleEnum.Visible
        plain = archive.plain_sheet(metadata.name)
        if plain is not None:
            yield _plain_grid(plain, name, metadata.name, is_hidden=is_hidden)
            continue
        try:
            examined = archive.examine(metadata.name)
            if isinstance(examined, Text):
                yield Finding(F009, Origin(name, metadata.name), details={"reason": examined})
                continue
            with panics_as_errors(may_panic=may_panic):
                sheet = workbook.sheet(metadata.name)
            # A sheet without any value has no first cell.
            grid = None
            if sheet.start is not None:
                values = sheet_values(sheet, examined(), others.sheet)
                grid = _grid(sheet, name, values, is_hidden=is_hidden)
        except BROKEN as error:
            yield _unreadable(name, metadata.name, error)
            continue
        if grid is not None:
            yield grid


class _OtherSheets:
    """The sheets that formulas lead to, each opened when the first of them does."""

    def __init__(self, workbook: MendableWorkbook, archive: WorkbookArchive, *, may_panic: bool) -> None:
        self._workbook = workbook
        self._archive = archive
        self._may_panic = may_panic
        self._stored: dict[str, StoredSheet | None] = {}

    def sheet(self, name: str) -> StoredSheet | None:
        """Return a sheet as it is stored; None where there is none, or it cannot be read."""
        if name not in self._stored:
            self._stored[name] = None
            with suppress(*BROKEN):
                self._stored[name] = self._opened(name)
        return self._stored[name]

    def _opened(self, name: str) -> StoredSheet | None:
        if name not in self._workbook.sheet_names:
            return None
        examined = self._archive.examine(name)
        if isinstance(examined, Text):
            return None
        with panics_as_errors(may_panic=self._may_panic):
            sheet = self._workbook.sheet(name)
        return stored_sheet(sheet, examined())


def _may_panic(content: Path | bytes, whole: Path | bytes) -> bool:
    """Say whether a workbook is of a binary format, of whose damage calamine may make a panic."""
    return isinstance(content, bytes) or content.suffix.lower() in (".xls", ".xlsb") or not begins_as_zip(whole)


def _grid(sheet: CalamineSheet, name: str, values: SheetValues, *, is_hidden: bool) -> Grid:
    first_column = sheet.start[1] if sheet.start else 0
    facts = values.facts
    return Grid(name, sheet.name, values.open_rows, first_column, facts.merged, facts, is_hidden=is_hidden)


def _plain_grid(sheet: PlainSheet, name: str, sheet_name: str, *, is_hidden: bool) -> Grid:
    parts = (name, sheet_name, sheet.in_rows, sheet.first_column, (), sheet.facts)
    return Grid(*parts, is_hidden=is_hidden, open_columns=sheet.in_columns)


def _is_encrypted(content: Path | bytes) -> bool:
    """Say whether an Office file is wrapped in encryption: a compound file with an EncryptedPackage stream."""
    if isinstance(content, bytes):
        # The directory of streams is never encrypted, and its names are 16-bit letters.
        return content.startswith(COMPOUND_MAGIC) and _ENCRYPTED_PACKAGE in content
    with content.open("rb") as stream:
        return stream.read(8) == COMPOUND_MAGIC and _ENCRYPTED_PACKAGE in stream.read()


_SAME_NAME: Final = Text(
    "một trang tính đứng trước đã mang tên này, nên trang tính sau không đọc được; hãy đổi tên rồi lưu lại",
    "an earlier sheet bears this name, so that the later one cannot be read; rename it and save the workbook",
)


def _without_part(name: str, sheet: str) -> Finding:
    reason = Text(
        f"sổ tính nêu tên trang tính “{sheet}” nhưng không chứa nội dung của nó; hãy mở bằng Excel rồi lưu lại",
        f"the workbook names the sheet “{sheet}” and does not hold it; open it in Excel and save it",
    )
    return Finding(F001, Origin(name, sheet), details={"reason": reason})


def _unreadable(name: str, sheet: str, error: Exception) -> Finding:
    if sheet and type(error).__name__ == "WorksheetNotFound":
        return _without_part(name, sheet)
    # What the library says of it is English and about its own workings.
    reason = Text(
        "sổ tính bị hỏng hoặc bị cắt cụt; hãy mở bằng Excel, lưu lại, hoặc xin lại tệp",
        f"the workbook is damaged or cut short ({error}); open it in Excel and save it, or ask for the file again",
    )
    return Finding(F001, Origin(name, sheet), details={"reason": reason})
