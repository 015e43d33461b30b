"""A job object of Windows around this process: a limit of memory and of processor time.

Source: Microsoft's documentation of `SetInformationJobObject` and `JOBOBJECT_EXTENDED_LIMIT_INFORMATION`.
"""

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import Any, Final

_PROCESS_TIME: Final = 0x2
_PROCESS_MEMORY: Final = 0x100
_DIE_ON_UNHANDLED_EXCEPTION: Final = 0x400
"""No window that asks what to do with a program that died."""
_KILL_ON_JOB_CLOSE: Final = 0x2000
_EXTENDED_LIMIT_INFORMATION: Final = 9
_TICKS_PER_SECOND: Final = 10_000_000
"""Windows counts time by 100 nanoseconds."""


class _BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class Job:
    """The job that this process is in; it ends with the process."""

    def __init__(self, kernel32: Any) -> None:
        """Put this process into a job of its own.

        Raises:
            OSError: Windows does not allow it.
        """
        self._kernel32 = _typed(kernel32)
        self._handle = self._done(kernel32.CreateJobObjectW(None, None))
        self._done(kernel32.AssignProcessToJobObject(self._handle, kernel32.GetCurrentProcess()))

    def limit(self, memory_bytes: int, seconds: int) -> None:
        """Let the process have so much memory, and so much processor time from now on.

        Raises:
            OSError: Windows does not allow it.
        """
        limits = ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = (
            _PROCESS_MEMORY | _PROCESS_TIME | _DIE_ON_UNHANDLED_EXCEPTION | _KILL_ON_JOB_CLOSE
        )
        limits.BasicLimitInformation.PerProcessUserTimeLimit = self._used_ticks() + seconds * _TICKS_PER_SECOND
        limits.ProcessMemoryLimit = memory_bytes
        size = ctypes.sizeof(limits)
        kernel32, kind = self._kernel32, _EXTENDED_LIMIT_INFORMATION
        self._done(kernel32.SetInformationJobObject(self._handle, kind, ctypes.byref(limits), size))

    def _used_ticks(self) -> int:
        """Return the processor time that the process has used in its own code."""
        times = [ctypes.c_uint64() for _ in range(4)]
        process = self._kernel32.GetCurrentProcess()
        self._done(self._kernel32.GetProcessTimes(process, *map(ctypes.byref, times)))
        return times[3].value

    def _done(self, answer: int | None) -> int:
        if not answer:
            raise OSError(self._kernel32.GetLastError(), "job object")
        return answer


def _typed(kernel32: Any) -> Any:
    """Return the library with the types of what is called: handles do not fit an int, which ctypes takes them for."""
    handle, pointer = ctypes.c_void_p, ctypes.c_void_p
    for name, returned, taken in (
        ("CreateJobObjectW", handle, (pointer, ctypes.c_wchar_p)),
        ("GetCurrentProcess", handle, ()),
        ("AssignProcessToJobObject", ctypes.c_int, (handle, handle)),
        ("SetInformationJobObject", ctypes.c_int, (handle, ctypes.c_int, pointer, ctypes.c_uint32)),
        ("GetProcessTimes", ctypes.c_int, (handle, pointer, pointer, pointer, pointer)),
        ("GetLastError", ctypes.c_uint32, ()),
    ):
        function = getattr(kernel32, name)
        function.restype, function.argtypes = returned, taken
    return kernel32


@lru_cache(maxsize=1)
def own_job() -> Job:
    """Return the job of this process, made when it is first asked for.

    Raises:
        OSError: Windows does not allow it.
    """
    return Job(ctypes.WinDLL("kernel32", use_last_error=False))  # type: ignore[attr-defined,unused-ignore]
