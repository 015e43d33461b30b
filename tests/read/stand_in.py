"""A reader behind the wall whose parser is a stand-in: it does what the file says, and what parsers do that break.

It parses all other files as the program does. No file of these tests harms any real parser.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

from thidua_cli.findings import Finding
from thidua_cli.read import walled
from thidua_cli.read.examine import COMPOUND_MAGIC
from thidua_cli.read.grid import Grid, Row
from thidua_cli.read.opening import Opening, parsed

PROGRAM: Final = "import sys; sys.path += sys.argv[1:]; from tests.read.stand_in import serve; serve()"
_MARK: Final = b"stand-in:"


def write(path: Path, act: str) -> Path:
    """Write a file that lets the stand-in do one of its acts."""
    path.write_bytes(COMPOUND_MAGIC + _MARK + act.encode() + bytes(600))
    return path


def serve() -> None:
    """Serve as the reader does, with the stand-in for its parser."""
    vars(walled)["parsed"] = _acted
    walled.serve()


def _acted(opening: Opening) -> Iterator[Grid | Finding]:
    whole = opening.whole
    content = whole if isinstance(whole, bytes) else whole.read_bytes()
    _, mark, act = content.partition(_MARK)
    if not mark:
        yield from parsed(opening)
        return
    yield from ACTS[act.rstrip(b"\0").decode()](opening.name)


def _sleep(_: str) -> Iterator[Grid | Finding]:
    time.sleep(60)
    yield from ()


def _spin(_: str) -> Iterator[Grid | Finding]:
    while True:
        yield from ()


def _allocate(_: str) -> Iterator[Grid | Finding]:
    kept = [bytearray(16 << 20) for _ in range(4_000)]
    yield from ()
    kept.clear()


def _abort(_: str) -> Iterator[Grid | Finding]:
    os.write(1, b"double free or corruption (out)\n")
    os.write(2, b"thread '<unnamed>' panicked at src/cfb.rs:349:34:\nmalloc(): corrupted top size\n")
    os.abort()


def _exit(_: str) -> Iterator[Grid | Finding]:
    sys.stderr.write("Traceback (most recent call last):\n")
    sys.stderr.flush()
    os._exit(1)


def _signal(_: str) -> Iterator[Grid | Finding]:
    os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    yield from ()


def _raise(_: str) -> Iterator[Grid | Finding]:
    raise LookupError("of the library's own workings")


def _answers(write_to: Callable[[IO[bytes]], object]) -> Callable[[str], Iterator[Grid | Finding]]:
    def act(_: str) -> Iterator[Grid | Finding]:
        def sent(stream: IO[bytes], _answer: object) -> None:
            write_to(stream)
            stream.flush()

        vars(walled)["sent"] = sent
        yield from ()

    return act


def _framed(packed: bytes, length: int | None = None) -> bytes:
    return (len(packed) if length is None else length).to_bytes(8, "little") + packed


def _half(stream: IO[bytes]) -> None:
    stream.write(_framed(pickle.dumps(["half"] * 100)[:20], 500))
    stream.flush()
    os._exit(0)


class _Order:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("made-by-the-reader",)


def _within_rows(name: str) -> Iterator[Grid | Finding]:
    def open_rows() -> Iterator[Row]:
        for number in range(5_000_000):
            if number == 100_000:
                os.abort()
            yield [str(number), "a"]

    yield Grid(name, "Trang", open_rows)


ACTS: Final[dict[str, Callable[[str], Iterator[Grid | Finding]]]] = {
    "sleep": _sleep,
    "spin": _spin,
    "allocate": _allocate,
    "abort": _abort,
    "exit": _exit,
    "signal": _signal,
    "raise": _raise,
    "within rows": _within_rows,
    "rubbish": _answers(lambda stream: stream.write(b"\xff" * 4096)),
    "no pickle": _answers(lambda stream: stream.write(_framed(b"none of ours"))),
    "another answer": _answers(lambda stream: stream.write(_framed(pickle.dumps(["none of ours"])))),
    "an order": _answers(lambda stream: stream.write(_framed(pickle.dumps(_Order())))),
    "half": _answers(_half),
    "nothing": _answers(lambda stream: stream.close()),
}
"""What it can do, by name."""
