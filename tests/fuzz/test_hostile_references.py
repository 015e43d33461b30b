"""Cells that no spreadsheet has. Each is read in a process of its own: memory that cannot be had kills a process."""

import subprocess
import sys
from pathlib import Path

import pytest

from .damage import with_reference

PROGRAM = "import sys; from thidua_cli.cli.main import run; sys.argv[0] = 'thidua'; run()"


def status_of_check(path: Path) -> int:
    return subprocess.run([sys.executable, "-c", PROGRAM, "check", str(path)], capture_output=True).returncode


@pytest.mark.parametrize("reference", [b"XFD1048576", b"ZZZZ9", b"A99999999", b"A0"])
def test_a_cell_far_away_is_refused_or_read(reference: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(with_reference(reference))
    assert status_of_check(path) in (0, 1, 3)


@pytest.mark.parametrize("reference", [b"C4294967295", b"C99999999999999999999", b"ZZZZZZZ9", b"NaNJ8"])
def test_a_cell_beyond_every_sheet_is_refused(reference: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(with_reference(reference))
    assert status_of_check(path) == 3
