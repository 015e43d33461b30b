"""Make the inputs of the benchmarks in bench-output/, unless they are there: `python benchmarks/generate.py`.

Four Mẫu 08 workbooks of a district, half a million village rows × 20 columns as workbook and as canonical CSV, 500
Mẫu 08 of communes, the 130 of one province of two tiers, tables of 500 communes and of all communes of the country,
with what an analyst's script must be told of these, and tables and folders that double in size.
They are clean: what is measured is reading and checking, not the printing of findings. Only the workbook to be
annotated has a mistake in every fiftieth of its 5,000 rows. Inputs made from other unit tables than the present ones
are made anew: units that are gone would give findings.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Final

import analyst_tables
from forms import canonical, mau_08
from forms.model import Area, FormOptions, FormRow, Rates, Sums
from inputs import (
    CLASSES,
    COMMUNES,
    DISTRICT,
    FAULTY,
    FOLDER,
    FOLDERS,
    IMPORTED,
    MOVED,
    NATION,
    NATION_CSV,
    PROVINCE,
    REPORTED,
    STEPS,
    TABLES,
    TABLES_STAMP,
    VILLAGES_CSV,
    VILLAGES_XLSX,
    YEARS,
)
from sample_figures import dong_giang
from thidua_cli.model import year_end
from thidua_cli.units.tables import bundled

VILLAGES: Final = 125_000
FAULTY_VILLAGES: Final = 1_250
COMMUNE_FILES: Final = 500
FILES_OF_STEP: Final = 125
PROVINCE_CODE: Final = "40"
TWO_TIERS: Final = 2025
"""Nghệ An has 130 communes at the first year-end without districts."""
VILLAGES_OF_COMMUNE: Final = 12
COLUMNS: Final = (
    *("unit_code", "year", "unit_name", "level", "parent_code", "poverty_line", "status"),
    *("households", "poor_households", "near_poor_households", "minority_households", "minority_poor_households"),
    *("poor_opening", "poor_to_near_poor", "poor_to_non_poor", "poor_decrease_other"),
    *("poor_from_near_poor", "poor_relapsed", "poor_new", "poor_increase_other"),
)


def _forget_inputs_of_other_tables() -> None:
    tables = sorted(Path(str(files("thidua_cli") / "data" / "units")).rglob("*.csv"))
    stamp = hashlib.sha256(b"".join(path.read_bytes() for path in tables)).hexdigest()
    if not TABLES_STAMP.exists() or TABLES_STAMP.read_text("ascii") != stamp:
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir()
        TABLES_STAMP.write_text(stamp, "ascii")


def _write_commune_files(folder: Path, year: int, codes: Sequence[str]) -> None:
    """Write one Mẫu 08 per commune, of one year."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tables = bundled()
    for code in codes:
        commune = tables.get(code, year_end(year))
        assert commune is not None
        above = [unit.name for unit in tables.ancestors(commune, year_end(year))]
        options = FormOptions(
            year=year,
            agency="\n".join(["UBND " + commune.name, *above]),
            rates=Rates.NONE,
            sums=Sums.NUMBER,
            place_and_date=f"ngày 15 tháng 12 năm {year}",
        )
        mau_08.write(folder / f"Mau-08_{code}_{year}.xlsx", list(_village_form_rows(int(code))), options)


def _village_form_rows(commune: int) -> Iterator[FormRow]:
    for village in range(1, VILLAGES_OF_COMMUNE + 1):
        households = 90 + (commune + 7 * village) % 80
        poor, near_poor = 10 + (commune + village) % 20, 5 + village % 9
        counts = (households, households * 4, poor, poor * 4, near_poor, near_poor * 4)
        yield FormRow(f"Thôn {village}", *counts, area=Area.RURAL)


def _with_mistakes(rows: Iterator[canonical.Row]) -> Iterator[canonical.Row]:
    for number, row in enumerate(rows):
        yield row if number % 50 else {**row, "households": 20}


def village_rows(villages: int) -> Iterator[canonical.Row]:
    """Yield one row per village and year-end, year by year, under communes that stand at all of those year-ends."""
    communes = _lasting_communes()
    for year in YEARS:
        for village in range(villages):
            ordinal, commune = divmod(village, len(communes))
            yield _village_row(communes[commune], ordinal + 1, year, village)


def commune_rows() -> Iterator[canonical.Row]:
    """Yield one row per commune and year-end, year by year, of all communes that stand at each."""
    tables = bundled()
    for year in YEARS:
        for unit in tables.communes(year_end(year)):
            number, passed = int(unit.code), year - YEARS[0]
            poor, near_poor = 160 + number % 90 - 20 * passed, 110 + number % 70 - 10 * passed
            yield {
                "unit_code": unit.code,
                "year": year,
                "unit_name": unit.name,
                "level": unit.level.value,
                "parent_code": unit.parent_code,
                "poverty_line": "2022-2025",
                "status": "final",
                "households": 1500 + number % 900 + 5 * passed,
                "poor_households": poor,
                "near_poor_households": near_poor,
                "minority_households": 300 + number % 200,
                "minority_poor_households": poor // 3,
            }


def _lasting_communes() -> list[str]:
    """Return the communes that stand at all year-ends with one area, so that their figures may be compared."""
    tables, first, last = bundled(), year_end(YEARS[0]), year_end(YEARS[-1])
    lasting = []
    for unit in tables.communes(last):
        since = tables.area_since(unit.code, last)
        if since is not None and since <= first and all(tables.get(unit.code, year_end(year)) for year in YEARS):
            lasting.append(unit.code)
    return sorted(lasting)


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


def main() -> None:
    """Write each input that is missing; all of them where the unit tables have changed."""
    _forget_inputs_of_other_tables()
    IMPORTED.parent.mkdir(parents=True, exist_ok=True)
    for year, path in zip(YEARS, DISTRICT, strict=True):
        if not path.exists():
            mau_08.write(path, dong_giang.rows(year), FormOptions(year=year))
    for path, write in INPUTS.items():
        if not path.exists():
            print(f"writing {path}", flush=True)
            unfinished = path.with_suffix(f".part{path.suffix}")
            path.parent.mkdir(exist_ok=True)
            write(unfinished)
            unfinished.rename(path)
    if not CLASSES.exists():
        print(f"writing {MOVED}, {CLASSES}", flush=True)
        analyst_tables.write(NATION_CSV, YEARS[-1], MOVED, CLASSES)


def _write_villages_csv(path: Path) -> None:
    canonical.write_csv(path, village_rows(VILLAGES), COLUMNS)


def _write_villages_xlsx(path: Path) -> None:
    canonical.write_xlsx(path, village_rows(VILLAGES), COLUMNS)


def _write_faulty(path: Path) -> None:
    canonical.write_xlsx(path, _with_mistakes(village_rows(FAULTY_VILLAGES)), COLUMNS)


def _write_nation(path: Path) -> None:
    canonical.write_xlsx(path, commune_rows(), COLUMNS[:12])


def _write_nation_csv(path: Path) -> None:
    canonical.write_csv(path, commune_rows(), COLUMNS[:12])


def _write_reported(path: Path) -> None:
    reported = set(_lasting_communes()[:COMMUNE_FILES])
    canonical.write_xlsx(path, (row for row in commune_rows() if row["unit_code"] in reported), COLUMNS[:12])


def _write_communes(folder: Path, files: int = COMMUNE_FILES) -> None:
    _write_commune_files(folder, YEARS[-1], _lasting_communes()[:files])


def _write_province(folder: Path) -> None:
    communes = bundled().communes(year_end(TWO_TIERS), PROVINCE_CODE)
    _write_commune_files(folder, TWO_TIERS, [commune.code for commune in communes])


def _write_part_of_nation(path: Path, step: int) -> None:
    """Write so many eighths of all communes: every so many-th, so that all provinces are in each."""
    codes = sorted({str(row["unit_code"]) for row in commune_rows()})
    kept = {code for place, code in enumerate(codes) if place % STEPS[-1] < step}
    canonical.write_csv(path, (row for row in commune_rows() if row["unit_code"] in kept), COLUMNS[:12])


INPUTS: Final[Mapping[Path, Callable[[Path], None]]] = {
    VILLAGES_CSV: _write_villages_csv,
    VILLAGES_XLSX: _write_villages_xlsx,
    FAULTY: _write_faulty,
    NATION: _write_nation,
    NATION_CSV: _write_nation_csv,
    REPORTED: _write_reported,
    COMMUNES: _write_communes,
    PROVINCE: _write_province,
    **{path: partial(_write_part_of_nation, step=step) for step, path in zip(STEPS, TABLES, strict=True)},
    **{path: partial(_write_communes, files=FILES_OF_STEP * step) for step, path in zip(STEPS, FOLDERS, strict=True)},
}


if __name__ == "__main__":
    main()
