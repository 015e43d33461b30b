"""The evidence of a change of units, in the language of the output: numbers and sources stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from thidua_cli.language import Language

_VIETNAMESE: Final = (
    (r"^alias (.*)in (.*)$", r"tên cũ \1ghi trong \2"),
    (r"^same bare name$", "trùng tên gọi"),
    (r"^from district (.*) to (.*)$", r"từ huyện \1 sang \2"),
    (r"^not rearranged$", "không thuộc diện sắp xếp"),
    (r"^the wording was not read$", "chưa đọc nguyên văn"),
    (r"^wording reported", "theo tin về nghị quyết"),
    (r"^plan (?:of \w+ \d+ )?reported", "theo tin về đề án"),
    (r"^derived from the (?:name|lists)", "suy từ danh mục"),
    (r": whole$", ": toàn bộ"),
    (r": the rest$", ": phần còn lại"),
    (r" and no people$", ", không có người"),
    (r"(\d) people$", r"\1 người"),
    (r"^(\d+) whole communes?$", r"\1 xã trọn vẹn"),
)
"""Patterns in the notes of the table of changes, and their Vietnamese."""
_CLAUSE: Final = ("khoản ", "clause ")
"""The one word of the table that is Vietnamese, and its English."""


def evidence_text(evidence: str, language: Language) -> str:
    """Return the evidence for people; notes without a translation are shown as they are.

    >>> evidence_text("1013/NQ-UBTVQH15; same bare name", Language.VI)
    '1013/NQ-UBTVQH15; trùng tên gọi'
    >>> evidence_text("1685/NQ-UBTVQH15; khoản 1", Language.EN)
    '1685/NQ-UBTVQH15; clause 1'
    """
    if language is Language.EN:
        return evidence.replace(*_CLAUSE)
    return "; ".join(map(_translated, evidence.split("; ")))


def _translated(part: str) -> str:
    for pattern, vietnamese in _VIETNAMESE:
        part = re.sub(pattern, vietnamese, part)
    return part


def shared_evidence(cited: Sequence[str]) -> str:
    """Return what all steps of a day rest on: the whole evidence, or the resolution it begins with.

    A code that goes on over another area (`KEPT_CODE`) has none of its own; it follows from the others.
    """
    known = [evidence for evidence in cited if evidence]
    for shared in dict.fromkeys((known[0], known[0].partition("; ")[0])) if known else ():
        if all(evidence == shared or evidence.startswith(f"{shared}; ") for evidence in known):
            return shared
    return ""


def without(shared: str, evidence: str) -> str:
    """Return the evidence of a step without what was said of all of its day."""
    return evidence.removeprefix(shared).removeprefix("; ") if shared else evidence
