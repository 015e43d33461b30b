"""Tables long enough to be read by column give what they give row by row: figures, findings and their order."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
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
from thidua_cli.observations import Described
from thidua_cli.read import text_file

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
