"""Which paths apply: known classes, unknown ones, dates of a class, levels without criteria."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.judge.cases import DECISION, PROVINCE, figures, members, series, verdict
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.verdict import AttestState, State
from thidua_cli.judge.verdicts import judge
from thidua_cli.model import Level, Series
from thidua_cli.rulebook.class_file import ClassRow, ProvinceList
from thidua_cli.rulebook.class_lists import class_lists
from thidua_cli.rulebook.classes import ClassBook, load_classes
from thidua_cli.rulebook.schema import SUBJECTS_WITHOUT_COUNTS, Subject

FALLS_FOUR_POINTS = {2021: 320, 2022: 280, 2023: 240, 2024: 200}
FALLS_SIX_POINTS = {2021: 400, 2022: 340, 2023: 280, 2024: 220}
HALVED_AND_MORE = {2021: 100, 2022: 90, 2023: 80, 2024: 40}
STAYS = {2021: 100, 2022: 100, 2023: 100, 2024: 100}
NO_AREA = ("not_area_1", "not_area_2", "not_area_3")


def clauses_of(one: Series, classes: ClassBook) -> list[tuple[str, bool | None]]:
    return [(path.clause.id, path.applies) for path in verdict(one, classes).clauses]


@pytest.mark.parametrize(
    ("classes", "clause_ids"),
    [
        (("coastal_commune", *NO_AREA), ["coastal-commune-rate", "coastal-commune-count"]),
        (("coastal_commune", "area_3"), ["coastal-commune-rate", "coastal-commune-count", "area-commune-count"]),
        (("not_coastal_commune", "area_2"), ["area-commune-count"]),
        (("not_coastal_commune", *NO_AREA), []),
    ],
)
def test_the_classes_of_a_commune_choose_its_paths(classes: tuple[str, ...], clause_ids: list[str]) -> None:
    assert clauses_of(series(Level.COMMUNE, STAYS), members(*classes)) == [
        (clause_id, True) for clause_id in clause_ids
    ]


def test_a_commune_of_no_class_has_no_criterion_and_is_not_said_to_fail() -> None:
    of = verdict(series(Level.COMMUNE, STAYS), members("not_coastal_commune", *NO_AREA))

    assert (of.state, of.clauses, of.margin_households) == (State.NO_CRITERION, (), None)
    assert of.reason is not None
    assert "xã khu vực I, II hoặc III" in of.reason.vi


def test_the_country_has_no_criterion() -> None:
    of = verdict(series(Level.COUNTRY, STAYS))

    assert of.state is State.NO_CRITERION
    assert of.reason == (
        "666/QĐ-TTg không đặt tiêu chí về số hộ cho cả nước.",
        "666/QĐ-TTg sets no number for the country.",
    )


# --- unknown classes


@pytest.mark.parametrize(("counts", "expected"), [(FALLS_SIX_POINTS, State.MET), (STAYS, State.NOT_MET)])
def test_an_unknown_class_does_not_matter_where_both_readings_agree(counts: dict[int, int], expected: State) -> None:
    of = verdict(series(Level.DISTRICT, counts))

    assert (of.state, of.unknown_classes) == (expected, ("poor_district",))
    assert {path.applies for path in of.clauses} == {None}
    assert of.reason is not None
    assert "huyện nghèo hay không, nhưng kết quả như nhau" in of.reason.vi


@pytest.mark.parametrize("counts", [FALLS_FOUR_POINTS, HALVED_AND_MORE])
def test_an_unknown_class_decides_where_the_readings_differ(counts: dict[int, int]) -> None:
    of = verdict(series(Level.DISTRICT, counts))

    assert (of.state, of.margin_households) == (State.UNDETERMINED, None)
    assert of.reason is not None
    for part in ("huyện nghèo", "Tỉnh Quảng Nam", "Nếu phải: Không đạt; nếu không phải: Đạt", "--classes"):
        assert part in of.reason.vi
    assert "If it is: Not met; if it is not: Met" in of.reason.en


def test_a_missing_year_is_named_beside_the_class_that_is_unknown() -> None:
    of = verdict(series(Level.DISTRICT, {2021: 300, 2023: 200, 2024: 155}))

    assert of.state is State.UNDETERMINED
    assert of.reason is not None
    assert "Nếu phải: Không đạt; nếu không phải: Chưa xác định" in of.reason.vi
    assert of.reason.vi.endswith("Thiếu số liệu cuối năm 2022.")


def test_a_commune_of_which_nothing_is_known_is_asked_no_more_than_needed() -> None:
    of = verdict(series(Level.COMMUNE, HALVED_AND_MORE))

    assert (of.state, of.unknown_classes) == (State.UNDETERMINED, ("coastal_commune", "area_1", "area_2", "area_3"))
    assert of.reason is not None
    cases = of.reason.en.split(". ")[1]
    coastal, area = "an especially difficult coastal or island commune", "a commune of area I, II or III"
    assert cases == (f"If {coastal}: Met; if not {coastal}, {area}: Met; if not {coastal}, not {area}: No criterion")


def test_of_the_areas_only_those_that_are_possible_are_asked_about() -> None:
    of = verdict(series(Level.COMMUNE, HALVED_AND_MORE), members("not_coastal_commune", "not_area_1", "not_area_2"))

    assert of.unknown_classes == ("area_3",)
    assert of.reason is not None
    assert "có phải là xã khu vực III hay không" in of.reason.vi


def test_one_known_area_answers_for_all_three() -> None:
    of = verdict(series(Level.COMMUNE, HALVED_AND_MORE), members("not_coastal_commune", "area_2"))

    assert (of.state, of.unknown_classes) == (State.MET, ())
    assert of.classes == ("area_2", "not_coastal_commune", "not_area_1", "not_area_3")


def test_two_paths_that_never_meet_in_one_unit_do_not_make_a_certain_verdict() -> None:
    # A coastal commune is met by its rate, a commune of no class has no criterion at all.
    of = verdict(series(Level.COMMUNE, FALLS_FOUR_POINTS), members(*NO_AREA))

    assert of.state is State.UNDETERMINED
    assert of.reason is not None
    assert "Nếu phải: Đạt; nếu không phải: Không có tiêu chí" in of.reason.vi


def test_classes_that_a_rule_file_tells_apart_are_asked_about_one_by_one() -> None:
    area_1 = replace(DECISION.clauses[7], id="area-1-only", subject=Subject(Level.COMMUNE, ("area_1",)))
    area_3 = replace(DECISION.clauses[7], id="area-3-only", subject=Subject(Level.COMMUNE, ("area_3",)))
    book = replace(DECISION, clauses=(area_1, area_3))
    (of,) = judge(
        [series(Level.COMMUNE, HALVED_AND_MORE)], book, Setting(2024, members(), lambda code, listed: PROVINCE)
    )

    assert of.state is State.UNDETERMINED
    assert of.reason is not None
    one, other = "a commune of area I", "a commune of area III"
    assert f"If {one}: Met; if not {one}, {other}: Met; if not {one}, not {other}: No criterion" in of.reason.en


# --- dates


@pytest.mark.parametrize(
    ("end", "clause_ids"),
    [
        (date(2024, 12, 30), ["district-rate", "district-count"]),
        (date(2024, 12, 31), ["poor-district-rate"]),
    ],
)
def test_the_class_of_the_last_day_of_the_as_of_year_counts(end: date, clause_ids: list[str]) -> None:
    left = members("poor_district", end=end)

    assert [clause_id for clause_id, _ in clauses_of(series(Level.DISTRICT, STAYS), left)] == clause_ids


def test_of_a_unit_that_took_in_others_only_a_class_given_to_its_newest_area_counts() -> None:
    years = {
        2021: replace(figures(2021, 100), area_since=date(2004, 1, 1)),
        2024: replace(figures(2024, 40), area_since=date(2024, 12, 1)),
    }
    merged = replace(series(Level.DISTRICT, {}), years=years)

    def known(given: date) -> tuple[str, ...]:
        book = ClassBook({"505": [ClassRow("505", "poor_district", True, given, None, "", "cases", 2)]}, {}, {})
        setting = Setting(2024, book, lambda code, listed: PROVINCE, as_listed=lambda code, listed: False)
        (of,) = judge([merged], DECISION, setting)
        return of.classes

    assert "poor_district" not in known(date(2022, 1, 1))
    assert "poor_district" in known(date(2024, 12, 1))


@pytest.mark.parametrize(
    ("as_of", "clause_ids"), [(2023, ["poor-district-rate"]), (2024, ["district-rate", "district-count"])]
)
def test_a_luoi_is_judged_as_a_poor_district_until_it_left_the_list(as_of: int, clause_ids: list[str]) -> None:
    a_luoi = replace(series(Level.DISTRICT, STAYS), unit_code="481")
    (of,) = judge([a_luoi], DECISION, Setting(as_of, load_classes(), lambda code, listed: "46"))

    assert [path.clause.id for path in of.clauses] == clause_ids


@pytest.mark.parametrize("island", ["471", "536"])
def test_an_island_district_of_the_coastal_list_is_judged_as_a_district(island: str) -> None:
    one = replace(series(Level.DISTRICT, STAYS), unit_code=island)
    (of,) = judge([one], DECISION, Setting(2022, load_classes(), lambda code, listed: ""))

    assert "coastal_commune" in of.classes
    assert {path.clause.subject.level for path in of.clauses} == {Level.DISTRICT}


# --- what comes along


@pytest.mark.parametrize("level", list(Level))
def test_criteria_without_numbers_come_along_open(level: Level) -> None:
    of = verdict(series(level, STAYS))

    assert [item.subject for item, _ in of.attest] == [level.value] * len(of.attest)
    assert {state for _, state in of.attest} <= {AttestState.OPEN}
    assert bool(of.attest) is (level in (Level.PROVINCE, Level.VILLAGE))
    assert not set(SUBJECTS_WITHOUT_COUNTS) & {item.subject for item, _ in of.attest}


def test_verdicts_keep_the_order_and_the_names_of_the_series() -> None:
    units = [replace(series(Level.VILLAGE, STAYS), unit_code=code, unit_name=f"Thôn {code}") for code in "cab"]

    verdicts = judge(iter(units), DECISION, Setting(2024, members(), lambda code, listed: PROVINCE))

    assert [(of.unit_code, of.unit_name) for of in verdicts] == [("c", "Thôn c"), ("a", "Thôn a"), ("b", "Thôn b")]


def test_the_province_of_each_unit_is_asked_for_by_its_code() -> None:
    of = class_lists()["poor-districts-2021-2025"]
    whole = ClassBook({}, {}, {(of.id, "poor_district", "49"): ProvinceList("complete", None, "")}, {of.id: of})
    provinces = {"505": "49", "481": "46"}
    one, other = (replace(series(Level.DISTRICT, HALVED_AND_MORE), unit_code=code) for code in ("505", "481"))

    states = [
        of.state for of in judge([one, other], DECISION, Setting(2024, whole, lambda code, listed: provinces[code]))
    ]

    assert states == [State.MET, State.UNDETERMINED]
