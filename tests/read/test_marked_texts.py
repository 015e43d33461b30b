"""Cells of text files that a system marked as text, so that a spreadsheet keeps their zeros."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.normalise.cases import codes, counts, only, read
from thidua_cli.read.grid import Grid
from thidua_cli.read.source import Source, open_source
from thidua_cli.read.text_file import unmarked

TITLE = "UBND HUYỆN ĐÔNG GIANG"
HEADER = "TT,Mã xã,Xã,Tổng số hộ,Hộ nghèo,Hộ cận nghèo"
SIZE = 1 << 20
"""Bytes of a piece of a file."""


def form(folder: Path, *rows: str, encoding: str = "utf-8") -> Path:
    path = folder / "bieu.csv"
    path.write_text("\n".join([TITLE, "TỔNG HỢP HỘ NGHÈO NĂM 2024", HEADER, *rows, ""]), encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "row",
    [
        '1,"=""20473""",Xã Tà Lu,"=""429""",63,33',
        '1,="20473","=""Xã Tà Lu""",="429",="63","=""33"""',
        "1,=20473,Xã Tà Lu,=429,=63,33",
        "1,'20473,Xã Tà Lu,'429,'63,'0033",
        '1, ="20473" ,Xã Tà Lu, ="429" ,63,33',
        '="1","=""20473""","=""Xã Tà Lu""","=""429""","=""63""","=""33"""',
    ],
)
def test_a_cell_that_is_marked_as_text_is_what_a_spreadsheet_shows(row: str, encoding: str, tmp_path: Path) -> None:
    reading = read(form(tmp_path, row, encoding=encoding))
    assert counts(reading) == {("Xã Tà Lu", 2024): (429, 63, 33)}
    assert reading.observations.unit_code == ["20473"]
    assert codes(reading) == []


def test_zeros_of_marked_codes_are_kept_in_a_canonical_table(tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    header = "unit_code,year,unit_name,households,poor_households,near_poor_households"
    path.write_text(f'{header}\n"=""00004""",=2023,"=""Phường Trúc Bạch""",="1.596",\'63,3\n', "utf-8")
    reading = read(path)
    assert reading.observations.unit_code == ["00004"]
    assert counts(reading) == {("Phường Trúc Bạch", 2023): (1596, 63, 3)}


@pytest.mark.parametrize("cell", ["=63+1", "=D4+E4", '="63"+1', "='63'", "=SUM(D1:D3)", '="63', "=63.5.1"])
def test_a_formula_is_no_text_and_no_count(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        rows = ([TITLE], ["TỔNG HỢP HỘ NGHÈO NĂM 2024"], HEADER.split(","), [1, "20473", "Xã Tà Lu", 429, cell, 33])
        csv.writer(target).writerows(rows)
    reading = read(path)
    assert counts(reading) == {("Xã Tà Lu", 2024): (429, None, 33)}
    assert "công thức chưa được tính" in only(reading, "V001").message()


def test_two_numbers_in_a_marked_cell_are_not_joined(tmp_path: Path) -> None:
    reading = read(form(tmp_path, '1,20473,Xã Tà Lu,429,"=""63 1""",33'))
    assert only(reading, "V001").value == "63 1"


@pytest.mark.parametrize(
    "text", ["Ia H'Drai", "Xã Ea H'leo", "'=1+1", "a=1", "", "=", "'", "=A1", '="', "''63", "'xã'"]
)
def test_what_is_not_marked_stays_as_it_is(text: str) -> None:
    assert unmarked(text) == text


@given(st.text())
def test_any_text_comes_out_of_its_mark(text: str) -> None:
    assert unmarked('="' + text.replace('"', '""') + '"') == text


@pytest.mark.parametrize("before", [SIZE - 2, SIZE - 1, SIZE])
def test_a_mark_that_is_cut_by_the_end_of_a_piece_is_seen(before: int, tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    filling = ("x" * 99 + "\n") * (before // 100)
    path.write_text(filling + "y" * (before - len(filling) - 3) + ',z,="429"\n', "ascii")
    (grid,) = open_source(Source("bieu.csv", path))
    assert isinstance(grid, Grid)
    assert [row[2] for row in grid.open_rows() if len(row) > 1] == ["429"]


def test_a_cell_of_a_web_page_is_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xls"
    rows = (HEADER.split(","), ["1", '="20473"', "Xã Tà Lu", '="429"', "63", "'033"])
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = f"<html><meta charset='utf-8'><p>{TITLE}</p><p>Năm 2024</p><table>{lines}</table></html>"
    path.write_text(page, "utf-8")
    assert counts(read(path)) == {("Xã Tà Lu", 2024): (429, 63, 33)}
