"""A reader: a process that parses files for this one (walled.py), asked over a pipe, stopped when its time is over."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING, Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.read.columns import ColumnBatch, rows_of
from thidua_cli.read.confinement import NotConfinedError
from thidua_cli.read.faults import F001
from thidua_cli.read.grid import Grid, Row
from thidua_cli.read.limits import MB, megabytes, memory_bytes, seconds
from thidua_cli.read.opening import CutShortError, Opening, has_interpreter
from thidua_cli.read.wall_messages import (
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
    answer_of,
    received,
    sent,
)

if TYPE_CHECKING:
    from subprocess import Popen

_PROGRAM = "import sys; sys.path += sys.argv[1:]; from thidua_cli.read.walled import serve; serve()"
"""Modules are looked for where this process finds them, after where every interpreter does."""
_FILES: Final = 200
"""So many are read by one reader, then by a new one."""
_SMALL_BYTES: Final = MB
"""What a larger file leaves in the memory of a reader would count for the next one."""
_IDLE_SECONDS: Final = 10
"""How long a reader waits for another file: a notebook stays open for days."""

_BROKEN: Final = Text(
    "tệp hỏng nên việc đọc bị ngắt giữa chừng{error}, hoặc cần hơn {memory} bộ nhớ; hãy mở bằng Excel rồi lưu lại "
    "dạng .xlsx, hoặc xin lại tệp",
    "reading broke off{error}: the file is damaged, or asks for more than {memory} of memory; open it in Excel and "
    "save it as .xlsx, or ask for the file again",
)
_LATE: Final = Text(
    "đọc quá {seconds} giây chưa xong nên đã dừng; hãy mở bằng Excel, xóa phần ngoài biểu rồi lưu lại dạng .xlsx, hoặc "
    "chia thành nhiều tệp",
    "reading was not done within {seconds} seconds and was stopped; open it in Excel, delete what is beside the table "
    "and save it as .xlsx, or split it into several files",
)
NO_READER: Final = Text(
    "tệp này cần được đọc trong tiến trình riêng để không làm hỏng việc đọc các tệp khác, mà hệ thống không cho mở "
    "tiến trình nào; hãy mở tệp bằng Excel rồi lưu lại dạng .xlsx, hoặc chạy lại khi máy rảnh hơn",
    "this file is read by a process of its own, so that it cannot harm the reading of others, and the system starts "
    "none; open the file in Excel and save it as .xlsx, or try again when the machine is less busy",
)


class ReaderLostError(Exception):
    """The reader is gone, or answers what it was not asked."""

    def __init__(self, reason: Text, *, may_be_tried_again: bool) -> None:
        super().__init__(reason.en)
        self.reason = reason
        self.may_be_tried_again = may_be_tried_again


class NoReaderError(Exception):
    """No reader can be started."""


def refused(opening: Opening, reason: Text) -> Finding:
    """Return what is said of a file that is not read (F001)."""
    return Finding(F001, Origin(opening.name), details={"reason": reason})


class Reader:
    """A reader at work, or waiting for a file."""

    def __init__(self) -> None:
        """Start one.

        Raises:
            NoReaderError: The system does not allow it.
        """
        self._process = _started()
        self._owner = os.getpid()
        self._files = 0
        self._task: ReadTask | None = None
        self._left = 0.0
        """Seconds that the file in hand may still take."""
        self._is_late = False
        self._iterations = count()
        self._unanswered = 0
        self._kept: dict[int, RowsRead | ColumnsRead] = {}
        """Rows that came while others were waited for."""
        self._idle: Timer | None = None

    def sheets(self, opening: Opening) -> Iterator[Grid | Finding]:
        """Yield the sheets of a file.

        Raises:
            ReaderLostError: It died, or took too long.
        """
        self._files += 1
        task = ReadTask(_by_full_path(opening), memory_bytes(opening.size), seconds(opening.size))
        self._task, self._left = task, float(task.seconds)
        self._ask(task)
        while True:
            answer = self._answer()
            if isinstance(answer, FileEnd):
                return
            if isinstance(answer, Finding):
                yield answer
            elif isinstance(answer, SheetRead):
                yield self._grid(answer)
            else:
                raise self._lost(answer)
            while self._unanswered:
                self._answer()
            self._kept.clear()
            self._ask(NextAsked())

    def unlocked(self, content: bytes) -> bytes | None:
        """Return an encrypted workbook as it was before; None where it has another password, or nobody can tell.

        Raises:
            ReaderLostError: It died, or took too long.
        """
        size = len(content)
        self._left = float(seconds(size))
        self._ask(UnlockAsked(content, memory_bytes(size), seconds(size)))
        answer = self._answer()
        return answer.content if isinstance(answer, Unlocked) else None

    def _grid(self, sheet: SheetRead) -> Grid:
        def open_rows() -> Iterator[Row]:
            yield from sheet.rows
            if sheet.is_packed and not sheet.is_whole:
                yield from rows_of(self._batches(files, len(sheet.rows), width))
            elif not sheet.is_whole:
                yield from self._more_rows(files)

        def open_columns() -> Iterator[ColumnBatch]:
            return self._batches(files, 0, width)

        files, width = self._files, len(sheet.rows[0]) if sheet.rows else 0
        return Grid(
            sheet.file,
            sheet.sheet,
            open_rows,
            sheet.first_column,
            sheet.merged,
            sheet.facts,
            is_text=sheet.is_text,
            is_hidden=sheet.is_hidden,
            open_columns=open_columns if sheet.is_packed else None,
        )

    def _more_rows(self, files: int) -> Iterator[Row]:
        """Yield the rows after the first ones; the next ones are on their way while these are looked at.

        Raises:
            CutShortError: The reader died.
        """
        assert files == self._files, "rows are read before the next file is"
        iteration = next(self._iterations)
        try:
            self._ask(RowsAsked(iteration))
            while True:
                answer = self._rows(iteration)
                if not answer.is_last:
                    self._ask(RowsAsked(iteration))
                yield from answer.rows
                if answer.is_last:
                    return
        except ReaderLostError as lost:
            assert self._task is not None
            raise CutShortError(refused(self._task.opening, lost.reason)) from None

    def _batches(self, files: int, first_row: int, width: int) -> Iterator[ColumnBatch]:
        """Yield the rows from `first_row` on as columns; the next ones are on their way while these are looked at.

        Raises:
            CutShortError: The reader died.
        """
        assert files == self._files, "columns are read before the next file is"
        asked = ColumnsAsked(next(self._iterations), first_row)
        try:
            self._ask(asked)
            while (batch := self._batch(asked.iteration, width)) is not None:
                self._ask(asked)
                yield batch
        except ReaderLostError as lost:
            assert self._task is not None
            raise CutShortError(refused(self._task.opening, lost.reason)) from None

    def _rows(self, iteration: int) -> RowsRead:
        answer = self._of_iteration(iteration)
        if not isinstance(answer, RowsRead):
            raise self._lost(answer)
        return answer

    def _batch(self, iteration: int, width: int) -> ColumnBatch | None:
        answer = self._of_iteration(iteration)
        try:
            if isinstance(answer, ColumnsRead) and (answer.batch is None or answer.batch.is_sound(width)):
                return answer.batch
        except Exception:  # of what is no batch it may be anything
            raise self._lost(None) from None
        raise self._lost(answer)

    def _of_iteration(self, iteration: int) -> RowsRead | ColumnsRead:
        while iteration not in self._kept:
            answer = self._answer()
            if not isinstance(answer, RowsRead | ColumnsRead):
                raise self._lost(answer)
            self._kept[answer.iteration] = answer
        return self._kept.pop(iteration)

    def _ask(self, request: Request) -> None:
        assert self._process.stdin is not None
        try:
            sent(self._process.stdin, request)
        except OSError:
            raise self._lost(None) from None
        self._unanswered += 1

    def _answer(self) -> object:
        """Return the next answer; the reader is stopped where that takes longer than it may."""
        assert self._process.stdout is not None
        began = monotonic()
        watch = Timer(max(self._left, 0), self._stop)
        watch.daemon = True
        try:
            watch.start()
        except RuntimeError:  # the system starts no thread: nobody would stop the reader
            raise ReaderLostError(NO_READER, may_be_tried_again=False) from None
        try:
            packed = received(self._process.stdout)
        finally:
            watch.cancel()
            self._left -= monotonic() - began
        self._unanswered -= 1
        if packed is None:
            raise self._lost(None)
        try:
            return answer_of(packed)
        except Exception:  # of what is no answer pickle raises anything
            raise self._lost(None) from None

    def _stop(self) -> None:
        self._is_late = True
        self._process.kill()

    def _lost(self, answer: object) -> ReaderLostError:
        """Return why no more is to be had of the reader; its death may be the fault of an earlier file."""
        size = 0 if self._task is None else self._task.opening.size
        if self._is_late:
            return ReaderLostError(_LATE.fill(seconds=seconds(size)), may_be_tried_again=False)
        error = answer.error if isinstance(answer, BrokenOff) else ""
        if error == NotConfinedError.__name__:
            return ReaderLostError(NO_READER, may_be_tried_again=False)
        memory = megabytes(memory_bytes(size))
        reason = _BROKEN.fill(error=f" ({error})" if error else "", memory=memory)
        return ReaderLostError(reason, may_be_tried_again=answer is None and self._files > 1)

    def wait_for_another_file(self, size: int) -> None:
        """Keep the reader for a while, unless the file it has read was large, or it has read many."""
        if size > _SMALL_BYTES or self._files >= _FILES:
            self.end()
            return
        self._idle = Timer(_IDLE_SECONDS, self._end_idle)
        self._idle.daemon = True
        try:
            self._idle.start()
        except RuntimeError:  # nobody would end it
            self._idle = None
            self.end()
            return
        _IDLE.append(self)

    def taken(self) -> bool:
        """Say whether a reader that waited is still there for this process."""
        if self._idle is not None:
            self._idle.cancel()
        return self._owner == os.getpid() and self._process.poll() is None

    def _end_idle(self) -> None:
        with suppress(ValueError):  # somebody has just taken it
            _IDLE.remove(self)
            self.end()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        if self._owner != os.getpid():
            return  # it belongs to the process that this one is a copy of
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # what it was still to be told
                    stream.close()


_IDLE: Final[list[Reader]] = []
"""Readers that wait for another file."""


def idle_reader() -> Reader | None:
    """Return a reader that waits for another file; None where there is none."""
    while _IDLE:
        reader = _IDLE.pop()
        if reader.taken():
            return reader
        reader.end()
    return None


@atexit.register
def end_idle_readers() -> None:
    """End the readers that wait for another file."""
    while _IDLE:
        _IDLE.pop().end()


def _by_full_path(opening: Opening) -> Opening:
    """Return a file as another process finds it, wherever this one goes meanwhile."""
    content, whole = (part.absolute() if isinstance(part, Path) else part for part in (opening.content, opening.whole))
    return opening._replace(content=content, whole=whole)


def _started() -> Popen[bytes]:
    """Start a reader, in a group of its own: Ctrl-C is for this process, which then ends the other.

    Raises:
        NoReaderError: The system does not allow it.
    """
    import subprocess

    if not has_interpreter():
        raise NoReaderError
    # -P: a module of the folder the user works in must not be taken for one of ours.
    command = [sys.executable, "-P", "-c", _PROGRAM, *filter(None, sys.path)]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
            return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, creationflags=flags)
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, process_group=0)
    except OSError:
        raise NoReaderError from None
