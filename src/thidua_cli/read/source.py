"""What the user named: files, folders, patterns and standard input, in a settled order."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.read.faults import F001, F003

SPREADSHEETS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt"})
STANDARD_INPUT: Final = "-"
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


def expand(arguments: Iterable[str]) -> tuple[list[Source], list[Finding]]:
    """Turn arguments into sources; what leads nowhere becomes a finding (F001, F003).

    A folder stands for every spreadsheet in it, deep, in the order of names; Excel's lock files ("~$…"), hidden files,
    pipes and devices are passed over, and a link that leads out of the folder is a finding. A pattern is expanded here
    because the Windows shell does not. A file named twice is read once.
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
        yield Source("<stdin>", None)
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
    reason = error.strerror or str(error)
    text = Text(
        f"hệ thống không cho đọc ({reason}); kiểm tra quyền truy cập, hoặc đóng tệp nếu đang mở bằng Excel",
        f"the system refuses: {reason}",
    )
    return Finding(F001, Origin(name), details={"reason": text})


def _folder(folder: Path) -> Iterator[Source | Finding]:
    files: list[Path] = []
    closed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=closed.append):
        # Version control and trash bins keep old copies of the same tables there.
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(root, name) for name in names if _is_spreadsheet(name)]
    yield from (no_access(os.fsdecode(error.filename or folder), error) for error in closed)
    if not files and not closed:
        reason = Text("trong thư mục không có tệp bảng tính nào", "there is no spreadsheet in the folder")
        yield Finding(F003, Origin(str(folder)), details={"reason": reason})
    home = os.path.realpath(folder)
    # The order of a folder differs from system to system; findings and totals must not.
    for file in sorted(files):
        if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(home):
            yield Finding(F001, Origin(str(file)), details={"reason": _LEADS_OUTSIDE})
        elif file.is_file():  # not a pipe or a device that only looks like a spreadsheet
            yield Source(str(file), file)


def _is_spreadsheet(name: str) -> bool:
    return Path(name).suffix.lower() in SPREADSHEETS and not name.startswith(("~$", "."))


def _pattern(argument: str) -> Iterator[Source | Finding]:
    is_pattern = glob.has_magic(argument)
    matches = sorted(glob.glob(argument, recursive=True)) if is_pattern else []  # noqa: PTH207 - patterns may be absolute
    files = [match for match in matches if Path(match).is_file() and _is_spreadsheet(Path(match).name)]
    if files:
        yield from (Source(match, Path(match)) for match in files)
    elif is_pattern:
        reason = Text("không có tệp bảng tính nào khớp với mẫu tên này", "no spreadsheet fits this pattern")
        yield Finding(F003, Origin(argument), details={"reason": reason})
    else:
        reason = Text(
            "không có tệp hoặc thư mục này; kiểm tra lại đường dẫn và đặt trong dấu ngoặc kép nếu có dấu cách",
            "there is no such file or folder; check the path, and quote it if it holds spaces",
        )
        yield Finding(F001, Origin(argument), details={"reason": reason})
