"""Exit statuses: 0 done, 1 findings, 2 wrong usage, 3 nothing readable, 70 a defect, 130 interrupted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from thidua_cli.cli.options import FailOn
    from thidua_cli.findings import Finding
    from thidua_cli.normalise.files_read import FilesRead

DONE: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
UNREADABLE: Final = 3
DEFECT: Final = 70
INTERRUPTED: Final = 130


class ReaderGoneError(Exception):
    """Whoever read standard output has had enough (`| head`): done, and no failure of ours."""


def of(reading: FilesRead, findings: Sequence[Finding], fail_on: FailOn) -> int:
    """Return the exit status of a command over files: an unreadable input outweighs findings."""
    # A file that gave nothing may hold the very unit that is missing: its findings are not all there are.
    return UNREADABLE if reading.refused else of_findings(findings, fail_on)


def of_findings(findings: Sequence[Finding], fail_on: FailOn) -> int:
    """Return the exit status of findings alone."""
    from thidua_cli.cli.options import FailOn
    from thidua_cli.findings import Severity

    if fail_on is FailOn.NEVER:
        return DONE
    limit = Severity(fail_on.value).rank
    return FINDINGS if any(finding.severity.rank <= limit for finding in findings) else DONE
