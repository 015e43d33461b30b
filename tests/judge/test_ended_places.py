"""Plans and targets of districts that ended in 2025: followed to their communes, or told what became of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms.canonical import Row, write_csv
from tests.cli.program import thidua
from thidua_cli.units.changes import bundled_changes
from thidua_cli.units.former_places import FormerPlaces
from thidua_cli.units.lineage import Lineage
from thidua_cli.units.place import place_of
from thidua_cli.units.tables import bundled

DAY = date(2025, 12, 31)
HEAD = "unit_code,year,measure,planned,unit,source\n"


@pytest.fixture(scope="module")
def former() -> FormerPlaces:
    return FormerPlaces(bundled(), Lineage(bundled(), bundled_changes()))


def test_a_district_whose_communes_were_merged_among_themselves_is_covered_by_them(former: FormerPlaces) -> None:
    heirs = former.heirs("505", DAY)
    assert heirs.shared == ()
    names = sorted(unit.name for code in heirs.whole if (unit := bundled().get(code, DAY)) is not None)
    assert names == ["Xã Bến Hiên", "Xã Sông Kôn", "Xã Sông Vàng", "Xã Đông Giang"]


def test_a_commune_made_across_a_border_lies_in_no_former_district(former: FormerPlaces) -> None:
    heirs = former.heirs("006", DAY)
    assert heirs.whole
    assert heirs.shared
    for code in heirs.shared:
        assert "006" not in former.within(code, DAY)


def test_before_the_reform_no_place_is_a_former_one(former: FormerPlaces) -> None:
    assert former.within("20473", date(2024, 12, 31)) == frozenset()
    assert not former.has_ended("505", date(2025, 6, 30))
    assert former.has_ended("505", date(2025, 7, 1))
    assert former.has_ended("49", DAY)
    assert not former.has_ended("48", DAY)


def test_a_place_of_today_asks_for_former_ones_only_where_it_must(former: FormerPlaces) -> None:
    code = communes_of(former, "505")[0]
    place = place_of(code, "", DAY, bundled())
    asked: list[str] = []

    def ask() -> frozenset[str]:
        asked.append(code)
        return former.within(code, DAY)

    today = replace(place, former=ask)
    assert (today.lies_in(("48",)), asked) == (True, [])
    assert not place.lies_in(("505",))
    assert (today.lies_in(("505",)), asked) == (True, [code])


def write_units(path: Path, counts: Mapping[str, Sequence[int]], years: Sequence[int] = (2024, 2025)) -> Path:
    """Write poor households of units at consecutive year-ends."""
    rows: list[Row] = [
        {
            "unit_code": code,
            "year": str(year),
            "households": 1000,
            "poor_households": poor,
            "near_poor_households": 10,
        }
        for code, poor_counts in counts.items()
        for year, poor in zip(years, poor_counts, strict=True)
    ]
    write_csv(path, rows)
    return path


def communes_of(former: FormerPlaces, district: str) -> tuple[str, ...]:
    return former.heirs(district, DAY).whole


def plan_rows(files: Sequence[Path], plan: Path) -> list[dict[str, Any]]:
    run = ("--rules", "nghe-an-834", "--plan", plan, "--as-of", "2025", "--format", "json", "--fail-on", "never")
    rows: list[dict[str, Any]] = json.loads(thidua("targets", *files, *run).text)["rows"]
    return [row for row in rows if row["rule"] == "plan"]


def test_the_plan_of_an_ended_district_is_held_against_its_communes(former: FormerPlaces, tmp_path: Path) -> None:
    heirs = communes_of(former, "505")
    # the communes of today stand at the end of 2024 only as the sum of those they were made of
    before = [row.code for row in bundled().children("505", date(2024, 12, 31))]
    figures = write_units(tmp_path / "nay.csv", dict.fromkeys(heirs, (40,)), (2025,))
    earlier = write_units(tmp_path / "truoc.csv", dict.fromkeys(before, (50,)), (2024,))
    plan = tmp_path / "ke-hoach.csv"
    plan.write_text(HEAD + "505,2025,poor,100,households,KH 1\n", "utf-8")

    (row,) = plan_rows([figures, earlier], plan)
    assert 50 * len(before) - 40 * len(heirs) >= 100

    assert (row["unit_code"], row["unit_name"], row["level"]) == ("505", "Huyện Đông Giang", "district")
    assert row["verdict"] == "met"
    assert "tính trên các xã nay có trên địa bàn" in row["reason"]
    assert "Xã Sông Kôn" in row["reason"]


def test_a_commune_that_the_figures_lack_leaves_the_plan_open(former: FormerPlaces, tmp_path: Path) -> None:
    heirs = communes_of(former, "505")
    figures = write_units(tmp_path / "nay.csv", dict.fromkeys(heirs[1:], (40,)), (2025,))
    plan = tmp_path / "ke-hoach.csv"
    plan.write_text(HEAD + "505,2025,poor,100,households,KH 1\n", "utf-8")
    (row,) = plan_rows([figures], plan)
    assert row["verdict"] == "undetermined"
    assert "Xã Đông Giang" in row["reason"]


def test_a_district_that_is_now_in_shared_communes_is_told_to_plan_for_each(
    former: FormerPlaces, tmp_path: Path
) -> None:
    heirs = communes_of(former, "006")
    figures = write_units(tmp_path / "nay.csv", dict.fromkeys(heirs, (40,)), (2025,))
    plan = tmp_path / "ke-hoach.csv"
    plan.write_text(HEAD + "006,2025,poor,100,households,KH 1\n", "utf-8")
    (row,) = plan_rows([figures], plan)
    assert row["verdict"] == "undetermined"
    assert "Phường Láng" in row["reason"]
    assert "giao kế hoạch cho từng xã" in row["reason"]


def test_the_plan_of_a_district_for_an_earlier_year_is_held_against_the_district(tmp_path: Path) -> None:
    figures = write_units(tmp_path / "huyen.csv", {"505": (300, 150)}, (2023, 2024))
    plan = tmp_path / "ke-hoach.csv"
    plan.write_text(HEAD + "505,2024,poor,100,households,KH 1\n", "utf-8")
    (row,) = plan_rows([figures], plan)
    assert (row["verdict"], "không còn" in row["reason"]) == ("met", False)


def test_a_plan_that_is_left_out_names_the_units_of_today(tmp_path: Path) -> None:
    figures = write_units(tmp_path / "tinh.csv", {"12": (300, 150)})
    plan = tmp_path / "ke-hoach.csv"
    plan.write_text(HEAD + "505,2025,poor,100,households,KH 1\n", "utf-8")
    run = ("targets", figures, "--rules", "nghe-an-834", "--plan", plan, "--as-of", "2025", "--fail-on", "never")
    said = " ".join(thidua(*run).err.split())
    assert "số liệu không có đơn vị 505" in said
    assert "Số hộ nay thuộc: " in said
    assert "Xã Sông Kôn" in said


def test_a_rule_within_an_ended_district_speaks_of_its_communes(former: FormerPlaces, tmp_path: Path) -> None:
    heirs = communes_of(former, "505")
    rules = tmp_path / "dong-giang.toml"
    rules.write_text(
        """
id = "dong-giang"
version = "1"
title.vi = "Đông Giang"
title.en = "Đông Giang"
within = ["505"]
applies = { from = 2022-01-01, until = 2025-12-31 }
[citation]
document = "1/KH-UBND"
clause = "toàn văn"
date = 2022-01-01
[readings.left]
vi = "còn lại"
en = "left"
why.vi = "nguyên văn"
why.en = "the text"
[[target]]
id = "commune-few"
title.vi = "Xã: còn không quá 45 hộ nghèo"
title.en = "Commune: at most 45 poor households left"
subject = { level = "commune" }
test = "count_at_year_end"
measure = "poor"
year_ends = [2025]
comparison = "<="
threshold = "45"
unit = "households"
poverty_line = "2022-2025"
reading = "left"
citation = { clause = "1" }
verified = 2022-01-02
""",
        "utf-8",
    )
    elsewhere = "00070"
    figures = write_units(tmp_path / "nay.csv", {**dict.fromkeys(heirs, (40,)), elsewhere: (40,)}, (2025,))
    run = ("targets", figures, "--rules", rules, "--as-of", "2025", "--format", "json", "--fail-on", "never")
    rows = json.loads(thidua(*run).text)["rows"]
    assert sorted(row["unit_code"] for row in rows) == sorted(heirs)
    assert {row["verdict"] for row in rows} == {"met"}
