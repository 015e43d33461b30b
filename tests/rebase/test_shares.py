"""How a divided unit's households were shared out, as the user says: exact, checked, and marked where estimated."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rebase.cases import END_2025, series
from thidua_cli.errors import InputError
from thidua_cli.measure.rebase import rebase
from thidua_cli.measure.shares import Shares
from thidua_cli.model import Series
from thidua_cli.rulebook.unit_file import read_share_rows
from thidua_cli.units.changes import bundled_changes
from thidua_cli.units.lineage import Lineage
from thidua_cli.units.tables import bundled

HEADER = "from,to,year,households,poor,near_poor,source"
SHARE = "from,to,year,share,source"
NAMES = ("households", "poor_households", "near_poor_households")
DISTRICT_1 = [
    series("26734", {2024: (500, 40, 20)}),  # Tân Định, whole in Phường Tân Định
    series("26737", {2024: (800, 80, 40)}),  # Đa Kao, divided between Tân Định and Sài Gòn
    series("26740", {2024: (1000, 100, 50)}),  # Bến Nghé, whole in Phường Sài Gòn
    series("26743", {2024: (400, 30, 10)}),  # Bến Thành
    series("26746", {2024: (600, 61, 30)}),  # Nguyễn Thái Bình, divided between Sài Gòn and Bến Thành
    series("26749", {2024: (300, 20, 10)}),  # Phạm Ngũ Lão, whole in Bến Thành
]
SAI_GON = "26740"


def given(folder: Path, *lines: str) -> Shares:
    path = folder / "shares.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return Shares(read_share_rows([path]))


def on_today(shares: Shares) -> dict[str, Series]:
    tables = bundled()
    found = rebase(DISTRICT_1, tables, Lineage(tables, bundled_changes()), END_2025, shares)
    return {one.unit_code: one for one in found}


def counts(one: Series, year: int = 2024) -> tuple[int | None, ...]:
    return tuple(one.years[year].counts.get(name) for name in NAMES)


def test_without_shares_phuong_sai_gon_is_between_two_extremes() -> None:
    figures = on_today(Shares())[SAI_GON].years[2024]

    assert figures.counts == {}
    assert figures.placed == dict(zip(NAMES, (1000, 100, 50), strict=True))
    assert [part.unit.unit_name for part in figures.divided] == ["Phường Đa Kao", "Phường Nguyễn Thái Bình"]


def test_given_counts_are_added_exactly_and_the_last_successor_has_the_rest(tmp_path: Path) -> None:
    shares = given(tmp_path, HEADER, "26737,26740,2024,300,30,10,BC 15", "26746,26740,2024,200,20,10,BC 15")

    found = on_today(shares)

    assert counts(found[SAI_GON]) == (1500, 150, 70)
    assert counts(found["26737"]) == (500 + 500, 40 + 50, 20 + 30)
    assert [part.source for part in found[SAI_GON].years[2024].given] == ["BC 15", "BC 15"]
    assert not any(part.estimated for part in found[SAI_GON].years[2024].given)


def test_counts_of_every_successor_that_sum_to_the_whole_leave_nothing_open(tmp_path: Path) -> None:
    shares = given(
        *(tmp_path, HEADER),
        *("26737,26740,2024,300,30,10,BC 15", "26737,26737,2024,500,50,30,BC 15"),
        "26746,26740,2024,200,20,10,BC 15",
    )

    found = on_today(shares)

    assert counts(found[SAI_GON]) == (1500, 150, 70)
    assert counts(found["26737"]) == (500 + 500, 40 + 50, 20 + 30)


def test_one_of_two_divided_units_leaves_the_other_open(tmp_path: Path) -> None:
    figures = on_today(given(tmp_path, HEADER, "26737,26740,2024,300,30,10,BC 15"))[SAI_GON].years[2024]

    assert figures.placed == dict(zip(NAMES, (1300, 130, 60), strict=True))
    assert [part.unit.unit_code for part in figures.divided] == ["26746"]


def test_a_share_keeps_the_totals_and_is_marked_as_an_estimate(tmp_path: Path) -> None:
    """61 poor × 50% = 30,5: the odd household goes to the lower code of two equal remainders."""
    lines = ["26737,26740,,37.5%,BC 15", "26746,26740,,0.5,BC 15", "26746,26743,,0.5,BC 15"]
    found = on_today(given(tmp_path, SHARE, *lines))

    part = next(one for one in found[SAI_GON].years[2024].given if one.unit.unit_code == "26746")
    other = next(one for one in found["26743"].years[2024].given if one.unit.unit_code == "26746")

    assert part.estimated
    assert counts(found[SAI_GON]) == (1000 + 300 + 300, 100 + 30 + part.counts["poor_households"], 50 + 15 + 15)
    assert part.counts["poor_households"] + other.counts["poor_households"] == 61
    assert {part.counts["poor_households"], other.counts["poor_households"]} == {30, 31}


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ((HEADER, "26737,26740,2024,900,30,10,BC"), "households = 900"),
        ((HEADER, "26737,26740,2024,300,30,10,BC", "26737,26737,2024,499,50,30,BC"), "households = 799"),
        ((HEADER, "26737,26740,2024,300,200,110,BC"), "nhiều hơn"),
        ((HEADER, "26737,26740,2024,300,30,10,"), "source"),
        ((HEADER, "26737,26740,2024,300,,10,BC"), "poor"),
        ((HEADER, "26737,26740,2024,-3,30,10,BC"), "-3"),
        ((HEADER, "26737,26740,24,300,30,10,BC"), "24"),
        ((HEADER, "26737,26740,,300,30,10,BC"), "year"),
        ((HEADER, "2673,26740,2024,300,30,10,BC"), "5 chữ số"),
        ((HEADER, "26737,99999,2024,300,30,10,BC"), "99999"),
        ((HEADER, "26740,26743,2024,300,30,10,BC"), "Phường Sài Gòn (26740)"),
        ((HEADER, "26737,26740,2024,300,30,10,BC", "26737,26740,2024,300,30,10,BC"), "trùng"),
        ((SHARE, "26737,26740,2024,0.5,BC", "26737,26740,,0.5,BC"), "trùng"),
        ((SHARE, "26737,26740,2024,1.5,BC"), "1.5"),
        ((SHARE, "26737,26740,2024,0.5,BC", "26737,26737,2024,0.4,BC"), "90,00%"),
        (("from,to,year,source", "26737,26740,2024,BC"), "một trong hai"),
        ((f"{HEADER},share", "26737,26740,2024,300,30,10,BC,0.5"), "một trong hai"),
        (("from,to,households", "26737,26740,1"), "year"),
    ],
)
def test_what_does_not_add_up_is_refused_with_file_and_line(
    tmp_path: Path, lines: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(InputError) as refused:
        on_today(given(tmp_path, *lines))

    assert complaint in refused.value.text.vi
    line = 1 if lines[0].endswith("households") else len(lines)
    assert f"shares.csv, dòng {line}: " in refused.value.text.vi
