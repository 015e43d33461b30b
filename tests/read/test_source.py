"""What the user names: files, folders, patterns; what leads nowhere is one clear finding."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.findings import Finding
from thidua_cli.language import Language
from thidua_cli.read.source import Source, digest, expand, open_source

TABLE = "unit_code,year,households,poor_households,near_poor_households\n505,2023,9,2,1\n"


def write(path: Path, text: str = TABLE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def findings_of(*arguments: str) -> list[Finding]:
    return expand(arguments)[1]


def test_a_folder_stands_for_its_spreadsheets_deep_and_in_order(tmp_path: Path) -> None:
    write(tmp_path / "b" / "2.csv")
    write(tmp_path / "a.CSV")
    for other in ("~$a.xlsx", ".an.csv", ".an/c.csv", "ghi-chu.docx"):
        write(tmp_path / other)
    sources, findings = expand([str(tmp_path)])
    assert [source.name for source in sources] == [str(tmp_path / "a.CSV"), str(tmp_path / "b" / "2.csv")]
    assert findings == []


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv")
    sources, _ = expand([str(path), str(tmp_path / "." / "a.csv"), str(tmp_path), str(tmp_path / "*.csv")])
    assert len(sources) == 1


def test_a_name_with_brackets_is_a_file_before_it_is_a_pattern(tmp_path: Path) -> None:
    path = write(tmp_path / "bieu [2023] *.csv")
    assert [source.path for source in expand([str(path)])[0]] == [path]


@pytest.mark.parametrize(
    ("argument", "code"), [("khong-co.xlsx", "F001"), ("khong-*.xlsx", "F003"), ("rong", "F003"), ("a" * 300, "F001")]
)
def test_what_leads_nowhere_is_one_finding_and_is_counted(argument: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "rong").mkdir()
    good = write(tmp_path / "a.csv")
    reading = pipeline.read([str(tmp_path / argument), str(good)])
    assert [finding.kind.code for finding in reading.findings] == [code]
    assert (reading.refused, len(reading.observations)) == (1, 1)
    assert all("\n" not in reading.findings[0].message(language) for language in Language)


def denied(name: str) -> Callable[..., object]:
    def scandir(path: str | os.PathLike[str]) -> object:
        if os.fspath(path).endswith(name):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return real(path)

    real = os.scandir
    return scandir


def test_a_folder_that_may_not_be_opened_is_named_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.csv")
    write(tmp_path / "kin" / "b.csv")
    monkeypatch.setattr(os, "scandir", denied("kin"))
    reading = pipeline.read([str(tmp_path)])
    (finding,) = reading.findings
    assert (finding.kind.code, finding.origin.file) == ("F001", str(tmp_path / "kin"))
    assert (reading.refused, len(reading.observations)) == (1, 1)


def test_a_path_that_may_not_be_looked_at_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    (finding,) = findings_of(str(tmp_path / "a.csv"))
    assert finding.kind.code == "F001"
    assert "không có quyền" in finding.message()
    assert "Permission denied" in finding.message(Language.EN)


def test_a_file_that_may_not_be_opened_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, good = write(tmp_path / "a.csv"), write(tmp_path / "b.csv", TABLE.replace("505", "504"))
    real = Path.open

    def refuse(self: Path, mode: str = "r") -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return real(self, mode)

    monkeypatch.setattr(Path, "open", refuse)
    reading = pipeline.read([str(path), str(good)])
    assert [(f.kind.code, f.origin.file) for f in reading.findings] == [("F001", str(path))]
    assert (reading.refused, len(reading.observations)) == (1, 1)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="a folder of files that the system writes")
def test_what_the_system_writes_while_it_is_read_is_no_file(tmp_path: Path) -> None:
    link = tmp_path / "a.csv"
    link.symlink_to("/proc/self/maps")
    (finding,) = open_source(Source(str(link), link))
    assert isinstance(finding, Finding)
    assert finding.kind.code == "F001"
    assert "thiết bị hoặc ống dẫn" in finding.message()
    assert digest(Source(str(link), link)) == ""
