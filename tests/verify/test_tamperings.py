"""No tampering with a result goes unseen: every field of the published schemas, changed alone, and whole forgeries.

`pytest -s -n 0 tests/verify/test_tamperings.py` prints how many were made and how many caught.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from tests.verify.cases import full
from tests.verify.forgeries import OF_A_DISTRICT, Forge, attested_by_nobody
from tests.verify.honest import BASES, Honest
from tests.verify.tamperings import ALSO_HONEST, Tampering, covered, fields_of, places_of, schema_of, tamperings
from thidua_cli import anew, pipeline
from thidua_cli.errors import InputError
from thidua_cli.read.source import Source
from thidua_cli.verify.again import MadeAnew
from thidua_cli.verify.difference import VerifyResult
from thidua_cli.verify.result_file import SaidResult

LEAST: Final = 179
OF_CONFIG: Final = {"limits.config", "limits.config.file", "limits.config.sha256", "limits.config.options"}
"""Who typed what is told and not proven: what the options were set to stands in fields that are, each of them."""
NEVER_HELD: Final = {
    "thidua.eligible/4": {"limits.plans[]", "limits.trace", *OF_CONFIG},
    "thidua.targets/2": {"limits.attestations", "limits.trace", *OF_CONFIG},
}
"""Fields that no such document holds: plans belong to targets, attestations to verdicts, a trace is its own kind."""
OF_DOUBTS = "bounds"
"""Ends of a count come from doubts while a verdict is taken; no figure is written with them."""


class Proof:
    """Verifies documents that differ in little: what is made anew of the same files under the same limits is kept."""

    def __init__(self, make: Callable[[SaidResult, Sequence[Source]], MadeAnew]) -> None:
        self._make = make
        self._made: dict[str, MadeAnew] = {}

    def made_anew(self, result: SaidResult, given: Sequence[Source]) -> MadeAnew:
        """What the program makes of the files, asked once for each set of files and limits."""
        asked = [result.parsed.get(key) for key in ("schema", "as_of", "limits", "files")]
        key = json.dumps([asked, sorted(source.name for source in given)], default=str)
        if key not in self._made:
            self._made[key] = self._make(result, given)
        return self._made[key]


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Honest]:
    """Every honest result; the shortest first, so that most fields are changed where that is quickest."""
    made = {name: make(tmp_path_factory.mktemp(name)) for name, make in BASES.items()}
    return dict(sorted(made.items(), key=lambda item: len(json.dumps(item[1].document))))


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anew, "made_anew", Proof(anew.made_anew).made_anew)


def verified(honest: Honest, document: Any) -> VerifyResult | None:
    """What is said of a document; None where it is refused."""
    path = honest.folder / "thu.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    try:
        return pipeline.verify(path, honest.files)
    except InputError:
        return None


def is_caught(honest: Honest, document: Any) -> bool:
    result = verified(honest, document)
    return result is None or not result.is_proven


@pytest.mark.parametrize("name", BASES)
def test_an_honest_result_is_proven(name: str, bases: dict[str, Honest]) -> None:
    result = verified(bases[name], bases[name].document)
    assert result is not None
    assert [(one.what, one.stated, one.recomputed, one.text.en) for one in result.differences] == []
    assert result.is_proven


def test_together_the_honest_results_hold_every_field_of_their_schemas(bases: dict[str, Honest]) -> None:
    held: dict[str, set[str]] = {}
    schemas = {}
    for honest in bases.values():
        schemas[honest.document["schema"]] = schema_of(honest.document)
        places = places_of(honest.document, schema_of(honest.document))
        held.setdefault(honest.document["schema"], set()).update(
            place.field for place in places if place.value is not None
        )
    assert set(schemas) >= set(NEVER_HELD)
    for name, never in NEVER_HELD.items():
        fields = {field for field in fields_of(schemas[name]) if OF_DOUBTS not in field}
        assert fields - held[name] == {field for field in never if not field.endswith("[]")}
        assert not held[name] & never


def changes(name: str, bases: dict[str, Honest]) -> list[Tampering]:
    fields = covered({each: honest.document for each, honest in bases.items()})
    return list(tamperings(bases[name].document, fields[name]))


@pytest.mark.parametrize("name", BASES)
def test_no_field_can_be_changed_unseen(name: str, bases: dict[str, Honest]) -> None:
    honest, made = bases[name], changes(name, bases)
    unseen = [
        tampering
        for tampering in made
        if (tampering.field, tampering.how) not in ALSO_HONEST
        and not is_caught(honest, tampering.applied(honest.document))
    ]
    print(f"{name}: {len(made) - len(unseen)} of {len(made)} tamperings caught")
    assert list(map(str, unseen)) == []


def test_what_is_called_honest_as_well_is(bases: dict[str, Honest]) -> None:
    every = [(honest, change) for name, honest in bases.items() for change in changes(name, bases)]
    also = [pair for pair in every if (pair[1].field, pair[1].how) in ALSO_HONEST]
    assert len(also) >= len(ALSO_HONEST)
    assert not any(is_caught(honest, change.applied(honest.document)) for honest, change in also)


def test_there_are_enough_tamperings(bases: dict[str, Honest]) -> None:
    made = sum(len(changes(name, bases)) for name in bases) + len(OF_A_DISTRICT)
    print(f"{made} tamperings made")
    assert made >= LEAST
    assert len(OF_A_DISTRICT) >= 20


@pytest.mark.parametrize("name", OF_A_DISTRICT)
def test_no_forgery_of_a_district_is_believed(name: str, bases: dict[str, Honest]) -> None:
    assert_caught(bases["district"], OF_A_DISTRICT[name])


def test_nobody_attests_unseen(bases: dict[str, Honest]) -> None:
    assert_caught(bases["province"], attested_by_nobody)


def assert_caught(honest: Honest, forge: Forge) -> None:
    honestly = full(honest.document)
    document = copy.deepcopy(honestly)
    forge(document)
    assert document != honestly
    assert is_caught(honest, document)


def test_a_result_is_proven_wherever_its_files_are(bases: dict[str, Honest], tmp_path: Path) -> None:
    honest = bases["district"]
    moved = []
    for number, name in enumerate(honest.files):
        path = tmp_path / f"biểu {number}{Path(name).suffix}"
        path.write_bytes(Path(name).read_bytes())
        moved.append(str(path))
    path = tmp_path / "ket-qua.json"
    path.write_text(json.dumps(honest.document), encoding="utf-8")
    assert pipeline.verify(path, moved).is_proven
    assert not pipeline.verify(path, moved[1:]).is_proven
