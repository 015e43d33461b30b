"""Make the inputs of the benchmarks in bench-output/, unless they are there: `python benchmarks/generate.py`.

Four Mẫu 08 workbooks of a district, and half a million village rows × 20 columns as workbook and as canonical CSV. All
are clean: what is measured is reading and checking, not the printing of findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from forms import canonical, mau_08
from forms.model import FormOptions
from inputs import DISTRICT, FOLDER, VILLAGES_CSV, VILLAGES_XLSX, YEARS
from sample_figures import dong_giang
from thidua_cli.model import year_end
from thidua_cli.units.tables import bundled

VILLAGES: Final = 125_000
COLUMNS: Final = (
    *("unit_code", "year", "unit_name", "level", "parent_code", "poverty_line", "status"),
    *("households", "poor_households", "near_poor_households", "minority_households", "minority_poor_households"),
    *("poor_opening", "poor_to_near_poor", "poor_to_non_poor", "poor_decrease_other"),
    *("poor_from_near_poor", "poor_relapsed", "poor_new", "poor_increase_other"),
)


def main() -> None:
    """Write each input that is missing."""
    FOLDER.mkdir(exist_ok=True)
    for year, path in zip(YEARS, DISTRICT, strict=True):
        if not path.exists():
            mau_08.write(path, dong_giang.rows(year), FormOptions(year=year))
    for path, write in ((VILLAGES_CSV, canonical.write_csv), (VILLAGES_XLSX, canonical.write_xlsx)):
        if not path.exists():
            print(f"writing {path} ({VILLAGES * len(YEARS)} rows)", flush=True)
            unfinished = path.with_suffix(f".part{path.suffix}")
            write(unfinished, village_rows(), COLUMNS)
            unfinished.rename(path)


def village_rows() -> Iterator[canonical.Row]:
    """Yield one row per village and year-end, year by year, under communes that stand at all of those year-ends."""
    communes = _lasting_communes()
    for year in YEARS:
        for village in range(VILLAGES):
            ordinal, commune = divmod(village, len(communes))
            yield _village_row(communes[commune], ordinal + 1, year, village)


def _lasting_communes() -> list[str]:
    standing = [{unit.code for unit in bundled().communes(year_end(year))} for year in YEARS]
    return sorted(set.intersection(*standing))


def _village_row(commune: str, ordinal: int, year: int, village: int) -> canonical.Row:
    """Return a village whose movement of poor households balances and goes on from the year before."""
    passed = year - YEARS[0]
    opening = 22 + village % 9 - 3 * passed
    # Each year 4 leave (2 of them to near-poor, 1 moves away) and 1 comes in.
    closing = opening - 2 - 1 - 1 + 1
    households = 110 + village % 70 + passed
    return {
        "unit_code": f"{commune}-{ordinal:03d}",
        "year": year,
        "unit_name": f"Thôn {ordinal}",
        "level": "village",
        "parent_code": commune,
        "poverty_line": "2022-2025",
        "status": "final",
        "households": households,
        "poor_households": closing,
        "near_poor_households": 12 - passed,
        "minority_households": households // 2,
        "minority_poor_households": closing // 2,
        "poor_opening": opening,
        "poor_to_near_poor": 2,
        "poor_to_non_poor": 1,
        "poor_decrease_other": 1,
        "poor_from_near_poor": 1,
        "poor_relapsed": 0,
        "poor_new": 0,
        "poor_increase_other": 0,
    }


if __name__ == "__main__":
    main()
