"""Writing many files at once: each waits until it is on the disk, and a disk takes several at the cost of one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Final

_THREADS: Final = 8
_WAITING: Final = 32
"""Files that are held in memory at most, drawn and not yet on the disk."""


class ManyFiles:
    """Files that are being written. Leaving the `with` block waits for those that were begun."""

    def __init__(self, whole: list[str]) -> None:
        """Begin; the name of each file is put into `whole` once it is whole."""
        self._whole = whole
        self._pool = ThreadPoolExecutor(_THREADS)
        self._begun: deque[tuple[str, Future[None]]] = deque()

    def add(self, name: str, write: Callable[[], None]) -> None:
        """Let a file be written.

        Raises:
            ThiduaError: What kept this file, or one before it, from being written.
        """
        try:
            written = self._pool.submit(write)
        except RuntimeError:  # the system starts no thread
            write()
            self._whole.append(name)
            return
        self._begun.append((name, written))
        while self._begun and (len(self._begun) > _WAITING or self._begun[0][1].done()):
            self._take()

    def _take(self) -> None:
        name, written = self._begun.popleft()
        written.result()
        self._whole.append(name)

    def __enter__(self) -> ManyFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the files that were begun; raise what went wrong with one, unless something went wrong already."""
        try:
            while kind is None and self._begun:
                self._take()
        finally:
            self._pool.shutdown(cancel_futures=True)
            done = [name for name, written in self._begun if not written.cancelled() and written.exception() is None]
            self._whole.extend(done)
