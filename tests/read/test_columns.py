"""Columns of a large sheet give the cells that its rows do, in whatever form they are packed."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import pytest

from thidua_cli.read.columns import (
    Column,
    ColumnBatch,
    Decimals,
    DifferentTexts,
    MixedCells,
    RepeatedTexts,
    WholeNumbers,
    column_batches,
    rows_of,
)
from thidua_cli.read.grid import Cell, Grid
from thidua_cli.read.sheet_blocks import sheet_blocks

HEIGHT = 5
FORMS: dict[str, tuple[Column, list[Cell]]] = {
    "whole": (WholeNumbers(array("i", [1, 0, -3, 4, 5]).tobytes(), "i"), [1.0, 0.0, -3.0, 4.0, 5.0]),
    "whole with blanks": (
        WholeNumbers(array("q", [1, 0, 3, 0, 1 << 40]).tobytes(), "q", array("I", [1, 3]).tobytes()),
        [1.0, "", 3.0, "", 2.0**40],
    ),
    "decimals": (Decimals(array("d", [1.5, float("nan"), 0.25, 4, -0.0]).tobytes()), [1.5, "", 0.25, 4.0, -0.0]),
    "repeated texts": (
        RepeatedTexts(("xã", "", "huyện"), array("H", [0, 0, 1, 2, 0]).tobytes()),
        ["xã", "xã", "", "huyện", "xã"],
    ),
    "different texts": (DifferentTexts("A Nông\0\0C\0D\0Đ"), ["A Nông", "", "C", "D", "Đ"]),
    "mixed": (MixedCells(["a", 1.0, "", True, "b"]), ["a", 1.0, "", True, "b"]),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_column_gives_its_cells_whole_and_in_parts(form: str) -> None:
    column, cells = FORMS[form]
    assert column.cells() == cells
    assert list(map(type, column.cells())) == list(map(type, cells))
    assert all(column.cells(step) == cells[::step] for step in (2, 3, HEIGHT, 200))
    for first in range(HEIGHT):
        for last in range(first + 1, HEIGHT + 1):
            assert column.part(first, last).cells() == cells[first:last]


def grid(heights: list[int]) -> Grid:
    def open_columns() -> Iterator[ColumnBatch]:
        number = 0
        for height in heights:
            cells: list[Cell] = [f"r{number + index}" for index in range(height)]
            whole = WholeNumbers(array("i", range(number, number + height)).tobytes(), "i")
            yield ColumnBatch(height, (MixedCells(cells), whole))
            number += height

    return Grid("t.xlsx", "S", lambda: rows_of(open_columns()), open_columns=open_columns)


@pytest.mark.parametrize("first_row", range(8))
def test_reading_may_begin_at_any_row(first_row: int) -> None:
    sheet = grid([1, 3, 2])
    rows = list(sheet.open_rows())
    assert rows == [[f"r{number}", float(number)] for number in range(6)]
    batches = column_batches(sheet, first_row)
    assert batches is not None
    assert [row for batch in batches for row in batch.rows()] == rows[first_row:]


def test_a_sheet_of_rows_alone_has_no_columns() -> None:
    assert column_batches(Grid("t.xlsx", "S", lambda: iter([["a", 1.0]]))) is None


BAD_BATCHES: dict[str, ColumnBatch] = {
    "too few rows": ColumnBatch(4, (FORMS["whole"][0],)),
    "no rows": ColumnBatch(0, (MixedCells([]),)),
    "too few columns": ColumnBatch(5, ()),
    "a text that is not there": ColumnBatch(2, (RepeatedTexts(("a",), array("H", [0, 1]).tobytes()),)),
    "a text that is none": ColumnBatch(1, (RepeatedTexts((None,), array("H", [0]).tobytes()),)),  # type: ignore[arg-type]
    "a blank that is not there": ColumnBatch(
        1, (WholeNumbers(array("i", [1]).tobytes(), "i", array("I", [1]).tobytes()),)
    ),
    "a torn number": ColumnBatch(1, (WholeNumbers(b"12345", "i"),)),
    "no type": ColumnBatch(1, (WholeNumbers(bytes(4), "z"),)),  # type: ignore[arg-type]
    "no column": ColumnBatch(1, ("a",)),  # type: ignore[arg-type]
    "no height": ColumnBatch("1", (FORMS["whole"][0],)),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", BAD_BATCHES)
def test_a_batch_that_holds_together_no_more_is_told_from_a_sound_one(name: str) -> None:
    for column, _ in FORMS.values():
        assert ColumnBatch(HEIGHT, (column,)).is_sound(1)
    try:
        is_sound = BAD_BATCHES[name].is_sound(1)
    except (TypeError, ValueError, AttributeError):
        is_sound = False
    assert not is_sound


@pytest.mark.parametrize("step", [1, 2, 3, 4, 7, 50])
def test_some_rows_of_a_block_are_those_of_all_its_rows(step: int) -> None:
    sheet = grid([1, 3, 2, 9, 1, 1, 4])
    rows = list(sheet.open_rows())
    blocks = list(sheet_blocks(sheet, 1, 8))
    assert [len(block) for block in blocks] == [8, 8, 4]
    for number, block in enumerate(blocks):
        assert block.rows(step) == rows[1 + 8 * number : 9 + 8 * number][::step]
