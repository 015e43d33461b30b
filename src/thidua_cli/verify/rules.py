"""The clauses a result quotes, against the rule file itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Final

from thidua_cli.language import Text
from thidua_cli.read.source import Source
from thidua_cli.rulebook import schema
from thidua_cli.rulebook.load import bundled_ids, example_ids, load_rulebook
from thidua_cli.verify.difference import Difference, What
from thidua_cli.verify.quotes import word_differences
from thidua_cli.verify.said import Clause, Document, TargetDocument


def rule_differences(document: Document | TargetDocument, sources: Mapping[str, Source]) -> Iterator[Difference]:
    """Yield where a result quotes its rules otherwise than they are written.

    Raises:
        InputError: The rule file cannot be read any more.
    """
    book = _rulebook(document, sources)
    if book is None:
        # A rule file of the user's own that was not given is told with the files; one that nobody named is told here.
        if not any(file.role == "rules" for file in document.files):
            yield Difference(What.RULES, document.rules, "–", _VERSION)
        return
    if (book.id, book.version) != (document.rules, document.rules_version):
        stated, prescribed = f"{document.rules}/{document.rules_version}", f"{book.id}/{book.version}"
        yield Difference(What.RULES, stated, prescribed, _VERSION)
        return
    if document.rules_citation != str(book.citation):
        yield Difference(What.RULES, document.rules_citation, str(book.citation), _BOOK_CITATION)
    quoted = {clause.id: clause for clause in document.clauses}
    chosen = {clause.id: clause.reading_id for clause in document.clauses}
    of_file = {
        clause.id: _as_read(clause, chosen.get(clause.id, ""))
        for clause in (book.clauses if isinstance(document, Document) else book.targets)
    }
    yield from _words(document, of_file)
    written = {key: _clause(clause) for key, clause in of_file.items()}
    if len(quoted) < len(document.clauses):
        yield Difference(What.RULES, str(len(document.clauses)), str(len(written)), _CLAUSE)
    is_part = isinstance(document, Document) and not document.quotes_all
    for key in dict.fromkeys([*(key for key in written if key in quoted or not is_part), *quoted]):
        if key not in quoted or key not in written:
            stated, prescribed = (key if key in clauses else "–" for clauses in (quoted, written))
            yield Difference(What.RULES, stated, prescribed, _CLAUSE, rule=key)
            continue
        for field in fields(Clause):
            stated, prescribed = (_shown(getattr(clauses[key], field.name)) for clauses in (quoted, written))
            if stated != prescribed:
                yield Difference(What.RULES, stated, prescribed, _FIELD.fill(name=field.name), rule=key)


def _words(document: Document | TargetDocument, of_file: Mapping[str, schema.Clause]) -> Iterator[Difference]:
    if isinstance(document, Document):
        quotes = [(row, path.rule, path.quote) for row in document.rows for path in row.paths]
        for row, rule, quote in quotes:
            yield from word_differences(row, quote, of_file[rule]) if rule in of_file else ()
        return
    for target in document.rows:
        if target.rule in of_file:
            yield from word_differences(target, target.quote, of_file[target.rule])


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "–"
    return "–" if value is None else str(value)


def _rulebook(document: Document | TargetDocument, sources: Mapping[str, Source]) -> schema.Rulebook | None:
    # A file of the user's own may bear the id of a bundled one: what the result lists goes first.
    own = [file.file for file in document.files if file.role == "rules"]
    if own:
        source = sources.get(own[0])
        return load_rulebook(str(source.path)) if source is not None and source.path is not None else None
    return load_rulebook(document.rules) if document.rules in (*bundled_ids(), *example_ids()) else None


def _as_read(clause: schema.Clause, reading: str) -> schema.Clause:
    """Return the clause under the reading that was chosen, or as the file reads it."""
    return next(
        (alternative.clause for alternative in clause.alternatives if alternative.clause.reading_id == reading), clause
    )


def _clause(clause: schema.Clause) -> Clause:
    subject = clause.subject
    return Clause(
        clause.id,
        subject.level.value,
        subject.any_of,
        subject.none_of,
        clause.test.value,
        clause.measure.value,
        clause.comparison.value,
        str(clause.threshold),
        clause.unit.value,
        clause.years,
        clause.baseline_year,
        clause.poverty_line,
        clause.other_lines,
        None if clause.upper is None else str(clause.upper),
        clause.rounded_to,
        clause.reading_id,
        subject.types,
        subject.within,
        subject.together,
        None if clause.period is None else clause.period.start.isoformat(),
        clause.period.end.isoformat() if clause.period is not None and clause.period.end is not None else None,
    )


_VERSION: Final = Text("bộ tiêu chí và bản của nó", "the rule file and its version")
_BOOK_CITATION: Final = Text("căn cứ của bộ tiêu chí", "the citation of the rule file")
_CLAUSE: Final = Text("điều kiện trong quy định", "a clause of the rule file")
_FIELD: Final = Text("“{name}” của điều kiện so với quy định", "“{name}” of the clause against the rule file")
