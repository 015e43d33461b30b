"""Panics of calamine's Rust code: an error of a damaged file for us, and nothing on the user's screen.

Rust prints its own lines on the standard error of the process before Python hears of a panic, past `sys.stderr`. While
a file is read that may cause one, the descriptor leads into a file that only the process sees; whatever else was
written there, by any thread, is passed on afterwards.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import IO, Final

_STANDARD_ERROR: Final = 2
_ONE_AT_A_TIME: Final = Lock()
_PANIC: Final = (
    rb"\n?thread '[^'\n]*'[^\n]* panicked at [^\n]*\n",
    rb"\n(?:stack backtrace:\n(?: +[^\n]*\n)*)?(?:note: [^\n]*\n)*",
)
"""What Rust prints before and after the message of a panic."""


@contextmanager
def panics_as_errors(*, may_panic: bool) -> Iterator[None]:
    """Turn a panic, which is no `Exception`, into an error of a damaged file.

    Its lines are kept off the screen only where `may_panic`: of .xlsx and .ods calamine has never been seen to panic,
    and redirecting takes as long as reading a small sheet.

    Raises:
        ValueError: calamine panicked.
    """
    aside = _set_aside() if may_panic else None
    panic = ""
    try:
        yield
    except BaseException as error:
        # The class lives in the compiled module alone and cannot be imported: its name has to do.
        if type(error).__name__ != "PanicException":
            raise
        panic = str(error)
        raise ValueError("the file's structure is damaged") from None
    finally:
        if aside is not None:
            _put_back(*aside, panic)


def _set_aside() -> tuple[int, IO[bytes]] | None:
    """Lead standard error into a file; return where it led before, None in a process that has none."""
    _ONE_AT_A_TIME.acquire()
    try:
        _flush()
        before = os.dup(_STANDARD_ERROR)
    except OSError:
        _ONE_AT_A_TIME.release()
        return None
    from tempfile import TemporaryFile  # late: for .xls and .xlsb alone

    written = TemporaryFile()  # noqa: SIM115  # closed where standard error is put back
    os.dup2(written.fileno(), _STANDARD_ERROR)
    return before, written


def _put_back(before: int, written: IO[bytes], panic: str) -> None:
    """Lead standard error back, and pass on what was written meanwhile but for the lines of the panic."""
    try:
        _flush()
        os.dup2(before, _STANDARD_ERROR)
        os.close(before)
        with written:
            written.seek(0)
            rest = without_panic(written.read(), panic)
        if rest:
            os.write(_STANDARD_ERROR, rest)
    finally:
        _ONE_AT_A_TIME.release()


def _flush() -> None:
    with suppress(AttributeError, ValueError):  # a process without a console has no stream; it may be closed
        sys.stderr.flush()


def without_panic(text: bytes, message: str) -> bytes:
    r"""Return what was written on standard error without Rust's lines on one panic.

    >>> without_panic(b"a\n\nthread 'main' panicked at cfb.rs:1:2:\nno\nb\n", "no")
    b'a\nb\n'
    """
    if not message:
        return text
    return re.sub(_PANIC[0] + re.escape(message.encode()) + _PANIC[1], b"", text)
