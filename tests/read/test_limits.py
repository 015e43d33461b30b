"""Files that ask for more than a spreadsheet may are refused before parsing: F009, quickly, in little memory."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from forms.mau_08 import write
from forms.model import FormRow
from thidua_cli import pipeline
from thidua_cli.findings import Finding
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.read.reach import binary_reaches_too_far

ROW = FormRow("Xã Tà Lu", 500, 2100, 120, 510, 40, 170)
SHEET = "xl/worksheets/sheet1.xml"
HEAD = "unit_code,year,households,poor_households,near_poor_households\n"


def parts(folder: Path) -> dict[str, bytes]:
    path = folder / "mau.xlsx"
    write(path, [ROW])
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    path.unlink()
    return found


def packed(path: Path, content: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return path


def with_rows(folder: Path, rows: bytes) -> Path:
    found = parts(folder)
    found[SHEET] = found[SHEET].replace(b"</sheetData>", rows + b"</sheetData>")
    return packed(folder / "bieu.xlsx", found)


def read(path: Path) -> FilesRead:
    return pipeline.read([str(path)])


def refusal(path: Path) -> Finding:
    reading = read(path)
    assert (reading.refused, len(reading.observations)) == (1, 0)
    (finding,) = reading.findings
    return finding


MEASURED = r"""
import re, sys, time
from pathlib import Path
from thidua_cli import pipeline
started = time.perf_counter()
reading = pipeline.read([sys.argv[1]])
seconds = time.perf_counter() - started
codes = [finding.kind.code for finding in reading.findings]
peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
print(*codes, seconds, int(peak[1]) // 1024)
"""
"""Not `resource`: what it says of a process includes the memory of the process that started it."""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory as Linux tells it")
@pytest.mark.parametrize("kind", ["rows", "two cells", "texts"])
def test_a_bomb_is_refused_within_a_second_and_100_megabytes(kind: str, tmp_path: Path) -> None:
    found = parts(tmp_path)
    if kind == "texts":
        found["xl/sharedStrings.xml"] = b"<sst>" + b"<si><t>0</t></si>" * 9_000_000 + b"</sst>"
    else:
        rows = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'
        numbers = range(20, 2_000_000) if kind == "rows" else (1_048_576,)
        cells = b"".join(rows % (number, number) for number in numbers).replace(b"A1048576", b"XFD1048576")
        found[SHEET] = b"<worksheet><sheetData>" + (b"<row/>" * 20_000_000 if kind == "rows" else cells)
    path = packed(tmp_path / "bom.xlsx", found)
    assert path.stat().st_size < 400_000
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True)
    code, seconds, megabytes = done.stdout.split()
    assert code == "F009"
    assert float(seconds) < 1
    assert int(megabytes) < 100


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c t="n" r="XFD1048576"><v>1</v></c></row>',
        b'<row r="900"><c r="AAA900"><v>1</v></c></row><row r="9000"><c r="AAA9000"><v>1</v></c></row>',
        b'<row r="1048570"/><row>' + b"<c/>" * 50 + b"<c><v>1</v></c></row>",
        b'<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_values_far_beyond_the_table_are_refused_with_their_cell(rows: bytes, tmp_path: Path) -> None:
    finding = refusal(with_rows(tmp_path, rows))
    assert finding.kind.code == "F009"
    assert finding.origin.sheet
    assert "trải tới ô" in finding.message()


def test_a_sheet_that_only_claims_a_million_rows_is_read(tmp_path: Path) -> None:
    found = parts(tmp_path)
    blank = b'<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row></sheetData>'
    claimed = found[SHEET].replace(b"<dimension ref=", b'<dimension ref="A1:XFD1048576" other=')
    assert claimed != found[SHEET]
    found[SHEET] = claimed.replace(b"</sheetData>", blank)
    reading = read(packed(tmp_path / "bieu.xlsx", found))
    assert (reading.refused, reading.observations.unit_name[0]) == (0, "Xã Tà Lu")


def test_a_wide_sheet_of_many_columns_is_read(tmp_path: Path) -> None:
    cells = b"".join(b'<c r="%s900"><v>1</v></c>' % letters for letters in (b"AA", b"AB", b"ZZ"))
    assert read(with_rows(tmp_path, b'<row r="900">' + cells + b"</row>")).refused == 0


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    found = parts(tmp_path) | {f"xl/worksheets/s{number}.xml": b"" for number in range(5_001)}
    assert "thành phần" in refusal(packed(tmp_path / "bieu.xlsx", found)).message()


def test_too_many_merged_ranges_are_refused(tmp_path: Path) -> None:
    found = parts(tmp_path)
    merged = b"".join(b'<mergeCell ref="N%d:O%d"/>' % (row, row) for row in range(20, 100_030))
    found[SHEET] = found[SHEET].replace(b"</mergeCells>", merged + b"</mergeCells>")
    assert "vùng ô gộp" in refusal(packed(tmp_path / "bieu.xlsx", found)).message()


def test_a_document_type_in_a_part_is_refused(tmp_path: Path) -> None:
    found = parts(tmp_path)
    found[SHEET] = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + found[SHEET]
    finding = refusal(packed(tmp_path / "bieu.xlsx", found))
    assert (finding.kind.code, "DOCTYPE" in finding.message()) == ("F009", True)


def test_an_archive_inside_a_workbook_is_never_opened(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", bytes(50 << 20))
    found = parts(tmp_path) | {"xl/embeddings/b.zip": inner.getvalue(), "xl/media/c.xml": bytes(20 << 20)}
    assert read(packed(tmp_path / "bieu.xlsx", found)).refused == 0


@pytest.mark.parametrize(("name", "words"), [("xa-a.xlsx", "giải nén"), ("anh.png", "không phải sổ tính")])
def test_an_archive_that_is_no_workbook_is_refused_in_one_sentence(name: str, words: str, tmp_path: Path) -> None:
    finding = refusal(packed(tmp_path / "bieu.xlsx", {name: b"x"}))
    assert finding.kind.code == "F001"
    assert words in finding.message()


def test_repeated_rows_of_an_open_document_are_counted(tmp_path: Path) -> None:
    table = (
        b'<office:spreadsheet><table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
        b'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
        b"</table:table-row></table:table></office:spreadsheet>"
    )
    path = packed(tmp_path / "bom.ods", {"mimetype": b"", "content.xml": table})
    assert (refusal(path).kind.code, "XFD1048576" in refusal(path).message()) == ("F009", True)


def test_a_line_of_too_many_cells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rong.csv"
    path.write_text(HEAD + "," * 20_000 + "\n", "utf-8")
    finding = refusal(path)
    assert (finding.kind.code, "dòng 2" in finding.message()) == ("F009", True)


def test_a_file_beyond_the_size_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "lon.csv"
    path.write_text(HEAD, "utf-8")
    os.truncate(path, (1 << 30) + 1)  # sparse: nothing is written
    finding = refusal(path)
    assert (finding.kind.code, "1025 MB" in finding.message()) == ("F009", True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are of Unix")
def test_pipes_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ong.csv")
    (tmp_path / "tot.csv").write_text(HEAD + "505,2022,9,2,1\n", "utf-8")
    assert len(pipeline.read([str(tmp_path)]).observations) == 1
    assert "ống dẫn" in refusal(tmp_path / "ong.csv").message()


def test_a_link_out_of_a_folder_is_named_and_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "nam-2023"
    folder.mkdir()
    outside = tmp_path / "khac.csv"
    outside.write_text(HEAD + "505,2022,9,2,1\n", "utf-8")
    (folder / "lien-ket.csv").symlink_to(outside)
    (folder / "tot.csv").write_text(HEAD + "505,2023,9,2,1\n", "utf-8")
    (folder / "trong.csv").symlink_to(folder / "tot.csv")
    reading = pipeline.read([str(folder)])
    assert [(f.kind.code, f.origin.file) for f in reading.findings] == [("F001", str(folder / "lien-ket.csv"))]
    assert list(reading.observations.year) == [2023]


def test_cells_of_a_binary_sheet_are_counted() -> None:
    def sheet(*cells: tuple[int, int]) -> bytes:
        records = (
            b"\x00\x04" + row.to_bytes(4, "little") + b"\x05\x04" + at.to_bytes(4, "little") for row, at in cells
        )
        return b"\x81\x01\x00" + b"".join(records)

    assert binary_reaches_too_far(sheet((0, 0), (20, 11))) is None
    reason = binary_reaches_too_far(sheet((0, 0), (1_048_575, 16_383)))
    assert reason is not None
    assert "XFD1048576" in reason.vi
