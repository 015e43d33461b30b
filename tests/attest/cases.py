"""Attestation sheets as a person fills them in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.program import Outcome, thidua

RULES = ("--rules", "qd-666-ttg")
PROVINCES = "Cấp tỉnh"
BY = {"F": "Trần Văn Bình", "G": "Phó Chủ tịch UBND tỉnh", "H": date(2025, 1, 5), "I": "12/BC-UBND"}
"""Who attested, the position, the day, the document."""


def template(folder: Path, *files: Path, options: tuple[str, ...] = ()) -> Path:
    """The empty sheet for the units of the files."""
    path = folder / "phieu.xlsx"
    outcome = thidua("attest", "template", *files, *RULES, "-o", path, "--force", *options)
    assert outcome.status == 0
    assert outcome.err.startswith(f"Đã ghi {path} (sổ tính Excel): ")
    assert outcome.err.count("\n") == 1
    return path


def opened(path: Path) -> Workbook:
    """The workbook as openpyxl sees it."""
    return openpyxl.load_workbook(BytesIO(path.read_bytes()))


def sheet(path: Path, name: str) -> Worksheet:
    """One sheet of the workbook."""
    found = opened(path)[name]
    assert isinstance(found, Worksheet)
    return found


def filled(empty: Path, cells: Mapping[str, Mapping[str, Any]]) -> Path:
    """The sheet with these cells filled in: name of the sheet → cell → value; saved beside the empty one."""
    book = opened(empty)
    for name, values in cells.items():
        for cell, value in values.items():
            book[name][cell] = value
    path = empty.with_name("da-dien.xlsx")
    book.save(path)
    return path


def answer(row: int, state: str) -> dict[str, Any]:
    """One row of a unit's sheet, whole."""
    return {f"E{row}": state, **{f"{column}{row}": value for column, value in BY.items()}}


def judged(figures: Path, attested: Path, *options: str) -> Outcome:
    """What `thidua eligible` says with the sheet."""
    return thidua("eligible", figures, *RULES, "--as-of", "2024", "--attest", attested, *options)
