"""`--waive`: findings that somebody answers for, as every command takes them that checks, measures or judges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from thidua_cli.cli.declared import option
from thidua_cli.cli.office_file import settings
from thidua_cli.cli.options import path
from thidua_cli.cli.run_files import FileMark
from thidua_cli.cli.speech import said
from thidua_cli.findings import Finding
from thidua_cli.inputs import Accepted, load_accepted
from thidua_cli.late_dataclass import dataclass
from thidua_cli.present.diagnostics import Diagnostics

Waive = Annotated[
    str | None,
    option(
        "--waive",
        metavar="FILE",
        help=said("Tệp .toml các phát hiện đã được chấp nhận.", "A .toml file of accepted findings."),
    ),
    FileMark.READS,
    settings.WAIVE,
]


@dataclass(frozen=True, slots=True)
class WaiveOptions:
    """What somebody answers for."""

    waive: Waive = None

    def load(self) -> Accepted | None:
        """Return the waivers as they are today, read before any work is done; None without a file.

        Raises:
            InputError: The file cannot be read, or is not what it should be.
        """
        return load_accepted(path(self.waive), date.today())


def waived(findings: Sequence[Finding], accepted: Accepted | None, diagnostics: Diagnostics) -> Sequence[Finding]:
    """Return the findings with accepted ones as notes; waivers that are over or fit nothing are told."""
    if accepted is None:
        return findings
    result = accepted.applied(findings)
    for remark in result.remarks:
        diagnostics.warning(remark)
    return result.findings
