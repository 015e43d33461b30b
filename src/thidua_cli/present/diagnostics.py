"""All of standard error: messages and the progress of long work. Standard output carries data alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import ceil
from threading import Event, Thread
from typing import Final, TextIO

from thidua_cli.findings import Severity
from thidua_cli.language import Language, Text
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.lexicon import SEVERITY_WORDS
from thidua_cli.present.toolkit.foreign_text import visible, visible_lines

PATIENCE_SECONDS: Final = 1.0
"""Work that takes longer shows how far it is."""

_REDRAW_SECONDS: Final = 0.1
_BAR_LENGTH: Final = 24
_RATE: Final = Text(" · {rate}/s · còn {left} s", " · {rate}/s · {left} s left")
_CLEAR_LINE: Final = "\r\x1b[2K"
_COLORS: Final = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[33m", Severity.NOTE: ""}
_RESET: Final = "\x1b[0m"


@dataclass(slots=True)
class Diagnostics:
    """Writes messages to one stream, in one language, as loud as asked."""

    stream: TextIO
    language: Language = Language.VI
    quiet: bool = False
    """Errors only."""
    verbose: bool = False
    color: bool = False
    clock: Callable[[], float] = field(default=time.monotonic)

    def error(self, text: Text) -> None:
        """Say what went wrong; never silenced."""
        self._say(Severity.ERROR, text)

    def warning(self, text: Text) -> None:
        """Say what a person must look at; silent when quiet."""
        if not self.quiet:
            self._say(Severity.WARNING, text)

    def note(self, text: Text) -> None:
        """Say what was done; silent when quiet."""
        if not self.quiet:
            self._line(self._words(text))

    def detail(self, text: Text) -> None:
        """Say what only a person looking for a cause wants to know; silent unless verbose."""
        if self.verbose and not self.quiet:
            self._line(self._words(text))

    @contextmanager
    def progress(self, label: Text, total: int, *, shows_rate: bool = False) -> Iterator[Progress]:
        """Show how far work of `total` steps is: only on a terminal, only after a second, and gone when it is done.

        `shows_rate`: also how many steps are done in a second, and how long the others will take.
        """
        progress = Progress(self, label.pick(self.language), total, self.clock(), shows_rate=shows_rate)
        ticking = Ticking(progress) if self.shows_progress() else None
        try:
            yield progress
        finally:
            if ticking is not None:
                ticking.stop()
            progress.clear()

    def shows_progress(self) -> bool:
        """Say whether a moving line can be drawn and is wanted."""
        return not self.quiet and self.stream.isatty()

    def _say(self, severity: Severity, text: Text) -> None:
        label = SEVERITY_WORDS[severity].pick(self.language)
        start, end = (_COLORS[severity], _RESET) if self.color else ("", "")
        self._line(f"{start}{label}:{end} {self._words(text)}")

    def _words(self, text: Text) -> str:
        """Return a message as it is shown; no line of it but the first begins where messages begin."""
        first, *others = visible_lines(text.pick(self.language)).split("\n")
        return "\n".join([first, *(line if line.startswith("  ") else f"  {line}" for line in others)])

    def _line(self, text: str) -> None:
        # Closed, or on a full disk: nobody is left to be told.
        with suppress(OSError, ValueError):
            self.stream.write(f"{text}\n")
            self.stream.flush()


@dataclass(slots=True)
class Progress:
    """The moving line of one piece of work."""

    diagnostics: Diagnostics
    label: str
    total: int
    started: float
    done: int = 0
    shows_rate: bool = False
    _drawn: float | None = None

    def advance(self, steps: int = 1) -> None:
        """Count steps as done and draw the line if it is time to."""
        self.done += steps
        self.tick()

    def tick(self) -> None:
        """Draw the line if it is time to, whether or not a step was done."""
        now = self.diagnostics.clock()
        waited = now - (self.started + PATIENCE_SECONDS if self._drawn is None else self._drawn + _REDRAW_SECONDS)
        if waited >= 0 and self.diagnostics.shows_progress():
            self._drawn = now
            self._draw()

    def clear(self) -> None:
        """Wipe the line, if one was drawn."""
        if self._drawn is not None:
            self.diagnostics.stream.write(_CLEAR_LINE)
            self.diagnostics.stream.flush()
            self._drawn = None

    def _draw(self) -> None:
        seconds = self.diagnostics.clock() - self.started
        text = f"{visible(self.label)} {self._bar()}{int(seconds)} s{self._rate(seconds)}"
        self.diagnostics.stream.write(f"{_CLEAR_LINE}{text}")
        self.diagnostics.stream.flush()

    def _rate(self, seconds: float) -> str:
        """Return steps in a second and the seconds left, as far as steps were done that tell."""
        if not self.shows_rate or not self.done or seconds <= 0:
            return ""
        rate = self.done / seconds
        left = ceil(max(self.total - self.done, 0) / rate)
        shown = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
        if self.diagnostics.language is Language.VI:
            shown = shown.replace(".", ",")
        return _RATE.fill(rate=shown, left=str(left)).pick(self.diagnostics.language)

    def _bar(self) -> str:
        """Return how far the work is; nothing where its steps are not known."""
        if not self.total:
            return ""
        filled = int(min(self.done / self.total, 1) * _BAR_LENGTH)
        bar = "█" * filled + "·" * (_BAR_LENGTH - filled)
        return f"{bar} {self.done}/{self.total} · "


class Ticking:
    """Draws a progress line from a thread of its own, so that one long step shows that it goes on."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._over = Event()
        # A daemon: an interrupted run must not wait for the line that says how far it is.
        self._thread = Thread(target=self._run, daemon=True)
        with suppress(RuntimeError):  # the system starts no thread: the line stands still
            self._thread.start()

    def stop(self) -> None:
        """Draw no more."""
        self._over.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(_REDRAW_SECONDS):
            self._progress.tick()
