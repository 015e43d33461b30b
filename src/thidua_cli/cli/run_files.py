"""Which options name files that are read and which name results, and what a run keeps of both until it ends.

An option says so itself, beside its annotation: no command can forget that something it reads must not be written over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_cli.side_files import forget, remember

if TYPE_CHECKING:
    from thidua_cli.findings import Finding
    from thidua_cli.read.source import Source


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
_led_to: dict[tuple[str, ...], tuple[Sequence[Source], Sequence[Finding]]] = {}
"""Arguments → the files of them: a folder of many is asked for several times in a run, and looked through once."""


@contextmanager
def own_files(named: Iterable[tuple[FileMark, str]]) -> Iterator[None]:
    """For one run of a command: what its options name; afterwards nothing is kept."""
    forget()
    _led_to.clear()
    _named[:] = named
    try:
        yield
    finally:
        _led_to.clear()
        while _endings:
            _endings.pop()()


def at_the_end(ending: Callable[[], None]) -> None:
    """Let something be done when the run is over, however it ends."""
    _endings.append(ending)


def sources_of(tables: Sequence[str]) -> tuple[Sequence[Source], Sequence[Finding]]:
    """Return what arguments lead to, and what is said of those that lead nowhere: looked for once in a run."""
    from thidua_cli.read.source import expand

    asked = tuple(tables)
    if asked not in _led_to:
        _led_to[asked] = expand(asked)
    return _led_to[asked]


def remember_named() -> None:
    """Remember the files that the options of this run name as read, before the first of them is opened."""
    # it remembers what it finds; what leads nowhere is told when it is read
    sources_of([word for mark, word in _named if mark is FileMark.READS_TABLES])
    remember(*(Path(word) for mark, word in _named if mark is FileMark.READS))
