"""The sidecar leads from every number to the cells it was read from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from openpyxl import load_workbook

from forms.mau_08 import write
from forms.model import Area, Arrangement, FormOptions, FormRow
from thidua_cli import __version__, pipeline
from thidua_cli.model import COUNTS
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.record.layout_record import ColumnRecord, LayoutRecord
from thidua_cli.present.observations.canonical import CanonicalFormat, canonical_csv
from thidua_cli.present.observations.provenance import InputFile, OutputFile, provenance_document, render_provenance

PRAO = FormRow("Thị trấn P Rao", 1200, 4800, 90, 400, 60, 260, area=Area.URBAN)
TA_LU = FormRow("Xã Tà Lu", 500, 2100, 120, 510, 40, 170)
SONG_KON = FormRow("Xã Sông Kôn", 800, 3300, 200, 850, 80, 330)
INPUT = InputFile("bieu.xlsx", "0" * 64, 10)


def document(reading: FilesRead, *inputs: InputFile, layouts: tuple[LayoutRecord, ...] = ()) -> dict[str, Any]:
    output = OutputFile("data.csv", CanonicalFormat.CSV, canonical_csv(reading.observations))
    options = ReadingOptions(2023, "505")
    return json.loads(render_provenance(reading, options, inputs or (INPUT,), output, layouts))  # type: ignore[no-any-return]


def schema() -> Draft202012Validator:
    text = files("thidua_cli").joinpath("data/schemas/provenance.schema.json").read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(text))
    return Draft202012Validator(json.loads(text))


@pytest.fixture
def district(tmp_path: Path) -> FilesRead:
    write(tmp_path / "a.xlsx", [PRAO, TA_LU, SONG_KON], FormOptions(year=2023))
    write(tmp_path / "b.xlsx", [PRAO, SONG_KON], FormOptions(year=2022, sheet_name="Nam 2022"))
    return pipeline.read([str(tmp_path / "a.xlsx"), str(tmp_path / "b.xlsx")])


@pytest.fixture
def province(tmp_path: Path) -> FilesRead:
    """One district stands in both sections: its figures are the sum of two rows."""
    urban = FormRow("Thành phố Tam Kỳ", 700, 2800, 10, 40, 5, 20, area=Area.URBAN)
    rural = FormRow("Thành phố Tam Kỳ", 300, 1200, 30, 110, 15, 60)
    other = FormRow("Huyện Đông Giang", 500, 2100, 120, 510, 40, 170)
    options = FormOptions(agency="UBND TỈNH QUẢNG NAM", arrangement=Arrangement.AREA)
    write(tmp_path / "tinh.xlsx", [urban, rural, other], options)
    return pipeline.read([str(tmp_path / "tinh.xlsx")])


def cells_of(record: dict[str, Any], row: int, column: str) -> tuple[str, str, list[str]]:
    """Follow the document as its schema tells: output row (the header is 1) and column → file, sheet, cells."""
    (run,) = [run for run in record["rows"] if run["first"] <= row <= run["last"]]
    table = record["tables"][run["table"]]
    letters = table["columns"][column]["letters"]
    numbers = run.get("summed_sheet_rows") or [run["first_sheet_row"] + row - run["first"]]
    return table["file"], table["sheet"], [f"{letters}{number}" for number in numbers]


@pytest.mark.parametrize("name", ["district", "province"])
def test_every_number_is_the_sum_of_the_cells_it_leads_to(name: str, request: pytest.FixtureRequest) -> None:
    reading: FilesRead = request.getfixturevalue(name)
    record, seen = document(reading), 0
    for index in range(len(reading.observations)):
        for column in COUNTS:
            value = reading.observations.value(index, column)
            if value is not None:
                file, sheet, cells = cells_of(record, index + 2, column)
                page = load_workbook(file, data_only=True)[sheet]
                assert sum(page[cell].value for cell in cells) == value
                seen += 1
    assert seen == 3 * len(reading.observations) >= 9


def test_a_summed_row_names_all_its_sheet_rows(province: FilesRead) -> None:
    runs = [run for run in document(province)["rows"] if "summed_sheet_rows" in run]
    assert [(run["first"], run["last"], len(run["summed_sheet_rows"])) for run in runs] == [(2, 2, 2)]


def test_the_runs_hold_every_row_once_and_in_order(district: FilesRead) -> None:
    record = document(district)
    rows = [row for run in record["rows"] for row in range(run["first"], run["last"] + 1)]
    assert rows == list(range(2, len(district.observations) + 2))
    assert sum(table["rows"] for table in record["tables"]) == record["output"]["rows"] == len(district.observations)


def test_neighbouring_rows_are_one_run(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("unit_code,year,households\n20467,2023,1\n20470,2023,2\n,,\n20473,2023,3\n", "utf-8")
    record = document(pipeline.read([str(path)]))
    assert record["rows"] == [
        {"first": 2, "last": 3, "table": 0, "first_sheet_row": 2},
        {"first": 4, "last": 4, "table": 0, "first_sheet_row": 5},
    ]
    assert record["tables"][0]["range"] == "A2:C5"


@pytest.mark.parametrize("name", ["district", "province"])
def test_the_document_follows_its_published_schema(name: str, request: pytest.FixtureRequest) -> None:
    record = document(request.getfixturevalue(name), INPUT, InputFile("<stdin>", "", None))
    schema().validate(record)
    assert record["inputs"][1] == {"name": "<stdin>", "sha256": None, "size": None}


@pytest.mark.parametrize("path", [["output", "sha256"], ["tables", 0, "range"], ["rows", 0, "first_sheet_row"]])
def test_a_document_without_a_promised_field_breaks_the_schema(path: list[str | int], district: FilesRead) -> None:
    record = document(district)
    place: Any = record
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    with pytest.raises(ValidationError):
        schema().validate(record)


def test_the_document_says_what_was_read_and_written(district: FilesRead) -> None:
    record, content = document(district), canonical_csv(district.observations)
    assert record["program"] == {"name": "thidua", "version": __version__}
    assert record["options"] == {"year": 2023, "unit": "505"}
    assert record["inputs"] == [{"name": "bieu.xlsx", "sha256": "0" * 64, "size": 10}]
    assert record["output"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert record["output"]["size"] == len(content)
    assert ",".join(record["output"]["columns"]) == content.decode().splitlines()[0]
    first = record["tables"][0]
    assert (first["sheet"], first["form"], first["year"]) == ("Mẫu 08", "mau-08", 2023)
    assert first["scope"] == {"code": "505", "name": "Huyện Đông Giang"}


def test_the_same_reading_gives_the_same_bytes(district: FilesRead) -> None:
    output = OutputFile("data.csv", CanonicalFormat.CSV, b"")
    one, two = (render_provenance(district, ReadingOptions(), [INPUT], output) for _ in range(2))
    assert one == two


def test_headings_are_those_printed_where_the_layout_was_kept(district: FilesRead) -> None:
    columns = (ColumnRecord("E", ("NGHÈO", "Hộ\nnghèo", "Số hộ"), "poor_households"),)
    kept = LayoutRecord("a.xlsx", "Mẫu 08", "mau-08", table=0, columns=columns)
    first, second = document(district, layouts=(replace(kept, table=None), kept))["tables"]
    assert first["columns"]["poor_households"] == {"letters": "E", "heading": "NGHÈO › Hộ nghèo › Số hộ"}
    assert second["columns"]["poor_households"] == {"letters": "E", "heading": None}


def test_a_canonical_table_is_headed_by_the_meanings_themselves(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("unit_code,year,households\n20467,2023,1\n", "utf-8")
    columns = document(pipeline.read([str(path)]))["tables"][0]["columns"]
    assert columns["households"] == {"letters": "C", "heading": "households"}


def test_a_file_name_that_is_no_text_is_kept_as_an_escape(district: FilesRead) -> None:
    output = OutputFile("data.csv", CanonicalFormat.CSV, b"")
    strange = InputFile("b\udcffeu.xlsx", "", None)
    record = json.loads(render_provenance(district, ReadingOptions(), [strange], output))
    assert record["inputs"][0]["name"] == strange.name
    assert provenance_document(district, ReadingOptions(), [strange], output)["inputs"] == record["inputs"]
