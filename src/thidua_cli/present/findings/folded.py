"""Findings with their echoes below them: on a screen one fault is one entry, however many totals it broke."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.named_tuple import NamedTuple

_NAMED: Final = 4
_ECHOES: Final = Text(
    "+ {count} phát hiện do ô này ({weights}): {places}", "+ {count} caused by this cell ({weights}): {places}"
)
_ALIKE: Final = Text(
    "+ {count} phát hiện cùng nguyên nhân ({weights}): {places}", "+ {count} for the same reason ({weights}): {places}"
)
_MORE: Final = Text(" và {count} nữa", " and {count} more")


class FoldedFinding(NamedTuple):
    """One finding and those that go away with it."""

    finding: Finding
    echoes: Sequence[Finding] = ()

    @property
    def findings(self) -> int:
        """How many findings it stands for."""
        return 1 + len(self.echoes)

    def echo_text(self, weights: str) -> Text:
        """Say how many echoes there are, how much they weigh (in words), and where the first of them stand."""
        places = Text.and_more(map(self._named, self.echoes), _NAMED, more=_MORE)
        sentence = _ALIKE if self.echoes[0].kind is self.finding.kind else _ECHOES
        return sentence.fill(count=len(self.echoes), weights=weights, places=places)

    def _named(self, echo: Finding) -> str:
        here, there = self.finding.origin, echo.origin
        place = there.cell if (here.file, here.sheet) == (there.file, there.sheet) else str(there)
        return f"{echo.kind.code} {place}"


def folded(findings: Iterable[Finding]) -> list[FoldedFinding]:
    """Return the findings in their order, each echo with its cause; one whose cause is not among them by itself."""
    listed = list(findings)
    causes = {(finding.kind.code, finding.origin) for finding in listed if finding.caused_by is None}
    echoes: dict[tuple[str, Origin], list[Finding]] = {}
    own: list[Finding] = []
    for finding in listed:
        if finding.caused_by is not None and finding.caused_by[:2] in causes:
            echoes.setdefault(finding.caused_by[:2], []).append(finding)
        else:
            own.append(finding)
    # of several findings of one kind at one place the first has the echoes
    return [FoldedFinding(finding, echoes.pop((finding.kind.code, finding.origin), ())) for finding in own]


def unfolded(findings: Iterable[Finding]) -> list[FoldedFinding]:
    """Return every finding as an entry of its own."""
    return [FoldedFinding(finding) for finding in findings]
