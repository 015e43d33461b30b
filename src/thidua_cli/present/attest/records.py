"""What persons attested, for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thidua_cli.attest.statements import AttestedSubject
from thidua_cli.judge.verdict import AttestState, Statement
from thidua_cli.language import Language
from thidua_cli.present.toolkit.cell_ranges import cell_record
from thidua_cli.rulebook.schema import AttestItem


def attest_records(
    attest: Sequence[tuple[AttestItem, AttestState]], statements: Mapping[str, Statement], language: Language
) -> list[dict[str, object]]:
    """Return one record per criterion without a number; who, when and on what ground only where somebody answered."""
    return [
        {
            "id": item.id,
            "text": item.text.pick(language),
            "citation": str(item.citation),
            "state": state.value,
            **_statement(statements.get(item.id)),
        }
        for item, state in attest
    ]


def subject_records(subjects: Sequence[AttestedSubject], language: Language) -> list[dict[str, object]]:
    """Return one record per subject that no table counts."""
    return [
        {
            "subject": subject.subject,
            "name": subject.name,
            "completeness": None if subject.completeness is None else subject.completeness.value,
            "attest": attest_records(subject.attest, subject.statements, language),
        }
        for subject in subjects
    ]


def _statement(statement: Statement | None) -> dict[str, object]:
    if statement is None:
        return dict.fromkeys(("who", "position", "date", "evidence", "note", "source"))
    return {
        "who": statement.who,
        "position": statement.position or None,
        "date": statement.on.isoformat(),
        "evidence": statement.evidence or None,
        "note": statement.note or None,
        "source": cell_record(statement.origin),
    }
