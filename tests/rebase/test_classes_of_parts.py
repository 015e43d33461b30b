"""Classes across changes: a class holds for the unit it was given to (Xã Nam Trà My and Xã Tây Giang of July 2025)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.inputs import load_inputs
from thidua_cli.judge.verdict import State, Verdict
from thidua_cli.model import Level, Series, YearFigures
from thidua_cli.rulebook.classes import Member
from thidua_cli.units.tables import REFORM_DAY

END_2025 = date(2025, 12, 31)
AREAS = {"area_1", "area_2", "area_3"}


def judged(code: str, classes: Path | None = None) -> Verdict:
    """Judge a unit of today whose poor households fell by 60%."""
    years = {
        year: YearFigures(
            year,
            {"households": 1000, "poor_households": poor, "near_poor_households": 0},
            area_since=REFORM_DAY,
        )
        for year, poor in ((2021, 500), (2024, 200))
    }
    inputs = load_inputs("qd-666-ttg", [classes] if classes else [])
    series = [Series(code, "Xã", Level.COMMUNE, "48", years)]
    (verdict,) = pipeline.judge(series, inputs, 2024, END_2025)
    return verdict


def written(folder: Path, *lines: str) -> Path:
    path = folder / "classes.csv"
    path.write_text("\n".join(["unit_code,class,from", *lines]), encoding="utf-8")
    return path


def test_parts_of_areas_one_and_three_leave_the_class_open_but_not_the_answer() -> None:
    verdict = judged("20944")

    assert {(part.unit_code, *(AREAS & set(part.classes))) for part in verdict.part_classes} == {
        ("20944", "area_1"),
        ("20956", "area_3"),
    }
    assert not AREAS & set(verdict.classes)
    assert "not_area_2" in verdict.classes
    assert verdict.state is State.MET


def test_a_class_all_parts_have_is_the_only_one_there_is(tmp_path: Path) -> None:
    classes = written(tmp_path, "20944,area_3,2021-06-04")

    assert "area_3" in judged("20944", classes).classes


def test_where_only_some_parts_have_it_the_answer_hangs_on_it_and_the_parts_are_named(tmp_path: Path) -> None:
    outside = [f"20944,not_area_{number}," for number in (1, 2, 3)]
    verdict = judged("20944", written(tmp_path, *outside))

    assert verdict.state is State.UNDETERMINED
    assert verdict.reason is not None
    assert "Xã Trà Mai: không thuộc; Xã Trà Don: xã khu vực III" in verdict.reason.vi
    assert "01/07/2025" in verdict.reason.vi


@pytest.mark.parametrize(("start", "speaks_of_it"), [("2025-07-01", True), ("2025-06-30", False), ("", False)])
def test_a_line_speaks_of_the_new_unit_from_its_first_day_on(tmp_path: Path, start: str, *, speaks_of_it: bool) -> None:
    file = written(tmp_path, f"20944,not_area_3,{start}")
    classes = load_inputs("qd-666-ttg", [file]).classes

    answer = classes.membership("20944", "49", "area_3", END_2025, as_listed=False, since=REFORM_DAY)

    assert answer is (Member.NO if speaks_of_it else Member.UNKNOWN)


def test_a_unit_as_the_lists_have_it_is_shown_without_parts() -> None:
    inputs = load_inputs("qd-666-ttg")
    figures = YearFigures(2024, {"households": 10, "poor_households": 1, "near_poor_households": 0})
    series = [Series("20470", "Xã Tà Lu", Level.COMMUNE, "504", {2024: figures})]

    (verdict,) = pipeline.judge(series, inputs, 2024, date(2024, 12, 31))

    assert verdict.part_classes == ()
