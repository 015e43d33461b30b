"""The national programmes, the 22 named districts and the plans held in part: below, at and above each threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from thidua_cli.judge.classes.subjects import named_units
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.targets import answered, judge_targets, years_judged
from thidua_cli.judge.verdict import Position, State
from thidua_cli.judge.verdicts import judge
from thidua_cli.model import Level, Series, YearFigures
from thidua_cli.rulebook.classes import ClassBook
from thidua_cli.rulebook.load import load_rulebook
from thidua_cli.rulebook.schema import Clause, ClauseKind, Rulebook
from thidua_cli.units.tables import bundled

HOUSEHOLDS = 100_000
NAMED = load_rulebook("qd-880-ttg")
POOR = ("poor_households",)
BOTH = ("poor_households", "near_poor_households")
MINORITY = ("minority_poor_households",)
NEAR = ("near_poor_households",)
DISTRICTS = (
    *("Bắc Mê", "Quản Bạ", "Văn Quan", "Sơn Động", "Hà Quảng", "Trùng Khánh", "Bắc Hà", "Mường Ảng", "Tuần Giáo"),
    *("Phong Thổ", "Thuận Châu", "Đà Bắc", "Thường Xuân", "Bá Thước", "A Lưới", "Phước Sơn", "Bắc Trà My", "An Lão"),
    *("Khánh Sơn", "M'Đrắk", "Đăk Glong", "Tri Tôn"),
)


def _target(known: str, key: str) -> Clause:
    (target,) = [each for each in load_rulebook(known).targets if each.id == key]
    return target


def _years(by_year: Mapping[int, int], names: tuple[str, ...], line: str) -> dict[int, YearFigures]:
    """Return figures of 100,000 households of which a count, spread over its parts, is given by year-end."""
    years = {}
    for year, count in by_year.items():
        first, *others = names
        counts = {"households": HOUSEHOLDS, "minority_households": HOUSEHOLDS, first: count - len(others)}
        years[year] = YearFigures(year, {**counts, **dict.fromkeys(others, 1)}, poverty_line=line)
    return years


def _setting(as_of: int) -> Setting:
    return Setting(as_of, ClassBook({}, {}, {}), lambda code, listed: "")


def _answer(
    target: Clause, by_year: Mapping[int, int], names: tuple[str, ...], line: str = "2022-2025"
) -> TargetVerdict:
    last = max(by_year)
    unit = Series("102", "Đơn vị", target.subject.level, "", _years(by_year, names, line))
    assert last in years_judged(target, last)
    return answered(target, unit, last, _setting(last))


RATES = [
    # file, target, counts it looks at, year-end judged, line, least and greatest fall in households of 100,000
    ("qd-880-ttg", "district-rate", BOTH, 2024, "2022-2025", 6000, 7000),
    ("qd-90-ttg", "national-rate", POOR, 2025, "2022-2025", 1000, 1500),
    ("qd-90-ttg", "poor-districts-rate", POOR, 2024, "2022-2025", 4000, 5000),
    ("qd-417-bnnmt", "national-rate", POOR, 2026, "2022-2025", 1000, 1500),
    ("qd-417-bnnmt", "national-rate", POOR, 2028, "2027-2030", 1000, 1500),
    ("lao-cai-2025", "province-rate", POOR, 2025, "2022-2025", 4000, None),
    ("lao-cai-2025", "poor-districts-rate", POOR, 2025, "2022-2025", 7000, None),
    ("lao-cai-2025", "poor-communes-rate", POOR, 2025, "2022-2025", 7000, None),
    ("dak-lak-2025", "province-rate", POOR, 2025, "2022-2025", 3000, None),
    ("kon-tum-2021", "province-rate", POOR, 2021, "2016-2020", 3000, 4000),
    ("kon-tum-2021", "poor-districts-rate", POOR, 2021, "2016-2020", 6000, 8000),
]


@pytest.mark.parametrize(("known", "key", "names", "year", "line", "least", "most"), RATES)
def test_a_fall_of_the_rate_is_met_from_the_very_figure_on(
    known: str, key: str, names: tuple[str, ...], year: int, line: str, least: int, most: int | None
) -> None:
    target, before = _target(known, key), 40_000

    def of(fall: int) -> TargetVerdict:
        return _answer(target, {year - 1: before, year: before - fall}, names, line)

    assert of(least - 1).state is State.NOT_MET
    assert of(least).state is State.MET
    assert of(least).margin_households == 0
    assert of(least - 1).margin_households == -1
    if most is None:
        assert target.upper is None
        return
    assert [of(fall).position for fall in (least - 1, least, most, most + 1)] == [
        Position.BELOW,
        Position.WITHIN,
        Position.WITHIN,
        Position.ABOVE,
    ]
    assert of(most + 1).state is State.MET


def test_more_than_three_points_leave_equality_out() -> None:
    target = _target("qd-90-ttg", "national-minority-rate")

    assert _answer(target, {2023: 20_000, 2024: 17_000}, MINORITY).state is State.NOT_MET
    assert _answer(target, {2023: 20_000, 2024: 16_999}, MINORITY).state is State.MET


@pytest.mark.parametrize(
    ("known", "key", "names", "start", "bound"),
    [
        ("qd-880-ttg", "district-count", BOTH, 10_000, 4_000),
        ("qd-880-ttg", "district-count", BOTH, 10_001, 4_000),
        ("qd-90-ttg", "national-halved", BOTH, 10_000, 5_000),
    ],
)
def test_a_fall_since_the_end_of_2021_is_met_at_the_very_share(
    known: str, key: str, names: tuple[str, ...], start: int, bound: int
) -> None:
    target = _target(known, key)

    assert _answer(target, {2021: start, 2025: bound}, names).state is State.MET
    assert _answer(target, {2021: start, 2025: bound + 1}, names).state is State.NOT_MET


def test_more_than_2000_near_poor_households_leave_equality_out() -> None:
    target = _target("lao-cai-2025", "near-poor-fewer")

    assert _answer(target, {2024: 18_058, 2025: 16_058}, NEAR).state is State.NOT_MET
    assert _answer(target, {2024: 18_058, 2025: 16_057}, NEAR).state is State.MET


def test_a_rate_at_most_2_75_percent_is_met_at_it_and_one_below_10_is_not() -> None:
    at_most, below = _target("phu-tho-2025", "province-rate-2025"), _target("qd-417-bnnmt", "minority-region-rate")

    assert _answer(at_most, {2025: 2_750}, POOR).state is State.MET
    assert _answer(at_most, {2025: 2_751}, POOR).state is State.NOT_MET
    assert _answer(below, {2030: 10_000}, POOR, "2027-2030").state is State.NOT_MET
    assert _answer(below, {2030: 9_999}, POOR, "2027-2030").state is State.MET
    assert _answer(below, {2030: 9_999}, POOR, "2022-2025").state is State.UNDETERMINED


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_without_the_year_before_there_is_no_fall(year: int) -> None:
    assert _answer(_target("qd-880-ttg", "district-rate"), {year: 30_000}, BOTH).state is State.UNDETERMINED


def test_the_fall_of_2027_is_not_taken_from_one_line_to_the_other() -> None:
    target = _target("qd-417-bnnmt", "national-rate")
    years = _years({2026: 40_000}, POOR, "2022-2025") | _years({2027: 30_000}, POOR, "2027-2030")
    on_one_line = _years({2026: 31_000}, POOR, "2027-2030") | _years({2027: 30_000}, POOR, "2027-2030")

    states = [
        answered(target, Series("VN", "Cả nước", Level.COUNTRY, "", each), 2027, _setting(2027)).state
        for each in (years, on_one_line)
    ]
    assert states == [State.UNDETERMINED, State.MET]


# --- units by name


def test_the_22_districts_are_those_of_17_provinces_that_the_decision_names() -> None:
    codes = sorted(named_units(NAMED.targets, Level.DISTRICT))
    units = [bundled().periods(code)[-1] for code in codes]

    assert len(codes) == 22
    assert len({unit.parent_code for unit in units}) == 17
    assert {unit.type for unit in units} == {"huyện"}
    assert sorted(unit.name.removeprefix("Huyện ") for unit in units) == sorted(DISTRICTS)
    assert "313" not in codes  # another An Lão, in Hải Phòng


def _district(code: str) -> Series:
    return Series(code, f"Huyện {code}", Level.DISTRICT, "", _years({2023: 40_000, 2024: 34_000}, BOTH, "2022-2025"))


def test_a_district_that_is_not_named_has_no_row() -> None:
    rows = judge_targets([_district("102"), _district("101")], NAMED, _setting(2024))

    assert {row.unit_code for row in rows} == {"102"}
    assert [(row.clause.id, row.state) for row in rows if row.is_due] == [("district-rate", State.MET)]


def test_units_named_by_a_place_are_not_named_one_by_one() -> None:
    assert named_units(load_rulebook("ha-noi-251").targets, Level.DISTRICT) == frozenset()
    assert named_units(NAMED.targets, Level.COMMUNE) == frozenset()
    assert named_units(load_rulebook("qd-666-ttg").clauses, Level.DISTRICT) == frozenset()


def _as_criteria(book: Rulebook) -> Rulebook:
    return replace(book, clauses=tuple(replace(each, kind=ClauseKind.CRITERION) for each in book.targets), targets=())


def test_a_criterion_for_named_units_says_that_another_is_not_among_them() -> None:
    of_named, of_other = judge([_district("102"), _district("101")], _as_criteria(NAMED), _setting(2024))

    assert of_named.state is State.MET
    assert of_other.state is State.NO_CRITERION
    assert of_other.reason is not None
    assert of_other.reason.vi == (
        "880/QĐ-TTg chỉ đặt tiêu chí về số hộ cho 22 đơn vị cấp huyện nêu tên; đơn vị này không có trong đó."
    )
