"""Ctrl-C: while nothing has begun the process ends at once; later the first one is an exception, a second ends it.

Imported before everything else, it imports nothing of ours: an interrupt during imports would otherwise end in a trace.
"""

import os
import signal
import sys

_STATUS = 130


def end_on_ctrl_c() -> None:
    """Let Ctrl-C end the process with one sentence: before a command begins, and once it is over."""
    _handle(_end)


def raise_on_ctrl_c() -> None:
    """Let Ctrl-C raise KeyboardInterrupt where the program is, so that it can take away what is unfinished."""
    sys.unraisablehook = _end_if_interrupted
    _handle(_raise)


def _handle(handler) -> None:  # type: ignore[no-untyped-def] # typing is not imported yet
    # `nohup`, and a shell for what it runs in the background, have it ignored.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, handler)


def _raise(*_: object) -> None:
    signal.signal(signal.SIGINT, _end)
    raise KeyboardInterrupt


def _end(*_: object) -> None:
    english = os.environ.get("THIDUA_LANG", "") == "en" or "--lang=en" in sys.argv or "en" in sys.argv[2:]
    told = "lỗi: đã dừng theo yêu cầu; không có tệp nào bị ghi dở"
    try:  # noqa: SIM105 - contextlib would have to be imported
        os.write(2, ("error: interrupted; no file is half-written" if english else told).encode() + b"\n")
    except OSError:
        pass  # standard error is closed
    os._exit(_STATUS)


def _end_if_interrupted(unraisable: "sys.UnraisableHookArgs") -> None:
    """End the process where Python would swallow the interrupt: it came while an object was being taken apart."""
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        _end()
    sys.__unraisablehook__(unraisable)
