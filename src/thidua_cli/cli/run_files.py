"""Which options name files that are read and which name results, and what a run keeps of both until it ends.

An option says so itself, beside its annotation: no command can forget that something it reads must not be written over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path

from thidua_cli.side_files import forget, remember


class FileMark(Enum):
    """What an option or argument names."""

    READS_TABLES = auto()
    """Files, folders and patterns that are read, or "-"."""
    READS = auto()
    """A file that is read, or the id of one that ships."""
    WRITES = auto()
    """A file or folder for a result."""


_named: list[tuple[FileMark, str]] = []
_endings: list[Callable[[], None]] = []


@contextmanager
def own_files(named: Iterable[tuple[FileMark, str]]) -> Iterator[None]:
    """For one run of a command: what its options name; afterwards nothing is kept."""
    forget()
    _named[:] = named
    try:
        yield
    finally:
        while _endings:
            _endings.pop()()


def at_the_end(ending: Callable[[], None]) -> None:
    """Let something be done when the run is over, however it ends."""
    _endings.append(ending)


def remember_named() -> None:
    """Remember the files that the options of this run name as read, before the first of them is opened."""
    from thidua_cli.read.source import expand

    tables = [word for mark, word in _named if mark is FileMark.READS_TABLES]
    expand(tables)  # remembers what it finds; what leads nowhere is told when it is read
    remember(*(Path(word) for mark, word in _named if mark is FileMark.READS))
