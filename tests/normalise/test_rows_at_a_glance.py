"""Rows, headers and names that are passed at a glance are read as they would be with all care, on any table."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from thidua_cli.normalise import tables
from thidua_cli.normalise.forms import form_record, mau_09_10, row_cells, rows, table, units
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.persons import headings
from thidua_cli.normalise.persons import tables as persons_tables
from thidua_cli.normalise.sheet import table_units
from thidua_cli.normalise.tables import SheetReading, read_sheet
from thidua_cli.read.grid import Cell, Fault, FaultyCell, Grid, MergedRange, SheetFacts
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.tables import bundled

TABLES = 400
TITLES = (
    ("UBND Phường Phúc Xá\nQuận Ba Đình\nThành phố Hà Nội", 2024),
    ("UBND Xã Tà Lu, Huyện Đông Giang, Tỉnh Quảng Nam", 2023),
    ("UBND HUYỆN ĐÔNG GIANG", 2023),
    ("UBND Tỉnh Quảng Nam", 2022),
    ("UBND Xã nào đó", 2024),
)
HEADERS: tuple[tuple[str, ...], ...] = (
    ("TT", "Tên đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"),
    ("TT", "Khu vực/Địa bàn", "Tổng số hộ (hộ)", "Số hộ nghèo", "Tỷ lệ hộ nghèo (%)", "Số hộ cận nghèo"),
    ("TT", "Mã đơn vị", "Tên đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"),
    ("TT", "Tên đơn vị", "Năm", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"),
    ("TT", "Tên đơn vị", "Tổng số hộ", "Số hộ nghèo (nghìn hộ)", "Số hộ cận nghèo"),
    ("TT", "Tên đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo", "Ghi chú riêng"),
    ("TT", "Tên đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ nghèo"),
    ("TT", "Huyện", "Xã", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"),
)
VILLAGES = ("Thôn 1", "Thôn 2", "Thôn A Réh", "Bản Ba", "Tổ 3", "Khu Trung tâm")
OTHERS = (
    *("Tổng cộng", "Khu vực nông thôn", "Khu vực thành thị", "Trong đó", "Bình quân", "Cộng I", "", "Phường Phúc Xá"),
    *("Xã Tà Lu", "Thị trấn P Rao", "Huyện Đông Giang", "Tà Lu", "Nguyễn Văn An", "Người lập biểu", "xã ba", "Xã Ba"),
)
ODD: tuple[Cell, ...] = (None, "", "x", "20.817", "12,5", 12.5, -3.0, 62.99999999999999, True, date(1900, 3, 3), 1e13)


def random_grid(dice: random.Random, number: int) -> Grid:
    """Return a sheet: most rows are plain, as in life, and any may be odd."""
    (agency, year), header = dice.choice(TITLES), dice.choice(HEADERS)
    body: list[list[Cell]] = []
    oddness = dice.choice((0.0, 0.0, 0.02, 0.2))
    for place in range(dice.randint(1, 14)):
        name = dice.choice(OTHERS) if dice.random() < 2 * oddness else f"{dice.choice(VILLAGES)} {place}".strip()
        total = float(dice.choice((0, 1, 9, 98, 1958, 2012, 12345)))
        figures: list[Cell] = [total, total // 3, total // 5]
        figures = [dice.choice(ODD) if dice.random() < oddness else figure for figure in figures]
        labels: dict[str, Cell] = {"TT": dice.choice((float(place + 1), str(place + 1), "1.1", "I", ""))}
        if oddness == 0:
            labels["TT"] = float(place + 1)
        labels |= {"Mã đơn vị": dice.choice(("", "00001", 1.0)), "Năm": float(year), "Huyện": "Huyện Đông Giang"}
        row = [labels.get(word) for word in header if word in ("TT", "Mã đơn vị", "Năm", "Huyện")]
        row.insert(2 if {"Mã đơn vị", "Huyện"} & set(header) else 1, name)
        body.append([*row, *figures, *(dice.choice(("", 3.5)) for _ in header[len(row) + 3 :])])
    if dice.random() < oddness:
        body.insert(dice.randrange(len(body) + 1), [*header])
    top: list[list[Cell]] = [[agency], ["TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"], [f"Năm rà soát: {year}"]]
    below: list[list[Cell]] = [[], ["", "", "Người lập biểu", "", "TM. Ủy ban nhân dân"]]
    sheet: list[list[Cell]] = [*top, [*header], *body, *below]
    faults: dict[tuple[int, int], FaultyCell] = {}
    if dice.random() < oddness:
        row_number, column = len(top) + 1 + dice.randrange(len(body)), len(header) - 1
        faults[row_number, column] = FaultyCell(row_number, column, "#REF!", Fault.WITHOUT_VALUE)
        sheet[row_number][-1] = ""
    merged = (MergedRange(0, 0, 0, 2),) if dice.random() < 0.3 else ()
    return Grid(f"bieu-{number}.xlsx", "Biểu", sheet.__iter__, merged=merged, facts=SheetFacts(faults, merged=merged))


def readings(grids: list[Grid]) -> list[SheetReading]:
    finder = UnitFinder(bundled())
    return [read_sheet(grid, ReadingOptions(), finder) for grid in grids]


@pytest.fixture(scope="module")
def grids() -> list[Grid]:
    dice = random.Random(15)
    return [random_grid(dice, number) for number in range(TABLES)]


def with_all_care(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every screen away, and have every header looked at anew."""

    def never(*_: Any) -> None:
        return None

    monkeypatch.setattr(rows._Body, "take_plain", never)
    monkeypatch.setattr(units, "_villages", never)
    monkeypatch.setattr(mau_09_10, "_may_be_movement", lambda *_: True)
    monkeypatch.setattr(row_cells, "_are_all_known", never)
    for module, name in (
        *((tables, "segments_of"), (table, "segments_of"), (table, "_known_segments"), (headings, "_personal")),
        *((persons_tables, "_columns"), (table_units, "_unit_column"), (table_units, "_are_plain")),
        (form_record, "_column_records"),
    ):
        monkeypatch.setattr(module, name, getattr(module, name).__wrapped__)


def test_what_is_passed_at_a_glance_is_read_as_with_all_care(
    grids: list[Grid], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[bool] = []
    plain = rows._Body.take_plain

    def counted(body: Any, row: int) -> bool:
        taken.append(plain(body, row))
        return taken[-1]

    with monkeypatch.context() as watched:
        watched.setattr(rows._Body, "take_plain", counted)
        at_a_glance = readings(grids)
    assert taken.count(True) > TABLES
    assert taken.count(False) > TABLES / 2
    with_all_care(monkeypatch)
    for grid, fast, careful in zip(grids, at_a_glance, readings(grids), strict=True):
        assert fast == careful, list(grid.open_rows())


def test_in_whatever_order_files_of_several_headers_are_read_each_is_read_alike(grids: list[Grid]) -> None:
    in_order = readings(grids)
    mixed = list(range(TABLES))
    random.Random(16).shuffle(mixed)
    for number, reading in zip(mixed, readings([grids[number] for number in mixed]), strict=True):
        assert reading == in_order[number]


def test_the_tables_of_the_law_are_of_many_kinds(grids: list[Grid]) -> None:
    read = [table for reading in readings(grids) for part in reading.parts for table in part.tables]
    kinds = {finding.kind.code for table in read for finding in table.findings}
    assert len(kinds) > 5, kinds
    assert sum(table.rows is not None and len(table.rows) > 3 for table in read) > TABLES / 4
    assert sum(table.names_villages for table in read) > TABLES / 8
