"""What an officer does with findings: accept some, compare with the last run, get them written into the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_cli.cli.output import input_paths, make_folder
from thidua_cli.findings import Finding
from thidua_cli.language import Language
from thidua_cli.present.diagnostics import Diagnostics

if TYPE_CHECKING:
    from thidua_cli.check.waivers import Waiver


def load(since: str | None, waive: str | None) -> tuple[Mapping[str, object] | None, Sequence[Waiver] | None]:
    """Return the earlier run and the waivers, read before any work is done.

    Raises:
        InputError: A file cannot be read, or is not what it should be.
    """
    previous: Mapping[str, object] | None = None
    if since is not None:
        from thidua_cli.check.compare import load_previous

        previous = load_previous(Path(since))
    if waive is None:
        return previous, None
    from thidua_cli.check.waivers import load_waivers

    return previous, load_waivers(Path(waive))


def waived(
    findings: Sequence[Finding], waivers: Sequence[Waiver] | None, diagnostics: Diagnostics
) -> Sequence[Finding]:
    """Return the findings with accepted ones as notes; waivers that are over or fit nothing are told."""
    if waivers is None:
        return findings
    from thidua_cli.check.waivers import apply

    result = apply(findings, waivers, date.today())
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
