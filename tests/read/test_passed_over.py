"""A folder as a person reads it: locks, copies, results and lists are told once; what holds figures is read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.program import DISTRICT, TOP, thidua
from tests.normalise.cases import Cell, table, write_sheet
from thidua_cli import pipeline
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language
from thidua_cli.read.passed_over import passed_over
from thidua_cli.read.source import expand

NAME = "bieu-2023.xlsx"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return written(tmp_path / NAME)


def written(path: Path, poor: int = 120) -> Path:
    row: list[Cell] = ["1", "Xã Tà Lu", 500, poor, 40]
    return write_sheet(path, table(row))


def told(folder: Path, code: str) -> list[Finding]:
    reading = pipeline.read([str(folder)])
    return [finding for finding in reading.findings if finding.kind.code == code]


def read_names(folder: Path) -> list[str]:
    sources, _ = expand([str(folder)])
    return [Path(source.name).name for source in sources]


@pytest.mark.parametrize("lock", [f"~${NAME}", f".~lock.{NAME}#"])
def test_the_lock_of_an_open_file_is_a_note_that_unsaved_figures_are_not_read(lock: str, form: Path) -> None:
    (form.parent / lock).write_bytes(b"\x08Nguyen Van A" + b" " * 150)
    (note,) = told(form.parent, "F016")
    assert note.severity is Severity.NOTE
    assert note.origin.file.endswith(lock)
    assert f"“{NAME}” đang mở" in note.message(Language.VI)
    assert "Nguyen" not in note.message(Language.VI)
    assert read_names(form.parent) == [NAME]


def test_a_lock_that_was_left_behind_and_those_of_papers_are_no_news(form: Path) -> None:
    for name in ("~$khac.xlsx", "~$bao-cao.docx", ".~lock.bao-cao.odt#", ".DS_Store", "Thumbs.db", "desktop.ini"):
        (form.parent / name).write_bytes(b"\x00")
    assert told(form.parent, "F016") == []
    assert told(form.parent, "F015") == []


def test_a_workbook_named_as_a_lock_is_read(form: Path) -> None:
    written(form.parent / "~$xa-khac.xlsx")
    written(form.parent / f"~${NAME}")
    assert sorted(read_names(form.parent)) == sorted([NAME, f"~${NAME}", "~$xa-khac.xlsx"])
    assert told(form.parent, "F016") == []


@pytest.mark.parametrize("folder", [".", "ra-soat"])
def test_an_annotated_copy_beside_its_original_is_passed_over(folder: str, form: Path) -> None:
    (form.parent / folder).mkdir(exist_ok=True)
    shutil.copy(form, form.parent / folder / "bieu-2023.thidua.xlsx")
    (note,) = told(form.parent, "F016")
    assert "bản có chú thích" in note.message(Language.VI)
    assert read_names(form.parent) == [NAME]


def test_an_annotated_copy_alone_is_read(tmp_path: Path) -> None:
    written(tmp_path / "bieu-2023.thidua.xlsx")
    assert read_names(tmp_path) == ["bieu-2023.thidua.xlsx"]
    assert told(tmp_path, "F016") == []


def test_an_annotated_copy_that_is_named_itself_is_read(form: Path) -> None:
    copy = written(form.parent / "bieu-2023.thidua.xlsx", poor=121)
    sources, findings = expand([str(copy)])
    assert [source.name for source in sources] == [str(copy)]
    assert findings == []


def test_a_pattern_passes_over_what_a_folder_does(form: Path) -> None:
    shutil.copy(form, form.parent / "bieu-2023.thidua.xlsx")
    sources, findings = expand([f"{form.parent}/*.xlsx"])
    assert [Path(source.name).name for source in sources] == [NAME]
    assert [finding.kind.code for finding in findings] == ["F016"]


def imported(form: Path) -> Path:
    data = form.parent / "gop" / "data.csv"
    data.parent.mkdir()
    assert thidua("import", form, "-o", data).status == 0
    return data


def test_a_table_that_was_imported_from_files_of_the_folder_is_passed_over(form: Path) -> None:
    imported(form)
    (note,) = told(form.parent, "F016")
    assert "thidua import lập từ 1 tệp" in note.message(Language.VI)
    assert read_names(form.parent) == [NAME]
    assert told(form.parent, "F015") == []


def test_an_imported_table_that_was_changed_or_whose_source_is_gone_is_read(form: Path) -> None:
    data = imported(form)
    data.write_text(data.read_text(encoding="utf-8").replace("120", "121"), encoding="utf-8")
    assert told(form.parent, "F016") == []
    assert len(read_names(form.parent)) == 2
    form.unlink()
    assert read_names(form.parent) == ["data.csv"]


@pytest.mark.parametrize(
    "record", ["", "[]", "{", '{"output": 3}', '{"output": {"size": "x", "sha256": null}}', "[" * 5000]
)
def test_a_record_beside_a_table_that_says_nothing_lets_it_be_read(record: str, form: Path) -> None:
    data = form.parent / "data.csv"
    data.write_text("unit_code,year\n", encoding="utf-8")
    data.with_name("data.csv.provenance.json").write_text(record, encoding="utf-8")
    assert passed_over([form, data], []) == {}


def test_earlier_results_and_a_class_list_are_notes_and_no_errors(tmp_path: Path) -> None:
    for path in sorted(TOP.glob(DISTRICT)):
        shutil.copy(path, tmp_path)
    shutil.copy(TOP / "sample_data/dong-giang/classes.csv", tmp_path)
    files, rules = sorted(tmp_path.glob("*.xlsx")), ("--rules", "qd-666-ttg", "--as-of", "2024")
    ends, runs = ("xlsx", "csv", "json"), list[tuple[str | Path, ...]]()
    runs += [("rates", *files, "-o", tmp_path / f"ty-le.{end}") for end in ends]
    runs += [("eligible", *files, *rules, "-o", tmp_path / f"ket-qua.{end}") for end in ends]
    runs += [("check", *files, "-o", tmp_path / f"phat-hien.{end}") for end in ends]
    for language in ("vi", "en"):
        spoken = (*rules, "--lang", language)
        runs += [("export", *files, *spoken, "-o", tmp_path / f"nop-{language}.xlsx")]
        runs += [("report", *files, *spoken, "--unit", "505", "-o", tmp_path / f"bao-cao-{language}.xlsx")]
    runs += [("rates", "--published", "-o", tmp_path / f"da-cong-bo.{end}") for end in ("xlsx", "csv")]
    runs += [("units", "list", "--within", "11", "-o", tmp_path / "ma.csv")]
    runs += [("classes", "list", "-o", tmp_path / "dm.csv")]
    for words in runs:
        assert thidua(*words).status == 0, words
    reading = pipeline.read([str(tmp_path)])
    alone = pipeline.read([str(path) for path in files])
    assert {finding.kind.code for finding in reading.findings} - {one.kind.code for one in alone.findings} == {"F003"}
    errors = [str(one.origin) for one in reading.findings if one.kind.code == "F003" and one.severity is Severity.ERROR]
    assert errors == []
    assert {Path(finding.origin.file).name for finding in reading.findings if finding.kind.code == "F003"} == {
        *("ty-le.xlsx", "ty-le.csv", "ket-qua.xlsx", "ket-qua.csv", "phat-hien.xlsx", "phat-hien.csv"),
        *("nop-vi.xlsx", "nop-en.xlsx", "bao-cao-vi.xlsx", "bao-cao-en.xlsx"),
        *("da-cong-bo.xlsx", "da-cong-bo.csv", "ma.csv", "dm.csv", "classes.csv"),
    }
    assert len(reading.observations) == len(alone.observations)


def test_a_form_still_to_be_filled_in_takes_no_figure_from_the_filled_one(tmp_path: Path) -> None:
    shutil.copy(next(iter(sorted(TOP.glob(DISTRICT)))), tmp_path / "bieu.xlsx")
    year = next(iter(pipeline.read([str(tmp_path)]).observations.year))
    assert thidua("template", "--unit", "505", "--year", str(year), "-o", tmp_path / "mau.xlsx").status == 0
    findings = pipeline.check(pipeline.read([str(tmp_path)]))
    assert "U007" not in {finding.kind.code for finding in findings}
    assert "F011" in {finding.kind.code for finding in findings}
