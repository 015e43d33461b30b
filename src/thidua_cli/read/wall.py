"""The wall around the libraries that parse files: a process of its own, which may die of a file and harms no other.

A reader (walled.py) is a new interpreter that parses one file after another under limits of memory and time
(limits.py) and answers over a pipe: a sheet with its first rows, then more rows as they are asked for, so that a large
sheet is never held here, and is parsed there while it is understood here. What it writes on the screen goes nowhere.
Where it dies, or is not done in time, one F001 tells of one file; a reader that had read others before is replaced
once, since it may have died of those. Where no reader can be started, such files are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from thidua_cli.findings import Finding
from thidua_cli.read.grid import Grid
from thidua_cli.read.opening import Opening
from thidua_cli.read.reader import NO_READER, NoReaderError, Reader, ReaderLostError, idle_reader, refused


def read_behind_the_wall(opening: Opening, given: int = 0) -> Iterator[Grid | Finding]:
    """Yield the sheets of a file without the first `given`, which the caller has; F001 in place of what is lost."""
    reader: Reader | None = None
    try:
        reader = idle_reader() or Reader()
        while True:
            try:
                for sheet in islice(reader.sheets(opening), given, None):
                    given += 1
                    yield sheet
            except ReaderLostError as lost:
                reader.end()
                if not lost.may_be_tried_again:
                    yield refused(opening, lost.reason)
                    return
                reader = Reader()
            else:
                break
    except NoReaderError:
        yield refused(opening, NO_READER)
        return
    except BaseException:  # Ctrl-C, or nobody asks for the rest: no process stays behind
        if reader is not None:
            reader.end()
        raise
    reader.wait_for_another_file(opening.size)


def unlocked_behind_the_wall(content: bytes) -> bytes | None:
    """Return an encrypted workbook as it was before (default_password.py); None where nobody can tell."""
    reader: Reader | None = None
    try:
        reader = idle_reader() or Reader()
        unlocked = reader.unlocked(content)
    except (ReaderLostError, NoReaderError):
        unlocked = None
    finally:
        if reader is not None:
            reader.end()
    return unlocked
