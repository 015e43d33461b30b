"""What every command over files takes and does around its own work: files, output, progress, what is said."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from thidua_cli.cli.office_file.place import in_use
from thidua_cli.cli.office_file.using import NoConfig
from thidua_cli.cli.options import (
    Files,
    Force,
    Format,
    IssueDate,
    Lang,
    NoColor,
    Output,
    OwnForm,
    Quiet,
    ScopeUnit,
    ShowValues,
    StatedLine,
    Verbose,
    Within,
    Year,
    path,
)
from thidua_cli.cli.output import Destination, Offer, destination
from thidua_cli.cli.run_files import sources_of
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language, Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import Origin
from thidua_cli.present.diagnostics import Diagnostics
from thidua_cli.present.toolkit import terminal

if TYPE_CHECKING:
    from thidua_cli.normalise.files_read import FilesRead
    from thidua_cli.normalise.options import ReadingOptions
    from thidua_cli.office import Office
    from thidua_cli.present.toolkit.document import View


T = TypeVar("T")
COMPUTING: Final = Text("Đang tính", "Computing")
FILE_WIDTH: Final = 160
"""Columns of a text that goes to a file or a pipe."""


@dataclass(frozen=True, slots=True)
class Run:
    """How one command speaks."""

    language: Lang = Language.VI
    quiet: Quiet = False
    verbose: Verbose = False
    no_color: NoColor = False
    no_config: NoConfig = False

    @property
    def diagnostics(self) -> Diagnostics:
        """Standard error."""
        color = not self.no_color and terminal.shows_color(sys.stderr, os.environ)
        return Diagnostics(sys.stderr, self.language, self.quiet, self.verbose, color)

    @property
    def office(self) -> Office:
        """Who issues the papers of this run, and when; what nobody says is blank."""
        from thidua_cli.office import NO_OFFICE  # late: a check issues no paper

        office = in_use().office or NO_OFFICE
        return office if self.issued is None else office._replace(date=self.issued)

    @property
    def issued(self) -> date | None:
        """The day of issue, where the command takes it."""
        return None

    def read(self, files: Sequence[str], options: ReadingOptions) -> FilesRead:
        """Read the files, with a progress bar on standard error once it takes more than a second."""
        from thidua_cli import pipeline  # late: `rules`, `units` and `explain` speak in the same way and read no file
        from thidua_cli.normalise.forms.register import forms

        diagnostics = self.diagnostics
        with diagnostics.progress(Text("Đang đọc", "Reading"), 0) as bar:

            def progress(done: int, total: int, name: str) -> None:
                bar.total = total
                bar.advance(done - bar.done)

            sources, unreadable = sources_of(files)
            reading = pipeline.read_sources(sources, options, progress, unreadable)
        for table in reading.tables:
            origin = reading.observations.tables[table.table]
            text = Text(
                "Đã đọc {place}: {form}, năm {year}, {scope}: {rows} dòng",
                "Read {place}: {form}, {year}, {scope}: {rows} rows",
            )
            place = Origin(origin.file, origin.sheet)
            scope = table.scope.name if table.scope else "–"
            form = forms()[table.form].short_title
            diagnostics.detail(
                text.fill(place=place, form=form, year=str(table.year or "–"), scope=scope, rows=table.rows)
            )
        return reading

    def check(self, reading: FilesRead) -> list[Finding]:
        """Return all findings, with a sign of life once it takes more than a second."""
        from thidua_cli import pipeline

        return self.working(Text("Đang kiểm tra", "Checking"), lambda: pipeline.check(reading))

    def working(self, label: Text, work: Callable[[], T]) -> T:
        """Return what `work` returns; standard error shows that it goes on once it takes more than a second."""
        with self.diagnostics.progress(label, 0):
            return work()

    def lacks_figures(self, reading: FilesRead, findings: Sequence[Finding]) -> bool:
        """Say file by file why nothing was read, where that is so; return whether it is."""
        from thidua_cli.check.nothing_read import why_nothing_was_read

        reasons = why_nothing_was_read(reading, findings)
        for reason in reasons:
            self.diagnostics.error(reason)
        return bool(reasons)

    def mention_attested(self, codes: Sequence[str]) -> None:
        """Say on standard error which attested units are not in the figures: the result is silent on them."""
        if codes:
            text = Text(
                "phiếu xác nhận có {count} đơn vị không có trong số liệu nên không được dùng: {codes}",
                "the attestations speak of {count} units that the figures do not hold; not used: {codes}",
            )
            shown = ", ".join(codes[:5]) + (" …" if len(codes) > 5 else "")
            self.diagnostics.warning(text.fill(count=len(codes), codes=shown))

    def mention_class_files(self, findings: Sequence[Finding]) -> None:
        """Say on standard error what is to be looked at in the class files, each with its place."""
        for finding in findings:
            messages = [f"{finding.origin}: {finding.kind.code} {finding.message(language)}" for language in Language]
            self.diagnostics.warning(Text(*messages))

    def show(
        self, view: View, place: Destination, holds: Text, width: int | None = None, color: bool | None = None
    ) -> None:
        """Write an answer, laid out and coloured for the terminal it goes to, and say so where it goes to a file.

        Raises:
            UsageError: As `Destination.show`.
            OutputError: As `Destination.write`.
        """
        columns, shown = self.width(place) if width is None else width, self.color(place) if color is None else color
        place.show(self._pictured(view, place), self.language, columns, shown)
        self.wrote(place, holds)

    def _pictured(self, view: View, place: Destination) -> View:
        """Return a view with its pictures, where it has any and the terminal it goes to draws them."""
        if view.pictured is None or not self.color(place):
            return view
        from thidua_cli.present.toolkit.pictures import shows_pictures

        return view._replace(screen=view.pictured) if shows_pictures(sys.stdout, os.environ) else view

    def write(self, content: str | bytes, place: Destination, holds: Text) -> None:
        """Write a result that is no answer of tables, and say so where it goes to a file.

        Raises:
            OutputError: As `Destination.write`.
        """
        place.write(content)
        self.wrote(place, holds)

    def wrote(self, place: Destination, holds: Text) -> None:
        """Say in one line on standard error what was written, where that is a file."""
        if place.is_file:
            self.diagnostics.note(place.written(holds))

    def wrote_files(self, folder: str, holds: Text) -> None:
        """Say in one line on standard error what was written into a folder."""
        text = Text("Đã ghi vào {folder}: {holds}.", "Wrote into {folder}: {holds}.")
        self.diagnostics.note(text.fill(folder=folder, holds=holds))

    def color(self, destination: Destination) -> bool:
        """Whether the result is shown in colours."""
        return not self.no_color and not destination.is_file and terminal.shows_color(sys.stdout, os.environ)

    def width(self, destination: Destination) -> int:
        """Columns a text result is laid out for: those of the terminal it goes to."""
        return FILE_WIDTH if destination.is_file else terminal.width_of(sys.stdout, FILE_WIDTH)

    def mention(self, findings: Sequence[Finding]) -> None:
        """Say on standard error that the figures have errors or warnings, for commands that do not print findings."""
        errors, warnings = (
            sum(finding.severity is severity for finding in findings) for severity in (Severity.ERROR, Severity.WARNING)
        )
        if errors or warnings:
            text = Text(
                "số liệu có {errors} lỗi và {warnings} cảnh báo; xem bằng “thidua check” trước khi dùng kết quả",
                "the figures have {errors} errors and {warnings} warnings; see “thidua check” before using the result",
            )
            self.diagnostics.warning(text.fill(errors=errors, warnings=warnings))


@dataclass(frozen=True, slots=True)
class PaperRun(Run):
    """How a command speaks that writes papers: they have a day of issue."""

    issue_date: IssueDate = None

    @property
    def issued(self) -> date | None:
        """As in `Run`."""
        return self.issue_date


@dataclass(frozen=True, slots=True)
class FileOptions:
    """The tables, and what the user says of them."""

    files: Files
    year: Year = None
    unit: ScopeUnit = None
    within: Within = None
    mapping: OwnForm = None
    poverty_line: StatedLine = None
    show_values: ShowValues = False

    def read(self, run: Run) -> FilesRead:
        """Read them.

        Raises:
            UsageError: There is no such unit, place or poverty line, or the description of the user's own form fits no
                sheet.
            InputError: The description cannot be read.
        """
        return run.read(self.files, self.options())

    def options(self) -> ReadingOptions:
        """Return what the user says of the tables.

        Raises:
            InputError: The description of the user's own form cannot be read.
        """
        from thidua_cli.inputs import reading_options

        stated = reading_options(
            self.year, self.unit, path(self.mapping), self.within, self.poverty_line, self.unit_option
        )
        return replace(stated, show_values=self.show_values)

    @property
    def unit_option(self) -> str:
        """What the option for the unit of the tables is called, for messages."""
        return "--unit"


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """Where a result goes."""

    output: Output = None
    force: Force = False

    def destination(self, asked: str | None = None, offer: Offer | None = None) -> Destination:
        """Return the place and the format, refused at once where the result must not be written so.

        `asked` is --format; without `offer` the command writes every format, by default a table.

        Raises:
            UsageError: As `output.destination`.
            OutputError: As `Destination.hold`.
        """
        return destination(self.output, self.force, offer or Offer.of(list(Format)), asked)
