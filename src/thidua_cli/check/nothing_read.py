"""Files that gave not one figure: nothing can be said of any unit, and each file says why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.read.faults import F001, F003, F009
from thidua_cli.read.workbook import F002

_REFUSING = (F001, F002, F003, F009)
_NOTHING = Text(
    "không tệp nào có số hộ hoặc tỷ lệ dùng được; không ghi kết quả nào",
    "no file holds a count of households or a rate that can be used; no result is written",
)


def why_nothing_was_read(reading: FilesRead, findings: Sequence[Finding]) -> list[Text]:
    """Return one sentence per file and one about all of them; none at all where any figure was read."""
    if reading.observations.has_figures:
        return []
    return [*_reasons(findings), _NOTHING]


def why_files_were_refused(findings: Sequence[Finding]) -> list[Text]:
    """Return one sentence for each file, folder or pattern that gave nothing at all."""
    return [_reason([finding]) for finding in findings if finding.kind in _REFUSING and not finding.origin.sheet]


def _reasons(findings: Sequence[Finding]) -> Iterator[Text]:
    of_file: dict[str, list[Finding]] = {}
    for finding in findings:
        of_file.setdefault(finding.origin.file, []).append(finding)
    for told in of_file.values():
        yield _reason(told)


def _reason(told: Sequence[Finding]) -> Text:
    """Return what is worst about a file, and how many findings more it has."""
    worst = min(told, key=lambda finding: finding.severity.rank)
    if len(told) == 1:
        return worst.told
    more = Text("{sentence}; và {count} phát hiện khác", "{sentence}; and {count} more findings")
    return more.fill(sentence=worst.told, count=len(told) - 1)
