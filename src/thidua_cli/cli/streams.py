"""Standard input, output and error as the shell left them: closed, full, or in an encoding that knows no Vietnamese."""

from __future__ import annotations

import os
import sys

from thidua_cli.cli.exit_status import ReaderGoneError
from thidua_cli.errors import OutputError, system_reason
from thidua_cli.language import Text


def open_streams() -> None:
    """Make the three streams usable: UTF-8, and where the shell closed one, something in its place.

    A file that is opened while one is closed would take its number, and messages would be written into that file.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            # Not to be written to as standard output: a result that is lost must be told.
            os.open(os.devnull, os.O_RDONLY if descriptor == 1 else os.O_RDWR)
    sys.stdin = sys.stdin or os.fdopen(0, closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        # A test or a notebook may have put a stream there that knows no encoding.
        if hasattr(stream, "reconfigure"):
            # A console or pipe in cp1252 or cp1258 cannot hold Vietnamese; every reader of today takes UTF-8.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def write_out(content: str | bytes) -> None:
    """Write to standard output, whole.

    Raises:
        ReaderGoneError: It is a pipe that was closed.
        OutputError: It is closed, or the disk behind it is full.
    """
    try:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderGoneError from error
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else Text("đã đóng", "closed")
        text = Text("không ghi được ra đầu ra chuẩn: {reason}", "standard output cannot be written to: {reason}")
        raise OutputError(text.fill(reason=reason)) from error
