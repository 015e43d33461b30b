"""Where results go: whole files or none, inputs untouched, the same bytes every time, all formats alike."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files
from io import StringIO
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.program import CLASSES, DISTRICT, FAULTY, TOP, thidua
from tests.cli.tables import sound, with_error

JUDGED = ("--rules", "qd-666-ttg", "--as-of", "2024")


@pytest.fixture
def at_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)


def digests(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.mark.usefixtures("at_top")
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("check", ("check", FAULTY)),
        ("check", ("check", DISTRICT)),
        ("rates", ("rates", DISTRICT)),
        ("rates", ("rates", DISTRICT, "--measure", "minority_poor")),
        ("eligible", ("eligible", DISTRICT, *JUDGED)),
        ("eligible", ("eligible", "sample_data/published", *JUDGED)),
        ("eligible", ("eligible", "sample_data/quang-nam", *JUDGED)),
        ("layout", ("import", FAULTY, "--show-layout")),
        ("layout", ("import", "sample_data/published", "--show-layout")),
        ("layout", ("import", "tests/read/fixtures/mau-08.xls", "--show-layout")),
        ("units", ("units", "find", "Đông Giang")),
        ("units", ("units", "find", "Chau Thanh", "--level", "district")),
        ("units", ("units", "show", "505")),
        ("units", ("units", "show", "20473")),
        ("findings", ("explain", "--all")),
        ("targets", ("targets", "tests/cli/plans/ha-noi.csv", "--rules", "ha-noi-251")),
        ("targets", ("targets", "tests/cli/plans/nghe-an.csv", "--rules", "nghe-an-834")),
        (
            "targets",
            (
                *("targets", "tests/cli/plans/ca-mau.csv", "--rules", "nghe-an-834"),
                *("--plan", "tests/cli/plans/ke-hoach.csv"),
            ),
        ),
    ],
)
def test_json_is_valid_by_its_published_schema(name: str, arguments: tuple[str, ...]) -> None:
    document = json.loads(thidua(*arguments, "--format", "json").text)
    version = {"eligible": 4, "trace": 3, "targets": 2}.get(name, 1)
    file = files("thidua_cli").joinpath(f"data/schemas/thidua.{name}.{version}.schema.json")
    schema = json.loads(file.read_text("utf-8"))
    assert document["schema"] == f"thidua.{name}/{version}"
    Draft202012Validator(schema).validate(document)


@pytest.mark.usefixtures("at_top")
@pytest.mark.parametrize("format_", ["table", "markdown", "json"])
def test_a_file_holds_what_standard_output_shows(tmp_path: Path, format_: str) -> None:
    path = tmp_path / "ket-qua"
    shown = thidua("rates", DISTRICT, "--format", format_)
    outcome = thidua("rates", DISTRICT, "--format", format_, "-o", path)
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (0, b"", 1)
    assert path.read_bytes() == shown.out == thidua("rates", DISTRICT, "--format", format_, "-o", "-").out


@pytest.mark.usefixtures("at_top")
def test_csv_has_a_byte_order_mark_in_a_file_and_none_on_standard_output(tmp_path: Path) -> None:
    path = tmp_path / "ty-le.csv"
    shown = thidua("rates", DISTRICT, "--format", "csv").out
    thidua("rates", DISTRICT, "--format", "csv", "-o", path)
    assert path.read_bytes() == "\ufeff".encode() + shown
    assert shown.startswith(b"unit_code,")


@pytest.mark.usefixtures("at_top")
def test_csv_and_json_hold_the_same_findings() -> None:
    rows = list(csv.DictReader(StringIO(thidua("check", FAULTY, "--format", "csv").text)))
    found = json.loads(thidua("check", FAULTY, "--format", "json").text)["findings"]
    assert [row["code"] for row in rows] == [one["code"] for one in found]
    assert [row["cell"] for row in rows] == [one["cell"] or "" for one in found]


def test_an_existing_file_is_replaced_only_with_force(tmp_path: Path) -> None:
    source, path = sound(tmp_path / "bieu.csv"), tmp_path / "ket-qua.json"
    path.write_text("old", encoding="utf-8")
    command = ("check", source, "--format", "json", "-o", path)
    refused = thidua(*command)
    assert (refused.status, path.read_text("utf-8")) == (2, "old")
    assert "thêm --force" in refused.err
    assert thidua(*command, "--force").status == 0
    assert json.loads(path.read_text("utf-8"))["schema"] == "thidua.check/1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bieu.csv", "ket-qua.json"]


def commands(source: Path, target: Path) -> Iterator[tuple[str | Path, ...]]:
    yield ("check", source, "-o", target)
    yield ("rates", source, "-o", target)
    yield ("eligible", source, *JUDGED, "-o", target)
    yield ("export", source, *JUDGED, "-o", target)
    yield ("report", source, "--unit", "20473", "-o", target)


def test_an_input_is_never_replaced_not_even_with_force(tmp_path: Path) -> None:
    source = tmp_path / "bieu.xlsx"
    source.write_bytes(next((TOP / "sample_data" / "dong-giang").glob("*2024.xlsx")).read_bytes())
    before = source.read_bytes()
    link = tmp_path / "lien-ket.xlsx"
    link.symlink_to(source)
    for given in (source, tmp_path, tmp_path / "*.xlsx"):
        for place in (source, link):
            for command in commands(given, place):
                outcome = thidua(*command, "--force")
                assert (outcome.status, source.read_bytes()) == (2, before), command
                assert "là tệp đầu vào" in outcome.err


def test_class_and_rule_files_are_inputs_too(tmp_path: Path) -> None:
    source, classes, rules = sound(tmp_path / "bieu.csv"), tmp_path / "lop.csv", tmp_path / "quy-tac.toml"
    classes.write_text("unit_code,class,source\n20473,area_3,QĐ 861/QĐ-TTg\n", encoding="utf-8")
    rules.write_text("id = 'x'\n", encoding="utf-8")
    command = ("eligible", source, "--as-of", "2024", "--force")
    assert thidua(*command, "--rules", "qd-666-ttg", "--classes", classes, "-o", classes).status == 2
    assert thidua(*command, "--rules", rules, "-o", rules).status == 2
    assert thidua("rules", "show", rules, "-o", rules, "--force").status == 2
    assert rules.read_text("utf-8") == "id = 'x'\n"
    assert classes.read_text("utf-8").startswith("unit_code")


def test_a_report_into_the_folder_of_the_inputs_replaces_none_of_them(tmp_path: Path) -> None:
    source = sound(tmp_path / "20473-xa-song-kon.csv")
    before = source.read_bytes()
    command = ("report", tmp_path, "--each", "commune", "-o", tmp_path, "--format", "markdown")
    assert thidua(*command).status == 0
    assert source.read_bytes() == before
    assert thidua(*command).status == 2  # the report of the first run is there


@pytest.mark.usefixtures("at_top")
def test_no_command_changes_its_inputs(tmp_path: Path) -> None:
    before = digests(TOP / "sample_data")
    for command in commands(Path(DISTRICT), tmp_path / "ket-qua"):
        thidua(*command, "--force")
    thidua("check", "sample_data", "--format", "xlsx", "-o", tmp_path / "x.xlsx")
    assert digests(TOP / "sample_data") == before


@pytest.mark.usefixtures("at_top")
def test_the_same_command_gives_the_same_workbook_bytes(tmp_path: Path) -> None:
    for name, command in {
        "pack": ("export", DISTRICT, *JUDGED, "--classes", CLASSES),
        "check": ("check", FAULTY, "--format", "xlsx"),
        "rates": ("rates", DISTRICT, "--format", "xlsx"),
        "eligible": ("eligible", DISTRICT, *JUDGED, "--format", "xlsx"),
        "report": ("report", DISTRICT, "--unit", "20473"),
    }.items():
        paths = [tmp_path / f"{name}-{number}.xlsx" for number in (1, 2)]
        for path in paths:
            assert thidua(*command, "-o", path).status in (0, 1)
        assert paths[0].read_bytes() == paths[1].read_bytes(), name
        assert paths[0].read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("at_top")
@pytest.mark.parametrize(("format_", "suffix"), [("markdown", ".md"), ("xlsx", ".xlsx")])
def test_each_and_a_loop_over_units_give_the_same_bytes(tmp_path: Path, format_: str, suffix: str) -> None:
    common = ("report", DISTRICT, "--classes", CLASSES, "--format", format_)
    assert thidua(*common, "--each", "commune", "-o", tmp_path / "each").status == 0
    written = sorted(path for path in (tmp_path / "each").iterdir() if path.name != "manifest.json")
    assert len(written) == 11
    for path in written:
        assert path.suffix == suffix
        alone = tmp_path / path.name
        assert thidua(*common, "--unit", path.name[:5], "-o", alone).status == 0
        assert alone.read_bytes() == path.read_bytes()


@pytest.mark.usefixtures("at_top")
def test_each_writes_no_report_at_all_where_one_is_in_the_way(tmp_path: Path) -> None:
    common = ("report", DISTRICT, "--each", "commune", "--format", "markdown", "-o")
    assert thidua(*common, tmp_path / "all").status == 0
    last = sorted((tmp_path / "all").glob("*.md"))[-1]
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / last.name).write_text("old", encoding="utf-8")
    assert thidua(*common, folder).status == 2
    assert [path.read_text("utf-8") for path in folder.iterdir()] == ["old"]


def test_each_needs_a_folder(tmp_path: Path) -> None:
    source = sound(tmp_path / "bieu.csv")
    for place in ("-", source, source / "deeper"):
        outcome = thidua("report", source, "--each", "commune", "-o", place)
        assert outcome.status == 2, outcome
        assert outcome.err.startswith("lỗi: ")


def test_a_place_that_cannot_be_written_to_is_told_before_any_work(tmp_path: Path) -> None:
    outcome = thidua("check", tmp_path / "khong-co.csv", "-o", tmp_path / "khong-co" / "x.json")
    assert outcome.status == 2
    assert "Không có thư mục" in outcome.err
    assert thidua("check", with_error(tmp_path / "bieu.csv"), "-o", tmp_path).status == 2


def test_every_command_can_write_to_a_file(tmp_path: Path) -> None:
    for number, command in enumerate(
        (
            ("explain", "S001"),
            ("explain", "--all"),
            ("rules", "list"),
            ("rules", "show", "qd-666-ttg"),
            ("units", "find", "Trà Don"),
            ("units", "show", "516"),
        )
    ):
        path = tmp_path / str(number)
        assert thidua(*command, "-o", path).out == b""
        assert path.read_bytes() == thidua(*command).out
        assert thidua(*command, "-o", path).status == 2
        assert thidua(*command, "-o", path, "--force", "-q", "-v", "--no-color").status == 0


def test_the_reference_page_is_what_explain_prints() -> None:
    for name, language in (("findings.md", "en"), ("findings.vi.md", "vi")):
        page = (TOP / "docs" / name).read_bytes()
        assert thidua("explain", "--all", "--lang", language).out == page
        assert thidua("explain", "--all", "--format", "markdown", "--lang", language).out == page


def test_all_records_come_as_a_document_and_as_a_page_for_the_screen() -> None:
    document = json.loads(thidua("explain", "--all", "--format", "json").text)
    assert document["schema"] == "thidua.findings/1"
    shown = thidua("explain", "--all", "--format", "table").text
    assert all(f"{kind['code']} – {kind['title']}" in shown for kind in document["kinds"])


@pytest.mark.usefixtures("at_top")
@pytest.mark.parametrize(
    ("name", "arguments", "listed"),
    [
        ("layout", ("import", FAULTY, "--show-layout"), "tables"),
        ("units", ("units", "find", "Đông Giang"), "units"),
        ("findings", ("explain", "--all"), "kinds"),
    ],
)
def test_a_list_without_a_promised_field_breaks_its_schema(name: str, arguments: tuple[str, ...], listed: str) -> None:
    document = json.loads(thidua(*arguments, "--format", "json").text)
    schema = json.loads(files("thidua_cli").joinpath(f"data/schemas/thidua.{name}.1.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    for field in set(document[listed][0]) - {"match"}:
        broken = {**document, listed: [{key: value for key, value in document[listed][0].items() if key != field}]}
        assert not validator.is_valid(broken), field
