"""Results on disputed figures: an honest one verifies cleanly, whatever was spoilt; a tampered one does not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from doubts.answers import Asked
from doubts.law import Court
from doubts.sets import MAKERS
from doubts.spoilings import KINDS, draw
from tests.cli.program import TOP, thidua
from tests.verify.cases import full
from thidua_cli import pipeline
from thidua_cli.errors import ThiduaError
from thidua_cli.findings import Finding
from thidua_cli.language import Language
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.present.targets.records import targets_document
from thidua_cli.present.verdicts.records import eligible_document
from thidua_cli.read.source import expand
from thidua_cli.verify.difference import VerifyResult
from thidua_cli.verify.document import read_document
from thidua_cli.verify.said import Document
from thidua_cli.verify.targets import verify_targets
from thidua_cli.verify.verify import verify

_OF_SETS = {
    **dict.fromkeys(("district_printed", "district_plain", "commune_folder", "district_movement", "csv_district"), 5),
    **dict.fromkeys(("csv_province", "csv_city", "csv_small_province", "two_tiers"), 6),
    **dict.fromkeys(("province_by_area", "divided_wards"), 4),
    **dict.fromkeys(("csv_named_districts", "csv_country", "csv_country_2026", "csv_merged_provinces"), 4),
    "csv_old_line": 4,
    "province_numbered": 2,
}
"""Set → spoilings of it, fewer of the large ones."""


def results(court: Court, reading: FilesRead, findings: list[Finding]) -> Iterator[Any]:
    """Every result that the commands would write."""
    for command in court.commands:
        try:
            document = _document(command, court.clean.as_of, reading, findings)
        except ThiduaError:  # the command refuses, and writes nothing
            continue
        yield json.loads(json.dumps(document, ensure_ascii=False))


def _document(command: Asked, as_of: int, reading: FilesRead, findings: list[Finding]) -> dict[str, object]:
    if command.for_targets:
        return targets_document(pipeline.targets(reading, command.inputs, as_of, findings=findings), Language.EN)
    return eligible_document(pipeline.eligible(reading, command.inputs, as_of, findings=findings), Language.EN)


def taken_again(document: Any, folder: Path) -> VerifyResult:
    """What `verify` says of a result, all files of a folder given."""
    parsed = read_document(json.loads(json.dumps(document), parse_float=Decimal), "result.json")
    sources, _ = expand([str(folder)])
    if isinstance(parsed, Document):
        return verify("result.json", parsed, sources)
    return verify_targets("result.json", parsed, sources)


def told(result: VerifyResult) -> list[tuple[str, ...]]:
    return [
        (difference.what.value, difference.unit_code, difference.rule, difference.stated, difference.recomputed)
        for difference in result.differences
    ]


@pytest.mark.parametrize("name", MAKERS)
def test_an_honest_result_of_a_spoilt_file_verifies_cleanly(name: str, tmp_path: Path) -> None:
    court = Court(name, MAKERS[name](), tmp_path)
    first = list(MAKERS).index(name)
    for step in range(_OF_SETS[name]):
        kind = list(KINDS)[(first * 7 + step * 3) % len(KINDS)]
        spoiling = draw(court.places, kind, 100 + step)
        if spoiling is None:
            continue
        spoiling.book.write(court.files)
        reading = pipeline.read([str(court.files)])
        for document in results(court, reading, pipeline.check(reading)):
            verified = taken_again(document, court.folder)
            assert told(verified) == [], spoiling
        court.places.book(spoiling.book.name).write(court.files)


_TAMPERED = (
    *(("district_plain", "digits swapped", 0), ("district_plain", "digit dropped", 0)),
    *(("district_printed", "digits swapped", 0), ("district_printed", "digit dropped", 0)),
    ("district_printed", "digit dropped", 3),
)


class Case:
    """Results of districts with spoilt cells, to tamper with."""

    def __init__(self, folder: Path) -> None:
        self.results: list[tuple[Any, Path]] = []
        for name, kind, number in _TAMPERED:
            court = Court(name, MAKERS[name](), folder / f"{name} {kind} {number}")
            spoiling = draw(court.places, kind, number)
            assert spoiling is not None
            spoiling.book.write(court.files)
            reading = pipeline.read([str(court.files)])
            findings = pipeline.check(reading)
            self.results += [(document, court.folder) for document in results(court, reading, findings)]

    def tampered(self, wanted: Callable[[Any], bool], change: Callable[[Any], object]) -> list[tuple[str, ...]]:
        """What is told of each result in which one row is changed, and that every such change is told of."""
        every = []
        for document, files in self.results:
            for row in filter(wanted, document["rows"]):
                changed = {**document, "rows": [copy.deepcopy(row)]}
                change(changed["rows"][0])
                differences = told(taken_again(changed, files))
                assert differences, (files.name, row["unit_code"], row.get("rule"))
                every += differences
        assert every, "no row was tampered with"
        return every


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return Case(tmp_path_factory.mktemp("spoilt"))


def is_open(row: Any) -> bool:
    return any(doubt["effect"] == "undetermined" for doubt in row["doubts"])


def stands(row: Any) -> bool:
    return bool(row["doubts"]) and row["verdict"] in ("met", "not_met")


def is_named(row: Any) -> bool:
    """Say whether every disputed cell has a value that the row names."""
    named = {doubt["figure"]["cell"] for doubt in row["doubts"] if doubt["values"] is not None}
    kinds = {doubt["code"] for doubt in row["doubts"]}
    return "L001" not in kinds and all(doubt["figure"]["cell"] in named for doubt in row["doubts"])


def is_void(row: Any) -> bool:
    return "paths" in row and any(doubt["code"] == "L001" for doubt in row["doubts"])


def test_the_results_that_are_tampered_with_verify_as_they_are(case: Case) -> None:
    for document, files in case.results:
        assert told(taken_again(document, files)) == []


@pytest.mark.parametrize("answer", ["met", "not_met"])
def test_an_answer_that_a_doubt_leaves_open_cannot_be_made_certain(case: Case, answer: str) -> None:
    every = case.tampered(is_open, lambda row: row.update(verdict=answer))
    assert {"verdict", "effect"} <= {one[0] for one in every}


@pytest.mark.parametrize("answer", ["met", "not_met"])
def test_nor_can_it_be_made_certain_with_all_effects_taken_back(case: Case, answer: str) -> None:
    def settle(row: Any) -> None:
        row["verdict"] = answer
        for path in row.get("paths", []):
            path["verdict"] = answer
        for doubt in row["doubts"]:
            doubt["effect"] = "none"

    assert {one[0] for one in case.tampered(lambda row: is_open(row) and is_named(row), settle)} >= {"verdict"}


def test_of_a_figure_without_possible_values_it_is_told_that_the_answer_was_not_taken_again(case: Case) -> None:
    def settle(row: Any) -> None:
        row["verdict"] = "not_met"
        for doubt in row["doubts"]:
            doubt["effect"] = "none"

    for document, files in case.results:
        for row in document["rows"]:
            if is_open(row) and any(doubt["code"] == "L001" for doubt in row["doubts"]):
                changed = {**document, "rows": [copy.deepcopy(row)]}
                settle(changed["rows"][0])
                assert [one.unit_code for one in taken_again(changed, files).not_taken_again] == [row["unit_code"]]
                return
    pytest.fail("no row was tampered with")


@pytest.mark.parametrize("code", ["L001", "T003"])
def test_figures_that_contradict_each_other_show_that_a_doubt_was_taken_off(case: Case, code: str) -> None:
    def is_of_rates(row: Any) -> bool:
        return (
            stands(row) and code in {doubt["code"] for doubt in row["doubts"]} and "points" not in str(row.get("rule"))
        )

    every = case.tampered(is_of_rates if code == "T003" else is_void, lambda row: row.update(doubts=[]))
    assert ("doubt", code) in {(one[0], one[4]) for one in every}


def test_a_certain_answer_cannot_be_left_open(case: Case) -> None:
    every = case.tampered(stands, lambda row: row.update(verdict="undetermined", margin_households=None))
    assert {one[0] for one in every} == {"verdict"}


def test_an_open_answer_whose_doubts_are_taken_off_is_not_open(case: Case) -> None:
    every = case.tampered(is_open, lambda row: row.update(doubts=[]))
    assert "verdict" in {one[0] for one in every}


@pytest.mark.parametrize(("effect", "other"), [("undetermined", "none"), ("none", "undetermined")])
def test_the_effect_of_a_doubt_is_taken_again(case: Case, effect: str, other: str) -> None:
    def swap(row: Any) -> None:
        for doubt in row["doubts"]:
            doubt["effect"] = other

    wanted = is_open if effect == "undetermined" else stands
    assert {one[0] for one in case.tampered(wanted, swap)} == {"effect"}


def test_a_printed_figure_is_read_again_from_its_cell(case: Case) -> None:
    def change(row: Any) -> None:
        for doubt in row["doubts"]:
            doubt["printed"] += 1
            if isinstance(doubt["values"], list):
                doubt["values"].append(doubt["printed"])

    assert "doubt" in {one[0] for one in case.tampered(lambda row: bool(row["doubts"]), change)}


def test_values_hold_the_printed_one_and_another(case: Case) -> None:
    def change(row: Any) -> None:
        for doubt in row["doubts"]:
            if isinstance(doubt["values"], list):
                doubt["values"].remove(doubt["printed"])

    def has_values(row: Any) -> bool:
        return any(isinstance(doubt["values"], list) for doubt in row["doubts"])

    assert "doubt" in {one[0] for one in case.tampered(has_values, change)}


def test_a_disputed_cell_is_one_of_the_row(case: Case) -> None:
    def change(row: Any) -> None:
        for doubt in row["doubts"]:
            doubt["figure"]["cell"] = "A1"

    every = case.tampered(lambda row: bool(row["doubts"]), change)
    assert "doubt" in {one[0] for one in every}


def test_a_margin_is_no_larger_than_in_any_world(case: Case) -> None:
    def enlarge(row: Any) -> None:
        row["margin_households"] += 1 if row["margin_households"] >= 0 else -1

    wanted = lambda row: stands(row) and row["margin_households"] is not None  # noqa: E731
    assert {one[0] for one in case.tampered(wanted, enlarge)} == {"margin"}


def test_a_bound_is_told_as_one(case: Case) -> None:
    every = case.tampered(lambda row: row["margin_is_bound"], lambda row: row.update(margin_is_bound=False))
    assert {one[0] for one in every} == {"margin_is_bound"}


def test_whoever_invents_a_waiver_leaves_nothing_open(case: Case) -> None:
    def waive(row: Any) -> None:
        for doubt in row["doubts"]:
            doubt["waived"] = {"who": "A", "reason": "B", "until": "2030-12-31"}

    disputed = {"S001", "S002", "T003", "V006"}

    def is_open_by_disputes(row: Any) -> bool:
        return is_open(row) and {doubt["code"] for doubt in row["doubts"]} <= disputed

    assert {one[0] for one in case.tampered(is_open_by_disputes, waive)} >= {"verdict", "effect"}


def test_a_doubt_about_the_same_figure_in_another_file_is_no_difference(tmp_path: Path) -> None:
    samples = sorted(
        (*(TOP / "sample_data" / "dong-giang").glob("*.xlsx"), *(TOP / "sample_data" / "faulty").glob("*.xlsx"))
    )
    result = tmp_path / "ket-qua.json"
    judged = thidua(
        "eligible", *samples, "--rules", "qd-666-ttg", "--as-of", "2024", "-o", result, "--fail-on", "never"
    )
    assert judged.status == 0, judged.err
    rows = full(json.loads(result.read_text("utf-8")))["rows"]
    elsewhere = [
        doubt
        for row in rows
        for doubt in row["doubts"]
        if doubt["figure"]["file"] not in {cells["file"] for fig in row["figures"] for cells in _cells(fig)}
    ]
    assert elsewhere
    verified = thidua("verify", result, *samples)
    assert verified.status == 0, verified.text


def _cells(figure: Any) -> Iterator[Any]:
    for part in figure["parts"]:
        yield from part["cells"]
