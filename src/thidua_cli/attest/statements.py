"""What an attestation file says, as values, and the verdicts with their criteria attested, refused or still open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.judge.verdict import AttestState, Completeness, Statement, Verdict, completeness_of
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.model import Level, Origin
from thidua_cli.quoting import foreign
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


_LEVEL_OF_DIGITS: Final = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}


def attested(verdicts: Sequence[Verdict], attestations: Attestations) -> list[Verdict]:
    """Return the verdicts in their order, each criterion with what was said of it.

    Raises:
        InputError: Something was said of a criterion that is not asked of the unit.
    """
    mistakes = [
        Mistake(statement.origin, _NOT_ASKED.fill(id=criterion, unit=verdict.unit_name))
        for verdict in verdicts
        for criterion, statement in attestations.units.get(verdict.unit_code, {}).items()
        if criterion not in {item.id for item, _ in verdict.attest}
    ]
    if mistakes:
        raise InputError(told(attestations.file, mistakes))
    return [_attested(verdict, attestations.units.get(verdict.unit_code, {})) for verdict in verdicts]


def _attested(verdict: Verdict, statements: Mapping[str, Statement]) -> Verdict:
    attest = tuple(
        (item, statements[item.id].state if item.id in statements else state) for item, state in verdict.attest
    )
    return replace(verdict, attest=attest, statements=statements)


def refuse_misfits(
    attestations: Attestations, as_of: int, levels: Mapping[str, Level], is_listed: Callable[[str], bool]
) -> None:
    """Refuse attestations of another year, of units that nobody knows, and of criteria that are for another level.

    Args:
        attestations: What was read.
        as_of: The last year-end judged.
        levels: Level by unit code, of the units of the input files.
        is_listed: Says whether the unit tables know a code.

    Raises:
        InputError: With the cell of each.
    """
    mistakes = [
        Mistake(origin, _OTHER_YEAR.fill(written=str(year), as_of=str(as_of)))
        for year, origin in attestations.years.items()
        if year != as_of
    ]
    for code, statements in attestations.units.items():
        # A unit that the figures lack may be attested all the same: its file comes later. One of no list is a slip.
        level = levels.get(code) or (_LEVEL_OF_DIGITS.get(len(code)) if is_listed(code) else None)
        if level is None:
            mistakes.append(Mistake(attestations.places[code], _UNKNOWN_UNIT.fill(code=foreign(code))))
            continue
        for criterion, statement in statements.items():
            if attestations.levels[criterion] != level:
                mistakes.append(Mistake(statement.origin, _OTHER_LEVEL.fill(id=criterion, code=code)))
    if mistakes:
        raise InputError(told(attestations.file, mistakes))


_OTHER_YEAR: Final = Text(
    "phiếu lập cho năm {written}, đang xét năm {as_of}; lập lại phiếu cho năm {as_of}",
    "drawn up for {written}, judged as of {as_of}; make it anew for {as_of}",
)
_UNKNOWN_UNIT: Final = Text(
    "không có đơn vị mã “{code}” trong số liệu và danh mục; nếu mất số 0 ở đầu thì định dạng cột là Văn bản rồi gõ lại",
    "no unit “{code}” in the figures or the lists; if leading zeros were lost, format the column as text and retype",
)
_OTHER_LEVEL: Final = Text(
    "tiêu chí “{id}” không dành cho cấp của đơn vị {code}", "criterion “{id}” is not for the level of unit {code}"
)
_NOT_ASKED: Final = Text("tiêu chí “{id}” không đặt ra cho {unit}", "criterion “{id}” is not asked of {unit}")
