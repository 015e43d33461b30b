"""One district's figures of several year-ends in every layout that is read, each as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from forms import canonical, mau_08
from forms.model import Arrangement, FormOptions, FormRow, Rates
from sample_figures import dong_giang

YEARS: Final = (2021, 2022, 2023)
DISTRICT: Final = ("505", "Huyện Đông Giang")
FIRST_CODE: Final = 20467
"""P Rao; the codes of the district's units go on by three in the order of its form."""
AGENCY: Final = "UBND HUYỆN ĐÔNG GIANG"
HEADER: Final = ("TT", "Tên đơn vị", "Tổng số hộ", "Số hộ nghèo", "Số hộ cận nghèo")
Cell = str | int | None


class Layout(StrEnum):
    """How a table is arranged."""

    AREA = "mau-08-by-area"
    NUMBERING = "mau-08-by-numbering"
    FLAT = "one-header-row"
    CANONICAL = "canonical"
    YEARS_AS_GROUPS = "years-beside-in-groups"
    YEARS_AS_COLUMNS = "years-beside-by-indicator"


@dataclass(frozen=True, slots=True)
class Look:
    """How a layout is filled in."""

    layout: Layout
    type_words: bool = True
    counts_as_text: bool = False
    rates: Rates = Rates.FORMULA


def figures(year: int) -> list[tuple[str, str, int, int, int]]:
    """Return the district and its units: code, name, households, poor and near-poor households."""
    units = [
        (str(FIRST_CODE + 3 * at), name, counts[0][YEARS.index(year)], counts[1][YEARS.index(year)],
         counts[2][YEARS.index(year)])
        for at, (name, counts) in enumerate(dong_giang.COUNTS.items())
    ]  # fmt: skip
    total = (sum(unit[2] for unit in units), sum(unit[3] for unit in units), sum(unit[4] for unit in units))
    return [(*DISTRICT, *total), *units]


def add_year(workbook: Workbook, year: int, look: Look, sheet_name: str) -> None:
    """Add one year-end's sheet in a layout that holds one year."""
    if look.layout is Layout.CANONICAL:
        add_canonical(workbook, [year], look, sheet_name)
    elif look.layout is Layout.FLAT:
        _add_cells(workbook, sheet_name, [*_title(f"Năm rà soát: {year}"), HEADER, *_flat_rows(year, look)])
    else:
        mau_08.add_sheet(workbook, _form_rows(year, look), _options(year, look, sheet_name))


def add_all_years(workbook: Workbook, look: Look) -> None:
    """Add the one sheet of a layout that holds all years."""
    match look.layout:
        case Layout.CANONICAL:
            add_canonical(workbook, YEARS, look, "thidua")
        case Layout.YEARS_AS_GROUPS:
            _add_year_groups(workbook, look)
        case _:
            raise ValueError(look.layout)


def add_unit(workbook: Workbook, at: int, look: Look, sheet_name: str) -> None:
    """Add one unit's sheet of one indicator per row, a column per year: "Chỉ tiêu | ĐV tính | 2021 | 2022 | 2023"."""
    years = [figures(year)[at] for year in YEARS]
    counts = zip(*([households, poor, near] for _, _, households, poor, near in years), strict=True)
    rows: list[list[Cell]] = [
        [number, indicator, "Hộ", *(_shown(count, look) for count in through_years)]
        for number, (indicator, through_years) in enumerate(zip(HEADER[2:], counts, strict=True), start=1)
    ]
    title: list[list[Cell]] = [[f"UBND {years[0][1]}"], ["Huyện Đông Giang"], ["KẾT QUẢ RÀ SOÁT HỘ NGHÈO"]]
    _add_cells(workbook, sheet_name, [*title, ["TT", "Chỉ tiêu", "ĐV tính", *YEARS], *rows])


def canonical_rows(years: Sequence[int]) -> list[canonical.Row]:
    """Return the canonical rows of the district: what every combination must be read as."""
    return [
        {
            "unit_code": code,
            "year": year,
            "unit_name": name,
            "level": "district" if code == DISTRICT[0] else "commune",
            "parent_code": "49" if code == DISTRICT[0] else DISTRICT[0],
            "poverty_line": "2022-2025",
            "status": "final",
            "households": households,
            "poor_households": poor,
            "near_poor_households": near_poor,
        }
        for year in years
        for code, name, households, poor, near_poor in figures(year)
    ]


def add_canonical(workbook: Workbook, years: Sequence[int], look: Look, sheet_name: str) -> None:
    """Add a canonical table; without type words it names nobody: the codes speak for themselves."""
    rows = canonical_rows(years)
    columns = [name for name in rows[0] if look.type_words or name != "unit_name"]
    counts = ("households", "poor_households", "near_poor_households")
    cells = [[_shown(row[name], look) if name in counts else row[name] for name in columns] for row in rows]
    _add_cells(workbook, sheet_name, [columns, *cells])


def _options(year: int, look: Look, sheet_name: str) -> FormOptions:
    numbered = look.layout is Layout.NUMBERING
    return FormOptions(
        year=year,
        sheet_name=sheet_name,
        arrangement=Arrangement.NUMBERING if numbered else Arrangement.AREA,
        rates=look.rates,
        type_words=look.type_words,
        counts_as_text=look.counts_as_text,
        total_row=not numbered,
    ).with_year(year)


def _form_rows(year: int, look: Look) -> list[FormRow]:
    (_, name, *_), *units = figures(year)
    if look.layout is Layout.NUMBERING:
        return [
            FormRow(name if look.type_words else name.upper()),
            *(dong_giang.form_row(*unit[1:], depth=2) for unit in units),
        ]
    return [dong_giang.form_row(*unit[1:]) for unit in units]


def _title(last_line: str) -> list[list[Cell]]:
    return [[AGENCY], ["TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"], [last_line]]


def _name(name: str, look: Look) -> str:
    return name if look.type_words else FormRow(name).bare_name()


def _shown(count: str | int | None, look: Look) -> Cell:
    return f"{count:,}".replace(",", ".") if look.counts_as_text and isinstance(count, int) else count


def _flat_rows(year: int, look: Look) -> list[list[Cell]]:
    own, *units = figures(year)
    rows: list[list[Cell]] = [
        [number, _name(unit[1], look), *(_shown(count, look) for count in unit[2:])]
        for number, unit in enumerate(units, start=1)
    ]
    return [*rows, [None, "Tổng cộng", *(_shown(count, look) for count in own[2:])]]


def _add_year_groups(workbook: Workbook, look: Look) -> None:
    """One unit per row, a heading group per indicator over a column per year: "Số hộ nghèo › 2021 | 2022 | 2023"."""
    rows: list[list[Cell]] = [*_title("Giai đoạn 2021-2023")]
    top = len(rows)
    rows.append([*HEADER[:2], *(cell for heading in HEADER[2:] for cell in (heading, *[None] * (len(YEARS) - 1)))])
    rows.append([None, None, *YEARS * 3])
    by_year = [figures(year) for year in YEARS]
    own, *units = [list(one) for one in zip(*by_year, strict=True)]
    for number, unit in enumerate(units, start=1):
        counts = [_shown(year[at], look) for at in (2, 3, 4) for year in unit]
        rows.append([number, _name(unit[0][1], look), *counts])
    rows.append([None, "Tổng cộng", *(_shown(year[at], look) for at in (2, 3, 4) for year in own)])
    sheet = _add_cells(workbook, "Biểu", rows)
    for column in (0, 1):
        sheet.merge_range(top, column, top + 1, column, HEADER[column])
    for at, heading in enumerate(HEADER[2:]):
        left = 2 + at * len(YEARS)
        sheet.merge_range(top, left, top, left + len(YEARS) - 1, heading)


def _add_cells(workbook: Workbook, name: str, rows: Sequence[Sequence[Cell]]) -> Worksheet:
    sheet = workbook.add_worksheet(name)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(at, column, cell)
            elif cell is not None:
                sheet.write_number(at, column, cell)
    return sheet
