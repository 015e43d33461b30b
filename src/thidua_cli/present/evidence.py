"""The evidence of a change of units, in the language of the output: numbers and sources stay as they are."""

from __future__ import annotations

from typing import Final

from thidua_cli.language import Language

_VIETNAMESE: Final = (
    ("alias in ", "tên cũ ghi trong "),
    ("same bare name", "trùng tên gọi"),
    ("from district ", "từ huyện "),
    ("wording reported", "theo báo chí dẫn nghị quyết"),
    ("plan reported", "theo báo chí dẫn đề án"),
    ("derived from the name", "suy từ tên gọi"),
    ("derived from the lists", "suy từ danh mục"),
    ("clause ", "khoản "),
)
"""How the notes of the table of changes begin, and their Vietnamese."""


def evidence_text(evidence: str, language: Language) -> str:
    """Return the evidence for people; notes without a translation are shown as they are.

    >>> evidence_text("1013/NQ-UBTVQH15; same bare name", Language.VI)
    '1013/NQ-UBTVQH15; trùng tên gọi'
    """
    if language is Language.EN:
        return evidence
    return "; ".join(map(_translated, evidence.split("; ")))


def _translated(part: str) -> str:
    for english, vietnamese in _VIETNAMESE:
        if part.startswith(english):
            return vietnamese + part[len(english) :].replace(" to ", " sang ")
    return part
