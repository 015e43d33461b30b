"""The clean sets of files: without an error or a warning, near the thresholds, of every tier, form and rule file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from doubts.books import Book, Cell, loaded, text_table
from doubts.figures import NEAR_POOR_MOVEMENT, POOR_MOVEMENT, Counts, halving, minority, movements, near
from forms import mau_08, mau_09
from forms.model import Area, Arrangement, FormOptions, FormRow, Rates, Sums
from sample_figures import quan_1
from thidua_cli.inputs import Inputs, load_boundaries, load_inputs
from thidua_cli.model import Unit, year_end
from thidua_cli.units.tables import bundled

YEARS: Final = (2021, 2022, 2023, 2024)
RULES: Final = Path(__file__).parent / "rules"
OWN: Final = str(RULES / "own-plan.toml")
OWN_2025: Final = str(RULES / "own-plan-2025.toml")
CITY_LINE: Final = "ha-noi-2022-2025"

_TYPED: Final = FormOptions(rates=Rates.PERCENT, sums=Sums.NUMBER, signature=False)
Figures = Mapping[str, Mapping[int, Counts]]
"""Name of a unit → year-end → its counts."""


@dataclass(frozen=True, slots=True)
class CleanSet:
    """Files that hang together, and what they are judged by."""

    name: str
    books: tuple[Book, ...]
    as_of: int
    rules: tuple[str, ...]
    """Ids and paths of rule files: each is asked for verdicts and for targets, where it has any."""
    classes: tuple[tuple[str, str], ...] = ()
    """(unit code, class) of the lists a user would bring."""
    shares: tuple[tuple[Cell, ...], ...] = ()
    """Lines of a file of shares of divided units; none where nothing was divided."""

    def inputs(self, folder: Path) -> tuple[Inputs, ...]:
        """Write the lists below `folder` and load every rule file with them."""
        lists = folder / "lists"
        lists.mkdir(parents=True, exist_ok=True)
        classes = [("unit_code", "class", "source"), *((*line, "invented") for line in self.classes)]
        class_files = [_write(lists / "classes.csv", classes)] if self.classes else []
        share_files = [_write(lists / "shares.csv", self.shares)] if self.shares else []
        boundaries = load_boundaries(share_files=share_files)
        return tuple(load_inputs(rules, class_files, boundaries=boundaries) for rules in self.rules)


def _write(path: Path, rows: Iterable[Sequence[Cell]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    return path


# ---------------------------------------------------------------- Mẫu 08


def _communes(district: str, year: int = 2024) -> list[Unit]:
    return list(bundled().children(district, year_end(year)))


def _row(name: str, counts: Counts, depth: int = 1, area: Area | None = None) -> FormRow:
    households, poor, near_poor = counts
    where = area or (Area.RURAL if name.startswith(("Xã", "Huyện", "Thôn")) else Area.URBAN)
    persons = (households * 41 // 10, poor * 43 // 10, near_poor * 42 // 10)
    return FormRow(name, households, persons[0], poor, persons[1], near_poor, persons[2], area=where, depth=depth)


def _form(name: str, rows: Sequence[FormRow], options: FormOptions) -> Book:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        mau_08.write(path, rows, options)
        return loaded(path, name)


def _of(units: Iterable[Unit], points: float, size: int = 600) -> dict[str, dict[int, Counts]]:
    return {unit.name: near(unit.code, YEARS, points, size) for unit in units}


def _district(rows: Figures, options: FormOptions) -> tuple[Book, ...]:
    return tuple(
        _form(
            f"mau-08-{year}.xlsx", [_row(name, counts[year]) for name, counts in rows.items()], options.with_year(year)
        )
        for year in YEARS
    )


def district_printed() -> CleanSet:
    """A district by area, with typed totals and printed rates."""
    units = _communes("505")
    books = _district(_of(units, 4), replace(_TYPED, agency="UBND HUYỆN ĐÔNG GIANG"))
    areas = tuple((unit.code, f"area_{1 + number % 3}") for number, unit in enumerate(units))
    return CleanSet("district, rates printed", books, 2024, ("qd-666-ttg", OWN), (*areas, ("505", "poor_district")))


def district_plain() -> CleanSet:
    """A district of few communes, by area, with totals and no rates; the counts of communes are texts with dots."""
    units = _communes("519")
    options = replace(_TYPED, agency="UBND HUYỆN NÔNG SƠN", rates=Rates.NONE, counts_as_text=True)
    books = _district(_of(units, 4, 1100), options)
    classes = [(unit.code, "coastal_commune" if number % 2 else "area_1") for number, unit in enumerate(units)]
    return CleanSet("district, no rates", books, 2024, ("qd-666-ttg", OWN), (*classes, ("519", "not_poor_district")))


def province_by_area() -> CleanSet:
    """A province of districts, each in both sections: its figure is the sum of two rows."""
    books = []
    units = _communes("58")
    figures = _of(units, 2, 1500)
    for year in YEARS:
        rows = []
        for unit in units:
            whole = figures[unit.name][year]
            urban = Counts(*(count * 3 // 10 for count in whole))
            rural = Counts(*(count - part for count, part in zip(whole, urban, strict=True)))
            rows += [_row(unit.name, urban, area=Area.URBAN), _row(unit.name, rural, area=Area.RURAL)]
        options = replace(_TYPED, agency="UBND TỈNH NINH THUẬN").with_year(year)
        books.append(_form(f"tinh-{year}.xlsx", rows, options))
    rules = ("qd-666-ttg", "ninh-thuan-2870", OWN)
    return CleanSet("province of districts", tuple(books), 2024, rules)


def province_numbered() -> CleanSet:
    """A province with its districts and their communes, numbered 1, 1.1, 1.2 …, with printed rates."""
    books, province = [], "95"
    for year in YEARS:
        rows = []
        for district in _communes(province, year):
            children = [(unit.name, near(unit.code, YEARS, 3)[year]) for unit in _communes(district.code, year)]
            rows.append(_row(district.name, Counts.total([counts for _, counts in children])))
            rows += [_row(name, counts, depth=2) for name, counts in children]
        options = replace(_TYPED, agency="UBND TỈNH BẠC LIÊU", arrangement=Arrangement.NUMBERING).with_year(year)
        books.append(_form(f"bac-lieu-{year}.xlsx", rows, options))
    return CleanSet("province with communes", tuple(books), 2024, ("qd-666-ttg", OWN))


def two_tiers() -> CleanSet:
    """A province of today: its communes, no districts, one year-end."""
    units = _communes("12", 2025)
    rows = [_row(unit.name, halving(unit.code, (2021, 2025))[2025]) for unit in units]
    options = replace(_TYPED, agency="UBND TỈNH LAI CHÂU").with_year(2025)
    return CleanSet("province of two tiers", (_form("lai-chau-2025.xlsx", rows, options),), 2025, (OWN_2025,))


def commune_folder() -> CleanSet:
    """A folder of communes' own files, with their villages, one per year-end."""
    books = []
    units = _communes("505")[1:4]
    for unit in units:
        villages = {f"Thôn {name}": near(f"{unit.code}-{name}", YEARS, 4, 150) for name in ("A Réh", "Pà Nai", "Bốn")}
        for year in YEARS:
            agency = f"UBND {unit.name.upper()}\nHUYỆN ĐÔNG GIANG"
            options = replace(_TYPED, agency=agency, rates=Rates.TEXT).with_year(year)
            rows = [_row(name, counts[year]) for name, counts in villages.items()]
            books.append(_form(f"xa/{unit.code}-{year}.xlsx", rows, options))
    classes = tuple((unit.code, "area_3") for unit in units)
    return CleanSet("folder of communes", tuple(books), 2024, ("qd-666-ttg", OWN), classes)


# ---------------------------------------------------------------- Mẫu 09 and 10


def district_movement() -> CleanSet:
    """A district with Mẫu 08 of four year-ends and Mẫu 09 and 10 of the years between."""
    units = _communes("519")
    figures = _of(units, 4)
    options = replace(_TYPED, agency="UBND HUYỆN NÔNG SƠN", rates=Rates.NONE)
    books = [*_district(figures, options), *_movement_books(figures)]
    classes = tuple((unit.code, "area_2") for unit in units)
    return CleanSet("Mẫu 08, 09 and 10", tuple(books), 2024, ("qd-666-ttg", OWN), classes)


def _movement_books(figures: Figures) -> Iterator[Book]:
    for year in YEARS[1:]:
        for form, columns in (("09", POOR_MOVEMENT), ("10", NEAR_POOR_MOVEMENT)):
            rows = []
            for name, counts in figures.items():
                moved = movements(f"{name}-{year}", counts[year - 1], counts[year])
                area = Area.RURAL if name.startswith("Xã") else Area.URBAN
                rows.append(mau_09.MovementRow(name, [moved[column] for column in columns], area=area))
            yield _movement(f"mau-{form}-{year}.xlsx", rows, form, year)


def _movement(name: str, rows: Sequence[mau_09.MovementRow], form: str, year: int) -> Book:
    options = mau_09.MovementOptions(form=form, year=year, agency="UBND HUYỆN NÔNG SƠN", signature=False)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        mau_09.write(path, rows, options)
        return loaded(path, name)


# ---------------------------------------------------------------- canonical files

_COLUMNS: Final = ("unit_code", "year", "households", "poor_households", "near_poor_households")
_MINORITY: Final = ("minority_households", "minority_poor_households", "minority_near_poor_households")


def csv_district() -> CleanSet:
    """A district and its communes as one canonical file, with the movements of every year."""
    units = _communes("519")
    figures = {unit.code: near(unit.code, YEARS) for unit in units}
    moving = [*POOR_MOVEMENT[:-1], *NEAR_POOR_MOVEMENT[:-1]]
    rows: list[list[Cell]] = []
    for year in YEARS:
        moves = {
            code: movements(f"{code}-{year}", counts[year - 1], counts[year]) if year > YEARS[0] else {}
            for code, counts in figures.items()
        }
        total = {name: sum(move[name] for move in moves.values()) for name in moving} if year > YEARS[0] else {}
        whole = Counts.total([counts[year] for counts in figures.values()])
        rows.append(["519", year, *whole, *(total.get(name) for name in moving)])
        for code, counts in figures.items():
            rows.append([code, year, *counts[year], *(moves[code].get(name) for name in moving)])
    book = text_table("nong-son.csv", [(*_COLUMNS, *moving), *rows])
    classes = (*((unit.code, "area_1") for unit in units), ("519", "not_poor_district"))
    return CleanSet("canonical, movements", (book,), 2024, ("qd-666-ttg", OWN), classes)


def csv_province() -> CleanSet:
    """A province and its districts as a canonical file, with the counts of ethnic minorities."""
    rows: list[list[Cell]] = []
    for year in YEARS:
        total = []
        for unit in _communes("40", year):
            counts = near(unit.code, YEARS, 3, 4000)
            total.append((unit.code, [*counts[year], *minority(counts, unit.code)[year]]))
        rows.append(["40", year, *(sum(column) for column in zip(*(values for _, values in total), strict=True))])
        rows += [[code, year, *values] for code, values in total]
    book = text_table("nghe-an.csv", [(*_COLUMNS, *_MINORITY), *rows])
    classes = tuple((unit.code, "mountain") for unit in _communes("40")[3:9])
    return CleanSet("canonical, province", (book,), 2024, ("nghe-an-834", "qd-666-ttg"), classes)


def csv_city() -> CleanSet:
    """The city of Hà Nội on its own poverty line, with its districts, persons of merit and relapses."""
    columns = (*_COLUMNS, "merit_poor_households", "poor_relapsed", "poverty_line")
    rows: list[list[Cell]] = []
    for year in YEARS:
        total = []
        for number, unit in enumerate(_communes("01", year)):
            counts = halving(unit.code, YEARS, 1500)[year]
            if unit.type == "quận" and number % 3 == 0:
                counts = counts._replace(poor=max(0, 44 - 22 * (year - YEARS[0])))
            total.append((unit.code, [*counts, counts.poor // 9, number % 4]))
        rows.append(
            ["01", year, *(sum(column) for column in zip(*(values for _, values in total), strict=True)), CITY_LINE]
        )
        rows += [[code, year, *values, CITY_LINE] for code, values in total]
    book = text_table("ha-noi.csv", [columns, *rows])
    return CleanSet("canonical, Hà Nội", (book,), 2024, ("ha-noi-251", "ha-noi-51", "ha-noi-2022-2025"))


def csv_small_province() -> CleanSet:
    """A province with its eight districts: what is due at the end of 2025 is judged by its pace."""
    rows: list[list[Cell]] = []
    for year in YEARS:
        counts = [(unit.code, near(unit.code, YEARS, 2, 2500)[year]) for unit in _communes("27", year)]
        rows.append(["27", year, *Counts.total([values for _, values in counts])])
        rows += [[code, year, *values] for code, values in counts]
    book = text_table("bac-ninh.csv", [_COLUMNS, *rows])
    return CleanSet("canonical, Bắc Ninh", (book,), 2024, ("bac-ninh-416", "qd-666-ttg"))


def csv_named_districts() -> CleanSet:
    """Districts that a decision names, near what it asks of them."""
    rows: list[list[Cell]] = []
    for code in ("031", "184", "150"):
        rows += [[code, year, *counts] for year, counts in near(code, YEARS, 6, 9000).items()]
    return CleanSet("canonical, named districts", (text_table("880.csv", [_COLUMNS, *rows]),), 2024, ("qd-880-ttg",))


def csv_country() -> CleanSet:
    """The country alone, with the counts of ethnic minorities."""
    counts = near("VN", YEARS, 1, 900_000)
    of_minorities = minority(counts, "VN")
    rows: list[list[Cell]] = [["VN", year, *counts[year], *of_minorities[year]] for year in YEARS]
    book = text_table("ca-nuoc.csv", [(*_COLUMNS, *_MINORITY), *rows])
    return CleanSet("canonical, country", (book,), 2024, ("qd-90-ttg",))


def csv_country_2026() -> CleanSet:
    """The country in the first year of the next programme."""
    rows: list[list[Cell]] = [
        ["VN", year, *counts] for year, counts in near("VN-2026", (2025, 2026), 1, 900_000).items()
    ]
    return CleanSet("canonical, 2026", (text_table("2026.csv", [_COLUMNS, *rows]),), 2026, ("qd-417-bnnmt",))


def csv_merged_provinces() -> CleanSet:
    """Provinces of 2025 and those they were put together from, a year before."""
    rows: list[list[Cell]] = []
    for code, former in (("66", ("66", "54")), ("25", ("25", "17", "26"))):
        parts = {part: near(part, (2024, 2025), 3, 40_000) for part in former}
        rows += [[part, 2024, *counts[2024]] for part, counts in parts.items()]
        rows.append([code, 2025, *Counts.total([counts[2025] for counts in parts.values()])])
    book = text_table("tinh-2025.csv", [_COLUMNS, *rows])
    return CleanSet("canonical, merged provinces", (book,), 2025, ("dak-lak-2025", "phu-tho-2025", "lao-cai-2025"))


def csv_old_line() -> CleanSet:
    """A province on the poverty line before the present one."""
    rows: list[list[Cell]] = [
        ["62", year, *counts, "2016-2020"] for year, counts in near("62", (2020, 2021), 3, 30_000).items()
    ]
    book = text_table("kon-tum.csv", [(*_COLUMNS, "poverty_line"), *rows])
    return CleanSet("canonical, the line before", (book,), 2021, ("kon-tum-2021",))


def divided_wards() -> CleanSet:
    """The wards of a district before and after the reform of 2025, with shares of the three that were divided."""
    columns = ("unit_code", "year", "parent_code", "households", "poor_households", "near_poor_households")
    rows: list[list[Cell]] = [[row[column] for column in columns] for row in quan_1.rows()]
    shares = ((*quan_1.SHARE_COLUMNS,), *quan_1.shares())
    book = text_table("quan-1.csv", [columns, *rows])
    return CleanSet("divided wards", (book,), 2025, ("qd-666-ttg", OWN_2025), shares=shares)


MAKERS: Final[Mapping[str, Callable[[], CleanSet]]] = {
    make.__name__: make
    for make in (
        district_printed,
        district_plain,
        province_by_area,
        province_numbered,
        two_tiers,
        commune_folder,
        district_movement,
        csv_district,
        csv_province,
        csv_city,
        csv_small_province,
        csv_named_districts,
        csv_country,
        csv_country_2026,
        csv_merged_provinces,
        csv_old_line,
        divided_wards,
    )
}
"""Name → what makes the set."""
