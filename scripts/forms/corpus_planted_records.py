"""Canonical tables with exactly one known mistake each, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from forms import canonical
from forms.corpus_layouts import canonical_rows
from forms.corpus_planted import IN_FORMS, YEAR, Place, Planted
from forms.corpus_planted_classes import IN_CLASSES
from forms.corpus_planted_files import IN_FILES
from forms.corpus_planted_lists import IN_LISTS
from forms.corpus_planted_movement import IN_MOVEMENT
from forms.corpus_planted_scope import IN_SCOPE
from forms.corpus_planted_values import IN_VALUES
from thidua_cli.normalise.options import ReadingOptions

Record = dict[str, str | int | None]
FILE: Final = "bang.csv"
DISTRICT: Final = 0
SONG_KON: Final = 3
"""Index of Xã Sông Kôn among the records of one year-end, below its district and two communes."""
UNITS: Final = 12
"""Records of one year-end."""


def planted() -> tuple[Planted, ...]:
    """Return all mistakes, those of forms too, by code."""
    return tuple(
        sorted(
            (*IN_FILES, *IN_FORMS, *IN_LISTS, *IN_MOVEMENT, *IN_RECORDS, *IN_SCOPE, *IN_VALUES, *IN_CLASSES),
            key=lambda one: ("FHVULSTPC".index(one.code[0]), one.code),
        )
    )


def _change(code: str, mistake: str, column: str, changes: Mapping[str, str | int | None], at: int) -> Planted:
    """Change one record of one year-end; the finding stands in `column` of it."""

    def write(folder: Path) -> Place:
        records = _records()
        records[at] |= changes
        return _written(folder, records, column, at)

    return Planted(code, mistake, write)


def _alone(code: str, mistake: str, column: str, record: Record) -> Planted:
    """Write one record alone."""
    return Planted(code, mistake, lambda folder: _written(folder, [record], column, 0))


def _through_years(code: str, mistake: str, column: str, changes: Mapping[str, str | int | None]) -> Planted:
    """Change the second of two year-ends of Xã Sông Kôn."""

    def write(folder: Path) -> Place:
        records = [_records((year,))[SONG_KON] for year in (YEAR - 1, YEAR)]
        records[1] |= changes
        return _written(folder, records, column, 1)

    return Planted(code, mistake, write)


def _year_missing(folder: Path) -> Place:
    records = [_records((year,))[SONG_KON] for year in (YEAR - 2, YEAR)]
    return _written(folder, records, "unit_name", 1)


def _both_results(folder: Path) -> Place:
    final = _records()[SONG_KON]
    return _written(folder, [final, final | {"poor_households": 350, "status": "preliminary"}], "status", 1)


def _twice(folder: Path) -> Place:
    records = _records()
    records.append(records[SONG_KON] | {"poor_households": 325})
    return _written(folder, records, "unit_name", UNITS)


def _left_out(folder: Path) -> Place:
    records = _records()
    del records[SONG_KON]
    return _written(folder, records, "unit_name", DISTRICT)


def _records(years: Sequence[int] = (YEAR,)) -> list[Record]:
    return [dict(row) for row in canonical_rows(years)]


def _written(folder: Path, records: Sequence[Record], column: str, at: int) -> Place:
    columns = list(dict.fromkeys(name for record in records for name in record))
    canonical.write_csv(folder / FILE, records, columns)
    return Place(FILE, "", f"{chr(ord('A') + columns.index(column))}{at + 2}")


_VILLAGE: Final[Record] = {
    "unit_code": "20473-01",
    "year": YEAR,
    "unit_name": "Thôn 1",
    "level": "village",
    "parent_code": "20473",
    "poverty_line": "2022-2025",
    "status": "final",
    "households": 120,
    "poor_households": 40,
    "near_poor_households": 12,
}
_COMMUNE: Final[Record] = _VILLAGE | {
    "unit_code": "20473",
    "unit_name": "Xã Sông Kôn",
    "level": "commune",
    "parent_code": "505",
}
_NAMED: Final = _COMMUNE | {"unit_code": ""}
_MINORITY: Final[Record] = {"minority_households": 100, "minority_poor_households": 41}
_PROVINCE: Final[Record] = {
    "unit_code": "49",
    "year": 2023,
    "unit_name": "Tỉnh Quảng Nam",
    "level": "province",
    "parent_code": "",
    "poverty_line": "2022-2025",
    "status": "final",
    "households": 442673,
    "poor_households": 24668,
    "near_poor_households": 8402,
}
"""As published, but for one household."""

IN_RECORDS: Final = (
    _alone("H004", "words in the column of years", "year", _COMMUNE | {"year": "năm nay"}),
    _change("H004", "no year beside one commune of a district", "year", {"year": None}, SONG_KON),
    replace(
        _alone("H011", "a line that is not the one stated", "poverty_line", _COMMUNE | {"poverty_line": "2016-2020"}),
        options=ReadingOptions(poverty_line="2022-2025"),
    ),
    _change("V005", "an empty count", "poor_households", {"poor_households": None}, SONG_KON),
    _change("V007", "a word that is neither final nor preliminary", "status", {"status": "đã duyệt"}, SONG_KON),
    _change("V008", "a printed rate above 100", "poor_rate_percent", {"poor_rate_percent": "105,9"}, SONG_KON),
    _alone("U001", "a digit too many", "unit_code", _COMMUNE | {"unit_code": "209560"}),
    _alone("U002", "a name with a letter too many", "unit_name", _NAMED | {"unit_name": "Sông Kông"}),
    _change(
        "U002",
        "a misspelt name in the table of a district",
        "unit_name",
        {"unit_code": "", "unit_name": "Sông Kông", "parent_code": "505"},
        SONG_KON,
    ),
    _alone(
        "U003",
        "a township or a commune",
        "unit_name",
        _NAMED | {"unit_name": "Trạm Tấu", "parent_code": "139"},
    ),
    _change("U004", "the name of a neighbour", "unit_name", {"unit_name": "Xã Tà Lu"}, SONG_KON),
    _alone("U005", "another district above", "parent_code", _COMMUNE | {"parent_code": "504"}),
    _alone(
        "U006",
        "a ward that is gone",
        "unit_code",
        _COMMUNE | {"unit_code": "00184", "year": 2025, "unit_name": "Phường Quốc Tử Giám", "parent_code": ""},
    ),
    Planted("U007", "a unit given twice", _twice),
    Planted("U008", "a commune left out", _left_out),
    _alone("L001", "poor and near-poor exceed households", "poor_households", _COMMUNE | {"poor_households": 110}),
    _alone("L002", "more poor of minorities than poor", "minority_poor_households", _COMMUNE | _MINORITY),
    _change("S001", "two digits swapped in the district", "poor_households", {"poor_households": 2294}, DISTRICT),
    _through_years("T001", "an opening count of other figures", "poor_opening", {"poor_opening": 402}),
    Planted("T002", "a year between two left out", _year_missing),
    _through_years("T003", "a digit too many", "households", {"households": 9250}),
    _through_years("T004", "another poverty line", "poverty_line", {"poverty_line": "2016-2020"}),
    Planted("T005", "preliminary and final results", _both_results),
    _alone("P001", "a household fewer than the decision prints", "poor_households", _PROVINCE),
)
