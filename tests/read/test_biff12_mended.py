"""Cells of an .xlsb that leave out their column, as common JavaScript libraries write them, are read in their place."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from forms.xlsb import as_xlsb
from tests.normalise.cases import codes, read, table, write_sheet
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.read.biff12 import records
from thidua_cli.read.biff12_mended import with_full_cells

ROWS = table(
    ["1", "Thị trấn P Rao", 1226, 84, 70],
    ["2", "Xã Tà Lu", 429, None, 33],
    ["3", "Xã Sông Kôn", 800, 0, 41],
)
SHEET = "xl/worksheets/sheet1.bin"


def record(kind: int, body: bytes) -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    assert len(body) < 0x80
    return head + bytes([len(body)]) + body


def shortened(sheet: bytes) -> bytes:
    """Every cell that stands right behind another one, without its column."""
    pieces: list[bytes] = []
    column = -2
    for kind, body in records(sheet):
        if 1 <= kind <= 7:
            is_next = int.from_bytes(body[:4], "little") == column + 1
            column = int.from_bytes(body[:4], "little")
            pieces.append(record(kind + 11, body[4:]) if is_next else record(kind, body))
        else:
            column = -2 if kind == 0 else column
            pieces.append(record(kind, body))
    return b"".join(pieces)


def xlsb(folder: Path, *, short: bool) -> bytes:
    content = as_xlsb(write_sheet(folder / "bieu.xlsx", ROWS))
    if not short:
        return content
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            archive.writestr(name, shortened(part) if name == SHEET else part)
    return target.getvalue()


def figures(reading: FilesRead) -> list[tuple[str, int | None, int | None]]:
    rows = reading.observations
    return [
        (rows.unit_name[row], rows.value(row, "households"), rows.value(row, "poor_households"))
        for row in range(len(rows.unit_code))
    ]


@pytest.mark.parametrize("short", [True, False])
def test_short_cells_are_read_as_full_ones(short: bool, tmp_path: Path) -> None:
    path = tmp_path / "ngan.xlsb"
    path.write_bytes(xlsb(tmp_path, short=short))
    reading = read(path)
    assert figures(reading) == [("Thị trấn P Rao", 1226, 84), ("Xã Tà Lu", 429, None), ("Xã Sông Kôn", 800, 0)]
    assert codes(reading) == ["V005"]


def test_full_cells_come_back_byte_by_byte(tmp_path: Path) -> None:
    full, short = xlsb(tmp_path, short=False), xlsb(tmp_path, short=True)
    assert with_full_cells(full) is None
    mended = with_full_cells(short)
    assert mended is not None
    with zipfile.ZipFile(io.BytesIO(full)) as expected, zipfile.ZipFile(io.BytesIO(mended)) as archive:
        assert archive.read(SHEET) == expected.read(SHEET)
        assert sorted(archive.namelist()) == sorted(expected.namelist())


def test_a_row_has_no_more_cells_than_a_sheet_has_columns() -> None:
    sheet = record(0, bytes(12)) + record(2, bytes(12)) + record(13, bytes(8)) * 20_000
    target = io.BytesIO()
    relation = '<Relationships><Relationship Id="r" Target="worksheets/sheet1.bin"/></Relationships>'
    named = bytes(8) + b"\x01\x00\x00\x00r\x00" + b"\x01\x00\x00\x00S\x00"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x9c\x01" + bytes([len(named)]) + named)
        archive.writestr("xl/_rels/workbook.bin.rels", relation)
        archive.writestr(SHEET, sheet)
    mended = with_full_cells(target.getvalue())
    assert mended is not None
    with zipfile.ZipFile(io.BytesIO(mended)) as archive:
        assert sum(kind == 2 for kind, _ in records(archive.read(SHEET))) == 16_384


@pytest.mark.parametrize("kept", [0, 1, 7, 40, 200])
def test_a_sheet_that_is_cut_short_ends_in_a_finding(kept: int, tmp_path: Path) -> None:
    short = xlsb(tmp_path, short=True)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(short)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name)[: kept if name == SHEET else None])
    path = tmp_path / "ngan.xlsb"
    path.write_bytes(target.getvalue())
    assert codes(read(path)) != []
