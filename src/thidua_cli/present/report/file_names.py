"""Names of the files of a run: safe on every system, Windows among them, and no two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from thidua_cli.late_pattern import late_pattern

_LONGEST: Final = 80
"""Characters before the ending: folder and name together may have 260 on Windows, and a folder is often deep."""
_RESERVED: Final = late_pattern(r"(con|prn|aux|nul|conin|conout|clock|com[0-9]|lpt[0-9])", re.IGNORECASE)
"""Devices of Windows, whatever the ending."""


def file_names(units: Iterable[tuple[str, str]], suffix: str) -> list[str]:
    """Return a name per unit (code, name), in order; those that would be the same file are numbered.

    A file is the same on Windows and macOS whatever the case of its letters.

    >>> file_names([("20956", "Xã Trà Đôn"), ("con", ""), ("1-a", ""), ("1_A", "")], "md")
    ['20956-xa-tra-don.md', 'don-vi-con.md', '1-a.md', '1-A-2.md']
    """
    taken: set[str] = set()
    names = []
    for code, name in units:
        stem = candidate = _stem(code, name)
        number = 2
        while candidate.casefold() in taken:
            candidate, number = f"{stem}-{number}", number + 1
        taken.add(candidate.casefold())
        names.append(f"{candidate}.{suffix.lstrip('.')}")
    return names


def _stem(unit_code: str, unit_name: str) -> str:
    # Đ has no decomposition in Unicode.
    plain = unicodedata.normalize("NFD", unit_name.replace("Đ", "D").replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    parts = [re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-") for part in (unit_code, letters)]
    stem = "-".join(part for part in parts if part)[:_LONGEST].strip("-")
    return f"don-vi-{stem}".rstrip("-") if not stem or _RESERVED.fullmatch(stem) else stem
