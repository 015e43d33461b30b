"""Where a result goes: standard output, or a file that is written beside its place and then put into it."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from thidua_cli.cli.exit_status import ReaderGoneError
from thidua_cli.errors import OutputError, UsageError
from thidua_cli.language import Language, Text

if TYPE_CHECKING:
    from thidua_cli.present.toolkit.document import View

STANDARD_OUTPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a command writes its result."""

    output: str | None
    """Path of a file; None or "-" for standard output."""
    force: bool
    """Whether an existing file may be replaced."""
    inputs: Collection[Path] = ()
    """Files the command reads: never replaced, not even with `force`."""

    @property
    def is_file(self) -> bool:
        """Whether the result goes to a file."""
        return self.output not in (None, STANDARD_OUTPUT)

    def check(self) -> None:
        """Refuse a place that must not be written to, before any work is done for it.

        Raises:
            OutputError: There is a file already, it is an input, or the folder is not there.
        """
        if self.is_file:
            from thidua_cli.present.toolkit.write import check_target

            check_target(Path(str(self.output)), force=self.force, inputs=self.inputs)

    def write(self, content: str | bytes) -> None:
        """Write the whole result.

        Raises:
            OutputError: The file is there already, is an input, or cannot be written.
            ReaderGoneError: Standard output is a pipe that was closed.
        """
        if not self.is_file:
            _to_standard_output(content)
            return
        from thidua_cli.present.toolkit.write import write_file

        data = content.encode() if isinstance(content, str) else content
        write_file(Path(str(self.output)), data, force=self.force, inputs=self.inputs)

    def show(self, view: View, format_: str, language: Language, width: int = 80, color: bool = False) -> None:
        """Write an answer in one of `present.toolkit.render.FORMATS`, for a terminal or page of `width` columns.

        Raises:
            UsageError: The answer is not offered in this format.
            OutputError: As `write`.
        """
        from thidua_cli.present.toolkit.render import FORMATS, render

        content, opening = render(view, format_, language, width, color), FORMATS[format_].opening
        self.write(opening + content if isinstance(content, str) and self.is_file else content)


def destination(output: str | None, force: bool, inputs: Sequence[str] = ()) -> Destination:
    """Return where to write, refused at once if it must not be written to.

    `inputs` are the files, folders and patterns a command reads, as they were given.

    Raises:
        OutputError: As `Destination.check`.
    """
    if output in (None, STANDARD_OUTPUT):
        return Destination(output, force)
    place = Destination(output, force, input_paths(inputs))
    place.check()
    return place


def input_paths(inputs: Sequence[str]) -> tuple[Path, ...]:
    """Return the files that arguments stand for; what leads nowhere is told when it is read."""
    from thidua_cli.read.source import expand

    sources, _ = expand(inputs)
    return tuple(source.path for source in sources if source.path is not None)


def make_folder(folder: Path) -> None:
    """Make a folder for results, with those above it.

    Raises:
        OutputError: The system does not allow it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        text = Text("không tạo được thư mục {folder}: {reason}", "the folder {folder} cannot be made: {reason}")
        raise OutputError(text.fill(folder=folder, reason=reason)) from error


def refuse_on_screen(format_: str, output: str | None) -> None:
    """Raise UsageError where a workbook would be poured onto a terminal.

    Raises:
        UsageError: The format is binary, and there is no file to write it to.
    """
    from thidua_cli.present.toolkit.render import FORMATS

    wanted = FORMATS[format_]
    if wanted.is_binary and (output is None or (output == STANDARD_OUTPUT and sys.stdout.isatty())):
        text = Text("--format {name} cần -o TỆP{suffix}", "--format {name} needs -o FILE{suffix}")
        raise UsageError(text.fill(name=format_, suffix=wanted.suffix))


def _to_standard_output(content: str | bytes) -> None:
    try:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderGoneError from error
