"""Look for files that break the reader, guided by which code they reach. Not part of the test run.

Atheris is no dependency of this project. In an environment of its own, from the top of the repository:

    python -m venv .venv-fuzz
    .venv-fuzz/bin/python -m pip install atheris hypothesis --editable .
    PYTHONPATH=.:scripts .venv-fuzz/bin/python tests/fuzz/atheris_target.py -max_total_time=60

The first byte of an input says what the rest becomes: a file of some kind, or the content of a part of a sound
workbook. An input that ends in an exception is kept as `crash-…`; give its name in place of the option to run it again.
"""

from __future__ import annotations

import importlib
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from forms.corpus_formats import repacked
from tests.fuzz.damage import parts, sound_workbook

_INSTRUMENTED = ("thidua_cli.pipeline", "thidua_cli.check.catalogue", "tests.fuzz.examine")
_PARTS = tuple(name for name in parts() if name.startswith("xl/") and "theme" not in name)
_SUFFIXES = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".xlsb")


def target(examine: Callable[[bytes, str], None]) -> Callable[[bytes], None]:
    """Return the function that Atheris calls with every input."""

    def one_input(content: bytes) -> None:
        choice, rest = (content[0], content[1:]) if content else (0, b"")
        choice %= len(_SUFFIXES) + len(_PARTS)
        if choice < len(_SUFFIXES):
            examine(rest, _SUFFIXES[choice])
            return
        part = _PARTS[choice - len(_SUFFIXES)]
        examine(repacked(sound_workbook(), lambda name, old: rest if name == part else old), ".xlsx")

    return one_input


def write_seeds(folder: Path) -> None:
    """Write an input for every part of a sound workbook, and small text tables."""
    with zipfile.ZipFile(io.BytesIO(sound_workbook())) as archive:
        for number, name in enumerate(_PARTS, start=len(_SUFFIXES)):
            (folder / str(number)).write_bytes(bytes([number]) + archive.read(name))
    header = "TT;Tên đơn vị;Tổng số hộ;Số hộ nghèo;Số hộ cận nghèo"
    flat = f"UBND HUYỆN ĐÔNG GIANG\nNăm 2023\n{header}\n1;Xã Tà Lu;423;104;40\n"
    canonical = "unit_code,year,households,poor_households,near_poor_households\n20470,2023,423,104,40\n"
    for number, text in enumerate((flat, canonical)):
        (folder / f"text-{number}").write_bytes(b"\0" + text.encode())


def main() -> None:
    """Hand the target over to Atheris, with the program's code instrumented."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["thidua_cli"]):
        modules = [importlib.import_module(name) for name in _INSTRUMENTED]
    with TemporaryDirectory() as seeds:
        write_seeds(Path(seeds))
        has_input = any(not argument.startswith("-") for argument in sys.argv[1:])
        atheris.Setup(sys.argv if has_input else [*sys.argv, "-keep_seed=1", seeds], target(modules[-1].examine))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
