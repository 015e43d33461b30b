"""Tables of movement (Mẫu 09, 10) with exactly one known mistake each: within one form, or between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from forms import mau_08, mau_09
from forms.corpus_layouts import figures
from forms.corpus_planted import SHEET, SONG_KON, YEAR, Place, Planted
from forms.mau_09 import MovementOptions, MovementRow
from forms.model import Area, FormOptions, Sums
from sample_figures import dong_giang

POOR_FILE: Final = f"Mau-09_{YEAR}.xlsx"
POOR_SHEET: Final = "Mẫu 09"
_BECAME_NEAR_POOR: Final = 12
"""Households of every unit that went from poor to near-poor."""
_NAME: Final = list(dong_giang.COUNTS)[SONG_KON]


def _poor(folder: Path, *, closing_more: int = 0, opening_more: int = 0, became_near_poor: int = 0) -> dict[str, int]:
    """Write Mẫu 09, with Xã Sông Kôn's row off by so many; return name → sheet row."""
    rows = []
    for (_, name, _, opening, _), (_, _, _, closing, _) in _units():
        crossed = _BECAME_NEAR_POOR
        if name == _NAME:
            opening, closing, crossed = opening + opening_more, closing + opening_more, crossed + became_near_poor
        counts = [opening, crossed, opening - closing - crossed, 0, 0, 0, 0, 0]
        rows.append(_row(name, [*counts, closing + closing_more] if name == _NAME else counts))
    return mau_09.write(folder / POOR_FILE, rows, MovementOptions(year=YEAR))


def _near_poor(folder: Path) -> None:
    """Write Mẫu 10: from poor in its column 5 what Mẫu 09 has in its column 2."""
    rows = []
    for (_, name, _, _, opening), (_, _, _, _, closing) in _units():
        left = opening + _BECAME_NEAR_POOR - closing
        rows.append(_row(name, [opening, 0, left, 0, _BECAME_NEAR_POOR, 0, 0, 0]))
    options = MovementOptions(form="10", year=YEAR)
    mau_09.write(folder / f"Mau-10_{YEAR}.xlsx", rows, options)


def _units() -> list[tuple[tuple[str, str, int, int, int], tuple[str, str, int, int, int]]]:
    """Return the units of the district a year before and now."""
    return list(zip(figures(YEAR - 1)[1:], figures(YEAR)[1:], strict=True))


def _row(name: str, counts: Sequence[int]) -> MovementRow:
    return MovementRow(name, counts, area=Area.RURAL if name.startswith("Xã") else Area.URBAN)


def _unbalanced(folder: Path) -> Place:
    rows = _poor(folder, closing_more=5)
    return Place(POOR_FILE, POOR_SHEET, f"L{rows[_NAME]}")


def _crossing_differs(folder: Path) -> Place:
    rows = _poor(folder, became_near_poor=9)
    _near_poor(folder)
    return Place(POOR_FILE, POOR_SHEET, f"E{rows[_NAME]}")


def _forms_differ(folder: Path) -> Place:
    mau_08.write(folder / f"Mau-08_{YEAR}.xlsx", dong_giang.rows(YEAR), FormOptions(year=YEAR, sums=Sums.NUMBER))
    rows = _poor(folder, opening_more=2)
    return Place(POOR_FILE, POOR_SHEET, f"L{rows[_NAME]}")


def write_clean(folder: Path) -> None:
    """Write Mẫu 08, 09 and 10 of one year that agree with each other."""
    mau_08.write(folder / f"Mau-08_{YEAR}.xlsx", dong_giang.rows(YEAR), FormOptions(year=YEAR, sheet_name=SHEET))
    _poor(folder)
    _near_poor(folder)


IN_MOVEMENT: Final = (
    Planted("L003", "households that came from nowhere", _unbalanced),
    Planted("L005", "another number of households that became near-poor", _crossing_differs),
    Planted("L006", "another count of poor than the results have", _forms_differ),
)
