"""What is done for a table grows as the table does: counted in calls of what takes the time, never in seconds."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from xlsxwriter import Workbook

from tests.normalise.cases import codes, read, write_sheet
from thidua_cli.normalise.forms import households_and_persons
from thidua_cli.normalise.sheet import cells, layout
from thidua_cli.read.grid import Row
from thidua_cli.read.limits import HEADER_COLUMNS, HEADER_ROWS, TABLES
from thidua_cli.units import lookup

HEAD = "UBND HUYỆN ĐÔNG GIANG\nNăm 2023\n"
COLUMNS = "TT;Tên đơn vị;Tổng số hộ;Số hộ nghèo;Số hộ cận nghèo"
ROW = "1;Xã Tà Lu;423;104;40\n"
MOST = 2.2
"""Times as much for twice as many."""


def unknown_units(count: int) -> str:
    rows = "".join(f"{number};Xã Tà Lụ{number % 97}k{number};423;104;40\n" for number in range(count))
    return f"{HEAD}{COLUMNS}\n{rows}"


def unknown_headings(count: int) -> str:
    return f"{HEAD}{COLUMNS}{''.join(f';Số hộ ngheo {number}' for number in range(count))}\n{ROW}"


def many_tables(count: int) -> str:
    return f"{HEAD}{COLUMNS}\n{ROW}\n\n" * count


def stacked_headings(count: int) -> str:
    stacked = "".join(f";;đầu {number};cuối;\n" for number in range(count))
    return f"{HEAD}{COLUMNS}\n{stacked}{ROW}"


def blank_rows(count: int) -> str:
    return f"{HEAD}{COLUMNS}\n{ROW}{chr(10) * count}x\n"


def calls(text: str, module: ModuleType | type, name: str, folder: Path) -> int:
    """Return how often a function is called while a table is read."""
    path, counted, real = folder / "bieu.csv", [0], getattr(module, name)

    def counting(*given: object, **named: object) -> object:
        counted[0] += 1
        return real(*given, **named)

    path.write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, counting)
        read(path)
    return counted[0]


@pytest.mark.parametrize(
    ("made", "count", "module", "name"),
    [
        (unknown_units, 60, lookup, "edit_distance"),
        (unknown_headings, 60, difflib.SequenceMatcher, "ratio"),
        (many_tables, 20, households_and_persons, "has_figures"),
        (stacked_headings, 100, cells.Cells, "text"),
        (stacked_headings, 100, layout, "_continues_header"),
        (blank_rows, 400, cells.Cells, "value"),
    ],
)
def test_twice_as_much_takes_no_more_than_twice_as_long(
    made: Callable[[int], str], count: int, module: ModuleType | type, name: str, tmp_path: Path
) -> None:
    once, twice = (calls(made(count * times), module, name, tmp_path) for times in (1, 2))
    assert once > 0
    assert twice <= MOST * once


def test_a_header_of_too_many_rows_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    path.write_text(stacked_headings(HEADER_ROWS + 1), "utf-8")
    reading = read(path)
    assert codes(reading) == ["F003"]
    assert str(HEADER_ROWS) in reading.findings[0].message()


def test_a_header_of_half_as_many_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    path.write_text(stacked_headings(HEADER_ROWS // 2), "utf-8")
    assert "F003" not in codes(read(path))


def test_tables_beyond_the_limit_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    path.write_text(many_tables(TABLES + 3), "utf-8")
    reading = read(path)
    (told,) = [finding for finding in reading.findings if finding.kind.code == "F012"]
    assert str(TABLES) in told.message()


def test_a_heading_of_many_digits_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    path.write_text(f"{HEAD}{COLUMNS};{'9' * 200}\n{ROW}", "utf-8")
    assert codes(read(path)) == ["H002"]


def merged_groups(path: Path, count: int) -> Path:
    """Write groups of three columns merged side by side, over headings of their own."""
    with Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for row, texts in enumerate((["UBND HUYỆN ĐÔNG GIANG"], ["Năm 2023"], ["TT", "Tên đơn vị"])):
            sheet.write_row(row, 0, texts)
        for at in range(count):
            sheet.merge_range(2, 2 + 3 * at, 2, 4 + 3 * at, f"Nhóm {at}")
            sheet.write_row(3, 2 + 3 * at, ["Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo"])
        sheet.write_row(4, 0, [1, "Xã Tà Lu", *[423, 104, 40] * count])
    return path


def years_in_headings(path: Path, count: int) -> Path:
    years = "".join(f";Số hộ nghèo năm {2010 + at % 15}" for at in range(count))
    path.write_text(f"UBND HUYỆN ĐÔNG GIANG\nTT;Tên đơn vị{years}\n1;Xã Tà Lu{';104' * count}\n", "utf-8")
    return path


def headings_side_by_side(path: Path, count: int) -> Path:
    path.write_text(unknown_headings(count), "utf-8")
    return path


WIDE = [
    (merged_groups, "bieu.xlsx", HEADER_COLUMNS // 3),
    (years_in_headings, "bieu.csv", HEADER_COLUMNS),
    (headings_side_by_side, "bieu.csv", HEADER_COLUMNS),
]


@pytest.mark.parametrize(("made", "name", "count"), WIDE)
def test_a_header_of_too_many_columns_is_told_before_any_of_them_is_read(
    made: Callable[[Path, int], Path], name: str, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "heading_path", lambda *_: pytest.fail("a column of the header was read"))
    reading = read(made(tmp_path / name, count + 1))
    assert codes(reading) == ["F003"]
    assert str(HEADER_COLUMNS) in reading.findings[0].message()
    assert reading.findings[0].origin.row == (2 if made is years_in_headings else 3)


@pytest.mark.parametrize(("made", "name", "count"), WIDE)
def test_a_header_of_as_many_columns_as_twenty_years_have_is_read(
    made: Callable[[Path, int], Path], name: str, count: int, tmp_path: Path
) -> None:
    told = [finding.message() for finding in read(made(tmp_path / name, count // 2)).findings]
    assert told  # of years twice, of headings not known
    assert not any(f"quá {HEADER_COLUMNS} cột" in message for message in told)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_one_far_cell_makes_no_other_row_longer(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    real = cells.Cells.__init__

    def counting(self: cells.Cells, rows: Sequence[Row], *given: Any) -> None:
        kept.append(sum(map(len, rows)))
        real(self, rows, *given)

    monkeypatch.setattr(cells.Cells, "__init__", counting)
    rows: list[list[str | int]] = [["UBND HUYỆN ĐÔNG GIANG"], ["Năm 2023"], [*COLUMNS.split(";")]]
    rows += [[at, f"Thôn {at}", 423, 104, 40] for at in range(1, 201)]
    most: list[int] = []
    for far in ([], [""] * 300 + ["x"]):
        rows[100] = [*rows[100], *far]
        path = tmp_path / f"bieu-{len(far)}{suffix}"
        if suffix == ".csv":
            path.write_text("".join(f"{';'.join(map(str, row))}\n" for row in rows), "utf-8")
        else:
            write_sheet(path, rows)
        kept.clear()
        read(path)
        most.append(max(kept))
    assert most[0] > 1000
    assert most[1] <= 1.35 * most[0]
