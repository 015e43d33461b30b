"""Files that were given twice: under another name, in another folder."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from stat import S_ISREG

from thidua_cli.read.source import Source, digest


def same_files(sources: Sequence[Source]) -> dict[Source, Source]:
    """Return file → earlier file with the same content. Only files of the same size are compared."""
    by_size: dict[int, list[Source]] = {}
    for source in sources:
        with suppress(OSError, ValueError):  # a file that is not there is reported when it is opened
            state = None if source.path is None else source.path.stat()
            if state is not None and S_ISREG(state.st_mode):
                by_size.setdefault(state.st_size, []).append(source)
    copies: dict[Source, Source] = {}
    for group in by_size.values():
        first: dict[str, Source] = {}
        for source in group if len(group) > 1 else ():
            # An unreadable file has no digest; two of them are not the same.
            content = digest(source)
            if content and first.setdefault(content, source) is not source:
                copies[source] = first[content]
    return copies
