"""Rule files for programs: `thidua rules … --format json`. Fields are described by the schema thidua.rules/1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.language import Language
from thidua_cli.model import Citation
from thidua_cli.rulebook.classes import Coverage
from thidua_cli.rulebook.schema import Alternative, AnyClause, AttestItem, ClassExit, Clause, Closing, Period, Rulebook

LIST_SCHEMA: Final = "thidua.rules-list/1"
SHOW_SCHEMA: Final = "thidua.rules/1"


def list_record(books: Sequence[Rulebook], examples: Sequence[Rulebook], language: Language) -> dict[str, object]:
    """Return one entry per rule file, examples apart."""
    return {
        "schema": LIST_SCHEMA,
        "rules": [_counted(book, language) for book in books],
        "examples": [_counted(book, language) for book in examples],
    }


def book_record(book: Rulebook, coverage: Sequence[Coverage], language: Language) -> dict[str, object]:
    """Return a whole rule file."""
    return {
        "schema": SHOW_SCHEMA,
        **_summary(book, language),
        "extends": book.extends,
        "overrides": list(book.overrides),
        "related": [
            {
                "document": each.document,
                "date": each.date.isoformat(),
                "text": each.text.pick(language),
                "address": each.address,
            }
            for each in book.related
        ],
        "within": list(book.within),
        "rules": [_clause_record(clause, language) for clause in book.clauses],
        "targets": [_clause_record(clause, language) for clause in book.targets],
        "class_exits": [_exit_record(clause, language) for clause in book.class_exits],
        "attest": [_item_record(item, language) for item in book.attest],
        "classes": [_coverage_record(entry) for entry in coverage],
    }


def _coverage_record(entry: Coverage) -> dict[str, object]:
    of = entry.of
    return {
        "class": entry.token,
        "units": entry.listed,
        "provinces_complete": entry.complete,
        "provinces_partial": entry.partial,
        "provinces_none": entry.none,
        "list": None if of is None else of.id,
        "document": None if of is None else of.document,
        "from": None if of is None else of.start.isoformat(),
        "to": None if of is None else of.end.isoformat(),
        "total": entry.total,
    }


def _summary(book: Rulebook, language: Language) -> dict[str, object]:
    return {
        "id": book.id,
        "title": book.title.pick(language),
        "version": book.version,
        "citation": _citation_record(book.citation),
        "completeness": book.completeness.pick(language) if book.completeness else None,
        "part": book.is_part,
        "closed": closing_record(book.closing, language),
    }


def closing_record(closing: Closing | None, language: Language) -> dict[str, object] | None:
    """Return what is said of a summing-up, in one sentence and as its parts; None where there was none."""
    if closing is None:
        return None
    return {
        "day": closing.day.isoformat(),
        "text": closing.sentence.pick(language),
        "citation": _citation_record(closing.citation),
    }


def _counted(book: Rulebook, language: Language) -> dict[str, object]:
    return {
        **_summary(book, language),
        "rule_count": len(book.clauses),
        "target_count": len(book.targets) + len(book.class_exits),
        "attest_count": len(book.attest),
    }


def _clause_record(clause: Clause, language: Language) -> dict[str, object]:
    return {
        "id": clause.id,
        "kind": clause.kind.value,
        "title": clause.title.pick(language),
        **_subject_record(clause),
        "test": clause.test.value,
        "measure": clause.measure.value,
        "years": clause.years,
        "baseline_year": clause.baseline_year,
        "year_ends": list(clause.year_ends),
        "comparison": clause.comparison.value,
        "threshold": f"{clause.threshold:f}",
        "upper": None if clause.upper is None else f"{clause.upper:f}",
        "unit": clause.unit.value,
        "rounded_to": clause.rounded_to,
        "poverty_line": clause.poverty_line,
        "other_lines": list(clause.other_lines),
        **_source_record(clause, language),
        "alternatives": [_alternative_record(each, language) for each in clause.alternatives],
    }


def _exit_record(clause: ClassExit, language: Language) -> dict[str, object]:
    return {
        "id": clause.id,
        "kind": "target",
        "title": clause.title.pick(language),
        **_subject_record(clause),
        "test": "class_exit_share",
        "class": clause.class_token,
        "counted_level": clause.counted_level.value,
        "baseline_year": clause.baseline_year,
        "year_ends": list(clause.year_ends),
        "comparison": clause.comparison.value,
        "threshold": f"{clause.threshold:f}",
        "unit": clause.unit.value,
        **_source_record(clause, language),
    }


def _subject_record(clause: AnyClause) -> dict[str, object]:
    subject = clause.subject
    return {
        "level": subject.level.value,
        "any_of": list(subject.any_of),
        "none_of": list(subject.none_of),
        "types": list(subject.types),
        "within": list(subject.within),
        "together": subject.together,
    }


def _source_record(clause: AnyClause, language: Language) -> dict[str, object]:
    reason = clause.reading_reason
    return {
        "applies": _period_record(clause.period),
        "reading_id": clause.reading_id,
        "reading": clause.reading.pick(language),
        "reading_reason": reason.pick(language) if reason else None,
        "citation": _citation_record(clause.citation),
        "verified": clause.verified.isoformat(),
    }


def _alternative_record(alternative: Alternative, language: Language) -> dict[str, object]:
    return {
        "id": alternative.id,
        "reading": alternative.reading.pick(language),
        "why": alternative.why.pick(language),
        "changes": dict(alternative.changed_values()),
    }


def _item_record(item: AttestItem, language: Language) -> dict[str, object]:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "subject": item.subject,
        "types": list(item.types),
        "within": list(item.within),
        "year_ends": list(item.year_ends),
        "text": item.text.pick(language),
        "citation": _citation_record(item.citation),
        "verified": item.verified.isoformat() if item.verified else None,
    }


def _period_record(period: Period | None) -> dict[str, str | None] | None:
    if period is None:
        return None
    return {"from": period.start.isoformat(), "until": period.end.isoformat() if period.end else None}


def _citation_record(citation: Citation) -> dict[str, str]:
    return {
        "document": citation.document,
        "clause": citation.clause,
        "date": citation.date.isoformat(),
        "address": citation.address,
    }
