"""One piece of work beside another, on the second core."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Background(Generic[T]):
    """Starts `work` at once; `result` waits for it and gives what it returned, or raises what it raised.

    `concurrent.futures` does the same and takes longer to import than a district's sheet takes to read.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._returned: list[T] = []
        self._raised: Exception | None = None
        self._thread = Thread(target=self._run, daemon=True)
        try:
            self._thread.start()
        except RuntimeError:  # the system starts no thread
            self._run()

    def _run(self) -> None:
        try:
            self._returned.append(self._work())
        except Exception as error:  # raised again where the result is asked for
            self._raised = error

    def result(self) -> T:
        """Return what the work returned, or raise what it raised."""
        if self._thread.ident is not None:
            self._thread.join()
        if self._raised is not None:
            raise self._raised
        return self._returned[0]
