"""The readings of many files in the order of the files, whoever read them: this process or a helper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from thidua_cli.late_dataclass import replace
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.table_reading import Evidence, FileReading
from thidua_cli.normalise.tables import read_source, repeated_file, repeated_files
from thidua_cli.normalise.together import told_together
from thidua_cli.read.source import Source
from thidua_cli.read_many.beside import Helpers
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.tables import bundled

Progress = Callable[[int, int, str], None]
"""Called before each file: how many are done, how many there are, and the name of this one."""


def read_together(
    sources: Sequence[Source], options: ReadingOptions, progress: Progress | None = None
) -> Iterator[FileReading]:
    """Yield one reading per file; those whose names fit several places are read again where all files tell which.

    What comes before the first such file is yielded as it is read: only the rest waits for the last one.
    """
    waiting: list[tuple[Source, FileReading]] = []
    evidence: list[Evidence] = []
    for source, file in zip(sources, read_in_order(sources, options, progress), strict=True):
        evidence += file.evidence
        if waiting or file.is_open:
            waiting.append((source, file))
        else:
            yield file
    together = told_together(evidence) if waiting else ()
    # standard input can be read once only
    again = [source for source, file in waiting if together and file.is_open and source.path is not None]
    with_places = dict(zip(again, read_in_order(again, replace(options, together=together)), strict=True))
    waiting.reverse()
    while waiting:
        source, file = waiting.pop()
        yield with_places.pop(source, file)


def read_in_order(
    sources: Sequence[Source], options: ReadingOptions, progress: Progress | None = None
) -> Iterator[FileReading]:
    """Yield one reading per file; of files with the same content all but the first are only told (F008)."""
    finder, copies = UnitFinder(bundled(), options.within or ""), repeated_files(sources)
    with ExitStack() as at_work:
        helpers: Helpers | None = None
        for done, source in enumerate(sources):
            if progress is not None:
                progress(done, len(sources), source.name)
            if copies and source in copies:
                yield repeated_file(source, copies[source])
            elif helpers is None:
                # what the first file made ready here, tables, words and headers, a copy of this process has as well
                first = read_source(source, options, finder)
                rest = [other for other in sources[done + 1 :] if not copies or other not in copies]
                helpers = at_work.enter_context(Helpers(rest, options))
                yield first
            else:
                yield helpers.reading_of(source) or read_source(helpers.to_be_read_here(source), options, finder)
