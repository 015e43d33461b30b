"""Files of a folder that a person would not read as tables of their own: each is told once (F016), the others are read.

Locks of files that are open, annotated copies beside their originals, and tables that `thidua import` made of files in
the same folder. What is not certainly one of these is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.read.examine import COMPOUND_MAGIC
from thidua_cli.read.other_formats import TEXT_SUFFIXES, WORKBOOK_SUFFIXES

F016: Final = Kind(
    code="F016",
    name="passed-over",
    severity=Severity.NOTE,
    standing=Standing.NOTHING,
    names=("reason",),
    title=Text("Tệp trong thư mục được bỏ qua", "A file of the folder is passed over"),
    message=Text("Bỏ qua tệp này: {reason}", "Passed over: {reason}"),
    what=Text(
        "Thư mục (hoặc mẫu tên) có tệp khóa của một tệp đang mở (~$…, .~lock.…#), bản có chú thích do check --annotate"
        " lập nằm cạnh tệp gốc, hoặc bảng do thidua import lập từ các tệp cũng có trong thư mục.",
        "The folder (or pattern) holds the lock of a file that is open (~$…, .~lock.…#), a copy that check --annotate"
        " wrote"
        " beside its original, or a table that thidua import made of files in the same folder.",
    ),
    why=Text(
        "Đọc cả hai thì cùng một số liệu có hai lần. Tệp đang mở thì số chưa lưu không được đọc.",
        "Read as well, the same figures would be there twice. What is not saved yet of an open file is not read.",
    ),
    example=Text(
        "Thư mục có bieu-2024.xlsx, bieu-2024.thidua.xlsx và ~$bieu-2024.xlsx: chỉ đọc bieu-2024.xlsx.",
        "A folder holds bieu-2024.xlsx, bieu-2024.thidua.xlsx and ~$bieu-2024.xlsx: the first alone is read.",
    ),
    mend=Text(
        "Thường không phải sửa gì. Đang mở tệp thì lưu lại rồi chạy lại; đã sửa số trong bản chú thích thì sửa vào"
        " tệp gốc"
        " hoặc nêu đích danh bản đó.",
        "Mostly nothing. Save the file that is open and run again; what was corrected in an annotated copy belongs"
        " into the"
        " original, or name that copy itself.",
    ),
)
ANNOTATED: Final = ".thidua"
"""What stands before the ending of an annotated copy: "bieu-2024.thidua.xlsx"."""
_SPREADSHEETS: Final = WORKBOOK_SUFFIXES | TEXT_SUFFIXES
_LOCK, _OPEN_DOCUMENT_LOCK = "~$", ".~lock."
_HEADS: Final = (b"PK\x03\x04", COMPOUND_MAGIC)
_LARGEST_LOCK: Final = 1024
"""Bytes; Excel's have 165, and no workbook is as small."""
_PROVENANCE: Final = ".provenance.json"
_PROVENANCE_BYTES: Final = 4_000_000
_LOCKED: Final = Text(
    "tệp khóa của “{name}” đang mở trong Excel hoặc LibreOffice; số chưa lưu không được đọc",
    "the lock of “{name}”, which is open in Excel or LibreOffice; what is not saved yet is not read",
)
_COPY: Final = Text(
    "bản có chú thích của “{name}”, dùng tệp gốc",
    "the annotated copy of “{name}”; the original is used",
)
_IMPORTED: Final = Text(
    "bảng do thidua import lập từ {count} tệp cũng có trong thư mục; dùng các tệp đó",
    "a table that thidua import made of {count} files in the same folder; those are used",
)


def is_lock(name: str) -> bool:
    """Say whether a file is named as programs name the locks of open files."""
    return name.startswith(_LOCK) or (name.startswith(_OPEN_DOCUMENT_LOCK) and name.endswith("#"))


def workbooks_named_as_locks(others: Iterable[Path]) -> list[Path]:
    """Return the files named "~$…" that are workbooks all the same: a lock holds a name and no table."""
    return [
        path
        for path in others
        if path.name.startswith(_LOCK) and path.suffix.lower() in WORKBOOK_SUFFIXES and _may_be_workbook(path)
    ]


def passed_over(files: Collection[Path], others: Iterable[Path]) -> dict[Path, Finding]:
    """Return the files that are not read → F016, in the order of names.

    Args:
        files: The spreadsheets of a folder or pattern.
        others: Its other files.
    """
    known = {path.name.lower(): path for path in files}
    reasons = [*_locks(others, known), *_copies(files, known), *_imported(files)]
    return {path: Finding(F016, Origin(str(path)), details={"reason": reason}) for path, reason in sorted(reasons)}


def _locks(others: Iterable[Path], known: Collection[str]) -> Iterator[tuple[Path, Text]]:
    """Yield the locks of spreadsheets that are there; of a paper's lock, or one left behind, nothing need be said."""
    for path in others:
        name = path.name
        if not is_lock(name) or name.lower() in known:
            continue
        opened = name[len(_LOCK) :] if name.startswith(_LOCK) else name[len(_OPEN_DOCUMENT_LOCK) : -1]
        if opened.lower() in known and path.with_name(opened).exists():
            yield path, _LOCKED.fill(name=opened)


def _copies(files: Iterable[Path], known: Collection[str]) -> Iterator[tuple[Path, Text]]:
    """Yield the annotated copies whose original stands beside them, or in the folder above theirs."""
    for path in files:
        if not path.stem.lower().endswith(ANNOTATED):
            continue
        stem = Path(path.stem)
        if stem.suffix.lower() != ANNOTATED:
            continue
        names = [f"{stem.stem}{suffix}" for suffix in _SPREADSHEETS if f"{stem.stem}{suffix}".lower() in known]
        places = (path.parent, path.parent.parent)
        original = next((name for place in places for name in names if (place / name).is_file()), None)
        if original is not None:
            yield path, _COPY.fill(name=original)


def _imported(files: Collection[Path]) -> Iterator[tuple[Path, Text]]:
    """Yield the tables of `thidua import` that are as they were written, all of whose sources are there unchanged."""
    for path in files if len(files) > 1 else ():
        if not os.path.isfile(f"{path}{_PROVENANCE}"):  # noqa: PTH113 - quicker for many files
            continue
        provenance = path.with_name(f"{path.name}{_PROVENANCE}")
        inputs = _sources_of(path, provenance)
        if inputs and all(any(_is(file, size, digest) for file in files) for size, digest in inputs):
            yield path, _IMPORTED.fill(count=len(inputs))


def _sources_of(path: Path, provenance: Path) -> list[tuple[int, str]]:
    """Return size and SHA-256 of what a table was made of; nothing where the record is not that of this very table."""
    try:
        if provenance.stat().st_size > _PROVENANCE_BYTES:
            return []
        record = json.loads(provenance.read_bytes())
        output: Mapping[str, object] = record["output"]
        if not _is(path, int(str(output["size"])), str(output["sha256"])):
            return []
        return [(int(each["size"]), str(each["sha256"])) for each in record["inputs"]]
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return []  # a record that says nothing lets its table be read


def _is(path: Path, size: int, digest: str) -> bool:
    import hashlib

    try:
        return path.stat().st_size == size and hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _may_be_workbook(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(_LARGEST_LOCK).startswith(_HEADS) and bool(stream.read(1))
    except OSError:
        return False
