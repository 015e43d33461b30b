"""What every command over files does before and after its own work: read with a progress bar, write the result."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_cli import pipeline
from thidua_cli.cli.options import Format
from thidua_cli.errors import UsageError
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language, Text
from thidua_cli.model import Origin
from thidua_cli.normalise.reading import Reading, ReadingOptions
from thidua_cli.present import terminal
from thidua_cli.present.diagnostics import Diagnostics

if TYPE_CHECKING:
    from thidua_cli.model import Series


@dataclass(frozen=True, slots=True)
class Run:
    """How one command speaks."""

    language: Language
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False

    @property
    def diagnostics(self) -> Diagnostics:
        """Standard error."""
        color = not self.no_color and terminal.shows_color(sys.stderr, os.environ)
        return Diagnostics(sys.stderr, self.language, self.quiet, self.verbose, color)

    def read(self, files: Sequence[str], year: int | None = None, unit: str | None = None) -> Reading:
        """Read the files, with a progress bar on standard error once it takes more than a second."""
        diagnostics = self.diagnostics
        with diagnostics.progress(Text("Đang đọc", "Reading"), 0) as bar:

            def progress(done: int, total: int, name: str) -> None:
                bar.total = total
                bar.advance(done - bar.done)

            reading = pipeline.read(files, ReadingOptions(year, unit), progress)
        for table in reading.tables:
            origin = reading.observations.tables[table.table]
            text = Text(
                "Đã đọc {place}: {form}, năm {year}, {scope}: {rows} dòng",
                "Read {place}: {form}, {year}, {scope}: {rows} rows",
            )
            place = Origin(origin.file, origin.sheet)
            scope = table.scope.name if table.scope else "–"
            diagnostics.detail(
                text.fill(place=place, form=table.form, year=str(table.year or "–"), scope=scope, rows=table.rows)
            )
        return reading

    @property
    def color(self) -> bool:
        """Whether standard output shows colours."""
        return not self.no_color and terminal.shows_color(sys.stdout, os.environ)

    @property
    def width(self) -> int:
        """Columns of standard output."""
        return terminal.width_of(sys.stdout)

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


def write_result(content: str | bytes, output: str | None, force: bool) -> None:
    """Write a result to standard output, or beside its file and then into it."""
    if output is None or output == "-":
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        return
    from thidua_cli.present.write import write_file

    data = content.encode() if isinstance(content, str) else content
    write_file(Path(output), data, force=force)


def refuse_workbook_on_screen(format_: Format, output: str | None) -> None:
    """Raise UsageError where a workbook would be poured onto a terminal.

    Raises:
        UsageError: `format_` is xlsx and there is no file to write it to.
    """
    if format_ is Format.XLSX and (output is None or (output == "-" and sys.stdout.isatty())):
        raise UsageError(
            Text("--format xlsx cần -o TỆP.xlsx", "--format xlsx needs -o FILE.xlsx"),
        )


def as_csv_file(text: str, format_: Format, output: str | None) -> str:
    """Put a byte-order mark before CSV that goes to a file: Excel reads UTF-8 only with it."""
    from thidua_cli.present.records import BOM

    return BOM + text if format_ is Format.CSV and output not in (None, "-") else text


def newest_year(series: Sequence[Series]) -> int:
    """Return the newest year-end of the data.

    Raises:
        UsageError: There are no figures at all.
    """
    years = [year for one in series for year in one.years]
    if not years:
        raise UsageError(
            Text(
                "không có số liệu nào dùng được; xem “thidua check”", "there are no usable figures; see “thidua check”"
            )
        )
    return max(years)
