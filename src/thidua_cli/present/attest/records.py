"""What persons attested, for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thidua_cli.attest.statements import AttestedSubject
from thidua_cli.judge.verdict import AttestState, Statement
from thidua_cli.language import Language
from thidua_cli.rulebook.schema import AttestItem


def attest_records(
    attest: Sequence[tuple[AttestItem, AttestState]], said: Mapping[str, Statement], language: Language
) -> list[dict[str, object]]:
    """Return one record per criterion without a number; who, when and on what ground only where somebody answered."""
    return [
        {
            "id": item.id,
            "text": item.text.pick(language),
            "citation": str(item.citation),
            "state": state.value,
            **_statement(said.get(item.id)),
        }
        for item, state in attest
    ]


def subject_records(subjects: Sequence[AttestedSubject], language: Language) -> list[dict[str, object]]:
    """Return one record per subject that no table counts."""
    return [
        {
            "subject": one.subject,
            "name": one.name,
            "completeness": None if one.completeness is None else one.completeness.value,
            "attest": attest_records(one.attest, one.statements, language),
        }
        for one in subjects
    ]


def _statement(said: Statement | None) -> dict[str, object]:
    if said is None:
        return dict.fromkeys(("who", "position", "date", "evidence", "note", "source"))
    return {
        "who": said.who,
        "position": said.position or None,
        "date": said.on.isoformat(),
        "evidence": said.evidence or None,
        "note": said.note or None,
        "source": {"file": said.origin.file, "sheet": said.origin.sheet or None, "cell": said.origin.cell},
    }
