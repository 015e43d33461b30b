"""Clean tables of the smallest villages, and of villages that bear names of persons, are read as before."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.normalise.cases import write_sheet
from tests.persons.disguises import COUNTED, TITLE, Rows, Value, titled
from thidua_cli import pipeline
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions

HEROES = ("Nguyễn Văn Trỗi", "Võ Thị Sáu", "Lê Hồng Phong", "Trần Hưng Đạo", "Nguyễn Thị Minh Khai", "Lê Văn Tám")


def _of(names: Sequence[str], counts: Sequence[tuple[int, int, int]], heading: str = "Thôn") -> Rows:
    rows = [(number, name, *counts[number % len(counts)]) for number, name in enumerate(names, start=1)]
    return titled(["TT", heading, *COUNTED], rows)


FEW: tuple[tuple[int, int, int], ...] = ((3, 1, 0), (1, 0, 1), (2, 0, 0), (5, 1, 1), (9, 0, 1), (1, 1, 0))
ONES: tuple[tuple[int, int, int], ...] = ((1, 1, 0), (1, 0, 1))
NUMBERED = [f"Thôn {number}" for number in range(1, 11)]
CLEAN: dict[str, Rows] = {
    "villages of one to nine households": _of([f"Thôn {name}" for name in ("Ban Mai", "Éo", "Tà Lâu", "A Réh")], FEW),
    "villages without the word": _of(["Ban Mai", "A Réh", "Tà Lâu", "A Xờ", "Bút Tưa", "Sơn"], FEW),
    "one household in every village": _of(NUMBERED, ONES),
    "groups of a ward": _of([f"Tổ {number}" for number in range(1, 11)], ONES, "Tổ dân phố"),
    "names of heroes behind the word": _of([f"Thôn {name}" for name in HEROES], FEW),
    "names of heroes, one household each": _of([f"Tổ dân phố {name}" for name in HEROES], ONES, "Tổ dân phố"),
    "names of heroes without the word": _of(HEROES, [(50, 7, 3), (120, 9, 4)], "Khu phố"),
    "named after somebody": _of(["Làng Ông Bình", "Xóm Bà Năm", "Ấp Ông Trịnh", "Ấp Bà Tồn"], FEW, "Ấp"),
    "a column of the official in charge": titled(
        ["TT", "Thôn", *COUNTED, "Người phụ trách", "Điện thoại"],
        [
            (number, name, *FEW[number % 6], f"{hero} Mẫu", "0905 123 456")
            for number, (name, hero) in enumerate(zip(NUMBERED, HEROES, strict=False))
        ],
    ),
    "a column of money": titled(
        ["TT", "Thôn", *COUNTED, "Kinh phí"],
        [(number, name, *ONES[number % 2], 123456700 + 100 * number) for number, name in enumerate(NUMBERED)],
    ),
    "only numbers for names": _of([str(number) for number in range(1, 9)], FEW, "Tổ dân phố"),
    "no poor household at all": _of(NUMBERED, [(4, 0, 0), (2, 0, 0)]),
    "signed by three persons": [
        *_of(NUMBERED, FEW),
        [],
        [None, "Người lập biểu", None, "Kế toán", "CHỦ TỊCH"],
        ["(Ký, ghi rõ họ tên)"],
        [None, "Nguyễn Văn Mẫu", None, "Alăng Thị Ví", "Trần Thị Dụ"],
    ],
}


def codes(reading: FilesRead) -> list[str]:
    return [finding.kind.code for finding in pipeline.check(reading)]


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_table_of_tiny_villages_is_read(name: str, tmp_path: Path) -> None:
    reading = pipeline.read([str(write_sheet(tmp_path / "bieu.xlsx", [list(row) for row in CLEAN[name]]))])
    assert "F017" not in codes(reading)
    assert len(reading.observations) >= 4


def test_there_are_at_least_ten_clean_tables() -> None:
    assert len(CLEAN) >= 10


@pytest.mark.parametrize(
    ("unit", "names"),
    [
        ("96", ("Xã Nguyễn Việt Khái", "Xã Hồ Thị Kỷ", "Xã Nguyễn Phích")),
        ("96", ("Nguyễn Việt Khái", "Hồ Thị Kỷ", "Nguyễn Phích")),
        ("31", ("Xã Việt Hải", "Xã Gia Luận", "Xã Phù Long")),
    ],
)
def test_communes_that_bear_names_of_persons_and_those_of_islands_are_read(
    unit: str, names: Sequence[str], tmp_path: Path
) -> None:
    rows: list[list[Value]] = [["UBND TỈNH"], [TITLE[1].replace("2023", "2024")], ["TT", "Đơn vị", *COUNTED]]
    rows += [[number, name, *FEW[number % 6]] for number, name in enumerate(names)]
    options = ReadingOptions(unit=unit)
    reading = pipeline.read([str(write_sheet(tmp_path / "bieu.xlsx", rows))], options)
    assert "F017" not in codes(reading)
    assert len(reading.observations) == len(names)


def test_a_canonical_table_of_villages_with_codes_of_twelve_digits_is_read(tmp_path: Path) -> None:
    path = tmp_path / "thon.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("unit_code", "unit_name", "level", "parent_code", "year", "households", "poor_households"))
        writer.writerows(
            (f"4950520455{number:02}", f"Thôn {number}", "village", "20455", 2023, number % 3 + 1, number % 2)
            for number in range(1, 20)
        )
    reading = pipeline.read([str(path)])
    assert "F017" not in codes(reading)
    assert len(reading.observations) == 19
