"""A copy of a strict workbook keeps what the workbook holds; one of values alone is announced before it is written."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from forms.corpus_formats import repacked
from forms.mau_08 import write
from forms.model import FormOptions, Sums
from sample_figures import dong_giang
from tests.annotate.cases import SHEET, finding, rich_workbook
from tests.cli.program import thidua
from tests.read.test_default_password import DEFAULT, locked
from tests.read.test_formats import FIXTURES
from thidua_cli.present.annotate import annotate
from thidua_cli.present.annotate.strict import as_transitional
from thidua_cli.present.annotate.xml_edit import NotExtendableError

FAMILIES = {
    b"spreadsheetml/2006": b"spreadsheetml",
    b"drawingml/2006": b"drawingml",
    b"officeDocument/2006": b"officeDocument",
}
VALUES_ALONE = "chỉ chép giá trị"


def strict(workbook: bytes) -> bytes:
    """The workbook as Excel saves "Strict Open XML"."""

    def change(part_name: str, part: bytes) -> bytes:
        for transitional, name in FAMILIES.items():
            part = part.replace(
                b"http://schemas.openxmlformats.org/" + transitional, b"http://purl.oclc.org/ooxml/" + name
            )
        for name in (b"extended", b"custom") if part_name != "[Content_Types].xml" else ():
            part = part.replace(name + b"-properties", name + b"Properties")
        return re.sub(rb"<workbook ", b'<workbook conformance="strict" ', part)

    return repacked(workbook, change)


def looks(sheet: Worksheet) -> tuple[object, ...]:
    cells = [cell for row in sheet.iter_rows() for cell in row]
    return (
        [(cell.coordinate, cell.value, cell.number_format, cell.font.b) for cell in cells],
        sorted(str(merged) for merged in sheet.merged_cells.ranges),
        {name: column.width for name, column in sheet.column_dimensions.items()},
    )


def test_formulas_merged_cells_and_looks_of_a_strict_workbook_stay(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    write(path, dong_giang.rows(2023), FormOptions(year=2023, sums=Sums.FORMULA))
    plain = load_workbook(path)
    assert sum(cell.data_type == "f" for row in plain[SHEET].iter_rows() for cell in row) > 10
    assert len(plain[SHEET].merged_cells.ranges) > 10
    path.write_bytes(strict(path.read_bytes()))
    copy = annotate(path, [finding(path, "E12")])
    assert not copy.is_plain
    book = load_workbook(BytesIO(copy.content))
    assert looks(book[SHEET]) == looks(plain[SHEET])
    assert book[SHEET]["E12"].comment


def test_no_part_of_the_copy_is_strict_and_pictures_charts_and_macros_stay(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    expected = annotate(path, [finding(path, "D6")])
    path.write_bytes(strict(path.read_bytes()))
    with (
        zipfile.ZipFile(BytesIO(annotate(path, [finding(path, "D6")]).content)) as copy,
        zipfile.ZipFile(BytesIO(expected.content)) as other,
    ):
        assert sorted(copy.namelist()) == sorted(other.namelist())
        assert [name for name in copy.namelist() if copy.read(name) != other.read(name)] == []


def test_a_name_without_a_counterpart_is_no_guess() -> None:
    assert as_transitional(b"<a/>") == b"<a/>"
    with pytest.raises(NotExtendableError):
        as_transitional(b'<a xmlns="http://purl.oclc.org/ooxml/presentationml/main"/>')


def test_a_workbook_that_only_excels_own_password_locks_is_marked_in_place(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(locked(FIXTURES / "mau-08.xlsx", DEFAULT))
    assert not annotate(path, []).is_plain


@pytest.mark.parametrize("name", ["mau-08.xls", "mau-08.ods", "trang.xls"])
def test_a_copy_of_values_alone_is_announced_with_the_way_to_keep_more(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name == "trang.xls":
        cells = ("TT", "Xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"), ("1", "Xã Tà Lu", "9", "2", "1")
        rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
        path.write_text(f"<html><body>UBND HUYỆN ĐÔNG GIANG, năm 2023<table>{rows}</table>", "utf-8")
    else:
        path.write_bytes((FIXTURES / name).read_bytes())
    outcome = thidua("check", path, "--annotate", tmp_path / "ban-sao")
    assert VALUES_ALONE in outcome.err
    assert ".xlsx" in outcome.err
    assert outcome.err.index(VALUES_ALONE) < outcome.err.index("1 bản sao")


@pytest.mark.parametrize("name", ["bieu.xlsx", "bieu.csv"])
def test_a_copy_that_lacks_nothing_is_not_excused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name.endswith(".csv"):
        path.write_text("unit_code,year,households,poor_households,near_poor_households\n505,2023,9,2,1\n", "utf-8")
    else:
        path.write_bytes(strict((FIXTURES / "mau-08.xlsx").read_bytes()))
    outcome = thidua("check", path, "--annotate", tmp_path / "ban-sao")
    assert VALUES_ALONE not in outcome.err
    assert "1 bản sao" in outcome.err
