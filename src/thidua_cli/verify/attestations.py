"""What persons attested, against the cells of the attestation sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from typing import Final

from thidua_cli.language import Text
from thidua_cli.verify.cells import Contents
from thidua_cli.verify.difference import Difference, What
from thidua_cli.verify.said import Document, SaidAttest

_ANSWERS: Final = {
    "đạt": "attested",
    "met": "attested",
    "attested": "attested",
    "không đạt": "refused",
    "not met": "refused",
    "refused": "refused",
}


def attested_items(document: Document) -> Iterator[SaidAttest]:
    """Yield every criterion without a number that the result speaks of."""
    for row in document.rows:
        yield from row.attest
    for _, _, attest in document.subjects:
        yield from attest


def attestation_differences(document: Document, given: Collection[str], cells: Contents) -> Iterator[Difference]:
    """Yield answers that the sheet does not hold, and tallies that do not follow from them."""
    asked = [(row.unit_code, row.unit_name, row.completeness, row.attest) for row in document.rows]
    asked += [("", name, completeness, attest) for name, completeness, attest in document.subjects]
    for code, name, completeness, attest in asked:
        for item in attest:
            yield from _answer_differences(code, name, item, given, cells)
        tally = _completeness([item.state for item in attest])
        if completeness != tally:
            yield Difference(What.COMPLETENESS, completeness or "–", tally or "–", _TALLY, code, name)


def _answer_differences(
    code: str, name: str, item: SaidAttest, given: Collection[str], cells: Contents
) -> Iterator[Difference]:
    source = item.source
    if source is None:
        if item.state != "open":
            yield Difference(What.ATTESTATION, item.state, "–", _NO_CELL, code, name, item.id)
        return
    if source.file not in given:
        return
    text = str(cells.get((source.file, source.sheet, source.range)) or "")
    # A Mac types decomposed letters, and a sheet that went through both systems holds either.
    answer = _ANSWERS.get(" ".join(unicodedata.normalize("NFC", text).lower().split()), "open")
    if answer != item.state:
        yield Difference(What.ATTESTATION, item.state, text or "–", _ANSWER, code, name, item.id, place=str(source))


def _completeness(states: list[str]) -> str | None:
    if "refused" in states:
        return "refused"
    if "open" in states:
        return "quantitative_only"
    return "complete" if states else None


_TALLY: Final = Text("mức đầy đủ theo các tiêu chí đã xác nhận", "how far the criteria are settled")
_NO_CELL: Final = Text("tiêu chí có kết quả nhưng không có ô nguồn", "an answer that names no cell")
_ANSWER: Final = Text("kết quả xác nhận so với phiếu", "what was attested against the sheet")
