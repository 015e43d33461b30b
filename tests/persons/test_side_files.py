"""A household list given for a file beside the tables is refused without a name of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.program import DISTRICT, TOP, thidua
from tests.normalise.cases import Cell, write_sheet
from tests.persons.disguises import INVENTED
from tests.persons.test_never_out import leaks

JUDGED = ("--rules", "qd-666-ttg", "--as-of", "2024")
HEADERS: dict[str, Sequence[str]] = {
    "--classes": ("unit_code", "class", "from", "to", "source"),
    "--shares": ("from", "to", "year", "households", "source"),
    "--units": ("code", "name", "commune_code", "valid_from", "valid_to"),
}


def _list(path: Path, header: Sequence[str]) -> Path:
    rows = [[person.name, person.number, f"01/02/{person.year}", person.name, person.number] for person in INVENTED]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([*([header] if header else []), *rows])
    return path


@pytest.mark.parametrize("option", HEADERS)
@pytest.mark.parametrize("has_header", [True, False])
def test_a_list_in_place_of_a_side_file_is_refused_without_a_name(
    option: str, has_header: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TOP)
    side = _list(tmp_path / "ho.csv", HEADERS[option] if has_header else ())
    outcome = thidua("eligible", DISTRICT, *JUDGED, option, side)
    assert outcome.status == 3
    assert leaks(outcome.out + outcome.err.encode()) == set()


@pytest.mark.parametrize("option", ["--mapping", "--waive", "--since"])
def test_a_list_in_place_of_a_description_is_refused_without_a_name(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TOP)
    outcome = thidua("check", DISTRICT, option, _list(tmp_path / "ho.csv", ()))
    assert outcome.status == 3
    assert leaks(outcome.out + outcome.err.encode()) == set()


def test_a_list_in_place_of_attestations_is_refused_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TOP)
    heads = ["Mã tiêu chí", "Kết quả", "Mã đơn vị", "Ngày", "Người xác nhận"]
    rows = [[p.name, p.name, p.number, f"{p.name} {p.year}", p.name] for p in INVENTED]
    sheet = write_sheet(tmp_path / "phieu.xlsx", [heads, *rows])
    outcome = thidua("eligible", DISTRICT, *JUDGED, "--attest", sheet)
    assert outcome.status == 3
    assert leaks(outcome.out + outcome.err.encode()) == set()


def test_what_an_earlier_run_quoted_of_cells_is_not_said_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    person = INVENTED[0]
    gone = {
        "code": "V001",
        "message": f"“{person.name}” ở cột “hộ nghèo” không phải là số nguyên",
        "value": person.name,
        "unit_name": "Xã Ba",
    }
    earlier = tmp_path / "truoc.json"
    earlier.write_text(json.dumps({"schema": "thidua.check/1", "findings": [gone]}), "utf-8")
    for form in ("table", "json"):
        outcome = thidua("check", DISTRICT, "--since", earlier, "--format", form)
        assert outcome.status == 0
        assert f"chữ dài {len(person.name)} ký tự" in outcome.text
        assert leaks(outcome.out) == set()


def test_a_value_that_is_asked_for_is_shown_and_else_only_its_length(tmp_path: Path) -> None:
    remark = "chưa duyệt xong"
    rows: list[list[Cell]] = [
        ["UBND HUYỆN ĐÔNG GIANG", None, None, None],
        ["Năm rà soát: 2023", None, None, None],
        ["Đơn vị", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"],
        ["Xã Ba", 900, remark, 20],
        ["Xã Tà Lu", 429, "6x3", 33],
    ]
    file = write_sheet(tmp_path / "bieu.xlsx", rows)
    hidden, shown = (
        json.loads(thidua("check", file, "--format", "json", *more).text) for more in ([], ["--show-values"])
    )
    values = [[record["value"] for record in run["findings"] if record["code"] == "V001"] for run in (hidden, shown)]
    assert values == [["chữ dài 15 ký tự", "6x3"], [remark, "6x3"]]
    assert remark not in json.dumps(hidden, ensure_ascii=False)
    assert [record["identity"] for record in hidden["findings"]] == [record["identity"] for record in shown["findings"]]
