"""The shipped class lists as data: what stands in them, that each unit stood on its list's day, and what they miss."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

import pytest

import thidua_cli
from thidua_cli.model import year_end
from thidua_cli.rulebook.class_lists import ClassList, class_lists
from thidua_cli.rulebook.classes import Member, load_classes
from thidua_cli.units.tables import bundled

TABLES: Final = Path(thidua_cli.__file__).parent / "data" / "classes"
Line = dict[str, str]


def lines_of(*names: str) -> list[Line]:
    return [line for name in names for line in csv.DictReader((TABLES / name).read_text("utf-8").splitlines())]


ROWS: Final = lines_of("poor_districts.csv", "coastal_communes.csv", "area_communes.csv")
COMPLETENESS: Final = lines_of("completeness.csv")
UNITS: Final = bundled()


def list_of(line: Line) -> ClassList:
    return class_lists()[line["list"]]


def province_of(row: Line) -> str:
    """Return the province a row's unit lay in on the day that the codes of its list are of."""
    place = UNITS.province_of(row["unit_code"], list_of(row).codes)
    assert place is not None, row
    return place


PER_PROVINCE: Final = Counter((row["list"], row["class"], province_of(row)) for row in ROWS)


def test_every_row_and_every_line_of_completeness_is_of_a_list_that_has_its_class() -> None:
    assert ROWS
    assert COMPLETENESS
    assert [line for line in (*ROWS, *COMPLETENESS) if line["class"] not in list_of(line).classes] == []


def test_every_row_names_a_unit_as_it_stood_on_the_day_of_its_lists_codes() -> None:
    standing = [(row, UNITS.get(row["unit_code"], list_of(row).codes)) for row in ROWS]
    assert standing
    assert [row for row, unit in standing if unit is None or unit.name != row["unit_name"]] == []


def test_every_province_of_completeness_stood_on_the_day_of_its_lists_codes() -> None:
    places = [UNITS.get(line["province_code"], list_of(line).codes) for line in COMPLETENESS]
    assert places
    assert [place for place in places if place is None or place.parent_code] == []


def test_every_row_every_line_and_every_list_has_an_address() -> None:
    assert [line for line in (*ROWS, *COMPLETENESS) if not re.search(r"https?://\S+\.\S+", line["source"])] == []
    assert [each.id for each in class_lists().values() if not each.address.startswith("http")] == []


def test_no_unit_stands_twice_in_a_list_on_one_day() -> None:
    keys = Counter((row["list"], row["unit_code"], row["from"]) for row in ROWS)
    assert [key for key, times in keys.items() if times > 1] == []
    lines = Counter((line["list"], line["class"], line["province_code"]) for line in COMPLETENESS)
    assert [key for key, times in lines.items() if times > 1] == []


def test_rows_hold_within_the_days_of_their_list() -> None:
    for row in ROWS:
        start, end = date.fromisoformat(row["from"]), date.fromisoformat(row["to"]) if row["to"] else None
        assert list_of(row).start <= start <= (end or list_of(row).end) <= list_of(row).end, row


def test_what_a_province_is_called_fits_the_rows_it_has() -> None:
    for line in COMPLETENESS:
        here = PER_PROVINCE[line["list"], line["class"], line["province_code"]]
        stated = int(line["stated_count"]) if line["stated_count"] else None
        match line["state"]:
            case "none":
                assert here == 0 == stated, line
            case "complete":
                assert here > 0, line
                assert stated in (None, here), line
            case state:
                assert state == "partial", line
                assert stated is None or here < stated, line


def test_no_list_holds_or_states_more_than_its_total() -> None:
    counts: Counter[tuple[str, str]] = Counter()
    stated = {key(line): int(line["stated_count"]) for line in COMPLETENESS if line["stated_count"]}
    for place in {*PER_PROVINCE, *stated}:
        counts[place[:2]] += max(PER_PROVINCE[place], stated.get(place, 0))
    totals = {(each.id, token): total for each in class_lists().values() for token, total in each.totals.items()}
    assert totals.keys() == counts.keys()
    assert [name for name, total in totals.items() if counts[name] > total] == []


def key(line: Line) -> tuple[str, str, str]:
    return line["list"], line["class"], line["province_code"]


def test_of_poor_districts_and_coastal_communes_every_province_of_2022_has_its_line() -> None:
    for token in ("poor_district", "coastal_commune"):
        assert len({line["province_code"] for line in COMPLETENESS if line["class"] == token}) == 63


def test_the_source_page_counts_what_the_tables_hold() -> None:
    page = (TABLES / "SOURCE.md").read_text("utf-8")
    printed = re.findall(r"^\| `([\w-]+)` \| `(\w+)` \|" + r" (\d+) \|" * 5 + "$", page, re.MULTILINE)
    expected = []
    for each in class_lists().values():
        for token in each.classes:
            units = len({row["unit_code"] for row in ROWS if (row["list"], row["class"]) == (each.id, token)})
            states = [line["state"] for line in COMPLETENESS if (line["list"], line["class"]) == (each.id, token)]
            numbers = (units, each.totals[token], *(states.count(name) for name in ("complete", "partial", "none")))
            expected.append((each.id, token, *map(str, numbers)))
    assert printed == expected
    missing = sum(class_lists()["areas-2026-2030"].totals.values()) - sum(
        row["list"] == "areas-2026-2030" for row in ROWS
    )
    assert f"**{missing:,} of 1,333 missing.**" in page


@pytest.mark.parametrize(
    ("token", "province", "number"),
    [
        ("poor_district", "49", 6),  # Quảng Nam, Đông Giang among them
        ("poor_district", "58", 1),
        ("poor_district", "64", 1),
        ("poor_district", "11", 4),
        ("poor_district", "12", 1),
        ("coastal_commune", "83", 7),
        ("coastal_commune", "96", 0),
    ],
)
def test_the_lists_of_2021_to_2025_have_as_many_rows_of_a_province_as_the_sources(
    token: str, province: str, number: int
) -> None:
    assert sum(n for (_, of, place), n in PER_PROVINCE.items() if (of, place) == (token, province)) == number


@pytest.mark.parametrize(
    ("province", "numbers"),
    [
        ("04", (1, 2, 53)),  # Cao Bằng: 56 communes
        ("11", (2, 5, 38)),  # Điện Biên: 45 communes
        ("12", (0, 0, 32)),
        ("51", (2, 0, 0)),
        ("91", (0, 7, 13)),
        ("96", (0, 0, 7)),
        ("38", (0, 0, 0)),
    ],
)
def test_the_areas_of_2026_have_as_many_rows_of_a_province_as_the_sources(
    province: str, numbers: tuple[int, int, int]
) -> None:
    areas = ("area_1", "area_2", "area_3")
    assert tuple(PER_PROVINCE["areas-2026-2030", area, province] for area in areas) == numbers


@pytest.mark.parametrize("province", ["04", "11"])
def test_where_every_commune_is_on_the_list_of_2026_every_commune_has_a_row(province: str) -> None:
    communes = {unit.code for unit in UNITS.children(province, date(2026, 1, 29))}
    rows = {row["unit_code"] for row in ROWS if row["list"] == "areas-2026-2030" and province_of(row) == province}
    assert communes
    assert rows == communes


@pytest.mark.parametrize(
    ("code", "province", "token", "on", "expected"),
    [
        ("505", "49", "poor_district", year_end(2024), Member.YES),  # Đông Giang
        ("506", "49", "poor_district", year_end(2024), Member.NO),  # Đại Lộc, in a province known whole
        ("108", "12", "poor_district", year_end(2024), Member.UNKNOWN),  # Sìn Hồ, in one that is not
        ("03158", "11", "area_3", date(2026, 1, 28), Member.UNKNOWN),  # the day before the list of 2026
        ("03158", "11", "area_3", date(2026, 1, 29), Member.YES),
        ("03127", "11", "area_3", year_end(2026), Member.NO),
        ("20470", "49", "area_3", year_end(2025), Member.YES),  # Tà Lu, on the list of 2021
        ("20470", "49", "area_3", date(2026, 1, 1), Member.UNKNOWN),
        ("16837", "40", "area_2", year_end(2024), Member.NO),  # Nghệ An had no area II
    ],
)
def test_a_class_is_answered_by_the_list_of_its_day(
    code: str, province: str, token: str, on: date, expected: Member
) -> None:
    assert load_classes().membership(code, province, token, on) is expected
