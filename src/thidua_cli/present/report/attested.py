"""The criteria without a number: what a person said of each, and room for who has still to say it."""

from __future__ import annotations

from typing import Final

from thidua_cli.judge.verdict import Statement, Verdict
from thidua_cli.language import Language, Text
from thidua_cli.present.attest.view import ATTEST_TEXT, statement_text
from thidua_cli.present.toolkit.document import Section, Table, TableColumn, text_line
from thidua_cli.rulebook.schema import AttestItem


def attested_section(verdict: Verdict, language: Language) -> Section:
    """Return one row per criterion with its state, who attested it and on what ground; dotted where nobody did."""
    documents = {item.citation.document for item, _ in verdict.attest}
    by = next(iter(documents)) if len(documents) == 1 else ""
    heads = ((_CRITERION, 48), (_STATE, 16), (_ATTESTED, 26))
    rows = [
        [
            _criterion(item, by, language),
            ATTEST_TEXT[state].capitalised().pick(language),
            _said(verdict.statements.get(item.id), language),
        ]
        for item, state in verdict.attest
    ]
    intro = (_BY.fill(document=by) if by else _INTRO).pick(language)
    columns = [TableColumn(text.pick(language), width=width) for text, width in heads]
    return Section(_HEADING.pick(language), text=[text_line(intro)], table=Table(columns, rows))


_HEADING: Final = Text("Tiêu chí cần xác nhận", "Criteria to attest")
_CRITERION: Final = Text("Tiêu chí", "Criterion")
_STATE: Final = Text("Tình trạng", "State")
_ATTESTED: Final = Text("Người xác nhận, ngày, văn bản", "Attested by, date, evidence")
_INTRO: Final = Text(
    "Các tiêu chí không có số liệu, do người có thẩm quyền xác nhận.",
    "Criteria without a number, for a person to attest.",
)
_BY: Final = Text(
    "Các tiêu chí không có số liệu theo {document}, do người có thẩm quyền xác nhận.",
    "Criteria without a number of {document}, for a person to attest.",
)
_DOTS: Final = "…………………………"


def _criterion(item: AttestItem, document: str, language: Language) -> str:
    """Return a criterion with its clause; the document stands above the table where all are of one."""
    clause = item.citation.clause if document else str(item.citation)
    return f"{item.text.pick(language)} ({clause})"


def _said(statement: Statement | None, language: Language) -> str:
    if statement is None:
        return _DOTS
    note = f". {statement.note}" if statement.note else ""
    return f"{statement_text(statement, language)}{note}"
