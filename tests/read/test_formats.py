"""The same figures give the same observations, whatever format and encoding they come in."""

import csv
import io
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from forms.corpus_encodings import Encoding, stored
from forms.xlsb import as_xlsb
from thidua_cli import pipeline
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.read.grid import Grid
from thidua_cli.read.source import Source, open_source

FIXTURES = Path(__file__).parent / "fixtures"
TABLE = (
    ("TT", "Tên đơn vị", "Năm", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"),
    ("1", "Xã Tà Lu", "2023", "500", "120", "40"),
    ("2", "Xã A Ting", "2023", "820", "310", "95"),
    ("3", "Thị trấn Prao", "2023", "900", "51", "33"),
)
TITLE = "UBND huyện Đông Giang, tỉnh Quảng Nam"


def rows(reading: FilesRead) -> list[tuple[object, ...]]:
    table = reading.observations
    counts = table.counts.values()
    return [
        (table.unit_code[at], table.unit_name[at], table.year[at], *(column[at] for column in counts))
        for at in range(len(table))
    ]


def text(separator: str, table: tuple[tuple[str, ...], ...] = TABLE) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=separator).writerows([(TITLE,), *table])
    return target.getvalue()


def windows_1258(content: str) -> bytes:
    """As Windows writes it: letters with their hats composed, tones as marks of their own."""
    tones = dict.fromkeys("\u0300\u0301\u0303\u0309\u0323")
    target = ""
    for letter in unicodedata.normalize("NFC", content):
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        target += base + "".join(part for part in parts if part in tones)
    return target.encode("cp1258")


@pytest.mark.parametrize("name", ["mau-08.xls", "mau-08.ods", "mau-08.xlsb"])
def test_other_formats_give_what_the_modern_workbook_gives(name: str, tmp_path: Path) -> None:
    modern, path = FIXTURES / "mau-08.xlsx", FIXTURES / name
    if name.endswith(".xlsb"):
        path = tmp_path / name
        path.write_bytes(as_xlsb(modern))
    expected = pipeline.read([str(modern)])
    reading = pipeline.read([str(path)])
    assert rows(reading) == rows(expected) != []
    assert [finding.message() for finding in reading.findings] == [finding.message() for finding in expected.findings]


ENCODERS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda content: content.encode("utf-8"),
    "utf-8-sig": lambda content: content.encode("utf-8-sig"),
    "utf-16": lambda content: content.encode("utf-16"),
    "utf-16-be": lambda content: b"\xfe\xff" + content.encode("utf-16-be"),
    "windows-1258": windows_1258,
    "decomposed": lambda content: unicodedata.normalize("NFD", content).encode("utf-8"),
    "eth": lambda content: content.replace("Đ", "Ð").encode("utf-8"),
    "spaces": lambda content: content.replace(" ", "\u00a0").replace("hộ", "hộ\u200b").encode("utf-8"),
}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ENCODERS)
def test_every_encoding_and_separator_gives_the_same_rows(encoding: str, separator: str, tmp_path: Path) -> None:
    plain, other = tmp_path / "a.csv", tmp_path / "b.csv"
    plain.write_bytes(text(",").encode("utf-8"))
    other.write_bytes(ENCODERS[encoding](text(separator)))
    reading = pipeline.read([str(other)])
    assert rows(reading) == rows(pipeline.read([str(plain)]))
    assert len(rows(reading)) == 3
    assert [finding.kind.code for finding in reading.findings] == []


@pytest.mark.parametrize(
    "content",
    [
        "unit_code,year\nXã\n".encode("latin-1"),  # Western: "ã" is ă there
        "unit_code,unit_name\n505,Müller, Straße, Ça va\n".encode("cp1252"),
        "unit_code,unit_name\n505,X· Tµ Lu\n".encode("cp1252"),  # TCVN3, but one word of the forms is not enough
        "TT,Tªn ®¬n vÞ,Sè hé nghÌo,Müller\n".encode("cp1252"),  # TCVN3 and German
        windows_1258("Xã Tà Lu, hộ nghèo") + b"\x01\xff\xfe",
    ],
)
def test_bytes_that_are_not_surely_windows_1258_are_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert [finding.kind.code for finding in pipeline.read([str(path)]).findings] == ["F001"]


def test_names_with_more_semicolons_than_columns_do_not_mislead(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    head = "unit_code,year,unit_name,households\n"
    path.write_text(head + "".join(f'505,{year},"a;b;c;d;e;f;g;h;i",9\n' for year in range(2000, 2020)), "utf-8")
    (grid,) = open_source(Source("a.csv", path))
    assert isinstance(grid, Grid)
    assert [len(row) for row in grid.open_rows()] == [4] * 21


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_bytes_of_a_legacy_font_are_converted_and_noted(encoding: Encoding, tmp_path: Path) -> None:
    plain, path = tmp_path / "a.csv", tmp_path / "b.csv"
    plain.write_bytes(text(",").encode("utf-8"))
    path.write_bytes(stored(text(","), encoding).encode("latin-1"))
    reading = pipeline.read([str(path)])
    assert rows(reading) == rows(pipeline.read([str(plain)])) != []
    assert [finding.kind.code for finding in reading.findings] == ["F006"]


def test_other_bytes_are_refused_with_the_way_to_save_them_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("TT,Tªn ®¬n vÞ,Müller\n".encode("cp1252"))
    (finding,) = pipeline.read([str(path)]).findings
    assert "CSV UTF-8" in finding.message()
    assert "TCVN3" in finding.message()


@pytest.mark.parametrize(
    ("content", "name"), [("xlsb", "a.xlsx"), ("ods", "a.xlsx"), ("xlsx", "a.ods"), ("ods", "a.xlsb")]
)
def test_a_workbook_is_read_by_what_it_holds_and_not_by_its_name(content: str, name: str, tmp_path: Path) -> None:
    modern = FIXTURES / "mau-08.xlsx"
    path = tmp_path / name
    path.write_bytes(as_xlsb(modern) if content == "xlsb" else (FIXTURES / f"mau-08.{content}").read_bytes())
    assert rows(pipeline.read([str(path)])) == rows(pipeline.read([str(modern)])) != []
