"""Quyết định 666/QĐ-TTg as data: what a lawyer compares with the text."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

import thidua_cli
from thidua_cli.model import Measure
from thidua_cli.rulebook.load import bundled_ids, load_rulebook
from thidua_cli.rulebook.schema import SUBJECTS_WITHOUT_COUNTS, Rule

AREAS = ("area_1", "area_2", "area_3")

CLAUSES = [
    # id, level, one of, none of, comparison, threshold, unit, years, baseline, criterion and dash
    ("province-rate", "province", (), (), ">=", "2", "points", 3, None, (2, 3)),
    ("province-count", "province", (), (), ">", "50", "percent", None, 2021, (2, 3)),
    ("poor-district-rate", "district", ("poor_district",), (), ">=", "6", "points", 3, None, (3, 1)),
    ("district-rate", "district", (), ("poor_district",), ">=", "4", "points", 3, None, (3, 2)),
    ("district-count", "district", (), ("poor_district",), ">", "50", "percent", None, 2021, (3, 2)),
    ("coastal-commune-rate", "commune", ("coastal_commune",), (), ">=", "1.5", "points", 3, None, (4, 1)),
    ("coastal-commune-count", "commune", ("coastal_commune",), (), ">", "50", "percent", None, 2021, (4, 1)),
    ("area-commune-count", "commune", AREAS, (), ">", "50", "percent", None, 2021, (4, 2)),
    ("village-count", "village", (), (), ">", "50", "percent", None, 2021, (5, 3)),
]  # fmt: skip


def _clause(rule: Rule) -> tuple[object, ...]:
    subject = rule.subject
    criterion, dash = re.findall(r"\d", rule.citation.clause)
    assert rule.citation.clause == f"tiêu chí ({criterion}), gạch đầu dòng {dash}"
    window = (rule.years, rule.baseline_year, (int(criterion), int(dash)))
    held = (rule.comparison.value, str(rule.threshold), rule.unit.value)
    return (rule.id, subject.level.value, subject.any_of, subject.none_of, *held, *window)


def test_the_decision_has_these_nine_paths() -> None:
    assert [_clause(rule) for rule in load_rulebook("qd-666-ttg").rules] == CLAUSES


@pytest.mark.parametrize("rule", load_rulebook("qd-666-ttg").rules, ids=lambda rule: rule.id)
def test_every_path_counts_poor_and_near_poor_on_the_line_of_2022_2025(rule: Rule) -> None:
    assert rule.measure is Measure.MULTIDIMENSIONAL
    assert rule.poverty_line == "2022-2025"
    assert str(rule.citation).startswith("666/QĐ-TTg (02/06/2022), ")
    assert isinstance(rule.threshold, Decimal)


@pytest.mark.parametrize("rule", load_rulebook("qd-666-ttg").rules, ids=lambda rule: rule.id)
def test_every_path_says_how_its_clause_is_read(rule: Rule) -> None:
    points, baseline = ("điểm phần trăm", "percentage points"), ("cuối năm 2021", "end of 2021")
    vi, en = points if rule.years else baseline

    assert vi in rule.reading.vi
    assert en in rule.reading.en


def test_criteria_without_numbers_stand_for_every_subject_the_text_gives_them_to() -> None:
    subjects = {item.subject for item in load_rulebook("qd-666-ttg").attest}

    assert subjects == {"province", "village", *SUBJECTS_WITHOUT_COUNTS}


def test_a_bundled_file_is_called_by_its_id_and_its_source_is_recorded() -> None:
    sources = (Path(thidua_cli.__file__).parent / "data" / "rules" / "SOURCE.md").read_text(encoding="utf-8")

    assert "qd-666-ttg" in bundled_ids()
    for known in bundled_ids():
        book = load_rulebook(known)
        assert (book.id, book.path) == (known, "")
        assert f"`{known}.toml`" in sources
