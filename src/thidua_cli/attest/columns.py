"""The columns of an attestation sheet: written by `present.attest.workbook`, recognised by `attest.rows`.

Ids stand in columns of their own, so that texts may be edited; a table of one's own may be headed by the tokens.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from thidua_cli.judge.verdict import AttestState
from thidua_cli.language import Language, Text


class Field(StrEnum):
    """What a column of an attestation sheet holds."""

    ENTRY = "entry"
    """Number that joins the rows of one subject whose name is written once."""
    UNIT_CODE = "unit_code"
    NAME = "name"
    CRITERION = "criterion"
    CITATION = "citation"
    STATE = "state"
    WHO = "who"
    POSITION = "position"
    DATE = "date"
    EVIDENCE = "evidence"
    NOTE = "note"
    CRITERION_ID = "criterion_id"
    RULES = "rules"
    AS_OF = "as_of"


HEADINGS: Final[Mapping[Field, Text]] = {
    Field.ENTRY: Text("Mục", "Entry"),
    Field.UNIT_CODE: Text("Mã đơn vị", "Unit code"),
    Field.NAME: Text("Đơn vị", "Unit"),
    Field.CRITERION: Text("Tiêu chí", "Criterion"),
    Field.CITATION: Text("Căn cứ", "Source"),
    Field.STATE: Text("Kết quả", "Answer"),
    Field.WHO: Text("Người xác nhận", "Attested by"),
    Field.POSITION: Text("Chức vụ", "Position"),
    Field.DATE: Text("Ngày xác nhận", "Date"),
    Field.EVIDENCE: Text("Số văn bản minh chứng", "Evidence (document)"),
    Field.NOTE: Text("Ghi chú", "Note"),
    Field.CRITERION_ID: Text("Mã tiêu chí", "Criterion id"),
    Field.RULES: Text("Bộ tiêu chí", "Rules"),
    Field.AS_OF: Text("Năm xét", "As of"),
}
SUBJECT_NAME: Final[Mapping[str, Text]] = {
    "organisation": Text("Tên cơ quan, tổ chức", "Name of the organisation"),
    "household": Text("Họ tên chủ hộ, địa chỉ", "Head of the household, address"),
    "official": Text("Họ tên, đơn vị công tác", "Name and office"),
    "enterprise": Text("Tên doanh nghiệp, ngân hàng", "Name of the enterprise or bank"),
}
"""Heading of the column `NAME` on the sheets of subjects that no table counts."""

ANSWERS: Final[Mapping[AttestState, Text]] = {
    AttestState.ATTESTED: Text("Đạt", "Met"),
    AttestState.REFUSED: Text("Không đạt", "Not met"),
}
"""What is chosen in the column `STATE`; an empty cell leaves the criterion open."""

FILLED_IN: Final = (Field.STATE, Field.WHO, Field.POSITION, Field.DATE, Field.EVIDENCE, Field.NOTE)
"""The columns a person fills in."""


def plain(text: str) -> str:
    """Return a text as headings and answers are compared: composed, in lower case, single blanks.

    >>> plain("  Không  ĐẠT ")
    'không đạt'
    """
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def field_of(heading: str) -> Field | None:
    """Return the meaning of a heading in either language, or of a token; None for any other text."""
    return _FIELDS.get(plain(heading))


def answer_of(text: str) -> AttestState | None:
    """Return the state that an answer stands for; None for any other text."""
    return _ANSWERS.get(plain(text))


def answer_list(language: Language) -> list[str]:
    """Return the answers to choose from."""
    return [text.pick(language) for text in ANSWERS.values()]


_FIELDS: Final = {
    **{field.value: field for field in Field},  # tables that programs write are headed by the tokens
    **{plain(heading): field for field, text in HEADINGS.items() for heading in text},
    **{plain(heading): Field.NAME for text in SUBJECT_NAME.values() for heading in text},
}
_ANSWERS: Final = {
    **{plain(answer): state for state, text in ANSWERS.items() for answer in text},
    AttestState.ATTESTED.value: AttestState.ATTESTED,
    AttestState.REFUSED.value: AttestState.REFUSED,
}
