"""Which modules a run of the program loads, as the interpreter itself reports them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Final, NamedTuple

HEAVY: Final = ("numpy", "openpyxl", "pandas", "pydantic", "rich", "tabulate", "xlsxwriter")
"""Top-level packages whose import a light command would feel."""
_PROGRAM: Final = "from thidua_cli.cli.main import run; run()"


class Import(NamedTuple):
    """One imported module."""

    name: str
    own_microseconds: int
    """Time for the module itself, without the modules it imports."""


def imports_of(arguments: Sequence[str]) -> tuple[int, list[Import]]:
    """Run the program with `arguments` in a process of its own; return its exit status and its imports in order."""
    command = [sys.executable, "-X", "importtime", "-c", _PROGRAM, *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=environment)
    lines = [line.removeprefix("import time:") for line in done.stderr.splitlines() if line.startswith("import time:")]
    parts = [[part.strip() for part in line.split("|")] for line in lines]
    return done.returncode, [Import(name, int(own)) for own, _, name in parts if own.isdigit()]


def heavy_packages(imports: Sequence[Import]) -> list[str]:
    """Return the packages of `HEAVY` among the imports, sorted."""
    return sorted({module.name.partition(".")[0] for module in imports} & set(HEAVY))
