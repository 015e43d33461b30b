"""An overview as data: what the page reads, the document "thidua.overview/1" (docs/overview.md)."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from thidua_cli import __version__
from thidua_cli.attest.statements import AttestedSubject
from thidua_cli.language import Language
from thidua_cli.lexicon import ANSWER_WORDS, LEVEL_WORDS, RATE_WORDS, SEVERITY_WORDS, column_heading
from thidua_cli.model import PRINTED_RATES, Measure
from thidua_cli.office import Office
from thidua_cli.present.attest.guide import subject_sheet_name
from thidua_cli.present.attest.view import REFUSED_WORDS, SUBJECTS_TITLE
from thidua_cli.present.overview.panel import STATES, PanelWriter, attested_items
from thidua_cli.present.overview.summary import summary_record
from thidua_cli.present.overview.table import LEVELS, RELIANCES, UnitColumns
from thidua_cli.present.overview.texts import both, written
from thidua_cli.present.overview.words import PAGE_WORDS
from thidua_cli.present.toolkit.foreign_text import visible
from thidua_cli.present.verdicts.notes import clause_text, rules_note
from thidua_cli.results import Overview
from thidua_cli.rulebook.schema import Clause

SCHEMA: Final = "thidua.overview/1"
UNITS_IN_A_PACK: Final = 128
"""Panels that are packed together: the page unpacks one pack to open a panel."""
_LEVEL: Final = 6


def overview_record(overview: Overview, office: Office, language: Language) -> dict[str, object]:
    """Return everything the page shows; `language` is the one it opens in."""
    result, rates = overview.eligible, overview.rates
    rows = {row.unit_code: row for row in rates.table.rows}
    columns, writer = UnitColumns(rates.table, result.as_of, result.boundaries), PanelWriter(overview)
    panels = _panels(overview, columns, writer)
    packs = [_packed(pack) for pack in iter(lambda: list(islice(panels, UNITS_IN_A_PACK)), [])]
    return {
        "schema": SCHEMA,
        "program": f"thidua {__version__}",
        "language": language.value,
        "office": _office(office),
        "title": both(result.rulebook.title),
        "rules": written(lambda spoken: rules_note(result.rulebook, result.as_of, spoken)),
        "as_of": result.as_of,
        "years": list(rates.table.years),
        "summary": summary_record(result.verdicts, rows, rates.table),
        "clauses": [_clause(clause) for clause in result.rulebook.clauses],
        "files": [[visible(source.file), source.sha256, source.role.value] for source in result.sources],
        "subjects": [_subject(subject) for subject in result.subjects],
        **columns.record(),
        **_words(),
        "places": [[visible(file), visible(sheet)] for file, sheet in writer.places.things],
        "pack_size": UNITS_IN_A_PACK,
        "packs": packs,
    }


def _panels(overview: Overview, columns: UnitColumns, writer: PanelWriter) -> Iterator[dict[str, object]]:
    """Yield the panel of each unit; its row of the table goes to `columns`."""
    result = overview.eligible
    rows = {row.unit_code: row for row in overview.rates.table.rows}
    for verdict, series, concerning in zip(result.verdicts, result.series, overview.findings, strict=True):
        row = rows.get(verdict.unit_code)
        columns.add(verdict, series, row)
        yield writer.panel(verdict, series, row, concerning)


def _packed(panels: Sequence[dict[str, object]]) -> str:
    """Return panels as JSON, deflated and in letters that stand in any page."""
    text = json.dumps(panels, ensure_ascii=False, separators=(",", ":"))
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return b64encode(deflate.compress(text.encode()) + deflate.flush()).decode("ascii")


def _office(office: Office) -> dict[str, object]:
    """Return the names of the office, as far as they are given."""
    parts = {"superior": office.superior, "agency": office.agency, "place": office.place, "number": office.number}
    return {name: visible(text) for name, text in parts.items() if text}


def _subject(subject: AttestedSubject) -> list[object]:
    """Return kind, name and criteria of a subject that no table counts."""
    kind = both(subject_sheet_name(subject.subject))
    return [kind, visible(subject.name), attested_items(subject.attest, subject.statements)]


def _clause(clause: Clause) -> dict[str, object]:
    return {
        "id": visible(clause.id),
        "text": written(lambda language: clause_text(clause, language)),
        "reading": both(clause.reading),
        "citation": visible(str(clause.citation)),
        "measure": list(Measure).index(clause.measure),
    }


def _words() -> dict[str, object]:
    """Return the words of the page, and those of the tokens that the data names by number."""
    counts = dict.fromkeys(name for measure in Measure for name in (measure.whole, *measure.parts))
    return {
        "words": {"subjects": both(SUBJECTS_TITLE), **{name: both(text) for name, text in PAGE_WORDS.items()}},
        "levels": [[level.value, both(LEVEL_WORDS[level].short.capitalised())] for level in LEVELS],
        "states": [*([state.value, both(ANSWER_WORDS[state])] for state in STATES), ["refused", both(REFUSED_WORDS)]],
        "reliances": [reliance.name.lower() for reliance in RELIANCES],
        "measures": [[measure.value, both(RATE_WORDS[measure].short.capitalised())] for measure in Measure],
        "counts": {name: both(column_heading(name)) for name in (*counts, *PRINTED_RATES)},
        "severities": {token: both(words) for token, words in SEVERITY_WORDS.items()},
    }
