"""What an attestation file says, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from thidua_cli.judge.verdict import AttestState, Completeness, Statement, completeness_of
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.rulebook.schema import AttestItem

SHOWN_MISTAKES = 12
"""A message names at most so many mistakes."""


@dataclass(frozen=True, slots=True)
class AttestedSubject:
    """One subject that no table counts: an organisation, a household, an official or an enterprise."""

    subject: str
    """One of `SUBJECTS_WITHOUT_COUNTS`."""
    name: str
    attest: tuple[tuple[AttestItem, AttestState], ...]
    """All criteria of such a subject, in the order of the rule file."""
    statements: Mapping[str, Statement] = field(default_factory=dict)
    """As `Verdict.statements`."""

    @property
    def completeness(self) -> Completeness | None:
        """How far the criteria are settled; open ones leave it `quantitative_only`, though nothing is counted."""
        return completeness_of(state for _, state in self.attest)


@dataclass(frozen=True, slots=True)
class Attestations:
    """One attestation file, read and found whole."""

    file: str
    units: Mapping[str, Mapping[str, Statement]]
    """Unit code → criterion id → what was said of it."""
    subjects: tuple[AttestedSubject, ...]
    """Subjects that no table counts, in the order of the file."""
    places: Mapping[str, Origin]
    """Unit code → a cell that names it."""
    levels: Mapping[str, str]
    """Criterion id → the level it is for."""
    years: Mapping[int, Origin]
    """Year-ends the file says it was drawn up for, each with a cell."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in an attestation file that a person must mend."""

    origin: Origin
    text: Text


def told(file: str, mistakes: Sequence[Mistake]) -> Text:
    """Return all mistakes as one message, each with its cell and what to do."""
    shown = mistakes[:SHOWN_MISTAKES]
    lines = [Text(*(f"  {place_text(mistake.origin)}: {words}" for words in mistake.text)) for mistake in shown]
    if len(mistakes) > len(shown):
        rest = Text("  … và {count} chỗ khác", "  … and {count} more")
        lines.append(rest.fill(count=len(mistakes) - len(shown)))
    head = Text(
        "phiếu xác nhận {file} có {count} chỗ phải sửa:", "the attestations in {file} have {count} cells to mend:"
    )
    return Text.joined("\n", [head.fill(file=file, count=len(mistakes)), *lines])


def place_text(origin: Origin) -> str:
    """Return sheet and cell as a message names them: "Xã › F12"."""
    return " › ".join(part for part in (origin.sheet, origin.cell) if part)
