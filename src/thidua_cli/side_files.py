"""Files that a user names beside the tables: rules, classes, shares, plans, waivers, earlier results.

They are read here and nowhere else, and what a command opened is remembered, the tables with it: nothing that was read
may be written over (`present/toolkit/write.py`).
"""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from stat import S_IFREG, S_ISDIR, S_ISREG
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.language import Text

MOST_BYTES: Final = 16 << 20
"""Of a rule file or a list: that of all villages of the country is a tenth of it."""
MOST_RESULT_BYTES: Final = 512 << 20
"""Of an earlier result: that of every commune of the country with all its cells is a third of it."""

_NO_FILE: Final = Text(
    "{path}: không phải tệp thông thường (thiết bị hoặc ống dẫn); hãy lưu thành tệp rồi nêu tên tệp đó",
    "{path}: is no ordinary file but a device or a pipe; save it as a file and name that",
)

STANDARD_INPUT: Final = 0
"""The descriptor: what is redirected there is read as well."""

_opened: dict[Path | int, None] = {}


def remember(*paths: Path | int) -> None:
    """Remember files that this run reads, by their paths or as open descriptors."""
    _opened.update(dict.fromkeys(paths))


def remembered() -> tuple[Path | int, ...]:
    """Return the files that this run reads, as far as it has come."""
    return tuple(_opened)


def forget() -> None:
    """Forget what was read: another run begins in this process."""
    _opened.clear()


def side_text(path: Path, kind: Text, most_bytes: int = MOST_BYTES) -> str:
    """Return the text of a file in UTF-8, without the mark that Notepad puts at its head.

    Raises:
        InputError: The file cannot be read, is a device or a pipe, is too large, or is no text in UTF-8; `kind` is what
            it should be.
    """
    try:
        return _text(side_bytes(path, most_bytes))
    except ValueError as error:  # no UTF-8
        text = Text("{path}: không phải {kind} mã UTF-8", "{path}: is not {kind} in UTF-8")
        raise InputError(text.fill(path=path, kind=kind)) from error


def side_bytes(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """Return what a file holds.

    Raises:
        InputError: The file cannot be read, is a device or a pipe, or is too large.
    """
    remember(path)
    try:
        state = path.stat()
        _refuse(path, state.st_mode, state.st_size, most_bytes)
        return _content(path, state.st_size, most_bytes)
    except OSError as error:
        raise InputError.unreadable(path, error) from error
    except ValueError as error:  # a name that no file can have
        raise InputError(_NO_FILE.fill(path=path)) from error


def refuse_unfit(path: Path, most_bytes: int = MOST_BYTES) -> None:
    """Refuse a file that is named beside the tables and read as a table is: a device, a pipe, or one too large.

    Raises:
        InputError: It is one of these, or the system does not hand it out.
    """
    remember(path)
    try:
        state = path.stat()
    except OSError as error:
        raise InputError.unreadable(path, error) from error
    except ValueError as error:  # a name that no file can have
        raise InputError(_NO_FILE.fill(path=path)) from error
    if S_ISDIR(state.st_mode):
        raise InputError.unreadable(path, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    _refuse(path, state.st_mode, state.st_size, most_bytes)


def _content(path: Path, size: int, most_bytes: int) -> bytes:
    """Return what a file holds, never waiting for more."""
    if is_written_while_read(path, size):
        raise InputError(_NO_FILE.fill(path=path))
    with open(path, "rb", opener=_without_waiting) as stream:
        content = stream.read(most_bytes + 1)
    _refuse(path, S_IFREG, len(content), most_bytes)  # it may have grown
    return content


def is_written_while_read(path: Path, size: int) -> bool:
    """Say whether the system itself writes a file of this size while it is read, as those in /proc.

    Such a one claims to hold nothing, and may have no end.

    Raises:
        OSError: It cannot be opened.
    """
    if size:
        return False
    with open(path, "rb", opener=_without_waiting) as stream:
        return bool(stream.read(1))


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _text(content: bytes) -> str:
    """Return content as text whose lines end alike."""
    return io.TextIOWrapper(io.BytesIO(content), "utf-8-sig").read()


def _refuse(path: Path, mode: int, size: int, most_bytes: int) -> None:
    if S_ISDIR(mode):
        return  # opening it says so
    if not S_ISREG(mode):
        raise InputError(_NO_FILE.fill(path=path))
    if size > most_bytes:
        text = Text(
            "{path}: lớn hơn {limit} MB, không thể là tệp cần đọc ở đây",
            "{path}: is larger than {limit} MB; it cannot be the file that is read here",
        )
        raise InputError(text.fill(path=path, limit=most_bytes >> 20))
