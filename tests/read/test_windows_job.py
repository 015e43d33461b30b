"""The job object around a reader on Windows, by what is asked of the system; and limits that no system grants."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from thidua_cli.read import confinement
from thidua_cli.read.windows_job import ExtendedLimits, Job

MB = 1 << 20
JOB, PROCESS = 0x1_0000_0004, 2**64 - 1
"""A handle that does not fit an int of 32 bits, and the one that stands for the process itself."""


class Function:
    """A function of the library, with the types that ctypes is told."""

    restype: Any = None
    argtypes: Any = None

    def __init__(self, name: str, calls: list[tuple[str, tuple[Any, ...]]], answer: int | None) -> None:
        self._name, self._calls, self._answer = name, calls, answer

    def __call__(self, *arguments: Any) -> int | None:
        assert self.argtypes is not None
        assert len(arguments) == len(self.argtypes)
        self._calls.append((self._name, arguments))
        if self._name == "GetProcessTimes":
            arguments[4]._obj.value = 30_000_000  # three seconds
        return self._answer


class Kernel32:
    """A stand-in of the library that notes what it is asked."""

    def __init__(self, **answers: int | None) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        usual = {"CreateJobObjectW": JOB, "GetCurrentProcess": PROCESS, "AssignProcessToJobObject": 1}
        usual |= {"SetInformationJobObject": 1, "GetProcessTimes": 1, "GetLastError": 5}
        for name, answer in (usual | answers).items():
            setattr(self, name, Function(name, self.calls, answer))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.calls if name not in ("GetCurrentProcess", "GetLastError")]


def test_the_process_is_in_its_job_before_limits_are_set() -> None:
    kernel32 = Kernel32()
    Job(kernel32).limit(256 * MB, 20)
    assert kernel32.names == [
        "CreateJobObjectW",
        "AssignProcessToJobObject",
        "GetProcessTimes",
        "SetInformationJobObject",
    ]
    assert kernel32.calls[2] == ("AssignProcessToJobObject", (JOB, PROCESS))


def test_memory_and_processor_time_from_now_on_are_limited() -> None:
    kernel32 = Kernel32()
    Job(kernel32).limit(256 * MB, 20)
    job, kind, pointer, size = kernel32.calls[-1][1]
    limits = pointer._obj
    assert (job, kind, size) == (JOB, 9, ctypes.sizeof(ExtendedLimits))
    assert limits.ProcessMemoryLimit == 256 * MB
    assert limits.BasicLimitInformation.PerProcessUserTimeLimit == (3 + 20) * 10_000_000
    assert limits.BasicLimitInformation.LimitFlags == 0x2 | 0x100 | 0x400 | 0x2000


def test_the_structure_is_as_long_as_windows_takes_it() -> None:
    assert ctypes.sizeof(ExtendedLimits) == (144 if ctypes.sizeof(ctypes.c_void_p) == 8 else 112)


@pytest.mark.parametrize(
    "answers",
    [{"CreateJobObjectW": None}, {"AssignProcessToJobObject": 0}, {"SetInformationJobObject": 0}],
    ids=lambda answers: next(iter(answers)),
)
def test_what_windows_does_not_allow_is_an_error_and_not_passed_over(answers: dict[str, int | None]) -> None:
    with pytest.raises(OSError, match="job object"):
        Job(Kernel32(**answers)).limit(256 * MB, 20)


def test_nothing_is_done_where_the_system_sets_no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "not permitted")

    monkeypatch.setattr(confinement, "_limit", refuse)
    with pytest.raises(confinement.NotConfinedError), confinement.confined(MB, 1):
        pytest.fail("it was done without limits")
