"""Shared texts of an .xlsx or .xlsb, counted in each cell that names them: calamine gives every cell a copy.

Looked for only where the texts and the cells are so many that they might fill the memory.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.limits import TEXT_REPEATED_BYTES, too_much_text

_PARTS: Final = ("sharedstrings.xml", "sharedstrings.bin")
_CELL_BYTES: Final = 14
"""The shortest cell that can name a text."""
_TEXT: Final = late_pattern(rb"[<:]si(?=[\s/>])")
_BETWEEN: Final = rb"(?:\s*<(?!/?(?:[^\s<>/:]*:)?[cv][\s/>])[^<>]*>[^<]*)*"
"""What may stand in a cell before its value."""
_NAMED: Final = late_pattern(
    rb"""\st\s*=\s*["']s["'][^<>]*>""" + _BETWEEN + rb"""\s*<(?:[^\s<>/:]*:)?v(?:\s[^<>]*)?>\s*([0-9]{1,9})"""
)
_SHARED_ITEM: Final = 19
_SHARED_CELL: Final = 7


def repeats_too_much(archive: zipfile.ZipFile, part: str) -> Text | None:
    """Say that the cells of a sheet hold more text than there is memory for; None where they do not."""
    entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith(_PARTS)]
    cells = archive.getinfo(part).file_size // _CELL_BYTES
    if sum(entry.file_size for entry in entries) * cells <= TEXT_REPEATED_BYTES:
        return None
    lengths = [length for entry in entries for length in _lengths(archive.read(entry), entry.filename)]
    if max(lengths, default=0) * cells <= TEXT_REPEATED_BYTES:
        return None
    return too_much_text(sum(_named(archive.read(part), part, lengths)), TEXT_REPEATED_BYTES)


def _lengths(content: bytes, name: str) -> list[int]:
    """Return how many bytes each text takes at most."""
    if name.lower().endswith(".bin"):
        from thidua_cli.read.biff12 import records  # late: few workbooks are .xlsb

        return [len(body) for kind, body in records(content) if kind == _SHARED_ITEM]
    starts = [match.start() for match in _TEXT.finditer(content)]
    return [end - start for start, end in zip(starts, [*starts[1:], len(content)], strict=False)]


def _named(content: bytes, part: str, lengths: Sequence[int]) -> Iterator[int]:
    """Yield the length of the text in each cell that names one."""
    if part.lower().endswith(".bin"):
        from thidua_cli.read.biff12 import records

        numbers = (int.from_bytes(body[8:12], "little") for kind, body in records(content) if kind == _SHARED_CELL)
    else:
        numbers = (int(match[1]) for match in _NAMED.finditer(content))
    return (lengths[number] for number in numbers if number < len(lengths))
