"""Every clause of every rule file: at its figure, just above and below, missing, on another line, by class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.judge.case_files import CODES, ClauseCase, class_book, clause_cases, stories, story_series
from tests.judge.cases import figures
from thidua_cli.judge.plans import judge_plans, planned_clause
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.verdict import ClauseValue, Verdict
from thidua_cli.judge.verdicts import judge
from thidua_cli.judge.words.clause import note_alone
from thidua_cli.language import round_half_up
from thidua_cli.model import Level, Measure, Series
from thidua_cli.rulebook.classes import load_classes
from thidua_cli.rulebook.load import bundled_ids, load_rulebook
from thidua_cli.rulebook.plan_file import PlannedFall
from thidua_cli.rulebook.schema import Clause, ClauseKind, ThresholdUnit

CASES = list(clause_cases())
STORIES = stories()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_clause_answers_as_a_lawyer_reads_it(case: ClauseCase) -> None:
    if getattr(case.clause, "kind", ClauseKind.TARGET) is ClauseKind.CRITERION:
        of = case.verdict()
        states = {path.clause.id: path.state.value for path in of.clauses}
        assert states.get(case.clause.id, "does_not_apply") == case.given["answer"], of.reason
        assert of.state.value == case.given.get("verdict", of.state.value), of.reason
        return
    row = case.target()
    assert row is not None
    assert row.state.value == case.given["answer"], row.reason
    if "position" in case.given:
        assert row.position is not None
        assert row.position.value == case.given["position"]


LABELLED = [
    case for case in CASES if case.given["shows"] in ("at", "above", "below") and isinstance(case.clause, Clause)
]


@pytest.mark.parametrize("case", LABELLED, ids=[case.name for case in LABELLED])
def test_a_case_stands_where_it_says_that_it_stands(case: ClauseCase) -> None:
    assert isinstance(case.clause, Clause)
    low, high = (Fraction(mark) for mark in (case.clause.threshold, case.clause.upper or case.clause.threshold))
    weakest = min(value.value for value in values_of(case) if value.value is not None)
    where = "below" if weakest < low else "above" if weakest > high else "at"
    assert where == case.given["shows"]


def values_of(case: ClauseCase) -> Sequence[ClauseValue]:
    """What the clause comes to in the window: one value, or one per year."""
    if isinstance(case.clause, Clause) and case.clause.kind is ClauseKind.CRITERION:
        return next(answer.values for answer in case.verdict().clauses if answer.clause.id == case.clause.id)
    row = case.target()
    assert row is not None
    return row.values


def test_every_clause_of_every_bundled_file_has_its_cases() -> None:
    shown: defaultdict[str, set[str]] = defaultdict(set)
    for case in CASES:
        shown[f"{case.book.id}:{case.clause.id}"].add(case.given["shows"])
    for name in bundled_ids():
        book = load_rulebook(name)
        for clause in (*book.clauses, *book.targets):
            wanted = {"at", "above", "missing", "line"} | (
                {"below"} if clause.threshold else set()
            )  # none is the least
            assert wanted <= shown[f"{name}:{clause.id}"], clause.id
        for exit_ in book.class_exits:
            assert {"at", "above", "below", "missing", "class"} <= shown[f"{name}:{exit_.id}"], exit_.id


def judged(story: dict[str, Any]) -> Verdict:
    book = load_rulebook(story["rules"])
    classes = load_classes() if story.get("bundled_classes") else class_book(story["unit"], story.get("classes", []))
    (only,) = judge(
        [story_series(story)], book, Setting(story["as_of"], classes, lambda code, listed: story.get("province", ""))
    )
    return only


@pytest.mark.parametrize("story", STORIES, ids=[story["name"] for story in STORIES])
def test_published_results_come_out_as_they_were_published(story: dict[str, Any]) -> None:
    of = judged(story)

    assert of.state.value == story["verdict"]
    assert {path.clause.id: path.state.value for path in of.clauses} == story["paths"]
    said = " ".join(text.vi for path in of.clauses for text in (path.full_reason, note_alone(path)) if text)
    for part in story["says"]:
        assert part in said
    falls = {str(value.year): value for value in of.clauses[0].values}
    for year, published in story.get("falls", {}).items():
        assert may_be(falls[year], Fraction(published))


def may_be(value: ClauseValue, published: Fraction) -> bool:
    """Say whether a value, rounded as the source prints it, is the published one; of a range, whether it holds it."""
    if value.value is not None:
        return round_half_up(value.value) == published
    return value.low is not None and value.high is not None and value.low <= published <= value.high


PLANNED = [story for story in STORIES if "plan" in story]


@pytest.mark.parametrize("story", PLANNED, ids=[story["name"] for story in PLANNED])
def test_published_plans_are_attained_as_they_were_published(story: dict[str, Any]) -> None:
    plan, series = story["plan"], story_series(story)
    planned = PlannedFall(
        *(series.unit_code, plan["year"], Measure(plan["measure"]), Decimal(plan["planned"])),
        *(ThresholdUnit(plan["unit"]), story["source"], "kế hoạch", 2),
    )
    setting = Setting(story["as_of"], class_book(series.unit_code, []), lambda code, listed: "")
    (row,) = judge_plans([series], [planned], setting)

    assert row.state.value == story["plan_verdict"]
    assert row.citation == story["source"]
    if "attainment" in story:
        assert row.attainment_percent is not None
        assert round_half_up(row.attainment_percent) == Fraction(story["attainment"])
    if "plan_fall" in story:
        assert row.value is not None
        assert may_be(row.value, Fraction(story["plan_fall"]))
        assert row.attainment_percent is None


def test_units_that_left_a_class_are_told_with_the_list_they_were_on() -> None:
    cases = {case.name: case for case in CASES}
    row = cases["qd-666-ttg:national-poor-districts:1-at"].target()
    unknown = cases["qd-666-ttg:national-poor-districts:4-class"].target()

    assert row is not None
    assert row.baseline_year == 2022
    told = "Huyện nghèo: danh mục cuối năm 2022 biết được 10 đơn vị, đến cuối năm 2025 ra khỏi danh mục 3"
    assert row.reason is not None
    assert row.reason.vi == f"{told}."
    assert unknown is not None
    assert unknown.reason is not None
    assert unknown.reason.vi == f"{told}; còn 1 đơn vị chưa biết, bổ sung bằng --classes TỆP."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ({2023: "2016-2020", 2024: "ha-noi-2022-2025"}, "ha-noi-2022-2025"),
        ({2022: "ha-noi-2022-2025", 2023: "2016-2020"}, "2016-2020"),
        ({2022: "2016-2020"}, "2022-2025"),
    ],
)
def test_a_plan_stands_on_the_line_of_its_year_or_of_the_one_before(lines: dict[int, str], expected: str) -> None:
    unit = Series("96", "Tỉnh Cà Mau", Level.PROVINCE, "", {year: figures(year, 9, 99, lines[year]) for year in lines})
    planned = PlannedFall("96", 2024, Measure.POOR, Decimal(1), ThresholdUnit.HOUSEHOLDS, "BC 1", "kế hoạch", 2)
    assert planned_clause(planned, unit).poverty_line == expected


def test_the_units_of_the_cases_have_codes_of_their_level() -> None:
    assert [len(code) for code in CODES.values()] == [2, 2, 3, 5, 7]
