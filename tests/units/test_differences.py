"""What changed between the lists of two days."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from thidua_cli.model import Level
from thidua_cli.units.differences import Difference, Differences, differences
from thidua_cli.units.history import Historian
from thidua_cli.units.tables import REFORM_DAY, bundled

EVE = date(2025, 6, 30)
START = date(2022, 12, 31)


def between(first: date, second: date, code: str = "") -> Differences:
    tables = bundled()
    within = tables.get(code, second) or tables.get(code, first) if code else None
    return differences(first, second, within, Historian())


def names(row: Difference) -> tuple[list[str], list[str]]:
    return [share.unit.name for share in row.before], [share.unit.name for share in row.after]


def test_a_list_against_itself_has_no_difference() -> None:
    found = between(EVE, EVE, "79")
    assert found.rows == ()
    assert all(before == after for *_, before, after in found.counts)


def test_a_merger_inside_a_province_names_what_went_into_what() -> None:
    found = between(START, date(2024, 12, 31), "44")
    merged = [names(row) for row in found.rows if row.kinds == ("merged",)]
    assert (["Xã Hóa Phúc", "Xã Hóa Thanh", "Xã Hóa Tiến"], ["Xã Tân Thành"]) in merged
    assert [kind for *kind, _, _ in found.counts][-1] == [Level.COMMUNE, "xã"]
    assert found.counts[-1][2:] == (128, 122)


def test_a_divided_unit_is_told_with_all_it_went_to() -> None:
    found = between(EVE, REFORM_DAY, "26737")
    (row,) = [row for row in found.rows if row.kinds == ("divided",) and row.before[0].unit.code == "26737"]
    assert names(row) == (["Phường Đa Kao"], ["Phường Tân Định", "Phường Sài Gòn"])


def test_within_a_province_that_grew_the_units_that_came_with_others_are_compared_too() -> None:
    found = between(EVE, REFORM_DAY, "82")
    counts = {(level, kind): (before, after) for level, kind, before, after in found.counts}
    assert counts[Level.PROVINCE, "tỉnh"] == (2, 1)
    assert counts[Level.COMMUNE, "xã"][1] + counts[Level.COMMUNE, "phường"][1] == 102
    assert "tier_dropped" in {row.kinds[0] for row in found.rows}


def test_within_a_province_that_is_gone_its_units_are_followed_into_the_next() -> None:
    found = between(EVE, REFORM_DAY, "83")
    counts = {(level, kind): (before, after) for level, kind, before, after in found.counts}
    assert counts[Level.COMMUNE, "xã"] == (132, 43)
    assert not any(row.kinds[0] in ("gone", "new") for row in found.rows)


def test_a_new_type_is_told_without_a_merger() -> None:
    found = between(START, date(2023, 12, 31), "27")
    assert [(row.kinds, *names(row)) for row in found.rows if row.before[0].unit.code == "259"] == [
        (("retyped",), ["Huyện Quế Võ"], ["Thị xã Quế Võ"])
    ]


@pytest.mark.parametrize(("first", "second"), [(START, EVE), (EVE, REFORM_DAY), (START, REFORM_DAY)])
def test_every_unit_of_both_days_is_unchanged_or_told(first: date, second: date) -> None:
    found = between(first, second)
    tables = bundled()
    told = Counter(share.unit.code for row in found.rows for share in row.after)
    standing = [row.code for row in tables.rows() if row.stands_on(second)]
    assert found.unchanged + sum(1 for code in standing if told[code]) == len(standing)
    gone = {share.unit.code for row in found.rows for share in row.before}
    before = {row.code for row in tables.rows() if row.stands_on(first)}
    assert gone <= before
    assert len(before - gone) == found.unchanged


def test_no_unit_of_the_shipped_tables_comes_from_nowhere_or_goes_nowhere() -> None:
    kinds = Counter(row.kinds[0] for row in between(START, REFORM_DAY).rows)
    assert kinds["new"] == 0
    assert kinds["gone"] == 0
