"""The readings of many files in the order of the files, whoever read them: this process or a helper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.table_reading import FileReading
from thidua_cli.normalise.tables import read_source, repeated_file, repeated_files
from thidua_cli.read.source import Source
from thidua_cli.read_many.beside import Helpers
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.tables import bundled

Progress = Callable[[int, int, str], None]
"""Called before each file: how many are done, how many there are, and the name of this one."""


def read_in_order(
    sources: Sequence[Source], options: ReadingOptions, progress: Progress | None = None
) -> Iterator[FileReading]:
    """Yield one reading per file; of files with the same content all but the first are only told (F008)."""
    finder, copies = UnitFinder(bundled()), repeated_files(sources)
    with Helpers([source for source in sources if source not in copies], options) as helpers:
        for done, source in enumerate(sources):
            if progress is not None:
                progress(done, len(sources), source.name)
            if source in copies:
                yield repeated_file(source, copies[source])
            else:
                yield helpers.reading_of(source) or read_source(source, options, finder)
