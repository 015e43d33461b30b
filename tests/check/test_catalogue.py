"""The kinds of findings as a whole: codes are a contract, and every kind is documented, raised and tested."""

from __future__ import annotations

import ast
import string
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import thidua_cli
from thidua_cli.check.catalogue import CHECKS, KINDS
from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Language, Text
from thidua_cli.model import Origin
from thidua_cli.normalise.kinds import KINDS as KINDS_OF_READING

SOURCE = Path(thidua_cli.__file__).parent
TESTS = Path(__file__).parents[1]

CONTRACT = {
    "F001": "error",
    "F002": "error",
    "F003": "error",
    "F004": "error",
    "F005": "error",
    "F006": "note",
    "F007": "warning",
    "F008": "warning",
    "F009": "error",
    "F010": "note",
    "F011": "error",
    "F012": "warning",
    "F013": "error",
    "F014": "error",
    "F015": "warning",
    "F016": "note",
    "F017": "error",
    "H001": "error",
    "H002": "warning",
    "H003": "error",
    "H004": "error",
    "H005": "warning",
    "H006": "error",
    "H007": "error",
    "H008": "warning",
    "H009": "error",
    "H010": "note",
    "H011": "warning",
    "H012": "warning",
    "H013": "error",
    "H014": "error",
    "H015": "warning",
    "V001": "error",
    "V002": "error",
    "V003": "note",
    "V004": "error",
    "V005": "error",
    "V006": "warning",
    "V007": "error",
    "V008": "error",
    "V009": "note",
    "V010": "warning",
    "V011": "warning",
    "V012": "note",
    "U001": "error",
    "U002": "error",
    "U003": "error",
    "U004": "error",
    "U005": "error",
    "U006": "error",
    "U007": "error",
    "U008": "warning",
    "U009": "error",
    "U010": "note",
    "L001": "error",
    "L002": "error",
    "L003": "error",
    "L004": "warning",
    "L005": "warning",
    "L006": "error",
    "S001": "error",
    "S002": "error",
    "S003": "error",
    "T001": "warning",
    "T002": "warning",
    "T003": "warning",
    "T004": "warning",
    "T005": "note",
    "P001": "note",
    "C001": "error",
    "C002": "error",
    "C003": "error",
    "C004": "error",
    "C005": "note",
    "C006": "note",
}
"""What scripts of users rely on: code and severity. A line may be added, none changed or taken away."""

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)


def texts(kind: Kind) -> tuple[Text, ...]:
    return kind.title, kind.message, kind.what, kind.why, kind.example, kind.mend


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_codes_and_severities_are_those_of_the_contract() -> None:
    assert {kind.code: kind.severity.value for kind in KINDS} == CONTRACT


def test_every_code_and_every_name_exists_once() -> None:
    assert [code for code, number in Counter(kind.code for kind in KINDS).items() if number > 1] == []
    assert [name for name, number in Counter(kind.name for kind in KINDS).items() if number > 1] == []


def test_kinds_stand_in_the_order_of_the_families_and_their_numbers() -> None:
    assert [kind.code for kind in KINDS] == list(CONTRACT)


@each_kind
def test_every_text_is_there_in_both_languages(kind: Kind) -> None:
    for text in texts(kind):
        assert text.vi.strip() == text.vi != ""
        assert text.en.strip() == text.en != ""
        assert text.vi != text.en


@each_kind
def test_placeholders_are_the_same_in_both_languages_and_only_in_the_message(kind: Kind) -> None:
    for text in texts(kind):
        assert placeholders(text.vi) == placeholders(text.en)
    assert not any(placeholders(text.vi) for text in texts(kind) if text is not kind.message)


@each_kind
def test_names_are_kebab_case(kind: Kind) -> None:
    assert kind.name == "-".join(kind.name.lower().replace("_", "-").split())


def test_a_message_without_its_details_is_an_error_and_not_an_empty_place() -> None:
    kind = next(kind for kind in KINDS if placeholders(kind.message.vi) - FIELDS)
    with pytest.raises(KeyError):
        Finding(kind, Origin("bieu.xlsx")).message(Language.VI)


FIELDS = {"unit", "year", "column", "value", "expected", "difference"}


def names_used(path: Path) -> Iterator[str]:
    """Yield the names a module uses, but for the mere listing of kinds in `KINDS`."""
    tree = ast.parse(path.read_text("utf-8"))
    listed = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "KINDS"
    ]
    skipped = {id(name) for value in listed if value is not None for name in ast.walk(value)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in skipped:
            yield node.id


def test_every_kind_is_raised_somewhere() -> None:
    used = {name for path in SOURCE.rglob("*.py") for name in names_used(path)}
    assert sorted(set(CONTRACT) - used) == []


def test_every_kind_has_a_test_that_names_it() -> None:
    others = [path for path in TESTS.rglob("test_*.py") if path != Path(__file__)]
    written = "\n".join(path.read_text("utf-8") for path in others)
    assert [code for code in CONTRACT if code not in written] == []


def test_every_check_says_which_codes_it_yields() -> None:
    for check in CHECKS:
        assert any(code in (check.__doc__ or "") for code in CONTRACT), check.__name__


def test_severities_are_ordered_by_their_weight() -> None:
    assert sorted(Severity, key=lambda severity: severity.rank) == [Severity.ERROR, Severity.WARNING, Severity.NOTE]


@pytest.mark.parametrize("stage", ["read", "normalise"])
def test_every_kind_of_the_reading_stages_can_be_sent_by_its_code(stage: str) -> None:
    made = {
        value
        for path in (SOURCE / stage).rglob("*.py")
        for value in vars(
            import_module(f"thidua_cli.{'.'.join(path.relative_to(SOURCE).with_suffix('').parts)}")
        ).values()
        if isinstance(value, Kind)
    }
    assert made
    assert made <= set(KINDS_OF_READING)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_declares_what_it_leaves_of_the_figures(kind: Kind) -> None:
    assert isinstance(kind.standing, Standing)
    if kind.severity is Severity.NOTE:  # a note tells what was done while reading; a doubt needs a warning
        assert kind.standing is Standing.NOTHING
