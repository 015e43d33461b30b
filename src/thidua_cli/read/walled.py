"""Behind the wall: a process that parses one file after another for another process (wall.py), under limits."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from itertools import islice
from typing import IO, Final

from thidua_cli.findings import Finding
from thidua_cli.read.columns import ColumnBatch, column_batches
from thidua_cli.read.confinement import NotConfinedError, confined
from thidua_cli.read.default_password import decrypted
from thidua_cli.read.grid import Grid, Row
from thidua_cli.read.opening import parsed
from thidua_cli.read.risk import stand_behind_the_wall
from thidua_cli.read.source import no_access
from thidua_cli.read.wall_messages import (
    Answer,
    BrokenOff,
    ColumnsAsked,
    ColumnsRead,
    FileEnd,
    NextAsked,
    ReadTask,
    Request,
    RowsAsked,
    RowsRead,
    SheetRead,
    UnlockAsked,
    Unlocked,
    received,
    request_of,
    sent,
)

FIRST_ROWS: Final = 64
"""Rows that come with a sheet: nearly all that is asked of most sheets."""
_CELLS: Final = 40_000
"""Cells of one answer, about."""


def serve() -> None:
    """Answer what standard input asks for on what was standard output, until there is no more; then end the process."""
    requests, answers = sys.stdin.buffer, _answers()
    gc.set_threshold(200_000, 50, 50)  # seldom, as at the command line
    stand_behind_the_wall()
    task: Request | None = _request(requests)
    try:
        while isinstance(task, ReadTask | UnlockAsked):
            if isinstance(task, ReadTask):
                task = _serve_task(task, requests, answers)
            else:
                sent(answers, _unlocked(task))
                task = _request(requests)
    except (MemoryError, OSError, NotConfinedError):
        os._exit(1)  # it wants more than it may have, or nobody listens any more
    os._exit(0)


def _answers() -> IO[bytes]:
    """Return where answers go; whatever else is written on standard output or error goes nowhere."""
    stream = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return stream


def _request(requests: IO[bytes]) -> Request | None:
    packed = received(requests)
    return None if packed is None else request_of(packed)


def _serve_task(task: ReadTask, requests: IO[bytes], answers: IO[bytes]) -> Request | None:
    """Read one file as it is asked for; return the first request that is not about it."""
    reading = _FileInHand(task)
    request: Request | None = NextAsked()
    while isinstance(request, NextAsked | RowsAsked | ColumnsAsked):
        answer = _answer(reading, request, task)
        sent(answers, answer)
        request = _request(requests)
    return request


def _answer(reading: _FileInHand, request: NextAsked | RowsAsked | ColumnsAsked, task: ReadTask) -> Answer:
    try:
        with confined(task.memory_bytes, task.seconds):
            return reading.answer(request)
    except MemoryError:
        raise
    except OSError as error:  # taken away or locked while it was being read
        return no_access(task.opening.name, error)
    except Exception as error:  # of a damaged file, anything: the other process says so in a sentence
        return BrokenOff(type(error).__name__)


def _unlocked(asked: UnlockAsked) -> Answer:
    with confined(asked.memory_bytes, asked.seconds):
        return Unlocked(decrypted(asked.content))


class _FileInHand:
    """One file on the way."""

    def __init__(self, task: ReadTask) -> None:
        self._sheets = parsed(task.opening)
        self._grid: Grid | None = None
        self._iterations: dict[int, Iterator[Row]] = {}
        self._column_iterations: dict[int, Iterator[ColumnBatch]] = {}

    def answer(self, request: NextAsked | RowsAsked | ColumnsAsked) -> Answer:
        """Return what is asked for."""
        if isinstance(request, ColumnsAsked):
            return self._columns(request)
        return self._next() if isinstance(request, NextAsked) else self._rows(request.iteration)

    def _next(self) -> Answer:
        self._iterations.clear()
        self._column_iterations.clear()
        self._grid = None  # before the next one is parsed
        sheet = next(self._sheets, None)
        if sheet is None or isinstance(sheet, Finding):
            return FileEnd() if sheet is None else sheet
        self._grid = sheet
        rows = list(islice(sheet.open_rows(), FIRST_ROWS + 1))
        parts = (sheet.file, sheet.sheet, sheet.first_column, sheet.merged, sheet.facts, sheet.is_text, sheet.is_hidden)
        return SheetRead(*parts, rows[:FIRST_ROWS], len(rows) <= FIRST_ROWS, sheet.open_columns is not None)

    def _rows(self, iteration: int) -> Answer:
        assert self._grid is not None
        rows = self._iterations.get(iteration)
        if rows is None:
            rows = self._iterations[iteration] = islice(self._grid.open_rows(), FIRST_ROWS, None)
        first = next(rows, None)
        if first is None:
            return RowsRead(iteration, [], is_last=True)
        most = 1 + _CELLS // max(len(first), 1)
        more = [first, *islice(rows, most - 1)]
        return RowsRead(iteration, more, is_last=len(more) < most)

    def _columns(self, asked: ColumnsAsked) -> Answer:
        assert self._grid is not None
        batches = self._column_iterations.get(asked.iteration)
        if batches is None:
            batches = column_batches(self._grid, asked.first_row)
            assert batches is not None
            self._column_iterations[asked.iteration] = batches
        return ColumnsRead(asked.iteration, next(batches, None))
