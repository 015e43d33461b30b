"""Findings since an earlier run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.cases import context as context_of
from tests.check.cases import district, found, observed, read_form
from tests.places import origin
from thidua_cli.check.catalogue import run_checks
from thidua_cli.check.compare import FindingsSince, compare, load_previous
from thidua_cli.check.identity import identity, identity_of_record
from thidua_cli.check.logic import check_poor_within_households
from thidua_cli.check.sums import S001
from thidua_cli.check.waivers import Waiver, apply
from thidua_cli.errors import InputError
from thidua_cli.findings import Finding
from thidua_cli.language import Language, Text
from thidua_cli.model import Origin
from thidua_cli.normalise.cells.headings import H002
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.observations import Observation, Observations, TableOrigin
from thidua_cli.present.findings.records import finding_record
from thidua_cli.read.faults import F008

TOLD = Text("một câu", "a sentence")
SUM, HEADING = replace(S001, message=TOLD), replace(H002, message=TOLD)
CELLS = st.builds(lambda letter, row: f"{letter}{row}", st.sampled_from("ABC"), st.integers(1, 50))
ORIGINS = st.builds(origin, st.sampled_from(["a.xlsx", "b.xlsx"]), st.sampled_from(["08", "09"]), CELLS)
FINDINGS = st.lists(
    st.builds(
        Finding,
        st.sampled_from([SUM, HEADING]),
        ORIGINS,
        unit_code=st.sampled_from([None, "505", "506"]),
        unit_name=st.sampled_from([None, "Xã A|B", "Xã A"]),
        year=st.sampled_from([None, 2023, 2024]),
        column=st.sampled_from([None, "households"]),
        value=st.sampled_from([None, 1, "x"]),
    ),
    max_size=12,
)


def document(findings: Sequence[Finding]) -> dict[str, object]:
    records = [finding_record(finding, Language.VI) for finding in findings]
    return {"schema": "thidua.check/1", "findings": records}


def one(cell: str = "E9", sheet: str = "08", **changes: object) -> Finding:
    finding = Finding(HEADING, origin("a.xlsx", sheet, cell), column="Số khẩu")
    return replace(finding, **changes)  # type: ignore[arg-type]  # the tests name real fields


def numbers(comparison: FindingsSince) -> tuple[int, int, int]:
    return len(comparison.new), len(comparison.still), len(comparison.gone)


def form(communes: list[Observation], inserted: int, file: str) -> FilesRead:
    table = Observations()
    index = table.add_table(TableOrigin(file, "Mẫu 08", "mau-08", {"poor_households": 5, "unit_name": 2}))
    for number, row in enumerate(communes, start=9 + inserted):
        table.append(index, (number,), row)
    return FilesRead(table)


@given(FINDINGS)
def test_nothing_is_new_or_gone_against_the_same_run(findings: list[Finding]) -> None:
    comparison = compare(json.loads(json.dumps(document(findings))), findings)
    assert comparison == FindingsSince((), tuple(findings), ())


@given(FINDINGS, FINDINGS)
def test_every_finding_is_told_once(before: list[Finding], now: list[Finding]) -> None:
    comparison = compare(document(before), now)
    assert len(comparison.new) + len(comparison.still) == len(now)
    assert len(comparison.gone) + len(comparison.still) == len(before)
    back = compare(document(now), before)
    assert numbers(back) == (len(comparison.gone), len(comparison.still), len(comparison.new))


@given(st.integers(0, 40), st.sampled_from(["bieu.xlsx", "moi/bieu-2.xlsx"]))
def test_inserted_rows_and_another_file_name_change_no_identity(inserted: int, file: str) -> None:
    rows = district((300, 30, 10), [(100, 200, 5), (100, 10, 5), (100, 10, 5)])
    before = run_checks(context_of(form(rows, 0, "bieu.xlsx")))
    now = run_checks(context_of(form(rows, inserted, file)))
    assert before
    assert [identity(finding) for finding in now] == [identity(finding) for finding in before]
    assert numbers(compare(document(before), now)) == (0, len(before), 0)


@given(FINDINGS)
def test_the_identity_is_that_of_the_record_in_the_document(findings: list[Finding]) -> None:
    records = [json.loads(json.dumps(finding_record(finding, Language.EN))) for finding in findings]
    assert [identity_of_record(record) for record in records] == [identity(finding) for finding in findings]


def test_a_failed_correction_is_still_the_same_finding() -> None:
    before = found(check_poor_within_households, observed("207", counts=(100, 90, 50)))
    now = found(check_poor_within_households, observed("207", counts=(100, 80, 50)))
    assert numbers(compare(document(before), now)) == (0, 1, 0)


def test_a_mended_finding_is_gone_and_a_fresh_one_is_new() -> None:
    before = run_checks(context_of(read_form(district((300, 30, 10), [(100, 10, 5)] * 3), "207")))
    now = found(check_poor_within_households, observed("207", counts=(100, 90, 50)))
    comparison = compare(document(before), now)
    assert comparison.new == tuple(now)
    assert [record["code"] for record in comparison.gone] == [finding.kind.code for finding in before]


def test_of_two_alike_findings_the_mended_one_is_gone() -> None:
    before = [one(sheet="Xã A"), one(sheet="Xã B")]
    comparison = compare(document(before), [one(sheet="Xã B", cell="F9")])
    assert numbers(comparison) == (0, 1, 1)
    assert comparison.gone[0]["sheet"] == "Xã A"


def test_a_second_finding_like_one_before_is_new() -> None:
    now = [one(cell="E9"), one(cell="G9")]
    comparison = compare(document([one(cell="G9")]), now)
    assert comparison == FindingsSince((now[0],), (now[1],), ())


def test_findings_without_a_unit_are_told_apart_by_their_value() -> None:
    labelled = Finding(SUM, Origin("a.xlsx"), year=2024, column="households", value=1, expected=2)
    assert identity(labelled) != identity(replace(labelled, value=3))
    assert identity(replace(labelled, unit_name="Xã A")) == identity(replace(labelled, unit_name=" Xã  A ", value=3))


def test_the_name_of_a_file_is_no_part_of_the_identity() -> None:
    twice = Finding(F008, Origin("b.xlsx"), value="a.xlsx")
    assert identity(twice) == identity(replace(twice, value="cu/a.xlsx"))


def test_a_separator_in_a_name_cannot_make_two_findings_one() -> None:
    first = Finding(SUM, Origin("a"), unit_name="A|2024", column="x")
    second = Finding(SUM, Origin("a"), unit_name="A", year=2024, column="|x")
    assert identity(first) != identity(second)


def test_a_waived_finding_is_still_there() -> None:
    finding = Finding(SUM, Origin("a"), unit_code="505", year=2024)
    waiver = Waiver("S001", "505", 2024, None, "r", "w", date(2030, 1, 1), "f")
    waived = apply([finding], [waiver], date(2025, 1, 1)).findings
    assert numbers(compare(document([finding]), waived)) == (0, 1, 0)


def test_a_document_written_to_a_file_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "truoc.json"
    path.write_text(json.dumps(document([one()])), encoding="utf-8-sig")
    assert numbers(compare(load_previous(path), [one()])) == (0, 1, 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"code,name\n",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"[]",
        b"{}",
        b'{"schema": "thidua.rates/1", "rows": []}',
        b'{"schema": "thidua.check/2", "findings": []}',
        b'{"schema": "thidua.check/1"}',
        b'{"schema": "thidua.check/1", "findings": [1]}',
        b'{"schema": "thidua.check/1", "findings": [{}]}',
    ],
)
def test_a_file_that_is_no_earlier_result_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "truoc.json"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        load_previous(path)
    assert all("truoc.json" in text and "\n" not in text for text in refused.value.text)


def test_a_file_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"khong-co\.json"):
        load_previous(tmp_path / "khong-co.json")


def test_a_document_of_another_kind_is_refused_as_a_value_too() -> None:
    with pytest.raises(InputError, match="thidua"):
        compare({"schema": "thidua.rates/1"}, [])
