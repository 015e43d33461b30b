"""`--waive`: findings that somebody answers for, as every command takes them that checks, measures or judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from thidua_cli.cli.options import path
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import said
from thidua_cli.findings import Finding
from thidua_cli.inputs import load_waivers_of
from thidua_cli.present.diagnostics import Diagnostics

if TYPE_CHECKING:
    from thidua_cli.check.waivers import Waiver

Waive = Annotated[
    str | None,
    typer.Option(
        "--waive",
        metavar="FILE",
        help=said("Tệp .toml các phát hiện đã được chấp nhận.", "A .toml file of accepted findings."),
    ),
    FileMark.READS,
]


@dataclass(frozen=True, slots=True)
class WaiveOptions:
    """What somebody answers for."""

    waive: Waive = None

    def load(self) -> Sequence[Waiver] | None:
        """Return the waivers, read before any work is done; None without a file.

        Raises:
            InputError: The file cannot be read, or is not what it should be.
        """
        return load_waivers_of(path(self.waive))


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
