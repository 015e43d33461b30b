"""What an officer does with findings: accept some, compare with the last run, get them written into the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from thidua_cli.cli.options import path
from thidua_cli.cli.output import input_paths, make_folder
from thidua_cli.cli.speech import said
from thidua_cli.findings import Finding
from thidua_cli.inputs import CheckInputs, load_check_inputs
from thidua_cli.language import Language
from thidua_cli.present.diagnostics import Diagnostics

Waive = Annotated[
    str | None,
    typer.Option(
        "--waive",
        metavar="FILE",
        help=said("Tệp .toml các phát hiện đã được chấp nhận.", "A .toml file of accepted findings."),
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="FILE",
        help=said("So với kết quả JSON của lần trước.", "Compare with an earlier run's JSON."),
    ),
]
Annotate = Annotated[
    str | None,
    typer.Option(
        "--annotate",
        metavar="DIR",
        help=said("Ghi bản sao của tệp, phát hiện ghi ngay tại ô.", "Write copies with findings at their cells."),
    ),
]


@dataclass(frozen=True, slots=True)
class FindingOptions:
    """What findings are held against, and where they are written beside the result."""

    waive: Waive = None
    since: Since = None
    annotate: Annotate = None

    def load(self) -> CheckInputs:
        """Return the earlier run and the waivers, read before any work is done.

        Raises:
            InputError: A file cannot be read, or is not what it should be.
        """
        return load_check_inputs(path(self.since), path(self.waive))


def waived(findings: Sequence[Finding], held_against: CheckInputs, diagnostics: Diagnostics) -> Sequence[Finding]:
    """Return the findings with accepted ones as notes; waivers that are over or fit nothing are told."""
    if held_against.waivers is None:
        return findings
    from thidua_cli.check.waivers import apply

    result = apply(findings, held_against.waivers, date.today())
    for remark in result.remarks:
        diagnostics.warning(remark)
    return result.findings


def write_annotated(
    folder: str, files: Sequence[str], findings: Sequence[Finding], force: bool, language: Language
) -> None:
    """Write a copy of every workbook into `folder`, each finding as a comment at its cell.

    Raises:
        OutputError: A copy is there already, or the folder cannot be written to.
    """
    from thidua_cli.present.annotate import annotate, annotated_names, can_annotate
    from thidua_cli.present.toolkit.write import check_target, write_file

    inputs = input_paths(files)
    names = annotated_names([workbook for workbook in inputs if can_annotate(workbook, findings)])
    make_folder(Path(folder))
    for name in names.values():
        check_target(Path(folder) / name, force=force, inputs=inputs)
    for workbook, name in names.items():
        write_file(Path(folder) / name, annotate(workbook, findings, language), force=force, inputs=inputs)
