"""Cells of a form whose figure is dressed otherwise than as a plain number; exactly one known mistake each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook

from forms.corpus_layouts import AGENCY, HEADER
from forms.corpus_planted import YEAR, Place, Planted
from sample_figures import dong_giang

Cell = str | int | float | date | None
_DAY_ZERO: Final = date(1899, 12, 30)
_FIRST: Final = 4
"""Sheet row of the first unit."""
_SONG_KON: Final = 2
_LARGE: Final = 6
"""Index of a unit with more than a thousand households."""
_HOUSEHOLDS, _POOR, _RATE = 2, 3, 5
_LETTERS: Final = "ABCDEF"


def _rows() -> list[list[Cell]]:
    return [
        [
            number,
            row.name,
            row.households,
            int(str(row.poor)),
            int(str(row.near_poor)),
            round(100 * int(str(row.poor)) / row.households, 2),
        ]
        for number, row in enumerate(dong_giang.rows(YEAR), start=1)
        if isinstance(row.households, int)
    ]


def _written(folder: Path, rows: Sequence[Sequence[Cell]], rate: str = "Tỷ lệ hộ nghèo") -> None:
    with Workbook(str(folder / "bieu.xlsx"), {"strings_to_numbers": False}) as workbook:
        sheet, day = workbook.add_worksheet("Biểu"), workbook.add_format({"num_format": "dd/mm/yyyy"})
        header = [*HEADER, rate]
        for number, row in enumerate(([AGENCY], [f"Năm rà soát: {YEAR}"], header, *rows)):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_number(number, column, (cell - _DAY_ZERO).days, day)
                else:
                    sheet.write(number, column, cell)


def _cell(code: str, mistake: str, row: int, column: int, dress: Callable[[int], Cell]) -> Planted:
    """Write one figure otherwise."""

    def write(folder: Path) -> Place:
        rows = _rows()
        rows[row][column] = dress(int(float(str(rows[row][column]))))
        _written(folder, rows)
        return Place("bieu.xlsx", "Biểu", f"{_LETTERS[column]}{_FIRST + row}")

    return Planted(code, mistake, write)


def _words_for_rates(folder: Path) -> Place:
    _written(folder, [[*row[:_RATE], "xem biểu 2"] for row in _rows()])
    return Place("bieu.xlsx", "Biểu", f"F{_FIRST}")


def _poor_called_multidimensional(folder: Path) -> Place:
    _written(folder, _rows(), "Tỷ lệ hộ nghèo đa chiều")
    return Place("bieu.xlsx", "Biểu", f"F{_FIRST}")


IN_VALUES: Final = (
    _cell("V001", "two lines in one cell", _SONG_KON, _POOR, lambda count: f"{count}\n1"),
    _cell("V001", "a fraction that became a day", _SONG_KON, _POOR, lambda count: date(YEAR, 5, 12)),
    _cell("V003", "thousands parted by a space", _LARGE, _HOUSEHOLDS, lambda count: f"{count:,}".replace(",", " ")),
    _cell("V009", "what a formula left over", _SONG_KON, _POOR, lambda count: count - 6e-14),
    _cell(
        "V010",
        "a count formatted as a day",
        _SONG_KON,
        _POOR,
        lambda count: date.fromordinal(_DAY_ZERO.toordinal() + count),
    ),
    _cell("V011", "a semicolon for the comma", _SONG_KON, _RATE, lambda percent: f"{percent};5"),
    _cell("V011", "a rate that became a day", _SONG_KON, _RATE, lambda percent: date(YEAR, 6, 4)),
    Planted("V011", "words in a whole column of rates", _words_for_rates),
    Planted("V012", "the rate of the poor headed as the multidimensional one", _poor_called_multidimensional),
)
