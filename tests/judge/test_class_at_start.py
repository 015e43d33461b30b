"""A class that ended inside the period: by which day's class a unit is judged is a matter of reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.judge.cases import DECISION, PROVINCE, figures
from thidua_cli.errors import UsageError
from thidua_cli.judge.readings import read_as, reading_names
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.targets import judge_targets
from thidua_cli.judge.verdict import State, Verdict
from thidua_cli.judge.verdicts import judge
from thidua_cli.model import Level, Series
from thidua_cli.rulebook.class_file import ClassRow
from thidua_cli.rulebook.class_reading import start_of
from thidua_cli.rulebook.classes import ClassBook, load_classes
from thidua_cli.rulebook.load import load_rulebook
from thidua_cli.rulebook.schema import ClauseKind, Rulebook, Subject

NGU_LOC = "16090"
LEFT = date(2024, 12, 8)


def commune(*counts: int) -> Series:
    years = {2021 + number: figures(2021 + number, count) for number, count in enumerate(counts)}
    return Series(NGU_LOC, "Xã Ngư Lộc", Level.COMMUNE, "400", years)


def book(token: str, start: date | None, end: date | None, *others: tuple[str, bool]) -> ClassBook:
    rows = [ClassRow(NGU_LOC, token, True, start, end, "", "test.csv", 2)]
    rows += [ClassRow(NGU_LOC, other, inside, None, None, "", "test.csv", 3) for other, inside in others]
    return ClassBook({NGU_LOC: rows}, {}, {})


def judged(unit: Series, classes: ClassBook, rules: Rulebook = DECISION, as_of: int = 2024) -> Verdict:
    (of,) = judge([unit], rules, Setting(as_of, classes, lambda code, listed: PROVINCE))
    return of


OUTSIDE = (("area_1", False), ("area_2", False), ("area_3", False))
LEFT_COASTAL = book("coastal_commune", date(2022, 3, 15), LEFT, *OUTSIDE)
OF_NO_CLASS = book("coastal_commune", None, date(2015, 12, 31), *OUTSIDE)


def test_a_commune_that_left_the_coastal_list_in_december_is_judged_either_way() -> None:
    of = judged(commune(400, 300, 250, 100), LEFT_COASTAL)

    assert of.state is State.NO_CRITERION
    assert [(reading.id, reading.state) for reading in of.other_readings] == [("class-at-start", State.MET)]


def test_the_bundled_list_has_such_a_commune() -> None:
    (reading,) = judged(commune(400, 300, 250, 100), load_classes()).other_readings
    assert (reading.id, reading.state) == ("class-at-start", State.MET)


def test_the_reading_chosen_gives_its_answer_with_the_class_it_rests_on() -> None:
    rules = read_as(DECISION, ["class-at-start"])
    of = judged(commune(400, 300, 250, 100), LEFT_COASTAL, rules)

    assert of.state is State.MET
    assert of.other_readings == ()
    assert "coastal_commune" in of.classes


def test_communes_of_which_the_user_says_something_are_judged_together_as_alone() -> None:
    said_of = {
        str(code): (LEFT_COASTAL if code < 16_040 else OF_NO_CLASS).user[NGU_LOC] for code in range(16_000, 16_080)
    }
    rows = {code: [replace(row, unit_code=code) for row in said] for code, said in said_of.items()}
    units = [replace(commune(400, 300, 250, 100), unit_code=code) for code in rows]
    rules, setting = read_as(DECISION, ["class-at-start"]), Setting(2024, ClassBook(rows, {}, {}), lambda *_: PROVINCE)

    together = judge(units, rules, setting)

    assert together == [verdict for unit in units for verdict in judge([unit], rules, setting)]
    assert [verdict.state for verdict in together] == [State.MET] * 40 + [State.NO_CRITERION] * 40


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2022, 3, 15), None),
        (date(2022, 3, 15), date(2025, 12, 8)),
        (date(2022, 3, 15), date(2024, 12, 31)),
        (date(2018, 3, 15), date(2022, 6, 1)),
    ],
)
def test_a_class_that_stands_at_the_end_or_ended_before_the_rules_held_is_no_matter_of_reading(
    start: date, end: date | None
) -> None:
    classes = book("coastal_commune", start, end, *OUTSIDE)
    assert judged(commune(400, 300, 250, 100), classes).other_readings == ()


def test_a_class_that_began_inside_the_period_counts_as_it_is() -> None:
    classes = book("coastal_commune", date(2023, 1, 1), None, *OUTSIDE)
    of = judged(commune(400, 300, 250, 100), classes)

    assert (of.state, of.other_readings) == (State.MET, ())


def test_a_commune_that_passed_from_one_area_to_another_has_one_area_at_a_time() -> None:
    rows = [
        ClassRow(NGU_LOC, "area_3", True, None, date(2023, 6, 30), "", "test.csv", 2),
        ClassRow(NGU_LOC, "area_1", True, date(2023, 7, 1), None, "", "test.csv", 3),
        ClassRow(NGU_LOC, "coastal_commune", False, None, None, "", "test.csv", 4),
    ]
    rules = read_as(DECISION, ["class-at-start"])
    of = judged(commune(400, 300, 250, 100), ClassBook({NGU_LOC: rows}, {}, {}), rules)

    assert of.state is State.MET
    assert [token for token in of.classes if token.startswith("area")] == ["area_3"]


def test_the_period_begins_with_the_window_or_with_the_days_of_the_rules() -> None:
    count = next(clause for clause in DECISION.clauses if clause.id == "coastal-commune-count")
    rate = next(clause for clause in DECISION.clauses if clause.id == "coastal-commune-rate")

    assert start_of([count], 2024) == date(2022, 6, 2)
    assert start_of([rate], 2025) == date(2022, 12, 31)
    assert start_of([replace(count, period=None)], 2024) == date(2021, 12, 31)
    assert start_of([], 2024) is None


def test_rules_without_classes_know_no_such_reading() -> None:
    without = load_rulebook("ha-noi-251")

    assert "class-at-start" in reading_names(DECISION)
    assert "class-at-start" not in reading_names(without)
    with pytest.raises(UsageError, match="class-at-start"):
        read_as(without, ["class-at-start"])


def test_a_target_is_asked_of_those_that_had_the_class_at_the_start() -> None:
    clause = next(clause for clause in DECISION.clauses if clause.id == "coastal-commune-count")
    target = replace(
        clause, kind=ClauseKind.TARGET, year_ends=(2024,), subject=Subject(Level.COMMUNE, ("coastal_commune",))
    )
    rules = replace(DECISION, targets=(target,), class_exits=())
    setting = Setting(2024, LEFT_COASTAL, lambda code, listed: PROVINCE)

    assert judge_targets([commune(400, 300, 250, 100)], rules, setting) == []
    (row,) = judge_targets([commune(400, 300, 250, 100)], read_as(rules, ["class-at-start"]), setting)
    assert row.state is State.MET
