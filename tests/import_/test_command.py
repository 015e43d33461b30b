"""`thidua import` as a user meets it: files, sidecar, exit status, and the same results from what it wrote."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from forms.mau_08 import write
from forms.model import Area, Arrangement, FormOptions, FormRow
from thidua_cli import pipeline
from thidua_cli.cli.eligible import eligible
from thidua_cli.cli.import_ import import_
from thidua_cli.cli.options import FailOn, Format
from thidua_cli.cli.rates import rates
from thidua_cli.errors import OutputError, UsageError
from thidua_cli.model import Measure

YEARS = (2021, 2022, 2023, 2024)
FORMATS = pytest.mark.parametrize("name", ["data.csv", "data.xlsx"])
DISTRICT = FormOptions(agency="UBND HUYỆN CÔ TÔ", place_and_date="Cô Tô, ngày 15 tháng 12 năm 2023")
PRINTED = {"S002", "S003", "L004", "V006"}
"""Findings on what a form prints beside its counts; a canonical table prints nothing."""


def communes(year: int) -> list[FormRow]:
    """All three communes of Huyện Cô Tô."""
    fall = 15 * (year - 2021)
    return [
        FormRow("Thị trấn Cô Tô", 900, 3600, 90 - fall, 300, 60, 260, area=Area.URBAN, depth=2),
        FormRow("Xã Đồng Tiến", 500, 2100, 120 - fall, 510, 40, 170, depth=2),
        FormRow("Xã Thanh Lân", 300, 1200, 80 - fall, 280, 50 - fall // 5, 130, depth=2),
    ]


def write_years(folder: Path, tables: dict[int, list[FormRow]], options: FormOptions) -> list[str]:
    folder.mkdir()
    for year, rows in tables.items():
        write(folder / f"bieu-{year}.xlsx", rows, replace(options, year=year))
    return [str(folder / f"bieu-{year}.xlsx") for year in tables]


@pytest.fixture
def district(tmp_path: Path) -> list[str]:
    """Four sound year-ends."""
    return write_years(tmp_path / "in", {year: communes(year) for year in YEARS}, DISTRICT)


@pytest.fixture
def faulty(tmp_path: Path) -> list[str]:
    """A district that is not its communes' sum, more poor than households, a jump, a year and a commune missing."""
    own = FormRow("Huyện Cô Tô", 1600, 6400, 250, 540, 60, 230)
    tables = {2021: [own, *communes(2021)], 2022: [own, *communes(2022)[:2]], 2024: [own, *communes(2024)]}
    tables[2024][2] = replace(tables[2024][2], poor=490)
    tables[2022][1] = replace(tables[2022][1], poor=700)
    options = FormOptions(arrangement=Arrangement.NUMBERING, agency="UBND TỈNH QUẢNG NINH", total_row=False)
    return write_years(tmp_path / "in", tables, options)


def result(command: Any, files: Sequence[str], out: Path, **options: Any) -> Any:
    """Return the JSON of a command without the cells it names: they are those of the files it was given."""
    command(files=files, format_=Format.JSON, output=str(out), force=True, quiet=True, **options)
    return without_sources(json.loads(out.read_text("utf-8")))


PLACES = frozenset({"sources", "cells", "files", "tables", "sheet_rows"})
"""What a document says of where figures stand."""


def without_sources(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_sources(part) for key, part in value.items() if key not in PLACES}
    return [without_sources(part) for part in value] if isinstance(value, list) else value


def findings(files: Sequence[str]) -> Counter[tuple[object, ...]]:
    """Count the findings to be compared, without the cells they point to.

    A canonical table does not say whose table it is: that a unit without a row of its own is incomplete (U008) is
    known from the title of a form alone.
    """
    reading = pipeline.read(files)
    found = pipeline.check(reading)
    return Counter(
        (one.kind.code, one.unit_code, one.unit_name, one.year, one.column, one.value, one.expected, one.difference)
        for one in found
        if one.kind.code[0] in "LSTU" and one.kind.code not in PRINTED
        if one.kind.code != "U008" or one.unit_code in reading.observations.unit_code
    )


def without_doubts(document: dict[str, Any]) -> dict[str, Any]:
    rows = [{key: value for key, value in row.items() if key != "doubts"} for row in document["rows"]]
    return {**document, "rows": rows}


@FORMATS
@pytest.mark.parametrize("case", ["district", "faulty"])
def test_rates_verdicts_and_findings_are_those_of_the_original_files(
    case: str, name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    files: list[str] = request.getfixturevalue(case)
    data = str(tmp_path / name)
    import_(files=files, output=data, quiet=True)
    for measure in Measure:
        one, two = (result(rates, read, tmp_path / "rates.json", measure=measure) for read in (files, [data]))
        assert without_doubts(one) == without_doubts(two)
        assert one["rows"]
    criteria = {"rules": "qd-666-ttg", "as_of": 2024}
    one, two = (result(eligible, read, tmp_path / "eligible.json", **criteria) for read in (files, [data]))
    if case == "district":
        assert one == two
    # printed totals and rates stay behind: what they alone cast doubt on is only told by the original files
    open_in_data = {row["unit_code"] for row in two["rows"] if row["verdict"] == "undetermined"}
    assert open_in_data <= {row["unit_code"] for row in one["rows"] if row["verdict"] == "undetermined"}
    assert findings(files) == findings([data])


def test_the_faulty_files_have_faults_of_every_family_compared(faulty: list[str]) -> None:
    assert {key[0] for key in findings(faulty)} == {"L001", "S001", "T002", "T003", "U008"}


@FORMATS
def test_importing_what_was_imported_gives_the_same_bytes(name: str, district: list[str], tmp_path: Path) -> None:
    once, twice = tmp_path / name, tmp_path / f"two-{name}"
    import_(files=district, output=str(once), quiet=True)
    import_(files=[str(once)], output=str(twice), quiet=True)
    assert once.read_bytes() == twice.read_bytes()


def test_both_formats_hold_the_same(district: list[str], tmp_path: Path) -> None:
    csv_, xlsx = tmp_path / "data.csv", tmp_path / "data.xlsx"
    import_(files=district, output=str(csv_), quiet=True)
    import_(files=district, output=str(xlsx), quiet=True)
    import_(files=[str(xlsx)], output=str(tmp_path / "again.csv"), quiet=True)
    assert (tmp_path / "again.csv").read_bytes() == csv_.read_bytes()


def test_the_sidecar_names_every_input_with_its_digest(district: list[str], tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    import_(files=district, output=str(data), unit="207", quiet=True)
    record = json.loads((tmp_path / "data.csv.provenance.json").read_text("utf-8"))
    assert [one["name"] for one in record["inputs"]] == district
    contents = [Path(one).read_bytes() for one in district]
    assert [one["sha256"] for one in record["inputs"]] == [hashlib.sha256(one).hexdigest() for one in contents]
    assert [one["size"] for one in record["inputs"]] == [len(one) for one in contents]
    assert record["output"]["name"] == "data.csv"
    assert record["output"]["sha256"] == hashlib.sha256(data.read_bytes()).hexdigest()
    assert record["options"] == {"year": None, "unit": "207"}


def test_a_copy_that_is_not_read_twice_is_named_all_the_same(district: list[str], tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    shutil.copy(district[0], copy)
    import_(files=[*district, str(copy)], output=str(tmp_path / "data.csv"), quiet=True)
    record = json.loads((tmp_path / "data.csv.provenance.json").read_text("utf-8"))
    assert record["inputs"][-1]["sha256"] == record["inputs"][0]["sha256"]
    assert len(record["tables"]) == len(district)


def test_the_sidecar_can_be_left_out(district: list[str], tmp_path: Path) -> None:
    import_(files=district, output=str(tmp_path / "data.csv"), no_provenance=True, quiet=True)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["data.csv"]


@pytest.mark.parametrize("output", [None, "-"])
def test_standard_output_takes_the_csv_and_no_sidecar(
    output: str | None,
    district: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    import_(files=district, output=str(tmp_path / "data.csv"), quiet=True)
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    import_(files=district, output=output, quiet=True)
    assert capsysbinary.readouterr().out == (tmp_path / "data.csv").read_bytes()
    assert list(empty.iterdir()) == []


@pytest.mark.parametrize("taken", ["data.csv", "data.csv.provenance.json"])
def test_neither_file_is_replaced_without_force(taken: str, district: list[str], tmp_path: Path) -> None:
    (tmp_path / taken).write_text("kept", "utf-8")
    with pytest.raises(OutputError, match="--force"):
        import_(files=district, output=str(tmp_path / "data.csv"), quiet=True)
    assert (tmp_path / taken).read_text("utf-8") == "kept"
    import_(files=district, output=str(tmp_path / "data.csv"), force=True, quiet=True)
    assert (tmp_path / taken).read_text("utf-8") != "kept"


@pytest.mark.parametrize("output", ["data.xls", "data.json", "data.md"])
def test_a_name_that_says_another_format_is_refused(output: str, district: list[str], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.csv"):
        import_(files=district, output=str(tmp_path / output), quiet=True)


def test_a_format_of_the_layout_without_the_layout_is_refused(district: list[str]) -> None:
    with pytest.raises(UsageError, match="--show-layout"):
        import_(files=district, layout_format=Format.JSON, quiet=True)


def test_rows_that_could_not_be_read_are_counted_and_the_status_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bieu.xlsx"
    write(path, [*communes(2023), FormRow("Xã Không Có", 1, 1, 1, 1, 0, 0)], DISTRICT)
    status = import_(files=[str(path)], output=str(tmp_path / "data.csv"))
    told = capsys.readouterr().err
    assert status == 1
    assert "1 dòng không rõ đơn vị hoặc năm nên không được ghi" in told
    assert f"Đã ghi {tmp_path / 'data.csv'} (CSV): 4 dòng, kèm data.csv.provenance.json." in told
    assert "thidua check" in told
    assert import_(files=[str(path)], output=str(tmp_path / "two.csv"), fail_on=FailOn.NEVER, quiet=True) == 0


def test_where_nothing_was_read_no_file_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bieu.xlsx"
    write(path, communes(2023), replace(DISTRICT, year_in_title=False, place_and_date="", sheet_name="Trang"))
    status = import_(files=[str(path)], output=str(tmp_path / "data.csv"), fail_on=FailOn.NEVER)
    assert status == 3
    assert "H004" in (told := capsys.readouterr().err)
    assert "không ghi kết quả nào" in told
    assert [one.name for one in tmp_path.iterdir()] == ["bieu.xlsx"]


def test_an_unreadable_input_outweighs_findings_and_is_named_in_the_sidecar(
    district: list[str], tmp_path: Path
) -> None:
    assert import_(files=[*district, "khong-co.xlsx"], output=str(tmp_path / "data.csv"), quiet=True) == 3
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    assert import_(files=[*district, str(broken)], output=str(tmp_path / "two.csv"), quiet=True) == 3
    record = json.loads((tmp_path / "two.csv.provenance.json").read_text("utf-8"))
    assert record["inputs"][-1]["size"] == 11
