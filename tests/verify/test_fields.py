"""Two documents are compared field by field, and every difference is told once, where it is."""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from thidua_cli.verify.difference import What
from thidua_cli.verify.fields import field_differences, is_same

DOCUMENT: dict[str, Any] = {
    "schema": "thidua.eligible/3",
    "files": [{"file": "a.xlsx", "sha256": "12", "role": "observations"}],
    "rows": [
        {
            "unit_code": code,
            "unit_name": f"Xã {code}",
            "verdict": "met",
            "reason": "giảm đủ",
            "margin_is_bound": False,
            "classes": ["area_1", "mountain"],
            "paths": [{"rule": rule, "citation": "Điều 3", "values": [{"year": 2024, "value": 5.93}]} for rule in "ab"],
            "doubts": [
                {"code": "S002", "finding": {"cell": "E9"}, "figure": {"cell": cell, "year": 2024}}
                for cell in ("E9", "E8")
            ],
        }
        for code in ("20470", "20473", "20476")
    ],
}


def differing(change: Callable[[Any], object]) -> list[tuple[What, str, str, str]]:
    stated = copy.deepcopy(DOCUMENT)
    change(stated)
    return [(one.what, one.place, one.stated, one.recomputed) for one in field_differences(stated, DOCUMENT)]


def test_a_document_is_the_same_as_itself() -> None:
    assert differing(lambda document: None) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            lambda document: document["rows"][1].update(reason="giảm thiếu"),
            (What.FIELD, "rows[1].reason", "giảm thiếu", "giảm đủ"),
            id="text",
        ),
        pytest.param(
            lambda document: document["rows"][1]["paths"][1]["values"][0].update(value=Decimal("5.94")),
            (What.FIELD, "rows[1].paths[1].values[0].value", "5.94", "5.93"),
            id="number",
        ),
        pytest.param(
            lambda document: document["rows"][0].update(margin_is_bound=0),
            (What.FIELD, "rows[0].margin_is_bound", "0", "false"),
            id="truth-as-number",
        ),
        pytest.param(
            lambda document: document["rows"][2].update(classes=["mountain", "area_1"]),
            (What.FIELD, "rows[2].classes", '["mountain", "area_1"]', '["area_1", "mountain"]'),
            id="plain-list",
        ),
        pytest.param(
            lambda document: document["rows"][0].pop("reason"),
            (What.LACKING, "rows[0].reason", "–", "giảm đủ"),
            id="field-gone",
        ),
        pytest.param(
            lambda document: document.update(note="ký"), (What.ADDED, "note", "ký", "–"), id="field-more"
        ),
        pytest.param(
            lambda document: document["rows"].reverse(), (What.ORDER, "rows[0]", "20476", "20470"), id="order"
        ),
    ],
)  # fmt: skip
def test_a_change_is_told_once_with_its_place(
    change: Callable[[Any], object], expected: tuple[What, str, str, str]
) -> None:
    assert differing(change) == [expected]


def test_a_row_that_was_taken_away_is_one_difference_and_names_its_unit() -> None:
    stated = copy.deepcopy(DOCUMENT)
    del stated["rows"][0]
    (difference,) = field_differences(stated, DOCUMENT)
    assert (difference.what, difference.unit_code, difference.place) == (What.LACKING, "20470", "rows[0]")


def test_a_row_that_stands_twice_is_said_twice() -> None:
    stated = copy.deepcopy(DOCUMENT)
    stated["rows"].append(stated["rows"][1])
    (difference,) = field_differences(stated, DOCUMENT)
    assert (difference.what, difference.unit_code, difference.place) == (What.REPEATED, "20473", "rows[3]")


def test_a_unit_under_another_code_is_one_lacking_and_one_added() -> None:
    assert [
        (what, place) for what, place, *_ in differing(lambda document: document["rows"][0].update(unit_code="1"))
    ] == [
        (What.LACKING, "rows[0]"),
        (What.ADDED, "rows[0]"),
    ]


def test_a_doubt_that_was_deleted_is_told_with_its_row() -> None:
    stated = copy.deepcopy(DOCUMENT)
    del stated["rows"][1]["doubts"][0]
    (difference,) = field_differences(stated, DOCUMENT)
    assert (difference.what, difference.unit_code, difference.place) == (What.LACKING, "20473", "rows[1].doubts[0]")


def test_two_units_that_exchange_names_are_two_differences() -> None:
    def exchange(document: Any) -> None:
        one, other = document["rows"][:2]
        one["unit_name"], other["unit_name"] = other["unit_name"], one["unit_name"]

    assert [place for _, place, *_ in differing(exchange)] == ["rows[0].unit_name", "rows[1].unit_name"]


def test_numbers_are_the_same_however_they_are_held() -> None:
    assert is_same(Decimal("5.930"), 5.93)
    assert not is_same(Decimal("5.930000000000000001"), 5.93)
    assert not is_same(1, True)
    assert not is_same("1", 1)
    assert not is_same(None, 0)
