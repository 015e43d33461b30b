"""Files of a folder that may hold tables and are not read are named once; papers, pictures and leftovers are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.read.source import expand

TABLE = "unit_code,year,households,poor_households,near_poor_households\n505,2023,9,2,1\n"


def folder_with(place: Path, *names: str, content: bytes = b"PK\x03\x04 any bytes") -> Path:
    (place / "a.csv").write_text(TABLE, "utf-8")
    for name in names:
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return place


def told(reading: FilesRead) -> list[Finding]:
    return [finding for finding in reading.findings if finding.kind.code == "F015"]


@pytest.mark.parametrize(
    "name",
    [
        *("xa-2.et", "xa-3.xltx", "xa-4.fods", "xa-5.XLT", "xa-6.xlsx.download", "xa-7.zip", "xa-8.rar", "xa-9.7z"),
        *("xa.dbf", "xa.mdb", "xa.numbers", "xa.ett", "xa.xlsx.crdownload", "xa.xls.p7m", "xa.mht", "xa.gsheet"),
        *("Bieu 08", "Bieu 08.2024", "xa.dat", "xa.html", "duoi/xa.et"),
    ],
)
def test_a_file_that_may_hold_a_table_is_named(name: str, tmp_path: Path) -> None:
    reading = pipeline.read([str(folder_with(tmp_path, name))])
    (finding,) = told(reading)
    assert (finding.severity, finding.origin.file) == (Severity.WARNING, str(tmp_path))
    assert all(f"“{name}”" in finding.message(language) for language in Language)
    assert (reading.refused, len(reading.observations)) == (0, 1)


@pytest.mark.parametrize(
    "name",
    [
        *("ghi-chu.docx", "quyet-dinh.pdf", "cong-van.DOC", "anh.jpg", "Thumbs.db", "desktop.ini", "~$a.xlsx"),
        *(".~lock.a.ods#", "~WRL0001.tmp", "ket-qua.json", "bieu.toml", "bao-cao.md", "E7A21000", ".an.et"),
        *("a.csv.bak", "a.csv.p7s", "trinh-chieu.pptx", ".git/x.zip"),
    ],
)
def test_papers_leftovers_and_our_own_results_are_passed_over(name: str, tmp_path: Path) -> None:
    assert pipeline.read([str(folder_with(tmp_path, name))]).findings == []


@pytest.mark.parametrize("name", ["ghi-chu", "xa.dat", "huong-dan.html", "cau-hinh.xml"])
def test_what_is_neither_a_workbook_nor_a_table_by_its_first_bytes_is_passed_over(name: str, tmp_path: Path) -> None:
    assert pipeline.read([str(folder_with(tmp_path, name, content=b"<config>x</config>"))]).findings == []


def test_a_page_with_a_table_is_named_in_a_folder_and_read_when_it_is_named_itself(tmp_path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split(",")) + "</tr>" for line in TABLE.split())
    folder_with(tmp_path, "xa.html", content=f"<html><body><table>{rows}</table>".encode())
    assert len(told(pipeline.read([str(tmp_path)]))) == 1
    assert len(pipeline.read([str(tmp_path / "xa.html")]).observations) == 1


def test_many_files_are_one_finding_with_the_first_names_in_order_and_a_count(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, *(f"xa-{number}.et" for number in range(9, 0, -1)), "tat-ca.rar")
    (finding,) = told(pipeline.read([str(folder)]))
    message = finding.message()
    assert "10 tệp" in message
    assert "“tat-ca.rar”, “xa-1.et”, “xa-2.et”, “xa-3.et”, “xa-4.et” và 5 tệp khác" in message
    assert "giải nén" in message
    assert ".xlsx" in message


def test_a_spreadsheet_of_numbers_that_is_a_folder_is_one_file(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "xa.numbers/Index.zip", "xa.numbers/Data/anh.xlsx")
    reading = pipeline.read([str(folder)])
    (finding,) = told(reading)
    assert "“xa.numbers”" in finding.message()
    assert reading.files == 1


def test_a_folder_of_other_formats_alone_is_one_error_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "xa.et").write_bytes(b"x")
    reading = pipeline.read([str(tmp_path)])
    (finding,) = reading.findings
    assert (finding.kind.code, finding.severity, reading.refused) == ("F003", Severity.ERROR, 1)
    assert "“xa.et”" in finding.message()


def test_a_pattern_names_what_it_fits_and_is_not_read(tmp_path: Path) -> None:
    folder_with(tmp_path, "xa.et", "khac.zip", "ghi-chu.docx")
    pattern = str(tmp_path / "x*.*")
    assert [finding.kind.code for finding in expand([pattern])[1]] == ["F003"]
    (finding,) = told(pipeline.read([str(tmp_path / "*.*")]))
    assert "“khac.zip”, “xa.et”" in finding.message()
    assert told(pipeline.read([str(tmp_path / "*.csv")])) == []


def test_a_pattern_reads_the_folders_that_it_fits(tmp_path: Path) -> None:
    (tmp_path / "2023").mkdir()
    folder_with(tmp_path / "2023", "xa.et")
    (tmp_path / "trong").mkdir()
    reading = pipeline.read([str(tmp_path / "*")])
    assert len(reading.observations) == 1
    assert [finding.origin.file for finding in reading.findings] == [str(tmp_path / "2023")]


@pytest.mark.parametrize(
    ("name", "words"), [("xa.et", "lưu lại dạng .xlsx"), ("xa.rar", "giải nén"), ("xa.docx", "không phải bảng tính")]
)
def test_a_file_that_is_named_itself_is_refused_in_words_that_fit(name: str, words: str, tmp_path: Path) -> None:
    folder_with(tmp_path, name)
    (finding,) = pipeline.read([str(tmp_path / name)]).findings
    assert finding.kind.code == "F001"
    assert words in finding.message()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on Unix only")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder_with(tmp_path)
    os.mkfifo(tmp_path / "ong")
    assert pipeline.read([str(tmp_path)]).findings == []
