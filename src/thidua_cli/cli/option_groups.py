"""Options that several commands share, in groups, each with what it makes of what the user gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thidua_cli.cli.options import (
    Files,
    Force,
    Format,
    Output,
    OwnForm,
    ScopeUnit,
    Year,
    path,
)
from thidua_cli.cli.output import Destination, destination, refuse_on_screen
from thidua_cli.cli.run import Run

if TYPE_CHECKING:
    from thidua_cli.normalise.files_read import FilesRead


@dataclass(frozen=True, slots=True)
class FileOptions:
    """The tables, and what the user says of them."""

    files: Files
    year: Year = None
    unit: ScopeUnit = None
    mapping: OwnForm = None

    @property
    def named(self) -> Sequence[str]:
        """The files the command reads: no output may replace them."""
        return (*self.files, self.mapping) if self.mapping is not None else self.files

    def read(self, run: Run) -> FilesRead:
        """Read them.

        Raises:
            UsageError: There is no such unit, or the description of the user's own form fits no sheet.
            InputError: The description cannot be read.
        """
        from thidua_cli.inputs import reading_options

        return run.read(self.files, reading_options(self.year, self.unit, path(self.mapping)))


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """Where a result goes."""

    output: Output = None
    force: Force = False

    def destination(self, inputs: Sequence[str], format_: Format = Format.TABLE) -> Destination:
        """Return the place, refused at once where the result must not be written to it.

        Raises:
            UsageError: `format_` is xlsx and there is no file to write it to.
            OutputError: As `Destination.check`.
        """
        refuse_on_screen(format_, self.output)
        return destination(self.output, self.force, inputs)
