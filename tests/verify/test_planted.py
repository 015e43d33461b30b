"""Every kind of mistake that is planted in a result or in its files is found, and named where it is."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import thidua
from tests.judge.cases import DECISION
from tests.verify.cases import altered, province, result, verified


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return province(tmp_path / "so-lieu.csv")


@pytest.fixture
def said(tmp_path: Path, table: Path) -> Path:
    return result(tmp_path, table)


def row(document: Any) -> Any:
    return document["rows"][0]


def wrong_verdict(document: Any) -> None:
    row(document)["verdict"] = "not_met"


def wrong_path(document: Any) -> None:
    row(document)["paths"][0]["verdict"] = "not_met"


def wrong_value(document: Any) -> None:
    row(document)["paths"][1]["values"][0]["exact"] = "71/1"


def missing_path(document: Any) -> None:
    del row(document)["paths"][1]


def wrong_applies(document: Any) -> None:
    row(document)["paths"][0]["applies"] = None


def wrong_margin(document: Any) -> None:
    row(document)["margin_households"] = 61


def no_margin(document: Any) -> None:
    row(document)["margin_households"] = None


def wrong_count(document: Any) -> None:
    row(document)["figures"][3]["count"] = 80


def wrong_part(document: Any) -> None:
    row(document)["figures"][3]["parts"][1]["value"] = 59


def no_cells(document: Any) -> None:
    row(document)["figures"][3]["parts"][1]["cells"] = []


def no_parts(document: Any) -> None:
    row(document)["figures"][3]["parts"] = []


def blank_hash(document: Any) -> None:
    document["files"][0]["sha256"] = ""


def null_hash(document: Any) -> None:
    document["files"][0]["sha256"] = None


def no_hash(document: Any) -> None:
    del document["files"][0]["sha256"]


def unknown_rules(document: Any) -> None:
    document["rules"] = "rieng"


def wrong_threshold(document: Any) -> None:
    document["clauses"][0]["threshold"] = "1"


def wrong_threshold_of_the_unit(document: Any) -> None:
    row(document)["paths"][0]["threshold"] = 1


def dropped_clause(document: Any) -> None:
    document["clauses"] = [one for one in document["clauses"] if one["id"] != "village-count"]


def wrong_version(document: Any) -> None:
    document["rules_version"] = "0"


def wrong_completeness(document: Any) -> None:
    row(document)["completeness"] = "complete"


def answer_without_a_cell(document: Any) -> None:
    row(document)["attest"][0]["state"] = "attested"


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (wrong_verdict, ("verdict", "not_met", "met")),
        (wrong_path, ("path", "not_met", "met")),
        (wrong_value, ("value", "71/1", "70/1")),
        (missing_path, ("applies", "does_not_apply", "applies")),
        (wrong_applies, ("applies", "may_apply", "applies")),
        (wrong_margin, ("margin", "61", "60")),
        (no_margin, ("margin", "–", "60")),
        (wrong_count, ("count", "80", "90")),
        (wrong_part, ("cell", "59", "60")),
        (no_cells, ("cell", "60", "0")),
        (no_parts, ("count", "90", "–")),
        (unknown_rules, ("rules", "rieng", "–")),
        (wrong_threshold, ("rules", "1", "2")),
        (wrong_threshold_of_the_unit, ("rules", ">= 1", ">= 2")),
        (dropped_clause, ("rules", "–", "village-count")),
        (wrong_version, ("rules", "qd-666-ttg/0", f"qd-666-ttg/{DECISION.version}")),
        (wrong_completeness, ("completeness", "complete", "quantitative_only")),
        (answer_without_a_cell, ("attestation", "attested", "–")),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_change_of_the_result_is_found(
    said: Path, table: Path, change: Callable[[Any], None], difference: tuple[str, str, str]
) -> None:
    status, found = verified(altered(said, change), table)
    assert difference in found
    assert status == 1


def test_a_changed_cell_is_named(said: Path, table: Path) -> None:
    province(table, last="61,30")
    outcome = thidua("verify", said, table)
    assert outcome.status == 1
    assert "Tỉnh Quảng Nam (49), Hộ nghèo, 2024: con số trong kết quả so với ô nguồn" in outcome.text
    assert f"  {table} › D5\n  kết quả ghi: 60; kiểm lại: 61" in outcome.text
    assert "nội dung tệp khác lúc lập kết quả (SHA-256)" in outcome.text.lower().replace("sha", "SHA")


def test_a_cell_that_is_empty_now_is_named(said: Path, table: Path) -> None:
    province(table, last=",30")
    assert ("cell", "60", "–") in verified(said, table)[1]


def test_another_version_of_a_file_is_told_though_no_cell_changed(said: Path, table: Path) -> None:
    table.write_text(table.read_text("utf-8") + "\n", encoding="utf-8")
    status, found = verified(said, table)
    assert [what for what, _, _ in found] == ["file_changed"]
    assert status == 1


@pytest.mark.parametrize("change", [blank_hash, null_hash, no_hash])
def test_a_file_without_a_hash_is_not_taken_for_the_one_of_then(
    said: Path, table: Path, change: Callable[[Any], None]
) -> None:
    now = sha256(table.read_bytes()).hexdigest()
    assert verified(altered(said, change), table) == (1, [("file_changed", "–", now)])


def test_a_file_that_the_result_does_not_list_any_more_is_missed(said: Path, table: Path) -> None:
    def unlisted(document: Any) -> None:
        document["files"] = []

    assert verified(altered(said, unlisted), table) == (1, [("file_missing", str(table), "–")])


def test_a_missing_file_is_told_once(said: Path, tmp_path: Path) -> None:
    other = tmp_path / "khac.csv"
    other.write_text("unit_code,year\n49,2020\n", encoding="utf-8")
    status, found = verified(said, other)
    assert [what for what, _, _ in found] == ["file_missing"]
    assert status == 1
    assert f"Tệp không thuộc kết quả này: {other}." in thidua("verify", said, other).text


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": "thidua.rates/1"}', "[" * 100_000])
def test_what_is_no_result_is_refused(tmp_path: Path, table: Path, content: str) -> None:
    path = tmp_path / "khac.json"
    path.write_text(content, encoding="utf-8")
    outcome = thidua("verify", path, table)
    assert outcome.status == 3
    assert str(path) in outcome.err


def test_a_result_of_an_earlier_version_is_refused_with_what_it_lacks(said: Path, table: Path) -> None:
    def older(document: Any) -> None:
        del document["clauses"]

    outcome = thidua("verify", altered(said, older), table)
    assert outcome.status == 3
    assert "thiếu “clauses”" in outcome.err


def test_a_result_that_does_not_fit_its_own_form_is_refused(said: Path, table: Path) -> None:
    def odd(document: Any) -> None:
        row(document)["figures"][0]["count"] = "ba trăm"

    outcome = thidua("verify", altered(said, odd), table)
    assert outcome.status == 3
    assert "rows[0].figures[0]" in outcome.err


def test_the_second_implementation_knows_nothing_of_the_first() -> None:
    import ast

    import thidua_cli.verify

    folder = Path(str(thidua_cli.verify.__file__)).parent
    for file in folder.glob("*.py"):
        modules = [
            node.module or ""
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom)
        ]
        assert not [name for name in modules if name.startswith(("thidua_cli.judge", "thidua_cli.measure"))], file
