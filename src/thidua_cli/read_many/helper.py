"""What a helper process does (beside.py), and how tasks and readings go over the pipe."""

from __future__ import annotations

import gc
import io
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from copyreg import dispatch_table
from dataclasses import fields
from operator import attrgetter
from typing import IO, Any, Final

from thidua_cli.findings import Finding, Kind
from thidua_cli.model import Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.kinds import KINDS
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.record.layout_record import ColumnRecord, LayoutRecord
from thidua_cli.normalise.table_reading import (
    FileReading,
    PrintedSum,
    RateBesideCounts,
    SheetPart,
    TableReading,
    Total,
)
from thidua_cli.normalise.tables import read_source
from thidua_cli.observations import TableOrigin
from thidua_cli.read.confinement import limit_memory
from thidua_cli.read.limits import memory_bytes
from thidua_cli.read.source import Source
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.tables import bundled

_KINDS: Final = {kind.code: kind for kind in KINDS}
_VALUES: Final = frozenset(
    (
        *(("array", "array"), ("array", "_array_reconstructor"), ("builtins", "frozenset"), ("builtins", "set")),
        *(("datetime", "date"), ("datetime", "datetime"), ("decimal", "Decimal"), ("fractions", "Fraction")),
    )
)
"""What readings hold beside classes of ours."""
_SENT: Final = (
    *(Finding, Unit, ColumnRecord, LayoutRecord, RateBesideCounts, PrintedSum, Total),
    *(TableOrigin, Source, TableReading, SheetPart, FileReading),
)


class Task(NamedTuple):
    """What a helper is asked to read."""

    sources: tuple[Source, ...]
    options: ReadingOptions


def serve() -> None:
    """Read what standard input asks for and answer on standard output, source by source."""
    gc.set_threshold(200_000, 50, 50)  # seldom, as at the command line
    answer_to(pickle.load(sys.stdin.buffer), sys.stdout.buffer)
    os._exit(0)


def answer_to(task: Task, pipe: IO[bytes]) -> None:
    """Read what a task asks for, under a limit of memory, and write each answer behind its length."""
    with suppress(OSError):  # then only the wall is higher (read/confinement.py)
        limit_memory(memory_bytes(sum(source.path.stat().st_size for source in task.sources if source.path)))
    for answer in answers(task):
        pipe.write(len(answer).to_bytes(8, "little") + answer)
        pipe.flush()


def answers(task: Task) -> Iterator[bytes]:
    """Yield one reading per source, packed; `unpacked` reads them in this order."""
    finder = UnitFinder(bundled(), task.options.within or "")
    stream = io.BytesIO()
    pickler = _pickler(stream)
    for source in task.sources:
        pickler.dump(read_source(source, task.options, finder))
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()


def packed(task: Task) -> bytes:
    """Return a task as bytes."""
    return pickle.dumps(task, pickle.HIGHEST_PROTOCOL)


def unpacked(packed_readings: Sequence[bytes]) -> list[FileReading]:
    """Return the readings of `answers`; what later ones share with earlier ones is sent once."""
    unpickler = _ReadingUnpickler(io.BytesIO(b"".join(packed_readings)))
    return [unpickler.load() for _ in packed_readings]


class _ReadingUnpickler(pickle.Unpickler):
    """Makes what readings are made of, and nothing else: a helper that a file led astray has nothing run here."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of ours, or one of the few of Python that values are of.

        Raises:
            UnpicklingError: It is none of them.
        """
        if (module, name) in _VALUES or (module, name) == (_kind.__module__, _kind.__name__):
            return super().find_class(module, name)
        made = super().find_class(module, name) if module.startswith("thidua_cli.") else None
        if not isinstance(made, type) or made.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return made


def _pickler(stream: io.BytesIO) -> pickle.Pickler:
    """Return a pickler by which kinds of findings go by their code: there is one object of each."""
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = dispatch_table | {kind: _as_call(kind) for kind in _SENT} | {Kind: _by_code}
    return pickler


def _as_call(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """Return how to write a dataclass as the call that makes it, which is quicker than setting field by field."""
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, values(value))


def _by_code(kind: Kind) -> tuple[Any, ...]:
    return _kind, (kind.code,)


def _kind(code: str) -> Kind:
    return _KINDS[code]
