"""The published JSON Schemas of rule files, and of what `thidua rules` writes for programs."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from thidua_cli.cli.rules import app
from thidua_cli.model import Measure
from thidua_cli.rulebook import schema as records
from thidua_cli.rulebook.clauses import ATTEST_KEYS, CLASS_EXIT, RULE_KEYS, TARGET_KEYS
from thidua_cli.rulebook.context import CHANGE_KEYS
from thidua_cli.rulebook.inherit import OVERRIDE_KEYS
from thidua_cli.rulebook.load import bundled_ids, example_ids, rule_file

HERE = Path(__file__).parent
SHIPPED = (*bundled_ids(), *example_ids())
SOUND = sorted(HERE.glob("sound*.toml"))
BROKEN = sorted((HERE / "broken").glob("*.toml"))

BEYOND_A_SCHEMA = {
    # names that must exist, in the file or beside it
    "alternative-unknown", "override-of-nothing", "unknown-reading",
    "extends-nothing-known", "extends-itself", "extends-a-broken-file", "extends-for-a-place-outside",
    # values held against each other
    "alternative-that-changes-nothing", "alternative-that-makes-no-sound-rule", "applies-until-before-from",
    "baseline-after-the-first-year-end", "baseline-after-the-rule-applies", "class-asked-and-excluded",
    "override-that-changes-nothing", "upper-below-the-threshold", "verified-before-the-document",
    "year-end-after-the-rule-applies", "year-ends-descending", "place-of-the-country",
    "closed-before-the-document", "closed-by-an-earlier-document",
    # ids and names used twice
    "id-of-an-item-and-a-target", "id-of-the-extended-file", "id-twice", "item-id-twice", "override-twice",
    "reading-of-the-extended-file",
    # how large a decimal is: it is written as a text
    "fall-of-no-household", "households-in-parts", "threshold-of-nothing", "upper-out-of-reach",
    # JSON has no dates of its own, and a file that is no TOML makes no document
    "date-as-text", "impossible-date", "key-twice", "unfinished-text",
}  # fmt: skip

CAUGHT = [path for path in BROKEN if path.stem not in BEYOND_A_SCHEMA]
LEFT_TO_THE_LOADER = [path for path in BROKEN if path.stem in BEYOND_A_SCHEMA]


def _validator(name: str) -> Draft202012Validator:
    text = files("thidua_cli").joinpath(f"data/schemas/thidua.{name}.1.schema.json").read_text(encoding="utf-8")
    document = json.loads(text)
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document)


def _document(path: Path) -> dict[str, Any]:
    """Return a rule file as JSON has it: days as ISO texts."""
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    document: dict[str, Any] = json.loads(json.dumps(values, default=lambda day: day.isoformat()))
    return document


@pytest.mark.parametrize("path", [*map(rule_file, SHIPPED), *SOUND], ids=lambda path: path.stem)
def test_a_sound_rule_file_follows_the_schema(path: Path) -> None:
    _validator("rule-file").validate(_document(path))


@pytest.mark.parametrize(
    "path", [path for path in BROKEN if path.stem not in BEYOND_A_SCHEMA], ids=lambda path: path.stem
)
def test_the_schema_alone_catches_a_broken_file(path: Path) -> None:
    assert not _validator("rule-file").is_valid(_document(path))


@pytest.mark.parametrize("path", LEFT_TO_THE_LOADER, ids=lambda path: path.stem)
def test_what_the_schema_cannot_say_is_named(path: Path) -> None:
    try:
        document = _document(path)
    except tomllib.TOMLDecodeError:
        return
    assert _validator("rule-file").is_valid(document)


def test_the_schema_knows_every_key_and_word_of_the_loader() -> None:
    schema = json.loads(
        files("thidua_cli").joinpath("data/schemas/thidua.rule-file.1.schema.json").read_text(encoding="utf-8")
    )
    parts = schema["$defs"]

    assert set(parts["rule"]["properties"]) == set(RULE_KEYS)
    assert {*parts["household_target"]["properties"], *parts["class_exit"]["properties"]} == set(TARGET_KEYS)
    assert set(parts["override"]["properties"]) == set(OVERRIDE_KEYS)
    assert set(parts["attest"]["properties"]) == set(ATTEST_KEYS)
    changes = schema["properties"]["alternatives"]["additionalProperties"]["properties"]["changes"]["properties"]
    assert set(changes) == set(CHANGE_KEYS)
    assert parts["rule"]["properties"]["test"]["enum"] == list(records.Test)
    assert parts["class_exit"]["properties"]["test"]["const"] == CLASS_EXIT
    assert parts["rule"]["properties"]["unit"]["enum"] == list(records.ThresholdUnit)
    assert parts["rule"]["properties"]["comparison"]["enum"] == list(records.Comparison)
    assert parts["measure"]["enum"] == list(Measure)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("rules", [*SHIPPED, *map(str, SOUND)], ids=lambda rules: Path(rules).stem)
def test_what_is_shown_follows_its_schema(rules: str, language: str) -> None:
    shown = CliRunner().invoke(app, ["show", rules, "--format", "json", "--lang", language])

    _validator("rules").validate(json.loads(shown.stdout))


def test_the_list_and_the_differences_follow_their_schemas() -> None:
    listed = CliRunner().invoke(app, ["list", "--format", "json"])
    compared = CliRunner().invoke(app, ["diff", "nghe-an-834", str(HERE / "sound-targets.toml"), "--format", "json"])
    extended = CliRunner().invoke(
        app, ["diff", str(HERE / "sound.toml"), str(HERE / "sound-extension.toml"), "--format", "json"]
    )

    _validator("rules-list").validate(json.loads(listed.stdout))
    for result in (compared, extended):
        document = json.loads(result.stdout)
        assert document["clauses"]
        _validator("rules-diff").validate(document)
