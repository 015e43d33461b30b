"""What the user named, in a settled order: files, folders, patterns and standard input; each is opened as what it is.

A source is decided on by its content, not by its name alone.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Final

from thidua_cli.errors import system_reason
from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Origin
from thidua_cli.read.archive import HELD_BYTES
from thidua_cli.read.faults import F001, F003, F009
from thidua_cli.read.grid import Grid
from thidua_cli.read.limits import FILE_BYTES, SNIFFED_BYTES, TEXT_BYTES, file_too_large
from thidua_cli.read.opening import Opening, opened
from thidua_cli.read.other_formats import (
    TEXT_SUFFIXES,
    WORKBOOK_SUFFIXES,
    advice,
    is_package,
    may_hold_table,
    named,
    other_formats,
)
from thidua_cli.read.passed_over import passed_over, workbooks_named_as_locks
from thidua_cli.read.patterns import matches
from thidua_cli.read.taken_for import is_workbook, markup_by_name, reason_not_to_try
from thidua_cli.side_files import STANDARD_INPUT as STANDARD_DESCRIPTOR
from thidua_cli.side_files import is_written_while_read, remember

SPREADSHEETS: Final = WORKBOOK_SUFFIXES | TEXT_SUFFIXES
STANDARD_INPUT: Final = "-"
STANDARD_INPUT_NAME: Final = "<stdin>"
"""As it is shown to the user."""
_PASSED_OVER: Final = ("~$", ".")
_NO_SPREADSHEET: Final = Text("trong thư mục không có tệp bảng tính nào", "there is no spreadsheet in the folder")
_NO_MATCH: Final = Text("không có tệp bảng tính nào khớp với mẫu tên này", "no spreadsheet fits this pattern")
_NOT_THERE: Final = Text(
    "không có tệp hoặc thư mục này; kiểm tra lại đường dẫn và đặt trong dấu ngoặc kép nếu có dấu cách",
    "there is no such file or folder; check the path, and quote it if it holds spaces",
)
_NAMELESS: Final = Text(
    "tên tệp để trống; nếu tên lấy từ một biến thì kiểm tra biến đó, thư mục hiện tại thì ghi dấu chấm (.)",
    "the name of the file is empty; check the variable it comes from, or write a dot (.) for the folder you are in",
)
_LEADS_OUTSIDE: Final = Text(
    "là liên kết dẫn tới tệp ở ngoài thư mục; nếu cần đọc thì nêu đích danh tệp đó",
    "it is a link to a file outside the folder; name that file itself if it is to be read",
)


@dataclass(frozen=True, slots=True)
class Source:
    """One input to open."""

    name: str
    """As shown to the user: the path as given, or "<stdin>"."""
    path: Path | None
    """None for standard input."""
    is_walled: bool = False
    """It is parsed behind the wall (wall.py), whatever it looks like: a process died that had it in hand."""


def expand(arguments: Iterable[str]) -> tuple[list[Source], list[Finding]]:
    """Turn arguments into sources; what leads nowhere becomes a finding (F001, F003).

    A folder stands for every spreadsheet in it, deep, in the order of names; locks of open files ("~$…"), annotated
    copies beside their originals and tables that were imported from its files are told (F016), hidden files, pipes and
    devices passed over, and a link that leads out of the folder is a finding. So are, once for a folder
    or a pattern, the files of other formats that may hold tables (F015). A pattern is expanded here because the Windows
    shell does not; a folder that it fits stands for its spreadsheets. A file named twice is read once.
    """
    sources: list[Source] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    folders: dict[Path, str] = {}
    for argument in arguments:
        for source in _expand_one(argument):
            if isinstance(source, Finding):
                findings.append(source)
            elif (key := _identity(source, folders)) not in seen:
                seen.add(key)
                sources.append(source)
    remember(*(source.path or STANDARD_DESCRIPTOR for source in sources))
    return sources, findings


def read_standard_input(limit: int) -> bytes:
    """Return what is on standard input, up to `limit` bytes."""
    return sys.stdin.buffer.read(limit)


def _identity(source: Source, folders: dict[Path, str]) -> str:
    """Return what tells a file from others, whatever way leads to it; `folders` keeps where folders really are."""
    if source.path is None:
        return STANDARD_INPUT
    folder, name = source.path.parent, source.path.name
    if os.name == "nt" or name in ("", "..") or os.path.islink(source.path):  # noqa: PTH114 - quicker for many files
        return os.path.realpath(source.path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)  # noqa: PTH118


def _expand_one(argument: str) -> Iterator[Source | Finding]:
    if argument == STANDARD_INPUT:
        yield Source(STANDARD_INPUT_NAME, None)
        return
    if not argument.strip():
        # "" is the folder the program is in, and what a shell makes of a variable that is not set
        yield Finding(F001, Origin(argument), details={"reason": _NAMELESS})
        return
    path = Path(argument)
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:  # no permission on a folder above it, or a name longer than the system allows
        yield no_access(argument, error)
        return
    if is_folder:
        yield from _folder(path)
    # Browsers name downloads "bieu[1].xlsx": a file of that name comes before the pattern.
    elif exists:
        yield Source(argument, path)
    else:
        yield from _pattern(argument)


def no_access(name: str, error: OSError) -> Finding:
    """Return the finding for a file or folder that the system does not let us read."""
    text = Text(
        "hệ thống không cho đọc ({reason}); kiểm tra quyền truy cập, hoặc đóng tệp nếu đang mở bằng Excel",
        "the system refuses: {reason}",
    )
    return Finding(F001, Origin(name), details={"reason": text.fill(reason=system_reason(error))})


def _folder(folder: Path) -> Iterator[Source | Finding]:
    files: list[Path] = []
    others: list[Path] = []
    closed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=closed.append):
        others += [Path(root, name) for name in folders if is_package(name)]
        # Version control and trash bins keep old copies of the same tables there.
        folders[:] = [name for name in folders if not name.startswith(".") and not is_package(name)]
        for name in names:
            (files if _is_spreadsheet(name) else others).append(Path(root, name))
    files += workbooks_named_as_locks(others)
    left_out = passed_over(files, others)
    yield from (no_access(os.fsdecode(error.filename or folder), error) for error in closed)
    yield from _not_read(str(folder), others, _NO_SPREADSHEET, has_files=bool(files or closed))
    yield from left_out.values()
    home = os.path.realpath(folder)
    # The order of a folder differs from system to system; findings and totals must not.
    for file in sorted(set(files) - left_out.keys(), key=_in_order):
        if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(home):
            yield Finding(F001, Origin(str(file)), details={"reason": _LEADS_OUTSIDE})
        elif file.is_file():  # not a pipe or a device that only looks like a spreadsheet
            yield Source(str(file), file)


def _in_order(file: Path) -> list[str]:
    """Return what files are put in order by: their parts, as paths are, which compare two by two for long."""
    return [os.path.normcase(part) for part in file.parts]


def _not_read(argument: str, others: Iterable[Path], nothing: Text, *, has_files: bool) -> Iterator[Finding]:
    """Yield what is said of the other files of a folder or pattern; one that has no spreadsheet is told once (F003)."""
    telling = sorted(path for path in others if not path.name.startswith(_PASSED_OVER) and may_hold_table(path))
    if has_files:
        yield from [other_formats(argument, telling)] if telling else ()
        return
    reason = nothing
    if telling:
        names, mend = named(argument, telling), advice(telling)
        but = Text("{nothing}, chỉ có tệp dạng khác: {names}; {mend}", "{nothing}, only other formats: {names}; {mend}")
        reason = but.fill(nothing=nothing, names=names, mend=mend)
    yield Finding(F003, Origin(argument), details={"reason": reason})


def _is_spreadsheet(name: str) -> bool:
    ending = os.path.splitext(name)[1]  # noqa: PTH122 - quicker for many files
    return ending.lower() in SPREADSHEETS and not name.startswith(_PASSED_OVER)


def _pattern(argument: str) -> Iterator[Source | Finding]:
    if not glob.has_magic(argument):
        yield Finding(F001, Origin(argument), details={"reason": _NOT_THERE})
        return
    fitting = matches(argument)
    files = [match for match in fitting if match.is_file() and _is_spreadsheet(match.name)]
    others = [match for match in fitting if match.is_file() and not _is_spreadsheet(match.name)]
    # "**" has matched what is in the folders already.
    folders = [match for match in fitting if match.is_dir() and "**" not in argument]
    inside = [each for folder in folders for each in _folder(folder) if not _is_empty_folder(each)]
    left_out = passed_over(files, others)
    yield from _not_read(argument, others, _NO_MATCH, has_files=bool(files or inside))
    yield from left_out.values()
    yield from (Source(str(match), match) for match in files if match not in left_out)
    yield from inside


def _is_empty_folder(each: Source | Finding) -> bool:
    """Say whether this is what is said of a folder without spreadsheets: of one that a pattern fits it is no news."""
    return isinstance(each, Finding) and each.details.get("reason") is _NO_SPREADSHEET


_NO_FILE: Final = Text(
    "không phải là tệp thông thường (thiết bị hoặc ống dẫn); để đọc từ ống dẫn hãy dùng “-”",
    "it is no ordinary file but a device or a pipe; to read from a pipe use “-”",
)


def open_source(source: Source) -> Iterator[Grid | Finding]:
    """Yield the grids of one source; a source that cannot be read yields F001, F002 or F009.

    Raises:
        CutShortError: Where the rows of a sheet are asked for: the process that parses the file died meanwhile.
    """
    try:
        content: Path | bytes
        if source.path is None:
            content = read_standard_input(FILE_BYTES + 1)
            size = len(content)
        else:
            remember(source.path)
            content, state = source.path, source.path.stat()
            size = state.st_size
            if not S_ISREG(state.st_mode) or is_written_while_read(content, size):
                yield _refused(source, _NO_FILE)  # a pipe or a device: opening it may wait for ever
                return
        # A small file is read once for all that is to be done with it.
        whole = content.read_bytes() if isinstance(content, Path) and size <= HELD_BYTES else content
        head = whole[:SNIFFED_BYTES] if isinstance(whole, bytes) else _head(whole)
    except OSError as error:
        yield no_access(source.name, error)
        return
    except ValueError:  # no file can have such a name
        yield _refused(source, _NOT_THERE)
        return
    markup = markup_by_name(head, source.path)
    refusal = reason_not_to_try(head, source.path, is_markup=markup is not None)
    if refusal is not None:
        yield _refused(source, refusal)
        return
    too_large = file_too_large(size, FILE_BYTES if is_workbook(head) else TEXT_BYTES)
    if too_large is not None:
        yield Finding(F009, Origin(source.name), details={"reason": too_large})
        return
    try:
        opening = Opening(content, whole, source.name, size, markup, is_workbook(head))
        yield from opened(opening, walled=source.is_walled)
    except OSError as error:  # taken away or locked while it was being read
        yield no_access(source.name, error)


def digest(source: Source) -> str:
    """Return the SHA-256 of a file; empty for standard input and for what cannot be read."""
    if source.path is None:
        return ""
    try:
        state = source.path.stat()
        # what is no ordinary file may have no end (side_files.py)
        is_file = S_ISREG(state.st_mode) and state.st_size > 0
        return _digest_of(source.path, state.st_size, state.st_mtime_ns) if is_file else ""
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
        return stream.read(SNIFFED_BYTES)


def _refused(source: Source, reason: Text) -> Finding:
    return Finding(F001, Origin(source.name), details={"reason": reason})
