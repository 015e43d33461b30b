"""Patterns of file names ("bieu/**/*.xlsx"), where folders may hold links to folders above them.

The standard library follows such links as long as a path may be: every link doubles, at every level, what it visits.
Here a folder is entered once at each step of a pattern, whatever ways lead to it.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_ANY_DEPTH: Final = "**"


def matches(pattern: str) -> list[Path]:
    """Return the files and folders that fit a pattern, in the order of their names; hidden ones only where named."""
    whole = Path(pattern)
    parts = whole.parts[1:] if whole.anchor else whole.parts
    folders = [Path(whole.anchor)] if whole.anchor else [Path()]
    for part in parts[:-1]:
        if part == _ANY_DEPTH:
            folders = list(_below(folders))
        else:
            folders = list(_each_once(path for folder in folders for path in _inside(folder, part)))
    last = parts[-1]
    if last == _ANY_DEPTH:
        folders, last = list(_below(folders)), "*"
    return sorted({path for folder in folders for path in _inside(folder, last)}, key=str)


def _inside(folder: Path, part: str) -> Iterator[Path]:
    """Yield what fits one part of a pattern in a folder."""
    if not glob.has_magic(part):
        path = folder / part
        if os.path.lexists(path):
            yield path
        return
    yield from (folder / name for name in sorted(glob.glob(part, root_dir=folder)))  # noqa: PTH207 - names alone


def _below(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield folders and all folders in them, nearest first; not hidden ones."""
    entered: set[tuple[int, int]] = set()
    level = list(_each_once(folders, entered))
    while level:
        yield from level
        level = list(_each_once((path for folder in level for path in _inside(folder, "*")), entered))


def _each_once(paths: Iterable[Path], entered: set[tuple[int, int]] | None = None) -> Iterator[Path]:
    """Yield the folders among paths, each but once; `entered` keeps which they are."""
    entered = set() if entered is None else entered
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            continue  # a link that leads nowhere, or to itself
        key = (state.st_dev, state.st_ino)
        if path.is_dir() and key not in entered:
            entered.add(key)
            yield path
