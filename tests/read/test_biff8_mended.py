"""An .xls is read as spreadsheet programs read it, whatever code page it claims and however it numbers its formats."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from tests.normalise.cases import codes, read
from thidua_cli.read.biff8_mended import with_sound_numbers
from thidua_cli.read.compound_file import with_bytes, workbook_stream
from thidua_cli.read.grid import Cell, Grid
from thidua_cli.read.source import Source, open_source

HEADER = ("unit_code", "year", "unit_name", "households", "poor_households", "near_poor_households")
ROWS = (("20467", 2023, "Thị trấn P Rao", 1226, 84, 70), ("20470", 2023, "Xã Tà Lu", 429, 63, 33))


def stored(fill: Callable[[xlwt.Worksheet], None]) -> bytes:
    book = xlwt.Workbook()
    fill(book.add_sheet("Biểu"))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def table(number_format: str = "General") -> bytes:
    def fill(sheet: xlwt.Worksheet) -> None:
        style = xlwt.easyxf(num_format_str=number_format)
        for column, name in enumerate(HEADER):
            sheet.write(0, column, name)
        for row, cells in enumerate(ROWS, start=1):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell, style if column > 2 else xlwt.easyxf())

    return stored(fill)


def counts(content: bytes, folder: Path) -> list[tuple[str, int | None]]:
    path = folder / "bieu.xls"
    path.write_bytes(content)
    reading = read(path)
    assert codes(reading) == []
    rows = reading.observations
    return [(rows.unit_name[row], rows.value(row, "poor_households")) for row in range(len(rows.unit_code))]


RIGHT = [("Thị trấn P Rao", 84), ("Xã Tà Lu", 63)]


@pytest.mark.parametrize("code_page", [1252, 1258, 1251, 932, 367, 0, 65001])
def test_a_code_page_has_no_say_over_texts(code_page: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlwt.BIFFRecords.CodepageBiff8Record, "UTF_16", code_page)
    assert counts(table(), tmp_path) == RIGHT


@pytest.mark.parametrize("number", [14, 27, 45, 50, 57])
@pytest.mark.parametrize("number_format", ['#,##0" hộ"', "#,##0_);[Red](#,##0)_-", "0\\ \\h\\ộ"])
def test_a_format_of_the_workbook_s_own_is_what_it_says(
    number: int, number_format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlwt.Style, "FIRST_USER_DEFINED_NUM_FORMAT_IDX", number)
    assert counts(table(number_format), tmp_path) == RIGHT


def first_cell(content: bytes, folder: Path) -> Cell:
    path = folder / "bieu.xls"
    path.write_bytes(content)
    (grid,) = open_source(Source(path.name, path))
    assert isinstance(grid, Grid)
    return next(iter(grid.open_rows()))[0]


@pytest.mark.parametrize("number_format", ["DD.MM.YYYY", '"ngày "d'])
def test_a_date_of_the_workbook_s_own_stays_one(
    number_format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlwt.Style, "FIRST_USER_DEFINED_NUM_FORMAT_IDX", 50)
    content = stored(lambda sheet: sheet.write(0, 0, 45_000, xlwt.easyxf(num_format_str=number_format)))
    assert first_cell(content, tmp_path) == datetime.date(2023, 3, 15)


def test_a_rate_is_no_time_of_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlwt.Style, "FIRST_USER_DEFINED_NUM_FORMAT_IDX", 50)
    content = stored(lambda sheet: sheet.write(0, 0, 0.147, xlwt.easyxf(num_format_str="0.0%_-")))
    assert first_cell(content, tmp_path) == 0.147


def test_an_ordinary_workbook_is_left_as_it_is() -> None:
    assert with_sound_numbers(table()) is None
    assert with_sound_numbers((Path(__file__).parent / "fixtures" / "mau-08.xls").read_bytes()) is None


@pytest.mark.parametrize("rows", [1, 2_000])
def test_bytes_are_changed_where_the_stream_lies_in_its_file(rows: int) -> None:
    """A short stream lies in small sectors, a long one in large ones."""

    def fill(sheet: xlwt.Worksheet) -> None:
        for row in range(rows):
            sheet.write(row, 0, row)

    content = stored(fill)
    stream = workbook_stream(content)
    for place in (0, 63, 511, 512, 1500, len(stream) - 1):
        changed = with_bytes(content, {place: bytes([stream[place] ^ 0xFF])})
        expected = bytearray(stream)
        expected[place] ^= 0xFF
        assert workbook_stream(changed) == bytes(expected)


def test_a_workbook_that_is_cut_short_is_changed_as_far_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlwt.BIFFRecords.CodepageBiff8Record, "UTF_16", 1252)
    content = table()
    for kept in range(0, len(content), 97):
        changed = with_sound_numbers(content[:kept])
        assert changed is None or len(changed) == kept
