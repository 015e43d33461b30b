"""Byte-exact files of what users see. Run the tests with UPDATE_GOLDEN=1 to write them anew, then read the diff."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(__file__).with_name("golden")


def assert_golden(name: str, text: str) -> None:
    """Compare `text` with the file `name`, byte by byte."""
    path = _FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(text.encode())
    assert text.encode() == path.read_bytes(), f"{name} differs"
