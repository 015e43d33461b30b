"""Drawing the reports of a run: in this process, and where that is safe in a copy of it that begins at the other end.

Both draw the same bytes. Nobody waits for the copy: what it has not drawn when this process comes to it is drawn here,
so that a copy that is slow, died, or met an error costs nothing, and every error is raised where one process raises it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Final

from thidua_cli.language import Language
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.office import Office
from thidua_cli.present.report.view import report_view
from thidua_cli.present.toolkit.render import file_content
from thidua_cli.read_many.beside import processors
from thidua_cli.read_many.forked import ForkedProcess, may_be_copied

if TYPE_CHECKING:
    from thidua_cli.present.docx.template import Template
    from thidua_cli.results import UnitReport

FEWEST: Final = 48
"""Fewer reports are drawn before a copy has begun."""
_HEAD: Final = 12
"""Bytes before a document in the pipe: its place and its length."""


class DrawnReports(NamedTuple):
    """How the reports of a run are drawn."""

    reports: Sequence[UnitReport]
    office: Office
    format: str
    language: Language
    width: int
    template: Template | None = None
    """The office's own document that they are written into."""

    def content(self, place: int) -> bytes:
        """Return the file of the report at a place."""
        report = self.reports[place]
        if self.template is not None:
            from thidua_cli.present.report.fields import filled

            return filled(self.template, report, self.office, self.language)
        return file_content(report_view(report, self.office), self.format, self.language, self.width)


@contextmanager
def drawn(drawing: DrawnReports, places: Sequence[int]) -> Iterator[Iterator[tuple[int, bytes]]]:
    """Hand out place and file of the reports at some places, each once; in order where one process draws them.

    The copy begins at once, before whoever takes them starts a thread: a process of several cannot be copied.
    """
    copy = _copy_at_work(drawing, places) if len(places) >= FEWEST and processors() > 1 else None
    if copy is None:
        yield ((place, drawing.content(place)) for place in places)
        return
    try:
        yield _shared(drawing, places, copy)
    finally:
        copy.end()


def _shared(drawing: DrawnReports, places: Sequence[int], copy: _Copy) -> Iterator[tuple[int, bytes]]:
    """Draw from the front until the copy is met, which draws from the back, and yield what it has drawn as it comes."""
    done: set[int] = set()
    for place in places:
        for other, content in copy.arrived():
            if other not in done:  # what both had in hand when they met
                done.add(other)
                yield other, content
        if place not in done:
            done.add(place)
            yield place, drawing.content(place)


class _Copy:
    """A copy of this process at work, and a thread that takes what it has drawn."""

    def __init__(self, process: ForkedProcess) -> None:
        from threading import Thread

        self._process = process
        self._arrived: list[tuple[int, bytes]] = []
        self._listener = Thread(target=self._listen, daemon=True)
        try:
            self._listener.start()
        except RuntimeError:  # the system starts no thread
            self._process.kill()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while len(head := stream.read(_HEAD)) == _HEAD:
            place, length = int.from_bytes(head[:4], "little"), int.from_bytes(head[4:], "little")
            content = stream.read(length)
            if len(content) == length:
                self._arrived.append((place, content))

    def arrived(self) -> list[tuple[int, bytes]]:
        """Return what came since this was last asked."""
        number = len(self._arrived)
        taken, self._arrived[:number] = self._arrived[:number], []
        return taken

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        if self._listener.ident is not None:
            self._listener.join()
        if self._process.stdout is not None:
            self._process.stdout.close()


def _copy_at_work(drawing: DrawnReports, places: Sequence[int]) -> _Copy | None:
    """Set a copy of this process to work from the last place on; None where the system does not allow it."""
    if not may_be_copied():
        return None

    def work(pipe: IO[bytes]) -> None:
        for place in reversed(places):
            content = drawing.content(place)
            pipe.write(place.to_bytes(4, "little") + len(content).to_bytes(8, "little") + content)
            pipe.flush()

    with suppress(OSError):
        return _Copy(ForkedProcess(work))
    return None
