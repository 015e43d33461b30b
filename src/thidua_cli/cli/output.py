"""Where a result goes and in which format: standard output, or a file put into its place once it is whole.

The one room that knows how `-o` and `--format` go together; commands say which formats they offer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from thidua_cli.cli.run_files import at_the_end, remember_named
from thidua_cli.cli.streams import write_out
from thidua_cli.errors import UsageError
from thidua_cli.language import Language, Text, format_count
from thidua_cli.late_dataclass import dataclass

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
    format_: str
    """What is written: one of `present.toolkit.render.FORMATS`, or what else the command makes ("toml")."""

    @property
    def is_file(self) -> bool:
        """Whether the result goes to a file."""
        return self.output not in (None, STANDARD_OUTPUT)

    def hold(self) -> None:
        """Refuse a place that must not be written to, before any work is done for it, and keep it for this run.

        Raises:
            OutputError: There is a file already, it is an input, another run writes it, or the folder is not there.
        """
        if self.is_file:
            from thidua_cli.present.toolkit.write import hold, let_go

            remember_named()
            at_the_end(let_go)
            hold(Path(str(self.output)), force=self.force)

    def hold_folder(self) -> None:
        """Make the folder of the results, where it is not there yet, and keep it for this run.

        Raises:
            OutputError: The system does not allow it, or another run writes there.
        """
        from thidua_cli.present.toolkit.write import hold_folder, let_go, made_folder

        remember_named()
        at_the_end(let_go)
        hold_folder(made_folder(Path(str(self.output))))

    def write(self, content: str | bytes) -> None:
        """Write the whole result, exactly; on a terminal its characters are visible, as those of every answer are.

        Raises:
            OutputError: The file is there already, is an input, or cannot be written.
            ReaderGoneError: Standard output is a pipe that was closed.
        """
        if not self.is_file:
            write_out(_for_people(content) if sys.stdout.isatty() else content)
            return
        from thidua_cli.present.toolkit.write import write_file

        # A file name that is no UTF-8 stands in a result as \udcff, which JSON reads back as what it was.
        data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
        write_file(Path(str(self.output)), data, force=self.force)

    def show(self, view: View, language: Language, width: int = 80, color: bool = False) -> None:
        """Write an answer in the format of the place, for a terminal or page of `width` columns.

        Raises:
            UsageError: The answer is not offered in this format.
            OutputError: As `write`.
        """
        from thidua_cli.present.toolkit.render import file_content, in_pieces, render

        pieces = in_pieces(view, self.format_, language)
        if pieces is not None:
            self._write_in_turn(pieces)
        elif self.is_file:
            self.write(file_content(view, self.format_, language, width))
        else:
            # drawn: what steers the terminal are our own colours
            write_out(render(view, self.format_, language, width, color))

    def _write_in_turn(self, pieces: Iterator[str]) -> None:
        if not self.is_file:
            for piece in pieces:
                write_out(piece)
            return
        from thidua_cli.present.toolkit.write import write_file

        write_file(Path(str(self.output)), (piece.encode() for piece in pieces), force=self.force)

    def written(self, holds: Text) -> Text:
        """Return the sentence that says what was written, and where."""
        from thidua_cli.present.toolkit.render import FORMATS

        known = FORMATS.get(self.format_)
        title = self.format_.upper() if known is None else known.title
        text = Text("Đã ghi {file} ({format}): {holds}.", "Wrote {file} ({format}): {holds}.")
        return text.fill(file=self.output, format=title, holds=holds)


def counted(count: int, vi: str, en: str) -> Text:
    """Return how many things there are; the English word is given for one of them.

    >>> counted(1200, "đơn vị", "unit")
    Text(vi='1.200 đơn vị', en='1,200 units')
    """
    return Text(f"{format_count(count)} {vi}", f"{format_count(count, Language.EN)} {en}{'' if count == 1 else 's'}")


@dataclass(frozen=True, slots=True)
class Offer:
    """The formats a command can write."""

    endings: Mapping[str, str]
    """Name of each format → ending of the names of its files."""
    default: str
    """What is written where neither --format nor the name of the file says otherwise."""

    @classmethod
    def of(cls, formats: Sequence[str], default: str | None = None) -> Offer:
        """Offer some of `present.toolkit.render.FORMATS`; the first is the default where none is named."""
        from thidua_cli.present.toolkit.render import FORMATS

        return cls({str(name): FORMATS[name].suffix for name in formats}, str(default or formats[0]))

    def chosen(self, output: str | None, asked: str | None) -> str:
        """Return the format of a result: that of the ending of its name, else the one asked for, else the default.

        Raises:
            UsageError: The ending says nothing and no format is asked for, the command does not write such files, or
                another format is asked for.
        """
        ending = _ending(output)
        named = next((name for name, own in self.endings.items() if own == ending), None)
        if ending and named is None and (asked is None or _is_known(ending)):
            raise UsageError(self._no_such_file(output, ending))
        if named is not None and asked not in (None, named):
            text = Text(
                "-o {output} và --format {asked} trái nhau; {endings}",
                "-o {output} contradicts --format {asked}; {endings}",
            )
            raise UsageError(text.fill(output=output, asked=asked, endings=self._listed))
        return named or asked or self.default

    def _no_such_file(self, output: str | None, ending: str) -> Text:
        text = Text(
            "-o {output}: lệnh này không ghi dạng nào có đuôi {ending}; {endings}{mend}",
            "-o {output}: this command writes no format whose files end in {ending}; {endings}{mend}",
        )
        mend = Text("; muốn giữ tên này thì thêm --format", "; to keep this name add --format")
        keeps = len(self.endings) > 1 and not _is_known(ending)
        return text.fill(output=output, ending=ending, endings=self._listed, mend=mend if keeps else "")

    @property
    def _listed(self) -> Text:
        """Every ending, with the name for --format where that is another word."""
        names = ((ending, "" if ending == f".{name}" else f" ({name})") for name, ending in self.endings.items())
        listed = ", ".join(ending + name for ending, name in names)
        return Text(f"các đuôi: {listed}", f"the endings: {listed}")


def _ending(output: str | None) -> str:
    return "" if output in (None, STANDARD_OUTPUT) else Path(str(output)).suffix.lower()


def _is_known(ending: str) -> bool:
    """Say whether files of this ending are expected to hold one of our formats."""
    from thidua_cli.present.toolkit.render import FORMATS

    return any(ending == known.suffix for known in FORMATS.values())


def destination(output: str | None, force: bool, offer: Offer, asked: str | None) -> Destination:
    """Return where to write and what, refused at once if it must not be written, and kept for this run.

    `asked` is --format.

    Raises:
        UsageError: The name of the file and the format do not go together, or a workbook has no file to go to.
        OutputError: As `Destination.hold`.
    """
    format_ = offer.chosen(output, asked)
    refuse_on_screen(format_, output)
    place = Destination(output, force, format_)
    place.hold()
    return place


def refuse_on_screen(format_: str, output: str | None) -> None:
    """Raise UsageError where a workbook would be poured onto a terminal.

    Raises:
        UsageError: The format is binary, and there is no file to write it to.
    """
    from thidua_cli.present.toolkit.render import FORMATS

    wanted = FORMATS.get(format_)
    if (
        wanted is not None
        and wanted.is_binary
        and (output is None or (output == STANDARD_OUTPUT and sys.stdout.isatty()))
    ):
        text = Text("--format {name} cần -o TỆP{suffix}", "--format {name} needs -o FILE{suffix}")
        raise UsageError(text.fill(name=format_, suffix=wanted.suffix))


def _for_people(content: str | bytes) -> str:
    """Return a table or rule file that a program could read, as a terminal shows it."""
    from thidua_cli.present.toolkit.foreign_text import visible_lines

    return visible_lines(content if isinstance(content, str) else content.decode())
