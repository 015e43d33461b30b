"""What is odd about a workbook that is not refused: two readers of one container may disagree on what it holds.

Such a file is parsed apart from this process, with limits of memory and time.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import IO, Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.archive import LOCAL_HEADER_BYTES, ORDINARY_FLAGS, HeldArchive
from thidua_cli.read.limits import METHODS, is_read

_LOCAL: Final = b"PK\x03\x04"
_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 22 + 0xFFFF
"""The end of a table of contents and the longest remark behind it (APPNOTE 4.3.16)."""
_BINARY_PARTS: Final = ("xl/styles.bin", "xl/workbook.bin")
_LONG_RECORD: Final = late_pattern(
    rb"(?:[\xe7\xe9][\x04\x84]|\xea[\x02\x82]|[\x27\xa7])[\x80-\xff]{3}[\x10-\x7f\x90-\xff]", re.DOTALL
)
"""What a reader that passes over records byte by byte may take for one of more than 32 MB."""


def is_odd_archive(archive: zipfile.ZipFile) -> bool:
    """Say whether readers of an archive may disagree on its parts, or on what one of them holds."""
    return _has_odd_entries(archive) or any(
        part in archive.NameToInfo and _LONG_RECORD.search(archive.read(part)) for part in _BINARY_PARTS
    )


def _has_odd_entries(archive: zipfile.ZipFile) -> bool:
    entries = archive.infolist()
    names = {entry.filename.replace("\\", "/").lower() for entry in entries}
    if len(names) < len(entries) or archive.fp is None:
        return True
    read = [entry for entry in entries if is_read(entry.filename)]
    if any(map(_is_odd, read)):
        return True
    if isinstance(archive, HeldArchive):
        content = archive.content
        return content[-_END_BYTES:].count(_END) != 1 or not all(_has_header_in(content, entry) for entry in read)
    return _has_several_ends(archive.fp) or not all(_has_own_header(archive.fp, entry) for entry in read)


def _has_several_ends(stream: IO[bytes]) -> bool:
    """Say whether the table of contents may be looked for in several places."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(size - _END_BYTES, 0))
    return stream.read().count(_END) != 1


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    return bool(entry.flag_bits & ~ORDINARY_FLAGS) or entry.compress_type not in METHODS


def _has_header_in(content: bytes, entry: zipfile.ZipInfo) -> bool:
    """Say what `_has_own_header` says, of an archive in memory."""
    place = entry.header_offset
    is_header = place >= 0 and content.startswith(_LOCAL, place)
    return is_header and content.startswith(entry.orig_filename.encode(), place + LOCAL_HEADER_BYTES)


def _has_own_header(stream: IO[bytes], entry: zipfile.ZipInfo) -> bool:
    """Say whether the header that stands before a part names the same part as the table of contents does."""
    name = entry.orig_filename.encode()
    stream.seek(entry.header_offset)
    header = stream.read(LOCAL_HEADER_BYTES + len(name))
    return header.startswith(_LOCAL) and header.endswith(name)
