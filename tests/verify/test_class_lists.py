"""The lists that a result says it stood on are held against those that ship, by the second implementation alone."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import CLASSES, DISTRICT, TOP
from tests.verify.cases import full, result
from thidua_cli.verify.class_lists import class_differences
from thidua_cli.verify.difference import What
from thidua_cli.verify.document import read_document

Change = Callable[[dict[str, Any]], None]


def judged(folder: Path, *options: str) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(TOP)
        file = result(folder, Path(DISTRICT), options=options)
    return full(json.loads(file.read_text("utf-8")), Decimal)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A district and its communes, by the lists that ship."""
    return judged(tmp_path_factory.mktemp("ket-qua"))


def entries(document: Any) -> list[dict[str, Any]]:
    return [entry for row in document["rows"] for entry in row["class_lists"] if entry["list"]]


def inside(document: Any) -> dict[str, Any]:
    """The first entry of a class that a unit has by a list."""
    return next(entry for entry in entries(document) if entry["class"].startswith("area_"))


def differences(document: Any) -> list[What]:
    return [difference.what for difference in class_differences(read_document(document, ""))]


def test_every_class_of_the_sample_stands_in_its_list(document: Any) -> None:
    assert len(entries(document)) > 20
    assert {entry["list"] for entry in entries(document)} >= {"areas-2021-2025", "coastal-communes-2021-2025"}
    assert differences(document) == []


def changed(key: str, value: object) -> Change:
    return lambda entry: entry.__setitem__(key, value)


@pytest.mark.parametrize(
    "change",
    [
        changed("list", "areas-2026-2030"),  # of another period
        changed("list", "coastal-communes-2021-2025"),  # of another class
        changed("list", "areas-1998"),
        changed("list", None),
        changed("document", "Quyết định 353/QĐ-TTg"),
        changed("document", None),
        changed("file", CLASSES),
        changed("class", "area_2"),
        changed("class", "not_area_3"),
    ],
)
def test_a_list_that_does_not_say_it_is_refuted(document: Any, change: Change) -> None:
    altered = copy.deepcopy(document)
    change(inside(altered))

    assert What.CLASS in differences(altered)


def test_a_class_without_a_list_and_a_list_without_its_class_are_refuted(document: Any) -> None:
    without, beyond = copy.deepcopy(document), copy.deepcopy(document)
    row = next(row for row in without["rows"] if row["class_lists"])
    row["class_lists"].pop()
    row = next(row for row in beyond["rows"] if row["classes"])
    row["classes"].pop()

    assert (differences(without), differences(beyond)) == ([What.CLASS], [What.CLASS])


def test_a_file_that_the_result_was_not_given_says_nothing(tmp_path: Path) -> None:
    altered = judged(tmp_path, "--classes", CLASSES)
    assert differences(altered) == []
    own = next(entry for row in altered["rows"] for entry in row["class_lists"] if entry["file"])
    own["file"] = "khac.csv"

    assert differences(altered) == [What.CLASS]


def test_a_unit_that_stands_in_no_row_of_the_list_is_refuted(document: Any) -> None:
    altered = copy.deepcopy(document)
    row = next(row for row in altered["rows"] if any(entry["class"] == "area_3" for entry in row["class_lists"]))
    row["unit_code"] = "00001"

    assert What.CLASS in differences(altered)
