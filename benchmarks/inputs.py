"""Where the inputs of the benchmarks stand, from the top of the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path("bench-output")
YEARS: Final = (2021, 2022, 2023, 2024)
DISTRICT: Final = tuple(FOLDER / f"Mau-08_Dong-Giang_{year}.xlsx" for year in YEARS)
VILLAGES_XLSX: Final = FOLDER / "villages.xlsx"
VILLAGES_CSV: Final = FOLDER / "villages.csv"
