"""The options of the commands that measure and judge, and what these commands have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from thidua_cli.cli import exit_status
from thidua_cli.cli.office_file.place import in_use
from thidua_cli.cli.options import (
    Attest,
    BoundariesOption,
    Classes,
    Fail,
    FailOn,
    OutputFormat,
    OwnUnits,
    Readings,
    SharesOption,
    path,
    paths,
)
from thidua_cli.cli.output import Destination
from thidua_cli.cli.run import COMPUTING, FileOptions, OutputOptions, Run
from thidua_cli.cli.waiving import WaiveOptions, waived
from thidua_cli.inputs import Accepted, Inputs, load_boundaries, load_inputs
from thidua_cli.late_dataclass import dataclass, replace

if TYPE_CHECKING:
    from thidua_cli.findings import Finding
    from thidua_cli.measure.ground import BoundaryChoice
    from thidua_cli.normalise.files_read import FilesRead

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BoundaryOptions:
    """What the figures are brought to."""

    boundaries: BoundariesOption = "as-of"
    shares: SharesOption = None
    units: OwnUnits = None

    def load(self) -> BoundaryChoice:
        """Return the boundaries with the user's files about units.

        Raises:
            UsageError: There are no such boundaries.
            InputError: A file cannot be read, or says something that is not allowed.
        """
        return load_boundaries(self.boundaries, paths(self.shares), paths(self.units))


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """What completes a rule file."""

    classes: Classes = None
    attest: Attest = None
    reading_names: Readings = None

    def load(
        self, run: Run, rules: str, boundaries: BoundaryOptions, accepted: Accepted | None, within: str | None = None
    ) -> Inputs:
        """Return what verdicts by these rules are taken by, on findings of which some were accepted.

        Names in class files are looked up `within` a province or district; what is to be looked at in them is told.

        Raises:
            UsageError: There are no such rules, readings or boundaries.
            InputError: A file cannot be read, or says something that is not allowed.
        """
        classes, readings = paths(self.classes), self.reading_names or ()
        ground = boundaries.load()
        inputs = load_inputs(
            rules, classes, path(self.attest), readings, boundaries=ground, accepted=accepted, within=within
        )
        run.mention_class_files(inputs.class_warnings)
        return replace(inputs, config=in_use().used)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOptions:
    """What every command takes that shows one answer about the files."""

    files: FileOptions
    boundaries: BoundaryOptions
    accepted: WaiveOptions
    format_: OutputFormat = None
    to: OutputOptions
    fail_on: Fail = FailOn.ERROR
    run: Run

    def destination(self) -> Destination:
        """Return where the answer goes.

        Raises:
            UsageError: As `OutputOptions.destination`.
            OutputError: As `OutputOptions.destination`.
        """
        return self.to.destination(self.format_)

    def answer(
        self,
        accepted: Accepted | None,
        work: Callable[[FilesRead, Sequence[Finding]], T],
        show: Callable[[T], None],
    ) -> int:
        """Show what `work` makes of the files and their findings; return the exit status, as `answer` does.

        `accepted` is what `self.accepted` loads: it is part of what an answer is taken by, and loaded once.
        """
        return answer(self.files, self.run, self.fail_on, accepted, work, show)


def answer(
    files: FileOptions,
    run: Run,
    fail_on: FailOn,
    accepted: Accepted | None,
    work: Callable[[FilesRead, Sequence[Finding]], T],
    show: Callable[[T], None],
) -> int:
    """Read the files, check them, work out the answer and show it; return the exit status.

    What is wrong with the figures is told last, after the result that rests on them. Where there are none, nothing is
    shown.
    """
    reading = files.read(run)
    findings = waived(run.check(reading), accepted, run.diagnostics)
    if run.lacks_figures(reading, findings):
        return exit_status.UNREADABLE
    show(run.working(COMPUTING, lambda: work(reading, findings)))
    run.mention(findings)
    return exit_status.of(reading, findings, fail_on)
