"""Runs the program as a user does, in this process or in one of its own, and keeps what users see in golden files."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from unittest import mock

from thidua_cli.cli import main

TOP: Final = Path(__file__).parents[2]
DISTRICT: Final = "sample_data/dong-giang/*.xlsx"
FAULTY: Final = "sample_data/faulty/Mau-08_Dong-Giang_2024_loi.xlsx"
CLASSES: Final = "sample_data/dong-giang/classes.csv"
PROGRAM: Final = (sys.executable, "-m", "thidua_cli")

_GOLDEN: Final = Path(__file__).with_name("golden")
_SETTINGS: Final = ("THIDUA_LANG", "THIDUA_DEBUG", "NO_COLOR", "COLUMNS", "PYTHONIOENCODING", "PYTHONUTF8")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run left behind."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode()


def thidua(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
    """Run the program in this process, in the current folder."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True) for _ in range(2))
    words = ["thidua", *map(str, arguments)]
    reader = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    with mock.patch.multiple(sys, argv=words, stdin=reader), redirect_stdout(out), redirect_stderr(err):
        status = main.status()
    buffers = [stream.buffer for stream in (out, err)]
    assert all(isinstance(buffer, io.BytesIO) for buffer in buffers)
    written, said = (buffer.getvalue() for buffer in buffers if isinstance(buffer, io.BytesIO))
    return Outcome(status, written, said.decode())


def environment(**settings: str) -> dict[str, str]:
    """Return the environment of this process with these settings and no others of the program."""
    kept = {name: value for name, value in os.environ.items() if name not in _SETTINGS}
    return {**kept, **settings}


def in_own_process(
    arguments: Sequence[str | Path],
    settings: Mapping[str, str] | None = None,
    *,
    stdin: bytes = b"",
    cwd: Path = TOP,
) -> Outcome:
    """Run the program in a process of its own, with these environment variables."""
    command = [*PROGRAM, *map(str, arguments)]
    env = environment(**(settings or {}))
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, env=env, cwd=cwd)
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


def assert_golden(name: str, outcome: Outcome) -> None:
    """Compare status, standard output and standard error with the file `name`, byte by byte.

    Run the tests with UPDATE_GOLDEN=1 to write the files anew, then read the diff.
    """
    seen = f"status {outcome.status}\n--- standard output\n{outcome.text}--- standard error\n{outcome.err}".encode()
    path = _GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(seen)
    assert seen == path.read_bytes(), f"{name} differs"


def pinned(text: str) -> str:
    """Return a JSON document cut to what a person reads in a diff: three rows, and of every other list the first item.

    That the rest has the same shape is held by the published schema.
    """
    return json.dumps(_cut(json.loads(text)), ensure_ascii=False, indent=2) + "\n"


def _cut(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _cut(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_cut(part) for part in value[: 3 if key == "rows" else 1]]
    return value
