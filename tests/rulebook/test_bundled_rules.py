"""Quyết định 666/QĐ-TTg as data: what a lawyer compares with the text."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import thidua_cli
from thidua_cli.model import Measure
from thidua_cli.rulebook.load import bundled_ids, example_ids, load_rulebook, rule_file
from thidua_cli.rulebook.schema import SUBJECTS_WITHOUT_COUNTS, AnyClause, Clause, ClauseKind
from thidua_cli.rulebook.toml_table import toml_text

AREAS = ("area_1", "area_2", "area_3")

SHIPPED = (*bundled_ids(), *example_ids())

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


def _clause(clause: Clause) -> tuple[object, ...]:
    subject = clause.subject
    criterion, dash = re.findall(r"\d", clause.citation.clause)
    assert clause.citation.clause == f"tiêu chí ({criterion}), gạch đầu dòng {dash}"
    window = (clause.years, clause.baseline_year, (int(criterion), int(dash)))
    held = (clause.comparison.value, str(clause.threshold), clause.unit.value)
    return (clause.id, subject.level.value, subject.any_of, subject.none_of, *held, *window)


def test_the_decision_has_these_nine_paths() -> None:
    assert [_clause(clause) for clause in load_rulebook("qd-666-ttg").clauses] == CLAUSES


@pytest.mark.parametrize("clause", load_rulebook("qd-666-ttg").clauses, ids=lambda clause: clause.id)
def test_every_path_counts_poor_and_near_poor_on_the_line_of_2022_2025(clause: Clause) -> None:
    assert clause.measure is Measure.MULTIDIMENSIONAL
    assert clause.poverty_line == "2022-2025"
    assert str(clause.citation).startswith("666/QĐ-TTg (02/06/2022), ")
    assert isinstance(clause.threshold, Decimal)


@pytest.mark.parametrize("clause", load_rulebook("qd-666-ttg").clauses, ids=lambda clause: clause.id)
def test_every_path_says_how_its_clause_is_read(clause: Clause) -> None:
    points, baseline = ("điểm phần trăm", "percentage points"), ("cuối năm 2021", "end of 2021")
    vi, en = points if clause.years else baseline

    assert vi in clause.reading.vi
    assert en in clause.reading.en


def test_criteria_without_numbers_stand_for_every_subject_the_text_gives_them_to() -> None:
    items = load_rulebook("qd-666-ttg").attest

    criteria = {item.subject for item in items if item.kind is ClauseKind.CRITERION}
    assert criteria == {"province", "village", *SUBJECTS_WITHOUT_COUNTS}
    assert {item.subject for item in items if item.kind is ClauseKind.TARGET} == {"country"}


TARGETS = Path(__file__).parent / "targets.csv"
"""What the plans' targets say, one row per target, for a lawyer to hold against the texts."""

YEARLY_EXAMPLES = ("lao-cai-2025", "dak-lak-2025", "phu-tho-2025", "kon-tum-2021")

CLASS_EXITS = [
    ("national-poor-districts", "poor_district", "district", "30", 2022),
    ("national-coastal-communes", "coastal_commune", "commune", "30", 2022),
    ("national-difficult-communes", "area_3", "commune", "50", 2021),
]


def _target(book_id: str, target: Clause) -> list[str]:
    subject, window = target.subject, target.years or target.baseline_year
    types = " ".join(each.replace(" ", "_") for each in subject.types)
    place = [book_id, target.id, subject.level.value, types, " ".join(subject.any_of)]
    held = [str(target.threshold), "" if target.upper is None else str(target.upper), target.unit.value]
    asked = [target.test.value, target.measure.value, target.comparison.value, *held]
    lines = " ".join((target.poverty_line, *target.other_lines))
    return [*place, *asked, str(window or ""), " ".join(map(str, target.year_ends)), lines]


def test_the_plans_have_these_targets_and_no_others() -> None:
    known_first = ("qd-666-ttg", "ha-noi-251", "ha-noi-51", "nghe-an-834", "qd-880-ttg", "qd-90-ttg", "qd-417-bnnmt")
    books = [load_rulebook(known) for known in (*known_first, *YEARLY_EXAMPLES)]
    with TARGETS.open(encoding="utf-8", newline="") as file:
        _, *expected = csv.reader(file)

    assert [_target(book.id, target) for book in books for target in book.targets] == expected


def test_the_national_plan_counts_the_units_that_left_three_lists() -> None:
    exits = load_rulebook("qd-666-ttg").class_exits

    assert [
        (each.id, each.class_token, each.counted_level.value, str(each.threshold), each.baseline_year) for each in exits
    ] == CLASS_EXITS
    assert {each.year_ends for each in exits} == {(2025,)}


def test_the_programme_of_90_counts_two_of_them() -> None:
    exits = load_rulebook("qd-90-ttg").class_exits

    assert [(each.id, each.class_token, str(each.threshold)) for each in exits] == [
        ("national-poor-districts", "poor_district", "30"),
        ("national-coastal-communes", "coastal_commune", "30"),
    ]


def test_the_files_beside_the_movement_hold_targets_and_no_criteria() -> None:
    for known in ("qd-880-ttg", "qd-90-ttg", "qd-417-bnnmt", *YEARLY_EXAMPLES):
        assert load_rulebook(known).clauses == ()
        assert load_rulebook(known).targets


def test_an_example_is_shown_as_a_part_and_a_whole_file_is_not() -> None:
    assert [known for known in SHIPPED if load_rulebook(known).is_part] == list(example_ids())


@pytest.mark.parametrize(("known", "code"), [("ha-noi-251", "01"), ("ha-noi-51", "01"), ("nghe-an-834", "40")])
def test_a_plan_of_a_province_speaks_of_its_own_units_only(known: str, code: str) -> None:
    book = load_rulebook(known)

    assert book.within == (code,)
    assert {target.subject.within for target in book.targets} == {(code,)}
    assert {item.within for item in book.attest} == {(code,)}


def test_areas_are_taken_together_where_the_text_speaks_of_one_rate() -> None:
    together = [target.id for target in load_rulebook("nghe-an-834").targets if target.subject.together]

    assert together == ["mountain-rate", "poor-districts-rate"]


def _clauses(known: str) -> list[AnyClause]:
    book = load_rulebook(known)
    return [*book.clauses, *book.targets, *book.class_exits]


@pytest.mark.parametrize("known", SHIPPED)
def test_every_figure_has_its_clause_its_day_its_period_and_a_reason_for_its_reading(known: str) -> None:
    for clause in _clauses(known):
        assert clause.citation.clause
        assert clause.verified >= clause.citation.date
        assert clause.period is not None
        assert clause.period.end is not None
        assert clause.reading_reason is not None


@pytest.mark.parametrize("known", SHIPPED)
def test_every_alternative_changes_what_it_says_and_nothing_else(known: str) -> None:
    clauses = [clause for clause in _clauses(known) if isinstance(clause, Clause)]

    for clause in clauses:
        for other in clause.alternatives:
            kept = ("id", "subject", "threshold", "upper", "comparison", "year_ends", "kind", "citation", "period")
            assert all(getattr(other.clause, field) == getattr(clause, field) for field in kept if field != "subject")
            assert replace(other.clause.subject, together=clause.subject.together) == clause.subject
            changed = dict(other.changed_values())
            assert changed
            assert any(
                value != (clause.subject.together if name == "together" else getattr(clause, name))
                for name, value in changed.items()
            )


@pytest.mark.parametrize("known", SHIPPED)
def test_every_reading_of_a_file_is_used_by_a_clause(known: str) -> None:
    named = set(tomllib.loads(toml_text(rule_file(known)))["readings"])
    others = set(tomllib.loads(toml_text(rule_file(known))).get("alternatives", {}))
    clauses = _clauses(known)

    assert {clause.reading_id for clause in clauses} == named
    assert {each.id for clause in clauses if isinstance(clause, Clause) for each in clause.alternatives} == others


@pytest.mark.parametrize("known", example_ids())
def test_an_example_says_how_complete_it_is_and_where_it_was_read(known: str) -> None:
    book = load_rulebook(known)

    assert known not in bundled_ids()
    assert book.completeness is not None
    assert book.completeness.en.startswith("A part")
    assert book.citation.address.startswith("http")


def test_a_bundled_file_is_called_by_its_id_and_its_source_is_recorded() -> None:
    sources = (Path(thidua_cli.__file__).parent / "data" / "rules" / "SOURCE.md").read_text(encoding="utf-8")

    assert "qd-666-ttg" in bundled_ids()
    for known in SHIPPED:
        book = load_rulebook(known)
        assert (book.id, book.path) == (known, "")
        assert f"`{known}.toml`" in sources
