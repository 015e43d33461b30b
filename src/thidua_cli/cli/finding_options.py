"""What an officer does with findings: accept some, compare with the last run, get them written into the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_cli.cli.output import input_paths, make_folder
from thidua_cli.findings import Finding
from thidua_cli.language import Language
from thidua_cli.present.diagnostics import Diagnostics

if TYPE_CHECKING:
    from thidua_cli.inputs import CheckInputs


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
    names = annotated_names([path for path in inputs if can_annotate(path, findings)])
    make_folder(Path(folder))
    for name in names.values():
        check_target(Path(folder) / name, force=force, inputs=inputs)
    for path, name in names.items():
        write_file(Path(folder) / name, annotate(path, findings, language), force=force, inputs=inputs)
