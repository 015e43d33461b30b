"""A result is read field by field: what is missing or of another kind is told with its place."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.verify.cases import full, province, result
from thidua_cli.errors import InputError
from thidua_cli.language import Language
from thidua_cli.verify.cells import places
from thidua_cli.verify.document import read_document

FOR_READERS = {
    *(".closed", "boundaries.mode", "rows.reason", "rows.other_readings", "values.value", "parts.addends"),
    *(f"paths.{key}" for key in ("reason", "note", "position")),
    *(f"attest.{key}" for key in ("text", "citation", "who", "position", "date", "evidence", "note")),
    *(f"figures.{key}" for key in ("basis", "status", "assumed_complete", "presumed", "sources")),
    *(f"figures.{key}" for key in ("superseded_on", "formed_on")),
}
"""Words, and what the clauses and figures say as well: nothing is taken from them."""
OPTIONAL = {
    *("files.sha256", ".boundaries", "boundaries.day", "cells.sheet", "attest.source", "parts.value"),
    *(f"paths.{key}" for key in ("upper", "poverty_line", "baseline_year")),
    *(f"clauses.{key}" for key in ("years", "baseline_year", "upper", "rounded_to", "from", "to")),
    *(f"rows.{key}" for key in ("completeness", "margin_households", "ended_on", "class_lists")),
    *(f"values.{key}" for key in ("exact", "value_low", "value_high")),
    *(f"figures.{key}" for key in ("households", "count", "placed")),
}
"""Absent is null: a number that is not known, a day without an end."""
NOT_OF_ITS_KIND = {"odd": 1.5}
PLACES: tuple[tuple[str | int, ...], ...] = (
    (),
    ("files", 0),
    ("boundaries",),
    ("clauses", 0),
    ("rows", 0),
    ("rows", 0, "paths", 0),
    ("rows", 0, "paths", 0, "values", 0),
    ("rows", 0, "attest", 0),
    ("rows", 0, "figures", 0),
    ("rows", 0, "figures", 0, "parts", 0),
    ("rows", 0, "figures", 0, "parts", 0, "cells", 0),
)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("ket-qua")
    return full(json.loads(result(folder, province(folder / "so-lieu.csv")).read_text("utf-8")), Decimal)


def objects(document: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every kind of object in the document, its name, and how its place is written."""
    for path in PLACES:
        values, place, kind = document, "ket-qua.json", ""
        for step in path:
            values = values[step]
            place += f"[{step}]" if isinstance(step, int) else f".{step}"
            kind = kind if isinstance(step, int) else str(step)
        yield kind, place, values


def refusal(document: Any) -> str | None:
    """Why the document is refused; None where it is read."""
    try:
        read_document(document, "ket-qua.json")
    except InputError as error:
        return error.text.pick(Language.VI)
    return None


def test_a_field_of_another_kind_is_refused_with_its_name_and_place(document: Any) -> None:
    read = copy.deepcopy(document)
    unread = set()
    for kind, place, values in objects(read):
        for key, value in list(values.items()):
            values[key] = NOT_OF_ITS_KIND if not isinstance(value, dict) else 7
            said = refusal(read)
            if said is None:
                unread.add(f"{kind}.{key}")
            else:
                assert key == "schema" or said.startswith((f"{place}: “{key}” không hợp lệ", f"{place}.{key}: ")), said
            values[key] = value
    assert unread == FOR_READERS


def test_a_row_that_is_no_object_and_a_class_that_is_no_text_are_refused(document: Any) -> None:
    assert refusal({**document, "rows": [7]}) == "ket-qua.json: “rows” không hợp lệ: 7"
    rows = [{**document["rows"][0], "classes": ["area_1", 1]}]
    assert refusal({**document, "rows": rows}) == "ket-qua.json.rows[0]: “classes” không hợp lệ: 1"


@pytest.mark.parametrize("written", ["", "hai", "1,5", "1.", "NaN", "Infinity", "1e400", "٢"])
def test_a_threshold_that_is_no_number_is_refused(document: Any, written: str) -> None:
    read = copy.deepcopy(document)
    for key in ("threshold", "upper"):
        read["clauses"] = [{**document["clauses"][0], key: written}]
        assert refusal(read) == f"ket-qua.json.clauses[0]: “{key}” không hợp lệ: {written!r}"


def test_a_number_that_is_true_or_false_is_none(document: Any) -> None:
    read = copy.deepcopy(document)
    read["rows"][0]["figures"][0]["count"] = True
    assert refusal(read) == "ket-qua.json.rows[0].figures[0]: “count” không hợp lệ: True"


def test_a_field_that_is_missing_is_told_with_its_place(document: Any) -> None:
    read = copy.deepcopy(document)
    optional = set()
    for kind, place, values in objects(read):
        for key, value in list(values.items()):
            del values[key]
            said = refusal(read)
            if said is None:
                optional.add(f"{kind}.{key}")
            elif key != "schema":
                assert said.startswith(f"{place}: thiếu “{key}”; "), said
            values[key] = value
    assert optional == FOR_READERS | OPTIONAL


def test_the_day_of_the_boundaries_is_the_last_of_the_year_where_none_is_stated(document: Any) -> None:
    read = copy.deepcopy(document)
    assert read_document({**read, "boundaries": {"day": "2025-07-01"}}, "").day == "2025-07-01"  # type: ignore[union-attr]
    assert read_document({**read, "boundaries": None}, "").day == "2024-12-31"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["khac.json", "không-có.json"])
def test_a_file_that_is_no_json_or_not_there_is_named(name: str, tmp_path: Path) -> None:
    from thidua_cli.verify.result_file import load_result

    path = tmp_path / name
    if name == "khac.json":
        path.write_bytes(b"\xff\xfe{")
    with pytest.raises(InputError) as refused:
        load_result(path)
    assert str(path) in refused.value.text.vi


@pytest.mark.parametrize("range_", ["A1:XFD1048576", "A1:A9999999"])
def test_a_result_that_names_more_cells_than_there_are_is_refused_at_once(
    document: Any, tmp_path: Path, range_: str
) -> None:
    from thidua_cli.verify.result_file import load_result

    read = copy.deepcopy(document)
    read["rows"][0]["figures"][0]["parts"][0]["cells"][0]["range"] = range_
    path = tmp_path / "ket-qua.json"
    path.write_text(json.dumps(read, default=float), "utf-8")
    with pytest.raises(InputError, match="nhiều ô hơn số ô"):
        load_result(path)


def test_a_cell_beyond_any_sheet_is_no_cell() -> None:
    assert [list(places(range_)) for range_ in ("A" + "9" * 5_000, "A" * 5_000 + "1")] == [[], []]
