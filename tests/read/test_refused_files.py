"""Files that cannot be read: one clear sentence each, counted, and the other files are read all the same."""

import io
import zipfile
from pathlib import Path

import pytest

from forms.mau_08 import add_sheet, new_workbook, write
from forms.model import FormOptions, FormRow
from thidua_cli import pipeline
from thidua_cli.findings import Finding
from thidua_cli.language import Language
from thidua_cli.normalise.files_read import FilesRead

HEAD = "unit_code,year,households,poor_households,near_poor_households\n"
ROW = FormRow("Xã Tà Lu", 500, 2100, 120, 510, 40, 170)
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")


def form(folder: Path) -> bytes:
    path = folder / "mau.xlsx"
    write(path, [ROW])
    content = path.read_bytes()
    path.unlink()
    return content


def read_beside_a_good_file(folder: Path, name: str, content: bytes) -> FilesRead:
    bad, good = folder / name, folder / "tot.csv"
    bad.write_bytes(content)
    good.write_text(HEAD + "505,2022,9,2,1\n", "utf-8")
    reading = pipeline.read([str(bad), str(good)])
    assert reading.files == 2
    return reading


def refusal(folder: Path, name: str, content: bytes) -> Finding:
    """The one finding of a refused file, checked for being one sentence in both languages."""
    reading = read_beside_a_good_file(folder, name, content)
    assert (reading.refused, len(reading.observations)) == (1, 1)
    (finding,) = reading.findings
    assert finding.origin.file == str(folder / name)
    for language in Language:
        message = finding.message(language)
        assert "\n" not in message
        assert "Traceback" not in message
    return finding


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("rong.xlsx", b"", "F001", "rỗng"),
        ("rong.csv", b"", "F001", "rỗng"),
        ("ban-scan.pdf", b"%PDF-1.7 \n", "F001", "“.pdf”"),
        ("khong-duoi", b"abc", "F001", "không có đuôi"),
        ("van-ban.xlsx", HEAD.encode(), "F001", ".csv"),
        ("trang-web.xls", b"<html><table></table></html>", "F001", "không chứa bảng"),
        ("trang-web.xlsx", b"<html><body><p>63</p></body></html>", "F001", "không chứa bảng"),
        ("mot-tep.xls", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<table>", "F001", ".mht"),
        ("phang.xls", b"<office:document xmlns:office='urn:oasis:names:tc:opendocument:x'/>", "F001", ".fods"),
        ("doi-cu.xls", bytes.fromhex("0900040002001000") + b"...", "F001", "Excel 2 đến 5"),
        (
            "mat-chu.csv",
            b"UBND HUY?N D?NG GIANG\nTT,X?,T?ng s? h?,H? ngh?o\n1,X? T? Lu,429,63\n",
            "F003",
            "“chữ dài 21 ký tự",
        ),
        ("mat-chu.txt", b"UBND HUY_N\nTT;T_ng s_ h_;H_ ngh_o\n1;429;63\n", "F003", "đã mất"),
        ("ma-cot.csv", b"unit_id,nam_nay,so_ho,ho_ngheo\n505,2023,9,2\n", "F003", "không nhận ra"),
        ("cau-hinh.xml", b"<?xml version='1.0'?><config/>", "F001", "không phải bảng tính"),
        ("khoa.xlsx", COMPOUND + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "F002", "mật khẩu"),
        ("hong.xls", COMPOUND + bytes(5000), "F001", "bị hỏng"),
        ("mot-nua.csv", HEAD.encode("utf-16")[:-1], "F001", "UTF-8"),
        ("phong-chu.csv", "unit_code,year\nXã".encode("cp1258", "replace") + b"\xe3\xff", "F001", "UTF-8"),
        ("nhi-phan.csv", HEAD.encode() + b"505,2023,9\x00,2,1\n", "F001", "NUL"),
        ("utf16-khong-bom.csv", HEAD.encode("utf-16-le"), "F001", "NUL"),
        ("dau-gach.csv", HEAD.replace(",", "|").encode(), "F003", "dấu phẩy"),
        ("tai-lieu.xlsx", b"PK\x05\x06" + bytes(18), "F001", "không phải sổ tính"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(
    name: str, content: bytes, code: str, words: str, tmp_path: Path
) -> None:
    finding = refusal(tmp_path, name, content)
    assert finding.kind.code == code
    assert words in finding.message()


def test_a_workbook_that_is_named_csv_is_refused(tmp_path: Path) -> None:
    assert ".xlsx" in refusal(tmp_path, "bieu.csv", form(tmp_path)).message()


def test_a_modern_workbook_that_is_named_xls_is_read(tmp_path: Path) -> None:
    reading = read_beside_a_good_file(tmp_path, "bieu.xls", form(tmp_path))
    assert reading.refused == 0
    assert "Xã Tà Lu" in reading.observations.unit_name


@pytest.mark.parametrize("kept", [8, 100, 1000, 5000, -1])
def test_a_workbook_that_is_cut_short_is_refused(kept: int, tmp_path: Path) -> None:
    finding = refusal(tmp_path, "bieu.xlsx", form(tmp_path)[:kept])
    assert finding.kind.code == "F001"
    assert "bị cắt cụt" in finding.message()


def rewritten(content: bytes, part: str, text: bytes) -> bytes:
    """The workbook with one part replaced, in an archive that is sound."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return target.getvalue()


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_with_a_broken_part_never_raises(part: str, tmp_path: Path) -> None:
    for text in (b"", b"<a>", b"<?xml version='1.0'?><workbook><sheets><sheet name='x' r:id='9'/></sheets>"):
        reading = read_beside_a_good_file(tmp_path, "bieu.xlsx", rewritten(form(tmp_path), part, text))
        assert len(reading.observations) >= 1


@pytest.mark.parametrize(
    "damage", [b"", b"<worksheet><sheetData><row r='1'><c r='A1'", b"<worksheet><sheetData><row></c>"]
)
def test_a_broken_sheet_is_named_and_the_other_sheets_are_read(damage: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    with new_workbook(path) as workbook:
        add_sheet(workbook, [ROW], FormOptions(sheet_name="2022", year=2022))
        add_sheet(workbook, [ROW], FormOptions(sheet_name="2023", year=2023))
    reading = read_beside_a_good_file(
        tmp_path, "hong.xlsx", rewritten(path.read_bytes(), "xl/worksheets/sheet1.xml", damage)
    )
    refused = [finding for finding in reading.findings if finding.kind.code in ("F001", "F003")]
    assert [(finding.kind.code, finding.origin.sheet) for finding in refused] == [("F001", "2022")]
    assert reading.refused == 1
    assert {2022, 2023} == set(reading.observations.year)
    assert reading.observations.unit_name.count("Xã Tà Lu") == 1


def test_a_cell_that_never_ends_is_refused_with_its_row(tmp_path: Path) -> None:
    finding = refusal(tmp_path, "dai.csv", f'{HEAD}505,2023,"9{"9" * (1 << 20)},2,1\n'.encode())
    assert finding.kind.code == "F001"
    assert "dòng 2" in finding.message()


def test_a_cell_that_never_ends_is_refused_in_utf_16_too(tmp_path: Path) -> None:
    letters = "\u0a0a" * ((1 << 20) + 1)  # each of its two bytes is an end of line elsewhere
    assert "dòng 2" in refusal(tmp_path, "dai.csv", f"{HEAD}505,2023,{letters},2,1\n".encode("utf-16")).message()


def test_a_large_file_of_short_cells_is_read(tmp_path: Path) -> None:
    rows = "".join(f'00004,2023,9,2,1,"Thôn {number}"\n' for number in range(45_000))
    path = tmp_path / "lon.csv"
    path.write_text(HEAD.replace("\n", ",unit_name\n") + rows, "utf-8")
    assert path.stat().st_size > 1 << 20
    assert len(pipeline.read([str(path)]).observations) == 45_000


def test_an_empty_sheet_beside_a_table_is_nothing_to_say(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    with new_workbook(path) as workbook:
        workbook.add_worksheet("Trang tính 2")
        add_sheet(workbook, [ROW], FormOptions(total_row=False))
    reading = pipeline.read([str(path)])
    assert (reading.refused, len(reading.observations)) == (0, 1)
