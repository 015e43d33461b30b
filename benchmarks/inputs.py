"""Where the inputs of the benchmarks stand, from the top of the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path("bench-output")
YEARS: Final = (2021, 2022, 2023, 2024)
DISTRICT: Final = tuple(FOLDER / f"Mau-08_Dong-Giang_{year}.xlsx" for year in YEARS)
VILLAGES_XLSX: Final = FOLDER / "villages.xlsx"
VILLAGES_CSV: Final = FOLDER / "villages.csv"
COMMUNES: Final = FOLDER / "communes"
"""A folder of one Mẫu 08 per commune, its villages in rows."""
PROVINCE: Final = FOLDER / "province"
"""A folder of one Mẫu 08 per commune of a province of two tiers, its villages in rows."""
FAULTY: Final = FOLDER / "faulty-villages.xlsx"
"""5,000 rows with a mistake in every fiftieth."""
NATION: Final = FOLDER / "nation.xlsx"
"""All communes at four year-ends."""
NATION_CSV: Final = FOLDER / "nation.csv"
"""The same rows."""
MOVED: Final = FOLDER / "moved.csv"
CLASSES: Final = FOLDER / "classes.csv"
"""What `plain_verdicts.py` is told of the units of the same rows."""
GROWTH: Final = FOLDER / "growth"
"""Tables of so many communes, folders of so many files, each twice as large as the one before."""
STEPS: Final = (1, 2, 4, 8)
TABLES: Final = tuple(GROWTH / f"communes-{step}.csv" for step in STEPS)
FOLDERS: Final = tuple(GROWTH / f"files-{step}" for step in STEPS)
REBASED: Final = FOLDER / "out" / "rebased.csv"
REPORTED: Final = FOLDER / "reported.xlsx"
"""500 communes at four year-ends, to be reported on one by one."""
PAPERS: Final = FOLDER / "papers"
"""What the benchmarks of papers write."""
IMPORTED: Final = FOLDER / "out" / "communes.csv"
ANNOTATED: Final = FOLDER / "out" / "annotated"
SAVED: Final = FOLDER / "out" / "saved.xlsx"
"""What the commands under measure write."""
VERDICTS: Final = FOLDER / "out" / "verdicts.json"
EARLIER_VERDICTS: Final = FOLDER / "out" / "earlier-verdicts.json"
PLAIN_VERDICTS: Final = FOLDER / "out" / "plain-verdicts.csv"
EARLIER: Final = Path(".venv-bench-earlier") / "bin" / "thidua"
"""The program as it was at the commit that some rows are held against (`EARLIER` in the Makefile)."""
TABLES_STAMP: Final = FOLDER / "unit-tables.sha256"
"""Which unit tables the inputs were made from."""
