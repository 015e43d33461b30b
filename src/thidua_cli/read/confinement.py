"""What a process behind the wall lays upon itself: so much memory, so much time, no dump, no window of the system.

POSIX: resource limits, and an alarm that ends the process even inside a library. Windows: a job object
(windows_job.py). Where the system grants neither, nothing is parsed: the error ends the task.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

_PROGRAM_BYTES: Final = 1 << 30
"""Address space that a program takes beyond its data: libraries, stacks, room set aside for threads."""
_A_DAY: Final = 24 * 60 * 60
_GRACE_SECONDS: Final = 5
"""The other process ends this one when its time is over; this comes later, and only where that one is gone."""


class NotConfinedError(Exception):
    """The system sets no limits to this process."""


@contextmanager
def confined(memory_bytes: int, seconds: int) -> Iterator[None]:
    """Keep what is done meanwhile within limits, beyond which the process ends or gets no more memory.

    Raises:
        NotConfinedError: The system does not set such limits.
    """
    try:
        _limit(memory_bytes, seconds + _GRACE_SECONDS)
    except OSError as error:
        raise NotConfinedError from error
    try:
        yield
    finally:
        _wait()


if sys.platform == "win32":

    def _limit(memory_bytes: int, seconds: int) -> None:
        from thidua_cli.read.windows_job import own_job

        own_job().limit(memory_bytes, seconds)

    def limit_memory(memory_bytes: int) -> None:
        """Set what the process may hold beyond its program."""
        _limit(memory_bytes, _A_DAY)

    def _wait() -> None:
        """Do nothing: waiting takes no processor time, which is what a job counts."""

else:

    def _limit(memory_bytes: int, seconds: int) -> None:
        import signal

        limit_memory(memory_bytes)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)

    def limit_memory(memory_bytes: int) -> None:
        """Set what the process may hold beyond its program; no file is left of it when it dies."""
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for name, spare in ((resource.RLIMIT_DATA, 0), (resource.RLIMIT_AS, _PROGRAM_BYTES)):
            _, most = resource.getrlimit(name)
            wanted = memory_bytes + spare
            # macOS counts the address space that the system shares among all, and takes no limit below it
            with suppress(ValueError):
                resource.setrlimit(name, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))

    def _wait() -> None:
        """Stop the clock: waiting for the other process is no work."""
        import signal

        signal.setitimer(signal.ITIMER_REAL, 0)
