"""Every kind of mistake that is planted in a result or in its files is found, and named where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import thidua
from tests.judge.cases import DECISION, series
from tests.verify.cases import altered, document_of, province, result, told, verified
from thidua_cli.model import Level
from thidua_cli.verify.difference import What
from thidua_cli.verify.rules import rule_differences
from thidua_cli.verify.said import Clause


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


def additional_value(document: Any) -> None:
    values = row(document)["paths"][1]["values"]
    values.append({**values[0], "year": 2023})


def missing_value(document: Any) -> None:
    row(document)["paths"][1]["values"] = []


def path_of_others(document: Any) -> None:
    row(document)["paths"].append({**row(document)["paths"][0], "rule": "village-count"})


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


def unusable(document: Any) -> None:
    row(document)["figures"][3]["usable"] = False


def other_line(document: Any) -> None:
    row(document)["figures"][3]["poverty_line"] = "2016-2020"


def households_unknown(document: Any) -> None:
    row(document)["figures"][3]["households"] = None


def unit_ended(document: Any) -> None:
    row(document)["ended_on"] = "2025-07-01"


def other_level(document: Any) -> None:
    row(document)["level"] = "commune"


def other_class(document: Any) -> None:
    document["clauses"][0]["any_of"] = ["area_1", "area_2"]


def clause_expired(document: Any) -> None:
    document["clauses"][1]["to"] = "2024-12-30"


def clause_begins_later(document: Any) -> None:
    document["clauses"][1]["from"] = "2025-01-01"


def clause_of_one_day(document: Any) -> None:
    document["clauses"][1].update({"from": "2024-12-31", "to": "2024-12-31"})


def clause_without_days(document: Any) -> None:
    document["clauses"][1].update({"from": None, "to": None})


def wrong_part(document: Any) -> None:
    row(document)["figures"][3]["parts"][1]["value"] = 59


def cells_beside(document: Any) -> None:
    row(document)["figures"][3]["parts"][1]["cells"][0]["range"] = "C5"


def cells_of_two_years(document: Any) -> None:
    row(document)["figures"][3]["parts"][1]["cells"][0]["range"] = "D4:D5"


def cell_of_a_heading(document: Any) -> None:
    row(document)["figures"][3]["parts"][1]["cells"][0]["range"] = "D1"


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


def wrong_comparison_of_the_unit(document: Any) -> None:
    row(document)["paths"][0]["comparison"] = ">"


def unknown_test(document: Any) -> None:
    document["clauses"][0]["test"] = "rate_doubles"


def dropped_clause(document: Any) -> None:
    document["clauses"] = [one for one in document["clauses"] if one["id"] != "village-count"]


def wrong_version(document: Any) -> None:
    document["rules_version"] = "0"


def wrong_completeness(document: Any) -> None:
    row(document)["completeness"] = "complete"


def answer_without_a_cell(document: Any) -> None:
    row(document)["attest"][0]["state"] = "attested"


UNDETERMINED = [
    "value: 7/1 → – | 49 Tỉnh Quảng Nam province-rate",
    "path: met → undetermined | 49 Tỉnh Quảng Nam province-rate",
    "value: 70/1 → – | 49 Tỉnh Quảng Nam province-count",
    "path: met → undetermined | 49 Tỉnh Quảng Nam province-count",
    "verdict: met → undetermined | 49 Tỉnh Quảng Nam",
]
_CLAUSES = {clause.id: clause for clause in DECISION.clauses}
OF_VILLAGES = [
    (str(_CLAUSES["province-rate"].citation), str(_CLAUSES["village-count"].citation)),
    (_CLAUSES["province-rate"].reading.vi, _CLAUSES["village-count"].reading.vi),
]
"""What a path of a province quotes, and what one of villages has to."""
PLANTED: dict[Callable[[Any], None], list[str]] = {
    wrong_verdict: ["verdict: not_met → met | 49 Tỉnh Quảng Nam"],
    wrong_path: ["path: not_met → met | 49 Tỉnh Quảng Nam province-rate"],
    wrong_value: ["value: 71/1 → 70/1 | 49 Tỉnh Quảng Nam province-count"],
    additional_value: ["value: 70/1 → – | 49 Tỉnh Quảng Nam province-count"],
    missing_value: ["value: – → 70/1 | 49 Tỉnh Quảng Nam province-count"],
    missing_path: ["applies: does_not_apply → applies | 49 Tỉnh Quảng Nam province-count"],
    path_of_others: [
        *(f"rules: {stated} → {written} | 49 Tỉnh Quảng Nam village-count" for stated, written in OF_VILLAGES),
        "applies: applies → does_not_apply | 49 Tỉnh Quảng Nam village-count",
    ],
    wrong_applies: ["applies: may_apply → applies | 49 Tỉnh Quảng Nam province-rate"],
    wrong_margin: ["margin: 61 → 59 | 49 Tỉnh Quảng Nam"],
    no_margin: ["margin: – → 59 | 49 Tỉnh Quảng Nam"],
    wrong_count: [
        "count: 80 → 90 | 49 Tỉnh Quảng Nam multidimensional 2024",
        "value: 7/1 → 8/1 | 49 Tỉnh Quảng Nam province-rate",
        "value: 70/1 → 220/3 | 49 Tỉnh Quảng Nam province-count",
        "margin: 59 → 69 | 49 Tỉnh Quảng Nam",
    ],
    unusable: [
        *UNDETERMINED,
        "field: false → true | 49 Tỉnh Quảng Nam multidimensional 2024 | rows[0].figures[3].usable",
    ],
    other_line: [
        *UNDETERMINED,
        "field: 2016-2020 → 2022-2025 | 49 Tỉnh Quảng Nam multidimensional 2024 | rows[0].figures[3].poverty_line",
    ],
    households_unknown: [
        "count: – → 1000 | 49 Tỉnh Quảng Nam households 2024",
        "value: 7/1 → – | 49 Tỉnh Quảng Nam province-rate",
    ],
    unit_ended: [
        "unit: 2025-07-01 → – | 49 Tỉnh Quảng Nam",
        "verdict: met → undetermined | 49 Tỉnh Quảng Nam",
    ],
    other_level: [
        "unit: commune → province | 49 Tỉnh Quảng Nam",
        "applies: applies → does_not_apply | 49 Tỉnh Quảng Nam province-rate",
        "applies: applies → does_not_apply | 49 Tỉnh Quảng Nam province-count",
        "verdict: met → no_criterion | 49 Tỉnh Quảng Nam",
    ],
    other_class: [
        "rules: area_1, area_2 → – | province-rate",
        "applies: applies → does_not_apply | 49 Tỉnh Quảng Nam province-rate",
    ],
    clause_expired: [
        "rules: 2024-12-30 → 2025-12-31 | province-count",
        "applies: applies → does_not_apply | 49 Tỉnh Quảng Nam province-count",
        "margin: 59 → 50 | 49 Tỉnh Quảng Nam",
    ],
    clause_begins_later: [
        "rules: 2025-01-01 → 2022-06-02 | province-count",
        "applies: applies → does_not_apply | 49 Tỉnh Quảng Nam province-count",
        "margin: 59 → 50 | 49 Tỉnh Quảng Nam",
    ],
    clause_of_one_day: [
        "rules: 2024-12-31 → 2022-06-02 | province-count",
        "rules: 2024-12-31 → 2025-12-31 | province-count",
    ],
    clause_without_days: [
        "rules: – → 2022-06-02 | province-count",
        "rules: – → 2025-12-31 | province-count",
    ],
    wrong_part: [
        "cell: 59 → 60 | 49 Tỉnh Quảng Nam poor_households 2024 | so-lieu.csv › D5",
        "count: 90 → 89 | 49 Tỉnh Quảng Nam multidimensional 2024",
    ],
    cells_beside: ["cell: 60 → 1000 | 49 Tỉnh Quảng Nam poor_households 2024 | so-lieu.csv › C5"],
    cells_of_two_years: ["cell: 60 → 160 | 49 Tỉnh Quảng Nam poor_households 2024 | so-lieu.csv › D4:D5"],
    cell_of_a_heading: ["cell: 60 → poor_households | 49 Tỉnh Quảng Nam poor_households 2024 | so-lieu.csv › D1"],
    no_cells: ["cell: 60 → 0 | 49 Tỉnh Quảng Nam poor_households 2024 | –"],
    no_parts: [
        "count: 1000 → – | 49 Tỉnh Quảng Nam households 2024",
        "count: 90 → – | 49 Tỉnh Quảng Nam multidimensional 2024",
    ],
    unknown_rules: ["rules: rieng → –"],
    wrong_threshold: [
        "rules: 1 → 2 | province-rate",
        "rules: >= 2 → >= 1 | 49 Tỉnh Quảng Nam province-rate",
        "margin: 59 → 60 | 49 Tỉnh Quảng Nam",
    ],
    wrong_threshold_of_the_unit: ["rules: >= 1 → >= 2 | 49 Tỉnh Quảng Nam province-rate"],
    wrong_comparison_of_the_unit: ["rules: > 2 → >= 2 | 49 Tỉnh Quảng Nam province-rate"],
    dropped_clause: ["rules: – → village-count | village-count"],
    unknown_test: [
        "rules: rate_doubles → rate_fall_each_year | province-rate",
        "unverifiable: rate_doubles → – | 49 Tỉnh Quảng Nam province-rate",
    ],
    wrong_version: [f"rules: qd-666-ttg/0 → qd-666-ttg/{DECISION.version}"],
    wrong_completeness: ["completeness: complete → quantitative_only | 49 Tỉnh Quảng Nam"],
    answer_without_a_cell: ["attestation: attested → – | 49 Tỉnh Quảng Nam province-programme"],
}
"""Mistake → everything that is told of it."""


@pytest.mark.parametrize("change", PLANTED, ids=lambda change: change.__name__)
def test_a_change_of_the_result_is_found_where_it_is(said: Path, table: Path, change: Callable[[Any], None]) -> None:
    file = altered(said, change)
    assert told(file, table) == PLANTED[change]
    assert thidua("verify", file, table).status == 1


def test_every_field_of_a_clause_is_held_against_the_rule_file() -> None:
    document = document_of([series(Level.PROVINCE, {2021: 300, 2022: 230, 2023: 160, 2024: 90})])
    for number, clause in enumerate(document.clauses):
        for field in fields(clause):
            if field.name in ("id", "reading_id"):
                continue  # the id says which clause it is, and the reading how it is read: other differences
            values = {one.name: getattr(clause, one.name) for one in fields(clause)}
            other = Clause(**{**values, field.name: "khác"})
            clauses = (*document.clauses[:number], other, *document.clauses[number + 1 :])
            (difference,) = rule_differences(replace(document, clauses=clauses), {})
            assert (difference.what, difference.rule, difference.stated) == (What.RULES, clause.id, "khác")
            assert field.name in difference.text.en


def test_a_changed_cell_is_named(said: Path, table: Path) -> None:
    province(table, last="61,30")
    outcome = thidua("verify", said, table)
    assert outcome.status == 1
    assert "Tỉnh Quảng Nam (49), Hộ nghèo, 2024: con số trong kết quả so với ô nguồn" in outcome.text
    assert f"  {table} › D5\n  kết quả ghi: 60; kiểm lại: 61" in outcome.text
    assert "nội dung tệp khác lúc lập kết quả (SHA-256)" in outcome.text.lower().replace("sha", "SHA")


def test_a_cell_that_is_empty_now_is_named(said: Path, table: Path) -> None:
    province(table, last=",30")
    assert told(said, table)[1:] == ["cell: 60 → – | 49 Tỉnh Quảng Nam poor_households 2024 | so-lieu.csv › D5"]


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


def test_a_missing_file_is_told_once(said: Path, table: Path, tmp_path: Path) -> None:
    other = tmp_path / "khac.csv"
    other.write_text("unit_code,year\n49,2020\n", encoding="utf-8")
    assert verified(said, other) == (1, [("file_missing", str(table), "–")])
    assert told(said, other)[0].endswith(f" |  | {table.name}")
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


def test_a_file_that_moved_is_known_by_its_content_and_one_that_changed_too_by_its_name(
    said: Path, table: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "khác"
    folder.mkdir()
    renamed = table.rename(folder / "tên khác.csv")
    assert verified(said, renamed) == (0, [])
    moved = renamed.rename(folder / table.name)
    moved.write_text(moved.read_text("utf-8") + "\n", encoding="utf-8")
    assert [what for what, _, _ in verified(said, moved)[1]] == ["file_changed"]
    # Of two that could be it, the one with the content of then is it, whatever its name.
    as_then = province(folder / "như cũ.csv")
    assert verified(said, moved, as_then) == (0, [])


def test_a_result_of_the_former_schema_is_refused_with_the_command_to_run_again(tmp_path: Path) -> None:
    table = province(tmp_path / "so-lieu.csv")

    def former(document: Any) -> None:
        document["schema"] = "thidua.eligible/1"
        document["rows"][0]["met"] = document["rows"][0].pop("namesakes")

    outcome = thidua("verify", altered(result(tmp_path, table), former), table, "--lang", "en")
    assert (outcome.status, outcome.text) == (3, "")
    assert "run “thidua eligible …” again" in outcome.err
    assert "made by an earlier version of thidua (thidua.eligible/1)" in outcome.err
