"""The words for a token stand in the lexicon alone, so that one class or count is never called by two names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import thidua_cli
from thidua_cli import lexicon
from thidua_cli.findings import Severity
from thidua_cli.judge.verdict import State
from thidua_cli.model import COUNTS, PRINTED_RATES, Level, Measure, Status
from thidua_cli.rulebook.classes import CLASS_TOKENS
from thidua_cli.rulebook.schema import ThresholdUnit

SOURCE = Path(thidua_cli.__file__).parent
TOKENS = {
    *lexicon.COLUMN_WORDS,
    *lexicon.LEVEL_WORDS,
    *lexicon.CLASS_WORDS,
    *lexicon.SUBJECT_WORDS,
    *lexicon.ANSWER_WORDS,
    *lexicon.SEVERITY_WORDS,
    *lexicon.STATUS_WORDS,
    *lexicon.UNIT_WORDS,
    *map(str, Measure),
}
ENUMS = {enum.__name__ for enum in (Level, Measure, State, Severity, Status, ThresholdUnit)}
OTHER_NOTIONS = {"attest/columns.py": "what a person writes to identify a subject, not what the subject is called"}
FEWEST = 3


def is_token(key: ast.expr | None) -> bool:
    if isinstance(key, ast.Constant):
        return key.value in TOKENS
    return isinstance(key, ast.Attribute) and isinstance(key.value, ast.Name) and key.value.id in ENUMS


def is_words(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) in {"Text", "Term", "Term.of"}
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and not value.value.isascii()


def tables_of_words(tree: ast.AST) -> Iterator[int]:
    """Yield the line of each dict that gives words to three tokens or more."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            if sum(is_token(key) and is_words(value) for key, value in pairs) >= FEWEST:
                yield node.lineno


def test_no_other_module_has_a_table_of_words_for_tokens() -> None:
    found = {
        f"{path.relative_to(SOURCE).as_posix()}:{line}"
        for path in SOURCE.rglob("*.py")
        if path.name != "lexicon.py" and path.relative_to(SOURCE).parts[0] != "verify"  # which repeats on purpose
        for line in tables_of_words(ast.parse(path.read_text("utf-8")))
    }
    assert {place.partition(":")[0] for place in found} == set(OTHER_NOTIONS), found


@pytest.mark.parametrize(
    "table",
    [
        '{Level.PROVINCE: Text("tỉnh", "province"), Level.DISTRICT: Text("huyện", "district"), "commune": "xã …"}',
        '{"poor_households": "hộ nghèo", "near_poor_households": "hộ cận nghèo", "poor_new": "hộ nghèo mới"}',
    ],
)
def test_a_second_table_would_be_found(table: str) -> None:
    assert list(tables_of_words(ast.parse(table))) == [1]


@pytest.mark.parametrize(
    ("words", "tokens"),
    [
        (lexicon.LEVEL_WORDS, Level),
        (lexicon.MEASURE_WORDS, Measure),
        (lexicon.RATE_WORDS, Measure),
        (lexicon.RATE_FORMULAS, Measure),
        (lexicon.ANSWER_WORDS, State),
        (lexicon.SEVERITY_WORDS, Severity),
        (lexicon.STATUS_WORDS, Status),
        (lexicon.UNIT_WORDS, ThresholdUnit),
        (lexicon.UNIT_AFTER_NUMBER, ThresholdUnit),
        (lexicon.CLASS_WORDS, CLASS_TOKENS),
        (lexicon.COUNT_WORDS, COUNTS),
    ],
    ids=lambda value: next(iter(value), "") if isinstance(value, dict) else "",
)
def test_every_token_has_words_and_none_is_left_over(words: dict[str, object], tokens: list[str]) -> None:
    assert list(words) == [str(token) for token in tokens]


def test_every_canonical_column_has_words() -> None:
    assert {*COUNTS, *PRINTED_RATES} <= lexicon.COLUMN_WORDS.keys()
    assert lexicon.column_text("poor_rate_percent").vi == "tỷ lệ hộ nghèo"
    assert lexicon.column_heading("poor_rate_percent").vi == "Tỷ lệ hộ nghèo theo nguồn"


def test_a_heading_that_is_no_column_stands_for_itself() -> None:
    assert lexicon.column_text("Số khẩu").en == lexicon.column_heading("Số khẩu").vi == "Số khẩu"
    assert lexicon.column_heading("số khẩu").vi == "số khẩu"


def test_no_two_columns_of_one_table_have_one_heading() -> None:
    headings = [lexicon.column_heading(name) for name in (*COUNTS, *PRINTED_RATES)]
    for language in (0, 1):
        texts = [heading[language] for heading in headings]
        assert len(set(texts)) == len(texts)


def test_the_name_of_a_subject_fits_a_sheet() -> None:
    most = 31
    assert all(len(words) <= most for term in lexicon.SUBJECT_WORDS.values() for words in term.short)
