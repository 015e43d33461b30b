"""Tables long enough to be read by column give what they give row by row: figures, findings and their order."""

from __future__ import annotations

import csv
import io
import random
from array import array
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args
from unicodedata import normalize

import pytest

from thidua_cli import pipeline
from thidua_cli.findings import Finding
from thidua_cli.model import COUNTS, REQUIRED_COUNTS
from thidua_cli.normalise.canonical import table
from thidua_cli.normalise.canonical.columns import ColumnReader
from thidua_cli.normalise.canonical.rows import CanonicalReader
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.sheet.numbers import shown
from thidua_cli.normalise.tables import read_sheet
from thidua_cli.observations import Described
from thidua_cli.read import text_file
from thidua_cli.read.columns import Column, ColumnBatch, DifferentTexts, MixedCells, RepeatedTexts, WholeNumbers
from thidua_cli.read.grid import Cell, CellBlock, Grid
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.tables import bundled

ROWS_OF_BLOCK = 8
DESCRIPTORS = ("unit_name", "level", "parent_code", "poverty_line", "status")
UNITS = (
    ("49", "Tỉnh Quảng Nam", "province", ""),
    ("505", "Huyện Đông Giang", "district", "49"),
    ("20461", "Xã A Ting", "commune", "505"),
    ("20467", "Thị trấn P Rao", "commune", "505"),
    ("00004", "Phường Trúc Bạch", "commune", "001"),
    ("00007", "Phường Cống Vị", "commune", "001"),
    ("001", "Quận Ba Đình", "district", "01"),
    ("00004-001", "Thôn 1", "village", "00004"),
    ("20461-thon-2", "Thôn Ia H'Drai", "village", "20461"),
    ("VN", "Cả nước", "country", ""),
)
"""Code, name, level, parent."""
ODD = {
    "unit_code": ("", " ", "4", "505.0", "0429", '="00004"', "'00004", " 00004 ", "1", "00000", "x" * 120, "'=1+1"),
    "year": ("", "2023.0", " 2022", "năm 2023", "1850", "2025", "2026", "2023-12-31", "99999999999"),
    "unit_name": (
        "",
        " Xã  Ba ",
        normalize("NFD", "Xã Tà Lu"),
        "'-Xã Ba",
        "Nguyễn Văn An",
        "Xã, Ba",
        "Xã\nBa",
        "x" * 120,
    ),
    "level": ("", "xã", "Commune", "COMMUNE ", "thôn", "bogus", "huyện"),
    "parent_code": ("", "1", "5", "Quảng Nam", "Đông Giang", "VN", "0505", " 505"),
    "poverty_line": ("", "2016-2020", "2021-2025", "da-nang", "2026-2030", "lạ", "2022-2025 "),
    "status": ("", "sơ bộ", "Final", "preliminary", "lạ", " chính thức"),
}
ODD_COUNTS = (
    "",
    " ",
    "12.0",
    "1.234",
    "12,5",
    "-5",
    "0",
    "007",
    "abc",
    "123456789",
    "9" * 12,
    "9" * 14,
    "'12",
    "1 234",
    "x",
)
HEADINGS = ("Ghi chú", "lạ", "households", "unit_code", "poor_rate")


@dataclass
class Way:
    """How many blocks were taken which way."""

    by_column: int = 0
    by_row: int = 0
    findings: set[str] = field(default_factory=set)
    blocks_beside: int = 0
    """Blocks by column in tables that have others too."""


def random_table(dice: random.Random) -> bytes:
    """Return a canonical table: most rows in order, and some of what officers' files hold besides."""
    odd = dice.choice((0, 0.01, 0.05, 0.05, 0.3))
    active = dice.sample([*ODD, "counts", "rows"], dice.choice((1, 1, 2, 9)))
    odd_cells = {name: dice.sample(ODD[name], 2) for name in ODD if name in active}
    if "counts" in active:
        odd_cells |= dict.fromkeys(COUNTS, dice.sample(ODD_COUNTS, 2))
    columns = ["unit_code", "year", *REQUIRED_COUNTS]
    columns += [name for name in DESCRIPTORS if dice.random() < 0.7]
    columns += dice.sample([name for name in COUNTS if name not in REQUIRED_COUNTS], dice.randrange(4))
    columns += [heading for heading in HEADINGS if dice.random() < 0.06]
    if dice.random() < 0.1:
        columns.remove(dice.choice(columns))
    if dice.random() < 0.3:
        dice.shuffle(columns)
    separator = dice.choice(",,;\t")
    oddness = Oddness(odd_cells, odd, odd / 2 if "rows" in active else 0, dice.choice((0, 0, 0, 0.01)))
    rows = (row_of(dice, columns, separator, oddness) for _ in range(dice.randrange(2, 90)))
    lines = [separator.join(columns), *rows]
    ends = dice.choice((("\n",), ("\r\n",), ("\r\n", "\n"), ("\n", "\n", "\n", "\r") if odd else ("\n",)))
    text = "".join(line + dice.choice(ends) for line in lines)
    return (b"\xef\xbb\xbf" if dice.random() < 0.3 else b"") + (text.rstrip() if dice.random() < 0.3 else text).encode()


@dataclass(frozen=True)
class Oddness:
    """How much is odd in a table."""

    cells: dict[str, list[str]]
    """Column → what may stand there beside what is in order."""
    of_cells: float
    of_rows: float
    quotes: float


def row_of(dice: random.Random, columns: list[str], separator: str, odd: Oddness) -> str:
    if dice.random() < odd.of_rows:
        return dice.choice(("", separator * (len(columns) - 1), " ", separator, "Tổng cộng"))
    unit = dict(zip(("unit_code", "unit_name", "level", "parent_code"), dice.choice(UNITS), strict=True))
    in_order = {**unit, "year": f"{dice.randrange(2021, 2026)}", "status": "final", "poverty_line": "2022-2025"}
    cells = []
    for name in columns:
        figure = str(dice.choice((dice.randrange(16, 3000), dice.randrange(10**8))))
        cell = in_order.get(name, figure)
        if name in odd.cells and dice.random() < odd.of_cells:
            cell = dice.choice(odd.cells[name])
        if separator in cell or "\n" in cell or dice.random() < odd.quotes:
            cell = f'"{cell}"'
        cells.append(cell)
    if dice.random() < odd.of_rows:
        cells = dice.choice((cells[:-1], [*cells, "7"], [*cells, ""], cells[:2]))
    return separator.join(cells)


def read_both_ways(
    path: Path, options: ReadingOptions, way: Way, monkeypatch: pytest.MonkeyPatch
) -> tuple[FilesRead, FilesRead]:
    with monkeypatch.context() as patch:
        patch.setattr(table, "_BATCH", ROWS_OF_BLOCK)
        plain = pipeline.read([str(path)], options)
        counted = Way()
        take, take_rows = ColumnReader.take, CanonicalReader.take

        def counting(self: ColumnReader, *arguments: object) -> None:
            counted.by_column += 1
            take(self, *arguments)  # type: ignore[arg-type]

        def counting_rows(self: CanonicalReader, *arguments: object) -> None:
            counted.by_row += 1
            take_rows(self, *arguments)  # type: ignore[arg-type]

        patch.setattr(text_file, "_LARGE_BYTES", 0)
        patch.setattr(ColumnReader, "take", counting)
        patch.setattr(CanonicalReader, "take", counting_rows)
        by_column = pipeline.read([str(path)], options)
    taken = max(counted.by_column - counted.by_row, 0)
    way.by_column += taken
    way.by_row += counted.by_row
    way.blocks_beside += taken if counted.by_row else 0
    return plain, by_column


def told(findings: list[Finding]) -> list[tuple[str, ...]]:
    return [(each.kind.code, str(each.origin), each.message()) for each in findings]


@pytest.mark.parametrize("seed", range(6))
def test_a_table_read_by_column_gives_what_it_gives_row_by_row(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice, way = random.Random(f"large tables {seed}"), Way()
    for number in range(50):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(random_table(dice))
        options = ReadingOptions(
            year=dice.choice((None, None, 2023)), poverty_line=dice.choice((None, None, None, "2022-2025"))
        )
        plain, by_column = read_both_ways(path, options, way, monkeypatch)
        assert told(by_column.findings) == told(plain.findings)
        assert by_column.findings == plain.findings
        assert by_column == plain
        for name in get_args(Described):
            coded = by_column.observations.coded(name)
            assert [coded.values[code] for code in coded.codes] == getattr(plain.observations, name)
            assert len(set(coded.values)) == len(coded.values)
        way.findings.update(finding.kind.code for finding in plain.findings)
    assert way.by_column > 20
    assert way.blocks_beside > 5
    assert way.by_row > 20
    assert len(way.findings) > 6


def packed(cells: list[Cell], dice: random.Random) -> Column:
    """Return cells as the column that holds them, as a large sheet gives it."""
    if all(isinstance(cell, str) for cell in cells):
        texts = [str(cell) for cell in cells]
        if dice.random() < 0.5:
            return DifferentTexts("\0".join(texts))
        different = tuple(dict.fromkeys(texts))
        return RepeatedTexts(different, array("H", map(different.index, texts)).tobytes())
    numbers = [0.0 if cell == "" else cell for cell in cells]
    if all(isinstance(number, float) for number in numbers):
        blanks = array("I", [row for row, cell in enumerate(cells) if cell == ""])
        return WholeNumbers(array("q", [int(shown(number)) for number in numbers]).tobytes(), "q", blanks.tobytes())
    return MixedCells(cells)


def as_sheet(content: bytes, dice: random.Random) -> tuple[Grid, Grid]:
    """Return the cells of a CSV table as a sheet that comes by rows, and as one that comes by columns too."""
    text = content.decode("utf-8-sig")
    separator = next(mark for mark in ";\t," if mark in text.split("\n")[0])
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    width = max(map(len, lines))
    header = [*lines[0], *[""] * (width - len(lines[0]))]
    are_numbers = [dice.random() < (0.97 if name in COUNTS else 0.2) for name in header]
    rows: list[list[Cell]] = [
        [
            float(cell) if numeric and row and cell.isdecimal() and len(cell) < 15 else cell
            for numeric, cell in zip(are_numbers, [*line, *[""] * (width - len(line))], strict=True)
        ]
        for row, line in enumerate(lines)
    ]
    batches: list[ColumnBatch] = []
    while (first := sum(batch.height for batch in batches)) < len(rows):
        few = rows[first : first + dice.choice((1, 5, 8, 30))]
        batches.append(ColumnBatch(len(few), tuple(packed([*cells], dice) for cells in zip(*few, strict=True))))
    by_rows = Grid("bieu.xlsx", "Biểu", lambda: map(list, rows))
    return by_rows, replace(by_rows, open_columns=lambda: iter(batches))


@pytest.mark.parametrize("seed", range(4))
def test_a_sheet_that_comes_by_columns_gives_what_its_rows_give(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    dice, taken, alone = random.Random(f"large sheets {seed}"), list[int](), list[int]()
    monkeypatch.setattr(table, "_BATCH", ROWS_OF_BLOCK)
    in_order = ColumnReader._in_order

    def noting(self: ColumnReader, block: CellBlock, number: int) -> object:
        rows = in_order(self, block, number)
        (taken if rows is not None else alone).append(number)
        return rows

    monkeypatch.setattr(ColumnReader, "_in_order", noting)
    for _ in range(60):
        by_rows, by_columns = as_sheet(random_table(dice), dice)
        options = ReadingOptions(year=dice.choice((None, None, 2023)))
        readings = [read_sheet(grid, options, UnitFinder(bundled())) for grid in (by_rows, by_columns)]
        assert readings[1] == readings[0]
    assert len(taken) > 20
    assert len(alone) > 20


def test_lines_of_windows_pass_by_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, way = tmp_path / "bang.csv", Way()
    rows = (f"0000{number % 9},2023,{number + 20},9,3" for number in range(4 * ROWS_OF_BLOCK))
    path.write_bytes("\r\n".join(["unit_code,year,households,poor_households,near_poor_households", *rows]).encode())
    plain, by_column = read_both_ways(path, ReadingOptions(), way, monkeypatch)
    assert by_column == plain
    assert (way.by_column, way.by_row) == (4, 0)


def test_texts_that_fall_together_are_told_apart() -> None:
    """Each text has one number, however many there are and whatever place of the table they share."""
    import numpy as np

    from thidua_cli.read.distinct_texts import DistinctTexts

    dice, distinct = random.Random("distinct texts"), DistinctTexts()
    cells = [f"{dice.randrange(40_000):05}-{'x' * dice.randrange(12)}" for _ in range(60_000)] + ["", "a", ""]
    for start in range(0, len(cells), 7_000):
        block = cells[start : start + 7_000]
        width = -(-max(map(len, block)) // 8)
        padded = np.array([cell.encode() for cell in block], f"S{8 * width}").view("<u8").reshape(len(block), width)
        codes = distinct.codes(
            [padded[:, word].astype(np.uint64) for word in range(width)], np.array([*map(len, block)])
        )
        assert codes is not None
        assert [distinct.texts[code] for code in codes] == block
    assert len(distinct.texts) == len(set(cells)) > 30_000
