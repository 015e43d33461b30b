"""What goes through the wall (wall.py, walled.py): tasks one way, sheets, rows and findings the other.

The reader behind the wall may have been led astray by the file it parses. Of what it answers only the classes named
here are made, and none but these can be: it cannot have this process run anything.
"""

from __future__ import annotations

import io
import pickle
from copyreg import dispatch_table
from datetime import date, datetime, time, timedelta
from typing import IO, Any, Final

from thidua_cli.findings import Finding, Kind, Severity
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read import faults, workbook
from thidua_cli.read.columns import (
    ColumnBatch,
    Decimals,
    DifferentTexts,
    MixedCells,
    RepeatedTexts,
    WholeNumbers,
)
from thidua_cli.read.grid import (
    Fault,
    FaultyCell,
    IndexRange,
    MergedRange,
    Row,
    SheetFacts,
    StoredZero,
)
from thidua_cli.read.limits import MB
from thidua_cli.read.marked_text import MarkedText
from thidua_cli.read.opening import Opening

_FRAME_BYTES: Final = 512 * MB
"""The longest answer: some thousand cells."""
_LENGTH: Final = 8


class SheetRead(NamedTuple):
    """A sheet as a `Grid` holds it, with its first rows."""

    file: str
    sheet: str
    first_column: int
    merged: tuple[MergedRange, ...]
    facts: SheetFacts
    is_text: bool
    is_hidden: bool
    rows: list[Row]
    is_whole: bool
    """It has no more rows than these."""
    is_packed: bool
    """Its rows can be asked for as columns."""


class RowsRead(NamedTuple):
    """More rows of the sheet in hand."""

    iteration: int
    rows: list[Row]
    is_last: bool


class ColumnsRead(NamedTuple):
    """More rows of the sheet in hand, as columns; none where there are no more."""

    iteration: int
    batch: ColumnBatch | None


class FileEnd(NamedTuple):
    """The file holds no more sheets."""


class BrokenOff(NamedTuple):
    """The reader cannot go on with the file."""

    error: str
    """Name of what was raised."""


class Unlocked(NamedTuple):
    """A workbook as it was before it was encrypted; nothing where nobody can tell."""

    content: bytes | None


Answer = Unlocked | SheetRead | Finding | RowsRead | ColumnsRead | FileEnd | BrokenOff


class ReadTask(NamedTuple):
    """A file to read, and what may be spent on it."""

    opening: Opening
    memory_bytes: int
    seconds: int


class NextAsked(NamedTuple):
    """The next sheet is asked for."""


class RowsAsked(NamedTuple):
    """More rows of the sheet in hand are asked for; each number starts after the first rows."""

    iteration: int


class ColumnsAsked(NamedTuple):
    """More rows of the sheet in hand are asked for as columns; each number starts at a row of its own."""

    iteration: int
    first_row: int


class UnlockAsked(NamedTuple):
    """An encrypted workbook is asked for as it was before."""

    content: bytes
    memory_bytes: int
    seconds: int


Request = UnlockAsked | ReadTask | NextAsked | RowsAsked | ColumnsAsked

KINDS: Final = {kind.code: kind for kind in (*faults.KINDS, workbook.F002)}
"""All that reading a file can find, by code."""
_MADE: Final = {
    (made.__module__, made.__qualname__): made
    for made in (
        *(
            Unlocked,
            SheetRead,
            RowsRead,
            ColumnsRead,
            FileEnd,
            BrokenOff,
            SheetFacts,
            FaultyCell,
            Fault,
            IndexRange,
            MergedRange,
            StoredZero,
        ),
        *(ColumnBatch, WholeNumbers, Decimals, RepeatedTexts, DifferentTexts, MixedCells),
        *(MarkedText, Finding, Severity, Origin, Text, date, datetime, time, timedelta, frozenset),
    )
}


def sent(stream: IO[bytes], message: Request | Answer) -> None:
    """Write a message, its length first.

    Raises:
        OSError: The other side is gone.
    """
    content = io.BytesIO()
    pickler = pickle.Pickler(content, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = dispatch_table | {Kind: _by_code}
    pickler.fast = True  # no value comes twice, so that none need be remembered
    pickler.dump(message)
    packed = content.getbuffer()
    stream.write(len(packed).to_bytes(_LENGTH, "little"))
    stream.write(packed)
    stream.flush()


def received(stream: IO[bytes]) -> bytes | None:
    """Return the next message, packed; None where the other side is gone, or writes what is no message."""
    head = stream.read(_LENGTH)
    length = int.from_bytes(head, "little")
    if len(head) < _LENGTH or length > _FRAME_BYTES:
        return None
    packed = stream.read(length)
    return packed if len(packed) == length else None


def request_of(packed: bytes) -> Request:
    """Return a request of the process that started this one."""
    request: Request = pickle.loads(packed)
    return request


def answer_of(packed: bytes) -> object:
    """Return an answer of the reader, which may be anything made of the classes that are allowed.

    Raises:
        Exception: It is no answer. What damaged pickles raise is anything.
    """
    return _AnswerReader(io.BytesIO(packed)).load()


class _AnswerReader(pickle.Unpickler):
    """Makes what readers answer, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return one of our classes.

        Raises:
            UnpicklingError: It is none of them.
        """
        if (module, name) == (_kind.__module__, _kind.__name__):
            return _kind
        made = _MADE.get((module, name))
        if made is None:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return made


def _by_code(kind: Kind) -> tuple[Any, ...]:
    """Write a kind by its code: there is one object of each."""
    return _kind, (kind.code,)


def _kind(code: str) -> Kind:
    return KINDS[code]
