"""What a process and all its helpers have taken, counted by a process between that outlives them.

A reader behind the wall is a helper in a group of its own, which ends by itself when the program is gone: nobody would
wait for it, and its time and memory would be counted nowhere. So the process between takes in what is left behind.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

_PR_SET_CHILD_SUBREAPER: Final = 36
"""prctl(2): whose parent dies becomes a child of this process, and not of the first of the system."""
_NOT_ENDED_BY_ITSELF: Final = 70


class Usage(NamedTuple):
    """How a process ended, and what it took."""

    status: int
    """Exit status; below 0 the signal that ended it."""
    seconds: float
    """Of the processor, its helpers' among them."""
    kilobytes: int
    """Resident at most: more than at its start, or the whole of its greatest helper.

    A helper that takes less than the process that started it counts as nothing: Linux lets it begin with that.
    """


def used(work: Callable[[], object]) -> Usage:
    """Do some work in a process of its own, which it must end by `os._exit`, and say what was taken."""
    answer, told = os.pipe()
    between = os.fork()
    if between == 0:
        _watch(work, told)
    os.close(told)
    with os.fdopen(answer, encoding="ascii") as lines:
        written = lines.read().splitlines()
    os.waitpid(between, 0)
    return _usage([json.loads(line) for line in written])


def _usage(told: list[dict[str, int]]) -> Usage:
    """Put together what the process said of itself, unless it died, and what was counted of it."""
    itself = next((line for line in told if "own" in line), None)
    counted = [line for line in told if "own" not in line]
    first = next(line for line in counted if line["is_first"])
    helpers = [line["most"] for line in counted if not line["is_first"]]
    most = first["most"]
    if itself is not None:
        most = itself["own"]
        helpers.append(itself["helpers"])
    greatest = max((helper for helper in helpers if helper > most), default=0)
    own = max(most - first["at_start"], 0)
    return Usage(first["status"], sum(line["milliseconds"] for line in counted) / 1000, max(own, greatest))


def _watch(work: Callable[[], object], told: int) -> NoReturn:
    """Wait for the process and for all that it leaves behind."""
    try:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        at_start = resident_kilobytes()
        child = os.fork()
        if child == 0:
            _work(work, told)
        with suppress(ChildProcessError):
            while True:
                ended, state, taken = os.wait4(-1, 0)
                if ended == child:
                    _end_group(child)
                _tell(
                    told,
                    is_first=ended == child,
                    at_start=at_start,
                    status=os.waitstatus_to_exitcode(state),
                    milliseconds=round(1000 * (taken.ru_utime + taken.ru_stime)),
                    most=taken.ru_maxrss,
                )
    finally:
        os._exit(0)


def _work(work: Callable[[], object], told: int) -> NoReturn:
    """Be the process, and say at the end what it took: from outside it cannot be told from its helpers."""
    leave = os._exit

    def tell_and_leave(status: int) -> NoReturn:
        own, helpers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        _tell(told, own=own, helpers=helpers)
        leave(status)

    os._exit = tell_and_leave
    try:
        work()
    finally:
        leave(_NOT_ENDED_BY_ITSELF)


def _tell(told: int, **line: int) -> None:
    os.write(told, f"{json.dumps(line)}\n".encode("ascii"))


def _end_group(session: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


def resident_kilobytes() -> int:
    """Return what this process has in memory now."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"VmRSS:\s*(\d+)", status)[1])  # type: ignore[index]
